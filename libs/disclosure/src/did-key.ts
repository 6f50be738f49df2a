/**
 * An Ed25519 public key as did:key, its Multikey and its verification method: a name for the school's credential key
 * that any W3C library resolves without asking anybody. That it is the school's is what the ledger says.
 */
import { concat } from '#ledger/format/bytes.js';
import { FormatError } from '#ledger/format/errors.js';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Multicodec of an Ed25519 public key. */
const ED25519_PUB = Uint8Array.of(0xed, 0x01);
const MAX_BASE58 = 128;

/** Multibase "z" (base58btc) of `bytes`. */
export function toMultibase(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) {
      carry += (digits[i] ?? 0) << 8;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  const leading = '1'.repeat(zeros < 0 ? bytes.length : zeros);
  return `z${leading}${digits
    .reverse()
    .map((digit) => BASE58.charAt(digit))
    .join('')}`;
}

/** The bytes of a multibase "z" text of at most 128 characters; else FormatError BAD_LINE. */
export function fromMultibase(text: string): Uint8Array {
  if (!text.startsWith('z') || text.length > MAX_BASE58) throw notMultibase();
  const bytes: number[] = [];
  for (const character of text.slice(1)) {
    let carry = BASE58.indexOf(character);
    if (carry < 0) throw notMultibase();
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] ?? 0) * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  const leading = text.slice(1).match(/^1*/)?.[0].length ?? 0;
  return new Uint8Array([...new Array<number>(leading).fill(0), ...bytes.reverse()]);
}

/** "z6Mk…": the key's Multikey. @param publicKey 32 bytes */
export function multikey(publicKey: Uint8Array): string {
  return toMultibase(concat(ED25519_PUB, publicKey));
}

/** "did:key:z6Mk…". */
export function didKey(publicKey: Uint8Array): string {
  return `did:key:${multikey(publicKey)}`;
}

/** The key's verification method: "did:key:z6Mk…#z6Mk…". */
export function verificationMethod(publicKey: Uint8Array): string {
  return `${didKey(publicKey)}#${multikey(publicKey)}`;
}

/** The 32 bytes of the key that a did:key names; any other DID, or another kind of key: FormatError. */
export function publicKeyOfDid(did: string): Uint8Array {
  const bytes = fromMultibase(did.startsWith('did:key:') ? did.slice('did:key:'.length) : '');
  if (bytes.length !== 34 || bytes[0] !== ED25519_PUB[0] || bytes[1] !== ED25519_PUB[1]) {
    throw new FormatError('BAD_LENGTH', 'not the did:key of an Ed25519 key');
  }
  const publicKey = bytes.slice(2);
  if (didKey(publicKey) !== did) throw notMultibase();
  return publicKey;
}

function notMultibase(): FormatError {
  return new FormatError('BAD_LINE', 'not a multibase text in base58btc');
}
