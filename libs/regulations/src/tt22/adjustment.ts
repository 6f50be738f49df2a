import type { Tenths } from '../decimal.js';
import type { AdjustmentSettings, Level } from '../types.js';
import { baseLevel } from './learning-level.js';

/** ASSUMPTIONS.md A5, A6, A7: the readings of Đ.9 k.3 that we take until the Ministry rules otherwise. */
export const DEFAULT_ADJUSTMENT: AdjustmentSettings = {
  removedSubjectCountsAmongSix: false,
  raiseFrom: 'base',
  commentSubjectCanBeCulprit: true,
};

const RISING: readonly Level[] = ['CHUA_DAT', 'DAT', 'KHA', 'TOT'];
const rank = (level: Level): number => RISING.indexOf(level);

export interface LearningResult {
  readonly level: Level;
  /** The level before the adjustment; equal to `level` where Đ.9 k.3 does not strike. */
  readonly base: Level;
  /** What the pupil would have without the one subject; null where Đ.9 k.3 does not strike. */
  readonly reference: Level | null;
  /** Place of the one subject among the mark subjects, or 'comment'; null where Đ.9 k.3 does not strike. */
  readonly culprit: number | 'comment' | null;
}

/**
 * TT 22/2021 Đ.9 k.3: when the level is two or more below Tốt or Khá "chỉ do kết quả của duy nhất 01 môn học", it is
 * raised to the next one, so that a single bad subject does not outweigh a good year.
 *
 * @param scores averages of all mark subjects, at least six of them
 */
export function learningLevel(
  scores: readonly Tenths[],
  failedComments: number,
  settings: AdjustmentSettings = DEFAULT_ADJUSTMENT,
): LearningResult {
  const base = baseLevel(scores, failedComments);
  const found = culpritOf(scores, failedComments, base, settings);
  if (found === null) return { level: base, base, reference: null, culprit: null };
  const { culprit, reference } = found;
  const raised = settings.raiseFrom === 'base' ? rank(base) + 1 : rank(reference) - 1;
  return { level: RISING[raised]!, base, reference, culprit };
}

/**
 * The subject without which the level is Tốt or Khá and at least two above. The first that is found is enough: where two
 * subjects could each be the one (both below what Tốt asks for), the level without either is the same.
 */
function culpritOf(
  scores: readonly Tenths[],
  failedComments: number,
  base: Level,
  settings: AdjustmentSettings,
): { readonly culprit: number | 'comment'; readonly reference: Level } | null {
  if (rank(base) >= rank('KHA')) return null;
  const farEnough = (without: Level): boolean =>
    rank(without) >= rank('KHA') && rank(without) - rank(base) >= 2;
  for (let index = 0; index < scores.length; index += 1) {
    const removed = { index, countsAmongSix: settings.removedSubjectCountsAmongSix };
    const reference = baseLevel(scores, failedComments, removed);
    if (farEnough(reference)) return { culprit: index, reference };
  }
  if (failedComments > 0 && settings.commentSubjectCanBeCulprit) {
    const reference = baseLevel(scores, failedComments - 1);
    if (farEnough(reference)) return { culprit: 'comment', reference };
  }
  return null;
}
