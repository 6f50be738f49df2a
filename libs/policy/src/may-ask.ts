/**
 * Whether asking is worth it, for pages: the same table as the server's answer, but what the page does not know of the
 * state of things forbids nothing. A button hidden by this would have been refused; one that is shown may still be.
 */
import type { Action } from './actions.js';
import { decide } from './decide.js';
import { TABLE } from './table.js';
import { ROLES, type Actor, type Decision, type Flag, type Relation } from './types.js';

const CONFIRMATIONS = ['needed', 'done', 'skipped'] as const;
const YES_NO = [false, true] as const;

/** Flags that no action needs but that a row asks for: the page seldom knows them. */
const SELDOM_KNOWN: Relation = { paperSigned: true };

/**
 * Answers with the allowing row if any state of what is left out of `relation` would allow; else with the refusal that
 * stands whatever that state is.
 */
export function mayAsk(actor: Actor, action: Action, relation: Relation): Decision {
  const known = { ...SELDOM_KNOWN, ...relation };
  const open = TABLE[action].needs.filter((flag) => known[flag] === undefined);
  const decisions = completions(known, open).map((complete) => decide(actor, action, complete));
  const { rule } = TABLE[action].otherwise;
  const allowed = decisions.find(({ allow }) => allow);
  const answer = allowed ?? decisions.find((one) => one.rule === rule) ?? decisions[0];
  if (answer === undefined) throw new Error('a relation has at least one completion');
  return answer;
}

/** The relation with every combination of values of the open flags; those that forbid least come first. */
function completions(relation: Relation, open: readonly Flag[]): Relation[] {
  return open.reduce<Relation[]>(
    (made, flag) =>
      made.flatMap((one) => valuesOf(flag).map((value): Relation => ({ ...one, [flag]: value }))),
    [relation],
  );
}

function valuesOf(flag: Flag): readonly unknown[] {
  if (flag === 'confirmation') return CONFIRMATIONS;
  if (flag === 'appointedRole') return ROLES;
  return YES_NO;
}
