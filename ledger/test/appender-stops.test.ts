import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { LogError } from '#ledger/log/errors.js';
import type { PendingEntry } from '#ledger/log/ports.js';
import { documentEvent, rawEntry } from './logs.js';
import { appenderOn, numbers, settled } from './appenders.js';

const code = (value: string) => expect.objectContaining({ code: value });

describe('an appender where something goes wrong', () => {
  test('an entry that cannot be written is refused alone; the others of its batch are not lost', async () => {
    const { appender, log } = await appenderOn();
    await appender.append(rawEntry('good'));
    const tooLong = { id: 'long', kind: 'raw', entry: new Uint8Array(65_536) } as const;
    await expect(appender.append(tooLong)).rejects.toThrow(code('TOO_LONG'));
    await expect(appender.append({ id: '', kind: 'raw', entry: utf8('x') })).rejects.toThrow(
      expect.objectContaining({ code: 'BAD_FIELD', message: 'an entry is given in without an id' }),
    );
    await appender.flush();
    expect(log.store.rows.entries.map(({ id }) => id)).toEqual(['good']);
  });

  test('a draft that is no leaf is refused before it reaches the log', async () => {
    const { appender } = await appenderOn({ kind: 'chain' });
    const good = documentEvent(1);
    const bad = { ...good, draft: { type: 'document.event', body: { tag: 'x' } } } as unknown as PendingEntry;
    await expect(appender.append(bad)).rejects.toThrow(code('BAD_FIELD'));
    const { published } = await appender.append(good);
    await appender.flush();
    expect((await published).map(({ seq }) => seq)).toEqual([1]);
  });

  test('when the log stops, everybody is told, nothing more is taken, and a new one answers by id', async () => {
    const { appender, log, now } = await appenderOn({}, { maxWaiting: 2 });
    const { sequenced, published } = await appender.appendAll(numbers(2));
    const waiting = appender.append(rawEntry('waiting'));
    log.store.onMoment = (moment) => {
      if (moment === 'after commit') throw new Error('the connection is gone');
    };
    now();
    for (const promise of [
      sequenced,
      published,
      waiting,
      appender.append(rawEntry('late')),
      appender.flush(),
    ]) {
      await expect(promise).rejects.toThrow('the connection is gone');
    }
    log.store.onMoment = () => undefined;
    const next = await appenderOn({}, {}, log);
    const again = await next.appender.appendAll(numbers(3));
    await next.appender.flush();
    expect((await again.published).map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(log.store.rows.state.size).toBe(3);
  });

  test('a lost race is tried again', async () => {
    const { appender, log, sequencer } = await appenderOn();
    const rival = await log.open();
    let races = 2;
    const flush = sequencer.flush.bind(sequencer);
    sequencer.flush = async () => {
      if (races-- > 0) {
        log.store.add(rawEntry(`rival ${String(races)}`));
        await rival.flush();
        throw new LogError('RACE_LOST', 'another process has moved the log');
      }
      return flush();
    };
    const { published } = await appender.appendAll(numbers(2));
    await appender.flush();
    expect((await published).length).toBe(2);
    expect(log.store.rows.state.size).toBe(4);
  });

  test('a store that cannot say what is new stops it: everybody is told, and the log is not touched', async () => {
    const { appender, log, planned } = await appenderOn({}, { maxWaiting: 1 });
    log.store.findEntries = () => Promise.reject(new Error('the connection is gone'));
    const { sequenced } = await appender.append(rawEntry('one'));
    const waiting = appender.append(rawEntry('two'));
    for (const promise of [sequenced, waiting, appender.append(rawEntry('three')), appender.flush()])
      await expect(promise).rejects.toThrow('the connection is gone');
    expect([planned.size, log.store.rows.pending]).toEqual([0, []]);
  });

  test('when the log stops while the store is asked, what it answers changes nothing', async () => {
    const { appender, log, sequencer, planned } = await appenderOn();
    await appender.append(rawEntry('one'));
    await settled();
    const find = log.store.findEntries.bind(log.store);
    log.store.findEntries = async (ids) => {
      await settled();
      return find(ids);
    };
    sequencer.flush = () => Promise.reject(new Error('the disk is full'));
    const { sequenced } = await appender.append(rawEntry('two'));
    [...planned.keys()].forEach((work) => work());
    await expect(sequenced).rejects.toThrow('the disk is full');
    planned.clear();
    await settled();
    await settled();
    await expect(appender.flush()).rejects.toThrow('the disk is full');
    expect(planned.size).toBe(0);
    expect(log.store.rows.pending.map(({ id }) => id)).toEqual(['one']);
  });

  test('a log that takes entries and gives them no index is damaged', async () => {
    const { appender, log } = await appenderOn();
    log.store.add = () => undefined;
    const { sequenced } = await appender.append(rawEntry('lost'));
    await expect(appender.flush()).rejects.toThrow(code('STATE_DAMAGED'));
    await expect(sequenced).rejects.toThrow('the log took entries and gave them no index');
  });

  test('any other word of the log than a lost race stops it at once', async () => {
    const { appender, sequencer } = await appenderOn();
    let flushes = 0;
    sequencer.flush = () => {
      flushes++;
      return Promise.reject(new LogError('FORKED', 'two trees'));
    };
    const { sequenced } = await appender.append(rawEntry('one'));
    await expect(appender.flush()).rejects.toThrow(code('FORKED'));
    await expect(sequenced).rejects.toThrow(code('FORKED'));
    expect(flushes).toBe(1);
  });

  test('when it stops while a batch is on its way, nobody who waited for room is let in by that batch', async () => {
    const { appender, log, sequencer, now } = await appenderOn({}, { maxWaiting: 2 });
    const flush = sequencer.flush.bind(sequencer);
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    sequencer.flush = () => held.then(flush);
    await appender.append(rawEntry('one'));
    await settled();
    now();
    await settled();
    log.store.findEntries = () => Promise.reject(new Error('the connection is gone'));
    const second = await appender.append(rawEntry('two'));
    const waiting = appender.append(rawEntry('three'));
    await expect(second.sequenced).rejects.toThrow('the connection is gone');
    await expect(waiting).rejects.toThrow('the connection is gone');
    goOn();
    await settled();
    await expect(appender.flush()).rejects.toThrow('the connection is gone');
    expect(log.store.rows.entries.map(({ id }) => id)).toEqual(['one']);
  });
});
