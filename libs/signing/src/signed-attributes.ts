/** The signed attributes of PAdES (ETSI EN 319 122-1): exactly those we write, each in one form. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sameBytes } from './bytes.js';
import { formatAttribute, readAttribute, SHA256_ALGORITHM, type Attribute } from './cms-structure.js';
import { DerReader, readSequence, readTime, type DerContext } from './der-read.js';
import { octetString, sequence, TAG, time, tlv } from './der-write.js';
import { SigningError } from './errors.js';
import { OID, OID_DER, type OidName } from './oids.js';
import { SCHEMES, type Scheme } from './signature-scheme.js';

export interface SignedAttributes {
  /** SHA-256 of the signed content, 32 bytes. */
  readonly messageDigest: Uint8Array;
  /** SHA-256 of the signer's certificate, 32 bytes (ESSCertIDv2 with its default hash, without issuerSerial). */
  readonly certificateHash: Uint8Array;
  /**
   * What the signer's clock said; nobody relies on it. PAdES (EN 319 142-1 §6.3) wants it left out: a PDF says it in /M.
   */
  readonly signingTime?: Date;
}

const CONTEXT: DerContext = { what: 'a signed attribute', code: 'CMS_ATTRIBUTE_MALFORMED' };

/** RFC 6211: what stops the algorithms outside the signed attributes from being swapped. */
const PROTECTIONS: Readonly<Record<Scheme, Uint8Array>> = {
  p256: protectionOf(SCHEMES.p256.signerInfo),
  rsa: protectionOf(SCHEMES.rsa.signerInfo),
};

function protectionOf(algorithm: Uint8Array): Uint8Array {
  return sequence(SHA256_ALGORITHM, tlv(0xa1, algorithm.subarray(2)));
}

/** The attributes, DER each, in no order; formatCms and formatSignedAttributeSet sort them. */
export function formatSignedAttributes(attributes: SignedAttributes, scheme: Scheme): Uint8Array[] {
  const { messageDigest, certificateHash, signingTime } = attributes;
  return [
    formatAttribute(OID_DER.contentType, OID_DER.data),
    formatAttribute(OID_DER.messageDigest, octetString(messageDigest)),
    formatAttribute(OID_DER.signingCertificateV2, sequence(sequence(sequence(octetString(certificateHash))))),
    formatAttribute(OID_DER.algorithmProtection, PROTECTIONS[scheme]),
    ...(signingTime === undefined ? [] : [formatAttribute(OID_DER.signingTime, time(signingTime))]),
  ];
}

const REQUIRED: readonly OidName[] = ['contentType', 'messageDigest', 'signingCertificateV2'];
const ALLOWED: readonly OidName[] = [...REQUIRED, 'signingTime', 'algorithmProtection'];

/**
 * Reads them back. CMS_ATTRIBUTE_UNEXPECTED: another one, or one twice; CMS_ATTRIBUTE_MISSING: a required one is absent;
 * CMS_ATTRIBUTE_MALFORMED: a value in another form than ours; CMS_ALGORITHM: the protected algorithms are others.
 */
export function parseSignedAttributes(encoded: readonly Uint8Array[], scheme: Scheme): SignedAttributes {
  const attributes = encoded.map((der): Attribute => {
    return readAttribute(new DerReader(der, CONTEXT).any('an attribute'), CONTEXT.code);
  });
  requireExpected(attributes);
  const value = (name: OidName): Uint8Array | undefined =>
    attributes.find(({ type }) => type === OID[name])?.value;
  if (!sameBytes(value('contentType') ?? new Uint8Array(), OID_DER.data)) {
    throw new SigningError('CMS_ATTRIBUTE_MALFORMED', 'the signed contentType is not data');
  }
  const protection = value('algorithmProtection');
  if (protection !== undefined && !sameBytes(protection, PROTECTIONS[scheme])) {
    throw new SigningError(
      'CMS_ALGORITHM',
      `the protected algorithms are not SHA-256 and ${SCHEMES[scheme].name}`,
    );
  }
  const signingTime = value('signingTime');
  return {
    messageDigest: readHash(
      new DerReader(value('messageDigest') ?? new Uint8Array(), CONTEXT),
      'messageDigest',
    ),
    certificateHash: readCertificateHash(value('signingCertificateV2') ?? new Uint8Array()),
    ...(signingTime === undefined
      ? {}
      : { signingTime: readTime(new DerReader(signingTime, CONTEXT), 'signingTime') }),
  };
}

function requireExpected(attributes: readonly Attribute[]): void {
  const types = attributes.map(({ type }) => type);
  const unexpected = types.find(
    (type, i) => !ALLOWED.some((name) => OID[name] === type) || types.indexOf(type) !== i,
  );
  if (unexpected !== undefined) {
    throw new SigningError(
      'CMS_ATTRIBUTE_UNEXPECTED',
      `signed attribute ${unexpected} is not allowed, or stands twice`,
    );
  }
  const missing = REQUIRED.find((name) => !types.includes(OID[name]));
  if (missing !== undefined)
    throw new SigningError('CMS_ATTRIBUTE_MISSING', `the signed attribute ${missing} is missing`);
}

function readHash(reader: DerReader, name: string): Uint8Array {
  const { content } = reader.next(TAG.octetString, name);
  reader.end(name);
  if (content.length !== 32) throw reader.wrong(`${name} ${bytesToHex(content)} is not a SHA-256 hash`);
  return content;
}

function readCertificateHash(value: Uint8Array): Uint8Array {
  const outer = readSequence(value, 256, CONTEXT);
  const list = outer.into(TAG.sequence, 'certs');
  outer.end('certs');
  const one = list.into(TAG.sequence, 'ESSCertIDv2');
  list.end('ESSCertIDv2');
  return readHash(one, 'certHash');
}
