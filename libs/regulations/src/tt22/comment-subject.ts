import type { CommentResult } from '../marks.js';

/**
 * TT 22/2021 Đ.9 k.1 for subjects assessed by comments: a term is Đạt when every assessment of it is Đạt. Called only
 * with all required assessments there; a missing one is a gap, not a Chưa đạt.
 */
export function termComment(results: readonly CommentResult[]): CommentResult {
  return results.every((result) => result === 'D') ? 'D' : 'CD';
}

/**
 * The year's result of a comment subject is that of semester II (ASSUMPTIONS.md A4): the circular looks at where the
 * pupil has arrived. Without semester I there is no year to speak of, so the result stays open.
 */
export function yearComment(
  termOne: CommentResult | null,
  termTwo: CommentResult | null,
): CommentResult | null {
  return termOne === null ? null : termTwo;
}
