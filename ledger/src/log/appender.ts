/**
 * Takes entries from many callers, gathers them into batches, and tells each caller when his are durable and when they
 * are public. It holds a bounded number of entries: who comes beyond that waits for room. An id is given in once,
 * however often and by however many it is asked for.
 *
 * It has no clock: the host decides how long an entry waits for company (`later`).
 */
import { FormatError } from '../format/errors.js';
import { checkDraft } from '../format/leaf.js';
import { checkEntry } from '../format/tile.js';
import { LogError } from './errors.js';
import type { LogStore, PendingEntry, SequencedEntry } from './ports.js';
import { Group, Ticket, type Receipt } from './receipt.js';
import type { Sequencer } from './sequencer.js';

export interface AppenderOptions {
  readonly log: Pick<Sequencer, 'flush'>;
  /** Answers which ids have an index already. How far back it remembers is how far back an id is given in once. */
  readonly store: Pick<LogStore, 'findEntries'>;
  /** Puts entries where the log's `takePending` finds them. */
  readonly give: (entries: readonly PendingEntry[]) => void | Promise<void>;
  /**
   * Calls `work` later, and answers how to call that off. `batch`: an entry waits for company; `witnesses`: an entry is
   * durable, and too few witnesses have cosigned.
   */
  readonly later: (work: () => void, why: 'batch' | 'witnesses') => () => void;
  /** Entries in one commit; 1,000 unless told, and no more than the log's own limit. */
  readonly maxBatch?: number;
  /** Entries held until they are public; 10,000 unless told. */
  readonly maxWaiting?: number;
}

interface Waiting {
  readonly entries: readonly PendingEntry[];
  readonly enter: () => void;
  readonly refuse: (error: Error) => void;
}

export class LogAppender {
  private readonly maxBatch: number;
  private readonly maxWaiting: number;
  /** Every entry that is not public yet, by id. */
  private readonly tickets = new Map<string, Ticket>();
  /** Those whose ids the store was not asked for yet. */
  private fresh: Ticket[] = [];
  /** Those that the log does not have yet, in order. */
  private queue: Ticket[] = [];
  /** Those that were given to the log and have no index yet. */
  private readonly given = new Set<Ticket>();
  /** Who waits for room, in the order they came. */
  private forRoom: Waiting[] = [];
  private looking: Promise<void> | undefined;
  private running: Promise<void> | undefined;
  /** Whether what waits is sequenced without waiting for company. */
  private urgent = false;
  private planned: { readonly why: 'batch' | 'witnesses'; readonly callOff: () => void } | undefined;
  private publishedSize = 0;
  private failure: Error | undefined;

  constructor(private readonly options: AppenderOptions) {
    this.maxBatch = options.maxBatch ?? 1000;
    this.maxWaiting = options.maxWaiting ?? 10_000;
  }

  /** Gives in one entry; see {@link LogAppender.appendAll}. */
  append(entry: PendingEntry): Promise<Receipt> {
    return this.appendAll([entry]);
  }

  /**
   * Gives in entries, in order; resolves when there is room for them. An entry that could not be written: FormatError,
   * and none of them is given in. After the log has stopped: its error.
   */
  async appendAll(entries: readonly PendingEntry[]): Promise<Receipt> {
    entries.forEach(checkPending);
    if (this.failure !== undefined) throw this.failure;
    // Whoever came before goes first.
    if (this.forRoom.length === 0 && this.hasRoomFor(entries)) return this.take(entries);
    return new Promise((resolve, refuse) => {
      this.forRoom.push({ entries, enter: () => resolve(this.take(entries)), refuse });
    });
  }

  /** Sequences all that was given in so far, without waiting for company. Rejects when the log stops. */
  async flush(): Promise<void> {
    for (;;) {
      while (this.looking !== undefined) await this.looking;
      if (this.queue.length === 0 && this.given.size === 0) break;
      this.urgent = true;
      await this.run();
    }
    if (this.failure !== undefined) throw this.failure;
  }

  /** A group larger than all room goes alone. */
  private hasRoomFor({ length }: readonly PendingEntry[]): boolean {
    return this.tickets.size === 0 || this.tickets.size + length <= this.maxWaiting;
  }

  private take(entries: readonly PendingEntry[]): Receipt {
    const group = new Group(entries.length);
    entries.forEach((entry, place) => {
      let ticket = this.tickets.get(entry.id);
      if (ticket === undefined) {
        ticket = new Ticket(entry);
        this.tickets.set(entry.id, ticket);
        this.fresh.push(ticket);
      }
      ticket.join(group, place);
    });
    if (this.fresh.length > 0) this.looking ??= this.lookForAll();
    return group;
  }

