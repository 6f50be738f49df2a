import { describe, expect, test } from '@jest/globals';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { logSigner, policyOf, rawEntry, testLog, testWitness } from './logs.js';
import { sizeOf } from './memory-store.js';

const code = (value: string) => expect.objectContaining({ code: value });
const noWitnesses = { logs: [{ key: logSigner }], witnesses: [], groups: [], quorum: null };

describe('thousands who wait', () => {
  test('cost a few looks at the store, not one each a flush', async () => {
    const log = testLog({ kind: 'raw', maxBatch: 500 });
    const sequencer = await log.open();
    let asked = 0;
    const find = log.store.findEntries.bind(log.store);
    log.store.findEntries = (ids) => {
      asked++;
      return find(ids);
    };
    const names = Array.from({ length: 2000 }, (_, i) => `entry ${String(i)}`);
    const waiting = names.flatMap((name) => [sequencer.sequenced(name), sequencer.published(name)]);
    const readState = log.store.readState.bind(log.store);
    let read = 0;
    log.store.readState = () => {
      read++;
      return readState();
    };
    log.store.add(...names.map(rawEntry));
    for (let i = 0; i < 4; i++) await sequencer.flush();
    const entries = await Promise.all(waiting);
    expect(entries.map(({ seq }) => seq)).toEqual(names.flatMap((_, i) => [i, i]));
    expect(asked).toBe(1);
    // Four flushes, not four thousand callers.
    expect(read).toBeLessThan(30);
  });

  test('hear of what another process has sequenced', async () => {
    const log = testLog({ kind: 'raw' });
    const [here, there] = [await log.open(), await log.open()];
    const waiting = here.published('theirs');
    await here.flush();
    log.store.add(rawEntry('theirs'));
    await there.flush();
    await here.flush();
    expect((await waiting).seq).toBe(0);
    expect((await here.sequenced('theirs')).seq).toBe(0);
  });

  test('are looked for once in what another process has written, not again at every flush', async () => {
    const log = testLog({ kind: 'raw' });
    const [here, there] = [await log.open(), await log.open()];
    let asked = 0;
    const find = log.store.findEntries.bind(log.store);
    void here.sequenced('nobody gives this one in').catch(() => undefined);
    await here.flush();
    log.store.add(rawEntry('theirs'));
    await there.flush();
    log.store.findEntries = (ids) => {
      asked++;
      return find(ids);
    };
    for (let i = 0; i < 3; i++) await here.flush();
    expect(asked).toBe(1);
  });

  test('are told by the next look when the store could not answer the first', async () => {
    const log = testLog({ kind: 'raw' });
    const [here, there] = [await log.open(), await log.open()];
    log.store.add(rawEntry('theirs'));
    await there.flush();
    const find = log.store.findEntries.bind(log.store);
    let isGone = true;
    log.store.findEntries = (ids) => {
      const answer = isGone ? Promise.reject(new Error('the connection is gone')) : find(ids);
      isGone = false;
      return answer;
    };
    const first = here.sequenced('nobody gives this one in');
    const second = here.sequenced('theirs');
    await expect(first).rejects.toThrow('the connection is gone');
    expect((await second).seq).toBe(0);
  });

  test('are not told of a durable entry as if it were public', async () => {
    const witness = testWitness(1);
    let down = true;
    const client = {
      ...witness.client,
      addCheckpoint: (body: Uint8Array) =>
        down ? Promise.reject(new Error('down')) : witness.client.addCheckpoint(body),
    };
    const log = testLog({ kind: 'raw', witnessing: { policy: policyOf([witness], 1), witnesses: [client] } });
    const sequencer = await log.open();
    let isPublic = false;
    const published = sequencer.published('a').then(() => (isPublic = true));
    log.store.add(rawEntry('a'));
    await sequencer.flush();
    expect((await sequencer.sequenced('a')).seq).toBe(0);
    expect(isPublic).toBe(false);
    down = false;
    await sequencer.flush();
    await published;
  });

  test('a store that cannot answer fails the one who asks; who waits longer is looked for again', async () => {
    const log = testLog({ kind: 'raw' });
    const sequencer = await log.open();
    const find = log.store.findEntries.bind(log.store);
    log.store.findEntries = () => Promise.reject(new Error('the connection is gone'));
    await expect(sequencer.sequenced('a')).rejects.toThrow('the connection is gone');
    log.store.findEntries = find;
    const again = sequencer.sequenced('a');
    log.store.add(rawEntry('a'));
    await sequencer.flush();
    expect((await again).seq).toBe(0);
  });
});

