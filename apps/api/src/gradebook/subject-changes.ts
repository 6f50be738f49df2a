/**
 * A pupil stops an optional subject or takes up another (đổi môn lựa chọn, RULES.md rule 17): the homeroom teacher asks
 * on the family's application and may take it back; it is refused, or approved (subject-change-approval.ts), by a second
 * person. What is recorded of the stopped subject stays in the book and counts no more; what is missing of the new one
 * from before is entered as earlier marks.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SubjectChangeAnswer, SubjectChangeRequest } from '#contracts/subject-changes.js';
import { swapFault, type SubjectSwap } from '#regulations/subject-choice.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { PupilResult } from '../results/results.entities.js';
import { ClassAccess, type Asker } from '../school/class-access.js';
import { takes, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { refuseOutside } from '../school/enrolments.js';
import { SubjectChange } from '../school/school.entities.js';
import { SubjectChangeReader } from './subject-change-reader.js';

@Injectable()
export class SubjectChanges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly reader: SubjectChangeReader,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws Problem NOT_FOUND, FORBIDDEN, VALIDATION (a compulsory subject, too few left, a day that has not come),
   *   ALREADY_EXISTS (one waits), STATE_CONFLICT (the year's result is there)
   */
  async request(
    session: SessionContext,
    classId: string,
    asked: SubjectChangeRequest,
  ): Promise<SubjectChangeAnswer> {
    const { info, rule } = await this.access.authorize(session, classId, 'subject.request');
    const { schoolId } = info;
    refuseOutside(info, asked.effectiveOn);
    if (asked.effectiveOn > this.clock.today()) {
      throw wrong('effectiveOn', 'IN_THE_FUTURE', 'Ngày bắt đầu chưa đến.');
    }
    const { pupilId, dropped, taken, effectiveOn, reason, application } = asked;
    const row: SubjectChange = {
      ...{ schoolId, id: randomUUID(), yearId: info.year.id, classId, pupilId, dropped, taken, effectiveOn },
      ...{ reason, application, state: 'requested' },
      ...{ requestedBy: session.personId, requestedAt: this.clock.timestamp() },
      ...{ decidedBy: null, decidedAt: null, decision: null, actId: null },
    };
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [classId]);
      const present = await this.classes.presentPupils(info);
      if (!present.some(({ pupil }) => pupil.id === pupilId)) throw notFound('học sinh trong lớp này');
      await refuseSwap(tx, await this.classes.load(schoolId, classId), row);
      if (await tx.existsBy(SubjectChange, { schoolId, pupilId, state: 'requested' })) {
        throw new Problem('ALREADY_EXISTS', 'Học sinh này đã có một đề nghị đổi môn đang chờ.');
      }
      await tx.insert(SubjectChange, row);
      await this.record(tx, session, 'subject_change.requested', row.id, rule, rowData(row));
    });
    return this.one(info, row.id);
  }

  /** @throws Problem NOT_FOUND; FORBIDDEN to all but who asked; STATE_CONFLICT */
  withdraw(session: SessionContext, classId: string, id: string): Promise<SubjectChangeAnswer> {
    return this.step(session, classId, id, 'subject.withdraw', () => ({ state: 'withdrawn' }));
  }

  /** @throws Problem NOT_FOUND; FORBIDDEN also to who asked; STATE_CONFLICT */
  refuse(
    session: SessionContext,
    classId: string,
    id: string,
    decision: string,
  ): Promise<SubjectChangeAnswer> {
    return this.step(session, classId, id, 'subject.refuse', () => {
      const decidedAt = this.clock.timestamp();
      return { state: 'refused', decidedBy: session.personId, decidedAt, decision };
    });
  }

  private async step(
    session: SessionContext,
    classId: string,
    id: string,
    action: 'subject.withdraw' | 'subject.refuse',
    valuesOf: () => Partial<SubjectChange> & Pick<SubjectChange, 'state'>,
  ): Promise<SubjectChangeAnswer> {
    const { info, asker } = await this.access.authorize(session, classId, 'subject.read');
    const { schoolId } = info;
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [classId]);
      const row = await tx.findOneBy(SubjectChange, { schoolId, classId, id });
      if (row === null) throw notFound('đề nghị đổi môn');
      const rule = ruleFor(asker, info, row, action, session.personId);
      if (row.state !== 'requested') throw new Problem('STATE_CONFLICT', 'Đề nghị này đã giải quyết.');
      const values = valuesOf();
      await tx.update(SubjectChange, { schoolId, id }, values);
      await this.record(tx, session, `subject_change.${values.state}`, id, rule, values);
    });
    return this.one(info, id);
  }

  private async one(info: ClassInfo, id: string): Promise<SubjectChangeAnswer> {
    const found = (await this.reader.ofClass(info)).find((change) => change.id === id);
    if (found === undefined) throw new Error('a change of subjects just written is not there');
    return found;
  }

  private record(
    tx: EntityManager,
    session: SessionContext,
    type: string,
    subjectId: string,
    rule: string,
    data: object,
  ): Promise<number> {
    return this.journal.append(tx, session.schoolId, {
      ...{ type, subject: 'subject_changes', subjectId, rule, data: { ...data }, at: this.clock.timestamp() },
      ...{ actor: session.personId, session: session.sessionId },
    });
  }
}

/** Asks the policy about a step with a request. @throws Problem FORBIDDEN */
export function ruleFor(
  asker: Asker,
  info: ClassInfo,
  { requestedBy }: SubjectChange,
  action: 'subject.withdraw' | 'subject.refuse' | 'subject.approve',
  personId: string,
): string {
  return asker.authorize(info, action, { ...asker.mine.class(info), requester: requestedBy === personId });
}

/** @throws Problem VALIDATION by the programme's rules; STATE_CONFLICT when the pupil's year has a result */
export async function refuseSwap(
  read: EntityManager,
  info: ClassInfo,
  { pupilId, dropped, taken }: SubjectSwap & { readonly pupilId: string },
): Promise<void> {
  const { schoolId, year } = info;
  if (await read.existsBy(PupilResult, { schoolId, yearId: year.id, pupilId })) {
    throw new Problem(
      'STATE_CONFLICT',
      'Kết quả cả năm của học sinh đã được tổng hợp: không đổi môn được nữa.',
    );
  }
  const offered = info.subjects.map(({ subjectCode }) => subjectCode);
  const own = offered.filter((code) => takes(info, pupilId, code));
  const fault = swapFault(info.grade, offered, own, { dropped, taken });
  if (fault !== null) throw wrong(dropped === null ? 'taken' : 'dropped', 'SUBJECT_CHOICE', `${fault}.`);
}

function wrong(where: string, code: string, message: string): Problem {
  return new Problem('VALIDATION', message, [{ where, code, message }]);
}
