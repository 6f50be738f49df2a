/** Reading entries out of bundles, and judging how old a checkpoint is: what is refused, where, and why. */
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { formatBundle } from '#ledger/format/tile.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { readBundle, readStoredBundle } from '#ledger/verify/entries.js';
import { doubtOfAge } from '#ledger/verify/freshness.js';
import { rawEntry, testLog } from './logs.js';

const refusal = (code: string, where: string, message: string) =>
  expect.objectContaining({ name: 'EntriesError', code, where, message });

async function logOf(count: number) {
  const log = testLog({ kind: 'raw' });
  log.store.add(...Array.from({ length: count }, (_, i) => rawEntry(`entry ${String(i)}`)));
  await (await log.open()).flush();
  const { size, root } = log.store.rows.state;
  return { ...log, tree: new TileTree(size, root, log.tiles) };
}

describe('the entries of a bundle', () => {
  test('are those that were signed, and of the full bundle where the partial one is gone', async () => {
    const { tiles, tree } = await logOf(300);
    const last = await readBundle(tiles, tree, 1);
    expect([last.length, last[43]]).toEqual([44, utf8('entry 299')]);
    tiles.files.delete('tile/entries/001.p/44');
    const grown = Array.from({ length: 256 }, (_, i) => utf8(`entry ${String(256 + i)}`));
    tiles.files.set('tile/entries/001', formatBundle(grown));
    expect(await readBundle(tiles, tree, 1)).toEqual(last);
    expect(await readBundle(tiles, tree, 0)).toHaveLength(256);
  });

  test('that are missing, cut off, or not those that were signed are named', async () => {
    const { tiles, tree } = await logOf(300);
    const path = 'tile/entries/001.p/44';
    const good = tiles.files.get(path) as Uint8Array;
    const changed = Uint8Array.from(good);
    changed[good.length - 1] = 0;
    tiles.files.set(path, changed);
    await expect(readBundle(tiles, tree, 1)).rejects.toThrow(
      refusal('ENTRY_MISMATCH', 'entry 299', `its bytes in ${path} are not those that were signed`),
    );
    tiles.files.set(path, good.slice(1));
    await expect(readBundle(tiles, tree, 1)).rejects.toThrow(
      expect.objectContaining({ code: 'ENTRIES_MALFORMED', where: path }),
    );
    tiles.files.delete(path);
    await expect(readBundle(tiles, tree, 1)).rejects.toThrow(
      refusal('ENTRIES_MISSING', path, 'the file is missing'),
    );
  });

  test('a full bundle that is missing is looked for once; a reader that fails says so itself', async () => {
    const asked: string[] = [];
    const none = { readTile: (path: string) => Promise.resolve(void asked.push(path)) };
    await expect(readStoredBundle(none, 2, 256)).rejects.toThrow(
      refusal('ENTRIES_MISSING', 'tile/entries/002', 'the file is missing'),
    );
    expect(asked).toEqual(['tile/entries/002']);
    const broken = { readTile: () => Promise.reject(new Error('the connection is gone')) };
    await expect(readStoredBundle(broken, 0, 1)).rejects.toThrow('the connection is gone');
  });
});

describe('the age of a checkpoint', () => {
  const now = Date.parse('2026-11-22T03:00:00.000Z');
  const [minute, hour] = [60_000, 3_600_000];

  test('is no reason to doubt up to a day, nor when clocks differ by ten minutes', () => {
    for (const at of [now, now - 24 * hour, now + 10 * minute]) expect(doubtOfAge(at, now)).toBeUndefined();
  });

  test('is one beyond that, in words', () => {
    expect(doubtOfAge(now - 26 * hour - 1, now)).toEqual({
      code: 'STALE',
      where: 'checkpoint',
      detail: 'was last witnessed at 2026-11-21T00:59:59.999Z, 26 hours ago',
    });
    expect(doubtOfAge(now - 24 * hour - 1, now)?.code).toBe('STALE');
    expect(doubtOfAge(now + 10 * minute + 1, now)).toEqual({
      code: 'CLOCKS_DIFFER',
      where: 'checkpoint',
      detail: 'was cosigned at 2026-11-22T03:10:00.001Z, and it is 2026-11-22T03:00:00.000Z here',
    });
  });
});
