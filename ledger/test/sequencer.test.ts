import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { equal, toBase64 } from '#ledger/format/bytes.js';
import { leafHash } from '#ledger/format/hash.js';
import { genesis, parseLeaf } from '#ledger/format/leaf.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { parseBundle } from '#ledger/format/tile.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkProof } from '#ledger/verify/proof.js';
import { sizeOf } from './memory-store.js';
import { documentEvent, logSigner, ORIGIN, policyOf, rawEntry, START, testLog, testWitness } from './logs.js';
import { plainRoot } from './trees.js';

const noWitnesses = { logs: [{ key: logSigner }], witnesses: [], groups: [], quorum: null };
const code = (value: string) => expect.objectContaining({ code: value });

describe("a school's log", () => {
  test('opens with log.opened, chains every entry to the one before, and proves each', async () => {
    const { store, tiles, open } = testLog();
    const log = await open();
    store.add(...Array.from({ length: 5 }, (_, i) => documentEvent(i)));
    await log.flush();
    store.add(...Array.from({ length: 300 }, (_, i) => documentEvent(10 + i)));
    await log.flush();

    const entries = store.rows.entries.map(({ entry }) => entry);
    expect(entries.length).toBe(306);
    let prev = genesis(ORIGIN);
    entries.forEach((entry, seq) => {
      const leaf = parseLeaf(entry);
      expect(leaf).toMatchObject({
        v: 1,
        seq,
        prev: toBase64(prev),
        school: 'th-ben-tram',
        at: '2026-11-21T03:00:00.000Z',
      });
      prev = leafHash(entry);
    });
    expect(parseLeaf(entries[0] as Uint8Array).type).toBe('log.opened');

    const checkpoint = checkCheckpoint(tiles.checkpoint as Uint8Array, noWitnesses);
    expect(checkpoint.size).toBe(306);
    expect(checkpoint.root).toEqual(plainRoot(entries.map((entry) => leafHash(entry))));
    for (const index of [0, 1, 255, 256, 305]) {
      const proof = await log.prove(index);
      expect(checkProof(proof, entries[index] as Uint8Array, noWitnesses)).toMatchObject({
        origin: ORIGIN,
        index,
        size: 306,
      });
      expect(() => checkProof(proof, entries[(index + 1) % 306] as Uint8Array, noWitnesses)).toThrow(
        code('NOT_INCLUDED'),
      );
    }
    expect(parseBundle(tiles.files.get('tile/entries/000') as Uint8Array, 256)).toEqual(
      entries.slice(0, 256),
    );
    expect(parseBundle(tiles.files.get('tile/entries/001.p/50') as Uint8Array, 50)).toEqual(
      entries.slice(256),
    );
  });

  test('shuffles a batch, so that the order of a class list tells nothing', async () => {
    const { store, open } = testLog();
    const log = await open();
    store.add(...Array.from({ length: 40 }, (_, i) => documentEvent(i)));
    const { entries } = await log.flush();
    const order = entries.map(({ id }) => id);
    expect(order[0]).toBe('log.opened');
    expect(order.slice(1)).not.toEqual(Array.from({ length: 40 }, (_, i) => `event-${String(i)}`));
    expect(order.slice(1).sort()).toEqual(Array.from({ length: 40 }, (_, i) => `event-${String(i)}`).sort());
  });

  test('refuses a clock behind its last entry, writes nothing, and goes on when the clock is right', async () => {
    let now = START;
    const { store, open } = testLog({ clock: () => now });
    const log = await open();
    store.add(documentEvent(1));
    await log.flush();
    now = START - 1;
    store.add(documentEvent(2));
    const behind = expect.objectContaining({
      code: 'CLOCK_BEHIND',
      message:
        "the clock says 2026-11-21T02:59:59.999Z, but the log's last entry is of 2026-11-21T03:00:00.000Z",
    });
    await expect(log.flush()).rejects.toThrow(behind);
    await expect(log.recosign()).rejects.toThrow(behind);
    expect(store.rows.state.size).toBe(2);
    now = START + 60_000;
    expect((await log.flush()).entries.map(({ id }) => id)).toEqual(['event-2']);
  });

  test('resolves a promise for the durable entry, and another for the public one', async () => {
    const { store, open } = testLog();
    const log = await open();
    const [sequenced, published] = [log.sequenced('event-1'), log.published('event-1')];
    store.add(documentEvent(1));
    await log.flush();
    expect((await sequenced).seq).toBe(1);
    expect((await published).seq).toBe(1);
    expect((await log.published('event-1')).seq).toBe(1);
  });
});

