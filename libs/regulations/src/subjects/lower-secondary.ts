import type { Subject, SubjectChoice, SubjectKind } from './rows.js';

interface Row {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  /** Yearly periods in grades 6, 7, 8, 9. */
  readonly periods: readonly [number, number, number, number];
  readonly kind?: SubjectKind;
  readonly choice?: SubjectChoice;
}

/**
 * The lower secondary programme (TT 32/2018 as amended), in the official order of the book. Comment subjects are those
 * of TT 22/2021 Đ.5 k.3 a. Lịch sử và Địa lí and Khoa học tự nhiên are one subject each, whoever teaches them.
 */
const ROWS: readonly Row[] = [
  { code: 'NGU_VAN', name: 'Ngữ văn', short: 'Văn', periods: [140, 140, 140, 140] },
  { code: 'TOAN', name: 'Toán', short: 'Toán', periods: [140, 140, 140, 140] },
  { code: 'NGOAI_NGU_1', name: 'Ngoại ngữ 1 (Tiếng Anh)', short: 'Anh', periods: [105, 105, 105, 105] },
  { code: 'GDCD', name: 'Giáo dục công dân', short: 'GDCD', periods: [35, 35, 35, 35] },
  { code: 'LICH_SU_DIA_LI', name: 'Lịch sử và Địa lí', short: 'LS&ĐL', periods: [105, 105, 105, 105] },
  { code: 'KHTN', name: 'Khoa học tự nhiên', short: 'KHTN', periods: [140, 140, 140, 140] },
  { code: 'CONG_NGHE', name: 'Công nghệ', short: 'CN', periods: [35, 35, 52, 52] },
  { code: 'TIN_HOC', name: 'Tin học', short: 'Tin', periods: [35, 35, 35, 35] },
  { code: 'GDTC', name: 'Giáo dục thể chất', short: 'GDTC', periods: [70, 70, 70, 70], kind: 'comment' },
  {
    code: 'NGHE_THUAT',
    name: 'Nghệ thuật (Âm nhạc, Mĩ thuật)',
    short: 'NT',
    periods: [70, 70, 70, 70],
    kind: 'comment',
  },
  {
    code: 'ND_GDDP',
    name: 'Nội dung giáo dục của địa phương',
    short: 'GDĐP',
    periods: [35, 35, 35, 35],
    kind: 'comment',
  },
  {
    code: 'HDTN_HN',
    name: 'Hoạt động trải nghiệm, hướng nghiệp',
    short: 'HĐTN-HN',
    periods: [105, 105, 105, 105],
    kind: 'comment',
  },
  {
    code: 'TIENG_DTTS',
    name: 'Tiếng dân tộc thiểu số',
    short: 'TDTTS',
    periods: [105, 105, 105, 105],
    choice: 'elective',
  },
  {
    code: 'NGOAI_NGU_2',
    name: 'Ngoại ngữ 2',
    short: 'NN2',
    periods: [105, 105, 105, 105],
    choice: 'elective',
  },
];

export function lowerSecondarySubjects(grade: number): readonly Subject[] {
  return ROWS.map(({ code, name, short, periods, kind = 'score', choice = 'compulsory' }) => {
    const periodsPerYear = periods[grade - 6];
    if (periodsPerYear === undefined) throw new RangeError(`grade ${grade} is not lower secondary`);
    return { code, name, short, kind, choice, periodsPerYear, tests: [] };
  });
}
