import type { Tenths } from '../decimal.js';
import type { Level } from '../types.js';

/** TT 22/2021 Đ.9 k.2 speaks of "ít nhất 06 môn học" at every level above Chưa đạt. */
export const SUBJECTS_NEEDED = 6;

/** TT 22/2021 Đ.9 k.2 a–c as a table: every mark subject ≥ `all`, at least six ≥ `six`, at most so many comment subjects Chưa đạt. */
export const LEARNING_THRESHOLDS: readonly {
  readonly level: Level;
  readonly all: Tenths;
  readonly six: Tenths;
  readonly failedComments: number;
}[] = [
  { level: 'TOT', all: 65, six: 80, failedComments: 0 },
  { level: 'KHA', all: 50, six: 65, failedComments: 0 },
  { level: 'DAT', all: 35, six: 50, failedComments: 1 },
];

/** One mark subject looked away from, for Đ.9 k.3: its place in the list, and whether it still counts among the six. */
export interface Removed {
  readonly index: number;
  readonly countsAmongSix: boolean;
}

/**
 * TT 22/2021 Đ.9 k.2: the level of learning of a term or a year, before the adjustment of k.3. There is no overall
 * average and no condition on single subjects; d) whatever meets none of the rows is Chưa đạt.
 *
 * @param scores averages of all mark subjects, at least six of them
 */
export function baseLevel(scores: readonly Tenths[], failedComments: number, removed?: Removed): Level {
  for (const row of LEARNING_THRESHOLDS) {
    if (failedComments > row.failedComments) continue;
    let reached = removed?.countsAmongSix === true ? 1 : 0;
    let lowest = true;
    for (let index = 0; index < scores.length; index += 1) {
      if (index === removed?.index) continue;
      const score = scores[index]!;
      if (score < row.all) lowest = false;
      if (score >= row.six) reached += 1;
    }
    if (lowest && reached >= SUBJECTS_NEEDED) return row.level;
  }
  return 'CHUA_DAT';
}
