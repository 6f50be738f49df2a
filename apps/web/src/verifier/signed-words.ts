import type { Dictionary } from '../i18n/language.js';

interface SignedWords {
  readonly title: string;
  readonly help: string;
  readonly unconfirmed: string;
  readonly classAndYear: (className: string, year: string) => string;
  readonly sexes: { readonly NAM: string; readonly NU: string };
  readonly councilOf: (number: string, date: string) => string;
  readonly laterVersion: (number: number) => string;
  readonly homeroom: string;
  readonly pupilCode: string;
  readonly birthDate: string;
  readonly sex: string;
  readonly birthPlace: string;
  readonly ethnicity: string;
  readonly registerNumber: string;
  readonly council: string;
  readonly issuedAt: string;
  readonly version: string;
  readonly firstVersion: string;
  readonly subject: string;
  readonly wholeYear: string;
  readonly again: string;
  readonly remark: string;
  readonly level: string;
  readonly test: string;
  readonly notAssessed: string;
  readonly exempt: string;
  readonly conduct: string;
  readonly learning: string;
  readonly absences: string;
  readonly absencesPermitted: string;
  readonly absencesUnpermitted: string;
  readonly decision: string;
  readonly honour: string;
  readonly certificates: string;
  readonly competitions: string;
  readonly summerTraining: string;
  readonly homeroomRemark: string;
  readonly corrections: string;
  readonly qualities: string;
  readonly competences: string;
  readonly yearResult: string;
  readonly height: string;
  readonly weight: string;
}

export const SIGNED_WORDS: Dictionary<SignedWords> = {
  vi: {
    title: 'Dữ liệu đã kí',
    help: 'Hãy đọc ở đây: đây là dữ liệu mà nhà trường đã kí, không phải chữ in trên trang PDF.',
    unconfirmed: 'Chưa xác nhận được là do nhà trường kí: chưa được dùng các dữ liệu này.',
    classAndYear: (className, year) => `Lớp ${className}, năm học ${year}`,
    sexes: { NAM: 'Nam', NU: 'Nữ' },
    councilOf: (number, date) => `số ${number}, ngày ${date}`,
    laterVersion: (number) => `Bản thứ ${number} (thay cho bản trước)`,
    homeroom: 'GVCN',
    pupilCode: 'Mã học sinh',
    birthDate: 'Ngày sinh',
    sex: 'Giới tính',
    birthPlace: 'Nơi sinh',
    ethnicity: 'Dân tộc',
    registerNumber: 'Số đăng bộ',
    council: 'Quyết định của hội đồng',
    issuedAt: 'Nơi, ngày phát hành',
    version: 'Phiên bản',
    firstVersion: 'Bản đầu tiên',
    subject: 'Môn học, hoạt động giáo dục',
    wholeYear: 'Cả năm',
    again: 'Đánh giá lại',
    remark: 'Nhận xét',
    level: 'Mức đạt được',
    test: 'Điểm KTĐK',
    notAssessed: 'Không đánh giá',
    exempt: 'miễn phần thực hành',
    conduct: 'Kết quả rèn luyện',
    learning: 'Kết quả học tập',
    absences: 'Số buổi nghỉ học',
    absencesPermitted: 'Số ngày nghỉ có phép',
    absencesUnpermitted: 'Số ngày nghỉ không phép',
    decision: 'Kết luận',
    honour: 'Khen thưởng',
    certificates: 'Chứng chỉ',
    competitions: 'Các cuộc thi',
    summerTraining: 'Rèn luyện trong kì nghỉ hè',
    homeroomRemark: 'Nhận xét của GVCN',
    corrections: 'Số chỗ có sửa chữa',
    qualities: 'Phẩm chất chủ yếu',
    competences: 'Năng lực cốt lõi',
    yearResult: 'Đánh giá kết quả giáo dục',
    height: 'Chiều cao',
    weight: 'Cân nặng',
  },
  en: {
    title: 'The signed data',
    help: 'Read it here: this is what the school signed, not the letters on the PDF page.',
    unconfirmed: 'Not known to be signed by the school: do not rely on it.',
    classAndYear: (className, year) => `Class ${className}, school year ${year}`,
    sexes: { NAM: 'Male', NU: 'Female' },
    councilOf: (number, date) => `no. ${number}, ${date}`,
    laterVersion: (number) => `Version ${number} (replaces the one before)`,
    homeroom: 'Homeroom teacher',
    pupilCode: 'Pupil code',
    birthDate: 'Date of birth',
    sex: 'Sex',
    birthPlace: 'Place of birth',
    ethnicity: 'Ethnic group',
    registerNumber: 'Number in the register',
    council: "The council's decision",
    issuedAt: 'Issued at',
    version: 'Version',
    firstVersion: 'The first one',
    subject: 'Subject or activity',
    wholeYear: 'Year',
    again: 'Re-assessed',
    remark: 'Remark',
    level: 'Level reached',
    test: 'Test mark',
    notAssessed: 'Not assessed',
    exempt: 'exempt from practice',
    conduct: 'Conduct',
    learning: 'Learning',
    absences: 'Sessions absent',
    absencesPermitted: 'Days absent with permission',
    absencesUnpermitted: 'Days absent without permission',
    decision: 'Decision',
    honour: 'Honour',
    certificates: 'Certificates',
    competitions: 'Competitions',
    summerTraining: 'Summer training',
    homeroomRemark: "Homeroom teacher's remark",
    corrections: 'Places corrected',
    qualities: 'Qualities',
    competences: 'Competences',
    yearResult: 'Educational result',
    height: 'Height',
    weight: 'Weight',
  },
};
