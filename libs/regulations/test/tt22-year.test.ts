import { describe, expect, test } from '@jest/globals';
import type { Level, Tt22Input } from '#regulations/types.js';
import { yearConduct } from '#regulations/tt22/conduct-year.js';
import { flat, pupil, secondary, times, without } from './pupils.js';

const LEVELS: readonly Level[] = ['TOT', 'KHA', 'DAT', 'CHUA_DAT'];
const FAIR = times(8, '5.5');
const FAILED = [...times(6, '5.5'), '3.0', '3.0'];
const bad: Partial<Tt22Input> = { conduct: { HK1: 'DAT', HK2: 'CHUA_DAT' } };

describe('Đ.8 k.2: conduct of the year', () => {
  test.each([
    ['TOT', 'TOT KHA KHA CHUA_DAT'],
    ['KHA', 'TOT KHA DAT CHUA_DAT'],
    ['DAT', 'KHA KHA DAT CHUA_DAT'],
    ['CHUA_DAT', 'KHA DAT DAT CHUA_DAT'],
  ] as const)('semester I %s', (termOne, row) => {
    expect(LEVELS.map((termTwo) => yearConduct(termOne, termTwo)).join(' ')).toBe(row);
  });

  test('a missing term leaves the year open and is named', () => {
    const answer = secondary(pupil(FAIR, 0, { conduct: { HK1: 'TOT', HK2: null } }));
    expect(answer.conduct).toEqual({ HK1: 'TOT', HK2: null, year: null });
    expect(answer.problems).toEqual([{ code: 'MISSING_CONDUCT', where: 'conduct.HK2' }]);
    expect(answer.promotion).toBeNull();
    const other = secondary(pupil(FAIR, 0, { conduct: { HK2: 'TOT' } }));
    expect(other.conduct).toEqual({ HK1: null, HK2: 'TOT', year: null });
    expect(other.problems).toEqual([{ code: 'MISSING_CONDUCT', where: 'conduct.HK1' }]);
  });
});

describe('Đ.12: promotion', () => {
  const decide = (averages: readonly string[], more: Partial<Tt22Input> = {}) =>
    secondary(pupil(averages, 0, more)).promotion;

  test('Y4: 45 sessions absent are allowed, 46 are not', () => {
    expect(decide(FAIR, { absences: 45 })).toBe('LEN_LOP');
    expect(decide(FAIR, { absences: 46 })).toBe('O_LAI');
  });

  test('too much absence comes before a chance to be re-assessed', () => {
    expect(decide(FAILED, { absences: 46 })).toBe('O_LAI');
    expect(decide(FAIR, { ...bad, absences: 46 })).toBe('O_LAI');
  });

  test('learning alone Chưa đạt may be re-assessed, conduct alone is trained in summer', () => {
    expect(decide(FAILED)).toBe('DANH_GIA_LAI');
    expect(decide(FAIR, bad)).toBe('REN_LUYEN_HE');
  });

  test('Y11: both Chưa đạt stays down', () => {
    expect(decide(FAILED, bad)).toBe('O_LAI');
  });

  test('nothing is decided without the absences, nor while a value is missing, however many the absences', () => {
    const answer = secondary(without(pupil(FAIR), 'absences'));
    expect(answer.promotion).toBeNull();
    expect(answer.problems).toEqual([{ code: 'MISSING_ABSENCES', where: 'absences' }]);
    expect(decide(FAIR, { absences: 60, conduct: { HK1: 'TOT' } })).toBeNull();
  });
});

describe('Đ.15: honours', () => {
  test('Y5: Học sinh Xuất sắc needs six subjects from 9.0', () => {
    expect(secondary(pupil([...times(6, '9.0'), '8.0', '6.5'])).honour).toBe('HOC_SINH_XUAT_SAC');
    expect(secondary(pupil([...times(5, '9.0'), '8.9', '8.0', '6.5'])).honour).toBe('HOC_SINH_GIOI');
  });

  test('Y7: conduct Khá leaves no title', () => {
    const answer = secondary(pupil(times(8, '9.5'), 0, { conduct: { HK1: 'KHA', HK2: 'KHA' } }));
    expect([answer.learning.year, answer.promotion, answer.honour]).toEqual(['TOT', 'LEN_LOP', null]);
  });

  test('learning Khá leaves no title', () => {
    expect(secondary(pupil([...times(5, '9.5'), ...times(3, '7')])).honour).toBeNull();
  });
});

