/**
 * Whose clock a timestamp token (RFC 3161) shows: the authority's signature over it, its certificate, and whether anybody
 * vouches for that authority. What this release cannot check is said to be unchecked; what is wrong is refused.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { sameBytes } from './bytes.js';
import { KEY_USAGE } from './certificate-extensions.js';
import type { PinnedCa } from './certificate-chain.js';
import { checkCertificateSignature, parseCertificate, type Certificate } from './certificate.js';
import { MAX_CMS_BYTES } from './cms-structure.js';
import { type CryptoProvider, nobleProvider } from './crypto-provider.js';
import { DerReader, readInteger, readOid, readSequence, type DerContext, type Tlv } from './der-read.js';
import { contextTag, sequence, TAG, tlv } from './der-write.js';
import { nameValue } from './distinguished-name.js';
import { parseEcdsaSignature } from './ecdsa.js';
import { SigningError } from './errors.js';
import { OID } from './oids.js';
import { verifyRsaDigest, type RsaHash } from './rsa.js';
import { requireTimestampOf } from './timestamp.js';

/** `ca` lines of a trust bundle with this profile vouch for an authority's clock, and for nothing else. */
export const TSA_PROFILE = 'socai-tsa/v1';

/** What a token shows. */
export interface CheckedTimestamp {
  /** The authority's clock. */
  readonly at: Date;
  /** Who signed it; undefined where that could not be checked. */
  readonly authority?: { readonly name: string; readonly certificateSha256: Uint8Array };
  /** `vouched`: of a pinned authority; `unknown`: rightly signed, by nobody we know; `unchecked`: see `why`. */
  readonly clock: 'vouched' | 'unknown' | 'unchecked';
  readonly why?: string;
}

const CONTEXT: DerContext = { what: 'the timestamp', code: 'TIMESTAMP_MALFORMED' };
const MOST_AUTHORITIES = 4;

const HASHES: Readonly<Record<string, { name: RsaHash; of: (data: Uint8Array) => Uint8Array }>> = {
  [OID.sha256]: { name: 'sha256', of: (data) => sha256(data) },
  [OID.sha384]: { name: 'sha384', of: (data) => sha384(data) },
  [OID.sha512]: { name: 'sha512', of: (data) => sha512(data) },
};
const RSA_SIGNATURES: Readonly<Record<string, RsaHash | undefined>> = {
  [OID.sha256WithRsaEncryption]: 'sha256',
  [OID.sha384WithRsaEncryption]: 'sha384',
  [OID.sha512WithRsaEncryption]: 'sha512',
};

/** What cannot be decided here: no fault of the token. */
class Unchecked extends Error {}

/**
 * Reads a token that stands beside `signature` (the SignatureValue's octets).
 * TIMESTAMP_MISMATCH: it is about another signature; TIMESTAMP_SIGNATURE: its own does not hold; TIMESTAMP_CERTIFICATE: the
 * certificate is none for timestamps, or was not in force; TIMESTAMP_MALFORMED, DER_*.
 * @param pins authorities of TSA_PROFILE, each the SPKI of a certificate that the token carries: its own, or one above it
 */
export function checkTimestamp(
  token: Uint8Array,
  signature: Uint8Array,
  pins: readonly PinnedCa[],
  provider: CryptoProvider = nobleProvider,
): CheckedTimestamp {
  const { at } = requireTimestampOf(token, signature, provider);
  try {
    const parts = readToken(token);
    const certificates = readCertificates(parts.certificates);
    const own = pickSigner(certificates, parts.signerId);
    checkSignature(parts, own, provider);
    checkPurpose(own);
    const chain = chainOf(own, certificates, provider);
    requireInForce(own, at);
    const pinned = chain.some((one) => inForce(one, at) && pins.some((pin) => vouches(pin, one, at)));
    const name = nameValue(own.subject, OID.commonName) ?? '';
    const authority = { name, certificateSha256: own.sha256 };
    return { at, authority, clock: pinned ? 'vouched' : 'unknown' };
  } catch (error) {
    if (error instanceof Unchecked) return { at, clock: 'unchecked', why: error.message };
    throw error;
  }
}

interface TokenParts {
  readonly content: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  /** IssuerAndSerialNumber, or [0] subjectKeyIdentifier. */
  readonly signerId: Tlv;
  /** Hex of the identifiers' content octets. */
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly signedAttributes: Tlv;
  readonly signature: Uint8Array;
}

