import { testPeriods } from '../tt27/tests.js';
import type { Subject, SubjectChoice } from './rows.js';

interface Row {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  /** Yearly periods in grades 1, 2, 3, 4, 5; 0 where it is not taught. */
  readonly periods: readonly [number, number, number, number, number];
  /** Grades in which it is offered but not compulsory. */
  readonly electiveIn?: readonly number[];
}

/**
 * The primary programme (TT 32/2018), in the order of the học bạ of TT 27/2020. "Tin học và Công nghệ" (70 periods)
 * and "Nghệ thuật" (70 periods) are printed as two lines each, so they are two rows here.
 */
const ROWS: readonly Row[] = [
  { code: 'TIENG_VIET', name: 'Tiếng Việt', short: 'TV', periods: [420, 350, 245, 245, 245] },
  { code: 'TOAN', name: 'Toán', short: 'Toán', periods: [105, 175, 175, 175, 175] },
  {
    code: 'NGOAI_NGU_1',
    name: 'Ngoại ngữ 1 (Tiếng Anh)',
    short: 'Anh',
    periods: [70, 70, 140, 140, 140],
    electiveIn: [1, 2],
  },
  { code: 'LICH_SU_DIA_LI', name: 'Lịch sử và Địa lí', short: 'LS&ĐL', periods: [0, 0, 0, 70, 70] },
  { code: 'KHOA_HOC', name: 'Khoa học', short: 'KH', periods: [0, 0, 0, 70, 70] },
  { code: 'TIN_HOC', name: 'Tin học và Công nghệ (Tin học)', short: 'Tin', periods: [0, 0, 35, 35, 35] },
  { code: 'CONG_NGHE', name: 'Tin học và Công nghệ (Công nghệ)', short: 'CN', periods: [0, 0, 35, 35, 35] },
  { code: 'DAO_DUC', name: 'Đạo đức', short: 'ĐĐ', periods: [35, 35, 35, 35, 35] },
  { code: 'TU_NHIEN_XA_HOI', name: 'Tự nhiên và Xã hội', short: 'TN&XH', periods: [70, 70, 70, 0, 0] },
  { code: 'GDTC', name: 'Giáo dục thể chất', short: 'GDTC', periods: [70, 70, 70, 70, 70] },
  { code: 'AM_NHAC', name: 'Nghệ thuật (Âm nhạc)', short: 'ÂN', periods: [35, 35, 35, 35, 35] },
  { code: 'MI_THUAT', name: 'Nghệ thuật (Mĩ thuật)', short: 'MT', periods: [35, 35, 35, 35, 35] },
  { code: 'HDTN', name: 'Hoạt động trải nghiệm', short: 'HĐTN', periods: [105, 105, 105, 105, 105] },
  {
    code: 'TIENG_DTTS',
    name: 'Tiếng dân tộc',
    short: 'TDT',
    periods: [70, 70, 70, 70, 70],
    electiveIn: [1, 2, 3, 4, 5],
  },
];

export function primarySubjects(grade: number): readonly Subject[] {
  return ROWS.flatMap(({ code, name, short, periods, electiveIn }) => {
    const periodsPerYear = periods[grade - 1] ?? 0;
    if (periodsPerYear === 0) return [];
    const choice: SubjectChoice = electiveIn?.includes(grade) === true ? 'elective' : 'compulsory';
    return [{ code, name, short, kind: 'level', choice, periodsPerYear, tests: testPeriods(code, grade) }];
  });
}
