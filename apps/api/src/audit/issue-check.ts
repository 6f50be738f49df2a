/**
 * Before a class's transcripts are composed, signed or sealed: do the rows that they rest on still say what the journal
 * says? Issuing is refused while they do not. Quicker than an audit, and less: it recomputes neither the chain nor the
 * ledger, and of the rows of classes and pupils it looks at this class's. Which those are, the journal's committed texts
 * say and the rows themselves: a row that was moved into the class or out of it is found from either side. What is left
 * of the school's other classes is one look-up a mark, in the index, and the texts of what is rarer than marks. Nothing
 * is kept from one check for the next: what SQL changes since would not be seen, nor what another process writes.
 *
 * Everything is looked at when transcripts are composed and again when the seal is put on, before which nothing leaves the
 * school. The signatures in between are over J alone, whose hash the journal has since everything was looked at: before
 * them it is the documents, the signatures already there and who may sign that are compared.
 */
import { createHash } from 'node:crypto';
import { In, Not, type EntityManager, type ObjectLiteral } from 'typeorm';
import { statementsOf } from '../database/row-lock.js';
import { Problem } from '../http/problem.js';
import { checkDecisions } from '../results/decision-audit.js';
import { Transcript, TranscriptBatch } from '../transcripts/transcripts.entities.js';
import type { ExpectedRow, ExpectedRows } from './expected-rows.js';
import { JournalSide } from './journal-side.js';
import { suspectMarks } from './marks-check.js';
import type { Finding } from './report.js';
import type { Within } from './rows-check.js';

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

/** Classes looked at in one statement, so that their rows' ids fit into it. */
const CLASSES_AT_ONCE = 6;

/** Everything that transcripts rest on, or what a signature before the seal rests on. */
export type Look = 'everything' | 'documents';

/**
 * @param issued one class, or several of one school
 * @throws Problem JOURNAL_BROKEN naming each row that was changed, put in or taken away round the application
 */
export async function requireSound(
  read: EntityManager,
  issued: IssuedClass | readonly IssuedClass[],
  look: Look = 'everything',
): Promise<void> {
  const classes: readonly IssuedClass[] = 'id' in issued ? [issued] : issued;
  const schoolId = classes[0]?.schoolId ?? '';
  const check = look === 'everything' ? checkEverything : checkDocuments;
  const findings = await check(
    read,
    schoolId,
    classes.map(({ id }) => id),
  );
  if (findings.length === 0) return;
  const names = classes.map(({ name }) => name).join(', ');
  throw new Problem(
    'JOURNAL_BROKEN',
    `Dữ liệu của trường không khớp nhật kí ở ${findings.length} chỗ; học bạ lớp ${names} chưa lập, chưa kí được cho đến khi làm rõ. Hãy chạy «socai audit» và báo hiệu trưởng.`,
    findings.map(({ table, id, code, detail }) => ({ where: `${table}/${id}`, code, message: detail })),
  );
}

/** Findings of the rows that the transcripts of these classes rest on. */
async function checkEverything(
  read: EntityManager,
  schoolId: string,
  classIds: readonly string[],
): Promise<Finding[]> {
  const journal = await JournalSide.of(read, schoolId);
  const findings = await journal.follow(RESTS_ON);
  for (const table of OF_SCHOOL) findings.push(...(await journal.compare(table)));
  for (let i = 0; i < classIds.length; i += CLASSES_AT_ONCE) {
    const some = classIds.slice(i, i + CLASSES_AT_ONCE);
    for (const [table, within] of scopesOf(journal.expected, some)) {
      findings.push(...(await journal.compare(table, within)));
    }
  }
  const pupilIds = [...pupilsOf(journal.expected, classIds)];
  for (const ids of statementsOf(await suspectMarks(read, schoolId, classIds, pupilIds))) {
    findings.push(...(await journal.follow(['marks'], ids)));
    findings.push(...(await journal.compare('marks', rowsOf(ids))));
  }
  // Of rows that cannot be trusted nothing more is asked.
  if (findings.length > 0) return findings;
  return [
    ...(await Promise.all(classIds.map((classId) => checkDecisions(read, schoolId, classId)))).flat(),
    ...(await changedDocuments(read, schoolId, classIds)),
  ];
}

