/**
 * Phiếu báo kết quả: what the parents of one pupil are told at the end of a term or year, on one page. It holds the
 * marks themselves, which a học bạ does not.
 */
import type {
  Corrections,
  SchoolIdentity,
  SecondaryLevel,
  SignedDocument,
  SubjectLevel,
  TraitRow,
} from './document.js';

/** Of the pupil only what the slip needs to find its reader. */
export interface SlipPupil {
  readonly code: string;
  readonly fullName: string;
  readonly sex: 'NAM' | 'NU';
  readonly birthDate: string;
}

/** A subject of one term: regular marks (ĐĐGtx), midterm (ĐĐGgk), final (ĐĐGck), average of the term. */
export interface SecondarySlipSubject {
  readonly code: string;
  readonly name: string;
  readonly kind: 'score' | 'comment';
  /** Individual plan (TT 22/2021 Đ.11): left out, not missing. */
  readonly notAssessed?: true;
  readonly regular: readonly (string | null)[];
  readonly midterm: string | null;
  readonly final: string | null;
  readonly average: string | null;
  /** At the year's end: ĐTBmcn, and the first term's average. */
  readonly firstTerm?: string | null;
  readonly year?: string | null;
  readonly remark: string;
}

export interface SecondarySlip {
  readonly kind: 'secondary';
  /** HK1 after the first term; CN after the second, with the year's results. */
  readonly period: 'HK1' | 'CN';
  readonly schoolYear: string;
  readonly grade: number;
  readonly className: string;
  readonly homeroomTeacher: string;
  readonly subjects: readonly SecondarySlipSubject[];
  /** Of the term (HK1), or of the second term (CN). */
  readonly conduct: SecondaryLevel | null;
  readonly learning: SecondaryLevel | null;
  readonly yearResult?: {
    readonly conduct: SecondaryLevel | null;
    readonly learning: SecondaryLevel | null;
    /** As printed: "Được lên lớp 7". */
    readonly promotion: string;
    readonly honour?: string;
  };
  /** Sessions absent, with and without permission. */
  readonly absences: { readonly permitted: number; readonly unpermitted: number };
  readonly homeroomRemark: string;
  readonly corrections: Corrections;
}

export interface PrimarySlipSubject {
  readonly code: string;
  readonly name: string;
  readonly notAssessed?: true;
  readonly level: SubjectLevel | null;
  /** Điểm KTĐK, a whole number; absent where the period has no test. */
  readonly test?: string;
  readonly remark: string;
}

export interface PrimarySlip {
  readonly kind: 'primary';
  readonly period: 'GHK1' | 'CHK1' | 'GHK2' | 'CN';
  readonly schoolYear: string;
  readonly grade: number;
  readonly className: string;
  readonly homeroomTeacher: string;
  readonly subjects: readonly PrimarySlipSubject[];
  readonly qualities: readonly TraitRow[];
  readonly general: readonly TraitRow[];
  readonly specific: readonly TraitRow[];
  readonly qualitiesRemark: string;
  readonly competencesRemark: string;
  readonly yearResult?: {
    readonly level: 'HTXS' | 'HTT' | 'HT' | 'CHT' | null;
    /** As printed: "Hoàn thành chương trình lớp 4. Được lên lớp 5." */
    readonly completion: string;
    readonly honour?: string;
  };
  readonly corrections: Corrections;
}

export interface ResultSlipData {
  readonly school: SchoolIdentity;
  readonly pupil: SlipPupil;
  readonly slip: SecondarySlip | PrimarySlip;
  readonly issuedAt: { readonly place: string; readonly date: string };
}

/** J of a result slip. */
export type ResultSlip = SignedDocument<'phieu-ket-qua', ResultSlipData>;
