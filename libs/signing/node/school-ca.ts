/**
 * A school's own certificate authority, profiles `socai-school-ca/v1` and `/v2` (PROFILES.md). It is meant for a machine
 * that is not the server: whoever holds its key can invent a principal. The demo runs it on the spot and marks every name DEMO.
 * It sees public keys only. No clock: the time it starts from is passed in.
 */
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { createHash, createPublicKey, randomBytes, webcrypto, type KeyObject } from 'node:crypto';
import { parseCertificate, type Certificate } from '#signing/certificate.js';
import { checkChain } from '#signing/certificate-chain.js';
import { nameValue } from '#signing/distinguished-name.js';
import { SigningError } from '#signing/errors.js';
import { DOTTED, OID } from '#signing/oids.js';
import {
  CA_NAME_PREFIX,
  CA_UNIT,
  DEMO_MARK,
  isPlainText,
  SCHOOL_PROFILE,
  SCHOOL_PROFILE_RSA,
  SEAL_UNIT,
  UNIT_PREFIX,
  type StaffRole,
} from '#signing/school-profile.js';
import { nodeProvider } from './node-provider.js';

export interface SchoolCa {
  /** Self-signed, DER. */
  readonly certificate: Uint8Array;
  /** P-256 private key. */
  readonly key: KeyObject;
}

const CA_YEARS = 20;
const CERTIFICATE_YEARS = 5;

/** X.520 allows 64 characters, but schools have longer names; no verifier that we tried minds. */
const MAX_NAME = 120;

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** Makes the authority's certificate for its key. `school`: the full name; `demo`: marks its name, and all it issues. */
export async function createSchoolCa(request: {
  readonly key: KeyObject;
  readonly school: string;
  readonly notBefore: Date;
  readonly demo: boolean;
}): Promise<SchoolCa> {
  const { key, school, notBefore, demo } = request;
  const name = subject(school, CA_UNIT, CA_NAME_PREFIX + school + (demo ? DEMO_MARK : ''));
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: name,
      issuer: name,
      ...validity(notBefore, CA_YEARS),
      signingAlgorithm: ECDSA,
      publicKey: await importPublicKey(key),
      signingKey: await importPrivateKey(key),
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        new x509.SubjectKeyIdentifierExtension(keyIdentifier(key)),
      ],
    },
    webcrypto,
  );
  return { certificate: new Uint8Array(certificate.rawData), key };
}

/** Certifies a person's public key, P-256 or the RSA key of a token. `title` is what is printed, for example "Hiệu trưởng". */
export async function issuePersonCertificate(
  ca: SchoolCa,
  request: {
    readonly publicKey: KeyObject;
    readonly name: string;
    readonly title: string;
    readonly role: StaffRole;
    readonly notBefore: Date;
  },
): Promise<Uint8Array> {
  const { publicKey, name, title, role, notBefore } = request;
  const { school, mark } = readAuthority(ca);
  const personName = subject(school, role, name + mark, title);
  return issue(ca, personName, publicKey, notBefore, x509.KeyUsageFlags.nonRepudiation);
}

/** Certifies the public key of the school's seal, P-256 or RSA. */
export async function issueSealCertificate(
  ca: SchoolCa,
  request: { readonly publicKey: KeyObject; readonly notBefore: Date },
): Promise<Uint8Array> {
  const { school, mark } = readAuthority(ca);
  const sealName = subject(school, SEAL_UNIT, school + mark);
  return issue(ca, sealName, request.publicKey, request.notBefore, x509.KeyUsageFlags.digitalSignature);
}

function readAuthority(ca: SchoolCa): { certificate: Certificate; school: string; mark: string } {
  const certificate = parseCertificate(ca.certificate);
  const demo = nameValue(certificate.subject, OID.commonName)?.endsWith(DEMO_MARK) === true;
  const school = nameValue(certificate.subject, OID.organization) ?? '';
  return { certificate, school, mark: demo ? DEMO_MARK : '' };
}

