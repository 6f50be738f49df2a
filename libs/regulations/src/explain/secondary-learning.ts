import type { Tenths } from '../decimal.js';
import { LEVEL_LABELS } from '../labels.js';
import { parseScore } from '../marks.js';
import { learningLevel, type LearningResult } from '../tt22/adjustment.js';
import { LEARNING_THRESHOLDS, SUBJECTS_NEEDED } from '../tt22/learning-level.js';
import type { AdjustmentSettings, Level } from '../types.js';
import type { Explanation, Fact, Reason } from './explanation.js';
import { averageWords, factWords } from './sentence.js';
import { subjectName } from './secondary-subject.js';

/** One assessed subject's result of the term or year: "7.9", "D", "CD", or null while it is missing. */
export interface LearningValue {
  readonly code: string;
  readonly kind: 'score' | 'comment';
  readonly value: string | null;
}

type Row = (typeof LEARNING_THRESHOLDS)[number];
interface Score {
  readonly code: string;
  readonly name: string;
  readonly tenths: Tenths;
}

const ARTICLES: Readonly<Record<Level, string>> = {
  TOT: 'TT 22/2021 Đ.9 k.2 a',
  KHA: 'TT 22/2021 Đ.9 k.2 b',
  DAT: 'TT 22/2021 Đ.9 k.2 c',
  CHUA_DAT: 'TT 22/2021 Đ.9 k.2 d',
};
/** A sentence names so many of the nearest subjects; the facts name all that are needed. */
const MOST_TOLD = 3;
/** Above each level the next better row of Đ.9 k.2. */
const NEXT: Readonly<Record<Level, Level | null>> = { TOT: null, KHA: 'TOT', DAT: 'KHA', CHUA_DAT: 'DAT' };

/**
 * Why the level of learning is what it is (TT 22/2021 Đ.9 k.2–3): the conditions it meets, what is missing for the next
 * level and by how much, and where the adjustment struck.
 *
 * @param about "learning.HK1", "learning.HK2", "learning.year"
 * @param values every assessed subject; those under an individual plan are left out
 */
export function explainLearning(
  about: string,
  values: readonly LearningValue[],
  grade: number,
  settings: AdjustmentSettings,
): Explanation {
  const missing = missingReason(values, grade);
  if (missing !== null) {
    return { about, value: null, reasons: [missing], sentence: `Chưa xếp mức: ${missing.sentence}.` };
  }
  const named = (kind: LearningValue['kind']): LearningValue[] =>
    values.filter((value) => value.kind === kind);
  const scores = named('score').map(({ code, value }): Score => ({
    code,
    name: subjectName(code, grade),
    tenths: parseScore(value)!,
  }));
  const failed = named('comment')
    .filter(({ value }) => value === 'CD')
    .map(({ code }): Fact => ({ code, name: subjectName(code, grade), value: 'Chưa đạt', need: null }));
  const result = learningLevel(
    scores.map(({ tenths }) => tenths),
    failed.length,
    settings,
  );
  const met = metReason(result.base, scores, failed);
  const shortage = shortages(result.base, scores, failed);
  const adjusted = adjustedReason(result, scores, failed);
  const reasons = [met, ...shortage, ...(adjusted === null ? [] : [adjusted])];
  return { about, value: result.level, reasons, sentence: sentenceOf(result, met, shortage, adjusted) };
}

function missingReason(values: readonly LearningValue[], grade: number): Reason | null {
  const scoreSubjects = values.filter(({ kind }) => kind === 'score').length;
  if (scoreSubjects < SUBJECTS_NEEDED) {
    const sentence = `chỉ có ${scoreSubjects} môn đánh giá bằng điểm số, quy định nói về ít nhất ${SUBJECTS_NEEDED} môn`;
    return { code: 'MISSING', article: 'TT 22/2021 Đ.9 k.2', sentence, facts: [] };
  }
  const open = values.filter(({ value }) => value === null);
  if (open.length === 0) return null;
  const facts = open.map(({ code }) => ({ code, name: subjectName(code, grade), value: '', need: null }));
  const sentence = `chưa có kết quả môn ${facts.map(({ name }) => name).join(', ')}`;
  return { code: 'MISSING', article: 'TT 22/2021 Đ.9 k.2', sentence, facts };
}

