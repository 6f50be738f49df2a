/** Why something presented does not show what it says. */
export type DisclosureCode =
  /** Not in the one form that a presentation has. */
  | 'PRESENTATION_MALFORMED'
  /** Signed with another algorithm than the one that the verifier pins. */
  | 'CREDENTIAL_ALGORITHM'
  /** The school's credential key did not sign it. */
  | 'CREDENTIAL_SIGNATURE'
  /** A disclosed field is not one of those that were committed. */
  | 'DISCLOSURE_MISMATCH'
  /** The binding to audience and time was not made by who has the document. */
  | 'HOLDER_SIGNATURE'
  /** More fields than a slip can carry. */
  | 'SLIP_TOO_LARGE';

export class DisclosureError extends Error {
  override readonly name = 'DisclosureError';

  constructor(
    readonly code: DisclosureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Runs a reader of some format; whatever it refuses: PRESENTATION_MALFORMED. */
export function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DisclosureError) throw error;
    throw new DisclosureError(
      'PRESENTATION_MALFORMED',
      `${what} cannot be read: ${error instanceof Error ? error.message : ''}`,
      { cause: error },
    );
  }
}
