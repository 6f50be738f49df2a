import { describe, expect, test } from '@jest/globals';
import { readClassList, writeClassList, type ClassListPupil } from '#api/exchange/class-list-workbook.js';
import { readCells } from '#api/exchange/workbook-cells.js';
import { rawWorkbook, serialOf, type RawCell } from './raw-workbook.js';

const PUPIL: ClassListPupil = {
  code: '9722600001',
  fullName: 'Nguyễn Minh Anh',
  sex: 'NU',
  birthDate: '2015-03-17',
  ethnicity: 'Kinh',
  personalId: '083315900001',
  guardians: [],
};
const LIST = {
  school: { name: 'Trường THCS Sông Mây', commune: 'Phường Bến Tràm' },
  schoolYear: '2026-2027',
  className: '6/1',
};

const HEADINGS = [
  'STT',
  'Mã HS',
  'Họ và tên',
  'Ngày sinh',
  'Giới tính',
  'Dân tộc',
  'Số định danh cá nhân',
  'Lớp',
];
const ROW = ['1', '9722600001', 'Nguyễn Minh Anh', '17/03/2015', 'Nữ', 'Kinh', '083315900001', '6A1'];

/** A list of one pupil with some cells changed, by heading. */
function list(
  changes: Readonly<Record<string, RawCell>>,
  headings: readonly string[] = HEADINGS,
): Uint8Array {
  const row = headings.map((heading, index) =>
    heading in changes ? (changes[heading] as RawCell) : (ROW[index] ?? null),
  );
  return rawWorkbook([
    { name: 'DS', rows: [['DANH SÁCH HỌC SINH LỚP 6A1 NĂM HỌC 2026-2027'], [], [...headings], row] },
  ]);
}

async function only(bytes: Uint8Array, options = {}) {
  const reading = await readClassList(bytes, options);
  return {
    row: reading.rows[0],
    codes: reading.problems.map(({ code }) => code),
    problems: reading.problems,
  };
}

describe('a class list that is written', () => {
  test('reads back as it was, texts or dates of Excel alike', async () => {
    for (const dates of ['text', 'excel'] as const) {
      const bytes = await writeClassList({ ...LIST, pupils: [PUPIL] }, dates);
      const reading = await readClassList(bytes);
      expect(reading.problems).toEqual([]);
      expect(reading.rows[0]).toMatchObject({
        pupilCode: '9722600001',
        fullName: 'Nguyễn Minh Anh',
        birthDate: '2015-03-17',
        sex: 'NU',
        className: '6/1',
        personalId: '083315900001',
      });
    }
  });

  test('has the same bytes every time', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => writeClassList({ ...LIST, pupils: [PUPIL] })));
    expect(one).toEqual(two);
  });

  test('row 25: escapes what Excel or a CSV would take for a formula', async () => {
    const hostile = {
      ...PUPIL,
      address: '=HYPERLINK("http://x","a")',
      ethnicity: '@SUM(A1)',
      birthPlace: '+84',
      policyGroup: '-1',
    };
    const bytes = await writeClassList({ ...LIST, pupils: [hostile] });
    const text = new TextDecoder('latin1').decode(bytes);
    expect(text).not.toContain('<f>');
    const [sheet] = await readCells(bytes);
    const written = sheet?.rows.flat().flatMap((cell) => (cell?.kind === 'text' ? [cell.text] : []));
    // Reading takes the apostrophe off again.
    expect(written).toEqual(expect.arrayContaining(['=HYPERLINK("http://x","a")', '@SUM(A1)', '+84', '-1']));
    const reading = await readClassList(bytes);
    expect(reading.rows[0]).toMatchObject({ address: hostile.address, birthPlace: '+84' });
  });
});

