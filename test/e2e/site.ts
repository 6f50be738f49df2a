/** One server and one browser for a test file, and the window that the test at hand has open. */
import { afterAll, beforeAll, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { PlayerAccount } from '#fixtures/play/client.js';
import { startBrowser, watchOffences, type Offences } from './browser.js';
import { FIRST_START_MS, startServer, type StartedServer } from './server.js';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const NO_OFFENCES: Offences = { foreignRequests: [], policyViolations: [], uncaughtErrors: [] };

const started = await startBrowser();
export const canBrowse = typeof started !== 'string';
export const browsing = canBrowse ? test : test.skip;
export const unlessSkipped = typeof started === 'string' ? ` (skipped: ${started})` : '';

export let server: StartedServer;
export let context: BrowserContext;
export let page: Page;
export let offences: Offences;

/** Starts the server for the tests of the file; nothing where there is no browser. */
export function useSite(...start: Parameters<typeof startServer>): void {
  beforeAll(async () => {
    if (canBrowse) server = await startServer(...start);
  }, FIRST_START_MS + 10_000);
  afterAll(async () => {
    if (typeof started !== 'string') await started.stop();
    await server?.stop();
  }, 30_000);
}

/**
 * Opens a window of its own: no cookie, no memory.
 * @param prepare what is done before the first page is asked for
 */
export async function open(
  viewport: { width: number; height: number },
  path: string,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  if (typeof started === 'string') throw new Error(started);
  context = await started.browser.newContext({ viewport });
  offences = watchOffences(context, server.origin);
  page = await context.newPage();
  await prepare();
  await page.goto(`${server.origin}${path}`);
}

export async function typePassword({
  username,
  password,
}: Pick<PlayerAccount, 'username' | 'password'>): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

/** Gives the code that the account's authenticator app shows now. */
export async function typeCode({ personId }: Pick<PlayerAccount, 'personId'>): Promise<void> {
  await page.getByLabel('Mã 6 chữ số').fill(await server.desks.of(personId).nextCode());
  await page.keyboard.press('Enter');
}

/** Password, then the code. */
export async function signIn(account: PlayerAccount): Promise<void> {
  await typePassword(account);
  await page.getByRole('heading', { name: 'Xác thực lần hai' }).waitFor();
  const byCode = page.getByRole('button', { name: 'Dùng mã 6 chữ số' });
  if (await byCode.isVisible()) await byCode.click();
  await typeCode(account);
}
