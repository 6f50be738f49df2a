/** Reading the row of one pupil in a class list, field by field. */
import { nameFault } from '#contracts/person-name.js';
import { readBirthDate } from './birth-date.js';
import { normalizeClassName, readClassName, type ClassNameOptions } from './class-name.js';
import type { ClassListField } from './class-list-columns.js';
import { checkPersonalId, withLostZeros } from './personal-id-check.js';
import type { TitleFacts } from './title-lines.js';
import { cellText, type Cell } from './workbook-cells.js';
import type { ProblemList } from './workbook-problem.js';

export interface ClassListGuardian {
  readonly relation: 'father' | 'mother' | 'guardian';
  readonly fullName: string;
  readonly occupation?: string;
  readonly phone?: string;
}

/** A pupil as the file says; what is not there, or could not be read, is null (then there is a problem if it is needed). */
export interface ClassListRow {
  /** Row of the sheet, from 1. */
  readonly row: number;
  readonly pupilCode: string;
  readonly fullName: string;
  readonly birthDate: string | null;
  readonly sex: 'NAM' | 'NU' | null;
  readonly className: string | null;
  readonly registerNumber: string | null;
  readonly ethnicity: string | null;
  readonly nationality: string | null;
  readonly birthPlace: string | null;
  readonly personalId: string | null;
  readonly policyGroup: string | null;
  readonly address: string | null;
  readonly guardians: readonly ClassListGuardian[];
  readonly phone: string | null;
}

export interface ClassListOptions extends ClassNameOptions {
  /** Name of the sheet to read; the first one that has a list otherwise. */
  readonly sheet?: string;
}

export interface RowInput {
  readonly cells: readonly (Cell | null)[];
  readonly row: number;
  readonly columns: ReadonlyMap<ClassListField, number>;
  readonly title: TitleFacts;
  readonly options: ClassListOptions;
  readonly problems: ProblemList;
}

/** A pupil's row; none where the row is not a pupil's. What cannot be read is added to the problems. */
export function readClassListRow(input: RowInput): ClassListRow[] {
  const { row, columns, problems } = input;
  const cell = (field: ClassListField): Cell | null => input.cells[columns.get(field) ?? -1] ?? null;
  const text = (field: ClassListField): string | null => cellText(cell(field)) || null;
  const place = (field: ClassListField) => ({ row, column: (columns.get(field) ?? 0) + 1 });
  const pupilCode = text('pupilCode')?.normalize('NFKC').replace(/ /gu, '') ?? null;
  const fullName =
    text('fullName') ?? ([text('familyNames'), text('givenName')].filter(Boolean).join(' ') || null);
  if (pupilCode === null || fullName === null) {
    // Lines below the table ("Danh sách có 45 học sinh") have neither; a pupil's row has at least a name or a birthday.
    if (pupilCode !== null || (fullName !== null && cell('birthDate') !== null)) {
      const what =
        pupilCode === null ? `Học sinh “${fullName}” chưa có mã học sinh` : `Mã ${pupilCode} chưa có họ tên`;
      problems.add({
        code: pupilCode === null ? 'MISSING_PUPIL_CODE' : 'MISSING_VALUE',
        ...place(pupilCode === null ? 'pupilCode' : 'fullName'),
        message: `${what} (dòng ${row}); hãy điền vào rồi tải lên lại.`,
      });
    }
    return [];
  }
  const fault = nameFault(fullName);
  if (fault) {
    const suggestion = fault.suggestion === null ? {} : { suggestion: fault.suggestion };
    problems.add({
      code: 'SUSPECT_CHARACTER',
      ...place('fullName'),
      found: fullName,
      message: fault.message,
      ...suggestion,
    });
  }
  const birthDate = columns.has('birthDate')
    ? readDateField(cell('birthDate'), place('birthDate'), problems)
    : null;
  const sex = readSexField(
    { sex: cell('sex'), female: cell('female'), columns },
    place(columns.has('sex') ? 'sex' : 'female'),
    problems,
  );
  return [
    {
      row,
      pupilCode,
      fullName,
      birthDate,
      sex,
      className: readClassField(cell('className'), input, place('className')),
      registerNumber: text('registerNumber'),
      ethnicity: text('ethnicity'),
      nationality: text('nationality'),
      birthPlace: text('birthPlace'),
      personalId: readIdField(cell('personalId'), { sex, birthDate }, place('personalId'), problems),
      policyGroup: text('policyGroup'),
      address: text('address'),
      guardians: readGuardians(text),
      phone: text('phone'),
    },
  ];
}

