/**
 * The right edge of a growing tree: at each level of tiles the hashes of its partial tile. It is all that is needed to
 * append leaves, to cut full tiles as they fill, and to compute the root.
 */
import { concat } from '../format/bytes.js';
import { sha256 as nobleSha256, type Sha256 } from '../format/crypto.js';
import { emptyRoot, HASH_BYTES } from '../format/hash.js';
import { levelCount, partialWidth, TILE_WIDTH, tileCount, type Tile } from '../format/tile.js';
import { checkHashes, MerkleError } from './errors.js';
import { rootOver, subtreesOf } from './subtrees.js';

/** A tile of hashes with its bytes. */
export interface HashTile {
  readonly tile: Tile & { readonly level: number };
  readonly bytes: Uint8Array;
}

export class TreeEdge {
  private constructor(
    private length: number,
    /** levels[l] = the partial tile at level l, with room for a full one. */
    private readonly levels: Uint8Array[],
    private readonly sha256: Sha256,
  ) {}

  /** The edge of a tree without leaves. */
  static empty(sha256: Sha256 = nobleSha256): TreeEdge {
    return new TreeEdge(0, [], sha256);
  }

  /** The edge of a tree of `size` entries from `format()`'s bytes; MerkleError TILE_MALFORMED if their number is wrong. */
  static parse(size: number, bytes: Uint8Array, sha256: Sha256 = nobleSha256): TreeEdge {
    const levels: Uint8Array[] = [];
    let offset = 0;
    for (let level = 0; level < levelCount(size); level++) {
      const end = offset + partialWidth(size, level) * HASH_BYTES;
      const tile = emptyTile();
      tile.set(bytes.subarray(offset, end));
      levels.push(tile);
      offset = end;
    }
    if (offset !== bytes.length) {
      throw new MerkleError(
        'TILE_MALFORMED',
        `these are not the partial tiles of a tree of ${String(size)} entries`,
      );
    }
    return new TreeEdge(size, levels, sha256);
  }

  /** How many leaves the tree has. */
  get size(): number {
    return this.length;
  }

  /** The hashes of the partial tiles, level 0 first: opaque to whoever stores them. */
  format(): Uint8Array {
    return concat(...this.levels.map((_, level) => this.partial(level)));
  }

  /** Adds a leaf hash. Each tile that becomes full by it is given to `onFullTile` and never changes again. */
  append(leaf: Uint8Array, onFullTile: (tile: HashTile) => void = () => undefined): void {
    checkHashes([leaf]);
    let [hash, place] = [leaf, this.length];
    this.length++;
    for (let level = 0; ; level++) {
      const tile = (this.levels[level] ??= emptyTile());
      tile.set(hash, (place % TILE_WIDTH) * HASH_BYTES);
      if (place % TILE_WIDTH < TILE_WIDTH - 1) return;
      place = Math.floor(place / TILE_WIDTH);
      onFullTile({ tile: { level, index: place, width: TILE_WIDTH }, bytes: tile });
      hash = rootOver(subtreesOf(tile, this.sha256), undefined, this.sha256) as Uint8Array;
      this.levels[level] = emptyTile();
    }
  }

  /** The partial tiles, level 0 first; a level whose partial tile is empty has none. */
  partialTiles(): HashTile[] {
    return this.levels.flatMap((_, level) => {
      const { full: index, width } = tileCount(this.length, level);
      return width === 0 ? [] : [{ tile: { level, index, width }, bytes: this.partial(level).slice() }];
    });
  }

  /** The root of the tree (RFC 6962 section 2.1). */
  root(): Uint8Array {
    // What the lower levels hold is the last, smaller subtree to the right of a level's own hashes.
    let root: Uint8Array | undefined;
    for (const level of this.levels.keys())
      root = rootOver(subtreesOf(this.partial(level), this.sha256), root, this.sha256);
    return root?.slice() ?? emptyRoot();
  }

  /** The hashes there are at a level (a view). */
  private partial(level: number): Uint8Array {
    return (this.levels[level] as Uint8Array).subarray(0, partialWidth(this.length, level) * HASH_BYTES);
  }
}

function emptyTile(): Uint8Array {
  return new Uint8Array(TILE_WIDTH * HASH_BYTES);
}
