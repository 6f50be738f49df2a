/** What is said of a column: the test's name, day and strand by its teachers; whose it is by those who assign duties. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ColumnDescription, ColumnOwnerRequest } from '#contracts/columns.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import type { EventBy } from './mark-events.js';
import type { SheetRef } from './drafts.js';
import { ColumnDetail } from './gradebook.entities.js';
import { otherOwner, SheetStates, theSheet, type LoadedSheet } from './sheet-states.js';

/** Which column of which sheet. */
export interface ColumnRef extends SheetRef {
  readonly column: string;
}

@Injectable()
export class ColumnDetails {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly sheets: SheetStates,
    private readonly journal: Journal,
  ) {}

  /**
   * Names the test of a column, its day and strand; also between windows, as the name is no mark.
   * @throws Problem NOT_FOUND, FORBIDDEN (also for a colleague's column), VALIDATION, STALE_VERSION with both
   */
  async describe(
    session: SessionContext,
    ref: ColumnRef,
    said: ColumnDescription,
  ): Promise<{ version: number }> {
    const { info, asker } = await this.access.authorize(session, ref.classId, 'sheet.draft', (its, own) =>
      own.entry(its, ref.area, { locked: false, windowOpen: true, recorded: false }),
    );
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      const loaded = await this.loaded(ref, info);
      const state = { locked: loaded.gate.locked, windowOpen: true, recorded: false };
      const rule = asker.authorize(info, 'sheet.draft', asker.mine.entry(info, ref.area, state));
      const owner = otherOwner(loaded, ref.column, session.personId);
      if (owner !== null) throw new Problem('FORBIDDEN', `Cột này do ${owner} phụ trách.`);
      const { startsOn, endsOn } = info.year;
      if (
        said.heldOn !== undefined &&
        said.heldOn !== null &&
        (said.heldOn < startsOn || said.heldOn > endsOn)
      ) {
        const message = `Ngày kiểm tra phải trong năm học, từ ${startsOn} đến ${endsOn}.`;
        throw new Problem('VALIDATION', message, [{ where: 'heldOn', code: 'OUTSIDE_YEAR', message }]);
      }
      const { name = null, heldOn = null, strand = null } = said;
      const by = { actor: session.personId, session: session.sessionId, rule };
      return this.keep(tx, loaded, ref.column, said.version, { name, heldOn, strand }, by);
    });
  }

  /**
   * Gives a column to one of the subject's teachers in this class, or back to all (null).
   * @throws Problem NOT_FOUND when the person is not assigned to the subject; FORBIDDEN; STALE_VERSION with both
   */
  async assign(
    session: SessionContext,
    ref: ColumnRef,
    request: ColumnOwnerRequest,
  ): Promise<{ version: number }> {
    const { personId } = request;
    const self = personId === session.personId;
    const { info, rule } = await this.access.authorize(
      session,
      ref.classId,
      'assignment.make',
      (info, mine) => ({ ...mine.class(info), self }),
    );
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      const loaded = await this.loaded(ref, info);
      const assigned = (await this.classes.assignments([info])).filter((row) => row.area === ref.area);
      if (personId !== null && !assigned.some((row) => row.personId === personId)) {
        throw notFound('giáo viên dạy môn này ở lớp này');
      }
      const by = { actor: session.personId, session: session.sessionId, rule };
      return this.keep(tx, loaded, ref.column, request.version, { ownerId: personId }, by);
    });
  }

  private async loaded(ref: ColumnRef, info: LoadedSheet['info']): Promise<LoadedSheet> {
    const { columns } = theSheet(info, ref.area, ref.period);
    if (!columns.some(({ code }) => code === ref.column)) throw notFound('cột của bảng điểm');
    return this.sheets.load(info, ref.area, ref.period);
  }

  private async keep(
    tx: EntityManager,
    { info, sheet, details }: LoadedSheet,
    column: string,
    version: number,
    change: Partial<Pick<ColumnDetail, 'name' | 'heldOn' | 'strand' | 'ownerId'>>,
    by: Omit<EventBy, 'at'>,
  ): Promise<{ version: number }> {
    const before = details.get(column);
    if ((before?.version ?? 0) !== version) {
      const { name = null, heldOn = null, strand = null, ownerId = null } = before ?? {};
      const theirs = { name, heldOn, strand, ownerId, version: before?.version ?? 0 };
      const detail = 'Thông tin của cột này vừa được người khác sửa; hãy xem lại rồi lưu.';
      throw new Problem('STALE_VERSION', detail, [], { conflicts: [{ mine: change, theirs }] });
    }
    const row: ColumnDetail = {
      schoolId: info.schoolId,
      id: before?.id ?? randomUUID(),
      classId: info.id,
      area: sheet.area.area,
      period: sheet.period,
      columnCode: column,
      name: before?.name ?? null,
      heldOn: before?.heldOn ?? null,
      strand: before?.strand ?? null,
      ownerId: before?.ownerId ?? null,
      ...change,
      version: version + 1,
    };
    await tx.upsert(ColumnDetail, row, ['schoolId', 'id']);
    await this.journal.append(tx, info.schoolId, {
      ...by,
      at: this.clock.timestamp(),
      type: 'ownerId' in change ? 'column.assigned' : 'column.described',
      subject: 'column_details',
      subjectId: row.id,
      data: rowData(row),
    });
    return { version: row.version };
  }
}
