/** How far sheets have got, and what they still lack before they can be locked, by pupil and column. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { missingCells, type RecordedRow } from '#regulations/completeness.js';
import { Database } from '../database/database.js';
import { YearNote } from '../results/results.entities.js';
import { takes, type ClassInfo, type ClassSheet } from '../school/class-info.js';
import { Classes, type ClassPupil } from '../school/classes.js';
import type { EarlierMark, MarkCell } from './gradebook.entities.js';
import { GroundStore } from './ground-store.js';
import { cellKey, MarkStore } from './mark-store.js';

/** A required cell that holds nothing recorded. */
export interface MissingCellOfSheet {
  readonly pupilId: string;
  readonly pupilName: string;
  readonly column: string;
  readonly columnLabel: string;
  /** There is a draft: it only waits to be recorded. */
  readonly draft: boolean;
}

/** Counts of a sheet, never values. */
export interface SheetProgress {
  /** Cells that must be recorded before a lock. */
  readonly required: number;
  /** Of those, recorded. */
  readonly recorded: number;
  readonly drafts: number;
}

/** A class with the pupils and cells that its gaps are computed from. */
export class ClassGaps {
  constructor(
    readonly info: ClassInfo,
    private readonly pupils: readonly ClassPupil[],
    private readonly cells: readonly MarkCell[],
    private readonly notes: readonly YearNote[],
    private readonly earlier: readonly EarlierMark[],
  ) {}

  /** In the order of the class list, then of the columns. */
  of(sheet: ClassSheet): MissingCellOfSheet[] {
    const own = this.cells.filter((cell) => cell.area === sheet.area.area && cell.period === sheet.period);
    const rows = this.pupils.map(({ pupil }) => this.row(pupil.id, sheet, own));
    const names = new Map(this.pupils.map(({ pupil }) => [pupil.id, pupil.fullName]));
    const missing = missingCells(sheet.columns, rows).filter(
      ({ pupilId, column }) => !this.notRequired(sheet).has(cellKey(pupilId, column)),
    );
    return missing.map(({ pupilId, column, label }) => ({
      pupilId,
      pupilName: names.get(pupilId) ?? '',
      column,
      columnLabel: label,
      draft: own.some(
        (cell) => cell.pupilId === pupilId && cell.columnCode === column && cell.value !== null,
      ),
    }));
  }

  progress(sheet: ClassSheet): SheetProgress {
    const present = new Set(this.pupils.map(({ pupil }) => pupil.id));
    const own = this.cells.filter(
      (cell) => cell.area === sheet.area.area && cell.period === sheet.period && present.has(cell.pupilId),
    );
    const columns = sheet.columns.filter(({ required }) => required).map(({ code }) => code);
    const notRequired = this.notRequired(sheet);
    const wanted = this.pupils
      .filter(({ pupil }) => !this.notAssessed(pupil.id, sheet.area.area))
      .flatMap(({ pupil }) => columns.map((column) => cellKey(pupil.id, column)))
      .filter((key) => !notRequired.has(key));
    const recorded = new Set(
      own.filter(({ state }) => state === 'recorded').map((cell) => cellKey(cell.pupilId, cell.columnCode)),
    );
    return {
      required: wanted.length,
      recorded: wanted.filter((key) => recorded.has(key)).length,
      drafts: own.filter((cell) => cell.state === 'draft' && cell.value !== null).length,
    };
  }

  /** Cells of pupils who came after them, as a second person has confirmed. */
  private notRequired(sheet: ClassSheet): ReadonlySet<string> {
    const own = this.earlier.filter(
      ({ area, period, value }) => area === sheet.area.area && period === sheet.period && value === null,
    );
    return new Set(own.map((row) => cellKey(row.pupilId, row.columnCode)));
  }

  /** Nothing is missing: an individual plan leaves the subject out, or the pupil does not take it. */
  private notAssessed(pupilId: string, area: string): boolean {
    if (!takes(this.info, pupilId, area)) return true;
    const note = this.notes.find((candidate) => candidate.pupilId === pupilId)?.note;
    return note?.notAssessed?.includes(area) === true;
  }

  private row(pupilId: string, sheet: ClassSheet, cells: readonly MarkCell[]): RecordedRow {
    const recorded = cells.filter((cell) => cell.pupilId === pupilId && cell.state === 'recorded');
    return {
      pupilId,
      values: Object.fromEntries(recorded.map((cell) => [cell.columnCode, cell.value])),
      notAssessed: this.notAssessed(pupilId, sheet.area.area),
    };
  }
}

@Injectable()
export class MissingCells {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
    private readonly marks: MarkStore,
    private readonly grounds: GroundStore,
  ) {}

  /** Gaps of classes, to be asked sheet by sheet; by class id. */
  async ofClasses(infos: readonly ClassInfo[]): Promise<Map<string, ClassGaps>> {
    const schoolId = infos[0]?.schoolId;
    if (schoolId === undefined) return new Map();
    const classIds = infos.map((info) => info.id);
    const cells = await this.marks.ofClasses(schoolId, classIds);
    const notes = await this.database.read.findBy(YearNote, { schoolId, classId: In(classIds) });
    const earlier = await this.grounds.earlier(schoolId, classIds);
    const gaps = new Map<string, ClassGaps>();
    for (const info of infos) {
      const pupils = await this.classes.presentPupils(info);
      const own = cells.filter((cell) => cell.classId === info.id);
      const ownNotes = notes.filter((note) => note.classId === info.id);
      const joined = earlier.filter((row) => row.classId === info.id);
      gaps.set(info.id, new ClassGaps(info, pupils, own, ownNotes, joined));
    }
    return gaps;
  }
}
