/** What an appender tells its callers: when each entry is durable, and when it is public. */
import type { PendingEntry, SequencedEntry } from './ports.js';

/** When the entries of one call are safe. Both reject when the log stops, and then nobody knows: ask again by id. */
export interface Receipt {
  /** Durable under a checkpoint that the log has signed; in the order they were given in. */
  readonly sequenced: Promise<readonly SequencedEntry[]>;
  /** Under a public checkpoint: witnessed, unless the host chose otherwise. */
  readonly published: Promise<readonly SequencedEntry[]>;
}

/** One id on its way, and who asked for it. */
export class Ticket {
  private placed: SequencedEntry | undefined;
  private readonly groups: { readonly group: Group; readonly place: number }[] = [];

  constructor(readonly entry: PendingEntry) {}

  get isPlaced(): boolean {
    return this.placed !== undefined;
  }

  join(group: Group, place: number): void {
    this.groups.push({ group, place });
    if (this.placed !== undefined) group.place(place, this.placed);
  }

  place(entry: SequencedEntry): void {
    if (this.placed !== undefined) return;
    this.placed = entry;
    for (const { group, place } of this.groups) group.place(place, entry);
  }

  /** Whether the entry is one of the first `published`. */
  publish(published: number): boolean {
    if (this.placed === undefined || this.placed.seq >= published) return false;
    for (const { group } of this.groups) group.publish();
    return true;
  }

  fail(error: Error): void {
    for (const { group } of this.groups) group.fail(error);
  }
}

/** The entries of one call. */
export class Group implements Receipt {
  private readonly durable = deferred<readonly SequencedEntry[]>();
  private readonly open = deferred<readonly SequencedEntry[]>();
  readonly sequenced = this.durable.promise;
  readonly published = this.open.promise;
  private readonly entries: SequencedEntry[] = [];
  private unplaced: number;
  private unpublished: number;

  constructor(count: number) {
    this.unplaced = this.unpublished = count;
    if (count > 0) return;
    this.durable.resolve([]);
    this.open.resolve([]);
  }

  place(place: number, entry: SequencedEntry): void {
    this.entries[place] = entry;
    if (--this.unplaced === 0) this.durable.resolve(this.entries);
  }

  publish(): void {
    if (--this.unpublished === 0) this.open.resolve(this.entries);
  }

  fail(error: Error): void {
    this.durable.reject(error);
    this.open.reject(error);
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: Deferred<T>['resolve'] = () => undefined;
  let reject: Deferred<T>['reject'] = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Who asks for one of the two only must not be told of the other by an unhandled rejection.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
