/** Loads a sheet as it is: columns, pupils, cells, and what stands in the way of writing. */
import { Injectable } from '@nestjs/common';
import { notFound } from '../http/problem.js';
import { sheetOf, type ClassInfo, type ClassSheet } from '../school/class-info.js';
import { Classes, type ClassPupil } from '../school/classes.js';
import type { EntryState } from '../school/relations.js';
import { Gates, type SheetGate } from '../windows/gates.js';
import type { PlanPupil, SheetState } from './draft-plan.js';
import type { MarkCell } from './gradebook.entities.js';
import { cellKey, MarkStore } from './mark-store.js';

/** A sheet with everything known about it now. */
export interface LoadedSheet {
  readonly info: ClassInfo;
  readonly sheet: ClassSheet;
  readonly pupils: readonly ClassPupil[];
  readonly cells: ReadonlyMap<string, MarkCell>;
  readonly gate: SheetGate;
}

@Injectable()
export class SheetStates {
  constructor(
    private readonly classes: Classes,
    private readonly marks: MarkStore,
    private readonly gates: Gates,
  ) {}

  /** @throws Problem NOT_FOUND when the class has no such sheet */
  async load(info: ClassInfo, area: string, period: string): Promise<LoadedSheet> {
    const sheet = theSheet(info, area, period);
    return {
      info,
      sheet,
      pupils: await this.classes.pupils(info),
      cells: await this.marks.ofSheet(info.schoolId, info.id, area, period),
      gate: await this.gates.ofSheet(info, area, period),
    };
  }
}

/** @throws Problem NOT_FOUND when the class has no such sheet */
export function theSheet(info: ClassInfo, area: string, period: string): ClassSheet {
  const sheet = sheetOf(info, area, period);
  if (sheet === null) throw notFound('bảng điểm');
  return sheet;
}

/** The sheet as the plan of drafts sees it. */
export function stateOf({ sheet, pupils, cells, gate }: LoadedSheet): SheetState {
  return {
    columns: sheet.columns,
    pupils: new Map(pupils.map((found): [string, PlanPupil] => [found.pupil.id, planPupil(found)])),
    cells,
    whyClosed: (column) => gate.whyClosed(column)?.sentence ?? null,
  };
}

/** What the policy asks about the cells that someone wants to write. */
export function entryState(
  { gate, cells }: LoadedSheet,
  touched: readonly { readonly pupilId: string; readonly column: string }[],
): EntryState {
  return {
    locked: gate.locked,
    windowOpen: touched.every(({ column }) => gate.isOpen(column)),
    recorded: touched.some(
      ({ pupilId, column }) => cells.get(cellKey(pupilId, column))?.state === 'recorded',
    ),
  };
}

function planPupil({ pupil, leftOn }: ClassPupil): PlanPupil {
  return { id: pupil.id, fullName: pupil.fullName, leftOn };
}
