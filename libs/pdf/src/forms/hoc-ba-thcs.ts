/**
 * Templates "hoc-ba-thcs-1" and "hoc-ba-trung-hoc-pho-thong-1": học bạ of lower and upper secondary school, after the form
 * of TT 22/2021/TT-BGDĐT; two year pages facing.
 */
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
  confirmedLater,
  cover,
  foot,
  guide,
  openingSignature,
  PAGE_END,
  signatureHeadings,
  signaturePlaces,
  SIGNATURES_HEIGHT,
  type GuidePart,
} from './shared-pages.js';

const PAGES = 5;
const LEFT = MARGIN.left;
const SIGNATURES_TOP = PAGE_END - SIGNATURES_HEIGHT;

const GUIDE: readonly GuidePart[] = [
  {
    heading: '1. Quy định chung',
    lines: [
      'Học bạ ghi kết quả rèn luyện và học tập của học sinh theo từng năm học, lập và quản lí bằng hồ sơ điện tử.',
      'Nội dung lấy từ sổ theo dõi và đánh giá học sinh đã khóa; mọi sửa chữa sau khi ghi sổ đều giữ lại nội dung cũ, lí do và người duyệt.',
      'Dữ liệu của học bạ được đính kèm trong tệp này. Chữ kí số, con dấu số và Sổ Cái xác nhận dữ liệu đó; bản in chỉ để đọc.',
    ],
  },
  {
    heading: '2. Giáo viên môn học',
    lines: [
      'Ghi điểm trung bình môn hoặc mức đánh giá của từng học kì và cả năm học; ghi nhận xét về sự tiến bộ, ưu điểm nổi bật và hạn chế chủ yếu (nếu có).',
      'Chịu trách nhiệm về tính chính xác của kết quả do mình đánh giá.',
    ],
  },
  {
    heading: '3. Giáo viên chủ nhiệm',
    lines: [
      'Ghi kết quả rèn luyện, học tập, số buổi nghỉ học, khen thưởng và nhận xét chung; xác nhận các sửa chữa của giáo viên môn học.',
      'Kí số học bạ sau khi Hội đồng đã xét kết quả cuối năm.',
    ],
  },
  {
    heading: '4. Hiệu trưởng',
    lines: [
      'Phê duyệt kết quả, kí số học bạ hoặc ủy quyền bằng văn bản; con dấu số của nhà trường được đóng sau cùng.',
    ],
  },
  {
    heading: '5. Kiểm tra học bạ',
    lines: [
      'Ai cũng có thể kiểm tra học bạ bằng tệp PDF này, mã QR hoặc mã xác thực ở cuối mỗi trang, không cần tài khoản.',
    ],
  },
];

/** What the two levels call themselves. */
const LEVELS = {
  lower: { id: 'hoc-ba-thcs-1', name: 'trung học cơ sở' },
  upper: { id: 'hoc-ba-trung-hoc-pho-thong-1', name: 'trung học phổ thông' },
} as const;

/** The template of a level, but for the font, which the build adds. */
export function secondaryTemplate(
  metrics: FontMetrics,
  level: keyof typeof LEVELS = 'lower',
): Omit<Template, 'font'> {
  const { id, name } = LEVELS[level];
  return {
    format: 1,
    id,
    view: 'hoc-ba-thcs-1',
    width: hundredths(PAGE.width),
    height: hundredths(PAGE.height),
    title: `Học bạ ${name} – {fullName} – năm học {schoolYear}`,
    pages: [
      cover(
        name.toUpperCase(),
        '(Mẫu ban hành kèm theo Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021)',
        PAGES,
      ),
      guide('HƯỚNG DẪN SỬ DỤNG HỌC BẠ', GUIDE, PAGES, metrics),
      openingPage(),
      yearPageA(),
      yearPageB(name),
    ],
    signatures: signaturePlaces(4, SIGNATURES_TOP),
  };
}

