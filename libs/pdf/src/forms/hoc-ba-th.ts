/** Template "hoc-ba-th-1": học bạ tiểu học, after the form of TT 27/2020/TT-BGDĐT; three pages a year. */
import type { FontMetrics } from '#pdf-fill/font.js';
import type { Element, Page, Template } from '#pdf-fill/template.js';
import {
  bold,
  box,
  cell,
  column,
  headCell,
  hundredths,
  INNER_WIDTH,
  italic,
  labelled,
  MARGIN,
  PAGE,
  run,
  table,
  text,
} from './drawing.js';
import {
  cover,
  foot,
  guide,
  openingSignature,
  PAGE_END,
  signatureHeadings,
  signaturePlaces,
  type GuidePart,
} from './shared-pages.js';

const PAGES = 6;
const LEFT = MARGIN.left;
const SIGNATURES_TOP = 400;

const GUIDE: readonly GuidePart[] = [
  {
    heading: '1. Quy định chung',
    lines: [
      'Học bạ ghi kết quả tổng hợp đánh giá cuối năm học của học sinh, lập và quản lí bằng hồ sơ điện tử.',
      'Nội dung lấy từ bảng tổng hợp kết quả đánh giá giáo dục của lớp đã khóa; mọi sửa chữa sau khi ghi sổ đều giữ lại nội dung cũ, lí do và người duyệt.',
      'Dữ liệu của học bạ được đính kèm trong tệp này. Chữ kí số, con dấu số và Sổ Cái xác nhận dữ liệu đó; bản in chỉ để đọc.',
    ],
  },
  {
    heading: '2. Cách ghi',
    lines: [
      'Môn học và hoạt động giáo dục: T (Hoàn thành tốt), H (Hoàn thành), C (Chưa hoàn thành). Điểm KTĐK là điểm bài kiểm tra cuối năm học hoặc bài kiểm tra lại cuối cùng.',
      'Phẩm chất và năng lực: T (Tốt), Đ (Đạt), C (Cần cố gắng).',
      'Nhận xét nêu biểu hiện nổi bật, sự tiến bộ của học sinh và điều cần được giúp đỡ thêm.',
      'Đánh giá kết quả giáo dục: Hoàn thành xuất sắc, Hoàn thành tốt, Hoàn thành, Chưa hoàn thành.',
    ],
  },
  {
    heading: '3. Trách nhiệm',
    lines: [
      'Giáo viên chủ nhiệm tổng hợp kết quả của giáo viên môn học, ghi nhận xét và kí số học bạ.',
      'Hiệu trưởng phê duyệt kết quả, kí số học bạ hoặc ủy quyền bằng văn bản; con dấu số của nhà trường được đóng sau cùng.',
    ],
  },
  {
    heading: '4. Kiểm tra học bạ',
    lines: [
      'Ai cũng có thể kiểm tra học bạ bằng tệp PDF này, mã QR hoặc mã xác thực ở cuối mỗi trang, không cần tài khoản.',
    ],
  },
];

/** The template, but for the font, which the build adds. */
export function primaryTemplate(metrics: FontMetrics): Omit<Template, 'font'> {
  return {
    format: 1,
    id: 'hoc-ba-th-1',
    view: 'hoc-ba-th-1',
    width: hundredths(PAGE.width),
    height: hundredths(PAGE.height),
    title: 'Học bạ tiểu học – {fullName} – năm học {schoolYear}',
    pages: [
      cover(
        'TIỂU HỌC',
        '(Mẫu ban hành kèm theo Thông tư số 27/2020/TT-BGDĐT ngày 04 tháng 9 năm 2020)',
        PAGES,
      ),
      guide('HƯỚNG DẪN GHI HỌC BẠ', GUIDE, PAGES, metrics),
      openingPage(),
      subjectsPage(),
      traitsPage(),
      resultPage(),
    ],
    signatures: signaturePlaces(5, SIGNATURES_TOP),
  };
}

