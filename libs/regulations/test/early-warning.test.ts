import { describe, expect, test } from '@jest/globals';
import { earlyWarnings } from '#regulations/explain/early-warning.js';
import { neededFinals } from '#regulations/explain/needed-mark.js';
import type { EarlyWarning } from '#regulations/explain/warning.js';
import type { Term, Tt22Input } from '#regulations/types.js';
import { comment, flat, pupil, refused, secondary, times } from './pupils.js';

function warnings(input: Tt22Input, absences: number | null = 0): readonly EarlyWarning[] {
  const list = earlyWarnings(input, absences);
  if ('error' in list) throw new Error(JSON.stringify(list));
  return list;
}

/** A pupil of grade 8 whose Toán has these terms, everything else at 7. */
const withMaths = (HK1: object | null, HK2: object | null, others = times(7, '7')): Tt22Input => {
  const whole = pupil(others);
  const maths = { code: 'TOAN', kind: 'score' as const, periodsPerYear: 140, HK1, HK2 };
  return { ...whole, subjects: [maths, ...whole.subjects] };
};
const all = (mark: string) => ({ regular: times(4, mark), midterm: mark, final: mark });
const only = (input: Tt22Input, code: string) => warnings(input).filter((each) => each.code === code);

describe('TT 22/2021 Đ.12: absences near 45', () => {
  const about = (absences: number | null) => warnings(pupil(times(8, '7')), absences);

  test.each([
    [35, []],
    [36, ['Đã nghỉ 36 buổi: còn 9 buổi nữa là hết số buổi được phép (45).']],
    [45, ['Đã nghỉ 45 buổi: còn 0 buổi nữa là hết số buổi được phép (45).']],
    [46, ['Đã nghỉ 46 buổi, quá 45 buổi nên không được lên lớp.']],
  ])('%i sessions', (absences, sentences) => {
    expect(about(absences).map(({ sentence }) => sentence)).toEqual(sentences);
  });

  test('says how many are left, or that nothing helps any more; not counted is not warned of', () => {
    expect(about(44)).toMatchObject([
      { code: 'ABSENCES_NEAR_LIMIT', where: 'absences', need: '1', article: 'TT 22/2021 Đ.12 k.1 c' },
    ]);
    expect(about(46)).toMatchObject([{ code: 'ABSENCES_OVER_LIMIT', where: 'absences', need: null }]);
    expect(about(null)).toEqual([]);
  });
});

