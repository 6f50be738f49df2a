/** Finds what a school holds of one pupil: rows of every table with personal data, and the journal events about them. */
import { Brackets, In, IsNull, Not, type EntityManager, type ObjectLiteral } from 'typeorm';
import type { ErasurePart } from '#regulations/retention.js';
import { AUDITED_TABLES } from '../audit/audited-tables.js';
import { JournalEvent } from '../audit/journal.entities.js';
import { Appeal } from '../corrections/appeals.entities.js';
import { Correction } from '../corrections/corrections.entities.js';
import { PupilChange } from '../corrections/pupil-changes.entities.js';
import { statementsOf } from '../database/row-lock.js';
import { Act, Appointment } from '../identity/identity.entities.js';
import { Enrolment, Guardianship } from '../school/school.entities.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { classDocumentsOf } from './class-documents.js';
import { ERASED, PERSONAL_TABLES, type PersonalTable } from './personal-data.js';

/** Whose data, and through whom to read. */
export interface OfPupil {
  readonly read: EntityManager;
  readonly schoolId: string;
  readonly pupilId: string;
}

/** Rows of one table, whole, that hold data of the pupil. */
export interface FoundRows {
  readonly table: PersonalTable;
  readonly rows: readonly ObjectLiteral[];
}

/** What rows are found by beside the pupil's own id. */
interface Known {
  readonly transcriptIds: readonly string[];
  /** Of classes, and they name the pupil. */
  readonly classDocuments: readonly Transcript[];
  /** Of classes in which the pupil ever was. */
  readonly classIds: readonly string[];
  /** Families' accounts that have no other child and no other role. */
  readonly accountIds: readonly string[];
  /** Of corrections' requests that are about nobody else, of appeals, of changes of personal data. */
  readonly evidenceAbout: readonly string[];
  /** Acts that name this pupil, and nobody else whose data are still there. */
  readonly actIds: readonly string[];
}

/** Everything of a part that is not erased yet. */
export async function rowsOfPart(of: OfPupil, part: ErasurePart): Promise<FoundRows[]> {
  const known = await knownOf(of);
  const found: FoundRows[] = [];
  for (const table of PERSONAL_TABLES.filter((each) => each.part === part)) {
    const where = whereOf(of, table, known);
    const rows = where === null ? [] : await of.read.find(table.entity, { where });
    const left = rows.filter((row) => !isEmptied(table, row));
    if (left.length > 0) found.push({ table, rows: left });
  }
  return found;
}

/** Numbers of the events about rows whose text is still there, in order; also of rows that are gone. */
export async function eventsAbout(of: OfPupil, found: readonly FoundRows[]): Promise<number[]> {
  const seqs = new Set<number>();
  for (const { table, rows } of found) {
    const audited = AUDITED_TABLES.find((each) => each.table === table.table);
    if (audited === undefined) continue;
    const ids = rows.map((row) => audited.key.map((property) => String(row[property])).join('/'));
    for (const piece of statementsOf(ids)) {
      for (const { seq } of await eventsOf(of, { subject: table.table, subjectId: In(piece) })) seqs.add(seq);
    }
    if (table.by !== 'pupilId') continue;
    for (const seq of await eventsNaming(of, table.table)) seqs.add(seq);
  }
  return [...seqs].sort((a, b) => a - b);
}

/** Acts that name the pupil and others too: they stay until the last of those is erased. */
export async function sharedActs(of: OfPupil): Promise<number> {
  return (await actsNaming(of)).filter(({ alone }) => !alone).length;
}

function eventsOf({ read, schoolId }: OfPupil, where: object): Promise<{ seq: number }[]> {
  return read.find(JournalEvent, {
    select: { seq: true },
    where: { ...where, schoolId, payload: Not(IsNull()) },
  });
}

/** Events of a table whose text names the pupil: of drafts and others whose rows are gone. */
async function eventsNaming({ read, schoolId, pupilId }: OfPupil, subject: string): Promise<number[]> {
  const rows = await read
    .createQueryBuilder(JournalEvent, 'event')
    .select('event.seq', 'seq')
    .where('event.schoolId = :schoolId AND event.subject = :subject', { schoolId, subject })
    .andWhere('event.payload LIKE :naming', { naming: `%"${pupilId}"%` })
    .getRawMany<{ seq: number }>();
  return rows.map(({ seq }) => Number(seq));
}

async function knownOf(of: OfPupil): Promise<Known> {
  const { read, schoolId, pupilId } = of;
  const transcripts = await read.find(Transcript, { select: { id: true }, where: { schoolId, pupilId } });
  const appeals = await read.find(Appeal, { select: { id: true }, where: { schoolId, pupilId } });
  const changes = await read.find(PupilChange, { select: { id: true }, where: { schoolId, pupilId } });
  const ids = [...appeals, ...changes].map(({ id }) => id);
  return {
    transcriptIds: transcripts.map(({ id }) => id),
    classDocuments: await classDocumentsOf(of),
    classIds: (await read.findBy(Enrolment, { schoolId, pupilId })).map(({ classId }) => classId),
    accountIds: await ownAccounts(of),
    evidenceAbout: [...(await ownRequests(of)), ...ids],
    actIds: (await actsNaming(of)).filter(({ alone }) => alone).map(({ id }) => id),
  };
}

