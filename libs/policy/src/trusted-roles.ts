import type { Role } from './types.js';

/** Roles that approve, sign or seal, give first-level approval, or administer: theirs to give and take is the principal's. */
export const TRUSTED_ROLES: readonly Role[] = [
  'principal',
  'vice-principal',
  'group-head',
  'sealer',
  'it-officer',
  'clerk',
];

/** Of a person's roles the one by which their account is judged; somebody without a role counts as a teacher. */
export function weightiest(roles: readonly string[]): Role {
  return TRUSTED_ROLES.find((role) => roles.includes(role)) ?? 'teacher';
}
