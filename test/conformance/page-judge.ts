/** The public verifier page as built, in a real Chromium, given many files at once. */
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser } from 'playwright-core';

const WEB = 'dist/web';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** What the page may read: a trust bundle, and folders of logs by origin. */
export interface PageMeans {
  readonly trust: string;
  readonly logs: ReadonlyMap<string, string>;
}

/**
 * Drops all files at once.
 * @param now the page's clock, where it is not the machine's
 * @returns "verdict CODE" by file name
 */
export async function judgeByPage(
  browser: Browser,
  paths: readonly string[],
  means: PageMeans,
  now?: Date,
): Promise<Map<string, string>> {
  const { url, close } = await serve(means);
  const page = await browser.newPage();
  try {
    if (now !== undefined) await page.clock.setFixedTime(now);
    await page.goto(`${url}/kiem-chung`);
    await page.locator('input[type=file]').setInputFiles([...paths]);
    await page.locator('[data-pile=finished]').waitFor({ timeout: 3_600_000 });
    const lines = await page.evaluate<[string, string][]>(READ_LINES);
    return new Map(lines.map(([name, said]) => [name, said.trim()]));
  } finally {
    await page.close();
    close();
  }
}

const READ_LINES = `[...document.querySelectorAll('.pile-line')].map((line) => [
  line.querySelector('.pile-name').firstChild.textContent, line.dataset.verdict + ' ' + line.dataset.code])`;

async function serve({ trust, logs }: PageMeans): Promise<{ url: string; close: () => void }> {
  const schools = [...logs].map(([origin, folder]) => ({
    origin,
    folder,
    school: origin.split('/').at(-1) ?? '',
  }));
  const fileAt = (path: string): string | Buffer => {
    if (path === '/ledger/trust') return trust;
    if (path === '/ledger/') return Buffer.from(JSON.stringify({ logs: schools }));
    const log = schools.find(({ school }) => path.startsWith(`/ledger/${school}/`));
    if (log !== undefined) return join(log.folder, normalize(path.slice(`/ledger/${log.school}`.length)));
    return join(WEB, path === '/kiem-chung' ? 'kiem-chung.html' : normalize(path));
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const found = fileAt(pathname);
    if (typeof found === 'string' && !existsSync(found)) {
      response.writeHead(404).end();
      return;
    }
    const type = typeof found === 'string' ? TYPES[extname(found)] : 'application/json';
    response.setHeader('content-type', type ?? 'application/octet-stream');
    response.end(typeof found === 'string' ? readFileSync(found) : found);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, close: () => server.close() };
}
