/**
 * Before a class's transcripts are composed, signed or sealed: do the rows that they rest on still say what the journal
 * says? Issuing is refused while they do not. Quicker than an audit, and less: it recomputes neither the chain nor the
 * ledger, and of the rows of classes and pupils it looks at this class's. Which those are, the journal's committed texts
 * say and the rows themselves: a row that was moved into the class or out of it is found from either side. What is left
 * of the school's other classes is one look-up a mark, in the index, and the texts of what is rarer than marks. Nothing
 * is kept from one check for the next: what SQL changes since would not be seen, nor what another process writes.
 */
import { createHash } from 'node:crypto';
import { In, Not, type EntityManager, type ObjectLiteral } from 'typeorm';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { Problem } from '../http/problem.js';
import { checkDecisions } from '../results/decision-audit.js';
import { Enrolment } from '../school/school.entities.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { auditedTable, followedColumns } from './audited-tables.js';
import { ExpectedRows, readEvent, type ExpectedRow } from './expected-rows.js';
import { isCommitted } from './journal-check.js';
import { ErasedEvent, JournalEvent } from './journal.entities.js';
import type { Finding } from './report.js';
import { checkRows, type Within } from './rows-check.js';

/** Who may sign and seal, and what the class and the school are called: every row. */
const OF_SCHOOL = [
  ...['schools', 'school_years', 'classes', 'class_subjects', 'people', 'appointments', 'delegations'],
  'certificates',
  'council_meetings',
];
/** What the transcripts say, and what says that they may be issued: rows of the class. */
const OF_CLASS = [
  ...['teaching_assignments', 'corrections', 'locks', 'results', 'year_notes', 'council_decisions'],
  ...['transcript_batches', 'transcript_rosters', 'class_lists', 'sheet_signatures'],
];
/** The same of the pupils whom the journal has in the class: also their rows in other classes. */
const OF_PUPILS = ['enrolments', 'subject_changes', 'transcripts'];
const RESTS_ON = [
  ...OF_SCHOOL,
  ...OF_CLASS,
  ...OF_PUPILS,
  'pupils',
  'transcript_signatures',
  'transcript_events',
];

/** The class whose transcripts are about to be issued. */
export interface IssuedClass {
  readonly schoolId: string;
  readonly id: string;
  readonly name: string;
}

/** Classes looked at together: what is the school's is read once for them, and their marks fit into memory. */
const CLASSES_AT_ONCE = 6;

/**
 * @param issued one class, or several of one school
 * @throws Problem JOURNAL_BROKEN naming each row that was changed, put in or taken away round the application
 */
export async function requireSound(
  read: EntityManager,
  issued: IssuedClass | readonly IssuedClass[],
): Promise<void> {
  const classes: readonly IssuedClass[] = 'id' in issued ? [issued] : issued;
  for (let i = 0; i < classes.length; i += CLASSES_AT_ONCE) {
    await requireSoundClasses(read, classes.slice(i, i + CLASSES_AT_ONCE));
  }
}

async function requireSoundClasses(read: EntityManager, issued: readonly IssuedClass[]): Promise<void> {
  const findings = await checkForIssue(read, issued);
  if (findings.length === 0) return;
  const names = issued.map(({ name }) => name).join(', ');
  throw new Problem(
    'JOURNAL_BROKEN',
    `Dữ liệu của trường không khớp nhật kí ở ${findings.length} chỗ; học bạ lớp ${names} chưa lập, chưa kí được cho đến khi làm rõ. Hãy chạy «socai audit» và báo hiệu trưởng.`,
    findings.map(({ table, id, code, detail }) => ({ where: `${table}/${id}`, code, message: detail })),
  );
}

/** Findings of the rows that the transcripts of these classes rest on. */
async function checkForIssue(read: EntityManager, issued: readonly IssuedClass[]): Promise<Finding[]> {
  const schoolId = issued[0]?.schoolId ?? '';
  const classIds = issued.map(({ id }) => id);
  const expected = new ExpectedRows(followedColumns(read));
  const erased = new Set((await read.findBy(ErasedEvent, { schoolId })).map(({ seq }) => seq));
  // Sorted here: asked for the order, SQLite walks through the whole journal instead of the index by subject.
  const events = [...(await eventsOf(read, schoolId)), ...(await eventsOfMarks(read, schoolId, classIds))];
  events.sort((a, b) => a.seq - b.seq);
  const findings = events.flatMap((event) => take(event, expected, erased));
  for (const [table, within] of scopesOf(expected, classIds)) {
    findings.push(...(await checkRows(read, schoolId, auditedTable(table), expected.of(table), within)));
  }
  // Of rows that cannot be trusted nothing more is asked.
  if (findings.length > 0) return findings;
  return [
    ...(await Promise.all(classIds.map((classId) => checkDecisions(read, schoolId, classId)))).flat(),
    ...(await changedDocuments(read, schoolId, classIds)),
  ];
}

