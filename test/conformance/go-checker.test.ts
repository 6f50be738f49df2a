/**
 * Our ledger folders and proofs, judged by the transparency-log library of the Go project (Debian: golang-go,
 * golang-golang-x-mod-dev), which knows nothing of us. Skipped where it is not installed, unless SOCAI_REQUIRE_GO=1.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COSIGNATURE_ED25519, ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { buildGoChecker, goIsThere, type GoJudge } from './go-checker.js';
import { entryOf, logVkey, witnessedLog, witnessVkeys, type WitnessedLog } from './witnessed-log.js';

const SIZES = [0, 1, 255, 256, 257, 65_536, 70_000] as const;
const FIXTURES = 'ledger/test/fixtures';
const withGo = goIsThere ? test : test.skip;

let scratch: string;
let judge: GoJudge;
let log: WitnessedLog;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-go-'));
  if (goIsThere) judge = buildGoChecker(scratch);
  else process.stderr.write('Go checker: skipped, golang-go and golang-golang-x-mod-dev are not installed\n');
}, 180_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A copy of a folder with one byte of a file changed. */
async function damaged(folder: string, path: string, at: number, value?: number): Promise<string> {
  const copy = await mkdtemp(join(scratch, 'copy-'));
  await cp(folder, copy, { recursive: true });
  const bytes = await readFile(join(copy, path));
  bytes[at] = value ?? (bytes[at] ?? 0) ^ 1;
  await writeFile(join(copy, path), bytes);
  return copy;
}

describe('the Go library accepts', () => {
  beforeAll(async () => {
    log = await witnessedLog(join(scratch, 'growing'));
  });

  withGo.each(SIZES)(
    'a log of %d entries: both cosignatures, the root, every inclusion, and all its checkpoints as one history',
    async (size) => {
      await log.growTo(size);
      const verdict = judge(log.folder, logVkey, { witnesses: witnessVkeys, checkpoints: log.saved });
      const [saved] = /\d+(?= consistencies)/.exec(verdict.said) ?? [];
      expect(verdict).toEqual({
        status: 0,
        said: expect.stringMatching(`^ok ${String(size)} .*; 2 cosignatures, ${String(size)} inclusions, `),
      });
      // Each two of the checkpoints so far: at least those of the sizes before this one.
      const earlier = SIZES.indexOf(size);
      expect(Number(saved)).toBeGreaterThanOrEqual((earlier * (earlier + 1)) / 2);
    },
    60_000,
  );

  withGo('the golden log of the fixtures and its proof, under the keys of their policy', async () => {
    const policy = parsePolicy(await readFile(`${FIXTURES}/policy/valid/two-of-three.txt`));
    const vkey = policy.logs.map((each) => formatVkey(each.key))[0] ?? '';
    const witnesses = policy.witnesses.slice(0, 2).map((each) => formatVkey(each.key));
    expect(judge(`${FIXTURES}/log-of-300`, vkey, { witnesses })).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^ok 300 .*; 2 cosignatures, 300 inclusions/),
    });
    const proof = `${FIXTURES}/proof/valid/entry-257-of-300.tlog-proof`;
    expect(judge.proof(proof, `${FIXTURES}/entry-257.bin`, vkey, witnesses)).toMatchObject({ status: 0 });
  });

  withGo('a checkpoint whose cosignatures it takes for signatures of unknown keys', () => {
    expect(judge(log.folder, logVkey)).toMatchObject({
      status: 0,
      said: expect.stringContaining('0 cosignatures'),
    });
  });
});

