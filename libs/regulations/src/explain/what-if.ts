import { buildInput, type PupilYear, type RecordedCell } from '../build-input.js';
import { evaluate, isErrorAnswer } from '../evaluate.js';
import {
  HONOUR_LABELS,
  LEVEL_LABELS,
  PERIOD_LABELS,
  PRIMARY_YEAR_LABELS,
  PROMOTION_LABELS,
} from '../labels.js';
import type { Answer, ErrorAnswer, Tt22Answer, Tt27Answer } from '../types.js';
import { subjectName } from './secondary-subject.js';
import { comma } from './sentence.js';

/** One result that would be another. Values as the answer has them; null while something is missing. */
export interface Effect {
  /** "subjects.TOAN.year", "learning.year", "promotion", "honour", "year". */
  readonly about: string;
  readonly from: string | null;
  readonly to: string | null;
  /** "Toán, cả năm: 7,9 → 8,0". */
  readonly sentence: string;
}

export interface WhatIf {
  readonly before: Tt22Answer | Tt27Answer;
  readonly after: Tt22Answer | Tt27Answer;
  /** Every result that changes, in the order of the answer; empty when nothing but the mark itself does. */
  readonly effects: readonly Effect[];
}

/**
 * What a changed mark would do: averages, levels, honour and promotion before and after. For whoever approves a
 * correction, before approving it. Nothing is stored.
 *
 * @param change the cell as it would be; null takes the value away
 * @returns the refusal of `evaluate` when the year cannot be evaluated with or without the change
 * @throws PupilYearError as `buildInput` does
 */
export function whatIf(year: PupilYear, change: RecordedCell): WhatIf | ErrorAnswer {
  const before = evaluate(buildInput(year));
  const others = year.cells.filter(
    ({ area, period, column }) =>
      area !== change.area || period !== change.period || column !== change.column,
  );
  const after = evaluate(buildInput({ ...year, cells: [...others, change] }));
  if (isErrorAnswer(before)) return before;
  if (isErrorAnswer(after)) return after;
  return { before, after, effects: effectsOf(before, after, year.grade) };
}

function effectsOf(before: Answer, after: Answer, grade: number): Effect[] {
  const [old, now] = [resultsOf(before), resultsOf(after)];
  return [...old].flatMap(([about, from]): Effect[] => {
    const to = now.get(about) ?? null;
    if (from === to) return [];
    return [
      {
        about,
        from,
        to,
        sentence: `${subjectOfResult(about, grade)}: ${words(about, from)} → ${words(about, to)}`,
      },
    ];
  });
}

/** Every result of an answer by its path. */
function resultsOf(answer: Answer): ReadonlyMap<string, string | null> {
  const results = new Map<string, string | null>();
  const put = (path: string, value: unknown): void => {
    if (typeof value === 'string' || value === null) results.set(path, value);
    else if (typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) put(`${path}.${key}`, inner);
  };
  for (const [key, value] of Object.entries(answer))
    if (!['id', 'ruleSet', 'problems'].includes(key)) put(key, value);
  return results;
}

const WORDS: Readonly<Record<string, string>> = {
  ...{ D: 'Đạt', CD: 'Chưa đạt' },
  ...LEVEL_LABELS,
  ...PRIMARY_YEAR_LABELS,
  ...PROMOTION_LABELS,
  ...HONOUR_LABELS,
};

function words(about: string, value: string | null): string {
  if (value === null) return about === 'honour' ? 'không có' : 'chưa có';
  return WORDS[value] ?? comma(value);
}

const RESULT_NAMES: Readonly<Record<string, string>> = {
  learning: 'Học tập',
  conduct: 'Rèn luyện',
  promotion: 'Lên lớp',
  honour: 'Danh hiệu',
  year: 'Đánh giá cả năm',
  afterReassessment: 'Sau đánh giá lại',
};
const WHEN: Readonly<Record<string, string>> = { ...PERIOD_LABELS, year: 'cả năm' };

/** "subjects.TOAN.year" → "Toán, cả năm"; "afterReassessment.learning" → "Sau đánh giá lại, học tập". */
function subjectOfResult(about: string, grade: number): string {
  const parts = about.split('.');
  const words = parts.map((part, place) => {
    if (parts[place - 1] === 'subjects') return subjectName(part, grade);
    if (place === 0) return RESULT_NAMES[part] ?? '';
    return WHEN[part] ?? RESULT_NAMES[part]?.toLowerCase() ?? '';
  });
  return words.filter((word) => word !== '').join(', ');
}
