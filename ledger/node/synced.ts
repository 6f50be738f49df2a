/**
 * What waits for the disk. Only fsync does, and is left to another thread; everything else takes microseconds, less than to
 * hand it over.
 */
import {
  closeSync,
  fchmodSync,
  fsync as fsyncWithCallback,
  ftruncateSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { promisify } from 'node:util';

const fsync = promisify(fsyncWithCallback);

/** A file's bytes under a temporary name. */
export class TemporaryCopy {
  private descriptor: number | undefined;

  constructor(
    readonly path: string,
    readonly file: { readonly path: string; readonly bytes: Uint8Array },
  ) {}

  make(mode: number): void {
    this.descriptor = openSync(this.path, 'wx', mode);
    writeFileSync(this.descriptor, this.file.bytes);
  }

  /** The same in a file that is there, whatever it holds. */
  takeOver(mode: number): void {
    this.descriptor = openSync(this.path, 'r+');
    fchmodSync(this.descriptor, mode);
    writeFileSync(this.descriptor, this.file.bytes);
    ftruncateSync(this.descriptor, this.file.bytes.length);
  }

  /** Makes the bytes durable; they stay so. */
  async sync(): Promise<void> {
    if (this.descriptor === undefined) return;
    await fsync(this.descriptor);
    this.close();
  }

  /** Removes what cannot be used: on a full disk it would take the room that is to be made. */
  drop(): void {
    try {
      this.close();
      rmSync(this.path, { force: true });
    } catch {
      // The error that matters is that of the write; what stays is removed at the next start.
    }
  }

  private close(): void {
    const open = this.descriptor;
    // Whatever close answers, the descriptor is no longer this file's.
    this.descriptor = undefined;
    if (open !== undefined) closeSync(open);
  }
}

/** Makes the bytes of a file, or the names in a folder, durable. */
export async function syncFile(path: string): Promise<void> {
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
