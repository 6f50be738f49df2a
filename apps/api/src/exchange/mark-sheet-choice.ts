/** Which sheet of a workbook is meant, and whether its title says what the import is for. */
import { PERIOD_LABELS } from '#regulations/labels.js';
import type { Period } from '#regulations/types.js';
import { sameClassName } from './class-name.js';
import { PUPIL_LANDMARKS } from './class-list-columns.js';
import { findHeadings, headingKey } from './headings.js';
import type { MarkSheetTarget } from './mark-sheet-columns.js';
import { readTitle, type TitleFacts, type TitlePeriod } from './title-lines.js';
import { tidyText, type SheetCells } from './workbook-cells.js';
import { WorkbookError } from './workbook-error.js';
import type { ProblemList } from './workbook-problem.js';

/** Where no headings are found, titles are looked for in this many rows. */
const TITLE_ROWS = 8;

/** What the lines above the headings of a sheet say. */
export function titleOf(sheet: SheetCells): TitleFacts {
  try {
    return readTitle(sheet, findHeadings(sheet, PUPIL_LANDMARKS).headingRow);
  } catch (error) {
    if (error instanceof WorkbookError) return readTitle(sheet, TITLE_ROWS);
    throw error;
  }
}

/**
 * The sheet that a person named; else the only one whose title says the target; else the only one that is named after
 * the subject or the class; else the only sheet.
 * @throws WorkbookError SHEET_NOT_FOUND, naming the sheets that are there
 */
export function chooseMarkSheet(
  sheets: readonly SheetCells[],
  target: MarkSheetTarget,
  name?: string,
): SheetCells {
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  const choices: readonly (readonly SheetCells[])[] =
    name === undefined
      ? [
          filled.filter((sheet) => titleFits(titleOf(sheet), target)),
          filled.filter((sheet) => nameFits(sheet.name, target)),
          filled,
        ]
      : [filled.filter((sheet) => sheet.name === tidyText(name))];
  const found = choices.find((choice) => choice.length === 1)?.[0];
  if (found) return found;
  const names = sheets.map((sheet) => `“${sheet.name}”`).join(', ');
  throw new WorkbookError(
    'SHEET_NOT_FOUND',
    `Không biết trang tính nào là ${target.areaLabel}, lớp ${target.className}, ${PERIOD_LABELS[target.period]}; trong tệp có ${names}. Hãy chọn trang tính, hoặc ghi lớp và môn ở dòng tiêu đề.`,
  );
}

/** The title names the target's subject, and contradicts nothing. */
function titleFits(title: TitleFacts, target: MarkSheetTarget): boolean {
  return title.subject !== null && differences(title, target).length === 0;
}

function nameFits(name: string, target: MarkSheetTarget): boolean {
  const key = headingKey(name);
  return [target.areaShort, target.areaLabel, target.area, target.className].some(
    (word) => headingKey(word) === key,
  );
}

/** Adds a problem for every fact of the title that is not the target's: marks of one class must not enter another. */
export function reportOtherSheet(title: TitleFacts, target: MarkSheetTarget, problems: ProblemList): void {
  for (const { what, found, wanted } of differences(title, target)) {
    const message = `Dòng tiêu đề của trang tính ghi ${what} ${found}, nhưng đang nhập cho ${what} ${wanted}.`;
    problems.add({ code: 'OTHER_SHEET', found, message });
  }
}

interface Difference {
  readonly what: string;
  readonly found: string;
  readonly wanted: string;
}

function differences(title: TitleFacts, target: MarkSheetTarget): Difference[] {
  const list: Difference[] = [];
  if (title.className !== null && !sameClassName(title.className, target.className)) {
    list.push({ what: 'lớp', found: title.className, wanted: target.className });
  }
  if (title.subject !== null && !isSubject(title.subject, target)) {
    list.push({ what: 'môn', found: title.subject, wanted: target.areaLabel });
  }
  if (title.period !== null && !PERIODS_MEANT[target.period].includes(title.period)) {
    list.push({ what: 'kì', found: PERIOD_LABELS[title.period], wanted: PERIOD_LABELS[target.period] });
  }
  if (title.schoolYear !== null && title.schoolYear !== target.schoolYear) {
    list.push({ what: 'năm học', found: title.schoolYear, wanted: target.schoolYear });
  }
  return list;
}

/** Subjects of a primary school that share the words before the brackets: "Nghệ thuật (Âm nhạc)", "(Mĩ thuật)". */
const HALVES: ReadonlySet<string> = new Set(['AM_NHAC', 'MI_THUAT', 'TIN_HOC', 'CONG_NGHE']);

/** "Ngoại ngữ 1 (Tiếng Anh)" is also written "Ngoại ngữ 1", "Tiếng Anh" or "Anh". */
function isSubject(written: string, { area, areaLabel, areaShort }: MarkSheetTarget): boolean {
  const [, outside, inside] = /^(.*?)\s*\((.*)\)$/u.exec(areaLabel) ?? [];
  const words = [areaLabel, areaShort, area, inside, HALVES.has(area) ? undefined : outside];
  const key = headingKey(written);
  return words.some((word) => word !== undefined && headingKey(word) === key);
}

/** A mid-term list of a secondary class belongs to its term; "Cuối học kì II" of a primary class is the year's end. */
const PERIODS_MEANT: Readonly<Record<Period, readonly TitlePeriod[]>> = {
  HK1: ['HK1', 'GHK1', 'CHK1'],
  HK2: ['HK2', 'GHK2', 'CN'],
  GHK1: ['GHK1'],
  CHK1: ['CHK1', 'HK1'],
  GHK2: ['GHK2'],
  CN: ['CN', 'HK2'],
};
