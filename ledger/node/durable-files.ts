/** Files that survive a power cut: temporary file, fsync, rename, fsync of the folder. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The bytes of a file; undefined when there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Writes durable files under one root folder, through `<root>/.tmp` on the same file system. After a failure of any
 * fsync nothing more is written: what the disk holds then is unknown, and only a new start may find out.
 */
export class DurableFiles {
  private readonly temporary: string;
  private readonly folders = new Set<string>();
  private failure: unknown;

  constructor(readonly root: string) {
    this.temporary = join(root, '.tmp');
  }

  /** Removes what a crash may have left half written. */
  async clean(): Promise<void> {
    await rm(this.temporary, { recursive: true, force: true });
    this.folders.clear();
  }

  /** Replaces (or makes) each file; all are durable when this resolves. Paths are relative to the root. */
  async write(
    files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
    mode = 0o644,
  ): Promise<void> {
    const touched = new Set<string>();
    await this.guarded(async () => {
      await this.ensureFolder(this.temporary, touched);
      for (const { path } of files) await this.ensureFolder(dirname(join(this.root, path)), touched);
      await Promise.all(
        files.map(({ path, bytes }) => this.writeOne(join(this.root, path), bytes, mode, touched)),
      );
      await Promise.all([...touched].map(syncFolder));
    });
  }

  /** Makes a file that is there already durable, as after a restart nobody knows whether it is. */
  async sync(path: string): Promise<void> {
    await this.guarded(async () => {
      await syncFile(join(this.root, path));
      await syncFolder(dirname(join(this.root, path)));
    });
  }

  /** Removes a file. Not made durable: whoever finds it again has to bear it. */
  async remove(path: string): Promise<void> {
    await rm(join(this.root, path), { force: true });
  }

  private async writeOne(path: string, bytes: Uint8Array, mode: number, touched: Set<string>): Promise<void> {
    const temporary = join(this.temporary, randomUUID());
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    touched.add(dirname(path));
  }

  private async ensureFolder(path: string, touched: Set<string>): Promise<void> {
    if (this.folders.has(path)) return;
    if (path !== this.root) await this.ensureFolder(dirname(path), touched);
    const made = await mkdir(path, { recursive: true });
    if (made !== undefined) touched.add(dirname(path));
    this.folders.add(path);
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    if (this.failure !== undefined) {
      throw new Error(`writing to ${this.root} failed before; restart to find out what is on the disk`, {
        cause: this.failure,
      });
    }
    try {
      await work();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

/** Whether a folder is there and has nothing in it; a folder that is not there counts as empty. */
export async function isEmptyFolder(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
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
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The names in a folder are durable only when the folder itself is synced. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open folders; its file systems keep renames in order by themselves.
  if (process.platform !== 'win32') await syncFile(path);
}
