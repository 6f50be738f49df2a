/**
 * Everything that a verification can say against a document: a closed set of codes, each with the step of
 * transcript-format that it belongs to and with what it makes of the verdict. "Could not be checked" is never "invalid".
 */
import type { SigningErrorCode } from '#signing/errors.js';
import type { DisclosureCode } from '#disclosure/error.js';
import { READ_STEPS, type ReadCode } from '#pdf-fill/read-error.js';

export type Verdict = 'valid' | 'unchecked' | 'superseded' | 'revoked' | 'invalid';

/** From best to worst: a command over many files answers with the worst. */
export const VERDICTS: readonly Verdict[] = ['valid', 'unchecked', 'superseded', 'revoked', 'invalid'];

/** Codes of the signing room that a document can meet (its others concern key files). */
type SignatureCode = Extract<
  SigningErrorCode,
  | `DER_${string}`
  | `CMS_${string}`
  | `SIGNATURE_${string}`
  | `PROOF_${string}`
  | 'TIMESTAMP_MALFORMED'
  | 'TIMESTAMP_MISMATCH'
  | 'TIMESTAMP_SIGNATURE'
  | 'TIMESTAMP_CERTIFICATE'
>;
type CertificateCode = Exclude<
  Extract<SigningErrorCode, `CERT_${string}` | `CA_${string}`>,
  'CERT_FILE_MALFORMED' | 'CERT_REQUEST'
>;

/** Codes that only what is presented of a document can meet. */
type PresentationCode =
  | Exclude<DisclosureCode, 'SLIP_TOO_LARGE'>
  | 'CREDENTIAL_MISMATCH'
  | 'HOLDER_NOT_BOUND'
  | 'PRESENTATION_AUDIENCE'
  | 'PRESENTATION_EXPIRED';

type OwnCode =
  | PresentationCode
  | 'TRUST_UNREADABLE'
  | 'TRUST_EXPIRED'
  | 'TRUST_ROLLED_BACK'
  | 'TRUST_NOT_PINNED'
  | 'ISSUER_NOT_TRUSTED'
  | 'SIGNER_MISMATCH'
  | 'SCHOOL_MISMATCH'
  | 'SIGNER_KEY_REUSED'
  | 'KEY_NOT_LOGGED'
  | 'KEY_LOGGED_TOO_LATE'
  | 'KEY_RETIRED'
  | 'ENTRY_MISMATCH'
  | 'ENTRY_MISPLACED'
  | 'NO_PROOF'
  | 'PROOF_WRONG_ORIGIN'
  | 'PROOF_LOG_SIGNATURE'
  | 'PROOF_NO_QUORUM'
  | 'PROOF_NOT_INCLUDED'
  | 'PROOF_NOT_CONSISTENT'
  | 'NOT_THE_FIRST_EVENT'
  | 'LEDGER_UNREACHABLE'
  | 'LEDGER_INVALID'
  | 'LEDGER_FORKED'
  | 'STATUS_REQUIRED'
  | 'SUPERSEDED'
  | 'REVOKED'
  | 'OPENING_UNREADABLE';

export type StepCode = ReadCode | SignatureCode | CertificateCode | OwnCode;

const NOT_IN_STEP_6: Record<CertificateCode | OwnCode, readonly [step: number, verdict: Verdict]> = {
  CERT_MALFORMED: [6, 'invalid'],
  CERT_ALGORITHM: [6, 'invalid'],
  CERT_SIGNATURE: [6, 'invalid'],
  CERT_PROFILE: [6, 'invalid'],
  CERT_KEY_USAGE: [6, 'invalid'],
  CERT_ROLE: [6, 'invalid'],
  CERT_CHAIN: [6, 'invalid'],
  CA_NOT_PINNED: [10, 'unchecked'],
  CA_PROFILE_UNKNOWN: [10, 'unchecked'],
  CERT_NOT_YET_VALID: [7, 'invalid'],
  CERT_EXPIRED: [7, 'invalid'],
  CERT_REVOKED: [7, 'invalid'],
  CA_PIN_NOT_IN_FORCE: [7, 'invalid'],
  SIGNER_MISMATCH: [7, 'invalid'],
  SCHOOL_MISMATCH: [7, 'invalid'],
  SIGNER_KEY_REUSED: [7, 'invalid'],
  KEY_NOT_LOGGED: [7, 'invalid'],
  KEY_LOGGED_TOO_LATE: [7, 'invalid'],
  KEY_RETIRED: [7, 'invalid'],
  ENTRY_MISMATCH: [8, 'invalid'],
  ENTRY_MISPLACED: [8, 'invalid'],
  PROOF_WRONG_ORIGIN: [8, 'invalid'],
  PROOF_LOG_SIGNATURE: [8, 'invalid'],
  PROOF_NO_QUORUM: [8, 'invalid'],
  PROOF_NOT_INCLUDED: [8, 'invalid'],
  PROOF_NOT_CONSISTENT: [8, 'invalid'],
  NOT_THE_FIRST_EVENT: [9, 'invalid'],
  LEDGER_UNREACHABLE: [9, 'unchecked'],
  LEDGER_INVALID: [9, 'unchecked'],
  LEDGER_FORKED: [9, 'invalid'],
  STATUS_REQUIRED: [9, 'unchecked'],
  SUPERSEDED: [9, 'superseded'],
  REVOKED: [9, 'revoked'],
  NO_PROOF: [10, 'unchecked'],
  ISSUER_NOT_TRUSTED: [10, 'unchecked'],
  TRUST_EXPIRED: [10, 'unchecked'],
  TRUST_ROLLED_BACK: [10, 'unchecked'],
  TRUST_NOT_PINNED: [10, 'unchecked'],
  TRUST_UNREADABLE: [10, 'unchecked'],
  OPENING_UNREADABLE: [10, 'unchecked'],
  PRESENTATION_MALFORMED: [1, 'invalid'],
  CREDENTIAL_ALGORITHM: [6, 'invalid'],
  CREDENTIAL_SIGNATURE: [6, 'invalid'],
  HOLDER_SIGNATURE: [7, 'invalid'],
  PRESENTATION_AUDIENCE: [7, 'invalid'],
  PRESENTATION_EXPIRED: [7, 'invalid'],
  DISCLOSURE_MISMATCH: [8, 'invalid'],
  CREDENTIAL_MISMATCH: [8, 'invalid'],
  HOLDER_NOT_BOUND: [10, 'unchecked'],
};

/** Which step of the verification a code belongs to. */
export function stepOf(code: StepCode): number {
  if (Object.hasOwn(READ_STEPS, code)) return READ_STEPS[code as ReadCode];
  if (Object.hasOwn(NOT_IN_STEP_6, code)) return NOT_IN_STEP_6[code as OwnCode][0];
  return code.startsWith('PROOF_') ? 8 : 6;
}

/** What a code makes of the verdict. */
export function verdictOf(code: StepCode): Verdict {
  if (code === 'TEMPLATE_UNKNOWN') return 'unchecked';
  return Object.hasOwn(NOT_IN_STEP_6, code) ? NOT_IN_STEP_6[code as OwnCode][1] : 'invalid';
}

/** One thing that a verification found. */
export interface Finding {
  readonly code: StepCode;
  readonly reason: string;
}

/** A step that does not hold: nothing after it is looked at. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';

  constructor(
    readonly code: StepCode,
    message: string,
  ) {
    super(message);
  }
}
