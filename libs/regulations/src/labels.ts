import { subjectsOf } from './subjects.js';
import { competencesOf, QUALITIES } from './tt27/catalogue.js';
import type {
  Level,
  Period,
  PrimaryYearLevel,
  Problem,
  ProblemCode,
  QualityLevel,
  RuleSetId,
  SubjectLevel,
  Tt22Honour,
  Tt22Promotion,
  Tt27Honour,
  Tt27Promotion,
} from './types.js';
import type { CommentResult } from './marks.js';

/** Vietnamese words for every code, as the forms print them (kì, kĩ, lí, mĩ). */

export const RULE_SET_LABELS: Readonly<Record<RuleSetId, string>> = {
  'tt22-2021': 'Thông tư 22/2021/TT-BGDĐT',
  'tt27-2020': 'Thông tư 27/2020/TT-BGDĐT',
};

export const PERIOD_LABELS: Readonly<Record<Period, string>> = {
  HK1: 'Học kì I',
  HK2: 'Học kì II',
  GHK1: 'Giữa học kì I',
  CHK1: 'Cuối học kì I',
  GHK2: 'Giữa học kì II',
  CN: 'Cuối năm học',
};

export const LEVEL_LABELS: Readonly<Record<Level, string>> = {
  TOT: 'Tốt',
  KHA: 'Khá',
  DAT: 'Đạt',
  CHUA_DAT: 'Chưa đạt',
};

export const COMMENT_LABELS: Readonly<Record<CommentResult, string>> = { D: 'Đạt', CD: 'Chưa đạt' };
/** For cells: Đ, CĐ. */
export const COMMENT_SIGNS: Readonly<Record<CommentResult, string>> = { D: 'Đ', CD: 'CĐ' };

export const SUBJECT_LEVEL_LABELS: Readonly<Record<SubjectLevel, string>> = {
  T: 'Hoàn thành tốt',
  H: 'Hoàn thành',
  C: 'Chưa hoàn thành',
};

export const QUALITY_LEVEL_LABELS: Readonly<Record<QualityLevel, string>> = {
  T: 'Tốt',
  D: 'Đạt',
  C: 'Cần cố gắng',
};
/** For cells: T, Đ, C. */
export const QUALITY_LEVEL_SIGNS: Readonly<Record<QualityLevel, string>> = { T: 'T', D: 'Đ', C: 'C' };

export const PRIMARY_YEAR_LABELS: Readonly<Record<PrimaryYearLevel, string>> = {
  HTXS: 'Hoàn thành xuất sắc',
  HTT: 'Hoàn thành tốt',
  HT: 'Hoàn thành',
  CHT: 'Chưa hoàn thành',
};

export const PROMOTION_LABELS: Readonly<Record<Tt22Promotion | Tt27Promotion, string>> = {
  LEN_LOP: 'Được lên lớp',
  DANH_GIA_LAI: 'Kiểm tra, đánh giá lại môn học',
  REN_LUYEN_HE: 'Rèn luyện trong kì nghỉ hè',
  O_LAI: 'Không được lên lớp (ở lại lớp)',
  HOAN_THANH_LOP: 'Hoàn thành chương trình lớp học',
  HOAN_THANH_TIEU_HOC: 'Hoàn thành chương trình tiểu học',
  DANH_GIA_BO_SUNG: 'Đánh giá bổ sung',
  HIEU_TRUONG_QUYET_DINH: 'Hiệu trưởng xem xét, quyết định',
};

export const HONOUR_LABELS: Readonly<Record<Tt22Honour | Tt27Honour, string>> = {
  HOC_SINH_XUAT_SAC: 'Học sinh Xuất sắc',
  HOC_SINH_GIOI: 'Học sinh Giỏi',
  HOC_SINH_TIEU_BIEU: 'Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện',
};

/** The last grade of lower and of upper secondary school: their pages say that the programme is completed. */
const FINAL_GRADES: Readonly<Record<number, string>> = {
  9: 'Hoàn thành chương trình giáo dục trung học cơ sở.',
  12: 'Hoàn thành chương trình giáo dục trung học phổ thông.',
};

/** The line of the học bạ that says what becomes of the pupil: "Hoàn thành chương trình lớp 4. Được lên lớp 5." */
export function promotionSentence(promotion: Tt22Promotion | Tt27Promotion, grade: number): string {
  switch (promotion) {
    case 'LEN_LOP':
      return FINAL_GRADES[grade] ?? `Được lên lớp ${grade + 1}.`;
    case 'HOAN_THANH_LOP':
      return `Hoàn thành chương trình lớp ${grade}. Được lên lớp ${grade + 1}.`;
    case 'O_LAI':
      return grade in FINAL_GRADES
        ? FINAL_GRADES[grade]!.replace('Hoàn thành', 'Không hoàn thành')
        : `${PROMOTION_LABELS.O_LAI}.`;
    case 'HOAN_THANH_TIEU_HOC':
    case 'DANH_GIA_LAI':
    case 'REN_LUYEN_HE':
    case 'DANH_GIA_BO_SUNG':
    case 'HIEU_TRUONG_QUYET_DINH':
      return `${PROMOTION_LABELS[promotion]}.`;
  }
}

const PROBLEM_LABELS: Readonly<Record<ProblemCode, string>> = {
  MISSING_REGULAR: 'thiếu điểm (đánh giá) thường xuyên',
  MISSING_MIDTERM: 'thiếu điểm (đánh giá) giữa kì',
  MISSING_FINAL: 'thiếu điểm (đánh giá) cuối kì',
  MISSING_CONDUCT: 'thiếu kết quả rèn luyện',
  MISSING_ABSENCES: 'thiếu số buổi nghỉ học',
  TOO_FEW_SCORE_SUBJECTS: 'có ít hơn 6 môn học đánh giá bằng điểm số, chưa xếp được mức học tập',
  NOT_REQUIRED: 'có lần đánh giá không yêu cầu vì học sinh đến sau (đã có người thứ hai xác nhận)',
  NOT_ELIGIBLE: 'không thuộc diện đánh giá lại, kết quả này không được dùng',
  MISSING_SUBJECT: 'thiếu môn học bắt buộc',
  MISSING_LEVEL: 'thiếu mức đạt được cuối năm',
  MISSING_TEST: 'thiếu điểm kiểm tra định kì cuối năm',
  MISSING_QUALITY: 'thiếu mức đạt được về phẩm chất',
  MISSING_COMPETENCE: 'thiếu mức đạt được về năng lực',
};

/** "Toán, Học kì I: thiếu điểm (đánh giá) cuối kì" */
export function problemSentence({ code, where }: Problem, grade: number): string {
  const words = where
    .split('.')
    .map((part) => wordFor(part, grade, where))
    .filter((word) => word !== '');
  return words.length === 0 ? PROBLEM_LABELS[code] : `${words.join(', ')}: ${PROBLEM_LABELS[code]}`;
}

const SILENT = new Set([
  'subjects',
  'levels',
  'tests',
  'qualities',
  'competences',
  'conduct',
  'absences',
  'reassessment',
  'additionalAssessment',
]);

function wordFor(part: string, grade: number, where: string): string {
  if (SILENT.has(part)) return '';
  if (part in PERIOD_LABELS) return PERIOD_LABELS[part as Period];
  const traits = where.includes('qualities.') ? QUALITIES : competencesOf(grade);
  const named = where.includes('qualities.') || where.includes('competences.') ? traits : subjectsOf(grade);
  return named.find(({ code }) => code === part)?.name ?? part;
}
