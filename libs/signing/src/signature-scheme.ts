/**
 * The two pinned ways to sign, both over SHA-256: ECDSA P-256, and RSA as RFC 8017 §8.2 (PKCS #1 v1.5). The key of the
 * certificate decides which; the algorithm that stands beside a signature must be exactly that one's.
 */
import type { CryptoProvider } from './crypto-provider.js';
import { sequence, TAG, tlv } from './der-write.js';
import { isLowS, parseEcdsaSignature } from './ecdsa.js';
import { SigningError } from './errors.js';
import { OID_DER } from './oids.js';
import type { RsaPublicKey } from './rsa.js';

/** A subject's public key; other kinds parse, and every check refuses them. */
export type PublicKey =
  | { readonly kind: 'p256'; /** Uncompressed point, 65 bytes. */ readonly point: Uint8Array }
  | ({ readonly kind: 'rsa' } & RsaPublicKey)
  | {
      readonly kind: 'other';
      /** Hex of the algorithm identifier's content octets. */ readonly algorithm: string;
    };

export type Scheme = 'p256' | 'rsa';

/** DER of the AlgorithmIdentifier in a SignerInfo, and in a certificate. */
interface Algorithms {
  readonly name: string;
  readonly signerInfo: Uint8Array;
  readonly certificate: Uint8Array;
}

const NULL = tlv(TAG.null);

export const SCHEMES: Readonly<Record<Scheme, Algorithms>> = {
  // Parameters are absent (RFC 5754 §3.2).
  p256: {
    name: 'ECDSA with SHA-256 without parameters',
    signerInfo: sequence(OID_DER.ecdsaWithSha256),
    certificate: sequence(OID_DER.ecdsaWithSha256),
  },
  // Parameters are NULL; a SignerInfo names the key's algorithm alone (RFC 3370 §3.2).
  rsa: {
    name: 'RSA with NULL parameters',
    signerInfo: sequence(OID_DER.rsaEncryption, NULL),
    certificate: sequence(OID_DER.sha256WithRsaEncryption, NULL),
  },
};

/** How a holder of this key signs. @throws SigningError CMS_ALGORITHM for a key that we sign with in no way */
export function schemeOf({ kind }: PublicKey): Scheme {
  if (kind !== 'other') return kind;
  throw new SigningError('CMS_ALGORITHM', "the signer's key is neither a P-256 nor an RSA key");
}

/**
 * Checks the signature value of a SignerInfo (for ECDSA DER of r and s with the low s, for RSA its octets).
 * CMS_SIGNATURE_MALFORMED, CMS_HIGH_S, CMS_SIGNATURE_INVALID; CMS_ALGORITHM: a key of another kind.
 */
export function checkSignatureValue(
  key: PublicKey,
  message: Uint8Array,
  value: Uint8Array,
  provider: CryptoProvider,
): void {
  const invalid = () =>
    new SigningError('CMS_SIGNATURE_INVALID', 'the signature value is not of these attributes and this key');
  if (key.kind === 'rsa') {
    if (value.length !== key.modulus.length) {
      throw new SigningError(
        'CMS_SIGNATURE_MALFORMED',
        `an RSA signature has the ${String(key.modulus.length)} bytes of its modulus, got ${String(value.length)}`,
      );
    }
    if (!provider.verifyRsa(key, message, value)) throw invalid();
    return;
  }
  const raw = parseEcdsaSignature(value, 'CMS_SIGNATURE_MALFORMED');
  if (!isLowS(raw)) {
    throw new SigningError(
      'CMS_HIGH_S',
      'the signature value is not the low one of its two forms: somebody turned it over',
    );
  }
  if (key.kind !== 'p256') throw new SigningError('CMS_ALGORITHM', "the signer's key is not a P-256 key");
  if (!provider.verifyP256(key.point, message, raw)) throw invalid();
}
