/** Areas of a class's sheets by their names, and which sheet is at work now. */
import type { SheetSummary } from '#contracts/gradebook.js';
import { CONDUCT_AREA, sheetAreas, TRAITS_AREA } from '#regulations/sheets.js';
import type { RuleSetId } from '#regulations/types.js';

/** In assignments, the homeroom (giáo viên chủ nhiệm) is an area of its own. */
export const HOMEROOM = 'GVCN';

/** The homeroom teacher's own sheet. */
export function homeroomArea(ruleSet: RuleSetId): string {
  return ruleSet === 'tt22-2021' ? CONDUCT_AREA : TRAITS_AREA;
}

/** The official name; the code itself for an area that the programme does not know. */
export function areaLabel(ruleSet: RuleSetId, grade: number, area: string): string {
  return sheetAreas(ruleSet, grade).find((known) => known.area === area)?.label ?? area;
}

/** One area with its sheets in the order of the year. */
export interface AreaSheets {
  readonly area: string;
  readonly label: string;
  readonly mine: boolean;
  readonly sheets: readonly SheetSummary[];
}

/** Sheets by area, in the order in which they come. */
export function byArea(sheets: readonly SheetSummary[]): readonly AreaSheets[] {
  const groups = new Map<string, SheetSummary[]>();
  for (const sheet of sheets) {
    const group = groups.get(sheet.area);
    if (group === undefined) groups.set(sheet.area, [sheet]);
    else group.push(sheet);
  }
  return [...groups].map(([area, group]) => ({
    area,
    label: group[0]?.label ?? area,
    mine: group.some((sheet) => sheet.mine),
    sheets: group,
  }));
}

/** The period at work: the first that is not locked, else the last one; null when the area has no sheet. */
export function periodAtWork(sheets: readonly SheetSummary[], area: string): string | null {
  const own = sheets.filter((sheet) => sheet.area === area);
  return (own.find((sheet) => !sheet.locked) ?? own.at(-1))?.period ?? null;
}

/** How far a sheet is. */
export type Progress = 'locked' | 'done' | 'begun' | 'empty';

export function progressOf(sheet: SheetSummary): Progress {
  if (sheet.locked) return 'locked';
  if (sheet.required > 0 && sheet.recorded >= sheet.required) return 'done';
  return sheet.recorded + sheet.drafts > 0 ? 'begun' : 'empty';
}
