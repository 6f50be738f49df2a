/** Actions by what they are about, in the order in which people read them. */
import { ACTION_NAMES, type Action } from './actions.js';

type Kind<A extends Action = Action> = A extends `${infer K}.${string}` ? K : never;

export interface Subject {
  readonly title: string;
  readonly actions: readonly Action[];
}

/** A kind of action that is missing here does not compile. */
const TITLE_OF = {
  session: 'Tài khoản của tôi',
  passkey: 'Tài khoản của tôi',
  certificate: 'Học bạ',
  school: 'Nhà trường',
  settings: 'Nhà trường',
  class: 'Lớp và học sinh',
  pupil: 'Lớp và học sinh',
  guardianship: 'Lớp và học sinh',
  erasure: 'Lớp và học sinh',
  enrolment: 'Lớp và học sinh',
  subject: 'Lớp và học sinh',
  transfer: 'Lớp và học sinh',
  roster: 'Lớp và học sinh',
  sheet: 'Sổ điểm',
  mark: 'Sổ điểm',
  window: 'Đợt cập nhật điểm',
  notice: 'Đợt cập nhật điểm',
  correction: 'Đề nghị sửa, phúc khảo',
  evidence: 'Đề nghị sửa, phúc khảo',
  appeal: 'Đề nghị sửa, phúc khảo',
  period: 'Khóa sổ',
  result: 'Kết quả, quyết định',
  recognition: 'Kết quả, quyết định',
  list: 'Kết quả, quyết định',
  council: 'Kết quả, quyết định',
  decision: 'Kết quả, quyết định',
  year: 'Kết quả, quyết định',
  progress: 'Kiểm tra, thống kê',
  inspection: 'Kiểm tra, thống kê',
  reminder: 'Kiểm tra, thống kê',
  statistics: 'Kiểm tra, thống kê',
  register: 'Kiểm tra, thống kê',
  transcript: 'Học bạ',
  style: 'Học bạ',
  account: 'Tài khoản, vai trò, phân công',
  appointment: 'Tài khoản, vai trò, phân công',
  assignment: 'Tài khoản, vai trò, phân công',
  delegation: 'Tài khoản, vai trò, phân công',
  journal: 'Nhật kí, Sổ Cái',
  audit: 'Nhật kí, Sổ Cái',
  ledger: 'Nhật kí, Sổ Cái',
} as const satisfies Readonly<Record<Kind, string>>;

export const SUBJECTS: readonly Subject[] = [...new Set(Object.values(TITLE_OF))].map((title) => ({
  title,
  actions: ACTION_NAMES.filter((action) => TITLE_OF[action.split('.')[0] as Kind] === title),
}));
