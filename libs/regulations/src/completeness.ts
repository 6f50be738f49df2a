import type { SheetColumn } from './sheets.js';

/** One pupil's recorded values of a sheet; drafts are not recorded and do not count. */
export interface RecordedRow {
  readonly pupilId: string;
  /** By column code. */
  readonly values: Readonly<Record<string, string | null | undefined>>;
  /** "Không đánh giá" (individual plan): nothing is missing of such a pupil. */
  readonly notAssessed?: boolean;
}

export interface MissingCell {
  readonly pupilId: string;
  readonly column: string;
  /** The column's Vietnamese heading. */
  readonly label: string;
}

/** What a sheet lacks before it can be locked: every required column of every assessed pupil, in row order. */
export function missingCells(
  columns: readonly SheetColumn[],
  rows: readonly RecordedRow[],
): readonly MissingCell[] {
  const required = columns.filter((column) => column.required);
  return rows
    .filter((row) => row.notAssessed !== true)
    .flatMap(({ pupilId, values }) =>
      required
        .filter(({ code }) => (values[code] ?? null) === null)
        .map(({ code, label }) => ({ pupilId, column: code, label })),
    );
}
