/**
 * What every event of the journal must say: who did it, in which session, by which rule of the policy. An event that
 * does not is a fault of the program, and its unit of work fails: what cannot be accounted for does not happen.
 */

/** What does things without a person: the server's own timers, its first start, and the operator at the machine. */
const SYSTEM_ACTORS: readonly string[] = ['installation', 'operator', 'clock'];

/** What a person does outside the policy's table, with the reason. */
const WITHOUT_RULE: Readonly<Record<string, string>> = {
  'act.used': 'the events of what the act was for carry the rule',
};

/** What a person does before there is a session, or what is done in their name. */
const WITHOUT_SESSION: Readonly<Record<string, string>> = {
  'activation.used': 'a paper code is used before there is a session',
  'account.activated': 'a paper code is used before there is a session',
  'session.ended': 'a paper code that sets a new password ends the sessions of the old one',
  'certificate.issued': 'made by the school’s authority the first time a person is named on a route',
};

/** The part of an event that is judged. */
export interface Accountable {
  readonly type: string;
  readonly actor: string;
  readonly session?: string | undefined;
  readonly rule?: string | undefined;
}

/** What an event lacks, in words; undefined when it says all it must. */
export function lackOf({ type, actor, session, rule }: Accountable): string | undefined {
  if (actor === '') return 'an actor';
  if (SYSTEM_ACTORS.includes(actor)) return undefined;
  if (Object.hasOwn(WITHOUT_SESSION, type)) return undefined;
  if (session === undefined || session === '') return 'a session';
  if (Object.hasOwn(WITHOUT_RULE, type)) return undefined;
  return rule === undefined || rule === '' ? 'the rule that allowed it' : undefined;
}
