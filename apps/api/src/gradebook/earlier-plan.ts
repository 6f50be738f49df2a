/** What becomes of marks typed from another school's papers: all problems at once, or every row to write. Pure. */
import { parseValue } from '#regulations/sheets.js';
import type { EarlierMarksRequest } from '#contracts/earlier-marks.js';
import type { ProblemItem } from '../http/problem.js';
import { NOT_TAKEN, sheetOf, takes, type ClassInfo } from '../school/class-info.js';
import type { EarlierMark, MarkCell } from './gradebook.entities.js';
import { cellKey } from './mark-store.js';

/** A cell with its canonical value. */
export type PlannedEarlier = Pick<EarlierMark, 'area' | 'period' | 'columnCode' | 'value'>;

/** One cell among all of a class: "area period pupil column". */
export function placeKey(cell: Pick<MarkCell, 'area' | 'period' | 'pupilId' | 'columnCode'>): string {
  return `${cell.area} ${cell.period} ${cellKey(cell.pupilId, cell.columnCode)}`;
}

/** @param recorded places of the class that hold something recorded, by {@link placeKey} */
export function planEarlier(
  info: ClassInfo,
  { pupilId, cells }: EarlierMarksRequest,
  recorded: ReadonlySet<string>,
): { readonly cells: readonly PlannedEarlier[]; readonly items: readonly ProblemItem[] } {
  const items: ProblemItem[] = [];
  const planned = cells.flatMap(({ area, period, column, value }, i): PlannedEarlier[] => {
    const refuse = (code: string, message: string): [] => {
      items.push({ where: `cells.${String(i)}`, code, message });
      return [];
    };
    const sheet = sheetOf(info, area, period);
    const found = sheet?.columns.find(({ code }) => code === column);
    if (sheet === null || found === undefined) {
      return refuse('CELL_INVALID', `Lớp này không có cột ${column} của ${area}, ${period}.`);
    }
    if (!takes(info, pupilId, area)) {
      return refuse('CELL_INVALID', `${sheet.area.label}: ${NOT_TAKEN}`);
    }
    const place = { area, period, columnCode: column };
    const where = `${sheet.area.label}, ${found.label}`;
    if (recorded.has(placeKey({ ...place, pupilId }))) {
      return refuse('CELL_RECORDED', `${where}: ô này đã ghi sổ, chỉ sửa được bằng đề nghị sửa.`);
    }
    if (value === null) return [{ ...place, value }];
    const parsed = parseValue(found.kind, value);
    if (!parsed.ok) return refuse('CELL_INVALID', `${where}: ${parsed.message}.`);
    return [{ ...place, value: parsed.value }];
  });
  return { cells: planned, items };
}
