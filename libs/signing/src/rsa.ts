/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2.2), verifying only: what USB tokens of government authorities sign with. */
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { sameBytes } from './bytes.js';

/** A public key as unsigned big-endian octets without leading zeros. */
export interface RsaPublicKey {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/** Shorter keys can be broken; longer ones cost a verifier more than a document is worth. */
const LEAST_BITS = 2048;
const MOST_BITS = 4096;
/** The smallest exponent that the CA/Browser Forum allows; small ones are what forged paddings need. */
const LEAST_EXPONENT = 65_537n;
const MOST_EXPONENT_BYTES = 4;

/** DER of DigestInfo { hash, NULL } up to its digest: the one encoding that RFC 8017 lets a signer write. */
const DIGEST_INFOS = {
  sha256: hexToBytes('3031300d060960864801650304020105000420'),
  sha384: hexToBytes('3041300d060960864801650304020205000430'),
  sha512: hexToBytes('3051300d060960864801650304020305000440'),
} as const;
export const DIGEST_INFO = DIGEST_INFOS.sha256;

/** Hashes of signatures that others made: ours are over SHA-256. */
export type RsaHash = keyof typeof DIGEST_INFOS;

/** 2048 to 4096 bits, whole octets, odd; an odd exponent of 65,537 or more. */
export function isAcceptableRsaKey({ modulus, exponent }: RsaPublicKey): boolean {
  const bits = modulus.length * 8;
  const last = modulus.at(-1) ?? 0;
  if (bits < LEAST_BITS || bits > MOST_BITS || (modulus[0] ?? 0) < 0x80 || last % 2 === 0) return false;
  if (exponent.length > MOST_EXPONENT_BYTES || (exponent[0] ?? 0) === 0) return false;
  const e = toBigInt(exponent);
  return e >= LEAST_EXPONENT && e % 2n === 1n;
}

/**
 * Whether `signature` is the key's over a message of this `digest`, by default of SHA-256. The padded digest is written anew and
 * compared whole: nothing of it is parsed, so that no lax reading of it can be forged. Any other length is false.
 */
export function verifyRsaDigest(
  key: RsaPublicKey,
  digest: Uint8Array,
  signature: Uint8Array,
  hash: RsaHash = 'sha256',
): boolean {
  if (!isAcceptableRsaKey(key) || signature.length !== key.modulus.length) return false;
  const n = toBigInt(key.modulus);
  const s = toBigInt(signature);
  if (s >= n) return false;
  const opened = power(s, toBigInt(key.exponent), n)
    .toString(16)
    .padStart(2 * signature.length, '0');
  return sameBytes(hexToBytes(opened), padded(concatBytes(DIGEST_INFOS[hash], digest), signature.length));
}

/** EMSA-PKCS1-v1_5: 00 01 FF … FF 00 and DigestInfo. */
function padded(digestInfo: Uint8Array, length: number): Uint8Array {
  const tail = concatBytes(Uint8Array.of(0), digestInfo);
  const filling = new Uint8Array(length - 2 - tail.length).fill(0xff);
  return concatBytes(Uint8Array.of(0, 1), filling, tail);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function toBigInt(bigEndian: Uint8Array): bigint {
  return BigInt(`0x${bytesToHex(bigEndian)}`);
}
