/**
 * The fork drill: a log that really forks, with its real key, among processes that share nothing but HTTP. An operator
 * (its own folder and key), two witnesses (theirs), and a monitor. What each of them does, and what comes of it.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fromUtf8 } from '#ledger/format/bytes.js';
import { formatAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { parseCheckpoint, type Checkpoint } from '#ledger/format/checkpoint.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatMisbehaviour } from '#ledger/format/misbehaviour.js';
import { parseNote } from '#ledger/format/note.js';
import { parsePolicy, type Policy } from '#ledger/format/policy.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { bundleCount, readBundle } from '#ledger/verify/entries.js';
import { findFork, type Sighting } from '#ledger/verify/fork.js';
import { checkMisbehaviour } from '#ledger/verify/misbehaviour.js';
import { checkProof } from '#ledger/verify/proof.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { figure } from './figures.js';

const ORIGIN = 'demo.so-cai.example/thcs-song-may';
const SOURCE = [
  '--no-warnings',
  '--conditions=socai-source',
  '--import',
  resolve('ledger/test/source-loader.mjs'),
];
const SOCAI = [...SOURCE, resolve('apps/cli/src/main.ts')];

let scratch: string;
let policyFile: string;
let policy: Policy;
let site: string;
const running: ChildProcess[] = [];

const at = (name: string) => join(scratch, name);
/** What the world knows: the log's key, both witnesses, and that both are needed. */
const logOnly = (): Policy => ({ ...policy, quorum: null });

/** How many of the drill's steps came out as they must; the honest twin is one of them. */
const STEPS = 8;
let steps = 0;
const held = () => void (steps += 1);

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-fork-'));
  await mkdir(at('site'));
  const vkey = socai('ledger', 'init', '--dir', at('site/a'), '--origin', ORIGIN).out.trim();
  await writeFile(at('logs'), `log ${vkey}\nquorum none\n`);
  const witnesses = await Promise.all(['so-gddt', 'truong-ban'].map(startWitness));
  policyFile = at('policy');
  const lines = [`log ${vkey}`, ...witnesses, 'group both all so-gddt truong-ban', 'quorum both'];
  await writeFile(policyFile, `${lines.join('\n')}\n`);
  policy = parsePolicy(new Uint8Array(await readFile(policyFile)));
  site = await start([...SOURCE, resolve('test/faults/fork-drill/serve.ts'), at('site')]);
}, 120_000);

afterAll(async () => {
  const what = 'steps of the fork drill: witnesses refuse, monitor proves, transcripts reveal';
  figure({
    id: 'FORK',
    what,
    value: `${String(steps)}/${String(STEPS)}`,
    bar: 'N/N',
    holds: steps === STEPS,
  });
  await Promise.all(
    running.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }),
  );
  await rm(scratch, { recursive: true, force: true });
});

/** Starts a process and answers the address it says it listens on. */
async function start(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  running.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return line.replace('listening ', '');
}

/** A witness with a key of its own, in a process of its own; its line of the policy. */
async function startWitness(name: string): Promise<string> {
  const own = ['--dir', at(name), '--name', `${name}.example`];
  const vkey = socai('witness', 'init', ...own).out.trim();
  const url = await start([...SOCAI, 'witness', 'serve', ...own, '--port', '0', '--policy', at('logs')]);
  return `witness ${name} ${vkey} ${url}`;
}

function run(args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, out: stdout, err: stderr };
}

const socai = (...args: string[]) => run([...SOCAI, ...args]);

/** A process that appends events of a branch to a folder's log and publishes them; asks no witness without a policy. */
const operate = (folder: string, witnesses: string, branch: string, count: number) =>
  run([
    ...SOURCE,
    resolve('test/faults/fork-drill/operator.ts'),
    at(folder),
    witnesses,
    branch,
    String(count),
  ]).out.trim();

const look = (branch: string, state: string) =>
  socai(
    'ledger',
    'monitor',
    '--url',
    `${site}/${branch}`,
    '--policy',
    policyFile,
    '--state',
    at(state),
    '--once',
  );

const codes = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[2]);

const note = (folder: string) => readFile(at(`${folder}/checkpoint`));
const checkpointIn = (bytes: Uint8Array): Checkpoint =>
  parseCheckpoint(parseNote(new Uint8Array(bytes)).text);

