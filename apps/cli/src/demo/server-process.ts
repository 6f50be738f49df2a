/** The real server in a process of its own, on a free port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The API process's entry, beside this file in dist/. */
const ENTRY = fileURLToPath(new URL('../../../api/src/main.js', import.meta.url));
const READY = /\(ready\): (http:\/\/\S+)/;
const START_MS = 60_000;

export interface ServerProcess {
  readonly url: string;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

/** Starts the server with only the demo schools' staff and keys in `dataDir`. */
export async function startServer(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [ENTRY], {
    env: {
      ...env,
      SOCAI_DATA_DIR: dataDir,
      SOCAI_DEMO: 'staff-only',
      // Printed on the transcripts: where `npm start` will serve them.
      SOCAI_PUBLIC_URL: 'http://localhost:3000',
      SOCAI_DATABASE_URL: '',
      PORT: '0',
      SOCAI_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((found, failed) => {
    const timer = setTimeout(() => failed(new Error('the server was not ready within 60 seconds')), START_MS);
    lines.on('line', (line) => {
      const match = READY.exec(line);
      if (match?.[1] === undefined) return;
      clearTimeout(timer);
      found(match[1]);
    });
    child.on('exit', (code) =>
      failed(new Error(`the server ended with status ${String(code)} before it was ready`)),
    );
  });
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
