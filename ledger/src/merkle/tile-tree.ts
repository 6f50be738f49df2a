/**
 * A tree read from tiles that somebody else serves. Whatever is read is authenticated against the root before a single
 * hash of it is used. The trap (CVE-2026-56865) is a reader that authenticates only some of the tiles it read; here a
 * tile that was not authenticated is out of reach, because `TileTree.read` is the only way to a tile and checks each:
 * all partial tiles together against the root, each full tile against its hash in the tile above.
 */
import { concat, equal } from '../format/bytes.js';
import { sha256 as nobleSha256, type Sha256 } from '../format/crypto.js';
import { emptyRoot, HASH_BYTES, nodeHash } from '../format/hash.js';
import {
  formatTilePath,
  hashAt,
  levelCount,
  parseTile,
  partialWidth,
  TILE_WIDTH,
  tileCount,
  type Tile,
} from '../format/tile.js';
import { checkConsistency, planConsistency } from './consistency.js';
import { TreeEdge } from './edge.js';
import { MerkleError } from './errors.js';
import { checkInclusion, planInclusion } from './inclusion.js';
import { nodesOfRange, type Node, type Range } from './ranges.js';
import { rootOver, subtreesOf, type Subtrees } from './subtrees.js';

/**
 * Where tiles come from: a folder, a database, a server. Nobody trusts it: bytes may be wrong, and are checked.
 */
export interface TileReader {
  /** The bytes at a path of tlog-tiles ("tile/0/000.p/5"); undefined when there are none. */
  readTile(path: string): Promise<Uint8Array | undefined>;
}

const LEVEL_HEIGHT = 8;

/** A tree of known size and root, with the tiles read so far. */
export class TileTree {
  private readonly tiles = new Map<string, Subtrees>();
  private edgeRead = false;

  constructor(
    readonly size: number,
    readonly root: Uint8Array,
    private readonly reader: TileReader,
    private readonly sha256: Sha256 = nobleSha256,
  ) {}

  /** The leaf hash of entry `index`, authenticated. */
  async leaf(index: number): Promise<Uint8Array> {
    const [hash] = await this.hashes([{ start: index, end: index + 1 }]);
    return hash as Uint8Array;
  }

  /** The inclusion proof of entry `index`, checked once more against the root as a whole. */
  async proveInclusion(index: number): Promise<Uint8Array[]> {
    const plan = planInclusion(index, this.size);
    const [leaf, ...proof] = await this.hashes([{ start: index, end: index + 1 }, ...plan]);
    checkInclusion(index, this.size, leaf as Uint8Array, proof, this.root, this.sha256);
    return proof;
  }

  /** The proof that this tree begins with the tree of its first `old` entries. */
  async proveConsistency(old: number): Promise<Uint8Array[]> {
    const plan = planConsistency(old, this.size);
    const [oldRoot, ...proof] = await this.hashes([{ start: 0, end: old }, ...plan]);
    if (old > 0) checkConsistency(old, oldRoot as Uint8Array, this.size, this.root, proof, this.sha256);
    return proof;
  }

