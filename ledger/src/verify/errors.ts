/** Which step of a verification does not hold. The closed set that `socai` and the web page print. */
export type VerifyCode =
  /** The bytes are not of the format; the cause is a FormatError. */
  | 'MALFORMED'
  /** No trusted key belongs to this origin (at this size). */
  | 'UNKNOWN_LOG'
  /** The checkpoint's origin is not the one expected. */
  | 'WRONG_ORIGIN'
  /** A trusted key's signature is there and does not hold: somebody changed the text. */
  | 'BAD_SIGNATURE'
  /** No trusted key of the log signed. */
  | 'NO_LOG_SIGNATURE'
  /** Too few witnesses for the policy. */
  | 'NO_QUORUM'
  /** The entry is not where the proof says. The cause is a MerkleError. */
  | 'NOT_INCLUDED'
  /** A checkpoint does not begin or continue another: a fork. The cause is a MerkleError. */
  | 'NOT_CONSISTENT'
  /** Too few roots signed the trust bundle. */
  | 'TRUST_NOT_SIGNED'
  /** The trust bundle's last day has passed. */
  | 'TRUST_EXPIRED'
  /** A trust bundle is older than one that the verifier holds: somebody wants former keys back. */
  | 'TRUST_ROLLED_BACK'
  /** Two trust bundles of one serial say different things: the roots misbehaved. */
  | 'TRUST_FORKED'
  /** Too few of the former roots signed the trust bundle that comes after theirs. */
  | 'TRUST_NOT_SUCCEEDED'
  /** The trust bundle does not go back to the roots that the verifier was given. */
  | 'TRUST_NOT_PINNED'
  /** The directory log does not hold the trust bundle's hash. */
  | 'TRUST_NOT_LOGGED';

/** A verification that does not hold: which step, and why in words. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';

  constructor(
    readonly code: VerifyCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Runs `step`; an error of it becomes a VerifyError with this step's code. */
export function step<T>(code: VerifyCode, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof VerifyError) throw error;
    throw new VerifyError(code, error instanceof Error ? error.message : String(error), { cause: error });
  }
}
