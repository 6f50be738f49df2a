/** `socai verify` as a process of its own, on files in a folder. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartedServer } from './server.js';

const MAIN = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));

/** The CLI's answers by file name, "verdict CODE", with the trust bundle that the server hands out. */
export async function verdictsOfCli(
  { origin }: StartedServer,
  folder: string,
  names: readonly string[],
): Promise<Record<string, string>> {
  const bundle = await fetch(`${origin}/ledger/trust`);
  await writeFile(join(folder, 'bundle'), new Uint8Array(await bundle.arrayBuffer()));
  const args = [MAIN, 'verify', '--json', '--trust', 'bundle', ...names];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict);
  return Object.fromEntries(results.map(({ file, verdict, code }) => [file, `${verdict} ${code ?? ''}`]));
}

interface Verdict {
  readonly file: string;
  readonly verdict: string;
  readonly code: string | null;
}
