/**
 * TT 27/2020 Đ.5: what is assessed besides the subjects. Five qualities and three general competences in every grade;
 * seven specific competences, of which grades 1–2 have five (Công nghệ and Tin học are not taught there yet).
 */
export interface Trait {
  readonly code: string;
  /** As printed in the học bạ. */
  readonly name: string;
  readonly group: 'quality' | 'general' | 'specific';
}

export const QUALITIES: readonly Trait[] = [
  { code: 'YEU_NUOC', name: 'Yêu nước', group: 'quality' },
  { code: 'NHAN_AI', name: 'Nhân ái', group: 'quality' },
  { code: 'CHAM_CHI', name: 'Chăm chỉ', group: 'quality' },
  { code: 'TRUNG_THUC', name: 'Trung thực', group: 'quality' },
  { code: 'TRACH_NHIEM', name: 'Trách nhiệm', group: 'quality' },
];

const COMPETENCES: readonly (Trait & { readonly fromGrade: number })[] = [
  { code: 'TU_CHU_TU_HOC', name: 'Tự chủ và tự học', group: 'general', fromGrade: 1 },
  { code: 'GIAO_TIEP_HOP_TAC', name: 'Giao tiếp và hợp tác', group: 'general', fromGrade: 1 },
  { code: 'GIAI_QUYET_VAN_DE', name: 'Giải quyết vấn đề và sáng tạo', group: 'general', fromGrade: 1 },
  { code: 'NGON_NGU', name: 'Ngôn ngữ', group: 'specific', fromGrade: 1 },
  { code: 'TINH_TOAN', name: 'Tính toán', group: 'specific', fromGrade: 1 },
  { code: 'KHOA_HOC', name: 'Khoa học', group: 'specific', fromGrade: 1 },
  { code: 'CONG_NGHE', name: 'Công nghệ', group: 'specific', fromGrade: 3 },
  { code: 'TIN_HOC', name: 'Tin học', group: 'specific', fromGrade: 3 },
  { code: 'THAM_MI', name: 'Thẩm mĩ', group: 'specific', fromGrade: 1 },
  { code: 'THE_CHAT', name: 'Thể chất', group: 'specific', fromGrade: 1 },
];

/** The competences of a grade, in the order of the học bạ. */
export function competencesOf(grade: number): readonly Trait[] {
  return grade >= 3 ? ALL_COMPETENCES : YOUNGEST_COMPETENCES;
}

const plain = ({ code, name, group }: Trait): Trait => ({ code, name, group });
const ALL_COMPETENCES: readonly Trait[] = COMPETENCES.map(plain);
const YOUNGEST_COMPETENCES: readonly Trait[] = COMPETENCES.filter(({ fromGrade }) => fromGrade === 1).map(
  plain,
);
