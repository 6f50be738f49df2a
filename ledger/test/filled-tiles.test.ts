/** A served folder as a cache of the store: what makes it read the log again, and what does not. */
import { describe, expect, test } from '@jest/globals';
import { sha256 } from '#ledger/format/crypto.js';
import { FilledTiles } from '#ledger/log/filled-tiles.js';
import { rebuildTiles } from '#ledger/log/rebuild.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { rawEntry, testLog, type TestLog } from './logs.js';
import { MemoryTiles, sizeOf } from './memory-store.js';
import { flipBit } from './trees.js';

/** A log of raw entries with these many published, and more committed that are not. */
async function logOf(published: number, more = 0): Promise<TestLog> {
  const log = testLog({ kind: 'raw', maxBatch: 1000 });
  await grow(log, published);
  if (more === 0) return log;
  const before = { published: log.store.rows.state.published, checkpoint: log.tiles.checkpoint };
  await grow(log, more);
  log.store.rows.state = { ...log.store.rows.state, published: before.published };
  log.tiles.checkpoint = before.checkpoint;
  return log;
}

async function grow({ store, options }: TestLog, count: number): Promise<void> {
  const { size } = store.rows.state;
  store.add(...Array.from({ length: count }, (_, i) => rawEntry(`entry ${String(size + i)}`)));
  await (await Sequencer.open(options)).flush();
}

/** The ranges of entries that are read from the log's store from now on. */
function readsOf({ store }: TestLog): [number, number][] {
  const reads: [number, number][] = [];
  const read = store.readEntries.bind(store);
  store.readEntries = (start, end) => {
    reads.push([start, end]);
    return read(start, end);
  };
  return reads;
}

describe('a file that a folder lacks', () => {
  test('is made, with all that are missing, of one look at the entries to check them and one to write', async () => {
    const log = await logOf(3);
    const folder = new MemoryTiles();
    const tiles = new FilledTiles(folder, log.store);
    const reads = readsOf(log);
    expect(await tiles.readTile('tile/0/000.p/3')).toEqual(log.tiles.files.get('tile/0/000.p/3'));
    expect(await tiles.readTile('tile/entries/000.p/3')).toEqual(log.tiles.files.get('tile/entries/000.p/3'));
    expect(reads).toEqual([
      [0, 3],
      [0, 3],
    ]);
  });

  test('of what came later is made from the first bundle on that was not complete', async () => {
    const log = await logOf(256);
    const tiles = new FilledTiles(new MemoryTiles(), log.store);
    expect((await tiles.readTile('tile/0/000'))?.length).toBe(8192);
    await grow(log, 2);
    const reads = readsOf(log);
    expect((await tiles.readTile('tile/entries/001.p/2'))?.length).toBe(22);
    expect(reads).toEqual([
      [256, 258],
      [256, 258],
    ]);
  });

  test('after it was there when the last filling went by is made by one that begins anew', async () => {
    const log = await logOf(257);
    const folder = new MemoryTiles();
    const tiles = new FilledTiles(folder, log.store);
    await tiles.fill();
    const whole = new Map(folder.files);
    folder.files.delete('tile/0/000');
    expect(await tiles.readTile('tile/0/000')).toEqual(whole.get('tile/0/000'));
    expect(folder.files).toEqual(whole);
  });

  test('costs nothing when no tree has it, however often it is asked for', async () => {
    const log = await logOf(3);
    const tiles = new FilledTiles(new MemoryTiles(), log.store);
    const reads = readsOf(log);
    for (const path of [
      'tile/0/000',
      'tile/0/000.p/2',
      'tile/0/001.p/3',
      'tile/entries/000',
      'tile/entries/000.p/4',
      'tile/1/000.p/1',
      'tile/1/000.p/3',
    ]) {
      expect([path, await tiles.readTile(path)]).toEqual([path, undefined]);
    }
    expect(reads).toEqual([]);
  });

  test('is made whether the committed tree has it or only the published one', async () => {
    const log = await logOf(3, 2);
    for (const path of ['tile/0/000.p/3', 'tile/entries/000.p/3', 'tile/0/000.p/5', 'tile/entries/000.p/5']) {
      const tiles = new FilledTiles(new MemoryTiles(), log.store);
      expect([path, await tiles.readTile(path)]).toEqual([path, log.tiles.files.get(path)]);
    }
    log.store.rows.state = { ...log.store.rows.state, published: null };
    const tiles = new FilledTiles(new MemoryTiles(), log.store);
    expect(await tiles.readTile('tile/0/000.p/3')).toBeUndefined();
    expect(await tiles.readTile('tile/0/000.p/5')).toBeDefined();
  });

  test('of a full level above the leaves is made, and no full one where the tree has a partial one', async () => {
    const log = await logOf(256);
    const tiles = new FilledTiles(new MemoryTiles(), log.store);
    expect(await tiles.readTile('tile/1/000.p/1')).toEqual(log.tiles.files.get('tile/1/000.p/1'));
    const reads = readsOf(log);
    for (const path of ['tile/1/000', 'tile/1/000.p/2', 'tile/0/001.p/1', 'tile/0/000.p/9'])
      expect([path, await tiles.readTile(path)]).toEqual([path, undefined]);
    expect(reads).toEqual([]);
  });

  test('is not made of entries that were changed, and not beside a file with other bytes', async () => {
    const log = await logOf(3);
    const folder = new MemoryTiles();
    const other = flipBit(log.tiles.files.get('tile/0/000.p/3') as Uint8Array, 5);
    folder.files.set('tile/0/000.p/3', other);
    const tiles = new FilledTiles(folder, log.store);
    await expect(tiles.readTile('tile/entries/000.p/3')).rejects.toThrow(
      expect.objectContaining({
        code: 'TILE_CONFLICT',
        message: "tile/0/000.p/3 has other bytes than the store's entries make",
      }),
    );
    // The refusal is told to who asked; the next one is told again, not kept waiting.
    await expect(tiles.fill()).rejects.toThrow(expect.objectContaining({ code: 'TILE_CONFLICT' }));
    folder.files.delete('tile/0/000.p/3');
    expect(await tiles.fill()).toMatchObject({ size: 3, written: 1, kept: 1 });
    const entry = log.store.rows.entries[1] as (typeof log.store.rows.entries)[0];
    log.store.rows.entries[1] = { ...entry, entry: flipBit(entry.entry, 3) };
    await expect(new FilledTiles(new MemoryTiles(), log.store).fill()).rejects.toThrow(
      expect.objectContaining({ code: 'STATE_DAMAGED' }),
    );
  });
});