/** Which rows of each table are looked at. */
function* scopesOf(
  expected: ExpectedRows,
  classIds: readonly string[],
): Generator<[table: string, within: Within | undefined]> {
  for (const table of OF_SCHOOL) yield [table, undefined];
  const classId = In([...classIds]);
  const inClass = (said: ExpectedRow) => classIds.some((id) => said.values.get('classId')?.value === id);
  for (const table of OF_CLASS) yield [table, scope(expected, table, inClass, { classId })];
  const pupils = new Set(
    [...expected.of('enrolments').values()].filter(inClass).map((said) => said.values.get('pupilId')?.value),
  );
  const ofThem = (said: ExpectedRow) => inClass(said) || pupils.has(said.values.get('pupilId')?.value);
  const pupilId = In([...pupils]);
  for (const table of OF_PUPILS) yield [table, scope(expected, table, ofThem, { classId }, { pupilId })];
  const ofPupil = (said: ExpectedRow) => pupils.has(said.values.get('pupilId')?.value);
  yield ['transcript_events', scope(expected, 'transcript_events', ofPupil, { pupilId })];
  yield ['pupils', { rows: [{ id: pupilId }], has: (id) => pupils.has(id) }];
  const transcripts = [...expected.of('transcripts')].filter(([, said]) => ofThem(said)).map(([id]) => id);
  const signed = new Set(transcripts);
  const ofSigned = (id: string) => signed.has(id.split('/')[0] ?? '');
  yield ['transcript_signatures', { rows: [{ transcriptId: In(transcripts) }], has: ofSigned }];
  // Their events were looked for by the rows.
  yield ['marks', { rows: [{ classId }, { pupilId }], has: () => true }];
}

/** Rows that say that they belong here, and those of which the journal says so, wherever they are now. */
function scope(
  expected: ExpectedRows,
  table: string,
  belongs: (said: ExpectedRow) => boolean,
  ...rows: readonly ObjectLiteral[]
): Within {
  const known = new Set([...expected.of(table)].filter(([, said]) => belongs(said)).map(([id]) => id));
  return { rows: [...rows, { id: In([...known]) }], has: (id) => known.has(id) };
}

/** Text that is about to be signed, or was, and is not the text whose hash stands beside it. */
async function changedDocuments(
  read: EntityManager,
  schoolId: string,
  classIds: readonly string[],
): Promise<Finding[]> {
  const rows = await read.find(Transcript, {
    select: { id: true, document: true, documentHash: true },
    where: { schoolId, classId: In([...classIds]), state: Not('issued' as const) },
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
 * Of the class's marks, of its pupils' marks that say that they are of another class, and of marks that are no longer
 * there. Three questions, each with an index of its own: the first two grow with the class (joined instead, SQLite goes
 * through the school's marks), the third with the school's journal, and reads no row for a mark that is there.
 */
async function eventsOfMarks(
  read: EntityManager,
  schoolId: string,
  classIds: readonly string[],
): Promise<StoredEvent[]> {
  const marks = () => read.createQueryBuilder(MarkCell, 'mark').where('mark.schoolId = :schoolId');
  const ofClass = marks().select('mark.id').andWhere('mark.classId IN (:...classIds)');
  const pupils = read
    .createQueryBuilder(Enrolment, 'enrolment')
    .select('enrolment.pupilId')
    .where('enrolment.schoolId = :schoolId AND enrolment.classId IN (:...classIds)');
  const elsewhere = marks()
    .select('mark.id')
    .andWhere(`mark.pupilId IN (${pupils.getQuery()})`)
    .andWhere('mark.classId NOT IN (:...classIds)');
  const there = marks().select('1').andWhere('mark.id = event.subjectId');
  const looked = [
    ...[ofClass, elsewhere].map((ids) => `event.subjectId IN (${ids.getQuery()})`),
    `NOT EXISTS (${there.getQuery()})`,
  ];
  let events: StoredEvent[] = [];
  for (const which of looked) {
    const some = storedEvents(read)
      .where("event.schoolId = :schoolId AND event.subject = 'marks'")
      .andWhere(which);
    events = events.concat(await some.setParameters({ schoolId, classIds }).getRawMany<StoredEvent>());
  }
  return events;
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
