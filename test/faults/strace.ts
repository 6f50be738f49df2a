/** Runs a command under strace(1): what it asked of the system under one folder, and faults put into exactly one call. */
import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  /** How many calls of this name its thread had made on the first of its files, this one included. */
  readonly ordinal: number;
  /** The files it names, relative to the watched folder ("" is the folder itself). */
  readonly files: readonly string[];
  /** Its arguments as strace prints them. */
  readonly text: string;
  /** Whether strace made it fail. */
  injected: boolean;
}

/** Which call strace is to meet, and how it tells it from others. */
export interface Aim {
  readonly call: Call;
  /** The files (relative to the folder) whose calls are counted. */
  readonly watched: readonly string[];
  /** Its number among those of its name that its thread makes on them: strace's `when=`. */
  readonly ordinal: number;
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

/**
 * Runs node with `args`. With an aim, one call is answered with the errno `how` ("EIO") without being made, or is where
 * the process dies ("SIGKILL"), and only calls on the watched files are seen.
 */
export async function runTraced(command: Command, aim?: Aim, how = 'EIO'): Promise<TracedRun> {
  const strace = ['-f', '-q', '-y', '-s', '300', '-o', command.traceFile, '-e', 'trace=%file,%desc'];
  if (aim !== undefined) {
    const what = how.startsWith('SIG') ? `signal=${how}` : `error=${how}`;
    strace.push('-e', `inject=${aim.call.name}:${what}:when=${String(aim.ordinal)}`);
    strace.push(...aim.watched.flatMap((file) => ['-P', join(command.folder, file)]));
  }
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

/**
 * How to meet one call of a run: strace counts each thread by itself, so files have to be found on which no other thread
 * comes to the same number before it. All files if possible, else the call's own and perhaps one more; undefined where
 * there are none.
 */
export function aimAt(call: Call, calls: readonly Call[]): Aim | undefined {
  const before = calls.slice(0, calls.indexOf(call)).filter(({ name }) => name === call.name);
  const all = [...new Set(calls.flatMap(({ files }) => files))];
  const own = call.files.slice(0, 1);
  for (const watched of [all, own, ...all.map((file) => [...own, file])]) {
    const counts = new Map([[call.thread, 0]]);
    for (const { thread, files } of before) {
      if (files.some((file) => watched.includes(file))) counts.set(thread, (counts.get(thread) ?? 0) + 1);
    }
    const ordinal = (counts.get(call.thread) ?? 0) + 1;
    counts.delete(call.thread);
    if (Math.max(0, ...counts.values()) < ordinal) return { call, watched, ordinal };
  }
  return undefined;
}

/** The call of a run that was aimed at; an Error when the run did not come to it. */
export function callMet({ calls }: TracedRun, { call }: Aim): Call {
  const [file = ''] = call.files;
  const met = calls.find(
    ({ name, files, ordinal }) => name === call.name && files[0] === file && ordinal === call.ordinal,
  );
  if (met === undefined) throw new Error(`there was no ${call.name} ${String(call.ordinal)} on ${file}`);
  return met;
}

/** Whether a call needs room on the disk: it makes a file or folder, fills one, or gives it a place. */
export function needsRoom({ name, text }: Call): boolean {
  if (name === 'openat') return text.includes('O_CREAT');
  if (name === 'mkdir') return !text.includes('EEXIST');
  return ['write', 'pwrite64', 'writev', 'rename', 'link'].includes(name);
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
    const count = (what: string): number => {
      counts.set(what, (counts.get(what) ?? 0) + 1);
      return counts.get(what) ?? 0;
    };
    const [ordinal = 0] = files.map((file) => count(`${thread} ${name} ${file}`));
    const injected = text.endsWith('(INJECTED)');
    const call: Call = { thread, name, ordinal, files, text, injected };
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
