/** Moves corrections on: the homeroom teacher confirms, the vice-principal decides, the requester withdraws. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { CorrectionIds, RejectParams, type CorrectionAnswer } from '#contracts/corrections.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { CorrectionApplication } from './correction-application.js';
import { CorrectionReader } from './correction-reader.js';
import { isPossible, STATE_LABELS, type CorrectionStep } from './correction-rules.js';
import { Correction } from './corrections.entities.js';

/** Corrections that a step is allowed for, each with the rule that allows it. */
interface Allowed {
  readonly rows: readonly Correction[];
  readonly rules: ReadonlyMap<string, string>;
}

@Injectable()
export class CorrectionDecisions implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly reader: CorrectionReader,
    private readonly application: CorrectionApplication,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('correction.approve', async (session, params) => {
      const { correctionIds } = validated(CorrectionIds, params);
      const { rows } = await this.allowed(session, correctionIds, 'approve');
      return this.application.change(session.schoolId, rows);
    });
    this.acts.register('correction.reject', async (session, params) => {
      const { correctionIds, reason } = validated(RejectParams, params);
      const { rows } = await this.allowed(session, correctionIds, 'reject');
      return rejectionOf(rows, reason);
    });
  }

  /** The homeroom teacher confirms (TT 22/2021 Đ.20). */
  async confirm(session: SessionContext, ids: readonly string[]): Promise<CorrectionAnswer[]> {
    return this.step(session, ids, 'confirm', async (tx, { rows, rules }) => {
      const values = {
        state: 'confirmed',
        confirmedBy: session.personId,
        confirmedAt: this.clock.timestamp(),
      } as const;
      await tx.update(Correction, { schoolId: session.schoolId, id: In(ids) }, values);
      return this.events(session, rows, rules, 'correction.confirmed', values);
    });
  }

  /** The requester takes it back. */
  async withdraw(session: SessionContext, ids: readonly string[]): Promise<CorrectionAnswer[]> {
    return this.step(session, ids, 'withdraw', async (tx, { rows, rules }) => {
      const values = { state: 'withdrawn' } as const;
      await tx.update(Correction, { schoolId: session.schoolId, id: In(ids) }, values);
      return this.events(session, rows, rules, 'correction.withdrawn', values);
    });
  }

  /** Refused with a reason, in one act. */
  async reject(
    session: SessionContext,
    ids: readonly string[],
    reason: string,
    act: ActAnswer,
  ): Promise<CorrectionAnswer[]> {
    return this.step(session, ids, 'reject', async (tx, { rows, rules }) => {
      await this.acts.use(tx, session, act, 'correction.reject', rejectionOf(rows, reason));
      const values = {
        state: 'rejected',
        decidedBy: session.personId,
        decidedAt: this.clock.timestamp(),
        decisionReason: reason,
        actId: act.id,
      } as const;
      await tx.update(Correction, { schoolId: session.schoolId, id: In(ids) }, values);
      return this.events(session, rows, rules, 'correction.rejected', values, act.id);
    });
  }

  /**
   * Approved and applied in the same unit of work, in one act that lists each change.
   * @throws Problem STATE_CONFLICT the second time; STALE_VERSION when a mark moved since it was asked for
   */
  async approve(
    session: SessionContext,
    ids: readonly string[],
    act: ActAnswer,
  ): Promise<CorrectionAnswer[]> {
    return this.step(session, ids, 'approve', async (tx, { rows, rules }) => {
      const change = await this.application.change(session.schoolId, rows);
      await this.acts.use(tx, session, act, 'correction.approve', change);
      const now = this.clock.timestamp();
      const values = {
        state: 'applied',
        decidedBy: session.personId,
        decidedAt: now,
        actId: act.id,
        appliedAt: now,
      } as const;
      await tx.update(Correction, { schoolId: session.schoolId, id: In(ids) }, values);
      const approved = this.events(session, rows, rules, 'correction.approved', values, act.id);
      await this.application.apply(tx, session, rows, rules, act.id, approved);
      return [];
    });
  }

  private async step(
    session: SessionContext,
    ids: readonly string[],
    step: CorrectionStep,
    write: (tx: EntityManager, allowed: Allowed) => Promise<readonly NewEvent[]>,
  ): Promise<CorrectionAnswer[]> {
    await this.allowed(session, ids, step);
    await this.database.write(async (tx) => {
      const classIds = (await this.load(session, ids)).map((row) => row.classId);
      await this.classes.hold(tx, session.schoolId, classIds);
      const events = await write(tx, await this.allowed(session, ids, step, tx));
      if (events.length > 0) await this.journal.appendAll(tx, session.schoolId, events);
    });
    return this.reader.byIds(session, ids);
  }

  /**
   * The corrections, if the person may take this step with every one of them and all are in a state for it.
   * @param tx holds their rows, inside a unit of work
   */
  private async allowed(
    session: SessionContext,
    ids: readonly string[],
    step: CorrectionStep,
    tx?: EntityManager,
  ): Promise<Allowed> {
    const rows = await this.load(session, ids, tx);
    // What the person may not see is not there; byIds refuses it.
    await this.reader.byIds(session, ids);
    const asker = await this.access.asker(session);
    const classIds = rows.map((row) => row.classId);
    const infos = await this.classes.loadMany(session.schoolId, classIds);
    const rules = new Map<string, string>();
    for (const row of rows) {
      const info = infos.find((candidate) => candidate.id === row.classId);
      if (info === undefined) throw notFound('lớp');
      const relation = asker.mine.correction(info, row);
      rules.set(row.id, asker.authorize(info, `correction.${step}`, relation));
    }
    refuseImpossible(rows, step);
    return { rows, rules };
  }

  private async load(
    session: SessionContext,
    ids: readonly string[],
    tx?: EntityManager,
  ): Promise<Correction[]> {
    const where = { schoolId: session.schoolId, id: In([...ids]) };
    const order = { id: 'ASC' } as const;
    const found = await (tx === undefined
      ? this.database.read.find(Correction, { where, order })
      : tx.find(Correction, { where, order, ...rowLock(tx) }));
    if (found.length < new Set(ids).size) throw notFound('đề nghị sửa');
    return found;
  }

  private events(
    session: SessionContext,
    rows: readonly Correction[],
    rules: ReadonlyMap<string, string>,
    type: string,
    values: Readonly<Record<string, string>>,
    act?: string,
  ): NewEvent[] {
    const at = this.clock.timestamp();
    return rows.map((row) => ({
      type,
      subject: 'corrections',
      subjectId: row.id,
      actor: session.personId,
      session: session.sessionId,
      ...(act === undefined ? {} : { act }),
      rule: rules.get(row.id) ?? '',
      at,
      data: { ...values },
    }));
  }
}

function refuseImpossible(rows: readonly Correction[], step: CorrectionStep): void {
  const items = rows
    .filter((row) => !isPossible(step, row))
    .map((row) => {
      const waiting = row.state === 'requested' && step === 'approve';
      const message = waiting
        ? 'Giáo viên chủ nhiệm chưa xác nhận: không được bỏ qua bước nào.'
        : `Đề nghị này ${STATE_LABELS[row.state]}.`;
      return { where: row.id, code: 'STATE_CONFLICT', message };
    });
  if (items.length > 0) throw new Problem('STATE_CONFLICT', items[0]?.message ?? '', items);
}

function rejectionOf(rows: readonly Correction[], reason: string): Change {
  return { action: 'correction.reject', reason, corrections: rows.map((row) => row.id) };
}
