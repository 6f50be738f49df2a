/** Passkeys in a real browser with a virtual authenticator: added, signed in with, an act confirmed with one. */
import { describe, expect } from '@jest/globals';
import type { PasskeysAnswer } from '#contracts/passkeys.js';
import { overflowsSideways, picture } from './browser.js';
import {
  browsing,
  context,
  DESK,
  NO_OFFENCES,
  offences,
  open,
  page,
  PHONE,
  server,
  typeCode,
  typePassword,
  useSite,
} from './site.js';

const SCHOOL = 'thcs-song-may';

useSite('staff-only');

/** Gives the window a device that holds passkeys and asks its owner each time. */
async function withDevice(): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    },
  });
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
      await open(DESK, '/', withDevice);
      await typePassword(account);
      await typeCode(account);
      await openPasskeys();
      await page.getByText('Bạn chưa có khóa truy cập nào').waitFor();
      await picture(page, 'passkeys-none');

      await page.getByLabel('Tên khóa mới').fill('Điện thoại của tôi');
      await page.getByRole('button', { name: 'Thêm khóa truy cập' }).click();
      await page.getByRole('dialog').getByLabel('Mã 6 chữ số').waitFor();
      await picture(page, 'passkeys-confirm-code');
      await typeCode(account);
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
      await typePassword(account);
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
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    120_000,
  );
});
