/** What must hold of every pupil, whatever the marks. */
import { describe, expect, test } from '@jest/globals';
import { evaluate } from '#regulations/evaluate.js';
import { yearAverage } from '#regulations/tt22/averages.js';
import type { Tt22Answer } from '#regulations/types.js';
import { flat, pupil, secondary, times, without } from './pupils.js';
import { generator, randomPupil, sign, type Random, type RandomPupil } from './random.js';

const LADDER = ['CHUA_DAT', 'DAT', 'KHA', 'TOT'];
const HONOURS = [null, 'HOC_SINH_GIOI', 'HOC_SINH_XUAT_SAC'];
const answerTo = (input: unknown) => evaluate(input) as Tt22Answer;

/** The pupil with one of the marks (any column of any subject in either term) made higher, or a Chưa đạt made Đạt. */
function raised(random: Random, of: RandomPupil): RandomPupil {
  const index = random.next(of.subjects.length);
  const subject = of.subjects[index]!;
  const better = (mark: string | null): string | null => {
    if (mark === null) return null;
    if (subject.kind === 'comment') return 'D';
    return sign(Math.min(100, Math.round(10 * Number(mark === 'V' ? 0 : mark)) + 1 + random.next(30)));
  };
  const name = random.pick(['HK1', 'HK2'] as const);
  const term = subject[name];
  const column = random.next(term.regular.length + 2);
  const changed = {
    regular: term.regular.map((mark, place) => (place === column ? better(mark) : mark)),
    midterm: column === term.regular.length ? better(term.midterm) : term.midterm,
    final: column > term.regular.length ? better(term.final) : term.final,
  };
  return { ...of, subjects: of.subjects.with(index, { ...subject, [name]: changed }) };
}

/** Nothing of the second answer is below the first: levels of terms and year, and the title. */
function notBelow(before: Tt22Answer, now: Tt22Answer): void {
  for (const when of ['HK1', 'HK2', 'year'] as const) {
    const [old, young] = [before.learning[when], now.learning[when]];
    expect(young === null).toBe(old === null);
    if (old !== null) expect(LADDER.indexOf(young!)).toBeGreaterThanOrEqual(LADDER.indexOf(old));
  }
  expect(HONOURS.indexOf(now.honour)).toBeGreaterThanOrEqual(HONOURS.indexOf(before.honour));
}

describe('TT 22/2021 Đ.9, 12, 15: a higher mark', () => {
  test('never lowers a level, a title or the decision: under the default settings', () => {
    const random = generator(11);
    for (let id = 0; id < 1000; id += 1) {
      const of = without(randomPupil(random, id), 'settings', 'reassessment') as unknown as RandomPupil;
      const [before, now] = [of, raised(random, of)].map(answerTo) as [Tt22Answer, Tt22Answer];
      notBelow(before, now);
      const rank = ['O_LAI', 'DANH_GIA_LAI', 'REN_LUYEN_HE', 'LEN_LOP'];
      expect(rank.indexOf(now.promotion ?? 'O_LAI')).toBeGreaterThanOrEqual(
        rank.indexOf(before.promotion ?? 'O_LAI'),
      );
    }
  });

  test('nor under any other reading of Đ.9 k.3', () => {
    const random = generator(12);
    for (let id = 0; id < 1000; id += 1) {
      const of = without(randomPupil(random, id), 'reassessment') as unknown as RandomPupil;
      notBelow(answerTo(of), answerTo(raised(random, of)));
    }
  });

  test('can end the right to re-assess that subject, and so lower the level after the summer, never the decision (A18)', () => {
    const averages = [...times(5, '6.5'), '4.9', '3.0', '5.0'];
    const summer = { reassessment: { subjects: { M6: '6.5', M7: '6' } } };
    const before = secondary(pupil(averages, 0, summer));
    const now = secondary(pupil(averages.with(5, '5.0'), 0, summer));
    expect([before.afterReassessment!.learning, now.afterReassessment!.learning]).toEqual(['KHA', 'DAT']);
    expect([before.promotion, now.promotion]).toEqual(['LEN_LOP', 'LEN_LOP']);
    expect(now.problems).toEqual([{ code: 'NOT_ELIGIBLE', where: 'reassessment.subjects.M6' }]);
  });
});

