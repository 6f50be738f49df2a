import type { Dictionary } from '../../i18n/language.js';

interface MyClassesWords {
  readonly title: string;
  readonly year: string;
  readonly closed: string;
  readonly mine: string;
  readonly others: string;
  readonly grade: (grade: number) => string;
  readonly pupils: (count: number) => string;
  readonly className: string;
  readonly homeroom: string;
  readonly pupilCount: string;
  readonly noHomeroom: string;
  readonly homeroomOf: string;
  readonly openClass: (name: string) => string;
  readonly openSheets: string;
  readonly none: string;
  readonly noneHelp: string;
}

export const MY_CLASSES_WORDS: Dictionary<MyClassesWords> = {
  vi: {
    title: 'Lớp học',
    year: 'Năm học',
    closed: 'đã khóa sổ',
    mine: 'Lớp tôi dạy hoặc chủ nhiệm',
    others: 'Các lớp khác',
    grade: (grade) => `Khối ${grade}`,
    pupils: (count) => `${count} học sinh`,
    className: 'Lớp',
    homeroom: 'Giáo viên chủ nhiệm',
    pupilCount: 'Sĩ số',
    noHomeroom: 'Chưa phân công',
    homeroomOf: 'Chủ nhiệm',
    openClass: (name) => `Mở lớp ${name}`,
    openSheets: 'Xem các sổ điểm',
    none: 'Năm học này bạn chưa được phân công lớp nào',
    noneHelp:
      'Phân công chuyên môn do Ban Giám hiệu lập. Nếu bạn đang dạy một lớp mà không thấy ở đây, hãy báo nhân viên CNTT.',
  },
  en: {
    title: 'Classes',
    year: 'School year',
    closed: 'closed',
    mine: 'Classes I teach',
    others: 'Other classes',
    grade: (grade) => `Grade ${grade}`,
    pupils: (count) => (count === 1 ? '1 pupil' : `${count} pupils`),
    className: 'Class',
    homeroom: 'Homeroom teacher',
    pupilCount: 'Pupils',
    noHomeroom: 'Nobody yet',
    homeroomOf: 'Homeroom',
    openClass: (name) => `Open class ${name}`,
    openSheets: 'See the sheets',
    none: 'No class is assigned to you in this school year',
    noneHelp:
      'Assignments are made by the school leadership. If you teach a class that is missing here, tell the IT officer.',
  },
};
