import { describe, expect, test } from '@jest/globals';
import { missingCells } from '#regulations/completeness.js';
import { LONGEST_REMARK } from '#regulations/cell-values.js';
import { CHOSEN_SUBJECTS } from '#regulations/subjects/upper-secondary.js';
import { parseValue, periodsOf, sheetAreas, sheetColumns } from '#regulations/sheets.js';
import { compulsorySubjects, subjectOf, subjectsOf } from '#regulations/subjects.js';

const codes = (...of: Parameters<typeof sheetColumns>) =>
  sheetColumns(...of)
    .map(({ code }) => code)
    .join(' ');

describe('subjects of the 2018 programme', () => {
  test.each([
    [1, 875],
    [2, 875],
    [3, 980],
    [4, 1050],
    [5, 1050],
    [6, 1015],
    [7, 1015],
    [8, 1032],
    [9, 1032],
  ])('the compulsory periods of grade %i add up to %i', (grade, total) => {
    expect(compulsorySubjects(grade).reduce((sum, { periodsPerYear }) => sum + periodsPerYear, 0)).toBe(
      total,
    );
  });

  test('grades 10–12: compulsory, four chosen and three clusters of 35 add up to 997', () => {
    const compulsory = compulsorySubjects(10).reduce((sum, { periodsPerYear }) => sum + periodsPerYear, 0);
    expect(compulsory + CHOSEN_SUBJECTS * 70 + 3 * 35).toBe(997);
    expect(subjectsOf(11).filter(({ choice }) => choice === 'chosen')).toHaveLength(9);
  });

  test('eight mark subjects and four comment subjects in grades 6–9', () => {
    expect(compulsorySubjects(7).filter(({ kind }) => kind === 'score')).toHaveLength(8);
    expect(compulsorySubjects(7).filter(({ kind }) => kind === 'comment')).toHaveLength(4);
  });

  test('a subject of another grade is not there', () => {
    expect(subjectOf(3, 'KHOA_HOC')).toBeNull();
    expect(subjectOf(4, 'KHOA_HOC')?.tests).toEqual(['CHK1', 'CN']);
    expect(() => subjectsOf(13)).toThrow(RangeError);
  });
});

