/**
 * Template "so-theo-doi-1": sổ theo dõi và đánh giá học sinh (theo lớp học), TT 22/2021, A4 landscape: cover, guide, teachers,
 * pupils, a page or more a subject and term, the summaries, and the page that is signed.
 */
import type { Column, Element, Page, Template } from '#pdf-fill/template.js';
import {
  bold,
  box,
  column,
  frame,
  headCell,
  hundredths,
  italic,
  labelled,
  logo,
  run,
  table,
  text,
} from './drawing.js';
import {
  A4_LANDSCAPE,
  SHEET_SIGNATURES_HEIGHT,
  sheetFoot,
  sheetLink,
  sheetSignatureHeadings,
  sheetSignatures,
} from './geometry.js';

const SHEET = A4_LANDSCAPE;
const { left: LEFT, inner: INNER, end: END } = SHEET;
const ROUTE = { manager: 'principal' } as const;
const TOP = 62;
const ROW_HEIGHT = 22;

/** The template, but for the font, which the build adds. */
export function registerTemplate(): Omit<Template, 'font'> {
  const pages = [
    coverPage(),
    guidePage(),
    teachersPage(),
    pupilsPage(),
    attendancePage(),
    sheetPage('sheetsHK1', false),
    summaryPage('summaryHK1', false),
    sheetPage('sheetsHK2', true),
    summaryPage('summaryHK2', false),
    summaryPage('summaryCN', true),
    closingPage(),
  ];
  return {
    format: 1,
    id: 'so-theo-doi-1',
    view: 'so-theo-doi-1',
    width: hundredths(SHEET.width),
    height: hundredths(SHEET.height),
    title: 'Sổ theo dõi và đánh giá học sinh – lớp {className} – năm học {schoolYear}',
    pages,
    signatures: sheetSignatures(SHEET, pages.length - 1, SIGNATURES_TOP, ROUTE),
  };
}

function coverPage(): Page {
  const line = (y: number, height: number): ReturnType<typeof box> => box(LEFT + 40, y, INNER - 80, height);
  return {
    title: 'Bìa',
    link: sheetLink(SHEET),
    elements: [
      frame(box(LEFT - 6, 30, INNER + 12, END - 44), 1.6),
      frame(box(LEFT - 1, 35, INNER + 2, END - 54), 0.6),
      text(line(44, 17), '{governingBody}', { size: 11, min: 7, align: 'center' }),
      text(line(62, 24), bold('{schoolNameUpper}'), { size: 15, min: 8, align: 'center' }),
      text(line(88, 16), '{commune}', { size: 11, min: 8, align: 'center' }),
      text(line(104, 16), '{province}', { size: 11, min: 8, align: 'center' }),
      logo(box(LEFT + INNER / 2 - 30, 122, 60, 46)),
      text(line(170, 40), bold('SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH'), { tag: 'H1', size: 27, align: 'center' }),
      text(line(214, 24), bold('{levelUpper}'), { size: 15, align: 'center' }),
      text(line(240, 18), '(theo lớp học)', { size: 12, align: 'center' }),
      text(
        line(262, 16),
        italic(
          '(Theo Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021 của Bộ trưởng Bộ Giáo dục và Đào tạo)',
        ),
        { size: 10, align: 'center' },
      ),
      text(line(288, 16), italic('{motto}'), { size: 11, min: 6.5, align: 'center' }),
      text(line(330, 26), [run('regular', 'Lớp: '), run('bold', '{className}')], {
        size: 16,
        align: 'center',
      }),
      text(line(362, 22), [run('regular', 'Giáo viên chủ nhiệm: '), run('bold', '{homeroomTeacher}')], {
        size: 13,
        min: 8,
        align: 'center',
      }),
      text(line(400, 24), bold('NĂM HỌC {schoolYear}'), { size: 15, align: 'center' }),
      ...sheetFoot(SHEET),
    ],
  };
}

