/**
 * The sequencer of one log: gives pending entries their indexes and makes checkpoints public, in the one order in which
 * a crash anywhere loses nothing and forks nothing (SPEC.md, "The commit order"):
 *
 *   commit → read the committed row again → sign exactly that → write tiles → collect cosignatures
 *          → swap the published size → replace the checkpoint → drop the stage
 *
 * Nothing is signed before it is committed: two processes would make two signed checkpoints of one size.
 */
import { parseCheckpoint } from '../format/checkpoint.js';
import { nobleCrypto } from '../format/crypto.js';
import { formatVkey, parseNote, type VerifierKey } from '../format/note.js';
import { formatProof } from '../format/proof.js';
import { TileTree } from '../merkle/tile-tree.js';
import { planBatch, tailStart } from './batch.js';
import { LogError } from './errors.js';
import { checkBatchKeys, KeyBook, placeKeyEntries } from './key-book.js';
import type { LogOptions } from './options.js';
import type { LogTransaction, PendingEntry, SequencedEntry } from './ports.js';
import { publish, stagedReader, type OnDurable, type Publication } from './publish.js';
import { recover } from './recover.js';
import { shuffle } from './shuffle.js';
import { Waiters, type Until } from './waiters.js';

/** What a flush did. */
export interface Flush extends Publication {
  /** The entries this flush gave an index, in order. */
  readonly entries: readonly SequencedEntry[];
}

const MAX_BATCH = 1000;
/** The id of the entry that opens a school's log. */
const OPENING_ID = 'log.opened';

export class Sequencer {
  private queue: Promise<unknown> = Promise.resolve();
  /** True from before a commit until its tiles are written: the stage has to be replayed before the next commit. */
  private unsettled = true;
  private last: Publication | undefined;
  /** What each witness cosigned last, by policy name. */
  private readonly seen = new Map<string, number>();
  private readonly waiters: Waiters;
  private readonly keyBook: KeyBook;

  private constructor(private readonly options: LogOptions) {
    this.waiters = new Waiters(options.store);
    this.keyBook = new KeyBook(options);
  }

  /**
   * Opens a log whose store row exists (see LogState). Checks it against what is published and what witnesses have
   * seen; a LogError means: do not write, serve read-only at most.
   */
  static async open(options: LogOptions): Promise<Sequencer> {
    await recover(options);
    return new Sequencer(options);
  }

  /**
   * Sequences up to one batch of what is pending and publishes. A new school's log gets its log.opened first. Calls
   * queue up; any error leaves the log stopped until the next call has replayed what was committed. Missing witnesses
   * are no error: see `quorum` in the answer.
   */
  flush(): Promise<Flush> {
    return this.exclusively(async () => {
      if (this.unsettled) await this.publish();
      this.unsettled = true;
      const { entries, before } = await this.options.store.transaction((t) => this.commit(t));
      this.waiters.place(entries, before);
      const publication =
        (entries.length === 0 ? await this.upToDate() : undefined) ?? (await this.publish());
      this.unsettled = false;
      return { ...publication, entries };
    });
  }

  /** Collects fresh cosignatures for the log as it is: daily for an idle log, so that silence is not taken for health. */
  recosign(): Promise<Publication> {
    return this.exclusively(() => this.publish());
  }

  /** Resolves when the entry with this id is durable under a checkpoint that the log has signed. */
  sequenced(id: string): Promise<SequencedEntry> {
    return this.wait(id, 'sequenced');
  }

  /** Resolves when the entry with this id is under a public checkpoint: witnessed, unless the host chose otherwise. */
  published(id: string): Promise<SequencedEntry> {
    return this.wait(id, 'published');
  }

  /** A tlog-proof of entry `index` under the newest public checkpoint. */
  async prove(index: number): Promise<Uint8Array> {
    const { store, tiles, crypto = nobleCrypto } = this.options;
    const { published } = await store.readState();
    if (published === null)
      throw new RangeError(`nothing is published yet, so entry ${String(index)} has no proof`);
    const { size, root } = parseCheckpoint(parseNote(published.checkpoint).text);
    const reader = stagedReader(await store.readStage(), tiles);
    const hashes = await new TileTree(size, root, reader, crypto.sha256).proveInclusion(index);
    return formatProof({ index, hashes, checkpoint: published.checkpoint });
  }

  /** The one transaction of a batch, on a tree of `before` entries. */
  private async commit(
    transaction: LogTransaction,
  ): Promise<{ readonly entries: readonly SequencedEntry[]; readonly before: number }> {
    const { kind, signer, clock, random, crypto = nobleCrypto, maxBatch = MAX_BATCH } = this.options;
    const state = await transaction.readState();
    const before = state.size;
    const taken = await transaction.takePending(maxBatch);
    // A log of raw entries keeps the order it was given; a school's must not tell who stands where in a class list.
    const pending =
      kind === 'raw'
        ? taken
        : placeKeyEntries(
            before === 0 ? [openingEntry(signer), ...shuffle(taken, random)] : shuffle(taken, random),
            before,
            taken.length === maxBatch,
          );
    if (pending.length === 0) return { entries: [], before };
    if (kind === 'chain') {
      checkBatchKeys(this.options, await this.keyBook.at(state, transaction), pending, before);
    }
    const tail = await transaction.readEntries(tailStart(before), before);
    const batch = planBatch({ kind, origin: signer.name, state, tail, pending, now: clock() }, crypto.sha256);
    await transaction.insertEntries(batch.entries);
    await transaction.stage(batch.files, batch.next.size);
    if (!(await transaction.swapState(state, batch.next))) {
      throw new LogError('RACE_LOST', 'another process has moved the log; nothing was written, try again');
    }
    return { entries: batch.entries, before };
  }

  /** Where the log stands when everything committed is public already; undefined when there is something to publish. */
  private async upToDate(): Promise<Publication | undefined> {
    const { size, published } = await this.options.store.readState();
    await this.waiters.settle(Math.max(this.last?.size ?? 0, published?.size ?? 0), published?.size ?? 0);
    return published?.size === size && this.last !== undefined
      ? { ...this.last, size, published }
      : undefined;
  }

  private async publish(): Promise<Publication> {
    const onDurable: OnDurable = ({ size, published }) => this.waiters.settle(size, published?.size ?? 0);
    const publication = await publish(this.options, this.keyBook, this.seen, onDurable);
    this.last = publication;
    await this.waiters.settle(publication.size, publication.published?.size ?? 0);
    return publication;
  }

  private wait(id: string, until: Until): Promise<SequencedEntry> {
    const entry = this.waiters.add(id, until);
    return new Promise((resolve, reject) => {
      entry.then(resolve, reject);
      // It may have happened already, perhaps in another process. One look serves all who came meanwhile.
      this.exclusively(async () => {
        if (this.waiters.hasFresh) await this.upToDate();
      }).catch(reject);
    });
  }

  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }
}

function openingEntry(key: VerifierKey): PendingEntry {
  const body = { origin: key.name, vkey: formatVkey(key) };
  return { id: OPENING_ID, kind: 'leaf', draft: { type: 'log.opened', body } };
}
