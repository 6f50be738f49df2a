/** Trees made the plain way, by RFC 6962's own recursion, to compare the clever ways with; and tile readers over maps. */
import { utf8 } from '#ledger/format/bytes.js';
import { emptyRoot, leafHash, nodeHash } from '#ledger/format/hash.js';
import { formatTilePath } from '#ledger/format/tile.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { splitPoint } from '#ledger/merkle/ranges.js';
import type { TileReader } from '#ledger/merkle/tile-tree.js';

/** Leaf hash of the entry "entry <i>". */
export function leafOf(index: number): Uint8Array {
  return leafHash(utf8(`entry ${String(index)}`));
}

/** MTH of RFC 6962 section 2.1, word for word. */
export function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot();
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const k = splitPoint(leaves.length);
  return nodeHash(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

/** Tiles in memory, by path. */
export class TileMap extends Map<string, Uint8Array> implements TileReader {
  readTile(path: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.get(path));
  }
}

/** All tiles of a tree of `size` leaves, and its root. */
export function tilesOf(
  size: number,
  leaf: (index: number) => Uint8Array = leafOf,
): { tiles: TileMap; root: Uint8Array } {
  const tiles = new TileMap();
  const edge = TreeEdge.empty();
  for (let i = 0; i < size; i++)
    edge.append(leaf(i), ({ tile, bytes }) => tiles.set(formatTilePath(tile), bytes));
  for (const { tile, bytes } of edge.partialTiles()) tiles.set(formatTilePath(tile), bytes);
  return { tiles, root: edge.root() };
}

/** `bytes` with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = bytes.slice();
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}
