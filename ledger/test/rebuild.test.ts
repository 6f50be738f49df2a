import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FilledTiles } from '#ledger/log/filled-tiles.js';
import { rebuildTiles } from '#ledger/log/rebuild.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { sha256 } from '#ledger/format/crypto.js';
import { checkProof } from '#ledger/verify/proof.js';
import { fsck } from '#ledger/verify/fsck.js';
import { documentEvent, logSigner, policyOf, rawEntry, testLog, testWitness, type TestLog } from './logs.js';
import { MemoryTiles, sizeOf } from './memory-store.js';
import { flipBit } from './trees.js';

const code = (value: string) => expect.objectContaining({ code: value });
const noWitnesses = { logs: [{ key: logSigner }], witnesses: [], groups: [], quorum: null };

/** A log of raw entries, published after each batch of these sizes. */
async function logOf(...batches: number[]): Promise<TestLog> {
  const log = testLog({ kind: 'raw', maxBatch: 5000 });
  const sequencer = await log.open();
  for (const count of batches) await grow(log, sequencer, count);
  return log;
}

async function grow(log: TestLog, sequencer: Sequencer, count: number): Promise<void> {
  const size = log.store.rows.state.size;
  log.store.add(...Array.from({ length: count }, (_, i) => rawEntry(`entry ${String(size + i)}`)));
  await sequencer.flush();
}

/** The files of the published tree and no partial ones of earlier sizes: what a rebuild has to make. */
function newest({ tiles, store }: TestLog): Map<string, Uint8Array> {
  const now = new Map<string, Uint8Array>();
  for (const [path, bytes] of tiles.files) {
    const width = /\.p\/(\d+)$/.exec(path)?.[1];
    const size = store.rows.state.size;
    const widths = [size % 256, Math.floor(size / 256) % 256, Math.floor(size / 65_536) % 256];
    const level = /^tile\/(\w+)\//.exec(path)?.[1];
    if (width === undefined || widths[level === 'entries' ? 0 : Number(level)] === Number(width)) {
      const index = Number(/(\d{3})(\.p\/\d+)?$/.exec(path)?.[1]);
      const whole = level === 'entries' || level === '0' ? Math.floor(size / 256) : Math.floor(size / 65_536);
      if (width === undefined || index === whole) now.set(path, bytes);
    }
  }
  return now;
}

describe('a folder rebuilt from its store', () => {
  test.each([1, 255, 256, 257, 512, 600, 1300])('has the same files, of %d entries', async (size) => {
    const log = await logOf(Math.floor(size / 3), size - Math.floor(size / 3));
    const tiles = new MemoryTiles();
    const rebuilt = await rebuildTiles(log.store, tiles, sha256);
    expect(tiles.files).toEqual(newest(log));
    expect(rebuilt).toMatchObject({ size, written: tiles.files.size, kept: 0, differing: [] });
    expect(rebuilt.complete.size).toBe(size - (size % 256));
    expect(await rebuildTiles(log.store, tiles, sha256)).toMatchObject({
      written: 0,
      kept: tiles.files.size,
    });
  });

  test('an empty log has none', async () => {
    const log = await logOf(0);
    expect(await rebuildTiles(log.store, new MemoryTiles(), sha256)).toMatchObject({ size: 0, written: 0 });
  });

  test('what is missing is made, what has other bytes is named and stays', async () => {
    const log = await logOf(300, 300);
    const whole = new Map(log.tiles.files);
    for (const path of ['tile/0/000', 'tile/entries/001', 'tile/1/000.p/2']) log.tiles.files.delete(path);
    const damaged = flipBit(whole.get('tile/0/001') as Uint8Array, 99);
    log.tiles.files.set('tile/0/001', damaged);
    expect(await rebuildTiles(log.store, log.tiles, sha256)).toMatchObject({
      written: 3,
      differing: ['tile/0/001'],
    });
    expect(log.tiles.files).toEqual(whole.set('tile/0/001', damaged));
  });

  test('a store whose entries do not lead to the committed, or to the published root, writes no file', async () => {
    for (const at of [0, 299, 300]) {
      const log = await logOf(200);
      const sequencer = await log.open();
      await grow(log, sequencer, 101);
      const entry = log.store.rows.entries[at] as { entry: Uint8Array };
      log.store.rows.entries[at] = { ...log.store.rows.entries[at]!, entry: flipBit(entry.entry, 1) };
      const tiles = new MemoryTiles();
      await expect(rebuildTiles(log.store, tiles, sha256)).rejects.toThrow(code('STATE_DAMAGED'));
      expect(tiles.files.size).toBe(0);
    }
    const log = await logOf(10);
    const other = await logOf(11);
    log.store.rows.state = { ...log.store.rows.state, published: other.store.rows.state.published };
    const { state } = log.store.rows;
    log.store.rows.state = { ...state, published: { ...state.published!, size: 10 } };
    await expect(rebuildTiles(log.store, new MemoryTiles(), sha256)).rejects.toThrow(code('STATE_DAMAGED'));
  });

  test('a store that lacks an entry says which are missing', async () => {
    const log = await logOf(10);
    log.store.rows.entries.pop();
    await expect(rebuildTiles(log.store, new MemoryTiles(), sha256)).rejects.toThrow(
      /entries 0 to 9 .* has 9/,
    );
  });

  test('has the partial files of the published size too, while more is committed', async () => {
    const witness = testWitness(1);
    let down = false;
    const client = {
      ...witness.client,
      addCheckpoint: (body: Uint8Array) =>
        down ? Promise.reject(new Error('down')) : witness.client.addCheckpoint(body),
    };
    const witnessing = { policy: policyOf([witness], 1), witnesses: [client] };
    const log = testLog({ kind: 'raw', witnessing });
    const sequencer = await log.open();
    await grow(log, sequencer, 300);
    down = true;
    await grow(log, sequencer, 300);
    const tiles = new MemoryTiles();
    await rebuildTiles(log.store, tiles, sha256);
    for (const path of ['tile/0/001.p/44', 'tile/entries/001.p/44', 'tile/1/000.p/1', 'tile/0/002.p/88']) {
      expect([path, tiles.files.has(path)]).toEqual([path, true]);
    }
  });
});

