import { describe, expect, test } from '@jest/globals';
import { Sequencer } from '#ledger/log/sequencer.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { sizeOf } from './memory-store.js';
import { documentEvent, policyOf, START, testLog, testWitness } from './logs.js';

const code = (value: string) => expect.objectContaining({ code: value });

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
