/** The principal replaces the key with which the school signs what is disclosed of its transcripts. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { CredentialKeyAnswer } from '#contracts/certificates.js';
import { toHex } from '#ledger/format/bytes.js';
import { Database } from '../database/database.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { School } from '../school/school.entities.js';
import { CredentialKey } from './credential-keys.entities.js';
import { CredentialKeys } from './credential-keys.js';

const ACTION = 'certificate.rotate-credential-key';

@Injectable()
export class CredentialKeyRotation implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly acts: Acts,
    private readonly authorizer: Authorizer,
    private readonly keys: CredentialKeys,
  ) {}

  onModuleInit(): void {
    this.acts.register(ACTION, async (session) => (await this.plan(session)).change);
  }

  /** The school's keys: the one in force, then the others, newest first. */
  async list(session: SessionContext): Promise<CredentialKeyAnswer[]> {
    await this.authorizer.authorize(session, 'certificate.read', { self: true });
    const where = { schoolId: session.schoolId };
    const rows = await this.database.read.find(CredentialKey, { where, order: { addedAt: 'DESC' } });
    const ordered = [
      ...rows.filter((row) => row.retiredAt === null),
      ...rows.filter((row) => row.retiredAt !== null),
    ];
    return ordered.map(({ id, publicKey, addedAt, retiredAt }) => {
      return { id, publicKey: toHex(publicKey), addedAt, retiredAt };
    });
  }

  /** @throws Problem FORBIDDEN, ACT_INVALID, LEDGER_UNAVAILABLE */
  async rotate(session: SessionContext, act: ActAnswer): Promise<void> {
    const { schoolId, personId: actor, sessionId } = session;
    const { rule } = await this.plan(session);
    const school = await this.database.read.findOneByOrFail(School, { id: schoolId });
    await this.keys.rotate(school, { actor, session: sessionId, act: act.id, rule }, async (tx) => {
      await this.acts.use(tx, session, act, ACTION, (await this.plan(session)).change);
    });
  }

  /** Which key is replaced. */
  private async plan(session: SessionContext): Promise<{ readonly rule: string; readonly change: Change }> {
    const rule = await this.authorizer.authorize(session, ACTION, { self: true });
    const where = { schoolId: session.schoolId, retiredAt: IsNull() };
    const present = await this.database.read.findOne(CredentialKey, { where, order: { addedAt: 'DESC' } });
    const replaces = present === null ? null : toHex(present.publicKey);
    return { rule, change: { action: ACTION, replaces } };
  }
}