describe('a class list that a school sends', () => {
  test('is understood below its title, whatever the order and spelling of the headings', async () => {
    const bytes = rawWorkbook([
      { name: 'Bìa', rows: [['Trang bìa']] },
      {
        name: 'DS 6a1',
        rows: [
          ['ỦY BAN NHÂN DÂN PHƯỜNG BẾN TRÀM'],
          ['DANH SÁCH LỚP 6a1 - NĂM HỌC: 2026 – 2027'],
          ['TT', 'NGÀY, THÁNG, NĂM SINH', 'họ tên', 'MÃ HỌC SINH', 'Phái', 'CCCD', 'Tôn giáo'],
          ['1', '7/3/2015', '  Lê\u00a0 Thị\u3000 Ó ', '9722600002 ', 'nữ', '083315900002', 'Không'],
        ],
      },
    ]);
    const { row, problems } = await only(bytes);
    expect(row).toMatchObject({
      row: 4,
      pupilCode: '9722600002',
      fullName: 'Lê Thị Ó',
      birthDate: '2015-03-07',
      sex: 'NU',
      className: '6A1',
    });
    expect(problems).toMatchObject([
      { code: 'UNKNOWN_COLUMN', severity: 'warning', column: 'G', found: 'Tôn giáo' },
    ]);
  });

  test('may split the name in two columns and mark girls with a cross', async () => {
    const headings = ['STT', 'Mã học sinh', 'Họ và tên đệm', 'Tên', 'Ngày sinh', 'Nữ'];
    const rows = [
      headings,
      ['1', '9722600001', 'Nguyễn Minh', 'Anh', '17/03/2015', 'x'],
      ['2', '9722600002', 'Trần Gia', 'Bảo', '01.02.2015', null],
    ];
    const reading = await readClassList(rawWorkbook([{ name: 'DS', rows }]));
    expect(reading.problems).toEqual([]);
    expect(reading.rows.map(({ fullName, sex, birthDate }) => [fullName, sex, birthDate])).toEqual([
      ['Nguyễn Minh Anh', 'NU', '2015-03-17'],
      ['Trần Gia Bảo', 'NAM', '2015-02-01'],
    ]);
  });

  test('row 24: has its names put into NFC', async () => {
    const { row, codes } = await only(list({ 'Họ và tên': 'Phạm Ngọc Thuý'.normalize('NFD') }));
    expect(row?.fullName).toBe('Phạm Ngọc Thuý'.normalize('NFC'));
    expect(codes).toEqual([]);
  });

  test('row 24: with a look-alike letter, another script or an invisible character in a name is refused there', async () => {
    const cases: readonly (readonly [string, string | null])[] = [
      ['Nguyễn Ðức An', 'Nguyễn Đức An'],
      ['Lê Văn ðạt', 'Lê Văn đạt'],
      ['Nguyễn Аn', null],
      ['Trần\u200b Thị Lan', null],
    ];
    for (const [name, suggestion] of cases) {
      const { problems } = await only(list({ 'Họ và tên': name }));
      expect(problems).toMatchObject([
        { code: 'SUSPECT_CHARACTER', severity: 'error', cell: 'C4', suggestion },
      ]);
    }
    for (const name of ["H'Blim Niê", 'Y Thoan', 'Kim Min-jun', 'Ó']) {
      expect((await only(list({ 'Họ và tên': name }))).codes).toEqual([]);
    }
  });

  test('names a pupil who is there twice, and one without a code', async () => {
    const rows = [
      HEADINGS,
      ROW,
      ['2', '9722600001', 'Trần Gia Bảo', '01/02/2015', 'Nam', 'Kinh', '', '6A1'],
      ['3', '', 'Lê Thị Ó', '02/02/2015', 'Nữ', 'Thái', '', '6A1'],
      ['', '', 'Danh sách có 3 học sinh'],
    ];
    const reading = await readClassList(rawWorkbook([{ name: 'DS', rows }]));
    expect(reading.problems).toMatchObject([
      { code: 'MISSING_PUPIL_CODE', row: 4, cell: 'B4' },
      { code: 'DUPLICATE_PUPIL', row: 3, cell: 'B3', found: '9722600001' },
    ]);
    expect(reading.problems[1]?.message).toContain('dòng 2');
  });

  test('never guesses a birth date', async () => {
    for (const cell of [
      '31/02/2015',
      '17/03/15',
      '2015',
      42_080,
      'mười bảy tháng ba',
      '3/17/2015',
    ] as RawCell[]) {
      const { row, codes } = await only(list({ 'Ngày sinh': cell }));
      expect([cell, row?.birthDate, codes]).toEqual([cell, null, ['UNREADABLE_CELL']]);
    }
    expect((await only(list({ 'Ngày sinh': null }))).codes).toEqual(['MISSING_VALUE']);
    expect((await only(list({ 'Ngày sinh': serialOf('2015-03-17') }))).row?.birthDate).toBe('2015-03-17');
  });

  test('never guesses a sex', async () => {
    expect((await only(list({ 'Giới tính': 'Khác' }))).codes).toEqual(['UNREADABLE_CELL']);
    expect((await only(list({ 'Giới tính': null }))).codes).toEqual(['MISSING_VALUE']);
  });

  test('says when Excel cut the zeros of a personal id off, and when the id does not fit the pupil', async () => {
    expect((await only(list({ 'Số định danh cá nhân': 83_315_900_001 }))).problems).toMatchObject([
      { code: 'ZEROS_LOST', suggestion: '083315900001', cell: 'G4' },
    ]);
    expect((await only(list({ 'Số định danh cá nhân': '08331590000' }))).codes).toEqual(['UNREADABLE_CELL']);
    for (const other of ['083215900001', '083314900001']) {
      const { row, problems } = await only(list({ 'Số định danh cá nhân': other }));
      expect(row?.personalId).toBe(other);
      expect(problems).toMatchObject([{ code: 'PERSONAL_ID_DIFFERS', severity: 'warning' }]);
    }
  });

  test('has a class name healed that Excel made a date of, or says what it may have been', async () => {
    const healed = await only(list({ Lớp: serialOf('2026-01-06') }), { grades: [6, 9] });
    expect(healed).toMatchObject({ row: { className: '6/1' }, codes: [] });
    const unsure = await only(list({ Lớp: serialOf('2026-07-06') }), { grades: [6, 9] });
    expect(unsure.problems).toMatchObject([{ code: 'TURNED_INTO_DATE', cell: 'H4', found: '06/07/2026' }]);
    expect(unsure.problems[0]?.message).toContain('6/7 hoặc 7/6');
  });

  test('without a column that is needed, or with one twice, says so', async () => {
    expect((await only(list({}, ['STT', 'Mã HS', 'Họ và tên']))).codes).toEqual([
      'MISSING_COLUMN',
      'MISSING_COLUMN',
    ]);
    const twice = [...HEADINGS, 'Ngày, tháng, năm sinh'];
    expect((await only(list({}, twice))).codes).toEqual(['DUPLICATE_COLUMN']);
  });

  test('without headings, or without the sheet asked for, is refused as a whole', async () => {
    const bytes = rawWorkbook([{ name: 'Trang 1', rows: [['Nguyễn Minh Anh', '8,5']] }]);
    await expect(readClassList(bytes)).rejects.toMatchObject({ code: 'NO_HEADER_ROW' });
    await expect(readClassList(list({}), { sheet: 'Lớp 7' })).rejects.toMatchObject({
      code: 'SHEET_NOT_FOUND',
    });
  });
});
