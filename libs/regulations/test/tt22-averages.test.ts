import { describe, expect, test } from '@jest/globals';
import { roundHalfUp } from '#regulations/decimal.js';
import { termAverage, yearAverage } from '#regulations/tt22/averages.js';
import { requiredRegularMarks } from '#regulations/tt22/regular-marks.js';
import { sheetColumns } from '#regulations/sheets.js';
import { comment, pupil, refused, secondary, times } from './pupils.js';

/** The first subject's term one with these assessments, the rest of the pupil complete. */
function termOne(periodsPerYear: number, HK1: object) {
  const whole = pupil(times(8, '8'));
  const [first, ...others] = whole.subjects;
  return secondary({ ...whole, subjects: [{ ...first!, periodsPerYear, HK1 }, ...others] });
}

function averageOf(regular: (string | null)[], midterm: string, final: string, periodsPerYear: number) {
  return termOne(periodsPerYear, { regular, midterm, final }).subjects.M1!.HK1;
}

describe('Đ.6 k.2: the number of regular marks follows from the yearly periods', () => {
  test.each([
    [1, 2],
    [35, 2],
    [36, 3],
    [52, 3],
    [70, 3],
    [71, 4],
    [140, 4],
  ])('%i periods need %i marks', (periods, marks) => {
    expect(requiredRegularMarks('score', periods)).toBe(marks);
  });

  test('a comment subject has two, also with 105 periods', () => {
    expect(requiredRegularMarks('comment', 105)).toBe(2);
  });

  test('one regular mark too few is a gap, not a smaller denominator', () => {
    const answer = termOne(70, { regular: ['8', '8', null], midterm: '8', final: '8' });
    expect(answer.subjects.M1).toEqual({ HK1: null, HK2: '8.0', year: null });
    expect(answer.problems).toEqual([{ code: 'MISSING_REGULAR', where: 'subjects.M1.HK1' }]);
    expect(answer.learning).toEqual({ HK1: null, HK2: 'TOT', year: null });
    expect(answer.promotion).toBeNull();
  });

  test('more regular marks than required all count', () => {
    expect(averageOf(['10', '10', '0', '0', '0'], '0', '0', 35)).toBe('2.0');
  });
});

describe('Đ.9 k.1: averages, rounded half up from exact fractions', () => {
  test.each([
    ['S1', ['8', '7', '9', '8'], '7.5', '8.0', 140, '7.9'],
    ['S2', ['7', '8'], '6.5', '7.0', 35, '7.0'],
    ['S3', ['8', '8', '8'], '9', '8', 70, '8.3'],
    ['S5', ['8', '8', '8'], '7.8', '8', 70, '8.0'],
    ['S6', ['6', '6', '6'], '6.3', '7', 70, '6.5'],
    ['S16', ['7.3', '6.8', '7.4'], '3.2', '3.9', 70, '5.0'],
  ])('%s', (_id, regular, midterm, final, periods, expected) => {
    expect(averageOf(regular, midterm, final, periods)).toBe(expected);
  });

  test('S9 and S11: the year weighs the second term twice and uses the rounded term averages', () => {
    expect(yearAverage(64, 65)).toBe(65);
    expect(yearAverage(82, 78)).toBe(79);
  });

  test('every sum with three or five regular marks that ends in a tie is rounded up', () => {
    let ties = 0;
    for (const denominator of [8, 10]) {
      for (let sum = 0; sum <= 100 * denominator; sum += 1) {
        if ((2 * sum) % denominator !== 0 || sum % denominator === 0) continue;
        ties += 1;
        const [final, midterm] = [Math.min(100, Math.floor(sum / 3)), 0];
        let rest = sum - 3 * final - 2 * midterm;
        const middle = Math.min(100, Math.floor(rest / 2));
        rest -= 2 * middle;
        const regular = Array.from({ length: denominator - 5 }, () => {
          const mark = Math.min(100, rest);
          rest -= mark;
          return mark;
        });
        expect(rest).toBe(0);
        expect(termAverage(regular, middle, final)).toBe((sum + denominator / 2) / denominator);
      }
    }
    expect(ties).toBe(200);
  });

  test('no tie exists with two or four regular marks, nor in the year', () => {
    for (const denominator of [7, 9, 3]) {
      for (let sum = 0; sum <= 100 * denominator; sum += 1) {
        expect((2 * sum) % (2 * denominator)).not.toBe(denominator);
        const twice = 2 * roundHalfUp(sum, denominator) * denominator;
        expect(Math.abs(twice - 2 * sum)).toBeLessThan(denominator);
      }
    }
  });

  test('what is not a fraction of integers is refused rather than rounded', () => {
    expect(() => roundHalfUp(1.5, 2)).toThrow(RangeError);
    expect(() => roundHalfUp(-1, 2)).toThrow(RangeError);
    expect(() => roundHalfUp(1, 0)).toThrow(RangeError);
  });
});

