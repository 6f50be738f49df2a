/** A LogStore and a TileStore in memory, with the contracts of ports.ts, and ways to fail at chosen moments. */
import { equal } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { emptyRoot } from '#ledger/format/hash.js';
import { parseNote } from '#ledger/format/note.js';
import { LogError } from '#ledger/log/errors.js';
import type {
  LogState,
  LogStore,
  LogTransaction,
  PendingEntry,
  PublishedCheckpoint,
  SequencedEntry,
  TileFile,
  TileStore,
} from '#ledger/log/ports.js';
import type { WitnessStore } from '#ledger/log/witness.js';

interface Rows {
  state: LogState;
  entries: SequencedEntry[];
  pending: PendingEntry[];
  stage: (TileFile & { size: number })[];
}

/** One log's rows. Transactions run one after another on a copy that replaces the rows when they commit. */
export class MemoryStore implements LogStore {
  rows: Rows = {
    state: { size: 0, root: emptyRoot(), edge: new Uint8Array(), published: null },
    entries: [],
    pending: [],
    stage: [],
  };
  /** Called with the name of each moment; throwing there is a failure there. */
  onMoment: (moment: 'before commit' | 'after commit' | 'swapPublished' | 'dropStage') => void = () =>
    undefined;
  private queue: Promise<unknown> = Promise.resolve();

  add(...pending: PendingEntry[]): void {
    this.rows.pending.push(...pending);
  }

  transaction<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T> {
    const run = this.queue.then(async () => {
      const rows: Rows = {
        state: this.rows.state,
        entries: [...this.rows.entries],
        pending: [...this.rows.pending],
        stage: [...this.rows.stage],
      };
      const result = await work(transactionOn(rows));
      this.onMoment('before commit');
      this.rows = rows;
      this.onMoment('after commit');
      return result;
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  readState(): Promise<LogState> {
    return Promise.resolve(this.rows.state);
  }

  readStage(): Promise<readonly TileFile[]> {
    return Promise.resolve(this.rows.stage);
  }

  readEntries(start: number, end: number): Promise<readonly Uint8Array[]> {
    return Promise.resolve(this.rows.entries.slice(start, end).map(({ entry }) => entry));
  }

  findEntries(ids: readonly string[]): Promise<readonly SequencedEntry[]> {
    const wanted = new Set(ids);
    return Promise.resolve(this.rows.entries.filter(({ id }) => wanted.has(id)));
  }

  swapPublished(published: PublishedCheckpoint): Promise<boolean> {
    return attempt(() => {
      this.onMoment('swapPublished');
      const { state } = this.rows;
      if (state.published !== null && state.published.size > published.size) return false;
      this.rows.state = { ...state, published };
      return true;
    });
  }

  dropStage(size: number): Promise<void> {
    return attempt(() => {
      this.onMoment('dropStage');
      this.rows.stage = this.rows.stage.filter((file) => file.size > size);
    });
  }
}

function transactionOn(rows: Rows): LogTransaction {
  return {
    readState: () => Promise.resolve(rows.state),
    takePending: (limit) => {
      const known = new Set(rows.entries.map(({ id }) => id));
      return Promise.resolve(rows.pending.filter(({ id }) => !known.has(id)).slice(0, limit));
    },
    readEntries: (start, end) => Promise.resolve(rows.entries.slice(start, end).map(({ entry }) => entry)),
    insertEntries: (entries) =>
      attempt(() => {
        for (const entry of entries) {
          if (rows.entries.some(({ id, seq }) => id === entry.id || seq === entry.seq)) {
            throw new Error(`UNIQUE constraint failed: ${entry.id}, ${String(entry.seq)}`);
          }
          rows.entries.push(entry);
          rows.pending = rows.pending.filter(({ id }) => id !== entry.id);
        }
      }),
    stage: (files, size) =>
      attempt(() => {
        rows.stage.push(...files.map((file) => ({ ...file, size })));
      }),
    swapState: (expected, next) =>
      attempt(() => {
        if (rows.state.size !== expected.size || !equal(rows.state.root, expected.root)) return false;
        rows.state = { ...rows.state, ...next };
        return true;
      }),
  };
}

/** A served tree in memory. */
export class MemoryTiles implements TileStore {
  readonly files = new Map<string, Uint8Array>();
  checkpoint: Uint8Array | undefined;
  onMoment: (moment: 'writeTiles' | 'replaceCheckpoint') => void = () => undefined;

  readTile(path: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(path));
  }

  writeTiles(files: readonly TileFile[]): Promise<void> {
    return attempt(() => {
      for (const { path, bytes } of files) {
        const there = this.files.get(path);
        if (there !== undefined && !equal(there, bytes)) throw new LogError('TILE_CONFLICT', path);
        this.files.set(path, bytes);
        this.onMoment('writeTiles');
      }
    });
  }

  readCheckpoint(): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.checkpoint);
  }

  replaceCheckpoint(checkpoint: Uint8Array): Promise<void> {
    return attempt(() => {
      this.onMoment('replaceCheckpoint');
      if (this.checkpoint !== undefined && sizeOf(this.checkpoint) > sizeOf(checkpoint)) return;
      this.checkpoint = checkpoint;
    });
  }
}

/** A witness' memory. */
export class MemoryWitnessStore implements WitnessStore {
  readonly notes = new Map<string, Uint8Array>();

  latest(origin: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.notes.get(origin));
  }

  swap(origin: string, expected: Uint8Array | undefined, next: Uint8Array): Promise<boolean> {
    const there = this.notes.get(origin);
    const same = there === undefined || expected === undefined ? there === expected : equal(there, expected);
    if (same) this.notes.set(origin, next);
    return Promise.resolve(same);
  }
}

/** The tree size in a signed checkpoint. */
export function sizeOf(checkpoint: Uint8Array): number {
  return parseCheckpoint(parseNote(checkpoint).text).size;
}

function attempt<T>(work: () => T): Promise<T> {
  return Promise.resolve().then(work);
}