describe('sheets', () => {
  test('secondary: TX by the periods, GK, CK, remark', () => {
    expect(codes('tt22-2021', 8, 'TOAN', 'HK1')).toBe('TX1 TX2 TX3 TX4 GK CK NX');
    expect(codes('tt22-2021', 8, 'GDCD', 'HK2')).toBe('TX1 TX2 GK CK NX');
    expect(codes('tt22-2021', 6, 'CONG_NGHE', 'HK1')).toBe('TX1 TX2 GK CK NX');
    expect(codes('tt22-2021', 8, 'CONG_NGHE', 'HK1')).toBe('TX1 TX2 TX3 GK CK NX');
    expect(codes('tt22-2021', 8, 'CONG_NGHE', 'HK1', 35)).toBe('TX1 TX2 GK CK NX');
    expect(codes('tt22-2021', 8, 'GDTC', 'HK1')).toBe('TX1 TX2 GK CK NX');
    expect(codes('tt22-2021', 8, 'REN_LUYEN', 'HK1')).toBe('MUC VANG_P VANG_K NX');
  });

  test('only periodic tests may be V; comment sheets hold Đ and CĐ', () => {
    expect(sheetColumns('tt22-2021', 8, 'GDCD', 'HK1').map(({ kind }) => kind)).toEqual([
      ...['score', 'score', 'scoreTest', 'scoreTest', 'remark'],
    ]);
    expect(sheetColumns('tt22-2021', 8, 'GDTC', 'HK1').map(({ kind }) => kind)).toEqual([
      ...['comment', 'comment', 'commentTest', 'commentTest', 'remark'],
    ]);
  });

  test('primary: level, test only where there is one, remark', () => {
    expect(codes('tt27-2020', 4, 'TOAN', 'GHK1')).toBe('MUC KTDK NX');
    expect(codes('tt27-2020', 3, 'TOAN', 'GHK1')).toBe('MUC NX');
    expect(codes('tt27-2020', 4, 'KHOA_HOC', 'GHK2')).toBe('MUC NX');
    expect(codes('tt27-2020', 4, 'KHOA_HOC', 'CN')).toBe('MUC KTDK NX');
    expect(codes('tt27-2020', 4, 'DAO_DUC', 'CN')).toBe('MUC NX');
    expect(sheetColumns('tt27-2020', 2, 'PHAM_CHAT_NANG_LUC', 'CN')).toHaveLength(5 + 1 + 8 + 1);
    expect(sheetColumns('tt27-2020', 3, 'PHAM_CHAT_NANG_LUC', 'GHK1')).toHaveLength(5 + 1 + 10 + 1);
    expect(codes('tt27-2020', 4, 'CHUYEN_CAN', 'CN')).toBe('VANG_P VANG_K CAO NANG');
  });

  test('what does not exist has no columns', () => {
    expect(codes('tt27-2020', 4, 'CHUYEN_CAN', 'CHK1')).toBe('');
    expect(codes('tt27-2020', 4, 'TOAN', 'HK1')).toBe('');
    expect(codes('tt22-2021', 8, 'TOAN', 'CN')).toBe('');
    expect(codes('tt22-2021', 8, 'VAT_LI', 'HK1')).toBe('');
    expect(codes('tt27-2020', 2, 'KHOA_HOC', 'CN')).toBe('');
    expect(sheetColumns('tt22-2021', 8, 'VAT_LI', 'HK1')).toEqual([]);
    expect(sheetColumns('tt22-2021', 8, 'TOAN', 'CN')).toEqual([]);
    expect(sheetColumns('tt27-2020', 2, 'KHOA_HOC', 'CN')).toEqual([]);
    expect(sheetColumns('tt27-2020', 4, 'CHUYEN_CAN', 'CHK1')).toEqual([]);
    expect(() => subjectsOf(13)).toThrow('there is no grade 13; grades are 1 to 12');
  });

  test('areas come in official order, then conduct or qualities and attendance', () => {
    const areas = sheetAreas('tt22-2021', 6).map(({ area }) => area);
    expect(areas.slice(0, 3)).toEqual(['NGU_VAN', 'TOAN', 'NGOAI_NGU_1']);
    expect(areas.at(-1)).toBe('REN_LUYEN');
    const primary = sheetAreas('tt27-2020', 1);
    expect(primary.slice(-2).map(({ area }) => area)).toEqual(['PHAM_CHAT_NANG_LUC', 'CHUYEN_CAN']);
    expect(primary.at(-1)!.periods).toEqual(['CN']);
    expect(periodsOf('tt27-2020')).toEqual(['GHK1', 'CHK1', 'GHK2', 'CN']);
  });

  test.each([
    ['tt22-2021', 6],
    ['tt22-2021', 11],
    ['tt27-2020', 1],
    ['tt27-2020', 4],
  ] as const)('every area of %s grade %i has columns in each of its periods', (ruleSet, grade) => {
    for (const { area, periods } of sheetAreas(ruleSet, grade)) {
      for (const period of periods) expect(codes(ruleSet, grade, area, period)).not.toBe('');
    }
  });

  test('what is missing before a lock: required columns of assessed pupils', () => {
    const columns = sheetColumns('tt22-2021', 8, 'GDCD', 'HK1');
    const full = { TX1: '8', TX2: '9', GK: 'V', CK: '10' };
    expect(
      missingCells(columns, [
        { pupilId: 'a', values: full },
        { pupilId: 'b', values: { ...full, CK: null, TX2: undefined } },
        { pupilId: 'c', values: {}, notAssessed: true },
      ]),
    ).toEqual([
      { pupilId: 'b', column: 'TX2', label: 'ĐĐGtx 2' },
      { pupilId: 'b', column: 'CK', label: 'ĐĐGck' },
    ]);
  });
});

