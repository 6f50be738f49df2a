/** Files that survive a power cut: temporary file, fsync, rename, fsync of the folder. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, unlink } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFile, syncFolder, TemporaryCopy } from './synced.js';

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

/** Whether there is anything at a path: where mostly nothing is, this is quicker than to read it. */
export function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
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
  /** Copies that are durable under temporary names, by the path of the file they will be. */
  private readonly early = new Map<string, TemporaryCopy>();
  /** Temporary names of files whose room is kept, by the path they had, which a power cut could still give back to them. */
  private readonly leaving = new Map<string, string>();
  /** Those whose path a power cut could not give back: their bytes may be written over. */
  private readonly spares = new Map<string, string>();
  private failure: unknown;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(readonly root: string) {
    this.temporary = join(root, '.tmp');
  }

  /** Removes what a crash may have left half written. */
  async clean(): Promise<void> {
    rmSync(this.temporary, { recursive: true, force: true });
    this.folders.clear();
    this.early.clear();
    this.leaving.clear();
    this.spares.clear();
  }

  /**
   * Replaces (or makes) each file; all are durable when this resolves. `soon`: files that a later call will write; copies
   * of them under temporary names are made durable in the same waits for the disk, and then only need their names.
   */
  write(
    files: readonly DurableFile[],
    { soon = [], mode = 0o644 }: { soon?: readonly DurableFile[]; mode?: number } = {},
  ): Promise<void> {
    return this.guarded(async () => {
      this.ensureFolder(this.temporary);
      for (const { path } of files) this.ensureFolder(dirname(join(this.root, path)));
      for (let start = 0; start < files.length; start += AT_ONCE) {
        const isLast = start + AT_ONCE >= files.length;
        await this.writeGroup(files.slice(start, start + AT_ONCE), isLast ? soon : [], mode);
      }
    });
  }

  /** Makes a file that is there already durable, as after a restart nobody knows whether it is. */
  sync(path: string): Promise<void> {
    return this.guarded(async () => {
      await syncFile(join(this.root, path));
      await syncFolder(dirname(join(this.root, path)));
    });
  }

  /**
   * Removes a file. Not made durable: whoever finds it again has to bear it. `keepRoom`: what it takes of the disk is kept for
   * the next file of this path. ext4 passes over everything deleted within the last minutes whenever a file is made, so a log
   * that deleted a file a batch would slow itself down.
   */
  remove(path: string, { keepRoom = false }: { keepRoom?: boolean } = {}): Promise<void> {
    return this.guarded(async () => {
      const there = join(this.root, path);
      if (!isThere(there)) return;
      this.ensureFolder(this.temporary);
      const away = join(this.temporary, randomUUID());
      renameSync(there, away);
      if (keepRoom && !this.leaving.has(path)) {
        this.leaving.set(path, away);
        this.unsynced.add(dirname(there));
      } else {
        // To give back its room takes the disk a while, which nobody has to wait for; a new start would do it too.
        unlink(away, () => undefined);
      }
    });
  }

  private async writeGroup(
    files: readonly DurableFile[],
    soon: readonly DurableFile[],
    mode: number,
  ): Promise<void> {
    const copies: TemporaryCopy[] = [];
    try {
      // All are made before the first is synced: while a disk syncs, making a file waits for it.
      const own = files.map((file) => this.copyOf(file, mode, copies));
      const early = soon.slice(0, AT_ONCE).map((file) => this.copyOf(file, mode, copies));
      const ownSynced = own.map((copy) => copy.sync());
      const earlySynced = allDone(early.map((copy) => copy.sync()));
      await allDone([allDone(ownSynced).then(() => this.giveNames(own)), earlySynced]);
      for (const copy of early) this.early.set(copy.file.path, copy);
    } catch (error) {
      for (const copy of copies) copy.drop();
      throw error;
    }
  }

  /** Gives synced copies their names, and makes these durable. */
  private async giveNames(copies: readonly TemporaryCopy[]): Promise<void> {
    for (const { path, file } of copies) {
      renameSync(path, join(this.root, file.path));
      this.unsynced.add(dirname(join(this.root, file.path)));
    }
    await allDone([...this.unsynced].map(syncFolder));
    this.unsynced.clear();
    for (const [path, away] of this.leaving) {
      const older = this.spares.get(path);
      this.spares.set(path, away);
      if (older !== undefined) unlink(older, () => undefined);
    }
    this.leaving.clear();
  }

  /** The copy that was made early, or a new one; `copies` holds whatever was begun. */
  private copyOf(file: DurableFile, mode: number, copies: TemporaryCopy[]): TemporaryCopy {
    const early = this.early.get(file.path);
    this.early.delete(file.path);
    if (early !== undefined) {
      copies.push(early);
      if (Buffer.compare(early.file.bytes, file.bytes) === 0) return early;
      early.drop();
    }
    const spare = this.spares.get(file.path);
    this.spares.delete(file.path);
    const copy = new TemporaryCopy(spare ?? join(this.temporary, randomUUID()), file);
    copies.push(copy);
    if (spare === undefined) copy.make(mode);
    else copy.takeOver(mode);
    return copy;
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
        if (isFull(error)) {
          this.giveUpRoom();
          throw this.full(error);
        }
        this.failure = error;
        throw this.failed(`failed (${error instanceof Error ? error.message : String(error)})`);
      }
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  /** On a full disk what is only kept to be quicker is given back. */
  private giveUpRoom(): void {
    for (const kept of [this.leaving, this.spares]) {
      for (const path of kept.values()) rmSync(path, { force: true });
      kept.clear();
    }
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
