/** Signing in and activating an account in a real browser: by keyboard, with words for what goes wrong. */
import { beforeAll, describe, expect } from '@jest/globals';
import type { IssuedCodeAnswer } from '#contracts/accounts.js';
import { totpCode } from '#api/identity/totp.js';
import { overflowsSideways, picture } from './browser.js';
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
  useSite,
} from './site.js';

const SCHOOL = 'thcs-song-may';
const PASSWORD = 'con trâu đi trước cái cày';

useSite('staff-only');

/** The words of an alert, once they are there. */
async function alert(): Promise<string> {
  await page.getByRole('alert').waitFor();
  return (await page.getByRole('alert').textContent()) ?? '';
}

describe('signing in', () => {
  browsing(
    'goes in two steps by keyboard alone; a wrong and a used code are refused in words',
    async () => {
      const account = server.accounts.find(
        (one) => one.school === SCHOOL && one.roles.includes('it-officer'),
      )!;
      await open(DESK, '/');
      await page.getByLabel('Tên đăng nhập').waitFor();
      await page.keyboard.type(account.username);
      await page.keyboard.press('Tab');
      await page.keyboard.type(account.password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Xác thực lần hai' }).waitFor();
      await picture(page, 'second-step');
      const other = page.getByRole('button', { name: 'Dùng mã 6 chữ số' });
      if (await other.isVisible()) await other.click();
      await page.keyboard.type('000000');
      await page.keyboard.press('Enter');
      expect(await alert()).toContain('không đúng hoặc đã dùng');
      await picture(page, 'second-step-wrong');
      const code = await server.desks.of(account.personId).nextCode();
      await page.getByLabel('Mã 6 chữ số').fill(code);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Lớp học' }).waitFor();
      expect((await context.cookies()).filter(({ name }) => name.startsWith('__Host-'))).toEqual([
        expect.objectContaining({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/' }),
      ]);
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    90_000,
  );
});

describe('a letter with an activation code', () => {
  let letter: IssuedCodeAnswer;

  beforeAll(async () => {
    if (!canBrowse) return;
    const it = server.desks.withRole(SCHOOL, 'it-officer');
    const account = { kind: 'staff', name: 'gv.thu', fullName: 'Nguyễn Thị Thư', title: 'Giáo viên' };
    letter = await it.post<IssuedCodeAnswer>('/api/accounts', account);
  }, 60_000);

  browsing(
    'becomes an account on a phone: a password, an authenticator app, ten recovery codes, and signing in with one',
    async () => {
      await open(PHONE, '/');
      await page.getByRole('link', { name: 'Kích hoạt tài khoản' }).click();
      await picture(page, 'activation-phone');
      await page.getByLabel('Tên đăng nhập').fill(letter.username);
      await page.getByLabel('Mã kích hoạt').fill('0000-0000-0000-0000');
      await page.getByRole('button', { name: 'Tiếp tục' }).click();
      expect(await alert()).toContain('mã kích hoạt không đúng, đã dùng hoặc đã hết hạn');
      await page.getByLabel('Mã kích hoạt').fill(letter.activationCode.toLowerCase().replaceAll('-', ' '));
      await page.getByRole('button', { name: 'Tiếp tục' }).click();
      await page.getByLabel('Mật khẩu mới', { exact: true }).fill('nguyenthithu1');
      await page.getByLabel('Nhập lại mật khẩu mới').fill('nguyenthithu1');
      const secret = ((await page.locator('code.secret').textContent()) ?? '').replaceAll(' ', '');
      const appCode = totpCode(secret, new Date());
      await page.getByLabel('Mã 6 chữ số').fill(appCode);
      await page.getByRole('button', { name: 'Kích hoạt' }).click();
      expect(await alert()).toContain('Mật khẩu không được là tên đăng nhập, họ tên hoặc tên trường.');
      await picture(page, 'activation-weak-phone', true);
      expect(await overflowsSideways(page)).toBe(false);
      await page.getByLabel('Mật khẩu mới', { exact: true }).fill(PASSWORD);
      await page.getByLabel('Nhập lại mật khẩu mới').fill(PASSWORD);
      await page.getByRole('button', { name: 'Kích hoạt' }).click();
      await page.getByRole('heading', { name: 'Tài khoản đã sẵn sàng' }).waitFor();
      await picture(page, 'recovery-codes-phone', true);
      expect(await overflowsSideways(page)).toBe(false);
      const codes = await page.locator('.recovery-codes code').allTextContents();
      expect(new Set(codes).size).toBe(10);

      await page.getByRole('link', { name: 'Đến trang đăng nhập' }).click();
      await page.getByLabel('Tên đăng nhập').fill(letter.username);
      await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await page.getByRole('button', { name: 'Dùng mã khôi phục' }).click();
      await picture(page, 'second-step-phone');
      await page.getByLabel('Mã khôi phục').fill(codes[3] ?? '');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Tài khoản' }).waitFor();
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    90_000,
  );
});
