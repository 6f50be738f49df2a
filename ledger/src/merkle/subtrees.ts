/**
 * The perfect subtrees inside one tile, as rows: row k has the hashes of those over 2^k of the tile's hashes, side by
 * side, floor(width / 2^k) of them. Row 0 is the tile itself; that of a full tile's row 8 is its hash one level up.
 */
import type { Sha256 } from '../format/crypto.js';
import { HASH_BYTES, nodeHash } from '../format/hash.js';
import { hashAt } from '../format/tile.js';

export type Subtrees = readonly Uint8Array[];

/** The subtrees over a tile's `hashes` (0 to 256 of them, side by side). */
export function subtreesOf(hashes: Uint8Array, sha256: Sha256): Subtrees {
  const rows = [hashes];
  for (let row = hashes; row.length >= 2 * HASH_BYTES; rows.push(row)) row = pairUp(row, sha256);
  return rows;
}

/**
 * The root over a tile's hashes and what stands to the right of them: `rest`, the root of a smaller subtree, or nothing.
 * Undefined when there are neither.
 */
export function rootOver(
  subtrees: Subtrees,
  rest: Uint8Array | undefined,
  sha256: Sha256,
): Uint8Array | undefined {
  let root = rest;
  for (const row of subtrees) {
    const width = row.length / HASH_BYTES;
    // The last of an odd row has no sibling in the tile: it is one of the subtrees that the tree is split into.
    if (width % 2 === 0) continue;
    const left = hashAt(row, width - 1);
    root = root === undefined ? left : nodeHash(left, root, sha256);
  }
  return root;
}

function pairUp(row: Uint8Array, sha256: Sha256): Uint8Array {
  const parents = new Uint8Array(Math.floor(row.length / (2 * HASH_BYTES)) * HASH_BYTES);
  for (let i = 0; i * HASH_BYTES < parents.length; i++)
    parents.set(nodeHash(hashAt(row, 2 * i), hashAt(row, 2 * i + 1), sha256), i * HASH_BYTES);
  return parents;
}
