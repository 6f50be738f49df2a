/** What views are made of: cells, and dates and marks as a Vietnamese form writes them. */
import type { PrimaryYear, SecondaryLevel, TraitLevel } from '#transcript/document.js';
import { PdfFillError } from './error.js';

/**
 * Plain text; text followed by a tail that is set at the right (the teacher's name after a remark); or text that stands
 * in place of what was struck out, which stays to be read before it.
 */
export type Cell =
  | string
  | { readonly text: string; readonly tail: string }
  | { readonly text: string; readonly struck: string };

/** Strings, and tables of cells, under the names that the template uses. */
export interface ViewPart {
  readonly strings: { readonly [key: string]: string };
  readonly tables: { readonly [name: string]: readonly (readonly Cell[])[] };
  /** How often a column stands that the template leaves open. */
  readonly counts?: { readonly [name: string]: number };
}

export interface View extends ViewPart {
  /** What pages that are made several times are made for, in order. */
  readonly parts?: { readonly [name: string]: readonly ViewPart[] };
}

/** `text` with each `{key}` replaced by the view's string of that name. One it has not: PdfFillError TEMPLATE_MISMATCH. */
export function substituted(text: string, view: ViewPart): string {
  return text.replace(/\{([A-Za-z0-9.]+)\}/g, (_, key: string) => lookUp(view, key));
}

/** The view's string of that name. One it has not: PdfFillError TEMPLATE_MISMATCH. */
export function lookUp(view: ViewPart, key: string): string {
  const value = Object.hasOwn(view.strings, key) ? view.strings[key] : undefined;
  if (value === undefined) {
    throw new PdfFillError(
      'TEMPLATE_MISMATCH',
      `the template asks for "${key}", which this kind of document does not have`,
    );
  }
  return value;
}

/** 09/03/2014. */
export function paddedDate(date: string): string {
  return `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** 9/3/2014. */
export function shortDate(date: string): string {
  return `${String(Number(date.slice(8)))}/${String(Number(date.slice(5, 7)))}/${date.slice(0, 4)}`;
}

/** "ngày 09 tháng 3 năm 2014": below 10 the day has a zero, and of the months only January and February. */
export function wordedDate(date: string): string {
  const month = Number(date.slice(5, 7));
  return `ngày ${date.slice(8)} tháng ${month < 3 ? `0${String(month)}` : String(month)} năm ${date.slice(0, 4)}`;
}

/** "2025 – 2026". */
export function longSchoolYear(schoolYear: string): string {
  return schoolYear.replace('-', ' – ');
}

/** A mark as it is written in Vietnam: "8,5". */
export function printedMark(mark: string | null | undefined): string {
  return (mark ?? '').replace('.', ',');
}

/** "Tốt", "Khá" …; nothing where there is no level. */
export function printedLevel(code: SecondaryLevel | null | undefined): string {
  return code === null || code === undefined ? '' : LEVELS[code];
}

const LEVELS: Readonly<Record<SecondaryLevel, string>> = {
  TOT: 'Tốt',
  KHA: 'Khá',
  DAT: 'Đạt',
  CHUA_DAT: 'Chưa đạt',
};

/** A mark, or Đ and CĐ of a subject with comments; a dash for what is not assessed. */
export function printedValue(mark: string | null | undefined, notAssessed?: true): string {
  if (notAssessed === true) return '–';
  if (mark === 'D') return 'Đ';
  if (mark === 'CD') return 'CĐ';
  return printedMark(mark);
}

/** T, Đ or C of a quality or competence. */
export function printedTrait(level: TraitLevel | null): string {
  return level === null ? '' : TRAIT_LEVELS[level];
}

const TRAIT_LEVELS: Readonly<Record<TraitLevel, string>> = { T: 'T', D: 'Đ', C: 'C' };

/** "Hoàn thành tốt" …; nothing where there is no result. */
export function printedYearResult(result: PrimaryYear['yearResult']): string {
  return result === null ? '' : YEAR_RESULTS[result];
}

const YEAR_RESULTS: Readonly<Record<NonNullable<PrimaryYear['yearResult']>, string>> = {
  HTXS: 'Hoàn thành xuất sắc',
  HTT: 'Hoàn thành tốt',
  HT: 'Hoàn thành',
  CHT: 'Chưa hoàn thành',
};

/** The last sentence of a year page: how many places were corrected, and in which subjects. */
export function correctionsLine(
  corrections: { readonly count: number; readonly subjects: readonly string[] },
  nameOf: (area: string) => string,
): string {
  const subjects = corrections.subjects.map(nameOf).join(', ');
  return `Trong trang này có sửa chữa ở ${String(corrections.count)} chỗ, thuộc môn học, hoạt động giáo dục: ${subjects === '' ? 'không có' : subjects}.`;
}
