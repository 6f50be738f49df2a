/** Before a class's transcripts are composed: do its recorded marks still say what the journal says? */
import type { EntityManager } from 'typeorm';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { auditedTable, followedColumns } from './audited-tables.js';
import { ExpectedRows, readEvent } from './expected-rows.js';
import { isCommitted } from './journal-check.js';
import { JournalEvent } from './journal.entities.js';
import type { Finding } from './report.js';
import { checkRow } from './rows-check.js';

/** An event as the database has it: making entities of ten thousand takes longer than checking them. */
interface StoredEvent {
  readonly seq: number;
  readonly type: string;
  readonly payload: string | null;
  /** Base64. */
  readonly salt: string | null;
  readonly commitment: string;
}

/**
 * Marks of the class that differ from their events, or whose events were changed. Quicker than an audit, and less: it
 * does not see rows that were deleted, nor a journal that was recomputed as a whole.
 * @param cells all of the class's cells, drafts among them
 */
export async function checkClassMarks(
  read: EntityManager,
  schoolId: string,
  classId: string,
  cells: readonly MarkCell[],
): Promise<Finding[]> {
  const marks = auditedTable('marks');
  const expected = new ExpectedRows(followedColumns(read));
  const events = await eventsOfClass(read, schoolId, classId);
  const findings = events.flatMap((event) => take(event, expected));
  const rows = expected.of('marks');
  return [...findings, ...cells.flatMap((cell) => checkRow(marks, cell.id, cell, rows.get(cell.id)))];
}

function eventsOfClass(read: EntityManager, schoolId: string, classId: string): Promise<StoredEvent[]> {
  return read
    .createQueryBuilder(JournalEvent, 'event')
    .innerJoin(MarkCell, 'mark', 'mark.schoolId = event.schoolId AND mark.id = event.subjectId')
    .select('event.seq', 'seq')
    .addSelect('event.type', 'type')
    .addSelect('event.payload', 'payload')
    .addSelect('event.salt', 'salt')
    .addSelect('event.commitment', 'commitment')
    .where("event.schoolId = :schoolId AND event.subject = 'marks' AND mark.classId = :classId", {
      schoolId,
      classId,
    })
    .orderBy('event.seq')
    .getRawMany<StoredEvent>();
}

function take(row: StoredEvent, expected: ExpectedRows): Finding[] {
  const { payload, salt, commitment } = row;
  const event = readEvent(payload);
  const holds =
    payload !== null &&
    salt !== null &&
    isCommitted(new Uint8Array(Buffer.from(salt, 'base64')), payload, commitment);
  if (event === undefined || !holds) {
    const detail = `nội dung sự kiện ${row.type} không khớp cam kết đã ghi`;
    return [{ code: 'EVENT_CHANGED', table: 'journal_events', id: String(row.seq), detail }];
  }
  expected.add(row.seq, event);
  return [];
}
