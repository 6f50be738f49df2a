/**
 * Sổ theo dõi và đánh giá học sinh (theo lớp học), TT 22/2021: one class in one school year, with every mark of every
 * subject. Where a recorded value was corrected, the register keeps the old one beside the new, as paper does.
 */
import type { SchoolIdentity, SecondaryLevel, SignedDocument } from './document.js';

/** Who teaches what in the class. */
export interface RegisterTeacher {
  readonly area: string;
  readonly name: string;
  readonly teachers: string;
}

export interface RegisterPupil {
  readonly code: string;
  readonly fullName: string;
  readonly sex: 'NAM' | 'NU';
  readonly birthDate: string;
  readonly ethnicity?: string;
  readonly address?: string;
  /** "Chuyển đến ngày …", "Thôi học …". */
  readonly note?: string;
}

/** A place that was corrected: the values it had before, oldest first; none where nothing had stood there. */
export interface RegisterCorrection {
  /** TX1 … TX9, GK, CK, NX; of attendance HK1_VANG_P, HK1_VANG_K, HK2_VANG_P, HK2_VANG_K. */
  readonly column: string;
  readonly was: readonly string[];
}

/** One pupil in one subject and term. */
export interface RegisterRow {
  /** Code of the pupil. */
  readonly pupil: string;
  readonly notAssessed?: true;
  readonly regular: readonly (string | null)[];
  readonly midterm: string | null;
  readonly final: string | null;
  readonly average: string | null;
  /** In the second term: ĐTBmcn. */
  readonly year?: string | null;
  readonly remark: string;
  readonly corrected?: readonly RegisterCorrection[];
}

/** A page of the register: a subject in a term. */
export interface RegisterSheet {
  readonly code: string;
  readonly name: string;
  readonly kind: 'score' | 'comment';
  readonly term: 'HK1' | 'HK2';
  readonly teachers: string;
  readonly rows: readonly RegisterRow[];
  /** SHA-256 (hex) of the sheet that the subject's teachers signed, where they did. */
  readonly sheet?: string;
}

/** Sessions absent in a term (buổi nghỉ học), with permission (P) and without (K); null where nothing was recorded. */
export interface RegisterAbsences {
  readonly permitted: number | null;
  readonly unpermitted: number | null;
}

/** A pupil on the page of attendance (điểm danh). */
export interface RegisterAttendance {
  /** Code of the pupil. */
  readonly pupil: string;
  readonly HK1: RegisterAbsences;
  readonly HK2: RegisterAbsences;
  readonly corrected?: readonly RegisterCorrection[];
}

/** A pupil in the summary of a term, or of the year. */
export interface RegisterSummaryRow {
  readonly pupil: string;
  /** Averages or levels, in the order of `RegisterSummary.subjects`. */
  readonly values: readonly (string | null)[];
  readonly conduct: SecondaryLevel | null;
  readonly learning: SecondaryLevel | null;
  readonly absences: number;
  readonly honour?: string;
  /** In the year's summary: "Được lên lớp 7", "Đánh giá lại …" as printed. */
  readonly promotion?: string;
}

export interface RegisterSummary {
  readonly period: 'HK1' | 'HK2' | 'CN';
  readonly subjects: readonly { readonly code: string; readonly name: string }[];
  readonly rows: readonly RegisterSummaryRow[];
}

export interface ClassRegisterData {
  readonly school: SchoolIdentity;
  readonly schoolYear: string;
  readonly grade: number;
  readonly className: string;
  readonly homeroomTeacher: string;
  readonly teachers: readonly RegisterTeacher[];
  /** In the order of the class list. */
  readonly pupils: readonly RegisterPupil[];
  /** Of each pupil, in the order of the class list. */
  readonly attendance: readonly RegisterAttendance[];
  readonly sheets: readonly RegisterSheet[];
  readonly summaries: readonly RegisterSummary[];
  readonly issuedAt: { readonly place: string; readonly date: string };
}

/** J of a class's register. */
export type ClassRegister = SignedDocument<'so-theo-doi-lop', ClassRegisterData>;
