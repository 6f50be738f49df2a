import type { Tenths } from '../decimal.js';
import type { PrimaryYearLevel, Problem, QualityLevel, SubjectLevel, Tt27Answer } from '../types.js';
import { competencesOf, QUALITIES } from './catalogue.js';
import { completion } from './completion.js';
import { honour } from './honour.js';
import { missingSubjects } from './programme.js';
import type { AdditionalAssessment, Tt27Record } from './record.js';
import { testPeriods } from './tests.js';
import { YEAR_LEVELS, yearLevel, type YearEnd } from './year-level.js';

/** The year-end values by code, before and after additional assessment. */
interface YearEndValues {
  readonly levels: ReadonlyMap<string, SubjectLevel>;
  readonly tests: ReadonlyMap<string, Tenths>;
  readonly qualities: ReadonlyMap<string, QualityLevel>;
  readonly competences: ReadonlyMap<string, QualityLevel>;
}

/** A pupil's year under TT 27/2020: the level, what follows from it, and everything that is missing for it. */
export function evaluateTt27(record: Tt27Record): Tt27Answer {
  const problems = missingAtYearEnd(record);
  const values = yearEndValues(record);
  const year = problems.length === 0 ? yearLevel(listsOf(values)) : null;
  const after = afterAdditional(record.additional, values, year, problems);
  return {
    id: record.id,
    ruleSet: 'tt27-2020',
    year,
    promotion: completion(record.grade, year, after),
    honour: honour(year, record),
    problems,
  };
}

/** Everything that Đ.9 needs at the year's end and that is not there. Nothing is put in its place. */
function missingAtYearEnd({ grade, subjects, qualities, competences }: Tt27Record): Problem[] {
  const problems: Problem[] = [];
  const codes = new Set(subjects.map(({ code }) => code));
  for (const code of missingSubjects(codes, grade)) {
    problems.push({ code: 'MISSING_SUBJECT', where: `subjects.${code}` });
  }
  for (const { code, levels, tests, notAssessed } of subjects) {
    if (notAssessed) continue;
    if (levels.CN === undefined)
      problems.push({ code: 'MISSING_LEVEL', where: `subjects.${code}.levels.CN` });
    if (testPeriods(code, grade).includes('CN') && tests.CN === undefined) {
      problems.push({ code: 'MISSING_TEST', where: `subjects.${code}.tests.CN` });
    }
  }
  for (const { code } of QUALITIES) {
    if (qualities.get(code)?.CN === undefined) {
      problems.push({ code: 'MISSING_QUALITY', where: `qualities.${code}.CN` });
    }
  }
  for (const { code } of competencesOf(grade)) {
    if (competences.get(code)?.CN === undefined) {
      problems.push({ code: 'MISSING_COMPETENCE', where: `competences.${code}.CN` });
    }
  }
  return problems;
}

function yearEndValues({ subjects, qualities, competences }: Tt27Record): YearEndValues {
  const levels = new Map<string, SubjectLevel>();
  const tests = new Map<string, Tenths>();
  for (const subject of subjects) {
    if (subject.notAssessed) continue;
    if (subject.levels.CN !== undefined) levels.set(subject.code, subject.levels.CN);
    if (subject.tests.CN !== undefined) tests.set(subject.code, subject.tests.CN);
  }
  return { levels, tests, qualities: atYearEnd(qualities), competences: atYearEnd(competences) };
}

function atYearEnd(
  traits: ReadonlyMap<string, { readonly CN?: QualityLevel }>,
): ReadonlyMap<string, QualityLevel> {
  const values = new Map<string, QualityLevel>();
  for (const [code, { CN }] of traits) {
    if (CN !== undefined) values.set(code, CN);
  }
  return values;
}

function listsOf({ levels, tests, qualities, competences }: YearEndValues): YearEnd {
  return {
    subjects: [...levels.values()],
    traits: [...qualities.values(), ...competences.values()],
    tests: [...tests.values()],
  };
}

const LEAST = YEAR_LEVELS.find(({ level }) => level === 'HT')!;

/**
 * TT 27/2020 Đ.11: additional assessment is for a pupil who is Chưa hoàn thành, in the parts not completed. Each new
 * value stands in the place of the old one; a value for a part that was completed is named and ignored.
 */
function afterAdditional(
  additional: AdditionalAssessment | null,
  before: YearEndValues,
  year: PrimaryYearLevel | null,
  problems: Problem[],
): PrimaryYearLevel | null {
  if (additional === null) return null;
  const open = year === 'CHT';
  const subjectFailed = (code: string): boolean =>
    open && (before.levels.get(code) === 'C' || (before.tests.get(code) ?? LEAST.test) < LEAST.test);
  const replace = <V>(
    name: string,
    old: ReadonlyMap<string, V>,
    given: ReadonlyMap<string, V>,
    failed: (code: string) => boolean,
  ): ReadonlyMap<string, V> => {
    const values = new Map(old);
    for (const [code, value] of given) {
      if (failed(code)) values.set(code, value);
      else problems.push({ code: 'NOT_ELIGIBLE', where: `additionalAssessment.${name}.${code}` });
    }
    return values;
  };
  const after: YearEndValues = {
    levels: replace('levels', before.levels, additional.levels, subjectFailed),
    tests: replace('tests', before.tests, additional.tests, subjectFailed),
    qualities: replace(
      'qualities',
      before.qualities,
      additional.qualities,
      (code) => open && before.qualities.get(code) === 'C',
    ),
    competences: replace(
      'competences',
      before.competences,
      additional.competences,
      (code) => open && before.competences.get(code) === 'C',
    ),
  };
  return open ? yearLevel(listsOf(after)) : null;
}
