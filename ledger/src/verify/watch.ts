/**
 * The rules that the entries of a school's log keep among themselves (SPEC.md sections 6 and 7), for a reader who comes
 * back: what he has to remember of the entries before is in `WatchState`.
 */
import { fromUtf8 } from '../format/bytes.js';
import type { Crypto } from '../format/crypto.js';
import { FormatError } from '../format/errors.js';
import { parseLeaf, type Leaf } from '../format/leaf.js';
import { isClosed, keysAfter, type LogKey } from '../format/log-keys.js';
import { ChainCheck, type ChainLink } from './chain.js';
import type { MonitorEvent } from './monitor-events.js';

/** The largest anchor of a school's journal so far. */
export interface JournalAnchor {
  readonly head: string;
  readonly count: number;
  /** Of the newest batch with an anchor; the entries of a batch are in a random order. */
  readonly at: string;
  /** The largest count of the batches before that one: no later anchor has fewer. */
  readonly floor: number;
}

export interface WatchState {
  readonly chain: ChainLink;
  /** The log's own keys, as its entries say; none for a log of raw entries. */
  readonly keys: readonly LogKey[];
  readonly journal?: JournalAnchor;
}

/** Takes entries in order and says what each breaks, and what people should know of it. */
export class EntryWatch {
  /** How many entries of each type were taken. */
  readonly counts = new Map<string, number>();
  /** The tags of the document events taken, with their indexes. */
  readonly tags = new Map<string, number>();
  private readonly chain: ChainCheck;
  private keys: readonly LogKey[];
  private journal: JournalAnchor | undefined;

  constructor(origin: string, from: WatchState | undefined, crypto: Crypto) {
    this.chain = new ChainCheck(origin, crypto.sha256, from?.chain);
    this.keys = from?.keys ?? [];
    this.journal = from?.journal;
  }

  get state(): WatchState {
    const { journal } = this;
    return { chain: this.chain.link, keys: this.keys, ...(journal === undefined ? {} : { journal }) };
  }

  /** The next entry; its bytes are those that were signed. */
  take(entry: Uint8Array): MonitorEvent[] {
    const { next: index } = this.chain.link;
    const where = `entry ${String(index)}`;
    const events: MonitorEvent[] = this.chain
      .check(entry)
      .map((detail) => ({ code: 'CHAIN_BROKEN', where, detail }));
    const leaf = this.chain.link.active ? unlessMalformed(() => parseLeaf(entry)) : undefined;
    this.count(leaf === undefined ? 'raw' : leaf.type);
    if (leaf === undefined) return events;
    if (isClosed(this.keys, index)) {
      events.push({
        code: 'ENTRY_AFTER_CLOSING',
        where,
        detail: `the log was closed before this ${leaf.type}`,
      });
    }
    return [...events, ...this.takeLeaf(leaf, index, where)];
  }

  private takeLeaf(leaf: Leaf, index: number, where: string): MonitorEvent[] {
    switch (leaf.type) {
      case 'log.opened':
      case 'key.added':
      case 'key.retired':
        return this.takeKey(leaf, index, where);
      case 'journal.anchored':
        return this.takeJournal(leaf, where);
      case 'document.event':
        return this.takeTag(leaf.body.tag, index, where);
      case 'trust.published':
        return [{ code: 'TRUST_PUBLISHED', where, detail: `serial ${String(leaf.body.serial)}` }];
      case 'roster.locked':
      case 'checkpoint.anchored':
        return [];
    }
  }

  private takeKey(
    leaf: Leaf & { readonly type: 'log.opened' | 'key.added' | 'key.retired' },
    index: number,
    where: string,
  ): MonitorEvent[] {
    // The entry's own index decides, whatever it states: a wrong seq is said by the chain.
    const { keys, problem } = keysAfter(this.keys, { ...leaf, seq: index });
    this.keys = keys;
    const events: MonitorEvent[] =
      problem === undefined
        ? [{ code: KEY_CODES[leaf.type], where, detail: keyDetail(leaf) }]
        : [{ code: 'KEY_RULE_BROKEN', where, detail: problem }];
    if (isClosed(keys, index + 1)) {
      events.push({ code: 'LOG_CLOSED', where, detail: 'its last key is retired: no entry may follow' });
    }
    return events;
  }

  private takeJournal(
    { body, at }: Leaf & { readonly type: 'journal.anchored' },
    where: string,
  ): MonitorEvent[] {
    const { head, count } = body;
    const before = this.journal;
    if (before === undefined) {
      this.journal = { head, count, at, floor: 0 };
      return [];
    }
    const isLater = at > before.at;
    const floor = isLater ? before.count : before.floor;
    const largest = count > before.count ? { head, count } : { head: before.head, count: before.count };
    this.journal = { ...largest, at: isLater ? at : before.at, floor };
    if (count >= floor && (count !== before.count || head === before.head)) return [];
    const detail =
      count < floor
        ? `the journal has ${String(count)} events and had ${String(floor)}`
        : `the journal's ${String(count)} events have another head than before`;
    return [{ code: 'JOURNAL_REWRITTEN', where, detail }];
  }

  private takeTag(tag: string, index: number, where: string): MonitorEvent[] {
    const first = this.tags.get(tag);
    if (first !== undefined) return [secondEvent(tag, first, where)];
    this.tags.set(tag, index);
    return [];
  }

  private count(type: string): void {
    this.counts.set(type, (this.counts.get(type) ?? 0) + 1);
  }
}

/** Of two entries with one tag the first is the event; the second is the operator's misbehaviour (SPEC.md section 7). */
export function secondEvent(tag: string, first: number, where: string): MonitorEvent {
  return { code: 'SECOND_EVENT', where, detail: `has the tag ${tag} of entry ${String(first)}` };
}

/** The tag in an entry that is a document event; undefined for any other. Quick: for looking through whole logs. */
export function tagIn(entry: Uint8Array): string | undefined {
  const tag = /"tag":"([A-Za-z0-9+/]{43}=)"\},"prev":.*"type":"document\.event"/;
  return unlessMalformed(() => tag.exec(fromUtf8(entry))?.[1]);
}

const KEY_CODES = {
  'log.opened': 'LOG_OPENED',
  'key.added': 'KEY_ADDED',
  'key.retired': 'KEY_RETIRED',
} as const;

function keyDetail(leaf: Leaf & { readonly type: keyof typeof KEY_CODES }): string {
  const key = 'vkey' in leaf.body ? `log key ${leaf.body.vkey}` : `signer's certificate ${leaf.body.cert}`;
  if (leaf.type !== 'key.retired') return key;
  const since = String(leaf.body.invalidFrom);
  return 'vkey' in leaf.body ? `${key}, after size ${since}` : `${key}, from entry ${since} on`;
}

/** What `read` makes of an entry; undefined of one that is not of the format. */
function unlessMalformed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
