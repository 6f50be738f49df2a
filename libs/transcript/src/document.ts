/**
 * The học bạ as data: the JSON object J that is attached to the PDF, signed with it and committed in the ledger.
 *
 * Marks are strings with a dot ("8.5", "10"; averages always with one decimal), levels are codes, dates are
 * YYYY-MM-DD, every string is NFC. What may be absent is an optional key, never an empty string; `null` stands only
 * where the form has a place that was judged and found to have no value (a term a transferred pupil did not attend).
 * The page layout follows the official forms: TT 22/2021 (lower secondary) and TT 27/2020 (primary).
 */

import type { SchoolStyle } from './school-style.js';

/** Where in a school system the document belongs. */
export type SchoolLevel = 'primary' | 'lower-secondary' | 'upper-secondary';

/** Who signs, in the order of the route. For a học bạ always homeroom, principal (or a deputy in their place), seal. */
export type RouteRole = 'homeroom' | 'vice-principal' | 'principal' | 'seal';

/** Thông tư 22/2021 Đ.8, Đ.9: Tốt, Khá, Đạt, Chưa đạt. */
export type SecondaryLevel = 'TOT' | 'KHA' | 'DAT' | 'CHUA_DAT';

/** Thông tư 27/2020 Đ.6: Hoàn thành tốt, Hoàn thành, Chưa hoàn thành. */
export type SubjectLevel = 'T' | 'H' | 'C';

/** Thông tư 27/2020 Đ.6: Tốt, Đạt, Cần cố gắng (qualities and competences). */
export type TraitLevel = 'T' | 'D' | 'C';

/** One signature of the route. `name` and `title` are printed; the certificate is bound by its salted commitment. */
export interface RouteEntry {
  readonly role: RouteRole;
  /** Full name of the person; for the seal the name of the school. */
  readonly name: string;
  /** Printed under the line of the right, e.g. "GIÁO VIÊN CHỦ NHIỆM", "HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG". */
  readonly title: string;
  /** With what right, when not one's own: "KT. HIỆU TRƯỞNG". */
  readonly onBehalf?: string;
  /** 32 bytes, hex: opens the `key.added` entry of this signer's certificate. */
  readonly certificateSalt: string;
}

/** Open readings of TT 22/2021 Đ.9 k.3 a school has had ruled; absent when the defaults hold. */
export interface RuleSettings {
  readonly adjustment: {
    readonly removedSubjectCountsAmongSix: boolean;
    readonly raiseFrom: 'base' | 'reference';
    readonly commentSubjectCanBeCulprit: boolean;
  };
}

export interface SchoolIdentity {
  readonly code: string;
  readonly name: string;
  /** Xã, phường or đặc khu, with its kind: "Phường Bến Tràm". */
  readonly commune: string;
  /** Tỉnh or thành phố, with its kind: "Tỉnh Sông Mây". */
  readonly province: string;
  readonly level: SchoolLevel;
}

export interface Guardian {
  readonly relation: 'father' | 'mother' | 'guardian';
  readonly fullName: string;
  readonly occupation?: string;
}

export interface PupilIdentity {
  /** Mã học sinh, the school's or the ministry's. */
  readonly code: string;
  /** Số đăng bộ. */
  readonly registerNumber: string;
  readonly fullName: string;
  readonly sex: 'NAM' | 'NU';
  readonly birthDate: string;
  readonly birthPlace: string;
  readonly ethnicity: string;
  readonly nationality?: string;
  /** Quê quán (primary form). */
  readonly homeTown?: string;
  readonly address?: string;
  /** Số định danh cá nhân, 12 digits. */
  readonly personalId?: string;
  /** Đối tượng (secondary form): "Con thương binh" … */
  readonly policyGroup?: string;
  readonly guardians?: readonly Guardian[];
}

/** A row of QUÁ TRÌNH HỌC TẬP. */
export interface HistoryRow {
  readonly schoolYear: string;
  readonly className: string;
  /** With its place, as printed: "Trường THCS Sông Mây, tỉnh Sông Mây". */
  readonly schoolName: string;
  readonly registerNumber?: string;
  readonly enteredOn?: string;
}

/** "Trong trang này có sửa chữa ở … chỗ, thuộc môn học, hoạt động giáo dục: …", counted from the journal. */
export interface Corrections {
  readonly count: number;
  /** Area codes: subject codes of this year, or REN_LUYEN, PHAM_CHAT_NANG_LUC, CHUYEN_CAN. */
  readonly subjects: readonly string[];
}

export interface SecondarySubject {
  readonly code: string;
  readonly name: string;
  readonly kind: 'score' | 'comment';
  /** Practical part exempt (TT 22/2021 Đ.10): theory results stand in, nothing is dropped. */
  readonly exempt?: 'practice';
  /** Individual plan (Đ.11): left out, not missing. */
  readonly notAssessed?: true;
  /** ĐTBmhk "7.8", or "D"/"CD". */
  readonly HK1: string | null;
  readonly HK2: string | null;
  readonly year: string | null;
  /** Result of the re-assessment in summer (Đ.14). */
  readonly afterReassessment?: string;
  readonly remark: string;
  /** Subject teacher(s), as printed. */
  readonly teacher: string;
  /** SHA-256 (hex) of the signed class × subject × term sheets this row was taken from. */
  readonly sheets?: { readonly HK1?: string; readonly HK2?: string };
}

export type SecondaryPromotion = 'LEN_LOP' | 'DANH_GIA_LAI' | 'REN_LUYEN_HE' | 'O_LAI';

