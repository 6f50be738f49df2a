/** Moves corrections on: confirmed, approved, applied, rejected, withdrawn; one or many, all or none. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { switchesOf } from '#policy/switches.js';
import { CorrectionIds, RejectParams, type CorrectionAnswer } from '#contracts/corrections.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { Classes } from '../school/classes.js';
import { School } from '../school/school.entities.js';
import { CorrectionApplication } from './correction-application.js';
import { CorrectionChanges, movedOf, refuseMoved } from './correction-change.js';
import { CorrectionReader } from './correction-reader.js';
import type { CorrectionStep } from './correction-rules.js';
import { AllowedCorrections, type Allowed } from './allowed-corrections.js';
import { Correction } from './corrections.entities.js';

/** What a step writes of a correction's row. */
type StepValues = Partial<Omit<Correction, 'schoolId' | 'id'>> & Pick<Correction, 'state'>;

@Injectable()
export class CorrectionDecisions implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly allowed: AllowedCorrections,
    private readonly classes: Classes,
    private readonly reader: CorrectionReader,
    private readonly changes: CorrectionChanges,
    private readonly application: CorrectionApplication,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('correction.approve', async (session, params) => {
      const { correctionIds } = validated(CorrectionIds, params);
      const { rows } = await this.allowed.authorize(session, correctionIds, 'approve');
      return this.changes.of(session.schoolId, rows);
    });
    this.acts.register('correction.reject', async (session, params) => {
      const { correctionIds, reason } = validated(RejectParams, params);
      const { rows } = await this.allowed.authorize(session, correctionIds, 'reject');
      return rejectionOf(rows, reason);
    });
  }

  /** The homeroom teacher confirms (TT 22/2021 Đ.20), or the group head in her place. */
  async confirm(session: SessionContext, ids: readonly string[]): Promise<CorrectionAnswer[]> {
    return this.step(session, ids, 'confirm', async (tx, allowed) => {
      const confirmedAt = this.clock.timestamp();
      const values = { state: 'confirmed', confirmedBy: session.personId, confirmedAt } as const;
      await this.write(tx, session, allowed, 'correction.confirmed', values);
    });
  }

  /** The requester takes it back. */
  async withdraw(session: SessionContext, ids: readonly string[]): Promise<CorrectionAnswer[]> {
    return this.step(session, ids, 'withdraw', (tx, allowed) =>
      this.write(tx, session, allowed, 'correction.withdrawn', { state: 'withdrawn' }),
    );
  }

  /** Refused with a reason, in one act. */
  async reject(
    session: SessionContext,
    ids: readonly string[],
    reason: string,
    act: ActAnswer,
  ): Promise<CorrectionAnswer[]> {
    return this.step(session, ids, 'reject', async (tx, allowed) => {
      await this.acts.use(tx, session, act, 'correction.reject', rejectionOf(allowed.rows, reason));
      const values = { state: 'rejected', decisionReason: reason, ...this.decided(session, act) } as const;
      await this.write(tx, session, allowed, 'correction.rejected', values);
    });
  }

  /**
   * Approved in one act that lists each change; applied in the same unit of work unless the school leaves that to the
   * IT officer.
   * @throws Problem STATE_CONFLICT the second time; STALE_VERSION when a mark moved since it was asked for
   */
  async approve(
    session: SessionContext,
    ids: readonly string[],
    act: ActAnswer,
  ): Promise<CorrectionAnswer[]> {
    return this.step(session, ids, 'approve', async (tx, allowed) => {
      const change = await this.changes.of(session.schoolId, allowed.rows);
      await this.acts.use(tx, session, act, 'correction.approve', change);
      const values = { state: 'approved', ...this.decided(session, act) } as const;
      await tx.update(Correction, { schoolId: session.schoolId, id: In([...ids]) }, values);
      const events = this.events(session, allowed, 'correction.approved', values);
      if (await this.appliedByHand(session)) {
        await this.journal.appendAll(tx, session.schoolId, events);
        return;
      }
      const approved = allowed.rows.map((row): Correction => ({ ...row, ...values }));
      await this.application.apply(tx, session, approved, allowed.rules, null, events);
    });
  }

  /**
   * The IT officer applies exactly what was approved, where the school's policy says so. What can no longer be applied,
   * because its mark moved, is void: it expires at once, and has to be asked for again.
   * @throws Problem STATE_CONFLICT the second time; STALE_VERSION when a mark moved since it was asked for
   */
  async apply(session: SessionContext, ids: readonly string[]): Promise<CorrectionAnswer[]> {
    let moved: Problem | undefined;
    await this.run(session, ids, 'apply', async (tx, allowed) => {
      const cells = await this.changes.cellsOf(session.schoolId, allowed.rows);
      const rows = movedOf(allowed.rows, cells);
      if (rows.length === 0) {
        await this.application.apply(tx, session, allowed.rows, allowed.rules, session.personId);
        return;
      }
      moved = stale(() => refuseMoved(rows, cells));
      await this.write(tx, session, { ...allowed, rows }, 'correction.voided', { state: 'expired' });
    });
    if (moved !== undefined) throw moved;
    return this.reader.byIds(session, ids);
  }

  private async step(
    session: SessionContext,
    ids: readonly string[],
    step: CorrectionStep,
    work: (tx: EntityManager, allowed: Allowed) => Promise<void>,
  ): Promise<CorrectionAnswer[]> {
    await this.run(session, ids, step, work);
    return this.reader.byIds(session, ids);
  }

  /** Asked outside the unit, so that strangers hold nothing; and again inside, for what is true now. */
  private async run(
    session: SessionContext,
    ids: readonly string[],
    step: CorrectionStep,
    work: (tx: EntityManager, allowed: Allowed) => Promise<void>,
  ): Promise<void> {
    const { rows } = await this.allowed.authorize(session, ids, step);
    await this.database.write(async (tx) => {
      const classIds = rows.map((row) => row.classId);
      await this.classes.hold(tx, session.schoolId, classIds, 'allowed');
      await work(tx, await this.allowed.authorize(session, ids, step, tx));
    });
  }

  /** A step that only moves the row on, with its events. */
  private async write(
    tx: EntityManager,
    session: SessionContext,
    allowed: Allowed,
    type: string,
    values: StepValues,
  ): Promise<void> {
    const where = { schoolId: session.schoolId, id: In(allowed.rows.map((row) => row.id)) };
    await tx.update(Correction, where, values);
    await this.journal.appendAll(tx, session.schoolId, this.events(session, allowed, type, values));
  }

  private decided(session: SessionContext, act: ActAnswer) {
    return { decidedBy: session.personId, decidedAt: this.clock.timestamp(), actId: act.id };
  }

  private async appliedByHand({ schoolId }: SessionContext): Promise<boolean> {
    const school = await this.database.read.findOneByOrFail(School, { id: schoolId });
    return switchesOf(school.settings).whoApplies === 'it-officer';
  }

  private events(
    session: SessionContext,
    { rows, rules }: Allowed,
    type: string,
    values: StepValues,
  ): NewEvent[] {
    const at = this.clock.timestamp();
    const { personId: actor, sessionId } = session;
    return rows.map((row) => ({
      ...{ type, subject: 'corrections', subjectId: row.id, actor, session: sessionId },
      ...(values.actId === undefined || values.actId === null ? {} : { act: values.actId }),
      ...{ rule: rules.get(row.id) ?? '', at, data: { ...values } },
    }));
  }
}

function rejectionOf(rows: readonly Correction[], reason: string): Change {
  return { action: 'correction.reject', reason, corrections: rows.map((row) => row.id) };
}

/** The problem that a refusal throws, to be thrown later. */
function stale(refusal: () => void): Problem | undefined {
  try {
    refusal();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return undefined;
}
