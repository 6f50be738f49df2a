/**
 * The right edge of a growing tree: at each level of tiles the hashes of its partial tile. It is all that is needed to
 * append leaves, to cut full tiles as they fill, and to compute the root.
 */
import { concat } from '../format/bytes.js';
import { sha256 as nobleSha256, type Sha256 } from '../format/crypto.js';
import { emptyRoot, HASH_BYTES, nodeHash } from '../format/hash.js';
import { levelCount, partialWidth, parseTile, TILE_WIDTH, tileCount, type Tile } from '../format/tile.js';
import { MerkleError } from './errors.js';

/** A tile of hashes with its bytes. */
export interface HashTile {
  readonly tile: Tile & { readonly level: number };
  readonly bytes: Uint8Array;
}

export class TreeEdge {
  private constructor(
    private length: number,
    /** levels[l] = the hashes of the partial tile at level l (0 … 255 of them). */
    private readonly levels: Uint8Array[][],
    private readonly sha256: Sha256,
  ) {}

  /** The edge of a tree without leaves. */
  static empty(sha256: Sha256 = nobleSha256): TreeEdge {
    return new TreeEdge(0, [], sha256);
  }

  /** The edge of a tree of `size` entries from `format()`'s bytes; MerkleError TILE_MALFORMED if their number is wrong. */
  static parse(size: number, bytes: Uint8Array, sha256: Sha256 = nobleSha256): TreeEdge {
    const levels: Uint8Array[][] = [];
    let offset = 0;
    for (let level = 0; level < levelCount(size); level++) {
      const end = offset + partialWidth(size, level) * HASH_BYTES;
      const part = bytes.slice(offset, end);
      if (end > bytes.length) throw wrongLength(size);
      levels.push(parseTile(part, partialWidth(size, level)));
      offset = end;
    }
    if (offset !== bytes.length) throw wrongLength(size);
    return new TreeEdge(size, levels, sha256);
  }

  /** How many leaves the tree has. */
  get size(): number {
    return this.length;
  }

  /** The hashes of the partial tiles, level 0 first: opaque to whoever stores them. */
  format(): Uint8Array {
    return concat(...this.levels.flat());
  }

  /** Adds a leaf hash. Each tile that becomes full by it is given to `onFullTile` and never changes again. */
  append(leaf: Uint8Array, onFullTile: (tile: HashTile) => void = () => undefined): void {
    this.length++;
    let hash = leaf;
    for (let level = 0; ; level++) {
      const hashes = (this.levels[level] ??= []);
      hashes.push(hash);
      if (hashes.length < TILE_WIDTH) return;
      const index = tileCount(this.length, level).full - 1;
      onFullTile({ tile: { level, index, width: TILE_WIDTH }, bytes: concat(...hashes) });
      hash = foldSubtrees(hashes, this.sha256);
      this.levels[level] = [];
    }
  }

  /** The partial tiles, level 0 first; a level whose partial tile is empty has none. */
  partialTiles(): HashTile[] {
    return this.levels.flatMap((hashes, level) =>
      hashes.length === 0
        ? []
        : [
            {
              tile: { level, index: tileCount(this.length, level).full, width: hashes.length },
              bytes: concat(...hashes),
            },
          ],
    );
  }

  /** The root of the tree (RFC 6962 section 2.1). */
  root(): Uint8Array {
    // What the lower levels hold is the last, smaller subtree to the right of a level's own hashes.
    let root: Uint8Array | undefined;
    for (const hashes of this.levels)
      root = foldLeft(perfectSubtrees(hashes, this.sha256), root, this.sha256);
    return root ?? emptyRoot();
  }
}

/** The root over subtrees of one size, from left to right (1 … 256 of them). */
export function foldSubtrees(hashes: readonly Uint8Array[], sha256: Sha256 = nobleSha256): Uint8Array {
  const root = foldLeft(perfectSubtrees(hashes, sha256), undefined, sha256);
  if (root === undefined) throw new MerkleError('BAD_SIZE', 'no hashes to fold');
  return root;
}

/** Hashes `subtrees` onto `rest`, which stands to the right of them, from right to left. */
function foldLeft(
  subtrees: readonly Uint8Array[],
  rest: Uint8Array | undefined,
  sha256: Sha256,
): Uint8Array | undefined {
  let root = rest;
  for (const left of subtrees.toReversed()) root = root === undefined ? left : nodeHash(left, root, sha256);
  return root;
}

/** The perfect subtrees that `hashes` are made of, the largest first: one for each bit of their number. */
function perfectSubtrees(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array[] {
  const subtrees: Uint8Array[] = [];
  let start = 0;
  for (let width = TILE_WIDTH; width >= 1; width /= 2) {
    if (hashes.length - start < width) continue;
    let level = hashes.slice(start, start + width);
    while (level.length > 1) level = pairUp(level, sha256);
    subtrees.push(...level);
    start += width;
  }
  return subtrees;
}

function pairUp(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array[] {
  const parents: Uint8Array[] = [];
  for (let i = 0; i + 1 < hashes.length; i += 2) {
    parents.push(nodeHash(hashes[i] as Uint8Array, hashes[i + 1] as Uint8Array, sha256));
  }
  return parents;
}

function wrongLength(size: number): MerkleError {
  return new MerkleError(
    'TILE_MALFORMED',
    `these are not the partial tiles of a tree of ${String(size)} entries`,
  );
}
