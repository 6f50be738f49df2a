/** Runs a command under strace(1): what it asked of the system under one folder, and faults put into exactly one call. */
import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe } from '@jest/globals';

const found = process.platform === 'linux' && spawnSync('strace', ['-V']).status === 0;
if (!found && process.env['SOCAI_REQUIRE_STRACE'] === '1')
  throw new Error('strace is required and was not found');

/** `describe` where strace is there; elsewhere the tests are skipped and say why. */
export const describeUnderStrace: (name: string, tests: () => void) => void = found
  ? describe
  : (name, tests) => describe.skip(`${name} (skipped: strace is not installed)`, tests);

/** One system call of a traced process. */
export interface Call {
  readonly thread: string;
  /** "rename". */
  readonly name: string;
  /** How many calls of this name its thread had made under the watched paths, this one included: strace's `when=`. */
  readonly ordinal: number;
  /** The files it names, relative to the watched folder ("" is the folder itself). */
  readonly files: readonly string[];
  /** Its arguments as strace prints them. */
  readonly text: string;
  /** Whether strace made it fail. */
  injected: boolean;
}

/** What to do to one call, in strace's words. */
export interface Fault {
  readonly call: Pick<Call, 'name' | 'ordinal'>;
  /** An errno to answer with instead of doing anything ("EIO"), or "SIGKILL": the process dies before the call. */
  readonly how: string;
}

export interface TracedRun {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when a signal ended it. */
  readonly status: number | null;
  /** The calls that name the folder or a file in it, in the order in which they began. */
  readonly calls: readonly Call[];
  /** The whole trace. */
  readonly trace: string;
}

export interface Command {
  readonly args: readonly string[];
  readonly stdin: string;
  /** The folder whose calls are of interest. */
  readonly folder: string;
  /** Where strace may write its trace. */
  readonly traceFile: string;
}

/** Runs node with `args`; with `watched` (exact paths) only calls that name one of them are counted and may fail. */
export async function runTraced(
  command: Command,
  watched: readonly string[] = [],
  fault?: Fault,
): Promise<TracedRun> {
  const strace = ['-f', '-q', '-y', '-s', '300', '-o', command.traceFile, '-e', 'trace=%file,%desc'];
  strace.push(...watched.flatMap((path) => ['-P', path]));
  if (fault !== undefined) strace.push('-e', injection(fault));
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1', NODE_OPTIONS: '' };
  const child = spawn('strace', [...strace, process.execPath, ...command.args], { env });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => err.push(part));
  // The process may be gone before it has read all.
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.stdin);
  const status = await new Promise<number | null>((done, failed) => {
    child.on('error', failed).on('close', done);
  });
  const trace = await readFile(command.traceFile, 'latin1');
  const text = (parts: Buffer[]) => Buffer.concat(parts).toString('utf8');
  return { stdout: text(out), stderr: text(err), status, calls: callsIn(trace, command.folder), trace };
}

function injection({ call, how }: Fault): string {
  const what = how.startsWith('SIG') ? `signal=${how}` : `error=${how}`;
  return `inject=${call.name}:${what}:when=${String(call.ordinal)}`;
}

/** The calls of a trace that name `folder`. */
function callsIn(trace: string, folder: string): Call[] {
  const calls: Call[] = [];
  const counts = new Map<string, number>();
  const open = new Map<string, Call>();
  for (const line of trace.split('\n')) {
    const [, thread = '', resumed, rest = ''] = /^(\d+) +(<\.\.\. )?(.*)$/.exec(line) ?? [];
    const unfinished = open.get(thread);
    if (resumed !== undefined && unfinished !== undefined) {
      unfinished.injected = rest.endsWith('(INJECTED)');
      open.delete(thread);
      continue;
    }
    const [, name = '', text = ''] = /^(\w+)\((.*)$/.exec(rest) ?? [];
    const files = filesIn(text, folder);
    if (name === 'execve' || files.length === 0) continue;
    const ordinal = (counts.get(`${thread} ${name}`) ?? 0) + 1;
    counts.set(`${thread} ${name}`, ordinal);
    const call: Call = { thread, name, ordinal, files, text, injected: text.endsWith('(INJECTED)') };
    calls.push(call);
    if (text.endsWith('<unfinished ...>')) open.set(thread, call);
  }
  return calls;
}

/** The paths at or under `folder` among a call's arguments: "…/x" as a string, <…/x> as an open file. */
function filesIn(text: string, folder: string): string[] {
  const paths = [...text.matchAll(/["<](\/[^">]*)[">]/g)]
    .map(([, path = '']) => path)
    .filter((path) => path === folder || path.startsWith(`${folder}/`));
  // An openat names its file again in its result.
  return [...new Set(paths)].map((path) => path.slice(folder.length + 1));
}
