/** Two whole transcripts of invented pupils, long enough to fill the forms. Tests change copies of them. */
import type {
  PrimarySubject,
  PrimaryYear,
  SecondarySubject,
  SecondaryYear,
  TraitRow,
  Transcript,
} from '#transcript/document.js';
import type { SchoolDocument } from '#transcript/school-document.js';

const hex = (byte: string): string => byte.repeat(32);

const REMARKS = [
  'Viết câu gãy gọn hơn học kì I, biết nêu cảm nghĩ riêng; cần đọc thêm để vốn từ phong phú hơn.',
  'Nắm vững số nguyên và phân số, trình bày lời giải rõ ràng; cần kiểm tra lại kết quả trước khi nộp bài.',
  'Tự tin hơn khi nói theo cặp; cần luyện nghe đều mỗi ngày và ghi nhớ các thì đã học.',
  'Hiểu quyền và nghĩa vụ của học sinh, biết nêu tình huống trong đời sống; nên mạnh dạn trình bày ý kiến trước tập thể lớp.',
  'Có cố gắng phát biểu; cần học kĩ mốc thời gian, tập đọc bản đồ và hoàn thành bài tập về nhà.',
  'Suy luận tốt, thao tác thí nghiệm an toàn, biết liên hệ thực tế; nên thử sức với các bài tập tổng hợp và ghi chép kết quả đo cẩn thận, đầy đủ hơn nữa nhé.',
  'Biết đọc bản vẽ đơn giản, lắp ráp đúng quy trình; cần giữ gìn dụng cụ và dọn dẹp chỗ thực hành sau mỗi tiết học.',
  'Soạn thảo văn bản nhanh, trình bày hợp lí; cần tìm hiểu thêm về cách bảo vệ thông tin cá nhân trên mạng.',
  'Thực hiện đúng kĩ thuật chạy bền, tinh thần đồng đội tốt; cần khởi động đầy đủ trước khi tập.',
  'Hát đúng giai điệu, phối màu hài hòa; mạnh dạn hơn khi trình bày sản phẩm trước lớp.',
  'Sưu tầm được tư liệu về làng nghề của địa phương, kể lại rõ ràng; cần ghi nguồn tư liệu.',
  'Tham gia nhiệt tình các hoạt động của lớp, biết lập kế hoạch cá nhân; cần phân công việc trong nhóm đều hơn.',
  'Phát âm rõ, thuộc các mẫu câu chào hỏi; cần luyện viết chữ đều nét.',
  'Kể được truyện cổ bằng tiếng dân tộc; cần mở rộng vốn từ về đời sống nhà trường.',
] as const;

const score = (
  code: string,
  name: string,
  marks: readonly [string, string, string],
  teacher: string,
): SecondarySubject => ({
  code,
  name,
  kind: 'score',
  HK1: marks[0],
  HK2: marks[1],
  year: marks[2],
  remark: '',
  teacher,
});
const comment = (code: string, name: string, teacher: string): SecondarySubject => ({
  code,
  name,
  kind: 'comment',
  HK1: 'D',
  HK2: 'D',
  year: 'D',
  remark: '',
  teacher,
});

const SECONDARY_SUBJECTS: readonly SecondarySubject[] = [
  score('NGU_VAN', 'Ngữ văn', ['6.9', '7.4', '7.2'], 'Trần Thị Ngọc Diệp'),
  score('TOAN', 'Toán', ['8.4', '8.8', '8.7'], 'Lê Quang Vinh'),
  score('NGOAI_NGU_1', 'Ngoại ngữ 1 (Tiếng Anh)', ['8.0', '8.3', '8.2'], 'Phạm Thùy Dương'),
  score('GDCD', 'Giáo dục công dân', ['9.0', '8.6', '8.7'], 'Hồ Văn Đạt'),
  score('LICH_SU_DIA_LI', 'Lịch sử và Địa lí', ['7.7', '8.1', '8.0'], 'Đỗ Thị Hạnh; Võ Minh Khoa'),
  score('KHTN', 'Khoa học tự nhiên', ['8.2', '8.5', '8.4'], 'Bùi Đức Thịnh; Nguyễn Thị Cẩm Nhung'),
  score('CONG_NGHE', 'Công nghệ', ['8.8', '9.1', '9.0'], 'Ngô Tiến Dũng'),
  score('TIN_HOC', 'Tin học', ['9.3', '9.5', '9.4'], 'Đặng Hoàng Nam'),
  comment('GDTC', 'Giáo dục thể chất', 'Huỳnh Công Hải'),
  comment('NGHE_THUAT', 'Nghệ thuật (Âm nhạc, Mĩ thuật)', 'Mai Diệu Linh; Tô Bảo Châu'),
  comment('ND_GDDP', 'Nội dung giáo dục của địa phương', 'Đỗ Thị Hạnh'),
  comment('HDTN_HN', 'Hoạt động trải nghiệm, hướng nghiệp', 'Trần Thị Ngọc Diệp'),
];