describe('what a flush says', () => {
  test("names the keys of a school's log, and none for a log of raw entries", async () => {
    const school = await (await testLog().open()).flush();
    expect(school.keys).toEqual([{ key: expect.objectContaining({ keyId: logSigner.keyId }), from: 0 }]);
    expect((await (await testLog({ kind: 'raw' }).open()).flush()).keys).toBeUndefined();
  });

  test('with nothing to do is what was said before: nobody signs and no witness is asked', async () => {
    const witness = testWitness(1);
    let asked = 0;
    const counted = {
      ...witness.client,
      addCheckpoint: (body: Uint8Array) => {
        asked++;
        return witness.client.addCheckpoint(body);
      },
    };
    const witnessing = { policy: policyOf([witness], 1), witnesses: [counted] };
    const { store, open } = testLog({ kind: 'raw', witnessing });
    const log = await open();
    store.add(rawEntry('one'));
    const before = await log.flush();
    asked = 0;
    expect(await log.flush()).toEqual({ ...before, entries: [] });
    expect(asked).toBe(0);
    store.add(rawEntry('two'));
    expect(await log.flush()).toMatchObject({ size: 2, quorum: true });
    expect(asked).toBe(1);
  });

  test('is the larger tree that another process made public meanwhile, and the checkpoint stays that one', async () => {
    const witness = testWitness(1);
    const policy = policyOf([witness], 1);
    const log = testLog({ kind: 'raw', witnessing: { policy, witnesses: [witness.client] } });
    log.store.add(rawEntry('one'));
    await (await log.open()).flush();
    let [arrived, goOn]: (() => void)[] = [() => undefined, () => undefined];
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const slow = {
      ...witness.client,
      addCheckpoint: async (body: Uint8Array) => {
        const answer = await witness.client.addCheckpoint(body);
        if (answer.status !== 200) return answer;
        arrived?.();
        await held;
        return answer;
      },
    };
    const here = Sequencer.open({ ...log.options, witnessing: { policy, witnesses: [slow] } });
    const flushed = (await here).recosign();
    await asked;
    log.store.add(rawEntry('two'));
    await (await log.open()).flush();
    goOn?.();
    expect(await flushed).toMatchObject({ size: 1, quorum: true, published: { size: 2 } });
    expect(sizeOf(log.tiles.checkpoint as Uint8Array)).toBe(2);
  });

  test('a proof is made of tiles that are staged and not written yet', async () => {
    const { store, tiles, open } = testLog({ kind: 'raw' });
    const log = await open();
    store.add(rawEntry('one'), rawEntry('two'));
    await log.flush();
    store.rows.stage = [...tiles.files].map(([path, bytes]) => ({ path, bytes, size: 2 }));
    tiles.files.clear();
    expect(checkProof(await log.prove(1), store.rows.entries[1]?.entry as Uint8Array, noWitnesses).size).toBe(
      2,
    );
    store.rows.stage = [];
    await expect(log.prove(1)).rejects.toThrow(code('TILE_MISSING'));
  });
});

