import { describe, expect, test } from '@jest/globals';
import { parseAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { cosignNoteText } from '#ledger/format/cosignature.js';
import {
  ED25519,
  formatNote,
  formatSignatureLine,
  parseNote,
  parseSignatureLines,
  seedSigner,
  signNoteText,
  type NoteSignature,
  type NoteSigner,
} from '#ledger/format/note.js';
import { LogError } from '#ledger/log/errors.js';
import type { Witness } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import {
  documentEvent,
  logSigner,
  ORIGIN,
  policyOf,
  rawEntry,
  START,
  testLog,
  testWitness,
  type TestLog,
} from './logs.js';
import { sizeOf } from './memory-store.js';
import { flipBit, tilesOf } from './trees.js';

const code = (value: string) => expect.objectContaining({ code: value });
const never = () => new Promise<never>(() => undefined);
const otherId = (line: NoteSignature): NoteSignature => ({ ...line, keyId: (line.keyId ^ 1) >>> 0 });
const unreachable = () => Promise.reject(new Error('unreachable'));

/** A log with a witness' client changed, opened and flushed with one event. */
async function logWith(witness: Witness, number = 1): Promise<TestLog> {
  const log = testLog({ witnessing: { policy: policyOf([testWitness(number)], 1), witnesses: [witness] } });
  log.store.add(documentEvent(1));
  await (await log.open()).flush();
  return log;
}

describe('slow witnesses (a quorum is not held up by the rest)', () => {
  test('once a quorum has cosigned, the others have the grace left, and no longer', async () => {
    const [quick, hanging] = [testWitness(1), testWitness(2)];
    const policy = policyOf([quick, hanging], 1);
    let graces = 0;
    const grace = () => Promise.resolve(void graces++);
    const { store, tiles, open } = testLog({
      witnessing: { policy, witnesses: [quick.client, { ...hanging.client, addCheckpoint: never }], grace },
    });
    store.add(documentEvent(1));
    const { quorum, witnessed, failures } = await (await open()).flush();
    expect([quorum, [...witnessed], [...failures]]).toEqual([
      true,
      [['w1', START / 1000]],
      [['w2', 'has not answered yet']],
    ]);
    // For the checkpoint of the log as it was found, and for the batch.
    expect(graces).toBe(2);
    expect(checkCheckpoint(tiles.checkpoint as Uint8Array, policy).witnesses).toHaveLength(1);
  });

  test('with no grace said, everyone is waited for, quorum or not', async () => {
    const [quick, slow] = [testWitness(1), testWitness(2)];
    const late = {
      ...slow.client,
      addCheckpoint: async (body: Uint8Array) => {
        await new Promise((done) => setTimeout(done, 10));
        return slow.client.addCheckpoint(body);
      },
    };
    const { open } = testLog({
      kind: 'raw',
      witnessing: { policy: policyOf([quick, slow], 1), witnesses: [quick.client, late] },
    });
    expect([...(await (await open()).recosign()).witnessed.keys()]).toEqual(['w1', 'w2']);
  });

  test('an entry is durable before any witness is asked, and what is public is said to be, whoever hangs', async () => {
    const witness = testWitness(1);
    const policy = policyOf([witness], 1);
    const log = testLog({ kind: 'raw', witnessing: { policy, witnesses: [witness.client] } });
    log.store.add(rawEntry('public'));
    await (await log.open()).flush();
    const hanging = { ...witness.client, addCheckpoint: never };
    const stuck = await Sequencer.open({ ...log.options, witnessing: { policy, witnesses: [hanging] } });
    void stuck.flush();
    const [published, sequenced] = [stuck.published('public'), stuck.sequenced('public')];
    expect([(await published).seq, (await sequenced).seq]).toEqual([0, 0]);
  });

  test('without a quorum everyone is waited for, grace or not', async () => {
    const [quick, slow] = [testWitness(1), testWitness(2)];
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const late = {
      ...slow.client,
      addCheckpoint: (body: Uint8Array) => asked.then(() => slow.client.addCheckpoint(body)),
    };
    const { store, open } = testLog({
      witnessing: {
        policy: policyOf([quick, slow], 2),
        witnesses: [quick.client, late],
        grace: () => Promise.resolve(),
      },
    });
    store.add(documentEvent(1));
    const flushed = (await open()).flush();
    expect(await Promise.race([flushed, new Promise((done) => setTimeout(done, 20, 'still waiting'))])).toBe(
      'still waiting',
    );
    answer();
    expect((await flushed).witnessed.size).toBe(2);
  });

  test('a late cosignature joins the next checkpoint of the same size', async () => {
    const [quick, slow] = [testWitness(1), testWitness(2)];
    let hang = true;
    const late = {
      ...slow.client,
      addCheckpoint: (body: Uint8Array) => (hang ? never() : slow.client.addCheckpoint(body)),
    };
    const { store, open } = testLog({
      witnessing: {
        policy: policyOf([quick, slow], 1),
        witnesses: [quick.client, late],
        grace: () => new Promise((done) => setTimeout(done, 5)),
      },
    });
    store.add(documentEvent(1));
    const log = await open();
    expect((await log.flush()).witnessed.size).toBe(1);
    hang = false;
    expect(await log.recosign()).toMatchObject({
      size: 2,
      witnessed: new Map([
        ['w1', START / 1000],
        ['w2', START / 1000],
      ]),
    });
  });
});

describe('what a witness says beside its cosignature', () => {
  test('an empty 409 names no size: its newest checkpoint does', async () => {
    const witness = testWitness(1);
    const log = await logWith(witness.client);
    log.store.add(documentEvent(2));
    const silent = {
      ...witness.client,
      addCheckpoint: async (body: Uint8Array) => {
        const answer = await witness.client.addCheckpoint(body);
        return answer.status === 409 ? { status: 409, body: new Uint8Array() } : answer;
      },
    };
    const policy = policyOf([witness], 1);
    const again = testLog({ ...log.options, witnessing: { policy, witnesses: [silent] } });
    const { quorum } = await (await again.open()).flush();
    expect(quorum).toBe(true);
  });

  test('the size in a 409 is enough: it is asked again from there, and not for its checkpoint', async () => {
    const { log, witness, open } = await logOfTwo();
    const asked: number[] = [];
    const mute = {
      ...witness.client,
      addCheckpoint: (body: Uint8Array) => {
        asked.push(parseAddCheckpoint(body).old);
        return witness.client.addCheckpoint(body);
      },
      latest: (origin: string) => (asked.length > 0 ? unreachable() : witness.client.latest(origin)),
    };
    const sequencer = await open(mute);
    // The very size that is offered, and a smaller one.
    expect((await sequencer.recosign()).quorum).toBe(true);
    expect(asked).toEqual([0, 2]);
    log.store.add(rawEntry('three'));
    expect((await sequencer.flush()).quorum).toBe(true);
    // What it cosigned is remembered: no question is asked twice.
    await sequencer.recosign();
    expect(asked).toEqual([0, 2, 2, 2, 3]);
    asked.length = 0;
    const next = await open({ ...mute, latest: (origin: string) => witness.client.latest(origin) });
    log.store.add(rawEntry('four'));
    const { quorum, size } = await next.flush();
    expect([quorum, size, asked]).toEqual([true, 4, [0, 3, 3]]);
  });

  test.each([
    [422, '', 'answered 422', 1],
    [422, '2\n', 'answered 422', 1],
    [429, '2\n', 'answered 429', 0],
    [500, '', 'answered 500', 0],
    [503, '1\n', 'answered 503', 0],
  ])(
    'an answer of %d with %j to a good offer is said to be that, after one question; its checkpoint is looked at only where it may tell of a fork',
    async (status, text, failure, looks) => {
      const { witness, open } = await logOfTwo();
      let [offers, latest] = [0, 0];
      const sequencer = await open({
        ...witness.client,
        addCheckpoint: () => {
          offers++;
          return Promise.resolve({ status, body: utf8(text) });
        },
        latest: (origin) => {
          latest++;
          return witness.client.latest(origin);
        },
      });
      latest = 0;
      const { failures } = await sequencer.recosign();
      expect([failures.get('w1'), offers, latest]).toEqual([failure, 1, looks]);
    },
  );

  test('one that says 409 for ever is asked three times', async () => {
    const { witness, open } = await logOfTwo();
    let offers = 0;
    const sequencer = await open({
      ...witness.client,
      addCheckpoint: () => {
        offers++;
        return Promise.resolve({ status: 409, body: utf8('1\n') });
      },
    });
    const { failures } = await sequencer.recosign();
    expect([failures.get('w1'), offers]).toEqual(['answered 409 3 times', 3]);
  });

  test('one that has seen more, of another process of this log, stops nothing: only this checkpoint comes too late', async () => {
    const { log, witness, open } = await logOfTwo();
    let [arrived, goOn]: (() => void)[] = [() => undefined, () => undefined];
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const slow = {
      ...witness.client,
      addCheckpoint: async (body: Uint8Array) => {
        arrived?.();
        await held;
        return witness.client.addCheckpoint(body);
      },
    };
    const here = (await open(slow)).recosign();
    await asked;
    log.store.add(rawEntry('three'));
    await (await open(witness.client)).flush();
    goOn?.();
    const { size, quorum, failures } = await here;
    expect([size, quorum, failures.get('w1')]).toEqual([
      2,
      false,
      'has seen 3 entries, more than the 2 offered here',
    ]);
    expect(sizeOf(log.tiles.checkpoint as Uint8Array)).toBe(3);
  });

  test('a checkpoint that it did not cosign, or of another log, is not its word about this one', async () => {
    const { log, witness, open } = await logOfTwo();
    const signer = witness.options.signer;
    const { text, signatures } = parseNote(witness.store.notes.get(ORIGIN) as Uint8Array);
    const [own, its] = signatures as [NoteSignature, NoteSignature];
    const elsewhere = text.replace(ORIGIN, 'elsewhere.example/log');
    const lines = async (...others: NoteSignature[]) => formatNote({ text, signatures: [own, ...others] });
    for (const note of [
      formatNote({ text: elsewhere, signatures: [await cosignNoteText(elsewhere, 1, signer)] }),
      await lines(),
      await lines({ ...its, signature: flipBit(its.signature, 200) }),
      await lines(otherId(its)),
      await lines({ ...its, name: 'w9.example/witness' }),
    ]) {
      const lying = { ...witness.client, latest: () => Promise.resolve(note) };
      await expect(open(lying)).rejects.toThrow(code('WITNESSES_UNREACHABLE'));
      // While the log runs: an empty 409 leads to the same question.
      const silent = {
        ...witness.client,
        addCheckpoint: () => Promise.resolve({ status: 409, body: utf8('') }),
      };
      const witnessing = { policy: policyOf([witness], 1), witnesses: [silent] };
      const sequencer = await Sequencer.open({ ...log.options, witnessing });
      silent.latest = lying.latest;
      expect((await sequencer.recosign()).failures.get('w1')).toBe(
        'answered with a checkpoint it did not cosign',
      );
    }
    // The lines of others beside its own do not matter.
    const good = await lines({ ...its, name: 'w9.example/witness' }, otherId(its), its);
    await open({ ...witness.client, latest: () => Promise.resolve(good) });
  });

  test('a contradicting tree stops the log if any key of it signed, and only if it really did', async () => {
    const { log, witness } = await logOfTwo();
    const former = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(2));
    const witnessing = { policy: policyOf([witness], 1), witnesses: [witness.client] };
    const opening = () => Sequencer.open({ ...log.options, witnessing, formerKeys: [former] });
    const signer = witness.options.signer;
    const forkText = parseNote(await signedHead(2, signer)).text;
    const its = await cosignNoteText(forkText, 1, signer);
    const byLog = await signNoteText(forkText, logSigner);
    const heads = (...signatures: NoteSignature[]) =>
      witness.store.notes.set(ORIGIN, formatNote({ text: forkText, signatures: [...signatures, its] }));
    for (const forged of [
      { ...byLog, signature: flipBit(byLog.signature, 9) },
      { ...byLog, name: 'other.example/log' },
      otherId(byLog),
    ]) {
      heads(forged);
      await expect(opening()).rejects.toThrow(code('WITNESSES_UNREACHABLE'));
    }
    for (const key of [logSigner, former]) {
      heads(otherId(byLog), await signNoteText(forkText, key));
      await expect(opening()).rejects.toThrow(
        expect.objectContaining({ code: 'FORKED', message: 'witness w1 has seen another tree of 2 entries' }),
      );
    }
    witness.store.notes.set(ORIGIN, await signedHead(3, signer, logSigner));
    await expect(opening()).rejects.toThrow(
      expect.objectContaining({
        code: 'WITNESS_AHEAD',
        message: 'witness w1 has seen 3 entries and this store has 2: an old backup?',
      }),
    );
    // A tree that only the witness vouches for, while the log runs: said, and no more.
    const boasting = {
      ...witness.client,
      addCheckpoint: () => Promise.resolve({ status: 422, body: utf8('') }),
      latest: () => signedHead(2, signer),
    };
    const failOpen = { ...witnessing, witnesses: [boasting], failOpen: true };
    const { failures } = await (await Sequencer.open({ ...log.options, witnessing: failOpen })).recosign();
    expect(failures.get('w1')).toBe('answered with a checkpoint that the log did not sign');
  });

  test('an error has its name and its words when it is shown', () => {
    expect(String(new LogError('LOCKED', 'another process holds the log'))).toBe(
      'LogError: another process holds the log',
    );
  });

  test('lines of other keys beside its own cosignature are passed over', async () => {
    const { witness, open } = await logOfTwo();
    const sequencer = await open({
      ...witness.client,
      addCheckpoint: async (body) => {
        const answer = await witness.client.addCheckpoint(body);
        if (answer.status !== 200) return answer;
        const [own] = parseSignatureLines(fromUtf8(answer.body)) as [NoteSignature];
        const others = [{ ...own, name: 'w9.example/witness' }, otherId(own)].map((line) => ({
          ...line,
          signature: flipBit(line.signature, 200),
        }));
        return { ...answer, body: utf8([...others, own].map(formatSignatureLine).join('')) };
      },
    });
    expect(await sequencer.recosign()).toMatchObject({
      quorum: true,
      witnessed: new Map([['w1', START / 1000]]),
    });
  });

  test('another tree that the log signed is a fork, seen while the log runs: it stops', async () => {
    const witness = testWitness(1);
    const log = await logWith(witness.client);
    const sequencer = await log.open();
    await sequencer.flush();
    // The same key has signed another second entry elsewhere, and the witness came to see that one first.
    const fork = await signedHead(3, witness.options.signer, logSigner);
    witness.store.notes.set(ORIGIN, fork);
    log.store.add(documentEvent(2));
    await expect(sequencer.flush()).rejects.toThrow(code('FORKED'));
  });

  test('another tree that only the witness signed is a lie of the witness: its own cosignature is lost, no more', async () => {
    const [honest, liar] = [testWitness(1), testWitness(2)];
    const policy = policyOf([honest, liar], 1);
    const log = testLog({ witnessing: { policy, witnesses: [honest.client, liar.client] } });
    log.store.add(documentEvent(1));
    for (const size of [2, 3, 300]) {
      liar.store.notes.set(ORIGIN, await signedHead(size, liar.options.signer));
      const sequencer = await log.open();
      const { quorum, failures } = await sequencer.flush();
      expect([size, quorum, [...failures.keys()]]).toEqual([size, true, ['w2']]);
    }
    // The one that could be asked is a quorum; the liar alone would not be.
    const alone = { policy: policyOf([liar], 1), witnesses: [liar.client] };
    await expect(testLog({ ...log.options, witnessing: alone }).open()).rejects.toThrow(
      code('WITNESSES_UNREACHABLE'),
    );
  });

  test.each([
    [
      'the line of another witness',
      () => utf8(`— w9.example/witness ${'A'.repeat(102)}==\n`),
      'answered without its own cosignature',
    ],
    [
      'a line that it did not sign',
      (line: Uint8Array) => flipBit(line, 8 * (line.length - 10)),
      /^answered with a bad/,
    ],
  ])('an answer with %s is no cosignature', async (_what, change, reason) => {
    const witness = testWitness(1);
    const changed = {
      ...witness.client,
      addCheckpoint: async (body: Uint8Array) => {
        const answer = await witness.client.addCheckpoint(body);
        return { ...answer, body: change(answer.body) };
      },
    };
    const { store, open } = testLog({
      witnessing: { policy: policyOf([witness], 1), witnesses: [changed] },
    });
    store.add(documentEvent(1));
    const { quorum, failures } = await (await open()).flush();
    expect(quorum).toBe(false);
    expect(failures.get('w1')).toMatch(reason);
  });

  test('a size above ours in a 409 is not believed without a checkpoint', async () => {
    const witness = testWitness(1);
    const boastful = {
      ...witness.client,
      addCheckpoint: () => Promise.resolve({ status: 409, body: new TextEncoder().encode('99\n') }),
    };
    const { store, open } = testLog({
      witnessing: { policy: policyOf([witness], 1), witnesses: [boastful] },
    });
    store.add(documentEvent(1));
    const { quorum, failures } = await (await open()).flush();
    expect([quorum, failures.get('w1')]).toEqual([false, 'answered 409 3 times']);
  });
});

/** A log of two raw entries, witnessed, and how to open it with the witness' client changed. */
async function logOfTwo() {
  const witness = testWitness(1);
  const policy = policyOf([witness], 1);
  const log = testLog({ kind: 'raw', witnessing: { policy, witnesses: [witness.client] } });
  log.store.add(rawEntry('one'), rawEntry('two'));
  await (await log.open()).flush();
  const open = (client: Witness) =>
    Sequencer.open({ ...log.options, witnessing: { policy, witnesses: [client] } });
  return { log, witness, open };
}

/** A checkpoint of another tree, cosigned by `witness` and signed by `signers`. */
async function signedHead(size: number, witness: NoteSigner, ...signers: NoteSigner[]): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: ORIGIN, size, root: tilesOf(size).root });
  const signatures = await Promise.all([
    ...signers.map((signer) => signNoteText(text, signer)),
    cosignNoteText(text, START / 1000, witness),
  ]);
  return formatNote({ text, signatures });
}
