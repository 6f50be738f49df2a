import { formatAverage, roundHalfUp } from './decimal.js';

/** One pupil's result in a class summary; null while it is open. */
export interface PupilOutcome<L extends string> {
  readonly level: L | null;
  /** "Không đánh giá" under an individual plan (TT 22/2021 Đ.11, TT 27/2020 Đ.8), which is not the same as open. */
  readonly notAssessed: boolean;
}

export interface LevelShare<L extends string> {
  readonly level: L;
  readonly count: number;
  /** Percentage of the assessed pupils, one decimal, half up: "33.3". */
  readonly percent: string;
}

export interface ClassShares<L extends string> {
  /** Pupils that the percentages are of. */
  readonly assessed: number;
  /** Left out of the percentages. */
  readonly notAssessed: number;
  /** Assessed, but without a result yet. */
  readonly open: number;
  /** Every level in the order given, also those that nobody has. */
  readonly shares: readonly LevelShare<L>[];
}

/**
 * How many pupils of a class (or grade, or school) have each level, and what share of the assessed ones that is. TT
 * 22/2021 Đ.11 and TT 27/2020 Đ.8 measure a pupil under an individual plan by that plan, so whoever is not assessed
 * stands beside the percentages and lowers none of them.
 *
 * @param order the levels from the best down, as `['TOT', 'KHA', 'DAT', 'CHUA_DAT']`
 */
export function classShares<L extends string>(
  pupils: readonly PupilOutcome<L>[],
  order: readonly L[],
): ClassShares<L> {
  const assessed = pupils.filter(({ notAssessed }) => !notAssessed);
  const having = (level: L | null): number => assessed.filter((pupil) => pupil.level === level).length;
  const percent = (count: number): string =>
    formatAverage(assessed.length === 0 ? 0 : roundHalfUp(1000 * count, assessed.length));
  return {
    assessed: assessed.length,
    notAssessed: pupils.length - assessed.length,
    open: having(null),
    shares: order.map((level) => ({ level, count: having(level), percent: percent(having(level)) })),
  };
}
