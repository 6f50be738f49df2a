/** Paths and widths of tiles, bundles of entries, nodes. */
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { nodeHash } from '#ledger/format/hash.js';
import {
  formatBundle,
  formatTilePath,
  levelCount,
  parseBundle,
  parseTilePath,
  tileCount,
  type Tile,
} from '#ledger/format/tile.js';

const code = (value: string) => expect.objectContaining({ name: 'FormatError', code: value });

describe('tiles', () => {
  test.each<[Tile, string]>([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 273, width: 112 }, 'tile/0/273.p/112'],
    [{ level: 63, index: 1_234_067, width: 256 }, 'tile/63/x001/x234/067'],
    [{ level: 'entries', index: 1000, width: 1 }, 'tile/entries/x001/000.p/1'],
    [{ level: 1, index: 999, width: 255 }, 'tile/1/999.p/255'],
  ])('%j is at %s', (tile, path) => {
    expect(formatTilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test.each([
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/001',
    'tile/0/001/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/0/000.p/',
    'tile/data/000',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/../000',
    'tile/0/x999/x999/x999/x999/x999/999',
  ])('%s is no path of a tile', (path) => {
    expect(() => parseTilePath(path)).toThrow(code('BAD_LINE'));
  });

  test('the example sizes of the specification', () => {
    expect([0, 1, 2].map((level) => tileCount(70_000, level))).toEqual([
      { full: 273, width: 112 },
      { full: 1, width: 17 },
      { full: 0, width: 1 },
    ]);
    expect([0, 1].map((level) => tileCount(256, level))).toEqual([
      { full: 1, width: 0 },
      { full: 0, width: 1 },
    ]);
    expect([0, 1, 255, 256, 65_535, 65_536].map(levelCount)).toEqual([0, 1, 1, 2, 2, 3]);
  });

  test('a bundle holds exactly its entries, up to 65,535 bytes each', () => {
    const entries = [new Uint8Array(0), utf8('a'), new Uint8Array(65_535).fill(7)];
    const bytes = formatBundle(entries);
    expect(parseBundle(bytes, 3)).toEqual(entries);
    for (const [damaged, width] of [
      [bytes, 2],
      [bytes, 4],
      [bytes.slice(0, -1), 3],
      [bytes.slice(0, 1), 1],
      [new Uint8Array(), 1],
    ] as const) {
      expect(() => parseBundle(damaged, width)).toThrow(code('BAD_LENGTH'));
    }
    expect(() => formatBundle([new Uint8Array(65_536)])).toThrow(code('TOO_LONG'));
    expect(() => formatBundle([])).toThrow(code('BAD_LENGTH'));
  });
});

describe('what cannot be written, or decoded, is refused in words', () => {
  const hash = new Uint8Array(32);
  const hashes = (count: number): Uint8Array[] => Array.from({ length: count }, () => hash);

  test('the limits themselves are written', () => {
    expect(formatTilePath({ level: 63, index: Number.MAX_SAFE_INTEGER, width: 256 })).toMatch(
      /^tile.63.x009/,
    );
    expect(formatBundle(Array.from({ length: 256 }, () => hash))).toHaveLength(256 * 34);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'a tile number −1',
      () => formatTilePath({ level: 0, index: -1, width: 1 }),
      'BAD_NUMBER',
      '-1 is no tile index',
    ],
    [
      'half a tile',
      () => formatTilePath({ level: 0, index: 0.5, width: 1 }),
      'BAD_NUMBER',
      '0.5 is no tile index',
    ],
    [
      'a width of 0',
      () => formatTilePath({ level: 0, index: 0, width: 0 }),
      'BAD_NUMBER',
      'a tile is 1 to 256 wide, not 0',
    ],
    [
      'a width of 257',
      () => formatTilePath({ level: 0, index: 0, width: 257 }),
      'BAD_NUMBER',
      'a tile is 1 to 256 wide, not 257',
    ],
    [
      'half a width',
      () => formatTilePath({ level: 0, index: 0, width: 1.5 }),
      'BAD_NUMBER',
      'a tile is 1 to 256 wide, not 1.5',
    ],
    [
      'a level of −1',
      () => formatTilePath({ level: -1, index: 0, width: 1 }),
      'BAD_NUMBER',
      '-1 is no tile level',
    ],
    [
      'a level of 64',
      () => formatTilePath({ level: 64, index: 0, width: 1 }),
      'BAD_NUMBER',
      '64 is no tile level',
    ],
    [
      'half a level',
      () => formatTilePath({ level: 0.5, index: 0, width: 1 }),
      'BAD_NUMBER',
      '0.5 is no tile level',
    ],
    ['a bundle of nothing', () => formatBundle([]), 'BAD_LENGTH', 'a bundle has 1 to 256 entries, not 0'],
    [
      'a bundle of 257',
      () => formatBundle(hashes(257)),
      'BAD_LENGTH',
      'a bundle has 1 to 256 entries, not 257',
    ],
    [
      'an entry over 65,535 bytes',
      () => formatBundle([new Uint8Array(65_536)]),
      'TOO_LONG',
      'an entry of 65536 bytes; at most 65,535 fit a bundle',
    ],
  ])('%s', (_what, write, error, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'FormatError', code: error, message }));
  });

  test('a node is made of two hashes and of nothing else', () => {
    for (const [left, right] of [
      [hash.slice(1), hash],
      [hash, hash.slice(1)],
    ] as const)
      expect(() => nodeHash(left, right)).toThrow('a node is made of two hashes of 32 bytes');
  });
});
