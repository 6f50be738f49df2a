import { describe, expect, test } from '@jest/globals';
import { learningLevel } from '#regulations/tt22/adjustment.js';
import { flat, comment, pupil, secondary, times } from './pupils.js';

const learning = (averages: readonly string[], failedComments = 0, adjustment?: object) =>
  secondary(pupil(averages, failedComments, adjustment === undefined ? {} : { settings: { adjustment } }))
    .learning.year;

describe('Đ.9 k.2: levels without adjustment', () => {
  test.each([
    ['L1', [...times(6, '8.0'), '6.5', '6.5'], 0, 'TOT'],
    ['L2', [...times(5, '8.0'), '7.9', '7.0', '7.0'], 0, 'KHA'],
    ['L3', [...times(6, '8.5'), '8.0', '6.4'], 0, 'KHA'],
    ['L7', [...times(6, '8.5'), '4.9', '4.9'], 0, 'DAT'],
    ['L11', [...times(5, '5.0'), '4.9', '4.0', '3.5'], 0, 'CHUA_DAT'],
    ['L14', [...times(6, '6.5'), '5.0', '4.9'], 0, 'DAT'],
    ['exactly Đạt', [...times(6, '5.0'), '3.5', '3.5'], 1, 'DAT'],
    ['two comment subjects Chưa đạt', times(8, '5.0'), 2, 'CHUA_DAT'],
    ['a subject below 3.5', [...times(7, '5.0'), '3.4'], 0, 'CHUA_DAT'],
  ])('%s', (_id, averages, failed, expected) => {
    expect(learning(averages, failed)).toBe(expected);
  });
});

describe('Đ.9 k.3: two levels down for one subject only', () => {
  test('L4: Tốt but for one subject below 5.0 is Khá', () => {
    expect(learning([...times(6, '8.5'), '8.0', '4.9'])).toBe('KHA');
  });

  test('Tốt but for one subject below 3.5 is Đạt', () => {
    expect(learning([...times(7, '8.5'), '3.4'])).toBe('DAT');
  });

  test('Khá but for one subject below 3.5 is Đạt', () => {
    expect(learning([...times(7, '6.5'), '3.4'])).toBe('DAT');
  });

  test('Đạt but for one subject below 3.5 stays Chưa đạt: the rule is about Tốt and Khá', () => {
    expect(learning([...times(7, '5.0'), '3.4'])).toBe('CHUA_DAT');
  });

  test('two subjects that pull down are not one', () => {
    expect(learning([...times(6, '8.5'), '3.4', '3.4'])).toBe('CHUA_DAT');
    expect(learning([...times(7, '8.5'), '4.9'], 1)).toBe('DAT');
  });

  test('a comment subject can be the one (A7)', () => {
    expect(learning(times(8, '8.5'), 1)).toBe('KHA');
    expect(learning(times(8, '8.5'), 1, { commentSubjectCanBeCulprit: false })).toBe('DAT');
  });

  test('two comment subjects are not one', () => {
    expect(learning(times(8, '8.5'), 2)).toBe('CHUA_DAT');
  });

  test('L12: whether the subject left out counts among the six is a reading (A5)', () => {
    const averages = [...times(5, '9.0'), '7.0', '7.0', '4.9'];
    expect(learning(averages)).toBe('DAT');
    expect(learning(averages, 0, { removedSubjectCountsAmongSix: true })).toBe('KHA');
  });

  test('from where the level is raised is a reading (A6)', () => {
    const averages = [...times(7, '8.5'), '3.4'];
    expect(learning(averages, 0, { raiseFrom: 'base' })).toBe('DAT');
    expect(learning(averages, 0, { raiseFrom: 'reference' })).toBe('KHA');
  });

  test('it strikes in a term as in the year', () => {
    const answer = secondary(pupil([...times(7, '8.5'), '4.9']));
    expect(answer.learning).toEqual({ HK1: 'KHA', HK2: 'KHA', year: 'KHA' });
  });

  test('the result says what was adjusted, from what, because of which subject', () => {
    expect(learningLevel([...Array<number>(7).fill(85), 34], 0)).toEqual({
      level: 'DAT',
      base: 'CHUA_DAT',
      reference: 'TOT',
      culprit: 7,
    });
    expect(learningLevel(Array<number>(8).fill(85), 1).culprit).toBe('comment');
    expect(learningLevel(Array<number>(8).fill(85), 0)).toEqual({
      level: 'TOT',
      base: 'TOT',
      reference: null,
      culprit: null,
    });
  });
});

describe('which subjects count', () => {
  test('fewer than six mark subjects: no level, and it is said', () => {
    const answer = secondary(pupil(times(5, '9')));
    expect(answer.learning).toEqual({ HK1: null, HK2: null, year: null });
    expect(answer.problems).toEqual([{ code: 'TOO_FEW_SCORE_SUBJECTS', where: 'subjects' }]);
    expect(answer.promotion).toBeNull();
    expect(answer.honour).toBeNull();
  });

  test('six mark subjects are enough', () => {
    expect(secondary(pupil(times(6, '9'))).learning.year).toBe('TOT');
  });

  test('a subject not assessed under an individual plan is left out, not missing', () => {
    const whole = pupil(times(7, '9'));
    const subjects = [...whole.subjects, { ...flat('M8', '2'), notAssessed: true }];
    const answer = secondary({
      ...whole,
      subjects: [...subjects, { ...comment('N5', 'CD'), HK1: null, notAssessed: true }],
    });
    expect(answer.subjects.M8).toEqual({ HK1: null, HK2: null, year: null });
    expect(answer.learning.year).toBe('TOT');
    expect(answer.problems).toEqual([]);
  });

  test('the same subject, assessed, would hold the level down', () => {
    const whole = pupil(times(7, '9'));
    expect(secondary({ ...whole, subjects: [...whole.subjects, flat('M8', '2')] }).learning.year).toBe('DAT');
  });

  test('left-out subjects can leave too few', () => {
    const whole = pupil(times(6, '9'));
    const [first, ...others] = whole.subjects;
    const answer = secondary({ ...whole, subjects: [{ ...first!, notAssessed: true }, ...others] });
    expect(answer.problems).toEqual([{ code: 'TOO_FEW_SCORE_SUBJECTS', where: 'subjects' }]);
  });

  test('one missing subject leaves the level open in the terms that need it only', () => {
    const whole = pupil(times(8, '9'));
    const [first, ...others] = whole.subjects;
    const answer = secondary({ ...whole, subjects: [{ ...first!, HK2: null }, ...others] });
    expect(answer.learning).toEqual({ HK1: 'TOT', HK2: null, year: null });
  });
});
