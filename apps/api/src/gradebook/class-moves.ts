/** A pupil changes class in the year: the marks go along, each with where it comes from, and stay in the old class too. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import type { Json } from '#ledger/format/jcs.js';
import type { MoveAnswer, MoveRequest } from '#contracts/enrolments.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Correction } from '../corrections/corrections.entities.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { PupilResult, YearNote } from '../results/results.entities.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Enrolments, refuseOutside, type ChangeBy } from '../school/enrolments.js';
import { SubjectChange } from '../school/school.entities.js';
import { liftSheetSignatures } from '../transcripts/sheet-lifts.js';
import { planCarry, type CarryPlan } from './carry-plan.js';
import { EarlierMark, MarkCell, MarkGround } from './gradebook.entities.js';
import { markCarried } from './mark-events.js';
import { MarkStore } from './mark-store.js';

@Injectable()
export class ClassMoves {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly enrolments: Enrolments,
    private readonly marks: MarkStore,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws Problem NOT_FOUND, FORBIDDEN, VALIDATION (another grade or year, a day that has not come), STATE_CONFLICT
   *   (open corrections, or a computed result, wait in the class that is left)
   */
  async move(
    session: SessionContext,
    classId: string,
    pupilId: string,
    request: MoveRequest,
  ): Promise<MoveAnswer> {
    const { info: from, asker, rule } = await this.access.authorize(session, classId, 'enrolment.change');
    const to = await this.classes.load(from.schoolId, request.toClassId);
    asker.authorize(to, 'enrolment.change', asker.mine.class(to));
    refuseOutside(from, request.on);
    refuseUnlike(from, to, request.on, this.clock.today());
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, from.schoolId, [from.id, to.id]);
      await refusePending(tx, from, pupilId);
      const by = { actor: session.personId, session: session.sessionId, rule, at: this.clock.timestamp() };
      const { on, paper } = request;
      await this.enrolments.end(tx, from, pupilId, { on: dayBefore(on), paper }, by);
      const entered = await this.enrolments.enter(tx, to, pupilId, { on, paper }, by);
      const plan = await this.carry(tx, from, to, pupilId, by);
      await this.carryGrounds(tx, from, to, pupilId, by);
      await this.carryNote(tx, from, to, pupilId, by);
      return {
        ...entered,
        carried: plan.recorded.length,
        drafts: plan.drafts.length,
        left: plan.left.map(({ area, period, columnCode }) => `${area} ${period} ${columnCode}`),
      };
    });
  }

  private async carry(
    tx: EntityManager,
    from: ClassInfo,
    to: ClassInfo,
    pupilId: string,
    by: ChangeBy,
  ): Promise<CarryPlan> {
    const { schoolId } = from;
    const cells = await tx.findBy(MarkCell, { schoolId, pupilId, classId: In([from.id, to.id]) });
    const own = cells.filter((cell) => cell.classId === from.id);
    const there = cells.filter((cell) => cell.classId === to.id);
    const plan = planCarry(to, own, there, by.at);
    const origin = { origin: `lớp ${from.name}`, fromClassId: from.id };
    const events = plan.recorded.map(({ cell, from: source }) =>
      markCarried(cell, { ...origin, fromMarkId: source.id }, by),
    );
    const first = events.length === 0 ? 0 : await this.journal.appendAll(tx, schoolId, events);
    const recorded = plan.recorded.map(({ cell }, i) => ({ ...cell, eventSeq: first + i }));
    await this.marks.write(tx, [...recorded, ...plan.drafts]);
    await liftSheetSignatures(tx, this.journal, schoolId, recorded, 'carried', by);
    return plan;
  }

  /** Grounds and earlier marks stand behind the cells there as they do here. */
  private async carryGrounds(
    tx: EntityManager,
    from: ClassInfo,
    to: ClassInfo,
    pupilId: string,
    by: ChangeBy,
  ): Promise<void> {
    const { schoolId } = from;
    for (const [entity, subject, inForce] of [
      [MarkGround, 'mark_grounds', { withdrawnAt: IsNull() }],
      [EarlierMark, 'earlier_marks', { state: 'confirmed' as const }],
    ] as const) {
      const rows = await tx.findBy<MarkGround | EarlierMark>(entity, { schoolId, pupilId, ...inForce });
      const there = new Set(rows.filter((row) => row.classId === to.id).map((row) => placeOf(row)));
      const copies = rows
        .filter((row) => row.classId === from.id && !there.has(placeOf(row)))
        .map((row) => ({ ...row, id: randomUUID(), classId: to.id }));
      if (copies.length === 0) continue;
      await tx.insert(entity, copies);
      await this.journal.appendAll(
        tx,
        schoolId,
        copies.map((row): NewEvent => {
          return { ...by, type: 'ground.carried', subject, subjectId: row.id, data: rowData(row) };
        }),
      );
    }
  }

  /** What people noted of the pupil's year (individual plan, exemption) holds in the new class too. */
  private async carryNote(
    tx: EntityManager,
    from: ClassInfo,
    to: ClassInfo,
    pupilId: string,
    by: ChangeBy,
  ): Promise<void> {
    const { schoolId } = from;
    const notes = await tx.findBy(YearNote, { schoolId, pupilId, classId: In([from.id, to.id]) });
    const note = notes.find((row) => row.classId === from.id);
    if (note === undefined) return;
    const id = notes.find((row) => row.classId === to.id)?.id ?? randomUUID();
    const row = { ...note, id, classId: to.id };
    const data = { ...rowData(row, 'note', 'eventSeq'), note: row.note as Json };
    const event = { ...by, type: 'note.entered', subject: 'year_notes', subjectId: id, data };
    const eventSeq = await this.journal.append(tx, schoolId, event);
    await tx.upsert(YearNote, { ...row, eventSeq }, ['schoolId', 'id']);
  }
}

