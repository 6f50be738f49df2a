import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import {
  ED25519,
  formatNote,
  parseNote,
  parseVkey,
  seedSigner,
  signNoteText,
  type VerifierKey,
} from '#ledger/format/note.js';
import { openFolderLog } from '#ledger-node/folder-sequencer.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { formatTrustBundle } from '#ledger/format/trust.js';
import { ledgerCommand } from '#cli/ledger.js';

const ORIGIN = 'cli.example/log';
const hasOpenssl = spawnSync('openssl', ['version']).error === undefined;
const withOpenssl = hasOpenssl || process.env['SOCAI_REQUIRE_OPENSSL'] === '1' ? test : test.skip;

let scratch: string;
let server: Server;
let address: string;
/** What every answer is instead of the file asked for. */
let fault: number | undefined;
/** The one path that is answered with 503. */
let failing: string | undefined;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-monitor-'));
  server = createServer((request, response) => {
    const path = join(scratch, decodeURIComponent(request.url ?? ''));
    const status = request.url === failing ? 503 : fault;
    if (status !== undefined) response.writeHead(status).end();
    else
      readFile(path).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(scratch, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function ledger(args: string, input = ''): Promise<Answer> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const answers = Promise.all([text(stdout), text(stderr)]);
  const io = {
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout,
    stderr,
    env: {},
    now: () => new Date('2026-11-21T03:00:00Z'),
  };
  const status = await ledgerCommand(
    args.split(' ').filter((word) => word !== ''),
    io,
  );
  stdout.end();
  stderr.end();
  const [out, err] = await answers;
  return { status, out, err };
}

const entries = (from: number, to: number, branch = '') =>
  Array.from({ length: to - from }, (_, i) => `${toBase64(utf8(`${branch}${String(from + i)}`))}\n`).join('');

/** A log of so many entries in `<scratch>/<name>`, with `<name>.policy` beside it. */
async function makeLog(name: string, size: number): Promise<{ dir: string; watch: string }> {
  const dir = join(scratch, name);
  const { out: vkey } = await ledger(`init --dir ${dir} --origin ${ORIGIN}`);
  await ledger(`append --dir ${dir}`, entries(0, size));
  await writeFile(`${dir}.policy`, `log ${vkey}quorum none\n`);
  return {
    dir,
    watch: `monitor --url ${address}/${name} --policy ${dir}.policy --state ${dir}.state --once`,
  };
}

/** The codes in the lines that a monitor printed. */
const codes = ({ out }: Answer) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' ')[2]);

