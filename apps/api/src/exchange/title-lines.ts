/** What the title lines above a table say: class, subject, time of the year, school year. */
import { normalizeClassName } from './class-name.js';
import { cellText, type SheetCells } from './workbook-cells.js';

export interface TitleFacts {
  readonly className: string | null;
  /** As written: "Toán". */
  readonly subject: string | null;
  readonly period: TitlePeriod | null;
  /** "2026-2027" */
  readonly schoolYear: string | null;
}

export type TitlePeriod = 'HK1' | 'HK2' | 'GHK1' | 'CHK1' | 'GHK2' | 'CN';

/** A value in a title line ends at a separator or where the next fact begins; subjects have commas and brackets. */
const END = String.raw`(?=\s*(?:[·;|–—]|-\s|môn\b|môn |lớp |lớp:|học k[iìyỳ] |hk ?[i12]|giữa học|cuối học|cuối năm|cả năm|năm học|giáo viên|gvcn|$))`;
const CLASS = new RegExp(String.raw`(?:^|[\s(])lớp:?\s*(\d[^,()]*?)(?:\s*[,()]|${END})`, 'iu');
const SUBJECT = new RegExp(
  String.raw`(?:môn(?: học)?(?:\/hoạt động giáo dục)?|hoạt động giáo dục|nội dung):?\s+(\p{L}.*?)${END}`,
  'iu',
);
const YEAR = /năm học:?\s*(\d{4})\s*[-–—]\s*(\d{4})/iu;
const TERM = /(?:(giữa|cuối)\s+)?(?:học\s+k[iìyỳ]|hk)\s*(ii|i|2|1)(?![\p{L}\p{N}])/iu;

/** Reads the rows above the headings; what is not said is null. */
export function readTitle(sheet: SheetCells, headingRow: number): TitleFacts {
  const lines = sheet.rows.slice(0, headingRow).map((row) =>
    row
      .map(cellText)
      .filter((text) => text !== '')
      .join(' · '),
  );
  const first = <T>(read: (line: string) => T | null): T | null => {
    for (const line of lines) {
      const found = read(line);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    className: first((line) => {
      const name = CLASS.exec(line)?.[1];
      return name === undefined ? null : normalizeClassName(name);
    }),
    subject: first((line) => SUBJECT.exec(line)?.[1]?.trim() ?? null),
    period: first(readPeriod),
    schoolYear: first((line) => {
      const [, from, to] = YEAR.exec(line) ?? [];
      return from === undefined ? null : `${from}-${to}`;
    }),
  };
}

function readPeriod(line: string): TitlePeriod | null {
  const [, part, number] = TERM.exec(line) ?? [];
  if (number !== undefined) {
    const second = number.toLowerCase() === 'ii' || number === '2';
    if (part === undefined) return second ? 'HK2' : 'HK1';
    if (part.toLowerCase() === 'giữa') return second ? 'GHK2' : 'GHK1';
    return second ? 'CN' : 'CHK1';
  }
  return /cuối năm|cả năm/iu.test(line) ? 'CN' : null;
}
