/** Leaf and node hashes, under both providers, at the lengths where a shared input buffer could go wrong. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { nobleCrypto } from '#ledger/format/crypto.js';
import { leafHash, nodeHash } from '#ledger/format/hash.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';

/** SHA-256 the plain way. */
function plain(...parts: readonly (Uint8Array | number)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'number' ? Uint8Array.of(part) : part);
  return new Uint8Array(hash.digest());
}

describe.each([
  ['@noble', nobleCrypto],
  ['node:crypto', nodeCrypto],
])('RFC 6962 hashing with %s', (_name, { sha256 }) => {
  test.each([0, 1, 31, 64, 4095, 4096, 4097, 65_535])('a leaf of %i bytes, after a longer one', (length) => {
    const entry = new Uint8Array(length).map((_, i) => i * 7 + length);
    leafHash(new Uint8Array(5000).fill(0xff), sha256);
    leafHash(new Uint8Array(4096).fill(0xff), sha256);
    expect(leafHash(entry, sha256)).toEqual(plain(0, entry));
  });

  test('a node is told from a leaf of the same bytes, and its sides from each other', () => {
    const [left, right] = [plain(1), plain(2)];
    const node = nodeHash(left, right, sha256);
    expect(node).toEqual(plain(1, left, right));
    expect(nodeHash(right, left, sha256)).toEqual(plain(1, right, left));
    expect(leafHash(new Uint8Array([...left, ...right]), sha256)).not.toEqual(node);
    // The answer is the caller's: a later call does not change it.
    nodeHash(node, node, sha256);
    expect(node).toEqual(plain(1, left, right));
  });

  test.each([0, 31, 33, 64])('a side of %i bytes is refused: two trees could share the node', (length) => {
    const [hash, wrong] = [plain(1), new Uint8Array(length)];
    expect(() => nodeHash(wrong, hash, sha256)).toThrow(RangeError);
    expect(() => nodeHash(hash, wrong, sha256)).toThrow(RangeError);
  });

  test('the answer is a plain array of its own', () => {
    const digest = sha256(new Uint8Array(3));
    expect(digest.constructor.name).toBe('Uint8Array');
    expect(digest.buffer.byteLength).toBe(32);
  });
});
