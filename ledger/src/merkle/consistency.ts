/** Consistency proofs: that a smaller tree is the beginning of a larger one (RFC 6962 section 2.1.2, RFC 9162 2.1.4). */
import { equal } from '../format/bytes.js';
import { sha256 as nobleSha256, type Sha256 } from '../format/crypto.js';
import { nodeHash } from '../format/hash.js';
import { checkHashes, MerkleError } from './errors.js';
import { splitPoint, type Range } from './ranges.js';

/** The subtrees whose hashes prove that the tree of `old` entries begins the tree of `size`; none for 0 or `size`. */
export function planConsistency(old: number, size: number): Range[] {
  checkSizes(old, size);
  if (old === 0) return [];
  const plan: Range[] = [];
  let [start, end, complete] = [0, size, true];
  while (end !== old) {
    const middle = start + splitPoint(end - start);
    if (old <= middle) {
      plan.push({ start: middle, end });
      end = middle;
    } else {
      plan.push({ start, end: middle });
      start = middle;
      complete = false;
    }
  }
  // The old tree's own last subtree is known to who asks when it is the whole old tree.
  if (!complete) plan.push({ start, end });
  return plan.reverse();
}

/**
 * Refuses, with a MerkleError, a proof that does not show the tree (old, oldRoot) to begin the tree (size, root). Every
 * tree begins with the empty one, so that old = 0 proves nothing and is refused: callers treat it apart.
 */
export function checkConsistency(
  old: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
  sha256: Sha256 = nobleSha256,
): void {
  checkSizes(old, size);
  if (old === 0) throw new MerkleError('BAD_SIZE', 'a consistency proof from the empty tree shows nothing');
  checkHashes([oldRoot, root, ...proof]);
  if (old === size) {
    if (proof.length > 0) throw new MerkleError('PROOF_TOO_LONG', 'this consistency proof has to be empty');
    if (!equal(oldRoot, root)) throw new MerkleError('ROOT_MISMATCH', 'two roots of one size differ');
    return;
  }
  const [oldHash, hash] = climb(old, size, oldRoot, proof, sha256);
  if (!equal(oldHash, oldRoot))
    throw new MerkleError('ROOT_MISMATCH', 'the proof does not lead to the old root');
  if (!equal(hash, root)) throw new MerkleError('ROOT_MISMATCH', 'the proof does not lead to the new root');
}

/** RFC 9162 section 2.1.4.2: both roots, computed together from one proof; 0 < old < size. */
function climb(
  old: number,
  size: number,
  oldRoot: Uint8Array,
  proof: readonly Uint8Array[],
  sha256: Sha256,
): readonly [Uint8Array, Uint8Array] {
  let [fn, sn] = [old - 1, size - 1];
  while (fn % 2 === 1) [fn, sn] = [(fn - 1) / 2, Math.floor(sn / 2)];
  // When old is a power of two its root is a node of the new tree, and the proof leaves it out.
  const path = fn === 0 ? [oldRoot, ...proof] : proof;
  const [seed, ...siblings] = path;
  if (seed === undefined) throw tooShort();
  let [oldHash, hash] = [seed, seed];
  for (const sibling of siblings) {
    if (sn === 0) throw new MerkleError('PROOF_TOO_LONG', 'the consistency proof has a hash too many');
    if (fn % 2 === 1 || fn === sn) {
      oldHash = nodeHash(sibling, oldHash, sha256);
      hash = nodeHash(sibling, hash, sha256);
      // Never without end: fn = 0 would be sn = 0, which was refused above.
      while (fn % 2 === 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  if (sn !== 0) throw tooShort();
  return [oldHash, hash];
}

function checkSizes(old: number, size: number): void {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(old) || old < 0 || old > size) {
    throw new MerkleError('BAD_SIZE', `a tree of ${String(old)} cannot begin a tree of ${String(size)}`);
  }
}

function tooShort(): MerkleError {
  return new MerkleError('PROOF_TOO_SHORT', 'the consistency proof has a hash too few');
}
