/** What roles mean for an account. */
import { TRUSTED_ROLES } from '#policy/trusted-roles.js';

/** Families see only their own; a password alone opens their session. */
const FAMILY: ReadonlySet<string> = new Set(['guardian', 'pupil']);

/** Roles that approve, lock, sign, seal or administer: their unattended screens close first (security 10). */
const APPROVING: ReadonlySet<string> = new Set(TRUSTED_ROLES);

/** Whether any role is one of staff (or of the inspectorate): a second factor is needed (security 4). */
export function isStaff(roles: readonly string[]): boolean {
  return roles.some((role) => !FAMILY.has(role));
}

export function isApprover(roles: readonly string[]): boolean {
  return roles.some((role) => APPROVING.has(role));
}
