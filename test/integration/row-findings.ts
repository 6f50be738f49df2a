/** What an audit says of single tables: their rows compared with the school's journal, without the ledger. */
import type { EntityManager } from 'typeorm';
import { auditedTable, followedColumns } from '#api/audit/audited-tables.js';
import { ExpectedRows, readEvent } from '#api/audit/expected-rows.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import type { Finding } from '#api/audit/report.js';
import { checkRows } from '#api/audit/rows-check.js';
import type { TestServer } from './school.js';

/** Tables of sheets, windows and locks. */
const TABLES = [
  'marks',
  'mark_grounds',
  'earlier_marks',
  'subject_changes',
  'column_details',
  'windows',
  'notices',
  'locks',
];

export async function sheetFindings(server: TestServer, schoolId: string): Promise<Finding[]> {
  return rowFindings(server.database.read, schoolId, TABLES);
}

/** @param read also the connection of an attack that is not committed */
export async function rowFindings(
  read: EntityManager,
  schoolId: string,
  tables: readonly string[],
): Promise<Finding[]> {
  const expected = new ExpectedRows(followedColumns(read));
  const events = await read.find(JournalEvent, { where: { schoolId }, order: { seq: 'ASC' } });
  for (const { seq, payload } of events) {
    const event = readEvent(payload);
    if (event !== undefined) expected.add(seq, event);
  }
  const findings: Finding[] = [];
  for (const table of tables) {
    findings.push(...(await checkRows(read, schoolId, auditedTable(table), expected.of(table))));
  }
  return findings;
}
