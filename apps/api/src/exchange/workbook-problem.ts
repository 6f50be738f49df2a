/** What is wrong with single cells, rows and columns of a workbook that can be read as a whole. */
import { cellAddress, columnLetters } from './workbook-cells.js';

export type WorkbookProblemCode =
  /** A heading that no field has: the column is not read. */
  | 'UNKNOWN_COLUMN'
  | 'DUPLICATE_COLUMN'
  | 'MISSING_COLUMN'
  | 'MISSING_PUPIL_CODE'
  | 'DUPLICATE_PUPIL'
  | 'MISSING_VALUE'
  /** A value that is not of the kind the column has. */
  | 'UNREADABLE_CELL'
  /** A value that the rules of the column refuse: out of range, too precise, not a level. */
  | 'VALUE_REFUSED'
  /** Excel made a date of a mark or a class name, and what was typed is not certain. */
  | 'TURNED_INTO_DATE'
  /** Excel made a number of an id or a class name and cut zeros off. */
  | 'ZEROS_LOST'
  /** A letter of another script, a look-alike (ð for đ) or something invisible in a name. */
  | 'SUSPECT_CHARACTER'
  /** The personal id does not fit sex or year of birth; may be right (corrected papers). */
  | 'PERSONAL_ID_DIFFERS'
  /** The title says another class, subject, period or year than the import is for. */
  | 'OTHER_SHEET';

export interface WorkbookProblem {
  readonly code: WorkbookProblemCode;
  /** Errors must be put right before the import; warnings are for looking at. */
  readonly severity: 'error' | 'warning';
  readonly sheet: string;
  /** Row as Excel counts, from 1; null when it is about a column or the sheet. */
  readonly row: number | null;
  /** Letter of the column; null when it is about a row or the sheet. */
  readonly column: string | null;
  /** "E8" */
  readonly cell: string | null;
  /** What stands there, cut to a readable length. */
  readonly found: string | null;
  /** What may have been meant; never applied without the person. */
  readonly suggestion: string | null;
  /** In Vietnamese: what is wrong with what, and what to do. */
  readonly message: string;
}

export interface ProblemDetail {
  readonly code: WorkbookProblemCode;
  readonly message: string;
  /** Row and column from 1. */
  readonly row?: number;
  readonly column?: number;
  readonly found?: string;
  readonly suggestion?: string;
}

const WARNINGS: ReadonlySet<WorkbookProblemCode> = new Set(['UNKNOWN_COLUMN', 'PERSONAL_ID_DIFFERS']);
const LONGEST_QUOTE = 60;

/** Collects the problems of one sheet in the order found. */
export class ProblemList {
  readonly problems: WorkbookProblem[] = [];

  constructor(private readonly sheet: string) {}

  add({ code, message, row, column, found, suggestion }: ProblemDetail): void {
    this.problems.push({
      code,
      severity: WARNINGS.has(code) ? 'warning' : 'error',
      sheet: this.sheet,
      row: row ?? null,
      column: column === undefined ? null : columnLetters(column),
      cell: row === undefined || column === undefined ? null : cellAddress(row, column),
      found: found === undefined ? null : found.slice(0, LONGEST_QUOTE),
      suggestion: suggestion ?? null,
      message,
    });
  }
}
