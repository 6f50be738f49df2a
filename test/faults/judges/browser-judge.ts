/** Our verifier in a real Chromium: bundled as a page would carry it, then asked. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startBrowser } from '../../e2e/browser.js';

export interface BrowserJudge {
  /** "ok <index> of <size>", or the code of the step that does not hold. */
  proof(proof: Uint8Array, entry: Uint8Array, policy: Uint8Array): Promise<string>;
  /** What is wrong with the files of a log, "<code> <where>" each. */
  log(files: ReadonlyMap<string, Uint8Array>, vkey: string, policy: Uint8Array): Promise<string[]>;
  stop(): Promise<void>;
}

const ENTRY = fileURLToPath(new URL('./page.ts', import.meta.url));

/** Bundles the file it is given into one classic script, on standard output. The bundler does not run inside jest. */
const BUNDLE = `
import { build } from 'vite';
const [entry] = process.argv.slice(1);
const lib = { entry, formats: ['iife'], name: 'judges' };
const [{ output }] = [await build({ configFile: false, logLevel: 'error', build: { write: false, minify: false, lib } })].flat();
process.stdout.write(output[0].code);
`;

async function bundle(): Promise<string> {
  const args = ['--input-type=module', '-e', BUNDLE, ENTRY];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    maxBuffer: 16 * 1024 * 1024,
    timeout: 120_000,
  });
  return stdout;
}

/** Starts it; a text says why there is no browser on this machine. */
export async function startBrowserJudge(): Promise<BrowserJudge | string> {
  const script = await bundle();
  const started = await startBrowser();
  if (typeof started === 'string') return started;
  const page = await (await started.browser.newContext()).newPage();
  await page.addScriptTag({ content: script });
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const ask = <T>(call: string, ...args: readonly unknown[]): Promise<T> =>
    page.evaluate<T>(`${call}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
  return {
    proof: (proof, entry, policy) => ask('judgeProof', ...[proof, entry, policy].map(base64)),
    log: (files, vkey, policy) =>
      ask(
        'judgeLog',
        Object.fromEntries([...files].map(([path, bytes]) => [path, base64(bytes)])),
        vkey,
        base64(policy),
      ),
    stop: () => started.stop(),
  };
}
