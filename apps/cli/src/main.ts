/** `socai`: finds the command, hands it the world, and ends with its status. The only file that touches `process`. */
import { EXIT, type CommandIo } from './io.js';

type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

interface Entry {
  readonly summary: string;
  /** Loaded when called, so that each command starts with no more than it needs. */
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  evaluate: {
    summary: "results of pupils' years by the circulars: JSON lines in, JSON lines out",
    load: async () => (await import('./evaluate.js')).evaluateCommand,
  },
  ledger: {
    summary: 'make, extend, check and prove a ledger in a folder',
    load: async () => (await import('./ledger.js')).ledgerCommand,
  },
  witness: {
    summary: 'cosign the checkpoints of logs that only grow: a witness, over HTTP',
    load: async () => (await import('./witness.js')).witnessCommand,
  },
  trust: {
    summary: "make, sign and check trust bundles: whose keys are which school's",
    load: async () => (await import('./trust.js')).trustCommand,
  },
  verify: {
    summary: 'verify transcripts, offline, against a trust bundle',
    load: async () => (await import('./verify.js')).verifyCommand,
  },
  refresh: {
    summary: 'put a newer ledger proof beside the first one of a transcript',
    load: async () => (await import('./refresh.js')).refreshCommand,
  },
  sign: {
    summary: 'sign what a server sent out to be signed, with a key file or a PKCS#11 token',
    load: async () => (await import('./sign.js')).signCommand,
  },
  audit: {
    summary: 'recompute the journal of a data folder and name every row that differs',
    load: async () => (await import('./audit.js')).auditCommand,
  },
  receipt: {
    summary: "check a teacher's receipt of what was recorded, offline",
    load: async () => (await import('./receipt.js')).receiptCommand,
  },
  demo: {
    summary: 'play the whole main job through the API against a fresh data folder',
    load: async () => (await import('./demo.js')).demoCommand,
  },
};

/** Named in the contract, and not there yet. */
const LATER = ['backup'];

/** Runs one command line; answers its exit status. */
async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const [name = '', ...rest] = args;
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry !== undefined) return (await entry.load())(rest, io);
  if (LATER.includes(name)) io.stderr.write(`not supported yet: socai ${name}\n`);
  else if (name !== '' && name !== 'help' && name !== '--help')
    io.stderr.write(`socai: unknown command "${name}"\n\n${usage()}`);
  else io.stderr.write(usage());
  return EXIT.usage;
}

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}\n`);
  return `usage: socai <command> [options]\n\n${lines.join('')}\nExit status: 0 holds or done, 1 does not hold, 2 wrong usage or unreadable input, 3 could not check.\n`;
}

// Whoever reads the answer may go away (`| head`); commands notice when it matters to them.
process.stdout.on('error', () => undefined);
try {
  process.exitCode = await run(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    now: () => new Date(),
    untilStopped: () =>
      new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      }),
  });
} catch (error) {
  process.stderr.write(`socai: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['SOCAI_DEBUG'] !== undefined) console.error(error);
  process.exitCode = EXIT.unchecked;
}
