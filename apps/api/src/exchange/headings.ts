/** Finding the heading row of a school's table, and which column is what, in whatever spelling. */
import { cellText, tidyText, type Cell, type SheetCells } from './workbook-cells.js';
import { WorkbookError } from './workbook-error.js';

/**
 * The form in which headings are compared: no diacritics, no case, no spaces or signs, kỳ as kì (the ministry writes
 * kì, offices kỳ).
 */
export function headingKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[đĐðÐ]/gu, 'd')
    .toLowerCase()
    .replace(/\b([hklmst])y\b/gu, '$1i')
    .replace(/[^a-z0-9]+/gu, '');
}

/** A column of the sheet under its heading; `group` is a heading merged over several columns. */
export interface Heading {
  /** From 0. */
  readonly index: number;
  readonly text: string;
  readonly group: string;
}

export interface HeadingRows {
  /** Index (from 0) of the first row below the headings. */
  readonly firstDataRow: number;
  /** Index (from 0) of the heading row: the rows above are the title. */
  readonly headingRow: number;
  readonly headings: readonly Heading[];
}

/** How far down a heading row may be. */
const SEARCHED_ROWS = 40;

/**
 * Finds the row that holds all `landmarks`, and takes a second heading row below it into account.
 * @param landmarks for each a list of heading keys of which one must be in the row
 * @throws WorkbookError NO_HEADER_ROW
 */
export function findHeadings(sheet: SheetCells, landmarks: readonly (readonly string[])[]): HeadingRows {
  const headingRow = sheet.rows.slice(0, SEARCHED_ROWS).findIndex((row) => {
    const keys = new Set(row.map((cell) => headingKey(cellText(cell))));
    return landmarks.every((variants) => variants.some((variant) => keys.has(variant)));
  });
  if (headingRow < 0) {
    throw new WorkbookError(
      'NO_HEADER_ROW',
      `Trang tính “${sheet.name}” không có dòng tiêu đề với cột “Mã học sinh” và cột “Họ và tên”. Hãy dùng tệp mẫu hoặc thêm hai cột này.`,
    );
  }
  const top = sheet.rows[headingRow] ?? [];
  const below = sheet.rows[headingRow + 1] ?? [];
  const places = landmarks.map((variants) =>
    top.findIndex((cell) => variants.includes(headingKey(cellText(cell)))),
  );
  const second = isSecondHeading(below, top, places);
  return {
    headingRow,
    firstDataRow: headingRow + (second ? 2 : 1),
    headings: joinHeadings(top, second ? below : []),
  };
}

/** The second line of a heading has nothing below the landmarks, which are merged over both lines. */
function isSecondHeading(
  below: readonly (Cell | null)[],
  top: readonly (Cell | null)[],
  landmarks: readonly number[],
): boolean {
  if (landmarks.some((index) => (below[index] ?? null) !== null)) return false;
  const named = below.filter((cell) => cell !== null);
  const underGap = below.some((cell, index) => cell !== null && (top[index] ?? null) === null);
  return named.length > 0 && (underGap || named.every((cell) => cell.kind === 'text'));
}

function joinHeadings(top: readonly (Cell | null)[], below: readonly (Cell | null)[]): Heading[] {
  const headings: Heading[] = [];
  let group = '';
  for (let index = 0; index < Math.max(top.length, below.length); index++) {
    const upper = tidyText(cellText(top[index] ?? null));
    const lower = tidyText(cellText(below[index] ?? null));
    if (upper !== '') group = upper;
    if (upper === '' && lower === '') continue;
    headings.push(lower === '' ? { index, text: upper, group: '' } : { index, text: lower, group });
  }
  return headings;
}

/** Which field each column holds, which columns nobody knows, which field stands twice. */
export interface ColumnMap<Field extends string> {
  readonly columnOf: ReadonlyMap<Field, number>;
  readonly unknown: readonly Heading[];
  readonly twice: readonly { readonly field: Field; readonly heading: Heading }[];
}

/**
 * Matches headings with fields. The heading together with the one merged above it decides ("Cha" over "Họ và tên",
 * "ĐĐGtx" over "1"); where that says nothing, the heading alone.
 * @param fieldOf the field of a heading key
 * @param ignored keys of columns that may be there and are not read
 */
export function mapColumns<Field extends string>(
  headings: readonly Heading[],
  fieldOf: (key: string) => Field | undefined,
  ignored: ReadonlySet<string>,
): ColumnMap<Field> {
  const columnOf = new Map<Field, number>();
  const unknown: Heading[] = [];
  const twice: { field: Field; heading: Heading }[] = [];
  for (const heading of headings) {
    const own = headingKey(heading.text);
    const joined = headingKey(`${heading.group} ${heading.text}`);
    const field = fieldOf(joined) ?? fieldOf(own);
    if (field === undefined) {
      if (own !== '' && !ignored.has(own) && !ignored.has(joined)) unknown.push(heading);
    } else if (columnOf.has(field)) twice.push({ field, heading });
    else columnOf.set(field, heading.index);
  }
  return { columnOf, unknown, twice };
}
