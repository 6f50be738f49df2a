import { classShares, type ClassShares } from './class-shares.js';
import type { Tenths } from './decimal.js';
import { COMMENT_LABELS, LEVEL_LABELS, SUBJECT_LEVEL_LABELS } from './labels.js';
import { parseComment, parseScore, type CommentResult } from './marks.js';
import type { SubjectKind } from './subjects.js';
import { LEARNING_THRESHOLDS } from './tt22/learning-level.js';
import type { Answer, ErrorAnswer, EvaluateInput, Level, SubjectLevel } from './types.js';

/** What a subject's year counts as in a summary: Tốt … Chưa đạt of an average, Đạt or Chưa đạt, or T, H, C. */
export type SubjectYearLevel = Level | CommentResult | SubjectLevel;

/** The levels of each kind of subject from the best down, in words. */
export const SUBJECT_YEAR_LABELS: Readonly<Record<SubjectKind, Readonly<Record<string, string>>>> = {
  score: LEVEL_LABELS,
  comment: COMMENT_LABELS,
  level: SUBJECT_LEVEL_LABELS,
};

/** One pupil in one subject. */
export interface SubjectOutcome {
  /** False: the pupil does not take the subject, or stopped it (ASSUMPTIONS.md A21). */
  readonly taken: boolean;
  /** Left out of the percentages by the pupil's individual plan. */
  readonly notAssessed: boolean;
  /** "7.9"; "D", "CD"; "T", "H", "C"; null while it is open. */
  readonly result: string | null;
}

export interface SubjectShares extends ClassShares<SubjectYearLevel> {
  /** Pupils of the class who do not take the subject: in no other number here. */
  readonly notTaken: number;
}

/**
 * The level that a subject's average falls into by the bounds that TT 22/2021 Đ.9 k.2 sets for six of the subjects: from
 * 8.0 Tốt, from 6.5 Khá, from 5.0 Đạt. The circular gives a single subject no level; summaries do (ASSUMPTIONS.md A22).
 */
export function averageLevel(average: Tenths): Level {
  return LEARNING_THRESHOLDS.find(({ six }) => average >= six)?.level ?? 'CHUA_DAT';
}

/**
 * How many pupils of a class (or grade, or school) have each level of a subject in the year, and what share that is of
 * those who take it and are assessed in it.
 */
export function subjectShares(kind: SubjectKind, pupils: readonly SubjectOutcome[]): SubjectShares {
  const taking = pupils.filter(({ taken }) => taken);
  const outcomes = taking.map(({ result, notAssessed }) => ({ level: levelOf(kind, result), notAssessed }));
  const order = Object.keys(SUBJECT_YEAR_LABELS[kind]) as SubjectYearLevel[];
  return { ...classShares(outcomes, order), notTaken: pupils.length - taking.length };
}

/** A subject's result at the year's end, before anything is assessed again; null while it is open. */
export function subjectYearResult(
  input: EvaluateInput,
  answer: Exclude<Answer, ErrorAnswer>,
  code: string,
): string | null {
  if ('subjects' in answer) return answer.subjects[code]?.year ?? null;
  if (input.ruleSet !== 'tt27-2020') return null;
  return input.subjects.find((subject) => subject.code === code)?.levels?.CN ?? null;
}

function levelOf(kind: SubjectKind, result: string | null): SubjectYearLevel | null {
  if (result === null) return null;
  if (kind === 'level') return result as SubjectLevel;
  if (kind === 'comment') return parseComment(result);
  const average = parseScore(result);
  return average === null ? null : averageLevel(average);
}
