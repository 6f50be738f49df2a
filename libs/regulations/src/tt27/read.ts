import type { InputIssues } from '../input-issues.js';
import type { PrimaryPeriod, PupilId, QualityLevel } from '../types.js';
import { competencesOf, QUALITIES, type Trait } from './catalogue.js';
import { isTaught, JOINED, JOINED_PARTS } from './programme.js';
import { readAdditional } from './read-additional.js';
import {
  LEVEL_TEXT,
  parseSubjectLevel,
  parseTraitLevel,
  readPeriods,
  readTests,
  TRAIT_TEXT,
} from './read-periods.js';
import type { ByPeriod, PrimarySubject, Tt27Record } from './record.js';
import { testPeriods } from './tests.js';

const TOP = new Set([
  'id',
  'ruleSet',
  'grade',
  'subjects',
  'qualities',
  'competences',
  'outstanding',
  'classRecognised',
  'replacedTests',
  'additionalAssessment',
] as const);
const SUBJECT = new Set(['code', 'levels', 'tests', 'notAssessed'] as const);
/** Đ.7 k.3: only an abnormal test at the end of a term may be given again. */
const REPLACEABLE: readonly PrimaryPeriod[] = ['CHK1', 'CN'];

/** The recorded year of a primary pupil, or issues that say everything that is wrong with it. */
export function readTt27(input: unknown, id: PupilId, issues: InputIssues): Tt27Record {
  const top = issues.fields(input, TOP, '') ?? {};
  const grade = issues.grade(top.grade, 1, 5);
  const subjects = readSubjects(top.subjects, grade, issues);
  readReplacedTests(top.replacedTests, grade, issues);
  return {
    id,
    grade,
    subjects,
    qualities: readTraits(top.qualities, QUALITIES, 'qualities', issues),
    competences: readTraits(top.competences, competencesOf(grade), 'competences', issues),
    outstanding: issues.flag(top.outstanding, 'outstanding'),
    classRecognised: issues.flag(top.classRecognised, 'classRecognised'),
    additional: readAdditional(top.additionalAssessment, grade, issues),
  };
}

function readSubjects(value: unknown, grade: number, issues: InputIssues): PrimarySubject[] {
  const subjects: PrimarySubject[] = [];
  if (!Array.isArray(value)) {
    issues.invalidField('subjects', value, 'danh sách môn học [ … ]');
    return subjects;
  }
  const seen = new Set<string>();
  for (let index = 0; index < value.length; index += 1) {
    const subject = readSubject(value[index], index, grade, issues);
    if (subject === null) continue;
    const { code } = subject;
    const twice =
      seen.has(code) ||
      (code === JOINED && JOINED_PARTS.some((part) => seen.has(part))) ||
      (JOINED_PARTS.includes(code) && seen.has(JOINED));
    if (twice) issues.add('DUPLICATE_SUBJECT', `subjects.${code}`, 'môn học xuất hiện hai lần');
    seen.add(code);
    subjects.push(subject);
  }
  return subjects;
}

function readSubject(
  value: unknown,
  index: number,
  grade: number,
  issues: InputIssues,
): PrimarySubject | null {
  const fields = issues.fields(value, SUBJECT, `subjects[${index}]`);
  if (fields === null) return null;
  const code = issues.subjectCode(fields.code, `subjects[${index}].code`);
  if (code === null) return null;
  const where = `subjects.${code}`;
  const subject: PrimarySubject = {
    code,
    levels: readPeriods(fields.levels, parseSubjectLevel, LEVEL_TEXT, `${where}.levels`, issues),
    tests: readTests(fields.tests, testPeriods(code, grade), `${where}.tests`, issues),
    notAssessed: issues.flag(fields.notAssessed, `${where}.notAssessed`),
  };
  if (!isTaught(code, grade)) {
    issues.add('UNKNOWN_SUBJECT', where, `chương trình lớp ${grade} không có môn học mang mã này`);
  }
  return subject;
}

function readTraits(
  value: unknown,
  traits: readonly Trait[],
  where: string,
  issues: InputIssues,
): ReadonlyMap<string, ByPeriod<QualityLevel>> {
  const read = new Map<string, ByPeriod<QualityLevel>>();
  if (value === undefined || value === null) return read;
  const fields = issues.fields(value, new Set(traits.map(({ code }) => code)), where) ?? {};
  for (const { code } of traits) {
    read.set(code, readPeriods(fields[code], parseTraitLevel, TRAIT_TEXT, `${where}.${code}`, issues));
  }
  return read;
}

/** The abnormal tests are kept beside the marks that count: checked like marks, used for nothing. */
function readReplacedTests(value: unknown, grade: number, issues: InputIssues): void {
  if (value === undefined || value === null) return;
  const given = issues.object(value, 'replacedTests') ?? {};
  for (const [code, tests] of Object.entries(given)) {
    const where = `replacedTests.${code}`;
    const allowed = testPeriods(code, grade).filter((period) => REPLACEABLE.includes(period));
    readTests(tests, allowed, where, issues);
    if (!isTaught(code, grade)) {
      issues.add('UNKNOWN_FIELD', where, `chương trình lớp ${grade} không có môn học mang mã này`);
    }
  }
}
