/** The product against implementations of its rules that share no code with it, on 100,000 random pupils. */
import { describe, expect, test } from '@jest/globals';
import { evaluate } from '#regulations/evaluate.js';
import type { Problem } from '#regulations/types.js';
import { generator, randomPupil } from './random.js';
import { expected } from './second-tt22.js';
import { randomChild } from './second-tt27.js';

/** The answer with, in the place of its problems, the assessments that do not qualify. */
function compared(input: unknown): Record<string, unknown> {
  const { problems, ...answer } = evaluate(input) as unknown as { problems: Problem[] };
  const notEligible = problems.filter(({ code }) => code === 'NOT_ELIGIBLE').map(({ where }) => where);
  return { ...answer, notEligible };
}

/** Compares as texts, since that is fast; the matcher shows the difference, unless it is the order of fields only. */
function agree(answer: unknown, second: unknown): void {
  if (JSON.stringify(answer) !== JSON.stringify(second)) expect(answer).toEqual(second);
}

/** How often each outcome was seen, to show that the comparison meets all of them. */
function counter() {
  const seen = new Map<string, number>();
  return {
    see: (outcome: string) => seen.set(outcome, (seen.get(outcome) ?? 0) + 1),
    often: (least: number, outcomes: string[]) => {
      expect(outcomes.filter((outcome) => (seen.get(outcome) ?? 0) < least)).toEqual([]);
    },
  };
}

describe('TT 22/2021 against a second implementation', () => {
  test('Đ.6–9, 12–15: 70,000 random pupils get the same averages, levels, promotion, honour and summer', () => {
    const random = generator(20261121);
    const { see, often } = counter();
    for (let id = 0; id < 70_000; id += 1) {
      const pupil = randomPupil(random, id);
      const answer = compared(pupil);
      agree(answer, expected(pupil));
      const { learning, afterReassessment: after } = answer as {
        learning: { year: string | null };
        afterReassessment?: { learning: string | null; conduct: string };
      };
      see(`level ${String(learning.year)}`);
      see(`${after === undefined ? '' : 'after '}${String(answer.promotion)}`);
      see(`honour ${String(answer.honour)}`);
      if (after !== undefined && after.learning !== learning.year) see('learning lifted');
      if (after !== undefined && after.conduct !== (answer.conduct as { year: string }).year)
        see('conduct lifted');
      if ((answer.notEligible as string[]).length > 0) see('not eligible');
    }
    often(50, ['level TOT', 'level KHA', 'level DAT', 'level CHUA_DAT', 'level null']);
    often(50, ['LEN_LOP', 'DANH_GIA_LAI', 'REN_LUYEN_HE', 'O_LAI', 'null']);
    often(50, ['after LEN_LOP', 'after O_LAI', 'after null', 'not eligible']);
    often(50, ['learning lifted', 'conduct lifted']);
    often(10, ['honour HOC_SINH_XUAT_SAC', 'honour HOC_SINH_GIOI', 'honour null']);
  }, 900_000);
});

describe('TT 27/2020 against a second implementation', () => {
  test('Đ.9, 11, 13: 30,000 random pupils get the same level, completion, honour and additional assessment', () => {
    const random = generator(27);
    const { see, often } = counter();
    for (let id = 0; id < 30_000; id += 1) {
      const { input, answer, notEligible } = randomChild(random, id);
      const found = compared(input);
      agree(
        { ...found, notEligible: (found.notEligible as string[]).toSorted() },
        { ...answer, notEligible: notEligible.toSorted() },
      );
      see(`year ${String(answer.year)}`);
      see(`honour ${String(answer.honour)}`);
      see(String(answer.promotion));
      if (notEligible.length > 0) see('not eligible');
    }
    often(50, ['year HTXS', 'year HTT', 'year HT', 'year CHT', 'year null', 'not eligible']);
    often(50, ['honour HOC_SINH_XUAT_SAC', 'honour HOC_SINH_TIEU_BIEU', 'honour null']);
    often(50, ['HOAN_THANH_LOP', 'HOAN_THANH_TIEU_HOC', 'DANH_GIA_BO_SUNG', 'HIEU_TRUONG_QUYET_DINH']);
  }, 900_000);
});
