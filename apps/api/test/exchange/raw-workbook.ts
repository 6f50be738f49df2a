/** Workbooks made by hand, cell by cell, for what no well-behaved program would write. */
import type { ArchiveEntry } from '#api/exchange/zip-archive.js';
import { storeArchive } from '#api/exchange/zip-writing.js';

export type RawCell =
  | string
  | number
  | null
  /** A number shown as a date: serial as Excel counts days. */
  | { readonly serial: number }
  /** A formula with the result that was saved, or without one. */
  | { readonly formula: string; readonly saved?: string }
  | { readonly error: string }
  | { readonly boolean: boolean };

export interface RawSheet {
  readonly name: string;
  readonly rows: readonly (readonly RawCell[])[];
}

/** Days from 30 December 1899: Excel's serial number of a day. */
export function serialOf(date: string): { serial: number } {
  return { serial: Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25_569 };
}

/** The bytes of a workbook with these sheets. */
export function rawWorkbook(sheets: readonly RawSheet[]): Uint8Array {
  return storeArchive(rawParts(sheets.map(({ name, rows }) => ({ name, xml: sheetXml(rows) }))));
}

/** The bytes of a workbook whose only sheet is this XML. */
export function workbookOfXml(xml: string): Uint8Array {
  return storeArchive(rawParts([{ name: 'Trang 1', xml }]));
}

export function rawParts(sheets: readonly { name: string; xml: string }[]): ArchiveEntry[] {
  const entry = (name: string, text: string): ArchiveEntry => ({
    name,
    data: new TextEncoder().encode(text),
  });
  const ids = sheets.map((_, index) => index + 1);
  return [
    entry(
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ),
    entry(
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>${sheets
        .map(({ name }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
        .join('')}</sheets></workbook>`,
    ),
    entry(
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${ids
        .map(
          (id) => `<Relationship Id="rId${id}" Type="${REL}/worksheet" Target="worksheets/sheet${id}.xml"/>`,
        )
        .join('')}</Relationships>`,
    ),
    entry(
      'xl/styles.xml',
      `${HEAD}<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="16"/></cellXfs></styleSheet>`,
    ),
    ...sheets.map(({ xml }, index) => entry(`xl/worksheets/sheet${index + 1}.xml`, xml)),
  ];
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function sheetXml(rows: readonly (readonly RawCell[])[]): string {
  const body = rows
    .map(
      (row, r) =>
        `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, `${String.fromCharCode(65 + c)}${r + 1}`)).join('')}</row>`,
    )
    .join('');
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${body}</sheetData></worksheet>`;
}

function cellXml(cell: RawCell, place: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') {
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
  }
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if ('serial' in cell) return `<c r="${place}" s="1"><v>${cell.serial}</v></c>`;
  if ('boolean' in cell) return `<c r="${place}" t="b"><v>${cell.boolean ? 1 : 0}</v></c>`;
  if ('error' in cell) return `<c r="${place}" t="e"><f>1/0</f><v>${cell.error}</v></c>`;
  const saved = cell.saved === undefined ? '' : `<v>${escapeXml(cell.saved)}</v>`;
  return `<c r="${place}"><f>${escapeXml(cell.formula)}</f>${saved}</c>`;
}

function escapeXml(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');
}
