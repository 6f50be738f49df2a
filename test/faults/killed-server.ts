/** The built server as a process of its own on a prepared installation, to be killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(PROJECT, 'dist/apps/api/src/main.js');
const READY_MS = 60_000;

export class KilledServer {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** @param settings of the installation: SOCAI_… */
  static async on(settings: Readonly<Record<string, string>>): Promise<KilledServer> {
    if (!existsSync(MAIN)) throw new Error('The server is not built: run `npm run build` first.');
    return new KilledServer(await freePort(), settings);
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Starts it and waits until it says that it is ready. */
  async start(): Promise<void> {
    const env = {
      ...process.env,
      PORT: String(this.port),
      SOCAI_DEMO: 'none',
      SOCAI_LOG: 'error',
      ...this.settings,
    };
    const child = spawn(process.execPath, [MAIN], { cwd: PROJECT, env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const deadline = Date.now() + READY_MS;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) break;
      const answer = await fetch(`${this.url}/api/health`).catch(() => undefined);
      if (answer?.ok === true) return;
      await new Promise((wake) => setTimeout(wake, 50));
    }
    throw new Error(`the server was not ready:\n${said.join('').slice(-2000)}`);
  }

  /** kill -9, whatever it is doing. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.on('error', failed).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
