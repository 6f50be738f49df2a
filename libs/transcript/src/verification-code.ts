/** Mã xác thực: SHA-256 of J, printed on every page in base32 groups, accepted as hex or base32 however it was typed. */
import { fromBase32, fromHex, toBase32 } from '#ledger/format/bytes.js';

const CODE_BYTES = 32;

/** Text that is no verification code. */
export class VerificationCodeError extends Error {
  override readonly name = 'VerificationCodeError';
  readonly code = 'BAD_VERIFICATION_CODE';
}

/** 13 groups of four base32 characters (RFC 4648, no padding), separated by spaces. */
export function formatVerificationCode(hash: Uint8Array): string {
  return (toBase32(check(hash)).match(/.{4}/g) ?? []).join(' ');
}

/** The same 52 characters without spaces, as they stand in an address. */
export function compactVerificationCode(hash: Uint8Array): string {
  return toBase32(check(hash));
}

/**
 * The 32 bytes of a typed code: 64 hexadecimal digits or 52 base32 characters, in any case, grouped by spaces, hyphens
 * or dots as one likes. Anything else: VerificationCodeError.
 */
export function parseVerificationCode(typed: string): Uint8Array {
  const characters = typed.slice(0, 400).replace(/[\s.\-–]/gu, '');
  try {
    if (/^[0-9a-f]{64}$/i.test(characters)) return fromHex(characters.toLowerCase());
    if (/^[a-z2-7]{52}$/i.test(characters)) return fromBase32(characters.toUpperCase());
  } catch {
    // 52 base32 characters carry 260 bits: the last four must be zero. Falls through to the one error.
  }
  throw new VerificationCodeError(
    'a verification code has 52 letters and digits (A–Z, 2–7) or 64 hexadecimal digits; compare it with the printed page',
  );
}

function check(hash: Uint8Array): Uint8Array {
  if (hash.length !== CODE_BYTES) throw new RangeError('a verification code is made of 32 bytes');
  return hash;
}
