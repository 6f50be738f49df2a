/**
 * Grounds of cells (căn cứ): that a pupil was absent from a test without a valid reason is decided here and recorded as
 * V at once; that a pupil takes it later, on evidence, is noted here before the mark is recorded.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import type { GroundAnswer, GroundRequest } from '#contracts/grounds.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem, type ProblemItem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { OPEN_AND_EMPTY, type SheetRef } from './drafts.js';
import { MarkGround, type MarkCell } from './gradebook.entities.js';
import { markRecorded, type EventBy } from './mark-events.js';
import { ABSENT, isTest } from './mark-kinds.js';
import { cellKey, MarkStore } from './mark-store.js';
import { entryState, otherOwner, SheetStates, theSheet, type LoadedSheet } from './sheet-states.js';

@Injectable()
export class MarkGrounds {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly sheets: SheetStates,
    private readonly marks: MarkStore,
    private readonly journal: Journal,
  ) {}

  /**
   * Enters a ground. "absent" is a decision: it needs the open cell of a test and records V with it. "make-up" may be
   * noted as soon as the paper is there; until the mark is recorded the cell stays missing.
   * @throws Problem NOT_FOUND, FORBIDDEN, VALIDATION, CELL_CLOSED, CELL_RECORDED, CELL_INVALID (not a test),
   *   ALREADY_EXISTS
   */
  async enter(session: SessionContext, ref: SheetRef, request: GroundRequest): Promise<GroundAnswer> {
    const action = request.kind === 'absent' ? 'sheet.record' : 'sheet.draft';
    const { info, asker } = await this.access.authorize(session, ref.classId, action, (its, own) =>
      own.entry(its, ref.area, OPEN_AND_EMPTY),
    );
    theSheet(info, ref.area, ref.period);
    refuseIncomplete(request, this.clock.today());
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      const loaded = await this.sheets.load(info, ref.area, ref.period);
      refuseUnfit(loaded, request, session.personId);
      const state = entryState(loaded, [request]);
      const windowOpen = request.kind === 'make-up' || state.windowOpen;
      const rule = asker.authorize(info, action, asker.mine.entry(info, ref.area, { ...state, windowOpen }));
      const by = { actor: session.personId, session: session.sessionId, rule, at: this.clock.timestamp() };
      const row = groundRow(loaded, request, by);
      await tx.insert(MarkGround, row);
      await this.journal.append(tx, info.schoolId, {
        ...by,
        type: `ground.${row.kind}`,
        subject: 'mark_grounds',
        subjectId: row.id,
        data: rowData(row),
      });
      if (row.kind === 'absent') await this.recordAbsence(tx, loaded, row, by);
      return groundAnswer(row);
    });
  }

  /** Takes back the ground of a make-up test while its mark is not recorded. @throws Problem NOT_FOUND, STATE_CONFLICT */
  async withdraw(session: SessionContext, ref: SheetRef, groundId: string): Promise<GroundAnswer> {
    const { info, rule } = await this.access.authorize(session, ref.classId, 'sheet.draft', (its, own) =>
      own.entry(its, ref.area, OPEN_AND_EMPTY),
    );
    const { schoolId } = info;
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [info.id]);
      const place = { schoolId, classId: info.id, area: ref.area, period: ref.period };
      const where = { ...place, id: groundId, withdrawnAt: IsNull() };
      const row = await tx.findOne(MarkGround, { where, ...rowLock(tx) });
      if (row === null) throw notFound('căn cứ của ô điểm');
      const loaded = await this.sheets.load(info, ref.area, ref.period);
      const recorded = loaded.cells.get(cellKey(row.pupilId, row.columnCode))?.state === 'recorded';
      if (row.kind === 'absent' || recorded) {
        throw new Problem('STATE_CONFLICT', 'Ô này đã ghi sổ theo căn cứ ấy: chỉ sửa được bằng đề nghị sửa.');
      }
      const at = this.clock.timestamp();
      const withdrawn = { withdrawnAt: at, withdrawnBy: session.personId };
      await tx.update(MarkGround, { schoolId, id: row.id }, withdrawn);
      await this.journal.append(tx, schoolId, {
        ...{ actor: session.personId, session: session.sessionId, rule, at },
        ...{ type: 'ground.withdrawn', subject: 'mark_grounds', subjectId: row.id, data: withdrawn },
      });
      return groundAnswer({ ...row, ...withdrawn });
    });
  }

  private async recordAbsence(
    tx: EntityManager,
    { info, cells }: LoadedSheet,
    ground: MarkGround,
    by: EventBy,
  ): Promise<void> {
    const { schoolId, classId, area, period, columnCode, pupilId } = ground;
    const before = cells.get(cellKey(pupilId, columnCode));
    const cell: MarkCell = {
      ...{ schoolId, id: before?.id ?? randomUUID(), classId, area, period, columnCode, pupilId },
      ...{ state: 'recorded', value: ABSENT, version: (before?.version ?? 0) + 1, teacherId: by.actor },
      ...{ updatedAt: by.at, recordedAt: by.at, eventSeq: null },
    };
    const event = markRecorded(cell, by, { groundId: ground.id, reason: ground.reason });
    const seq = await this.journal.append(tx, info.schoolId, event);
    await this.marks.write(tx, [{ ...cell, eventSeq: seq }]);
  }
}