describe('Đ.7: absence from a periodic test', () => {
  test('without a valid reason the mark is 0 for that test only', () => {
    expect(averageOf(['8', '8', '8', '8'], 'V', '8', 140)).toBe('6.2');
    expect(averageOf(['8', '8', '8', '8'], '8', 'V', 140)).toBe('5.3');
  });

  test('a test that is not there yet is a gap, not a zero', () => {
    const answer = termOne(140, { regular: times(4, '8'), midterm: null });
    expect(answer.problems).toEqual([
      { code: 'MISSING_MIDTERM', where: 'subjects.M1.HK1' },
      { code: 'MISSING_FINAL', where: 'subjects.M1.HK1' },
    ]);
    expect(answer.subjects.M1!.HK1).toBeNull();
  });
});

describe('comment subjects', () => {
  const withComment = (subject: object) => {
    const whole = pupil(times(8, '8'));
    return secondary({ ...whole, subjects: [...whole.subjects.slice(0, 8), subject] });
  };

  test('S12: the year is that of semester II', () => {
    expect(withComment(comment('GDTC', 'D', 'CD')).subjects.GDTC).toEqual({ HK1: 'CD', HK2: 'D', year: 'D' });
    expect(withComment(comment('GDTC', 'CD', 'D')).subjects.GDTC!.year).toBe('CD');
  });

  test.each([
    [{ regular: ['D', 'CD'], midterm: 'D', final: 'D' }],
    [{ regular: ['D', 'D'], midterm: 'CD', final: 'D' }],
    [{ regular: ['D', 'D'], midterm: 'D', final: 'V' }],
    [{ regular: ['D', 'D', 'CD'], midterm: 'D', final: 'D' }],
  ])('one assessment that is not Đạt makes the term Chưa đạt: %j', (HK2) => {
    expect(withComment({ ...comment('GDTC', 'D'), HK2 }).subjects.GDTC!.HK2).toBe('CD');
  });

  test('a gap is not Chưa đạt, also where another assessment already is', () => {
    const answer = withComment({
      ...comment('GDTC', 'D'),
      HK2: { regular: ['CD'], midterm: 'D', final: 'D' },
    });
    expect(answer.subjects.GDTC).toEqual({ HK1: 'D', HK2: null, year: null });
    expect(answer.problems).toEqual([{ code: 'MISSING_REGULAR', where: 'subjects.GDTC.HK2' }]);
  });

  test('without semester I there is no year', () => {
    const answer = withComment({
      code: 'GDTC',
      kind: 'comment',
      periodsPerYear: 70,
      HK2: comment('x', 'D').HK2,
    });
    expect(answer.subjects.GDTC).toEqual({ HK1: null, HK2: 'D', year: null });
    expect(answer.learning).toEqual({ HK1: null, HK2: 'TOT', year: null });
  });

  test('Đ.10, Y13: practice exempt, the theory results stand in and nothing is dropped', () => {
    const answer = withComment({ ...comment('GDTC', 'D'), exempt: 'practice' });
    expect(answer.subjects.GDTC).toEqual({ HK1: 'D', HK2: 'D', year: 'D' });
    expect(answer.learning.year).toBe('TOT');
  });

  test('an exempt subject still blocks when a theory result is missing', () => {
    const answer = withComment({ ...comment('GDTC', 'D'), HK2: null, exempt: 'practice' });
    expect(answer.problems.map(({ code }) => code)).toEqual([
      'MISSING_REGULAR',
      'MISSING_MIDTERM',
      'MISSING_FINAL',
    ]);
  });
});

