/** Decides what a set of typed cells does to a sheet: all problems at once, or every row to write. Pure. */
import { parseValue, type SheetColumn } from '#regulations/sheets.js';
import type { ProblemItem } from '../http/problem.js';
import type { MarkCell } from './gradebook.entities.js';
import { cellKey } from './mark-store.js';

/** A cell as someone typed or imported it. */
export interface TypedCell {
  readonly pupilId: string;
  readonly column: string;
  /** Null or empty clears the draft. */
  readonly value: string | null;
  /** The version the writer saw; 0 for an empty cell. */
  readonly version: number;
}

/** A pupil as the plan needs them. */
export interface PlanPupil {
  readonly id: string;
  readonly fullName: string;
  readonly leftOn: string | null;
}

/** The sheet as it is now. */
export interface SheetState {
  readonly columns: readonly SheetColumn[];
  readonly pupils: ReadonlyMap<string, PlanPupil>;
  readonly cells: ReadonlyMap<string, MarkCell>;
  /** Why a cell is closed, in words; null when it is open. */
  whyClosed(column: string, pupilId: string): string | null;
  /** The colleague whose column it is; null when one may write in it. */
  ownerOf(column: string): string | null;
}

/** Both values of a cell that someone else changed meanwhile. */
export interface Conflict {
  readonly pupilId: string;
  readonly column: string;
  readonly mine: string | null;
  readonly theirs: string | null;
  readonly version: number;
  readonly teacherId: string | null;
  readonly updatedAt: string | null;
}

/** What becomes of one typed cell. */
export interface PlannedCell {
  readonly typed: TypedCell;
  /** Canonical value. */
  readonly value: string | null;
  readonly current: MarkCell | null;
  readonly change: 'new' | 'changed' | 'unchanged';
}

/** Codes of the problems of a cell, gravest first. */
export const DRAFT_PROBLEMS = [
  'PUPIL_UNKNOWN',
  'FORBIDDEN',
  'CELL_CLOSED',
  'CELL_RECORDED',
  'CELL_INVALID',
  'STALE_VERSION',
] as const;
export type DraftProblemCode = (typeof DRAFT_PROBLEMS)[number];

/** What is wrong with one typed cell. */
export interface DraftProblem {
  readonly index: number;
  readonly code: DraftProblemCode;
  readonly message: string;
  readonly conflict?: Conflict;
}

/** Plans every cell; a cell with a problem is not among the planned ones. */
export function planDrafts(
  typed: readonly TypedCell[],
  sheet: SheetState,
): { readonly cells: readonly PlannedCell[]; readonly problems: readonly DraftProblem[] } {
  const cells: PlannedCell[] = [];
  const problems: DraftProblem[] = [];
  typed.forEach((cell, index) => {
    const planned = planCell(cell, sheet);
    if ('code' in planned) problems.push({ index, ...planned });
    else cells.push(planned);
  });
  return { cells, problems };
}

function planCell(typed: TypedCell, sheet: SheetState): PlannedCell | Omit<DraftProblem, 'index'> {
  const pupil = sheet.pupils.get(typed.pupilId);
  if (pupil === undefined) return { code: 'PUPIL_UNKNOWN', message: 'Học sinh này không có trong lớp.' };
  const column = sheet.columns.find((candidate) => candidate.code === typed.column);
  const where = `${pupil.fullName}, ${column?.label ?? typed.column}`;
  if (column === undefined) return { code: 'CELL_INVALID', message: `${where}: bảng này không có cột ấy.` };
  const current = sheet.cells.get(cellKey(typed.pupilId, typed.column)) ?? null;
  const owner = sheet.ownerOf(typed.column);
  if (owner !== null) return { code: 'FORBIDDEN', message: `${where}: cột này do ${owner} phụ trách.` };
  const closed = sheet.whyClosed(typed.column, typed.pupilId);
  if (closed !== null) return { code: 'CELL_CLOSED', message: `${where}: ${closed}` };
  if (current?.state === 'recorded') {
    return { code: 'CELL_RECORDED', message: `${where}: đã ghi sổ, chỉ sửa được bằng đề nghị sửa.` };
  }
  if (pupil.leftOn !== null) {
    return { code: 'CELL_INVALID', message: `${where}: học sinh đã rời lớp ngày ${pupil.leftOn}.` };
  }
  const empty = typed.value === null || typed.value.trim() === '';
  const parsed = empty ? ({ ok: true, value: null } as const) : parseValue(column.kind, typed.value ?? '');
  if (!parsed.ok) return { code: 'CELL_INVALID', message: `${where}: ${parsed.message}.` };
  return planValue(typed, parsed.value, current, where);
}

function planValue(
  typed: TypedCell,
  value: string | null,
  current: MarkCell | null,
  where: string,
): PlannedCell | Omit<DraftProblem, 'index'> {
  // The same value twice is no conflict: a browser may send again what it could not know was saved.
  if ((current?.value ?? null) === value) return { typed, value, current, change: 'unchanged' };
  if ((current?.version ?? 0) !== typed.version) {
    return {
      code: 'STALE_VERSION',
      message: `${where}: ô này vừa đổi thành “${current?.value ?? ''}”, bạn nhập “${value ?? ''}”.`,
      conflict: {
        pupilId: typed.pupilId,
        column: typed.column,
        mine: value,
        theirs: current?.value ?? null,
        version: current?.version ?? 0,
        teacherId: current?.teacherId ?? null,
        updatedAt: current?.updatedAt ?? null,
      },
    };
  }
  return { typed, value, current, change: current === null || current.value === null ? 'new' : 'changed' };
}

/**
 * Row by row: the cells of the pupils in whose rows nothing is wrong. A row is saved as a whole or not at all, so the
 * good cells of a row with a problem are left out too.
 */
export function wholeRows(
  typed: readonly TypedCell[],
  cells: readonly PlannedCell[],
  problems: readonly DraftProblem[],
): PlannedCell[] {
  const wrong = new Set(problems.map(({ index }) => typed[index]?.pupilId));
  return cells.filter((cell) => !wrong.has(cell.typed.pupilId));
}

/** The problems as items of an answer, each at its place in the request. */
export function problemItems(problems: readonly DraftProblem[]): ProblemItem[] {
  return problems.map(({ index, code, message }) => ({ where: `cells.${index}`, code, message }));
}
