import type { Subject, SubjectChoice, SubjectKind } from './rows.js';

function row(
  code: string,
  name: string,
  short: string,
  periodsPerYear: number,
  kind: SubjectKind = 'score',
  choice: SubjectChoice = 'compulsory',
): Subject {
  return { code, name, short, kind, choice, periodsPerYear, tests: [] };
}

/**
 * The upper secondary programme (TT 32/2018 as amended by TT 13/2022), the same in grades 10–12: eight compulsory
 * subjects and activities, four chosen ones, electives. Âm nhạc and Mĩ thuật are assessed by comments (TT 22/2021
 * Đ.5 k.3 a), so a class that chooses both has seven mark subjects.
 */
const UPPER_SECONDARY: readonly Subject[] = [
  row('NGU_VAN', 'Ngữ văn', 'Văn', 105),
  row('TOAN', 'Toán', 'Toán', 105),
  row('NGOAI_NGU_1', 'Ngoại ngữ 1 (Tiếng Anh)', 'Anh', 105),
  row('LICH_SU', 'Lịch sử', 'Sử', 52),
  row('DIA_LI', 'Địa lí', 'Địa', 70, 'score', 'chosen'),
  row('GDKTPL', 'Giáo dục kinh tế và pháp luật', 'GDKT&PL', 70, 'score', 'chosen'),
  row('VAT_LI', 'Vật lí', 'Lí', 70, 'score', 'chosen'),
  row('HOA_HOC', 'Hóa học', 'Hóa', 70, 'score', 'chosen'),
  row('SINH_HOC', 'Sinh học', 'Sinh', 70, 'score', 'chosen'),
  row('CONG_NGHE', 'Công nghệ', 'CN', 70, 'score', 'chosen'),
  row('TIN_HOC', 'Tin học', 'Tin', 70, 'score', 'chosen'),
  row('AM_NHAC', 'Âm nhạc', 'ÂN', 70, 'comment', 'chosen'),
  row('MI_THUAT', 'Mĩ thuật', 'MT', 70, 'comment', 'chosen'),
  row('GDQPAN', 'Giáo dục quốc phòng và an ninh', 'GDQPAN', 35),
  row('GDTC', 'Giáo dục thể chất', 'GDTC', 70, 'comment'),
  row('HDTN_HN', 'Hoạt động trải nghiệm, hướng nghiệp', 'HĐTN-HN', 105, 'comment'),
  row('ND_GDDP', 'Nội dung giáo dục của địa phương', 'GDĐP', 35, 'comment'),
  row('TIENG_DTTS', 'Tiếng dân tộc thiểu số', 'TDTTS', 105, 'score', 'elective'),
  row('NGOAI_NGU_2', 'Ngoại ngữ 2', 'NN2', 105, 'score', 'elective'),
];

/** A class of grades 10–12 takes this many of the chosen subjects. */
export const CHOSEN_SUBJECTS = 4;

export function upperSecondarySubjects(): readonly Subject[] {
  return UPPER_SECONDARY;
}