describe('the checkpoint of such a folder', () => {
  test('that is older than the public one is replaced, and its files are made before', async () => {
    const log = await logOf(1);
    const folder = new MemoryTiles();
    const order: string[] = [];
    folder.onMoment = (moment) => order.push(moment);
    const tiles = new FilledTiles(folder, log.store);
    expect(sizeOf((await tiles.readCheckpoint()) as Uint8Array)).toBe(1);
    await grow(log, 1);
    expect(sizeOf((await tiles.readCheckpoint()) as Uint8Array)).toBe(2);
    expect(order).toEqual([
      'writeTiles',
      'writeTiles',
      'replaceCheckpoint',
      'writeTiles',
      'writeTiles',
      'replaceCheckpoint',
    ]);
  });

  test('of an empty log is public too', async () => {
    const log = await logOf(0);
    const tiles = new FilledTiles(new MemoryTiles(), log.store);
    expect(sizeOf((await tiles.readCheckpoint()) as Uint8Array)).toBe(0);
  });

  test('that is up to date, or beyond what this store says, stays without a look at the entries', async () => {
    const log = await logOf(2);
    const folder = new MemoryTiles();
    folder.onMoment = (moment) => {
      throw new Error(moment);
    };
    const reads = readsOf(log);
    const larger = await logOf(5);
    for (const there of [log.tiles.checkpoint, larger.tiles.checkpoint]) {
      folder.checkpoint = there;
      expect(await new FilledTiles(folder, log.store).readCheckpoint()).toBe(there);
    }
    expect(reads).toEqual([]);
  });

  test('is what it is while the store says that nothing is public', async () => {
    const log = testLog({ kind: 'raw' });
    const [folder, other] = [new MemoryTiles(), await logOf(1)];
    const tiles = new FilledTiles(folder, log.store);
    expect(await tiles.readCheckpoint()).toBeUndefined();
    folder.checkpoint = other.tiles.checkpoint;
    expect(await tiles.readCheckpoint()).toBe(other.tiles.checkpoint);
  });

  test('and its files are written through it: a log over it needs no other folder', async () => {
    const log = testLog({ kind: 'raw' });
    const tiles = new FilledTiles(log.tiles, log.store);
    const told: (Uint8Array | undefined)[] = [];
    const write = log.tiles.writeTiles.bind(log.tiles);
    log.tiles.writeTiles = (files, next?: Uint8Array) => {
      if (files.length > 0) told.push(next);
      return write(files);
    };
    const sequencer = await Sequencer.open({ ...log.options, tiles });
    log.store.add(rawEntry('one'));
    const { published } = await sequencer.flush();
    expect([...log.tiles.files.keys()]).toEqual(['tile/entries/000.p/1', 'tile/0/000.p/1']);
    expect([told, log.tiles.checkpoint]).toEqual([[published?.checkpoint], published?.checkpoint]);
    expect(published?.size).toBe(1);
  });
});

test('a filling says what it did, and where the next one begins', async () => {
  const log = await logOf(257);
  const folder = new MemoryTiles();
  const first = await new FilledTiles(folder, log.store).fill();
  expect(first).toMatchObject({ size: 257, written: 5, kept: 0, differing: [] });
  expect(first.complete.size).toBe(256);
  expect(await rebuildTiles(log.store, folder, sha256, first.complete)).toMatchObject({
    written: 0,
    kept: 3,
  });
});
