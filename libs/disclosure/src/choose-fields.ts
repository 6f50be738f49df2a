/** Which fields of a document are shown when somebody asks for subjects, for what was completed, or for all. */
import type { Field } from '#transcript/fields.js';

export interface Choice {
  /** Codes of subjects: their results, without remarks. */
  readonly subjects: readonly string[];
  /** Statements such as that the grade was completed. */
  readonly completion: boolean;
  /** Every field of the document. */
  readonly all: boolean;
}

/** Whose it is: without these nothing shown would be about anybody. */
const IDENTITY = ['pupil/fullName', 'pupil/birthDate', 'school/name', 'year/schoolYear', 'year/grade'];
/** Of a subject, in the forms of both circulars. */
const RESULTS = [
  ...['HK1', 'HK2', 'year', 'afterReassessment'],
  ...['level', 'test', 'additional/level', 'additional/test'],
];

/** The paths to disclose, in the order of the fields. A subject that the document does not have: RangeError. */
export function choosePaths(fields: readonly Field[], { subjects, completion, all }: Choice): string[] {
  const paths = fields.map(({ path }) => path);
  if (all) return paths;
  const unknown = subjects.find((code) => !paths.includes(`year/subjects/${code}/code`));
  if (unknown !== undefined) throw new RangeError(unknown);
  const results = subjects.flatMap((code) => RESULTS.map((part) => `year/subjects/${code}/${part}`));
  const chosen = new Set([...IDENTITY, ...results]);
  return paths.filter((path) => chosen.has(path) || (completion && path.startsWith('statement/')));
}
