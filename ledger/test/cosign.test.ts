import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { cosignNoteText } from '#ledger/format/cosignature.js';
import { formatNote, signNoteText, type NoteSigner } from '#ledger/format/note.js';
import type { Witness } from '#ledger/log/ports.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import {
  documentEvent,
  logSigner,
  ORIGIN,
  policyOf,
  START,
  testLog,
  testWitness,
  type TestLog,
} from './logs.js';
import { flipBit, tilesOf } from './trees.js';

const code = (value: string) => expect.objectContaining({ code: value });
const never = () => new Promise<never>(() => undefined);

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

/** A checkpoint of another tree, cosigned by `witness` and signed by `signers`. */
async function signedHead(size: number, witness: NoteSigner, ...signers: NoteSigner[]): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: ORIGIN, size, root: tilesOf(size).root });
  const signatures = await Promise.all([
    ...signers.map((signer) => signNoteText(text, signer)),
    cosignNoteText(text, START / 1000, witness),
  ]);
  return formatNote({ text, signatures });
}
