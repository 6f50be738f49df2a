/** View "so-theo-doi-1": a class's register of TT 22/2021. Old values stay to be read beside the new, struck out. */
import type {
  ClassRegisterData,
  RegisterRow,
  RegisterSheet,
  RegisterSummary,
} from '#transcript/class-register.js';
import {
  longSchoolYear,
  paddedDate,
  printedLevel,
  printedValue,
  type Cell,
  type View,
  type ViewPart,
} from './printed.js';

const TERMS = { HK1: 'HỌC KÌ I', HK2: 'HỌC KÌ II', CN: 'CẢ NĂM' } as const;
/** A page holds this many lines; a pupil's row takes one, and one more for each so many characters of a remark. */
const LINES_A_PAGE = 27;
const CHARACTERS_A_LINE = 105;

/** Strings, tables and pages of the register. */
export function classRegisterView(data: ClassRegisterData): View {
  const rows = [...data.attendance, ...data.sheets.flatMap((sheet) => sheet.rows)];
  const places = rows.map(({ corrected }) => corrected?.length ?? 0);
  return {
    strings: {
      className: data.className,
      grade: String(data.grade),
      schoolYear: longSchoolYear(data.schoolYear),
      homeroomTeacher: data.homeroomTeacher,
      pupilCount: String(data.pupils.length),
      girlCount: String(data.pupils.filter(({ sex }) => sex === 'NU').length),
      sheetCount: String(data.sheets.length),
      correctionCount: String(places.reduce((sum, count) => sum + count, 0)),
      levelUpper: data.grade <= 9 ? 'TRUNG HỌC CƠ SỞ' : 'TRUNG HỌC PHỔ THÔNG',
    },
    tables: {
      teachers: data.teachers.map(({ name, teachers }, i) => [String(i + 1), name, teachers]),
      pupils: data.pupils.map((pupil, i) => [
        String(i + 1),
        pupil.code,
        pupil.fullName,
        paddedDate(pupil.birthDate),
        pupil.sex === 'NAM' ? 'Nam' : 'Nữ',
        pupil.ethnicity ?? '',
        pupil.address ?? '',
        pupil.note ?? '',
      ]),
    },
    parts: {
      attendance: attendancePages(data),
      sheetsHK1: sheetPages(data, 'HK1'),
      summaryHK1: summaryPages(data, 'HK1'),
      sheetsHK2: sheetPages(data, 'HK2'),
      summaryHK2: summaryPages(data, 'HK2'),
      summaryCN: summaryPages(data, 'CN'),
    },
  };
}

const ABSENCES = ['HK1_VANG_P', 'HK1_VANG_K', 'HK2_VANG_P', 'HK2_VANG_K'] as const;
/** Pupils on a page of attendance. */
const ATTENDANCE_A_PAGE = 23;

function attendancePages({ attendance, pupils }: ClassRegisterData): ViewPart[] {
  const pages = Math.ceil(attendance.length / ATTENDANCE_A_PAGE);
  return Array.from({ length: pages }, (_, page) => {
    const from = page * ATTENDANCE_A_PAGE;
    const rows = attendance.slice(from, from + ATTENDANCE_A_PAGE);
    return {
      strings: { corrections: correctionsOf(rows, from) },
      tables: {
        attendance: rows.map((row, i) => {
          const counts = [row.HK1.permitted, row.HK1.unpermitted, row.HK2.permitted, row.HK2.unpermitted];
          const year = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
          return [
            String(from + i + 1),
            pupils[from + i]?.fullName ?? '',
            ...ABSENCES.map((column, c) => corrected(row, column, printedCount(counts[c]), (was) => was)),
            String(year),
          ];
        }),
      },
    };
  });
}

function printedCount(count: number | null | undefined): string {
  return count === null || count === undefined ? '' : String(count);
}

function sheetPages(data: ClassRegisterData, term: RegisterSheet['term']): ViewPart[] {
  return data.sheets.filter((sheet) => sheet.term === term).flatMap((sheet) => pagesOf(data, sheet));
}

