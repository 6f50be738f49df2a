/**
 * Counts attempts to sign in, for all processes of the installation. An attempt counts as failed before it is checked
 * and success takes it back, so that a hundred guesses at once are a hundred failures. The rule is in ./throttle.ts.
 */
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { Problem } from '../http/problem.js';
import { AccountThrottle, AddressAccount } from './account.entities.js';
import type { PersonOfSchool } from './appointments.js';
import {
  accountWait,
  ADDRESS_FAILED_MS,
  ADDRESS_KNOWN_MS,
  ADDRESS_SUCCEEDED_MS,
  addressWait,
  FORGET_FAILURES_MS,
  leftOf,
} from './throttle.js';

/** What is tried: each has a count of its own. */
export type Step = 'password' | 'second-factor' | 'activation' | 'step-up';

/** One attempt, as it is counted. */
export interface Attempt {
  readonly step: Step;
  /** The user name as typed: an unknown one is counted as a known one is. */
  readonly username: string;
  /** Where it comes from. */
  readonly address: string;
}

const STEPS: readonly Step[] = ['password', 'second-factor', 'activation'];

@Injectable()
export class SignInAttempts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt that is about to be checked.
   * @returns the count to be forgotten when the step is passed
   * @throws Problem TOO_MANY_ATTEMPTS with the seconds to wait; a refused attempt is not counted
   */
  async begin(attempt: Attempt): Promise<string> {
    const where = { address: addressKey(attempt.address), account: accountKey(attempt.username) };
    const { left, counter } = await this.database.write(async (tx) => {
      const known = await this.isKnown(tx, where);
      const counter = counterKey(attempt.step, where.account, known ? where.address : null);
      const atAddress = known ? 0 : await this.addressWait(tx, where);
      const left = atAddress > 0 ? atAddress : await this.countFailure(tx, counter);
      if (left === 0) await this.upsert(tx, { ...where, failedAt: this.clock.timestamp() });
      return { left, counter };
    });
    if (left > 0) throw tooMany(attempt.step, Math.ceil(left / 1000));
    return counter;
  }

  /** Counts a one-time code that somebody who is signed in confirms an act with; as {@link begin}, by person alone. */
  async beginStepUp({ schoolId, personId }: PersonOfSchool): Promise<string> {
    const counter = digest(`step-up\0${schoolId}\0${personId}`);
    const left = await this.database.write((tx) => this.countFailure(tx, counter));
    if (left > 0) throw tooMany('step-up', Math.ceil(left / 1000));
    return counter;
  }

  /** The step was passed: its failures are forgotten. */
  async passed(counter: string): Promise<void> {
    await this.database.write((tx) => tx.delete(AccountThrottle, { account: counter }));
  }

  /** Somebody is in: the address is known for this account. Also sweeps what has been forgotten. */
  async arrived(attempt: Attempt): Promise<void> {
    const address = addressKey(attempt.address);
    await this.database.write(async (tx) => {
      const succeededAt = this.clock.timestamp();
      await this.upsert(tx, { address, account: accountKey(attempt.username), succeededAt, failedAt: null });
      await tx.delete(AccountThrottle, { lastAt: LessThan(this.ago(FORGET_FAILURES_MS)) });
      await tx.delete(AddressAccount, [
        { failedAt: LessThan(this.ago(ADDRESS_FAILED_MS)), succeededAt: IsNull() },
        { succeededAt: LessThan(this.ago(ADDRESS_KNOWN_MS)) },
      ]);
    });
  }

  /** Forgets an account's failures: a new activation code helps a teacher who locked themself out. */
  async forgive(tx: EntityManager, username: string): Promise<void> {
    const account = accountKey(username);
    const known = await tx.findBy(AddressAccount, { account });
    const addresses = [null, ...known.map(({ address }) => address)];
    const counters = addresses.flatMap((address) => STEPS.map((step) => counterKey(step, account, address)));
    await tx.delete(AccountThrottle, { account: In(counters) });
  }

  /** Counts a failure unless the account still has to wait. @returns what is left to wait, ms */
  private async countFailure(tx: EntityManager, account: string): Promise<number> {
    const now = this.clock.now().getTime();
    const lastAt = new Date(now).toISOString();
    // Makes the row or takes hold of it: one that is only left as it is may be deleted, by who just got in, before it is read.
    await tx
      .createQueryBuilder()
      .insert()
      .into(AccountThrottle)
      .values({ account, failures: 0, lastAt })
      .orUpdate(['account'], ['account'])
      .execute();
    const row = await tx.findOneOrFail(AccountThrottle, { where: { account }, ...rowLock(tx) });
    const since = Date.parse(row.lastAt);
    const failures = now - since > FORGET_FAILURES_MS ? 0 : row.failures;
    const left = leftOf(accountWait(failures), since, now);
    if (left === 0) await tx.update(AccountThrottle, { account }, { failures: failures + 1, lastAt });
    else if (since > now) await tx.update(AccountThrottle, { account }, { lastAt });
    return left;
  }

  /** What is left to wait at an address, ms. */
  private async addressWait(tx: EntityManager, { address }: { readonly address: string }): Promise<number> {
    const now = this.clock.now().getTime();
    const succeeded = await tx.countBy(AddressAccount, {
      address,
      succeededAt: MoreThan(this.ago(ADDRESS_SUCCEEDED_MS)),
    });
    const failed = await tx.findBy(AddressAccount, {
      address,
      failedAt: MoreThan(this.ago(ADDRESS_FAILED_MS)),
    });
    const last = Math.max(0, ...failed.map(({ failedAt }) => Date.parse(failedAt ?? '')));
    return leftOf(addressWait(failed.length, succeeded), Math.min(last, now), now);
  }

  private isKnown(tx: EntityManager, where: { address: string; account: string }): Promise<boolean> {
    return tx.existsBy(AddressAccount, { ...where, succeededAt: MoreThan(this.ago(ADDRESS_KNOWN_MS)) });
  }

  private async upsert(
    tx: EntityManager,
    row: Pick<AddressAccount, 'address' | 'account'> & Partial<AddressAccount>,
  ): Promise<void> {
    await tx.upsert(AddressAccount, row, ['address', 'account']);
  }

  private ago(ms: number): string {
    return new Date(this.clock.now().getTime() - ms).toISOString();
  }
}

