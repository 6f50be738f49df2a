/** What the journal says of the rows of some tables, and how they compare with it. */
import { In, type EntityManager } from 'typeorm';
import { auditedTable, followedColumns } from './audited-tables.js';
import { ExpectedRows, readEvent } from './expected-rows.js';
import { isCommitted } from './journal-check.js';
import { ErasedEvent, JournalEvent } from './journal.entities.js';
import type { Finding } from './report.js';
import { checkRows, type Within } from './rows-check.js';

/** An event as the database has it: making entities of ten thousand takes longer than checking them. */
interface StoredEvent {
  readonly seq: number;
  readonly type: string;
  readonly subject: string;
  readonly subjectId: string;
  readonly payload: string | null;
  /** Base64. */
  readonly salt: string | null;
  readonly commitment: string;
}

export class JournalSide {
  private constructor(
    private readonly read: EntityManager,
    private readonly schoolId: string,
    private readonly erased: ReadonlySet<number>,
    /** What is known of the rows so far. */
    readonly expected: ExpectedRows,
  ) {}

  static async of(read: EntityManager, schoolId: string): Promise<JournalSide> {
    const erased = new Set((await read.findBy(ErasedEvent, { schoolId })).map(({ seq }) => seq));
    return new JournalSide(read, schoolId, erased, new ExpectedRows(followedColumns(read)));
  }

  /**
   * Reads the events about some tables. Not in two parts for the same row: what an earlier event says does not overrule
   * a later one.
   * @param ids of the rows whose events are read; left out: every row's
   * @returns findings of events that are not what their commitments say
   */
  async follow(tables: readonly string[], ids?: readonly string[]): Promise<Finding[]> {
    const { schoolId } = this;
    const events = await this.read
      .createQueryBuilder(JournalEvent, 'event')
      .select('event.seq', 'seq')
      .addSelect('event.type', 'type')
      .addSelect('event.subject', 'subject')
      .addSelect('event.subjectId', 'subjectId')
      .addSelect('event.payload', 'payload')
      .addSelect('event.salt', 'salt')
      .addSelect('event.commitment', 'commitment')
      .where({
        ...{ schoolId, subject: In([...tables]) },
        ...(ids === undefined ? {} : { subjectId: In([...ids]) }),
      })
      .getRawMany<StoredEvent>();
    // Sorted here: asked for the order, SQLite walks through the whole journal instead of the index by subject.
    events.sort((a, b) => a.seq - b.seq);
    return events.flatMap((event) => this.take(event));
  }

  /** Findings of a table's rows. */
  compare(table: string, within?: Within): Promise<Finding[]> {
    return checkRows(this.read, this.schoolId, auditedTable(table), this.expected.of(table), within);
  }

  private take(row: StoredEvent): Finding[] {
    const { payload, salt, commitment } = row;
    if (payload === null && salt === null && this.erased.has(row.seq)) {
      this.expected.erase(row.seq, row);
      return [];
    }
    const event = readEvent(payload);
    const holds =
      payload !== null && salt !== null && isCommitted(Buffer.from(salt, 'base64'), payload, commitment);
    if (event === undefined || !holds) {
      const detail = `nội dung sự kiện ${row.type} không khớp cam kết đã ghi`;
      return [{ code: 'EVENT_CHANGED', table: 'journal_events', id: String(row.seq), detail }];
    }
    this.expected.add(row.seq, event);
    return [];
  }
}
