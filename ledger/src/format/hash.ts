/** RFC 6962 section 2.1 hashing: leaves and inner nodes are told apart by their first byte. */
import { fromHex } from './bytes.js';
import { sha256 as nobleSha256, type Sha256 } from './crypto.js';

export const HASH_BYTES = 32;

// What is hashed is put together in one place for all: hashing is synchronous, and no Sha256 keeps its input.
const leafInput = new Uint8Array(1 + 4096);
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES);
nodeInput[0] = 1;

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array, sha256: Sha256 = nobleSha256): Uint8Array {
  const length = entry.length + 1;
  const input = length <= leafInput.length ? leafInput.subarray(0, length) : new Uint8Array(length);
  input.set(entry, 1);
  return sha256(input);
}

/** SHA-256(0x01 ‖ left ‖ right) of two 32-byte hashes; of anything else RangeError. */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256 = nobleSha256): Uint8Array {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES)
    throw new RangeError('a node is made of two hashes of 32 bytes');
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return fromHex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
}
