/** Changes of optional subjects are approved with the second factor, one or a whole class's, all or none. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import {
  SubjectApprovalParams,
  type SubjectChangeAnswer,
  type SubjectChangesParams,
} from '#contracts/subject-changes.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess, type OpenedClass } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { SubjectChange } from '../school/school.entities.js';
import { SubjectChangeReader } from './subject-change-reader.js';
import { refuseSwap, ruleFor } from './subject-changes.js';

const ACTION = 'subject.approve';

@Injectable()
export class SubjectChangeApproval implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly reader: SubjectChangeReader,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register(ACTION, async (session, params) => {
      const { classId, ...asked } = validated(SubjectApprovalParams, params);
      const opened = await this.access.authorize(session, classId, 'subject.read');
      const rows = await rowsOf(this.database.read, opened, asked.changeIds);
      rows.forEach((row) => ruleFor(opened.asker, opened.info, row, ACTION, session.personId));
      return changeOf(opened, rows, asked.decision);
    });
  }

  /**
   * @throws Problem NOT_FOUND; FORBIDDEN also to who asked; VALIDATION, STATE_CONFLICT when one can no longer be
   *   carried out; ACT_INVALID when they are not what was confirmed
   */
  async approve(
    session: SessionContext,
    classId: string,
    { changeIds, decision }: SubjectChangesParams,
    act: ActAnswer,
  ): Promise<SubjectChangeAnswer[]> {
    const opened = await this.access.authorize(session, classId, 'subject.read');
    const { schoolId } = opened.info;
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [classId]);
      const rows = await rowsOf(tx, opened, changeIds);
      const rules = rows.map((row) => ruleFor(opened.asker, opened.info, row, ACTION, session.personId));
      const info = await this.classes.load(schoolId, classId);
      for (const row of rows) await refuseSwap(tx, info, row);
      await this.acts.use(tx, session, act, ACTION, changeOf(opened, rows, decision));
      const at = this.clock.timestamp();
      const by = { actor: session.personId, session: session.sessionId, act: act.id, at };
      const decided = {
        ...{ state: 'approved' as const, decidedBy: session.personId },
        ...{ decidedAt: at, decision, actId: act.id },
      };
      await tx.update(SubjectChange, { schoolId, id: In([...changeIds]) }, decided);
      const events = rows.map((row, i): NewEvent => {
        const subject = { subject: 'subject_changes', subjectId: row.id };
        return { ...by, ...subject, type: 'subject_change.approved', rule: rules[i] ?? '', data: decided };
      });
      await this.journal.appendAll(tx, schoolId, events);
    });
    const all = await this.reader.ofClass(opened.info);
    return all.filter(({ id }) => changeIds.includes(id));
  }
}

/** The requests that wait, in the order asked for. @throws Problem NOT_FOUND; STATE_CONFLICT when one is decided */
async function rowsOf(
  read: EntityManager,
  { info }: OpenedClass,
  ids: readonly string[],
): Promise<SubjectChange[]> {
  const { schoolId, id: classId } = info;
  const found = await read.findBy(SubjectChange, { schoolId, classId, id: In([...ids]) });
  const rows = ids.flatMap((id) => found.find((row) => row.id === id) ?? []);
  if (rows.length < ids.length) throw notFound('đề nghị đổi môn');
  if (rows.some(({ state }) => state !== 'requested')) {
    throw new Problem('STATE_CONFLICT', 'Có đề nghị đã giải quyết.');
  }
  return rows;
}

/** Names pupils by id alone: an act is kept for ever. */
function changeOf({ info }: OpenedClass, rows: readonly SubjectChange[], decision: string): Change {
  const subjectChanges = rows.map(({ id, pupilId, dropped, taken, effectiveOn }) => {
    return { id, pupilId, dropped, taken, effectiveOn };
  });
  return { action: ACTION, classId: info.id, decision, subjectChanges };
}
