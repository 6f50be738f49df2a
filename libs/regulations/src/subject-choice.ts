import { subjectOf } from './subjects.js';
import { CHOSEN_SUBJECTS } from './subjects/upper-secondary.js';

/** A pupil stops one subject, takes up another, or both. Codes of subjects. */
export interface SubjectSwap {
  readonly dropped: string | null;
  readonly taken: string | null;
}

/**
 * Why a pupil may not change subjects so, in Vietnamese; null when they may. Only what is chosen or elective in the
 * programme (TT 32/2018, TT 13/2022) can be stopped, and a pupil of grades 10–12 keeps four of the chosen subjects.
 *
 * @param offered the subjects their class is taught
 * @param takes those of them that the pupil takes now
 */
export function swapFault(
  grade: number,
  offered: readonly string[],
  takes: readonly string[],
  { dropped, taken }: SubjectSwap,
): string | null {
  const name = (code: string) => subjectOf(grade, code)?.name ?? code;
  if (dropped === null && taken === null) return 'Chưa nói học sinh thôi môn nào, học môn nào';
  if (dropped !== null && !takes.includes(dropped)) return `Học sinh không học môn ${name(dropped)}`;
  if (dropped !== null && choiceOf(grade, dropped) === 'compulsory') {
    return `${name(dropped)} là môn bắt buộc, không thôi học được`;
  }
  if (taken !== null && !offered.includes(taken)) {
    return `Lớp không học môn ${name(taken)}: hãy chuyển học sinh sang lớp có môn ấy`;
  }
  if (taken !== null && takes.includes(taken)) return `Học sinh đang học môn ${name(taken)} rồi`;
  const chosen = (codes: readonly string[]) =>
    codes.filter((code) => choiceOf(grade, code) === 'chosen').length;
  const after = chosen([...takes.filter((code) => code !== dropped), ...(taken === null ? [] : [taken])]);
  if (after < CHOSEN_SUBJECTS && after < chosen(takes)) {
    return `Học sinh phải học đủ ${String(CHOSEN_SUBJECTS)} môn lựa chọn: hãy nêu môn lựa chọn học thay môn ${name(dropped ?? '')}`;
  }
  return null;
}

function choiceOf(grade: number, code: string): string | undefined {
  return subjectOf(grade, code)?.choice;
}
