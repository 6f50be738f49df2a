/** Signing in, in two steps: the password, then for staff the second factor (security 4). */
import { Injectable } from '@nestjs/common';
import type { PasskeyRequestOptions } from '#contracts/assertions.js';
import type { SecondFactorRequest } from '#contracts/session.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { Appointments } from './appointments.js';
import { Login, Person } from './identity.entities.js';
import { Passwords } from './passwords.js';
import { PendingSignIns } from './pending-sign-ins.js';
import { RecoveryCodes } from './recovery-codes.js';
import { PasskeySignIn, SecondFactors, type SecondFactor } from './second-factors.js';
import { Sessions, type OpenedSession } from './sessions.js';
import { normalUsername, SignInAttempts } from './sign-in-attempts.js';
import { isStaff } from './account-roles.js';

/** The password was right; the second factor is asked for. */
export interface PendingSecondFactor {
  /** Value of the cookie that the second step brings back. */
  readonly cookie: string;
  readonly methods: SecondFactor[];
  readonly passkey: PasskeyRequestOptions | null;
}

@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly attempts: SignInAttempts,
    private readonly pending: PendingSignIns,
    private readonly appointments: Appointments,
    private readonly factors: SecondFactors,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: PasskeySignIn,
    private readonly sessions: Sessions,
  ) {}

  /**
   * First step. An unknown user, a wrong password, an account not activated and a disabled one give the same answer
   * after the same work (security 6).
   * @param address where the request comes from
   * @throws Problem SIGN_IN_FAILED, TOO_MANY_ATTEMPTS, SECOND_FACTOR_MISSING
   */
  async withPassword(
    username: string,
    password: string,
    address: string,
  ): Promise<OpenedSession | PendingSecondFactor> {
    const attempt = { step: 'password', username, address } as const;
    const counter = await this.attempts.begin(attempt);
    const person = await this.personOf(username);
    const matches = await this.passwords.check(person?.passwordHash, password);
    if (!person || !matches || person.disabledAt !== null) {
      throw new Problem(
        'SIGN_IN_FAILED',
        'Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại, phân biệt chữ hoa, chữ thường.',
      );
    }
    const who = { schoolId: person.schoolId, personId: person.id };
    return this.database.write(async (tx) => {
      await this.attempts.passed(counter);
      const pending = await this.secondStep(person);
      if (pending !== null) return pending;
      const session = await this.sessions.open(tx, who, null);
      await this.attempts.arrived(attempt);
      return session;
    });
  }

  /**
   * Second step.
   * @param cookie what the first step set
   * @throws Problem NOT_SIGNED_IN when the first step is over, SECOND_FACTOR_FAILED, TOO_MANY_ATTEMPTS
   */
  async withSecondFactor(
    cookie: string | undefined,
    answer: SecondFactorRequest,
    address: string,
  ): Promise<OpenedSession> {
    const pending = await this.pending.find(cookie);
    if (pending === null) throw overdue();
    const { schoolId, personId, challenge } = pending;
    const { username } = await this.database.read.findOneByOrFail(Person, { schoolId, id: personId });
    const attempt = { step: 'second-factor', username, address } as const;
    const counter = await this.attempts.begin(attempt);
    return this.database.write(async (tx) => {
      const person = await tx.findOneByOrFail(Person, { schoolId, id: personId });
      if (person.disabledAt !== null) throw overdue();
      if (!(await this.factors.use(tx, person, answer, challenge))) throw failed(answer.method);
      if (!(await this.pending.finish(tx, pending))) throw overdue();
      const session = await this.sessions.open(tx, pending, answer.method);
      if (answer.method === 'recovery') await this.recoveryCodes.tellUsed(tx, session.context);
      await this.attempts.passed(counter);
      await this.attempts.arrived(attempt);
      return session;
    });
  }

  private async personOf(username: string): Promise<Person | null> {
    const read = this.database.read;
    const login = await read.findOneBy(Login, { username: normalUsername(username) });
    // An unknown name asks the same questions as a known one.
    return read.findOneBy(Person, { schoolId: login?.schoolId ?? '', id: login?.personId ?? '' });
  }

  /** What the second step asks for; null when the account needs none. */
  private async secondStep(person: Person): Promise<PendingSecondFactor | null> {
    const who = { schoolId: person.schoolId, personId: person.id };
    const enrolled = person.totpSecret !== null || (await this.hasPasskey(who));
    if (!enrolled) {
      if (!isStaff(await this.appointments.rolesToday(who))) return null;
      throw new Problem(
        'SECOND_FACTOR_MISSING',
        'Tài khoản của nhà trường phải có xác thực lần hai, mà tài khoản này chưa có. Hãy nhờ nhân viên CNTT in thư có mã kích hoạt mới rồi kích hoạt lại bằng mã ấy; nếu trước đây đã có xác thực lần hai, phải làm thủ tục đặt lại.',
      );
    }
    const { cookie, challenge } = await this.pending.open(who);
    const passkey = await this.passkeys.options(who, challenge);
    const methods: SecondFactor[] = [];
    if (passkey !== null) methods.push('passkey');
    if (person.totpSecret !== null) methods.push('totp');
    if ((person.recoveryCodes ?? []).length > 0) methods.push('recovery');
    return { cookie, methods, passkey };
  }

  private async hasPasskey(who: { schoolId: string; personId: string }): Promise<boolean> {
    return (await this.passkeys.counts(who.schoolId)).has(who.personId);
  }
}

function overdue(): Problem {
  return new Problem('NOT_SIGNED_IN', 'Lần đăng nhập này đã quá 5 phút. Hãy nhập lại mật khẩu.');
}

function failed(method: SecondFactor): Problem {
  const details: Readonly<Record<SecondFactor, string>> = {
    totp: 'Mã xác thực không đúng hoặc đã dùng. Hãy chờ mã mới trong ứng dụng rồi nhập lại.',
    recovery: 'Mã khôi phục không đúng hoặc đã dùng. Mỗi mã chỉ dùng được một lần.',
    passkey: 'Khóa bảo mật không khớp với tài khoản này. Hãy thử lại hoặc chọn cách khác.',
  };
  return new Problem('SECOND_FACTOR_FAILED', details[method]);
}