function openingPage(): Page {
  const line = (i: number): number => 84 + 21 * i;
  const full = (i: number, label: string, key: string): Element =>
    text(box(LEFT, line(i), INNER_WIDTH, 20), labelled(label, key), { size: 11, min: 5 });
  const half = (i: number, side: 0 | 1, label: string, key: string): Element =>
    text(box(LEFT + side * 250, line(i), 246, 20), labelled(label, key), { size: 11, min: 5 });
  const widths = [82, 52, 205, 70, 90] as const;
  const edge = (i: number): number => LEFT + widths.slice(0, i).reduce((sum, width) => sum + width, 0);
  const headings = ['Năm học', 'Lớp', 'Tên trường', 'Số đăng bộ', 'Ngày nhập học / chuyển đến'];
  return {
    title: 'Lí lịch và quá trình học tập',
    elements: [
      text(box(LEFT, 44, INNER_WIDTH, 26), bold('HỌC BẠ'), { tag: 'H1', size: 16, align: 'center' }),
      text(box(LEFT, line(0), 360, 20), labelled('Họ và tên', 'fullName'), { size: 11, min: 5 }),
      text(box(LEFT + 370, line(0), 129, 20), labelled('Giới tính', 'sex'), { size: 11, min: 5 }),
      half(1, 0, 'Ngày, tháng, năm sinh', 'birthDate'),
      half(1, 1, 'Dân tộc', 'ethnicity'),
      half(2, 0, 'Quốc tịch', 'nationality'),
      half(2, 1, 'Số định danh cá nhân', 'personalId'),
      full(3, 'Nơi sinh', 'birthPlace'),
      full(4, 'Quê quán', 'homeTown'),
      full(5, 'Nơi ở hiện nay', 'address'),
      full(6, 'Họ và tên cha', 'father'),
      full(7, 'Họ và tên mẹ', 'mother'),
      full(8, 'Người giám hộ (nếu có)', 'guardian'),
      ...openingSignature(280, PAGES),
      text(box(LEFT, 392, INNER_WIDTH, 22), bold('QUÁ TRÌNH HỌC TẬP'), {
        tag: 'H2',
        size: 13,
        align: 'center',
      }),
      ...headings.map((heading, i) =>
        headCell(box(edge(i), 422, widths[i] ?? 0, 30), bold(heading), { size: 9.5 }),
      ),
      table(
        box(LEFT, 452, INNER_WIDTH, 250),
        'history',
        [
          column(widths[0], { size: 10, align: 'center' }),
          column(widths[1], { size: 10, align: 'center' }),
          column(widths[2], { size: 10 }),
          column(widths[3], { size: 10, align: 'center' }),
          column(widths[4], { size: 10, align: 'center' }),
        ],
        { minRows: 6, maxRowHeight: 34 },
      ),
      ...foot(3, PAGES),
    ],
  };
}

function subjectsPage(): Page {
  const top = 124;
  const end = PAGE_END - 30;
  const widths = [118, 48, 48, 285] as const;
  const edge = (i: number): number => LEFT + widths.slice(0, i).reduce((sum, width) => sum + width, 0);
  const headings = ['Môn học và hoạt động giáo dục', 'Mức đạt được', 'Điểm KTĐK', 'Nhận xét'];
  const small = { size: 10.5, min: 5 };
  return {
    title: 'Các môn học và hoạt động giáo dục',
    elements: [
      text(box(LEFT, 40, 330, 18), labelled('Họ và tên học sinh', 'fullName'), small),
      text(box(LEFT + 336, 40, 163, 18), labelled('Lớp', 'className'), small),
      text(box(LEFT, 60, 110, 18), labelled('Chiều cao', 'height'), small),
      text(box(LEFT + 114, 60, 110, 18), labelled('Cân nặng', 'weight'), small),
      text(box(LEFT + 236, 60, 160, 18), labelled('Số ngày nghỉ có phép', 'absentPermitted'), small),
      text(box(LEFT + 400, 60, 99, 18), labelled('Không phép', 'absentUnpermitted'), small),
      text(box(LEFT, 84, INNER_WIDTH, 18), bold('1. Các môn học và hoạt động giáo dục'), { size: 11 }),
      ...headings.map((heading, i) =>
        headCell(box(edge(i), top - 18, widths[i] ?? 0, 30), bold(heading), { size: 9 }),
      ),
      table(box(LEFT, top + 12, INNER_WIDTH, end - top - 12), 'subjects', [
        column(widths[0], { size: 9.5, min: 6.5 }),
        column(widths[1], { size: 10.5, align: 'center', face: 'bold' }),
        column(widths[2], { size: 10.5, align: 'center', face: 'bold' }),
        column(widths[3], { size: 9.5 }),
      ]),
      text(box(LEFT, end + 4, INNER_WIDTH, 22), italic('{corrections}'), {
        size: 9,
        min: 4.5,
        valign: 'top',
      }),
      ...foot(4, PAGES),
    ],
  };
}

