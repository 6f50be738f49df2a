/**
 * Whose rows the present piece of work may see. On PostgreSQL every connection tells the engine before it is used, and
 * row-level security hides all other schools' rows: a query that forgets to name its school finds nothing of others.
 * A second line of defence: every query names its school anyway, and audit relies on neither.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** What the engine is told for work on the whole installation: start, timers, sign-in, the command line. */
export const EVERY_SCHOOL = '*';
/** What it is told for a request of which nobody knows yet whose it is: no row has this school. */
const NO_SCHOOL = '';

const requests = new AsyncLocalStorage<{ school: string }>();

/** Runs the rest of a request; it sees no school's rows until the guard has said whose it is. */
export function beginRequest(rest: () => void): void {
  requests.run({ school: NO_SCHOOL }, rest);
}

/** From here on the request sees one school's rows (a session's), or all (a public route's: {@link EVERY_SCHOOL}). */
export function seeOnly(school: string): void {
  const request = requests.getStore();
  if (request !== undefined) request.school = school;
}

/** The school whose rows may be seen now; {@link EVERY_SCHOOL} outside requests. */
export function visibleSchool(): string {
  return requests.getStore()?.school ?? EVERY_SCHOOL;
}
