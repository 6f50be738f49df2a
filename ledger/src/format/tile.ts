/** C2SP tlog-tiles v0.1.0: where tiles and entry bundles are, how wide they are, and the bytes of an entry bundle. */
import { FormatError } from './errors.js';
import { HASH_BYTES } from './hash.js';
import { clip } from './text.js';

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
export const MAX_ENTRY_BYTES = 65_535;
const MAX_LEVEL = 63;

export interface Tile {
  /** Level of hashes (0 = leaf hashes), or the bundles of the entries themselves. */
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 … 256; under 256 the tile is partial. */
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last with an x: 1234067 → x001/x234/067. */
export function formatTilePath({ level, index, width }: Tile): string {
  if (!Number.isSafeInteger(index) || index < 0)
    throw new FormatError('BAD_NUMBER', `${String(index)} is no tile index`);
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new FormatError('BAD_NUMBER', `a tile is 1 to 256 wide, not ${String(width)}`);
  }
  if (level !== 'entries' && (!Number.isInteger(level) || level < 0 || level > MAX_LEVEL)) {
    throw new FormatError('BAD_NUMBER', `${String(level)} is no tile level`);
  }
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${String(level)}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${String(width)}`}`;
}

/** The tile at a path; a path that `formatTilePath` would not write: FormatError BAD_LINE. */
export function parseTilePath(path: string): Tile {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  const [, level, groups, width] = match ?? [];
  if (level === undefined || groups === undefined) throw notATile(path);
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  // A path has one spelling; what is no tile at all has none.
  let spelling: string | undefined;
  try {
    spelling = formatTilePath(tile);
  } catch {
    // left undefined
  }
  if (spelling !== path) throw notATile(path);
  return tile;
}

/** How many hashes the partial tile at `level` has in a tree of `size` entries: floor(size / 256^level) mod 256. */
export function partialWidth(size: number, level: number): number {
  return tileCount(size, level).width;
}

/** How many full tiles `level` has in a tree of `size` entries, and the width of the partial one (0: there is none). */
export function tileCount(size: number, level: number): { readonly full: number; readonly width: number } {
  let hashes = size;
  for (let i = 0; i < level; i++) hashes = Math.floor(hashes / TILE_WIDTH);
  return { full: Math.floor(hashes / TILE_WIDTH), width: hashes % TILE_WIDTH };
}

/** How many levels of tiles a tree of `size` entries has: 0 for none, 1 up to 255 entries, 2 from 256 on … */
export function levelCount(size: number): number {
  let levels = 0;
  for (let hashes = size; hashes > 0; hashes = Math.floor(hashes / TILE_WIDTH)) levels++;
  return levels;
}

/** An entry bundle: uint16be length and bytes, for each of 1 to 256 entries. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw new FormatError('BAD_LENGTH', `a bundle has 1 to 256 entries, not ${String(entries.length)}`);
  }
  let length = 0;
  for (const entry of entries) length += 2 + checkEntry(entry).length;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const entry of entries) {
    bytes[offset] = entry.length >> 8;
    bytes[offset + 1] = entry.length & 0xff;
    bytes.set(entry, offset + 2);
    offset += 2 + entry.length;
  }
  return bytes;
}

/** The entries of a bundle of exactly `width` entries (views on `bytes`). */
export function parseBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length && entries.length < width) {
    const length = ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
    if (offset + 2 + length > bytes.length) {
      throw new FormatError('BAD_LENGTH', `entry ${String(entries.length)} of the bundle is cut off`);
    }
    entries.push(bytes.subarray(offset + 2, offset + 2 + length));
    offset += 2 + length;
  }
  if (entries.length !== width || offset !== bytes.length) {
    throw new FormatError('BAD_LENGTH', `the bundle does not hold exactly ${String(width)} entries`);
  }
  return entries;
}

/** `entry` itself; longer than a bundle can hold: FormatError TOO_LONG. */
export function checkEntry(entry: Uint8Array): Uint8Array {
  if (entry.length > MAX_ENTRY_BYTES) {
    throw new FormatError(
      'TOO_LONG',
      `an entry of ${String(entry.length)} bytes; at most 65,535 fit a bundle`,
    );
  }
  return entry;
}

/** The hashes of a tile of exactly `width` hashes, side by side: `bytes` itself, when it has that length. */
export function parseTile(bytes: Uint8Array, width: number): Uint8Array {
  if (bytes.length !== width * HASH_BYTES) {
    throw new FormatError(
      'BAD_LENGTH',
      `a tile of ${String(width)} hashes has ${String(width * HASH_BYTES)} bytes, not ${String(bytes.length)}`,
    );
  }
  return bytes;
}

/** Hash number `index` of hashes side by side (a view). */
export function hashAt(hashes: Uint8Array, index: number): Uint8Array {
  return hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
}

function notATile(path: string): FormatError {
  return new FormatError('BAD_LINE', `"${clip(path)}" is not a tile's path`);
}
