import { formatAverage, type Tenths } from '../decimal.js';
import type { CommentResult } from '../marks.js';
import type { Level, Problem, ProblemCode, Term, TermValues, Tt22Answer } from '../types.js';
import { learningLevel } from './adjustment.js';
import { termAverage, yearAverage } from './averages.js';
import { termComment, yearComment } from './comment-subject.js';
import { yearConduct } from './conduct-year.js';
import { honour } from './honour.js';
import { SUBJECTS_NEEDED } from './learning-level.js';
import { countedComment, countedMark } from './periodic-absence.js';
import { promotion, promotionAfterSummer } from './promotion.js';
import type { CommentSubject, ScoreSubject, Tt22Record } from './read.js';
import { mayReassessSubject, mayTrainInSummer } from './reassessment.js';
import { requiredRegularMarks } from './regular-marks.js';

type Result = Tenths | CommentResult;
type Tt22Subject = ScoreSubject | CommentSubject;

/** One subject's three results; `assessed` is false under an individual plan, whose nulls are no gaps. */
interface SubjectResult extends TermValues<Result> {
  readonly code: string;
  readonly kind: 'score' | 'comment';
  readonly assessed: boolean;
}

/** A pupil's year under TT 22/2021: results where everything is there, problems where it is not. */
export function evaluateTt22(record: Tt22Record): Tt22Answer {
  const problems: Problem[] = [];
  const results = record.subjects.map((subject) => subjectResult(subject, problems));
  const learning = learningOf(results, record, problems);
  const conduct = conductOf(record, problems);
  if (record.absences === null) problems.push({ code: 'MISSING_ABSENCES', where: 'absences' });
  const decision = promotion({ learning: learning.year, conduct: conduct.year, absences: record.absences });
  const subjects: Record<string, TermValues<string>> = {};
  for (const { code, HK1, HK2, year } of results) {
    put(subjects, code, { HK1: text(HK1), HK2: text(HK2), year: text(year) });
  }
  const answer: Tt22Answer = {
    id: record.id,
    ruleSet: 'tt22-2021',
    subjects,
    learning,
    conduct,
    promotion: decision,
    honour: honour(learning.year, conduct.year, yearAveragesOf(results)),
    problems,
  };
  return record.reassessment === null ? answer : afterSummer(answer, record, results, problems);
}

/** Sets a field whatever its name: a subject whose code is "__proto__" is a subject like another. */
function put<V>(record: Record<string, V>, code: string, value: V): void {
  if (code === '__proto__') {
    Object.defineProperty(record, code, { value, enumerable: true, configurable: true, writable: true });
  } else {
    record[code] = value;
  }
}

function text(result: Result | null): string | null {
  return typeof result === 'number' ? formatAverage(result) : result;
}

function subjectResult(subject: Tt22Subject, problems: Problem[]): SubjectResult {
  const { code, kind } = subject;
  if (subject.notAssessed) return { code, kind, assessed: false, HK1: null, HK2: null, year: null };
  if (subject.kind === 'score') {
    const HK1 = scoreTerm(subject, 'HK1', problems);
    const HK2 = scoreTerm(subject, 'HK2', problems);
    const year = HK1 === null || HK2 === null ? null : yearAverage(HK1, HK2);
    return { code, kind, assessed: true, HK1, HK2, year };
  }
  const HK1 = commentTerm(subject, 'HK1', problems);
  const HK2 = commentTerm(subject, 'HK2', problems);
  return { code, kind, assessed: true, HK1, HK2, year: yearComment(HK1, HK2) };
}

function scoreTerm(subject: ScoreSubject, term: Term, problems: Problem[]): Tenths | null {
  const { regular, midterm, final } = subject[term];
  if (!isComplete(subject, term, problems)) return null;
  const counted = { midterm: countedMark(midterm), final: countedMark(final) };
  return termAverage(regular, counted.midterm!, counted.final!);
}

function commentTerm(subject: CommentSubject, term: Term, problems: Problem[]): CommentResult | null {
  const { regular, midterm, final } = subject[term];
  if (!isComplete(subject, term, problems)) return null;
  return termComment([...regular, countedComment(midterm)!, countedComment(final)!]);
}

/** The regular assessments that the term of the subject has for whoever is there from the beginning. */
export function plannedInTerm({ kind, periodsPerYear, extraRegular }: Tt22Subject, term: Term): number {
  return requiredRegularMarks(kind, periodsPerYear) + (extraRegular === term ? 1 : 0);
}

/**
 * The regular assessments that the term of the subject needs of this pupil: fewer of one who came after some of them
 * were held, but one at least (ASSUMPTIONS.md A20).
 */
export function requiredInTerm(subject: Tt22Subject, term: Term): number {
  const planned = plannedInTerm(subject, term);
  const { regular } = subject[term].notRequired;
  return regular === 0 ? planned : Math.max(1, planned - regular);
}