describe('the order of things', () => {
  const named = (answer: Tt22Answer) => ({
    ...answer,
    problems: answer.problems.map(({ code, where }) => `${code} ${where}`).sort(),
  });

  test('of the subjects changes no result of any pupil', () => {
    const random = generator(7);
    for (let id = 0; id < 500; id += 1) {
      const of = randomPupil(random, id);
      const turned = { ...of, subjects: random.shuffled(of.subjects) };
      expect(named(answerTo(turned))).toEqual(named(answerTo(of)));
    }
  });

  test('of the regular marks and of the fields changes nothing either', () => {
    const random = generator(8);
    for (let id = 0; id < 200; id += 1) {
      const of = randomPupil(random, id);
      const subjects = of.subjects.map(({ HK1, HK2, ...subject }) => ({
        HK2: { ...HK2, regular: random.shuffled(HK2.regular) },
        HK1: { final: HK1.final, midterm: HK1.midterm, regular: [...HK1.regular].reverse() },
        ...subject,
      }));
      expect(named(answerTo({ ...of, subjects }))).toEqual(named(answerTo(of)));
    }
  });
});

describe('TT 22/2021 Đ.9 k.1 b: the terms are weighted 1 : 2', () => {
  test('every pair of term averages: the year is the nearest tenth of a third, and there are no ties', () => {
    for (let one = 0; one <= 100; one += 1) {
      for (let two = 0; two <= 100; two += 1) {
        const off = 3 * yearAverage(one, two) - (one + 2 * two);
        if (Math.abs(off) > 1) throw new Error(`${one} and ${two} give ${yearAverage(one, two)}`);
      }
    }
  });

  test('three tenths more in semester II move the year by two, in semester I by one', () => {
    for (let mark = 0; mark <= 97; mark += 1) {
      expect(yearAverage(50, mark + 3) - yearAverage(50, mark)).toBe(2);
      expect(yearAverage(mark + 3, 50) - yearAverage(mark, 50)).toBe(1);
    }
  });
});

describe('TT 22/2021 Đ.5, Đ.9 k.1 a: half up at every x.x5 that can be reached', () => {
  /** Marks of one term whose weighted sum is `sum` tenths: the final as high as can be, then the mid-term, then the rest. */
  function termOf(sum: number, regularMarks: number) {
    let rest = sum;
    const take = (weight: number): string => {
      const mark = Math.min(100, Math.floor(rest / weight));
      rest -= weight * mark;
      return sign(mark);
    };
    const [final, midterm] = [take(3), take(2)];
    const regular = Array.from({ length: regularMarks }, () => take(1));
    expect(rest).toBe(0);
    return { regular, midterm, final };
  }

  test.each([
    [3, 8],
    [5, 10],
  ])('%i regular marks: all hundred ties, from 0.05 to 9.95', (regularMarks, divisor) => {
    const periodsPerYear = regularMarks === 3 ? 70 : 140;
    const ties = Array.from({ length: 100 }, (_, tenths) => tenths);
    const subjects = ties.map((tenths) => {
      const HK1 = termOf(tenths * divisor + divisor / 2, regularMarks);
      return { ...flat(`T${tenths}`, '8'), periodsPerYear, HK1 };
    });
    const answer = secondary({ ...pupil([]), subjects });
    expect(ties.map((tenths) => answer.subjects[`T${tenths}`]!.HK1)).toEqual(
      ties.map((tenths) => ((tenths + 1) / 10).toFixed(1)),
    );
  });

  test.each([
    [2, 7],
    [4, 9],
  ])('%i regular marks: a sum of sevenths or ninths is never halfway', (_marks, divisor) => {
    for (let sum = 0; sum <= 100 * divisor; sum += 1) expect((2 * sum) % (2 * divisor)).not.toBe(divisor);
  });
});
