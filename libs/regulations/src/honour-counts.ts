import type { RuleSetId, Tt22Honour, Tt27Honour } from './types.js';

export type Honour = Tt22Honour | Tt27Honour;

/** The titles of each circular, the highest first (TT 22/2021 Đ.15, TT 27/2020 Đ.13). */
const TITLES: Readonly<Record<RuleSetId, readonly Honour[]>> = {
  'tt22-2021': ['HOC_SINH_XUAT_SAC', 'HOC_SINH_GIOI'],
  'tt27-2020': ['HOC_SINH_XUAT_SAC', 'HOC_SINH_TIEU_BIEU'],
};

export interface HonourCounts {
  /** Every title of the circular, also one that nobody has. */
  readonly titles: readonly { readonly honour: Honour; readonly count: number }[];
  /** Pupils with a result and no title. */
  readonly none: number;
  /** Pupils without a result yet. */
  readonly open: number;
}

/**
 * How many pupils of a class (or grade, or school) have each title. Each pupil is in exactly one number.
 *
 * @param pupils each pupil's title, null for none; undefined while there is no result
 */
export function honourCounts(
  ruleSet: RuleSetId,
  pupils: readonly (Honour | null | undefined)[],
): HonourCounts {
  const having = (honour: Honour | null | undefined): number => pupils.filter((own) => own === honour).length;
  return {
    titles: TITLES[ruleSet].map((honour) => ({ honour, count: having(honour) })),
    none: having(null),
    open: having(undefined),
  };
}
