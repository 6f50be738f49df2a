import type { Dictionary } from '../../i18n/language.js';
import type { Progress } from './areas.js';

interface ClassWords {
  readonly classTitle: (name: string) => string;
  readonly grade: (grade: number) => string;
  readonly pupils: (count: number) => string;
  readonly homeroom: (name: string) => string;
  readonly sheets: string;
  readonly area: string;
  readonly mine: string;
  readonly progress: Readonly<Record<Progress, string>>;
  readonly recordedOf: (recorded: number, required: number) => string;
  readonly drafts: (count: number) => string;
  readonly noSheets: string;
  readonly list: (count: number) => string;
  readonly columns: {
    readonly number: string;
    readonly name: string;
    readonly code: string;
    readonly sex: string;
    readonly birthDate: string;
  };
  readonly sex: { readonly NAM: string; readonly NU: string };
  readonly left: (date: string) => string;
  readonly noPupils: string;
}

export const CLASS_WORDS: Dictionary<ClassWords> = {
  vi: {
    classTitle: (name) => `Lớp ${name}`,
    grade: (grade) => `Khối ${grade}`,
    pupils: (count) => `${count} học sinh`,
    homeroom: (name) => `GVCN: ${name}`,
    sheets: 'Sổ theo dõi và đánh giá',
    area: 'Môn học, hoạt động giáo dục',
    mine: 'Tôi phụ trách',
    progress: { locked: 'Đã khóa sổ', done: 'Đã ghi đủ', begun: 'Đang ghi', empty: 'Chưa có gì' },
    recordedOf: (recorded, required) => `${recorded}/${required} ô`,
    drafts: (count) => `${count} ô nháp`,
    noSheets: 'Lớp này chưa có sổ nào',
    list: (count) => `Danh sách học sinh (${count})`,
    columns: {
      number: 'STT',
      name: 'Họ và tên',
      code: 'Mã học sinh',
      sex: 'Giới tính',
      birthDate: 'Ngày sinh',
    },
    sex: { NAM: 'Nam', NU: 'Nữ' },
    left: (date) => `rời lớp ${date}`,
    noPupils: 'Lớp này chưa có học sinh nào.',
  },
  en: {
    classTitle: (name) => `Class ${name}`,
    grade: (grade) => `Grade ${grade}`,
    pupils: (count) => (count === 1 ? '1 pupil' : `${count} pupils`),
    homeroom: (name) => `Homeroom: ${name}`,
    sheets: 'Assessment sheets',
    area: 'Subject or activity',
    mine: 'Mine',
    progress: { locked: 'Locked', done: 'All recorded', begun: 'Begun', empty: 'Nothing yet' },
    recordedOf: (recorded, required) => `${recorded}/${required} cells`,
    drafts: (count) => (count === 1 ? '1 draft' : `${count} drafts`),
    noSheets: 'This class has no sheet yet',
    list: (count) => `Class list (${count})`,
    columns: { number: 'No.', name: 'Full name', code: 'Pupil code', sex: 'Sex', birthDate: 'Date of birth' },
    sex: { NAM: 'Male', NU: 'Female' },
    left: (date) => `left on ${date}`,
    noPupils: 'This class has no pupils yet.',
  },
};
