/** The entries of a log out of their bundles, each checked against the signed tree before anybody sees it. */
import { equal } from '../format/bytes.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { FormatError } from '../format/errors.js';
import { leafHash } from '../format/hash.js';
import { formatTilePath, parseBundle, TILE_WIDTH } from '../format/tile.js';
import type { TileReader, TileTree } from '../merkle/tile-tree.js';

export type EntriesCode =
  /** There is no bundle where the tree has entries. */
  | 'ENTRIES_MISSING'
  /** The bundle is not made of that many entries. */
  | 'ENTRIES_MALFORMED'
  /** An entry does not have the hash that was signed. */
  | 'ENTRY_MISMATCH';

/** Entries that cannot be had from this reader. The log's signature says nothing against them: another copy may do. */
export class EntriesError extends Error {
  override readonly name = 'EntriesError';

  constructor(
    readonly code: EntriesCode,
    /** "entry <index>", or the path of the bundle. */
    readonly where: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * All entries of `tree` in bundle number `bundle` (entries 256 × bundle …), from `reader`. EntriesError; tiles that are
 * missing or wrong: MerkleError.
 */
export async function readBundle(
  reader: TileReader,
  tree: TileTree,
  bundle: number,
  crypto: Crypto = nobleCrypto,
): Promise<Uint8Array[]> {
  const start = bundle * TILE_WIDTH;
  const width = Math.min(TILE_WIDTH, tree.size - start);
  const { path, entries } = await readStoredBundle(reader, bundle, width);
  for (const [offset, entry] of entries.entries()) {
    const index = start + offset;
    if (!equal(leafHash(entry, crypto.sha256), await tree.leaf(index))) {
      const detail = `its bytes in ${path} are not those that were signed`;
      throw new EntriesError('ENTRY_MISMATCH', `entry ${String(index)}`, detail);
    }
  }
  return entries;
}

/** How many bundles a tree of `size` entries has. */
export function bundleCount(size: number): number {
  return Math.ceil(size / TILE_WIDTH);
}

interface Bundle {
  readonly path: string;
  readonly entries: Uint8Array[];
}

/**
 * The first `width` entries of bundle number `index` as they are stored, checked by nobody yet; a partial bundle may be
 * gone once the full one is there. EntriesError ENTRIES_MISSING or ENTRIES_MALFORMED.
 */
export async function readStoredBundle(reader: TileReader, index: number, width: number): Promise<Bundle> {
  const missing = formatTilePath({ level: 'entries', index, width });
  for (const stored of width === TILE_WIDTH ? [width] : [width, TILE_WIDTH]) {
    const path = formatTilePath({ level: 'entries', index, width: stored });
    const bytes = await reader.readTile(path);
    if (bytes !== undefined) return { path, entries: parse(bytes, stored, path).slice(0, width) };
  }
  throw new EntriesError('ENTRIES_MISSING', missing, 'the file is missing');
}

function parse(bytes: Uint8Array, width: number, path: string): Uint8Array[] {
  try {
    return parseBundle(bytes, width);
  } catch (error) {
    if (error instanceof FormatError) throw new EntriesError('ENTRIES_MALFORMED', path, error.message);
    throw error;
  }
}
