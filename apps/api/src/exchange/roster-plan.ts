/** Decides what a class list does to the school's rolls: every row with its outcome, every problem by row. Pure. */
import type { RosterRowAnswer } from '#contracts/roster.js';
import type { WorkbookProblemAnswer } from '#contracts/workbook.js';
import type { Pupil } from '../school/school.entities.js';
import type { ClassListRow } from './class-list-rows.js';
import { foundProblem } from './upload.js';

/** What the school has already. */
export interface RollsNow {
  /** Pupils of the school whose code or personal id is in the list. */
  readonly pupils: readonly Pupil[];
  /** Pupil id → name of the class of this year they are in. */
  readonly placed: ReadonlyMap<string, string>;
  readonly className: string;
  /** First and last grade of the school. */
  readonly grades: readonly [first: number, last: number];
}

/** A row with what becomes of it. */
export interface PlannedRow {
  readonly row: ClassListRow;
  readonly known: Pupil | null;
  readonly outcome: RosterRowAnswer['outcome'];
}

export interface RosterPlan {
  /** Null when the class's name does not begin with a grade of this school. */
  readonly grade: number | null;
  readonly rows: readonly PlannedRow[];
  readonly problems: readonly WorkbookProblemAnswer[];
}

/** Codes as schools and the sector's database give them. */
const CODE = /^[\p{L}\p{N}._/-]{1,20}$/u;

/** @param errorRows rows that the reader already found an error in */
export function planRoster(
  rows: readonly ClassListRow[],
  errorRows: ReadonlySet<number>,
  now: RollsNow,
): RosterPlan {
  const problems: WorkbookProblemAnswer[] = [];
  const grade = gradeOf(now, problems);
  const refused = new Set(errorRows);
  for (const row of rows) {
    for (const problem of [
      ...otherClass(row, now),
      ...codeProblems(row),
      ...identityProblems(row, rows, now),
    ]) {
      problems.push(problem);
      if (problem.severity === 'error') refused.add(row.row);
    }
  }
  const planned = rows.map((row): PlannedRow => {
    const known = now.pupils.find((pupil) => pupil.code === row.pupilCode) ?? null;
    if (refused.has(row.row)) return { row, known, outcome: 'refused' };
    const place = known === null ? undefined : now.placed.get(known.id);
    return { row, known, outcome: place === now.className ? 'present' : known === null ? 'new' : 'known' };
  });
  if (rows.length === 0)
    problems.push(foundProblem('EMPTY_LIST', 'error', null, 'Danh sách không có học sinh nào.'));
  return { grade, rows: planned, problems };
}

function gradeOf({ className, grades }: RollsNow, problems: WorkbookProblemAnswer[]): number | null {
  const grade = Number.parseInt(className, 10);
  const [first, last] = grades;
  if (grade >= first && grade <= last) return grade;
  const message =
    className === ''
      ? 'Không tìm thấy tên lớp trong tệp; hãy ghi vào tiêu đề hoặc chọn lớp khi tải lên.'
      : `Tên lớp “${className}” không bắt đầu bằng khối của trường này (khối ${first} đến ${last}).`;
  problems.push(foundProblem('UNKNOWN_GRADE', 'error', null, message));
  return null;
}

function otherClass(row: ClassListRow, { className }: RollsNow): WorkbookProblemAnswer[] {
  if (row.className === null || row.className === className) return [];
  const message = `${row.fullName} ghi lớp ${row.className}, danh sách này của lớp ${className}; mỗi lần nhập một lớp.`;
  return [foundProblem('OTHER_CLASS', 'error', row.row, message)];
}

function codeProblems({ row, pupilCode, fullName }: ClassListRow): WorkbookProblemAnswer[] {
  if (CODE.test(pupilCode)) return [];
  const message = `Mã học sinh “${pupilCode}” (${fullName}) không đúng dạng: nhiều nhất 20 chữ, số.`;
  return [foundProblem('BAD_CODE', 'error', row, message)];
}

/** Who is who: a code belongs to one person, a personal id too; same name and birthday is worth a look. */
function identityProblems(
  row: ClassListRow,
  rows: readonly ClassListRow[],
  now: RollsNow,
): WorkbookProblemAnswer[] {
  const problems: WorkbookProblemAnswer[] = [];
  const add = (code: string, severity: 'error' | 'warning', message: string) =>
    problems.push(foundProblem(code, severity, row.row, message));
  const known = now.pupils.find((pupil) => pupil.code === row.pupilCode);
  if (known !== undefined && (known.fullName !== row.fullName || known.birthDate !== row.birthDate)) {
    const whose = `${known.fullName}, sinh ${day(known.birthDate)}`;
    add(
      'PUPIL_DIFFERS',
      'error',
      `Mã ${row.pupilCode} ở trường là của ${whose}; trong tệp là ${row.fullName}.`,
    );
  }
  const place = known === undefined ? undefined : now.placed.get(known.id);
  if (place !== undefined && place !== now.className) {
    add('IN_OTHER_CLASS', 'error', `${row.fullName} (${row.pupilCode}) đang học lớp ${place} trong năm này.`);
  }
  const holder = now.pupils.find((pupil) => row.personalId !== null && pupil.personalId === row.personalId);
  if (holder !== undefined && holder.code !== row.pupilCode) {
    const message = `Số định danh của ${row.fullName} đã thuộc về ${holder.fullName} (${holder.code}).`;
    add('PERSONAL_ID_TAKEN', 'error', message);
  }
  const earlier = rows.filter((other) => other.row < row.row);
  const twin = earlier.find((other) => row.personalId !== null && other.personalId === row.personalId);
  if (twin !== undefined) {
    add(
      'PERSONAL_ID_TWICE',
      'error',
      `${row.fullName} và ${twin.fullName} (dòng ${twin.row}) cùng một số định danh.`,
    );
  }
  const namesake = earlier.find(
    (other) => other.fullName === row.fullName && other.birthDate === row.birthDate,
  );
  if (namesake !== undefined && namesake.pupilCode !== row.pupilCode) {
    const message = `${row.fullName} trùng họ tên và ngày sinh với dòng ${namesake.row}; hãy xem có phải một người.`;
    add('SAME_NAME_AND_BIRTHDAY', 'warning', message);
  }
  return problems;
}

function day(date: string): string {
  return date.split('-').reverse().join('/');
}
