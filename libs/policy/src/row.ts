import type { Condition } from './conditions.js';
import type { Flag } from './types.js';

/** One row of the decision table: the first row of an action whose condition holds decides. */
export interface Row {
  readonly rule: string;
  readonly allow: boolean;
  readonly when: Condition;
  readonly sentence: string;
  /** The circular behind it; "charter" is the one in force on the day. */
  readonly basis: string;
}

export interface ActionRules {
  /** Flags that could forbid the action: without them the answer is no. */
  readonly needs: readonly Flag[];
  readonly rows: readonly Row[];
  /** What is said when no row holds: always a refusal, under the number of the rule that says who may. */
  readonly otherwise: { readonly rule: string; readonly sentence: string };
}

export function allow(rule: string, condition: Condition, sentence: string, basis = 'charter'): Row {
  return { rule, allow: true, when: condition, sentence, basis };
}

export function deny(rule: string, condition: Condition, sentence: string, basis = 'charter'): Row {
  return { rule, allow: false, when: condition, sentence, basis };
}

export function rules(
  otherwise: readonly [rule: string, sentence: string],
  rows: readonly Row[],
  needs: readonly Flag[] = [],
): ActionRules {
  return { needs, rows, otherwise: { rule: otherwise[0], sentence: otherwise[1] } };
}
