/** A SoftHSM of the test's own: a folder of tokens that only this process sees. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { describe } from '@jest/globals';
import pkcs11js from 'pkcs11js';
import type { TokenAccess } from '#signing-node/pkcs11-token.js';

const MODULES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
];
const MODULE = MODULES.find((path) => existsSync(path));

/** Describes what needs Debian's softhsm2; without it named as skipped, unless SOCAI_REQUIRE_SOFTHSM=1. */
export const describeWithSoftHsm =
  MODULE !== undefined || process.env['SOCAI_REQUIRE_SOFTHSM'] === '1' ? describe : describe.skip;
if (MODULE === undefined) console.warn('skipped: no SoftHSM on this machine (Debian: softhsm2)');

const PIN = '482913';

export interface SoftHsm {
  readonly folder: string;
  /** What opens a token of this label, which is made. */
  token(label: string): TokenAccess;
  remove(): void;
}

/** Points this process's SoftHSM at a new folder. */
export async function softHsm(): Promise<SoftHsm> {
  const folder = mkdtempSync(join(tmpdir(), 'socai-softhsm-'));
  const configuration = join(folder, 'softhsm2.conf');
  mkdirSync(join(folder, 'tokens'));
  writeFileSync(configuration, `directories.tokendir = ${join(folder, 'tokens')}\nlog.level = ERROR\n`);
  await setRealEnvironment('SOFTHSM2_CONF', configuration);
  finalize();
  return {
    folder,
    token: (label) => {
      const made = spawnSync(
        'softhsm2-util',
        ['--init-token', '--free', '--label', label, '--so-pin', '12345678', '--pin', PIN],
        { env: { ...process.env, SOFTHSM2_CONF: configuration }, encoding: 'utf8' },
      );
      if (made.status !== 0) throw new Error(`softhsm2-util: ${made.stderr}${made.stdout}`);
      return { module: MODULE ?? '', token: label, pin: PIN };
    },
    remove: () => {
      finalize();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The library is one for the whole process, which runs several test files: the next begins with its own folder. */
function finalize(): void {
  if (MODULE === undefined) return;
  const library = new pkcs11js.PKCS11();
  library.load(MODULE);
  try {
    library.C_Finalize();
  } catch {
    // Nobody had begun.
  }
}

/** The library asks getenv; process.env in a test is a copy that no library sees. A thread that shares the true one sets it. */
async function setRealEnvironment(name: string, value: string): Promise<void> {
  const code = `process.env[${JSON.stringify(name)}] = ${JSON.stringify(value)}`;
  const thread = new Worker(code, { eval: true, env: SHARE_ENV });
  await new Promise((resolve, reject) => thread.once('exit', resolve).once('error', reject));
}
