/** Templates of the result slip for parents: one page A4, secondary (a term; the year) and primary (any of its times). */
import type { Column, Element, Template } from '#pdf-fill/template.js';
import { bold, box, column, headCell, hundredths, italic, labelled, run, table, text } from './drawing.js';
import {
  A4_PORTRAIT,
  SHEET_SIGNATURES_HEIGHT,
  sheetFoot,
  sheetHead,
  sheetLink,
  sheetSignatureHeadings,
  sheetSignatures,
} from './geometry.js';

const SHEET = A4_PORTRAIT;
const { left: LEFT, inner: INNER, end: END } = SHEET;
const ROUTE = { manager: 'vice-principal' } as const;
const SIGNATURES_TOP = END - SHEET_SIGNATURES_HEIGHT;
const TABLE_TOP = 126;
const HEAD = 34;

interface SlipColumn {
  readonly label: string;
  readonly width: number;
  readonly column: Column;
}

function slipColumn(label: string, width: number, options: Parameters<typeof column>[1] = {}): SlipColumn {
  return { label, width, column: column(width, { size: 10, align: 'center', ...options }) };
}

/** The three templates, but for the font, which the build adds. */
export function slipTemplates(): Omit<Template, 'font'>[] {
  const marks = (wide: number, yearEnd: boolean): SlipColumn[] => [
    slipColumn('Môn học / Hoạt động giáo dục', 92, { size: 9, min: 6.5, align: 'left' }),
    slipColumn('ĐĐGtx', 66, { size: 9.5 }),
    slipColumn('ĐĐGgk', 33),
    slipColumn('ĐĐGck', 33),
    ...(yearEnd ? [slipColumn('ĐTB học kì I', 34)] : []),
    slipColumn(yearEnd ? 'ĐTB học kì II' : 'ĐTB học kì', 34, yearEnd ? {} : { face: 'bold' }),
    ...(yearEnd ? [slipColumn('Cả năm', 34, { face: 'bold' })] : []),
    slipColumn('Nhận xét', wide, { size: 8.5, min: 4.5, align: 'left' }),
  ];
  return [
    template('phieu-trung-hoc-hk-1', marks(INNER - 258, false), secondaryResults(false)),
    template('phieu-trung-hoc-cn-1', marks(INNER - 326, true), secondaryResults(true)),
    template(
      'phieu-th-1',
      [
        slipColumn('Môn học / Hoạt động giáo dục', 140, { size: 9.5, min: 6.5, align: 'left' }),
        slipColumn('Mức đạt được', 52, { face: 'bold' }),
        slipColumn('Điểm KTĐK', 52, { face: 'bold' }),
        slipColumn('Nhận xét', INNER - 244, { size: 8.5, min: 4.5, align: 'left' }),
      ],
      primaryResults(),
    ),
  ];
}

interface Results {
  /** Where the table of subjects ends. */
  readonly tableEnd: number;
  readonly elements: readonly Element[];
}

function template(
  id: 'phieu-trung-hoc-hk-1' | 'phieu-trung-hoc-cn-1' | 'phieu-th-1',
  columns: readonly SlipColumn[],
  results: Results,
): Omit<Template, 'font'> {
  const edge = (i: number): number => LEFT + columns.slice(0, i).reduce((sum, { width }) => sum + width, 0);
  const top = TABLE_TOP + HEAD;
  return {
    format: 1,
    id,
    view: id,
    width: hundredths(SHEET.width),
    height: hundredths(SHEET.height),
    title: 'Phiếu báo kết quả – {fullName} – năm học {schoolYear}',
    pages: [
      {
        title: 'Phiếu báo kết quả',
        link: sheetLink(SHEET),
        elements: [
          ...sheetHead(SHEET, 'PHIẾU BÁO KẾT QUẢ', '{slipTitle} – NĂM HỌC {schoolYear}'),
          text(box(LEFT, 80, 300, 18), labelled('Học sinh', 'fullName'), { size: 11, min: 7 }),
          text(box(LEFT + 306, 80, 100, 18), labelled('Lớp', 'className'), { size: 11, min: 7 }),
          text(box(LEFT + 410, 80, INNER - 410, 18), labelled('Giới tính', 'sex'), { size: 11, min: 7 }),
          text(box(LEFT, 100, 300, 18), labelled('Ngày sinh', 'birthDate'), { size: 11, min: 7 }),
          text(box(LEFT + 306, 100, INNER - 306, 18), labelled('Mã học sinh', 'pupilCode'), {
            size: 11,
            min: 6.5,
          }),
          ...columns.map(({ label, width }, i) =>
            headCell(box(edge(i), TABLE_TOP, width, HEAD), bold(label), { size: 8.5 }),
          ),
          table(
            box(LEFT, top, INNER, results.tableEnd - top),
            'subjects',
            columns.map((each) => each.column),
            { maxRowHeight: 30 },
          ),
          ...results.elements,
          text(box(LEFT, SIGNATURES_TOP - 17, INNER, 14), '{slipNote}', { size: 9, min: 5 }),
          ...sheetSignatureHeadings(SHEET, SIGNATURES_TOP, ROUTE),
          ...sheetFoot(SHEET),
        ],
      },
    ],
    signatures: sheetSignatures(SHEET, 0, SIGNATURES_TOP, ROUTE),
  };
}

