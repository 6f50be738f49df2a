/** All accounts of a school at a glance, with what to look at, and the month's sign-off by the management. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import type {
  AccountAnswer,
  AccountReviewAnswer,
  AccountReviewRequest,
  AccountsAnswer,
  RecoveryAnswer,
} from '#contracts/accounts.js';
import type { Json } from '#ledger/format/jcs.js';
import { Journal } from '../audit/journal.js';
import { rowData, valueDigest } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { AccountRecovery, AccountReview } from './account.entities.js';
import { isStaff } from './account-roles.js';
import { isHeld } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { Appointment, Person, Session } from './identity.entities.js';
import { PasskeySignIn } from './second-factors.js';
import type { SessionContext } from './session-context.js';

const STALE_MS = 90 * 24 * 60 * 60 * 1000;

/** A person's newest session. */
interface LastSignIn {
  readonly at: string;
  readonly secondFactor: string | null;
}

@Injectable()
export class AccountReport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly passkeys: PasskeySignIn,
    private readonly journal: Journal,
  ) {}

  async list(session: SessionContext): Promise<AccountsAnswer> {
    await this.authorizer.authorize(session, 'account.read', {});
    const { schoolId } = session;
    const people = await this.database.read.find(Person, { where: { schoolId } });
    const names = new Map(people.map(({ id, fullName }) => [id, fullName]));
    const accounts = await this.accountsOf(schoolId, people);
    return {
      month: this.month(),
      reportHash: hashOf(accounts),
      accounts,
      reviews: await this.reviews(schoolId, names),
      recoveries: await this.recoveries(schoolId, names),
    };
  }

  /**
   * Signs the month's list off.
   * @throws Problem STALE_VERSION when the list has changed since it was looked at; ALREADY_EXISTS
   */
  async review(session: SessionContext, request: AccountReviewRequest): Promise<void> {
    const rule = await this.authorizer.authorize(session, 'account.review', {});
    const { schoolId, personId } = session;
    await this.database.write(async (tx) => {
      const people = await tx.find(Person, { where: { schoolId } });
      const accounts = await this.accountsOf(schoolId, people);
      const reportHash = hashOf(accounts);
      if (reportHash !== request.reportHash) throw staleList(request.reportHash, reportHash);
      const row: AccountReview = {
        ...{ schoolId, id: randomUUID(), month: this.month(), reportHash, accounts: accounts.length },
        ...{ note: request.note ?? null, reviewedBy: personId, reviewedAt: this.clock.timestamp() },
      };
      if (await tx.existsBy(AccountReview, { schoolId, month: row.month })) {
        throw new Problem('ALREADY_EXISTS', `Danh sách tài khoản tháng ${row.month} đã được xác nhận.`);
      }
      await tx.insert(AccountReview, row);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'accounts.reviewed', subject: 'account_reviews', subjectId: row.id },
        ...{ actor: personId, session: session.sessionId, rule, at: row.reviewedAt },
        data: rowData(row),
      });
    });
  }

  private async accountsOf(schoolId: string, people: readonly Person[]): Promise<AccountAnswer[]> {
    const last = await this.lastSignIns(schoolId);
    const roles = await this.rolesToday(schoolId);
    const passkeys = await this.passkeys.counts(schoolId);
    const now = this.clock.now().getTime();
    const [review] = await this.database.read.find(AccountReview, {
      ...{ where: { schoolId }, order: { reviewedAt: 'DESC' }, take: 1 },
    });
    const rows = people.map((person) =>
      accountOf(person, {
        roles: roles.get(person.id) ?? [],
        last: last.get(person.id),
        passkeys: passkeys.get(person.id) ?? 0,
        now,
        reviewedAt: review?.reviewedAt ?? '',
      }),
    );
    return rows.sort((a, b) => (a.username < b.username ? -1 : 1));
  }

  private async lastSignIns(schoolId: string): Promise<ReadonlyMap<string, LastSignIn>> {
    // With the greatest created_at of its person, or of two at the same instant either.
    const rows = await this.database.read
      .createQueryBuilder(Session, 's')
      .where('s.schoolId = :schoolId', { schoolId })
      .andWhere(
        's.createdAt = (SELECT MAX(o.created_at) FROM sessions o WHERE o.school_id = s.school_id AND o.person_id = s.person_id)',
      )
      .getMany();
    return new Map(
      rows.map(({ personId, createdAt, secondFactor }) => [personId, { at: createdAt, secondFactor }]),
    );
  }

  private async rolesToday(schoolId: string): Promise<ReadonlyMap<string, string[]>> {
    const today = this.clock.today();
    const held = (await this.database.read.findBy(Appointment, { schoolId })).filter((row) =>
      isHeld(row, today),
    );
    const roles = new Map<string, string[]>();
    for (const { personId, role } of held) {
      roles.set(personId, [...new Set([...(roles.get(personId) ?? []), role])].sort());
    }
    return roles;
  }

  private async reviews(
    schoolId: string,
    names: ReadonlyMap<string, string>,
  ): Promise<AccountReviewAnswer[]> {
    const where = { schoolId };
    const rows = await this.database.read.find(AccountReview, { where, order: { month: 'DESC' }, take: 24 });
    return rows.map(({ month, reportHash, accounts, note, reviewedBy, reviewedAt }) => {
      return { month, reportHash, accounts, note, reviewedBy: names.get(reviewedBy) ?? '', reviewedAt };
    });
  }

  private async recoveries(schoolId: string, names: ReadonlyMap<string, string>): Promise<RecoveryAnswer[]> {
    const where = { schoolId, confirmedAt: IsNull(), expiresAt: MoreThan(this.clock.timestamp()) };
    const rows = await this.database.read.find(AccountRecovery, { where, order: { proposedAt: 'ASC' } });
    return rows.map(({ id, personId, reason, proposedBy, proposedAt, expiresAt }) => {
      const fullName = names.get(personId) ?? '';
      return {
        id,
        personId,
        fullName,
        reason,
        proposedBy: names.get(proposedBy) ?? '',
        proposedAt,
        expiresAt,
      };
    });
  }

  private month(): string {
    return this.clock.today().slice(0, 7);
  }
}

