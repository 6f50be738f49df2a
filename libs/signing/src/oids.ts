/** Object identifiers of this room, as the hex of their DER content octets: the only form in which they are compared. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { oid } from './der-write.js';

/** The hex of an identifier's DER content octets (tag and length cut off; ours are all shorter than 128 octets). */
export function oidHex(dotted: string): string {
  return bytesToHex(oid(dotted).subarray(2));
}

/** Dotted text of the identifiers we write. */
export const DOTTED = {
  // algorithms
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  ecPublicKey: '1.2.840.10045.2.1',
  prime256v1: '1.2.840.10045.3.1.7',
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256WithRsaEncryption: '1.2.840.113549.1.1.11',
  sha384WithRsaEncryption: '1.2.840.113549.1.1.12',
  sha512WithRsaEncryption: '1.2.840.113549.1.1.13',
  // CMS (RFC 5652, 5035, 6211, 3161)
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  algorithmProtection: '1.2.840.113549.1.9.52',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  /** SocaiProof, transcript-format.md: an arc below 2.25 (a UUID), too large for decoders that use floats. */
  socaiProof: '2.25.187165697009763195842988130052874469315',
  // distinguished names (X.520)
  commonName: '2.5.4.3',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  title: '2.5.4.12',
  // certificate extensions (RFC 5280, 9336)
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  documentSigning: '1.3.6.1.5.5.7.3.36',
} as const;

export type OidName = keyof typeof DOTTED;

/** The same names as comparable hex. */
export const OID = Object.fromEntries(
  Object.entries(DOTTED).map(([name, dotted]) => [name, oidHex(dotted)]),
) as Readonly<Record<OidName, string>>;

/** The whole DER of each identifier, ready to be written. */
export const OID_DER = Object.fromEntries(
  Object.entries(DOTTED).map(([name, dotted]) => [name, oid(dotted)]),
) as unknown as Readonly<Record<OidName, Uint8Array>>;
