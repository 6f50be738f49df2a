/**
 * Certificate revocation lists (RFC 5280 §5) of authorities that are not the school's own: complete lists of one issuer,
 * signed with its certificate's key. Partial, indirect and delta lists are refused: what they leave out would look valid.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { sameBytes } from './bytes.js';
import { KEY_USAGE, readExtensions, readExtensionValues } from './certificate-extensions.js';
import { checkCertificateSignature, type Certificate } from './certificate.js';
import { type CryptoProvider, nobleProvider } from './crypto-provider.js';
import {
  DerReader,
  readBitString,
  readInteger,
  readSequence,
  readTime,
  type DerContext,
} from './der-read.js';
import { contextTag, TAG } from './der-write.js';
import { readName, type DistinguishedName } from './distinguished-name.js';
import { SigningError } from './errors.js';
import { OID } from './oids.js';

/** What a list says of one certificate. */
export interface Revocation {
  /** From then on what it signed does not count: the date of revocation, or the earlier one of the key's compromise. */
  readonly from: Date;
  /** CRLReason; 0 where none is given, 6 where it is on hold. */
  readonly reason: number;
}

export interface RevocationList {
  readonly sha256: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly authorityKeyId?: string;
  readonly thisUpdate: Date;
  /** When the next one comes at the latest; undefined where it does not say. */
  readonly nextUpdate?: Date;
  /** By serial number, hex. */
  readonly revoked: ReadonlyMap<string, Revocation>;
  readonly signed: Certificate['signed'];
}

/** CRLReason certificateHold: it may come back. */
export const ON_HOLD = 6;
/** Longer ones are not read: the whole is held in memory. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;

const CONTEXT: DerContext = { what: 'the revocation list', code: 'CRL_MALFORMED' };

/** Reads a list, DER; its signature is checkRevocationList's. CRL_MALFORMED, CRL_UNSUPPORTED, DER_*. */
export function parseRevocationList(der: Uint8Array): RevocationList {
  const outer = readSequence(der, MAX_LIST_BYTES, CONTEXT);
  const tbs = outer.next(TAG.sequence, 'tbsCertList');
  const algorithm = outer.next(TAG.sequence, 'signatureAlgorithm').bytes;
  const signature = readBitString(outer, 'signatureValue');
  outer.end('signatureValue');
  const fields = readFields(new DerReader(tbs.content, CONTEXT), algorithm);
  return { sha256: sha256(der), ...fields, signed: { tbs: tbs.bytes, algorithm, signature } };
}

function readFields(tbs: DerReader, algorithm: Uint8Array): Omit<RevocationList, 'sha256' | 'signed'> {
  if (readInteger(tbs, 'version')[0] !== 1) throw tbs.wrong('it is not version 2');
  if (!sameBytes(tbs.next(TAG.sequence, 'signature').bytes, algorithm)) {
    throw tbs.wrong('the two signature algorithms differ');
  }
  const issuer = readName(tbs, 'issuer', CONTEXT);
  const thisUpdate = readTime(tbs, 'thisUpdate');
  const [next, ...others] = tbs.rest('a field');
  const timed = next !== undefined && (next.tag === TAG.utcTime || next.tag === TAG.generalizedTime);
  const nextUpdate = timed ? readTime(new DerReader(next.bytes, CONTEXT), 'nextUpdate') : undefined;
  const left = timed || next === undefined ? others : [next, ...others];
  const entries = left[0]?.tag === TAG.sequence ? left.shift() : undefined;
  const wrapper = left[0]?.tag === contextTag(0) ? left.shift() : undefined;
  if (left.length > 0) throw tbs.wrong('something follows its extensions');
  const authorityKeyId = wrapper === undefined ? undefined : readListExtensions(wrapper.content);
  return {
    ...{ issuer, thisUpdate, revoked: readEntries(entries?.content ?? new Uint8Array()) },
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    ...(authorityKeyId === undefined ? {} : { authorityKeyId }),
  };
}

