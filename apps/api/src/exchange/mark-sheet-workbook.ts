/**
 * Mark sheets as .xlsx: the template with the pupils filled in, and what comes back from teachers. A workbook holds one
 * sheet or many (every subject of a class, or one subject of every class); the reader takes the one that its title or
 * its name says. Pure: bytes to rows and problems.
 */
import { PERIOD_LABELS } from '#regulations/labels.js';
import { parseValue, type SheetColumn } from '#regulations/sheets.js';
import { CLASS_LIST_KEYS, PUPIL_LANDMARKS } from './class-list-columns.js';
import { findHeadings, mapColumns, type ColumnMap } from './headings.js';
import {
  MARK_SHEET_IGNORED,
  markField,
  markHeading,
  printedValue,
  type MarkSheetTarget,
} from './mark-sheet-columns.js';
import { chooseMarkSheet, reportOtherSheet, titleOf } from './mark-sheet-choice.js';
import { readTitle, type TitleFacts } from './title-lines.js';
import { cellAddress, cellText, readCells, type Cell } from './workbook-cells.js';
import { ProblemList, type WorkbookProblem } from './workbook-problem.js';
import { sheetName, writeTables, type TableSheet } from './workbook-writing.js';

export interface MarkSheetPupil {
  readonly code: string;
  readonly fullName: string;
  /** Column code → canonical value; what is not there is left empty to fill in. */
  readonly values: Readonly<Record<string, string | null | undefined>>;
}

export interface MarkSheet extends MarkSheetTarget {
  readonly schoolName: string;
  readonly teacher?: string;
  readonly pupils: readonly MarkSheetPupil[];
}

/**
 * One workbook with a sheet each, named by subject, or by class where the sheets are of several classes. The same
 * sheets give the same bytes.
 */
export async function writeMarkSheets(sheets: readonly MarkSheet[]): Promise<Uint8Array> {
  const classes = new Set(sheets.map(({ className }) => className));
  const taken = new Set<string>();
  return writeTables(
    sheets.map((sheet) =>
      tableOf(sheet, sheetName(classes.size > 1 ? sheet.className : sheet.areaShort, taken)),
    ),
  );
}

function tableOf(sheet: MarkSheet, name: string): TableSheet {
  const { className, areaLabel, period, schoolYear, columns, teacher } = sheet;
  return {
    name,
    head: [sheet.schoolName.toUpperCase()],
    title: [
      'BẢNG THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH',
      `Lớp: ${className} · Môn học/Hoạt động giáo dục: ${areaLabel} · ${PERIOD_LABELS[period]} · Năm học: ${schoolYear}`,
      ...(teacher === undefined ? [] : [`Giáo viên: ${teacher}`]),
    ],
    columns: [
      { heading: 'STT', width: 5, align: 'center' },
      { heading: 'Mã học sinh', width: 13, align: 'center' },
      { heading: 'Họ và tên', width: 28, align: 'left' },
      ...columns.map((column) => markHeading(sheet.area, column)),
    ],
    rows: sheet.pupils.map((pupil, index) => [
      { count: index + 1 },
      pupil.code,
      pupil.fullName,
      ...columns.map((column) => {
        const value = pupil.values[column.code];
        return value === null || value === undefined ? null : printedValue(column, value);
      }),
    ]),
    foot: [],
    landscape: columns.length > 6,
  };
}

export interface MarkSheetCell {
  /** Column code: "TX1". */
  readonly column: string;
  /** "E8" */
  readonly cell: string;
  /** As it stands in the file. */
  readonly text: string;
  /** Canonical value; null where it is refused (then there is a problem for the cell). */
  readonly value: string | null;
}

export interface MarkSheetRow {
  /** Row of the sheet, from 1. */
  readonly row: number;
  readonly pupilCode: string;
  /** For checking only; "" where the file has none. */
  readonly fullName: string;
  /** Cells that hold something; empty cells say nothing. */
  readonly cells: readonly MarkSheetCell[];
}

export interface MarkSheetReading {
  readonly sheet: string;
  readonly title: TitleFacts;
  /** Columns of the target that the file has, by code. */
  readonly columns: readonly string[];
  readonly rows: readonly MarkSheetRow[];
  readonly problems: readonly WorkbookProblem[];
}

type Field = 'pupilCode' | 'fullName' | 'familyNames' | 'givenName' | `mark:${string}`;

/**
 * Reads the sheet of a workbook that the target names.
 * @param sheet its name, where a person chose it
 * @throws WorkbookError when the file, the sheet or its headings cannot be found
 */
export async function readMarkSheet(
  bytes: Uint8Array,
  target: MarkSheetTarget,
  sheet?: string,
): Promise<MarkSheetReading> {
  const chosen = chooseMarkSheet(await readCells(bytes), target, sheet);
  const headings = findHeadings(chosen, PUPIL_LANDMARKS);
  const fieldOf = fieldsOf(target.columns);
  const columns = mapColumns<Field>(headings.headings, fieldOf, MARK_SHEET_IGNORED);
  const title = readTitle(chosen, headings.headingRow);
  const problems = new ProblemList(chosen.name);
  reportOtherSheet(title, target, problems);
  reportColumns(columns, problems);
  const rows = chosen.rows
    .slice(headings.firstDataRow)
    .flatMap((cells, index) =>
      readRow({ cells, row: headings.firstDataRow + index + 1, columns: columns.columnOf, target, problems }),
    );
  reportDuplicates(rows, problems, columns.columnOf.get('pupilCode') ?? 0);
  return {
    sheet: chosen.name,
    title,
    columns: target.columns.map(({ code }) => code).filter((code) => columns.columnOf.has(`mark:${code}`)),
    rows,
    problems: problems.problems,
  };
}

