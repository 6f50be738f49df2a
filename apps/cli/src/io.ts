import { once } from 'node:events';

/** What a command may touch of the world: tests pass their own. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadableStream;
  /** The answer and nothing else. */
  readonly stdout: NodeJS.WritableStream;
  /** Diagnostics, progress, warnings. */
  readonly stderr: NodeJS.WritableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  now(): Date;
  /** Resolves when the command is asked to stop (SIGINT, SIGTERM); for commands that run until then. */
  untilStopped?(): Promise<void>;
}

/** Exit statuses (shared by all commands). */
export const EXIT = {
  /** Holds, or done. */
  ok: 0,
  /** Does not hold. */
  fails: 1,
  /** Wrong usage or unreadable input. */
  usage: 2,
  /** Could not be checked: something is unreachable. */
  unchecked: 3,
} as const;

/** Waits until the reader has caught up; a reader that went away (`| head`) rejects, which ends the command. */
export async function drained(stdout: NodeJS.WritableStream): Promise<void> {
  const stop = new AbortController();
  try {
    await Promise.race([
      once(stdout, 'drain', { signal: stop.signal }),
      once(stdout, 'close', { signal: stop.signal }).then(() => Promise.reject(new Error('closed'))),
    ]);
  } finally {
    stop.abort();
  }
}
