/** Judges the cells of a request: which may be asked about, and what is wrong with the others. Pure. */
import { parseValue } from '#regulations/sheets.js';
import type { CorrectionCellDto } from '#contracts/corrections.js';
import { cellKey } from '../gradebook/mark-store.js';
import type { LoadedSheet } from '../gradebook/sheet-states.js';
import { notFound, Problem, type ProblemCode, type ProblemItem } from '../http/problem.js';

/** A cell that may be asked about. */
export interface AskedCell {
  readonly columnCode: string;
  readonly pupilId: string;
  readonly markId: string | null;
  readonly oldValue: string | null;
  readonly newValue: string;
  readonly markVersion: number;
  readonly teacherOfRecord: string;
}

/** A cell that may not, with the code that an answer about it alone would have. */
export interface RefusedCell {
  readonly code: ProblemCode;
  readonly message: string;
  readonly current?: { readonly value: string | null; readonly version: number };
}

const GRAVEST_FIRST: readonly ProblemCode[] = [
  'NOT_FOUND',
  'STATE_CONFLICT',
  'CELL_INVALID',
  'ALREADY_EXISTS',
  'STALE_VERSION',
];

/** Who recorded the cell; null when it is not recorded. */
export function recordedBy({ cells }: LoadedSheet, { pupilId, column }: CorrectionCellDto): string | null {
  const mark = cells.get(cellKey(pupilId, column));
  return mark?.state === 'recorded' ? mark.teacherId : null;
}

export function isAsked(cell: AskedCell | RefusedCell): cell is AskedCell {
  return !('code' in cell);
}

/** @param personId who asks: of a missing cell they become the teacher of record */
export function askedCell(
  loaded: LoadedSheet,
  cell: CorrectionCellDto,
  personId: string,
): AskedCell | RefusedCell {
  const pupil = loaded.pupils.find((found) => found.pupil.id === cell.pupilId);
  if (pupil === undefined) return { code: 'NOT_FOUND', message: 'Học sinh này không có trong lớp.' };
  const column = loaded.sheet.columns.find(({ code }) => code === cell.column);
  const where = `${pupil.pupil.fullName}, ${column?.label ?? cell.column}`;
  if (column === undefined) return { code: 'CELL_INVALID', message: `${where}: bảng này không có cột ấy.` };
  const parsed = parseValue(column.kind, cell.newValue);
  if (!parsed.ok) return { code: 'CELL_INVALID', message: `${where}: ${parsed.message}.` };
  const mark = loaded.cells.get(cellKey(cell.pupilId, cell.column)) ?? null;
  const recorded = mark?.state === 'recorded';
  if (!recorded && !loaded.gate.locked) {
    const message = `${where}: ô này chưa ghi sổ, hãy sửa thẳng bản nháp.`;
    return { code: 'STATE_CONFLICT', message };
  }
  const oldValue = recorded ? mark.value : null;
  const version = mark?.version ?? 0;
  if (version !== cell.version) {
    const message = `${where}: ô này đã đổi kể từ khi bạn xem; nay là “${oldValue ?? ''}”.`;
    return { code: 'STALE_VERSION', message, current: { value: oldValue, version } };
  }
  if (oldValue === parsed.value) {
    return { code: 'CELL_INVALID', message: `${where}: giá trị mới giống giá trị đang có.` };
  }
  return {
    columnCode: cell.column,
    pupilId: cell.pupilId,
    markId: mark?.id ?? null,
    oldValue,
    newValue: parsed.value,
    markVersion: version,
    teacherOfRecord: recorded ? mark.teacherId : personId,
  };
}

/** @throws Problem of the gravest kind among them, naming every refused cell; both values of those that are stale */
export function refuseCells(cells: readonly (AskedCell | RefusedCell)[]): void {
  const refused = cells.flatMap((cell, index) => (isAsked(cell) ? [] : [{ index, ...cell }]));
  const code = GRAVEST_FIRST.find((candidate) => refused.some((cell) => cell.code === candidate));
  if (code === undefined) return;
  if (code === 'NOT_FOUND') throw notFound('học sinh trong lớp này');
  const items = refused.map((cell): ProblemItem => {
    return { where: `cells.${cell.index}`, code: cell.code, message: cell.message };
  });
  const conflicts = refused.flatMap(({ index, current }) =>
    current === undefined ? [] : [{ index, ...current }],
  );
  const detail = `Chưa gửi đề nghị: có ${refused.length} ô chưa nhận được.`;
  throw new Problem(code, detail, items, conflicts.length === 0 ? {} : { conflicts });
}