const GUIDE = [
  'Sổ ghi kết quả rèn luyện và học tập của học sinh trong lớp theo từng học kì và cả năm học; lập bằng hồ sơ điện tử từ sổ điểm đã khóa.',
  'ĐĐGtx: điểm đánh giá thường xuyên; ĐĐGgk: điểm đánh giá giữa kì; ĐĐGck: điểm đánh giá cuối kì; ĐTB: điểm trung bình môn học. Đ: Đạt; CĐ: Chưa đạt; V: vắng; dấu gạch ngang: không đánh giá.',
  'Giáo viên môn học ghi điểm, mức đánh giá và nhận xét; chịu trách nhiệm về tính chính xác của kết quả do mình đánh giá.',
  'Khi sửa chữa, giá trị cũ được gạch ngang bằng mực đỏ và vẫn đọc được, giá trị mới viết bên cạnh; cuối mỗi trang ghi số chỗ có sửa chữa. Việc sửa chữa chỉ thực hiện sau khi được duyệt.',
  'Giáo viên chủ nhiệm ghi kết quả rèn luyện, số buổi nghỉ học, tổng hợp kết quả của lớp và kí số ở trang cuối.',
  'Hiệu trưởng kiểm tra, kí số hoặc ủy quyền bằng văn bản; con dấu số của nhà trường được đóng sau cùng.',
  'Dữ liệu của sổ được đính kèm trong tệp này. Chữ kí số, con dấu số và Sổ Cái xác nhận dữ liệu đó; bản in chỉ để đọc. Ai cũng kiểm tra được bằng tệp này, mã QR hoặc mã xác thực ở cuối mỗi trang.',
] as const;

/** How the register is kept and read, in the software's own words. */
function guidePage(): Page {
  return {
    title: 'Hướng dẫn ghi sổ',
    elements: [
      text(box(LEFT, 30, INNER, 24), bold('HƯỚNG DẪN GHI SỔ'), { tag: 'H1', size: 14, align: 'center' }),
      ...GUIDE.map((content, i) =>
        text(box(LEFT + 40, 76 + 52 * i, INNER - 80, 48), `${String(i + 1)}. ${content}`, {
          size: 11.5,
          min: 8,
          valign: 'top',
        }),
      ),
      text(box(LEFT + 40, 76 + 52 * GUIDE.length, INNER - 80, END - 80 - 52 * GUIDE.length), '{guideNote}', {
        size: 11.5,
        min: 7,
        valign: 'top',
      }),
      ...sheetFoot(SHEET),
    ],
  };
}

/** Title of a page, and the class. */
function heading(title: string, right: string): Element[] {
  return [
    text(box(LEFT, 30, INNER - 250, 22), bold(title), { tag: 'H1', size: 13, min: 8 }),
    text(box(LEFT + INNER - 250, 30, 250, 22), right, { size: 10, min: 6.5, align: 'right' }),
  ];
}

interface Named {
  readonly label: string;
  readonly width: number;
  readonly column: Column;
}

function named(label: string, width: number, options: Parameters<typeof column>[1] = {}): Named {
  return { label, width, column: column(width, { size: 9, min: 5.5, ...options }) };
}

function listPage(title: string, rows: string, perPage: number, columns: readonly Named[]): Page {
  const edge = (i: number): number => LEFT + columns.slice(0, i).reduce((sum, { width }) => sum + width, 0);
  return {
    title,
    split: { rows, perPage },
    elements: [
      ...heading(title.toUpperCase(), 'Lớp {className} – năm học {schoolYear}'),
      ...columns.map(({ label, width }, i) =>
        headCell(box(edge(i), TOP, width, 26), bold(label), { size: 8.5, min: 6 }),
      ),
      table(
        box(LEFT, TOP + 26, INNER, END - TOP - 30),
        rows,
        columns.map((each) => each.column),
        { maxRowHeight: ROW_HEIGHT },
      ),
      ...sheetFoot(SHEET),
    ],
  };
}

function teachersPage(): Page {
  return listPage('Danh sách giáo viên', 'teachers', 18, [
    named('STT', 40, { align: 'center' }),
    named('Môn học, hoạt động giáo dục', 260),
    named('Giáo viên', INNER - 300),
  ]);
}

function pupilsPage(): Page {
  return listPage('Sơ yếu lí lịch học sinh', 'pupils', 18, [
    named('STT', 30, { align: 'center' }),
    named('Mã học sinh', 96, { size: 8.5 }),
    named('Họ và tên', 168),
    named('Ngày sinh', 64, { align: 'center' }),
    named('Giới tính', 42, { align: 'center' }),
    named('Dân tộc', 60),
    named('Chỗ ở hiện tại', INNER - 580, { size: 8.5 }),
    named('Ghi chú', 120, { size: 8.5 }),
  ]);
}

