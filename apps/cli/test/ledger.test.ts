import { once } from 'node:events';
import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatPolicy } from '#ledger/format/policy.js';
import { parseVkey } from '#ledger/format/note.js';
import { ledgerCommand } from '#cli/ledger.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-cli-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `socai ledger …` in this process. */
async function ledger(args: string, input = '', env: Record<string, string> = {}): Promise<Answer> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const answers = Promise.all([text(stdout), text(stderr)]);
  const io = {
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout,
    stderr,
    env,
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

const lineOf = (entry: string) => `${toBase64(utf8(entry))}\n`;
const answerOf = (index: number, entry: string) => `${String(index)} ${toBase64(leafHash(utf8(entry)))}\n`;

/** A new log with entries, and its verifier key. */
async function logWith(name: string, ...entries: string[]): Promise<{ dir: string; vkey: string }> {
  const dir = join(scratch, name);
  const { out } = await ledger(`init --dir ${dir} --origin cli.example/log`);
  if (entries.length > 0) await ledger(`append --dir ${dir}`, entries.map(lineOf).join(''));
  return { dir, vkey: out.trim() };
}

describe('ledger init', () => {
  test('makes a key of mode 0600, prints the verifier key and warns that the key is plain', async () => {
    const dir = join(scratch, 'init');
    const { status, out, err } = await ledger(`init --dir ${dir} --origin cli.example/log`);
    expect(status).toBe(0);
    expect(out).toBe(await readFile(join(dir, 'log.vkey'), 'utf8'));
    expect(parseVkey(out.trim()).name).toBe('cli.example/log');
    expect(err).toContain('warning: the key');
    expect((await stat(join(dir, 'log.key'))).mode & 0o777).toBe(0o600);
    expect(await ledger(`fsck --dir ${dir} --vkey ${out.trim()}`)).toMatchObject({
      status: 0,
      out: 'ok 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    });
  });

  test('encrypts the key under the passphrase in SOCAI_KEY_PASSPHRASE_FILE, which append then needs', async () => {
    const dir = join(scratch, 'encrypted');
    const passphrase = join(scratch, 'passphrase');
    await writeFile(passphrase, 'một câu đủ dài để làm mật khẩu\n');
    const env = { SOCAI_KEY_PASSPHRASE_FILE: passphrase };
    expect(await ledger(`init --dir ${dir} --origin cli.example/log`, '', env)).toMatchObject({
      status: 0,
      err: '',
    });
    expect(await readFile(join(dir, 'log.key'), 'utf8')).toContain('ENCRYPTED');
    expect(await ledger(`append --dir ${dir}`, lineOf('a'))).toMatchObject({ status: 2, out: '' });
    expect(await ledger(`append --dir ${dir}`, lineOf('a'), env)).toMatchObject({
      status: 0,
      out: answerOf(0, 'a'),
    });
  });

  test('refuses a folder that is not empty and a name that cannot be an origin', async () => {
    const { dir } = await logWith('taken');
    expect(await ledger(`init --dir ${dir} --origin cli.example/log`)).toMatchObject({ status: 2, out: '' });
    expect(await ledger(`init --dir ${join(scratch, 'plus')} --origin a+b`)).toMatchObject({
      status: 2,
      out: '',
    });
    await expect(stat(join(scratch, 'plus'))).rejects.toThrow();
  });
});

describe('ledger append', () => {
  test('answers index and leaf hash a line, in order, and goes on at the next index', async () => {
    const { dir, vkey } = await logWith('append');
    expect(
      await ledger(`append --dir ${dir}`, `${lineOf('a')}${lineOf('')}${toBase64(utf8('c'))}`),
    ).toMatchObject({
      status: 0,
      out: answerOf(0, 'a') + answerOf(1, '') + answerOf(2, 'c'),
    });
    expect(await ledger(`append --dir ${dir}`, lineOf('d'))).toMatchObject({
      status: 0,
      out: answerOf(3, 'd'),
    });
    expect(await ledger(`append --dir ${dir}`)).toMatchObject({ status: 0, out: '' });
    expect(await ledger(`fsck --dir ${dir} --vkey ${vkey}`)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^ok 4 /),
    });
  });

  test.each([
    ['not base64', '!!!!'],
    ['base64 without padding', 'YQ'],
    ['a carriage return', 'YQ==\r'],
    ['an entry over 65,535 bytes', toBase64(new Uint8Array(65_536))],
  ])(
    'at a malformed line (%s) keeps what came before, names the line, and ends with 2',
    async (name, line) => {
      const { dir, vkey } = await logWith(`malformed ${name}`.replaceAll(/\W/g, '-'));
      const { status, out, err } = await ledger(
        `append --dir ${dir}`,
        `${lineOf('a')}${lineOf('b')}${line}\n${lineOf('c')}`,
      );
      expect([status, out]).toEqual([2, answerOf(0, 'a') + answerOf(1, 'b')]);
      expect(err).toContain('line 3');
      expect(await ledger(`fsck --dir ${dir} --vkey ${vkey}`)).toMatchObject({
        status: 0,
        out: expect.stringMatching(/^ok 2 /),
      });
    },
  );

  test('takes an entry of 65,535 bytes', async () => {
    const { dir } = await logWith('largest');
    const entry = 'x'.repeat(65_535);
    expect(await ledger(`append --dir ${dir}`, lineOf(entry))).toMatchObject({
      status: 0,
      out: answerOf(0, entry),
    });
  });

  test('acknowledges an entry while the input stays open', async () => {
    const { dir } = await logWith('open-input');
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const io = { stdin, stdout, stderr: new PassThrough(), env: {}, now: () => new Date() };
    const running = ledgerCommand(['append', '--dir', dir], io);
    stdin.write(lineOf('a'));
    const [chunk] = (await once(stdout, 'data')) as [Buffer];
    expect(String(chunk)).toBe(answerOf(0, 'a'));
    stdin.end();
    expect(await running).toBe(0);
  });

  test('refuses a folder that is no log', async () => {
    expect(await ledger(`append --dir ${join(scratch, 'nowhere')}`, lineOf('a'))).toMatchObject({
      status: 2,
      out: '',
    });
  });
});

describe('ledger fsck, prove, consistency, verify', () => {
  let dir: string;
  let vkey: string;
  beforeAll(async () => {
    ({ dir, vkey } = await logWith(
      'checked',
      ...Array.from({ length: 300 }, (_, i) => `entry ${String(i)}`),
    ));
    await writeFile(
      join(scratch, 'policy'),
      formatPolicy({ logs: [{ key: parseVkey(vkey) }], witnesses: [], groups: [], quorum: null }),
    );
    await writeFile(join(scratch, 'entry'), 'entry 257');
  });

  test('a proof that prove wrote verifies offline; another entry does not', async () => {
    const proof = join(scratch, 'proof');
    expect(await ledger(`prove --dir ${dir} --index 257 --out ${proof}`)).toMatchObject({
      status: 0,
      out: '',
    });
    const verify = `verify --policy ${join(scratch, 'policy')} --proof ${proof} --entry`;
    const { status, out } = await ledger(`${verify} ${join(scratch, 'entry')}`);
    expect([status, JSON.parse(out)]).toEqual([
      0,
      { origin: 'cli.example/log', index: 257, size: 300, witnesses: [] },
    ]);
    await writeFile(join(scratch, 'other'), 'entry 258');
    expect(await ledger(`${verify} ${join(scratch, 'other')}`)).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringContaining('NOT_INCLUDED'),
    });
  });

  test('verify says 2 for what it cannot read and 1 for another log', async () => {
    const proof = join(scratch, 'proof-0');
    await ledger(`prove --dir ${dir} --index 0 --out ${proof}`);
    await writeFile(join(scratch, 'broken'), (await readFile(proof, 'utf8')).replace('index 0', 'index 007'));
    const entry = join(scratch, 'entry');
    const policy = join(scratch, 'policy');
    expect(
      (await ledger(`verify --policy ${policy} --proof ${join(scratch, 'broken')} --entry ${entry}`)).status,
    ).toBe(2);
    expect(
      (await ledger(`verify --policy ${policy} --proof ${join(scratch, 'none')} --entry ${entry}`)).status,
    ).toBe(2);
    expect((await ledger(`verify --policy ${entry} --proof ${proof} --entry ${entry}`)).status).toBe(2);
    const other = await logWith('other-log');
    const key = parseVkey(other.vkey);
    await writeFile(
      join(scratch, 'other-policy'),
      formatPolicy({ logs: [{ key }], witnesses: [], groups: [], quorum: null }),
    );
    expect(
      await ledger(`verify --policy ${join(scratch, 'other-policy')} --proof ${proof} --entry ${entry}`),
    ).toMatchObject({
      status: 1,
      err: expect.stringContaining('NO_LOG_SIGNATURE'),
    });
  });

  test('prove refuses an index the log does not have', async () => {
    for (const index of ['300', '-1', '007', 'x']) {
      expect(
        (await ledger(`prove --dir ${dir} --index ${index} --out ${join(scratch, 'never')}`)).status,
      ).toBe(2);
    }
    await expect(stat(join(scratch, 'never'))).rejects.toThrow();
  });

  test('an older checkpoint of the log is consistent with it; one of a fork is not', async () => {
    const fork = join(scratch, 'fork');
    await cp(dir, fork, { recursive: true });
    const old = join(scratch, 'old-checkpoint');
    await cp(join(dir, 'checkpoint'), old);
    await ledger(`append --dir ${dir}`, lineOf('one more'));
    expect(await ledger(`consistency --dir ${dir} --old ${old}`)).toMatchObject({
      status: 0,
      out: 'consistent 300 301\n',
    });
    // The same key signs another history: the copy goes its own way.
    await ledger(`append --dir ${fork}`, lineOf('another'));
    expect(await ledger(`consistency --dir ${dir} --old ${join(fork, 'checkpoint')}`)).toMatchObject({
      status: 1,
      err: expect.stringContaining('NOT_CONSISTENT'),
    });
    await ledger(`append --dir ${fork}`, lineOf('and another'));
    expect((await ledger(`consistency --dir ${dir} --old ${join(fork, 'checkpoint')}`)).status).toBe(1);
    expect((await ledger(`consistency --dir ${dir} --old ${join(scratch, 'entry')}`)).status).toBe(2);
  });

  test('fsck names a changed entry and ends with 1; a wrong key likewise; a key it cannot read is 2', async () => {
    const copy = join(scratch, 'changed');
    await cp(dir, copy, { recursive: true });
    const bundle = join(copy, 'tile/entries/000');
    const bytes = await readFile(bundle);
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    await writeFile(bundle, bytes);
    expect(await ledger(`fsck --dir ${copy} --vkey ${vkey}`)).toMatchObject({
      status: 1,
      out: expect.stringMatching(/^ENTRY_MISMATCH entry 0: /),
    });
    const other = (await logWith('another-key')).vkey;
    expect(await ledger(`fsck --dir ${dir} --vkey ${other}`)).toMatchObject({
      status: 1,
      out: expect.stringContaining('CHECKPOINT_SIGNATURE'),
    });
    expect((await ledger(`fsck --dir ${dir} --vkey x`)).status).toBe(2);
    expect((await ledger(`fsck --dir ${join(scratch, 'nowhere')} --vkey ${vkey}`)).status).toBe(2);
  });

  test('wrong usage ends with 2 and says how it is used', async () => {
    for (const args of [
      '',
      'frobnicate',
      'init',
      'init --dir x',
      'prove --dir x --index 1 --out y --more z',
      'fsck x',
      'monitor',
    ]) {
      const { status, out, err } = await ledger(args);
      expect([args, status, out]).toEqual([args, 2, '']);
      expect(err).not.toBe('');
    }
  });

  test('a key that others can read is not used', async () => {
    const exposed = await logWith('exposed');
    await chmod(join(exposed.dir, 'log.key'), 0o644);
    expect(await ledger(`append --dir ${exposed.dir}`, lineOf('a'))).toMatchObject({
      status: 2,
      err: expect.stringContaining('KEY_EXPOSED'),
    });
  });
});
