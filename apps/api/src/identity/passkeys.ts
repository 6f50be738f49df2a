/** A person's own passkeys (khóa truy cập): added and withdrawn by an act that names the exact key, and named. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsNull } from 'typeorm';
import {
  NewPasskeyParams,
  PasskeyParams,
  type PasskeyAnswer,
  type PasskeyCreationOptions,
} from '#contracts/passkeys.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from './acts.js';
import { Authorizer } from './authorizer.js';
import { PasskeyAssertions } from './passkey-assertions.js';
import { passkeyAdded, passkeyRenamed, passkeyRevoked, type ByWhom } from './passkey-events.js';
import { PasskeyRegistration, type NewCredential } from './passkey-registration.js';
import { Passkey } from './passkeys.entities.js';
import type { SessionContext } from './session-context.js';

/** Devices of one person; more is a mistake. */
const MOST_PASSKEYS = 10;

@Injectable()
export class Passkeys implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly acts: Acts,
    private readonly assertions: PasskeyAssertions,
    private readonly registration: PasskeyRegistration,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register(
      'passkey.add',
      async (session, params) => (await this.planAdding(session, validated(NewPasskeyParams, params))).change,
      // The first one, or the one after a loss: there is no other to confirm it with.
      async (read, session) => (await this.assertions.live(read, session)).length === 0,
    );
    this.acts.register(
      'passkey.revoke',
      async (session, params) => (await this.planRevoking(session, validated(PasskeyParams, params))).change,
      // A lost device cannot confirm its own withdrawal, and withdrawing gives nobody a right.
      () => Promise.resolve(true),
    );
  }

  /** All of the person's own, withdrawn ones too, oldest first. */
  async list(session: SessionContext): Promise<PasskeyAnswer[]> {
    await this.authorizer.authorize(session, 'passkey.read', { self: true });
    const { schoolId, personId } = session;
    const rows = await this.database.read.find(Passkey, {
      where: { schoolId, personId },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return rows.map(({ id, name, algorithm, createdAt, lastUsedAt, revokedAt }) => {
      return { id, name, algorithm, createdAt, lastUsedAt, revokedAt };
    });
  }

  /** What the browser is asked to make. @throws Problem NOT_SUPPORTED, STATE_CONFLICT when there are too many */
  async creationOptions(session: SessionContext): Promise<PasskeyCreationOptions> {
    await this.authorizer.authorize(session, 'passkey.add', { self: true });
    const known = await this.assertions.live(this.database.read, session);
    if (known.length >= MOST_PASSKEYS) {
      throw new Problem(
        'STATE_CONFLICT',
        `Bạn đã có ${MOST_PASSKEYS} khóa truy cập. Hãy thu hồi khóa không còn dùng trước khi thêm.`,
      );
    }
    return this.registration.options(session, known);
  }

  /** @throws Problem SECOND_FACTOR_FAILED, ACT_INVALID, ALREADY_EXISTS */
  async add(session: SessionContext, params: NewPasskeyParams, act: ActAnswer): Promise<void> {
    const { schoolId, personId } = session;
    const { change, rule, credential } = await this.planAdding(session, params);
    await this.database.write(async (tx) => {
      await this.registration.useUp(tx, session, params.credential);
      await this.acts.use(tx, session, act, 'passkey.add', change);
      const known = await tx.findOneBy(Passkey, { schoolId, id: credential.id });
      if (known !== null) throw new Problem('ALREADY_EXISTS', 'Khóa truy cập này đã được thêm từ trước.');
      const createdAt = this.clock.timestamp();
      const row: Passkey = {
        ...credential,
        ...{ schoolId, personId, name: params.name, createdAt, lastUsedAt: null, revokedAt: null },
      };
      await tx.insert(Passkey, row);
      await this.journal.append(tx, schoolId, passkeyAdded(row, this.by(session, rule, act)));
    });
  }

  /** @throws Problem NOT_FOUND also for another person's */
  async rename(session: SessionContext, id: string, name: string): Promise<void> {
    const rule = await this.authorizer.authorize(session, 'passkey.rename', { self: true });
    const { schoolId, personId } = session;
    await this.database.write(async (tx) => {
      const set = await tx.update(Passkey, { schoolId, id, personId }, { name });
      if (set.affected !== 1) throw notFound('khóa truy cập');
      await this.journal.append(tx, schoolId, passkeyRenamed(id, name, this.by(session, rule)));
    });
  }

  /** @throws Problem NOT_FOUND also for another person's or one withdrawn before, SECOND_FACTOR_FAILED, ACT_INVALID */
  async revoke(session: SessionContext, params: PasskeyParams, act: ActAnswer): Promise<void> {
    const { change, rule } = await this.planRevoking(session, params);
    const { schoolId, personId } = session;
    await this.database.write(async (tx) => {
      await this.acts.use(tx, session, act, 'passkey.revoke', change);
      const by = this.by(session, rule, act);
      const where = { schoolId, id: params.passkeyId, personId, revokedAt: IsNull() };
      const set = await tx.update(Passkey, where, { revokedAt: by.at });
      if (set.affected !== 1) throw notFound('khóa truy cập');
      await this.journal.append(tx, schoolId, passkeyRevoked(params.passkeyId, by));
    });
  }

  private async planAdding(
    session: SessionContext,
    { name, credential: made }: NewPasskeyParams,
  ): Promise<{ readonly change: Change; readonly rule: string; readonly credential: NewCredential }> {
    const rule = await this.authorizer.authorize(session, 'passkey.add', { self: true });
    const credential = await this.registration.check(session, made);
    const { id, publicKey } = credential;
    return { rule, credential, change: { personId: session.personId, passkey: { id, publicKey, name } } };
  }

  private async planRevoking(
    session: SessionContext,
    { passkeyId: id }: PasskeyParams,
  ): Promise<{ readonly change: Change; readonly rule: string }> {
    const rule = await this.authorizer.authorize(session, 'passkey.revoke', { self: true });
    const { schoolId, personId } = session;
    const row = await this.database.read.findOneBy(Passkey, { schoolId, id, personId, revokedAt: IsNull() });
    if (row === null) throw notFound('khóa truy cập');
    return { rule, change: { personId, passkey: { id, name: row.name } } };
  }

  private by(session: SessionContext, rule: string, act?: ActAnswer): ByWhom {
    const by = { actor: session.personId, session: session.sessionId, rule, at: this.clock.timestamp() };
    return act === undefined ? by : { ...by, act: act.id };
  }
}
