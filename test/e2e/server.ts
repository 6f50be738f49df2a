/** The real server process, built, on a free port with a data folder of its own and the demo schools made anew. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { totpCode } from '#api/identity/totp.js';
import { Desks, type PlayerAccount, type PlayerTools } from '#fixtures/play/client.js';

export interface StartedServer {
  /** "http://localhost:41234": on localhost a browser takes `__Host-` cookies without TLS. */
  readonly origin: string;
  /** Everyone of the demo schools, from demo-accounts.json. */
  readonly accounts: readonly PlayerAccount[];
  /** Their desks: one each, so that no one-time code is used twice. */
  readonly desks: Desks;
  /** Stops the process as a person would (SIGTERM) and removes its data. */
  stop(): Promise<void>;
}

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(PROJECT, 'dist/apps/api/src/main.js');

/** The real time and real codes: the server's clock is the machine's. */
const REAL_TOOLS: PlayerTools = {
  now: () => new Date(),
  waitUntil: (until) => new Promise((done) => setTimeout(done, Math.max(0, until.getTime() - Date.now()))),
  code: totpCode,
};

/** How long a first start may take: two school years are played through the API. */
export const FIRST_START_MS = 300_000;

/**
 * Starts the server and waits until /api/health says that it is ready.
 * @param demo 'staff-only' is there in seconds: the schools' people and classes, no year played
 */
export async function startServer(demo: 'small' | 'staff-only' = 'small'): Promise<StartedServer> {
  if (!existsSync(MAIN)) throw new Error('The server is not built: run `npm run build` first.');
  const folder = await mkdtemp(join(tmpdir(), 'socai-e2e-'));
  const dataDir = join(folder, 'data');
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    cwd: PROJECT,
    env: {
      ...process.env,
      PORT: String(port),
      SOCAI_DATA_DIR: dataDir,
      SOCAI_DEMO: demo,
      SOCAI_LOG: 'error',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  const origin = `http://localhost:${port}`;
  try {
    await ready(origin, child, said);
    const { accounts } = JSON.parse(await readFile(join(dataDir, 'demo-accounts.json'), 'utf8')) as {
      accounts: PlayerAccount[];
    };
    return { origin, accounts, desks: new Desks(origin, accounts, REAL_TOOLS), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ready(origin: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  const deadline = Date.now() + FIRST_START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended before it was ready:\n${said.join('').slice(-4000)}`);
    }
    const answer = await fetch(`${origin}/api/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error(
    `The server was not ready after ${FIRST_START_MS / 1000} s:\n${said.join('').slice(-4000)}`,
  );
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(hard);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
