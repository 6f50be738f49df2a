/** Verifying a detached CMS, step 6 of transcript-format.md. The chain's trust is checkChain's, its time checkValidity's. */
import { sameBytes } from './bytes.js';
import { parseCertificate, type Certificate } from './certificate.js';
import { formatSignedAttributeSet, parseCms, type CmsParts } from './cms-structure.js';
import { type CryptoProvider, nobleProvider } from './crypto-provider.js';
import { sequence, TAG, tlv } from './der-write.js';
import { SigningError } from './errors.js';
import { OID } from './oids.js';
import { checkSignatureValue, schemeOf } from './signature-scheme.js';
import { parseSignedAttributes } from './signed-attributes.js';
import { requireTimestampOf } from './timestamp.js';

export interface VerifiedCms {
  /** The signer's certificate, which the ESS hash picks. */
  readonly certificate: Certificate;
  /** Signer first, then each one's issuer; every certificate of the CMS is in it. For checkChain. */
  readonly chain: readonly Certificate[];
  /** What the signer claims, if it does; never a basis of a decision. */
  readonly signingTime?: Date;
  /** Octets of the SignatureValue (of ECDSA DER of r and s): what the ledger's `doc` commitment hashes. */
  readonly signatureValue: Uint8Array;
  /** Not covered by the signature. `proof`: DER of SocaiProof (proof-attribute.ts); `timestamp`: DER of the token. */
  readonly unsignedAttributes: { readonly proof?: Uint8Array; readonly timestamp?: Uint8Array };
}

/**
 * Checks that `cms` is one strict, detached signature over content whose SHA-256 is `contentDigest`, by the key of the
 * certificate in it, and that a timestamp beside it is about it. Every failure is a SigningError: DER_*, CMS_* and
 * TIMESTAMP_* (and CERT_MALFORMED of a certificate in it).
 */
export function verifyCms(
  cms: Uint8Array,
  contentDigest: Uint8Array,
  provider: CryptoProvider = nobleProvider,
): VerifiedCms {
  const parts = parseCms(cms);
  const attributes = parseSignedAttributes(parts.signedAttributes, parts.scheme);
  const certificates = parts.certificates.map(parseCertificate);
  const certificate = pickSigner(certificates, attributes.certificateHash);
  requireSignerId(parts.signerId, certificate);
  const chain = orderChain(certificate, certificates);
  requireScheme(parts, certificate);
  const signed = formatSignedAttributeSet(parts.signedAttributes);
  checkSignatureValue(certificate.publicKey, signed, parts.signature, provider);
  if (!sameBytes(attributes.messageDigest, contentDigest)) {
    throw new SigningError(
      'CMS_DIGEST_MISMATCH',
      'the signature is over other content: the document was changed',
    );
  }
  return {
    certificate,
    chain,
    ...(attributes.signingTime === undefined ? {} : { signingTime: attributes.signingTime }),
    signatureValue: parts.signature,
    unsignedAttributes: readUnsigned(parts, provider),
  };
}

function pickSigner(certificates: readonly Certificate[], hash: Uint8Array): Certificate {
  const signer = certificates.find((certificate) => sameBytes(certificate.sha256, hash));
  if (signer === undefined) {
    throw new SigningError(
      'CMS_ESS_MISMATCH',
      'no certificate of the CMS is the one that the signer signed with',
    );
  }
  return signer;
}

function requireSignerId(signerId: Uint8Array, { issuer, serial }: Certificate): void {
  if (!sameBytes(signerId, sequence(issuer.der, tlv(TAG.integer, serial)))) {
    throw new SigningError(
      'CMS_SIGNER_ID',
      'the CMS names another signer than the certificate that was signed with',
    );
  }
}

function requireScheme({ scheme }: CmsParts, { publicKey }: Certificate): void {
  if (scheme === schemeOf(publicKey)) return;
  throw new SigningError('CMS_ALGORITHM', "the algorithm is not that of the signer's key");
}

/** From the signer by issuer's name to a self-issued certificate; each certificate once, none left over. */
function orderChain(signer: Certificate, certificates: readonly Certificate[]): Certificate[] {
  const chain = [signer];
  const others = certificates.filter((certificate) => certificate !== signer);
  for (let last = signer; !sameBytes(last.issuer.der, last.subject.der);) {
    const [issuer, ...twins] = others.filter(({ subject }) => sameBytes(subject.der, last.issuer.der));
    if (issuer === undefined) {
      throw new SigningError(
        'CMS_CERTIFICATE_MISSING',
        "the CMS lacks the certificate of a certificate's issuer",
      );
    }
    if (twins.length > 0 || chain.includes(issuer)) break;
    chain.push(issuer);
    last = issuer;
  }
  if (chain.length !== certificates.length) {
    throw new SigningError(
      'CMS_STRAY_CERTIFICATE',
      'the CMS carries certificates that are not of the signer’s chain',
    );
  }
  return chain;
}

function readUnsigned(
  { unsignedAttributes, signature }: CmsParts,
  provider: CryptoProvider,
): VerifiedCms['unsignedAttributes'] {
  const proof = unsignedAttributes.find(({ type }) => type === OID.socaiProof)?.value;
  const timestamp = unsignedAttributes.find(({ type }) => type === OID.signatureTimestamp)?.value;
  if (timestamp !== undefined) requireTimestampOf(timestamp, signature, provider);
  return { ...(proof === undefined ? {} : { proof }), ...(timestamp === undefined ? {} : { timestamp }) };
}
