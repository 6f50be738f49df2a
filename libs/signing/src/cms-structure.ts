/**
 * The one shape of CMS SignedData (RFC 5652) that a Sổ Cái signature has. What can vary is CmsParts; everything else is
 * fixed here, so that formatCms(parseCms(x)) is x or parseCms throws: no octet of a signature is free.
 *
 * ContentInfo { signedData, [0] SignedData { 1, {sha256}, {id-data}, [0] certificates, { SignerInfo } } }
 * SignerInfo  { 1, issuerAndSerialNumber, sha256, [0] signedAttrs, scheme, signature, [1] unsignedAttrs }
 * SHA-256 has no parameters (RFC 5754 §2); the scheme is one of the two of signature-scheme.ts, never a free choice.
 */
import { sameBytes } from './bytes.js';
import {
  DerReader,
  readOid,
  readSequence,
  readSetOf,
  readSmallInteger,
  type DerContext,
  type Tlv,
} from './der-read.js';
import { contextTag, inSetOrder, octetString, sequence, setOf, smallInteger, TAG, tlv } from './der-write.js';
import { SigningError, type SigningErrorCode } from './errors.js';
import { OID, OID_DER } from './oids.js';
import { SCHEMES, type Scheme } from './signature-scheme.js';

export interface CmsParts {
  /** Certificates, DER. */
  readonly certificates: readonly Uint8Array[];
  /** IssuerAndSerialNumber, DER. */
  readonly signerId: Uint8Array;
  readonly scheme: Scheme;
  /** Attributes, DER each. */
  readonly signedAttributes: readonly Uint8Array[];
  /** Octets of the SignatureValue: of ECDSA DER of r and s. */
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly Attribute[];
}

/** An attribute with its single value. */
export interface Attribute {
  /** Hex of the identifier's DER content octets (oids.ts). */
  readonly type: string;
  /** The value's whole TLV. */
  readonly value: Uint8Array;
}

/** Room for the seal in the PDF's /Contents; no CMS of ours is longer. */
export const MAX_CMS_BYTES = 16 * 1024;

export const SHA256_ALGORITHM = sequence(OID_DER.sha256);

const CONTEXT: DerContext = { what: 'the CMS', code: 'CMS_MALFORMED' };

function fail(code: SigningErrorCode, why: string): SigningError {
  return new SigningError(code, `the CMS: ${why}`);
}

/** DER of an Attribute: SEQUENCE { type, SET { value } }; `type` is the identifier's DER. */
export function formatAttribute(type: Uint8Array, value: Uint8Array): Uint8Array {
  return sequence(type, setOf([value]));
}

/** The signed attributes as the SET OF over which the signature is made (RFC 5652 §5.4). */
export function formatSignedAttributeSet(attributes: readonly Uint8Array[]): Uint8Array {
  return setOf(attributes);
}

/** DER of the ContentInfo. Longer than MAX_CMS_BYTES: DER_TOO_LARGE. */
export function formatCms(parts: CmsParts): Uint8Array {
  const signerInfo = sequence(
    smallInteger(1),
    parts.signerId,
    SHA256_ALGORITHM,
    tlv(contextTag(0), ...inSetOrder(parts.signedAttributes)),
    SCHEMES[parts.scheme].signerInfo,
    octetString(parts.signature),
    ...formatUnsignedAttributes(parts.unsignedAttributes),
  );
  const signedData = sequence(
    smallInteger(1),
    setOf([SHA256_ALGORITHM]),
    sequence(OID_DER.data),
    tlv(contextTag(0), ...inSetOrder(parts.certificates)),
    setOf([signerInfo]),
  );
  const der = sequence(OID_DER.signedData, tlv(contextTag(0), signedData));
  if (der.length > MAX_CMS_BYTES) {
    throw new SigningError(
      'DER_TOO_LARGE',
      `the CMS has ${der.length} bytes; a signature has room for ${MAX_CMS_BYTES}`,
    );
  }
  return der;
}

function formatUnsignedAttributes(attributes: readonly Attribute[]): Uint8Array[] {
  if (attributes.length === 0) return [];
  const encoded = attributes.map(({ type, value }) => {
    const known = UNSIGNED_TYPES.find(([hex]) => hex === type);
    if (known === undefined)
      throw fail('CMS_UNSIGNED_ATTRIBUTE', `unsigned attribute ${type} is not allowed`);
    return formatAttribute(known[1], value);
  });
  return [tlv(contextTag(1), ...inSetOrder(encoded))];
}

/** The only unsigned attributes allowed, hex and DER of their identifiers. */
const UNSIGNED_TYPES: readonly (readonly [string, Uint8Array])[] = [
  [OID.socaiProof, OID_DER.socaiProof],
  [OID.signatureTimestamp, OID_DER.signatureTimestamp],
];

/**
 * Reads the shape above and nothing else; checks no signature and no certificate.
 * DER_MALFORMED, DER_SET_ORDER, DER_TOO_LARGE: not DER; CMS_*: DER of something else, each deviation with its code.
 */
export function parseCms(der: Uint8Array): CmsParts {
  const contentInfo = readSequence(der, MAX_CMS_BYTES, CONTEXT);
  if (readOid(contentInfo, 'contentType') !== OID.signedData)
    throw fail('CMS_NOT_SIGNED_DATA', 'it is not SignedData');
  const wrapper = contentInfo.into(contextTag(0), 'content');
  contentInfo.end('content');
  const parts = readSignedData(wrapper.into(TAG.sequence, 'SignedData'));
  wrapper.end('SignedData');
  if (!sameBytes(formatCms(parts), der))
    throw fail('CMS_NOT_CANONICAL', 'it is not encoded as our formatter encodes it');
  return parts;
}

