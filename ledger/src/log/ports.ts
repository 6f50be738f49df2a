/**
 * What a log needs from its host. The room itself has no clock, no randomness, no files and no database.
 *
 * The contracts below are what keeps a log from forking; an adapter that weakens one of them is a defect even if every
 * test passes.
 */
import type { LeafDraft } from '../format/leaf.js';
import type { LogKey } from '../format/log-keys.js';
import type { VerifierKey } from '../format/note.js';
import type { Quorum } from '../format/policy.js';
import type { TileReader } from '../merkle/tile-tree.js';

/** Milliseconds since 1970. */
export type Clock = () => number;

/** `length` bytes of a cryptographically secure generator. */
export type Random = (length: number) => Uint8Array;

/** The committed row of a log. A new log has size 0, the empty root, no edge and nothing published. */
export interface LogState {
  readonly size: number;
  /** The root of the first `size` entries, 32 bytes. */
  readonly root: Uint8Array;
  /** `TreeEdge.format()` at `size`: opaque bytes (at most 8 KiB a level) that the store keeps with the row. */
  readonly edge: Uint8Array;
  /** The newest checkpoint that was made public, with all its signatures. */
  readonly published: PublishedCheckpoint | null;
  /**
   * The keys of a chain log as its first `size` entries say, perhaps with those of a few entries more. A store that
   * keeps none leaves it out: they are read from the entries then.
   */
  readonly keys?: readonly LogKey[];
}

export interface PublishedCheckpoint {
  readonly size: number;
  /** The signed note, byte for byte. */
  readonly checkpoint: Uint8Array;
}

/** An entry that waits for its index. */
export type PendingEntry = {
  /** Unique in the log: the same id is never sequenced twice. */
  readonly id: string;
} & (
  | { readonly kind: 'leaf'; readonly draft: LeafDraft }
  /** key.retired of a log key from its own entry on, which only the sequencer knows: it comes last in its batch. */
  | { readonly kind: 'retirement'; readonly vkey: string }
  /** For logs of raw entries; at most 65,535 bytes. */
  | { readonly kind: 'raw'; readonly entry: Uint8Array }
);

/** An entry with its place, as it is inserted. */
export interface SequencedEntry {
  readonly id: string;
  /** The entry's index: its `seq`. */
  readonly seq: number;
  readonly entry: Uint8Array;
  readonly leafHash: Uint8Array;
}

/** A file of tlog-tiles: path ("tile/0/000.p/5", "tile/entries/000.p/5") and bytes. It never changes once written. */
export interface TileFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** One transaction on one log. Nothing of it is visible to anybody before it commits. */
export interface LogTransaction {
  /** The committed row, locked against every other transaction on this log until this one ends. */
  readState(): Promise<LogState>;
  /** Up to `limit` entries that have no index yet, oldest first. */
  takePending(limit: number): Promise<readonly PendingEntry[]>;
  /** The entries start … end − 1, in order, as they were inserted. */
  readEntries(start: number, end: number): Promise<readonly Uint8Array[]>;
  /** Inserts under UNIQUE (log, seq) and UNIQUE (log, id); a clash throws, and the transaction rolls back. */
  insertEntries(entries: readonly SequencedEntry[]): Promise<void>;
  /** Keeps files until they are written out. A path that is staged already keeps its bytes, which are the same. */
  stage(files: readonly TileFile[], size: number): Promise<void>;
  /** Sets size, root and edge if the row still has `expected`'s size and root; false, with nothing set, if it has not. */
  swapState(expected: LogState, next: Pick<LogState, 'size' | 'root' | 'edge'>): Promise<boolean>;
}

/**
 * The store of one log: a database, or a folder. It is the truth; tile files are copies of it.
 *
 * - `transaction` is serialisable on the log's row (SQLite: BEGIN IMMEDIATE; PostgreSQL: SELECT … FOR UPDATE): two
 *   transactions on one log never both commit from the same state. It resolves only when the commit is durable (fsync).
 *   If it rejects, the outcome may be unknown; the sequencer reads the row again before anything else.
 * - The outbox that `takePending` reads is filled by the application in the same transaction as what it announces.
 */
export interface LogStore {
  transaction<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T>;
  /** The committed row. */
  readState(): Promise<LogState>;
  /** Every staged file, in the order staged. */
  readStage(): Promise<readonly TileFile[]>;
  readEntries(start: number, end: number): Promise<readonly Uint8Array[]>;
  /** Those of the entries with these ids that have an index, in any order. */
  findEntries(ids: readonly string[]): Promise<readonly SequencedEntry[]>;
  /**
   * Records what is made public, if nothing larger is: `published.size` never falls. False when a larger one is there.
   * Durable before it resolves.
   */
  swapPublished(published: PublishedCheckpoint): Promise<boolean>;
  /** Forgets files staged for trees of up to `size` entries, after they and the checkpoint are durable in the tile store. */
  dropStage(size: number): Promise<void>;
}

/** Where a log is served from: a folder of immutable files and one `checkpoint`. */
export interface TileStore extends TileReader {
  /**
   * Writes files so that they survive a power cut before this resolves (temporary file, fsync, rename, fsync of the
   * folder). A file that is there with the same bytes is left alone; with other bytes: LogError TILE_CONFLICT. `next` is
   * the checkpoint that is to come after them, if that is known: a store may get it ready, and must not show it.
   */
  writeTiles(files: readonly TileFile[], next?: Uint8Array): Promise<void>;
  readCheckpoint(): Promise<Uint8Array | undefined>;
  /**
   * Replaces the checkpoint atomically and durably, unless the one there states a larger size: compare and replace are
   * one step, so that a slow publisher never takes a newer checkpoint back.
   */
  replaceCheckpoint(checkpoint: Uint8Array): Promise<void>;
}

/** A witness as a log talks to it (C2SP tlog-witness): over HTTP, or in the same process. */
export interface Witness {
  /** Its name in the policy. */
  readonly name: string;
  readonly key: VerifierKey;
  /** POST add-checkpoint with this body. Rejects when the witness cannot be reached in time. */
  addCheckpoint(body: Uint8Array): Promise<WitnessAnswer>;
  /** Its newest cosigned checkpoint of `origin`; undefined when it has none. Rejects when it cannot be reached. */
  latest(origin: string): Promise<Uint8Array | undefined>;
}

export interface WitnessAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly body: Uint8Array;
}

/** Whose cosignatures a log asks for, and how many make a checkpoint public. */
export interface Witnessing {
  readonly policy: Quorum;
  /** How to reach the policy's witnesses; one that is not here cannot cosign. */
  readonly witnesses: readonly Witness[];
  /** Resolves when witnesses beyond a quorum have had their time; left out: all are waited for, as long as they take. */
  readonly grace?: () => Promise<void>;
  /** Publish without a quorum. Explicit, and to be shown wherever the log's health is shown. */
  readonly failOpen?: boolean;
}
