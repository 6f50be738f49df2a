/**
 * The worked examples, each under its number, as a person computed them by hand with exact fractions: averages (S), levels
 * (L), decisions of the year (Y) of TT 22/2021, and TT 27/2020 (P). All go through `evaluate`, from texts to texts.
 */
import { describe, expect, test } from '@jest/globals';
import { child, comment, flat, primary, pupil, refused, secondary, times, youngChild } from './pupils.js';

describe('TT 22/2021 Đ.6–9: averages', () => {
  const term = (regular: (string | null)[], midterm: string, final: string) => ({ regular, midterm, final });
  const subject = (periodsPerYear: number, HK1: object, HK2: object = HK1) =>
    ({ ...flat('M', '8'), periodsPerYear, HK1, HK2 }) as ReturnType<typeof flat>;
  const averagesOf = (...of: Parameters<typeof subject>) =>
    secondary({ ...pupil([]), subjects: [subject(...of)] }).subjects.M!;

  test.each([
    ['S1', 140, ['8', '7', '9', '8'], '7.5', '8.0', '7.9'],
    ['S2', 35, ['7', '8'], '6.5', '7.0', '7.0'],
    ['S3', 70, ['8', '8', '8'], '9', '8', '8.3'],
    ['S5', 70, ['8', '8', '8'], '7.8', '8', '8.0'],
    ['S6', 70, ['6', '6', '6'], '6.3', '7', '6.5'],
    ['S16', 70, ['7.3', '6.8', '7.4'], '3.2', '3.9', '5.0'],
  ])('%s', (_id, periods, regular, midterm, final, average) => {
    expect(averagesOf(periods, term(regular, midterm, final)).HK1).toBe(average);
  });

  test('S8: one of three regular marks is open: no average, and the close is blocked', () => {
    const open = subject(70, term(['8', '8', null], '8', '8'), term(['8', '8', '8'], '8', '8'));
    const answer = secondary({ ...pupil(times(8, '8')), subjects: [open, ...pupil(times(8, '8')).subjects] });
    expect(answer.subjects.M).toEqual({ HK1: null, HK2: '8.0', year: null });
    expect(answer.problems).toEqual([{ code: 'MISSING_REGULAR', where: 'subjects.M.HK1' }]);
    expect(answer.promotion).toBeNull();
  });

  test.each([
    ['S9', '6.4', '6.5', '6.5'],
    ['S11', '8.2', '7.8', '7.9'],
  ])('%s: the year', (_id, one, two, year) => {
    const found = secondary({ ...pupil([]), subjects: [flat('M', two, one)] }).subjects.M!;
    expect([found.HK1, found.HK2, found.year]).toEqual([one, two, year]);
  });

  test('S12: a comment subject, HK I Chưa đạt, HK II Đạt: the year is that of HK II', () => {
    const answer = secondary({ ...pupil([]), subjects: [comment('N', 'D', 'CD')] });
    expect(answer.subjects.N!.year).toBe('D');
  });

  test.each(['7.25', '10.1', '-0.1'])('S14: %s is refused', (mark) => {
    const HK1 = term(times(4, '8'), mark, '8');
    expect(refused({ ...pupil([]), subjects: [{ ...flat('M', '8'), HK1 }] }).error.code).toBe('INVALID_MARK');
  });
});

describe('TT 22/2021 Đ.9 k.2–3: levels of eight mark subjects', () => {
  test.each([
    ['L1', [...times(6, '8.0'), '6.5', '6.5'], 'TOT'],
    ['L2', [...times(5, '8.0'), '7.9', '7.0', '7.0'], 'KHA'],
    ['L3', [...times(6, '8.5'), '8.0', '6.4'], 'KHA'],
    ['L4', [...times(6, '8.5'), '8.0', '4.9'], 'KHA'],
    ['L7', [...times(6, '8.5'), '4.9', '4.9'], 'DAT'],
    ['L11', [...times(5, '5.0'), '4.9', '4.0', '3.5'], 'CHUA_DAT'],
    ['L12', [...times(5, '9.0'), '7.0', '7.0', '4.9'], 'DAT'],
    ['L14', [...times(6, '6.5'), '5.0', '4.9'], 'DAT'],
  ])('%s', (_id, averages, level) => {
    expect(secondary(pupil(averages)).learning.year).toBe(level);
  });

  test('L12 under reading B: Khá', () => {
    const settings = { adjustment: { removedSubjectCountsAmongSix: true } };
    const averages = [...times(5, '9.0'), '7.0', '7.0', '4.9'];
    expect(secondary(pupil(averages, 0, { settings })).learning.year).toBe('KHA');
  });
});