  /** Queues what is fresh, in the order it came; entries whose ids have an index already only wait to be public. */
  private async lookForAll(): Promise<void> {
    try {
      while (this.fresh.length > 0) {
        const tickets = this.fresh;
        this.fresh = [];
        const known = await this.options.store.findEntries(tickets.map(({ entry }) => entry.id));
        if (this.failure !== undefined) return;
        for (const entry of known) this.tickets.get(entry.id)?.place(entry);
        this.queue.push(...tickets.filter(({ isPlaced }) => !isPlaced));
        this.release();
        if (this.queue.length >= this.maxBatch) void this.run();
        else if (this.tickets.size > 0) this.plan('batch');
      }
    } catch (error) {
      this.fail(error as Error);
    } finally {
      this.looking = undefined;
    }
  }

  private plan(why: 'batch' | 'witnesses'): void {
    if (this.planned?.why === why) return;
    this.callOff();
    const work = (): void => {
      this.planned = undefined;
      this.urgent = true;
      void this.run();
    };
    this.planned = { why, callOff: this.options.later(work, why) };
  }

  /** Sequences full batches, and all that waits when it is urgent; one run at a time. It never rejects. */
  private run(): Promise<void> {
    this.running ??= this.sequenceAll();
    return this.running;
  }

  private async sequenceAll(): Promise<void> {
    try {
      while (this.urgent || this.queue.length >= this.maxBatch) {
        this.callOff();
        this.urgent = this.urgent && this.queue.length > this.maxBatch;
        await this.sequence();
      }
      if (this.queue.length > 0) this.plan('batch');
      else if (this.tickets.size > 0) this.plan('witnesses');
    } catch (error) {
      this.fail(error as Error);
    } finally {
      this.running = undefined;
    }
  }

  private callOff(): void {
    this.planned?.callOff();
    this.planned = undefined;
  }

  /** One batch, until each of its entries has an index. */
  private async sequence(): Promise<void> {
    const batch = this.queue.splice(0, this.maxBatch);
    for (const ticket of batch) this.given.add(ticket);
    if (batch.length > 0) await this.options.give(batch.map(({ entry }) => entry));
    do {
      const { entries, published } = await this.flushOnce();
      this.publishedSize = Math.max(this.publishedSize, published?.size ?? 0);
      // When there was nothing to do, somebody else has flushed the log meanwhile and heard of our entries.
      const missed = entries.length === 0 && this.given.size > 0;
      for (const entry of missed ? await this.findGiven() : entries) this.place(entry);
      this.release();
    } while (this.given.size > 0);
  }

  private async flushOnce(): ReturnType<Sequencer['flush']> {
    for (;;) {
      try {
        return await this.options.log.flush();
      } catch (error) {
        // Another process was first and nothing was written: the next try is on what it wrote.
        if (!(error instanceof LogError && error.code === 'RACE_LOST')) throw error;
      }
    }
  }

  private async findGiven(): Promise<readonly SequencedEntry[]> {
    const found = await this.options.store.findEntries([...this.given].map(({ entry }) => entry.id));
    if (found.length > 0) return found;
    throw new LogError('STATE_DAMAGED', 'the log took entries and gave them no index');
  }

  private place(entry: SequencedEntry): void {
    const ticket = this.tickets.get(entry.id);
    if (ticket === undefined) return;
    ticket.place(entry);
    this.given.delete(ticket);
  }

  /** Lets go of what is public, and lets in who waits for the room. */
  private release(): void {
    for (const [id, ticket] of this.tickets) {
      if (ticket.publish(this.publishedSize)) this.tickets.delete(id);
    }
    for (;;) {
      const [next] = this.forRoom;
      if (next === undefined || !this.hasRoomFor(next.entries)) return;
      this.forRoom.shift();
      next.enter();
    }
  }

  private fail(error: Error): void {
    this.failure = error;
    this.callOff();
    for (const ticket of this.tickets.values()) ticket.fail(error);
    this.tickets.clear();
    this.given.clear();
    this.queue = [];
    for (const { refuse } of this.forRoom) refuse(error);
    this.forRoom = [];
  }
}

/** What the log would refuse is refused before anybody else's entry is in one batch with it. */
function checkPending(pending: PendingEntry): void {
  if (pending.kind === 'raw') checkEntry(pending.entry);
  else if (pending.kind === 'leaf') checkDraft({ type: pending.draft.type, body: { ...pending.draft.body } });
  if (pending.id === '') throw new FormatError('BAD_FIELD', 'an entry is given in without an id');
}
