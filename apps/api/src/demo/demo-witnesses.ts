/**
 * The demo's two witnesses, each a process of its own with its own key: one plays the department of education, one a
 * neighbouring school. They show how witnessing works; against whoever holds this machine they count for nothing, and
 * every verifier says DEMO. A school's real witnesses are elsewhere (SOCAI_WITNESS_POLICY).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseVkey } from '#ledger/format/note.js';
import { formatPolicy, type PolicyWitness } from '#ledger/format/policy.js';
import { DurableFiles } from '#ledger-node/durable-files.js';
import type { Config } from '../config.js';

/** Their names in the policy, and the names of their keys: the domain says who runs each. */
const PLAYERS = [
  { name: 'so-gddt', keyName: 'demo-witness.so-cai.example/so-gddt' },
  { name: 'truong-ban', keyName: 'thcs-lang-giua.demo-witness.so-cai.example/truong-ban' },
] as const;
const QUORUM = 'both';
const ENTRY = fileURLToPath(new URL('./witness-process.js', import.meta.url));
const RESTART_MS = 1000;
const START_MS = 10_000;

/** Exit status of a witness process that found its folder in use. */
export const WITNESS_RUNS_ELSEWHERE = 75;

/** What a witness process is told on its standard input. */
export interface DemoWitnessOrder {
  readonly folder: string;
  /** Of its key. */
  readonly name: string;
  readonly passphrase: string;
  /** Paths of the trust bundle that lists its logs, and of the roots it has to go back to. */
  readonly trust: string;
  readonly roots: string;
}

/** What it answers, and keeps in its folder for other processes of the installation. */
export interface DemoWitnessAddress {
  readonly url: string;
  readonly vkey: string;
}

/** The file in a witness' folder that says where it is reached. */
export function addressFile(folder: string): string {
  return join(folder, 'address.json');
}

/** Running demo witnesses. */
export interface DemoWitnesses {
  /** The settings with the policy that names them. */
  readonly config: Config;
  /** Ends those that were started here, and waits until they have ended. */
  stop(): Promise<void>;
}

/**
 * Runs the demo's witnesses for an installation, unless its settings name others. Those that another process of the
 * installation runs already are used; they are started here when it has ended.
 */
export async function startDemoWitnesses(config: Config, passphrase: string): Promise<DemoWitnesses> {
  if (config.witnessPolicy !== null) return { config, stop: () => Promise.resolve() };
  const home = join(config.dataDir, 'witness');
  const keepers = PLAYERS.map(
    ({ name, keyName }) =>
      new WitnessKeeper({
        folder: join(home, name),
        name: keyName,
        passphrase,
        trust: join(config.dataDir, 'trust', 'bundle'),
        roots: join(config.dataDir, 'trust', 'roots'),
      }),
  );
  try {
    const addresses = await Promise.all(keepers.map((keeper) => keeper.start()));
    const witnesses = addresses.map(({ url, vkey }, i): PolicyWitness => ({
      name: (PLAYERS[i] as (typeof PLAYERS)[number]).name,
      key: parseVkey(vkey),
      url,
    }));
    const group = { name: QUORUM, rule: 'all' as const, members: witnesses.map(({ name }) => name) };
    const bytes = formatPolicy({ logs: [], witnesses, groups: [group], quorum: QUORUM });
    await new DurableFiles(home).write([{ path: 'policy', bytes }]);
  } catch (error) {
    await Promise.all(keepers.map((keeper) => keeper.stop()));
    throw error;
  }
  return {
    config: { ...config, witnessPolicy: join(home, 'policy') },
    stop: async () => void (await Promise.all(keepers.map((keeper) => keeper.stop()))),
  };
}

/** Keeps one witness running: its own process, or the one of another process of the installation. */
class WitnessKeeper {
  private child: ChildProcess | undefined;
  private stopping = false;

  constructor(private readonly order: DemoWitnessOrder) {}

  /** Resolves when the witness answers. */
  async start(): Promise<DemoWitnessAddress> {
    await mkdir(this.order.folder, { recursive: true, mode: 0o700 });
    const deadline = performance.now() + START_MS;
    for (;;) {
      const address = (await this.run()) ?? (await this.runningElsewhere());
      if (address !== undefined) return address;
      if (performance.now() > deadline)
        throw new Error(`the demo witness in ${this.order.folder} does not start`);
      await pause(RESTART_MS / 10);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    // Without it this process would end here: nothing else may be going on.
    child.ref();
    child.stdin?.end();
    await once(child, 'exit');
  }

  /** Starts the process; undefined when the folder is in use. */
  private async run(): Promise<DemoWitnessAddress | undefined> {
    const child = spawn(process.execPath, [ENTRY], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child = child;
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${JSON.stringify(this.order)}\n`);
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const said = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
    if (!Array.isArray(said)) {
      if (said === WITNESS_RUNS_ELSEWHERE) return undefined;
      throw new Error(`the demo witness in ${this.order.folder} ended with status ${String(said)}`);
    }
    // It must not keep this process going; it notices when this one has ended.
    child.unref();
    for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref(): void }).unref();
    void ended.then(() => this.again());
    return JSON.parse(String(said[0])) as DemoWitnessAddress;
  }

  private async runningElsewhere(): Promise<DemoWitnessAddress | undefined> {
    try {
      const address = JSON.parse(
        await readFile(addressFile(this.order.folder), 'utf8'),
      ) as DemoWitnessAddress;
      await fetch(address.url, { signal: AbortSignal.timeout(RESTART_MS) });
      this.watch(address.url);
      return address;
    } catch {
      return undefined;
    }
  }

  /** Looks whether the other process's witness is still there, and starts one when it is not. */
  private watch(url: string): void {
    const timer = setInterval(() => {
      fetch(url, { signal: AbortSignal.timeout(RESTART_MS) }).catch(() => {
        clearInterval(timer);
        void this.again();
      });
    }, RESTART_MS);
    timer.unref();
  }

  private async again(): Promise<void> {
    if (this.stopping) return;
    await pause(RESTART_MS, undefined, { ref: false });
    if (!this.stopping) await this.start().catch(() => this.again());
  }
}