describe('ledger monitor', () => {
  test('follows a log over HTTP and prints a line an event; the state is kept between calls', async () => {
    const { dir, watch } = await makeLog('honest', 300);
    expect(await ledger(watch)).toEqual({
      status: 0,
      err: '',
      out:
        `2026-11-21T03:00:00.000Z ${ORIGIN} ENTRIES entry 0: and on: 300 raw\n` +
        `2026-11-21T03:00:00.000Z ${ORIGIN} FOLLOWED checkpoint: 300 entries, no witness vouches for when\n`,
    });
    await ledger(`append --dir ${dir}`, entries(300, 400));
    const { status, out } = await ledger(`${watch} --json`);
    expect(status).toBe(0);
    expect(
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      expect.objectContaining({ code: 'ENTRIES', where: 'entry 300', weight: 'notice', origin: ORIGIN }),
      expect.objectContaining({ code: 'FOLLOWED', detail: expect.stringContaining('400 entries') }),
    ]);
  });

  test('its own copy is a log that fsck checks, without partial files of the past', async () => {
    const { dir, watch } = await makeLog('copied', 100);
    await ledger(watch);
    await ledger(`append --dir ${dir}`, entries(100, 700));
    await ledger(watch);
    const vkey = (await readFile(join(dir, 'log.vkey'), 'utf8')).trim();
    expect((await ledger(`fsck --dir ${dir}.state/log --vkey ${vkey}`)).out).toMatch(/^ok 700 /);
    const partials = (await readdir(`${dir}.state/log`, { recursive: true })).filter((path) =>
      /\.p\/./.test(path),
    );
    expect(partials.map((path) => path.replaceAll('\\', '/')).sort()).toEqual([
      'tile/0/002.p/188',
      'tile/1/000.p/2',
      'tile/entries/002.p/188',
    ]);
    await cp(join(dir, 'checkpoint'), join(scratch, 'old'));
    await writeFile(`${dir}.state/log/log.vkey`, `${vkey}\n`);
    expect(await ledger(`consistency --dir ${dir}.state/log --old ${join(scratch, 'old')}`)).toMatchObject({
      status: 0,
    });
  });

  test('a folder does as well as an address', async () => {
    const { dir } = await makeLog('folder', 3);
    const watch = `monitor --dir ${dir} --policy ${dir}.policy --state ${dir}.state --once`;
    expect(codes(await ledger(watch))).toEqual(['ENTRIES', 'FOLLOWED']);
    expect((await ledger(watch.replace(`--dir ${dir}`, `--dir ${dir}-none`))).status).toBe(2);
  });

  test('a changed tile is named, status 1; put right again, 0', async () => {
    const { dir, watch } = await makeLog('tampered', 300);
    await ledger(watch);
    const tile = join(dir, 'tile/0/000');
    const bytes = await readFile(tile);
    await writeFile(
      tile,
      Uint8Array.from(bytes, (byte, i) => (i === 99 ? byte ^ 1 : byte)),
    );
    expect(await ledger(watch)).toMatchObject({ status: 1, out: expect.stringContaining('tile/0/000') });
    await writeFile(tile, bytes);
    expect((await ledger(watch)).status).toBe(0);
  });

  test('an unreachable log is 3, and costs nothing of what is remembered', async () => {
    const { dir, watch } = await makeLog('unreachable', 3);
    await ledger(watch);
    const state = await readFile(`${dir}.state/state.json`);
    fault = 503;
    try {
      expect(await ledger(watch)).toMatchObject({
        status: 3,
        out: expect.stringContaining(' UNREACHABLE log: '),
      });
    } finally {
      fault = undefined;
    }
    expect(await readFile(`${dir}.state/state.json`)).toEqual(state);
    expect((await ledger(watch)).status).toBe(0);
  });

  test('a state that was changed, or is of another log, is not overwritten: 2', async () => {
    const { dir, watch } = await makeLog('state', 3);
    await ledger(watch);
    const good = await readFile(`${dir}.state/state.json`, 'utf8');
    for (const bad of [
      '{',
      good.replace(ORIGIN, 'cli.example/other'),
      good.replace('"nextBundle": 0', '"nextBundle": "x"'),
    ]) {
      await writeFile(`${dir}.state/state.json`, bad);
      expect(await ledger(watch)).toMatchObject({
        status: 2,
        out: '',
        err: expect.stringContaining('STATE_DAMAGED'),
      });
      expect(await readFile(`${dir}.state/state.json`, 'utf8')).toBe(bad);
    }
  });

  test('wrong usage is 2', async () => {
    const { dir, watch } = await makeLog('usage', 1);
    for (const args of [
      `monitor --url ${address} --state ${dir}.s --once`,
      `monitor --policy ${dir}.policy --state ${dir}.s --once`,
      watch.replace(/--state \S+/, ''),
      `${watch} --interval 5`,
      `${watch.replace('--once', '')} --interval 0`,
      watch.replace('http:', 'gopher:'),
      `${watch} --dir ${dir}`,
      `${watch} --trust ${dir}.policy`,
      'misbehaviour --file x',
    ]) {
      expect([args, (await ledger(args)).status]).toEqual([args, 2]);
    }
  });
});

