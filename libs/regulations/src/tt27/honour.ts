import type { PrimaryYearLevel, Tt27Honour } from '../types.js';

/**
 * TT 27/2020 Đ.13 k.1: Học sinh Xuất sắc follows from Hoàn thành xuất sắc. The second title needs Hoàn thành tốt,
 * something outstanding (a subject, or clear progress in a quality or competence) and the recognition of the class:
 * both are judgements of people, which no rule computes.
 */
export function honour(
  year: PrimaryYearLevel | null,
  { outstanding, classRecognised }: { readonly outstanding: boolean; readonly classRecognised: boolean },
): Tt27Honour | null {
  if (year === 'HTXS') return 'HOC_SINH_XUAT_SAC';
  return year === 'HTT' && outstanding && classRecognised ? 'HOC_SINH_TIEU_BIEU' : null;
}
