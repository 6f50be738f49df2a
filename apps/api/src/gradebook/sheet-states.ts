/** Loads a sheet as it is: columns, pupils, cells, and what stands in the way of writing. */
import { Injectable } from '@nestjs/common';
import { notFound } from '../http/problem.js';
import { NOT_TAKEN, sheetOf, takes, type ClassInfo, type ClassSheet } from '../school/class-info.js';
import { Classes, type ClassPupil } from '../school/classes.js';
import type { EntryState } from '../school/relations.js';
import { Gates, type SheetGate } from '../windows/gates.js';
import { ColumnStore, type ColumnOwner } from './column-store.js';
import type { PlanPupil, SheetState } from './draft-plan.js';
import type { ColumnDetail, MarkCell, MarkGround } from './gradebook.entities.js';
import { GroundStore } from './ground-store.js';
import { cellKey, MarkStore } from './mark-store.js';

/** A sheet with everything known about it now. */
export interface LoadedSheet {
  readonly info: ClassInfo;
  readonly sheet: ClassSheet;
  readonly pupils: readonly ClassPupil[];
  readonly cells: ReadonlyMap<string, MarkCell>;
  readonly gate: SheetGate;
  /** What is said of its columns, by code. */
  readonly details: ReadonlyMap<string, ColumnDetail>;
  /** Whose columns they are, by code; a column left out is shared. */
  readonly owners: ReadonlyMap<string, ColumnOwner>;
  /** Several teachers share the subject. */
  readonly taughtByMany: boolean;
  /** Grounds in force, by cell. */
  readonly grounds: ReadonlyMap<string, MarkGround>;
}

@Injectable()
export class SheetStates {
  constructor(
    private readonly classes: Classes,
    private readonly marks: MarkStore,
    private readonly gates: Gates,
    private readonly columns: ColumnStore,
    private readonly grounds: GroundStore,
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
      ...(await this.columns.ofSheet(info, area, period)),
      grounds: await this.grounds.ofSheet(info.schoolId, info.id, area, period),
    };
  }
}

/** @throws Problem NOT_FOUND when the class has no such sheet */
export function theSheet(info: ClassInfo, area: string, period: string): ClassSheet {
  const sheet = sheetOf(info, area, period);
  if (sheet === null) throw notFound('bảng điểm');
  return sheet;
}

/** The sheet as the plan of drafts sees it. @param personId who writes */
export function stateOf(loaded: LoadedSheet, personId: string): SheetState {
  const { info, sheet, pupils, cells, gate } = loaded;
  return {
    columns: sheet.columns,
    pupils: new Map(pupils.map((found): [string, PlanPupil] => [found.pupil.id, planPupil(found)])),
    cells,
    whyClosed: (column, pupilId) =>
      takes(info, pupilId, sheet.area.area) ? (gate.whyClosed(column, pupilId)?.sentence ?? null) : NOT_TAKEN,
    ownerOf: (column) => otherOwner(loaded, column, personId),
  };
}

/** The colleague whose column it is; null when it is shared or one's own. */
export function otherOwner({ owners }: LoadedSheet, column: string, personId: string): string | null {
  const owner = owners.get(column);
  return owner === undefined || owner.personId === personId ? null : owner.fullName;
}

/** What the policy asks about the cells that someone wants to write. */
export function entryState(
  { gate, cells }: LoadedSheet,
  touched: readonly { readonly pupilId: string; readonly column: string }[],
): EntryState {
  return {
    locked: gate.locked,
    windowOpen: touched.every(({ column, pupilId }) => gate.isOpen(column, pupilId)),
    recorded: touched.some(
      ({ pupilId, column }) => cells.get(cellKey(pupilId, column))?.state === 'recorded',
    ),
  };
}

function planPupil({ pupil, leftOn }: ClassPupil): PlanPupil {
  return { id: pupil.id, fullName: pupil.fullName, leftOn };
}
