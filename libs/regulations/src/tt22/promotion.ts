import type { Level, Tt22Promotion } from '../types.js';

/** TT 22/2021 Đ.12 k.1 c: 45 sessions of absence are allowed, 46 are not; with or without permission. */
export const MOST_ABSENCES = 45;

/** What the decision looks at: results of the whole year, and the sessions absent in it. */
export interface YearResults {
  readonly learning: Level | null;
  readonly conduct: Level | null;
  readonly absences: number | null;
}

/**
 * TT 22/2021 Đ.12–14: what becomes of the pupil at the end of the year. Too much absence cannot be mended in summer;
 * both results Chưa đạt leave no right to be re-assessed (answer of the Ministry); one of them alone can be mended.
 * Null while something is missing: no decision on half a year.
 */
export function promotion({ learning, conduct, absences }: YearResults): Tt22Promotion | null {
  if (learning === null || conduct === null || absences === null) return null;
  if (absences > MOST_ABSENCES) return 'O_LAI';
  if (learning === 'CHUA_DAT' && conduct === 'CHUA_DAT') return 'O_LAI';
  if (learning === 'CHUA_DAT') return 'DANH_GIA_LAI';
  if (conduct === 'CHUA_DAT') return 'REN_LUYEN_HE';
  return 'LEN_LOP';
}

/** The second decision, after re-assessment or summer training: there is no third, what is still Chưa đạt stays down. */
export function promotionAfterSummer(results: YearResults): Tt22Promotion | null {
  const decision = promotion(results);
  return decision === 'DANH_GIA_LAI' || decision === 'REN_LUYEN_HE' ? 'O_LAI' : decision;
}