describe('ledger fsck and consistency over HTTP', () => {
  test('say what they say of the folder; a server that fails is 3, not damage', async () => {
    const { dir } = await makeLog('served', 300);
    const vkey = (await readFile(join(dir, 'log.vkey'), 'utf8')).trim();
    await cp(join(dir, 'checkpoint'), join(scratch, 'older'));
    await ledger(`append --dir ${dir}`, entries(300, 310));
    const url = `--url ${address}/served --vkey ${vkey}`;
    const fsck = await ledger(`fsck ${url}`);
    expect(fsck).toEqual(await ledger(`fsck --dir ${dir} --vkey ${vkey}`));
    expect(fsck).toMatchObject({ status: 0, out: expect.stringMatching(/^ok 310 /) });
    const consistency = `consistency ${url} --old ${join(scratch, 'older')}`;
    expect(await ledger(consistency)).toMatchObject({ status: 0, out: 'consistent 300 310\n' });
    const tile = join(dir, 'tile/0/001.p/54');
    const bytes = await readFile(tile);
    await writeFile(
      tile,
      Uint8Array.from(bytes, (byte) => byte ^ 1),
    );
    expect(await ledger(`fsck ${url}`)).toMatchObject({
      status: 1,
      out: expect.stringContaining('TILE_MISMATCH tile/0/001.p/54'),
    });
    await writeFile(tile, bytes);
    failing = '/served/tile/entries/001.p/54';
    try {
      expect(await ledger(`fsck ${url}`)).toMatchObject({ status: 3, out: '' });
    } finally {
      failing = undefined;
    }
    fault = 500;
    try {
      expect(await ledger(consistency)).toMatchObject({ status: 3, out: '' });
    } finally {
      fault = undefined;
    }
  });

  test('take a folder or an address, and for an address the key', async () => {
    const { dir } = await makeLog('either', 1);
    const vkey = (await readFile(join(dir, 'log.vkey'), 'utf8')).trim();
    for (const args of [
      `fsck --vkey ${vkey}`,
      `fsck --dir ${dir} --url ${address}/either --vkey ${vkey}`,
      `fsck --url ftp://x --vkey ${vkey}`,
      `consistency --old ${dir}/checkpoint`,
      `consistency --url ${address}/either --old ${dir}/checkpoint`,
    ]) {
      expect([args, (await ledger(args)).status]).toEqual([args, 2]);
    }
  });
});

