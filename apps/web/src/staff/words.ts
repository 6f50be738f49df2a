import type { Dictionary } from '../i18n/language.js';

interface StaffWords {
  readonly appName: string;
  readonly skip: string;
  readonly classes: string;
  readonly verifier: string;
  readonly account: string;
  readonly passkeys: string;
  readonly rights: string;
  readonly signOut: string;
  readonly demo: string;
  readonly noSuchPage: string;
  readonly toClasses: string;
  readonly roles: Readonly<Record<string, string>>;
}

/** Words of the frame around every screen of the staff app. */
export const STAFF_WORDS: Dictionary<StaffWords> = {
  vi: {
    appName: 'Sổ Cái',
    skip: 'Đến nội dung chính',
    classes: 'Lớp học',
    verifier: 'Kiểm chứng học bạ',
    account: 'Tài khoản',
    passkeys: 'Khóa truy cập của tôi',
    rights: 'Tôi được làm gì',
    signOut: 'Đăng xuất',
    demo: 'Trường thử nghiệm: dữ liệu hư cấu, chữ kí không có giá trị pháp lí.',
    noSuchPage: 'Không có trang này',
    toClasses: 'Về danh sách lớp',
    roles: {
      principal: 'Hiệu trưởng',
      'vice-principal': 'Phó Hiệu trưởng',
      'it-officer': 'Nhân viên CNTT',
      clerk: 'Văn thư',
      'group-head': 'Tổ trưởng chuyên môn',
      teacher: 'Giáo viên',
      sealer: 'Người đóng dấu số',
      inspector: 'Thanh tra (Sở GD&ĐT)',
      guardian: 'Cha mẹ / người giám hộ',
      pupil: 'Học sinh',
    },
  },
  en: {
    appName: 'Sổ Cái',
    skip: 'Skip to the content',
    classes: 'Classes',
    verifier: 'Verify a transcript',
    account: 'Account',
    passkeys: 'My passkeys',
    rights: 'What I may do',
    signOut: 'Sign out',
    demo: 'Demonstration school: invented data; its signatures have no legal value.',
    noSuchPage: 'There is no such page',
    toClasses: 'To the classes',
    roles: {
      principal: 'Principal',
      'vice-principal': 'Vice-principal',
      'it-officer': 'IT officer',
      clerk: 'Clerk',
      'group-head': 'Group head',
      teacher: 'Teacher',
      sealer: 'Sealer',
      inspector: 'Inspector',
      guardian: 'Guardian',
      pupil: 'Pupil',
    },
  },
};
