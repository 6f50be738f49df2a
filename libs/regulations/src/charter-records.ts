/**
 * The records that a school, its subject groups and its teachers keep (hồ sơ quản lí hoạt động giáo dục), charter by
 * charter. Only those that a gradebook can hold or feed matter to the product, but the list is the whole one we know:
 * whoever inspects asks by it. What we know second-hand is in ASSUMPTIONS.md C3.
 */
export type CharterId = 'tt28-2020' | 'tt32-2020' | 'tt15-2026';

export type RecordCode =
  | 'REGISTER'
  | 'TRANSCRIPT'
  | 'ASSESSMENT_BOOK'
  | 'CLASS_SUMMARY'
  | 'LESSON_BOOK'
  | 'DISABILITY'
  | 'SCHOOL_PLAN'
  | 'DIPLOMAS'
  | 'CORRESPONDENCE'
  | 'EQUIPMENT'
  | 'FINANCE'
  | 'STAFF'
  | 'HEALTH'
  | 'REWARDS'
  | 'UNIVERSAL_EDUCATION'
  | 'ADMISSION'
  | 'TRANSFERS'
  | 'DATA_PROTECTION'
  | 'GROUP_PLAN'
  | 'GROUP_NOTES'
  | 'TEACHER_PLAN'
  | 'LESSON_PLANS'
  | 'TEACHER_ASSESSMENT_BOOK'
  | 'HOMEROOM_BOOK'
  | 'YOUTH_BOOK';

/** One record, and who keeps it. */
export interface KeptRecord {
  readonly code: RecordCode;
  readonly name: string;
  readonly keeper: 'school' | 'group' | 'teacher';
}

const NAMES: Readonly<Record<RecordCode, string>> = {
  REGISTER: 'Sổ đăng bộ',
  TRANSCRIPT: 'Học bạ học sinh',
  ASSESSMENT_BOOK: 'Sổ theo dõi và đánh giá học sinh (theo lớp học)',
  CLASS_SUMMARY: 'Bảng tổng hợp kết quả đánh giá giáo dục của lớp',
  LESSON_BOOK: 'Sổ ghi đầu bài',
  DISABILITY: 'Hồ sơ giáo dục học sinh khuyết tật',
  SCHOOL_PLAN: 'Kế hoạch giáo dục của nhà trường',
  DIPLOMAS: 'Sổ quản lí cấp phát văn bằng, chứng chỉ',
  CORRESPONDENCE: 'Hồ sơ quản lí công văn, văn bản',
  EQUIPMENT: 'Hồ sơ quản lí thiết bị giáo dục, thư viện',
  FINANCE: 'Hồ sơ quản lí tài chính, tài sản',
  STAFF: 'Hồ sơ cán bộ, giáo viên, nhân viên',
  HEALTH: 'Hồ sơ theo dõi sức khỏe học sinh',
  REWARDS: 'Hồ sơ khen thưởng, kỉ luật học sinh',
  UNIVERSAL_EDUCATION: 'Hồ sơ phổ cập giáo dục',
  ADMISSION: 'Hồ sơ tuyển sinh',
  TRANSFERS: 'Hồ sơ học sinh chuyển trường',
  DATA_PROTECTION: 'Hồ sơ bảo vệ dữ liệu cá nhân và an toàn số',
  GROUP_PLAN: 'Kế hoạch giáo dục (dạy học) của tổ',
  GROUP_NOTES: 'Sổ ghi chép hoạt động của tổ chuyên môn',
  TEACHER_PLAN: 'Kế hoạch giáo dục của giáo viên',
  LESSON_PLANS: 'Kế hoạch bài dạy',
  TEACHER_ASSESSMENT_BOOK: 'Sổ theo dõi và đánh giá học sinh của giáo viên',
  HOMEROOM_BOOK: 'Sổ chủ nhiệm',
  YOUTH_BOOK: 'Sổ công tác Đội',
};

type Kept = Readonly<Record<KeptRecord['keeper'], readonly RecordCode[]>>;

const KEPT: Readonly<Record<CharterId, Kept>> = {
  'tt32-2020': {
    school: [
      ...(['REGISTER', 'TRANSCRIPT', 'ASSESSMENT_BOOK', 'DISABILITY', 'SCHOOL_PLAN', 'LESSON_BOOK'] as const),
      ...(['DIPLOMAS', 'CORRESPONDENCE', 'EQUIPMENT', 'FINANCE', 'STAFF', 'HEALTH', 'REWARDS'] as const),
      'UNIVERSAL_EDUCATION',
    ],
    group: ['GROUP_PLAN', 'GROUP_NOTES'],
    teacher: ['TEACHER_PLAN', 'LESSON_PLANS', 'TEACHER_ASSESSMENT_BOOK', 'HOMEROOM_BOOK'],
  },
  'tt28-2020': {
    school: [
      ...(['REGISTER', 'TRANSCRIPT', 'CLASS_SUMMARY', 'UNIVERSAL_EDUCATION', 'DISABILITY'] as const),
      ...(['SCHOOL_PLAN', 'STAFF', 'REWARDS', 'FINANCE', 'CORRESPONDENCE'] as const),
    ],
    group: ['GROUP_PLAN', 'GROUP_NOTES'],
    teacher: ['LESSON_PLANS', 'HOMEROOM_BOOK', 'YOUTH_BOOK'],
  },
  'tt15-2026': {
    school: [
      ...([
        'REGISTER',
        'TRANSCRIPT',
        'ASSESSMENT_BOOK',
        'CLASS_SUMMARY',
        'LESSON_BOOK',
        'DISABILITY',
      ] as const),
      ...(['ADMISSION', 'TRANSFERS', 'UNIVERSAL_EDUCATION', 'REWARDS', 'DATA_PROTECTION'] as const),
    ],
    group: ['GROUP_NOTES'],
    // Đ.21 k.2: no marks book of the teacher's own any more; the school's book is the one.
    teacher: ['LESSON_PLANS', 'HOMEROOM_BOOK', 'YOUTH_BOOK'],
  },
};

/** Every record that the charter wants kept: the school's, the group's, the teacher's. */
export function recordsOf(charter: CharterId): readonly KeptRecord[] {
  return (['school', 'group', 'teacher'] as const).flatMap((keeper) =>
    KEPT[charter][keeper].map((code) => ({ code, name: NAMES[code], keeper })),
  );
}
