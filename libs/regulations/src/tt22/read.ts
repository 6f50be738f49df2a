import type { Tenths } from '../decimal.js';
import type { InputIssues } from '../input-issues.js';
import { ABSENT, parseComment, parseScore, type Absent, type CommentResult } from '../marks.js';
import { TERMS, type AdjustmentSettings, type Level, type PupilId, type Term } from '../types.js';
import { DEFAULT_ADJUSTMENT } from './adjustment.js';
import { DEFAULT_SPECIAL_TOPICS, type SpecialTopicsCount } from './regular-marks.js';

/** One term of a subject as recorded: null is "not there yet". */
export interface TermRecord<V> {
  readonly regular: readonly V[];
  readonly midterm: V | Absent | null;
  readonly final: V | Absent | null;
  readonly notRequired: NotRequired;
}

/** What was not required of a pupil who came late (ASSUMPTIONS.md A20). */
export interface NotRequired {
  readonly regular: number;
  readonly midterm: boolean;
  readonly final: boolean;
}

interface SubjectBase {
  readonly code: string;
  readonly periodsPerYear: number;
  /** The term in which a cluster of special topics asks for one more regular mark; null where it does not. */
  readonly extraRegular: Term | null;
  /** Individual plan (TT 22/2021 Đ.11): left out of every condition, which is not the same as missing. */
  readonly notAssessed: boolean;
}
export interface ScoreSubject extends SubjectBase {
  readonly kind: 'score';
  readonly HK1: TermRecord<Tenths>;
  readonly HK2: TermRecord<Tenths>;
}
export interface CommentSubject extends SubjectBase {
  readonly kind: 'comment';
  readonly HK1: TermRecord<CommentResult>;
  readonly HK2: TermRecord<CommentResult>;
}

export interface Tt22Record {
  readonly id: PupilId;
  readonly grade: number;
  readonly subjects: readonly (ScoreSubject | CommentSubject)[];
  readonly conduct: { readonly HK1: Level | null; readonly HK2: Level | null };
  readonly absences: number | null;
  readonly adjustment: AdjustmentSettings;
  readonly reassessment: {
    readonly subjects: ReadonlyMap<string, Tenths | CommentResult | null>;
    readonly conduct: Level | null;
  } | null;
}

const TOP = new Set([
  'id',
  'ruleSet',
  'grade',
  'subjects',
  'conduct',
  'absences',
  'settings',
  'reassessment',
] as const);
const SUBJECT = new Set([
  'code',
  'kind',
  'periodsPerYear',
  'HK1',
  'HK2',
  'exempt',
  'notAssessed',
  'specialTopics',
] as const);
const TERM = new Set(['regular', 'midterm', 'final', 'notRequired'] as const);
const NOT_REQUIRED = new Set(['regular', 'midterm', 'final'] as const);
const TERM_NAMES = new Set(TERMS);
const SETTINGS = new Set(['adjustment', 'specialTopics'] as const);
/** Special topics are taught in these grades only. */
const SPECIAL_TOPICS_FROM = 10;
const ADJUSTMENT = new Set([
  'removedSubjectCountsAmongSix',
  'raiseFrom',
  'commentSubjectCanBeCulprit',
] as const);
const REASSESSMENT = new Set(['subjects', 'conduct'] as const);
const LEVELS: ReadonlySet<unknown> = new Set<Level>(['TOT', 'KHA', 'DAT', 'CHUA_DAT']);

const SCORE_TEXT = 'điểm từ "0" đến "10", nhiều nhất một chữ số sau dấu chấm, viết trong dấu nháy';
const COMMENT_TEXT = '"D" (Đạt) hoặc "CD" (Chưa đạt)';
const LEVEL_TEXT = '"TOT", "KHA", "DAT" hoặc "CHUA_DAT"';

