/** "Tôi được làm gì" in a real browser: what the page says of a person is what the server answers them. */
import { describe, expect } from '@jest/globals';
import type { PlayerAccount } from '#fixtures/play/client.js';
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
  signIn,
  unlessSkipped,
  useSite,
} from './site.js';

useSite('staff-only');

async function openAs(role: string, viewport: typeof DESK): Promise<void> {
  await open(viewport, '/toi-duoc-lam-gi');
  await signIn(server.accounts.find(({ roles }) => roles.includes(role)) as PlayerAccount);
  await page.getByRole('heading', { name: 'Tôi được làm gì' }).waitFor();
  await page.getByRole('heading', { name: 'Học bạ' }).waitFor();
}

/** The line of an action. */
const line = (label: string) => page.getByRole('listitem').filter({ hasText: label }).first();

describe(`what I may do${unlessSkipped}`, () => {
  browsing(
    'the IT officer reads why there is no mark to enter and nothing to approve, and that the clock has no button',
    async () => {
      await openAs('it-officer', DESK);
      expect(await line('Nhập điểm nháp').textContent()).toMatch(/^\s*Không.*R1\.4/);
      expect(await line('Duyệt đề nghị sửa').textContent()).toContain('Không');
      expect(await line('Mở nhập điểm').textContent()).toMatch(/^\s*Được.*R5\.5/);
      await picture(page, 'my-rights');
      await page.getByLabel('Chỉ hiện việc được làm').check();
      expect(await page.getByText('Nhập điểm nháp', { exact: true }).count()).toBe(0);
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );

  browsing(
    'on a phone a vice-principal finds the page in the account menu, and nothing is wider than the screen',
    async () => {
      await openAs('vice-principal', PHONE);
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
      expect(offences).toEqual(NO_OFFENCES);
      await context.close();
    },
    60_000,
  );
});
