/** Appeals (phúc khảo): a family asks, the teacher of record answers; a change becomes a correction like any other. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { switchesOf } from '#policy/switches.js';
import type { Period } from '#regulations/types.js';
import type { AppealAnswer, AppealAnswerRequest, AppealRequest } from '#contracts/appeals.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Relations } from '../school/relations.js';
import { PeriodLock } from '../windows/windows.entities.js';
import { appealUntil } from './appeal-deadline.js';
import { AppealReader } from './appeal-reader.js';
import { AppealRelations } from './appeal-relations.js';
import { Appeal } from './appeals.entities.js';
import { CorrectionRequests } from './correction-requests.js';

@Injectable()
export class Appeals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly access: ClassAccess,
    private readonly relations: Relations,
    private readonly appealRelations: AppealRelations,
    private readonly classes: Classes,
    private readonly requests: CorrectionRequests,
    private readonly reader: AppealReader,
    private readonly journal: Journal,
  ) {}

  /**
   * A family asks for a recorded mark of its child to be looked at again.
   * @throws Problem NOT_FOUND for a mark of anyone else; FORBIDDEN after the deadline; STALE_VERSION with the value as it
   *   is; ALREADY_EXISTS when this mark was appealed before
   */
  async ask(session: SessionContext, { markId, version, reason }: AppealRequest): Promise<AppealAnswer> {
    const { schoolId } = session;
    const found = await this.mark(schoolId, markId);
    const info = await this.classes.load(schoolId, found.classId);
    const relation = await this.relations.ofPupil(session, found.pupilId);
    if (relation.ownChild !== true) throw notFound('ô điểm');
    const id = randomUUID();
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [info.id], 'allowed');
      const mark = await this.mark(schoolId, markId);
      const appealOpen = this.clock.timestamp() < (await this.deadline(info, mark));
      const rule = await this.authorizer.authorize(session, 'correction.appeal', { ...relation, appealOpen });
      refuseStale(mark, version);
      await this.refuseSecond(tx, mark);
      const { classId, area, period, columnCode, pupilId } = mark;
      const row: Appeal = {
        ...{ schoolId, id, classId, area, period, columnCode, pupilId, markId, reason },
        ...{ markValue: mark.value ?? '', markVersion: mark.version, teacherOfRecord: mark.teacherId },
        ...{ state: 'asked', askedBy: session.personId, askedAt: this.clock.timestamp() },
        ...{ answeredBy: null, answeredAt: null, answer: null, requestId: null },
      };
      await tx.insert(Appeal, row);
      await this.record(tx, session, id, 'appeal.asked', rule, rowData(row));
    });
    return this.reader.one(session, id);
  }

  /**
   * The teacher of record, or who teaches the column now, answers: the mark stays, or a correction is asked for, which
   * then is confirmed and approved by others.
   * @throws Problem NOT_FOUND, FORBIDDEN, STATE_CONFLICT when it is answered; what a request for a correction throws
   */
  async answer(session: SessionContext, id: string, request: AppealAnswerRequest): Promise<AppealAnswer> {
    const { outcome, answer, newValue } = request;
    await this.step(session, id, 'appeal.answer', async (tx, row, rule) => {
      const requestId = outcome === 'keep' ? null : await this.change(session, row, answer, newValue ?? '');
      const state = outcome === 'keep' ? ('kept' as const) : ('changed' as const);
      const answered = {
        answeredBy: session.personId,
        answeredAt: this.clock.timestamp(),
        answer,
        requestId,
      };
      const values = { state, ...answered };
      await tx.update(Appeal, { schoolId: row.schoolId, id }, values);
      await this.record(tx, session, id, 'appeal.answered', rule, values);
    });
    return this.reader.one(session, id);
  }

  /** The family takes it back. @throws Problem NOT_FOUND, FORBIDDEN, STATE_CONFLICT when it is answered */
  async withdraw(session: SessionContext, id: string): Promise<AppealAnswer> {
    await this.step(session, id, 'appeal.withdraw', async (tx, row, rule) => {
      const values = { state: 'withdrawn' } as const;
      await tx.update(Appeal, { schoolId: row.schoolId, id }, values);
      await this.record(tx, session, id, 'appeal.withdrawn', rule, values);
    });
    return this.reader.one(session, id);
  }

  private async step(
    session: SessionContext,
    id: string,
    action: 'appeal.answer' | 'appeal.withdraw',
    work: (tx: EntityManager, row: Appeal, rule: string) => Promise<void>,
  ): Promise<void> {
    const { schoolId } = session;
    // What the person may not see is not there.
    const { classId } = await this.reader.one(session, id);
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [classId], 'allowed');
      const row = await tx.findOneOrFail(Appeal, { where: { schoolId, id }, ...rowLock(tx) });
      const info = await this.classes.load(schoolId, row.classId);
      const relation = await this.appealRelations.of(session, await this.access.asker(session), info, row);
      const rule = await this.authorizer.authorize(session, action, relation);
      if (row.state !== 'asked') throw new Problem('STATE_CONFLICT', 'Đề nghị phúc khảo này đã giải quyết.');
      await work(tx, row, rule);
    });
  }

  /** @returns the requestId of the correction */
  private async change(
    session: SessionContext,
    row: Appeal,
    answer: string,
    newValue: string,
  ): Promise<string> {
    const { classId, area, pupilId, columnCode: column, markVersion: version } = row;
    const cells = [{ pupilId, column, newValue, version }];
    const period = row.period as Period;
    const request = { classId, area, period, cause: 'appeal' as const, reason: answer, cells };
    const [made] = await this.requests.request(session, request, row);
    if (made === undefined) throw new Error('a correction just asked for is not there');
    return made.requestId;
  }

  private async mark(schoolId: string, id: string): Promise<MarkCell & { readonly state: 'recorded' }> {
    const mark = await this.database.read.findOneBy(MarkCell, { schoolId, id, state: 'recorded' });
    if (mark === null) throw notFound('ô điểm');
    return mark as MarkCell & { readonly state: 'recorded' };
  }

  private async deadline(info: ClassInfo, mark: MarkCell): Promise<string> {
    const { schoolId, classId, area, period } = mark;
    const where = { schoolId, classId, area, period, liftedAt: IsNull() };
    const lock = await this.database.read.findOneBy(PeriodLock, where);
    return appealUntil(mark.updatedAt, lock?.lockedAt ?? null, switchesOf(info.school.settings).appealDays);
  }

  /** The same value is appealed once; after a correction there is a new one. */
  private async refuseSecond(tx: EntityManager, { schoolId, id: markId, version }: MarkCell): Promise<void> {
    const where = { schoolId, markId, markVersion: version, state: In(['asked', 'kept', 'changed']) };
    if (!(await tx.existsBy(Appeal, where))) return;
    throw new Problem('ALREADY_EXISTS', 'Điểm này đã được đề nghị phúc khảo.');
  }

  private record(
    tx: EntityManager,
    session: SessionContext,
    id: string,
    type: string,
    rule: string,
    data: Readonly<Record<string, string | number | null>>,
  ): Promise<number> {
    return this.journal.append(tx, session.schoolId, {
      ...{ type, subject: 'appeals', subjectId: id, rule, data, at: this.clock.timestamp() },
      ...{ actor: session.personId, session: session.sessionId },
    });
  }
}

function refuseStale({ version, value }: MarkCell, seen: number): void {
  if (version === seen) return;
  const detail = `Điểm này đã đổi kể từ khi gia đình xem; nay là “${value ?? ''}”.`;
  throw new Problem('STALE_VERSION', detail, [], { conflicts: [{ value, version }] });
}
