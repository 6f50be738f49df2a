/** A witness' memory in a folder: for each log the newest checkpoint it cosigned, at the path it is served under. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { equal } from '#ledger/format/bytes.js';
import { witnessPath, type WitnessStore } from '#ledger/log/witness.js';
import { DurableFiles, readIfThere } from './durable-files.js';
import { lockFolder, type FolderLock } from './folder-lock.js';

export class FolderWitnessStore implements WitnessStore {
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly files: DurableFiles,
    private readonly lock: FolderLock,
  ) {}

  /** Opens (or makes) the folder and locks it: two processes of one witness could be made to sign a fork. */
  static async open(folder: string): Promise<FolderWitnessStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(folder);
    const files = new DurableFiles(folder);
    await files.clean();
    return new FolderWitnessStore(files, lock);
  }

  close(): Promise<void> {
    return this.lock.release();
  }

  latest(origin: string): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.files.root, witnessPath(origin)));
  }

  swap(origin: string, expected: Uint8Array | undefined, next: Uint8Array): Promise<boolean> {
    const run = this.queue.then(async () => {
      const there = await this.latest(origin);
      const same =
        there === undefined || expected === undefined ? there === expected : equal(there, expected);
      if (same) await this.files.write([{ path: witnessPath(origin), bytes: next }]);
      return same;
    });
    this.queue = run.catch(() => undefined);
    return run;
  }
}
