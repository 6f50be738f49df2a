import { BASES, type Basis } from './basis.js';
import type { InForce } from './charter.js';
import type { Condition } from './conditions.js';
import type { Flag } from './types.js';

/**
 * One row of the decision table: the first row of an action that is in force on the day and whose condition holds
 * decides.
 */
export interface Row extends InForce {
  readonly rule: string;
  readonly allow: boolean;
  readonly when: Condition;
  readonly sentence: string;
  readonly basis: Basis;
}

export interface ActionRules {
  /** Flags that could forbid the action: without them the answer is no. */
  readonly needs: readonly Flag[];
  readonly rows: readonly Row[];
  /** What is said when no row holds: always a refusal, under the number of the rule that says who may. */
  readonly otherwise: { readonly rule: string; readonly sentence: string };
}

export function allow(
  rule: string,
  condition: Condition,
  sentence: string,
  basis: Basis = BASES.charter,
): Row {
  return { rule, allow: true, when: condition, sentence, basis };
}

export function deny(
  rule: string,
  condition: Condition,
  sentence: string,
  basis: Basis = BASES.charter,
): Row {
  return { rule, allow: false, when: condition, sentence, basis };
}

/** A row of one version of the rules: only from a day, until a day, or at one level. */
export function only(inForce: InForce, row: Row): Row {
  return { ...row, ...inForce };
}

export function rules(
  otherwise: readonly [rule: string, sentence: string],
  rows: readonly Row[],
  needs: readonly Flag[] = [],
): ActionRules {
  return { needs, rows, otherwise: { rule: otherwise[0], sentence: otherwise[1] } };
}
