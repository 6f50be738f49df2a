/** The first pages in a real browser against the real server: a teacher's sheet, and anyone's verification. */
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect } from '@jest/globals';
import { overflowsSideways, picture } from './browser.js';
import { verdictsOfCli } from './cli-verdicts.js';
import { oddFiles, twins } from './odd-files.js';
import {
  findDecimalCell,
  findIssuedTranscript,
  present,
  type DecimalCell,
  type IssuedTranscript,
} from './demo-school.js';
import {
  browsing,
  canBrowse,
  context,
  DESK,
  NO_OFFENCES,
  offences,
  open,
  page,
  PHONE,
  server,
  signIn,
  typePassword,
  unlessSkipped,
  useSite,
} from './site.js';

useSite();

/** Remembers how many bytes of a file were read at most. */
const COUNT_READ = `globalThis.longestRead = 0;
const read = Blob.prototype.arrayBuffer;
Blob.prototype.arrayBuffer = async function () {
  const bytes = await read.call(this);
  globalThis.longestRead = Math.max(globalThis.longestRead, bytes.byteLength);
  return bytes;
};`;

describe(`the staff's pages${unlessSkipped}`, () => {
  let cell: DecimalCell;

  beforeAll(async () => {
    if (canBrowse) cell = await findDecimalCell(server);
  }, 60_000);

  browsing(
    'a wrong password is refused in words, and what was typed stays',
    async () => {
      await open(DESK, '/');
      await picture(page, 'sign-in');
      await typePassword({ username: cell.account.username, password: 'sai-mat-khau' });
      await expect(page.getByRole('alert').textContent()).resolves.toContain(
        'Tên đăng nhập hoặc mật khẩu không đúng',
      );
      expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe(cell.account.username);
      await context.close();
    },
    60_000,
  );

  browsing(
    'a teacher signs in, finds the class and reads the marks with a decimal comma',
    async () => {
      await open(DESK, '/');
      await signIn(cell.account);
      await page.getByRole('link', { name: cell.className, exact: true }).waitFor();
      await picture(page, 'my-classes');
      await page.getByRole('link', { name: cell.className, exact: true }).click();
      await page.getByRole('heading', { name: `Lớp ${cell.className}` }).waitFor();
      const sheet = page.getByTitle(`${cell.areaLabel}, ${cell.periodLabel}`, { exact: true });
      await sheet.waitFor();
      await picture(page, 'class');
      await sheet.click();
      const row = page.getByRole('row').filter({ hasText: cell.pupilName }).first();
      await row.waitFor();
      expect(new URL(page.url()).pathname).toBe(cell.path);
      expect(await row.textContent()).toContain(cell.value.replace('.', ','));
      expect(await row.textContent()).not.toContain(cell.value);
      // Head, pupils, foot.
      expect(await page.getByRole('row').count()).toBe(cell.pupils + 2);
      await picture(page, 'sheet');
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );

  browsing(
    'a link to a sheet opens it after signing in; signing out closes the session on the server',
    async () => {
      await open(DESK, cell.path);
      await signIn(cell.account);
      await page.getByRole('heading', { name: cell.areaLabel }).waitFor();
      await page.getByRole('button', { name: 'Tài khoản' }).click();
      await page.getByRole('button', { name: 'Đăng xuất' }).click();
      await page.getByText('Bạn đã đăng xuất.').waitFor();
      expect((await context.request.get(`${server.origin}/api/session`)).status()).toBe(401);
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );

  browsing(
    'on a phone no page is wider than the screen, light or dark, in either language',
    async () => {
      await open(PHONE, '/');
      expect(await overflowsSideways(page)).toBe(false);
      await picture(page, 'sign-in-phone');
      await signIn(cell.account);
      await page.getByRole('heading', { name: 'Lớp học' }).waitFor();
      await picture(page, 'my-classes-phone');
      for (const path of ['/', `/lop/${cell.classId}`, cell.path]) {
        await page.goto(`${server.origin}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        expect([path, await overflowsSideways(page)]).toEqual([path, false]);
      }
      await page.getByText(cell.pupilName).first().waitFor();
      await picture(page, 'sheet-phone');
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.getByRole('button', { name: 'EN' }).click();
      await page.getByText('Draft').first().waitFor();
      expect(await overflowsSideways(page)).toBe(false);
      await picture(page, 'sheet-phone-dark-en');
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );
});

describe(`the public verifier${unlessSkipped}`, () => {
  let transcript: IssuedTranscript;

  beforeAll(async () => {
    if (canBrowse) transcript = await findIssuedTranscript(server);
  }, 60_000);

  async function verify(file: Uint8Array, name: string, mimeType = 'application/pdf'): Promise<string> {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.from(file) });
    const face = page.locator('[data-verdict]').filter({ hasText: name });
    await face.waitFor();
    return (await face.getAttribute('data-verdict')) ?? '';
  }

  browsing(
    'an issued transcript is valid and DEMO, its data is shown, and the file never leaves the browser',
    async () => {
      await open(DESK, '/kiem-chung');
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.method() !== 'GET' || request.postData() !== null)
          sent.push(`${request.method()} ${request.url()}`);
      });
      await picture(page, 'verifier');
      expect(await verify(transcript.pdf, 'hoc-ba.pdf')).toBe('valid');
      await page.getByRole('heading', { name: 'Hợp lệ' }).waitFor();
      const text = (await page.locator('main').textContent()) ?? '';
      expect(text).toContain('DEMO');
      expect(text).toContain(transcript.fullName);
      expect(text).toContain('Không có bản nào mới hơn');
      expect(sent).toEqual([]);
      expect(offences).toEqual(NO_OFFENCES);
      await picture(page, 'verifier-valid', true);
      await context.close();
    },
    60_000,
  );

  browsing(
    'one changed byte anywhere makes it not valid, with the reason in words and none of its data',
    async () => {
      await open(DESK, '/kiem-chung');
      const { pdf } = transcript;
      for (const part of [0.02, 0.5, 0.999]) {
        const changed = pdf.slice();
        const at = Math.floor(pdf.length * part);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const name = `sua-o-byte-${at}.pdf`;
        expect([name, await verify(changed, name)]).toEqual([name, 'invalid']);
        expect(await page.locator('[data-verdict] li').count()).toBeGreaterThan(0);
        expect(await page.getByRole('heading', { name: 'Dữ liệu đã kí' }).count()).toBe(0);
      }
      await page.getByRole('heading', { name: 'Không hợp lệ' }).waitFor();
      await picture(page, 'verifier-not-valid', true);
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );

  /** Each presentation with a twin of which one letter was changed. */
  const presented = async () => {
    const asked = { subjects: ['TOAN'], completion: true };
    const named = await present(server, transcript, {
      ...{ ...asked, kind: 'sd-jwt', audience: 'thpt.example', validDays: 30 },
    });
    const slip = await present(server, transcript, { ...asked, kind: 'slip' });
    const whole = await present(server, transcript, { kind: 'credential' });
    return { named: twins(named, '~WyJ'), slip: twins(slip, 'SC1:'), whole: twins(whole, '"value":"') };
  };

  browsing(
    'chosen subjects as a file are valid, for whom and until when is said; with one letter changed nothing of it is shown',
    async () => {
      const { named, whole } = await presented();
      await open(DESK, '/kiem-chung');
      expect(await verify(named.true, 'trich.json', 'application/json')).toBe('valid');
      const text = (await page.locator('main').textContent()) ?? '';
      expect(text).toContain('DEMO');
      expect(text).toContain('lập riêng cho “thpt.example”');
      expect(text).toMatch(/Dùng được đến\d\d\/\d\d\/20/);
      expect(text).toContain(transcript.fullName);
      expect(text).toContain('Toán');
      expect(text).not.toContain('Ngữ văn');
      await picture(page, 'verifier-presentation', true);
      expect(await verify(whole.true, 'toan-bo.json', 'application/json')).toBe('valid');
      expect(await page.locator('main').textContent()).toContain('Ngữ văn');
      for (const [name, changed] of [
        ['trich-sua.json', named.changed],
        ['toan-bo-sua.json', whole.changed],
      ] as const) {
        expect([name, await verify(changed, name, 'application/json')]).toEqual([name, 'invalid']);
        expect(await page.locator('main').textContent()).not.toContain(transcript.fullName);
      }
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );

  browsing(
    'what the QR code of a slip holds is valid when pasted, on a phone; with one letter changed it is not',
    async () => {
      const { slip } = await presented();
      await open(PHONE, '/kiem-chung');
      const paste = async (bytes: Uint8Array) => {
        await page.getByLabel('Mã xác thực').fill(new TextDecoder().decode(bytes));
        await page.getByRole('button', { name: 'Kiểm tra mã' }).click();
      };
      await paste(slip.true);
      await page.getByRole('heading', { name: 'Hợp lệ' }).waitFor();
      const text = (await page.locator('main').textContent()) ?? '';
      expect(text).toContain(transcript.fullName);
      expect(text).toContain('ai cầm cũng đưa ra được');
      expect(await overflowsSideways(page)).toBe(false);
      await picture(page, 'verifier-slip-phone', true);
      await paste(slip.changed);
      await page.getByRole('heading', { name: 'Không hợp lệ' }).waitFor();
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );

  browsing(
    'R16: many files at once, good, tampered, cut, foreign, locked or 100 MB long: each gets the verdict of the CLI',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'socai-pile-'));
      const { named, whole } = await presented();
      const files = {
        ...(await oddFiles(transcript.pdf)),
        'trich.json': named.true,
        'sua.json': whole.changed,
      };
      for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
      await writeFile(join(folder, 'film.pdf'), transcript.pdf);
      await truncate(join(folder, 'film.pdf'), 100 * 1024 * 1024);
      const names = [...Object.keys(files), 'film.pdf'];
      const cli = await verdictsOfCli(server, folder, names);

      await open(DESK, '/kiem-chung', async () => void (await page.addInitScript(COUNT_READ)));
      await page.locator('input[type=file]').setInputFiles(names.map((name) => join(folder, name)));
      await page.locator('[data-pile=finished]').waitFor();
      const lines = await page.locator('.pile-line').all();
      const seen = new Map<string, string>();
      for (const line of lines) {
        const name = ((await line.locator('.pile-name').textContent()) ?? '').split(' · ')[0] ?? '';
        const [verdict, code] = [
          await line.getAttribute('data-verdict'),
          await line.getAttribute('data-code'),
        ];
        seen.set(name, `${verdict} ${code}`);
      }
      expect(Object.fromEntries(seen)).toEqual(cli);
      expect(cli).toMatchObject({ 'hoc-ba.pdf': 'valid ', 'film.pdf': 'invalid FILE_TOO_LARGE' });
      expect(Object.values(cli).filter((each) => !/^(valid |invalid [A-Z_]+)$/.test(each))).toEqual([]);
      // What is worst stands first, and the film was not read into memory.
      expect(await lines[0]?.getAttribute('data-verdict')).toBe('invalid');
      expect(await page.evaluate<number>('globalThis.longestRead')).toBe(10 * 1024 * 1024 + 1);
      await page.locator('.pile-line').first().click();
      await picture(page, 'verifier-many', true);
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
      await rm(folder, { recursive: true });
    },
    120_000,
  );

  browsing(
    'the printed code is valid as typed and as linked; a code with one letter changed is not known',
    async () => {
      const { verificationCode } = transcript;
      await open(PHONE, `/kiem-chung#${verificationCode.replaceAll(' ', '')}`);
      await page.getByRole('heading', { name: 'Hợp lệ' }).waitFor();
      expect(await overflowsSideways(page)).toBe(false);
      await picture(page, 'verifier-code-phone', true);
      const mistyped = `${verificationCode.startsWith('A') ? 'B' : 'A'}${verificationCode.slice(1)}`;
      await page.getByLabel('Mã xác thực').fill(mistyped);
      await page.getByRole('button', { name: 'Kiểm tra mã' }).click();
      await page.getByText('Máy chủ này không biết mã ấy').waitFor();
      await page.getByLabel('Mã xác thực').fill(verificationCode.toLowerCase());
      await page.getByRole('button', { name: 'Kiểm tra mã' }).click();
      await page.getByRole('heading', { name: 'Hợp lệ' }).waitFor();
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );

  browsing(
    'loads at most 150 KB of script at first, gzipped',
    async () => {
      const html = await (await fetch(`${server.origin}/kiem-chung`)).text();
      const scripts = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path ?? '');
      expect(scripts.length).toBeGreaterThan(0);
      let bytes = 0;
      for (const path of scripts) {
        const response = await fetch(`${server.origin}${path}`, {
          headers: { 'accept-encoding': 'identity' },
        });
        bytes += gzipSync(new Uint8Array(await response.arrayBuffer())).length;
      }
      expect(bytes).toBeLessThan(150 * 1024);
    },
    60_000,
  );

  browsing(
    'the watch itself sees an inline script and a request to another origin',
    async () => {
      await open(DESK, '/kiem-chung');
      await page.evaluate(
        `(() => { const s = document.createElement('script'); s.textContent = '1'; document.body.append(s); })()`,
      );
      await page.evaluate(`fetch('http://127.0.0.1:9/').catch(() => undefined)`);
      expect(offences.policyViolations.length).toBeGreaterThan(1);
      await context.close();
    },
    60_000,
  );
});
