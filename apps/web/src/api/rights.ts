/** Who I am to the decision table, the same one that the server asks: `mayAsk` of it shows or hides, the server decides. */
import { ROLES, type Actor, type Relation, type Role } from '#policy/types.js';
import type { RightsAnswer } from '#contracts/rights.js';
import { useResource, type Resource } from './use-resource.js';

export interface Rights {
  readonly actor: Actor;
  /** How I stand to anything of the school. */
  readonly somewhere: Relation;
}

/** Who I am to the decision table today. */
export function useRights(): Resource<Rights> {
  const answer = useResource<RightsAnswer>('/api/rights');
  return answer.state === 'ready' ? { state: 'ready', value: rightsFrom(answer.value) } : answer;
}

function rightsFrom({ somewhere, roles, ...actor }: RightsAnswer): Rights {
  return { actor: { ...actor, roles: roles.filter(isRole) }, somewhere };
}

function isRole(role: string): role is Role {
  return (ROLES as readonly string[]).includes(role);
}
