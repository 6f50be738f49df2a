import type { InputIssues } from '../input-issues.js';
import type { PrimaryPeriod } from '../types.js';
import { competencesOf, QUALITIES } from './catalogue.js';
import { isTaught } from './programme.js';
import {
  LEVEL_TEXT,
  parseSubjectLevel,
  parseTraitLevel,
  readPeriods,
  readTests,
  TRAIT_TEXT,
} from './read-periods.js';
import type { AdditionalAssessment, ByPeriod } from './record.js';
import { testPeriods } from './tests.js';

const FIELDS = new Set(['subjects', 'levels', 'tests', 'qualities', 'competences'] as const);
const SUBJECT = new Set(['code', 'levels', 'tests'] as const);
const AT_YEAR_END = new Set(['CN'] as const);

/**
 * Additional assessment (TT 27/2020 Đ.11), all of it at the year's end. Levels and tests come by subject code
 * (`"levels":{"TOAN":{"CN":"H"}}`, or the bare `"TOAN":"H"`, since only CN is possible) or as a list of subjects in the
 * shape of the main input (ASSUMPTIONS.md B6).
 */
export function readAdditional(
  value: unknown,
  grade: number,
  issues: InputIssues,
): AdditionalAssessment | null {
  if (value === undefined || value === null) return null;
  const where = 'additionalAssessment';
  const fields = issues.fields(value, FIELDS, where) ?? {};
  const bySubject = subjectList(fields.subjects, `${where}.subjects`, issues);
  const taught = (code: string): boolean => isTaught(code, grade);
  const quality = codes(QUALITIES);
  const competence = codes(competencesOf(grade));
  const level = (entry: unknown, at: string): ByPeriod<'T' | 'H' | 'C'> =>
    readPeriods(entry, parseSubjectLevel, LEVEL_TEXT, at, issues);
  const trait = (entry: unknown, at: string): ByPeriod<'T' | 'D' | 'C'> =>
    readPeriods(entry, parseTraitLevel, TRAIT_TEXT, at, issues);
  const test = (entry: unknown, at: string, code: string): ByPeriod<number> =>
    readTests(entry, testPeriods(code, grade), at, issues);
  const read = <V>(
    group: unknown,
    name: string,
    known: (code: string) => boolean,
    parse: (entry: unknown, at: string, code: string) => ByPeriod<V>,
  ): [string, V][] => readGroup(group, `${where}.${name}`, known, parse, issues);
  return {
    levels: new Map([
      ...read(bySubject.levels, 'subjects', taught, level),
      ...read(fields.levels, 'levels', taught, level),
    ]),
    tests: new Map([
      ...read(bySubject.tests, 'subjects', taught, test),
      ...read(fields.tests, 'tests', taught, test),
    ]),
    qualities: new Map(read(fields.qualities, 'qualities', (code) => quality.has(code), trait)),
    competences: new Map(read(fields.competences, 'competences', (code) => competence.has(code), trait)),
  };
}

function codes(traits: readonly { readonly code: string }[]): ReadonlySet<string> {
  return new Set(traits.map(({ code }) => code));
}

function readGroup<V>(
  value: unknown,
  where: string,
  known: (code: string) => boolean,
  parse: (entry: unknown, at: string, code: string) => ByPeriod<V>,
  issues: InputIssues,
): [string, V][] {
  if (value === undefined || value === null) return [];
  const read: [string, V][] = [];
  for (const [code, given] of Object.entries(issues.object(value, where) ?? {})) {
    const at = `${where}.${code}`;
    if (!known(code)) {
      issues.add('UNKNOWN_FIELD', at, 'mã không có trong chương trình của lớp này');
      continue;
    }
    if (given === null) continue;
    const entry = typeof given === 'object' ? given : { CN: given };
    issues.fields(entry, AT_YEAR_END, at);
    const atEnd = (entry as { readonly [P in PrimaryPeriod]?: unknown }).CN;
    const parsed = parse({ CN: atEnd }, at, code).CN;
    if (parsed !== undefined) read.push([code, parsed]);
  }
  return read;
}

function subjectList(
  value: unknown,
  where: string,
  issues: InputIssues,
): { readonly levels: Record<string, unknown>; readonly tests: Record<string, unknown> } {
  const levels = Object.create(null) as Record<string, unknown>;
  const tests = Object.create(null) as Record<string, unknown>;
  if (value === undefined || value === null) return { levels, tests };
  if (!Array.isArray(value)) {
    issues.invalidField(where, value, 'danh sách môn học [ … ]');
    return { levels, tests };
  }
  for (let index = 0; index < value.length; index += 1) {
    const fields = issues.fields(value[index], SUBJECT, `${where}[${index}]`);
    if (fields === null) continue;
    const code = issues.subjectCode(fields.code, `${where}[${index}].code`);
    if (code === null) continue;
    if (fields.levels !== undefined) levels[code] = fields.levels;
    if (fields.tests !== undefined) tests[code] = fields.tests;
  }
  return { levels, tests };
}