/** Any critical extension makes a list another thing than a complete one of its issuer. */
function readListExtensions(content: Uint8Array): string | undefined {
  const extensions = readExtensions(
    new DerReader(content, CONTEXT).into(TAG.sequence, 'extensions'),
    CONTEXT,
  );
  if (extensions.some(({ critical }) => critical)) {
    throw new SigningError(
      'CRL_UNSUPPORTED',
      'the revocation list is a partial or indirect one, which is not read',
    );
  }
  return readExtensionValues(
    extensions.filter(({ type }) => type === OID.authorityKeyIdentifier),
    CONTEXT,
  ).authorityKeyId;
}

function readEntries(content: Uint8Array): Map<string, Revocation> {
  const revoked = new Map<string, Revocation>();
  for (const { tag, content: entry } of new DerReader(content, CONTEXT).rest('an entry')) {
    const reader = new DerReader(entry, CONTEXT);
    if (tag !== TAG.sequence) throw reader.wrong('an entry is not a sequence');
    const serial = bytesToHex(readInteger(reader, 'userCertificate'));
    const at = readTime(reader, 'revocationDate');
    const said = reader.atEnd ? {} : readEntryExtensions(reader);
    reader.end('an entry');
    if (revoked.has(serial)) throw reader.wrong('it names a certificate twice');
    const { reason = 0, invalid } = said;
    revoked.set(serial, { from: invalid !== undefined && invalid < at ? invalid : at, reason });
  }
  return revoked;
}

function readEntryExtensions(reader: DerReader): { reason?: number; invalid?: Date } {
  const extensions = readExtensions(reader.into(TAG.sequence, 'crlEntryExtensions'), CONTEXT);
  const said: { reason?: number; invalid?: Date } = {};
  for (const { type, critical, value } of extensions) {
    const inner = new DerReader(value, CONTEXT);
    if (type === OID.reasonCode) said.reason = inner.next(TAG.enumerated, 'reasonCode').content[0] ?? 0;
    else if (type === OID.invalidityDate) said.invalid = readGeneralized(inner);
    else if (critical)
      throw new SigningError('CRL_UNSUPPORTED', 'an entry has a critical extension that is not known');
  }
  return said;
}

/** GeneralizedTime whatever the year (RFC 5280 §5.3.2). */
function readGeneralized(reader: DerReader): Date {
  const { content } = reader.next(TAG.generalizedTime, 'invalidityDate');
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(
    String.fromCharCode(...content.subarray(0, 16)),
  );
  if (parts === null) throw reader.wrong('invalidityDate is not a UTC time');
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = parts;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
  if (Number.isNaN(at.getTime())) throw reader.wrong('invalidityDate names a moment that does not exist');
  return at;
}

/** Whether the list says that it is of this authority: by its name, and its key where the list names one. */
export function isListOf(
  { issuer, authorityKeyId }: RevocationList,
  { subject, subjectKeyId }: Certificate,
): boolean {
  return (
    sameBytes(issuer.der, subject.der) && (authorityKeyId === undefined || authorityKeyId === subjectKeyId)
  );
}

/**
 * Checks that the authority issued the list. CRL_ISSUER: it is another's, or the authority may not issue lists;
 * CRL_SIGNATURE: the authority's key did not sign it.
 */
export function checkRevocationList(
  list: RevocationList,
  authority: Certificate,
  provider: CryptoProvider = nobleProvider,
): void {
  const may = authority.keyUsage === undefined || (authority.keyUsage & KEY_USAGE.crlSign) !== 0;
  if (!isListOf(list, authority) || !may) {
    throw new SigningError('CRL_ISSUER', 'the revocation list is of another authority');
  }
  try {
    checkCertificateSignature(list, authority, provider);
  } catch (error) {
    const why = 'the revocation list was not signed by the key of the authority that it names';
    throw new SigningError('CRL_SIGNATURE', why, { cause: error });
  }
}

/** What the list says of a certificate of its authority; undefined: it is not on it. */
export function revocationOf({ revoked }: RevocationList, { serial }: Certificate): Revocation | undefined {
  return revoked.get(bytesToHex(serial));
}

/** Whether a newer list should be there by now. */
export function isStale({ nextUpdate }: RevocationList, now: Date): boolean {
  return nextUpdate !== undefined && nextUpdate < now;
}
