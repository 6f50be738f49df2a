/** Which cells may say that a pupil was absent from a test. */
import type { ColumnKind } from '#regulations/sheets.js';

/** Absent without a valid reason (vắng không có lí do chính đáng): counts as zero, or as Chưa đạt. */
export const ABSENT = 'V';

/** Whether the column is a periodic test of TT 22/2021, which knows V. */
export function isTest(kind: ColumnKind | undefined): boolean {
  return kind === 'scoreTest' || kind === 'commentTest';
}