async function treeOf(folder: string): Promise<TileTree> {
  const { size, root } = checkpointIn(await note(folder));
  return new TileTree(size, root, new FolderTileStore(at(folder)), nodeCrypto.sha256);
}

/** What a dishonest operator sends a witness itself: its tree, offered as the continuation of `old` entries. */
async function offer(
  folder: string,
  witness: number,
  old: number,
): Promise<{ status: number; body: string }> {
  const hashes = await (await treeOf(folder)).proveConsistency(old);
  const body = formatAddCheckpoint({ old, hashes, checkpoint: new Uint8Array(await note(folder)) });
  const url = `${policy.witnesses[witness]?.url ?? ''}/add-checkpoint`;
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(body) });
  return { status: answer.status, body: await answer.text() };
}

/** The proof that stands in a transcript, and its entry. */
async function transcript(folder: string, index: number): Promise<{ proof: Uint8Array; entry: Uint8Array }> {
  const tree = await treeOf(folder);
  const entries = await readBundle(
    new FolderTileStore(at(folder)),
    tree,
    bundleCount(index + 1) - 1,
    nodeCrypto,
  );
  const hashes = await tree.proveInclusion(index);
  const proof = formatProof({ index, hashes, checkpoint: new Uint8Array(await note(folder)) });
  return { proof, entry: entries[index % 256] as Uint8Array };
}

function sighting({ proof, entry }: { proof: Uint8Array; entry: Uint8Array }): Sighting {
  const checkpoint = checkProof(proof, entry, logOnly(), { crypto: nodeCrypto });
  const { index, hashes } = parseProof(proof);
  return { checkpoint, entry: { index, leaf: leafHash(entry), hashes } };
}

describe('the honest twin', () => {
  test('row 38: a log that only grows gets its quorum from both witnesses, and the monitor has nothing to say', () => {
    expect(operate('site/a', policyFile, 'both', 20)).toBe('published 21');
    const first = look('a', 'twin');
    expect([first.status, codes(first.out)]).toEqual([0, ['LOG_OPENED', 'ENTRIES', 'FOLLOWED']]);
    expect(operate('site/a', policyFile, 'both', 9)).toBe('published 30');
    const second = look('a', 'twin');
    expect([second.status, codes(second.out)]).toEqual([0, ['ENTRIES', 'FOLLOWED']]);
    expect(second.out).toContain('witnessed by so-gddt, truong-ban');
    held();
  }, 120_000);
});