/** Điểm danh: sessions absent in each term, with permission (P) and without (K). */
function attendancePage(): Page {
  const widths = { number: 30, name: 230, count: 80 };
  const x = LEFT + widths.number + widths.name;
  const count = { size: 9.5, min: 6, align: 'center' } as const;
  const head = (left: number, width: number, label: string, y = TOP, height = SHEET_HEAD): Element =>
    headCell(box(left, y, width, height), bold(label), { size: 8.5, min: 6 });
  const term = (i: number, label: string): Element[] => [
    head(x + 2 * i * widths.count, 2 * widths.count, label, TOP, SHEET_HEAD / 2),
    head(x + 2 * i * widths.count, widths.count, 'Có phép (P)', TOP + SHEET_HEAD / 2, SHEET_HEAD / 2),
    head(
      x + (2 * i + 1) * widths.count,
      widths.count,
      'Không phép (K)',
      TOP + SHEET_HEAD / 2,
      SHEET_HEAD / 2,
    ),
  ];
  const year = INNER - widths.number - widths.name - 4 * widths.count;
  return {
    title: 'Điểm danh',
    each: 'attendance',
    elements: [
      ...heading('ĐIỂM DANH – SỐ BUỔI NGHỈ HỌC', 'Lớp {className} – năm học {schoolYear}'),
      head(LEFT, widths.number, 'STT'),
      head(LEFT + widths.number, widths.name, 'Họ và tên'),
      ...term(0, 'Học kì I'),
      ...term(1, 'Học kì II'),
      head(x + 4 * widths.count, year, 'Tổng số buổi nghỉ cả năm học'),
      table(
        box(LEFT, TOP + SHEET_HEAD, INNER, END - SHEET_FOOT - TOP - SHEET_HEAD),
        'attendance',
        [
          column(widths.number, { size: 8.5, align: 'center' }),
          column(widths.name, { size: 9.5, min: 6 }),
          ...Array.from({ length: 4 }, () => column(widths.count, count)),
          column(year, { ...count, face: 'bold' }),
        ],
        { maxRowHeight: ROW_HEIGHT },
      ),
      text(box(LEFT, END - 27, INNER, 24), italic('{corrections}'), { size: 9, min: 5.5 }),
      ...sheetFoot(SHEET),
    ],
  };
}

const SHEET_HEAD = 36;
const SHEET_FOOT = 30;

/** A subject in a term: DĐGtx, ĐĐGgk, ĐĐGck, ĐTB, remarks; in the second term the year's average too. */
function sheetPage(each: string, second: boolean): Page {
  const widths = { number: 24, name: 140, regular: 132, gk: 36, ck: 36, average: 36, year: second ? 36 : 0 };
  const remark = INNER - Object.values(widths).reduce((sum, width) => sum + width, 0);
  const mark = { size: 9, min: 5.5, align: 'center' } as const;
  const x = {
    regular: LEFT + widths.number + widths.name,
    gk: LEFT + widths.number + widths.name + widths.regular,
  };
  const head = (left: number, width: number, label: string, y = TOP, height = SHEET_HEAD): Element =>
    headCell(box(left, y, width, height), bold(label), { size: 8.5, min: 5.5 });
  const after = x.gk + widths.gk + widths.ck;
  const regular: Column = { ...column(widths.regular, mark), times: 'regular' };
  return {
    title: '{subject} – {term}',
    each,
    elements: [
      ...heading('{subjectUpper} – {term}', 'Lớp {className} – năm học {schoolYear}'),
      head(LEFT, widths.number, 'STT'),
      head(LEFT + widths.number, widths.name, 'Họ và tên'),
      head(x.regular, widths.regular, 'ĐĐGtx', TOP, SHEET_HEAD / 2),
      {
        kind: 'head',
        box: box(x.regular, TOP + SHEET_HEAD / 2, widths.regular, SHEET_HEAD / 2),
        labels: 'regularHeads',
        columns: [{ ...regular, face: 'bold' }],
        padding: hundredths(2),
      },
      head(x.gk, widths.gk, 'ĐĐGgk'),
      head(x.gk + widths.gk, widths.ck, 'ĐĐGck'),
      head(after, widths.average, second ? 'ĐTB HK II' : 'ĐTB HK I'),
      ...(second ? [head(after + widths.average, widths.year, 'ĐTB cả năm')] : []),
      head(LEFT + INNER - remark, remark, 'Nhận xét'),
      table(
        box(LEFT, TOP + SHEET_HEAD, INNER, END - SHEET_FOOT - TOP - SHEET_HEAD),
        'rows',
        [
          column(widths.number, { size: 8.5, align: 'center' }),
          column(widths.name, { size: 9, min: 5.5 }),
          regular,
          column(widths.gk, mark),
          column(widths.ck, mark),
          column(widths.average, { ...mark, face: 'bold' }),
          ...(second ? [column(widths.year, { ...mark, face: 'bold' })] : []),
          column(remark, { size: 8, min: 4.5 }),
        ],
        { maxRowHeight: ROW_HEIGHT },
      ),
      text(box(LEFT, END - 27, INNER * 0.62, 24), italic('{corrections}'), { size: 9, min: 5.5 }),
      text(
        box(LEFT + INNER * 0.62, END - 27, INNER * 0.38, 24),
        [run('regular', 'Giáo viên: '), run('bold', '{teachers}')],
        { size: 9, min: 5.5, align: 'right' },
      ),
      ...sheetFoot(SHEET),
    ],
  };
}