describe('a rebuild', () => {
  /** The ranges of entries that are read from the store from now on. */
  function readsOf({ store }: TestLog): [number, number][] {
    const reads: [number, number][] = [];
    const read = store.readEntries.bind(store);
    store.readEntries = (start, end) => {
      reads.push([start, end]);
      return read(start, end);
    };
    return reads;
  }

  test.each(['committed', 'published'])(
    'of entries that do not lead to the %s root says so and writes nothing',
    async (which) => {
      const log = await logOf(2, 1);
      const { state, entries } = log.store.rows;
      const { published } = state;
      const [entry] = entries as [(typeof entries)[0]];
      if (which === 'committed') entries[0] = { ...entry, entry: flipBit(entry.entry, 1) };
      else log.store.rows.state = { ...state, published: { ...published!, size: 2 } };
      const tiles = new MemoryTiles();
      const size = which === 'committed' ? 3 : 2;
      if (which === 'committed') log.store.rows.state = { ...state, published: null };
      await expect(rebuildTiles(log.store, tiles, sha256)).rejects.toThrow(
        expect.objectContaining({
          code: 'STATE_DAMAGED',
          message: `the first ${String(size)} entries in the store do not lead to the ${which} root`,
        }),
      );
      expect(tiles.files.size).toBe(0);
      Object.assign(log.store.rows, { state, entries: [entry, ...entries.slice(1)] });
      expect(await rebuildTiles(log.store, tiles, sha256)).toMatchObject({ size: 3, written: 2 });
    },
  );

  test('of a store that lacks an entry says how many it has', async () => {
    const log = await logOf(3);
    log.store.rows.entries.pop();
    await expect(rebuildTiles(log.store, new MemoryTiles(), sha256)).rejects.toThrow(
      expect.objectContaining({
        code: 'STATE_DAMAGED',
        message: 'of the entries 0 to 2 the store has 2',
      }),
    );
  });

  test('goes on where an earlier one was complete, and begins anew when the store was put back behind it', async () => {
    const log = await logOf(256);
    const tiles = new MemoryTiles();
    const { complete } = await rebuildTiles(log.store, tiles, sha256);
    const reads = readsOf(log);
    expect(await rebuildTiles(log.store, tiles, sha256, complete)).toMatchObject({ written: 0, kept: 0 });
    expect(reads).toEqual([]);
    const smaller = await logOf(2);
    const again = readsOf(smaller);
    expect(await rebuildTiles(smaller.store, new MemoryTiles(), sha256, complete)).toMatchObject({
      size: 2,
      written: 2,
    });
    expect(again).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });

  test('of a folder that is whole writes nothing to it, and counts each file once', async () => {
    const log = await logOf(256, 1);
    const before = log.store.rows.state.published;
    await grow(log, await log.open(), 1);
    // Published 257, committed 258: both have the same tile of level 1.
    log.store.rows.state = { ...log.store.rows.state, published: before };
    const tiles = new MemoryTiles();
    const written: string[] = [];
    const write = tiles.writeTiles.bind(tiles);
    tiles.writeTiles = (files) => {
      written.push(...files.map(({ path }) => path));
      return write(files);
    };
    expect(await rebuildTiles(log.store, tiles, sha256)).toMatchObject({ written: 7, kept: 0 });
    expect(written.sort()).toEqual([...tiles.files.keys()].sort());
    tiles.writeTiles = () => Promise.reject(new Error('written for nothing'));
    expect(await rebuildTiles(log.store, tiles, sha256)).toMatchObject({ written: 0, differing: [] });
  });
});

