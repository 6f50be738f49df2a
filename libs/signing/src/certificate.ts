/** X.509 v3 certificates (RFC 5280): the fields we need, read strictly. What they must say is a profile's business. */
import { sha256 } from '@noble/hashes/sha2.js';
import { sameBytes } from './bytes.js';
import {
  readExtensions,
  readExtensionValues,
  type CertificateExtension,
  type ExtensionValues,
} from './certificate-extensions.js';
import { type CryptoProvider, nobleProvider } from './crypto-provider.js';
import {
  DerReader,
  readBitString,
  readInteger,
  readOid,
  readSequence,
  readTime,
  type DerContext,
} from './der-read.js';
import { contextTag, TAG } from './der-write.js';
import { readName, type DistinguishedName } from './distinguished-name.js';
import { parseEcdsaSignature } from './ecdsa.js';
import { SigningError } from './errors.js';
import { OID } from './oids.js';
import { isAcceptableRsaKey, type RsaPublicKey } from './rsa.js';
import { SCHEMES, type PublicKey } from './signature-scheme.js';

export interface Certificate extends ExtensionValues {
  readonly der: Uint8Array;
  /** SHA-256 of the whole certificate: what `key.added` commits to and what ESS names. */
  readonly sha256: Uint8Array;
  readonly serial: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: PublicKey;
  /** SHA-256 of SubjectPublicKeyInfo: what a trust bundle pins. */
  readonly spkiSha256: Uint8Array;
  readonly extensions: readonly CertificateExtension[];
  /** The signed part, its algorithm and the signature's octets (of ECDSA: DER of r and s). */
  readonly signed: {
    readonly tbs: Uint8Array;
    readonly algorithm: Uint8Array;
    readonly signature: Uint8Array;
  };
}

/** Longer certificates are not read: four of them would not fit a CMS anyhow. */
const MAX_CERTIFICATE_BYTES = 8192;

const CONTEXT: DerContext = { what: 'the certificate', code: 'CERT_MALFORMED' };

/**
 * Reads one certificate; nothing but its own encoding is checked.
 * Not DER: DER_MALFORMED, DER_SET_ORDER or DER_TOO_LARGE; not a v3 certificate as RFC 5280 writes it: CERT_MALFORMED.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const outer = readSequence(der, MAX_CERTIFICATE_BYTES, CONTEXT);
  const tbs = outer.next(TAG.sequence, 'tbsCertificate');
  const algorithm = outer.next(TAG.sequence, 'signatureAlgorithm').bytes;
  const signature = readBitString(outer, 'signatureValue');
  outer.end('signatureValue');
  return {
    der,
    sha256: sha256(der),
    ...readTbs(new DerReader(tbs.content, CONTEXT), algorithm),
    signed: { tbs: tbs.bytes, algorithm, signature },
  };
}

function readTbs(tbs: DerReader, algorithm: Uint8Array): Omit<Certificate, 'der' | 'sha256' | 'signed'> {
  const version = tbs.into(contextTag(0), 'version');
  if (readInteger(version, 'version')[0] !== 2) throw tbs.wrong('it is not version 3');
  version.end('version');
  const serial = readInteger(tbs, 'serialNumber');
  if ((serial[0] ?? 0) >= 0x80 || serial.length > 20) throw tbs.wrong('serialNumber is negative or too long');
  if (!sameBytes(tbs.next(TAG.sequence, 'signature').bytes, algorithm)) {
    throw tbs.wrong('the two signature algorithms differ');
  }
  const issuer = readName(tbs, 'issuer', CONTEXT);
  const validity = tbs.into(TAG.sequence, 'validity');
  const notBefore = readTime(validity, 'notBefore');
  const notAfter = readTime(validity, 'notAfter');
  validity.end('notAfter');
  const subject = readName(tbs, 'subject', CONTEXT);
  const spki = tbs.next(TAG.sequence, 'subjectPublicKeyInfo').bytes;
  const publicKey = readPublicKey(spki);
  const wrapper = tbs.into(contextTag(3), 'extensions');
  const extensions = readExtensions(wrapper.into(TAG.sequence, 'extensions'), CONTEXT);
  wrapper.end('extensions');
  tbs.end('extensions');
  const values = readExtensionValues(extensions, CONTEXT);
  const spkiSha256 = sha256(spki);
  return { serial, issuer, subject, notBefore, notAfter, publicKey, spkiSha256, extensions, ...values };
}

const KEY_CONTEXT: DerContext = { ...CONTEXT, what: 'the public key' };

/**
 * Reads SubjectPublicKeyInfo (DER). A P-256 key must be a named curve and an uncompressed point, an RSA key one that rsa.ts
 * accepts: else CERT_MALFORMED.
 */