function metReason(level: Level, scores: readonly Score[], failed: readonly Fact[]): Reason {
  const row = LEARNING_THRESHOLDS.find((candidate) => candidate.level === level);
  const article = ARTICLES[level];
  if (row === undefined) {
    return { code: 'LEVEL_MET', article, sentence: 'không đủ điều kiện của mức Đạt', facts: [] };
  }
  const reached = scores.filter(({ tenths }) => tenths >= row.six).length;
  const comments =
    failed.length === 0 ? 'các môn nhận xét đều Đạt' : `${failed.length} môn nhận xét Chưa đạt (cho phép 1)`;
  const sentence = `mọi môn từ ${averageWords(row.all)} trở lên, ${reached} môn từ ${averageWords(row.six)} trở lên (cần ${SUBJECTS_NEEDED}), ${comments}`;
  return { code: 'LEVEL_MET', article, sentence, facts: [] };
}

/** What keeps the pupil from the level above the one reached; empty at Tốt. */
function shortages(level: Level, scores: readonly Score[], failed: readonly Fact[]): Reason[] {
  const next = NEXT[level];
  const row = LEARNING_THRESHOLDS.find((candidate) => candidate.level === next);
  if (row === undefined) return [];
  return [belowReason(row, scores), tooFewReason(row, scores), commentReason(row, failed)].filter(
    (reason) => reason !== null,
  );
}

function belowReason(row: Row, scores: readonly Score[]): Reason | null {
  const below = scores.filter(({ tenths }) => tenths < row.all);
  if (below.length === 0) return null;
  const facts = below.map((score) => fact(score, row.all));
  return { code: 'BELOW', article: ARTICLES[row.level], sentence: `môn ${factWords(facts)}`, facts };
}

/** The subjects nearest to the mark, as many as are needed. */
function tooFewReason(row: Row, scores: readonly Score[]): Reason | null {
  const short = SUBJECTS_NEEDED - scores.filter(({ tenths }) => tenths >= row.six).length;
  if (short <= 0) return null;
  const nearest = scores.filter(({ tenths }) => tenths < row.six).sort((a, b) => b.tenths - a.tenths);
  const facts = nearest.slice(0, short).map((score) => fact(score, row.six));
  const told = factWords(facts.slice(0, MOST_TOLD)) + (short > MOST_TOLD ? ', …' : '');
  const sentence = `môn ${told} — cần thêm ${short} môn ≥ ${averageWords(row.six)}`;
  return { code: 'TOO_FEW_ABOVE', article: ARTICLES[row.level], sentence, facts, short };
}

function commentReason(row: Row, failed: readonly Fact[]): Reason | null {
  if (failed.length <= row.failedComments) return null;
  const names = failed.map(({ name }) => name).join(', ');
  const sentence = `môn ${names} Chưa đạt`;
  return { code: 'COMMENTS_FAILED', article: ARTICLES[row.level], sentence, facts: failed };
}

function adjustedReason(
  { base, level, reference, culprit }: LearningResult,
  scores: readonly Score[],
  failed: readonly Fact[],
): Reason | null {
  if (culprit === null || reference === null) return null;
  const one = culprit === 'comment' ? failed : [scores[culprit]!].map((score) => fact(score, null));
  const who = one.map(({ name, value }) => `${name} (${value})`).join(', ');
  const sentence = `nếu không có môn ${who} thì đạt mức ${LEVEL_LABELS[reference]}; thấp hơn từ hai mức trở lên chỉ vì một môn nên được điều chỉnh từ ${LEVEL_LABELS[base]} lên ${LEVEL_LABELS[level]}`;
  const adjustment = { from: base, without: reference };
  return { code: 'ADJUSTED', article: 'TT 22/2021 Đ.9 k.3', sentence, facts: one, adjustment };
}

function sentenceOf(
  { level, base }: LearningResult,
  met: Reason,
  shortage: readonly Reason[],
  adjusted: Reason | null,
): string {
  const label = LEVEL_LABELS[level];
  if (adjusted !== null) return `${label}: ${adjusted.sentence}.`;
  const next = NEXT[base];
  if (next === null) return `${label}: ${met.sentence}.`;
  const lacks = shortage.map(({ sentence }) => sentence);
  return lacks.length === 1
    ? `${label}: đủ điều kiện ${LEVEL_LABELS[next]} trừ ${lacks[0]!}.`
    : `${label}: chưa đủ điều kiện ${LEVEL_LABELS[next]} vì ${lacks.join('; ')}.`;
}

function fact({ code, name, tenths }: Score, need: Tenths | null): Fact {
  return { code, name, value: averageWords(tenths), need: need === null ? null : averageWords(need) };
}
