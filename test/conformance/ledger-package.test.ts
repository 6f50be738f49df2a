/**
 * `ledger/` as an auditor takes it home: a package of its own, compiled from its own configuration and run with nothing
 * beside it but the libraries it names.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = async (path: string): Promise<Manifest> =>
  JSON.parse(await readFile(path, 'utf8')) as Manifest;
const FIXTURES = resolve('ledger/test/fixtures');

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'socai-ledger-'));
  for (const part of ['src', 'node', 'package.json', 'tsconfig.package.json'])
    await cp(join('ledger', part), join(home, part), { recursive: true });
  await mkdir(join(home, 'node_modules/@types'), { recursive: true });
  // What its package.json names, and what compiling needs; nothing else of the project's can be reached from here.
  for (const library of ['@noble', '@types/node', 'undici-types'])
    await symlink(resolve('node_modules', library), join(home, 'node_modules', library));
  execFileSync(
    process.execPath,
    [resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.package.json'],
    {
      cwd: home,
      stdio: 'pipe',
    },
  );
  await writeFile(
    join(home, 'verify.js'),
    `import { readFileSync } from 'node:fs';
     import { parsePolicy } from '@so-cai/ledger/format/policy.js';
     import { checkProof } from '@so-cai/ledger/verify/proof.js';
     import { nodeCrypto } from '@so-cai/ledger/node/node-crypto.js';
     const [policy, proof, entry] = process.argv.slice(2).map((path) => readFileSync(path));
     for (const crypto of [undefined, nodeCrypto]) {
       const { index, size, witnesses } = checkProof(proof, entry, parsePolicy(policy), crypto && { crypto });
       console.log(index, size, witnesses.length);
     }`,
  );
}, 120_000);
afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs the auditor's own script on a proof. */
function judge(proof: string): { readonly status: number | null; readonly said: string } {
  const files = ['policy/valid/two-of-three.txt', proof, 'entry-257.bin'].map((path) => join(FIXTURES, path));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['verify.js', ...files], {
    cwd: home,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

test('it names @noble only, in the versions that the project pins', async () => {
  const own = await manifest('ledger/package.json');
  const project = await manifest('package.json');
  expect(Object.keys(own.dependencies)).toEqual(['@noble/curves', '@noble/hashes']);
  expect(project.dependencies).toMatchObject(own.dependencies);
  expect(project.devDependencies).toMatchObject(own.devDependencies);
  expect(own.version).toBe(project.version);
});

test('compiled alone, it verifies a proof by either provider of cryptography', () => {
  expect(judge('proof/valid/entry-257-of-300.tlog-proof')).toEqual({
    status: 0,
    said: expect.stringMatching(/^(257 300 2)\n\1\n$/),
  });
});

test('and refuses the same proof with two hashes swapped, or of another size', () => {
  for (const [proof, code] of [
    ['verify/hashes-swapped.tlog-proof', 'NOT_INCLUDED'],
    ['verify/size-changed.tlog-proof', 'BAD_SIGNATURE'],
  ] as const) {
    const { status, said } = judge(proof);
    expect([proof, status, said]).toEqual([proof, 1, expect.stringContaining(code)]);
  }
});
