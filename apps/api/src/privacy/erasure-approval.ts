/** The principal approves an erasure with the second factor, and it is carried out in the same unit of work. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ErasureParams, type ErasureAnswer } from '#contracts/privacy.js';
import { valueDigest } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { emptyLog } from '../database/overwriting.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { Classes } from '../school/classes.js';
import { Enrolment, Pupil } from '../school/school.entities.js';
import { ErasureAccess } from './erasure-access.js';
import { ErasurePlans, type PartPlan } from './erasure-plan.js';
import { ErasureReader } from './erasure-reader.js';
import { Erasing, eventsOf } from './erasing.js';
import { Erasure } from './privacy.entities.js';

const ACTION = 'erasure.approve';

/** A request as it would be carried out now. */
interface PlannedErasure {
  readonly row: Erasure;
  readonly rule: string;
  readonly parts: readonly PartPlan[];
  readonly events: number[];
  readonly change: Change;
}

@Injectable()
export class ErasureApproval implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly access: ErasureAccess,
    private readonly classes: Classes,
    private readonly plans: ErasurePlans,
    private readonly erasing: Erasing,
    private readonly reader: ErasureReader,
  ) {}

  onModuleInit(): void {
    this.acts.register(ACTION, async (session, params) => {
      const { erasureId } = validated(ErasureParams, params);
      return (await this.plan(this.database.read, session, erasureId)).change;
    });
  }

  /**
   * @throws Problem NOT_FOUND; FORBIDDEN also to who asked; RETAINED, STATE_CONFLICT when something changed since;
   *   ACT_INVALID when what would be destroyed is not what was confirmed
   */
  async approve(session: SessionContext, id: string, act: ActAnswer): Promise<ErasureAnswer> {
    const { schoolId, personId, sessionId } = session;
    await this.plan(this.database.read, session, id);
    await this.database.write(async (tx) => {
      await this.hold(tx, schoolId, id);
      const { row, rule, parts, events, change } = await this.plan(tx, session, id);
      await this.acts.use(tx, session, act, ACTION, change);
      const at = this.clock.timestamp();
      const decided = { state: 'approved', decidedBy: personId, decidedAt: at, actId: act.id } as const;
      await tx.update(Erasure, { schoolId, id: row.id }, decided);
      await this.erasing.erase(tx, schoolId, parts, {
        ...{ type: 'erasure.approved', subject: 'erasures', subjectId: row.id, rule, at },
        ...{ actor: personId, session: sessionId, act: act.id, data: { ...decided, events } },
      });
    });
    await emptyLog(this.database);
    return this.reader.one(session, id);
  }

  /** What is confirmed names the pupil by id alone: the act is kept for ever. */
  private async plan(read: EntityManager, session: SessionContext, id: string): Promise<PlannedErasure> {
    const { schoolId } = session;
    await this.reader.one(session, id);
    const row = await read.findOneBy(Erasure, { schoolId, id });
    if (row === null) throw notFound('đề nghị xóa dữ liệu');
    const rule = await this.access.authorize(session, row, ACTION);
    if (row.state !== 'requested') throw new Problem('STATE_CONFLICT', 'Đề nghị này đã giải quyết.');
    const { parts } = await this.plans.allowed(read, row);
    const events = eventsOf(parts);
    const { pupilId, ground, paper, reason, requestedBy } = row;
    const rows = parts.flatMap(({ found }) =>
      found.map(({ table: { table }, rows: own }) => ({ table, count: own.length })),
    );
    const erasure = { id, pupilId, parts: row.parts, ground, paper, reason, requestedBy };
    const change = { action: ACTION, erasure, rows, eventCount: events.length, events: valueDigest(events) };
    return { row, rule, parts, events, change };
  }

  /** Nobody enters, corrects or signs anything of the pupil meanwhile. */
  private async hold(tx: EntityManager, schoolId: string, id: string): Promise<void> {
    const row = await tx.findOne(Erasure, { where: { schoolId, id }, ...rowLock(tx) });
    if (row === null) throw notFound('đề nghị xóa dữ liệu');
    const pupilId = row.pupilId;
    await tx.findOne(Pupil, { where: { schoolId, id: pupilId }, ...rowLock(tx) });
    const enrolments = await tx.findBy(Enrolment, { schoolId, pupilId });
    await this.classes.hold(
      tx,
      schoolId,
      enrolments.map(({ classId }) => classId),
      'allowed',
    );
  }
}