/** The recorded year of a secondary pupil, or issues that say everything that is wrong with it. */
export function readTt22(input: unknown, id: PupilId, issues: InputIssues): Tt22Record {
  const top = issues.fields(input, TOP, '') ?? {};
  const grade = issues.grade(top.grade, 6, 12);
  const topics = readSpecialTopicsCount(top.settings, issues);
  const subjects = readSubjects(top.subjects, { grade, topics }, issues);
  return {
    id,
    grade,
    subjects,
    conduct: readConduct(top.conduct, issues),
    absences: readAbsences(top.absences, issues),
    adjustment: readSettings(top.settings, issues),
    reassessment: readReassessment(top.reassessment, subjects, issues),
  };
}

/** What the reading of one subject depends on besides itself. */
interface Around {
  readonly grade: number;
  readonly topics: SpecialTopicsCount;
}

/** A code is a free text; letters composed in another way (NFC, NFD) make the same text, or one subject would count twice. */
function readSubjects(
  value: unknown,
  around: Around,
  issues: InputIssues,
): (ScoreSubject | CommentSubject)[] {
  const subjects: (ScoreSubject | CommentSubject)[] = [];
  if (!Array.isArray(value)) {
    issues.invalidField('subjects', value, 'danh sách môn học [ … ]');
    return subjects;
  }
  const seen = new Set<string>();
  for (let index = 0; index < value.length; index += 1) {
    const subject = readSubject(value[index], index, around, issues);
    if (subject === null) continue;
    const name = subject.code.normalize('NFC');
    if (seen.has(name)) {
      issues.add('DUPLICATE_SUBJECT', `subjects.${subject.code}`, 'môn học xuất hiện hai lần');
    }
    seen.add(name);
    subjects.push(subject);
  }
  return subjects;
}

function readSubject(
  value: unknown,
  index: number,
  around: Around,
  issues: InputIssues,
): ScoreSubject | CommentSubject | null {
  const fields = issues.fields(value, SUBJECT, `subjects[${index}]`);
  if (fields === null) return null;
  const code = issues.subjectCode(fields.code, `subjects[${index}].code`);
  if (code === null) return null;
  const where = `subjects.${code}`;
  const { kind } = fields;
  if (kind !== 'score' && kind !== 'comment') {
    issues.invalidField(`${where}.kind`, kind, '"score" hoặc "comment"');
    return null;
  }
  // TT 22/2021 Đ.10: who is exempt from practice is assessed in theory instead, as often as the others: nothing is left out,
  // so the results are read like any other.
  if (fields.exempt !== undefined && fields.exempt !== null && fields.exempt !== 'practice') {
    issues.invalidField(`${where}.exempt`, fields.exempt, '"practice" (miễn phần thực hành, Đ.10)');
  }
  const periodsPerYear = readPeriods(fields.periodsPerYear, kind, where, issues);
  const notAssessed = issues.flag(fields.notAssessed, `${where}.notAssessed`);
  const extraRegular = readSpecialTopics(fields.specialTopics, where, around, issues);
  // Whole literals, no spread: this runs a dozen times a pupil and a spread costs ten times as much.
  if (kind === 'score') {
    const HK1 = readTerm(fields.HK1, parseScore, SCORE_TEXT, where, '.HK1', issues);
    const HK2 = readTerm(fields.HK2, parseScore, SCORE_TEXT, where, '.HK2', issues);
    return { code, kind, periodsPerYear, extraRegular, notAssessed, HK1, HK2 };
  }
  const HK1 = readTerm(fields.HK1, parseComment, COMMENT_TEXT, where, '.HK1', issues);
  const HK2 = readTerm(fields.HK2, parseComment, COMMENT_TEXT, where, '.HK2', issues);
  return { code, kind, periodsPerYear, extraRegular, notAssessed, HK1, HK2 };
}

/** Yearly periods decide the number of regular marks; of a comment subject they decide nothing and may be left out. */
function readPeriods(value: unknown, kind: 'score' | 'comment', where: string, issues: InputIssues): number {
  if (kind === 'comment' && (value === undefined || value === null)) return 0;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  issues.invalidField(`${where}.periodsPerYear`, value, 'số tiết cả năm (số nguyên dương)');
  return 1;
}