function placeOf({ area, period, columnCode }: MarkGround | EarlierMark): string {
  return `${area} ${period} ${columnCode}`;
}

function refuseUnlike(from: ClassInfo, to: ClassInfo, on: string, today: string): void {
  const wrong = (where: string, code: string, message: string) =>
    new Problem('VALIDATION', message, [{ where, code, message }]);
  if (to.year.id !== from.year.id) throw notFound('lớp của năm học này');
  if (to.id === from.id) throw wrong('toClassId', 'SAME_CLASS', 'Học sinh đang học ở lớp này rồi.');
  if (to.grade !== from.grade) {
    throw wrong('toClassId', 'OTHER_GRADE', `Chỉ chuyển được giữa các lớp khối ${String(from.grade)}.`);
  }
  if (on > today) throw wrong('on', 'IN_THE_FUTURE', 'Ngày chuyển lớp chưa đến.');
}

/**
 * A correction or an earlier mark would be written into a cell that counts no more, a change of subjects decided in the
 * old class; a result would be the old class's.
 */
async function refusePending(
  tx: EntityManager,
  { schoolId, id, year }: ClassInfo,
  pupilId: string,
): Promise<void> {
  const state = In(['requested', 'confirmed', 'approved']);
  if (await tx.existsBy(Correction, { schoolId, classId: id, pupilId, state })) {
    throw new Problem(
      'STATE_CONFLICT',
      'Học sinh còn đề nghị sửa chưa giải quyết ở lớp cũ; hãy giải quyết trước.',
    );
  }
  if (await tx.existsBy(EarlierMark, { schoolId, classId: id, pupilId, state: 'entered' })) {
    throw new Problem(
      'STATE_CONFLICT',
      'Kết quả trường cũ của học sinh còn chờ người thứ hai xác nhận ở lớp cũ; hãy giải quyết trước.',
    );
  }
  if (await tx.existsBy(SubjectChange, { schoolId, pupilId, state: 'requested' })) {
    throw new Problem('STATE_CONFLICT', 'Học sinh còn đề nghị đổi môn lựa chọn chưa giải quyết.');
  }
  if (await tx.existsBy(PupilResult, { schoolId, yearId: year.id, pupilId })) {
    throw new Problem('STATE_CONFLICT', 'Kết quả cả năm của học sinh đã được tổng hợp ở lớp cũ.');
  }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - 86_400_000).toISOString().slice(0, 10);
}
