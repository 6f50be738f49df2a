/** Accounts as the IT officer keeps them: made, given a new code, disabled. Nobody works in another's name. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountRequest, IssuedCodeAnswer } from '#contracts/accounts.js';
import { weightiest } from '#policy/trusted-roles.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { valueDigest } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { School } from '../school/school.entities.js';
import { ActivationCode } from './account.entities.js';
import { isStaff } from './account-roles.js';
import { ActivationCodes } from './activation-codes.js';
import { Appointments } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { Login, Person } from './identity.entities.js';
import { NO_PASSWORD } from './passwords.js';
import { PasskeySignIn } from './second-factors.js';
import type { SessionContext } from './session-context.js';
import { Sessions } from './sessions.js';

@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly appointments: Appointments,
    private readonly codes: ActivationCodes,
    private readonly passkeys: PasskeySignIn,
    private readonly sessions: Sessions,
    private readonly journal: Journal,
  ) {}

  /**
   * Makes an account without roles and without a password, and the code of its letter.
   * @throws Problem ALREADY_EXISTS
   */
  async create(session: SessionContext, request: AccountRequest): Promise<IssuedCodeAnswer> {
    const rule = await this.authorizer.authorize(session, 'account.create', {});
    const { schoolId } = session;
    const school = await this.database.read.findOneByOrFail(School, { id: schoolId });
    const username = `${request.name}.${school.slug}`;
    return this.database.write(async (tx) => {
      if (await tx.existsBy(Login, { username })) {
        throw new Problem('ALREADY_EXISTS', `Tên đăng nhập ${username} đã có người dùng. Hãy chọn tên khác.`);
      }
      const { fullName, title } = request;
      const person = newPerson(schoolId, { username, fullName, title });
      await tx.insert(Person, person);
      await tx.insert(Login, { username, schoolId, personId: person.id });
      await this.journal.appendAll(tx, schoolId, accountCreated(person, this.by(session, rule)));
      return this.issue(tx, session, rule, person, request.kind === 'staff');
    });
  }

  /**
   * A new code for somebody who lost the letter or forgot the password. It keeps the second factor (security 7): only
   * an account never activated enrols one, and that of a family whose person has become staff.
   */
  async issueCode(session: SessionContext, personId: string): Promise<IssuedCodeAnswer> {
    const person = await this.personOf(session, personId);
    const self = personId === session.personId;
    const rule = await this.authorizer.authorize(session, 'account.issue-code', { self });
    if (person.disabledAt !== null) throw disabledAlready(person);
    const { schoolId } = session;
    return this.database.write(async (tx) => {
      const order = { issuedAt: 'ASC' } as const;
      const first = await tx.findOne(ActivationCode, { where: { schoolId, personId }, order });
      const enrols =
        (person.activatedAt === null && first?.enrols !== 0) || (await this.hasBecomeStaff(tx, person));
      return this.issue(tx, session, rule, person, enrols);
    });
  }

  /** It stops at the next request (security 11): sessions end, codes become useless. */
  async disable(session: SessionContext, personId: string, reason: string): Promise<void> {
    const person = await this.personOf(session, personId);
    const rule = await this.mayDisable(session, personId);
    if (person.disabledAt !== null) throw disabledAlready(person);
    const { schoolId } = session;
    const by = { actor: session.personId, session: session.sessionId, rule };
    await this.database.write(async (tx) => {
      const disabledAt = this.clock.timestamp();
      await tx.update(Person, { schoolId, id: personId }, { disabledAt });
      await this.tell(tx, session, rule, 'account.disabled', personId, { disabledAt, reason });
      await this.codes.voidAll(tx, person, by);
      await this.sessions.endAll(tx, by, { schoolId, personId });
    });
  }

  /** Password and second factor are those from before. */
  async enable(session: SessionContext, personId: string, reason: string): Promise<void> {
    const person = await this.personOf(session, personId);
    const rule = await this.mayDisable(session, personId);
    if (person.disabledAt === null) {
      throw new Problem('STATE_CONFLICT', `Tài khoản ${person.username} không bị khóa.`);
    }
    await this.database.write(async (tx) => {
      await tx.update(Person, { schoolId: session.schoolId, id: personId }, { disabledAt: null });
      await this.tell(tx, session, rule, 'account.enabled', personId, { disabledAt: null, reason });
    });
  }

  /** The rule by which an account may be closed or opened again: an approver's by the principal alone. */
  private async mayDisable(session: SessionContext, personId: string): Promise<string> {
    const roles = await this.appointments.rolesFromToday({ schoolId: session.schoolId, personId });
    const appointedRole = weightiest(roles);
    const self = personId === session.personId;
    return this.authorizer.authorize(session, 'account.disable', { self, appointedRole });
  }

  /** Staff by role, with an account that never had a second factor nor was meant to have one: there is none to keep. */
  private async hasBecomeStaff(tx: EntityManager, person: Person): Promise<boolean> {
    const { schoolId, id: personId } = person;
    if (person.totpSecret !== null || !isStaff(await this.appointments.rolesToday({ schoolId, personId }))) {
      return false;
    }
    if ((await this.passkeys.counts(schoolId)).has(personId)) return false;
    return !(await tx.existsBy(ActivationCode, { schoolId, personId, enrols: 1 }));
  }

  private async issue(
    tx: EntityManager,
    session: SessionContext,
    rule: string,
    person: Person,
    enrols: boolean,
  ): Promise<IssuedCodeAnswer> {
    const issued = await this.codes.issue(tx, person, enrols, this.by(session, rule));
    const { id: personId, username, fullName } = person;
    return { personId, username, fullName, activationCode: issued.code, expiresAt: issued.expiresAt };
  }

  private async personOf({ schoolId }: SessionContext, id: string): Promise<Person> {
    const person = await this.database.read.findOneBy(Person, { schoolId, id });
    if (person === null) throw notFound('tài khoản');
    return person;
  }

  private by({ personId, sessionId }: SessionContext, rule: string) {
    return { actor: personId, session: sessionId, rule, at: this.clock.timestamp() };
  }

  private async tell(
    tx: EntityManager,
    session: SessionContext,
    rule: string,
    type: string,
    personId: string,
    data: { readonly [key: string]: string | null },
  ): Promise<void> {
    const event = { ...this.by(session, rule), type, subject: 'people', subjectId: personId, data };
    await this.journal.append(tx, session.schoolId, event);
  }
}

function newPerson(schoolId: string, named: Pick<Person, 'username' | 'fullName' | 'title'>): Person {
  return {
    ...named,
    ...{ schoolId, id: randomUUID(), passwordHash: NO_PASSWORD, totpSecret: null, totpLastStep: 0 },
    ...{ recoveryCodes: null, activatedAt: null, disabledAt: null },
  };
}

/** The two events of a new account: of secrets they keep digests, so that audit finds one replaced with SQL. */
function accountCreated(person: Person, by: Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>): NewEvent[] {
  const { id, username, fullName, title, activatedAt, disabledAt, recoveryCodes } = person;
  const secrets = {
    passwordHash: valueDigest(person.passwordHash),
    totpSecret: valueDigest(person.totpSecret),
    recoveryCodes: valueDigest(recoveryCodes),
  };
  const data = { username, fullName, title, activatedAt, disabledAt, ...secrets };
  return [
    { ...by, type: 'account.created', subject: 'people', subjectId: id, data },
    { ...by, type: 'login.made', subject: 'logins', subjectId: username, data: { personId: id } },
  ];
}

function disabledAlready({ username }: Person): Problem {
  return new Problem('STATE_CONFLICT', `Tài khoản ${username} đang bị khóa.`);
}
