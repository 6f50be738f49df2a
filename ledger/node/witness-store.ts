/** A witness' memory in a folder: for each log the newest checkpoint it cosigned, at the path it is served under. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { equal } from '#ledger/format/bytes.js';
import { witnessPath, type WitnessStore } from '#ledger/log/witness.js';
import { DurableFiles, readIfThere } from './durable-files.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
import { syncFolder } from './synced.js';

export class FolderWitnessStore implements WitnessStore {
  /** What is durable, by path: a reader must not see what a power cut could still take back. */
  private readonly durable = new Map<string, Uint8Array | undefined>();
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly files: DurableFiles,
    private readonly lock: FolderLock,
  ) {}

  /** Opens (or makes) the folder and locks it: two processes of one witness could be made to sign a fork. */
  static async open(folder: string): Promise<FolderWitnessStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(folder);
    try {
      const files = new DurableFiles(folder);
      await files.clean();
      await syncAll(files);
      return new FolderWitnessStore(files, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Lets another process use the folder, once what is being written is durable. */
  async close(): Promise<void> {
    await this.queue;
    await this.lock.release();
  }

  latest(origin: string): Promise<Uint8Array | undefined> {
    return this.at(witnessPath(origin));
  }

  /** What is served at "<hex sha256(origin)>/checkpoint"; undefined when nothing is. */
  async at(path: string): Promise<Uint8Array | undefined> {
    if (!this.durable.has(path)) {
      const bytes = await readIfThere(join(this.files.root, path));
      // A swap may have gone through while the file was read.
      if (!this.durable.has(path)) this.durable.set(path, bytes);
    }
    return this.durable.get(path);
  }

  swap(origin: string, expected: Uint8Array | undefined, next: Uint8Array): Promise<boolean> {
    const path = witnessPath(origin);
    const run = this.queue.then(async () => {
      const there = await this.at(path);
      const same =
        there === undefined || expected === undefined ? there === expected : equal(there, expected);
      if (!same) return false;
      await this.files.write([{ path, bytes: next }]);
      this.durable.set(path, next);
      return true;
    });
    this.queue = run.catch(() => undefined);
    return run;
  }
}

/** Makes durable what a former process may have written just before it was killed. */
async function syncAll(files: DurableFiles): Promise<void> {
  const names = (await readdir(files.root)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  for (const name of names) {
    const path = join(name, 'checkpoint');
    if ((await readIfThere(join(files.root, path))) !== undefined) await files.sync(path);
  }
  await syncFolder(files.root);
}