describe('ledger monitor with a trust bundle', () => {
  const root = seedSigner('root.example', ED25519, new Uint8Array(32).fill(5));

  /** A signed bundle of these logs, each from size 0. */
  async function bundleOf(
    names: readonly string[],
    expires = '2027-01-01',
    directory?: VerifierKey,
  ): Promise<string> {
    const schools = await Promise.all(
      names.map(async (name) => ({
        code: name,
        name,
        province: '01',
        logs: [{ key: parseVkey((await readFile(join(scratch, name, 'log.vkey'), 'utf8')).trim()), from: 0 }],
        cas: [],
      })),
    );
    const text = formatTrustBundle({
      serial: 1,
      expires,
      ...(directory === undefined ? {} : { directory }),
      schools,
      witnesses: [],
      groups: [],
      quorum: null,
      threshold: 1,
      roots: [root],
    });
    const path = join(scratch, `${names.join('-')}-${expires}.trust`);
    await writeFile(path, formatNote({ text, signatures: [await signNoteText(text, root)] }));
    return path;
  }

  test('follows every log of the bundle, each with a state of its own; one fault is the status of all', async () => {
    for (const name of ['th-a', 'th-b']) {
      await ledger(`init --dir ${join(scratch, name)} --origin demo.example/${name}`);
      await ledger(`append --dir ${join(scratch, name)}`, entries(0, 5));
    }
    const watch = `monitor --url ${address}/ --trust ${await bundleOf(['th-a', 'th-b'])} --state ${join(scratch, 'all')} --once`;
    const { status, out } = await ledger(watch);
    expect([status, out.match(/demo\.example\/th-[ab] FOLLOWED/g)?.length]).toEqual([0, 2]);
    expect((await readdir(join(scratch, 'all'))).sort()).toEqual(['th-a', 'th-b']);
    await rm(join(scratch, 'th-b/tile/0/000.p/5'));
    const later = await ledger(watch);
    expect([later.status, later.out.match(/ (FOLLOWED|TILE_DAMAGED) /g)]).toEqual([
      1,
      [' FOLLOWED ', ' TILE_DAMAGED '],
    ]);
  });

  test('compares each log with what the directory log anchors, and the bundle with what it holds', async () => {
    const school = join(scratch, 'th-d');
    await ledger(`init --dir ${school} --origin demo.example/th-d`);
    await ledger(`append --dir ${school}`, entries(0, 5));
    const folder = join(scratch, 'directory');
    const { out } = await ledger(`init --dir ${folder} --origin demo.example/directory`);
    const trust = await bundleOf(['th-d'], '2027-01-01', parseVkey(out.trim()));
    const publish = async (draft: LeafDraft): Promise<void> => {
      const log = await openFolderLog(folder, 'chain', () => Date.parse('2026-11-21T03:00:00Z'), undefined);
      log.store.add([{ id: JSON.stringify(draft), kind: 'leaf', draft }]);
      await log.sequencer.flush();
      await log.close();
    };
    const anchor = async (root: Uint8Array): Promise<LeafDraft> => {
      const body = { origin: 'demo.example/th-d', size: 5, root: toBase64(root) };
      return { type: 'checkpoint.anchored', body };
    };
    const watch = `monitor --url ${address} --trust ${trust} --state ${join(scratch, 'province')} --once`;
    const { root: signed } = parseCheckpoint(
      parseNote(new Uint8Array(await readFile(join(school, 'checkpoint')))).text,
    );
    await publish(await anchor(signed));
    const first = await ledger(watch);
    expect([first.status, first.out]).toEqual([
      3,
      expect.stringContaining(' TRUST_NOT_LOGGED trust bundle: '),
    ]);
    const bundle = toBase64(nodeCrypto.sha256(new Uint8Array(await readFile(trust))));
    await publish({ type: 'trust.published', body: { serial: 1, bundle } });
    expect((await ledger(watch)).status).toBe(0);
    await publish(await anchor(new Uint8Array(32)));
    const last = await ledger(watch);
    expect([last.status, last.out]).toEqual([
      1,
      expect.stringContaining('demo.example/th-d ANCHOR_CONTRADICTED checkpoint: '),
    ]);
  });

  test('a bundle that expired is not followed', async () => {
    await makeLog('th-c', 1);
    const trust = await bundleOf(['th-c'], '2026-11-20');
    const watch = `monitor --url ${address} --trust ${trust} --state ${join(scratch, 'expired')} --once`;
    expect(await ledger(watch)).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringContaining('TRUST_EXPIRED'),
    });
  });
});

test('a monitor that goes on is stopped by SIGTERM, between two looks, and by SIGKILL without a loss', async () => {
  const { dir, watch } = await makeLog('going-on', 5);
  const main = [
    '--no-warnings',
    '--conditions=socai-source',
    '--import',
    resolve('ledger/test/source-loader.mjs'),
    resolve('apps/cli/src/main.ts'),
  ];
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const args = [...main, 'ledger', ...watch.replace('--once', '--interval 1').split(' ')];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.split(' FOLLOWED ').length > 2) child.kill(signal);
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect([child.exitCode, child.signalCode]).toEqual(signal === 'SIGTERM' ? [0, null] : [null, 'SIGKILL']);
    await ledger(`append --dir ${dir}`, entries(5, 8, signal));
  }
  expect(codes(await ledger(watch))).toEqual(['ENTRIES', 'FOLLOWED']);
}, 60_000);