function readToken(token: Uint8Array): TokenParts {
  const contentInfo = readSequence(token, MAX_CMS_BYTES, CONTEXT);
  readOid(contentInfo, 'contentType');
  const signedData = contentInfo.into(contextTag(0), 'content').into(TAG.sequence, 'SignedData');
  readInteger(signedData, 'version');
  signedData.next(TAG.set, 'digestAlgorithms');
  const encapsulated = signedData.into(TAG.sequence, 'encapContentInfo');
  readOid(encapsulated, 'eContentType');
  const { content } = encapsulated.into(contextTag(0), 'eContent').next(TAG.octetString, 'eContent');
  const certificates = signedData.optional(contextTag(0), 'certificates');
  signedData.optional(contextTag(1), 'crls');
  const [signer, ...more] = signedData.into(TAG.set, 'signerInfos').rest('a signer');
  signedData.end('signerInfos');
  if (signer === undefined || more.length > 0) throw unsigned('nobody, or more than one, has signed it');
  const carried = certificates === undefined ? [] : new DerReader(certificates.content, CONTEXT).rest('one');
  return { content, certificates: carried.map(({ bytes }) => bytes), ...readSigner(signer) };
}

function readSigner(signer: Tlv): Omit<TokenParts, 'content' | 'certificates'> {
  const reader = new DerReader(signer.content, CONTEXT);
  if (signer.tag !== TAG.sequence) throw reader.wrong('a signer is not a sequence');
  readInteger(reader, 'the version of SignerInfo');
  const signerId = reader.any('sid');
  const digestAlgorithm = readOid(reader.into(TAG.sequence, 'digestAlgorithm'), 'digestAlgorithm');
  const signedAttributes = reader.optional(contextTag(0), 'signedAttrs');
  if (signedAttributes === undefined) throw unsigned('it has no signed attributes');
  const signatureAlgorithm = readOid(reader.into(TAG.sequence, 'signatureAlgorithm'), 'signatureAlgorithm');
  const signature = reader.next(TAG.octetString, 'signature').content;
  return { signerId, digestAlgorithm, signatureAlgorithm, signedAttributes, signature };
}

/** Certificates of a form that we do not read are no reason to call a timestamp wrong. */
function readCertificates(encoded: readonly Uint8Array[]): Certificate[] {
  return encoded.flatMap((der) => {
    try {
      return [parseCertificate(der)];
    } catch (error) {
      if (error instanceof SigningError) return [];
      throw error;
    }
  });
}

function pickSigner(certificates: readonly Certificate[], { tag, bytes, content }: Tlv): Certificate {
  const own = certificates.find(({ issuer, serial, subjectKeyId }) =>
    tag === TAG.sequence
      ? sameBytes(bytes, sequence(issuer.der, tlv(TAG.integer, serial)))
      : tag === 0x80 && subjectKeyId === bytesToHex(content),
  );
  if (own === undefined) throw new Unchecked('it carries no certificate of its authority that is read here');
  return own;
}

/** The signature over the attributes, and through them over the time and the certificate. */
function checkSignature(parts: TokenParts, own: Certificate, provider: CryptoProvider): void {
  const hash = HASHES[parts.digestAlgorithm];
  if (hash === undefined) throw new Unchecked('it is signed over a hash that this release does not compute');
  const attributes = new Map(
    new DerReader(parts.signedAttributes.content, CONTEXT).rest('an attribute').map(readValue),
  );
  const type = attributes.get(OID.contentType);
  if (type === undefined || readOid(new DerReader(type, CONTEXT), 'contentType') !== OID.tstInfo) {
    throw unsigned('it was signed as something else than a timestamp');
  }
  const digest = new DerReader(attributes.get(OID.messageDigest) ?? new Uint8Array(), CONTEXT);
  if (!sameBytes(digest.next(TAG.octetString, 'messageDigest').content, hash.of(parts.content))) {
    throw unsigned('its time, or what it is about, was changed after it was signed');
  }
  checkNamedCertificate(attributes, own);
  const signed = Uint8Array.from(parts.signedAttributes.bytes);
  signed[0] = TAG.set;
  if (!holds(parts, own, hash, signed, provider)) throw unsigned('its signature is not its authority’s');
}

function holds(
  { signatureAlgorithm, signature }: TokenParts,
  { publicKey }: Certificate,
  hash: { readonly name: RsaHash; readonly of: (data: Uint8Array) => Uint8Array },
  signed: Uint8Array,
  provider: CryptoProvider,
): boolean {
  if (publicKey.kind === 'rsa') {
    const named = signatureAlgorithm === OID.rsaEncryption ? hash.name : RSA_SIGNATURES[signatureAlgorithm];
    if (named === undefined) throw new Unchecked('it is signed in a way that this release does not check');
    const { of } = Object.values(HASHES).find(({ name }) => name === named)!;
    return verifyRsaDigest(publicKey, of(signed), signature, named);
  }
  if (publicKey.kind !== 'p256' || signatureAlgorithm !== OID.ecdsaWithSha256) {
    throw new Unchecked('it is signed in a way that this release does not check');
  }
  return provider.verifyP256(publicKey.point, signed, parseEcdsaSignature(signature, 'TIMESTAMP_SIGNATURE'));
}