function refuseIncomplete(request: GroundRequest, today: string): void {
  const items: ProblemItem[] = [];
  const need = (where: keyof GroundRequest, message: string) => {
    if (request[where] === undefined) items.push({ where, code: 'MISSING', message });
  };
  if (request.kind === 'make-up') need('evidence', 'Kiểm tra bù phải ghi rõ giấy tờ làm căn cứ.');
  else {
    need('notifiedOn', 'Phải ghi ngày báo cho gia đình.');
    need('notifiedHow', 'Phải ghi cách báo cho gia đình (điện thoại, giấy báo …).');
  }
  if (request.notifiedOn !== undefined && request.notifiedOn > today) {
    items.push({ where: 'notifiedOn', code: 'IN_THE_FUTURE', message: 'Ngày báo cho gia đình chưa đến.' });
  }
  if (items.length > 0) throw new Problem('VALIDATION', `Có ${items.length} chỗ chưa đúng.`, items);
}

function refuseUnfit(loaded: LoadedSheet, { pupilId, column, kind }: GroundRequest, personId: string): void {
  const { sheet, pupils, cells, gate, grounds } = loaded;
  const pupil = pupils.find((candidate) => candidate.pupil.id === pupilId);
  if (pupil === undefined || pupil.leftOn !== null) throw notFound('học sinh trong lớp này');
  const found = sheet.columns.find(({ code }) => code === column);
  if (kind === 'absent' && !isTest(found?.kind)) {
    throw new Problem('CELL_INVALID', 'Chỉ bài kiểm tra, đánh giá định kì mới ghi V (vắng không lí do).');
  }
  if (found === undefined) throw new Problem('CELL_INVALID', 'Bảng này không có cột ấy.');
  const owner = otherOwner(loaded, column, personId);
  if (owner !== null) throw new Problem('FORBIDDEN', `Cột này do ${owner} phụ trách.`);
  const key = cellKey(pupilId, column);
  if (cells.get(key)?.state === 'recorded') {
    throw new Problem('CELL_RECORDED', 'Ô này đã ghi sổ, chỉ sửa được bằng đề nghị sửa.');
  }
  const closed = kind === 'absent' ? gate.whyClosed(column, pupilId) : null;
  if (closed !== null) throw new Problem('CELL_CLOSED', closed.sentence);
  if (grounds.has(key)) throw new Problem('ALREADY_EXISTS', 'Ô này đã có căn cứ; hãy rút căn cứ cũ trước.');
}

function groundRow({ info, sheet }: LoadedSheet, request: GroundRequest, by: EventBy): MarkGround {
  const { kind, reason, pupilId, column, evidence = null, notifiedOn = null, notifiedHow = null } = request;
  return {
    ...{ schoolId: info.schoolId, id: randomUUID(), classId: info.id, area: sheet.area.area },
    ...{ period: sheet.period, columnCode: column, pupilId, kind, reason, evidence },
    ...(kind === 'absent' ? { notifiedOn, notifiedHow } : { notifiedOn: null, notifiedHow: null }),
    ...{ enteredBy: by.actor, enteredAt: by.at, withdrawnAt: null, withdrawnBy: null },
  };
}

function groundAnswer(row: MarkGround): GroundAnswer {
  const { id, pupilId, columnCode, kind, reason, evidence, notifiedOn, notifiedHow, withdrawnAt } = row;
  return { id, pupilId, column: columnCode, kind, reason, evidence, notifiedOn, notifiedHow, withdrawnAt };
}