async function ownAccounts({ read, schoolId, pupilId }: OfPupil): Promise<string[]> {
  const joined = await read.findBy(Guardianship, { schoolId, pupilId });
  const own: string[] = [];
  for (const personId of new Set(joined.map((row) => row.personId))) {
    const otherChild = await read.existsBy(Guardianship, { schoolId, personId, pupilId: Not(pupilId) });
    const otherRole = await read.existsBy(Appointment, {
      ...{ schoolId, personId, role: Not(In(['guardian', 'pupil'])) },
    });
    if (!otherChild && !otherRole) own.push(personId);
  }
  return own;
}

/** Requests for corrections whose every cell is this pupil's, or one of a pupil erased before. */
async function ownRequests({ read, schoolId, pupilId }: OfPupil): Promise<string[]> {
  const own = await read.findBy(Correction, { schoolId, pupilId });
  const requestIds = [...new Set(own.map(({ requestId }) => requestId))];
  const all = await read.findBy(Correction, { schoolId, requestId: In(requestIds) });
  const others = all.filter((row) => row.pupilId !== pupilId && row.newValue !== ERASED);
  return requestIds.filter((id) => !others.some(({ requestId }) => requestId === id));
}

async function actsNaming(of: OfPupil): Promise<{ id: string; alone: boolean }[]> {
  const { read, schoolId, pupilId } = of;
  const corrections = await read.find(Correction, { select: { id: true }, where: { schoolId, pupilId } });
  const transcripts = await read.find(Transcript, { select: { id: true }, where: { schoolId, pupilId } });
  const own = new Set([...corrections, ...transcripts].map(({ id }) => id));
  if (own.size === 0) return [];
  const acts = await read
    .createQueryBuilder(Act, 'act')
    .where('act.schoolId = :schoolId', { schoolId })
    .andWhere(
      new Brackets((any) => {
        [...own].forEach((id, i) => any.orWhere(`act.change LIKE :id${i}`, { [`id${i}`]: `%"${id}"%` }));
      }),
    )
    .getMany();
  const judged: { id: string; alone: boolean }[] = [];
  for (const { id, change } of acts) {
    const others = namedIn(change).filter((named) => !own.has(named));
    judged.push({ id, alone: !(await anyLeft(of, others)) });
  }
  return judged;
}

/** Corrections and transcripts that a change lists. */
function namedIn(change: object): string[] {
  const lists = change as Readonly<Record<string, readonly (string | { readonly id: string })[] | undefined>>;
  const items = [...(lists['corrections'] ?? []), ...(lists['transcripts'] ?? [])];
  return items.map((item) => (typeof item === 'string' ? item : item.id));
}

async function anyLeft({ read, schoolId }: OfPupil, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  const id = In([...ids]);
  return (
    (await read.existsBy(Correction, { schoolId, id, newValue: Not(ERASED) })) ||
    (await read.existsBy(Transcript, { schoolId, id, erasedAt: IsNull() }))
  );
}

function whereOf(
  { schoolId, pupilId }: OfPupil,
  table: PersonalTable,
  known: Known,
): ObjectLiteral | ObjectLiteral[] | null {
  const among = (property: string, ids: readonly string[]) =>
    ids.length === 0 ? null : { schoolId, [property]: In([...ids]) };
  switch (table.by) {
    case 'id':
      return { schoolId, id: pupilId };
    case 'pupilId':
      return { schoolId, pupilId };
    case 'transcriptId':
      return among('transcriptId', known.transcriptIds);
    case 'classDocument': {
      if (table.entity === Transcript)
        return among(
          'id',
          known.classDocuments.map(({ id }) => id),
        );
      const lineages = known.classDocuments.map(({ pupilId: classId, yearId, kind, period }) => {
        return { schoolId, pupilId: classId, yearId, kind, period };
      });
      return lineages.length === 0 ? null : lineages;
    }
    case 'class':
      return among('classId', known.classIds);
    case 'account':
      return among('id', known.accountIds);
    case 'personId':
      return among('personId', known.accountIds);
    case 'evidence': {
      const where = among('aboutId', known.evidenceAbout);
      return where === null ? null : { ...where, about: In([...(table.only ?? [])]) };
    }
    case 'act': {
      const where = among('id', known.actIds);
      return where === null ? null : { ...where, action: In([...(table.only ?? [])]) };
    }
  }
}

/** Whether an erasure has been here: every column that it empties is empty. */
function isEmptied({ emptied }: PersonalTable, row: ObjectLiteral): boolean {
  if (emptied === undefined) return false;
  return Object.entries(emptied).every(([property, value]) => {
    const now: unknown = row[property];
    if (now === null) return true;
    return JSON.stringify(now) === JSON.stringify(typeof value === 'function' ? value(row) : value);
  });
}
