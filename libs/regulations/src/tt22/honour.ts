import type { Tenths } from '../decimal.js';
import type { Level, Tt22Honour } from '../types.js';
import { SUBJECTS_NEEDED } from './learning-level.js';

/** TT 22/2021 Đ.15 k.1 a: Học sinh Xuất sắc has at least six subjects with a year average from here on. */
export const EXCELLENT_FROM: Tenths = 90;

/**
 * TT 22/2021 Đ.15 k.1: Học sinh Xuất sắc and Học sinh Giỏi, at the end of the year and before any re-assessment.
 * Both want conduct and learning Tốt; there is no other title.
 */
export function honour(
  learning: Level | null,
  conduct: Level | null,
  yearAverages: readonly Tenths[],
): Tt22Honour | null {
  if (learning !== 'TOT' || conduct !== 'TOT') return null;
  const excellent = yearAverages.filter((average) => average >= EXCELLENT_FROM).length;
  return excellent >= SUBJECTS_NEEDED ? 'HOC_SINH_XUAT_SAC' : 'HOC_SINH_GIOI';
}
