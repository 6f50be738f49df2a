/**
 * Issuer profiles `socai-school-ca/v1` and `/v2`: the certificates that a school's own authority makes. PROFILES.md is its text.
 *
 * Two levels, P-256 and SHA-256 throughout; in v2 a person's or the seal's key may be an RSA key of a token. The subject is C, O, OU, [title,] CN in this order and nothing else; OU carries
 * the role as a code, and the key usage differs by kind, so that a teacher's certificate can never pass for the seal:
 *   authority  OU socai:school-ca                  keyCertSign, cRLSign    cA TRUE, path length 0
 *   person     OU socai:teacher | …, with title    contentCommitment       cA FALSE; a person commits to the content
 *   seal       OU socai:seal                       digitalSignature        cA FALSE; the organisation vouches for origin
 */
import { KEY_USAGE } from './certificate-extensions.js';
import type { Certificate } from './certificate.js';
import { nameValue, type DistinguishedName } from './distinguished-name.js';
import { SigningError } from './errors.js';
import { OID } from './oids.js';
import type { Scheme } from './signature-scheme.js';

export const SCHOOL_PROFILE = 'socai-school-ca/v1';
/** The same, and tokens with RSA keys. */
export const SCHOOL_PROFILE_RSA = 'socai-school-ca/v2';