describe('TT 22/2021 Đ.9 k.1, Đ.14: a year average that cannot reach 5.0 any more', () => {
  test('even with tens in everything that is open', () => {
    const last = { regular: times(4, '1'), midterm: '0' };
    expect(only(withMaths(all('2'), last), 'CANNOT_REACH_PASS')).toEqual([
      {
        code: 'CANNOT_REACH_PASS',
        where: 'subjects.TOAN.year',
        article: 'TT 22/2021 Đ.9 k.1, Đ.14',
        need: null,
        sentence: 'Toán: ĐTB cả năm cao nhất còn có thể đạt là 3,2, không đến 5,0.',
      },
    ]);
  });

  test('an open regular mark may still be a 10, and an absence without reason is a 0', () => {
    expect(only(withMaths(all('0'), { regular: ['5'], midterm: '4' }), 'CANNOT_REACH_PASS')).toHaveLength(0);
    expect(only(withMaths(all('0'), { regular: ['5'], midterm: 'V' }), 'CANNOT_REACH_PASS')).toHaveLength(1);
    expect(only(withMaths(null, all('4.9')), 'CANNOT_REACH_PASS')).toHaveLength(0);
  });

  test('once the year is complete: 4.9 cannot, 5.0 did', () => {
    expect(only(withMaths(all('4.9'), all('4.9')), 'CANNOT_REACH_PASS')).toHaveLength(1);
    expect(only(withMaths(all('5'), all('5')), 'CANNOT_REACH_PASS')).toHaveLength(0);
  });

  test('while term II is open: what it must bring, and that it is enough', () => {
    const [warning] = warnings(withMaths(all('4.2'), { regular: ['6'] }));
    expect(warning).toMatchObject({
      code: 'NEEDS_TERM_TWO',
      need: '5.4',
      sentence: 'Toán: ĐTB Học kì I là 4,2, cần ĐTB Học kì II ≥ 5,4 để cả năm đạt 5,0.',
    });
    const reached = (mark: string) => secondary(withMaths(all('4.2'), all(mark))).subjects.TOAN!.year;
    expect([reached('5.3'), reached('5.4')]).toEqual(['4.9', '5.0']);
  });

  test.each([
    [{ regular: times(3, '6'), midterm: '6', final: '6' }],
    [{ regular: times(4, '6'), final: '6' }],
    [{ regular: times(4, '6'), midterm: '6' }],
    [{}],
  ])('term II is open while anything of it is: %j', (HK2) => {
    expect(only(withMaths(all('4.2'), HK2), 'NEEDS_TERM_TWO')).toHaveLength(1);
  });

  test.each([
    [{ regular: times(3, '4'), midterm: '4', final: '4' }],
    [{ regular: times(4, '4'), final: '1' }],
    [{ regular: times(4, '3'), midterm: '1' }],
  ])('and nothing is known of term I while anything of that is open: %j', (HK1) => {
    expect(only(withMaths(HK1, null), 'NEEDS_TERM_TWO')).toHaveLength(0);
  });

  test('says where, and by which article', () => {
    expect(only(withMaths(all('4'), null), 'NEEDS_TERM_TWO')).toMatchObject([
      { where: 'subjects.TOAN.year', article: 'TT 22/2021 Đ.9 k.1, Đ.14' },
    ]);
  });

  test('nothing is needed when term I was good enough, is open, or term II is there', () => {
    for (const [HK1, HK2] of [
      [all('5'), null],
      [{ regular: ['1'] }, null],
      [all('4'), all('6')],
    ] as const)
      expect(only(withMaths(HK1, HK2), 'NEEDS_TERM_TWO')).toEqual([]);
  });

  test('a subject under an individual plan is not warned of, nor one assessed by comments', () => {
    const whole = withMaths(all('1'), all('1'));
    const [maths, ...others] = whole.subjects;
    expect(warnings({ ...whole, subjects: [{ ...maths!, notAssessed: true }, ...others] })).toEqual([]);
    expect(only({ ...whole, subjects: [...others, comment('GDTC', 'CD')] }, 'CANNOT_REACH_PASS')).toEqual([]);
  });
});

describe('TT 22/2021 Đ.9 k.2–3: the one subject that holds a level down', () => {
  const held = (input: Tt22Input) => only(input, 'HOLDS_LEVEL_DOWN');

  test('a mark subject: which, at what, and from where on the level is higher', () => {
    expect(held(withMaths(all('6.4'), all('6.4'), times(7, '8')))).toEqual([
      {
        code: 'HOLDS_LEVEL_DOWN',
        where: 'subjects.TOAN.year',
        article: 'TT 22/2021 Đ.9 k.2',
        need: '6.5',
        sentence: 'Toán 6,4 giữ mức học tập ở Khá: nếu từ 6,5 trở lên thì đạt Tốt.',
      },
    ]);
  });

  test('a comment subject', () => {
    const whole = pupil(times(8, '7'));
    const input = { ...whole, subjects: [...whole.subjects.slice(0, 8), comment('GDTC', 'CD')] };
    expect(held(input)).toMatchObject([
      {
        need: 'D',
        sentence: 'Giáo dục thể chất Chưa đạt giữ mức học tập ở Đạt: nếu Đạt thì đạt Khá.',
      },
    ]);
  });

  test('two subjects that could each lift it, or neither alone, do not', () => {
    expect(held(pupil([...times(5, '8'), '7.9', '7.9', '7.9']))).toEqual([]);
    expect(held(pupil([...times(6, '8'), '6.4', '6.4']))).toEqual([]);
    expect(held(pupil(times(8, '9')))).toEqual([]);
    expect(held(pupil(times(8, '7'), 2))).toEqual([]);
  });

  test('after the adjustment of Đ.9 k.3 it is that subject which keeps it from the level above', () => {
    expect(held(withMaths(all('4.9'), all('4.9'), times(7, '8.5')))).toMatchObject([
      { sentence: 'Toán 4,9 giữ mức học tập ở Khá: nếu từ 6,5 trở lên thì đạt Tốt.' },
    ]);
  });

  test('of the newest level there is: the year, else term II, else term I', () => {
    const at = (input: Tt22Input) => held(input).map(({ where }) => where);
    expect(at(withMaths(all('6.4'), all('6.4'), times(7, '8')))).toEqual(['subjects.TOAN.year']);
    expect(at(withMaths(all('6.4'), null, times(7, '8')))).toEqual(['subjects.TOAN.HK1']);
    expect(at(withMaths(null, all('6.4'), times(7, '8')))).toEqual(['subjects.TOAN.HK2']);
    expect(at(pupil(times(5, '8')))).toEqual([]);
  });

  test('what is left out by an individual plan holds nothing', () => {
    const whole = pupil(times(7, '8'));
    expect(
      held({ ...whole, subjects: [...whole.subjects, { ...flat('M9', '6'), notAssessed: true }] }),
    ).toEqual([]);
  });
});

