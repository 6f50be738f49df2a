/** Each step of a verification that does not hold: its code, its words, and what caused it. */
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint, type Checkpoint } from '#ledger/format/checkpoint.js';
import { cosignNoteText } from '#ledger/format/cosignature.js';
import { emptyRoot } from '#ledger/format/hash.js';
import { COSIGNATURE_ED25519, ED25519, formatNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { formatProof } from '#ledger/format/proof.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkGrowth } from '#ledger/verify/consistency.js';
import { step, VerifyError } from '#ledger/verify/errors.js';
import { checkProof } from '#ledger/verify/proof.js';
import { leafOf, TileMap, tilesOf } from './trees.js';

const refusal = (code: string, message: string) =>
  expect.objectContaining({ name: 'VerifyError', code, message });
const ORIGIN = 'a.example/log';
const log = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(1));
const witnesses = [1, 2, 3].map((i) =>
  seedSigner(`w${String(i)}.example`, COSIGNATURE_ED25519, new Uint8Array(32).fill(10 + i)),
);
const policy = (k: number | null): Policy => ({
  logs: [{ key: log }],
  witnesses: witnesses.map((key, i) => ({ name: `w${String(i + 1)}`, key })),
  groups: k === null ? [] : [{ name: 'enough', rule: k, members: ['w1', 'w2', 'w3'] }],
  quorum: k === null ? null : 'enough',
});

/** A checkpoint of 5 entries, signed, and cosigned by witness i at the i-th time, where there is one. */
async function cosigned(...times: (number | undefined)[]): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: ORIGIN, size: 5, root: tilesOf(5).root });
  const lines = times.flatMap((time, i) =>
    time === undefined ? [] : [cosignNoteText(text, time, witnesses[i] as (typeof witnesses)[0])],
  );
  return formatNote({ text, signatures: [await signNoteText(text, log), ...(await Promise.all(lines))] });
}

describe('a checkpoint under a policy', () => {
  test('was witnessed when the quorum was complete, in the order of time and not of lines', async () => {
    expect(checkCheckpoint(await cosigned(300, 100, 200), policy(1)).witnessedAt).toBe(100);
    expect(checkCheckpoint(await cosigned(300, 100, 200), policy(2)).witnessedAt).toBe(200);
    expect(checkCheckpoint(await cosigned(300, 100, 200), policy(3)).witnessedAt).toBe(300);
    expect(checkCheckpoint(await cosigned(undefined, 7), policy(1))).toMatchObject({
      origin: ORIGIN,
      size: 5,
      witnesses: [{ name: 'w2', time: 7 }],
      witnessedAt: 7,
    });
  });

  test('needs no witness where the policy asks for none, and still names those there are', async () => {
    const checked = checkCheckpoint(await cosigned(9), policy(null));
    expect(checked.witnesses).toMatchObject([{ name: 'w1', time: 9 }]);
    expect(checked).not.toHaveProperty('witnessedAt');
  });

  test('says which witnesses there were when they are too few', async () => {
    const [none, two] = [await cosigned(), await cosigned(1, 2)];
    expect(() => checkCheckpoint(none, policy(1))).toThrow(
      refusal('NO_QUORUM', 'no known witness cosigned; the policy needs the quorum "enough"'),
    );
    expect(() => checkCheckpoint(two, policy(3))).toThrow(
      refusal('NO_QUORUM', 'only w1, w2 cosigned; the policy needs the quorum "enough"'),
    );
  });

  test('is refused when it is no note or no checkpoint, and the cause is kept', async () => {
    for (const bytes of [
      utf8('x'),
      formatNote({ text: 'x\n', signatures: [await signNoteText('x\n', log)] }),
    ]) {
      expect(() => checkCheckpoint(bytes, policy(null))).toThrow(
        expect.objectContaining({
          code: 'MALFORMED',
          cause: expect.objectContaining({ name: 'FormatError' }),
        }),
      );
    }
  });
});

describe('an older checkpoint and the log now', () => {
  const now: Checkpoint = { origin: ORIGIN, size: 300, root: tilesOf(300).root };
  const { tiles } = tilesOf(300);

  test.each([0, 1, 255, 256, 299, 300])('the tree of %d entries is its beginning', async (size) => {
    await checkGrowth({ origin: ORIGIN, size, root: tilesOf(size).root }, now, tiles);
  });

  test.each([1, 255, 256, 300])('another tree of %d entries is a fork', async (size) => {
    const { root } = tilesOf(size, (i) => leafOf(i + 1));
    await expect(checkGrowth({ origin: ORIGIN, size, root }, now, tiles)).rejects.toThrow(
      expect.objectContaining({
        code: 'NOT_CONSISTENT',
        cause: expect.objectContaining({ code: 'ROOT_MISMATCH' }),
      }),
    );
  });

  test('a log that has shrunk, and another log', async () => {
    await expect(checkGrowth({ ...now, size: 301 }, now, tiles)).rejects.toThrow(
      refusal('NOT_CONSISTENT', 'the log has 300 entries now and had 301 in the older checkpoint'),
    );
    await expect(checkGrowth({ ...now, origin: 'b.example/log' }, now, tiles)).rejects.toThrow(
      refusal('WRONG_ORIGIN', 'the older checkpoint is of log b.example/log, not a.example/log'),
    );
  });

  test('after no entries nothing is read', async () => {
    await checkGrowth({ origin: ORIGIN, size: 0, root: emptyRoot() }, now, new TileMap());
  });
});

describe('a proof', () => {
  test('of the only entry holds, with the origin named or not; of another it does not', async () => {
    const text = formatCheckpoint({ origin: ORIGIN, size: 1, root: leafOf(0) });
    const checkpoint = formatNote({ text, signatures: [await signNoteText(text, log)] });
    const proof = formatProof({ index: 0, hashes: [], checkpoint });
    expect(checkProof(proof, utf8('entry 0'), policy(null)).index).toBe(0);
    expect(checkProof(proof, utf8('entry 0'), policy(null), { origin: ORIGIN }).index).toBe(0);
    expect(() => checkProof(proof, utf8('entry 1'), policy(null))).toThrow(
      refusal('NOT_INCLUDED', 'the inclusion proof does not lead to the root'),
    );
  });
});

test('a step keeps the refusal of a step within, and takes what else is thrown as its cause', () => {
  const inner = new VerifyError('NO_QUORUM', 'inner');
  const fails = (thrown: unknown) => () =>
    step('MALFORMED', () => {
      throw thrown;
    });
  expect(fails(inner)).toThrow(inner);
  expect(fails(new RangeError('range'))).toThrow(refusal('MALFORMED', 'range'));
  expect(fails('text')).toThrow(refusal('MALFORMED', 'text'));
  expect(step('MALFORMED', () => 7)).toBe(7);
});
