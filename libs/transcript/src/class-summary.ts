/**
 * Bảng tổng hợp kết quả đánh giá giáo dục của lớp (TT 27/2020): a class at one of its four times. The circular has nine
 * forms of it, {giữa kì, cuối học kì I, cuối năm} × {lớp 1–2, lớp 3, lớp 4–5}; they differ in their columns only, and J
 * names the columns.
 */
import type { SchoolIdentity, SignedDocument, SubjectLevel, TraitLevel } from './document.js';

/** A subject or strand of the form; `test` where the period has a điểm KTĐK. */
export interface SummarySubject {
  readonly code: string;
  readonly name: string;
  readonly test: boolean;
}

export interface SummaryTrait {
  readonly code: string;
  readonly name: string;
  readonly group: 'quality' | 'general' | 'specific';
}

/** A pupil's row: levels in the order of the columns; a dash stands for what is not assessed of them. */
export interface SummaryRow {
  readonly code: string;
  readonly fullName: string;
  readonly sex: 'NAM' | 'NU';
  readonly birthDate: string;
  readonly ethnicity: string;
  readonly subjects: readonly {
    readonly level: SubjectLevel | null;
    readonly test?: string;
    readonly notAssessed?: true;
  }[];
  readonly traits: readonly (TraitLevel | null)[];
  /** At the year's end. */
  readonly year?: {
    readonly result: 'HTXS' | 'HTT' | 'HT' | 'CHT' | null;
    readonly honour?: string;
    /** "Được lên lớp", "Chưa hoàn thành chương trình lớp học" … as printed. */
    readonly completion: string;
  };
  readonly note?: string;
}

export interface ClassSummaryData {
  readonly school: SchoolIdentity;
  readonly period: 'GHK1' | 'CHK1' | 'GHK2' | 'CN';
  readonly schoolYear: string;
  readonly grade: number;
  readonly className: string;
  readonly homeroomTeacher: string;
  readonly subjects: readonly SummarySubject[];
  readonly traits: readonly SummaryTrait[];
  /** In the order of the class list. */
  readonly pupils: readonly SummaryRow[];
  readonly issuedAt: { readonly place: string; readonly date: string };
}

/** J of a class summary. */
export type ClassSummary = SignedDocument<'bang-tong-hop', ClassSummaryData>;
