// A throw-away PostgreSQL for the tests: in a temporary folder, on a free port, gone when the tests end.
import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql';

/**
 * Starts a cluster, or uses the one SOCAI_TEST_POSTGRES_URL names.
 * @returns its URL and how to stop it; null when no PostgreSQL is installed
 */
export async function startPostgres() {
  const given = process.env.SOCAI_TEST_POSTGRES_URL;
  if (given) return { url: given, stop: async () => {} };
  const bin = newestBin();
  if (bin === undefined) return null;
  const folder = mkdtempSync(join(tmpdir(), 'socai-pg-'));
  const data = join(folder, 'data');
  const root = process.getuid?.() === 0;
  const as = (command, args) =>
    root ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
  if (root) {
    const { stdout } = await exec('id', ['-u', 'postgres']);
    chownSync(folder, Number(stdout), Number((await exec('id', ['-g', 'postgres'])).stdout));
  }
  await exec(
    ...as(join(bin, 'initdb'), [
      '-D',
      data,
      '-A',
      'trust',
      '-U',
      'postgres',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ]),
  );
  const port = await freePort();
  const settings = [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    folder,
    '-c',
    'fsync=off',
    '-c',
    'max_connections=60',
  ];
  const [command, args] = as(join(bin, 'postgres'), settings);
  const server = spawn(command, args, { stdio: 'ignore' });
  await listening(port, server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await exec(...as(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop'])).catch(() =>
        server.kill('SIGKILL'),
      );
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newestBin() {
  if (!existsSync(INSTALLED)) return undefined;
  const versions = readdirSync(INSTALLED).filter((v) => existsSync(join(INSTALLED, v, 'bin', 'initdb')));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join(INSTALLED, newest, 'bin');
}

function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.on('error', failed).listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}

async function listening(port, server) {
  const { connect } = await import('node:net');
  for (let i = 0; i < 100; i++) {
    if (server.exitCode !== null)
      throw new Error(`PostgreSQL ended with status ${server.exitCode} before it was ready`);
    const open = await new Promise((answer) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.end();
        answer(true);
      }).on('error', () => answer(false));
    });
    if (open) return;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  throw new Error('PostgreSQL did not start within 10 seconds');
}
