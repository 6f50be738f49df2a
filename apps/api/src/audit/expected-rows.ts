/**
 * What the journal says each row must hold now: events folded in their order. An event about a row carries, in its
 * data, the new values of the row's columns under the entity's property names.
 */
import type { Json } from '#ledger/format/jcs.js';

/** An event's text, read. */
export interface EventText {
  readonly type: string;
  readonly subject: string;
  readonly subjectId: string;
  readonly actor: string;
  readonly act: string | null;
  readonly at: string;
  readonly data: { readonly [key: string]: Json };
}

/** One value, and the event that set it. */
export interface ExpectedValue {
  readonly value: Json;
  readonly seq: number;
}

/** What a row must hold, column by column, and the last event about it. */
export interface ExpectedRow {
  readonly values: Map<string, ExpectedValue>;
  readonly actor: string;
  lastSeq: number;
  /** The last event about it that was erased by approval: what was said until then nobody knows any more. */
  erasedSeq: number | null;
  /** It was cleared away after its time, as the journal says: it need not be there. */
  pruned: boolean;
}

/** Tables of which rows are cleared away after their time; what their events say stays in the journal. */
const PRUNABLE: ReadonlySet<string> = new Set(['sessions', 'activation_codes']);
/** Says that a row was cleared away. */
export const ROW_PRUNED = 'row.pruned';

/** Which columns of which tables are followed. */
export type FollowedColumns = ReadonlyMap<string, ReadonlySet<string>>;

export class ExpectedRows {
  private readonly tables = new Map<string, Map<string, ExpectedRow>>();

  constructor(private readonly followed: FollowedColumns) {}

  /** Takes one more event into account. */
  add(seq: number, event: EventText): void {
    const columns = this.followed.get(event.subject);
    if (columns === undefined) return;
    const row = this.rowFor(event, seq);
    row.lastSeq = Math.max(row.lastSeq, seq);
    row.pruned = event.type === ROW_PRUNED && PRUNABLE.has(event.subject);
    for (const [key, value] of Object.entries(event.data)) {
      if (columns.has(key)) row.values.set(key, { value, seq });
    }
  }

  /** Takes into account that an event about this row was erased by approval. */
  erase(seq: number, about: Pick<EventText, 'subject' | 'subjectId'>): void {
    if (!this.followed.has(about.subject)) return;
    const row = this.rowFor({ ...about, actor: '' }, seq);
    row.lastSeq = Math.max(row.lastSeq, seq);
    row.erasedSeq = Math.max(row.erasedSeq ?? seq, seq);
  }

  /** Rows of a table by id. */
  of(table: string): ReadonlyMap<string, ExpectedRow> {
    return this.tables.get(table) ?? new Map<string, ExpectedRow>();
  }

  private rowFor(event: Pick<EventText, 'subject' | 'subjectId' | 'actor'>, seq: number): ExpectedRow {
    let rows = this.tables.get(event.subject);
    if (rows === undefined) this.tables.set(event.subject, (rows = new Map<string, ExpectedRow>()));
    let row = rows.get(event.subjectId);
    if (row === undefined) {
      row = {
        ...{ values: new Map<string, ExpectedValue>(), actor: event.actor, lastSeq: seq },
        ...{ erasedSeq: null, pruned: false },
      };
      rows.set(event.subjectId, row);
    }
    return row;
  }
}

/** Reads an event's text; undefined when it is not one that the journal writes. */
export function readEvent(payload: string | null): EventText | undefined {
  try {
    const event = JSON.parse(payload ?? '') as EventText;
    return typeof event === 'object' && typeof event.data === 'object' ? event : undefined;
  } catch {
    return undefined;
  }
}
