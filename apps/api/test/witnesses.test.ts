import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COSIGNATURE_ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { ConfigError } from '#api/config.js';
import { Witnesses } from '#api/ledger-host/witnesses.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socai-policy-'));
});
afterAll(() => rm(folder, { recursive: true }));

const vkey = (name: string, seed: number) =>
  formatVkey(seedSigner(name, COSIGNATURE_ED25519, new Uint8Array(32).fill(seed)));
const A = `witness a ${vkey('a.example/w', 1)} https://a.example/witness`;
const B = `witness b ${vkey('b.example/w', 2)} http://127.0.0.1:8001`;

async function open(text: string, failOpen = false): Promise<Witnesses> {
  const witnessPolicy = join(folder, 'policy');
  await writeFile(witnessPolicy, text);
  return Witnesses.open({ witnessPolicy, failOpen });
}

async function problemsOf(opening: Promise<Witnesses>): Promise<string> {
  const error: unknown = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).problems.join('\n');
}

describe('the policy of SOCAI_WITNESS_POLICY', () => {
  test('names who is asked, who runs them and how many are enough; addresses on this machine are nobody else’s', async () => {
    const witnesses = await open(`${A}\n${B}\ngroup g 1 a b\nquorum g\n`);
    expect(witnesses.description()).toMatchObject({
      witnesses: [
        { name: 'a', operator: 'a.example', url: 'https://a.example/witness' },
        { name: 'b', operator: 'b.example' },
      ],
      groups: [{ name: 'g', rule: 1, members: ['a', 'b'] }],
      quorum: 'g',
    });
    expect(witnesses.description().witnesses[1]).not.toHaveProperty('url');
    expect(witnesses.witnessing().witnesses.map(({ name }) => name)).toEqual(['a', 'b']);
    expect([witnesses.failOpen, (await open(`${A}\nquorum a\n`, true)).failOpen]).toEqual([false, true]);
  });

  test('"quorum none" is the explicit choice to publish without witnesses', async () => {
    const witnesses = await open('quorum none\n');
    expect([witnesses.description().quorum, witnesses.witnessing().witnesses.length]).toEqual([null, 0]);
    expect(witnesses.failOpen).toBe(false);
  });

  test.each([
    ['a line that is none', 'wittness a\nquorum none\n', 'unknown line'],
    ['no quorum line', `${A}\n`, 'exactly one quorum line'],
    ['a witness that cannot be asked', `witness a ${vkey('a.example/w', 1)}\nquorum a\n`, 'witness a needs'],
    [
      'an address that is none',
      `witness a ${vkey('a.example/w', 1)} a.example:80\nquorum a\n`,
      'witness a needs',
    ],
  ])('%s is named, with the setting', async (_, text, words) => {
    const problems = await problemsOf(open(text));
    expect(problems).toContain('SOCAI_WITNESS_POLICY=');
    expect(problems).toContain(words);
  });

  test('a file that is not there, or none named, is a wrong setting', async () => {
    const missing = { witnessPolicy: join(folder, 'nothing'), failOpen: false };
    expect(await problemsOf(Witnesses.open(missing))).toContain('ENOENT');
    expect(await problemsOf(Witnesses.open({ witnessPolicy: null, failOpen: true }))).toContain(
      'SOCAI_WITNESS_POLICY is not set',
    );
  });
});
