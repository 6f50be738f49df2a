/**
 * Step-up in two phases: the server states the exact change and a nonce; the person answers with the second factor;
 * the act then works once, for that change and no other.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import type { ActMethod } from '#contracts/acts.js';
import type { PasskeyRequestOptions } from '#contracts/assertions.js';
import { concat, fromHex, toHex, utf8 } from '#ledger/format/bytes.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import type { Assertion } from './assertion.js';
import { Act } from './identity.entities.js';
import type { SessionContext } from './session-context.js';
import { StepUpFactors } from './step-up-factors.js';

const VALID_MS = 5 * 60 * 1000;

/** The exact change that an act is for. */
export type Change = { readonly [key: string]: Json };

/** States the change that an action with these parameters would make now; asks the policy first. */
export type ChangeBuilder = (session: SessionContext, params: unknown) => Promise<Change>;

/**
 * Where a one-time code does for an action although the school asks for passkeys: a person who has no passkey, or has
 * lost it, could not get or be rid of one otherwise.
 */
export type TotpException = (read: EntityManager, session: SessionContext) => Promise<boolean>;

/** A stated act, to be answered with the second factor. */
export interface StatedAct {
  readonly id: string;
  readonly action: string;
  readonly change: Change;
  readonly changeHash: string;
  readonly nonce: string;
  readonly expiresAt: string;
  /** With what this person may confirm it; the stronger one first. */
  readonly methods: ActMethod[];
  /** For the browser, when the person has a passkey; its challenge is the change's hash. */
  readonly passkey?: PasskeyRequestOptions;
}

/** The second factor's answer to a stated act: a one-time code, or a passkey's assertion. */
export interface ActAnswer {
  readonly id: string;
  readonly method: ActMethod;
  readonly code?: string;
  readonly assertion?: Assertion;
}

/** SHA-256("socai.v1/act" ‖ 0x00 ‖ JCS(change) ‖ nonce), hex: also the challenge of a passkey's assertion. */
export function changeHash(change: Change, nonce: Uint8Array): string {
  return toHex(sha256(concat(utf8('socai.v1/act'), Uint8Array.of(0), canonicalize(change), nonce)));
}

/** The challenge that a passkey signs for a change: the same hash, base64url as browsers write it. */
export function challengeOf(hash: string): string {
  return Buffer.from(hash, 'hex').toString('base64url');
}

@Injectable()
export class Acts {
  private readonly builders = new Map<string, ChangeBuilder>();
  private readonly exceptions = new Map<string, TotpException>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly factors: StepUpFactors,
    private readonly journal: Journal,
  ) {}

  /** Says how the change of an action is stated; each feature registers its own actions. */
  register(action: string, builder: ChangeBuilder, totpException?: TotpException): void {
    this.builders.set(action, builder);
    if (totpException) this.exceptions.set(action, totpException);
  }

  /** Phase one: states the change. */
  async state(session: SessionContext, action: string, params: unknown): Promise<StatedAct> {
    const builder = this.builders.get(action);
    if (!builder) throw new Problem('VALIDATION', `Không có thao tác «${action}» cần xác nhận lần hai.`);
    const change = await builder(session, params);
    const nonce = new Uint8Array(randomBytes(32));
    const now = this.clock.now();
    const stated = {
      id: randomUUID(),
      action,
      change,
      changeHash: changeHash(change, nonce),
      nonce: toHex(nonce),
      expiresAt: new Date(now.getTime() + VALID_MS).toISOString(),
    };
    await this.database.write((tx) =>
      tx.insert(Act, {
        ...stated,
        change: { ...change },
        schoolId: session.schoolId,
        personId: session.personId,
        sessionId: session.sessionId,
        createdAt: now.toISOString(),
        method: null,
        usedAt: null,
      }),
    );
    const offered = await this.factors.offer(
      session,
      challengeOf(stated.changeHash),
      this.exceptions.get(action),
    );
    return { ...stated, ...offered };
  }

  /**
   * Phase two, inside the unit of work that makes the change: checks that the act is this person's, unused, not
   * expired, and stated for exactly `change` as it is now; checks the second factor; uses the act up.
   * @throws Problem ACT_INVALID, SECOND_FACTOR_FAILED
   */
  async use(
    tx: EntityManager,
    session: SessionContext,
    answer: ActAnswer,
    action: string,
    change: Change,
  ): Promise<void> {
    const key = { schoolId: session.schoolId, id: answer.id };
    const act = await tx.findOneBy(Act, key);
    const now = this.clock.now();
    if (
      !act ||
      act.personId !== session.personId ||
      act.sessionId !== session.sessionId ||
      act.action !== action
    ) {
      throw new Problem(
        'ACT_INVALID',
        'Lần xác nhận này không phải của bạn hoặc không dành cho việc này. Hãy xác nhận lại từ đầu.',
      );
    }
    if (act.usedAt !== null || act.expiresAt <= now.toISOString()) {
      throw new Problem(
        'ACT_INVALID',
        'Lần xác nhận này đã dùng hoặc đã quá 5 phút. Hãy xác nhận lại từ đầu.',
      );
    }
    if (changeHash(change, fromHex(act.nonce)) !== act.changeHash) {
      throw new Problem(
        'ACT_INVALID',
        'Nội dung đã thay đổi kể từ khi bạn mở xác nhận. Hãy xem lại nội dung mới rồi xác nhận lại.',
      );
    }
    const challenge = challengeOf(act.changeHash);
    await this.factors.check(tx, session, answer, challenge, this.exceptions.get(action));
    const used = await tx.update(
      Act,
      { ...key, usedAt: IsNull() },
      { usedAt: now.toISOString(), method: answer.method },
    );
    if (used.affected === 0) throw new Problem('ACT_INVALID', 'Lần xác nhận này vừa được dùng.');
    await this.record(tx, session, { ...act, change }, answer, now);
  }

  /**
   * Keeps the whole act in the journal, a passkey's assertion included: audit computes the hash again, checks the
   * assertion again, and lists what was confirmed by TOTP as weak.
   */
  private async record(
    tx: EntityManager,
    session: SessionContext,
    act: Act,
    { method, assertion }: ActAnswer,
    now: Date,
  ): Promise<void> {
    const { id, action, changeHash, nonce } = act;
    const change = act.change as Change;
    const { personId, sessionId, createdAt, expiresAt } = act;
    const stated = { personId, sessionId, createdAt, expiresAt };
    const signed = method === 'passkey' && assertion !== undefined ? { assertion: kept(assertion) } : {};
    await this.journal.append(tx, session.schoolId, {
      type: 'act.used',
      subject: 'acts',
      subjectId: id,
      actor: session.personId,
      session: session.sessionId,
      act: id,
      at: now.toISOString(),
      data: { action, change, changeHash, nonce, method, ...signed, ...stated, usedAt: now.toISOString() },
    });
  }
}

/** A plain copy: what came over HTTP is an instance of its DTO class. */
function kept({ credentialId, authenticatorData, clientDataJSON, signature }: Assertion): Change {
  return { credentialId, authenticatorData, clientDataJSON, signature };
}
