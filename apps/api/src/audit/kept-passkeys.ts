/** Whose passkeys there were and until when, as the journal alone tells: rows of the database are not believed. */
import { BASE_EVENT } from './base-events.js';
import type { EventText } from './expected-rows.js';

/** A passkey as the journal keeps it. */
export interface KeptPasskey {
  readonly person: string;
  readonly rpId: string;
  /** COSE_Key, base64url. */
  readonly publicKey: string;
  /** Number of the event that added it. */
  readonly since: number;
  /** Number of the event that withdrew it. */
  revoked?: number;
}

export class KeptPasskeys {
  private readonly passkeys = new Map<string, KeptPasskey>();

  /** Takes one more event into account; events of other tables say nothing. */
  add(seq: number, { type, subject, subjectId: id, data }: EventText): void {
    if (subject !== 'passkeys') return;
    const known = this.passkeys.get(id);
    if (type === 'passkey.revoked' && known !== undefined) known.revoked ??= seq;
    // The first event is the key: a later one cannot put another in its place.
    if (known !== undefined || (type !== 'passkey.added' && type !== BASE_EVENT)) return;
    const { personId, rpId, publicKey } = data;
    if (typeof personId !== 'string' || typeof rpId !== 'string' || typeof publicKey !== 'string') return;
    this.passkeys.set(id, { person: personId, rpId, publicKey, since: seq });
  }

  find(id: string): KeptPasskey | undefined {
    return this.passkeys.get(id);
  }
}
