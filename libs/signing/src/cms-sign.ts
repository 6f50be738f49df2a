/**
 * Making a signature in two phases, so that the key may be anywhere: prepare → bytes to sign → (a file, a token, a
 * service) → signature → assemble. With the same inputs the bytes are the same; nothing here reads a clock or a die.
 */
import { sameBytes } from './bytes.js';
import { parseCertificate } from './certificate.js';
import { formatCms, formatSignedAttributeSet } from './cms-structure.js';
import { type CryptoProvider, nobleProvider } from './crypto-provider.js';
import { DerReader } from './der-read.js';
import { sequence, TAG, tlv } from './der-write.js';
import { formatEcdsaSignature, toLowS } from './ecdsa.js';
import { SigningError } from './errors.js';
import { checkSignatureValue, schemeOf } from './signature-scheme.js';
import { formatSignedAttributes } from './signed-attributes.js';
import type { Signer } from './signer.js';

/** A signature that waits for its value. It may be stored: nothing in it is secret, and nothing else is needed later. */
export interface PreparedSignature {
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
  /** DER of the signed attributes: ECDSA P-256 or RSA over SHA-256 of exactly these bytes. */
  readonly toBeSigned: Uint8Array;
}

/**
 * First phase. `contentDigest`: SHA-256 of the ByteRange bytes (32 bytes); `certificate`: the signer's, DER;
 * `signingTime`: whole seconds, best left out in a PDF (see SignedAttributes).
 */
export function prepareSignedAttributes(
  contentDigest: Uint8Array,
  certificate: Uint8Array,
  signingTime?: Date,
): PreparedSignature {
  if (contentDigest.length !== 32) {
    throw new SigningError(
      'CMS_ATTRIBUTE_MALFORMED',
      `a SHA-256 digest has 32 bytes, got ${contentDigest.length}`,
    );
  }
  const { sha256: certificateHash, publicKey } = parseCertificate(certificate);
  const attributes = formatSignedAttributes(
    {
      messageDigest: contentDigest,
      certificateHash,
      ...(signingTime === undefined ? {} : { signingTime }),
    },
    schemeOf(publicKey),
  );
  return { certificate, toBeSigned: formatSignedAttributeSet(attributes) };
}

/**
 * Second phase: the detached CMS, DER. `signature`: raw r‖s of 64 bytes (it is turned low), or the octets of an RSA
 * signature, wherever it comes from; it is checked here, so that a wrong key, a wrong card or a damaged answer never reaches a document. `chain`: as
 * Signer.certificateChain. SIGNATURE_MALFORMED, SIGNATURE_INVALID; CERT_CHAIN: the chain begins with another certificate.
 */
export function assembleCms(
  prepared: PreparedSignature,
  signature: Uint8Array,
  chain: readonly Uint8Array[],
  provider: CryptoProvider = nobleProvider,
): Uint8Array {
  const [own] = chain;
  if (own === undefined || !sameBytes(own, prepared.certificate)) {
    throw new SigningError(
      'CERT_CHAIN',
      'the chain does not begin with the certificate that the signature was prepared for',
    );
  }
  const { publicKey, issuer, serial } = parseCertificate(own);
  const scheme = schemeOf(publicKey);
  const value = scheme === 'rsa' ? signature : formatEcdsaSignature(toLowS(signature));
  try {
    checkSignatureValue(publicKey, prepared.toBeSigned, value, provider);
  } catch (error) {
    const why = 'the signature was not made over these bytes by the key of the certificate';
    throw new SigningError('SIGNATURE_INVALID', why, { cause: error });
  }
  return formatCms({
    certificates: chain,
    signerId: sequence(issuer.der, tlv(TAG.integer, serial)),
    signedAttributes: readPreparedAttributes(prepared.toBeSigned),
    scheme,
    signature: value,
    unsignedAttributes: [],
  });
}

function readPreparedAttributes(toBeSigned: Uint8Array): Uint8Array[] {
  const reader = new DerReader(toBeSigned, {
    what: 'the prepared signature',
    code: 'CMS_ATTRIBUTE_MALFORMED',
  });
  return reader
    .into(TAG.set, 'the signed attributes')
    .rest('an attribute')
    .map(({ bytes }) => bytes);
}

/** Both phases with a signer at hand. */
export async function signCms(
  contentDigest: Uint8Array,
  signer: Signer,
  options: { readonly signingTime?: Date; readonly provider?: CryptoProvider } = {},
): Promise<Uint8Array> {
  const [own] = signer.certificateChain;
  if (own === undefined) throw new SigningError('CERT_CHAIN', 'the signer has no certificate');
  const prepared = prepareSignedAttributes(contentDigest, own, options.signingTime);
  const signature = await signer.sign(prepared.toBeSigned);
  return assembleCms(prepared, signature, signer.certificateChain, options.provider);
}
