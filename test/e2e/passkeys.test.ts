/** Passkeys in a real browser with a virtual authenticator: added, signed in with, an act confirmed with one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { PlayerAccount } from '#fixtures/play/client.js';
import type { PasskeysAnswer } from '#contracts/passkeys.js';
import { overflowsSideways, picture, startBrowser, watchOffences, type Offences } from './browser.js';
import { FIRST_START_MS, startServer, type StartedServer } from './server.js';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const NONE: Offences = { foreignRequests: [], policyViolations: [], uncaughtErrors: [] };
const SCHOOL = 'thcs-song-may';

const started = await startBrowser();
const browsing = typeof started === 'string' ? test.skip : test;

let server: StartedServer;
let context: BrowserContext;
let page: Page;
let offences: Offences;

beforeAll(async () => {
  if (typeof started !== 'string') server = await startServer('staff-only');
}, FIRST_START_MS + 10_000);
afterAll(async () => {
  if (typeof started !== 'string') await started.stop();
  await server?.stop();
}, 30_000);

/** A window with a device that holds passkeys and asks its owner each time. */
async function open(viewport: { width: number; height: number }): Promise<void> {
  if (typeof started === 'string') throw new Error(started);
  context = await started.browser.newContext({ viewport });
  offences = watchOffences(context, server.origin);
  page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    },
  });
  await page.goto(server.origin);
}

async function givePassword({ username, password }: PlayerAccount): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

/** Confirms what the page asks to confirm with the code of now. */
async function giveCode({ personId }: PlayerAccount): Promise<void> {
  await page.getByLabel('Mã 6 chữ số').fill(await server.desks.of(personId).nextCode());
  await page.keyboard.press('Enter');
}

async function openPasskeys(): Promise<void> {
  await page.getByRole('button', { name: 'Tài khoản' }).click();
  await page.getByRole('link', { name: 'Khóa truy cập của tôi' }).click();
  await page.getByRole('heading', { name: 'Khóa truy cập của tôi' }).waitFor();
}

describe('a passkey', () => {
  browsing(
    'is added with a code, named, signs in, confirms its own withdrawal, and the server knows',
    async () => {
      const account = server.accounts.find((one) => one.school === SCHOOL && one.passkey === undefined)!;
      await open(DESK);
      await givePassword(account);
      await giveCode(account);
      await openPasskeys();
      await page.getByText('Bạn chưa có khóa truy cập nào').waitFor();
      await picture(page, 'passkeys-none');

      await page.getByLabel('Tên khóa mới').fill('Điện thoại của tôi');
      await page.getByRole('button', { name: 'Thêm khóa truy cập' }).click();
      await page.getByRole('dialog').getByLabel('Mã 6 chữ số').waitFor();
      await picture(page, 'passkeys-confirm-code');
      await giveCode(account);
      await page.getByRole('listitem').filter({ hasText: 'Điện thoại của tôi' }).waitFor();

      await page.getByLabel('Tên khóa mới').fill('Lần nữa');
      await page.getByRole('button', { name: 'Thêm khóa truy cập' }).click();
      await page.getByText('Thiết bị này đã có khóa truy cập của bạn.').waitFor();
      await page.getByRole('button', { name: 'Đổi tên' }).click();
      await page.getByLabel('Đổi tên').fill('Máy ở trường');
      await page.getByRole('button', { name: 'Lưu' }).click();
      await page.getByText('Máy ở trường').waitFor();
      await picture(page, 'passkeys');

      await page.setViewportSize(PHONE);
      await picture(page, 'passkeys-phone', true);
      expect(await overflowsSideways(page)).toBe(false);
      await page.getByRole('button', { name: 'Tài khoản' }).click();
      await page.getByRole('button', { name: 'Đăng xuất' }).click();
      await page.getByLabel('Tên đăng nhập').waitFor();
      await givePassword(account);
      await page.getByRole('button', { name: 'Xác thực bằng khóa truy cập' }).click();
      await openPasskeys();

      await page.getByRole('button', { name: 'Thu hồi' }).click();
      await page.getByRole('dialog').getByText('Khóa «Máy ở trường»').waitFor();
      await picture(page, 'passkeys-confirm-phone');
      expect(await overflowsSideways(page)).toBe(false);
      await page.getByRole('button', { name: 'Xác nhận bằng khóa truy cập' }).click();
      await page.getByText('Khóa đã thu hồi (1)').waitFor();

      const own = server.desks.of(account.personId);
      const { passkeys } = await own.get<PasskeysAnswer>('/api/passkeys');
      expect(passkeys).toMatchObject([
        { name: 'Máy ở trường', algorithm: 'ES256', lastUsedAt: expect.any(String) },
      ]);
      expect(passkeys[0]?.revokedAt).not.toBeNull();
      expect(offences).toEqual(NONE);
      await context.close();
    },
    120_000,
  );
});
