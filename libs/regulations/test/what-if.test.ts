import { describe, expect, test } from '@jest/globals';
import type { PupilYear, RecordedCell } from '#regulations/build-input.js';
import { whatIf, type Effect } from '#regulations/explain/what-if.js';
import type { Period } from '#regulations/types.js';

const CODES = ['NGU_VAN', 'TOAN', 'NGOAI_NGU_1', 'GDCD', 'KHTN', 'TIN_HOC'];
const term = (area: string, period: Period, mark: string): RecordedCell[] =>
  ['TX1', 'TX2', 'TX3', 'TX4', 'GK', 'CK'].map((column) => ({ area, period, column, value: mark }));
const conduct: RecordedCell[] = (['HK1', 'HK2'] as const).flatMap((period) => [
  { area: 'REN_LUYEN', period, column: 'MUC', value: 'TOT' },
  { area: 'REN_LUYEN', period, column: 'VANG_P', value: '2' },
  { area: 'REN_LUYEN', period, column: 'VANG_K', value: '1' },
]);

/** Six subjects at 8, with one mark of Toán in semester II from which everything hangs. */
const year = (final: string | null): PupilYear => ({
  id: 'p',
  ruleSet: 'tt22-2021',
  grade: 8,
  subjects: CODES.map((code) => ({ code, kind: 'score' as const, periodsPerYear: 140 })),
  cells: [
    ...CODES.flatMap((code) => [...term(code, 'HK1', '8'), ...term(code, 'HK2', '8')]).filter(
      ({ area, period, column }) => area !== 'TOAN' || period !== 'HK2' || column !== 'CK',
    ),
    { area: 'TOAN', period: 'HK2', column: 'CK', value: final },
    ...conduct,
  ],
});
const change = (value: string | null): RecordedCell => ({ area: 'TOAN', period: 'HK2', column: 'CK', value });

function effects(of: PupilYear, to: RecordedCell): readonly Effect[] {
  const result = whatIf(of, to);
  if ('error' in result) throw new Error(JSON.stringify(result));
  return result.effects;
}

describe('a changed mark', () => {
  test('changes average, level, honour, and each is said with its old and new value', () => {
    expect(effects(year('7.5'), change('8')).map(({ sentence }) => sentence)).toEqual([
      'Toán, Học kì II: 7,8 → 8,0',
      'Toán, cả năm: 7,9 → 8,0',
      'Học tập, Học kì II: Khá → Tốt',
      'Học tập, cả năm: Khá → Tốt',
      'Danh hiệu: không có → Học sinh Giỏi',
    ]);
  });

  test('that moves no result has no effect', () => {
    expect(effects(year('8'), change('8.1'))).toEqual([]);
  });

  test('filled in after a lock brings results that were not there; taken away, takes them', () => {
    const filled = effects(year(null), change('8'));
    expect(filled.map(({ about, from, to }) => [about, from, to])).toEqual([
      ['subjects.TOAN.HK2', null, '8.0'],
      ['subjects.TOAN.year', null, '8.0'],
      ['learning.HK2', null, 'TOT'],
      ['learning.year', null, 'TOT'],
      ['promotion', null, 'LEN_LOP'],
      ['honour', null, 'HOC_SINH_GIOI'],
    ]);
    expect(effects(year('8'), change(null)).map(({ about, to }) => [about, to])).toContainEqual([
      'promotion',
      null,
    ]);
  });

  test('leaves the year it was given alone, and a value that is no mark is refused', () => {
    const given = year('7.5');
    const before = structuredClone(given);
    effects(given, change('8'));
    expect(given).toEqual(before);
    expect(whatIf(given, change('11'))).toMatchObject({ error: { code: 'INVALID_MARK' } });
  });

  test('a year that cannot be read already is refused as it stands', () => {
    const broken = { ...year('8'), settings: { specialTopics: 'both' as never } };
    expect(whatIf(broken, change('7'))).toMatchObject({ error: { code: 'INVALID_FIELD' } });
  });

  test('changes what comes after the summer too, and a comment result in words', () => {
    const weak: PupilYear = {
      ...year('8'),
      subjects: [...year('8').subjects, { code: 'GDTC', kind: 'comment', periodsPerYear: 70 }],
      cells: [
        ...year('8').cells.map((cell) =>
          ['TOAN', 'KHTN'].includes(cell.area) ? { ...cell, value: '3' } : cell,
        ),
        ...(['HK1', 'HK2'] as const).flatMap((period) =>
          ['TX1', 'TX2', 'GK', 'CK'].map((column) => ({ area: 'GDTC', period, column, value: 'D' })),
        ),
      ],
      reassessment: { subjects: { TOAN: '7', KHTN: '7' } },
    };
    const failed: RecordedCell = { area: 'GDTC', period: 'HK2', column: 'CK', value: 'CD' };
    expect(effects(weak, failed).map(({ sentence }) => sentence)).toEqual([
      'Giáo dục thể chất, Học kì II: Đạt → Chưa đạt',
      'Giáo dục thể chất, cả năm: Đạt → Chưa đạt',
      'Sau đánh giá lại, Giáo dục thể chất: Đạt → Chưa đạt',
      'Sau đánh giá lại, học tập: Khá → Đạt',
    ]);
  });

  test('of a primary pupil changes level, completion and title', () => {
    const codes = ['TIENG_VIET', 'TOAN', 'DAO_DUC', 'TU_NHIEN_XA_HOI', 'GDTC', 'AM_NHAC', 'MI_THUAT', 'HDTN'];
    const traits = ['YEU_NUOC', 'NHAN_AI', 'CHAM_CHI', 'TRUNG_THUC', 'TRACH_NHIEM', 'TU_CHU_TU_HOC'];
    const more = [
      'GIAO_TIEP_HOP_TAC',
      'GIAI_QUYET_VAN_DE',
      'NGON_NGU',
      'TINH_TOAN',
      'KHOA_HOC',
      'THAM_MI',
      'THE_CHAT',
    ];
    const cell = (area: string, column: string, value: string): RecordedCell => ({
      area,
      period: 'CN',
      column,
      value,
    });
    const primary: PupilYear = {
      id: 'c',
      ruleSet: 'tt27-2020',
      grade: 2,
      subjects: codes.map((code) => ({ code, kind: 'level' as const, periodsPerYear: 70 })),
      cells: [
        ...codes.map((code) => cell(code, 'MUC', 'T')),
        ...['TIENG_VIET', 'TOAN'].map((code) => cell(code, 'KTDK', '9')),
        ...[...traits, ...more].map((code) => cell('PHAM_CHAT_NANG_LUC', code, 'T')),
      ],
    };
    expect(effects(primary, cell('TOAN', 'KTDK', '4')).map(({ sentence }) => sentence)).toEqual([
      'Đánh giá cả năm: Hoàn thành xuất sắc → Chưa hoàn thành',
      'Lên lớp: Hoàn thành chương trình lớp học → Đánh giá bổ sung',
      'Danh hiệu: Học sinh Xuất sắc → không có',
    ]);
  });
});