/** The term in which the cluster's result is entered, when it asks for one regular mark more. */
function readSpecialTopics(
  value: unknown,
  where: string,
  { grade, topics }: Around,
  issues: InputIssues,
): Term | null {
  if (value === undefined || value === null) return null;
  if ((value !== 'HK1' && value !== 'HK2') || grade < SPECIAL_TOPICS_FROM) {
    const expected = '"HK1" hoặc "HK2" (học kì ghi kết quả cụm chuyên đề, khối 10–12)';
    issues.invalidField(`${where}.specialTopics`, value, expected);
    return null;
  }
  return topics === 'extra' ? value : null;
}

const ALL_REQUIRED: NotRequired = { regular: 0, midterm: false, final: false };
const NOTHING: TermRecord<never> = { regular: [], midterm: null, final: null, notRequired: ALL_REQUIRED };

function readTerm<V extends Tenths | CommentResult>(
  value: unknown,
  parse: (text: unknown) => V | null,
  expected: string,
  subject: string,
  term: string,
  issues: InputIssues,
): TermRecord<V> {
  if (value === undefined || value === null) return NOTHING;
  const where = subject + term;
  const fields = issues.fields(value, TERM, where);
  if (fields === null) return NOTHING;
  return {
    regular: readRegular(fields.regular, parse, expected, where, issues),
    midterm: readPeriodic(fields.midterm, parse, expected, where, '.midterm', issues),
    final: readPeriodic(fields.final, parse, expected, where, '.final', issues),
    notRequired: readNotRequired(fields.notRequired, where, issues),
  };
}

function readNotRequired(value: unknown, term: string, issues: InputIssues): NotRequired {
  if (value === undefined || value === null) return ALL_REQUIRED;
  const where = `${term}.notRequired`;
  const fields = issues.fields(value, NOT_REQUIRED, where) ?? {};
  const regular = fields.regular ?? 0;
  const isCount = typeof regular === 'number' && Number.isSafeInteger(regular) && regular >= 0;
  if (!isCount) issues.invalidField(`${where}.regular`, regular, 'số lần đánh giá thường xuyên (số nguyên)');
  return {
    regular: isCount ? regular : 0,
    midterm: issues.flag(fields.midterm, `${where}.midterm`),
    final: issues.flag(fields.final, `${where}.final`),
  };
}

function readPeriodic<V>(
  entry: unknown,
  parse: (text: unknown) => V | null,
  expected: string,
  term: string,
  name: string,
  issues: InputIssues,
): V | Absent | null {
  if (entry === undefined || entry === null) return null;
  if (entry === ABSENT) return ABSENT;
  const parsed = parse(entry);
  if (parsed === null) issues.invalidMark(term + name, entry, `${expected}, hoặc "V"`);
  return parsed;
}

function readRegular<V>(
  value: unknown,
  parse: (text: unknown) => V | null,
  expected: string,
  where: string,
  issues: InputIssues,
): V[] {
  const marks: V[] = [];
  if (value === undefined || value === null) return marks;
  if (!Array.isArray(value)) {
    issues.invalidField(`${where}.regular`, value, 'danh sách điểm [ … ]');
    return marks;
  }
  for (let index = 0; index < value.length; index += 1) {
    const entry: unknown = value[index];
    if (entry === null) continue;
    const parsed = parse(entry);
    if (parsed === null) issues.invalidMark(`${where}.regular[${index}]`, entry, expected);
    else marks.push(parsed);
  }
  return marks;
}

function readLevel(value: unknown, where: string, issues: InputIssues): Level | null {
  if (value === undefined || value === null) return null;
  if (LEVELS.has(value)) return value as Level;
  issues.invalidMark(where, value, LEVEL_TEXT);
  return null;
}

