import type { SchoolLevel } from './charter.js';
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
import { PRIMARY_PERIODS, TERMS, type RuleSetId } from './types.js';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** A rule set in one version; a closed year stays with the version it was computed with. */
export interface RuleSetVersion {
  readonly id: RuleSetId;
  /** Raised whenever a result could change: another reading, a mended mistake, an amending circular. */
  readonly version: string;
  readonly circular: string;
  readonly circularDate: string;
  readonly effectiveFrom: string;
  /** First school year of each grade, by the year in which it begins (the circular came in grade by grade). */
  readonly firstYear: Readonly<Record<number, number>>;
}

/** Every version that was ever used, oldest first; versions are added, never changed. */
export const RULE_SET_VERSIONS: readonly RuleSetVersion[] = [
  {
    id: 'tt27-2020',
    version: '1',
    circular: '27/2020/TT-BGDĐT',
    circularDate: '2020-09-04',
    effectiveFrom: '2020-10-20',
    firstYear: { 1: 2020, 2: 2021, 3: 2022, 4: 2023, 5: 2024 },
  },
  {
    id: 'tt22-2021',
    version: '1',
    circular: '22/2021/TT-BGDĐT',
    circularDate: '2021-07-20',
    effectiveFrom: '2021-09-05',
    firstYear: { 6: 2021, 7: 2022, 8: 2023, 9: 2024, 10: 2022, 11: 2023, 12: 2024 },
  },
];

export type RuleSetErrorCode = 'NO_SUCH_GRADE' | 'BAD_SCHOOL_YEAR' | 'NO_RULE_SET' | 'NO_SUCH_VERSION';

export class RuleSetError extends Error {
  constructor(
    readonly code: RuleSetErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'RuleSetError';
  }
}

const GRADES: Readonly<Record<SchoolLevel, readonly [number, number]>> = {
  primary: [1, 5],
  'lower-secondary': [6, 9],
  'upper-secondary': [10, 12],
};

/**
 * The rule set of a class, in its newest version.
 *
 * @param schoolYear "2026-2027"
 * @throws RuleSetError where the grade does not belong to the level, or an older circular (TT 22/2016, TT 58/2011) ruled
 */
export function ruleSetFor(of: {
  readonly level: SchoolLevel;
  readonly grade: number;
  readonly schoolYear: string;
}): RuleSetVersion {
  const [first, last] = GRADES[of.level];
  if (!Number.isInteger(of.grade) || of.grade < first || of.grade > last) {
    throw new RuleSetError(
      'NO_SUCH_GRADE',
      `a ${of.level} school has grades ${first} to ${last}, not ${of.grade}`,
    );
  }
  const begins = beginningOf(of.schoolYear);
  const found = RULE_SET_VERSIONS.findLast(({ firstYear }) => begins >= (firstYear[of.grade] ?? Infinity));
  if (found === undefined) {
    throw new RuleSetError(
      'NO_RULE_SET',
      `grade ${of.grade} in ${of.schoolYear} was under an older circular that is not supported`,
    );
  }
  return found;
}

function beginningOf(schoolYear: string): number {
  const [, begins, ends] = /^([0-9]{4})-([0-9]{4})$/.exec(schoolYear) ?? [];
  if (begins === undefined || Number(ends) !== Number(begins) + 1) {
    throw new RuleSetError('BAD_SCHOOL_YEAR', `a school year is written "2026-2027", got "${schoolYear}"`);
  }
  return Number(begins);
}

/**
 * Everything a result depends on, as data: its SHA-256 over JCS is pinned in each transcript, so that a verifier knows
 * by which rules the results follow from the marks. Built from the very tables that the rules run on.
 */
export function ruleSetDescriptor(id: RuleSetId, version = newestOf(id).version): JsonObject {
  const found = RULE_SET_VERSIONS.find((row) => row.id === id && row.version === version);
  if (found === undefined)
    throw new RuleSetError('NO_SUCH_VERSION', `there is no version ${version} of ${id}`);
  const { circular, circularDate, effectiveFrom } = found;
  const rules = id === 'tt22-2021' ? tt22Rules() : tt27Rules();
  return { id, version, circular, circularDate, effectiveFrom, rounding: 'half-up', ...rules };
}

function newestOf(id: RuleSetId): RuleSetVersion {
  return RULE_SET_VERSIONS.findLast((row) => row.id === id)!;
}

const mark = (tenths: Tenths): string => formatAverage(tenths);

function tt22Rules(): JsonObject {
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

function tt27Rules(): JsonObject {
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