describe('a log that really forks', () => {
  let dir: string;
  let fork: string;
  let found: Answer;
  beforeAll(async () => {
    let watch: string;
    ({ dir, watch } = await makeLog('forked', 300));
    fork = join(scratch, 'branch');
    await cp(dir, fork, { recursive: true });
    await ledger(`append --dir ${dir}`, entries(300, 310));
    await ledger(watch);
    await ledger(`append --dir ${fork}`, entries(300, 320, 'other '));
    found = await ledger(watch.replace('/forked ', '/branch '));
  });

  const proofPath = () => / proof: (.*)\n/.exec(found.out.replace('; proof:', ' proof:'))?.[1] ?? '';

  test('is shown by a proof that names the file to check, status 1', async () => {
    expect(found.status).toBe(1);
    expect(codes(found)).toEqual(['FORK']);
    expect(await ledger(`misbehaviour --policy ${dir}.policy --file ${proofPath()}`)).toMatchObject({
      status: 0,
      err: '',
    });
    const { out } = await ledger(`misbehaviour --policy ${dir}.policy --file ${proofPath()}`);
    expect(JSON.parse(out)).toMatchObject({
      origin: ORIGIN,
      kind: 'not-a-prefix',
      checkpoints: [{ size: 310 }, { size: 320 }],
    });
  });

  test('a proof with another root does not hold; nor under the key of another log', async () => {
    const good = await readFile(proofPath(), 'utf8');
    const tampered = join(scratch, 'tampered-proof');
    await writeFile(tampered, good.replace(/root ..../, 'root AAAA'));
    expect(await ledger(`misbehaviour --policy ${dir}.policy --file ${tampered}`)).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringContaining('NO_CONTRADICTION'),
    });
    await writeFile(tampered, good.replace('not-a-prefix', 'x'));
    expect((await ledger(`misbehaviour --policy ${dir}.policy --file ${tampered}`)).status).toBe(2);
    const other = await makeLog('another', 1);
    expect(await ledger(`misbehaviour --policy ${other.dir}.policy --file ${proofPath()}`)).toMatchObject({
      status: 1,
      err: expect.stringContaining('NO_LOG_SIGNATURE'),
    });
  });

  test('both checkpoints are beside it, verbatim, with words in Vietnamese first', async () => {
    const folder = join(proofPath(), '..');
    expect(await readFile(join(folder, 'checkpoint-1'))).toEqual(await readFile(join(dir, 'checkpoint')));
    expect(await readFile(join(folder, 'checkpoint-2'))).toEqual(await readFile(join(fork, 'checkpoint')));
    const words = await readFile(join(folder, 'GIAI-THICH.txt'), 'utf8');
    expect(words.indexOf('BẰNG CHỨNG SỔ CÁI BỊ RẼ NHÁNH')).toBe(0);
    expect(words.indexOf('PROOF THAT A LOG WAS FORKED')).toBeGreaterThan(0);
    expect(words).toContain(ORIGIN);
  });

  withOpenssl('the steps by hand, as they stand there, let openssl verify both signatures', async () => {
    const folder = join(scratch, 'by-hand');
    await cp(join(proofPath(), '..'), folder, { recursive: true });
    await cp(join(dir, 'log.vkey'), join(folder, 'log.vkey'));
    const words = await readFile(join(folder, 'GIAI-THICH.txt'), 'utf8');
    const script = words
      .slice(words.indexOf('log.vkey, and run in this folder:'))
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .join('\n');
    const run = (): string => execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect(run().match(/Signature Verified Successfully/g)).toHaveLength(2);
    expect(run()).toContain(`${ORIGIN}\n310\n`);
    const note = await readFile(join(folder, 'checkpoint-2'), 'utf8');
    await writeFile(join(folder, 'checkpoint-2'), note.replace('\n320\n', '\n321\n'));
    const { stdout } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect(stdout.match(/Signature Verified Successfully/g)).toHaveLength(1);
  });

  test('stays found when the log shows the first history again, and when the proof is asked for twice', async () => {
    const watch = `monitor --dir ${dir} --policy ${dir}.policy --state ${dir}.state --once`;
    expect(await ledger(watch)).toMatchObject({ status: 1, out: expect.stringContaining(' FORK ') });
    expect((await readdir(`${dir}.state`)).filter((name) => name.startsWith('fork-'))).toHaveLength(1);
    expect((await stat(proofPath())).isFile()).toBe(true);
  });
});