describe('a folder that is a cache of its store', () => {
  test('on another host: opening, proofs, publishing and reading make what is missing', async () => {
    const log = await logOf(300);
    const folder = new MemoryTiles();
    const tiles = new FilledTiles(folder, log.store);
    const there = await Sequencer.open({ ...log.options, tiles });
    const proof = await there.prove(17);
    expect(checkProof(proof, log.store.rows.entries[17]?.entry as Uint8Array, noWitnesses).size).toBe(300);
    expect(sizeOf((await tiles.readCheckpoint()) as Uint8Array)).toBe(300);
    const here = await log.open();
    for (let i = 0; i < 4; i++) {
      await grow(log, i % 2 === 0 ? here : there, 250);
      expect(sizeOf((await tiles.readCheckpoint()) as Uint8Array)).toBe(550 + 250 * i);
      const findings: unknown[] = [];
      await fsck(tiles, logSigner, { onFinding: (finding) => findings.push(finding) });
      expect(findings).toEqual([]);
    }
  });

  test('a folder without its files opens only so: without the cache it is refused', async () => {
    const log = await logOf(300);
    log.tiles.files.clear();
    await expect(log.open()).rejects.toThrow(code('TILES_DAMAGED'));
    await Sequencer.open({ ...log.options, tiles: new FilledTiles(log.tiles, log.store) });
    expect(log.tiles.files).toEqual(newest(log));
  });

  test('a witness may have seen an old tree whose tiles are gone: they are made to compare with it', async () => {
    const witness = testWitness(1);
    const log = testLog({
      kind: 'raw',
      witnessing: { policy: policyOf([witness], 1), witnesses: [witness.client] },
    });
    await grow(log, await log.open(), 700);
    // Two hundred more, in a process that cannot reach the witness.
    const options = testLog({ kind: 'raw', store: log.store, tiles: log.tiles }).options;
    const alone = await Sequencer.open(options);
    await grow(log, alone, 200);
    log.tiles.files.delete('tile/0/002');
    await expect(log.open()).rejects.toThrow(code('TILES_DAMAGED'));
    await Sequencer.open({ ...log.options, tiles: new FilledTiles(log.tiles, log.store) });
    expect(log.tiles.files.has('tile/0/002')).toBe(true);
  });

  test('other bytes stay an error, in the missing file or beside it', async () => {
    const log = await logOf(300);
    const path = 'tile/0/000';
    log.tiles.files.set(path, flipBit(log.tiles.files.get(path) as Uint8Array, 5));
    log.tiles.files.delete('tile/entries/000');
    const tiles = new FilledTiles(log.tiles, log.store);
    await expect(tiles.readTile('tile/entries/000')).rejects.toThrow(code('TILE_CONFLICT'));
    await expect(tiles.readTile('tile/0/001.p/44')).resolves.toBeDefined();
  });

  test('no file is made that the tree does not have', async () => {
    const log = await logOf(300);
    const tiles = new FilledTiles(new MemoryTiles(), log.store);
    for (const path of ['tile/0/001', 'tile/0/001.p/45', 'tile/0/002.p/1', 'tile/1/000', 'tile/2/000.p/1']) {
      expect([path, await tiles.readTile(path)]).toEqual([path, undefined]);
    }
    await expect(tiles.readTile('tile/0/../x')).rejects.toThrow(code('BAD_LINE'));
  });

  test('a file that vanishes after a filling is made again', async () => {
    const log = await logOf(600);
    const tiles = new FilledTiles(log.tiles, log.store);
    await tiles.fill();
    log.tiles.files.delete('tile/0/000');
    expect((await tiles.readTile('tile/0/000'))?.length).toBe(8192);
  });

  test('whatever is missing, of whatever tree: reading it all gives the tree', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        async (batches, gone) => {
          const log = await logOf(...batches);
          const paths = [...newest(log).keys()];
          for (const i of gone) log.tiles.files.delete(paths[i % paths.length] as string);
          const findings: unknown[] = [];
          const options = { onFinding: (finding: unknown) => findings.push(finding) };
          await fsck(new FilledTiles(log.tiles, log.store), logSigner, options);
          expect(findings).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('opening', () => {
  test('refuses a store whose last entries are not those that were committed', async () => {
    const log = testLog();
    const sequencer = await log.open();
    log.store.add(documentEvent(1), documentEvent(2));
    await sequencer.flush();
    const { entries } = log.store.rows;
    const last = entries[2]!;
    entries[2] = { ...last, entry: flipBit(last.entry, 40) };
    await expect(log.open()).rejects.toThrow(/entry 2 .* not the one that was committed/);
    entries.pop();
    await expect(log.open()).rejects.toThrow(/entry 2 .* missing/);
    entries.push(last);
    await log.open();
  });
});
