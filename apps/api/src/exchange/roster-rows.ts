/** Writes what a class list brings: the class, pupils new to the school, places in the class; each with its event. */
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Json } from '#ledger/format/jcs.js';
import { compulsorySubjects } from '#regulations/subjects.js';
import type { NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { statementsOf } from '../database/row-lock.js';
import { ClassSubject, Enrolment, Pupil, SchoolClass } from '../school/school.entities.js';
import type { PlannedRow } from './roster-plan.js';

/** An event before it is said who did it, when, and by which rule. */
export type UnsignedEvent = Pick<NewEvent, 'type' | 'subject' | 'subjectId' | 'data'>;

/** The class, taught the compulsory subjects of its grade. */
export async function makeClass(
  tx: EntityManager,
  row: SchoolClass,
  events: UnsignedEvent[],
): Promise<SchoolClass> {
  const taught = compulsorySubjects(row.grade).map(({ code, periodsPerYear }) => {
    return { subjectCode: code, periodsPerYear };
  });
  await tx.insert(SchoolClass, row);
  await tx.insert(
    ClassSubject,
    taught.map((subject) => ({ schoolId: row.schoolId, classId: row.id, ...subject })),
  );
  const data = rowData(row);
  events.push({ type: 'class.made', subject: 'classes', subjectId: row.id, data });
  for (const { subjectCode, periodsPerYear } of taught) {
    const subjectId = `${row.id}/${subjectCode}`;
    events.push({ type: 'class.subject', subject: 'class_subjects', subjectId, data: { periodsPerYear } });
  }
  return row;
}

/** @returns pupil id by code of those who are new to the school */
export async function makePupils(
  tx: EntityManager,
  schoolId: string,
  joining: readonly PlannedRow[],
  events: UnsignedEvent[],
): Promise<Map<string, string>> {
  const pupils = joining.filter(({ known }) => known === null).map(({ row }) => pupilRow(schoolId, row));
  for (const piece of statementsOf(pupils)) await tx.insert(Pupil, piece);
  for (const pupil of pupils) {
    const data = { ...rowData(pupil, 'guardians'), guardians: pupil.guardians as unknown as Json };
    events.push({ type: 'pupil.entered', subject: 'pupils', subjectId: pupil.id, data });
  }
  return new Map(pupils.map((pupil) => [pupil.code, pupil.id]));
}

function pupilRow(schoolId: string, row: PlannedRow['row']): Pupil {
  const { fullName, registerNumber, birthPlace, ethnicity, nationality, address, personalId, guardians } =
    row;
  if (row.sex === null || row.birthDate === null)
    throw new Error('a row without sex or birth date was not refused');
  return {
    schoolId,
    id: randomUUID(),
    code: row.pupilCode,
    personalId,
    registerNumber,
    fullName,
    sex: row.sex,
    birthDate: row.birthDate,
    birthPlace,
    ethnicity,
    nationality,
    address,
    guardians: guardians.map(({ relation, fullName: name, occupation }) => ({
      relation,
      name,
      ...(occupation === undefined ? {} : { occupation }),
    })),
    erasedAt: null,
  };
}

/** Puts pupils into a class from a day on; `made` are the ids of the new ones. */
export async function enrol(
  tx: EntityManager,
  place: { readonly schoolId: string; readonly classId: string; readonly fromDate: string },
  joining: readonly PlannedRow[],
  made: ReadonlyMap<string, string>,
  events: UnsignedEvent[],
): Promise<void> {
  const rows = joining.map(({ row, known }) => {
    const pupilId = known?.id ?? made.get(row.pupilCode) ?? '';
    return { ...place, id: randomUUID(), pupilId, toDate: null };
  });
  for (const piece of statementsOf(rows)) await tx.insert(Enrolment, piece);
  for (const row of rows) {
    events.push({ type: 'pupil.enrolled', subject: 'enrolments', subjectId: row.id, data: rowData(row) });
  }
}
