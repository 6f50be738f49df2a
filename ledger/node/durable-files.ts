/**
 * Files that survive a power cut: temporary file, fsync, rename, fsync of the folder. Only fsync waits for the disk, and is
 * left to another thread; everything else takes microseconds, less than to hand it over.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsync as fsyncWithCallback,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const fsync = promisify(fsyncWithCallback);

/** Files that are open at a time. */
const AT_ONCE = 64;

/** The bytes of a file; undefined when there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    const { buffer, byteOffset, length } = readFileSync(path);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** DISK_FULL: it can go on once there is room. DISK_FAILED: only a new start can find out what is on the disk. */
export type DiskCode = 'DISK_FULL' | 'DISK_FAILED';

/** Nothing could be made durable; what was durable before still is. */
export class DiskError extends Error {
  override readonly name = 'DiskError';

  constructor(
    readonly code: DiskCode,
    message: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

interface DurableFile {
  /** Relative to the root. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes durable files under one root folder, through `<root>/.tmp` on the same file system. After a failure of any
 * fsync, and any other failure but that of a full disk, nothing more is written (DiskError DISK_FAILED): what the disk
 * holds then is unknown, and asking it again might be answered as if nothing had happened.
 */
export class DurableFiles {
  private readonly temporary: string;
  private readonly folders = new Set<string>();
  /** Folders whose newest names may not be durable yet. */
  private readonly unsynced = new Set<string>();
  private failure: unknown;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(readonly root: string) {
    this.temporary = join(root, '.tmp');
  }

  /** Removes what a crash may have left half written. */
  async clean(): Promise<void> {
    rmSync(this.temporary, { recursive: true, force: true });
    this.folders.clear();
  }

  /** Replaces (or makes) each file; all are durable when this resolves. */
  write(files: readonly DurableFile[], mode = 0o644): Promise<void> {
    return this.guarded(async () => {
      this.ensureFolder(this.temporary);
      for (const { path } of files) this.ensureFolder(dirname(join(this.root, path)));
      for (let start = 0; start < files.length; start += AT_ONCE) {
        await this.writeGroup(files.slice(start, start + AT_ONCE), mode);
      }
      await allDone([...this.unsynced].map(syncFolder));
      this.unsynced.clear();
    });
  }

  /** Makes a file that is there already durable, as after a restart nobody knows whether it is. */
  sync(path: string): Promise<void> {
    return this.guarded(async () => {
      await syncFile(join(this.root, path));
      await syncFolder(dirname(join(this.root, path)));
    });
  }

  /** Removes a file. Not made durable: whoever finds it again has to bear it. */
  async remove(path: string): Promise<void> {
    rmSync(join(this.root, path), { force: true });
  }

  private async writeGroup(files: readonly DurableFile[], mode: number): Promise<void> {
    const temporaries = files.map(() => join(this.temporary, randomUUID()));
    try {
      await allDone(files.map(({ bytes }, i) => writeSynced(temporaries[i] as string, bytes, mode)));
      for (const [i, { path }] of files.entries()) {
        renameSync(temporaries[i] as string, join(this.root, path));
        this.unsynced.add(dirname(join(this.root, path)));
      }
    } catch (error) {
      temporaries.forEach(dropHalf);
      throw error;
    }
  }

  private ensureFolder(path: string): void {
    if (this.folders.has(path)) return;
    if (path === this.root) {
      const made = mkdirSync(path, { recursive: true });
      if (made !== undefined) this.unsynced.add(dirname(path));
    } else {
      this.ensureFolder(dirname(path));
      makeFolder(path);
      // Even if it was there: a process that was killed may have made it without having synced its name.
      this.unsynced.add(dirname(path));
    }
    this.folders.add(path);
  }

  /** One after the other, so that a folder is never taken for synced that another call has just written to. */
  private guarded(work: () => Promise<void>): Promise<void> {
    const run = this.queue.then(async () => {
      if (this.failure !== undefined) throw this.failed('failed before');
      try {
        await work();
      } catch (error) {
        if (isFull(error)) throw this.full(error);
        this.failure = error;
        throw this.failed(`failed (${error instanceof Error ? error.message : String(error)})`);
      }
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  private full(cause: unknown): DiskError {
    return new DiskError(
      'DISK_FULL',
      `the disk that holds ${this.root} is full: make room and go on; nothing acknowledged is lost`,
      { cause },
    );
  }

  private failed(what: string): DiskError {
    return new DiskError(
      'DISK_FAILED',
      `writing to ${this.root} ${what}: look at the disk, then start again to find out what is on it`,
      { cause: this.failure },
    );
  }
}

/** Makes a folder that may be there. Not by `recursive`, which answers ENOENT when the disk is full. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** A new file with these bytes, durable. */
async function writeSynced(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, bytes);
    // All files of a group are made before the first is synced: while a disk syncs, making a file waits for it.
    await Promise.resolve();
    await fsync(file);
  } finally {
    closeSync(file);
  }
}

/** Removes what could not be written whole: on a full disk it would take the room that is to be made. */
function dropHalf(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The error that matters is that of the write; what stays is removed at the next start.
  }
}

/** Waits until all have ended, and only then fails if one did: nothing goes on behind the back of who has the error. */
async function allDone(works: readonly Promise<void>[]): Promise<void> {
  for (const ended of await Promise.allSettled(works)) if (ended.status === 'rejected') throw ended.reason;
}

/** No room left, said before anything was promised: an fsync that says so has failed like any other. */
function isFull(error: unknown): boolean {
  const code = systemCode(error);
  return (code === 'ENOSPC' || code === 'EDQUOT') && (error as NodeJS.ErrnoException).syscall !== 'fsync';
}

/** Whether a folder is there and has nothing in it; a folder that is not there counts as empty. */
export async function isEmptyFolder(path: string): Promise<boolean> {
  try {
    return readdirSync(path).length === 0;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

/** Whether an error says that a file or folder does not exist. */
function isMissing(error: unknown): boolean {
  return systemCode(error) === 'ENOENT';
}

/** The code of a system error ("ENOENT"); undefined for any other error. By shape: errors may come from another realm. */
export function systemCode(error: unknown): string | undefined {
  const isSystemError = typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error;
  return isSystemError ? String(error.code) : undefined;
}

async function syncFile(path: string): Promise<void> {
  const file = openSync(path, 'r');
  try {
    await fsync(file);
  } finally {
    closeSync(file);
  }
}

/** The names in a folder are durable only when the folder itself is synced. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open folders; its file systems keep renames in order by themselves.
  if (process.platform !== 'win32') await syncFile(path);
}