export const EXTRA_SUBJECTS: readonly SecondarySubject[] = [
  {
    ...score('NGOAI_NGU_2', 'Ngoại ngữ 2 (Tiếng Pháp)', ['7.5', '7.8', '7.7'], 'Lý Mỹ Tường'),
    remark: REMARKS[12],
  },
  {
    ...score('TIENG_DTTS', 'Tiếng dân tộc thiểu số (tiếng Ê-đê)', ['8.0', '8.2', '8.1'], "H'Hen Niê"),
    remark: REMARKS[13],
  },
];

const secondaryYear: SecondaryYear = {
  kind: 'secondary',
  schoolYear: '2025-2026',
  grade: 6,
  className: '6A1',
  homeroomTeacher: 'Trần Thị Ngọc Diệp',
  subjects: SECONDARY_SUBJECTS.map((subject, i) => ({ ...subject, remark: REMARKS[i] ?? '' })),
  conduct: { HK1: 'KHA', HK2: 'TOT', year: 'TOT' },
  learning: { HK1: 'TOT', HK2: 'TOT', year: 'TOT' },
  absences: 3,
  promotion: { decision: 'LEN_LOP', text: 'Được lên lớp 7' },
  honour: { code: 'HOC_SINH_GIOI', text: 'Học sinh Giỏi — QĐ số 45/QĐ-THCSSM ngày 27/5/2026' },
  competitions: 'Giải Khuyến khích Hội thi Tin học trẻ cấp phường',
  homeroomRemark:
    'Ý thức kỉ luật tốt, hòa đồng, làm lớp phó học tập có trách nhiệm. Học đều các môn; cần mạnh dạn trao đổi khi chưa hiểu bài.',
  corrections: { count: 2, subjects: ['TOAN', 'KHTN'] },
};

const trait = (code: string, name: string, level: TraitRow['level'] = 'T'): TraitRow => ({
  code,
  name,
  level,
});
const primarySubject = (code: string, name: string, remark: string, test?: string): PrimarySubject => ({
  code,
  name,
  level: 'T',
  ...(test === undefined ? {} : { test }),
  remark,
});