describe('Đ.13–14: re-assessment and summer training', () => {
  const again = (
    averages: readonly string[],
    reassessment: object,
    more: Partial<Tt22Input> = {},
    failed = 0,
  ) => secondary({ ...pupil(averages, failed, more), reassessment });

  test('a lifted subject lifts the level and the pupil', () => {
    const answer = again(FAILED, { subjects: { M7: '5.0', M8: '4' } });
    expect(answer.promotion).toBe('LEN_LOP');
    expect(answer.learning.year).toBe('CHUA_DAT');
    expect(answer.afterReassessment).toMatchObject({ learning: 'DAT', conduct: 'TOT' });
    expect(answer.afterReassessment!.subjects).toMatchObject({ M1: '5.5', M7: '5.0', M8: '4.0', N1: 'D' });
    expect(answer.subjects.M7!.year).toBe('3.0');
    expect(answer.problems).toEqual([]);
  });

  test('a result that does not suffice stays down, and so does one that is not there', () => {
    expect(again(FAILED, { subjects: { M7: '3.4', M8: '5' } }).promotion).toBe('O_LAI');
    expect(again(FAILED, { subjects: { M7: '5' } }).promotion).toBe('O_LAI');
    expect(again(FAILED, { subjects: { M7: '5', M8: null } }).promotion).toBe('O_LAI');
    expect(again(FAILED, {}).promotion).toBe('O_LAI');
  });

  test('the new result counts also where it is lower', () => {
    const averages = [...times(5, '5.5'), '4.9', '4.9', '4.9'];
    expect(again(averages, { subjects: { M6: '5', M7: '3.4' } }).afterReassessment!.learning).toBe(
      'CHUA_DAT',
    );
  });

  test('a comment subject is re-assessed by comment', () => {
    const answer = again(FAIR, { subjects: { N1: 'D' } }, {}, 2);
    expect(answer.promotion).toBe('LEN_LOP');
    expect(answer.afterReassessment!.subjects.N1).toBe('D');
  });

  test('Đ.9 k.3 applies to the new level too (A9)', () => {
    const answer = again([...times(6, '8.5'), '3.0', '3.0'], { subjects: { M7: '6.5' } });
    expect(answer.afterReassessment!.learning).toBe('DAT');
    expect(answer.promotion).toBe('LEN_LOP');
  });

  test('a subject that is good enough, or unknown, is not eligible and is ignored', () => {
    const answer = again(FAILED, { subjects: { M1: '9', M7: '5', M8: '5', XYZ: '10' } });
    expect(answer.problems).toEqual([
      { code: 'NOT_ELIGIBLE', where: 'reassessment.subjects.M1' },
      { code: 'NOT_ELIGIBLE', where: 'reassessment.subjects.XYZ' },
    ]);
    expect(answer.afterReassessment!.subjects.M1).toBe('5.5');
    expect(answer.afterReassessment!.subjects.XYZ).toBeUndefined();
    expect(answer.promotion).toBe('LEN_LOP');
  });

  test('exactly 5.0 is not below 5.0', () => {
    const averages = [...times(5, '5.5'), '5.0', '3.0', '3.0'];
    expect(again(averages, { subjects: { M6: '9', M7: '5', M8: '5' } }).problems).toEqual([
      { code: 'NOT_ELIGIBLE', where: 'reassessment.subjects.M6' },
    ]);
  });

  test('who is promoted anyway is not eligible', () => {
    const answer = again([...times(7, '5.5'), '4.0'], { subjects: { M8: '9' }, conduct: 'TOT' });
    expect(answer.promotion).toBe('LEN_LOP');
    expect(answer.problems.map(({ where }) => where)).toEqual([
      'reassessment.subjects.M8',
      'reassessment.conduct',
    ]);
    expect(answer.afterReassessment!.subjects.M8).toBe('4.0');
  });

  test('both Chưa đạt: nothing is eligible, the pupil stays down', () => {
    const answer = again(FAILED, { subjects: { M7: '9', M8: '9' }, conduct: 'TOT' }, bad);
    expect(answer.promotion).toBe('O_LAI');
    expect(answer.problems.map(({ code }) => code)).toEqual(['NOT_ELIGIBLE', 'NOT_ELIGIBLE', 'NOT_ELIGIBLE']);
    expect(answer.afterReassessment).toMatchObject({ learning: 'CHUA_DAT', conduct: 'CHUA_DAT' });
  });

  test('absence is not mended by re-assessment', () => {
    expect(again(FAILED, { subjects: { M7: '9', M8: '9' } }, { absences: 46 }).promotion).toBe('O_LAI');
  });

  test('summer training lifts conduct, or does not', () => {
    expect(again(FAIR, { conduct: 'DAT' }, bad)).toMatchObject({
      promotion: 'LEN_LOP',
      afterReassessment: { conduct: 'DAT' },
    });
    expect(again(FAIR, { conduct: 'CHUA_DAT' }, bad).promotion).toBe('O_LAI');
    expect(again(FAIR, {}, bad).promotion).toBe('O_LAI');
  });

  test('honours are judged before', () => {
    expect(again([...times(6, '9.5'), '9.5', '3.0'], { subjects: { M8: '9' } }).honour).toBeNull();
  });

  test('with something missing nothing is decided after it either', () => {
    const answer = again(times(5, '3'), { subjects: { M1: '9' } });
    expect(answer.promotion).toBeNull();
    expect(answer.afterReassessment).toMatchObject({ learning: null });
    expect(answer.problems.map(({ code }) => code)).toEqual(['TOO_FEW_SCORE_SUBJECTS', 'NOT_ELIGIBLE']);
  });

  test('a subject under an individual plan is not re-assessed, and stays out of the new level', () => {
    const whole = pupil(FAILED);
    const subjects = [...whole.subjects, { ...flat('M9', '2'), notAssessed: true }];
    const answer = secondary({
      ...whole,
      subjects,
      reassessment: { subjects: { M7: '5', M8: '5', M9: '9' } },
    });
    expect(answer.afterReassessment).toMatchObject({ learning: 'DAT', subjects: { M9: null } });
    expect(answer.problems).toEqual([{ code: 'NOT_ELIGIBLE', where: 'reassessment.subjects.M9' }]);
  });
});