/** RFC 3161 §2.4.1, RFC 5816: which certificate it is stands in what is signed. */
function checkNamedCertificate(attributes: ReadonlyMap<string, Uint8Array>, own: Certificate): void {
  const second = attributes.get(OID.signingCertificateV2);
  const first = second ?? attributes.get(OID.signingCertificate);
  if (first === undefined) throw unsigned('what is signed does not name the certificate');
  const list = readSequence(first, MAX_CMS_BYTES, CONTEXT).into(TAG.sequence, 'certs');
  const id = list.into(TAG.sequence, 'ESSCertID');
  const algorithm = second === undefined ? undefined : id.optional(TAG.sequence, 'hashAlgorithm');
  const hash = algorithm && HASHES[readOid(new DerReader(algorithm.content, CONTEXT), 'hashAlgorithm')];
  if (algorithm !== undefined && hash === undefined)
    throw new Unchecked('it names its certificate by another hash');
  const named = id.next(TAG.octetString, 'certHash').content;
  const found = second === undefined ? sha1(own.der) : (hash?.of ?? sha256)(own.der);
  if (!sameBytes(named, found)) throw unsigned('what is signed names another certificate');
}

function readValue(attribute: Tlv): [type: string, value: Uint8Array] {
  const reader = new DerReader(attribute.content, CONTEXT);
  const type = readOid(reader, 'an attribute type');
  return [type, reader.into(TAG.set, 'the values of an attribute').any('a value').bytes];
}

/** RFC 3161 §2.3: a certificate for timestamps, critically so, and for nothing else. */
function checkPurpose({ extensions, extendedKeyUsage, keyUsage }: Certificate): void {
  const critical = extensions.find(({ type }) => type === OID.extendedKeyUsage)?.critical === true;
  const only = extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === OID.timeStamping;
  const signs =
    keyUsage === undefined || (keyUsage & (KEY_USAGE.digitalSignature | KEY_USAGE.contentCommitment)) !== 0;
  if (critical && only && signs) return;
  throw new SigningError(
    'TIMESTAMP_CERTIFICATE',
    'the timestamp is signed with a certificate that is not for timestamps alone',
  );
}

/** As far up as the token's certificates lead and can be checked; a link that is wrong is refused. */
function chainOf(
  own: Certificate,
  certificates: readonly Certificate[],
  provider: CryptoProvider,
): Certificate[] {
  const chain = [own];
  for (let last = own; chain.length <= MOST_AUTHORITIES;) {
    if (sameBytes(last.issuer.der, last.subject.der)) break;
    const issuer = certificates.find(({ subject }) => sameBytes(subject.der, last.issuer.der));
    if (issuer === undefined || chain.includes(issuer)) break;
    if (
      issuer.basicConstraints?.ca !== true ||
      ((issuer.keyUsage ?? KEY_USAGE.keyCertSign) & KEY_USAGE.keyCertSign) === 0
    ) {
      throw new SigningError(
        'TIMESTAMP_CERTIFICATE',
        'the certificate of the timestamp was issued by one that may not issue any',
      );
    }
    try {
      checkCertificateSignature(last, issuer, provider);
    } catch (error) {
      if (!(error instanceof SigningError) || error.code === 'CERT_ALGORITHM') break;
      throw new SigningError(
        'TIMESTAMP_CERTIFICATE',
        'the certificate of the timestamp was not issued by whom it names',
      );
    }
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

function requireInForce(own: Certificate, at: Date): void {
  if (inForce(own, at)) return;
  throw new SigningError(
    'TIMESTAMP_CERTIFICATE',
    `the certificate of the timestamp was not in force at ${at.toISOString()}`,
  );
}

function inForce({ notBefore, notAfter }: Certificate, at: Date): boolean {
  return notBefore <= at && at <= notAfter;
}

function vouches(pin: PinnedCa, { spkiSha256 }: Certificate, at: Date): boolean {
  const holdsThen = pin.from <= at && (pin.to === undefined || at < pin.to);
  return pin.profile === TSA_PROFILE && holdsThen && sameBytes(pin.spkiSha256, spkiSha256);
}

function unsigned(why: string): SigningError {
  return new SigningError('TIMESTAMP_SIGNATURE', `the timestamp: ${why}`);
}
