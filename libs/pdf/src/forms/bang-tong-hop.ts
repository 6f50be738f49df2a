/**
 * Templates of the class summary of TT 27/2020, A3 landscape: "bang-tong-hop-1" within the year, "bang-tong-hop-cn-1" at
 * its end. The columns of the circular's nine forms come from J; here stands only how much room each group has.
 */
import type { Column, Element, Template } from '#pdf-fill/template.js';
import { bold, box, column, headCell, hundredths, labelled, table, text } from './drawing.js';
import {
  A3_LANDSCAPE,
  SHEET_SIGNATURES_HEIGHT,
  sheetFoot,
  sheetHead,
  sheetLink,
  sheetSignatureHeadings,
  sheetSignatures,
} from './geometry.js';

const SHEET = A3_LANDSCAPE;
const { left: LEFT, inner: INNER, end: END } = SHEET;
const ROUTE = { manager: 'vice-principal', when: 'last' } as const;
const SIGNATURES_TOP = END - SHEET_SIGNATURES_HEIGHT;
const GROUPS_TOP = 104;
const GROUP_HEIGHT = 18;
const HEAD_TOP = GROUPS_TOP + GROUP_HEIGHT;
const HEAD_HEIGHT = 118;
const ROWS_TOP = HEAD_TOP + HEAD_HEIGHT;
/** Pupils on a page. */
const PER_PAGE = 25;

interface Group {
  readonly label: string;
  readonly columns: readonly Column[];
}

function upright(width: number, times?: string): Column {
  const found: Column = { ...column(width, { size: 9, min: 5.5, align: 'center' }), upward: true };
  return times === undefined ? found : { ...found, times };
}

/** Both templates, but for the font, which the build adds. */
export function summaryTemplates(): Omit<Template, 'font'>[] {
  return [summaryTemplate('bang-tong-hop-1', false), summaryTemplate('bang-tong-hop-cn-1', true)];
}

function summaryTemplate(
  id: 'bang-tong-hop-1' | 'bang-tong-hop-cn-1',
  yearEnd: boolean,
): Omit<Template, 'font'> {
  const end: readonly Column[] = yearEnd
    ? [
        column(56, { size: 8.5, min: 5 }),
        column(56, { size: 8.5, min: 5 }),
        column(84, { size: 8.5, min: 5 }),
      ]
    : [];
  const fixed = 24 + 136 + 54 + 18 + 40;
  const traits = { qualities: 85, general: 51, specific: 119 };
  const note = yearEnd ? 44 : 90;
  const subjects =
    INNER - fixed - traits.qualities - traits.general - traits.specific - note - (yearEnd ? 196 : 0);
  const groups: readonly Group[] = [
    {
      label: 'Học sinh',
      columns: [
        column(24, { size: 9, align: 'center' }),
        column(136, { size: 9, min: 6 }),
        column(54, { size: 8.5, min: 6, align: 'center' }),
        column(18, { size: 9, min: 5, align: 'center' }),
        column(40, { size: 8.5, min: 5, align: 'center' }),
      ],
    },
    { label: 'Môn học và hoạt động giáo dục', columns: [upright(subjects, 'subjects')] },
    { label: 'Phẩm chất chủ yếu', columns: [upright(traits.qualities, 'qualities')] },
    { label: 'Năng lực chung', columns: [upright(traits.general, 'general')] },
    { label: 'Năng lực đặc thù', columns: [upright(traits.specific, 'specific')] },
    ...(yearEnd ? [{ label: 'Cuối năm học', columns: end }] : []),
    { label: '', columns: [column(note, { size: 8, min: 5 })] },
  ];
  const columns = groups.flatMap((group) => group.columns);
  return {
    format: 1,
    id,
    view: id,
    width: hundredths(SHEET.width),
    height: hundredths(SHEET.height),
    title: 'Bảng tổng hợp kết quả đánh giá giáo dục của lớp {className} – năm học {schoolYear}',
    pages: [
      {
        title: 'Bảng tổng hợp – trang {page}',
        link: sheetLink(SHEET),
        split: { rows: 'pupils', perPage: PER_PAGE },
        elements: [
          ...sheetHead(
            SHEET,
            'BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC CỦA LỚP',
            '{summaryTitle} ({forms}) – NĂM HỌC {schoolYear}',
          ),
          text(box(LEFT, 80, 160, 18), labelled('Lớp', 'className'), { size: 11, min: 7 }),
          text(box(LEFT + 170, 80, 380, 18), labelled('Giáo viên chủ nhiệm', 'homeroomTeacher'), {
            size: 11,
            min: 7,
          }),
          text(
            box(LEFT + 560, 80, INNER - 560, 18),
            'Số học sinh: {pupilCount}, trong đó nữ: {girlCount}. T, H, C: Hoàn thành tốt, Hoàn thành, Chưa hoàn thành; T, Đ, C: Tốt, Đạt, Cần cố gắng.',
            { size: 9, min: 6, align: 'right' },
          ),
          ...groupHeads(groups),
          {
            kind: 'head',
            box: box(LEFT, HEAD_TOP, INNER, HEAD_HEIGHT),
            labels: 'heads',
            columns: columns.map((each) => ({ ...each, face: 'bold', size: 800, minSize: 450 })),
            padding: hundredths(2),
          },
          table(
            box(LEFT, ROWS_TOP, INNER, SIGNATURES_TOP - 8 - ROWS_TOP),
            'pupils',
            columns.map((each) => ({ ...each })),
            { maxRowHeight: 20 },
          ),
          ...sheetSignatureHeadings(SHEET, SIGNATURES_TOP, ROUTE),
          text(box(LEFT, SIGNATURES_TOP + 14, INNER, 14), 'Chữ kí và con dấu ở trang cuối.', {
            size: 9,
            align: 'right',
            when: 'before',
          }),
          ...sheetFoot(SHEET),
        ],
      },
    ],
    signatures: sheetSignatures(SHEET, 0, SIGNATURES_TOP, ROUTE),
  };
}

function groupHeads(groups: readonly Group[]): Element[] {
  let x = LEFT;
  return groups.map(({ label, columns }) => {
    const width = columns.reduce((sum, each) => sum + each.width / 100, 0);
    const found = headCell(box(x, GROUPS_TOP, width, GROUP_HEIGHT), bold(label), { size: 8.5, min: 5 });
    x += width;
    return found;
  });
}
