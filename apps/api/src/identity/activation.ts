/**
 * A person makes an account their own with the code of a printed letter: sets the password and, the first time or after
 * two people have reset it, enrols the second factor. Whoever issued the code never learns either.
 */
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { ActivationAnswer, ActivationCompletion, ActivationRequest } from '#contracts/activation.js';
import { Journal } from '../audit/journal.js';
import { valueDigest } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { School } from '../school/school.entities.js';
import { ActivationCode } from './account.entities.js';
import { ActivationCodes } from './activation-codes.js';
import { Login, Person } from './identity.entities.js';
import { PasswordPolicy } from './password-policy.js';
import { hashPassword } from './passwords.js';
import { newRecoveryCodes, recoveryCodesData } from './recovery-codes.js';
import { SecretBox } from './secret-box.js';
import { Sessions } from './sessions.js';
import { normalUsername, SignInAttempts } from './sign-in-attempts.js';
import { checkTotp, newTotpSecret, totpUri } from './totp.js';

/** A code that holds, and whose it is. */
interface Opened {
  readonly person: Person;
  readonly code: ActivationCode;
}

/** What is set besides the password. */
interface Enrolled {
  readonly columns: Pick<Person, 'totpSecret' | 'totpLastStep' | 'recoveryCodes'>;
  readonly recoveryCodes: string[];
}

@Injectable()
export class Activation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly attempts: SignInAttempts,
    private readonly codes: ActivationCodes,
    private readonly policy: PasswordPolicy,
    private readonly sessions: Sessions,
    private readonly journal: Journal,
  ) {}

  /**
   * Looks at a code: whose it is, and the secret for the authenticator app where one is to be enrolled.
   * @throws Problem ACTIVATION_FAILED (also for an unknown user), TOO_MANY_ATTEMPTS
   */
  async begin(request: ActivationRequest, address: string): Promise<ActivationAnswer> {
    const { person, code } = await this.open(request, address);
    const school = await this.database.read.findOneByOrFail(School, { id: person.schoolId });
    const named = { fullName: person.fullName, schoolName: school.name };
    if (code.enrols === 0) return named;
    const secret = await this.secretOf(code);
    return { ...named, totp: { secret, uri: totpUri(secret, person.username) } };
  }

  /**
   * Uses the code up; every session of the account ends.
   * @returns recovery codes, shown once; none where the former second factor stays
   * @throws Problem ACTIVATION_FAILED, TOO_MANY_ATTEMPTS, VALIDATION (password), SECOND_FACTOR_FAILED
   */
  async complete(request: ActivationCompletion, address: string): Promise<string[]> {
    const { person, code } = await this.open(request, address);
    await this.policy.check(person, request.password, 'password');
    const enrolled = code.enrols === 0 ? null : this.enrol(person, code, request.totpCode ?? '');
    const passwordHash = await hashPassword(request.password);
    const { schoolId, id } = person;
    await this.database.write(async (tx) => {
      if (!(await this.codes.use(tx, code))) throw failed();
      const activatedAt = person.activatedAt ?? this.clock.timestamp();
      await tx.update(Person, { schoolId, id }, { ...enrolled?.columns, passwordHash, activatedAt });
      const factor =
        enrolled === null
          ? {}
          : {
              totpSecret: valueDigest(enrolled.columns.totpSecret),
              ...recoveryCodesData(enrolled.columns.recoveryCodes),
            };
      await this.journal.append(tx, schoolId, {
        ...{ type: 'account.activated', subject: 'people', subjectId: id, actor: id },
        at: this.clock.timestamp(),
        data: { passwordHash: valueDigest(passwordHash), activatedAt, codeId: code.id, ...factor },
      });
      await this.sessions.endAll(tx, { actor: id }, { schoolId, personId: id });
    });
    return enrolled?.recoveryCodes ?? [];
  }

  private async open(request: ActivationRequest, address: string): Promise<Opened> {
    const { username } = request;
    const counter = await this.attempts.begin({ step: 'activation', username, address });
    const read = this.database.read;
    const login = await read.findOneBy(Login, { username: normalUsername(username) });
    const where = { schoolId: login?.schoolId ?? '', id: login?.personId ?? '' };
    const person = await read.findOneBy(Person, where);
    const code = await this.codes.find(read, person, request.code);
    if (person === null || code === null || person.disabledAt !== null) throw failed();
    await this.attempts.passed(counter);
    return { person, code };
  }

  /** The secret that this code enrols: made when first asked for, and the same until the code is used. */
  private async secretOf({ schoolId, id, personId }: ActivationCode): Promise<string> {
    const totpSecret = this.box.seal(newTotpSecret(), `totp/${personId}`);
    return this.database.write(async (tx) => {
      await tx.update(ActivationCode, { schoolId, id, totpSecret: IsNull() }, { totpSecret });
      const kept = await tx.findOneByOrFail(ActivationCode, { schoolId, id });
      return this.box.open(kept.totpSecret ?? totpSecret, `totp/${personId}`);
    });
  }

  /** Checks that the person's app has the secret, and makes their recovery codes. */
  private enrol(person: Person, { totpSecret }: ActivationCode, typed: string): Enrolled {
    const secret = totpSecret === null ? null : this.box.open(totpSecret, `totp/${person.id}`);
    const step = secret === null ? null : checkTotp(secret, typed, this.clock.now(), 0);
    if (step === null) {
      throw new Problem(
        'SECOND_FACTOR_FAILED',
        'Mã trong ứng dụng xác thực không đúng. Hãy kiểm tra giờ của điện thoại, chờ mã mới rồi nhập lại.',
      );
    }
    const { codes, hashes } = newRecoveryCodes(person.id);
    return { columns: { totpSecret, totpLastStep: step, recoveryCodes: hashes }, recoveryCodes: codes };
  }
}

/** One answer for all that can be wrong with a code, unknown users included. */
function failed(): Problem {
  return new Problem(
    'ACTIVATION_FAILED',
    'Tên đăng nhập hoặc mã kích hoạt không đúng, đã dùng hoặc đã hết hạn. Hãy xem lại thư; nếu vẫn không được, nhờ nhân viên CNTT của trường cấp mã mới.',
  );
}
