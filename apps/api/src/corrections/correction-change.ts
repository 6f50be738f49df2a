/** States what approving corrections changes, exactly: what the approver reads, and what the second factor is bound to. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../database/database.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import { cellKey, MarkStore } from '../gradebook/mark-store.js';
import { Problem } from '../http/problem.js';
import type { Change } from '../identity/acts.js';
import { areaLabel } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Pupil } from '../school/school.entities.js';
import type { Correction } from './corrections.entities.js';
import { EvidenceFile } from './evidence.entities.js';

@Injectable()
export class CorrectionChanges {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
    private readonly marks: MarkStore,
  ) {}

  /**
   * The change that approving these corrections makes, with the hashes of the evidence that it rests on.
   * @throws Problem STALE_VERSION when a mark is no longer what the request saw
   */
  async of(schoolId: string, rows: readonly Correction[]): Promise<Change> {
    refuseMoved(rows, await this.cellsOf(schoolId, rows));
    const classIds = rows.map((row) => row.classId);
    const infos = await this.classes.loadMany(schoolId, classIds);
    const pupilIds = [...new Set(rows.map((row) => row.pupilId))];
    const pupils = await this.database.read.findBy(Pupil, { schoolId, id: In(pupilIds) });
    const hashes = await this.evidenceHashes(schoolId, rows);
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
        cause: row.cause,
        reason: row.reason,
        evidence: hashes.get(row.requestId) ?? [],
      };
    });
    return { action: 'correction.approve', corrections };
  }

  /** Cells of the sheets concerned, by {@link placeOf}. */
  async cellsOf(schoolId: string, rows: readonly Correction[]): Promise<Map<string, MarkCell>> {
    const sheets = new Map(rows.map((row) => [`${row.classId} ${row.area} ${row.period}`, row]));
    const cells = new Map<string, MarkCell>();
    for (const { classId, area, period } of sheets.values()) {
      for (const cell of (await this.marks.ofSheet(schoolId, classId, area, period)).values()) {
        cells.set(placeOf(cell), cell);
      }
    }
    return cells;
  }

  /** Hashes of the evidence by request, in the order in which it was added. */
  private async evidenceHashes(
    schoolId: string,
    rows: readonly Correction[],
  ): Promise<ReadonlyMap<string, string[]>> {
    const requestIds = [...new Set(rows.map((row) => row.requestId))];
    const files = await this.database.read.find(EvidenceFile, {
      select: { aboutId: true, hash: true, addedAt: true, id: true },
      where: { schoolId, about: 'correction', aboutId: In(requestIds) },
      order: { addedAt: 'ASC', id: 'ASC' },
    });
    const hashes = new Map<string, string[]>();
    for (const { aboutId, hash } of files) hashes.set(aboutId, [...(hashes.get(aboutId) ?? []), hash]);
    return hashes;
  }
}

/** Where a cell is, whatever its id. */
export function placeOf(
  cell: Pick<MarkCell, 'classId' | 'area' | 'period' | 'pupilId' | 'columnCode'>,
): string {
  return `${cell.classId} ${cell.area} ${cell.period} ${cellKey(cell.pupilId, cell.columnCode)}`;
}

/** Those whose cell is no longer what the request saw. */
export function movedOf(
  rows: readonly Correction[],
  cells: ReadonlyMap<string, MarkCell>,
): readonly Correction[] {
  return rows.filter((row) => (cells.get(placeOf(row))?.version ?? 0) !== row.markVersion);
}

/** @throws Problem STALE_VERSION with both values of each cell that moved */
export function refuseMoved(rows: readonly Correction[], cells: ReadonlyMap<string, MarkCell>): void {
  const moved = movedOf(rows, cells);
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
