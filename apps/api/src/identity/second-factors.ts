/**
 * With what a person proves themself besides the password: one-time codes, recovery codes, passkeys. Each code works
 * once, whatever several processes do at the same moment: the row is changed only if nobody else has used it yet.
 */
import { Injectable } from '@nestjs/common';
import { LessThan, type EntityManager } from 'typeorm';
import type { PasskeyRequestOptions } from '#contracts/assertions.js';
import type { SecondFactorRequest } from '#contracts/session.js';
import type { NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import type { PersonOfSchool } from './appointments.js';
import { Person } from './identity.entities.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecretBox } from './secret-box.js';
import { checkTotp } from './totp.js';

/** How somebody signed in besides the password. */
export type SecondFactor = 'totp' | 'passkey' | 'recovery';

/** What signing in and the accounts need of passkeys. */
export abstract class PasskeySignIn {
  /**
   * What the browser needs to sign in with one of the person's passkeys; null when they have none.
   * @param challenge base64url of 32 random bytes, kept with the sign-in that waits for its answer
   */
  abstract options(person: PersonOfSchool, challenge: string): Promise<PasskeyRequestOptions | null>;

  /** Whether `assertion` answers `challenge` with a passkey of this person; keeps its new counter in `tx`. */
  abstract check(
    tx: EntityManager,
    person: PersonOfSchool,
    challenge: string,
    assertion: unknown,
  ): Promise<boolean>;

  /** How many passkeys each person of the school has; who has none is left out. */
  abstract counts(schoolId: string): Promise<ReadonlyMap<string, number>>;

  /** Withdraws all passkeys of a person whose second factor two people reset; `actor` and `at` go into the journal. */
  abstract withdrawAll(
    tx: EntityManager,
    person: PersonOfSchool,
    by: Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule' | 'at'>,
  ): Promise<void>;
}

@Injectable()
export class SecondFactors {
  constructor(
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: PasskeySignIn,
  ) {}

  /**
   * Whether the answer of somebody who signs in holds; uses it up.
   * @param challenge what a passkey must have signed
   */
  async use(
    tx: EntityManager,
    person: Person,
    answer: SecondFactorRequest,
    challenge: string,
  ): Promise<boolean> {
    const who = { schoolId: person.schoolId, personId: person.id };
    switch (answer.method) {
      case 'totp':
        return this.useTotp(tx, person, answer.code ?? '');
      case 'recovery':
        return this.recoveryCodes.use(tx, person, answer.code ?? '');
      case 'passkey':
        return this.passkeys.check(tx, who, challenge, answer.assertion);
    }
  }

  /** Uses up a one-time code; false when it does not hold, was used, or none is enrolled (security 5). */
  async useTotp(tx: EntityManager, person: Person, code: string): Promise<boolean> {
    if (person.totpSecret === null) return false;
    const { schoolId, id } = person;
    const secret = this.box.open(person.totpSecret, `totp/${id}`);
    const step = checkTotp(secret, code, this.clock.now(), person.totpLastStep);
    if (step === null) return false;
    const used = await tx.update(
      Person,
      { schoolId, id, totpLastStep: LessThan(step) },
      { totpLastStep: step },
    );
    return used.affected === 1;
  }
}
