/** "Tôi được làm gì" in a real browser: what the page says of a person is what the server answers them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { PlayerAccount } from '#fixtures/play/client.js';
import { overflowsSideways, picture, startBrowser, watchOffences, type Offences } from './browser.js';
import { startServer, type StartedServer } from './server.js';

const NONE: Offences = { foreignRequests: [], policyViolations: [], uncaughtErrors: [] };
const PATH = '/toi-duoc-lam-gi';

const started = await startBrowser();
const browsing = typeof started === 'string' ? test.skip : test;
const unlessSkipped = typeof started === 'string' ? ` (skipped: ${started})` : '';

let server: StartedServer;
let context: BrowserContext;
let page: Page;
let offences: Offences;

beforeAll(async () => {
  if (typeof started !== 'string') server = await startServer('staff-only');
}, 120_000);

afterAll(async () => {
  if (typeof started !== 'string') await started.stop();
  await server?.stop();
}, 30_000);

async function signIn(role: string, width: number, height: number): Promise<void> {
  if (typeof started === 'string') throw new Error(started);
  const account = server.accounts.find(({ roles }) => roles.includes(role)) as PlayerAccount;
  context = await started.browser.newContext({ viewport: { width, height } });
  offences = watchOffences(context, server.origin);
  page = await context.newPage();
  await page.goto(`${server.origin}${PATH}`);
  await page.getByLabel('Tên đăng nhập').fill(account.username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByRole('heading', { name: 'Xác thực lần hai' }).waitFor();
  const byCode = page.getByRole('button', { name: 'Dùng mã 6 chữ số' });
  if (await byCode.isVisible()) await byCode.click();
  await page.getByLabel('Mã 6 chữ số').fill(await server.desks.of(account.personId).nextCode());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Tôi được làm gì' }).waitFor();
  await page.getByRole('heading', { name: 'Học bạ' }).waitFor();
}

/** The line of an action. */
const line = (label: string) => page.getByRole('listitem').filter({ hasText: label }).first();

describe(`what I may do${unlessSkipped}`, () => {
  browsing(
    'the IT officer reads why there is no mark to enter and nothing to approve, and that the clock has no button',
    async () => {
      await signIn('it-officer', 1440, 900);
      expect(await line('Nhập điểm nháp').textContent()).toMatch(/^\s*Không.*R1\.4/);
      expect(await line('Duyệt đề nghị sửa').textContent()).toContain('Không');
      expect(await line('Mở nhập điểm').textContent()).toMatch(/^\s*Được.*R5\.5/);
      await picture(page, 'my-rights');
      await page.getByLabel('Chỉ hiện việc được làm').check();
      expect(await page.getByText('Nhập điểm nháp', { exact: true }).count()).toBe(0);
      expect(offences).toEqual(NONE);
      await context.close();
    },
    60_000,
  );

  browsing(
    'on a phone a vice-principal finds the page in the account menu, and nothing is wider than the screen',
    async () => {
      await signIn('vice-principal', 390, 844);
      await page.goto(`${server.origin}/`);
      await page.getByRole('button', { name: 'Tài khoản' }).click();
      await page.getByRole('link', { name: 'Tôi được làm gì' }).click();
      await page.getByRole('heading', { name: 'Tôi được làm gì' }).waitFor();
      const approval = line('Duyệt đề nghị sửa');
      expect(await approval.textContent()).toContain('trong phần việc của mình');
      await approval.getByText('Bị từ chối khi').click();
      expect(await approval.textContent()).toContain('R3.1');
      expect(await overflowsSideways(page)).toBe(false);
      await picture(page, 'my-rights-phone');
      expect(offences).toEqual(NONE);
      await context.close();
    },
    60_000,
  );
});
