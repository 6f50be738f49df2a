import type { Tenths } from '../decimal.js';
import type { SubjectLevel } from '../types.js';

/** Something a person should look at again; never a decision, since T/H/C is the teacher's judgement (TT 27/2020 Đ.6). */
export type MarkWarning = 'ZERO_MARK' | 'LOW_MARK_GOOD_LEVEL' | 'HIGH_MARK_LOW_LEVEL';

const GOOD_MARK: Tenths = 70;
const LEAST_MARK: Tenths = 50;

/**
 * Where level and test mark of one subject contradict each other: Hoàn thành tốt below 7, Hoàn thành below 5, Chưa
 * hoàn thành from 5. A zero is allowed by TT 27/2020 but is mostly a slip (ASSUMPTIONS.md B3).
 */
export function markWarnings(level: SubjectLevel | null, test: Tenths | null): readonly MarkWarning[] {
  if (test === null) return [];
  const warnings: MarkWarning[] = test === 0 ? ['ZERO_MARK'] : [];
  if ((level === 'T' && test < GOOD_MARK) || (level === 'H' && test < LEAST_MARK)) {
    warnings.push('LOW_MARK_GOOD_LEVEL');
  }
  if (level === 'C' && test >= LEAST_MARK) warnings.push('HIGH_MARK_LOW_LEVEL');
  return warnings;
}
