/** Writing tables the way schools print them: title lines merged over the table, headings of one or two lines, borders. */
import writeXlsxFile from 'write-excel-file/node';
import type { CellObject, Row as SheetRow } from 'write-excel-file/node';
import { escapeFormula } from './workbook-cells.js';
import { withFixedTimes } from './zip-writing.js';

/** A column with its heading; columns next to each other with the same `group` share a heading merged over them. */
export interface TableColumn {
  readonly heading: string;
  readonly group?: string;
  /** In characters. */
  readonly width: number;
  readonly align: 'left' | 'center';
}

/** What a cell holds: texts stay texts whatever they look like; a day is YYYY-MM-DD. */
export type TableCell = string | { readonly day: string } | { readonly count: number } | null;

export interface TableSheet {
  /** Name of the sheet, at most 31 characters, none of []/\:*? */
  readonly name: string;
  /** Lines at the top left (office, school). */
  readonly head: readonly string[];
  /** Centred lines over the whole table; the first is the title. */
  readonly title: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  /** Lines below the table. */
  readonly foot: readonly string[];
  readonly landscape: boolean;
}

const FONT = { fontFamily: 'Times New Roman', fontSize: 12 } as const;
const BORDER = { borderStyle: 'thin', borderColor: '#000000' } as const;
/** The text format: Excel then leaves 8.5, 6/1 and 083… alone when someone types them. */
const AS_TEXT = '@';
const DAY_FORMAT = 'dd/mm/yyyy';

/** Columns that the head lines are merged over. */
const HEAD_SPAN = 4;

/**
 * The bytes of an .xlsx file with these sheets; the same sheets give the same bytes. Texts that begin like a formula
 * are escaped.
 */
export async function writeTables(sheets: readonly TableSheet[]): Promise<Uint8Array> {
  const written = await writeXlsxFile(
    sheets.map((sheet) => ({
      sheet: sheet.name,
      data: sheetRows(sheet),
      columns: sheet.columns.map(({ width }) => ({ width })),
      stickyRowsCount: headingEnd(sheet),
      ...(sheet.landscape ? { orientation: 'landscape' as const } : {}),
    })),
    FONT,
  ).toBuffer();
  return withFixedTimes(new Uint8Array(written));
}

function sheetRows(sheet: TableSheet): SheetRow[] {
  const width = sheet.columns.length;
  return [
    ...sheet.head.map((line) =>
      merged(line, Math.min(HEAD_SPAN, width), { align: 'center', fontWeight: 'bold' }),
    ),
    [],
    ...sheet.title.map((line, index) =>
      merged(line, width, { align: 'center', ...(index === 0 ? { fontWeight: 'bold', fontSize: 14 } : {}) }),
    ),
    [],
    ...headingRows(sheet.columns),
    ...sheet.rows.map((row) => sheet.columns.map((column, index) => bodyCell(row[index] ?? null, column))),
    ...(sheet.foot.length > 0 ? [[]] : []),
    ...sheet.foot.map((line) => merged(line, width, { align: 'left', fontStyle: 'italic' })),
  ];
}

/** Rows down to the end of the headings; they stay in view. */
function headingEnd({ head, title, columns }: TableSheet): number {
  return head.length + title.length + 2 + (isGrouped(columns) ? 2 : 1);
}

function isGrouped(columns: readonly TableColumn[]): boolean {
  return columns.some(({ group }) => group !== undefined);
}

function merged(text: string, span: number, style: Partial<CellObject>): SheetRow {
  const cell: CellObject = { value: escapeFormula(text), type: String, columnSpan: span, ...style };
  return [cell, ...Array.from({ length: span - 1 }, () => null)];
}

const HEADING = {
  ...BORDER,
  fontWeight: 'bold',
  align: 'center',
  alignVertical: 'center',
  wrap: true,
  backgroundColor: '#E8EEF7',
} as const;

function headingRows(columns: readonly TableColumn[]): SheetRow[] {
  if (!isGrouped(columns)) return [columns.map(({ heading }) => headingCell(heading))];
  const top = columns.map(({ heading, group }, index) => {
    if (group === undefined) return { ...headingCell(heading), rowSpan: 2 };
    if (columns[index - 1]?.group === group) return null;
    const rest = columns.slice(index);
    const end = rest.findIndex((column) => column.group !== group);
    return { ...headingCell(group), columnSpan: end < 0 ? rest.length : end };
  });
  const below = columns.map(({ heading, group }) => (group === undefined ? null : headingCell(heading)));
  return [top, below];
}

function headingCell(text: string): CellObject {
  return { ...HEADING, value: escapeFormula(text), type: String };
}

function bodyCell(cell: TableCell, { align }: TableColumn): CellObject {
  const style = { ...BORDER, align, alignVertical: 'center', wrap: align === 'left' } as const;
  if (cell === null || cell === '') return { ...style, type: String, format: AS_TEXT };
  if (typeof cell === 'string')
    return { ...style, type: String, format: AS_TEXT, value: escapeFormula(cell) };
  if ('count' in cell) return { ...style, type: Number, value: cell.count };
  return { ...style, type: Date, format: DAY_FORMAT, value: new Date(`${cell.day}T00:00:00Z`) };
}

/** A sheet's name out of any text: without the signs that Excel refuses, at most 31 characters, not in `taken`. */
export function sheetName(text: string, taken: Set<string>): string {
  const base = text.replace(/[[\]/\\:*?]/gu, '-').slice(0, 31) || 'Trang';
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base.slice(0, 28)} ${n}`;
  taken.add(name.toLowerCase());
  return name;
}