function readConduct(value: unknown, issues: InputIssues): Tt22Record['conduct'] {
  if (value === undefined || value === null) return { HK1: null, HK2: null };
  const fields = issues.fields(value, TERM_NAMES, 'conduct') ?? {};
  return {
    HK1: readLevel(fields.HK1, 'conduct.HK1', issues),
    HK2: readLevel(fields.HK2, 'conduct.HK2', issues),
  };
}

function readAbsences(value: unknown, issues: InputIssues): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  issues.invalidField('absences', value, 'số buổi nghỉ học (số nguyên không âm)');
  return null;
}

function readSettings(value: unknown, issues: InputIssues): AdjustmentSettings {
  if (value === undefined || value === null) return DEFAULT_ADJUSTMENT;
  const settings = issues.fields(value, SETTINGS, 'settings');
  if (settings?.adjustment === undefined || settings.adjustment === null) return DEFAULT_ADJUSTMENT;
  const where = 'settings.adjustment';
  const fields = issues.fields(settings.adjustment, ADJUSTMENT, where) ?? {};
  const flag = (name: 'removedSubjectCountsAmongSix' | 'commentSubjectCanBeCulprit'): boolean =>
    (fields[name] ?? null) === null
      ? DEFAULT_ADJUSTMENT[name]
      : issues.flag(fields[name], `${where}.${name}`);
  const raiseFrom = fields.raiseFrom ?? DEFAULT_ADJUSTMENT.raiseFrom;
  if (raiseFrom !== 'base' && raiseFrom !== 'reference') {
    issues.invalidField(`${where}.raiseFrom`, raiseFrom, '"base" hoặc "reference"');
  }
  return {
    removedSubjectCountsAmongSix: flag('removedSubjectCountsAmongSix'),
    raiseFrom: raiseFrom === 'reference' ? 'reference' : 'base',
    commentSubjectCanBeCulprit: flag('commentSubjectCanBeCulprit'),
  };
}

function readSpecialTopicsCount(value: unknown, issues: InputIssues): SpecialTopicsCount {
  if (typeof value !== 'object' || value === null) return DEFAULT_SPECIAL_TOPICS;
  const specialTopics = (value as Record<string, unknown>).specialTopics ?? DEFAULT_SPECIAL_TOPICS;
  if (specialTopics === 'inside' || specialTopics === 'extra') return specialTopics;
  issues.invalidField('settings.specialTopics', specialTopics, '"inside" hoặc "extra"');
  return DEFAULT_SPECIAL_TOPICS;
}

function readReassessment(
  value: unknown,
  subjects: readonly (ScoreSubject | CommentSubject)[],
  issues: InputIssues,
): Tt22Record['reassessment'] {
  if (value === undefined || value === null) return null;
  const fields = issues.fields(value, REASSESSMENT, 'reassessment') ?? {};
  const results = new Map<string, Tenths | CommentResult | null>();
  if (fields.subjects !== undefined && fields.subjects !== null) {
    const given = issues.object(fields.subjects, 'reassessment.subjects') ?? {};
    const named = new Map(subjects.map((subject) => [subject.code.normalize('NFC'), subject]));
    for (const [code, result] of Object.entries(given)) {
      const subject = named.get(code.normalize('NFC'));
      results.set(subject?.code ?? code, readResult(result, subject?.kind, code, issues));
    }
  }
  return { subjects: results, conduct: readLevel(fields.conduct, 'reassessment.conduct', issues) };
}

function readResult(
  value: unknown,
  kind: 'score' | 'comment' | undefined,
  code: string,
  issues: InputIssues,
): Tenths | CommentResult | null {
  if (value === null) return null;
  const result =
    kind === 'score'
      ? parseScore(value)
      : kind === 'comment'
        ? parseComment(value)
        : (parseScore(value) ?? parseComment(value));
  if (result === null) {
    const expected = kind === 'comment' ? COMMENT_TEXT : SCORE_TEXT;
    issues.invalidMark(`reassessment.subjects.${code}`, value, expected);
  }
  return result;
}