describe('Đ.6, A13: special topics in grades 10–12', () => {
  const physics = (marks: number, specialTopics?: 'HK1' | 'HK2') => {
    const regular = times(marks, '8');
    const term = { regular, midterm: '8', final: '8' };
    return { code: 'VAT_LI', kind: 'score', periodsPerYear: 70, HK1: term, HK2: term, specialTopics };
  };
  const codes = (subject: object, counts?: 'inside' | 'extra') =>
    secondary({
      ...pupil([]),
      grade: 11,
      subjects: [subject],
      ...(counts === undefined ? {} : { settings: { specialTopics: counts } }),
    }).problems.filter(({ code }) => code === 'MISSING_REGULAR');

  test('the result is one of the regular marks, unless the school counts it as one more in its term', () => {
    expect(codes(physics(3, 'HK2'))).toEqual([]);
    expect(codes(physics(3, 'HK2'), 'inside')).toEqual([]);
    expect(codes(physics(3, 'HK2'), 'extra')).toEqual([
      { code: 'MISSING_REGULAR', where: 'subjects.VAT_LI.HK2' },
    ]);
    expect(codes(physics(4, 'HK2'), 'extra')).toEqual([]);
    expect(codes(physics(3), 'extra')).toEqual([]);
  });

  test('may stand in either term, from grade 10 on', () => {
    const of = (specialTopics: 'HK1' | 'HK2') => ({
      ...pupil([]),
      grade: 10,
      subjects: [physics(3, specialTopics)],
      settings: { specialTopics: 'extra' as const },
    });
    const missing = (input: unknown) =>
      secondary(input).problems.filter(({ code }) => code === 'MISSING_REGULAR');
    for (const term of ['HK1', 'HK2'] as const)
      expect(missing(of(term))).toEqual([{ code: 'MISSING_REGULAR', where: `subjects.VAT_LI.${term}` }]);
  });

  test('are refused below grade 10, in no such term, or counted in no such way', () => {
    const bad = (grade: number, specialTopics: unknown, settings: object = {}) =>
      refused({ ...pupil([]), grade, subjects: [{ ...physics(3), specialTopics }], settings }).error;
    expect(bad(9, 'HK2')).toMatchObject({ code: 'INVALID_FIELD' });
    expect(bad(10, 'CN')).toMatchObject({ code: 'INVALID_FIELD' });
    expect(bad(10, 'HK1', { specialTopics: 'both' })).toMatchObject({ code: 'INVALID_FIELD' });
  });

  test('have the last regular column of their term in the sheet', () => {
    const columns = (counts: 'inside' | 'extra', period: 'HK1' | 'HK2') =>
      sheetColumns('tt22-2021', 10, 'VAT_LI', period, 70, { term: 'HK2', counts })
        .filter(({ code }) => code.startsWith('TX'))
        .map(({ label }) => label);
    expect(columns('inside', 'HK2')).toEqual(['ĐĐGtx 1', 'ĐĐGtx 2', 'ĐĐGtx 3 (cụm chuyên đề)']);
    expect(columns('extra', 'HK2')).toHaveLength(4);
    expect(columns('extra', 'HK1')).toEqual(['ĐĐGtx 1', 'ĐĐGtx 2', 'ĐĐGtx 3']);
  });
});

describe('what was not required of a pupil who came late (A20)', () => {
  const late = (regular: string[], notRequired: object, midterm: string | null = '8') =>
    termOne(140, { regular, midterm, final: '9', notRequired });
  const NOTE = { code: 'NOT_REQUIRED', where: 'subjects.M1.HK1' };

  test('regular marks of before divide by fewer, and it is said', () => {
    const answer = late(['6', '7'], { regular: 2 });
    // (6 + 7 + 2 × 8 + 3 × 9) : 7 = 8
    expect([answer.subjects.M1?.HK1, answer.problems]).toEqual(['8.0', [NOTE]]);
    expect(answer.promotion).toBe('LEN_LOP');
  });

  test('one more missing than was not required is a gap as ever', () => {
    const answer = late(['6'], { regular: 2 });
    expect([answer.subjects.M1?.HK1, answer.problems.map(({ code }) => code)]).toEqual([
      null,
      ['MISSING_REGULAR', 'NOT_REQUIRED'],
    ]);
  });

  test('with no regular mark at all the term stays open, without being a gap', () => {
    for (const regular of [4, 9]) {
      const answer = late([], { regular });
      expect([answer.subjects.M1?.HK1, answer.problems, answer.promotion]).toEqual([null, [NOTE], null]);
    }
    expect(late([], { regular: 3 }).problems.map(({ code }) => code)).toEqual([
      'MISSING_REGULAR',
      'NOT_REQUIRED',
    ]);
  });

  test('a test has no such way round: Đ.7 wants it made up, so the term stays open', () => {
    const answer = late(['6', '7', '8', '9'], { midterm: true }, null);
    expect([answer.subjects.M1?.HK1, answer.problems, answer.promotion]).toEqual([null, [NOTE], null]);
    const both = termOne(140, { regular: ['6', '7', '8', '9'], notRequired: { midterm: true } });
    expect(both.problems.map(({ code }) => code)).toEqual(['MISSING_FINAL', 'NOT_REQUIRED']);
  });

  test('what is there counts, whatever was said not to be required', () => {
    const answer = late(['6', '7', '8', '9'], { regular: 2, midterm: true, final: true });
    expect([answer.subjects.M1?.HK1, answer.problems]).toEqual([
      averageOf(['6', '7', '8', '9'], '8', '9', 140),
      [],
    ]);
  });

  test.each([
    [{ regular: -1 }, 'subjects.M1.HK1.notRequired.regular'],
    [{ regular: 1.5 }, 'subjects.M1.HK1.notRequired.regular'],
    [{ midterm: 'yes' }, 'subjects.M1.HK1.notRequired.midterm'],
    [{ oral: 1 }, 'subjects.M1.HK1.notRequired.oral'],
    [[], 'subjects.M1.HK1.notRequired'],
  ])('%j is refused at %s', (notRequired, where) => {
    const whole = pupil(times(8, '8'));
    const [first, ...others] = whole.subjects;
    const HK1 = { regular: ['8', '8', '8', '8'], midterm: '8', final: '8', notRequired };
    const input = { ...whole, subjects: [{ ...first!, HK1 }, ...others] };
    expect(JSON.stringify(refused(input))).toContain(where);
  });
});