/** All subjects of a term, or of the year, with the levels that follow. */
function summaryPage(each: string, year: boolean): Page {
  const widths = { number: 24, name: 136, level: 44, absences: 34, honour: 84, promotion: 106 };
  const subjects =
    INNER -
    widths.number -
    widths.name -
    2 * widths.level -
    widths.absences -
    (year ? widths.honour + widths.promotion : 0);
  const mark = { size: 8.5, min: 5, align: 'center' } as const;
  const columns: Column[] = [
    column(widths.number, { size: 8.5, align: 'center' }),
    column(widths.name, { size: 9, min: 5.5 }),
    { ...column(subjects, mark), times: 'subjects', upward: true },
    { ...column(widths.level, mark), upward: true },
    { ...column(widths.level, mark), upward: true },
    { ...column(widths.absences, mark), upward: true },
    ...(year
      ? [column(widths.honour, { size: 8, min: 5 }), column(widths.promotion, { size: 8, min: 5 })]
      : []),
  ];
  const head = 92;
  return {
    title: 'Tổng hợp – {term}',
    each,
    split: { rows: 'summary', perPage: 23 },
    elements: [
      ...heading('TỔNG HỢP KẾT QUẢ {term}', 'Lớp {className} – năm học {schoolYear}'),
      {
        kind: 'head',
        box: box(LEFT, TOP, INNER, head),
        labels: 'summaryHeads',
        columns: columns.map((found) => ({ ...found, face: 'bold', size: 800, minSize: 500 })),
        padding: hundredths(3),
      },
      table(box(LEFT, TOP + head, INNER, END - 4 - TOP - head), 'summary', columns, {
        maxRowHeight: ROW_HEIGHT,
      }),
      ...sheetFoot(SHEET),
    ],
  };
}

const SIGNATURES_TOP = END - SHEET_SIGNATURES_HEIGHT - 60;

function closingPage(): Page {
  const line = (i: number, label: string, key: string): Element =>
    text(box(LEFT + 60, 130 + 26 * i, INNER - 120, 22), labelled(label, key), { size: 12, min: 8 });
  return {
    title: 'Xác nhận',
    elements: [
      ...heading('XÁC NHẬN', 'Lớp {className} – năm học {schoolYear}'),
      line(0, 'Số học sinh', 'pupilCount'),
      line(1, 'Trong đó nữ', 'girlCount'),
      line(2, 'Số trang môn học, hoạt động giáo dục theo học kì', 'sheetCount'),
      line(3, 'Số chỗ có sửa chữa trong sổ', 'correctionCount'),
      text(
        box(LEFT + 60, 240, INNER - 120, 34),
        'Giá trị cũ của mỗi chỗ sửa chữa được gạch ngang bằng mực đỏ và giữ lại để đọc được; giá trị mới viết bên cạnh. Lí do, người đề nghị và người duyệt có trong nhật kí của nhà trường.',
        { size: 10, min: 7, valign: 'top' },
      ),
      ...sheetSignatureHeadings(SHEET, SIGNATURES_TOP, ROUTE),
      ...sheetFoot(SHEET),
    ],
  };
}
