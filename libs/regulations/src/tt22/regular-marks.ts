/**
 * TT 22/2021 Đ.6 k.2: how many regular assessments (ĐĐGtx) a term needs. A subject taught more is assessed more
 * often, so that its average does not hang on one good or bad day.
 */
export const REGULAR_MARKS_BY_PERIODS: readonly { readonly upTo: number | null; readonly marks: number }[] = [
  { upTo: 35, marks: 2 },
  { upTo: 70, marks: 3 },
  { upTo: null, marks: 4 },
];

/** A subject assessed by comments has two regular assessments a term whatever its periods (Đ.6 k.2; ASSUMPTIONS.md A2). */
export const REGULAR_COMMENTS = 2;

/**
 * TT 22/2021 Đ.6: the result of a cluster of special topics (cụm chuyên đề, grades 10–12) is one regular assessment of
 * its subject. Whether it is one of the 2, 3 or 4, or one more, the circular does not say (ASSUMPTIONS.md A13).
 */
export type SpecialTopicsCount = 'inside' | 'extra';
export const DEFAULT_SPECIAL_TOPICS: SpecialTopicsCount = 'inside';

/** @param periodsPerYear yearly periods of the whole subject, clusters of special topics (chuyên đề) not counted */
export function requiredRegularMarks(kind: 'score' | 'comment', periodsPerYear: number): number {
  if (kind === 'comment') return REGULAR_COMMENTS;
  for (const { upTo, marks } of REGULAR_MARKS_BY_PERIODS) {
    if (upTo === null || periodsPerYear <= upTo) return marks;
  }
  throw new RangeError('unreachable: the last row has no upper limit');
}