function traitsPage(): Page {
  const rowHeight = 27;
  const heading = (y: number, content: string): Element =>
    text(box(LEFT, y, INNER_WIDTH, 18), bold(content), { size: 11, tag: 'H2' });
  const head = (y: number): Element[] => [
    headCell(box(LEFT, y, 170, 22), bold('Nội dung'), { size: 9 }),
    headCell(box(LEFT + 170, y, 70, 22), bold('Mức đạt được'), { size: 9 }),
    headCell(box(LEFT + 240, y, 259, 22), bold('Nhận xét'), { size: 9 }),
  ];
  const rows = (y: number, count: number, key: string): Element =>
    table(box(LEFT, y, 240, rowHeight * count), key, [
      column(170, { size: 10, min: 7 }),
      column(70, { size: 10.5, align: 'center', face: 'bold' }),
    ]);
  const remark = (y: number, height: number, key: string): Element =>
    cell(box(LEFT + 240, y, 259, height), `{${key}}`, {
      size: 10,
      min: 6,
      align: 'left',
      valign: 'top',
      padding: 5,
    });
  const subheading = (y: number, content: string): Element =>
    headCell(box(LEFT, y, 240, 20), bold(content), { size: 9.5, align: 'left', padding: 3 });
  const qualities = 92;
  const competences = qualities + 22 + 5 * rowHeight + 40;
  const general = competences + 42;
  const specific = general + 3 * rowHeight;
  return {
    title: 'Phẩm chất và năng lực',
    elements: [
      text(box(LEFT, 40, 330, 18), labelled('Trường', 'schoolName'), { size: 10.5, min: 5 }),
      text(box(LEFT + 336, 40, 163, 18), labelled('Năm học', 'schoolYear'), { size: 10.5, align: 'right' }),
      heading(68, '2. Những phẩm chất chủ yếu'),
      ...head(qualities),
      rows(qualities + 22, 5, 'qualities'),
      remark(qualities + 22, 5 * rowHeight, 'qualitiesRemark'),
      heading(competences - 22, '3. Những năng lực cốt lõi'),
      ...head(competences),
      subheading(competences + 22, '3.1. Những năng lực chung'),
      rows(general, 3, 'generalCompetences'),
      subheading(specific, '3.2. Những năng lực đặc thù'),
      rows(specific + 20, 7, 'specificCompetences'),
      remark(competences + 22, 20 + 3 * rowHeight + 20 + 7 * rowHeight, 'competencesRemark'),
      ...foot(5, PAGES),
    ],
  };
}

function resultPage(): Page {
  const line = (y: number, height: number, label: string, key: string): Element =>
    text(box(LEFT, y, INNER_WIDTH, height), [run('bold', `${label}: `), run('regular', `{${key}}`)], {
      size: 11.5,
      min: 7,
      valign: 'top',
    });
  return {
    title: 'Kết quả giáo dục',
    elements: [
      text(box(LEFT, 40, 330, 18), labelled('Họ và tên học sinh', 'fullName'), { size: 10.5, min: 5 }),
      text(box(LEFT + 336, 40, 163, 18), labelled('Năm học', 'schoolYear'), { size: 10.5, align: 'right' }),
      line(92, 40, '4. Đánh giá kết quả giáo dục', 'yearResult'),
      line(140, 66, '5. Khen thưởng', 'honour'),
      line(214, 66, '6. Hoàn thành chương trình lớp học / chương trình tiểu học', 'completion'),
      text(
        box(LEFT, 306, INNER_WIDTH, 18),
        'Theo Quyết định số {councilNumber} ngày {councilDate}, sau khi Hội đồng đã xét kết quả.',
        { size: 10, min: 7 },
      ),
      ...signatureHeadings(SIGNATURES_TOP, 'GIÁO VIÊN CHỦ NHIỆM', 'XÁC NHẬN CỦA HIỆU TRƯỞNG'),
      ...foot(6, PAGES),
    ],
  };
}
