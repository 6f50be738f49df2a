/** ECDSA P-256 signature values: raw r‖s (64 bytes) and DER, and the low-s rule that makes a signature unique. */
import { p256 } from '@noble/curves/nist.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { type DerReader, readInteger, readSequence, type DerContext } from './der-read.js';
import { sequence, unsignedInteger } from './der-write.js';
import { SigningError, type SigningErrorCode } from './errors.js';

const ORDER = p256.Point.Fn.ORDER;
const HALF_ORDER = ORDER >> 1n;

/** 2 bytes of header and two integers of at most 35 bytes. */
const MAX_SIGNATURE_DER = 72;

function toScalar(bigEndian: Uint8Array): bigint {
  return BigInt(`0x${bytesToHex(bigEndian)}`);
}

function requireRange(raw: Uint8Array, code: SigningErrorCode): void {
  const inRange =
    raw.length === 64 &&
    [raw.subarray(0, 32), raw.subarray(32)].map(toScalar).every((n) => n > 0n && n < ORDER);
  if (!inRange)
    throw new SigningError(code, 'an ECDSA P-256 signature is r and s of 32 bytes, each from 1 to n-1');
}

/** Whether s is in the lower half: of the two signatures anyone can make of one, only this is accepted in a CMS. */
export function isLowS(raw: Uint8Array): boolean {
  return toScalar(raw.subarray(32, 64)) <= HALF_ORDER;
}

/** The same signature with s in the lower half. Not 64 bytes in range: SIGNATURE_MALFORMED. */
export function toLowS(raw: Uint8Array): Uint8Array {
  requireRange(raw, 'SIGNATURE_MALFORMED');
  if (isLowS(raw)) return raw;
  const s = (ORDER - toScalar(raw.subarray(32))).toString(16).padStart(64, '0');
  return concatBytes(raw.subarray(0, 32), hexToBytes(s));
}

/** ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER } of raw r‖s. */
export function formatEcdsaSignature(raw: Uint8Array): Uint8Array {
  requireRange(raw, 'SIGNATURE_MALFORMED');
  return sequence(unsignedInteger(raw.subarray(0, 32)), unsignedInteger(raw.subarray(32)));
}

function readScalar(reader: DerReader, name: string, code: SigningErrorCode): Uint8Array {
  const content = readInteger(reader, name);
  if ((content[0] ?? 0) >= 0x80) throw new SigningError(code, `${name} of a signature is negative`);
  const digits = content[0] === 0 ? content.subarray(1) : content;
  if (digits.length > 32) throw new SigningError(code, `${name} of a signature is too large`);
  return concatBytes(new Uint8Array(32 - digits.length), digits);
}

/** Raw r‖s of a DER ECDSA-Sig-Value, whose range is checked. Not DER, or out of range: `code`. */
export function parseEcdsaSignature(
  der: Uint8Array,
  code: SigningErrorCode = 'SIGNATURE_MALFORMED',
): Uint8Array {
  const context: DerContext = { what: 'the signature value', code };
  try {
    const reader = readSequence(der, MAX_SIGNATURE_DER, context);
    const raw = concatBytes(readScalar(reader, 'r', code), readScalar(reader, 's', code));
    reader.end('s');
    requireRange(raw, code);
    return raw;
  } catch (error) {
    if (!(error instanceof SigningError) || error.code === code) throw error;
    throw new SigningError(code, error.message, { cause: error });
  }
}
