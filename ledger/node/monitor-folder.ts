/**
 * A monitor's folder: `state.json`, its own copy of the log in `log/` (which can be served, checked and proven from like
 * the log itself), and a folder for each proof of misbehaviour. Everything in it survives a kill -9 and a power cut.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toHex } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { formatTilePath, levelCount, parseTilePath, tileCount, type Tile } from '#ledger/format/tile.js';
import type { CopiedFile } from '#ledger/verify/log-copy.js';
import { NOTHING_SEEN, type MonitorState, type MonitorStore } from '#ledger/verify/monitor.js';
import { DurableFiles, readIfThere } from './durable-files.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
import { formatMonitorState, parseMonitorState } from './monitor-state.js';
import { misbehaviourFiles } from './misbehaviour-folder.js';
import { nodeCrypto } from './node-crypto.js';

const STATE = 'state.json';
/** Its copy of the log, below the monitor's folder. */
export const COPY_FOLDER = 'log';

export class MonitorFolder implements MonitorStore {
  private constructor(
    private readonly files: DurableFiles,
    private readonly lock: FolderLock,
    private readonly origin: string,
    private state: MonitorState,
  ) {}

  /**
   * Opens (or makes) the folder of the monitor of log `origin` and locks it (LogError LOCKED). A state that cannot be
   * read, or is of another log: MonitorStateError.
   */
  static async open(folder: string, origin: string): Promise<MonitorFolder> {
    await mkdir(folder, { recursive: true });
    const lock = await lockFolder(folder);
    try {
      const files = new DurableFiles(folder);
      await files.clean();
      const bytes = await readIfThere(join(folder, STATE));
      const state = bytes === undefined ? NOTHING_SEEN : parseMonitorState(origin, bytes);
      return new MonitorFolder(files, lock, origin, state);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** What was remembered last. */
  get remembered(): MonitorState {
    return this.state;
  }

  close(): Promise<void> {
    return this.lock.release();
  }

  readTile(path: string): Promise<Uint8Array | undefined> {
    parseTilePath(path);
    return readIfThere(join(this.files.root, COPY_FOLDER, path));
  }

  writeTiles(files: readonly CopiedFile[]): Promise<void> {
    return this.files.write(files.map(({ path, bytes }) => ({ path: join(COPY_FOLDER, path), bytes })));
  }

  async remember(state: MonitorState): Promise<void> {
    await this.writeProofs(state.proofs.slice(this.state.proofs.length));
    await this.files.write([{ path: STATE, bytes: formatMonitorState(this.origin, state) }]);
    const before = this.state;
    this.state = state;
    if (state.followed !== undefined && state.followed !== before.followed) {
      // The copy's own checkpoint, for whoever serves it or checks it; nothing of the monitor reads it.
      await this.files.write([{ path: join(COPY_FOLDER, 'checkpoint'), bytes: state.followed }]);
      await this.dropPartials(before.followed, state.followed);
    }
  }

  /** The folder (relative to this one) of a proof. */
  static proofFolder(proof: Uint8Array): string {
    return `fork-${toHex(nodeCrypto.sha256(proof)).slice(0, 16)}`;
  }

  private async writeProofs(proofs: readonly Uint8Array[]): Promise<void> {
    for (const proof of proofs) {
      const folder = MonitorFolder.proofFolder(proof);
      const files = misbehaviourFiles(proof);
      await this.files.write(files.map(({ name, bytes }) => ({ path: join(folder, name), bytes })));
    }
  }

  /** Partial files of the tree followed before are not needed once a larger one is there. */
  private async dropPartials(before: Uint8Array | undefined, now: Uint8Array): Promise<void> {
    if (before === undefined) return;
    const kept = new Set(partialPaths(now));
    for (const path of partialPaths(before)) {
      if (!kept.has(path)) await this.files.remove(join(COPY_FOLDER, path));
    }
  }
}

/** The partial tiles and the partial bundle of the tree in a signed note. */
function partialPaths(note: Uint8Array): string[] {
  const { size } = parseCheckpoint(parseNote(note).text);
  const levels: Tile['level'][] = [
    'entries',
    ...Array.from({ length: levelCount(size) }, (_, level) => level),
  ];
  return levels.flatMap((level) => {
    const { full, width } = tileCount(size, level === 'entries' ? 0 : level);
    return width === 0 ? [] : [formatTilePath({ level, index: full, width })];
  });
}
