/**
 * Software passkeys of the demo's people who approve, sign and seal. Their private keys stand in demo-accounts.json: in
 * a demonstration whoever started it plays everybody. A school's own people have theirs in their devices.
 */
import type { DemoSchool } from '#fixtures/model.js';
import { SoftwarePasskey, type StoredPasskey } from '#fixtures/play/software-passkey.js';
import type { Passkey } from '../identity/passkeys.entities.js';
import type { RelyingParty } from '../identity/relying-party.js';

/** A passkey, and the row by which the server knows it. */
export interface DemoPasskey {
  readonly stored: StoredPasskey;
  readonly row: Passkey;
}

const SIGNING_ROLES: readonly string[] = ['principal', 'vice-principal'];

/** One for each person who signs: management, the sealer, homeroom teachers; by the person's id. */
export async function demoPasskeys(
  demo: DemoSchool,
  server: RelyingParty,
  createdAt: string,
): Promise<ReadonlyMap<string, DemoPasskey>> {
  const homerooms = new Set(demo.years.flatMap((year) => year.homerooms.map((h) => h.teacherId)));
  const signers = demo.staff.filter(
    ({ id, appointments }) =>
      homerooms.has(id) || appointments.some((a) => a.sealer === true || SIGNING_ROLES.includes(a.role)),
  );
  const passkeys = new Map<string, DemoPasskey>();
  for (const { id: personId } of signers) {
    const made = await SoftwarePasskey.make(server);
    const { id, rpId } = made.stored;
    const row: Passkey = {
      ...{ schoolId: demo.school.id, id, personId, rpId, publicKey: made.publicKey, algorithm: 'ES256' },
      ...{ counter: 0, transports: ['internal'], name: 'Khóa minh họa', createdAt },
      ...{ lastUsedAt: null, revokedAt: null },
    };
    passkeys.set(personId, { stored: made.stored, row });
  }
  return passkeys;
}
