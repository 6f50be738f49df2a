/**
 * Looks through the XML of a sheet before the library parses it. Only tags of the plain form that spreadsheet programs
 * write are let through, so that what is checked here is what the library reads.
 */
import { WorkbookError } from './workbook-error.js';

/** Furthest cell of a sheet: a register of a large school fits, a stray cell in the last row or column does not. */
const LAST_ROW = 10_000;
const LAST_COLUMN = 256;
const MOST_CELLS = 300_000;

/** What a cell reads as when its formula was never computed. */
const NOT_COMPUTED = '#CHƯA_TÍNH';

/** Start of a row or cell, whatever its prefix; then the plain form of the whole tag. */
const START = /<(?:[^\s<>/]*:)?(?:c|row)(?=[\s/>])/gu;
const PLAIN = /<(?:\w+:)?(?:c|row)((?:\s+[A-Za-z_][\w.-]*(?::[\w.-]+)?="[^"<>&]*")*)\s*\/?>/uy;
const PLACE = /\s(?:[\w.-]+:)?r="([^"]*)"/gu;

/**
 * Refuses a sheet that would make the reader fill millions of cells (one cell in row 1,048,576 does), and makes cells
 * that the library would take for empty readable as what they are.
 * @param name of the part, for messages
 * @returns the XML to read
 * @throws WorkbookError
 */
export function checkSheetXml(name: string, xml: string): string {
  let tags = 0;
  for (const { index } of xml.matchAll(START)) {
    tags++;
    if (tags > MOST_CELLS)
      throw new WorkbookError('WORKBOOK_LIMIT', `Trang tính ${name} có quá nhiều ô. ${TIDY}`);
    PLAIN.lastIndex = index;
    const [, attributes] = PLAIN.exec(xml) ?? [];
    if (attributes === undefined) {
      throw new WorkbookError(
        'DAMAGED_WORKBOOK',
        `Trang tính ${name} không do phần mềm bảng tính ghi. Hãy lưu lại bằng Excel.`,
      );
    }
    for (const [, place = ''] of attributes.matchAll(PLACE)) refuseFarPlace(name, place);
  }
  return showUnreadableCells(xml);
}

const TIDY = 'Hãy xóa các dòng cuối và các cột bên phải không dùng rồi lưu lại.';

function refuseFarPlace(name: string, place: string): void {
  const [, letters = '', digits] = /^([A-Z]{0,3})([1-9][0-9]{0,6})$/u.exec(place) ?? [];
  if (digits !== undefined && Number(digits) <= LAST_ROW && columnNumber(letters) <= LAST_COLUMN) return;
  throw new WorkbookError(
    'WORKBOOK_LIMIT',
    `Trang tính ${name} có ô ${place.slice(0, 12)} ở quá xa. ${TIDY}`,
  );
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

const FORMULA_ERROR = /(<(?:\w+:)?c\b[^<>]*\st=)"e"/gu;
const FORMULA =
  /(<(?:\w+:)?c\b[^<>]*[^<>/])>(<(?:\w+:)?f\b[^<>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>))(<(?:\w+:)?v\s*\/>|<(?:\w+:)?v><\/(?:\w+:)?v>)?(?=<\/(?:\w+:)?c>)/gu;

/**
 * The library takes a failed formula (#N/A) and one whose result was not saved for an empty cell. A mark must not
 * vanish like that: both are made texts here, which are then refused where they stand.
 */
function showUnreadableCells(xml: string): string {
  return xml
    .replace(FORMULA_ERROR, '$1"str"')
    .replace(FORMULA, (cell, open: string, formula: string, saved?: string) => {
      const emptyText = saved !== undefined && open.includes(' t="str"');
      return emptyText
        ? cell
        : `${open.replace(/\st="[^"]*"/u, '')} t="str">${formula}<v>${NOT_COMPUTED}</v>`;
    });
}
