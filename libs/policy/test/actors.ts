import { switchesOf } from '#policy/switches.js';
import type { Actor } from '#policy/types.js';

/** Somebody on an ordinary day under TT 15/2026. */
export function actor(of: Partial<Actor>): Actor {
  return { personId: 'a', date: '2026-11-21', roles: [], delegations: [], switches: switchesOf({}), ...of };
}
