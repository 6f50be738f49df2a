import type { Tenths } from './decimal.js';

/** A comment result of TT 22/2021: Đạt or Chưa đạt. */
export type CommentResult = 'D' | 'CD';

/** "V": absent from a periodic test without a valid reason (TT 22/2021 Đ.7); never a regular mark. */
export const ABSENT = 'V';
export type Absent = typeof ABSENT;

const SCORES = new Map<string, Tenths>();
for (let tenths = 0; tenths <= 100; tenths += 1) {
  const whole = Math.trunc(tenths / 10);
  SCORES.set(`${whole}.${tenths % 10}`, tenths);
  if (tenths % 10 === 0) SCORES.set(String(whole), tenths);
}

/**
 * A mark of TT 22/2021 Đ.5 k.3: 0 to 10, at most one digit after the dot. The 112 accepted spellings are a table, so
 * that "8.50", "08", "8,5", "1e1", " 8" and the number 8 are all refused. Null: not a mark.
 */
export function parseScore(text: unknown): Tenths | null {
  return typeof text === 'string' ? (SCORES.get(text) ?? null) : null;
}

/** A periodic test of TT 27/2020 Đ.7: 0 to 10, whole numbers only ("không cho điểm thập phân"). Null: not a mark. */
export function parseWholeMark(text: unknown): Tenths | null {
  if (typeof text !== 'string' || text.includes('.')) return null;
  return parseScore(text);
}

/** Null: not a comment result. */
export function parseComment(text: unknown): CommentResult | null {
  return text === 'D' || text === 'CD' ? text : null;
}
