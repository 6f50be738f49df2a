import type { Tenths } from '../decimal.js';
import type { PrimaryYearLevel, QualityLevel, SubjectLevel } from '../types.js';

/** What counts at the end of the year: levels of subjects, of qualities and competences, and year-end tests only. */
export interface YearEnd {
  readonly subjects: readonly SubjectLevel[];
  readonly traits: readonly QualityLevel[];
  readonly tests: readonly Tenths[];
}

/** TT 27/2020 Đ.9 k.2 a–c: the lowest subject level, trait level and year-end test that each level admits. */
export const YEAR_LEVELS: readonly {
  readonly level: PrimaryYearLevel;
  readonly subjects: readonly SubjectLevel[];
  readonly traits: readonly QualityLevel[];
  readonly test: Tenths;
}[] = [
  { level: 'HTXS', subjects: ['T'], traits: ['T'], test: 90 },
  { level: 'HTT', subjects: ['T'], traits: ['T'], test: 70 },
  { level: 'HT', subjects: ['T', 'H'], traits: ['T', 'D'], test: 50 },
];

/**
 * TT 27/2020 Đ.9 k.2: đánh giá kết quả giáo dục. One weak part decides, since the level says that the pupil has all of
 * what the next grade builds on; d) the rest is Chưa hoàn thành. Called only with everything there.
 */
export function yearLevel({ subjects, traits, tests }: YearEnd): PrimaryYearLevel {
  for (const row of YEAR_LEVELS) {
    const reached =
      subjects.every((level) => row.subjects.includes(level)) &&
      traits.every((level) => row.traits.includes(level)) &&
      tests.every((mark) => mark >= row.test);
    if (reached) return row.level;
  }
  return 'CHT';
}
