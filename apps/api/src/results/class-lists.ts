/** The homeroom teacher puts the class's list before the council; the managers send it back with comments on its rows. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ListAnswer, ListRequest, ListReturnRequest } from '#contracts/council.js';
import type { Json } from '#ledger/format/jcs.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { ClassList } from './council.entities.js';
import { Recognitions } from './recognitions.js';
import { Results } from './results.js';
import { holdDecided } from './reopened-classes.js';

@Injectable()
export class ClassLists {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly results: Results,
    private readonly recognitions: Recognitions,
    private readonly journal: Journal,
  ) {}

  /** Lists of a class, newest first. */
  async ofClass(session: SessionContext, classId: string): Promise<ListAnswer[]> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    const rows = await this.rows(info);
    const standing = await this.standing(info);
    const names = await this.people.names(
      info.schoolId,
      rows.flatMap((row) => [row.submittedBy, row.returnedBy]),
    );
    const named = (id: string) => ({ id, fullName: names(id) });
    return rows.map((row) => ({
      id: row.id,
      classId,
      submittedBy: named(row.submittedBy),
      submittedAt: row.submittedAt,
      note: row.note,
      pupilIds: [...row.pupilIds],
      stands: row.id === standing?.id,
      returnedBy: row.returnedBy === null ? null : named(row.returnedBy),
      returnReason: row.returnReason,
      comments: [...(row.comments ?? [])],
    }));
  }

  /**
   * Puts before the council whoever it has not decided on, with their results as they are now.
   * @throws Problem RESULTS_MISSING; STATE_CONFLICT (one stands already, or the class has not recognised who it names)
   */
  async submit(session: SessionContext, classId: string, request: ListRequest): Promise<ListAnswer[]> {
    const { info, rule } = await this.access.authorize(session, classId, 'list.submit');
    const { schoolId } = info;
    await this.database.write(async (tx) => {
      await holdDecided(this.classes, tx, schoolId, [classId]);
      const waiting = await this.waiting(info);
      if (waiting.length === 0 && (await this.rows(info)).length > 0) {
        throw new Problem('STATE_CONFLICT', `Danh sách lớp ${info.name} đã gửi và vẫn đúng với kết quả.`);
      }
      const results = await this.results.complete(info);
      await this.recognitions.refuseUnrecognised(info);
      const row = {
        schoolId,
        id: randomUUID(),
        classId,
        pupilIds: results.map(({ pupil }) => pupil.id),
        resultsSeq: Math.max(...results.map(({ result }) => result.eventSeq)),
        note: request.note ?? null,
        submittedBy: session.personId,
        submittedAt: this.clock.timestamp(),
        returnedBy: null,
        returnedAt: null,
        returnReason: null,
        comments: null,
      };
      await tx.insert(ClassList, row);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'list.submitted', subject: 'class_lists', subjectId: row.id },
        ...{ actor: session.personId, session: session.sessionId, rule, at: row.submittedAt },
        data: rowData(row),
      });
    });
    return this.ofClass(session, classId);
  }

  /** Sends the list back. @throws Problem NOT_FOUND (no list stands, a pupil of another class), STATE_CONFLICT (decided on) */
  async sendBack(
    session: SessionContext,
    classId: string,
    request: ListReturnRequest,
  ): Promise<ListAnswer[]> {
    const { info, rule } = await this.access.authorize(session, classId, 'list.return');
    const { schoolId } = info;
    await this.database.write(async (tx) => {
      await holdDecided(this.classes, tx, schoolId, [classId]);
      const row = await this.standing(info);
      if (row === null) throw notFound('danh sách đang chờ của lớp');
      await this.refuseDecided(info, row);
      const pupils = new Set((await this.classes.pupils(info)).map(({ pupil }) => pupil.id));
      if (request.comments.some(({ pupilId }) => !pupils.has(pupilId)))
        throw notFound('học sinh trong lớp này');
      const comments = request.comments.map(({ pupilId, comment }) => ({ pupilId, comment }));
      const returned = {
        returnedBy: session.personId,
        returnedAt: this.clock.timestamp(),
        returnReason: request.reason,
        comments,
      };
      await tx.update(ClassList, { schoolId, id: row.id }, returned);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'list.returned', subject: 'class_lists', subjectId: row.id },
        ...{ actor: session.personId, session: session.sessionId, rule, at: returned.returnedAt },
        data: { ...returned, comments: comments as unknown as Json },
      });
    });
    return this.ofClass(session, classId);
  }

  /** The list that the council may vote on: the newest that was not sent back and has no result newer than it. */
  async standing(info: ClassInfo): Promise<ClassList | null> {
    const seqs = await this.results.seqs(info);
    const holds = ({ pupilIds, resultsSeq }: ClassList) =>
      pupilIds.every((pupilId) => (seqs.get(pupilId) ?? -1) <= resultsSeq);
    return (await this.rows(info)).find((row) => row.returnedAt === null && holds(row)) ?? null;
  }

  /** Pupils of the class whom neither a decision nor the list that stands takes in. */
  async waiting(info: ClassInfo): Promise<string[]> {
    const listed = new Set((await this.standing(info))?.pupilIds);
    const standing = await this.results.standing(info);
    return standing
      .filter(({ pupil, decision, bookErased }) => decision === null && !bookErased && !listed.has(pupil.id))
      .map(({ pupil }) => pupil.id);
  }

  /** What the council has decided on is not sent back: who it is about would be left with a decision on no list. */
  private async refuseDecided(info: ClassInfo, { pupilIds }: ClassList): Promise<void> {
    const standing = await this.results.standing(info);
    if (standing.some(({ pupil, decision }) => decision === null && pupilIds.includes(pupil.id))) return;
    const detail = `Hội đồng đã quyết định trên danh sách lớp ${info.name}: không trả lại được nữa.`;
    throw new Problem('STATE_CONFLICT', detail);
  }

  private rows({ schoolId, id: classId }: ClassInfo): Promise<ClassList[]> {
    const order = { resultsSeq: 'DESC', submittedAt: 'DESC' } as const;
    return this.database.read.find(ClassList, { where: { schoolId, classId }, order });
  }
}