describe('a commit whose outcome is unknown', () => {
  test.each([
    ['has happened', 'after commit', 2],
    ['has not', 'before commit', 1],
  ] as const)('and that %s: the row is read again before anything else', async (_what, moment, size) => {
    const log = testLog({ kind: 'raw' });
    const sequencer = await log.open();
    log.store.add(rawEntry('one'));
    await sequencer.flush();
    const order: string[] = [];
    const readState = log.store.readState.bind(log.store);
    const transaction = log.store.transaction.bind(log.store);
    log.store.onMoment = (at) => {
      if (at === moment) throw new Error('the connection is gone');
    };
    log.store.add(rawEntry('two'));
    await expect(sequencer.flush()).rejects.toThrow('the connection is gone');
    expect(log.store.rows.state.size).toBe(size);
    expect(sizeOf(log.tiles.checkpoint as Uint8Array)).toBe(1);

    log.store.onMoment = () => undefined;
    log.store.readState = () => {
      order.push('read');
      return readState();
    };
    log.store.transaction = (work) => {
      order.push(`commit on ${String(sizeOf(log.tiles.checkpoint as Uint8Array))}`);
      return transaction(work);
    };
    const { published } = await sequencer.flush();
    expect(order[0]).toBe('read');
    expect(order).toContain(`commit on ${String(size)}`);
    expect(published?.size).toBe(2);
    expect(log.store.rows.entries.map(({ id }) => id)).toEqual(['one', 'two']);
  });

  test('after an error past the swap nothing is committed before what is committed is out', async () => {
    const log = testLog({ kind: 'raw' });
    const sequencer = await log.open();
    await sequencer.flush();
    log.tiles.onMoment = () => {
      throw new Error('no space left');
    };
    log.store.add(rawEntry('one'));
    await expect(sequencer.flush()).rejects.toThrow('no space left');
    log.store.add(rawEntry('two'));
    for (let i = 0; i < 3; i++) await expect(sequencer.flush()).rejects.toThrow('no space left');
    expect([log.store.rows.state.size, log.store.rows.pending.length]).toEqual([1, 1]);
    expect(sizeOf(log.tiles.checkpoint as Uint8Array)).toBe(0);
    log.tiles.onMoment = () => undefined;
    await sequencer.flush();
    expect(checkCheckpoint(log.tiles.checkpoint as Uint8Array, noWitnesses).size).toBe(2);
    expect(log.store.rows.stage).toEqual([]);
  });

  test('a checkpoint signed again is the same, byte for byte', async () => {
    const log = testLog({ kind: 'raw' });
    log.store.add(rawEntry('one'));
    await (await log.open()).flush();
    const first = log.tiles.checkpoint as Uint8Array;
    await (await log.open()).recosign();
    expect(log.tiles.checkpoint).toEqual(first);
    expect(parseCheckpoint(parseNote(first).text).size).toBe(1);
  });
});

describe('opening with witnesses', () => {
  async function witnessed() {
    const witnesses = [testWitness(1), testWitness(2), testWitness(3)];
    const policy = policyOf(witnesses, 2);
    const clients = witnesses.map(({ client }) => client);
    const log = testLog({ kind: 'raw', witnessing: { policy, witnesses: clients } });
    log.store.add(rawEntry('one'));
    await (await log.open()).flush();
    return { log, policy, clients };
  }

  test('too few that can be asked: not for writing; enough: for writing', async () => {
    const { log, policy, clients } = await witnessed();
    const deaf = clients.map((client) => ({ ...client, latest: () => Promise.reject(new Error('down')) }));
    const opening = (...reached: typeof clients) =>
      Sequencer.open({ ...log.options, witnessing: { policy, witnesses: reached } });
    await expect(opening(...deaf)).rejects.toThrow(code('WITNESSES_UNREACHABLE'));
    await expect(opening(clients[0]!, deaf[1]!, deaf[2]!)).rejects.toThrow(code('WITNESSES_UNREACHABLE'));
    await opening(clients[0]!, clients[1]!, deaf[2]!);
  });

  test('a head that contradicts the store, signed by the log: a fork', async () => {
    const { log } = await witnessed();
    const other = testLog({ kind: 'raw' });
    const { witnessing, ...alone } = log.options;
    other.store.add(rawEntry('another first entry'));
    await (await Sequencer.open({ ...alone, store: other.store, tiles: other.tiles })).flush();
    const forked = { ...log.options, store: other.store, tiles: other.tiles };
    await expect(Sequencer.open(forked)).rejects.toThrow(code('FORKED'));
    expect(witnessing).toBeDefined();
  });
});