const primaryYear: PrimaryYear = {
  kind: 'primary',
  schoolYear: '2025-2026',
  grade: 4,
  className: '4A2',
  homeroomTeacher: 'Nguyễn Thị Bích Phương',
  height: '132',
  weight: '28.5',
  absences: { permitted: 2, unpermitted: 0 },
  subjects: [
    primarySubject(
      'TIENG_VIET',
      'Tiếng Việt',
      'Em viết được đoạn văn tả cây cối có đủ ý; cần dùng thêm từ gợi tả và soát lỗi chính tả.',
      '9',
    ),
    primarySubject(
      'TOAN',
      'Toán',
      'Em tính đúng và nhanh với số có nhiều chữ số, giải được bài toán ba bước tính; cần vẽ hình cẩn thận hơn.',
      '10',
    ),
    primarySubject(
      'NGOAI_NGU_1',
      'Ngoại ngữ 1 (Tiếng Anh)',
      'Em nghe hiểu câu hỏi quen thuộc, phát âm rõ; nên nói thành câu đầy đủ.',
      '9',
    ),
    primarySubject(
      'LICH_SU_DIA_LI',
      'Lịch sử và Địa lí',
      'Em kể được những nét chính về thiên nhiên và con người địa phương, đọc được bản đồ đơn giản.',
      '9',
    ),
    primarySubject(
      'KHOA_HOC',
      'Khoa học',
      'Em thích quan sát, giải thích được vòng tuần hoàn của nước bằng lời của mình.',
      '10',
    ),
    primarySubject(
      'TIN_HOC',
      'Tin học và Công nghệ (Tin học)',
      'Em gõ phím đúng ngón, tạo được thư mục; cần luyện thêm thao tác với chuột.',
      '9',
    ),
    primarySubject(
      'CONG_NGHE',
      'Tin học và Công nghệ (Công nghệ)',
      'Em trồng và chăm sóc được chậu hoa của lớp, lắp ghép mô hình đúng các bước.',
      '9',
    ),
    primarySubject('DAO_DUC', 'Đạo đức', 'Em biết ơn người lao động, giữ gìn của công bằng việc làm cụ thể.'),
    primarySubject(
      'GDTC',
      'Giáo dục thể chất',
      'Em tập đúng các động tác đội hình đội ngũ, chơi vui và đúng luật.',
    ),
    primarySubject('AM_NHAC', 'Nghệ thuật (Âm nhạc)', 'Em hát đúng giai điệu, gõ đệm theo phách nhịp nhàng.'),
    primarySubject(
      'MI_THUAT',
      'Nghệ thuật (Mĩ thuật)',
      'Em phối màu hài hòa, biết giới thiệu sản phẩm của mình.',
    ),
    primarySubject(
      'HDTN',
      'Hoạt động trải nghiệm',
      'Em tham gia dọn vệ sinh trường lớp tự giác, biết chia sẻ với bạn khó khăn.',
    ),
  ],
  qualities: {
    rows: [
      trait('YEU_NUOC', 'Yêu nước'),
      trait('NHAN_AI', 'Nhân ái'),
      trait('CHAM_CHI', 'Chăm chỉ'),
      trait('TRUNG_THUC', 'Trung thực'),
      trait('TRACH_NHIEM', 'Trách nhiệm'),
    ],
    remark:
      'Em biết nhường nhịn, giúp bạn mới chuyển đến làm quen với lớp; đi học đều, chuẩn bị đồ dùng đầy đủ, tự giác làm bài ở nhà.',
  },
  competences: {
    general: [
      trait('TU_CHU_TU_HOC', 'Tự chủ và tự học'),
      trait('GIAO_TIEP_HOP_TAC', 'Giao tiếp và hợp tác'),
      trait('GIAI_QUYET_VAN_DE', 'Giải quyết vấn đề và sáng tạo'),
    ],
    specific: [
      trait('NGON_NGU', 'Ngôn ngữ'),
      trait('TINH_TOAN', 'Tính toán'),
      trait('KHOA_HOC', 'Khoa học'),
      trait('CONG_NGHE', 'Công nghệ'),
      trait('TIN_HOC', 'Tin học'),
      trait('THAM_MI', 'Thẩm mĩ'),
      trait('THE_CHAT', 'Thể chất'),
    ],
    remark:
      'Em tự sắp xếp góc học tập, biết hỏi khi gặp việc khó; trình bày ý kiến trong nhóm rõ ràng và biết lắng nghe bạn.',
  },
  yearResult: 'HTXS',
  honour: { code: 'HOC_SINH_XUAT_SAC', text: 'Học sinh Xuất sắc — QĐ số 31/QĐ-THBT ngày 26/5/2026' },
  completion: { decision: 'HOAN_THANH_LOP', text: 'Hoàn thành chương trình lớp 4. Được lên lớp 5.' },
  corrections: { count: 0, subjects: [] },
};

/** A pupil of grade 6 at Trường THCS Sông Mây, with a six-word name and a transfer behind her. */
export const SECONDARY: Transcript = {
  v: 1,
  type: 'hoc-ba',
  origin: 'demo.so-cai.example/thcs-song-may',
  event: 0,
  lineage: hex('a1'),
  salt: hex('5a'),
  demo: true,
  verifier: 'https://demo.so-cai.example/kiem-tra',
  ruleSet: { id: 'tt22-2021', version: '1', hash: hex('22') },
  template: { id: 'hoc-ba-thcs-1', hash: hex('00') },
  images: [],
  route: [
    {
      role: 'homeroom',
      name: 'Trần Thị Ngọc Diệp',
      title: 'GIÁO VIÊN CHỦ NHIỆM',
      certificateSalt: hex('01'),
    },
    {
      role: 'principal',
      name: 'Phạm Hữu Trọng',
      title: 'PHÓ HIỆU TRƯỞNG',
      onBehalf: 'KT. HIỆU TRƯỞNG',
      certificateSalt: hex('02'),
    },
    {
      role: 'seal',
      name: 'Trường THCS Sông Mây',
      title: 'CON DẤU CỦA NHÀ TRƯỜNG',
      certificateSalt: hex('03'),
    },
  ],
  data: {
    school: {
      code: 'thcs-song-may',
      name: 'Trường THCS Sông Mây',
      commune: 'Phường Bến Tràm',
      province: 'Tỉnh Sông Mây',
      level: 'lower-secondary',
    },
    pupil: {
      code: 'HS-2025-0147',
      registerNumber: '147/THCS',
      fullName: 'Nguyễn Hoàng Phương Uyên Thảo Nguyên',
      sex: 'NU',
      birthDate: '2014-03-09',
      birthPlace: 'Bệnh viện đa khoa tỉnh Sông Mây, phường Bến Tràm, tỉnh Sông Mây',
      ethnicity: 'Kinh',
      nationality: 'Việt Nam',
      address: 'Tổ 4, khu phố Bến Tràm 2, phường Bến Tràm, tỉnh Sông Mây',
      policyGroup: 'Con thương binh',
      guardians: [
        { relation: 'father', fullName: 'Nguyễn Hoàng Quốc Tuấn', occupation: 'Thợ điện' },
        { relation: 'mother', fullName: 'Huỳnh Thị Thanh Thúy', occupation: 'Nhân viên bán hàng' },
      ],
    },
    history: [
      {
        schoolYear: '2025-2026',
        className: '6A3',
        schoolName: 'Trường THCS Gò Sen, xã Gò Sen, tỉnh Sông Mây',
        enteredOn: '2025-08-29',
      },
      {
        schoolYear: '2025-2026',
        className: '6A1',
        schoolName: 'Trường THCS Sông Mây, phường Bến Tràm, tỉnh Sông Mây',
        enteredOn: '2025-11-03',
      },
    ],
    year: secondaryYear,
    council: { number: '44/BB-HĐ', date: '2026-05-26' },
    issuedAt: { place: 'Sông Mây', date: '2026-05-29' },
  },
};

