import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { witnessPath } from '#ledger/log/witness.js';
import { ORIGIN } from './logs.js';
import { branchRequest, request } from './witness-requests.js';

jest.setTimeout(60_000);

let folder: string;
let witness: { readonly child: ChildProcess; readonly url: string } | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socai-dying-'));
});
afterEach(async () => {
  await kill();
  await rm(folder, { recursive: true });
});

describe('a witness killed with SIGKILL never signs a fork afterwards', () => {
  test('after the store, before the answer: it knows what it signed, and signs no other branch', async () => {
    await start('never');
    expect(await add(await request(0, 300))).toMatchObject({ status: 200 });
    await kill();
    await start('after');
    await expect(add(await request(300, 310))).rejects.toThrow();
    await ended();

    await start('never');
    expect(await newestSize()).toBe(310);
    expect(await add(await branchRequest(300, 311, 305))).toMatchObject({ status: 409, text: '310\n' });
    expect(await add(await branchRequest(310, 311, 305))).toMatchObject({ status: 422 });
    // The log repeats its question with the size it is told, and gets what it did not get.
    expect(await add(await request(300, 310))).toMatchObject({ status: 409, text: '310\n' });
    expect(await add(await request(310, 310))).toMatchObject({ status: 200 });
  });

  test('before the store: it has signed nothing, and either branch may come first', async () => {
    await start('before');
    await expect(add(await request(0, 300))).rejects.toThrow();
    await ended();

    await start('never');
    expect(await newestSize()).toBeUndefined();
    expect(await add(await branchRequest(0, 301, 200))).toMatchObject({ status: 200 });
    expect(await add(await request(301, 310))).toMatchObject({ status: 422 });
  });

  test('killed again and again under load: what was answered is never taken back, nor contradicted', async () => {
    let cosigned = 0;
    for (let round = 0; round < 3; round++) {
      await start('never');
      const known = (await newestSize()) ?? 0;
      expect(known).toBeGreaterThanOrEqual(cosigned);
      cosigned = known;
      let dying: Promise<void> | undefined;
      for (let size = known + 1; ; size++) {
        // The signal reaches it while it works on one of the next requests.
        if (size === known + 5 + 7 * round) dying = kill();
        const answer = await add(await request(size - 1, size)).catch(() => undefined);
        if (answer === undefined) break;
        expect([size, answer.status]).toEqual([size, 200]);
        cosigned = size;
      }
      await dying;
    }
    expect(cosigned).toBeGreaterThan(15);
  });
});

async function start(moment: 'before' | 'after' | 'never'): Promise<void> {
  const loader = resolve('ledger/test/source-loader.mjs');
  const entry = resolve('ledger/test/dying-witness.ts');
  const args = ['--no-warnings', '--conditions=socai-source', '--import', loader, entry, folder, moment];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  witness = { child, url };
}

async function kill(): Promise<void> {
  const { child } = witness ?? {};
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Waits until the witness has killed itself. */
async function ended(): Promise<void> {
  const { child } = witness ?? {};
  if (child !== undefined && child.signalCode === null) await once(child, 'exit');
  expect(child?.signalCode).toBe('SIGKILL');
}

async function add(body: Uint8Array): Promise<{ readonly status: number; readonly text: string }> {
  const url = `${witness?.url ?? ''}/add-checkpoint`;
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(body) });
  return { status: answer.status, text: await answer.text() };
}

async function newestSize(): Promise<number | undefined> {
  const answer = await fetch(`${witness?.url ?? ''}/${witnessPath(ORIGIN)}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return answer.status === 404 ? undefined : parseCheckpoint(parseNote(bytes).text).size;
}
