import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommand } from '#cli/demo.js';

/** RFC 6238, appendix B: this secret (base32 of "12345678901234567890") shows 94287082 at 59 s, six digits 287082. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'socai-demo-code-'));
  const account = (username: string) => ({ username, totpSecret: RFC_SECRET });
  const accounts = ['hieutruong.th-mot', 'hieutruong.th-hai', 'gv.lan.th-mot'].map(account);
  await writeFile(join(data, 'demo-accounts.json'), JSON.stringify({ accounts }));
});
afterAll(() => rm(data, { recursive: true }));

async function code(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: Readable.from([]), stdout, stderr, env: { SOCAI_DATA_DIR: data } };
  const status = await demoCommand(['code', ...args], { ...io, now: () => new Date(59_000) });
  stdout.end();
  stderr.end();
  return { status, out: await text(stdout), err: await text(stderr) };
}

describe('socai demo code', () => {
  test('prints the code of an account now, and nothing else on standard output', async () => {
    const full = await code('gv.lan.th-mot');
    expect([full.status, full.out]).toEqual([0, '287082\n']);
    expect(full.err).toContain('1 more second');
    expect((await code('gv.lan')).out).toBe('287082\n');
  });

  test('names the accounts when the beginning fits several, or none', async () => {
    const several = await code('hieutruong');
    expect([several.status, several.out]).toEqual([2, '']);
    expect(several.err).toMatch(/hieutruong\.th-mot\n.*hieutruong\.th-hai\n$/);
    expect((await code('gv')).out).toBe('287082\n');
    expect((await code('nobody')).err).toContain('gv.lan.th-mot');
  });

  test('says what to do when there is no demo, and how it is used', async () => {
    const nowhere = await code('gv.lan', '--data', join(data, 'nowhere'));
    expect([nowhere.status, nowhere.out]).toEqual([2, '']);
    expect(nowhere.err).toContain('npm start');
    expect((await code()).err).toContain('usage: socai demo');
  });
});
