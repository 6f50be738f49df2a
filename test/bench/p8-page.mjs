// The page's part of P8: the verifier as built, in a real Chromium, given a file; from the choice of the file until its
// verdict stands on the page. Offline as the CLI is: the page gets the trust bundle, and no ledger to look a status up in.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from '../../apps/cli/launch/ready.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const NO_SANDBOX = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

/**
 * Milliseconds to a verdict in the page.
 * @param {Uint8Array} file the transcript
 * @param {Uint8Array} trust the trust bundle
 * @param {number} rounds windows opened anew, with one file after another in each
 * @returns {Promise<{ first: number[], later: number[] } | string>} the first file of each window and those after it; or
 *   why there is no browser
 */
export async function timeInPage(file, trust, rounds) {
  const started = await startChromium();
  if (typeof started === 'string') return started;
  const { url, close } = await serve({ '/ledger/trust': trust, '/hoc-ba.pdf': file });
  try {
    const first = [];
    const later = [];
    for (let round = 0; round < rounds; round++) {
      const context = await started.browser.newContext();
      const page = await context.newPage();
      // As a person finds it: open, with all loaded that it loads by itself.
      await page.goto(`${url}/kiem-chung.html`, { waitUntil: 'networkidle' });
      for (let i = 0; i < 4; i++)
        (i === 0 ? first : later).push(await page.evaluate(inWindow, `hoc-ba-${i}.pdf`));
      await context.close();
    }
    return { first, later };
  } finally {
    close();
    await started.stop();
  }
}

/** Runs in the page: chooses the file, and waits until its face has been drawn. */
/* global document, DataTransfer, File, MutationObserver, requestAnimationFrame, Event, setTimeout */
async function inWindow(name) {
  const bytes = await (await fetch('/hoc-ba.pdf')).arrayBuffer();
  const input = document.querySelector('input[type=file]');
  const chosen = new DataTransfer();
  chosen.items.add(new File([bytes], name));
  input.files = chosen.files;
  const verdict = new Promise((done) => {
    const look = () => {
      const face = document.querySelector('.face[data-verdict]');
      if (face?.querySelector('.face-subject')?.textContent === name) done(face.dataset.verdict);
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
  const started = performance.now();
  input.dispatchEvent(new Event('change', { bubbles: true }));
  const said = await verdict;
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const ms = performance.now() - started;
  if (said !== 'valid') throw new Error(`P8: the page says ${said}`);
  return ms;
}

/** The pages as built, and these paths besides. */
async function serve(more) {
  const web = join(ROOT, 'dist/web');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    try {
      const body = more[pathname] ?? readFileSync(join(web, normalize(pathname)));
      response.setHeader('content-type', TYPES[extname(pathname)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Chromium out of npm, as the end-to-end tests start it. */
async function startChromium() {
  const folder = mkdtempSync(join(tmpdir(), 'socai-chromium-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const env = { ...process.env, TMPDIR: folder, HOME: folder };
    const script = join(ROOT, 'test/e2e/unpack-chromium.mjs');
    const unpacked = JSON.parse(execFileSync(process.execPath, [script], { env, encoding: 'utf8' }));
    const { executablePath } = unpacked;
    const browser = await chromium.launch({
      executablePath,
      args: NO_SANDBOX,
      env: { ...env, ...unpacked.env },
    });
    const stop = async () => {
      await browser.close();
      remove();
    };
    return { browser, stop };
  } catch (error) {
    remove();
    if (process.env.SOCAI_REQUIRE_CHROMIUM === '1') throw error;
    return `Chromium does not start on this machine: ${error.message.split('\n')[0]}`;
  }
}
