/** Gives a person a software passkey from the start, as their account would have come with it. */
import { BaseRows } from '#api/audit/base-rows.js';
import { Journal } from '#api/audit/journal.js';
import { Passkey } from '#api/identity/passkeys.entities.js';
import { SoftwarePasskey } from '#fixtures/play/software-passkey.js';
import type { TestServer } from './school.js';

/** The host name and origin of {@link TestServer}'s public address. */
export const TEST_RP = { id: 'localhost', origin: 'http://localhost:3000' } as const;

export async function givePasskey(
  server: TestServer,
  schoolId: string,
  personId: string,
): Promise<SoftwarePasskey> {
  const made = await SoftwarePasskey.make(TEST_RP);
  const row: Passkey = {
    ...{ schoolId, id: made.stored.id, personId, rpId: TEST_RP.id, publicKey: made.publicKey },
    ...{ algorithm: 'ES256', counter: 0, transports: ['internal'], name: 'Khóa thử' },
    ...{ createdAt: server.clock.timestamp(), lastUsedAt: null, revokedAt: null },
  };
  await server.database.write(async (tx) => {
    const base = new BaseRows(tx, schoolId, row.createdAt);
    await base.enter(Passkey, [row]);
    await base.record(server.app.get(Journal));
  });
  return made;
}