describe('the Go library refuses', () => {
  let small: WitnessedLog;
  beforeAll(async () => {
    small = await witnessedLog(join(scratch, 'small'));
    await small.growTo(600, 250);
  });

  withGo.each([
    ['an entry', 'tile/entries/001', 40, /the entries lead to root/],
    ['the last entry', 'tile/entries/002.p/88', 5, /the entries lead to root/],
    ['a leaf hash', 'tile/0/001', 100, /entry 25[69]/],
    ['a hash of level 1', 'tile/1/000.p/2', 40, /inconsistent|invalid/],
    ['the size in the checkpoint', 'checkpoint', 25, /checkpoint: /],
  ])('a log with one bit of %s turned over', async (_what, path, at, expected) => {
    const verdict = judge(await damaged(small.folder, path, at), logVkey);
    expect(verdict).toEqual({ status: 1, said: expect.stringMatching(expected) });
    expect(judge(small.folder, logVkey).status).toBe(0);
  });

  withGo('a log under the key of another', () => {
    const other = seedSigner('conformance.example/log', ED25519, new Uint8Array(32));
    expect(judge(small.folder, formatVkey(other)).status).toBe(1);
  });

  withGo(
    'a cosignature with one bit, or its time, turned over; and a witness that did not cosign',
    async () => {
      const text = await readFile(join(small.folder, 'checkpoint'), 'latin1');
      const line = text.lastIndexOf('\n', text.length - 2) + 1;
      const cosignature = text.indexOf(' ', text.indexOf(' ', line) + 1) + 1;
      // Base64: digits 0–5 are the key id, 6–15 the time, the rest the signature.
      for (const at of [cosignature + 14, cosignature + 40]) {
        const value = text[at] === 'A' ? 'B' : 'A';
        const copy = await damaged(small.folder, 'checkpoint', at, value.charCodeAt(0));
        expect(judge(copy, logVkey, { witnesses: witnessVkeys })).toMatchObject({
          status: 1,
          said: expect.stringContaining('invalid signature'),
        });
        // Without the witness' key it cannot see that.
        expect(judge(copy, logVkey).status).toBe(0);
      }
      const third = seedSigner('witness-4.example/w', COSIGNATURE_ED25519, new Uint8Array(32).fill(4));
      const asked = [...witnessVkeys, formatVkey(third)];
      expect(judge(small.folder, logVkey, { witnesses: asked })).toMatchObject({
        status: 1,
        said: 'checkpoint: witness-4.example/w did not sign it',
      });
    },
  );

  withGo(
    'a fork: a checkpoint that the same key signed and the same witnesses cosigned for another history',
    async () => {
      const fork = await witnessedLog(join(scratch, 'fork'), 'other');
      await fork.growTo(300);
      expect(judge(fork.folder, logVkey, { witnesses: witnessVkeys }).status).toBe(0);
      const saved = await mkdtemp(join(scratch, 'saved-'));
      await cp(small.saved, saved, { recursive: true });
      expect(judge(small.folder, logVkey, { checkpoints: saved }).status).toBe(0);
      await cp(join(fork.saved, '300'), join(saved, '300'));
      expect(judge(small.folder, logVkey, { checkpoints: saved })).toMatchObject({
        status: 1,
        said: expect.stringMatching(/^\d+ and \d+: invalid transparency proof/),
      });
    },
  );

  withGo('a log that is shorter than a checkpoint it published', async () => {
    const short = await witnessedLog(join(scratch, 'short'));
    await short.growTo(250);
    expect(judge(short.folder, logVkey, { checkpoints: small.saved })).toMatchObject({
      status: 1,
      said: expect.stringMatching(/has \d+ entries, the log only 250$/),
    });
  });

  describe('a proof', () => {
    const INDEX = 257;
    let valid: string;
    beforeAll(async () => {
      valid = new TextDecoder().decode(await small.sequencer.prove(INDEX));
    });

    async function verdictOn(proof: string, entry = entryOf(INDEX)): Promise<ReturnType<GoJudge['proof']>> {
      const folder = await mkdtemp(join(scratch, 'proof-'));
      await writeFile(join(folder, 'proof'), proof);
      await writeFile(join(folder, 'entry'), entry);
      return judge.proof(join(folder, 'proof'), join(folder, 'entry'), logVkey, witnessVkeys);
    }
    const hashes = (): string[] => valid.split('\n').slice(2, valid.split('\n').indexOf(''));

    withGo('holds as we wrote it, and with an extra line, which nothing authenticates', async () => {
      const verdict = { status: 0, said: expect.stringMatching(/^ok 257 of 600 /) };
      expect(await verdictOn(valid)).toEqual(verdict);
      expect(await verdictOn(valid.replace('index', 'extra AAAA\nindex'))).toEqual(verdict);
      expect(await verdictOn(valid.replace('index', 'extra AAAB\nindex'))).toEqual(verdict);
    });

    withGo('does not hold with a changed, missing or additional hash, or with two exchanged', async () => {
      const [first = '', second = ''] = hashes();
      for (const proof of [
        valid.replace(first, `${first.startsWith('A') ? 'B' : 'A'}${first.slice(1)}`),
        valid.replace(`${first}\n`, ''),
        valid.replace(first, `${first}\n${first}`),
        valid.replace(`${first}\n${second}`, `${second}\n${first}`),
      ]) {
        expect(proof).not.toBe(valid);
        expect(await verdictOn(proof)).toMatchObject({
          status: 1,
          said: expect.stringMatching(/invalid.*proof/),
        });
      }
    });

    withGo('does not hold for another index, another entry, or without a cosignature', async () => {
      expect((await verdictOn(valid.replace('index 257', 'index 256'))).status).toBe(1);
      expect((await verdictOn(valid.replace('index 257', 'index 600'))).status).toBe(1);
      expect((await verdictOn(valid, entryOf(256))).status).toBe(1);
      const stripped = valid.slice(0, valid.lastIndexOf('\n— ') + 1);
      expect(await verdictOn(stripped)).toMatchObject({
        status: 1,
        said: expect.stringContaining('did not sign'),
      });
    });
  });
});
