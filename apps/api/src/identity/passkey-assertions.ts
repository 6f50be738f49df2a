/** Asks people for their passkeys, and checks what these answer: at sign-in and when an act is confirmed. */
import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { IsNull, type EntityManager } from 'typeorm';
import { AssertionDto, type PasskeyRequestOptions } from '#contracts/assertions.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import type { PersonOfSchool } from './appointments.js';
import { checkAssertion, type Assertion, type AssertionFault } from './assertion.js';
import { passkeyRevoked, type ByWhom } from './passkey-events.js';
import { Passkey } from './passkeys.entities.js';
import { RelyingParty } from './relying-party.js';
import type { PasskeySignIn } from './second-factors.js';

/** How long a browser waits for the person. */
const TIMEOUT_MS = 5 * 60 * 1000;

@Injectable()
export class PasskeyAssertions implements PasskeySignIn {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rp: RelyingParty,
    private readonly journal: Journal,
  ) {}

  /**
   * What the browser needs to have `challenge` signed; null when the person has no passkey for this server's name.
   * @param challenge base64url
   */
  async options(person: PersonOfSchool, challenge: string): Promise<PasskeyRequestOptions | null> {
    const passkeys = await this.live(this.database.read, person);
    if (passkeys.length === 0) return null;
    return {
      challenge,
      rpId: this.rp.id,
      allowCredentials: passkeys.map(({ id, transports }) => ({
        ...{ id, type: 'public-key' as const },
        transports: [...transports],
      })),
      userVerification: 'required',
      timeout: TIMEOUT_MS,
    };
  }

  /** Whether `assertion` answers `challenge` with a passkey of this person. */
  async check(
    tx: EntityManager,
    person: PersonOfSchool,
    challenge: string,
    assertion: unknown,
  ): Promise<boolean> {
    const read = plainToInstance(AssertionDto, assertion);
    if (!(read instanceof AssertionDto) || validateSync(read).length > 0) return false;
    return (await this.use(tx, person, challenge, read)) === null;
  }

  /**
   * Checks an assertion and keeps the passkey's new counter.
   * @returns null when it holds, else why it does not; NOT_OWN also for a withdrawn passkey
   */
  async use(
    tx: EntityManager,
    person: PersonOfSchool,
    challenge: string,
    assertion: Assertion,
  ): Promise<AssertionFault | 'NOT_OWN' | null> {
    const { schoolId, personId } = person;
    const where = { schoolId, id: assertion.credentialId, personId, revokedAt: IsNull() };
    const key = await tx.findOneBy(Passkey, where);
    if (key === null || key.rpId !== this.rp.id) return 'NOT_OWN';
    const accepts = (origin: string) => this.rp.accepts(origin);
    const checked = await checkAssertion(assertion, { challenge, rpId: key.rpId, accepts, key });
    if (checked.fault !== null) return checked.fault;
    // Only over the counter that was compared: of two at the same moment, one is refused.
    const used = await tx.update(
      Passkey,
      { ...where, counter: key.counter },
      { counter: checked.counter, lastUsedAt: this.clock.timestamp() },
    );
    return used.affected === 1 ? null : 'COUNTER';
  }

  /** How many passkeys each person of the school has; who has none is left out. */
  async counts(schoolId: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.read.findBy(Passkey, { schoolId, revokedAt: IsNull() });
    const counts = new Map<string, number>();
    for (const { personId } of rows) counts.set(personId, (counts.get(personId) ?? 0) + 1);
    return counts;
  }

  /** Withdraws all of a person's passkeys, by others: two people have reset the second factor. */
  async withdrawAll(tx: EntityManager, { schoolId, personId }: PersonOfSchool, by: ByWhom): Promise<void> {
    const rows = await tx.findBy(Passkey, { schoolId, personId, revokedAt: IsNull() });
    if (rows.length === 0) return;
    await tx.update(Passkey, { schoolId, personId, revokedAt: IsNull() }, { revokedAt: by.at });
    const events = rows.map(({ id }) => passkeyRevoked(id, by));
    await this.journal.appendAll(tx, schoolId, events);
  }

  /** The person's passkeys that this server's name can use. */
  async live(read: EntityManager, { schoolId, personId }: PersonOfSchool): Promise<Passkey[]> {
    const where = { schoolId, personId, rpId: this.rp.id, revokedAt: IsNull() };
    return read.find(Passkey, { where, order: { createdAt: 'ASC', id: 'ASC' } });
  }
}
