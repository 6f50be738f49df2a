/** CVE-2026-56865: a reader that authenticates only some of the tiles it read. Every question, on 70,000 leaves. */
import { describe, expect, test } from '@jest/globals';
import { checkInclusion } from '#ledger/merkle/inclusion.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { flipBit, leafOf, TileMap, tilesOf } from './trees.js';

describe('tiles served by somebody who lies (CVE-2026-56865)', () => {
  const SIZE = 70_000;
  const mismatched = expect.objectContaining({ code: 'TILE_MISMATCH' });
  let served: ReturnType<typeof tilesOf> | undefined;
  /** The tree of 70,000 leaves, where `changes` replace or (undefined) take away tiles. */
  function lying(changes: Record<string, Uint8Array | undefined>): TileTree {
    served ??= tilesOf(SIZE);
    const tiles = new TileMap(served.tiles);
    for (const [path, bytes] of Object.entries(changes)) {
      if (bytes === undefined) tiles.delete(path);
      else tiles.set(path, bytes);
    }
    return new TileTree(SIZE, served.root, tiles);
  }
  const tile = (path: string): Uint8Array => (served ??= tilesOf(SIZE)).tiles.get(path) as Uint8Array;

  test('with 70,000 leaves one flipped bit in tile/0/100 is found by whatever is asked of that tile', async () => {
    for (const bit of [0, 7, 4096, 8 * 8192 - 1]) {
      const changed = { 'tile/0/100': flipBit(tile('tile/0/100'), bit) };
      for (const index of [25_600, 25_700, 25_855]) {
        await expect(lying(changed).proveInclusion(index)).rejects.toThrow(mismatched);
        // A hash of the tile that the flipped bit does not touch is not handed out either.
        await expect(lying(changed).leaf(index)).rejects.toThrow(mismatched);
      }
      for (const old of [25_601, 25_700, 25_855]) {
        await expect(lying(changed).proveConsistency(old)).rejects.toThrow(mismatched);
        await expect(lying(changed).rootAt(old)).rejects.toThrow(mismatched);
      }
      await expect(lying(changed).rootAt(25_601)).rejects.toThrow(
        expect.objectContaining({
          message: 'tile/0/100 does not have the hash that tile/1/000 gives it',
        }),
      );
    }
  });

  test('the honest tiles prove the same entry, and what needs none of tile/0/100 does not read it', async () => {
    const honest = lying({});
    checkInclusion(25_700, SIZE, leafOf(25_700), await honest.proveInclusion(25_700), honest.root);
    expect(await honest.leaf(25_700)).toEqual(leafOf(25_700));
    expect(await honest.rootAt(25_650)).toEqual(tilesOf(25_650).root);
    const without = lying({ 'tile/0/100': undefined });
    expect(await without.leaf(25_599)).toEqual(leafOf(25_599));
    await expect(without.leaf(25_600)).rejects.toThrow(
      expect.objectContaining({ code: 'TILE_MISSING', message: 'tile/0/100 is missing' }),
    );
  });

  test.each(['tile/0/273.p/112', 'tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1'])(
    'a bit flipped in %s, at the edge or above, is found; so is a tile cut short, or missing',
    async (path) => {
      const bytes = tile(path);
      for (const [replacement, code] of [
        [flipBit(bytes, 8 * bytes.length - 3), 'TILE_MISMATCH'],
        [bytes.slice(1), 'TILE_MALFORMED'],
        [undefined, 'TILE_MISSING'],
      ] as const) {
        await expect(lying({ [path]: replacement }).proveInclusion(25_700)).rejects.toThrow(
          expect.objectContaining({ code }),
        );
      }
    },
  );
});
