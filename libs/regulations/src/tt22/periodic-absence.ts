import type { Tenths } from '../decimal.js';
import { ABSENT, type Absent, type CommentResult } from '../marks.js';

/**
 * TT 22/2021 Đ.7 k.4–5: who misses a periodic test without a valid reason (or does not sit the make-up) gets mark 0 or
 * Chưa đạt for that assessment, and only for it. It is a decision ("V"), so that a zero earned and a zero for absence
 * stay apart in the record. There is no such rule for regular marks: a missing one blocks.
 */
export function countedMark(entry: Tenths | Absent | null): Tenths | null {
  return entry === ABSENT ? 0 : entry;
}

export function countedComment(entry: CommentResult | Absent | null): CommentResult | null {
  return entry === ABSENT ? 'CD' : entry;
}
