import type { SchoolLevel } from './charter.js';
import { evaluate } from './evaluate.js';
import { tt22Rules, tt27Rules, type JsonObject } from './rule-tables.js';
import type { Answer, RuleSetId } from './types.js';

/** Which rule set in which version: what a result, a closed year and a transcript keep. */
export interface RuleSetKey {
  readonly id: RuleSetId;
  /** Raised whenever a result could change: another reading, a mended mistake, an amending circular. */
  readonly version: string;
}

/** A rule set in one version; a closed year stays with the version it was computed with. */
export interface RuleSetVersion extends RuleSetKey {
  readonly circular: string;
  readonly circularDate: string;
  /** First day in force, YYYY-MM-DD. */
  readonly effectiveFrom: string;
  /** First school year of each grade, by the year in which it begins (the circular came in grade by grade). */
  readonly firstYear: Readonly<Record<number, number>>;
  /** Judges a pupil's year as this version does; refuses the input of another rule set as `evaluate` does. */
  readonly evaluate: (input: unknown) => Answer;
  /** The rules as data, for the descriptor. */
  readonly rules: () => JsonObject;
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
    evaluate,
    rules: tt27Rules,
  },
  {
    id: 'tt22-2021',
    version: '1',
    circular: '22/2021/TT-BGDĐT',
    circularDate: '2021-07-20',
    effectiveFrom: '2021-09-05',
    firstYear: { 6: 2021, 7: 2022, 8: 2023, 9: 2024, 10: 2022, 11: 2023, 12: 2024 },
    evaluate,
    rules: tt22Rules,
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

/** The class whose rule set is asked for. */
export interface RuledClass {
  readonly level: SchoolLevel;
  readonly grade: number;
  /** "2026-2027" */
  readonly schoolYear: string;
  /** The version a closed year was computed with; left out while the year is open. */
  readonly closedWith?: RuleSetKey;
}

/**
 * The rule set of a class: the newest version that was in force for its grade in its school year. A closed year keeps
 * its own, whatever came since.
 *
 * @throws RuleSetError where the grade does not belong to the level, or an older circular (TT 22/2016, TT 58/2011) ruled
 */
export function ruleSetFor(
  of: RuledClass,
  versions: readonly RuleSetVersion[] = RULE_SET_VERSIONS,
): RuleSetVersion {
  const [first, last] = GRADES[of.level];
  if (!Number.isInteger(of.grade) || of.grade < first || of.grade > last) {
    throw new RuleSetError(
      'NO_SUCH_GRADE',
      `a ${of.level} school has grades ${first} to ${last}, not ${of.grade}`,
    );
  }
  const begins = beginningOf(of.schoolYear);
  if (of.closedWith !== undefined) return versionOf(of.closedWith, versions);
  const found = versions.findLast((version) => rules(version, of.grade, begins));
  if (found === undefined) {
    throw new RuleSetError(
      'NO_RULE_SET',
      `grade ${of.grade} in ${of.schoolYear} was under an older circular that is not supported`,
    );
  }
  return found;
}

/** What comes into force after the last lesson (31 May) rules the next year, whatever first year it names. */
function rules({ effectiveFrom, firstYear }: RuleSetVersion, grade: number, begins: number): boolean {
  return begins >= (firstYear[grade] ?? Infinity) && effectiveFrom <= `${begins + 1}-05-31`;
}

function beginningOf(schoolYear: string): number {
  const [, begins, ends] = /^([0-9]{4})-([0-9]{4})$/.exec(schoolYear) ?? [];
  if (begins === undefined || Number(ends) !== Number(begins) + 1) {
    throw new RuleSetError('BAD_SCHOOL_YEAR', `a school year is written "2026-2027", got "${schoolYear}"`);
  }
  return Number(begins);
}

/**
 * One version, old or new: results that were computed with it are checked with it.
 *
 * @throws RuleSetError NO_SUCH_VERSION
 */
export function versionOf(
  { id, version }: RuleSetKey,
  versions: readonly RuleSetVersion[] = RULE_SET_VERSIONS,
): RuleSetVersion {
  const found = versions.find((row) => row.id === id && row.version === version);
  if (found === undefined)
    throw new RuleSetError('NO_SUCH_VERSION', `there is no version ${version} of ${id}`);
  return found;
}

/**
 * Everything a result depends on, as data: its SHA-256 over JCS is pinned in each transcript, so that a verifier knows
 * by which rules the results follow from the marks. Built from the very tables that the rules run on.
 */
export function ruleSetDescriptor(id: RuleSetId, version = newestOf(id).version): JsonObject {
  const { circular, circularDate, effectiveFrom, rules: tables } = versionOf({ id, version });
  return { id, version, circular, circularDate, effectiveFrom, rounding: 'half-up', ...tables() };
}

function newestOf(id: RuleSetId): RuleSetVersion {
  return RULE_SET_VERSIONS.findLast((row) => row.id === id)!;
}
