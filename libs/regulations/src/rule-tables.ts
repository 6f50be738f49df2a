import { formatAverage, type Tenths } from './decimal.js';
import { compulsorySubjects } from './subjects.js';
import { DEFAULT_ADJUSTMENT } from './tt22/adjustment.js';
import { CONDUCT_YEAR_TABLE } from './tt22/conduct-year.js';
import { EXCELLENT_FROM } from './tt22/honour.js';
import { LEARNING_THRESHOLDS, SUBJECTS_NEEDED } from './tt22/learning-level.js';
import { MOST_ABSENCES } from './tt22/promotion.js';
import { REASSESSED_BELOW } from './tt22/reassessment.js';
import { REGULAR_COMMENTS, REGULAR_MARKS_BY_PERIODS } from './tt22/regular-marks.js';
import { competencesOf, QUALITIES } from './tt27/catalogue.js';
import { LAST_PRIMARY_GRADE } from './tt27/completion.js';
import { testPeriods } from './tt27/tests.js';
import { YEAR_LEVELS } from './tt27/year-level.js';
import { PRIMARY_PERIODS, TERMS } from './types.js';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

const mark = (tenths: Tenths): string => formatAverage(tenths);

/** Everything a result under TT 22/2021 depends on, from the very tables that the rules run on. */
export function tt22Rules(): JsonObject {
  return {
    periods: [...TERMS],
    regularMarks: REGULAR_MARKS_BY_PERIODS.map(({ upTo, marks }) => ({ periodsPerYearUpTo: upTo, marks })),
    regularComments: REGULAR_COMMENTS,
    weights: { regular: 1, midterm: 2, final: 3, HK1: 1, HK2: 2 },
    absentFromTest: { score: mark(0), comment: 'CD' },
    commentYear: 'HK2',
    conductYear: CONDUCT_YEAR_TABLE,
    subjectsNeeded: SUBJECTS_NEEDED,
    learning: LEARNING_THRESHOLDS.map(({ level, all, six, failedComments }) => ({
      level,
      all: mark(all),
      six: mark(six),
      failedComments,
    })),
    adjustment: { ...DEFAULT_ADJUSTMENT },
    mostAbsences: MOST_ABSENCES,
    reassessedBelow: mark(REASSESSED_BELOW),
    excellentFrom: mark(EXCELLENT_FROM),
  };
}

/** The same of TT 27/2020. */
export function tt27Rules(): JsonObject {
  const grades = [1, 2, 3, 4, 5];
  const byGrade = (of: (grade: number) => JsonValue): JsonObject =>
    Object.fromEntries(grades.map((grade) => [String(grade), of(grade)]));
  return {
    periods: [...PRIMARY_PERIODS],
    compulsory: byGrade((grade) => compulsorySubjects(grade).map(({ code }) => code)),
    tests: byGrade((grade) =>
      Object.fromEntries(
        compulsorySubjects(grade)
          .map(({ code }) => [code, [...testPeriods(code, grade)]] as const)
          .filter(([, periods]) => periods.length > 0),
      ),
    ),
    qualities: QUALITIES.map(({ code }) => code),
    competences: byGrade((grade) => competencesOf(grade).map(({ code }) => code)),
    yearLevels: YEAR_LEVELS.map(({ level, subjects, traits, test }) => ({
      level,
      subjects: [...subjects],
      traits: [...traits],
      test: mark(test),
    })),
    lastGrade: LAST_PRIMARY_GRADE,
  };
}
