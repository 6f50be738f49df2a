/** Before a class's transcripts are composed: do its recorded marks still say what the journal says? */
import { In, type EntityManager } from 'typeorm';
import { statementsOf } from '../database/row-lock.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import { auditedTable, followedColumns } from './audited-tables.js';
import { ExpectedRows, readEvent } from './expected-rows.js';
import { commitmentOf } from './journal-check.js';
import { JournalEvent } from './journal.entities.js';
import type { Finding } from './report.js';
import { checkRow } from './rows-check.js';

/**
 * Marks of the class that differ from their events, or whose events were changed. Quicker than an audit, and less: it
 * does not see rows that were deleted, nor a journal that was recomputed as a whole.
 */
export async function checkClassMarks(
  read: EntityManager,
  schoolId: string,
  cells: readonly MarkCell[],
): Promise<Finding[]> {
  const marks = auditedTable('marks');
  const expected = new ExpectedRows(followedColumns(read));
  const findings: Finding[] = [];
  for (const part of statementsOf(cells)) {
    const events = await read.find(JournalEvent, {
      where: { schoolId, subject: 'marks', subjectId: In(part.map(({ id }) => id)) },
      order: { seq: 'ASC' },
    });
    for (const event of events) findings.push(...take(event, expected));
  }
  const rows = expected.of('marks');
  return [...findings, ...cells.flatMap((cell) => checkRow(marks, cell.id, cell, rows.get(cell.id)))];
}

function take(row: JournalEvent, expected: ExpectedRows): Finding[] {
  const { payload, salt, commitment } = row;
  const event = readEvent(row);
  const holds = payload !== null && salt !== null && commitmentOf(salt, payload) === commitment;
  if (event === undefined || !holds) {
    const detail = `nội dung sự kiện ${row.type} không khớp cam kết đã ghi`;
    return [{ code: 'EVENT_CHANGED', table: 'journal_events', id: String(row.seq), detail }];
  }
  expected.add(row.seq, event);
  return [];
}
