import type { Tenths } from '../decimal.js';
import type { CommentResult } from '../marks.js';
import type { Level, Tt22Promotion } from '../types.js';

/** TT 22/2021 Đ.14: a mark subject may be re-assessed when its year average is below this. */
export const REASSESSED_BELOW: Tenths = 50;

/**
 * TT 22/2021 Đ.14: re-assessment is for a pupil whose learning alone is Chưa đạt, in the subjects that are Chưa đạt or
 * below 5.0. A subject that is good enough is not sat again to polish the record.
 *
 * @param decision the decision before the summer; only DANH_GIA_LAI opens this way
 */
export function mayReassessSubject(
  decision: Tt22Promotion | null,
  year: Tenths | CommentResult | null,
): boolean {
  if (decision !== 'DANH_GIA_LAI' || year === null) return false;
  return typeof year === 'number' ? year < REASSESSED_BELOW : year === 'CD';
}

/** TT 22/2021 Đ.13: summer training is for a pupil whose conduct alone is Chưa đạt (ASSUMPTIONS.md A10). */
export function mayTrainInSummer(decision: Tt22Promotion | null, yearConduct: Level | null): boolean {
  return decision === 'REN_LUYEN_HE' && yearConduct === 'CHUA_DAT';
}
