import { describe, expect, test } from '@jest/globals';
import type { MarkSheetTarget } from '#api/exchange/mark-sheet-columns.js';
import { readMarkSheet, writeMarkSheets, type MarkSheet } from '#api/exchange/mark-sheet-workbook.js';
import { sheetAreas, sheetColumns } from '#regulations/sheets.js';
import type { Period, RuleSetId } from '#regulations/types.js';
import { rawWorkbook, serialOf, type RawCell } from './raw-workbook.js';

function target(
  area: string,
  of: { className?: string; period?: Period; grade?: number; ruleSet?: RuleSetId } = {},
): MarkSheetTarget {
  const { className = '6A2', period = 'HK1', grade = 6, ruleSet = 'tt22-2021' } = of;
  const found = sheetAreas(ruleSet, grade).find((each) => each.area === area);
  return {
    schoolYear: '2026-2027',
    className,
    area,
    areaLabel: found?.label ?? area,
    areaShort: found?.short ?? area,
    period,
    columns: sheetColumns(ruleSet, grade, area, period),
  };
}

const MATHS = target('TOAN');
const TITLE = 'BẢNG ĐIỂM MÔN TOÁN - LỚP 6A2 - HỌC KÌ I - NĂM HỌC 2026-2027';
const HEADINGS = [
  'STT',
  'Mã học sinh',
  'Họ và tên',
  'TX1',
  'TX2',
  'TX3',
  'TX4',
  'ĐĐGgk',
  'ĐĐGck',
  'ĐTBmhk',
  'Nhận xét',
];
const PUPIL = ['1', '9722605001', 'Nguyễn Minh Anh'];

/** A sheet of one pupil with these cells after the name. */
function sheet(marks: readonly RawCell[], title = TITLE): Uint8Array {
  return rawWorkbook([{ name: 'Sheet1', rows: [[title], HEADINGS, [...PUPIL, ...marks]] }]);
}

async function read(marks: readonly RawCell[]) {
  const reading = await readMarkSheet(sheet(marks), MATHS);
  const cells = Object.fromEntries(
    (reading.rows[0]?.cells ?? []).map(({ column, value }) => [column, value]),
  );
  return { cells, problems: reading.problems, codes: reading.problems.map(({ code }) => code) };
}

describe('a mark sheet that is written', () => {
  const filled = (of: MarkSheetTarget, values: Record<string, string>): MarkSheet => ({
    ...of,
    schoolName: 'Trường THCS Sông Mây',
    teacher: 'Trần Nhật Khoa',
    pupils: [{ code: '9722605001', fullName: 'Nguyễn Minh Anh', values }],
  });

  test('reads back as it was, one subject among several', async () => {
    const maths = { TX1: '8.5', TX2: '10', TX3: '0', GK: 'V', NX: '=1+1; có tiến bộ' };
    const sport = { TX1: 'D', TX2: 'CD', GK: 'D', CK: 'D' };
    const conduct = { MUC: 'CHUA_DAT', VANG_P: '2', VANG_K: '1' };
    const bytes = await writeMarkSheets([
      filled(MATHS, maths),
      filled(target('GDTC'), sport),
      filled(target('REN_LUYEN'), conduct),
    ]);
    for (const [area, values] of [
      ['TOAN', maths],
      ['GDTC', sport],
      ['REN_LUYEN', conduct],
    ] as const) {
      const reading = await readMarkSheet(bytes, target(area));
      expect(reading.problems).toEqual([]);
      expect(
        Object.fromEntries((reading.rows[0]?.cells ?? []).map(({ column, value }) => [column, value])),
      ).toEqual(values);
    }
  });

  test('prints decimal commas and the signs of the forms', async () => {
    const bytes = await writeMarkSheets([
      filled(MATHS, { TX1: '8.5' }),
      filled(target('GDTC'), { TX1: 'CD' }),
    ]);
    const maths = await readMarkSheet(bytes, MATHS);
    expect(maths.rows[0]?.cells).toEqual([{ column: 'TX1', cell: 'D9', text: '8,5', value: '8.5' }]);
    const sport = await readMarkSheet(bytes, target('GDTC'));
    expect(sport.rows[0]?.cells[0]).toMatchObject({ text: 'CĐ', value: 'CD' });
  });

  test('of one subject in several classes has a sheet a class, each found by its title', async () => {
    const classes = ['6A1', '6A2', '6/3'].map((className) =>
      filled(target('GDCD', { className }), { TX1: '7' }),
    );
    const bytes = await writeMarkSheets(classes);
    for (const { className } of classes) {
      const reading = await readMarkSheet(bytes, target('GDCD', { className }));
      expect(reading.title.className).toBe(className);
      expect(reading.problems).toEqual([]);
    }
    await expect(readMarkSheet(bytes, target('GDCD', { className: '9A9' }))).rejects.toMatchObject({
      code: 'SHEET_NOT_FOUND',
    });
  });

  test('of a primary class tells the halves of a subject apart', async () => {
    const of = (area: string) =>
      target(area, { className: '4A2', period: 'CN', grade: 4, ruleSet: 'tt27-2020' });
    const bytes = await writeMarkSheets([
      filled(of('AM_NHAC'), { MUC: 'T' }),
      filled(of('MI_THUAT'), { MUC: 'H' }),
      filled(of('TOAN'), { MUC: 'C', KTDK: '4' }),
    ]);
    expect((await readMarkSheet(bytes, of('MI_THUAT'))).rows[0]?.cells[0]?.value).toBe('H');
    expect((await readMarkSheet(bytes, of('TOAN'))).rows[0]?.cells.map(({ value }) => value)).toEqual([
      'C',
      '4',
    ]);
  });
});