interface AccountFacts {
  readonly roles: string[];
  readonly last: LastSignIn | undefined;
  readonly passkeys: number;
  readonly now: number;
  /** When the list was last signed off; '' when it never was. */
  readonly reviewedAt: string;
}

function accountOf(person: Person, { roles, last, passkeys, now, reviewedAt }: AccountFacts): AccountAnswer {
  const { id, username, fullName, title, totpSecret, recoveryCodes, activatedAt, disabledAt } = person;
  const state = disabledAt !== null ? 'disabled' : activatedAt === null ? 'waiting' : 'active';
  const since = last?.at ?? activatedAt;
  const remarks: string[] = [];
  if (state === 'active' && since !== null && now - Date.parse(since) > STALE_MS) remarks.push('STALE');
  if (state === 'active' && isStaff(roles) && totpSecret === null && passkeys === 0)
    remarks.push('NO_SECOND_FACTOR');
  if (state !== 'disabled' && roles.length === 0) remarks.push('NO_ROLE');
  // Nobody but the one who makes accounts has looked at it yet: it might be that of a teacher who does not exist.
  if (state === 'active' && isStaff(roles) && (activatedAt ?? '') > reviewedAt) remarks.push('NEW');
  if (state === 'disabled' && roles.length > 0) remarks.push('DISABLED_WITH_ROLE');
  return {
    ...{ id, username, fullName, title, roles, state },
    lastSignInAt: last?.at ?? null,
    lastSecondFactor: last?.secondFactor ?? null,
    ...{ totp: totpSecret !== null, passkeys, recoveryCodesLeft: recoveryCodes?.length ?? 0, remarks },
  };
}

/** Of what a review is about: who may get in and with what. When they last did moves all the time. */
function hashOf(accounts: readonly AccountAnswer[]): string {
  const facts = accounts.map(({ id, username, fullName, roles, state, totp, passkeys }): Json => {
    return { id, username, fullName, roles, state, totp, passkeys };
  });
  return valueDigest(facts) ?? '';
}

function staleList(seen: string, now: string): Problem {
  return new Problem(
    'STALE_VERSION',
    'Danh sách tài khoản đã thay đổi từ lúc bạn mở. Hãy tải lại, xem chỗ mới rồi xác nhận.',
    [],
    { conflicts: [{ seen, now }] },
  );
}
