/**
 * One writer a folder, across processes. The lock is a listening socket that the system closes when the process ends,
 * however it ends: a kill -9 leaves nothing to clean up. On Linux the socket is abstract (no file at all).
 */
import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { LogError } from '#ledger/log/errors.js';

export interface FolderLock {
  release(): Promise<void>;
}

/** Takes the lock of a folder that exists, or refuses with LogError LOCKED while another process has it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  // Device and inode, so that two paths to one folder are one lock.
  const { dev, ino } = statSync(folder, { bigint: true });
  const server = createServer();
  server.unref();
  await listen(server, addressOf(`socai-ledger-${String(dev)}-${String(ino)}`), folder);
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function addressOf(name: string): { path: string } | { port: number; host: string } {
  if (process.platform === 'linux') return { path: `\0${name}` };
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\${name}` };
  // Elsewhere a Unix socket's file would outlive a kill -9: a local port does not.
  let port = 0;
  for (const character of name) port = (port * 31 + character.charCodeAt(0)) % 16_384;
  return { port: 49_152 + port, host: '127.0.0.1' };
}

function listen(server: Server, address: ReturnType<typeof addressOf>, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new LogError('LOCKED', `another process is writing to ${folder}; wait until it has ended`)
          : error,
      );
    });
    server.listen({ ...address, exclusive: true }, () => resolve());
  });
}