  /** The root of the tree of the first `size` entries. */
  async rootAt(size: number): Promise<Uint8Array> {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) {
      throw new MerkleError('BAD_SIZE', `this tree has ${String(this.size)} entries, not ${String(size)}`);
    }
    const [root] = await this.hashes([{ start: 0, end: size }]);
    return root as Uint8Array;
  }

  /** The right edge, as what to append to; this reads and checks the partial tiles. */
  async edge(): Promise<TreeEdge> {
    await this.readEdge();
    const hashes = partialTiles(this.size).map((tile) => this.tiles.get(formatTilePath(tile))?.[0]);
    return TreeEdge.parse(this.size, concat(...(hashes as Uint8Array[])), this.sha256);
  }

  /** The hash of each range (a subtree as RFC 6962 splits this tree; an empty one has the empty root). */
  private async hashes(ranges: readonly Range[]): Promise<Uint8Array[]> {
    for (const node of ranges.flatMap(nodesOfRange)) await this.read(tileOfNode(node, this.size));
    return ranges.map((range) => {
      const nodes = nodesOfRange(range).map((node) => this.nodeHash(node));
      const last = nodes.pop();
      return last === undefined
        ? emptyRoot()
        : nodes.reduceRight((right, left) => nodeHash(left, right, this.sha256), last);
    });
  }

  /** The hash of a full subtree whose tile `hashes` has read. */
  private nodeHash({ height, index }: Node): Uint8Array {
    const width = 2 ** (height % LEVEL_HEIGHT);
    const tile = tileOfNode({ height, index }, this.size);
    const rows = this.tiles.get(formatTilePath(tile)) as Subtrees;
    return hashAt(
      rows[height % LEVEL_HEIGHT] as Uint8Array,
      index - (tile.index * TILE_WIDTH) / width,
    ).slice();
  }

  /** Reads `tile` and, before it can be used, everything that authenticates it. */
  private async read(tile: HashTileName): Promise<Subtrees> {
    await this.readEdge();
    const path = formatTilePath(tile);
    const known = this.tiles.get(path);
    if (known !== undefined) return known;
    // Not at the edge, so it is full, and its own hash stands in the tile above.
    const parentTile = tileAt(tile.level + 1, tile.index, this.size);
    const [parent] = await this.read(parentTile);
    const subtrees = subtreesOf(await this.fetch(tile), this.sha256);
    const hash = rootOver(subtrees, undefined, this.sha256) as Uint8Array;
    if (!equal(hash, hashAt(parent as Uint8Array, tile.index % TILE_WIDTH))) {
      throw new MerkleError(
        'TILE_MISMATCH',
        `${path} does not have the hash that ${formatTilePath(parentTile)} gives it`,
      );
    }
    this.tiles.set(path, subtrees);
    return subtrees;
  }

  /** The partial tiles: all of them together have to lead to the root before one is used. */
  private async readEdge(): Promise<void> {
    if (this.edgeRead) return;
    const read: [string, Subtrees][] = [];
    let root: Uint8Array | undefined;
    for (const tile of partialTiles(this.size)) {
      const subtrees = subtreesOf(await this.fetch(tile), this.sha256);
      root = rootOver(subtrees, root, this.sha256);
      read.push([formatTilePath(tile), subtrees]);
    }
    if (!equal(root ?? emptyRoot(), this.root)) {
      throw new MerkleError('TILE_MISMATCH', 'the partial tiles at the right edge do not lead to the root');
    }
    for (const [path, subtrees] of read) this.tiles.set(path, subtrees);
    this.edgeRead = true;
  }

  private async fetch(tile: HashTileName): Promise<Uint8Array> {
    const bytes = await readTileOrFull(this.reader, tile);
    if (bytes === undefined) throw new MerkleError('TILE_MISSING', `${formatTilePath(tile)} is missing`);
    try {
      return parseTile(bytes, tile.width);
    } catch (error) {
      throw new MerkleError('TILE_MALFORMED', `${formatTilePath(tile)}: ${(error as Error).message}`);
    }
  }
}

/** A tile's bytes; for a partial tile that is gone, the beginning of the full one. Works for tiles of hashes only. */
async function readTileOrFull(reader: TileReader, tile: HashTileName): Promise<Uint8Array | undefined> {
  const bytes = await reader.readTile(formatTilePath(tile));
  if (bytes !== undefined || tile.width === TILE_WIDTH) return bytes;
  const full = await reader.readTile(formatTilePath({ ...tile, width: TILE_WIDTH }));
  return full?.slice(0, tile.width * HASH_BYTES);
}

type HashTileName = Tile & { readonly level: number };

/** The partial tiles of a tree, level 0 first. */
function partialTiles(size: number): HashTileName[] {
  return Array.from({ length: levelCount(size) }, (_, level) => ({
    level,
    index: tileCount(size, level).full,
    width: partialWidth(size, level),
  })).filter(({ width }) => width > 0);
}

function tileOfNode({ height, index }: Node, size: number): HashTileName {
  const level = Math.floor(height / LEVEL_HEIGHT);
  return tileAt(level, index * 2 ** (height % LEVEL_HEIGHT), size);
}

/** The tile that has hash number `hash` of a level, as wide as it is in a tree of `size`. */
function tileAt(level: number, hash: number, size: number): HashTileName {
  const index = Math.floor(hash / TILE_WIDTH);
  const { full, width } = tileCount(size, level);
  return { level, index, width: index < full ? TILE_WIDTH : width };
}