describe('the fork: folder and key are copied, and both copies go on, signed by the one real key', () => {
  beforeAll(async () => {
    // b: more entries than a in the end; c: as many as a.
    await cp(at('site/a'), at('site/b'), { recursive: true });
    await cp(at('site/a'), at('site/c'), { recursive: true });
    expect(operate('site/a', policyFile, 'branch a', 12)).toBe('published 42');
    const followed = look('a', 'monitor');
    expect([followed.status, followed.err]).toEqual([0, '']);
  }, 120_000);

  test('the honest program refuses to go on with the copy: the witnesses have seen more', () => {
    expect(operate('site/b', policyFile, 'branch b', 5)).toBe('WITNESS_AHEAD');
    held();
  }, 60_000);

  test('row 38: witnesses that saw branch a refuse branch b: 409, then 422; it never gets a quorum', async () => {
    // A dishonest one asks nobody, and signs.
    expect(operate('site/b', '-', 'branch b', 20)).toBe('published 50');
    expect(operate('site/c', '-', 'branch c', 12)).toBe('published 42');
    for (const witness of [0, 1]) {
      expect(await offer('site/b', witness, 0)).toEqual({ status: 409, body: '42\n' });
      expect(await offer('site/b', witness, 30)).toEqual({ status: 409, body: '42\n' });
      expect((await offer('site/b', witness, 42)).status).toBe(422);
      expect((await offer('site/c', witness, 42)).status).toBe(422);
      // The twin: what they saw they cosign again.
      expect((await offer('site/a', witness, 42)).status).toBe(200);
    }
    for (const branch of ['site/b', 'site/c']) {
      const bytes = new Uint8Array(await note(branch));
      expect(() => checkCheckpoint(bytes, policy, nodeCrypto)).toThrow(
        expect.objectContaining({ code: 'NO_QUORUM' }),
      );
      expect(checkCheckpoint(bytes, logOnly(), nodeCrypto)).toMatchObject({ origin: ORIGIN });
    }
    held();
  }, 120_000);

  test('row 38: one witness that helps the operator is no quorum of both', async () => {
    // It forgets what it saw: its key signs in a new folder. The other one does not.
    await mkdir(at('colluding'));
    await cp(at('so-gddt/witness.key'), at('colluding/witness.key'));
    const own = ['--dir', at('colluding'), '--name', 'so-gddt.example', '--port', '0'];
    const url = await start([...SOCAI, 'witness', 'serve', ...own, '--policy', at('logs')]);
    const body = formatAddCheckpoint({
      old: 0,
      hashes: [],
      checkpoint: new Uint8Array(await note('site/c')),
    });
    const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: new Uint8Array(body) });
    expect(answer.status).toBe(200);
    await writeFile(
      at('site/c/checkpoint'),
      `${fromUtf8(new Uint8Array(await note('site/c')))}${await answer.text()}`,
    );
    const bytes = new Uint8Array(await note('site/c'));
    expect(checkCheckpoint(bytes, logOnly(), nodeCrypto).witnesses.map(({ name }) => name)).toEqual([
      'so-gddt',
    ]);
    expect(() => checkCheckpoint(bytes, policy, nodeCrypto)).toThrow(
      expect.objectContaining({ code: 'NO_QUORUM' }),
    );
    held();
  }, 120_000);

  test.each([
    ['b', 'not-a-prefix', 50],
    ['c', 'same-size', 42],
  ])(
    'a monitor that followed a and is shown %s writes a proof that holds offline; changed, it does not',
    async (branch, kind, size) => {
      const state = `monitor-${branch}`;
      await cp(at('monitor'), at(state), { recursive: true });
      const seen = look(branch, state);
      expect([seen.status, codes(seen.out)]).toEqual([1, ['NO_QUORUM', 'FORK']]);
      const proof = / proof: (.*)\n/.exec(seen.out)?.[1] ?? '';
      const check = (file: string) => socai('ledger', 'misbehaviour', '--policy', at('logs'), '--file', file);
      expect(JSON.parse(check(proof).out)).toMatchObject({
        origin: ORIGIN,
        kind,
        checkpoints: [{ size: 42 }, { size }],
      });
      const tampered = (await readFile(proof, 'utf8')).replace(
        `\n${String(size)}\n`,
        `\n${String(size + 1)}\n`,
      );
      await writeFile(at('tampered'), tampered);
      expect(check(at('tampered'))).toMatchObject({ status: 1, out: '' });
      // It does not go away when branch a is shown again, and the honest branch is still followed.
      expect(look('a', state)).toMatchObject({ status: 1, out: expect.stringContaining(' FORK ') });
      held();
    },
    120_000,
  );

  test('the colluding witness is named in the proof of the checkpoint it cosigned', async () => {
    const checkpoints: [Uint8Array, Uint8Array] = [
      new Uint8Array(await note('site/a')),
      new Uint8Array(await note('site/c')),
    ];
    const proof = formatMisbehaviour({ checkpoints, contradiction: { kind: 'same-size' } });
    expect(checkMisbehaviour(proof, () => policy, nodeCrypto).witnessesOfBoth).toEqual(['so-gddt']);
    held();
  });

  test('transcripts of both branches reveal it to whoever has them all, without any network', async () => {
    const [a, b, c] = await Promise.all([
      transcript('site/a', 35),
      transcript('site/b', 33),
      transcript('site/c', 41),
    ]).then((all) => all.map(sighting));
    // One size, two roots; and two sizes, by the subtrees that both proofs give.
    expect(findFork([a!, c!], nodeCrypto.sha256)?.contradiction.kind).toBe('same-size');
    const fork = findFork([a!, b!], nodeCrypto.sha256);
    expect(fork?.contradiction.kind).toBe('other-entries');
    const checkpoints: [Uint8Array, Uint8Array] = [
      new Uint8Array(await note('site/a')),
      new Uint8Array(await note('site/b')),
    ];
    const proof = formatMisbehaviour({ checkpoints, contradiction: fork!.contradiction });
    expect(checkMisbehaviour(proof, () => policy, nodeCrypto).kind).toBe('other-entries');
    // The twin: transcripts of one branch, and of what both branches have.
    const same = await Promise.all([transcript('site/a', 35), transcript('site/a', 3)]);
    expect(findFork(same.map(sighting), nodeCrypto.sha256)).toBeUndefined();
    held();
  });
});
