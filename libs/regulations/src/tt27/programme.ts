import { compulsorySubjects, subjectOf } from '../subjects.js';

/** Tin học và Công nghệ may be given as one subject or as the two lines of the học bạ (ASSUMPTIONS.md B2). */
export const JOINED = 'TIN_HOC_CONG_NGHE';
export const JOINED_PARTS: readonly string[] = ['TIN_HOC', 'CONG_NGHE'];

/** Whether the grade has the subject, compulsory or elective. */
export function isTaught(code: string, grade: number): boolean {
  return subjectOf(grade, code === JOINED ? JOINED_PARTS[0]! : code) !== null;
}

/**
 * Compulsory subjects of the grade that the list lacks. TT 27/2020 Đ.9 k.2 asks for a level in every subject and activity:
 * a year without one of them cannot be judged.
 */
export function missingSubjects(codes: ReadonlySet<string>, grade: number): readonly string[] {
  const missing = compulsorySubjects(grade)
    .map(({ code }) => code)
    .filter((code) => !codes.has(code) && !(codes.has(JOINED) && JOINED_PARTS.includes(code)));
  const bothParts = JOINED_PARTS.every((part) => missing.includes(part));
  if (!bothParts) return missing;
  return missing.flatMap((code) =>
    code === JOINED_PARTS[0] ? [JOINED] : JOINED_PARTS.includes(code) ? [] : [code],
  );
}
