import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { equal, toBase64 } from '#ledger/format/bytes.js';
import { leafHash } from '#ledger/format/hash.js';
import { genesis, parseLeaf } from '#ledger/format/leaf.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { parseBundle } from '#ledger/format/tile.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { shuffle } from '#ledger/log/shuffle.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkProof } from '#ledger/verify/proof.js';
import { MemoryTiles, sizeOf } from './memory-store.js';
import {
  documentEvent,
  logSigner,
  ORIGIN,
  policyOf,
  rawEntry,
  seededRandom,
  START,
  testLog,
  testWitness,
} from './logs.js';
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

describe('what a sequencer refuses', () => {
  test('entries of the other kind of log, with nothing written', async () => {
    for (const [kind, entry, message] of [
      ['raw', documentEvent(1), 'a log of raw entries takes no leaf'],
      ['chain', rawEntry('x'), "a school's log takes no raw entry"],
    ] as const) {
      const { store, open } = testLog({ kind });
      const log = await open();
      store.add(entry);
      const refusal = expect.objectContaining({ code: 'BAD_FIELD', message });
      await expect(log.flush()).rejects.toThrow(refusal);
      expect(store.rows.state.size).toBe(0);
    }
  });

  test('to write where another process has just written: the next try is on what that one wrote', async () => {
    const { store, open } = testLog({ kind: 'raw' });
    const log = await open();
    const transaction = store.transaction.bind(store);
    store.transaction = (work) => transaction((t) => work({ ...t, swapState: () => Promise.resolve(false) }));
    store.add(rawEntry('a'));
    await expect(log.flush()).rejects.toThrow(
      expect.objectContaining({
        code: 'RACE_LOST',
        message: 'another process has moved the log; nothing was written, try again',
      }),
    );
    store.transaction = transaction;
    expect(store.rows.state.size).toBe(0);
    expect((await log.flush()).entries.map(({ seq }) => seq)).toEqual([0]);
  });

  test('to prove anything while nothing is public', async () => {
    const { store, open } = testLog({ kind: 'raw' });
    const log = await open();
    store.rows.state = { ...store.rows.state, published: null };
    await expect(log.prove(3)).rejects.toThrow('nothing is published yet, so entry 3 has no proof');
  });

  test('to go on from an entry that the store has lost, before or during the batch', async () => {
    const { store, open } = testLog();
    const log = await open();
    store.add(documentEvent(1));
    await log.flush();
    const lost = expect.objectContaining({
      code: 'STATE_DAMAGED',
      message: 'entry 1 is missing from the store',
    });
    const transaction = store.transaction.bind(store);
    store.transaction = (work) => transaction((t) => work({ ...t, readEntries: () => Promise.resolve([]) }));
    store.add(documentEvent(2));
    await expect(log.flush()).rejects.toThrow(
      expect.objectContaining({ code: 'STATE_DAMAGED', message: 'entry 1 is missing from the store' }),
    );
    store.transaction = transaction;
    store.readEntries = () => Promise.resolve([]);
    await expect(log.recosign()).rejects.toThrow(lost);
    expect(store.rows.state.size).toBe(2);
  });

  test('tiles are told of the checkpoint to come only when no witness has to cosign it', async () => {
    const witness = testWitness(1);
    for (const witnessing of [undefined, { policy: policyOf([witness], 1), witnesses: [witness.client] }]) {
      const log = testLog({ kind: 'raw', ...(witnessing === undefined ? {} : { witnessing }) });
      const told: (Uint8Array | undefined)[] = [];
      const write = log.tiles.writeTiles.bind(log.tiles);
      log.tiles.writeTiles = (files, next?: Uint8Array) => {
        if (files.length > 0) told.push(next);
        return write(files);
      };
      log.store.add(rawEntry('a'));
      const { published } = await (await log.open()).flush();
      expect(told).toEqual([witnessing === undefined ? published?.checkpoint : undefined]);
    }
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

describe('opening a log', () => {
  async function logOfThree() {
    const log = testLog({ kind: 'raw' });
    log.store.add(rawEntry('one'), rawEntry('two'), rawEntry('three'));
    await (await log.open()).flush();
    return log;
  }

  test('refuses a store that is behind the published checkpoint', async () => {
    const { tiles } = await logOfThree();
    const old = testLog({ kind: 'raw', tiles });
    old.store.add(rawEntry('one'));
    await expect(old.open()).rejects.toThrow(code('PUBLISHED_AHEAD'));
  });

  test('refuses a store of the same size, or a larger one, with another root', async () => {
    const { tiles } = await logOfThree();
    for (const texts of [
      ['one', 'two', 'other'],
      ['one', 'two', 'other', 'four'],
    ]) {
      const other = testLog({ kind: 'raw' });
      other.store.add(...texts.map(rawEntry));
      await (await other.open()).flush();
      const mixed = new MemoryTiles();
      other.tiles.files.forEach((bytes, path) => mixed.files.set(path, bytes));
      mixed.checkpoint = tiles.checkpoint;
      await expect(Sequencer.open({ ...other.options, tiles: mixed })).rejects.toThrow(code('FORKED'));
    }
  });

  test('refuses a damaged edge, a damaged tile, another kind and another key', async () => {
    const { store, tiles, options, open } = await logOfThree();
    const { state } = store.rows;
    store.rows.state = { ...state, edge: state.edge.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) };
    await expect(open()).rejects.toThrow(code('STATE_DAMAGED'));
    store.rows.state = { ...state, edge: state.edge.slice(1) };
    await expect(open()).rejects.toThrow(code('STATE_DAMAGED'));
    store.rows.state = state;
    await expect(Sequencer.open({ ...options, kind: 'chain' })).rejects.toThrow(code('WRONG_LOG'));
    const stranger = { ...logSigner, name: 'other.example/log' };
    await expect(Sequencer.open({ ...options, signer: stranger })).rejects.toThrow(code('WRONG_LOG'));
    const path = 'tile/0/000.p/3';
    tiles.files.set(
      path,
      (tiles.files.get(path) as Uint8Array).map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
    );
    await expect(open()).rejects.toThrow(code('TILES_DAMAGED'));
  });
});

describe('witnesses', () => {
  test('a checkpoint is public only with its quorum; entries stay durable meanwhile', async () => {
    const witnesses = [testWitness(1), testWitness(2), testWitness(3)];
    const policy = policyOf(witnesses, 2);
    let down = new Set(['w1', 'w2']);
    const clients = witnesses.map(({ client }) => ({
      ...client,
      addCheckpoint: (body: Uint8Array) =>
        down.has(client.name) ? Promise.reject(new Error('unreachable')) : client.addCheckpoint(body),
    }));
    const { store, tiles, open } = testLog({ witnessing: { policy, witnesses: clients } });
    const log = await open();
    store.add(documentEvent(1));
    let isPublic = false;
    const published = log.published('event-1').then(() => (isPublic = true));
    const flush = await log.flush();
    expect(flush).toMatchObject({ size: 2, quorum: false, published: null });
    expect([...flush.failures]).toEqual([
      ['w1', 'unreachable'],
      ['w2', 'unreachable'],
    ]);
    expect((await log.sequenced('event-1')).seq).toBe(1);
    expect([tiles.checkpoint, isPublic]).toEqual([undefined, false]);

    down = new Set(['w1']);
    expect(await log.flush()).toMatchObject({ size: 2, quorum: true });
    await published;
    const checked = checkCheckpoint(tiles.checkpoint as Uint8Array, policy);
    expect(checked.witnesses.map(({ name }) => name)).toEqual(['w2', 'w3']);
    expect(checked.witnessedAt).toBe(START / 1000);
    expect(() => checkCheckpoint(tiles.checkpoint as Uint8Array, policyOf(witnesses, 3))).toThrow(
      code('NO_QUORUM'),
    );
  });

  test('a checkpoint without a quorum is public when, and only when, the host says so', async () => {
    const witness = testWitness(1);
    const dead = { ...witness.client, addCheckpoint: () => Promise.reject(new Error('down')) };
    const { store, tiles, open } = testLog({
      witnessing: { policy: policyOf([witness], 1), witnesses: [dead], failOpen: true },
    });
    store.add(documentEvent(1));
    expect(await (await open()).flush()).toMatchObject({ size: 2, quorum: false, published: { size: 2 } });
    expect(sizeOf(tiles.checkpoint as Uint8Array)).toBe(2);
  });

  test('a witness is asked again with the size it names, and costs nothing else when it answers 429, 500 or always 409', async () => {
    const witness = testWitness(1);
    const log = testLog({ witnessing: { policy: policyOf([witness], 1), witnesses: [witness.client] } });
    log.store.add(documentEvent(1));
    await (await log.open()).flush();
    log.store.add(documentEvent(2));
    // A new process knows nothing of what the witness has seen: it asks with 0 and is told.
    expect(await (await log.open()).flush()).toMatchObject({ quorum: true, size: 3 });

    for (const status of [409, 429, 500]) {
      const broken = {
        ...witness.client,
        addCheckpoint: () => Promise.resolve({ status, body: new Uint8Array() }),
      };
      const sequencer = await Sequencer.open({
        ...log.options,
        witnessing: { policy: policyOf([witness], 1), witnesses: [broken] },
      });
      const { quorum, failures } = await sequencer.recosign();
      const times = status === 409 ? ' 3 times' : '';
      expect([quorum, failures.get('w1')]).toEqual([false, `answered ${String(status)}${times}`]);
    }
  });

  test('an old backup put back while a witness has seen more is refused', async () => {
    const witness = testWitness(1);
    const witnessing = { policy: policyOf([witness], 1), witnesses: [witness.client] };
    const log = testLog({ witnessing });
    log.store.add(documentEvent(1));
    await (await log.open()).flush();
    const backup = {
      rows: log.store.rows,
      files: new Map(log.tiles.files),
      checkpoint: log.tiles.checkpoint,
    };
    log.store.add(documentEvent(2));
    await (await log.open()).flush();

    log.store.rows = backup.rows;
    log.tiles.files.clear();
    backup.files.forEach((bytes, path) => log.tiles.files.set(path, bytes));
    log.tiles.checkpoint = backup.checkpoint;
    await expect(log.open()).rejects.toThrow(code('WITNESS_AHEAD'));
    const unreachable = { ...witness.client, latest: () => Promise.reject(new Error('down')) };
    await expect(
      Sequencer.open({ ...log.options, witnessing: { ...witnessing, witnesses: [unreachable] } }),
    ).rejects.toThrow(code('WITNESSES_UNREACHABLE'));
  });

  test('a witness that lies about its signature costs its own cosignature only', async () => {
    const [good, bad] = [testWitness(1), testWitness(2)];
    const liar = { ...bad.client, addCheckpoint: (body: Uint8Array) => good.client.addCheckpoint(body) };
    const { store, open } = testLog({
      witnessing: { policy: policyOf([good, bad], 1), witnesses: [good.client, liar] },
    });
    store.add(documentEvent(1));
    const { quorum, failures } = await (await open()).flush();
    expect(quorum).toBe(true);
    expect([...failures.keys()]).toEqual(['w2']);
  });
});

test('the shuffle reaches every order about equally often', () => {
  const random = seededRandom('orders');
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffle(['a', 'b', 'c'], random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
});

test('the shuffle draws again where a number would favour one order', () => {
  const orderBy = (...numbers: number[]): string => {
    const drawn = numbers.map((number) => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, number);
      return bytes;
    });
    return shuffle(['a', 'b', 'c'], () => drawn.shift() as Uint8Array).join('');
  };
  expect(orderBy(1, 0)).toBe('cab');
  // 2^32 − 1 is one number too many to share out among three.
  expect(orderBy(2 ** 32 - 1, 1, 0)).toBe('cab');
  expect(orderBy(2 ** 32 - 2, 0)).toBe(orderBy(2, 0));
});

function rootOf(checkpoint: Uint8Array): Uint8Array {
  const { root } = parseCheckpoint(parseNote(checkpoint).text);
  expect(equal(root, new Uint8Array(32))).toBe(false);
  return root;
}
