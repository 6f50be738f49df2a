/** What a person may do, action by action, as the page "Tôi được làm gì" shows it. */
import type { Action } from './actions.js';
import { isInForce } from './charter.js';
import { mayAsk } from './may-ask.js';
import { TABLE } from './table.js';
import type { Actor, Decision, Relation } from './types.js';

/** `always`: wherever in the school; `own`: only for what is the person's own (class, subject, group, child). */
export type Extent = 'always' | 'own' | 'never';

export interface Right {
  readonly action: Action;
  readonly extent: Extent;
  /** The rule that allows it, or the one that says who may. */
  readonly decision: Decision;
  /** What can still forbid it to this person: number and sentence of the refusals that come before. */
  readonly limits: readonly { readonly rule: string; readonly sentence: string }[];
}

/** What anybody could be to something: who asked for it, who recorded it. */
const COULD_BE: Relation = { requester: true, teacherOfRecord: true, appellant: true };

/**
 * @param somewhere how the person stands to anything of the school: true where there is a class, sheet, group or child
 * that they stand to so
 */
export function rightOf(actor: Actor, action: Action, somewhere: Relation): Right {
  const { schoolLevel } = somewhere;
  const anywhere = mayAsk(actor, action, schoolLevel === undefined ? {} : { schoolLevel });
  const own = mayAsk(actor, action, without(TABLE[action].needs, { ...COULD_BE, ...somewhere }));
  const decision = anywhere.allow ? anywhere : own;
  const extent = anywhere.allow ? 'always' : own.allow ? 'own' : 'never';
  return { action, extent, decision, limits: extent === 'never' ? [] : limits(actor, action, somewhere) };
}

/** Refusals of the action that are in force on the day. */
function limits(actor: Actor, action: Action, { schoolLevel }: Relation): Right['limits'] {
  const { rows } = TABLE[action];
  return rows
    .filter((row) => !row.allow && isInForce(row, actor.date, schoolLevel))
    .map(({ rule, sentence }) => ({ rule, sentence }));
}

/** Being the teacher of one class says nothing of the next: what could forbid is left open. */
function without(flags: readonly (keyof Relation)[], relation: Relation): Relation {
  return Object.fromEntries(
    Object.entries(relation).filter(([flag]) => !flags.includes(flag as keyof Relation)),
  );
}