describe('TT 22/2021 Đ.9 k.1–2: "cần CK ≥ … để đạt …"', () => {
  const needed = (input: Tt22Input, term: Term = 'HK2') => {
    const list = neededFinals(input, term);
    if ('error' in list) throw new Error(JSON.stringify(list));
    return list;
  };
  const open = { regular: ['6', '7', '6', '7'], midterm: '6.5' };

  test('for each level the least mark, or that a 10 is not enough', () => {
    expect(needed(withMaths(all('6'), open)).map(({ sentence }) => sentence)).toEqual([
      'Toán, Học kì II: CK 10 cũng không đủ để ĐTB đạt 8,0 (mức Tốt).',
      'Toán, Học kì II: cần CK ≥ 6,4 để ĐTB đạt 6,5 (mức Khá).',
      'Toán, Học kì II: cần CK ≥ 1,9 để ĐTB đạt 5,0 (mức Đạt).',
    ]);
    expect(
      needed(withMaths(all('6'), open)).map(({ subject, level, average, final }) => [
        ...[subject, level, average, final],
      ]),
    ).toEqual([
      ['TOAN', 'TOT', 80, null],
      ['TOAN', 'KHA', 65, 64],
      ['TOAN', 'DAT', 50, 19],
    ]);
  });

  test('the mark named is enough and a tenth less is not', () => {
    const average = (final: string) => secondary(withMaths(all('6'), { ...open, final })).subjects.TOAN!.HK2;
    expect([average('6.3'), average('6.4')]).toEqual(['6.4', '6.5']);
    expect([average('1.8'), average('1.9')]).toEqual(['4.9', '5.0']);
  });

  test.each([
    ['the final is there', all('7')],
    ['a regular mark is open', { ...open, regular: ['6', '7', '6'] }],
    ['the mid-term test is open', { ...open, midterm: null }],
    ['nothing is there', null],
  ])('nothing is said where %s', (_name, HK2) => {
    expect(needed(withMaths(all('6'), HK2))).toEqual([]);
  });

  test('of the term that is asked for; a mid-term "V" counts as 0', () => {
    expect(needed(withMaths(open, all('6')), 'HK1')[0]!.sentence).toMatch(/^Toán, Học kì I:/);
    const [, fair] = needed(withMaths(all('6'), { ...open, midterm: 'V' }));
    expect(fair!.final).toBeNull();
    expect(needed(withMaths(all('6'), { ...open, midterm: 'V' }))[2]!.final).toBe(62);
  });

  test('left out: comment subjects, and subjects under an individual plan', () => {
    const whole = withMaths(all('6'), open);
    const [maths, ...others] = whole.subjects;
    expect(needed({ ...whole, subjects: [{ ...maths!, notAssessed: true }, ...others] })).toEqual([]);
    const half = { ...comment('GDTC', 'D'), HK2: { regular: ['D', 'D'], midterm: 'D' } };
    expect(needed({ ...whole, subjects: [half, ...others] })).toEqual([]);
  });
});

test('a year that cannot be read is refused as evaluate refuses it', () => {
  const bad = { ...pupil(times(8, '7')), absences: -1 };
  expect(earlyWarnings(bad, 0)).toEqual(refused(bad));
  expect(neededFinals(bad, 'HK1')).toEqual(refused(bad));
});
