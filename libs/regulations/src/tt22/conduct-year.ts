import type { Level } from '../types.js';

/**
 * TT 22/2021 Đ.8 k.2: the year's conduct (kết quả rèn luyện) from both terms. Row = semester I, column = semester II.
 * Semester II decides, and semester I can hold it back or carry it by one level.
 */
export const CONDUCT_YEAR_TABLE: Readonly<Record<Level, Readonly<Record<Level, Level>>>> = {
  TOT: { TOT: 'TOT', KHA: 'KHA', DAT: 'KHA', CHUA_DAT: 'CHUA_DAT' },
  KHA: { TOT: 'TOT', KHA: 'KHA', DAT: 'DAT', CHUA_DAT: 'CHUA_DAT' },
  DAT: { TOT: 'KHA', KHA: 'KHA', DAT: 'DAT', CHUA_DAT: 'CHUA_DAT' },
  CHUA_DAT: { TOT: 'KHA', KHA: 'DAT', DAT: 'DAT', CHUA_DAT: 'CHUA_DAT' },
};

export function yearConduct(termOne: Level | null, termTwo: Level | null): Level | null {
  return termOne === null || termTwo === null ? null : CONDUCT_YEAR_TABLE[termOne][termTwo];
}
