/** With what a person may confirm an act at their school, and whether the answer holds (RULES.md rule 4). */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ActMethod } from '#contracts/acts.js';
import type { PasskeyRequestOptions } from '#contracts/assertions.js';
import { switchesOf } from '#policy/switches.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { School } from '../school/school.entities.js';
import type { ActAnswer, TotpException } from './acts.js';
import type { AssertionFault } from './assertion.js';
import { Person } from './identity.entities.js';
import { PasskeyAssertions } from './passkey-assertions.js';
import { SecondFactors } from './second-factors.js';
import type { SessionContext } from './session-context.js';

const TOTP_REFUSED =
  'Trường không cho xác nhận việc này bằng mã 6 chữ số. Hãy dùng khóa truy cập; nếu chưa có, thêm ở trang «Khóa truy cập của tôi».';

/** What a person is told when their passkey's answer does not hold. */
const FAULTS: Partial<Record<AssertionFault | 'NOT_OWN', string>> = {
  NOT_OWN: 'Khóa truy cập này không phải của bạn hoặc đã thu hồi. Hãy dùng khóa khác.',
  CHALLENGE: 'Khóa truy cập đã kí cho nội dung khác. Hãy xem lại nội dung rồi xác nhận lại.',
  USER_VERIFICATION:
    'Khóa truy cập chưa hỏi vân tay, khuôn mặt hoặc mã PIN. Hãy bật bước đó trên thiết bị rồi xác nhận lại.',
  COUNTER:
    'Khóa truy cập này có dấu hiệu bị sao chép nên không được nhận. Hãy thu hồi nó, dùng khóa khác và báo nhân viên CNTT.',
};
const ANY_FAULT = 'Chữ kí của khóa truy cập không đúng. Hãy thử lại; nếu vẫn không được, báo nhân viên CNTT.';

@Injectable()
export class StepUpFactors {
  constructor(
    private readonly database: Database,
    private readonly passkeys: PasskeyAssertions,
    private readonly codes: SecondFactors,
  ) {}

  /** What the person may answer with, and what their browser needs for a passkey. */
  async offer(
    session: SessionContext,
    challenge: string,
    exception: TotpException | undefined,
  ): Promise<{ readonly methods: ActMethod[]; readonly passkey?: PasskeyRequestOptions }> {
    const passkey = await this.passkeys.options(session, challenge);
    const person = await personOf(this.database.read, session);
    const totp =
      person.totpSecret !== null && (await totpAllowed(this.database.read, session, exception))
        ? (['totp'] as const)
        : [];
    return passkey === null ? { methods: [...totp] } : { methods: ['passkey', ...totp], passkey };
  }

  /**
   * Checks the answer and uses it up.
   * @param challenge what a passkey must have signed, base64url
   * @throws Problem SECOND_FACTOR_FAILED
   */
  async check(
    tx: EntityManager,
    session: SessionContext,
    answer: ActAnswer,
    challenge: string,
    exception: TotpException | undefined,
  ): Promise<void> {
    if (answer.method === 'passkey') return this.checkPasskey(tx, session, answer, challenge);
    if (!(await totpAllowed(tx, session, exception))) {
      throw new Problem('SECOND_FACTOR_FAILED', TOTP_REFUSED, [], { rule: 'R4.1' });
    }
    const person = await personOf(tx, session);
    if (person.totpSecret === null) {
      throw new Problem(
        'SECOND_FACTOR_FAILED',
        'Tài khoản này chưa đăng kí xác thực lần hai. Hãy đăng kí trước khi duyệt, khóa hoặc kí.',
      );
    }
    if (await this.codes.useTotp(tx, person, answer.code ?? '')) return;
    throw new Problem(
      'SECOND_FACTOR_FAILED',
      'Mã xác thực lần hai không đúng hoặc đã dùng. Hãy chờ mã mới trong ứng dụng rồi nhập lại.',
    );
  }

  private async checkPasskey(
    tx: EntityManager,
    session: SessionContext,
    { assertion }: ActAnswer,
    challenge: string,
  ): Promise<void> {
    const fault =
      assertion === undefined ? 'UNREADABLE' : await this.passkeys.use(tx, session, challenge, assertion);
    if (fault !== null) throw new Problem('SECOND_FACTOR_FAILED', FAULTS[fault] ?? ANY_FAULT, [], { fault });
  }
}

async function totpAllowed(
  read: EntityManager,
  session: SessionContext,
  exception: TotpException | undefined,
): Promise<boolean> {
  const { settings } = await read.findOneByOrFail(School, { id: session.schoolId });
  return switchesOf(settings).allowTotpStepUp || ((await exception?.(read, session)) ?? false);
}

function personOf(read: EntityManager, { schoolId, personId }: SessionContext): Promise<Person> {
  return read.findOneByOrFail(Person, { schoolId, id: personId });
}
