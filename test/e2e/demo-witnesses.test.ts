/** The demo's witnesses as `npm start` runs them: processes of their own that end with the server, however it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { HealthAnswer } from '#contracts/health.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';

const MAIN = fileURLToPath(new URL('../../dist/apps/api/src/main.js', import.meta.url));
const NAMES = ['so-gddt', 'truong-ban'] as const;

jest.setTimeout(120_000);

let folder: string;
let dataDir: string;
const running: Server[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socai-demo-witnesses-'));
  dataDir = join(folder, 'data');
});
afterAll(async () => {
  await Promise.all(running.map(kill));
  await rm(folder, { recursive: true });
});

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

describe('the witnesses of npm start', () => {
  test('two processes with two operators cosign every checkpoint; kill -9 of the server ends them too', async () => {
    const server = await start();
    await untilRunning(server);
    const [listed] = ((await json(`${server.url}/ledger/`)) as { logs: { school: string }[] }).logs;
    const base = `${server.url}/ledger/${listed?.school ?? ''}`;
    const policy = parsePolicy(await bytes(`${base}/policy`));
    const checked = checkCheckpoint(await bytes(`${base}/checkpoint`), policy);
    expect(checked.witnesses.map(({ name }) => name)).toEqual(NAMES);
    const operators = checked.witnesses.map(({ key }) => key.name.split('/')[0]);
    expect(new Set(operators).size).toBe(2);

    const addresses = await Promise.all(NAMES.map(address));
    expect(await Promise.all(addresses.map(answers))).toEqual([true, true]);
    await kill(server);
    for (const url of addresses) await until(async () => !(await answers(url)));
  });

  test('a second server on the same data uses those that run, and starts its own when the first is killed', async () => {
    const first = await start();
    await untilRunning(first);
    const before = await Promise.all(NAMES.map(address));
    const second = await start();
    await until(async () => (await standings(second)).includes('standby'));
    expect(await Promise.all(NAMES.map(address))).toEqual(before);
    await kill(first);
    await untilRunning(second);
    expect(await Promise.all(before.map(answers))).toEqual([true, true]);
    await kill(second);
  });
});

async function start(): Promise<Server> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      PORT: '0',
      SOCAI_DATA_DIR: dataDir,
      SOCAI_DEMO: 'staff-only',
      SOCAI_LOG: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /\(ready\): (http:\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    const server = { child, url };
    running.push(server);
    return server;
  }
  throw new Error('the server ended before it was ready');
}

async function kill({ child }: Server): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function address(name: string): Promise<string> {
  const file = join(dataDir, 'witness', name, 'address.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { url: string }).url;
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function standings({ url }: Server): Promise<string[]> {
  const { ledger } = (await json(`${url}/api/health`)) as HealthAnswer;
  return ledger.logs.filter(({ school }) => school !== null).map(({ standing }) => standing);
}

async function untilRunning(server: Server): Promise<void> {
  await until(async () => {
    const now = await standings(server);
    return now.length === 2 && now.every((standing) => standing === 'running');
  });
}

async function json(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

async function bytes(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  expect([url, answer.status]).toEqual([url, 200]);
  return new Uint8Array(await answer.arrayBuffer());
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('it did not come true in 40 s');
}