type Place = { readonly row: number; readonly column: number };

function readDateField(cell: Cell | null, place: Place, problems: ProblemList): string | null {
  if (cell === null) {
    problems.add({
      code: 'MISSING_VALUE',
      ...place,
      message: 'Chưa có ngày sinh; hãy điền dạng ngày/tháng/năm.',
    });
    return null;
  }
  const date = readBirthDate(cell);
  if (date === null) {
    const message = `“${cellText(cell)}” không phải là ngày sinh; hãy ghi dạng ngày/tháng/năm, ví dụ 07/03/2014.`;
    problems.add({ code: 'UNREADABLE_CELL', ...place, found: cellText(cell), message });
  }
  return date;
}

const SEXES: Readonly<Record<string, 'NAM' | 'NU'>> = {
  nam: 'NAM',
  nu: 'NU',
  nữ: 'NU',
  gái: 'NU',
  trai: 'NAM',
};

/** "Nam" or "Nữ"; in a list that has a column "Nữ" alone a cross, or nothing for a boy. */
function readSexField(
  from: {
    readonly sex: Cell | null;
    readonly female: Cell | null;
    readonly columns: ReadonlyMap<ClassListField, number>;
  },
  place: Place,
  problems: ProblemList,
): 'NAM' | 'NU' | null {
  const crosses = !from.columns.has('sex');
  if (crosses && !from.columns.has('female')) return null;
  if (crosses && from.female === null) return 'NAM';
  const cell = crosses ? from.female : from.sex;
  const text = cellText(cell).toLowerCase();
  const sex = crosses && (text === 'x' || text === '1') ? 'NU' : SEXES[text];
  if (sex !== undefined) return sex;
  const message =
    cell === null ? 'Chưa ghi giới tính.' : `“${text}” không phải là giới tính; hãy ghi Nam hoặc Nữ.`;
  problems.add({ code: cell === null ? 'MISSING_VALUE' : 'UNREADABLE_CELL', ...place, found: text, message });
  return null;
}

function readIdField(
  cell: Cell | null,
  person: { readonly sex: 'NAM' | 'NU' | null; readonly birthDate: string | null },
  place: Place,
  problems: ProblemList,
): string | null {
  if (cell === null) return null;
  const text = cellText(cell).normalize('NFKC').replace(/ /gu, '');
  const restored = cell.kind === 'number' ? withLostZeros(text) : null;
  if (restored !== null) {
    const message = `Excel đã cắt số 0 ở đầu số định danh “${text}”; hãy định dạng cột là Văn bản và gõ lại.`;
    problems.add({ code: 'ZEROS_LOST', ...place, found: text, suggestion: restored, message });
    return null;
  }
  const { malformed, differences } = checkPersonalId(text, person);
  if (malformed) {
    const message = `“${text}” không phải là số định danh cá nhân (12 chữ số).`;
    problems.add({ code: 'UNREADABLE_CELL', ...place, found: text, message });
    return null;
  }
  if (differences.length > 0) {
    const message = `Cần xem lại: ${differences.join(', ')}.`;
    problems.add({ code: 'PERSONAL_ID_DIFFERS', ...place, found: text, message });
  }
  return text;
}

function readClassField(
  cell: Cell | null,
  { title, options, problems }: RowInput,
  place: Place,
): string | null {
  if (cell === null) return title.className === null ? null : normalizeClassName(title.className);
  const read = readClassName(cell, options);
  if (read.ok) return read.name;
  const shown = cellText(cell);
  const message = `Excel đã đổi tên lớp thành “${shown}”; tên đúng có thể là ${read.candidates.join(' hoặc ')}. Hãy định dạng cột là Văn bản và gõ lại.`;
  const [suggestion] = read.candidates;
  problems.add({
    code: 'TURNED_INTO_DATE',
    ...place,
    found: shown,
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  return null;
}

function readGuardians(text: (field: ClassListField) => string | null): ClassListGuardian[] {
  return (['father', 'mother', 'guardian'] as const).flatMap((relation) => {
    const fullName = text(`${relation}Name`);
    const occupation = text(`${relation}Occupation`);
    return fullName === null ? [] : [{ relation, fullName, ...(occupation === null ? {} : { occupation }) }];
  });
}