export interface SecondaryYear {
  readonly kind: 'secondary';
  readonly schoolYear: string;
  readonly grade: number;
  readonly className: string;
  readonly homeroomTeacher: string;
  readonly subjects: readonly SecondarySubject[];
  readonly conduct: {
    readonly HK1: SecondaryLevel | null;
    readonly HK2: SecondaryLevel | null;
    readonly year: SecondaryLevel | null;
    /** After training in the summer holiday (Đ.13). */
    readonly afterSummer?: SecondaryLevel;
  };
  readonly learning: {
    readonly HK1: SecondaryLevel | null;
    readonly HK2: SecondaryLevel | null;
    readonly year: SecondaryLevel | null;
    /** After re-assessment of subjects (Đ.14). */
    readonly afterReassessment?: SecondaryLevel;
  };
  /** Sessions absent in the year, with or without permission (Đ.12: at most 45). */
  readonly absences: number;
  readonly promotion: {
    readonly decision: SecondaryPromotion;
    /** Decided after re-assessment or summer training. */
    readonly afterSummer?: true;
    /** As printed: "Được lên lớp 7", "Hoàn thành chương trình giáo dục trung học cơ sở". */
    readonly text: string;
  };
  readonly honour?: { readonly code: 'HOC_SINH_XUAT_SAC' | 'HOC_SINH_GIOI' | null; readonly text: string };
  readonly certificates?: string;
  readonly competitions?: string;
  readonly summerTraining?: string;
  readonly homeroomRemark: string;
  readonly corrections: Corrections;
}

export interface PrimarySubject {
  readonly code: string;
  readonly name: string;
  readonly notAssessed?: true;
  readonly level: SubjectLevel | null;
  /** Điểm KTĐK: the year-end test that counts, an integer 0–10; absent when the grade has none. */
  readonly test?: string;
  /** The abnormal test that a further one replaced (TT 27/2020 Đ.7). */
  readonly replacedTest?: string;
  /** After additional assessment (TT 27/2020 Đ.11). */
  readonly additional?: { readonly level: SubjectLevel; readonly test?: string };
  readonly remark: string;
}

/** A quality (phẩm chất) or competence (năng lực). */
export interface TraitRow {
  readonly code: string;
  readonly name: string;
  readonly level: TraitLevel | null;
  readonly additional?: TraitLevel;
}

export type PrimaryPromotion =
  'HOAN_THANH_LOP' | 'HOAN_THANH_TIEU_HOC' | 'DANH_GIA_BO_SUNG' | 'HIEU_TRUONG_QUYET_DINH';

export interface PrimaryYear {
  readonly kind: 'primary';
  readonly schoolYear: string;
  readonly grade: number;
  readonly className: string;
  readonly homeroomTeacher: string;
  /** Chiều cao, cm, an integer; cân nặng, kg, one decimal at most. */
  readonly height?: string;
  readonly weight?: string;
  /** Số ngày nghỉ có phép, không phép. */
  readonly absences: { readonly permitted: number; readonly unpermitted: number };
  readonly subjects: readonly PrimarySubject[];
  readonly qualities: { readonly rows: readonly TraitRow[]; readonly remark: string };
  readonly competences: {
    readonly general: readonly TraitRow[];
    readonly specific: readonly TraitRow[];
    readonly remark: string;
  };
  readonly yearResult: 'HTXS' | 'HTT' | 'HT' | 'CHT' | null;
  readonly honour?: {
    readonly code: 'HOC_SINH_XUAT_SAC' | 'HOC_SINH_TIEU_BIEU' | null;
    readonly text: string;
  };
  readonly completion: {
    readonly decision: PrimaryPromotion;
    readonly afterSummer?: true;
    /** As printed: "Hoàn thành chương trình lớp 4. Được lên lớp 5." */
    readonly text: string;
  };
  readonly corrections: Corrections;
}

export interface TranscriptData {
  readonly school: SchoolIdentity;
  readonly pupil: PupilIdentity;
  readonly history: readonly HistoryRow[];
  readonly year: SecondaryYear | PrimaryYear;
  /** The council's decision on results, promotion and honours. */
  readonly council: { readonly number: string; readonly date: string };
  readonly issuedAt: { readonly place: string; readonly date: string };
}

/** A picture on the pages or in a signature: the SHA-256 (hex) of its bytes as they are attached (pdf/fill/picture.ts). */
export interface DocumentImage {
  readonly place: 'logo' | RouteRole;
  readonly hash: string;
}

/** J of any kind of document: what every signed document of a school says beside its data. */
export interface SignedDocument<Type extends string, Data> {
  readonly v: 1;
  readonly type: Type;
  /** Origin of the school's log. */
  readonly origin: string;
  /** Event number e of the lineage: 0 for the first issue. */
  readonly event: number;
  /** L_e, 32 bytes, hex. */
  readonly lineage: string;
  /** S, 32 bytes, hex; new for every version. */
  readonly salt: string;
  /** Signed with trial keys: every signature says that it has no legal value. */
  readonly demo?: true;
  /** https address of the verifier page; the printed address and the QR code are `<verifier>#<code>`. */
  readonly verifier?: string;
  readonly ruleSet: {
    readonly id: 'tt22-2021' | 'tt27-2020';
    readonly version: string;
    readonly hash: string;
    readonly settings?: RuleSettings;
  };
  /** The released form; the school's own template file, where it has one. */
  readonly template: { readonly id: string; readonly hash: string; readonly school?: SchoolStyle };
  /** Pictures at fixed places, by their hashes: `logo`, or a role of the route. In the order of their places' names. */
  readonly images: readonly DocumentImage[];
  readonly route: readonly RouteEntry[];
  readonly data: Data;
}

/** J of a học bạ. */
export type Transcript = SignedDocument<'hoc-ba', TranscriptData>;
