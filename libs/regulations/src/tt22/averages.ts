import { roundHalfUp, type Tenths } from '../decimal.js';

/**
 * TT 22/2021 Đ.9 k.1 a: ĐTBmhk = (ΣĐĐGtx + 2·ĐĐGgk + 3·ĐĐGck) / (số ĐĐGtx + 5). The end-of-term test weighs most
 * because it covers most. All regular marks that were recorded count, also more than the least number.
 */
export function termAverage(regular: readonly Tenths[], midterm: Tenths, final: Tenths): Tenths {
  let sum = 2 * midterm + 3 * final;
  for (const mark of regular) sum += mark;
  return roundHalfUp(sum, regular.length + 5);
}

/**
 * TT 22/2021 Đ.9 k.1 b: ĐTBmcn = (ĐTBmhkI + 2·ĐTBmhkII) / 3, from the rounded term averages, which are the ones in
 * the book (ASSUMPTIONS.md A3). The second term weighs twice: it shows where the pupil has arrived.
 */
export function yearAverage(termOne: Tenths, termTwo: Tenths): Tenths {
  return roundHalfUp(termOne + 2 * termTwo, 3);
}
