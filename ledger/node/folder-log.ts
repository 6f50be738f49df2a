/**
 * A log whose whole store is the folder it is served from. The commit is one rename of the stage file; what is
 * published is in the checkpoint; the right edge is read from the tiles. One process writes, under the folder's lock.
 * Entries wait in this process' memory: an entry is given in and acknowledged within one process.
 */
import { join } from 'node:path';
import { equal } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { formatTilePath, parseBundle, TILE_WIDTH } from '#ledger/format/tile.js';
import { LogError } from '#ledger/log/errors.js';
import type {
  LogState,
  LogStore,
  LogTransaction,
  PendingEntry,
  PublishedCheckpoint,
  SequencedEntry,
  TileFile,
} from '#ledger/log/ports.js';
import { stagedReader } from '#ledger/log/publish.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { TileTree, type TileReader } from '#ledger/merkle/tile-tree.js';
import { readIfThere } from './durable-files.js';
import type { FolderTileStore } from './folder-tiles.js';
import { nodeCrypto } from './node-crypto.js';
import { formatStage, parseStage, type Stage } from './stage-file.js';

const STAGE = 'stage';

export class FolderLogStore implements LogStore {
  private pending: readonly PendingEntry[] = [];
  /** Entries that are not public yet or became so last: a folder keeps no ids. */
  private recent: readonly SequencedEntry[] = [];
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly tiles: FolderTileStore,
    private state: LogState,
    private staged: readonly TileFile[],
  ) {}

  /**
   * Opens the folder, which has a checkpoint (see `createFolderLog`) and is locked by the caller. Without a checkpoint,
   * or with tiles that do not lead to it: LogError.
   */
  static async open(tiles: FolderTileStore): Promise<FolderLogStore> {
    await tiles.files.clean();
    const checkpoint = await tiles.readCheckpoint();
    if (checkpoint === undefined)
      throw new LogError('WRONG_LOG', `there is no checkpoint in ${tiles.folder}`);
    const published = parseCheckpoint(parseNote(checkpoint).text);
    const stage = await readStageFile(tiles.folder);
    if (stage?.size === published.size && !equal(stage.root, published.root)) {
      throw new LogError(
        'FORKED',
        `the stage and the checkpoint in ${tiles.folder} are two trees of one size`,
      );
    }
    const ahead = stage !== undefined && stage.size > published.size ? stage : undefined;
    // A kill may have come before its name was synced: nothing may be signed that a power cut could still take back.
    if (ahead !== undefined) await tiles.files.sync(STAGE);
    const { size, root } = ahead ?? published;
    const staged = stage?.files ?? [];
    const edge = await readEdge(size, root, stagedReader(staged, tiles));
    const state = { size, root, edge, published: { size: published.size, checkpoint } };
    return new FolderLogStore(tiles, state, staged);
  }

  /** Gives entries in, in the order in which they get their indexes. */
  add(entries: readonly PendingEntry[]): void {
    this.pending = [...this.pending, ...entries];
  }

  transaction<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T> {
    const run = this.queue.then(async () => {
      const draft = new Draft(this.state, this.staged, this.pending);
      const result = await work({
        readState: () => Promise.resolve(draft.state),
        takePending: (limit) => Promise.resolve(draft.pending.slice(0, limit)),
        readEntries: (start, end) => this.readEntries(start, end),
        insertEntries: (entries) => Promise.resolve(draft.insert(entries)),
        stage: (files) => Promise.resolve(draft.stage(files)),
        swapState: (expected, next) => Promise.resolve(draft.swap(expected, next)),
      });
      await this.commit(draft);
      return result;
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  readState(): Promise<LogState> {
    return Promise.resolve(this.state);
  }

  readStage(): Promise<readonly TileFile[]> {
    return Promise.resolve(this.staged);
  }

  async readEntries(start: number, end: number): Promise<readonly Uint8Array[]> {
    const reader = stagedReader(this.staged, this.tiles);
    const entries: Uint8Array[] = [];
    for (let first = start - (start % TILE_WIDTH); first < end; first += TILE_WIDTH) {
      const width = Math.min(TILE_WIDTH, this.state.size - first);
      const path = formatTilePath({ level: 'entries', index: first / TILE_WIDTH, width });
      const bytes = await reader.readTile(path);
      if (bytes === undefined) throw new LogError('TILES_DAMAGED', `${path} is missing`);
      entries.push(...parseBundle(bytes, width).slice(Math.max(0, start - first), end - first));
    }
    return entries;
  }

  findEntries(ids: readonly string[]): Promise<readonly SequencedEntry[]> {
    const wanted = new Set(ids);
    return Promise.resolve(this.recent.filter(({ id }) => wanted.has(id)));
  }

  /** The checkpoint file is the record of what is published; the tile store never lets it fall. */
  swapPublished(published: PublishedCheckpoint): Promise<boolean> {
    const larger = (this.state.published?.size ?? 0) > published.size;
    if (!larger) this.state = { ...this.state, published };
    return Promise.resolve(!larger);
  }

  async dropStage(size: number): Promise<void> {
    if (size < this.state.size) return;
    this.staged = [];
    await this.tiles.files.remove(STAGE, { keepRoom: true });
  }

  private async commit(draft: Draft): Promise<void> {
    if (draft.state.size === this.state.size) return;
    const { size, root } = draft.state;
    const stage = { path: STAGE, bytes: formatStage({ size, root, files: draft.staged }) };
    const written = new Set(this.staged);
    // The stage alone is the commit. Copies of its tiles only save a wait for the disk after it.
    await this.tiles.files.write([stage], { soon: draft.staged.filter((file) => !written.has(file)) });
    const isPublic = this.state.published?.size === this.state.size;
    this.recent = isPublic ? draft.inserted : [...this.recent, ...draft.inserted];
    const inserted = new Set(draft.inserted.map(({ id }) => id));
    this.pending = this.pending.filter(({ id }) => !inserted.has(id));
    this.state = draft.state;
    this.staged = draft.staged;
  }
}

/** The store as a transaction sees it before it commits. */
class Draft {
  inserted: readonly SequencedEntry[] = [];

  constructor(
    public state: LogState,
    public staged: readonly TileFile[],
    readonly pending: readonly PendingEntry[],
  ) {}

  insert(entries: readonly SequencedEntry[]): void {
    entries.forEach(({ seq }, i) => {
      if (seq !== this.state.size + i)
        throw new LogError('STATE_DAMAGED', `entry ${String(seq)} is not the next one`);
    });
    this.inserted = entries;
  }

  stage(files: readonly TileFile[]): void {
    const known = new Set(this.staged.map(({ path }) => path));
    this.staged = [...this.staged, ...files.filter(({ path }) => !known.has(path))];
  }

  swap(expected: LogState, next: Pick<LogState, 'size' | 'root' | 'edge'>): boolean {
    if (expected.size !== this.state.size || !equal(expected.root, this.state.root)) return false;
    this.state = { ...this.state, ...next };
    return true;
  }
}

async function readStageFile(folder: string): Promise<Stage | undefined> {
  const bytes = await readIfThere(join(folder, STAGE));
  return bytes === undefined ? undefined : parseStage(bytes);
}

async function readEdge(size: number, root: Uint8Array, reader: TileReader): Promise<Uint8Array> {
  try {
    return (await new TileTree(size, root, reader, nodeCrypto.sha256).edge()).format();
  } catch (error) {
    if (error instanceof MerkleError) throw new LogError('TILES_DAMAGED', error.message, { cause: error });
    throw error;
  }
}