describe('what a person types into a cell', () => {
  test.each([
    ['score', '8,5', '8.5'],
    ['score', ' 8.5 ', '8.5'],
    ['score', '8.0', '8'],
    ['score', '10,0', '10'],
    ['score', '0', '0'],
    ['scoreTest', 'v', 'V'],
    ['scoreTest', '7', '7'],
    ['test', '9', '9'],
    ['test', '9,0', '9'],
    ['comment', 'Đ', 'D'],
    ['comment', 'cđ', 'CD'],
    ['comment', 'Chưa  đạt', 'CD'],
    ['comment', 'C\u0110', 'CD'],
    ['commentTest', 'V', 'V'],
    ['commentTest', 'd', 'D'],
    ['conduct', 'Tốt', 'TOT'],
    ['conduct', 'To\u0302\u0301t', 'TOT'],
    ['conduct', 'CHUA_DAT', 'CHUA_DAT'],
    ['level', 'Hoàn thành tốt', 'T'],
    ['level', 'h', 'H'],
    ['quality', 'Đ', 'D'],
    ['quality', 'Cần cố gắng', 'C'],
    ['count', '12', '12'],
    ['height', '141,5', '141.5'],
    ['weight', '35', '35'],
    ['remark', '  Có   cố gắng;\ncần luyện thêm. ', 'Có cố gắng; cần luyện thêm.'],
  ] as const)('%s: %j becomes %j', (kind, text, value) => {
    expect(parseValue(kind, text)).toEqual({ ok: true, value });
  });

  test.each([
    ['comment', { D: 'd đ đạt', CD: 'cd cđ chưa_đạt' }],
    ['conduct', { TOT: 'tot tốt t', KHA: 'kha khá k', DAT: 'dat đạt đ d' }],
    ['conduct', { CHUA_DAT: 'chưa_đạt cđ cd' }],
    ['level', { T: 't hoàn_thành_tốt', H: 'h hoàn_thành', C: 'c chưa_hoàn_thành' }],
    ['quality', { T: 't tốt', D: 'đ d đạt', C: 'c cần_cố_gắng' }],
  ] as const)('%s is read in every way in which teachers write it, and is nothing else', (kind, words) => {
    for (const [value, spellings] of Object.entries(words)) {
      for (const spelling of spellings.split(' ').map((word) => word.replaceAll('_', ' '))) {
        expect([spelling, parseValue(kind, spelling)]).toEqual([spelling, { ok: true, value }]);
        expect(parseValue(kind, spelling.toUpperCase())).toEqual({ ok: true, value });
        expect(parseValue(kind, `${spelling}x`)).toMatchObject({ ok: false, code: 'NOT_A_LEVEL' });
      }
    }
  });

  test.each([
    ['score', '', 'EMPTY'],
    ['score', '   ', 'EMPTY'],
    ['score', '8,55', 'WRONG_PRECISION'],
    ['score', '8.50', 'WRONG_PRECISION'],
    ['score', '10,1', 'OUT_OF_RANGE'],
    ['score', '85', 'OUT_OF_RANGE'],
    ['score', '-1', 'OUT_OF_RANGE'],
    ['score', 'V', 'NOT_A_NUMBER'],
    ['score', 'tám', 'NOT_A_NUMBER'],
    ['score', '08', 'NOT_A_NUMBER'],
    ['score', '1e1', 'NOT_A_NUMBER'],
    ['score', '8,', 'NOT_A_NUMBER'],
    ['test', '8,5', 'WRONG_PRECISION'],
    ['test', '11', 'OUT_OF_RANGE'],
    ['test', 'V', 'NOT_A_NUMBER'],
    ['comment', 'V', 'NOT_A_LEVEL'],
    ['comment', '8', 'NOT_A_LEVEL'],
    ['conduct', 'Giỏi', 'NOT_A_LEVEL'],
    ['level', 'Đ', 'NOT_A_LEVEL'],
    ['quality', 'H', 'NOT_A_LEVEL'],
    ['count', '1,5', 'WRONG_PRECISION'],
    ['count', '-1', 'OUT_OF_RANGE'],
    ['count', '9999', 'OUT_OF_RANGE'],
    ['height', '14', 'OUT_OF_RANGE'],
    ['weight', 'abc', 'NOT_A_NUMBER'],
    ['remark', 'x'.repeat(LONGEST_REMARK + 1), 'TOO_LONG'],
    ['remark', 'ẩn\u200Bđi', 'UNREADABLE_CHARACTER'],
    ['remark', 'đảo\u202Engược', 'UNREADABLE_CHARACTER'],
  ] as const)('%s: %j is refused as %s', (kind, text, code) => {
    expect(parseValue(kind, text)).toMatchObject({ ok: false, code });
  });
});