/** Names what is missing of one term; a gap is never filled with a zero and never shrinks the denominator. */
function isComplete(subject: Tt22Subject, term: Term, problems: Problem[]): boolean {
  const { regular, midterm, final, notRequired } = subject[term];
  let complete = true;
  const missing = (code: ProblemCode, excused: boolean): void => {
    complete = false;
    if (!excused) problems.push({ code, where: `subjects.${subject.code}.${term}` });
  };
  const planned = plannedInTerm(subject, term);
  if (regular.length < requiredInTerm(subject, term))
    missing('MISSING_REGULAR', notRequired.regular >= planned);
  if (midterm === null) missing('MISSING_MIDTERM', notRequired.midterm);
  if (final === null) missing('MISSING_FINAL', notRequired.final);
  if (leansOnNotRequired(subject, term)) {
    problems.push({ code: 'NOT_REQUIRED', where: `subjects.${subject.code}.${term}` });
  }
  return complete;
}

/** Whether something of the term is not there because it was not required. */
export function leansOnNotRequired(subject: Tt22Subject, term: Term): boolean {
  const { regular, midterm, final, notRequired } = subject[term];
  return (
    (notRequired.regular > 0 && regular.length < plannedInTerm(subject, term)) ||
    (notRequired.midterm && midterm === null) ||
    (notRequired.final && final === null)
  );
}

function learningOf(
  results: readonly SubjectResult[],
  { adjustment }: Tt22Record,
  problems: Problem[],
): TermValues<Level> {
  const assessed = results.filter((result) => result.assessed);
  let scoreSubjects = 0;
  for (const { kind } of assessed) if (kind === 'score') scoreSubjects += 1;
  if (scoreSubjects < SUBJECTS_NEEDED) {
    problems.push({ code: 'TOO_FEW_SCORE_SUBJECTS', where: 'subjects' });
    return { HK1: null, HK2: null, year: null };
  }
  return {
    HK1: levelOf(
      assessed.map((result) => result.HK1),
      adjustment,
    ),
    HK2: levelOf(
      assessed.map((result) => result.HK2),
      adjustment,
    ),
    year: levelOf(
      assessed.map((result) => result.year),
      adjustment,
    ),
  };
}

function levelOf(values: readonly (Result | null)[], adjustment: Tt22Record['adjustment']): Level | null {
  const scores: Tenths[] = [];
  let failedComments = 0;
  for (const value of values) {
    if (value === null) return null;
    if (typeof value === 'number') scores.push(value);
    else if (value === 'CD') failedComments += 1;
  }
  return learningLevel(scores, failedComments, adjustment).level;
}

function conductOf({ conduct }: Tt22Record, problems: Problem[]): TermValues<Level> {
  if (conduct.HK1 === null) problems.push({ code: 'MISSING_CONDUCT', where: 'conduct.HK1' });
  if (conduct.HK2 === null) problems.push({ code: 'MISSING_CONDUCT', where: 'conduct.HK2' });
  return { HK1: conduct.HK1, HK2: conduct.HK2, year: yearConduct(conduct.HK1, conduct.HK2) };
}

function yearAveragesOf(results: readonly SubjectResult[]): Tenths[] {
  return results.map((result) => result.year).filter((year) => typeof year === 'number');
}

/**
 * TT 22/2021 Đ.13–14: the new results stand in the place of the year's results of those subjects (or of conduct), and
 * the level is found again by the same rules, Đ.9 k.3 included (ASSUMPTIONS.md A9). Honours stay those of before.
 */
function afterSummer(
  answer: Tt22Answer,
  { reassessment, absences, adjustment }: Tt22Record,
  results: readonly SubjectResult[],
  problems: Problem[],
): Tt22Answer {
  const given = reassessment!;
  const years = new Map(results.map((result) => [result.code, result.year]));
  for (const [code, result] of given.subjects) {
    if (result === null) continue;
    if (mayReassessSubject(answer.promotion, years.get(code) ?? null)) years.set(code, result);
    else problems.push({ code: 'NOT_ELIGIBLE', where: `reassessment.subjects.${code}` });
  }
  let conduct = answer.conduct.year;
  if (given.conduct !== null) {
    if (mayTrainInSummer(answer.promotion, conduct)) conduct = given.conduct;
    else problems.push({ code: 'NOT_ELIGIBLE', where: 'reassessment.conduct' });
  }
  const learning =
    answer.learning.year === null
      ? null
      : levelOf(
          results.filter((result) => result.assessed).map((result) => years.get(result.code)!),
          adjustment,
        );
  const subjects: Record<string, string | null> = {};
  for (const [code, year] of years) put(subjects, code, text(year));
  return {
    ...answer,
    promotion: promotionAfterSummer({ learning, conduct, absences }),
    afterReassessment: { subjects, learning, conduct },
  };
}
