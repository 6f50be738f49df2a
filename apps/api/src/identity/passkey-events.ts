/** What the journal says of passkeys: with the public key, so that audit can check assertions from the journal alone. */
import type { NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import type { Passkey } from './passkeys.entities.js';

/** Who did it, by which act and rule, when. */
export type ByWhom = Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule' | 'at'>;

/** A passkey is the person's from here on. The counter is not a fact of the school: it moves with every use. */
export function passkeyAdded(row: Passkey, by: ByWhom): NewEvent {
  const data = rowData(row, 'counter', 'lastUsedAt');
  return { ...by, type: 'passkey.added', subject: 'passkeys', subjectId: row.id, data };
}

export function passkeyRenamed(id: string, name: string, by: ByWhom): NewEvent {
  return { ...by, type: 'passkey.renamed', subject: 'passkeys', subjectId: id, data: { name } };
}

/** What it signs from here on counts for nothing. */
export function passkeyRevoked(id: string, by: ByWhom): NewEvent {
  const data = { revokedAt: by.at };
  return { ...by, type: 'passkey.revoked', subject: 'passkeys', subjectId: id, data };
}
