/** What views are made of: cells, and dates and marks as a Vietnamese form writes them. */

/** Plain text, or text followed by a tail that is set at the right (the teacher's name after a remark). */
export type Cell = string | { readonly text: string; readonly tail: string };

export interface View {
  readonly strings: { readonly [key: string]: string };
  readonly tables: { readonly [name: string]: readonly (readonly Cell[])[] };
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

/** The last sentence of a year page: how many places were corrected, and in which subjects. */
export function correctionsLine(
  corrections: { readonly count: number; readonly subjects: readonly string[] },
  nameOf: (area: string) => string,
): string {
  const subjects = corrections.subjects.map(nameOf).join(', ');
  return `Trong trang này có sửa chữa ở ${String(corrections.count)} chỗ, thuộc môn học, hoạt động giáo dục: ${subjects === '' ? 'không có' : subjects}.`;
}