describe('a mark sheet that a teacher sends', () => {
  test('is read with commas or dots, as text or as number, without its averages', async () => {
    const { cells, codes } = await read(['8,5', 8.1, '7', 10, '9.0', 6.5, 7.9, 'Có tiến bộ.']);
    expect(codes).toEqual([]);
    expect(cells).toEqual({
      TX1: '8.5',
      TX2: '8.1',
      TX3: '7',
      TX4: '10',
      GK: '9',
      CK: '6.5',
      NX: 'Có tiến bộ.',
    });
  });

  test('with a number stored a hair off is read as Excel shows it', async () => {
    // 8.1 as some programs write its double.
    const { cells } = await read([8.0999999999999996]);
    expect(cells['TX1']).toBe('8.1');
  });

  test('leaves empty cells alone', async () => {
    const { cells, codes } = await read(['8', null, '', '   ', 'V']);
    expect([cells, codes]).toEqual([{ TX1: '8', GK: 'V' }, []]);
  });

  test.each([
    ['85', 'VALUE_REFUSED'],
    [85, 'VALUE_REFUSED'],
    ['8,25', 'VALUE_REFUSED'],
    [8.299999999999999, 'VALUE_REFUSED'],
    ['-1', 'VALUE_REFUSED'],
    ['vắng', 'VALUE_REFUSED'],
    ['V', 'VALUE_REFUSED'],
    ['８,５,', 'VALUE_REFUSED'],
    [{ boolean: true }, 'UNREADABLE_CELL'],
  ] as const)('never turns %j into a mark', async (cell, code) => {
    const { cells, problems } = await read([cell]);
    expect(cells['TX1']).toBeNull();
    expect(problems).toMatchObject([{ code, severity: 'error', row: 3, column: 'D', cell: 'D3' }]);
  });

  test('says that Excel made a date of 8.5, and what may have been typed, but does not take it', async () => {
    const { cells, problems } = await read([serialOf('2026-05-08')]);
    expect(cells['TX1']).toBeNull();
    expect(problems).toMatchObject([{ code: 'TURNED_INTO_DATE', cell: 'D3', suggestion: '8,5' }]);
  });

  test('does not lose a failed or never computed formula as an empty cell', async () => {
    const { cells, codes } = await read([
      { error: '#N/A' },
      { formula: 'ROUND(A1,1)' },
      { formula: 'ROUND(A1,1)', saved: '' },
      { formula: 'ROUND(A1,1)', saved: '7.5' },
    ]);
    expect(cells).toEqual({ TX1: null, TX2: null, TX3: null, TX4: '7.5' });
    expect(codes).toEqual(['VALUE_REFUSED', 'VALUE_REFUSED', 'VALUE_REFUSED']);
  });

  test('may have its regular marks numbered under one merged heading', async () => {
    const rows: RawCell[][] = [
      [TITLE],
      ['TT', 'Mã HS', 'Họ tên', 'Điểm thường xuyên', null, null, null, 'Giữa kỳ', 'Cuối kỳ'],
      [null, null, null, '1', '2', '3', '4', null, null],
      ['1', '9722605001', 'Nguyễn Minh Anh', '8', '7', '6', '5', '9', '10'],
    ];
    const reading = await readMarkSheet(rawWorkbook([{ name: 'Toán', rows }]), MATHS);
    expect(reading.problems).toEqual([]);
    expect(reading.columns).toEqual(['TX1', 'TX2', 'TX3', 'TX4', 'GK', 'CK']);
    expect(reading.rows[0]?.cells.map(({ value }) => value)).toEqual(['8', '7', '6', '5', '9', '10']);
  });

  test('of another class, subject, term or year is refused by what its title says', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['BẢNG ĐIỂM MÔN TOÁN - LỚP 6A3 - HỌC KÌ I - NĂM HỌC 2026-2027', '6A3'],
      ['BẢNG ĐIỂM MÔN NGỮ VĂN - LỚP 6A2 - HỌC KỲ I - NĂM HỌC 2026-2027', 'NGỮ VĂN'],
      ['Lớp: 6A2   Môn: Toán   Học kì II   Năm học: 2026-2027', 'Học kì II'],
      ['Lớp: 6A2   Môn: Toán   HK1   Năm học: 2025-2026', '2025-2026'],
    ];
    for (const [title, found] of cases) {
      const reading = await readMarkSheet(sheet(['8'], title), MATHS);
      expect(reading.problems).toMatchObject([{ code: 'OTHER_SHEET', severity: 'error', found }]);
    }
    for (const title of [TITLE, 'Lớp 6a2, môn Toán, giữa học kì I', 'Toán 6']) {
      expect((await readMarkSheet(sheet(['8'], title), MATHS)).problems).toEqual([]);
    }
  });

  test('names marks without a pupil, pupils who stand twice, and columns nobody knows', async () => {
    const rows: RawCell[][] = [
      [TITLE],
      [...HEADINGS, 'Điểm cộng'],
      [...PUPIL, '8'],
      ['2', null, 'Trần Gia Bảo', '7'],
      ['3', '9722605001', 'Nguyễn Minh Anh', '9'],
      [],
      [null, null, 'Giáo viên bộ môn', null, null, null, 'Sông Mây, ngày 20/11/2026'],
    ];
    const reading = await readMarkSheet(rawWorkbook([{ name: 'Toán', rows }]), MATHS);
    expect(reading.problems.map(({ code, cell, column }) => [code, cell ?? column])).toEqual([
      ['UNKNOWN_COLUMN', 'L'],
      ['MISSING_PUPIL_CODE', 'B4'],
      ['DUPLICATE_PUPIL', 'B5'],
    ]);
  });

  test('with several sheets asks which, when neither titles nor names tell', async () => {
    const rows: RawCell[][] = [HEADINGS, [...PUPIL, '8']];
    const bytes = rawWorkbook([
      { name: 'Sheet1', rows },
      { name: 'Sheet2', rows },
    ]);
    await expect(readMarkSheet(bytes, MATHS)).rejects.toMatchObject({
      code: 'SHEET_NOT_FOUND',
      message: expect.stringContaining('“Sheet2”') as unknown,
    });
    expect((await readMarkSheet(bytes, MATHS, 'Sheet2')).sheet).toBe('Sheet2');
    const named = rawWorkbook([
      { name: 'Văn', rows },
      { name: 'Toán', rows },
    ]);
    expect((await readMarkSheet(named, MATHS)).sheet).toBe('Toán');
  });
});
