/**
 * Which marks are beyond doubt, found quickly: marks are most of what transcripts rest on, and almost every one was
 * recorded once and never touched again. One row with its one event is read as four texts, for making an object of a
 * dozen columns takes longer than checking them. Whatever is not as plain as that is looked at by its id, as other rows.
 */
import { In, Not, type EntityManager, type ObjectLiteral } from 'typeorm';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { statementsOf } from '../database/row-lock.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { auditedTable, readColumns } from './audited-tables.js';
import { readEvent } from './expected-rows.js';
import { isCommitted } from './journal-check.js';
import { JournalEvent } from './journal.entities.js';

const MARKS = auditedTable('marks');
/** Between two columns, and in the place of NULL: control characters, which are in no text that a person typed. */
const BETWEEN = '\u001f';
const NOTHING = '\u001e';

/** A mark joined to one of its events. */
interface MarkAndEvent {
  readonly mark: string;
  /** Null for a mark of which the journal says nothing. */
  readonly seq: number | null;
  readonly payload: string | null;
  /** Base64. */
  readonly salt: string | null;
  readonly commitment: string | null;
}

/**
 * Ids of the marks that have to be looked at more closely: of these classes, of these pupils in other classes, and marks
 * of the school that the journal knows and that are no longer there. Three questions, each with an index of its own: the
 * first two grow with the classes, the third with the school's journal, and reads no row for a mark that is there.
 */
export async function suspectMarks(
  read: EntityManager,
  schoolId: string,
  classIds: readonly string[],
  pupilIds: readonly unknown[],
): Promise<string[]> {
  const suspects = await goneMarks(read, schoolId);
  // One class after the other: the marks of a school are too many to be held at once.
  for (const classId of classIds) suspects.push(...(await doubtful(read, schoolId, { classId })));
  const elsewhere = Not(In([...classIds]));
  for (const some of statementsOf(pupilIds)) {
    suspects.push(...(await doubtful(read, schoolId, { pupilId: In(some), classId: elsewhere })));
  }
  return suspects;
}

async function goneMarks(read: EntityManager, schoolId: string): Promise<string[]> {
  const there = read
    .createQueryBuilder(MarkCell, 'mark')
    .select('1')
    .where('mark.schoolId = :schoolId AND mark.id = event.subjectId');
  const gone = await read
    .createQueryBuilder(JournalEvent, 'event')
    .select('event.subjectId', 'id')
    .distinct()
    .where("event.schoolId = :schoolId AND event.subject = 'marks'", { schoolId })
    .andWhere(`NOT EXISTS (${there.getQuery()})`)
    .getRawMany<{ id: string }>();
  return gone.map(({ id }) => id);
}

async function doubtful(read: EntityManager, schoolId: string, where: ObjectLiteral): Promise<string[]> {
  const columns = readColumns(read, MARKS);
  const rows = await marksWithEvents(read, schoolId, columns).andWhere(where).getRawMany<MarkAndEvent>();
  const id = columns.indexOf('id');
  const seen = new Set<string>();
  const found = new Set<string>();
  for (const row of rows) {
    const values = row.mark.split(BETWEEN);
    const own = values[id] ?? '';
    // A second event: what the row must hold follows from them all.
    if (seen.has(own) || !isPlain(row, columns, values)) found.add(own);
    seen.add(own);
  }
  return [...found];
}

/** Whether the event is intact, and everything that it says of the row stands there. */
function isPlain(
  { seq, payload, salt, commitment }: MarkAndEvent,
  columns: readonly string[],
  values: readonly string[],
): boolean {
  if (seq === null || payload === null || salt === null || values.length !== columns.length) return false;
  if (!isCommitted(Buffer.from(salt, 'base64'), payload, commitment ?? '')) return false;
  const event = readEvent(payload);
  if (event?.subject !== MARKS.table) return false;
  return columns.every((column, i) => {
    if (column === 'id') return values[i] === event.subjectId;
    const said = column === MARKS.lastEvent ? seq : event.data[column];
    return said !== undefined && values[i] === textOf(said);
  });
}

function textOf(said: Json): string {
  if (said === null) return NOTHING;
  return typeof said === 'string' ? said : canonicalJson(said);
}

/** Each row once for every event about it, its columns as one text. */
function marksWithEvents(read: EntityManager, schoolId: string, columns: readonly string[]) {
  const text = columns.map((column) => `COALESCE(CAST(mark.${column} AS text), '${NOTHING}')`);
  return read
    .createQueryBuilder<ObjectLiteral>(MarkCell, 'mark')
    .leftJoin(
      JournalEvent,
      'event',
      "event.schoolId = mark.schoolId AND event.subject = 'marks' AND event.subjectId = mark.id",
    )
    .select(text.join(` || '${BETWEEN}' || `), 'mark')
    .addSelect('event.seq', 'seq')
    .addSelect('event.payload', 'payload')
    .addSelect('event.salt', 'salt')
    .addSelect('event.commitment', 'commitment')
    .where('mark.schoolId = :schoolId', { schoolId });
}
