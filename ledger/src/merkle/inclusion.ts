/** Inclusion proofs: that an entry is at an index of a tree (RFC 6962 section 2.1.1, RFC 9162 section 2.1.3). */
import { equal } from '../format/bytes.js';
import { sha256 as nobleSha256, type Sha256 } from '../format/crypto.js';
import { nodeHash } from '../format/hash.js';
import { checkHashes, MerkleError } from './errors.js';
import { splitPoint, type Range } from './ranges.js';

/** The subtrees whose hashes prove entry `index` in a tree of `size`, the leaf's sibling first. */
export function planInclusion(index: number, size: number): Range[] {
  checkIndex(index, size);
  const siblings: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  return siblings.reverse();
}

/**
 * Refuses, with a MerkleError, a proof that does not lead from `leaf` (a leaf hash) at `index` to `root`, or that has a
 * hash too few or too many.
 */
export function checkInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  sha256: Sha256 = nobleSha256,
): void {
  checkIndex(index, size);
  checkHashes([leaf, root, ...proof]);
  // RFC 9162 section 2.1.3.2: fn and sn are the entry's and the last entry's place at the level reached.
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (sn === 0) throw new MerkleError('PROOF_TOO_LONG', 'the inclusion proof has a hash too many');
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash, sha256);
      // Never without end: fn = 0 would be sn = 0, which was refused above.
      while (fn % 2 === 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  if (sn !== 0) throw new MerkleError('PROOF_TOO_SHORT', 'the inclusion proof has a hash too few');
  if (!equal(hash, root))
    throw new MerkleError('ROOT_MISMATCH', 'the inclusion proof does not lead to the root');
}

function checkIndex(index: number, size: number): void {
  if (!Number.isSafeInteger(size) || size < 0)
    throw new MerkleError('BAD_SIZE', `${String(size)} is no tree size`);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new MerkleError('BAD_INDEX', `there is no entry ${String(index)} in a tree of ${String(size)}`);
  }
}