describe('TT 22/2021 Đ.8, Đ.10, Đ.12–15: decisions of the year', () => {
  const FAIR = times(8, '5.5');
  const conduct = (HK1: 'TOT' | 'KHA' | 'CHUA_DAT', HK2: 'TOT' | 'KHA' | 'DAT' | 'CHUA_DAT') => ({
    conduct: { HK1, HK2 },
  });

  test.each([
    ['Y1', conduct('TOT', 'DAT'), 'KHA'],
    ['Y2', conduct('CHUA_DAT', 'TOT'), 'KHA'],
  ])('%s: conduct', (_id, terms, year) => {
    expect(secondary(pupil(FAIR, 0, terms)).conduct.year).toBe(year);
  });

  test.each([
    [45, 'LEN_LOP'],
    [46, 'O_LAI'],
  ])('Y4: Đạt in both, %i sessions absent: %s', (absences, promotion) => {
    const terms = { conduct: { HK1: 'DAT', HK2: 'DAT' } } as const;
    const answer = secondary(pupil(FAIR, 0, { ...terms, absences }));
    expect([answer.learning.year, answer.conduct.year, answer.promotion]).toEqual(['DAT', 'DAT', promotion]);
  });

  test('Y5: Tốt in both, six from 9.0: Học sinh Xuất sắc', () => {
    const answer = secondary(pupil([...times(6, '9.0'), '8.0', '6.5']));
    expect([answer.learning.year, answer.honour]).toEqual(['TOT', 'HOC_SINH_XUAT_SAC']);
  });

  test('Y7: conduct Khá, learning Tốt: no title, promoted', () => {
    const answer = secondary(pupil(times(8, '9'), 0, conduct('KHA', 'KHA')));
    expect([answer.learning.year, answer.honour, answer.promotion]).toEqual(['TOT', null, 'LEN_LOP']);
  });

  test('Y11: both Chưa đạt: no re-sit, stays down', () => {
    const more = { ...conduct('KHA', 'CHUA_DAT'), reassessment: { subjects: { M8: '9' } } };
    const answer = secondary(pupil([...times(6, '5.5'), '3', '3'], 0, more));
    expect([answer.promotion, answer.problems[0]!.code]).toEqual(['O_LAI', 'NOT_ELIGIBLE']);
  });

  test('Y13: practice of GDTC exempt, theory Đ, Đ, Đ, Đ: the subject is Đạt, not blank', () => {
    const subject = { ...comment('GDTC', 'D'), exempt: 'practice' as const };
    expect(secondary({ ...pupil([]), subjects: [subject] }).subjects.GDTC!.year).toBe('D');
  });
});

describe('TT 27/2020 Đ.7, 9, 11, 13: grade 4, tests TV, T, NN1, LS&ĐL, KH, TH&CN', () => {
  test.each([
    ['P1', child({ tests: ['9', '10', '9', '9', '9', '10'] }), 'HTXS', 'HOC_SINH_XUAT_SAC'],
    ['P2', child({ tests: ['9', '10', '9', '9', '8', '10'] }), 'HTT', null],
    ['P5, least 7', child({ tests: ['9', '10', '7', '9', '9', '10'] }), 'HTT', null],
    ['P5, least 6', child({ tests: ['9', '10', '6', '9', '9', '10'] }), 'HT', null],
    ['P7', child({ levels: { MI_THUAT: 'C' } }), 'CHT', null],
    ['P11, grade 2', youngChild(['9', '9']), 'HTXS', 'HOC_SINH_XUAT_SAC'],
    ['P13', child({ tests: times(6, '8') }, { outstanding: false, classRecognised: true }), 'HTT', null],
  ])('%s', (_id, input, year, honour) => {
    expect(primary(input)).toMatchObject({ year, honour, problems: [] });
  });

  test('P8: all H, one C in the qualities, tests at 8: Chưa hoàn thành', () => {
    const codes = child({}).subjects.map(({ code }) => [code, 'H']);
    const input = child({
      ...{ tests: times(6, '8'), traits: { CHAM_CHI: 'C' } },
      levels: Object.fromEntries(codes) as Record<string, string>,
    });
    expect(primary(input).year).toBe('CHT');
  });

  test.each(['8.5', '11', '-1'])('P12: %s is refused', (mark) => {
    expect(refused(child({ tests: [mark, ...times(5, '9')] })).error.code).toBe('INVALID_MARK');
  });

  test('P16: grade 5, Hoàn thành: Hoàn thành chương trình tiểu học', () => {
    const answer = primary(child({ grade: 5, levels: { TOAN: 'H' } }));
    expect([answer.year, answer.promotion]).toEqual(['HT', 'HOAN_THANH_TIEU_HOC']);
  });
});
