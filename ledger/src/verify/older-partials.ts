/**
 * Partial tiles and bundles of earlier published sizes. Nothing in the newest tree leads to them, but a reader with an
 * older checkpoint is served them: each must be the beginning of what grew out of it, which fsck has checked.
 */
import { equal } from '../format/bytes.js';
import { HASH_BYTES } from '../format/hash.js';
import {
  formatTilePath,
  parseBundle,
  parseTilePath,
  TILE_WIDTH,
  tileCount,
  type Tile,
} from '../format/tile.js';
import type { TileReader } from '../merkle/tile-tree.js';
import type { Finding } from './fsck.js';

/**
 * Checks those of the files at `paths` (tile paths; others are passed over) that belong to trees smaller than `size`.
 * Where fsck found the newer file wrong (`found`), it is no measure: the next fsck judges, once that is repaired.
 */
export async function checkOlderPartials(
  log: TileReader,
  paths: AsyncIterable<string>,
  size: number,
  found: readonly Finding[],
  onFinding: (finding: Finding) => void,
): Promise<void> {
  const wrong = new Set(found.map(({ where }) => whereabouts(where)));
  let newer: { readonly path: string; readonly bytes: Uint8Array | undefined } | undefined;
  for await (const path of paths) {
    const tile = readPath(path);
    const grown = tile === undefined ? undefined : grownTile(tile, size);
    if (tile === undefined || grown === undefined || wrong.has(placeOf(tile))) continue;
    const newerPath = formatTilePath(grown);
    if (newer?.path !== newerPath) newer = { path: newerPath, bytes: await log.readTile(newerPath) };
    const beginning = newer.bytes && beginningOf(newer.bytes, grown, tile.width);
    const bytes = await log.readTile(path);
    if (beginning === undefined || bytes === undefined || equal(bytes, beginning)) continue;
    const code = tile.level === 'entries' ? 'ENTRY_MISMATCH' : 'TILE_MISMATCH';
    onFinding({ code, where: path, detail: `it is not the beginning of ${newerPath}, which grew out of it` });
  }
}

/** The tile in which `tile` is contained in a tree of `size`; undefined when it is that one, or not of that tree. */
function grownTile(tile: Tile, size: number): Tile | undefined {
  const { full, width } = tileCount(size, tile.level === 'entries' ? 0 : tile.level);
  const grown = tile.index < full ? TILE_WIDTH : tile.index === full ? width : 0;
  return tile.width < grown ? { ...tile, width: grown } : undefined;
}

/** The bytes of the first `width` hashes or entries; undefined when the file is malformed, which fsck has said. */
function beginningOf(
  bytes: Uint8Array,
  { level, width: whole }: Tile,
  width: number,
): Uint8Array | undefined {
  if (level !== 'entries') return bytes.subarray(0, width * HASH_BYTES);
  let length = 0;
  try {
    for (const entry of parseBundle(bytes, whole).slice(0, width)) length += 2 + entry.length;
  } catch {
    return undefined;
  }
  return bytes.subarray(0, length);
}

/** A tile's level and index: what findings about it, of whatever width, have in common. */
function placeOf({ level, index }: Tile): string {
  return `${String(level)} ${String(index)}`;
}

/** The place that a finding is about: a tile's path, or "entry <index>", which is in a bundle. */
function whereabouts(where: string): string {
  const entry = /^entry (\d+)$/.exec(where)?.[1];
  if (entry !== undefined)
    return placeOf({ level: 'entries', index: Math.floor(Number(entry) / TILE_WIDTH), width: 1 });
  const tile = readPath(where);
  return tile === undefined ? where : placeOf(tile);
}

function readPath(path: string): Tile | undefined {
  try {
    return parseTilePath(path);
  } catch {
    return undefined;
  }
}
