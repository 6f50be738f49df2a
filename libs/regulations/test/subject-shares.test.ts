import { describe, expect, test } from '@jest/globals';
import { evaluate, isErrorAnswer } from '#regulations/evaluate.js';
import { honourCounts } from '#regulations/honour-counts.js';
import {
  averageLevel,
  subjectShares,
  subjectYearResult,
  type SubjectOutcome,
} from '#regulations/subject-shares.js';
import type { EvaluateInput } from '#regulations/types.js';

const taking = (...results: (string | null)[]): SubjectOutcome[] =>
  results.map((result) => ({ taken: true, notAssessed: false, result }));
const STOPPED: SubjectOutcome = { taken: false, notAssessed: false, result: '9.5' };
const PLANNED: SubjectOutcome = { taken: true, notAssessed: true, result: null };

describe('TT 22/2021 Đ.9 k.2: the level that an average falls into', () => {
  test.each([
    [100, 'TOT'],
    [80, 'TOT'],
    [79, 'KHA'],
    [65, 'KHA'],
    [64, 'DAT'],
    [50, 'DAT'],
    [49, 'CHUA_DAT'],
    [0, 'CHUA_DAT'],
  ] as const)('%i tenths: %s', (average, level) => {
    expect(averageLevel(average)).toBe(level);
  });
});

describe('the year of a subject in a class summary', () => {
  test('a mark subject, counted by hand: eight pupils, 8.0 and 10.0 are Tốt, 7.9 and 6.5 Khá', () => {
    const results = ['8.0', '10.0', '7.9', '6.5', '6.4', '5.0', '5.5', '4.9'];
    expect(subjectShares('score', taking(...results))).toEqual({
      ...{ assessed: 8, notAssessed: 0, notTaken: 0, open: 0 },
      shares: [
        { level: 'TOT', count: 2, percent: '25.0' },
        { level: 'KHA', count: 2, percent: '25.0' },
        { level: 'DAT', count: 3, percent: '37.5' },
        { level: 'CHUA_DAT', count: 1, percent: '12.5' },
      ],
    });
  });

  test('who does not take it, and who is not assessed in it, lower no percentage and are counted beside', () => {
    const shares = subjectShares('score', [...taking('8.0', '5.0', null), STOPPED, STOPPED, PLANNED]);
    expect(shares).toMatchObject({ assessed: 3, notAssessed: 1, notTaken: 2, open: 1 });
    expect(shares.shares.map(({ count, percent }) => [count, percent])).toEqual([
      [1, '33.3'],
      [0, '0.0'],
      [1, '33.3'],
      [0, '0.0'],
    ]);
  });

  test('a comment subject is Đạt or Chưa đạt and nothing else', () => {
    const { shares } = subjectShares('comment', taking('D', 'D', 'CD'));
    expect(shares).toEqual([
      { level: 'D', count: 2, percent: '66.7' },
      { level: 'CD', count: 1, percent: '33.3' },
    ]);
  });

  test('a subject of primary school is T, H or C', () => {
    const { shares } = subjectShares('level', taking('H', 'T', 'H', 'C', 'H'));
    expect(shares.map(({ level, count, percent }) => [level, count, percent])).toEqual([
      ['T', 1, '20.0'],
      ['H', 3, '60.0'],
      ['C', 1, '20.0'],
    ]);
  });
});

describe('where the year of a subject is read', () => {
  const read = (input: EvaluateInput, code: string) => {
    const answer = evaluate(input);
    if (isErrorAnswer(answer)) throw new Error(answer.error.message);
    return subjectYearResult(input, answer, code);
  };

  test('TT 22: the average of the year, (7.0 + 2 × 8.5) / 3 = 8.0; open without semester I', () => {
    const term = (mark: string) => ({ regular: [mark, mark], midterm: mark, final: mark });
    const input: EvaluateInput = {
      ...{ id: 1, ruleSet: 'tt22-2021', grade: 6 },
      subjects: [
        { code: 'GDCD', kind: 'score', periodsPerYear: 35, HK1: term('7'), HK2: term('8.5') },
        { code: 'TIN_HOC', kind: 'score', periodsPerYear: 35, HK2: term('8.5') },
      ],
    };
    expect(read(input, 'GDCD')).toBe('8.0');
    expect(read(input, 'TIN_HOC')).toBeNull();
    expect(read(input, 'TOAN')).toBeNull();
  });

  test('TT 27: the level of the year’s end, not of an earlier time and not of what is assessed again', () => {
    const input: EvaluateInput = {
      ...{ id: 1, ruleSet: 'tt27-2020', grade: 1 },
      subjects: [
        { code: 'TOAN', levels: { CHK1: 'T', CN: 'C' } },
        { code: 'DAO_DUC', levels: { CHK1: 'T' } },
      ],
      additionalAssessment: { levels: { TOAN: { CN: 'H' } } },
    };
    expect(read(input, 'TOAN')).toBe('C');
    expect(read(input, 'DAO_DUC')).toBeNull();
  });
});

describe('titles of a class', () => {
  test('TT 22/2021 Đ.15: each pupil is in one number; who has no result is open, not without a title', () => {
    const pupils = ['HOC_SINH_GIOI', null, 'HOC_SINH_XUAT_SAC', 'HOC_SINH_GIOI', undefined] as const;
    expect(honourCounts('tt22-2021', pupils)).toEqual({
      titles: [
        { honour: 'HOC_SINH_XUAT_SAC', count: 1 },
        { honour: 'HOC_SINH_GIOI', count: 2 },
      ],
      ...{ none: 1, open: 1 },
    });
  });

  test('TT 27/2020 Đ.13: its own titles, also those that nobody has', () => {
    expect(honourCounts('tt27-2020', ['HOC_SINH_TIEU_BIEU'])).toEqual({
      titles: [
        { honour: 'HOC_SINH_XUAT_SAC', count: 0 },
        { honour: 'HOC_SINH_TIEU_BIEU', count: 1 },
      ],
      ...{ none: 0, open: 0 },
    });
  });
});
