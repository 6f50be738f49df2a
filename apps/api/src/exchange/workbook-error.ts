/** Why a workbook as a whole cannot be used. What is wrong with single cells is a `WorkbookProblem`. */
export type WorkbookErrorCode =
  | 'FILE_TOO_LARGE'
  | 'NOT_A_WORKBOOK'
  | 'DAMAGED_WORKBOOK'
  | 'WORKBOOK_LIMIT'
  | 'DTD_REFUSED'
  | 'SHEET_NOT_FOUND'
  | 'NO_HEADER_ROW';

/** The whole file, or the sheet looked for in it, cannot be used; the message says what to do. */
export class WorkbookError extends Error {
  constructor(
    readonly code: WorkbookErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'WorkbookError';
  }
}
