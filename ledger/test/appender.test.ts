import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { formatVkey } from '#ledger/format/note.js';
import { LogAppender } from '#ledger/log/appender.js';
import type { PendingEntry } from '#ledger/log/ports.js';
import { logSigner, policyOf, rawEntry, testLog, testWitness } from './logs.js';
import { appenderOn, isOpen, numbers, settled } from './appenders.js';

describe('an appender', () => {
  test('gathers what waits into one batch, and tells each caller his own index', async () => {
    const { appender, log, planned, now } = await appenderOn();
    const receipts = await Promise.all(numbers(5).map((entry) => appender.append(entry)));
    expect(await isOpen((receipts[0] as (typeof receipts)[0]).sequenced)).toBe(true);
    expect([...planned.values()]).toEqual(['batch']);
    now();
    const placed = await Promise.all(receipts.map(({ sequenced }) => sequenced));
    expect(placed.map(([entry]) => [entry?.id, entry?.seq])).toEqual(
      numbers(5).map(({ id }, seq) => [id, seq]),
    );
    expect((await (receipts[4] as (typeof receipts)[0]).published).map(({ seq }) => seq)).toEqual([4]);
    expect(log.store.rows.state.size).toBe(5);
  });

  test('does not wait once a batch is full, and keeps the order through many batches', async () => {
    const { appender, log } = await appenderOn({ maxBatch: 10 }, { maxBatch: 10 });
    const { sequenced } = await appender.appendAll(numbers(95));
    await settled();
    expect(log.store.rows.state.size).toBe(90);
    await appender.flush();
    expect((await sequenced).map(({ id, seq }) => [id, seq])).toEqual(
      numbers(95).map(({ id }, seq) => [id, seq]),
    );
  });

  test('a caller beyond the limit waits until there is room, and callers are let in as they came', async () => {
    const { appender, log, now } = await appenderOn({}, { maxBatch: 100, maxWaiting: 10 });
    await appender.appendAll(numbers(10));
    const order: number[] = [];
    const late = [10, 11, 12].map((i) =>
      appender.appendAll(numbers(1, i)).then((receipt) => {
        order.push(i);
        return receipt;
      }),
    );
    expect(await isOpen(late[0] as Promise<unknown>)).toBe(true);
    expect(log.store.rows.pending.length).toBe(0);
    now();
    await Promise.all(late);
    expect(order).toEqual([10, 11, 12]);
    await appender.flush();
    expect(log.store.rows.state.size).toBe(13);
  });

  test('room is not free before the entries are public: without witnesses it fills up and stops taking', async () => {
    const witness = testWitness(1);
    let down = true;
    const client = {
      ...witness.client,
      addCheckpoint: (body: Uint8Array) =>
        down ? Promise.reject(new Error('down')) : witness.client.addCheckpoint(body),
    };
    const witnessing = { policy: policyOf([witness], 1), witnesses: [client] };
    const { appender, planned, now } = await appenderOn({ witnessing }, { maxWaiting: 3 });
    const { sequenced, published } = await appender.appendAll(numbers(3));
    now();
    expect((await sequenced).length).toBe(3);
    const fourth = appender.append(rawEntry('fourth'));
    expect([await isOpen(published), await isOpen(fourth)]).toEqual([true, true]);
    expect([...planned.values()]).toEqual(['witnesses']);
    down = false;
    now();
    expect((await published).length).toBe(3);
    await fourth;
    await appender.flush();
    expect((await (await fourth).published).map(({ seq }) => seq)).toEqual([3]);
  });

  test('an id is given in once: in one call, in two at once, after it is public, and after a restart', async () => {
    const first = await appenderOn();
    const same = rawEntry('same');
    const receipts = await Promise.all([
      first.appender.appendAll([same, same, rawEntry('other')]),
      first.appender.append({ ...same, kind: 'raw', entry: utf8('other bytes under the same id') }),
    ]);
    await first.appender.flush();
    const later = await first.appender.append(same);
    await first.appender.flush();
    first.now();
    const restarted = await appenderOn({}, {}, first.log);
    const again = await restarted.appender.append(same);
    restarted.now();
    const seqs = await Promise.all(
      [...receipts, later, again].map(async ({ published }) => (await published).map(({ seq }) => seq)),
    );
    expect(seqs).toEqual([[0, 0, 1], [0], [0], [0]]);
    expect(first.log.store.rows.entries.map(({ id }) => id)).toEqual(['same', 'other']);
  });

  test('entries that somebody else flushed are found in the store', async () => {
    const { appender, log, sequencer } = await appenderOn();
    const flush = sequencer.flush.bind(sequencer);
    let stolen = false;
    sequencer.flush = async () => {
      if (!stolen) await flush();
      stolen = true;
      return flush();
    };
    const { published } = await appender.appendAll(numbers(3));
    await appender.flush();
    expect((await published).map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(log.store.rows.state.size).toBe(3);
  });

  test('a group larger than all room goes alone, and small ones behind a large one do not overtake it', async () => {
    const { appender, log, now } = await appenderOn({}, { maxBatch: 100, maxWaiting: 4 });
    await appender.appendAll(numbers(5));
    now();
    await settled();
    await appender.appendAll(numbers(2, 5));
    const order: string[] = [];
    const large = appender.appendAll(numbers(3, 7)).then(() => order.push('large'));
    // There is room for one, but somebody waits already.
    const small = appender.appendAll(numbers(1, 10)).then(() => order.push('small'));
    expect([await isOpen(large), await isOpen(small)]).toEqual([true, true]);
    await appender.flush();
    await Promise.all([large, small]);
    expect(order).toEqual(['large', 'small']);
    await appender.flush();
    expect(log.store.rows.entries.map(({ id }) => id)).toEqual(numbers(11).map(({ id }) => id));
  });

  test('callers who come at once share the room that there is; room that is just enough is enough', async () => {
    const { appender } = await appenderOn({}, { maxWaiting: 4 });
    const calls = Array.from({ length: 5 }, (_, i) => appender.appendAll(numbers(2, 2 * i)));
    const open = await Promise.all(calls.map(isOpen));
    expect(open).toEqual([false, false, true, true, true]);
    await appender.flush();
    await Promise.all(calls);
  });

  test('what was just given in is flushed, however long the store takes to say that it is new', async () => {
    const log = testLog({ kind: 'raw' });
    const find = log.store.findEntries.bind(log.store);
    log.store.findEntries = async (ids) => {
      await settled();
      return find(ids);
    };
    const { appender, sequencer } = await appenderOn({}, {}, log);
    const first = await appender.append(rawEntry('first'));
    const second = await appender.append(rawEntry('second'));
    await appender.flush();
    const placed = [...(await first.published), ...(await second.published)];
    expect(placed.map(({ id, seq }) => [id, seq])).toEqual([
      ['first', 0],
      ['second', 1],
    ]);
    // With nothing to do the log is left alone.
    sequencer.flush = () => Promise.reject(new Error('flushed for nothing'));
    await appender.flush();
  });

  test('waits for company once, until a batch is full; then for witnesses, unless somebody comes', async () => {
    const witness = testWitness(1);
    const deaf = { ...witness.client, addCheckpoint: () => Promise.reject(new Error('down')) };
    const witnessing = { policy: policyOf([witness], 1), witnesses: [deaf] };
    const { appender, planned, log, sequencer } = await appenderOn({ witnessing }, { maxBatch: 3 });
    let flushes = 0;
    const flush = sequencer.flush.bind(sequencer);
    sequencer.flush = () => {
      flushes++;
      return flush();
    };
    await appender.append(rawEntry('one'));
    await settled();
    const [first] = planned.keys();
    await appender.append(rawEntry('two'));
    await settled();
    expect([...planned.keys()]).toEqual([first]);
    await appender.append(rawEntry('three'));
    await settled();
    expect([log.store.rows.state.size, flushes]).toEqual([3, 1]);
    expect([...planned.values()]).toEqual(['witnesses']);
    await appender.append(rawEntry('four'));
    await settled();
    expect([...planned.values()]).toEqual(['batch']);
    await appender.flush();
    expect([log.store.rows.state.size, flushes]).toEqual([4, 2]);
  });

  test('two full batches by hand are two flushes', async () => {
    const { appender, sequencer } = await appenderOn({ maxBatch: 2 }, { maxBatch: 2 });
    let flushes = 0;
    const flush = sequencer.flush.bind(sequencer);
    sequencer.flush = () => {
      flushes++;
      return flush();
    };
    await appender.appendAll(numbers(4));
    await appender.flush();
    await settled();
    expect(flushes).toBe(2);
  });

  test('an entry that is public already is told at once, and nothing is planned or given in for it', async () => {
    const { appender, log, planned } = await appenderOn();
    await appender.append(rawEntry('public'));
    await appender.flush();
    planned.clear();
    const { published } = await appender.append(rawEntry('public'));
    expect((await published).map(({ seq }) => seq)).toEqual([0]);
    expect([planned.size, log.store.rows.pending]).toEqual([0, []]);
    const given: PendingEntry[] = [];
    const restarted = new LogAppender({
      log: await log.open(),
      store: log.store,
      give: (entries) => void given.push(...entries),
      later: () => () => undefined,
    });
    expect((await (await restarted.append(rawEntry('public'))).sequenced).length).toBe(1);
    await restarted.flush();
    expect(given).toEqual([]);
  });

  test('an empty call is answered at once', async () => {
    const { appender } = await appenderOn();
    const { sequenced, published } = await appender.appendAll([]);
    expect([await sequenced, await published]).toEqual([[], []]);
    const next = await appender.append(rawEntry('next'));
    await appender.flush();
    expect((await next.published).map(({ seq }) => seq)).toEqual([0]);
  });

  test('what came while a batch was on its way is sequenced when its time is over, a full batch and the rest', async () => {
    const { appender, log, planned, sequencer, now } = await appenderOn({ maxBatch: 2 }, { maxBatch: 2 });
    const flush = sequencer.flush.bind(sequencer);
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    sequencer.flush = () => held.then(flush);
    await appender.appendAll(numbers(2));
    await settled();
    await appender.appendAll(numbers(1, 2));
    await settled();
    await appender.appendAll(numbers(2, 3));
    await settled();
    expect([...planned.values()]).toEqual(['batch']);
    now();
    goOn();
    await settled();
    expect([log.store.rows.state.size, planned.size]).toEqual([5, 0]);
  });

  test('what is left beside full batches waits for company, and when all is public nothing is waited for', async () => {
    const { appender, log, planned, now } = await appenderOn({ maxBatch: 2 }, { maxBatch: 2 });
    const { sequenced, published } = await appender.appendAll(numbers(5));
    await settled();
    expect([log.store.rows.state.size, [...planned.values()]]).toEqual([4, ['batch']]);
    // Nobody is told of a part of his entries as if it were all of them.
    expect([await isOpen(sequenced), await isOpen(published)]).toEqual([true, true]);
    now();
    expect([(await sequenced).length, (await published).length]).toEqual([5, 5]);
    await settled();
    expect([log.store.rows.state.size, planned.size]).toEqual([5, 0]);
  });

  test('who waits in the outbox already goes first, through as many flushes as that takes', async () => {
    const { appender, log, now } = await appenderOn({ maxBatch: 2 });
    log.store.add(...numbers(3, 100));
    const { sequenced } = await appender.append(rawEntry('mine'));
    await settled();
    now();
    await settled();
    expect(await isOpen(sequenced)).toBe(false);
    expect((await sequenced).map(({ seq }) => seq)).toEqual([3]);
  });

  test('the log is given nothing when it is only witnesses that are waited for', async () => {
    const witness = testWitness(1);
    const deaf = { ...witness.client, addCheckpoint: () => Promise.reject(new Error('down')) };
    const log = testLog({
      kind: 'raw',
      witnessing: { policy: policyOf([witness], 1), witnesses: [deaf] },
    });
    const given: number[] = [];
    const add = log.store.add.bind(log.store);
    log.store.add = (...entries) => {
      given.push(entries.length);
      add(...entries);
    };
    const { appender, now } = await appenderOn({}, {}, log);
    const { sequenced } = await appender.append(rawEntry('one'));
    now();
    await sequenced;
    await settled();
    now();
    await settled();
    // Who asks for it again while it is durable and not public is told at once that it is durable.
    const again = await appender.append(rawEntry('one'));
    expect((await again.sequenced).map(({ seq }) => seq)).toEqual([0]);
    expect(await isOpen(again.published)).toBe(true);
    expect(given).toEqual([1]);
  });

  test('a key’s retirement, which has no draft, goes the same way', async () => {
    const { appender } = await appenderOn({ kind: 'chain' });
    const { published } = await appender.append({
      id: 'end',
      kind: 'retirement',
      vkey: formatVkey(logSigner),
    });
    await appender.flush();
    expect((await published).map(({ id, seq }) => [id, seq])).toEqual([['end', 1]]);
  });

  test.each(['public', 'durable'])(
    'an id that gets its index from another process while the store is asked for it, and is %s then, counts once',
    async (what) => {
      const witness = testWitness(1);
      const deaf = { ...witness.client, addCheckpoint: () => Promise.reject(new Error('down')) };
      const witnessing = { policy: policyOf([witness], 1), witnesses: [deaf], failOpen: what === 'public' };
      const { appender, log, now } = await appenderOn({ witnessing });
      await appender.append(rawEntry('one'));
      await settled();
      const find = log.store.findEntries.bind(log.store);
      let goOn: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (goOn = resolve));
      log.store.findEntries = (ids) => held.then(() => find(ids));
      const { sequenced } = await appender.appendAll([rawEntry('theirs'), rawEntry('mine')]);
      log.store.add(rawEntry('theirs'));
      now();
      await settled();
      expect(log.store.rows.state.size).toBe(2);
      goOn();
      await settled();
      expect(await isOpen(sequenced)).toBe(true);
      await appender.flush();
      expect((await sequenced).map(({ id, seq }) => [id, seq])).toEqual([
        ['theirs', 0],
        ['mine', 2],
      ]);
    },
  );
});
