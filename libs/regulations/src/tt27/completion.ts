import type { PrimaryYearLevel, Tt27Promotion } from '../types.js';

/** The last grade of primary school: its completion is that of the whole programme (Đ.11 k.2). */
export const LAST_PRIMARY_GRADE = 5;

/**
 * TT 27/2020 Đ.11: the three upper levels complete the class programme. Who has not is taught and assessed in addition
 * first; only then does the principal decide case by case. There is no limit of absences in TT 27/2020.
 *
 * @param afterAdditional the level after additional assessment, null when there was none
 */
export function completion(
  grade: number,
  year: PrimaryYearLevel | null,
  afterAdditional: PrimaryYearLevel | null,
): Tt27Promotion | null {
  if (year === null) return null;
  if ((afterAdditional ?? year) !== 'CHT') {
    return grade === LAST_PRIMARY_GRADE ? 'HOAN_THANH_TIEU_HOC' : 'HOAN_THANH_LOP';
  }
  return afterAdditional === null ? 'DANH_GIA_BO_SUNG' : 'HIEU_TRUONG_QUYET_DINH';
}
