/** States what approved corrections change, exactly, and applies it: new value, next version, one event a mark. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Database } from '../database/database.js';
import { Clock } from '../clock.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import { markCorrected } from '../gradebook/mark-events.js';
import { cellKey, MarkStore } from '../gradebook/mark-store.js';
import { Problem } from '../http/problem.js';
import type { Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { areaLabel } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Pupil } from '../school/school.entities.js';
import type { Correction } from './corrections.entities.js';

@Injectable()
export class CorrectionApplication {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly classes: Classes,
    private readonly marks: MarkStore,
    private readonly journal: Journal,
  ) {}

  /**
   * The change that approving these corrections makes, as the approver reads and confirms it.
   * @throws Problem STALE_VERSION when a mark is no longer what the request saw
   */
  async change(schoolId: string, rows: readonly Correction[]): Promise<Change> {
    refuseMoved(rows, await this.cellsOf(schoolId, rows));
    const infos = await this.classes.loadMany(
      schoolId,
      rows.map((row) => row.classId),
    );
    const pupils = await this.database.read.findBy(Pupil, {
      schoolId,
      id: In(rows.map((row) => row.pupilId)),
    });
    const corrections = rows.map((row) => {
      const info = infos.find((candidate) => candidate.id === row.classId);
      return {
        id: row.id,
        className: info?.name ?? '',
        pupilId: row.pupilId,
        pupilName: pupils.find((pupil) => pupil.id === row.pupilId)?.fullName ?? '',
        area: row.area,
        areaLabel: info === undefined ? row.area : areaLabel(info, row.area),
        period: row.period,
        column: row.columnCode,
        mark: row.markId,
        old: row.oldValue,
        new: row.newValue,
        version: row.markVersion,
        reason: row.reason,
      };
    });
    return { action: 'correction.approve', corrections };
  }

  /** Writes the new values with their events; `approved` are the events of the corrections themselves. */
  async apply(
    tx: EntityManager,
    session: SessionContext,
    rows: readonly Correction[],
    rules: ReadonlyMap<string, string>,
    actId: string,
    approved: readonly NewEvent[],
  ): Promise<void> {
    const current = await this.cellsOf(session.schoolId, rows);
    refuseMoved(rows, current);
    const at = this.clock.timestamp();
    const cells = rows.map((row) => correctedCell(row, current.get(placeOf(row)) ?? null, at));
    const events = cells.map((cell, i): NewEvent => {
      const row = rows[i];
      if (row === undefined) throw new Error('a corrected cell without its correction');
      const by = {
        actor: session.personId,
        session: session.sessionId,
        act: actId,
        rule: rules.get(row.id) ?? '',
        at,
      };
      const { reason, requestedBy, confirmedBy, oldValue: old } = row;
      const correction = {
        correctionId: row.id,
        old,
        reason,
        requestedBy,
        confirmedBy,
        approvedBy: session.personId,
      };
      return markCorrected(cell, correction, by);
    });
    const first = await this.journal.appendAll(tx, session.schoolId, [...approved, ...events]);
    await this.marks.write(
      tx,
      cells.map((cell, i) => ({ ...cell, eventSeq: first + approved.length + i })),
    );
  }

  /** Cells of the sheets concerned, by place. */
  private async cellsOf(schoolId: string, rows: readonly Correction[]): Promise<Map<string, MarkCell>> {
    const sheets = new Map(rows.map((row) => [`${row.classId} ${row.area} ${row.period}`, row]));
    const cells = new Map<string, MarkCell>();
    for (const { classId, area, period } of sheets.values()) {
      for (const cell of (await this.marks.ofSheet(schoolId, classId, area, period)).values()) {
        cells.set(placeOf(cell), cell);
      }
    }
    return cells;
  }
}

/** Where a cell is, whatever its id. */
function placeOf(cell: Pick<MarkCell, 'classId' | 'area' | 'period' | 'pupilId' | 'columnCode'>): string {
  return `${cell.classId} ${cell.area} ${cell.period} ${cellKey(cell.pupilId, cell.columnCode)}`;
}

function refuseMoved(rows: readonly Correction[], cells: ReadonlyMap<string, MarkCell>): void {
  const moved = rows.filter((row) => (cells.get(placeOf(row))?.version ?? 0) !== row.markVersion);
  if (moved.length === 0) return;
  throw new Problem(
    'STALE_VERSION',
    'Có ô đã đổi kể từ khi đề nghị: không duyệt được nữa. Hãy từ chối hoặc để người đề nghị rút rồi đề nghị lại.',
    moved.map((row) => {
      const now = cells.get(placeOf(row))?.value ?? '';
      const message = `Đề nghị sửa “${row.oldValue ?? ''}” thành “${row.newValue}”, nhưng ô nay là “${now}”.`;
      return { where: row.id, code: 'STALE_VERSION', message };
    }),
  );
}

function correctedCell(row: Correction, current: MarkCell | null, at: string): MarkCell {
  const { schoolId, classId, area, period, columnCode, pupilId } = row;
  return {
    schoolId,
    id: current?.id ?? randomUUID(),
    classId,
    area,
    period,
    columnCode,
    pupilId,
    state: 'recorded',
    value: row.newValue,
    version: row.markVersion + 1,
    teacherId: row.teacherOfRecord,
    updatedAt: at,
    recordedAt: current?.recordedAt ?? at,
    eventSeq: null,
  };
}