const LINE = { size: 10, min: 6.5, valign: 'top' } as const;

/** The sentence about corrections, and how grandmother may read it. */
function closing(y: number, remarkLabel: string, remarkKey: string): Element[] {
  return [
    text(box(LEFT, y, INNER, 62), [run('bold', `${remarkLabel}: `), run('regular', `{${remarkKey}}`)], {
      size: 9.5,
      min: 5.5,
      valign: 'top',
      border: true,
      padding: 5,
    }),
    text(box(LEFT, y + 65, INNER, 20), italic('{corrections}'), { size: 8.5, min: 5, valign: 'top' }),
  ];
}

function secondaryResults(yearEnd: boolean): Results {
  const closingTop = SIGNATURES_TOP - 104;
  const top = closingTop - (yearEnd ? 88 : 40);
  const half = Math.floor(INNER / 2);
  const term = yearEnd ? 'Học kì II' : 'Học kì';
  const level = (x: number, y: number, label: string, key: string): Element =>
    text(box(LEFT + x, y, half - 6, 16), labelled(label, key), LINE);
  return {
    tableEnd: top - 6,
    elements: [
      level(0, top, `${term}: kết quả rèn luyện`, 'conduct'),
      level(half, top, `${term}: kết quả học tập`, 'learning'),
      ...(yearEnd
        ? [
            level(0, top + 17, 'Cả năm: kết quả rèn luyện', 'yearConduct'),
            level(half, top + 17, 'Cả năm: kết quả học tập', 'yearLearning'),
          ]
        : []),
      text(
        box(LEFT, top + (yearEnd ? 34 : 17), INNER, 16),
        [
          run('regular', `Số buổi nghỉ học${yearEnd ? ' cả năm' : ''}: `),
          run('bold', '{absences}'),
          run('regular', ', trong đó không phép: '),
          run('bold', '{absentUnpermitted}'),
        ],
        LINE,
      ),
      ...(yearEnd
        ? [
            text(box(LEFT, top + 51, INNER, 16), labelled('Kết quả cuối năm', 'promotion'), LINE),
            text(box(LEFT, top + 68, INNER, 16), labelled('Khen thưởng', 'honour'), {
              ...LINE,
              when: 'honour',
            }),
          ]
        : []),
      ...closing(closingTop, 'Nhận xét của giáo viên chủ nhiệm', 'homeroomRemark'),
    ],
  };
}

function primaryResults(): Results {
  const closingTop = SIGNATURES_TOP - 104;
  const resultTop = closingTop - 38;
  const traitsTop = resultTop - 150;
  const third = Math.floor(INNER / 3);
  const half = Math.floor(INNER / 2);
  const traits = (i: number, label: string, rows: string): Element[] => {
    const x = LEFT + i * third;
    const width = i === 2 ? INNER - 2 * third : third;
    return [
      headCell(box(x, traitsTop, width, 20), bold(label), { size: 8.5 }),
      table(
        box(x, traitsTop + 20, width, 124),
        rows,
        [column(width - 34, { size: 9, min: 6.5 }), column(34, { size: 9.5, align: 'center', face: 'bold' })],
        { maxRowHeight: 17.7 },
      ),
    ];
  };
  return {
    tableEnd: traitsTop - 8,
    elements: [
      ...traits(0, 'Phẩm chất chủ yếu', 'qualities'),
      ...traits(1, 'Năng lực chung', 'general'),
      ...traits(2, 'Năng lực đặc thù', 'specific'),
      text(box(LEFT, resultTop, half - 6, 18), labelled('Đánh giá kết quả giáo dục', 'yearResult'), {
        ...LINE,
        when: 'completion',
      }),
      text(box(LEFT + half, resultTop, INNER - half, 18), labelled('Khen thưởng', 'honour'), {
        ...LINE,
        min: 5,
        when: 'honour',
      }),
      text(box(LEFT, resultTop + 18, INNER, 18), bold('{completion}'), { ...LINE, when: 'completion' }),
      text(
        box(LEFT, closingTop, INNER, 62),
        [
          run('bold', 'Phẩm chất: '),
          run('regular', '{qualitiesRemark}'),
          run('bold', ' Năng lực: '),
          run('regular', '{competencesRemark}'),
        ],
        { size: 9.5, min: 5, valign: 'top', border: true, padding: 5 },
      ),
      text(box(LEFT, closingTop + 65, INNER, 20), italic('{corrections}'), {
        size: 8.5,
        min: 5,
        valign: 'top',
      }),
    ],
  };
}
