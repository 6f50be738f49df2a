/** ĐTBmhk while the term runs: by the same rule as the server's result, from what the page shows. */
import type { SheetAnswer, SheetCellAnswer, SheetColumnAnswer } from '#contracts/gradebook.js';
import { formatAverage } from '#regulations/decimal.js';
import { parseScore } from '#regulations/marks.js';
import { termAverage } from '#regulations/tt22/averages.js';

const MIDTERM = 'GK';
const FINAL = 'CK';

/** Only score subjects of TT 22/2021 have a term average. */
export function hasAverage(sheet: SheetAnswer): boolean {
  return sheet.ruleSet === 'tt22-2021' && sheet.columns.some((column) => column.kind === 'score');
}

/** "7.8", or null while a mark is missing or is not a number (an absence is for the official result to judge). */
export function provisionalAverage(
  columns: readonly SheetColumnAnswer[],
  cells: ReadonlyMap<string, SheetCellAnswer>,
): string | null {
  const markOf = (code: string) => parseScore(cells.get(code)?.value);
  const regular = columns.filter((column) => column.kind === 'score').map((column) => markOf(column.code));
  const known = regular.filter((mark) => mark !== null);
  const midterm = markOf(MIDTERM);
  const final = markOf(FINAL);
  if (known.length < regular.length || midterm === null || final === null) return null;
  return formatAverage(termAverage(known, midterm, final));
}
