import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toHex, utf8 } from '#ledger/format/bytes.js';
import { ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { refreshCommand } from '#cli/refresh.js';
import { verifyCommand } from '#cli/verify.js';
import { formatPresentation } from '#disclosure/presentation.js';
import { formatSlip, formatSlipText } from '#disclosure/slip.js';
import { registerOf, SLIP } from '../../../libs/transcript/test/other-samples.js';
import { Credentialed } from '../../../libs/verify/test/presenting.js';
import { NOW, openingOf, World, type Issued } from '../../../libs/verify/test/world.js';

let folder: string;
let world: World;
let issued: Issued;
let server: Server;
let base: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socai-verify-'));
  world = await World.make();
  issued = await world.issue();
  await put('hoc-ba.pdf', issued.pdf);
  await put('unproven.pdf', issued.unproven);
  const shown = await Credentialed.issue(world);
  await put('shown.json', formatPresentation(shown.sdJwt()));
  await put('shown.sd-jwt', utf8(shown.compact()));
  await put('whole.json', formatPresentation(shown.whole()));
  await put('slip.txt', utf8(formatSlipText(formatSlip(shown.slip()))));
  await put('slip.bin', formatSlip(shown.slip()));
  await put('data/trust/bundle', world.trust);
  await put('ledger/checkpoint', world.tiles.checkpoint!);
  for (const [path, bytes] of world.tiles.files) await put(`ledger/${path}`, bytes);
  const altered = issued.pdf.slice();
  altered[100_000] = (altered[100_000] ?? 0) ^ 1;
  await put('altered.pdf', altered);
  server = createServer((request, response) => {
    const opening = request.url === `/api/public/openings/${toHex(issued.plan.hash)}`;
    if (!opening) response.writeHead(404).end();
    else response.end(JSON.stringify(openingOf(issued)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), bytes);
}

const at = (name: string): string => join(folder, name);

/** Runs `socai verify …` in this process, the data folder being the one with this world's trust bundle. */
async function verify(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  return verifyIn({ SOCAI_DATA_DIR: at('data') }, ...args);
}

async function verifyIn(env: Record<string, string>, ...args: readonly string[]) {
  return run(verifyCommand, env, args);
}

async function run(command: typeof verifyCommand, env: Record<string, string>, args: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const answers = Promise.all([text(stdout), text(stderr)]);
  const status = await command(args, { stdin: Readable.from([]), stdout, stderr, env, now: () => NOW });
  stdout.end();
  stderr.end();
  const [out, err] = await answers;
  return { status, out, err };
}

describe('socai verify FILE', () => {
  test('says in Vietnamese first that a transcript is valid, and that it is a demo', async () => {
    const { status, out } = await verify(at('hoc-ba.pdf'));
    expect(status).toBe(0);
    expect(out.split('\n')[0]).toMatch(/HỢP LỆ \(valid\) — DEMO: bản thử nghiệm, không có giá trị pháp lí$/);
    expect(out).toContain('Nguyễn Hoàng Phương Uyên Thảo Nguyên, lớp 6A1');
    expect(out).toContain('29/05/2026 10:15:30 +07:00');
  });

  test('says of any other signed document what it is, of whom or which class, and who signed', async () => {
    const other = await World.make();
    await put('other/trust/bundle', other.trust);
    await put('slip.pdf', (await other.issue({ sample: SLIP })).pdf);
    await put('register.pdf', (await other.issue({ sample: registerOf(3) })).pdf);
    const env = { SOCAI_DATA_DIR: at('other') };
    const { status, out } = await verifyIn(env, at('slip.pdf'), at('register.pdf'));
    expect([status, out.match(/HỢP LỆ \(valid\)/g)?.length]).toEqual([0, 2]);
    expect(out).toMatch(
      /Phiếu kết quả: +Nguyễn Hoàng Phương Uyên Thảo Nguyên, lớp 6A1, CN năm học 2025-2026/,
    );
    expect(out).toMatch(/Phó Hiệu trưởng: +Phạm Hữu Trọng/);
    expect(out).toMatch(/Sổ theo dõi: +lớp 6A1, năm học 2025-2026, 3 học sinh/);
  });

  test('with --json answers one object a file, and the worst verdict decides the status', async () => {
    const { status, out } = await verify('--json', at('hoc-ba.pdf'), at('altered.pdf'), at('unproven.pdf'));
    const results = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map(({ verdict, code }) => [verdict, code])).toEqual([
      ['valid', null],
      ['invalid', 'BASE_ALTERED'],
      ['unchecked', 'NO_PROOF'],
    ]);
    expect(Object.keys(results[0])).toEqual([
      'file',
      'verdict',
      'code',
      'reasons',
      'demo',
      'signatures',
      'ledger',
      'status',
      'document',
      'resultsFollow',
    ]);
    expect(status).toBe(1);
    expect((await verify(at('hoc-ba.pdf'), at('unproven.pdf'))).status).toBe(3);
  });

  test('without a trust bundle answers unchecked ISSUER_NOT_TRUSTED', async () => {
    const { status, out } = await verifyIn({ SOCAI_DATA_DIR: at('nowhere') }, '--json', at('hoc-ba.pdf'));
    expect(JSON.parse(out)).toMatchObject({ verdict: 'unchecked', code: 'ISSUER_NOT_TRUSTED' });
    expect(status).toBe(3);
  });

  test('takes the bundle of --trust before that of SOCAI_TRUST before that of the data folder', async () => {
    const trusted = ['--json', at('hoc-ba.pdf')];
    expect((await verifyIn({ SOCAI_TRUST: at('data/trust/bundle') }, ...trusted)).status).toBe(0);
    expect((await verifyIn({ SOCAI_TRUST: at('missing') }, ...trusted)).status).toBe(2);
    expect(
      (await verifyIn({ SOCAI_TRUST: at('missing') }, '--trust', at('data/trust/bundle'), ...trusted)).status,
    ).toBe(0);
  });

  test('with the roots of --roots or SOCAI_TRUST_ROOTS takes no other roots’ bundle', async () => {
    await put('roots', utf8(`threshold 1\nroot ${formatVkey(world.bundle.roots[0]!)}\n`));
    const stranger = seedSigner('stranger.example/root', ED25519, new Uint8Array(32).fill(77));
    await put('strangers', utf8(`threshold 1\nroot ${formatVkey(stranger)}\n`));
    expect((await verify('--roots', at('roots'), at('hoc-ba.pdf'))).status).toBe(0);
    const env = { SOCAI_DATA_DIR: at('data'), SOCAI_TRUST_ROOTS: at('strangers') };
    const { status, out } = await verifyIn(env, '--json', at('hoc-ba.pdf'));
    expect([status, JSON.parse(out)]).toEqual([
      3,
      expect.objectContaining({ verdict: 'unchecked', code: 'TRUST_NOT_PINNED' }),
    ]);
    for (const wrong of [at('missing'), at('hoc-ba.pdf')])
      expect((await verify('--roots', wrong, at('hoc-ba.pdf'))).status).toBe(2);
  });

  test('a second --trust is the bundle of the time before a school closed', async () => {
    await put('closed', await world.trustWith({ serial: 2, schools: [] }));
    const now = ['--json', '--trust', at('closed'), at('hoc-ba.pdf')];
    expect(JSON.parse((await verify(...now)).out)).toMatchObject({ code: 'ISSUER_NOT_TRUSTED' });
    const { status, out } = await verify(
      '--trust',
      at('closed'),
      '--trust',
      at('data/trust/bundle'),
      ...now.slice(3),
      '--json',
    );
    expect([status, JSON.parse(out).reasons[0]]).toEqual([
      0,
      expect.stringContaining('keys are those of bundle 1'),
    ]);
    const older = await verify(
      '--trust',
      at('data/trust/bundle'),
      '--trust',
      at('closed'),
      '--json',
      at('hoc-ba.pdf'),
    );
    expect(JSON.parse(older.out)).toMatchObject({ verdict: 'unchecked', code: 'TRUST_ROLLED_BACK' });
    expect((await verify('--trust', at('closed'), '--trust', at('missing'), at('hoc-ba.pdf'))).status).toBe(
      2,
    );
  });

  test('reads the status from a ledger folder, and asks for one with --require-status', async () => {
    expect((await verify('--require-status', at('hoc-ba.pdf'))).status).toBe(3);
    const { status, out } = await verify(
      '--require-status',
      '--json',
      '--ledger',
      at('ledger'),
      at('hoc-ba.pdf'),
    );
    expect(JSON.parse(out).status).toEqual({ method: 'scan', asOf: '2026-06-01T02:00:00.000Z', size: 10 });
    expect(status).toBe(0);
    expect((await verify('--ledger', at('no-ledger'), at('hoc-ba.pdf'))).status).toBe(3);
    expect((await verify('--ledger', 'http://127.0.0.1:1/ledger', at('hoc-ba.pdf'))).status).toBe(3);
  });

  test('reads no more of a huge file than it needs to refuse it', async () => {
    await put('huge.pdf', Buffer.alloc(12 * 1024 * 1024, '%PDF-1.7\n'));
    expect(JSON.parse((await verify('--json', at('huge.pdf'))).out).code).toBe('FILE_TOO_LARGE');
  });

  test('is wrongly used without files, with unknown options, or with a file that is not there', async () => {
    for (const args of [
      [],
      ['--colour', 'x'],
      [at('missing.pdf')],
      ['--hash', 'ABC', '--url', base],
      ['--hash', 'ABC'],
      ['--hash', 'ABC', '--url', 'example'],
    ]) {
      const { status, out, err } = await verify(...args);
      expect(status).toBe(2);
      expect(out).toBe('');
      expect(err).not.toBe('');
    }
  });
});

describe('socai verify --hash', () => {
  test('asks for the public opening only and checks it itself', async () => {
    for (const code of [toHex(issued.plan.hash), formatVerificationCode(issued.plan.hash).toLowerCase()]) {
      const { status, out } = await verify(
        '--json',
        '--hash',
        code,
        '--url',
        `${base}/`,
        '--ledger',
        at('ledger'),
      );
      expect(JSON.parse(out)).toMatchObject({ verdict: 'valid', document: null, status: { method: 'scan' } });
      expect(status).toBe(0);
    }
  });

  test('of an unknown code, or a server that is away, stays unchecked', async () => {
    const unknown = '00'.repeat(32);
    expect((await verify('--hash', unknown, '--url', base)).status).toBe(3);
    expect((await verify('--hash', unknown, '--url', 'http://127.0.0.1:1')).status).toBe(3);
  });
});

describe('socai refresh', () => {
  const refresh = (...args: readonly string[]) => run(refreshCommand, { SOCAI_DATA_DIR: at('data') }, args);

  test('writes the same document with a newer proof, and never over a file that is there', async () => {
    const given = [at('hoc-ba.pdf'), '--ledger', at('ledger'), '--out', at('new.pdf')];
    expect(await refresh(...given)).toMatchObject({ status: 0, err: `wrote ${at('new.pdf')}\n` });
    expect((await verify(at('new.pdf'), '--ledger', at('ledger'))).status).toBe(0);
    const again = await refresh(...given);
    expect([again.status, again.err]).toEqual([2, expect.stringContaining('EEXIST') as unknown]);
  });

  test('writes nothing for what is not valid, or not to be checked, or not said', async () => {
    const to = ['--ledger', at('ledger'), '--out', at('none.pdf')];
    expect((await refresh(at('altered.pdf'), ...to)).status).toBe(1);
    expect((await refresh(at('unproven.pdf'), ...to)).status).toBe(3);
    expect((await refresh(at('hoc-ba.pdf'), '--ledger', at('nowhere'), '--out', at('none.pdf'))).status).toBe(
      3,
    );
    expect((await refresh(at('hoc-ba.pdf'), '--out', at('none.pdf'))).status).toBe(2);
    expect((await refresh(...to)).status).toBe(2);
    await expect(stat(at('none.pdf'))).rejects.toThrow('ENOENT');
  });
});

describe('socai verify of what is presented', () => {
  test('takes a presentation as JSON, as a credential and as a slip, text or bytes', async () => {
    for (const name of ['shown.json', 'whole.json', 'slip.txt', 'slip.bin']) {
      const { status, out } = await verify(at(name), '--ledger', at('ledger'), '--json');
      expect([name, status, JSON.parse(out).verdict]).toEqual([name, 0, 'valid']);
    }
    const { out } = await verify(at('shown.json'));
    expect(out).toContain('statement/completed-grade/6 = true');
    expect(out).toContain('https://thpt.example');
  });

  test('an SD-JWT without its place in the ledger is unchecked; one made for others is refused to --audience', async () => {
    const bare = await verify(at('shown.sd-jwt'), '--json');
    expect([bare.status, JSON.parse(bare.out).code]).toEqual([3, 'NO_PROOF']);
    const other = await verify(at('shown.json'), '--audience', 'https://other.example', '--json');
    expect([other.status, JSON.parse(other.out).code]).toEqual([1, 'PRESENTATION_AUDIENCE']);
    expect((await verify(at('shown.json'), '--audience', 'https://thpt.example')).status).toBe(0);
  });
});
