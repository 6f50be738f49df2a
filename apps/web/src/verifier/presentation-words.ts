import type { PresentationKind } from '#verify/presented.js';
import type { Dictionary } from '../i18n/language.js';

interface PresentationWords {
  readonly title: string;
  readonly help: string;
  readonly kinds: Readonly<Record<PresentationKind, string>>;
  readonly form: string;
  readonly audience: string;
  readonly anyone: string;
  readonly notSaid: string;
  /** Whoever reads this page knows whether they are meant. */
  readonly onlyYou: (audience: string) => string;
  readonly expires: string;
  readonly never: string;
  readonly grade: (grade: string) => string;
  readonly schoolYear: string;
  readonly completedGrade: (grade: string, completed: boolean) => string;
  readonly completedLevel: (level: string, completed: boolean) => string;
  readonly levels: Readonly<Record<string, string>>;
  readonly more: (fields: number) => string;
  readonly moreHelp: string;
  readonly field: string;
  readonly value: string;
  readonly yes: string;
  readonly no: string;
  readonly empty: string;
}

export const PRESENTATION_WORDS: Dictionary<PresentationWords> = {
  vi: {
    title: 'Các mục được trích',
    help: 'Chỉ các mục này được đưa ra. Mục không thấy ở đây không có nghĩa là học bạ không có.',
    kinds: {
      'sd-jwt': 'Một số mục của học bạ (SD-JWT)',
      credential: 'Toàn bộ kết quả (chứng nhận số W3C)',
      slip: 'Một số mục của học bạ (mã QR)',
    },
    form: 'Dạng',
    audience: 'Lập cho',
    anyone: 'bất kì ai cầm nó',
    notSaid: 'không rõ',
    onlyYou: (audience) => `Bản trích này được lập riêng cho “${audience}”. Chỉ nhận nếu đó chính là bạn.`,
    expires: 'Dùng được đến',
    never: 'không ghi hạn',
    grade: (grade) => `Lớp ${grade}`,
    schoolYear: 'Năm học',
    completedGrade: (grade, completed) =>
      completed ? `Đã hoàn thành lớp ${grade}, được lên lớp hoặc học tiếp` : `Chưa hoàn thành lớp ${grade}`,
    completedLevel: (level, completed) =>
      completed ? `Đã hoàn thành chương trình ${level}` : `Chưa hoàn thành chương trình ${level}`,
    levels: {
      primary: 'tiểu học',
      'lower-secondary': 'trung học cơ sở',
      'upper-secondary': 'trung học phổ thông',
    },
    more: (fields) => `Các mục khác (${String(fields)})`,
    moreHelp: 'Tên mục như trong dữ liệu mà nhà trường đã kí.',
    field: 'Mục',
    value: 'Giá trị',
    yes: 'có',
    no: 'không',
    empty: '–',
  },
  en: {
    title: 'What is presented',
    help: 'Only this is shown. What is not here may well be in the transcript.',
    kinds: {
      'sd-jwt': 'Some fields of the transcript (SD-JWT)',
      credential: 'All results (W3C credential)',
      slip: 'Some fields of the transcript (QR code)',
    },
    form: 'Form',
    audience: 'Made for',
    anyone: 'whoever holds it',
    notSaid: 'not known',
    onlyYou: (audience) => `This was made for “${audience}” alone. Accept it only if that is you.`,
    expires: 'Good until',
    never: 'no end stated',
    grade: (grade) => `Grade ${grade}`,
    schoolYear: 'School year',
    completedGrade: (grade, completed) =>
      completed ? `Completed grade ${grade}` : `Did not complete grade ${grade}`,
    completedLevel: (level, completed) => (completed ? `Completed ${level}` : `Did not complete ${level}`),
    levels: {
      primary: 'primary school',
      'lower-secondary': 'lower-secondary school',
      'upper-secondary': 'upper-secondary school',
    },
    more: (fields) => `Other fields (${String(fields)})`,
    moreHelp: 'Named as in the data that the school signed.',
    field: 'Field',
    value: 'Value',
    yes: 'yes',
    no: 'no',
    empty: '–',
  },
};
