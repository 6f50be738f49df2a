/** Sign-ins whose password was right and whose second factor is still to come: five minutes, one success. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LessThan, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { PendingSignIn } from './account.entities.js';
import type { PersonOfSchool } from './appointments.js';
import { cookieHash } from './one-time-secrets.js';

const VALID_MS = 5 * 60 * 1000;

@Injectable()
export class PendingSignIns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns the cookie's value, shown once, and the challenge for a passkey */
  async open({ schoolId, personId }: PersonOfSchool): Promise<{ cookie: string; challenge: string }> {
    const secret = randomBytes(32).toString('base64url');
    const challenge = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await this.database.write(async (tx) => {
      await tx.delete(PendingSignIn, { schoolId, personId, expiresAt: LessThan(now.toISOString()) });
      await tx.insert(PendingSignIn, {
        schoolId,
        id: cookieHash(secret),
        personId,
        challenge,
        createdAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + VALID_MS).toISOString(),
      });
    });
    return { cookie: `${schoolId}.${secret}`, challenge };
  }

  /** The sign-in behind a cookie; null when there is none, it is over, or the clock went back before it began. */
  async find(cookie: string | undefined): Promise<PendingSignIn | null> {
    const [schoolId, secret] = (cookie ?? '').split('.');
    if (schoolId === undefined || secret === undefined) return null;
    const found = await this.database.read.findOneBy(PendingSignIn, { schoolId, id: cookieHash(secret) });
    const now = this.clock.timestamp();
    return found !== null && found.createdAt <= now && now < found.expiresAt ? found : null;
  }

  /** Uses a pending sign-in up; false when another request just did. */
  async finish(tx: EntityManager, { schoolId, id }: PendingSignIn): Promise<boolean> {
    return (await tx.delete(PendingSignIn, { schoolId, id })).affected === 1;
  }
}
