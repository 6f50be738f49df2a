/**
 * The trust bundles of an installation on disk: the one in force, every one that ever was, one that roots elsewhere have
 * signed and that is to come into force, and the draft of one that they are asked to sign.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { utf8 } from '#ledger/format/bytes.js';
import { formatVkey } from '#ledger/format/note.js';
import type { RootSet } from '#ledger/format/trust.js';
import { LogError } from '#ledger/log/errors.js';
import { DurableFiles, readIfThere } from '#ledger-node/durable-files.js';
import { lockFolder, type FolderLock } from '#ledger-node/folder-lock.js';

const IN_FORCE = 'bundle';
/** Every bundle that was ever in force, by serial. */
const ARCHIVE = 'archive';
/** Where the operator puts a bundle that its roots have signed. */
const INCOMING = 'incoming';
/** The text that roots elsewhere are asked to sign. */
const DRAFT = 'draft';
/** The roots alone, for those who are to trust bundles that go back to them: the demo's witnesses. */
const ROOTS = 'roots';
/** Another process has the lock for the time it takes to sign a bundle and write it. */
const LOCK_TRIES = 200;
const LOCK_PAUSE_MS = 50;

export class TrustFolder {
  private readonly files: DurableFiles;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(readonly folder: string) {
    this.files = new DurableFiles(folder);
  }

  /** The signed bundle in force; undefined before the first. */
  read(): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.folder, IN_FORCE));
  }

  /** The serials of all bundles that are or were in force, rising. */
  async serials(): Promise<number[]> {
    const names = await readdir(join(this.folder, ARCHIVE)).catch(() => []);
    return names
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** The signed bundle with this serial, in force or not. */
  readArchived(serial: number): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.folder, ARCHIVE, String(serial)));
  }

  /** Puts a signed bundle in force. In the archive first: whatever was in force can be had for ever. */
  async putInForce(note: Uint8Array, serial: number, roots: RootSet): Promise<void> {
    await this.files.write([{ path: ROOTS, bytes: rootLines(roots) }]);
    await this.files.write([{ path: join(ARCHIVE, String(serial)), bytes: note }]);
    await this.files.write([{ path: IN_FORCE, bytes: note }]);
    await this.files.remove(DRAFT);
  }

  /** The bundle that is to come into force. */
  readIncoming(): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.folder, INCOMING));
  }

  async removeIncoming(): Promise<void> {
    await rm(join(this.folder, INCOMING), { force: true });
  }

  /** The text that roots elsewhere are asked to sign, for `socai trust sign`. Answers its path. */
  async writeDraft(text: string): Promise<string> {
    await this.files.write([{ path: DRAFT, bytes: utf8(text) }]);
    return join(this.folder, DRAFT);
  }

  /** One at a time, in all processes of the installation: no serial is given twice, and none falls. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const run = this.queue.then(async () => {
      await mkdir(this.folder, { recursive: true });
      const lock = await lockPatiently(this.folder);
      return work().finally(() => lock.release());
    });
    this.queue = run.catch(() => undefined);
    return run;
  }
}

async function lockPatiently(folder: string): Promise<FolderLock> {
  for (let tries = 1; ; tries++) {
    try {
      return await lockFolder(folder);
    } catch (error) {
      if (!(error instanceof LogError) || error.code !== 'LOCKED' || tries === LOCK_TRIES) throw error;
      await pause(LOCK_PAUSE_MS);
    }
  }
}

/** `threshold` and `root` lines, as a verifier is given them. */
function rootLines({ threshold, roots }: RootSet): Uint8Array {
  return utf8(
    [`threshold ${String(threshold)}\n`, ...roots.map((root) => `root ${formatVkey(root)}\n`)].join(''),
  );
}
