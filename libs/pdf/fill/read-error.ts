/** Why a file is not a transcript of ours. A closed set; the number is the step of the verification that fails. */
export const READ_STEPS = {
  FILE_TOO_LARGE: 1,
  NOT_A_PDF: 1,
  FOREIGN_PDF: 1,
  TRAILING_BYTES: 1,
  UNSIGNED: 2,
  SIGNATURES_MISSING: 2,
  REVISION_COUNT: 2,
  ATTACHMENT_MALFORMED: 3,
  TEMPLATE_UNKNOWN: 3,
  IMAGE_ALTERED: 3,
  BASE_ALTERED: 3,
  REVISION_ALTERED: 4,
  BYTE_RANGE_ALTERED: 5,
  CONTENTS_MALFORMED: 5,
  DOCUMENT_MALFORMED: 8,
} as const;

export type ReadCode = keyof typeof READ_STEPS;

export class PdfReadError extends Error {
  override readonly name = 'PdfReadError';

  constructor(
    readonly code: ReadCode,
    message: string,
  ) {
    super(message);
  }

  get step(): number {
    return READ_STEPS[this.code];
  }
}
