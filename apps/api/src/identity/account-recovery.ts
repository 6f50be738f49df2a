/**
 * Two-person recovery (khôi phục xác thực lần hai): who lost telephone, passkey and recovery codes gets a new start when
 * one person proposes it and another confirms it with a second factor of their own. The confirmer gets the code for the
 * letter, not who proposed: neither can take the account over alone without the other seeing it.
 */
import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { ConfirmRecoveryParams, type IssuedCodeAnswer } from '#contracts/accounts.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { AccountRecovery } from './account.entities.js';
import { ActivationCodes } from './activation-codes.js';
import { Acts, type ActAnswer, type Change } from './acts.js';
import { Appointments } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { Person } from './identity.entities.js';
import { PasskeySignIn } from './second-factors.js';
import type { SessionContext } from './session-context.js';
import { Sessions } from './sessions.js';

const ACTION = 'account.confirm-recovery';
const VALID_MS = 3 * 24 * 60 * 60 * 1000;

/** A proposal that can be confirmed, and the rule that lets this person do it. */
interface Planned {
  readonly recovery: AccountRecovery;
  readonly person: Person;
  readonly change: Change;
  readonly rule: string;
}

@Injectable()
export class AccountRecoveries implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly appointments: Appointments,
    private readonly acts: Acts,
    private readonly codes: ActivationCodes,
    private readonly passkeys: PasskeySignIn,
    private readonly sessions: Sessions,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register(ACTION, async (session, params) => {
      const { recoveryId } = validated(ConfirmRecoveryParams, params);
      return (await this.plan(this.database.read, session, recoveryId)).change;
    });
  }

  /** First person. @throws Problem NOT_FOUND, ALREADY_EXISTS while another proposal for the person waits */
  async propose(session: SessionContext, personId: string, reason: string): Promise<string> {
    const { schoolId } = session;
    const person = await this.database.read.findOneBy(Person, { schoolId, id: personId });
    if (person === null) throw notFound('tài khoản');
    const self = personId === session.personId;
    const rule = await this.authorizer.authorize(session, 'account.propose-recovery', { self });
    return this.database.write(async (tx) => {
      const now = this.clock.now();
      const waiting = {
        ...{ schoolId, personId, confirmedAt: IsNull() },
        expiresAt: MoreThan(now.toISOString()),
      };
      if (await tx.existsBy(AccountRecovery, waiting)) {
        throw new Problem(
          'ALREADY_EXISTS',
          `Đã có đề nghị đặt lại cho ${person.fullName}, đang chờ xác nhận.`,
        );
      }
      const row: AccountRecovery = {
        ...{ schoolId, id: randomUUID(), personId, reason, proposedBy: session.personId },
        proposedAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + VALID_MS).toISOString(),
        ...{ confirmedBy: null, confirmedAt: null, actId: null },
      };
      await tx.insert(AccountRecovery, row);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'recovery.proposed', subject: 'account_recoveries', subjectId: row.id },
        ...{ actor: session.personId, session: session.sessionId, rule, at: row.proposedAt },
        data: rowData(row),
      });
      return row.id;
    });
  }

  /**
   * Second person: the former second factor ends, all sessions end, and a code for a new start is made.
   * @throws Problem NOT_FOUND (also when overdue), FORBIDDEN, ACT_INVALID, SECOND_FACTOR_FAILED
   */
  async confirm(session: SessionContext, recoveryId: string, act: ActAnswer): Promise<IssuedCodeAnswer> {
    const { schoolId } = session;
    return this.database.write(async (tx) => {
      const { person, change, rule } = await this.plan(tx, session, recoveryId);
      await this.acts.use(tx, session, act, ACTION, change);
      const by = { actor: session.personId, session: session.sessionId, act: act.id, rule };
      const at = this.clock.timestamp();
      const confirmed = { confirmedBy: session.personId, confirmedAt: at, actId: act.id };
      const open = { schoolId, id: recoveryId, confirmedAt: IsNull() };
      if ((await tx.update(AccountRecovery, open, confirmed)).affected !== 1) throw notFound('đề nghị');
      const forgotten = { totpSecret: null, recoveryCodes: null };
      await tx.update(Person, { schoolId, id: person.id }, forgotten);
      await this.journal.appendAll(tx, schoolId, [
        {
          ...{ ...by, at, type: 'recovery.confirmed', subject: 'account_recoveries', subjectId: recoveryId },
          data: confirmed,
        },
        {
          ...{ ...by, at, type: 'second-factor.reset', subject: 'people', subjectId: person.id },
          data: forgotten,
        },
      ]);
      const who = { schoolId, personId: person.id };
      await this.passkeys.withdrawAll(tx, who, { ...by, at });
      await this.sessions.endAll(tx, by, who);
      const { code, expiresAt } = await this.codes.issue(tx, person, true, by);
      const { id: personId, username, fullName } = person;
      return { personId, username, fullName, activationCode: code, expiresAt };
    });
  }

  private async plan(read: EntityManager, session: SessionContext, recoveryId: string): Promise<Planned> {
    const { schoolId } = session;
    const recovery = await read.findOneBy(AccountRecovery, { schoolId, id: recoveryId });
    const over = recovery?.confirmedAt !== null || recovery.expiresAt <= this.clock.timestamp();
    if (over) throw notFound('đề nghị đặt lại xác thực lần hai');
    const { personId, proposedBy, reason } = recovery;
    const person = await read.findOneByOrFail(Person, { schoolId, id: personId });
    const roles = await this.appointments.rolesToday({ schoolId, personId });
    const rule = await this.authorizer.authorize(session, ACTION, {
      self: personId === session.personId,
      requester: proposedBy === session.personId,
      appointedRole: roles.includes('principal') ? 'principal' : 'teacher',
    });
    const change = { action: ACTION, recoveryId, personId, fullName: person.fullName, reason };
    return { recovery, person, change, rule };
  }
}