function readPublicKey(spki: Uint8Array): PublicKey {
  const reader = readSequence(spki, MAX_CERTIFICATE_BYTES, KEY_CONTEXT);
  const algorithm = reader.into(TAG.sequence, 'algorithm');
  const kind = readOid(algorithm, 'algorithm');
  if (kind === OID.rsaEncryption) return { kind: 'rsa', ...readRsaKey(reader, algorithm) };
  if (kind !== OID.ecPublicKey) return { kind: 'other', algorithm: kind };
  const curve = readOid(algorithm, 'the curve');
  algorithm.end('the curve');
  const point = readBitString(reader, 'the point');
  reader.end('the point');
  if (curve !== OID.prime256v1) return { kind: 'other', algorithm: curve };
  if (point.length !== 65 || point[0] !== 4) throw reader.wrong('the point is not uncompressed P-256');
  return { kind: 'p256', point };
}

/** RSAPublicKey ::= SEQUENCE { modulus, publicExponent } in the bit string; the algorithm's parameters are NULL. */
function readRsaKey(reader: DerReader, algorithm: DerReader): RsaPublicKey {
  if (algorithm.next(TAG.null, 'the parameters').content.length > 0) {
    throw algorithm.wrong('the parameters of an RSA key are not NULL');
  }
  algorithm.end('the parameters');
  const octets = readBitString(reader, 'the key');
  reader.end('the key');
  const key = readSequence(octets, MAX_CERTIFICATE_BYTES, KEY_CONTEXT);
  const rsa = { modulus: readUnsigned(key, 'the modulus'), exponent: readUnsigned(key, 'the exponent') };
  key.end('the exponent');
  if (!isAcceptableRsaKey(rsa)) {
    throw key.wrong('an RSA key has 2048 to 4096 bits and an odd exponent of 65537 or more');
  }
  return rsa;
}

/** A positive INTEGER without its sign octet. */
function readUnsigned(reader: DerReader, name: string): Uint8Array {
  const content = readInteger(reader, name);
  if ((content[0] ?? 0) >= 0x80) throw reader.wrong(`${name} is negative`);
  return content[0] === 0 ? content.subarray(1) : content;
}

/**
 * Whether the holder of `issuer`'s key signed `certificate`, in the way of that key: ECDSA P-256 (s high or low: authorities do
 * not normalise it; whoever turns it over makes another certificate, which no `key.added` and no ESS hash names) or RSA.
 * A revocation list is signed in the same way. Another algorithm: CERT_ALGORITHM; a wrong signature: CERT_SIGNATURE.
 */
export function checkCertificateSignature(
  certificate: Pick<Certificate, 'signed'>,
  { publicKey }: Certificate,
  provider: CryptoProvider = nobleProvider,
): void {
  const { tbs, algorithm, signature } = certificate.signed;
  if (publicKey.kind === 'other' || !sameBytes(algorithm, SCHEMES[publicKey.kind].certificate)) {
    throw new SigningError(
      'CERT_ALGORITHM',
      'the certificate is not signed with SHA-256 and the P-256 or RSA key of its issuer',
    );
  }
  const holds =
    publicKey.kind === 'rsa'
      ? provider.verifyRsa(publicKey, tbs, signature)
      : provider.verifyP256(publicKey.point, tbs, parseEcdsaSignature(signature, 'CERT_SIGNATURE'));
  if (!holds)
    throw new SigningError('CERT_SIGNATURE', 'the certificate was not signed by the key of its issuer');
}
