/** The files of fixtures/files/broken: each with what is wrong with it and what must come of it. */
import { deflateRawSync } from 'node:zlib';
import { storeArchive } from '#api/exchange/zip-writing.js';
import { rawParts, rawWorkbook, serialOf, sheetXml, workbookOfXml, type RawCell } from './raw-workbook.js';

export interface BrokenFile {
  readonly name: string;
  /** In one sentence, for the list beside the files. */
  readonly comment: string;
  readonly kind: 'class-list' | 'mark-sheet';
  /** The code of the error that refuses the file, or the codes of its problems in order. */
  readonly outcome: string | readonly string[];
  make(): Uint8Array;
}

const LIST_HEADINGS = [
  'STT',
  'Mã học sinh',
  'Họ và tên',
  'Ngày sinh',
  'Giới tính',
  'Số định danh cá nhân',
  'Lớp',
];
const MARK_TITLE = ['Lớp: 6A2 · Môn: Toán · Học kì I · Năm học: 2026-2027'];
const MARK_HEADINGS = [
  'STT',
  'Mã học sinh',
  'Họ và tên',
  'TX1',
  'TX2',
  'TX3',
  'TX4',
  'ĐĐGgk',
  'ĐĐGck',
  'Nhận xét',
];

function listOf(rows: readonly (readonly RawCell[])[]): Uint8Array {
  return rawWorkbook([{ name: 'Danh sách', rows: [['DANH SÁCH HỌC SINH'], LIST_HEADINGS, ...rows] }]);
}

function marksOf(...marks: readonly (readonly RawCell[])[]): Uint8Array {
  const rows = marks.map((cells, index) => [
    String(index + 1),
    `97226050${10 + index}`,
    `Học sinh ${index + 1}`,
    ...cells,
  ]);
  return rawWorkbook([{ name: 'Toán', rows: [MARK_TITLE, MARK_HEADINGS, ...rows] }]);
}

