import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { fromUtf8 } from '#ledger/format/bytes.js';
import { checkCosignature } from '#ledger/format/cosignature.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import { parseNote, parseSignatureLines, parseVkey } from '#ledger/format/note.js';
import { ledgerCommand } from '#cli/ledger.js';
import type { CommandIo } from '#cli/io.js';
import { witnessCommand } from '#cli/witness.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-witness-cli-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const NAME = 'w.example/witness';

interface Running {
  readonly status: Promise<number>;
  readonly stdout: PassThrough;
  readonly err: Promise<string>;
  /** What SIGTERM does. */
  stop(): void;
}

/** Starts `socai …` in this process. */
function start(args: string, command = witnessCommand, env: Record<string, string> = {}): Running {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const io: CommandIo = {
    ...{ stdin: Readable.from([]), stdout, stderr, env },
    now: () => new Date(),
    untilStopped: () => stopped,
  };
  const status = command(args.split(' '), io).finally(() => {
    stdout.end();
    stderr.end();
  });
  return { status, stdout, err: text(stderr), stop };
}

async function run(args: string, command = witnessCommand, env: Record<string, string> = {}) {
  const { status, stdout, err } = start(args, command, env);
  const out = text(stdout);
  return { status: await status, out: await out, err: await err };
}

describe('witness init', () => {
  test('makes a key of mode 0600 and prints the verifier key; again it prints the same', async () => {
    const dir = join(scratch, 'init');
    const first = await run(`init --dir ${dir} --name ${NAME}`);
    expect([first.status, parseVkey(first.out.trim()).name]).toEqual([0, NAME]);
    expect(first.err).toContain('not encrypted');
    expect((await stat(join(dir, 'witness.key'))).mode & 0o777).toBe(0o600);
    const again = await run(`init --dir ${dir} --name ${NAME}`);
    expect([again.status, again.out]).toEqual([0, first.out]);
  });

  test('a folder is one witness: another name is refused', async () => {
    const dir = join(scratch, 'named');
    await run(`init --dir ${dir} --name ${NAME}`);
    const other = await run(`init --dir ${dir} --name other.example/w`);
    expect([other.status, other.out]).toEqual([2, '']);
    expect(other.err).toContain('WRONG_LOG');
  });

  test('with a passphrase the key is encrypted, and does not open without', async () => {
    const dir = join(scratch, 'encrypted');
    const passphrase = join(scratch, 'passphrase');
    await writeFile(passphrase, 'a passphrase for tests only\n');
    const env = { SOCAI_KEY_PASSPHRASE_FILE: passphrase };
    expect((await run(`init --dir ${dir} --name ${NAME}`, witnessCommand, env)).status).toBe(0);
    expect(await readFile(join(dir, 'witness.key'), 'utf8')).not.toContain('BEGIN PRIVATE KEY');
    await writeFile(join(scratch, 'none'), 'quorum none\n');
    const served = await run(`serve --dir ${dir} --name ${NAME} --port 0 --policy ${join(scratch, 'none')}`);
    expect([served.status, served.out]).toEqual([2, '']);
    expect(served.err).toContain('PASSPHRASE_NEEDED');
  });
});

describe('witness serve', () => {
  test('prints its address, cosigns a log of the policy, knows a new log without a restart, and stops cleanly', async () => {
    const dir = join(scratch, 'serve');
    const policy = join(scratch, 'policy');
    const vkey = (await run(`init --dir ${dir} --name ${NAME}`)).out.trim();
    const [a, b] = [await newLog('a'), await newLog('b')];
    await writeFile(policy, `log ${a.vkey}\nquorum none\n`);
    const witness = start(`serve --dir ${dir} --name ${NAME} --port 0 --policy ${policy}`);
    const [line] = (await once(witness.stdout, 'data')) as [Buffer];
    const [, url = ''] = /^listening (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(String(line)) ?? [];

    const answer = await add(url, a.checkpoint);
    expect(answer.status).toBe(200);
    const [own] = parseSignatureLines(answer.text);
    const time = own && checkCosignature(parseNote(a.checkpoint).text, own, parseVkey(vkey), nobleCrypto);
    expect(Math.abs((time ?? 0) - Date.now() / 1000)).toBeLessThan(60);

    expect((await add(url, b.checkpoint)).status).toBe(404);
    await writeFile(policy, `log ${a.vkey}\nlog ${b.vkey}\nquorum none\n`);
    await new Promise((done) => setTimeout(done, 60));
    expect((await add(url, b.checkpoint)).status).toBe(200);

    witness.stop();
    expect(await witness.status).toBe(0);
    await expect(add(url, a.checkpoint)).rejects.toThrow();
  });

  test('a second process on one folder is refused', async () => {
    const dir = join(scratch, 'twice');
    const policy = join(scratch, 'empty');
    await writeFile(policy, 'quorum none\n');
    await run(`init --dir ${dir} --name ${NAME}`);
    const first = start(`serve --dir ${dir} --name ${NAME} --port 0 --policy ${policy}`);
    await once(first.stdout, 'data');
    const second = await run(`serve --dir ${dir} --name ${NAME} --port 0 --policy ${policy}`);
    expect([second.status, second.out]).toEqual([3, '']);
    expect(second.err).toContain('LOCKED');
    first.stop();
    expect(await first.status).toBe(0);
  });

  test.each([
    ['no subcommand', ''],
    ['a missing option', 'serve --dir D --name n'],
    ['neither policy nor trust', `serve --dir D --name ${NAME} --port 0`],
    ['both', `serve --dir D --name ${NAME} --port 0 --policy P --trust T --roots R`],
    ['a bundle without roots', `serve --dir D --name ${NAME} --port 0 --trust T`],
    ['a port that is none', `serve --dir D --name ${NAME} --port 0x10 --policy P`],
    ['no key', `serve --dir D --name ${NAME} --port 0 --policy P`],
    ['a policy that is not there', `serve --dir W --name ${NAME} --port 0 --policy P`],
  ])('wrong usage or unreadable input ends with 2: %s', async (_, args) => {
    const dir = join(scratch, 'usage');
    await run(`init --dir ${dir} --name ${NAME}`);
    const placed = args.replace(' D ', ` ${join(scratch, 'nothing')} `).replace(' W ', ` ${dir} `);
    expect(await run(placed)).toMatchObject({ status: 2, out: '' });
  });
});

async function newLog(name: string): Promise<{ readonly vkey: string; readonly checkpoint: Uint8Array }> {
  const dir = join(scratch, `log-${name}`);
  const { out } = await run(`init --dir ${dir} --origin ${name}.example/log`, ledgerCommand);
  return { vkey: out.trim(), checkpoint: new Uint8Array(await readFile(join(dir, 'checkpoint'))) };
}

async function add(url: string, checkpoint: Uint8Array): Promise<{ status: number; text: string }> {
  const body = fromUtf8(formatAddCheckpoint({ old: 0, hashes: [], checkpoint }));
  const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  return { status: answer.status, text: await answer.text() };
}
