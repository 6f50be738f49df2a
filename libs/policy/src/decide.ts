import type { Action } from './actions.js';
import { BASES, cite } from './basis.js';
import { isInForce } from './charter.js';
import { TABLE } from './table.js';
import type { Actor, Decision, Relation } from './types.js';

/** A refusal because the caller did not say what could forbid the action. */
export const UNDECIDED_RULE = 'R0.1';

/**
 * Whether the actor may do the action to something they stand to as `relation` says. The first row of the decision
 * table that holds decides; none is a refusal, and so is a relation that leaves out what could forbid (fail closed).
 */
export function decide(actor: Actor, action: Action, relation: Relation): Decision {
  const { date } = actor;
  const { schoolLevel } = relation;
  const { needs, rows, otherwise } = TABLE[action];
  const unknown = needs.filter((flag) => relation[flag] === undefined);
  const charter = cite(BASES.charter, date, schoolLevel).text;
  if (unknown.length > 0) {
    const sentence = `Chưa đủ thông tin để quyết định (${unknown.join(', ')}), nên không cho phép.`;
    return { allow: false, rule: UNDECIDED_RULE, sentence, basis: charter };
  }
  const row = rows.find((one) => isInForce(one, date, schoolLevel) && one.when.test(actor, relation));
  if (row === undefined) return { allow: false, ...otherwise, basis: charter };
  const { allow, rule, sentence } = row;
  return { allow, rule, sentence, basis: cite(row.basis, date, schoolLevel).text };
}