async function issue(
  ca: SchoolCa,
  name: x509.Name,
  publicKey: KeyObject,
  notBefore: Date,
  usage: x509.KeyUsageFlags,
): Promise<Uint8Array> {
  const { certificate: authority } = readAuthority(ca);
  const issuer = new x509.X509Certificate(Buffer.from(ca.certificate));
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: name,
      issuer: issuer.subjectName,
      ...validity(notBefore, CERTIFICATE_YEARS),
      signingAlgorithm: ECDSA,
      publicKey: await importPublicKey(publicKey),
      signingKey: await importPrivateKey(ca.key),
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(usage, true),
        new x509.ExtendedKeyUsageExtension([DOTTED.documentSigning, DOTTED.emailProtection]),
        new x509.SubjectKeyIdentifierExtension(keyIdentifier(publicKey)),
        new x509.AuthorityKeyIdentifierExtension(authority.subjectKeyId ?? ''),
      ],
    },
    webcrypto,
  );
  return checkIssued(new Uint8Array(certificate.rawData), authority);
}

/** What was issued must pass the verifier's own check: a certificate that nobody accepts is found here, not in a document. */
function checkIssued(der: Uint8Array, authority: Certificate): Uint8Array {
  const certificate = parseCertificate(der);
  if (certificate.notBefore < authority.notBefore || certificate.notAfter > authority.notAfter) {
    throw new SigningError(
      'CERT_REQUEST',
      'the certificate would begin before or end after that of the authority: renew the authority',
    );
  }
  const profile = certificate.publicKey.kind === 'rsa' ? SCHOOL_PROFILE_RSA : SCHOOL_PROFILE;
  const pin = { spkiSha256: authority.spkiSha256, profile, from: authority.notBefore };
  checkChain([certificate, authority], [pin], nodeProvider);
  return der;
}

/** C, O, OU, [title,] CN, as the profile orders them. */
function subject(school: string, unit: string, commonName: string, title?: string): x509.Name {
  const texts: [type: string, text: string][] = [
    [DOTTED.organization, school],
    [DOTTED.organizationalUnit, UNIT_PREFIX + unit],
    ...(title === undefined ? [] : [[DOTTED.title, title] satisfies [string, string]]),
    [DOTTED.commonName, commonName],
  ];
  for (const [, text] of texts) requireName(text);
  return new x509.Name([
    { [DOTTED.country]: [{ printableString: 'VN' }] },
    ...texts.map(([type, text]) => ({ [type]: [{ utf8String: text }] })),
  ]);
}

function requireName(text: string): void {
  if (isPlainText(text) && [...text].length <= MAX_NAME) return;
  throw new SigningError(
    'CERT_REQUEST',
    `"${text}" cannot stand in a certificate: a name is NFC text of 1 to ${MAX_NAME} characters, trimmed, without control or invisible characters`,
  );
}

function validity(notBefore: Date, years: number): { notBefore: Date; notAfter: Date } {
  const start = new Date(Math.floor(notBefore.getTime() / 1000) * 1000);
  const end = new Date(start);
  end.setUTCFullYear(start.getUTCFullYear() + years);
  end.setUTCSeconds(end.getUTCSeconds() - 1);
  return { notBefore: start, notAfter: end };
}

/** 16 octets, positive, of one length: 126 random bits. */
function serialNumber(): string {
  const octets = randomBytes(16);
  octets[0] = 0x40 | ((octets[0] ?? 0) & 0x3f);
  return octets.toString('hex');
}

function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

function isRsa(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'rsa';
}

/** Whether an RSA key is long enough is what checkIssued finds. */
function spkiOf(key: KeyObject): Buffer {
  const publicKey = publicHalf(key);
  if (!isRsa(publicKey) && publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new SigningError('CERT_REQUEST', 'only P-256 and RSA keys are certified');
  }
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** RFC 7093 §2, method 1: the leftmost 160 bits of SHA-256 over the key's bit string (the point; RSAPublicKey). */
function keyIdentifier(key: KeyObject): string {
  const publicKey = publicHalf(key);
  const octets = isRsa(publicKey)
    ? publicKey.export({ type: 'pkcs1', format: 'der' })
    : spkiOf(publicKey).subarray(-65);
  return createHash('sha256').update(octets).digest('hex').slice(0, 40);
}

function importPublicKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('spki', spkiOf(key), isRsa(key) ? RSA : ECDSA, true, ['verify']);
}

/** The authority's own. */
function importPrivateKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  if (isRsa(key)) throw new SigningError('CERT_REQUEST', "the authority's key is a P-256 key");
  spkiOf(key);
  return webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), ECDSA, false, [
    'sign',
  ]);
}
