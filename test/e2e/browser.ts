/** A real Chromium out of npm alone, for the end-to-end tests; no system package, no request beyond our own server. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** A started browser and how to be rid of it. */
export interface StartedBrowser {
  readonly browser: Browser;
  /** Ends the browser and removes what was unpacked for it. */
  stop(): Promise<void>;
}

/** Where pictures of the pages go: git-ignored, kept by CI as an artefact. */
const SCREENSHOTS = fileURLToPath(new URL('../../reports/screenshots/', import.meta.url));

/**
 * Only what a container needs. Never the package's own `chromium.args`: they hold `--disable-web-security`, with which
 * a test of the content security policy or of same-origin rules would prove nothing.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Chromium.
 * @returns the browser, or a text that says why there is none on this machine
 * @throws when SOCAI_REQUIRE_CHROMIUM=1 and it cannot start
 */
export async function startBrowser(): Promise<StartedBrowser | string> {
  const folder = await mkdtemp(join(tmpdir(), 'socai-chromium-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { executablePath, env } = await unpack(folder);
    const browser = await chromium.launch({ executablePath, args: ARGUMENTS, env, headless: true });
    return {
      browser,
      stop: async () => {
        await browser.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    if (process.env['SOCAI_REQUIRE_CHROMIUM'] === '1') throw error;
    const [firstLine] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `Chromium does not start on this machine: ${firstLine}`;
  }
}

async function unpack(
  folder: string,
): Promise<{ executablePath: string; env: Record<string, string | undefined> }> {
  const script = fileURLToPath(new URL('./unpack-chromium.mjs', import.meta.url));
  const env = { ...process.env, TMPDIR: folder, HOME: folder };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
  const unpacked = JSON.parse(stdout) as { executablePath: string; env: Record<string, string> };
  return { executablePath: unpacked.executablePath, env: { ...env, ...unpacked.env } };
}

/** What a page did that it must not do. */
export interface Offences {
  /** Requests to another origin than `origin`; data: and blob: addresses are not requests. */
  readonly foreignRequests: readonly string[];
  /** Violations of the content security policy, as the browser reports them. */
  readonly policyViolations: readonly string[];
  /** Errors that no code caught. */
  readonly uncaughtErrors: readonly string[];
}

/** Watches every page of a context from its first request on. Read the lists at the end of the test. */
export function watchOffences(context: BrowserContext, origin: string): Offences {
  const offences = {
    foreignRequests: [] as string[],
    policyViolations: [] as string[],
    uncaughtErrors: [] as string[],
  };
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:|^wss?:/.test(url.protocol) && url.origin !== origin)
      offences.foreignRequests.push(request.url());
  });
  context.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) offences.policyViolations.push(message.text());
  });
  context.on('weberror', (error) => {
    offences.uncaughtErrors.push(String(error.error()));
  });
  return offences;
}

/** Whether the page is wider than the window, so that a phone would have to be moved sideways to read it. */
export async function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
}

/** Keeps a picture of the page under reports/screenshots. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage });
}
