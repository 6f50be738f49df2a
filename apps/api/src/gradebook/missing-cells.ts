/** What sheets still lack before they can be locked, by pupil and column. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { missingCells, type RecordedRow } from '#regulations/completeness.js';
import { Database } from '../database/database.js';
import { YearNote } from '../results/results.entities.js';
import type { ClassInfo, ClassSheet } from '../school/class-info.js';
import { Classes, type ClassPupil } from '../school/classes.js';
import type { MarkCell } from './gradebook.entities.js';
import { MarkStore } from './mark-store.js';

/** A required cell that holds nothing recorded. */
export interface MissingCellOfSheet {
  readonly pupilId: string;
  readonly pupilName: string;
  readonly column: string;
  readonly columnLabel: string;
  /** There is a draft: it only waits to be recorded. */
  readonly draft: boolean;
}

/** A class with the pupils and cells that its gaps are computed from. */
export class ClassGaps {
  constructor(
    readonly info: ClassInfo,
    private readonly pupils: readonly ClassPupil[],
    private readonly cells: readonly MarkCell[],
    private readonly notes: readonly YearNote[],
  ) {}

  /** In the order of the class list, then of the columns. */
  of(sheet: ClassSheet): MissingCellOfSheet[] {
    const own = this.cells.filter((cell) => cell.area === sheet.area.area && cell.period === sheet.period);
    const rows = this.pupils.map(({ pupil }) => this.row(pupil.id, sheet, own));
    const names = new Map(this.pupils.map(({ pupil }) => [pupil.id, pupil.fullName]));
    return missingCells(sheet.columns, rows).map(({ pupilId, column, label }) => ({
      pupilId,
      pupilName: names.get(pupilId) ?? '',
      column,
      columnLabel: label,
      draft: own.some(
        (cell) => cell.pupilId === pupilId && cell.columnCode === column && cell.value !== null,
      ),
    }));
  }

  private row(pupilId: string, sheet: ClassSheet, cells: readonly MarkCell[]): RecordedRow {
    const recorded = cells.filter((cell) => cell.pupilId === pupilId && cell.state === 'recorded');
    const note = this.notes.find((candidate) => candidate.pupilId === pupilId)?.note;
    return {
      pupilId,
      values: Object.fromEntries(recorded.map((cell) => [cell.columnCode, cell.value])),
      notAssessed: note?.notAssessed?.includes(sheet.area.area) === true,
    };
  }
}

@Injectable()
export class MissingCells {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
    private readonly marks: MarkStore,
  ) {}

  /** Gaps of classes, to be asked sheet by sheet; by class id. */
  async ofClasses(infos: readonly ClassInfo[]): Promise<Map<string, ClassGaps>> {
    const schoolId = infos[0]?.schoolId;
    if (schoolId === undefined) return new Map();
    const classIds = infos.map((info) => info.id);
    const cells = await this.marks.ofClasses(schoolId, classIds);
    const notes = await this.database.read.findBy(YearNote, { schoolId, classId: In(classIds) });
    const gaps = new Map<string, ClassGaps>();
    for (const info of infos) {
      const pupils = await this.classes.presentPupils(info);
      const own = cells.filter((cell) => cell.classId === info.id);
      const ownNotes = notes.filter((note) => note.classId === info.id);
      gaps.set(info.id, new ClassGaps(info, pupils, own, ownNotes));
    }
    return gaps;
  }
}