function openingPage(): Page {
  const line = (i: number): number => 84 + 21 * i;
  const full = (i: number, label: string, key: string): Element =>
    text(box(LEFT, line(i), INNER_WIDTH, 20), labelled(label, key), { size: 11, min: 5 });
  const half = (i: number, side: 0 | 1, label: string, key: string): Element =>
    text(box(LEFT + side * 250, line(i), 246, 20), labelled(label, key), { size: 11, min: 5 });
  const history = box(LEFT, 444, INNER_WIDTH, 250);
  return {
    title: 'Lí lịch và quá trình học tập',
    elements: [
      text(box(LEFT, 44, INNER_WIDTH, 26), bold('HỌC BẠ'), { tag: 'H1', size: 16, align: 'center' }),
      text(box(LEFT, line(0), 360, 20), labelled('Họ và tên', 'fullName'), { size: 11, min: 5 }),
      text(box(LEFT + 370, line(0), 129, 20), labelled('Giới tính', 'sex'), { size: 11, min: 5 }),
      half(1, 0, 'Ngày sinh', 'birthDate'),
      half(1, 1, 'Dân tộc', 'ethnicity'),
      full(2, 'Nơi sinh', 'birthPlace'),
      half(3, 0, 'Quốc tịch', 'nationality'),
      half(3, 1, 'Số định danh cá nhân', 'personalId'),
      full(4, 'Đối tượng (con liệt sĩ, con thương binh …)', 'policyGroup'),
      full(5, 'Chỗ ở hiện tại', 'address'),
      full(6, 'Họ và tên cha, nghề nghiệp', 'father'),
      full(7, 'Họ và tên mẹ, nghề nghiệp', 'mother'),
      full(8, 'Họ và tên người giám hộ (nếu có), nghề nghiệp', 'guardian'),
      ...openingSignature(280, PAGES),
      text(box(LEFT, 392, INNER_WIDTH, 22), bold('QUÁ TRÌNH HỌC TẬP'), {
        tag: 'H2',
        size: 13,
        align: 'center',
      }),
      headCell(box(LEFT, 422, 100, 22), bold('Năm học'), { size: 10 }),
      headCell(box(LEFT + 100, 422, 70, 22), bold('Lớp'), { size: 10 }),
      headCell(box(LEFT + 170, 422, 329, 22), bold('Tên trường, địa danh'), { size: 10 }),
      table(
        history,
        'history',
        [
          column(100, { size: 10, align: 'center' }),
          column(70, { size: 10, align: 'center' }),
          column(329, { size: 10 }),
        ],
        { minRows: 6, maxRowHeight: 34 },
      ),
      ...foot(3, PAGES),
    ],
  };
}

/** Họ và tên, lớp, năm học above a year page. */
function yearHeading(y: number): Element[] {
  const options = { size: 10.5, min: 5 };
  return [
    text(box(LEFT, y, 270, 18), labelled('Họ và tên', 'fullName'), options),
    text(box(LEFT + 276, y, 90, 18), labelled('Lớp', 'className'), options),
    text(box(LEFT + 370, y, 129, 18), labelled('Năm học', 'schoolYear'), { ...options, align: 'right' }),
  ];
}

function yearPageA(): Page {
  const top = 66;
  const header = 62;
  const end = PAGE_END - 74;
  const widths = [98, 42, 42, 42, 47, 228] as const;
  const edge = (i: number): number => LEFT + widths.slice(0, i).reduce((sum, width) => sum + width, 0);
  const head = (i: number, content: string, y = top, height = header): Element =>
    headCell(box(edge(i), y, widths[i] ?? 0, height), bold(content), { size: 8 });
  return {
    title: 'Kết quả học tập các môn học',
    elements: [
      ...yearHeading(40),
      head(0, 'Môn học / Hoạt động giáo dục'),
      headCell(
        box(edge(1), top, widths[1] + widths[2] + widths[3], 28),
        bold('Điểm trung bình môn học hoặc mức đánh giá'),
        { size: 8 },
      ),
      head(1, 'Học kì I', top + 28, header - 28),
      head(2, 'Học kì II', top + 28, header - 28),
      head(3, 'Cả năm', top + 28, header - 28),
      head(4, 'Điểm hoặc mức sau đánh giá lại (nếu có)'),
      headCell(
        box(edge(5), top, widths[5], header),
        [
          run('bold', 'Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu (nếu có)'),
          run('regular', ' và họ tên giáo viên môn học'),
        ],
        { size: 8 },
      ),
      table(box(LEFT, top + header, INNER_WIDTH, end - top - header), 'subjects', [
        column(widths[0], { size: 9, min: 6.5 }),
        column(widths[1], { size: 10, align: 'center' }),
        column(widths[2], { size: 10, align: 'center' }),
        column(widths[3], { size: 10, align: 'center', face: 'bold' }),
        column(widths[4], { size: 10, align: 'center' }),
        column(widths[5], { size: 9 }),
      ]),
      text(box(LEFT, end + 4, INNER_WIDTH, 22), italic('{corrections}'), {
        size: 9,
        min: 4.5,
        valign: 'top',
      }),
      ...confirmedLater(end + 28, PAGES),
      ...foot(4, PAGES),
    ],
  };
}

