import { describe, expect, test } from '@jest/globals';
import { Sequencer } from '#ledger/log/sequencer.js';
import { MemoryTiles } from './memory-store.js';
import { documentEvent, logSigner, policyOf, rawEntry, testLog, testWitness } from './logs.js';

const code = (value: string) => expect.objectContaining({ code: value });

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