/** The sheets of a workbook with what their titles say, for a person to choose from. */
export async function listMarkSheets(bytes: Uint8Array): Promise<{ sheet: string; title: TitleFacts }[]> {
  return (await readCells(bytes)).map((sheet) => ({ sheet: sheet.name, title: titleOf(sheet) }));
}

function fieldsOf(columns: readonly SheetColumn[]): (key: string) => Field | undefined {
  const marks = markField(columns);
  return (key) => {
    for (const field of ['pupilCode', 'fullName', 'familyNames', 'givenName'] as const) {
      if (CLASS_LIST_KEYS[field].includes(key)) return field;
    }
    const code = marks(key);
    return code === undefined ? undefined : `mark:${code}`;
  };
}

function reportColumns({ unknown, twice }: ColumnMap<Field>, problems: ProblemList): void {
  for (const { index, text } of unknown) {
    const message = `Cột “${text}” không có trong sổ này nên không được đọc.`;
    problems.add({ code: 'UNKNOWN_COLUMN', column: index + 1, found: text, message });
  }
  for (const { heading } of twice) {
    const message = `Có hai cột cùng nghĩa với “${heading.text}”; hãy bỏ bớt một cột.`;
    problems.add({ code: 'DUPLICATE_COLUMN', column: heading.index + 1, found: heading.text, message });
  }
}

interface RowInput {
  readonly cells: readonly (Cell | null)[];
  readonly row: number;
  readonly columns: ReadonlyMap<Field, number>;
  readonly target: MarkSheetTarget;
  readonly problems: ProblemList;
}

function readRow({ cells, row, columns, target, problems }: RowInput): MarkSheetRow[] {
  const cell = (field: Field): Cell | null => cells[columns.get(field) ?? -1] ?? null;
  const pupilCode = cellText(cell('pupilCode')).normalize('NFKC').replace(/ /gu, '');
  const fullName =
    cellText(cell('fullName')) || `${cellText(cell('familyNames'))} ${cellText(cell('givenName'))}`.trim();
  const filled = target.columns.flatMap((column) => {
    const index = columns.get(`mark:${column.code}`);
    const found = index === undefined ? null : (cells[index] ?? null);
    return index === undefined || found === null ? [] : [{ column, index, found }];
  });
  if (pupilCode === '') {
    // Signatures and notes below the table have no marks; marks without a pupil must not be lost unseen.
    const marks = filled.some(
      ({ column, found }) => parseValue(column.kind, cellText(found)).ok && column.kind !== 'remark',
    );
    if (marks) {
      const message = `Dòng ${row}${fullName === '' ? '' : ` (${fullName})`} có điểm hoặc mức đánh giá nhưng không có mã học sinh.`;
      problems.add({ code: 'MISSING_PUPIL_CODE', row, column: (columns.get('pupilCode') ?? 0) + 1, message });
    }
    return [];
  }
  return [
    {
      row,
      pupilCode,
      fullName,
      cells: filled.map(({ column, index, found }) =>
        readMark(column, found, { row, column: index + 1 }, problems),
      ),
    },
  ];
}

function readMark(
  column: SheetColumn,
  found: Cell,
  place: { readonly row: number; readonly column: number },
  problems: ProblemList,
): MarkSheetCell {
  const text = cellText(found);
  const read = { column: column.code, cell: cellAddress(place.row, place.column), text };
  if (found.kind === 'date' && column.kind !== 'remark') {
    problems.add({
      code: 'TURNED_INTO_DATE',
      ...place,
      found: text,
      ...suggestMark(found.date),
      message: `Excel đã đổi ô ${read.cell} thành ngày ${text}; hãy định dạng cột là Văn bản và gõ lại điểm.`,
    });
    return { ...read, value: null };
  }
  if (found.kind === 'boolean') {
    problems.add({
      code: 'UNREADABLE_CELL',
      ...place,
      found: text,
      message: `Ô ${read.cell} không phải là điểm hay mức đánh giá.`,
    });
    return { ...read, value: null };
  }
  const parsed = parseValue(column.kind, text.normalize(column.kind === 'remark' ? 'NFC' : 'NFKC'));
  if (parsed.ok) return { ...read, value: parsed.value };
  problems.add({
    code: 'VALUE_REFUSED',
    ...place,
    found: text,
    message: `Ô ${read.cell}, ${column.label}: ${parsed.message}.`,
  });
  return { ...read, value: null };
}

/** A Vietnamese Excel makes 8 May of "8.5": day and month are the mark's two parts. */
function suggestMark(date: string): { suggestion?: string } {
  const [, month, day] = date.split('-').map(Number) as [number, number, number];
  return day <= 10 && month < 10 ? { suggestion: `${day},${month}` } : {};
}

function reportDuplicates(rows: readonly MarkSheetRow[], problems: ProblemList, column: number): void {
  const firstRow = new Map<string, number>();
  for (const { pupilCode, row, fullName } of rows) {
    const first = firstRow.get(pupilCode);
    if (first === undefined) firstRow.set(pupilCode, row);
    else {
      const message = `Mã học sinh ${pupilCode} (${fullName}) ở dòng ${row} đã có ở dòng ${first}.`;
      problems.add({ code: 'DUPLICATE_PUPIL', row, column: column + 1, found: pupilCode, message });
    }
  }
}