/** What a person is at the school for years; whose homeroom teacher someone is belongs to the transcript, not here. */
const STAFF_ROLES = ['teacher', 'vice-principal', 'principal'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Who a certificate says its holder is. */
export type Holder =
  | {
      readonly kind: 'person';
      /** `unstated` where the authority does not vouch for offices at the school (public-profile.ts). */
      readonly role: StaffRole | 'unstated';
      /** Full name, without the DEMO mark. */
      readonly name: string;
      /** Title as printed, for example "Hiệu trưởng". */
      readonly title: string;
      readonly school: string;
      readonly demo: boolean;
    }
  | { readonly kind: 'seal'; readonly name: string; readonly school: string; readonly demo: boolean };

/** A place in a document's signing route. */
export type RouteRole = 'homeroom' | 'vice-principal' | 'principal' | 'seal';

export const DEMO_MARK = ' (DEMO)';
export const UNIT_PREFIX = 'socai:';
export const CA_UNIT = 'school-ca';
export const SEAL_UNIT = 'seal';
export const CA_NAME_PREFIX = 'CA ';

const PERSON_NAME_FIELDS = [OID.country, OID.organization, OID.organizationalUnit, OID.title, OID.commonName];
const OTHER_NAME_FIELDS = [OID.country, OID.organization, OID.organizationalUnit, OID.commonName];

/** Extension types in the order written; the first two are critical, the others are not. */
const CA_EXTENSIONS = [OID.basicConstraints, OID.keyUsage, OID.subjectKeyIdentifier];
const LEAF_EXTENSIONS = [
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
];

function refuse(why: string): never {
  throw new SigningError('CERT_PROFILE', `the certificate does not follow the school's profile: ${why}`);
}

/**
 * Reads a chain of signer and authority against the profile; signatures are checkChain's business.
 * @param keys what kinds of key a signer may have
 * CERT_KEY_USAGE: wrong basicConstraints, keyUsage or purposes; CERT_ROLE: an unknown role; CERT_PROFILE: anything else.
 */
export function checkSchoolProfile(chain: readonly Certificate[], keys: readonly Scheme[]): Holder {
  const [signer, authority] = chain;
  if (signer === undefined || authority === undefined || chain.length !== 2) {
    refuse('a chain is a signer and the school authority');
  }
  if (!keys.some((kind) => kind === signer.publicKey.kind)) refuse(`its key is none of: ${keys.join(', ')}`);
  const school = checkAuthority(authority);
  checkExtensions(signer, LEAF_EXTENSIONS);
  if (signer.authorityKeyId !== authority.subjectKeyId)
    refuse("the authority's key identifier is missing or another");
  const holder = readHolder(signer.subject);
  if (holder.school !== school.name) refuse('the organisation is not that of the authority');
  if (holder.demo !== school.demo) refuse('DEMO must stand in both names or in neither');
  checkSignerUsage(signer, holder);
  return holder;
}

function checkAuthority(authority: Certificate): { name: string; demo: boolean } {
  if (authority.publicKey.kind !== 'p256') refuse("the authority's key is not a P-256 key");
  checkExtensions(authority, CA_EXTENSIONS);
  const { basicConstraints, keyUsage } = authority;
  if (
    basicConstraints?.ca !== true ||
    basicConstraints.pathLength !== 0 ||
    keyUsage !== (KEY_USAGE.keyCertSign | KEY_USAGE.crlSign)
  ) {
    throw new SigningError(
      'CERT_KEY_USAGE',
      'the issuing certificate is not that of an authority of path length 0',
    );
  }
  checkNameFields(authority.subject, OTHER_NAME_FIELDS);
  if (unitOf(authority.subject) !== CA_UNIT) {
    throw new SigningError('CERT_ROLE', 'the issuing certificate is not that of a school authority');
  }
  const name = nameValue(authority.subject, OID.organization) ?? '';
  const { bare, demo } = splitDemoMark(nameValue(authority.subject, OID.commonName) ?? '');
  if (bare !== CA_NAME_PREFIX + name) refuse("the authority's name is not CA and the school's name");
  return { name, demo };
}

function checkExtensions(certificate: Certificate, expected: readonly string[]): void {
  const { extensions } = certificate;
  const matches =
    extensions.length === expected.length &&
    extensions.every(({ type, critical }, i) => type === expected[i] && critical === i < 2);
  if (!matches) refuse('its extensions, or which of them are critical, are not those of the profile');
}

function checkNameFields(name: DistinguishedName, expected: readonly string[]): void {
  const { attributes } = name;
  const matches =
    attributes.length === expected.length &&
    attributes.every(({ type, value }, i) => type === expected[i] && isPlainText(value));
  if (!matches || nameValue(name, OID.country) !== 'VN')
    refuse('its name has other parts than those of the profile');
}

/** NFC, not empty, no control or format character (zero-width joiners, direction overrides): what is seen is what is signed. */
export function isPlainText(text: string): boolean {
  return (
    text !== '' &&
    text === text.trim() &&
    text === text.normalize('NFC') &&
    !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
  );
}

function unitOf(name: DistinguishedName): string | undefined {
  const unit = nameValue(name, OID.organizationalUnit);
  return unit?.startsWith(UNIT_PREFIX) === true ? unit.slice(UNIT_PREFIX.length) : undefined;
}

function splitDemoMark(name: string): { bare: string; demo: boolean } {
  const demo = name.endsWith(DEMO_MARK);
  return { bare: demo ? name.slice(0, -DEMO_MARK.length) : name, demo };
}

function readHolder(subject: DistinguishedName): Holder {
  const unit = unitOf(subject);
  const { bare: name, demo } = splitDemoMark(nameValue(subject, OID.commonName) ?? '');
  const school = nameValue(subject, OID.organization) ?? '';
  if (unit === SEAL_UNIT) {
    checkNameFields(subject, OTHER_NAME_FIELDS);
    if (name !== school) refuse("the seal does not carry the school's name");
    return { kind: 'seal', name, school, demo };
  }
  const role = STAFF_ROLES.find((one) => one === unit);
  if (role === undefined)
    throw new SigningError('CERT_ROLE', `the certificate has an unknown role "${unit ?? ''}"`);
  checkNameFields(subject, PERSON_NAME_FIELDS);
  return { kind: 'person', role, name, title: nameValue(subject, OID.title) ?? '', school, demo };
}

function checkSignerUsage(signer: Certificate, holder: Holder): void {
  const expected = holder.kind === 'seal' ? KEY_USAGE.digitalSignature : KEY_USAGE.contentCommitment;
  const purposes = signer.extendedKeyUsage ?? [];
  const fits =
    signer.keyUsage === expected &&
    signer.basicConstraints?.ca === false &&
    purposes.length === 2 &&
    purposes[0] === OID.documentSigning &&
    purposes[1] === OID.emailProtection;
  if (!fits) {
    throw new SigningError(
      'CERT_KEY_USAGE',
      `the key usage of the certificate is not that of a ${holder.kind}`,
    );
  }
}

/**
 * Whether a holder may take a place in the signing route (roles.md rule 6): the homeroom place is a teacher's; the
 * principal's place is the principal's, or a vice-principal's where the document names a delegation; the seal is the
 * school's. A vice-principal signs in their own place too, and the principal may take it where a school has no other.
 * Which teacher, and under which delegation, the document says and others check. Whose office no authority states takes the
 * place of a person that the document gives them, never the seal's. Otherwise: CERT_ROLE.
 */
export function requireRouteRole(holder: Holder, place: RouteRole, onBehalf: boolean): void {
  const expected: Record<RouteRole, readonly string[]> = {
    homeroom: ['teacher'],
    'vice-principal': ['vice-principal', 'principal'],
    principal: [onBehalf ? 'vice-principal' : 'principal'],
    seal: ['seal'],
  };
  const actual = holder.kind === 'seal' ? 'seal' : holder.role;
  if (actual === 'unstated' && place !== 'seal') return;
  if (!expected[place].includes(actual) || (onBehalf && place !== 'principal')) {
    throw new SigningError('CERT_ROLE', `a certificate of a ${actual} cannot sign in the place "${place}"`);
  }
}
