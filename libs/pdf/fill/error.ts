/** Why a document could not be written. A closed set. */
export type FillCode =
  | 'UNKNOWN_TEMPLATE'
  | 'TEMPLATE_MISMATCH'
  | 'CHARACTER_NOT_IN_TEMPLATE'
  | 'TEXT_DOES_NOT_FIT'
  | 'IMAGE_NOT_IN_TEMPLATE'
  | 'IMAGE_MISSING'
  | 'ROUTE_MISMATCH'
  | 'QR_TOO_LONG'
  | 'WRONG_SIGNATURE_ORDER'
  | 'SIGNATURE_TOO_LARGE'
  | 'BAD_TIME';

/** Nothing is ever cut or left out to make a page: what cannot be written is refused, with the place named. */
export class PdfFillError extends Error {
  override readonly name = 'PdfFillError';

  constructor(
    readonly code: FillCode,
    message: string,
  ) {
    super(message);
  }
}