/** Findings of who may sign, of the documents of these classes that are being signed, and of their signatures. */
async function checkDocuments(
  read: EntityManager,
  schoolId: string,
  classIds: readonly string[],
): Promise<Finding[]> {
  const documents = await read.find(Transcript, {
    select: { schoolId: true, id: true, batchId: true },
    where: { schoolId, classId: In([...classIds]), state: Not('issued' as const) },
  });
  const batchIds = [...new Set(documents.map(({ batchId }) => batchId))];
  const batches = await read.findBy(TranscriptBatch, { schoolId, id: In(batchIds) });
  const places = [...Array(Math.max(0, ...batches.map(({ route }) => route.length))).keys()];
  const journal = await JournalSide.of(read, schoolId);
  const findings = await journal.follow(OF_SCHOOL);
  for (const table of OF_SCHOOL) findings.push(...(await journal.compare(table)));
  findings.push(...(await journal.follow(['transcript_batches'], batchIds)));
  findings.push(...(await journal.compare('transcript_batches', rowsOf(batchIds))));
  for (const ids of statementsOf(documents.map(({ id }) => id))) {
    findings.push(...(await journal.follow(['transcripts'], ids)));
    findings.push(...(await journal.compare('transcripts', rowsOf(ids))));
    for (const place of places) {
      const signatures = ids.map((id) => `${id}/${String(place)}`);
      findings.push(...(await journal.follow(['transcript_signatures'], signatures)));
    }
    findings.push(...(await journal.compare('transcript_signatures', signaturesOf(ids))));
  }
  return findings.length > 0 ? findings : changedDocuments(read, schoolId, classIds);
}

/** Which rows of each table of classes and pupils are looked at; of marks see marks-check.ts. */
function* scopesOf(
  expected: ExpectedRows,
  classIds: readonly string[],
): Generator<[table: string, within: Within]> {
  const classId = In([...classIds]);
  const inClass = inClasses(classIds);
  for (const table of OF_CLASS) yield [table, scope(expected, table, inClass, { classId })];
  const pupils = pupilsOf(expected, classIds);
  const ofThem = (said: ExpectedRow) => inClass(said) || pupils.has(said.values.get('pupilId')?.value);
  const pupilId = In([...pupils]);
  for (const table of OF_PUPILS) yield [table, scope(expected, table, ofThem, { classId }, { pupilId })];
  const ofPupil = (said: ExpectedRow) => pupils.has(said.values.get('pupilId')?.value);
  yield ['transcript_events', scope(expected, 'transcript_events', ofPupil, { pupilId })];
  yield ['pupils', { rows: [{ id: pupilId }], has: (id) => pupils.has(id) }];
  const transcripts = [...expected.of('transcripts')].filter(([, said]) => ofThem(said)).map(([id]) => id);
  yield ['transcript_signatures', signaturesOf(transcripts)];
}

function inClasses(classIds: readonly string[]): (said: ExpectedRow) => boolean {
  const ids = new Set<unknown>(classIds);
  return (said) => ids.has(said.values.get('classId')?.value);
}

/** The pupils whom the journal has in these classes. */
function pupilsOf(expected: ExpectedRows, classIds: readonly string[]): ReadonlySet<unknown> {
  const inClass = inClasses(classIds);
  const enrolments = [...expected.of('enrolments').values()].filter(inClass);
  return new Set(enrolments.map((said) => said.values.get('pupilId')?.value));
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

function rowsOf(ids: readonly string[]): Within {
  const known = new Set(ids);
  return { rows: [{ id: In([...ids]) }], has: (id) => known.has(id) };
}

function signaturesOf(transcriptIds: readonly string[]): Within {
  const signed = new Set(transcriptIds);
  return {
    rows: [{ transcriptId: In([...transcriptIds]) }],
    has: (id) => signed.has(id.split('/')[0] ?? ''),
  };
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