function pagesOf(data: ClassRegisterData, sheet: RegisterSheet): ViewPart[] {
  const columns = Math.max(4, ...sheet.rows.map(({ regular }) => regular.length));
  return filledPages(sheet.rows).map(({ rows, from }) => ({
    strings: {
      subject: sheet.name,
      subjectUpper: sheet.name.toUpperCase(),
      term: TERMS[sheet.term],
      teachers: sheet.teachers,
      corrections: correctionsOf(rows, from),
    },
    tables: {
      regularHeads: [Array.from({ length: columns }, (_, i) => String(i + 1))],
      rows: rows.map((row, i) => sheetCells(data, sheet, row, from + i, columns)),
    },
    counts: { regular: columns },
  }));
}

/** Pages filled one after the other, so that long remarks have their room. */
function filledPages(rows: readonly RegisterRow[]): { rows: RegisterRow[]; from: number }[] {
  const pages: { rows: RegisterRow[]; from: number }[] = [];
  let left = 0;
  rows.forEach((row, i) => {
    const struck = (row.corrected ?? []).find(({ column }) => column === 'NX')?.was.join(' ').length ?? 0;
    const lines = Math.max(1, Math.ceil((row.remark.length + struck) / CHARACTERS_A_LINE));
    if (lines > left) {
      pages.push({ rows: [], from: i });
      left = LINES_A_PAGE;
    }
    pages.at(-1)?.rows.push(row);
    left -= lines;
  });
  return pages;
}

function sheetCells(
  { pupils }: ClassRegisterData,
  sheet: RegisterSheet,
  row: RegisterRow,
  index: number,
  columns: number,
): Cell[] {
  const value = (column: string, mark: string | null | undefined): Cell =>
    corrected(row, column, printedValue(mark, row.notAssessed), printedValue);
  return [
    String(index + 1),
    pupils[index]?.fullName ?? '',
    ...Array.from({ length: columns }, (_, i) => value(`TX${String(i + 1)}`, row.regular[i] ?? null)),
    value('GK', row.midterm),
    value('CK', row.final),
    printedValue(row.average, row.notAssessed),
    ...(sheet.term === 'HK2' ? [printedValue(row.year, row.notAssessed)] : []),
    corrected(row, 'NX', row.remark, (text) => text),
  ];
}

function corrected(
  row: Pick<RegisterRow, 'corrected'>,
  column: string,
  now: string,
  print: (was: string) => string,
): Cell {
  const found = row.corrected?.find((each) => each.column === column);
  if (found === undefined || found.was.length === 0) return now;
  return { struck: found.was.map(print).join(' '), text: now };
}

/** The sentence at the foot of a page, which on paper the teacher writes: how many places, of which pupils. */
function correctionsOf(rows: readonly Pick<RegisterRow, 'corrected'>[], from: number): string {
  const touched = rows.flatMap(({ corrected: places }, i) =>
    places === undefined ? [] : [{ number: from + i + 1, count: places.length }],
  );
  const count = touched.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return 'Trong trang này có sửa chữa ở 0 chỗ.';
  const numbers = touched.map(({ number }) => String(number)).join(', ');
  return `Trong trang này có sửa chữa ở ${String(count)} chỗ, thuộc học sinh có số thứ tự: ${numbers}.`;
}

function summaryPages(data: ClassRegisterData, period: RegisterSummary['period']): ViewPart[] {
  const summary = data.summaries.find((each) => each.period === period);
  if (summary === undefined) return [];
  return [
    {
      strings: { term: TERMS[period] },
      tables: {
        summaryHeads: [
          [
            'STT',
            'Họ và tên',
            ...summary.subjects.map(({ name }) => name),
            'Kết quả rèn luyện',
            'Kết quả học tập',
            'Số buổi nghỉ',
            ...(period === 'CN' ? ['Khen thưởng', 'Kết quả cuối năm'] : []),
          ],
        ],
        summary: summary.rows.map((row, i) => [
          String(i + 1),
          data.pupils[i]?.fullName ?? '',
          ...row.values.map((value) => printedValue(value)),
          printedLevel(row.conduct),
          printedLevel(row.learning),
          String(row.absences),
          ...(period === 'CN' ? [row.honour ?? '', row.promotion ?? ''] : []),
        ]),
      },
      counts: { subjects: summary.subjects.length },
    },
  ];
}