export const BROKEN_FILES: readonly BrokenFile[] = [
  {
    name: 'class-list-damaged-cells.xlsx',
    comment:
      'A class list as it comes out of careless hands: a name in NFD (fine), a name with ð for đ, a class that Excel made a date of and that may be 6/7 or 7/6, an id whose zero was cut off, a birthday of 31 February, a code twice, a pupil without a code.',
    kind: 'class-list',
    outcome: [
      'SUSPECT_CHARACTER',
      'TURNED_INTO_DATE',
      'ZEROS_LOST',
      'UNREADABLE_CELL',
      'MISSING_PUPIL_CODE',
      'DUPLICATE_PUPIL',
    ],
    make: () =>
      listOf([
        ['1', '9722600001', 'Phạm Ngọc Thuý'.normalize('NFD'), '17/03/2015', 'Nữ', '083315900001', '6A1'],
        ['2', '9722600002', 'Nguyễn ðức An', '18/03/2015', 'Nam', '083215900002', '６a１ '],
        ['3', '9722600003', 'Lê Thị Ó', '19/03/2015', 'Nữ', '083315900003', serialOf('2026-07-06')],
        ['4', '9722600004', 'Trần Gia Bảo', '20/03/2015', 'Nam', 83_215_900_004, '6A1'],
        ['5', '9722600005', 'Võ Hà My', '31/02/2015', 'Nữ', '083315900005', '6A1'],
        ['6', '9722600001', 'Đỗ Khánh Chi', '22/03/2015', 'Nữ', '083315900006', '6A1'],
        ['7', null, 'Bùi Minh Quân', '23/03/2015', 'Nam', '083215900007', '6A1'],
      ]),
  },
  {
    name: 'mark-sheet-wrong-marks.xlsx',
    comment:
      'Marks that nobody may take: 85 (8,5?), 8,25, 11, −1, a word, V among the regular marks, a date that was 8.5, a failed formula and one never computed.',
    kind: 'mark-sheet',
    outcome: [
      ...Array.from({ length: 6 }, () => 'VALUE_REFUSED'),
      'TURNED_INTO_DATE',
      'VALUE_REFUSED',
      'VALUE_REFUSED',
    ],
    make: () =>
      marksOf(
        ['85', '8,25', 11, '-1'],
        ['tốt', 'V', serialOf('2026-05-08'), { error: '#N/A' }],
        [{ formula: 'AVERAGE(A1:A2)' }],
      ),
  },
  {
    name: 'mark-sheet-other-class.xlsx',
    comment: 'The marks of 6A3: the title says so, and an import for 6A2 must not take them.',
    kind: 'mark-sheet',
    outcome: ['OTHER_SHEET'],
    make: () =>
      rawWorkbook([
        {
          name: 'Toán',
          rows: [
            ['Lớp: 6A3 · Môn: Toán · Học kì I · Năm học: 2026-2027'],
            MARK_HEADINGS,
            ['1', '9722605011', 'Học sinh 1', '8'],
          ],
        },
      ]),
  },
  {
    name: 'mark-sheet-without-headings.xlsx',
    comment: 'Names and marks with no heading row: nothing says which column is which.',
    kind: 'mark-sheet',
    outcome: 'NO_HEADER_ROW',
    make: () => rawWorkbook([{ name: 'Toán', rows: [MARK_TITLE, ['1', 'Nguyễn Minh Anh', '8', '7']] }]),
  },
  {
    name: 'zip-bomb.xlsx',
    comment: 'Sixty kilobytes that unpack to 60 MB.',
    kind: 'class-list',
    outcome: 'WORKBOOK_LIMIT',
    make: () => deflatedWorkbook(new Uint8Array(60 * 1024 * 1024), 60 * 1024 * 1024),
  },
  {
    name: 'zip-liar.xlsx',
    comment: 'The same bytes, announced as 1,000 in both headers.',
    kind: 'class-list',
    outcome: 'WORKBOOK_LIMIT',
    make: () => deflatedWorkbook(new Uint8Array(60 * 1024 * 1024), 1000),
  },
  {
    name: 'entities.xlsx',
    comment: 'A DTD with entities that grow tenfold at each level (billion laughs).',
    kind: 'class-list',
    outcome: 'DTD_REFUSED',
    make: () =>
      workbookOfXml(
        `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${sheetXml([['a']]).slice(38)}`,
      ),
  },
  {
    name: 'far-cell.xlsx',
    comment: 'One cell in the last row and column: a careless reader fills 17 thousand million cells.',
    kind: 'class-list',
    outcome: 'WORKBOOK_LIMIT',
    make: () =>
      workbookOfXml(
        '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
      ),
  },
  {
    name: 'cut-off.xlsx',
    comment: 'A good file whose last third was lost on the way.',
    kind: 'class-list',
    outcome: 'DAMAGED_WORKBOOK',
    make: () => {
      const whole = listOf([['1', '9722600001', 'Nguyễn Minh Anh', '17/03/2015', 'Nữ', null, '6A1']]);
      return whole.slice(0, Math.floor((whole.length * 2) / 3));
    },
  },
  {
    name: 'old-format.xls',
    comment: 'The first bytes of the format before 2007, which a password-protected .xlsx has too.',
    kind: 'class-list',
    outcome: 'NOT_A_WORKBOOK',
    make: () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0, 0, 0, 0, 0),
  },
];

/** A workbook whose styles are one deflated run of `data`, its size given as `claimed`. */
function deflatedWorkbook(data: Uint8Array, claimed: number): Uint8Array {
  const parts = rawParts([{ name: 'Trang 1', xml: sheetXml([['a']]) }]).filter(
    ({ name }) => name !== 'xl/styles.xml',
  );
  const bytes = storeArchive([{ name: 'xl/styles.xml', data: deflateRawSync(data, { level: 9 }) }, ...parts]);
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(bytes.length - 6, true);
  for (const [method, size] of [
    [8, 22],
    [directory + 10, directory + 24],
  ] as const) {
    view.setUint16(method, 8, true);
    view.setUint32(size, claimed, true);
  }
  return bytes;
}

/** The list that stands beside the files. */
export function brokenReadme(): string {
  const rows = BROKEN_FILES.map(({ name, comment, outcome }) => {
    const shown =
      typeof outcome === 'string'
        ? `refused: \`${outcome}\``
        : `problems: ${[...new Set(outcome)].map((code) => `\`${code}\``).join(', ')}`;
    return `* \`${name}\` — ${comment} → ${shown}`;
  });
  return [
    '# Broken workbooks',
    '',
    'Files that an import must refuse or question, never half take. Made and checked by `apps/api/test/exchange`',
    '(`SOCAI_WRITE_FIXTURES=1` writes them anew); all names are invented.',
    '',
    ...rows,
    '',
  ].join('\n');
}