function readSignedData(reader: DerReader): CmsParts {
  if (readSmallInteger(reader, 'version') !== 1) throw reader.wrong('its version is not 1');
  requireAlgorithms(readSetOf(reader.next(TAG.set, 'digestAlgorithms').content, 'digestAlgorithms', CONTEXT));
  requireDetached(reader.into(TAG.sequence, 'encapContentInfo'));
  const certificates = readCertificates(reader);
  const signers = readSetOf(reader.next(TAG.set, 'signerInfos').content, 'signerInfos', CONTEXT);
  reader.end('signerInfos');
  const [signer] = signers;
  if (signer?.tag !== TAG.sequence || signers.length !== 1) {
    throw fail('CMS_SIGNER_COUNT', `it has ${signers.length} signers, not one`);
  }
  return { certificates, ...readSignerInfo(new DerReader(signer.content, CONTEXT)) };
}

function requireAlgorithms(algorithms: readonly Tlv[]): void {
  const [only] = algorithms;
  if (only === undefined || algorithms.length !== 1 || !sameBytes(only.bytes, SHA256_ALGORITHM)) {
    throw fail('CMS_ALGORITHM', 'its digest algorithms are not SHA-256 alone');
  }
}

function requireDetached(encapsulated: DerReader): void {
  const type = readOid(encapsulated, 'eContentType');
  if (!encapsulated.atEnd) throw fail('CMS_NOT_DETACHED', 'it carries the content that it signs');
  if (type !== OID.data) throw encapsulated.wrong('it signs something else than data');
}

function readCertificates(reader: DerReader): Uint8Array[] {
  const set = reader.optional(contextTag(0), 'certificates');
  if (set === undefined) throw fail('CMS_CERTIFICATE_MISSING', 'it carries no certificates');
  return readSetOf(set.content, 'certificates', CONTEXT).map(({ tag, bytes }) => {
    if (tag !== TAG.sequence)
      throw fail('CMS_STRAY_CERTIFICATE', 'it carries a certificate of another kind than X.509');
    return bytes;
  });
}

function readSignerInfo(reader: DerReader): Omit<CmsParts, 'certificates'> {
  if (readSmallInteger(reader, 'the version of SignerInfo') !== 1) {
    throw fail('CMS_SIGNER_ID', 'the signer is not named by issuer and serial number');
  }
  const signerId = reader.next(TAG.sequence, 'issuerAndSerialNumber').bytes;
  if (!sameBytes(reader.next(TAG.sequence, 'digestAlgorithm').bytes, SHA256_ALGORITHM)) {
    throw fail('CMS_ALGORITHM', 'its digest algorithm is not SHA-256 without parameters');
  }
  const signedSet = reader.optional(contextTag(0), 'signedAttrs');
  if (signedSet === undefined) throw fail('CMS_ATTRIBUTE_MISSING', 'it has no signed attributes');
  const signedAttributes = readSetOf(signedSet.content, 'signedAttrs', CONTEXT).map(({ bytes }) => bytes);
  const scheme = readScheme(reader.next(TAG.sequence, 'signatureAlgorithm').bytes);
  const signature = reader.next(TAG.octetString, 'signature').content;
  const unsignedSet = reader.optional(contextTag(1), 'unsignedAttrs');
  reader.end('SignerInfo');
  const unsignedAttributes = unsignedSet === undefined ? [] : readUnsignedAttributes(unsignedSet);
  return { signerId, scheme, signedAttributes, signature, unsignedAttributes };
}

function readScheme(algorithm: Uint8Array): Scheme {
  for (const scheme of ['p256', 'rsa'] as const) {
    if (sameBytes(algorithm, SCHEMES[scheme].signerInfo)) return scheme;
  }
  throw fail('CMS_ALGORITHM', `its algorithm is neither ${SCHEMES.p256.name} nor ${SCHEMES.rsa.name}`);
}

function readUnsignedAttributes(set: Tlv): Attribute[] {
  const attributes = readSetOf(set.content, 'unsignedAttrs', CONTEXT).map((value) =>
    readAttribute(value, 'CMS_UNSIGNED_ATTRIBUTE'),
  );
  const types = attributes.map(({ type }) => type);
  const allowed = types.every((type) => UNSIGNED_TYPES.some(([hex]) => hex === type));
  if (types.length === 0 || !allowed || new Set(types).size !== types.length) {
    throw fail(
      'CMS_UNSIGNED_ATTRIBUTE',
      'only one proof and one signature timestamp may stand beside a signature',
    );
  }
  return attributes;
}

/** Reads an Attribute of exactly one value; another number, or another shape: `code`. */
export function readAttribute(attribute: Tlv, code: SigningErrorCode): Attribute {
  const context: DerContext = { ...CONTEXT, code };
  const reader = new DerReader(attribute.content, context);
  if (attribute.tag !== TAG.sequence) throw reader.wrong('an attribute is not a sequence');
  const type = readOid(reader, 'an attribute type');
  const values = readSetOf(
    reader.next(TAG.set, 'the values of an attribute').content,
    'an attribute',
    context,
  );
  reader.end('an attribute');
  const [value] = values;
  if (value === undefined || values.length !== 1)
    throw reader.wrong('an attribute has not exactly one value');
  return { type, value: value.bytes };
}
