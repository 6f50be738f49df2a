import { lowerSecondarySubjects } from './subjects/lower-secondary.js';
import { primarySubjects } from './subjects/primary.js';
import type { Subject } from './subjects/rows.js';
import { upperSecondarySubjects } from './subjects/upper-secondary.js';

export type { Subject, SubjectChoice, SubjectKind } from './subjects/rows.js';

const TABLES: ReadonlyMap<number, readonly Subject[]> = new Map([
  ...[1, 2, 3, 4, 5].map((grade) => [grade, primarySubjects(grade)] as const),
  ...[6, 7, 8, 9].map((grade) => [grade, lowerSecondarySubjects(grade)] as const),
  ...[10, 11, 12].map((grade) => [grade, upperSecondarySubjects()] as const),
]);

/** Every subject and activity of the 2018 programme in a grade (1–12), in the official order of the book. */
export function subjectsOf(grade: number): readonly Subject[] {
  const table = TABLES.get(grade);
  if (table === undefined) throw new RangeError(`there is no grade ${grade}; grades are 1 to 12`);
  return table;
}

/** The subjects that every class of the grade has; grades 10–12 choose four more. */
export function compulsorySubjects(grade: number): readonly Subject[] {
  return subjectsOf(grade).filter(({ choice }) => choice === 'compulsory');
}

/** Null when the grade does not have the subject. */
export function subjectOf(grade: number, code: string): Subject | null {
  return subjectsOf(grade).find((subject) => subject.code === code) ?? null;
}
