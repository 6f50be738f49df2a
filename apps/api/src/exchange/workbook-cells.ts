/** The cells of a workbook as they were typed: texts, numbers, dates, told apart and never turned into each other. */
import readXlsxFile from 'read-excel-file/universal';
import { WorkbookError } from './workbook-error.js';
import { guardWorkbook } from './workbook-guard.js';

export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  /** The shortest decimal spelling of the stored number: "8.1", not "8.0999999999999996". */
  | { readonly kind: 'number'; readonly text: string }
  /** A day, YYYY-MM-DD; what Excel makes of "6/1" or, in a Vietnamese Excel, of "8.5". */
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'boolean'; readonly value: boolean };

export interface SheetCells {
  readonly name: string;
  /** From row 1 of the sheet on; empty cells are null, empty rows are empty lists. */
  readonly rows: readonly (readonly (Cell | null)[])[];
}

/** Longest text of a cell; the rest of the row is still read. */
const LONGEST_TEXT = 2000;

/**
 * Reads every sheet of an uploaded workbook, guarded.
 * @throws WorkbookError
 */
export async function readCells(bytes: Uint8Array): Promise<SheetCells[]> {
  const guarded = guardWorkbook(bytes);
  const sheets = await parse(guarded);
  return sheets.map(({ sheet, data }) => ({
    name: tidyText(sheet),
    // A sheet of another kind (a chart), or one whose part is missing, has no data, whatever the library's types say.
    rows: ((data as typeof data | undefined) ?? []).map((row) => row.map(toCell)),
  }));
}

/** A stored number, kept as it is written in the file until it is a cell. */
class StoredNumber {
  constructor(readonly raw: string) {}
}

async function parse(guarded: Uint8Array) {
  try {
    return await readXlsxFile(guarded.buffer as ArrayBuffer, {
      trim: false,
      parseNumber: (raw) => new StoredNumber(raw),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : 'không rõ lí do';
    throw new WorkbookError(
      'DAMAGED_WORKBOOK',
      `Không đọc được bảng tính (${why}). Hãy mở bằng Excel và lưu lại.`,
    );
  }
}

/** The library's types say `typeof Date` where it gives a Date. */
function toCell(value: unknown): Cell | null {
  if (value instanceof StoredNumber) return { kind: 'number', text: String(Number(value.raw)) };
  if (value instanceof Date) return { kind: 'date', date: value.toISOString().slice(0, 10) };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value !== 'string') return null;
  const text = tidyText(unescapeFormula(value.slice(0, LONGEST_TEXT)));
  return text === '' ? null : { kind: 'text', text };
}

/** NFC, every run of spaces (also full-width and no-break ones) as one, none at the ends. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Zs}]+/gu, ' ')
    .trim();
}

/** What a cell shows, for messages and for columns of free text. */
export function cellText(cell: Cell | null): string {
  if (cell === null) return '';
  if (cell.kind === 'boolean') return cell.value ? 'TRUE' : 'FALSE';
  return cell.kind === 'date' ? cell.date.split('-').reverse().join('/') : cell.text;
}

/** "C12" of row 12, column 3; both from 1. */
export function cellAddress(row: number, column: number): string {
  return `${columnLetters(column)}${row}`;
}

/** "A" of 1, "AA" of 27. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

const STARTS_FORMULA = /^[=+\-@\t\r]/u;

/**
 * A text that no program takes for a formula, by an apostrophe before = + - @ tab CR (security 25): the file may be
 * saved as CSV later.
 */
export function escapeFormula(text: string): string {
  return STARTS_FORMULA.test(text) ? `'${text}` : text;
}

/** Takes off the apostrophe that `escapeFormula` put. */
function unescapeFormula(text: string): string {
  return text.startsWith("'") && STARTS_FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}
