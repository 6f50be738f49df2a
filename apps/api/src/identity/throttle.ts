/**
 * How long somebody who failed has to wait (security 3). Pure: moments are milliseconds.
 *
 * By account: five failures are free, then each doubles the wait up to an hour; a day without failures, or a success,
 * forgets them. Failures at an address where the same person has signed in lately are counted apart, so that nobody
 * elsewhere can lock a teacher out of the staff room.
 *
 * By address: a whole school is behind one address, and each morning some of its people mistype. An address is slowed
 * only when within an hour more different accounts failed there, and have not signed in since, than 20 and twice the
 * accounts that signed in there within a day. Each account beyond that doubles the wait up to ten minutes. Whoever has
 * signed in there lately is never slowed by others.
 *
 * A clock that jumps never makes the wait longer than the wait itself.
 */
const SECOND = 1000;
const HOUR = 3600 * SECOND;

export const FREE_FAILURES = 5;
export const FORGET_FAILURES_MS = 24 * HOUR;
/** Failures at an address count for an hour, sign-ins for a day; an account is known there for 30 days. */
export const ADDRESS_FAILED_MS = HOUR;
export const ADDRESS_SUCCEEDED_MS = 24 * HOUR;
export const ADDRESS_KNOWN_MS = 30 * 24 * HOUR;
const FREE_ACCOUNTS = 20;
const MAX_ACCOUNT_MS = HOUR;
const MAX_ADDRESS_MS = HOUR / 6;

/** The wait after this many failures of an account. */
export function accountWait(failures: number): number {
  return doubling(failures - FREE_FAILURES, MAX_ACCOUNT_MS);
}

/** The wait at an address where `failing` accounts failed and `succeeded` signed in. */
export function addressWait(failing: number, succeeded: number): number {
  return doubling(failing - FREE_ACCOUNTS - 2 * succeeded, MAX_ADDRESS_MS);
}

function doubling(excess: number, longest: number): number {
  return excess < 0 ? 0 : Math.min(SECOND * 2 ** excess, longest);
}

/** What is left of a wait that began at `since`; of one that seems to lie ahead (the clock went back) all of it. */
export function leftOf(wait: number, since: number, now: number): number {
  return Math.max(0, wait - Math.max(0, now - since));
}
