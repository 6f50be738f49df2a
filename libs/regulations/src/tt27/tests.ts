import type { PrimaryPeriod } from '../types.js';

/**
 * TT 27/2020 Đ.7 k.1: which subjects have a periodic test, when and from which grade. Tiếng Việt and Toán are tested
 * in all grades, in grades 4–5 also in mid-term; the others once a term where they are taught. Pupils are not tested
 * in what they do by hand, voice and body. `TIN_HOC_CONG_NGHE` is one subject that is printed, and usually tested,
 * as two (ASSUMPTIONS.md B2).
 */
const TESTS: readonly {
  readonly subjects: readonly string[];
  readonly fromGrade: number;
  readonly midTermFromGrade: number | null;
}[] = [
  { subjects: ['TIENG_VIET', 'TOAN'], fromGrade: 1, midTermFromGrade: 4 },
  {
    subjects: ['NGOAI_NGU_1', 'TIN_HOC_CONG_NGHE', 'TIN_HOC', 'CONG_NGHE'],
    fromGrade: 3,
    midTermFromGrade: null,
  },
  { subjects: ['LICH_SU_DIA_LI', 'KHOA_HOC'], fromGrade: 4, midTermFromGrade: null },
];

const NONE: readonly PrimaryPeriod[] = [];
const END_OF_TERM: readonly PrimaryPeriod[] = ['CHK1', 'CN'];
const ALL_FOUR: readonly PrimaryPeriod[] = ['GHK1', 'CHK1', 'GHK2', 'CN'];

/** The times at which this subject has a test in this grade; empty when it has none. */
export function testPeriods(subject: string, grade: number): readonly PrimaryPeriod[] {
  const row = TESTS.find(({ subjects }) => subjects.includes(subject));
  if (row === undefined || grade < row.fromGrade) return NONE;
  return row.midTermFromGrade !== null && grade >= row.midTermFromGrade ? ALL_FOUR : END_OF_TERM;
}
