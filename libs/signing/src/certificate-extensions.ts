/** The certificate extensions we read (RFC 5280 §4.2), each in its DER form only. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { DerReader, readOid, readSequence, readSmallInteger, type DerContext, type Tlv } from './der-read.js';
import { TAG } from './der-write.js';
import { OID } from './oids.js';

export interface CertificateExtension {
  /** Hex of the identifier's DER content octets (oids.ts). */
  readonly type: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export interface ExtensionValues {
  /** Bits of KeyUsage, bit i set for the named bit i (digitalSignature = bit 0); undefined if the extension is absent. */
  readonly keyUsage?: number;
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  /** Hex of each purpose's identifier. */
  readonly extendedKeyUsage?: readonly string[];
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
}

export const KEY_USAGE = {
  digitalSignature: 1 << 0,
  contentCommitment: 1 << 1,
  keyCertSign: 1 << 5,
  crlSign: 1 << 6,
} as const;

const MAX_EXTENSION = 4096;

/** Reads Extensions. Two of one type, DEFAULT written out, or any other shape: the context's code. */
export function readExtensions(reader: DerReader, context: DerContext): CertificateExtension[] {
  const extensions = reader.rest('an extension').map((value): CertificateExtension => {
    if (value.tag !== TAG.sequence) throw reader.wrong('an extension is not a sequence');
    const fields = new DerReader(value.content, context);
    const type = readOid(fields, 'an extension type');
    const critical = fields.optional(TAG.boolean, 'critical');
    if (critical !== undefined && !isTrue(critical)) throw reader.wrong('critical is written but not TRUE');
    const octets = fields.next(TAG.octetString, 'an extension value').content;
    fields.end('an extension value');
    return { type, critical: critical !== undefined, value: octets };
  });
  if (new Set(extensions.map(({ type }) => type)).size !== extensions.length) {
    throw reader.wrong('an extension stands twice');
  }
  return extensions;
}

function isTrue(value: Tlv): boolean {
  return value.content.length === 1 && value.content[0] === 0xff;
}

function readKeyUsage(value: Uint8Array, context: DerContext): number {
  const reader = new DerReader(value, context);
  const [unused = 8, ...octets] = reader.next(TAG.bitString, 'keyUsage').content;
  reader.end('keyUsage');
  const last = octets.at(-1);
  const trailingZeros = last === undefined ? -1 : Math.log2(last & -last);
  if (octets.length > 2 || unused !== trailingZeros)
    throw reader.wrong('keyUsage is not a trimmed list of bits');
  let bits = 0;
  for (let i = 0; i < octets.length * 8; i++) {
    if (((octets[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0) bits |= 1 << i;
  }
  return bits;
}

function readBasicConstraints(value: Uint8Array, context: DerContext): { ca: boolean; pathLength?: number } {
  const reader = readSequence(value, MAX_EXTENSION, context);
  const ca = reader.optional(TAG.boolean, 'cA');
  if (ca !== undefined && !isTrue(ca)) throw reader.wrong('cA is written but not TRUE');
  const pathLength = reader.atEnd ? undefined : readSmallInteger(reader, 'pathLenConstraint');
  reader.end('basicConstraints');
  return { ca: ca !== undefined, ...(pathLength === undefined ? {} : { pathLength }) };
}

function readPurposes(value: Uint8Array, context: DerContext): string[] {
  const reader = readSequence(value, MAX_EXTENSION, context);
  const purposes: string[] = [];
  while (!reader.atEnd) purposes.push(readOid(reader, 'a purpose'));
  return purposes;
}

function readSubjectKeyId(value: Uint8Array, context: DerContext): string {
  const reader = new DerReader(value, context);
  const { content } = reader.next(TAG.octetString, 'subjectKeyIdentifier');
  reader.end('subjectKeyIdentifier');
  return bytesToHex(content);
}

/** keyIdentifier [0] only: the form every certificate authority of today writes. */
function readAuthorityKeyId(value: Uint8Array, context: DerContext): string {
  const reader = readSequence(value, MAX_EXTENSION, context);
  const { content } = reader.next(0x80, 'keyIdentifier');
  reader.end('authorityKeyIdentifier');
  return bytesToHex(content);
}

/** The values of the extensions that we know; the others stay in the list for a profile to refuse. */
export function readExtensionValues(
  extensions: readonly CertificateExtension[],
  context: DerContext,
): ExtensionValues {
  const read = <T>(type: string, parse: (value: Uint8Array, context: DerContext) => T): T | undefined => {
    const found = extensions.find((extension) => extension.type === type);
    return found === undefined ? undefined : parse(found.value, context);
  };
  const keyUsage = read(OID.keyUsage, readKeyUsage);
  const basicConstraints = read(OID.basicConstraints, readBasicConstraints);
  const extendedKeyUsage = read(OID.extendedKeyUsage, readPurposes);
  const subjectKeyId = read(OID.subjectKeyIdentifier, readSubjectKeyId);
  const authorityKeyId = read(OID.authorityKeyIdentifier, readAuthorityKeyId);
  return {
    ...(keyUsage === undefined ? {} : { keyUsage }),
    ...(basicConstraints === undefined ? {} : { basicConstraints }),
    ...(extendedKeyUsage === undefined ? {} : { extendedKeyUsage }),
    ...(subjectKeyId === undefined ? {} : { subjectKeyId }),
    ...(authorityKeyId === undefined ? {} : { authorityKeyId }),
  };
}
