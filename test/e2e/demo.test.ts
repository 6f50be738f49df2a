/**
 * `npm run demo`, as a user runs it, and its files in the hands of tools that know nothing of us: pdfsig with the
 * school's certificate, openssl, and the Go project's transparency-log library.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judgeByCli, judgeByOpenssl, judgeByPdfsig, nssDatabase } from '../conformance/file-judges.js';
import { buildGoChecker, goIsThere } from '../conformance/go-checker.js';
import { readIssuedFolder } from '../conformance/issued-folder.js';
import { judgeByPage } from '../conformance/page-judge.js';
import { missingWords, textOf } from '../conformance/printed-data.js';
import { startBrowser } from './browser.js';

const SLUG = 'thcs-song-may';
const withGo = goIsThere ? test : test.skip;
const hasPoppler =
  spawnSync('pdfsig', ['-v']).error === undefined && spawnSync('certutil', ['-H']).error === undefined;
const withPdfsig = hasPoppler || process.env['SOCAI_REQUIRE_POPPLER'] === '1' ? test : test.skip;
const hasOpenssl = spawnSync('openssl', ['version']).error === undefined;
const withOpenssl = hasOpenssl || process.env['SOCAI_REQUIRE_OPENSSL'] === '1' ? test : test.skip;

let scratch: string;
let out: string;
let played: { status: number | null; stdout: string; stderr: string };

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-demo-'));
  out = join(scratch, 'demo');
  const args = ['dist/apps/cli/src/main.js', 'demo', '--only', SLUG, '--out', out];
  played = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 170_000 });
}, 180_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

const data = () => join(out, 'data');
const authority = () => join(data(), 'certificates', SLUG, 'ca.pem');
async function firstTranscript(): Promise<string> {
  const [first] = (await readdir(join(out, 'transcripts'))).sort();
  return join(out, 'transcripts', first ?? '');
}

describe('the demo', () => {
  test('ends well, every step with what it proves, and leaves 45 transcripts', async () => {
    expect(`${played.stderr}${played.stdout}`).toContain('every step holds');
    expect(played.status).toBe(0);
    expect(played.stdout.match(/^✓ /gm)?.length).toBeGreaterThan(25);
    expect(await readdir(join(out, 'transcripts'))).toHaveLength(45);
  });

  test('refuses to remove a folder that it did not make', async () => {
    const mine = join(scratch, 'mine');
    await writeFile(mine, 'my notes');
    const args = ['dist/apps/cli/src/main.js', 'demo', '--out', mine];
    expect(spawnSync(process.execPath, args).status).toBe(2);
    expect(existsSync(mine)).toBe(true);
  });

  withPdfsig("pdfsig, given the school's certificate, finds every signature valid and trusted", async () => {
    const nss = join(scratch, 'nss');
    execFileSync('mkdir', ['-p', nss]);
    execFileSync('certutil', ['-N', '-d', nss, '--empty-password']);
    execFileSync('certutil', ['-A', '-d', nss, '-n', 'school', '-t', 'CT,C,C', '-i', authority()]);
    const { stdout } = spawnSync('pdfsig', ['-nssdir', nss, await firstTranscript()], { encoding: 'utf8' });
    expect(stdout.match(/Signature is Valid\./g)).toHaveLength(3);
    expect(stdout.match(/Certificate is Trusted\./g)).toHaveLength(3);
    expect(stdout.match(/Total document signed/g)).toHaveLength(1);
  });

  withPdfsig('pdfsig finds a signature of the file with one byte changed not valid', async () => {
    const changed = (await readdir(out)).find((name) => name.startsWith('changed-')) ?? '';
    const { stdout } = spawnSync('pdfsig', ['-nocert', join(out, changed)], { encoding: 'utf8' });
    expect(stdout).toContain('Digest Mismatch');
  });

  withPdfsig(
    'R16: every judge says the same of a sample of the files, and refuses the one that was changed',
    async () => {
      const school = readIssuedFolder(out, 9);
      const [first] = school.files;
      const changed = { ...first!, path: join(scratch, 'changed.pdf'), name: 'changed.pdf' };
      const bytes = await readFile(first!.path);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(changed.path, bytes);
      const files = [...school.files, changed];
      const paths = files.map(({ path }) => path);
      const good = files.map((file) => (file === changed ? 'refuses' : 'accepts'));

      const valid = (said: readonly (string | undefined)[]) =>
        said.map((each) => (each === 'valid' ? 'accepts' : 'refuses'));
      const [log] = [...school.logs.values()];
      const cli = judgeByCli(paths, school.trust, log);
      expect(valid(cli)).toEqual(good);
      const browser = await startBrowser();
      if (typeof browser === 'object') {
        const page = await judgeByPage(browser.browser, paths, school);
        await browser.stop();
        expect(files.map(({ name }) => page.get(name))).toEqual(cli);
      }
      const nss = nssDatabase(join(scratch, 'nss-all'), school.authorities);
      const signatures = first!.document.route.length;
      const pdfsig = paths.map((path) => judgeByPdfsig(path, nss, signatures));
      expect(await Promise.all(pdfsig)).toEqual(good);
      for (const [i, path] of paths.entries()) {
        const said = judgeByOpenssl(await readFile(path), authority(), join(scratch, 'cms'), signatures);
        expect([path, await said]).toEqual([path, good[i]]);
      }
      for (const { path, document } of school.files) expect(missingWords(document, textOf(path))).toEqual([]);
      // The twin: another pupil's data do not stand on the page.
      expect(missingWords(school.files[1]!.document, textOf(first!.path)).length).toBeGreaterThan(3);
    },
    60_000,
  );

  withOpenssl(
    "openssl accepts the seal's signature by the README's recipe, and refuses it over other bytes",
    async () => {
      const pdf = await readFile(await firstTranscript());
      const ranges = [...pdf.toString('latin1').matchAll(/\/ByteRange ?\[(\d+) (\d+) (\d+) (\d+)\]/g)].at(-1);
      const [a = 0, b = 0, c = 0, d = 0] = (ranges ?? []).slice(1).map(Number);
      const der = Buffer.from(pdf.subarray(a + b + 1, c - 1).toString('latin1'), 'hex');
      await writeFile(join(scratch, 'seal.der'), der.subarray(0, 4 + der.readUInt16BE(2)));
      const signed = Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]);
      const verify = async (content: Buffer) => {
        await writeFile(join(scratch, 'signed.bin'), content);
        const files = [
          '-in',
          join(scratch, 'seal.der'),
          '-content',
          join(scratch, 'signed.bin'),
          '-CAfile',
          authority(),
        ];
        const args = [
          'cms',
          '-verify',
          '-binary',
          '-cades',
          '-inform',
          'DER',
          ...files,
          '-purpose',
          'any',
          '-out',
          '/dev/null',
        ];
        return spawnSync('openssl', args).status;
      };
      expect(await verify(signed)).toBe(0);
      expect(await verify(Buffer.concat([signed, Buffer.from(' ')]))).not.toBe(0);
    },
  );

  withGo(
    'the Go library accepts the ledger: signature, both cosignatures, root, every inclusion',
    async () => {
      const bundle = await readFile(join(data(), 'trust', 'bundle'), 'utf8');
      const vkey = new RegExp(`^log (\\S+/${SLUG}\\+\\S+) from 0$`, 'm').exec(bundle)?.[1] ?? '';
      const judge = buildGoChecker(scratch);
      const witnesses = [...bundle.matchAll(/^witness \S+ (\S+)/gm)].map(([, key = '']) => key);
      expect(witnesses).toHaveLength(2);
      const verdict = judge(join(data(), 'ledger', SLUG), vkey, { witnesses });
      expect(verdict).toEqual({ status: 0, said: expect.stringMatching(/^ok \d+ /) });
      expect(Number(verdict.said.split(' ')[1])).toBeGreaterThan(45);
      expect(judge(join(data(), 'ledger', 'th-ben-tram'), vkey).status).toBe(1);
      const directory = /^directory (\S+)$/m.exec(bundle)?.[1] ?? '';
      expect(judge(join(data(), 'directory'), directory, { witnesses })).toMatchObject({ status: 0 });
    },
    120_000,
  );
});
