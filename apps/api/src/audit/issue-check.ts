/**
 * Before a class's transcripts are composed, signed or sealed: do the rows that they rest on still say what the journal
 * says? Issuing is refused while they do not. Quicker than an audit, and less: it recomputes neither the chain nor the
 * ledger, and of marks it looks at the class's and at those that were deleted.
 */
import { createHash } from 'node:crypto';
import { In, Not, type EntityManager } from 'typeorm';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { Problem } from '../http/problem.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { auditedTable, followedColumns } from './audited-tables.js';
import { ExpectedRows, readEvent } from './expected-rows.js';
import { isCommitted } from './journal-check.js';
import { ErasedEvent, JournalEvent } from './journal.entities.js';
import type { Finding } from './report.js';
import { checkRows } from './rows-check.js';

/** What a transcript says, who may sign it, and what says that it may be issued; of the whole school. */
const RESTS_ON = [
  ...['schools', 'school_years', 'classes', 'class_subjects', 'pupils', 'enrolments', 'teaching_assignments'],
  ...[
    'people',
    'appointments',
    'delegations',
    'corrections',
    'locks',
    'results',
    'year_notes',
    'subject_changes',
  ],
  ...['council_decisions', 'certificates', 'transcript_batches', 'transcript_rosters', 'transcripts'],
  'transcript_signatures',
];

/** The class whose transcripts are about to be issued. */
export interface IssuedClass {
  readonly schoolId: string;
  readonly id: string;
  readonly name: string;
}

/** @throws Problem JOURNAL_BROKEN naming each row that was changed, put in or taken away round the application */
export async function requireSound(read: EntityManager, issued: IssuedClass): Promise<void> {
  const findings = await checkForIssue(read, issued);
  if (findings.length === 0) return;
  throw new Problem(
    'JOURNAL_BROKEN',
    `Dữ liệu của trường không khớp nhật kí ở ${findings.length} chỗ; học bạ lớp ${issued.name} chưa lập, chưa kí được cho đến khi làm rõ. Hãy chạy «socai audit» và báo hiệu trưởng.`,
    findings.map(({ table, id, code, detail }) => ({ where: `${table}/${id}`, code, message: detail })),
  );
}

/** Findings of the rows that a class's transcripts rest on. */
async function checkForIssue(
  read: EntityManager,
  { schoolId, id: classId }: IssuedClass,
): Promise<Finding[]> {
  const expected = new ExpectedRows(followedColumns(read));
  const erased = new Set((await read.findBy(ErasedEvent, { schoolId })).map(({ seq }) => seq));
  // Sorted here: asked for the order, SQLite walks through the whole journal instead of the index by subject.
  const events = [...(await eventsOf(read, schoolId)), ...(await eventsOfMarks(read, schoolId, classId))];
  events.sort((a, b) => a.seq - b.seq);
  const findings = events.flatMap((event) => take(event, expected, erased));
  for (const table of RESTS_ON) {
    findings.push(...(await checkRows(read, schoolId, auditedTable(table), expected.of(table))));
  }
  findings.push(
    ...(await checkRows(read, schoolId, auditedTable('marks'), expected.of('marks'), { classId })),
  );
  return [...findings, ...(await changedDocuments(read, schoolId, classId))];
}

/** Text that is about to be signed, or was, and is not the text whose hash stands beside it. */
async function changedDocuments(read: EntityManager, schoolId: string, classId: string): Promise<Finding[]> {
  const rows = await read.find(Transcript, {
    select: { id: true, document: true, documentHash: true },
    where: { schoolId, classId, state: Not('issued' as const) },
  });
  return rows.flatMap(({ id, document, documentHash }): Finding[] => {
    if (document === null || createHash('sha256').update(document).digest('hex') === documentHash) return [];
    const detail = 'nội dung không có mã xác thực đã ghi';
    return [{ code: 'DOCUMENT_CHANGED', table: 'transcripts', id, detail }];
  });
}

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

function eventsOf(read: EntityManager, schoolId: string): Promise<StoredEvent[]> {
  return storedEvents(read)
    .where({ schoolId, subject: In(RESTS_ON) })
    .getRawMany<StoredEvent>();
}

/**
 * Of the class's marks, and of marks that are no longer there. Two questions, each with an index of its own: the first
 * grows with the class, the second with the school's journal, and reads no row for a mark that is there.
 */
async function eventsOfMarks(read: EntityManager, schoolId: string, classId: string): Promise<StoredEvent[]> {
  const ofClass = await storedEvents(read)
    .innerJoin(MarkCell, 'mark', 'mark.schoolId = event.schoolId AND mark.id = event.subjectId')
    .where("event.schoolId = :schoolId AND event.subject = 'marks'", { schoolId })
    .andWhere('mark.classId = :classId', { classId })
    .getRawMany<StoredEvent>();
  const there = read
    .createQueryBuilder(MarkCell, 'mark')
    .select('1')
    .where('mark.schoolId = event.schoolId AND mark.id = event.subjectId');
  const ofDeleted = await storedEvents(read)
    .where("event.schoolId = :schoolId AND event.subject = 'marks'", { schoolId })
    .andWhere(`NOT EXISTS (${there.getQuery()})`)
    .getRawMany<StoredEvent>();
  return [...ofClass, ...ofDeleted];
}

function storedEvents(read: EntityManager) {
  return read
    .createQueryBuilder(JournalEvent, 'event')
    .select('event.seq', 'seq')
    .addSelect('event.type', 'type')
    .addSelect('event.subject', 'subject')
    .addSelect('event.subjectId', 'subjectId')
    .addSelect('event.payload', 'payload')
    .addSelect('event.salt', 'salt')
    .addSelect('event.commitment', 'commitment');
}

function take(row: StoredEvent, expected: ExpectedRows, erased: ReadonlySet<number>): Finding[] {
  const { payload, salt, commitment } = row;
  if (payload === null && salt === null && erased.has(row.seq)) {
    expected.erase(row.seq, row);
    return [];
  }
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
