import { formatAverage, formatMark, type Tenths } from '../decimal.js';
import type { Fact } from './explanation.js';

/** "7.9" as people write it here: "7,9". */
export function comma(text: string): string {
  return text.replace('.', ',');
}

/** A mark in words: "8", "7,5". */
export function markWords(tenths: Tenths): string {
  return comma(formatMark(tenths));
}

/** An average in words, always with its decimal: "8,0". */
export function averageWords(tenths: Tenths): string {
  return comma(formatAverage(tenths));
}

/** "Toán 7,9 < 8,0, Ngữ văn 4 < 5". */
export function factWords(facts: readonly Fact[]): string {
  return facts
    .map(({ name, value, need }) => (need === null ? `${name} ${value}` : `${name} ${value} < ${need}`))
    .join(', ');
}

/** numerator / denominator of tenths, exact or cut after three digits: "8,25", "7,888…". */
export function quotientWords(numerator: number, denominator: number): string {
  const thousandths = Math.trunc((numerator * 100) / denominator);
  const exact = thousandths * denominator === numerator * 100;
  const digits = String(thousandths).padStart(4, '0');
  const text = `${digits.slice(0, -3)},${digits.slice(-3)}`;
  return exact ? text.replace(/,?0+$/, '') : `${text}…`;
}
