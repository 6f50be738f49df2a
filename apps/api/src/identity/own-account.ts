/** What a person changes of their own account: the password, the recovery codes. */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PasswordChangeRequest } from '#contracts/activation.js';
import { Journal } from '../audit/journal.js';
import { valueDigest } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { Authorizer } from './authorizer.js';
import { Person } from './identity.entities.js';
import { PasswordPolicy } from './password-policy.js';
import { hashPassword, Passwords } from './passwords.js';
import { newRecoveryCodes, recoveryCodesData } from './recovery-codes.js';
import { SecondFactors } from './second-factors.js';
import type { SessionContext } from './session-context.js';
import { Sessions } from './sessions.js';
import { SignInAttempts } from './sign-in-attempts.js';

@Injectable()
export class OwnAccount {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly passwords: Passwords,
    private readonly policy: PasswordPolicy,
    private readonly factors: SecondFactors,
    private readonly attempts: SignInAttempts,
    private readonly sessions: Sessions,
    private readonly journal: Journal,
  ) {}

  /** A borrowed session does not know the password. @throws Problem SIGN_IN_FAILED, TOO_MANY_ATTEMPTS, VALIDATION */
  async changePassword(
    session: SessionContext,
    request: PasswordChangeRequest,
    address: string,
  ): Promise<void> {
    const rule = await this.authorizer.authorize(session, 'session.open', { self: true });
    const person = await this.person(this.database.read, session);
    const attempt = { step: 'password', username: person.username, address } as const;
    const counter = await this.attempts.begin(attempt);
    if (!(await this.passwords.check(person.passwordHash, request.currentPassword))) {
      throw new Problem('VALIDATION', 'Mật khẩu đang dùng không đúng; mật khẩu chưa đổi. Hãy nhập lại.', [
        { where: 'currentPassword', code: 'WRONG_PASSWORD', message: 'Mật khẩu đang dùng không đúng.' },
      ]);
    }
    await this.attempts.passed(counter);
    await this.policy.check(person, request.newPassword, 'newPassword');
    const passwordHash = await hashPassword(request.newPassword);
    await this.database.write(async (tx) => {
      const data = { passwordHash: valueDigest(passwordHash) };
      await tx.update(Person, { schoolId: person.schoolId, id: person.id }, { passwordHash });
      await this.tell(tx, session, rule, 'account.password-changed', data);
      const by = { actor: session.personId, session: session.sessionId, rule };
      await this.sessions.endAll(tx, by, session, session.sessionId);
    });
  }

  /** @returns the new codes, shown once. @throws Problem SECOND_FACTOR_FAILED, TOO_MANY_ATTEMPTS */
  async renewRecoveryCodes(session: SessionContext, totpCode: string, address: string): Promise<string[]> {
    const rule = await this.authorizer.authorize(session, 'session.open', { self: true });
    const { username } = await this.person(this.database.read, session);
    const counter = await this.attempts.begin({ step: 'second-factor', username, address });
    const { codes, hashes } = newRecoveryCodes(session.personId);
    await this.database.write(async (tx) => {
      const person = await this.person(tx, session);
      if (!(await this.factors.useTotp(tx, person, totpCode))) {
        throw new Problem(
          'SECOND_FACTOR_FAILED',
          'Mã xác thực không đúng hoặc đã dùng; mã khôi phục cũ vẫn còn. Hãy chờ mã mới rồi nhập lại.',
        );
      }
      await tx.update(Person, { schoolId: person.schoolId, id: person.id }, { recoveryCodes: hashes });
      await this.tell(tx, session, rule, 'recovery-codes.made', recoveryCodesData(hashes));
    });
    await this.attempts.passed(counter);
    return codes;
  }

  private person(read: EntityManager, { schoolId, personId }: SessionContext): Promise<Person> {
    return read.findOneByOrFail(Person, { schoolId, id: personId });
  }

  private async tell(
    tx: EntityManager,
    { schoolId, personId, sessionId }: SessionContext,
    rule: string,
    type: string,
    data: { readonly [key: string]: string | number | null },
  ): Promise<void> {
    const event = { type, subject: 'people', subjectId: personId, actor: personId, session: sessionId, rule };
    await this.journal.append(tx, schoolId, { ...event, at: this.clock.timestamp(), data });
  }
}
