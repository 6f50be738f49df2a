/**
 * Class lists as .xlsx: written for a school to fill in or pass on, and read from whatever a school has. Pure: bytes to
 * rows and problems; who may import what, and what it changes, is decided elsewhere.
 */
import {
  CLASS_LIST_IGNORED,
  CLASS_LIST_TABLE,
  classListField,
  PUPIL_LANDMARKS,
  type ClassListField,
} from './class-list-columns.js';
import {
  readClassListRow,
  type ClassListGuardian,
  type ClassListOptions,
  type ClassListRow,
} from './class-list-rows.js';
import { findHeadings, mapColumns, type ColumnMap } from './headings.js';
import { readTitle, type TitleFacts } from './title-lines.js';
import { readCells, tidyText, type SheetCells } from './workbook-cells.js';
import { WorkbookError } from './workbook-error.js';
import { ProblemList, type WorkbookProblem } from './workbook-problem.js';
import { sheetName, writeTables, type TableCell } from './workbook-writing.js';

export interface ClassListPupil {
  readonly code: string;
  readonly registerNumber?: string | null;
  readonly fullName: string;
  readonly sex: 'NAM' | 'NU';
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly birthPlace?: string | null;
  readonly ethnicity?: string | null;
  readonly nationality?: string | null;
  readonly personalId: string | null;
  readonly policyGroup?: string | null;
  readonly address?: string | null;
  readonly guardians: readonly ClassListGuardian[];
}

export interface ClassList {
  readonly school: { readonly name: string; readonly commune: string };
  readonly schoolYear: string;
  readonly className: string;
  readonly homeroomTeacher?: string;
  readonly pupils: readonly ClassListPupil[];
}

/** How birth dates are stored: as texts dd/mm/yyyy, or as dates of Excel. */
export type DateStyle = 'text' | 'excel';

/** The class list as an .xlsx file; the same list gives the same bytes. */
export async function writeClassList(list: ClassList, dates: DateStyle = 'text'): Promise<Uint8Array> {
  const girls = list.pupils.filter(({ sex }) => sex === 'NU').length;
  const teacher = list.homeroomTeacher === undefined ? '' : ` · Giáo viên chủ nhiệm: ${list.homeroomTeacher}`;
  return writeTables([
    {
      name: sheetName(`Lớp ${list.className}`, new Set()),
      head: [`ỦY BAN NHÂN DÂN ${list.school.commune.toUpperCase()}`, list.school.name.toUpperCase()],
      title: [`DANH SÁCH HỌC SINH LỚP ${list.className}`, `Năm học: ${list.schoolYear}${teacher}`],
      columns: CLASS_LIST_TABLE,
      rows: list.pupils.map((pupil, index) => classListRow(list, pupil, index, dates)),
      foot: [`Danh sách có ${list.pupils.length} học sinh, trong đó có ${girls} nữ.`],
      landscape: true,
    },
  ]);
}

function classListRow(list: ClassList, pupil: ClassListPupil, index: number, dates: DateStyle): TableCell[] {
  const guardian = (relation: ClassListGuardian['relation']) =>
    pupil.guardians.find((each) => each.relation === relation);
  const people = (['father', 'mother', 'guardian'] as const).flatMap((relation) => {
    const found = guardian(relation);
    return [found?.fullName ?? null, found?.occupation ?? null];
  });
  return [
    { count: index + 1 },
    pupil.code,
    pupil.registerNumber ?? null,
    pupil.fullName,
    dates === 'excel' ? { day: pupil.birthDate } : pupil.birthDate.split('-').reverse().join('/'),
    pupil.sex === 'NAM' ? 'Nam' : 'Nữ',
    pupil.ethnicity ?? null,
    pupil.nationality ?? null,
    pupil.birthPlace ?? null,
    pupil.personalId,
    pupil.policyGroup ?? null,
    pupil.address ?? null,
    ...people,
    pupil.guardians.find(({ phone }) => phone !== undefined)?.phone ?? null,
    list.className,
    null,
  ];
}

export interface ClassListReading {
  readonly sheet: string;
  readonly title: TitleFacts;
  readonly rows: readonly ClassListRow[];
  /** Empty when every row was read whole; rows with an error must not be imported. */
  readonly problems: readonly WorkbookProblem[];
}

/**
 * Reads a class list: finds the headings below the title, in any spelling and order.
 * @throws WorkbookError when the file, or a list in it, cannot be found
 */
export async function readClassList(
  bytes: Uint8Array,
  options: ClassListOptions = {},
): Promise<ClassListReading> {
  const sheet = chooseSheet(await readCells(bytes), options.sheet);
  const headings = findHeadings(sheet, PUPIL_LANDMARKS);
  const columns = mapColumns(headings.headings, classListField, CLASS_LIST_IGNORED);
  const title = readTitle(sheet, headings.headingRow);
  const problems = new ProblemList(sheet.name);
  reportColumns(columns, headings.headingRow + 1, problems);
  const rows = sheet.rows.slice(headings.firstDataRow).flatMap((cells, index) =>
    readClassListRow({
      cells,
      row: headings.firstDataRow + index + 1,
      columns: columns.columnOf,
      title,
      options,
      problems,
    }),
  );
  reportDuplicates(rows, problems, columns.columnOf.get('pupilCode') ?? 0);
  return { sheet: sheet.name, title, rows, problems: problems.problems };
}

function chooseSheet(sheets: readonly SheetCells[], name: string | undefined): SheetCells {
  if (name !== undefined) {
    const named = sheets.find((sheet) => sheet.name === tidyText(name));
    if (named) return named;
    const names = sheets.map((sheet) => `“${sheet.name}”`).join(', ');
    throw new WorkbookError('SHEET_NOT_FOUND', `Tệp không có trang tính “${name}”; trong tệp có ${names}.`);
  }
  const withList = sheets.find((sheet) => {
    try {
      return findHeadings(sheet, PUPIL_LANDMARKS).headings.length > 0;
    } catch {
      return false;
    }
  });
  const sheet = withList ?? sheets[0];
  if (!sheet) throw new WorkbookError('SHEET_NOT_FOUND', 'Tệp không có trang tính nào.');
  return sheet;
}

function reportColumns(columns: ColumnMap<ClassListField>, row: number, problems: ProblemList): void {
  for (const { index, text } of columns.unknown) {
    const message = `Cột “${text}” không có trong danh sách lớp nên không được đọc.`;
    problems.add({ code: 'UNKNOWN_COLUMN', column: index + 1, found: text, message });
  }
  for (const { heading } of columns.twice) {
    const message = `Có hai cột cùng nghĩa với “${heading.text}”; hãy bỏ bớt một cột.`;
    problems.add({ code: 'DUPLICATE_COLUMN', column: heading.index + 1, row, found: heading.text, message });
  }
  for (const [what, fields] of REQUIRED_COLUMNS) {
    if (fields.some((field) => columns.columnOf.has(field))) continue;
    problems.add({ code: 'MISSING_COLUMN', row, message: `Thiếu cột “${what}”.` });
  }
}

const REQUIRED_COLUMNS: readonly (readonly [string, readonly ClassListField[]])[] = [
  ['Ngày sinh', ['birthDate']],
  ['Giới tính', ['sex', 'female']],
];

function reportDuplicates(rows: readonly ClassListRow[], problems: ProblemList, column: number): void {
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