describe('a log of raw entries', () => {
  test('keeps their order and has no chain; an entry over 65,535 bytes is refused and nothing of the batch written', async () => {
    const { store, open } = testLog({ kind: 'raw' });
    const log = await open();
    store.add(rawEntry('b'), rawEntry('a'), rawEntry('c'));
    expect((await log.flush()).entries.map(({ id, seq }) => [id, seq])).toEqual([
      ['b', 0],
      ['a', 1],
      ['c', 2],
    ]);
    store.add(rawEntry('d'), { id: 'long', kind: 'raw', entry: new Uint8Array(65_536) });
    await expect(log.flush()).rejects.toThrow(code('TOO_LONG'));
    expect(store.rows.state.size).toBe(3);
  });

  test('grows to the same tree whatever the batches are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 }), async (batches) => {
        const { store, tiles, open } = testLog({ kind: 'raw' });
        const log = await open();
        let size = 0;
        for (const count of batches) {
          store.add(...Array.from({ length: count }, () => rawEntry(`entry ${String(size++)}`)));
          await log.flush();
        }
        await log.flush();
        const leaves = store.rows.entries.map(({ entry }) => leafHash(entry));
        expect(sizeOf(tiles.checkpoint as Uint8Array)).toBe(size);
        expect(store.rows.state.root).toEqual(plainRoot(leaves));
        expect(store.rows.stage).toEqual([]);
        await Sequencer.open({ ...testLog({ kind: 'raw' }).options, store, tiles });
      }),
      { numRuns: 12 },
    );
  });

  test('an id is sequenced once, however often it is given in', async () => {
    const { store, open } = testLog({ kind: 'raw' });
    const log = await open();
    store.add(rawEntry('same'));
    await log.flush();
    store.add(rawEntry('same'));
    expect((await log.flush()).entries).toEqual([]);
    expect(store.rows.state.size).toBe(1);
  });
});

describe('failures at every step of the commit order', () => {
  const moments = [
    'before commit',
    'after commit',
    'writeTiles',
    'swapPublished',
    'replaceCheckpoint',
    'dropStage',
  ] as const;

  test.each(moments)(
    'a failure at "%s" loses nothing and forks nothing, in this process and after a restart',
    async (moment) => {
      for (const restart of [false, true]) {
        const { store, tiles, open } = testLog({ kind: 'raw' });
        let log = await open();
        store.add(rawEntry('one'));
        await log.flush();
        const fail = (at: string): void => {
          if (at === moment) throw new Error(`no space left at ${moment}`);
        };
        store.onMoment = fail;
        tiles.onMoment = fail;
        store.add(rawEntry('two'), rawEntry('three'));
        await expect(log.flush()).rejects.toThrow('no space left');
        await expect(log.flush()).rejects.toThrow('no space left');
        const seen = tiles.checkpoint as Uint8Array;
        store.onMoment = tiles.onMoment = () => undefined;
        if (restart) log = await open();
        const { published } = await log.flush();
        expect(published?.size).toBe(3);
        expect(store.rows.entries.map(({ id, seq }) => [id, seq])).toEqual([
          ['one', 0],
          ['two', 1],
          ['three', 2],
        ]);
        expect(sizeOf(tiles.checkpoint as Uint8Array)).toBe(3);
        if (sizeOf(seen) === 3) expect(rootOf(seen)).toEqual(rootOf(tiles.checkpoint as Uint8Array));
        for (let i = 0; i < 3; i++)
          checkProof(await log.prove(i), store.rows.entries[i]?.entry as Uint8Array, noWitnesses);
      }
    },
  );

  test('two sequencers on one store never give an index twice', async () => {
    const { store, open } = testLog({ kind: 'raw' });
    const [a, b] = [await open(), await open()];
    for (let round = 0; round < 20; round++) {
      store.add(rawEntry(`${String(round)} x`), rawEntry(`${String(round)} y`));
      await Promise.all([a.flush(), b.flush()]);
    }
    expect(store.rows.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(new Set(store.rows.entries.map(({ id }) => id)).size).toBe(40);
  });
});

function rootOf(checkpoint: Uint8Array): Uint8Array {
  const { root } = parseCheckpoint(parseNote(checkpoint).text);
  expect(equal(root, new Uint8Array(32))).toBe(false);
  return root;
}