/** Unknown and known names alike, as the database looks them up. */
export function normalUsername(typed: string): string {
  // A character that no name has, and that no database need take, makes it nobody's.
  return typed
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');
}

function accountKey(username: string): string {
  return digest(`account\0${normalUsername(username)}`);
}

/** A house has one IPv4 address or one IPv6 /64. */
function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return digest(`address\0${isIPv6(plain) ? networkOf(plain) : plain}`);
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/** @param address where the person has signed in lately; null for everywhere else together */
function counterKey(step: Step, account: string, address: string | null): string {
  return digest(`${step}\0${account}\0${address ?? ''}`);
}

function digest(text: string): string {
  return createHash('sha256').update(`socai.v1/attempt\0${text}`).digest('hex');
}

const NEXT: Readonly<Record<Step, string>> = {
  password: 'Nếu quên mật khẩu, hãy nhờ nhân viên CNTT của trường cấp mã kích hoạt mới.',
  'second-factor': 'Nếu quên mật khẩu, hãy nhờ nhân viên CNTT của trường cấp mã kích hoạt mới.',
  activation: 'Nếu không còn thư có mã kích hoạt, hãy nhờ nhân viên CNTT của trường cấp mã mới.',
  'step-up': 'Khóa truy cập vẫn dùng được ngay.',
};

function tooMany(step: Step, seconds: number): Problem {
  const wait = seconds < 120 ? `${seconds} giây` : `${Math.ceil(seconds / 60)} phút`;
  return new Problem(
    'TOO_MANY_ATTEMPTS',
    `Đã thử sai nhiều lần. Hãy chờ ${wait} rồi thử lại. ${NEXT[step]}`,
    [],
    {
      retryAfter: seconds,
    },
  );
}
