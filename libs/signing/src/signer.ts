/** What can sign: a key file, a token, a remote service, a person's agent. It gets bytes, and gives back a signature. */
import { p256 } from '@noble/curves/nist.js';

export interface Signer {
  /** DER certificates: the signer's own first, then its issuers up to the self-signed authority. */
  readonly certificateChain: readonly Uint8Array[];

  /**
   * By the key of the certificate over SHA-256 of `toBeSigned`: ECDSA P-256 as raw r‖s (64 bytes; s may be high, assembleCms
   * turns it low), or RSASSA-PKCS1-v1_5 (as many bytes as the modulus).
   * A token that wants the digest hashes first; one that asks a person may take minutes, or reject.
   */
  sign(toBeSigned: Uint8Array): Promise<Uint8Array>;
}

/** A signer from a secret key in memory, deterministic (RFC 6979): for golden files and tests. */
export function secretKeySigner(secretKey: Uint8Array, certificateChain: readonly Uint8Array[]): Signer {
  return {
    certificateChain,
    sign: (toBeSigned) => Promise.resolve(p256.sign(toBeSigned, secretKey)),
  };
}
