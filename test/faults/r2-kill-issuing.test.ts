/**
 * R2, R3 for issuing: the server is killed (SIGKILL) while a job composes a school's transcripts. It goes on by itself
 * when it is there again, and at the end each pupil is composed or held back once: issued n + held m = the class.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, jest, test } from '@jest/globals';
import { figure, FULL } from './figures.js';

const SEED = process.env['SOCAI_SEED'] ?? 'so-cai';
const KILLS = FULL ? 100 : 4;
jest.setTimeout(FULL ? 3_600_000 : 600_000);

interface Found {
  readonly kills: number;
  readonly interrupted: number;
  readonly faults: readonly string[];
}

test(`R2, R3: ${String(KILLS)} kills while transcripts are composed leave no pupil out and none twice`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kill-issuing-'));
  try {
    const found = await played(folder);
    const said = `${String(found.interrupted)} jobs were still running when the server was there again; seed ${SEED}`;
    figure({
      ...{ id: 'R3', what: 'half-composed classes, pupils left out or twice, after kills of an issuing job' },
      ...{ value: `${String(found.faults.length)} in ${String(found.kills)}`, bar: '0 in N' },
      ...{ holds: found.faults.length === 0, detail: said },
    });
    expect(found.faults).toEqual([]);
    expect(found.kills).toBe(KILLS);
    expect(found.interrupted).toBeGreaterThan(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** A process of its own, on the built server: one line of JSON. */
async function played(folder: string): Promise<Found> {
  const script = fileURLToPath(new URL('./kill-issuing.mjs', import.meta.url));
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [script, folder, String(KILLS), SEED], {
    ...{ env, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [status] = (await once(child, 'close')) as [number];
  if (status !== 0) throw new Error(`the kills ended with ${String(status)}`);
  return JSON.parse(said) as Found;
}
