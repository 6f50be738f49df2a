/** Promises for entries by their ids, for thousands at once: one look at the store answers all that are new. */
import type { LogStore, SequencedEntry } from './ports.js';

/** What is waited for: a durable entry under a signed checkpoint, or under a public one. */
export type Until = 'sequenced' | 'published';

interface Waiter {
  readonly id: string;
  readonly until: Until;
  readonly resolve: (entry: SequencedEntry) => void;
}

interface Placed extends Waiter {
  readonly entry: SequencedEntry;
}

export class Waiters {
  /** By id; no index when the tree had `lookedAt` entries, but for those that nobody has looked for yet. */
  private readonly unplaced = new Map<string, Waiter[]>();
  private fresh = new Set<string>();
  private placed: Placed[] = [];
  private lookedAt = 0;

  constructor(private readonly store: Pick<LogStore, 'findEntries'>) {}

  /** Whether somebody waits whom nobody has looked for yet. */
  get hasFresh(): boolean {
    return this.fresh.size > 0;
  }

  add(id: string, until: Until): Promise<SequencedEntry> {
    return new Promise((resolve) => {
      const others = this.unplaced.get(id);
      if (others === undefined) this.unplaced.set(id, [{ id, until, resolve }]);
      else others.push({ id, until, resolve });
      this.fresh.add(id);
    });
  }

  /** Entries that got their indexes in this process, from `before` entries on: no need to look for them. */
  place(entries: readonly SequencedEntry[], before: number): void {
    for (const entry of entries) this.move(entry);
    if (before === this.lookedAt) this.lookedAt = before + entries.length;
  }

  /** Resolves every promise that has come true: `size` entries are durable, `published` of them public. */
  async settle(size: number, published: number): Promise<void> {
    await this.look(size);
    const still: Placed[] = [];
    for (const waiter of this.placed) {
      const { entry, until, resolve } = waiter;
      if (entry.seq < (until === 'published' ? published : size)) resolve(entry);
      else still.push(waiter);
    }
    this.placed = still;
  }

  /** Looks for those who are new; and for all, when another process has made the tree larger. */
  private async look(size: number): Promise<void> {
    const ids = [...(size > this.lookedAt ? this.unplaced.keys() : this.fresh)];
    this.fresh = new Set();
    if (ids.length > 0) {
      try {
        for (const entry of await this.store.findEntries(ids)) this.move(entry);
      } catch (error) {
        ids.forEach((id) => this.fresh.add(id));
        throw error;
      }
    }
    this.lookedAt = Math.max(this.lookedAt, size);
  }

  private move(entry: SequencedEntry): void {
    for (const waiter of this.unplaced.get(entry.id) ?? []) this.placed.push({ ...waiter, entry });
    this.unplaced.delete(entry.id);
  }
}
