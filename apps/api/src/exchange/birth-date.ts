/** Birth dates as they stand in class lists: dd/mm/yyyy, also with dots, hyphens or one digit, or a date of Excel. */
import type { Cell } from './workbook-cells.js';

/** YYYY-MM-DD, or null where the cell holds no certain day (two-digit years are not guessed). */
export function readBirthDate(cell: Cell): string | null {
  if (cell.kind === 'date') return cell.date;
  if (cell.kind !== 'text') return null;
  const text = cell.text.normalize('NFKC').replace(/ /gu, '');
  const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(text);
  if (dayFirst) return realDay(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1]));
  const yearFirst = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  return yearFirst ? realDay(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])) : null;
}

/** Null for 31/02. */
function realDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}