function yearPageB(level: string): Page {
  const top = 66;
  return {
    title: 'Kết quả rèn luyện, học tập cả năm',
    elements: [
      ...yearHeading(40),
      ...levelTable(top),
      text(
        box(LEFT, top + 158, INNER_WIDTH, 14),
        italic(`Nếu là lớp cuối cấp thì ghi: Hoàn thành hay không hoàn thành chương trình ${level}.`),
        { size: 8.5 },
      ),
      ...extras(top + 178),
      ...remark(top + 292),
      text(
        box(LEFT, SIGNATURES_TOP - 26, INNER_WIDTH, 16),
        'Theo Quyết định số {councilNumber} ngày {councilDate}, sau khi Hội đồng đã xét kết quả.',
        { size: 9.5, min: 7 },
      ),
      ...signatureHeadings(SIGNATURES_TOP, 'GIÁO VIÊN CHỦ NHIỆM', 'HIỆU TRƯỞNG'),
      ...foot(5, PAGES),
    ],
  };
}

function levelTable(top: number): Element[] {
  const head = (x: number, y: number, width: number, height: number, content: string): Element =>
    headCell(box(LEFT + x, y, width, height), bold(content), { size: 8 });
  const body = top + 70;
  return [
    head(0, top, 58, 70, 'Học kì'),
    head(58, top, 104, 30, 'Mức đánh giá'),
    head(58, top + 30, 52, 40, 'Kết quả rèn luyện'),
    head(110, top + 30, 52, 40, 'Kết quả học tập'),
    head(162, top, 58, 70, 'Tổng số buổi nghỉ học cả năm học'),
    head(220, top, 112, 30, 'Mức đánh giá lại, sau rèn luyện hè'),
    head(220, top + 30, 56, 40, 'Kết quả rèn luyện'),
    head(276, top + 30, 56, 40, 'Kết quả học tập'),
    table(box(LEFT, body, 162, 81), 'levels', [
      column(58, { size: 9.5 }),
      column(52, { size: 9.5, align: 'center', face: 'bold' }),
      column(52, { size: 9.5, align: 'center', face: 'bold' }),
    ]),
    cell(box(LEFT + 162, body, 58, 81), bold('{absences}'), { size: 11 }),
    cell(box(LEFT + 220, body, 56, 81), bold('{conductAfter}'), { size: 9.5 }),
    cell(box(LEFT + 276, body, 56, 81), bold('{learningAfter}'), { size: 9.5 }),
    cell(box(LEFT + 332, top, 167, 151), '', {}),
    ...decisionBox(top),
  ];
}

function decisionBox(top: number): Element[] {
  const line = (y: number, height: number, label: string, key: string, when?: string): Element =>
    text(box(LEFT + 337, top + y, 157, height), [run('regular', `– ${label}: `), run('bold', `{${key}}`)], {
      size: 9,
      min: 6,
      valign: 'top',
      ...(when === undefined ? {} : { when }),
    });
  return [
    line(4, 37, 'Được lên lớp', 'promoted'),
    line(
      41,
      49,
      'Được lên lớp sau khi đánh giá lại môn học hoặc rèn luyện trong kì nghỉ hè',
      'promotedAfterSummer',
    ),
    line(92, 26, 'Không được lên lớp', 'notPromoted'),
    line(119, 30, 'Chưa quyết định', 'undecided', 'undecided'),
  ];
}

function extras(top: number): Element[] {
  const rows = [
    ['Chứng chỉ (nếu có)', 'certificates'],
    ['Kết quả tham gia các cuộc thi (nếu có)', 'competitions'],
    ['Khen thưởng (nếu có)', 'honour'],
    ['Kết quả rèn luyện trong kì nghỉ hè (nếu có)', 'summerTraining'],
  ] as const;
  return rows.map(([label, key], i) =>
    text(box(LEFT, top + 28 * i, INNER_WIDTH, 27), labelled(`– ${label}`, key), {
      size: 10.5,
      min: 6.5,
      valign: 'top',
    }),
  );
}

function remark(top: number): Element[] {
  return [
    text(box(LEFT, top, INNER_WIDTH, 20), bold('NHẬN XÉT CỦA GIÁO VIÊN CHỦ NHIỆM'), {
      ...{ size: 11, align: 'center', tag: 'H2' },
    }),
    text(box(LEFT, top + 24, INNER_WIDTH, 108), '{homeroomRemark}', {
      size: 10.5,
      min: 6.5,
      valign: 'top',
      border: true,
      padding: 8,
    }),
  ];
}
