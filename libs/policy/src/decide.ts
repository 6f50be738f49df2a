import type { Action } from './actions.js';
import { charterOn } from './charter.js';
import { TABLE } from './table.js';
import type { Actor, Decision, Relation } from './types.js';

/** A refusal because the caller did not say what could forbid the action. */
export const UNDECIDED_RULE = 'R0.1';

/**
 * Whether the actor may do the action to something they stand to as `relation` says. The first row of the decision
 * table that holds decides; none is a refusal, and so is a relation that leaves out what could forbid (fail closed).
 */
export function decide(actor: Actor, action: Action, relation: Relation): Decision {
  const charter = charterOn(actor.date, relation.schoolLevel);
  const { needs, rows, otherwise } = TABLE[action];
  const unknown = needs.filter((flag) => relation[flag] === undefined);
  if (unknown.length > 0) {
    const sentence = `Chưa đủ thông tin để quyết định (${unknown.join(', ')}), nên không cho phép.`;
    return { allow: false, rule: UNDECIDED_RULE, sentence, basis: charter };
  }
  const row = rows.find((candidate) => candidate.when.test(actor, relation));
  if (row === undefined) return { allow: false, ...otherwise, basis: charter };
  const basis = row.basis === 'charter' ? charter : `${row.basis}; ${charter}`;
  return { allow: row.allow, rule: row.rule, sentence: row.sentence, basis };
}
