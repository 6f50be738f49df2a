/** Everything that can be wrong with a key, a certificate, a CMS or a proof attribute; a closed list, stable for ever. */
export type SigningErrorCode =
  // encoding: not the one DER form of its value
  | 'DER_MALFORMED'
  | 'DER_SET_ORDER'
  | 'DER_TOO_LARGE'
  // ECDSA signature values
  | 'SIGNATURE_MALFORMED'
  | 'SIGNATURE_INVALID'
  // certificates
  | 'CERT_MALFORMED'
  | 'CERT_ALGORITHM'
  | 'CERT_SIGNATURE'
  | 'CERT_PROFILE'
  | 'CERT_KEY_USAGE'
  | 'CERT_ROLE'
  | 'CERT_CHAIN'
  | 'CERT_NOT_YET_VALID'
  | 'CERT_EXPIRED'
  | 'CERT_REVOKED'
  | 'CERT_REQUEST'
  | 'CA_NOT_PINNED'
  | 'CA_PIN_NOT_IN_FORCE'
  | 'CA_PROFILE_UNKNOWN'
  // revocation lists
  | 'CRL_MALFORMED'
  | 'CRL_UNSUPPORTED'
  | 'CRL_ISSUER'
  | 'CRL_SIGNATURE'
  // CMS SignedData
  | 'CMS_MALFORMED'
  | 'CMS_NOT_SIGNED_DATA'
  | 'CMS_NOT_DETACHED'
  | 'CMS_NOT_CANONICAL'
  | 'CMS_ALGORITHM'
  | 'CMS_SIGNER_COUNT'
  | 'CMS_SIGNER_ID'
  | 'CMS_ATTRIBUTE_MISSING'
  | 'CMS_ATTRIBUTE_UNEXPECTED'
  | 'CMS_ATTRIBUTE_MALFORMED'
  | 'CMS_UNSIGNED_ATTRIBUTE'
  | 'CMS_CERTIFICATE_MISSING'
  | 'CMS_STRAY_CERTIFICATE'
  | 'CMS_ESS_MISMATCH'
  | 'CMS_DIGEST_MISMATCH'
  | 'CMS_HIGH_S'
  | 'CMS_SIGNATURE_MALFORMED'
  | 'CMS_SIGNATURE_INVALID'
  // timestamps
  | 'TIMESTAMP_MALFORMED'
  | 'TIMESTAMP_MISMATCH'
  | 'TIMESTAMP_SIGNATURE'
  | 'TIMESTAMP_CERTIFICATE'
  | 'TIMESTAMP_REFUSED'
  | 'TIMESTAMP_UNREACHABLE'
  // the proof attribute
  | 'PROOF_MALFORMED'
  | 'PROOF_CONFLICT'
  // key and certificate files
  | 'KEY_FILE_EXISTS'
  | 'KEY_FILE_MISSING'
  | 'KEY_FILE_MALFORMED'
  | 'KEY_FILE_PERMISSIONS'
  | 'KEY_PASSPHRASE_WEAK'
  | 'KEY_PASSPHRASE_WRONG'
  | 'KEY_MISMATCH'
  | 'CERT_FILE_MALFORMED'
  // PKCS#11 tokens
  | 'TOKEN_MODULE'
  | 'TOKEN_MISSING'
  | 'TOKEN_PIN'
  | 'TOKEN_PIN_LOCKED'
  | 'TOKEN_KEY_MISSING'
  | 'TOKEN_FAILED';

/** What this room throws for bad input; `code` is for programs, `message` says what happened, to what, what to do. */
export class SigningError extends Error {
  override readonly name = 'SigningError';

  constructor(
    readonly code: SigningErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