/** A pupil of grade 4 at Trường Tiểu học Bến Tràm. */
export const PRIMARY: Transcript = {
  ...SECONDARY,
  origin: 'demo.so-cai.example/th-ben-tram',
  ruleSet: { id: 'tt27-2020', version: '1', hash: hex('27') },
  template: { id: 'hoc-ba-th-1', hash: hex('00') },
  route: [
    {
      role: 'homeroom',
      name: 'Nguyễn Thị Bích Phương',
      title: 'GIÁO VIÊN CHỦ NHIỆM',
      certificateSalt: hex('04'),
    },
    { role: 'principal', name: 'Đoàn Thị Như Quỳnh', title: 'HIỆU TRƯỞNG', certificateSalt: hex('05') },
    {
      role: 'seal',
      name: 'Trường Tiểu học Bến Tràm',
      title: 'CON DẤU CỦA NHÀ TRƯỜNG',
      certificateSalt: hex('06'),
    },
  ],
  data: {
    school: {
      code: 'th-ben-tram',
      name: 'Trường Tiểu học Bến Tràm',
      commune: 'Phường Bến Tràm',
      province: 'Tỉnh Sông Mây',
      level: 'primary',
    },
    pupil: {
      code: 'HS-2022-0031',
      registerNumber: '31/2022',
      fullName: "H'Hen Niê",
      sex: 'NU',
      birthDate: '2016-11-20',
      birthPlace: 'Xã Gò Sen, tỉnh Sông Mây',
      ethnicity: 'Ê-đê',
      nationality: 'Việt Nam',
      homeTown: 'Xã Gò Sen, tỉnh Sông Mây',
      address: 'Tổ 1, khu phố Bến Tràm 1, phường Bến Tràm, tỉnh Sông Mây',
      guardians: [{ relation: 'mother', fullName: "H'Lan Niê", occupation: 'Làm rẫy' }],
    },
    history: [
      {
        schoolYear: '2022-2023',
        className: '1A2',
        schoolName: 'Trường Tiểu học Bến Tràm',
        registerNumber: '31',
        enteredOn: '2022-08-29',
      },
      {
        schoolYear: '2023-2024',
        className: '2A2',
        schoolName: 'Trường Tiểu học Bến Tràm',
        registerNumber: '31',
      },
      {
        schoolYear: '2024-2025',
        className: '3A2',
        schoolName: 'Trường Tiểu học Bến Tràm',
        registerNumber: '31',
      },
      {
        schoolYear: '2025-2026',
        className: '4A2',
        schoolName: 'Trường Tiểu học Bến Tràm',
        registerNumber: '31',
      },
    ],
    year: primaryYear,
    council: { number: '30/BB-HĐ', date: '2026-05-25' },
    issuedAt: { place: 'Sông Mây', date: '2026-05-28' },
  },
};

/** A deep copy that a test may change through `change`. */
export function changed<T extends SchoolDocument>(document: T, change: (copy: Changeable<T>) => void): T {
  const copy = structuredClone(document) as Changeable<T>;
  change(copy);
  return copy as T;
}

export type Changeable<T> = T extends object ? { -readonly [K in keyof T]: Changeable<T[K]> } : T;
