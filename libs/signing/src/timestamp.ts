/**
 * Signature timestamps (RFC 3161, in the CMS as RFC 3161 appendix A and PAdES-T say): the request, the answer, and the token
 * as an unsigned attribute. A token tells other people's tools when a signature was there; a verdict of ours rests on the
 * ledger's witnesses instead. Who signed a token is the business of timestamp-check.ts.
 */
import { sameBytes } from './bytes.js';
import { formatCms, MAX_CMS_BYTES, parseCms } from './cms-structure.js';
import { type CryptoProvider, nobleProvider } from './crypto-provider.js';
import { DerReader, readInteger, readOid, readSequence, type DerContext } from './der-read.js';
import { contextTag, octetString, sequence, smallInteger, TAG, tlv, unsignedInteger } from './der-write.js';
import { SigningError } from './errors.js';
import { OID, OID_DER } from './oids.js';

/** What a token says. */
export interface Timestamp {
  /** The authority's clock; fractions of a second are kept to the millisecond. */
  readonly at: Date;
  /** SHA-256 of what it is about, 32 bytes. */
  readonly digest: Uint8Array;
  /** The number that the request asked to be repeated; undefined where it asked for none. */
  readonly nonce: Uint8Array | undefined;
}

const CONTEXT: DerContext = { what: 'the timestamp', code: 'TIMESTAMP_MALFORMED' };
const TRUE = tlv(TAG.boolean, Uint8Array.of(0xff));
/** AlgorithmIdentifiers of SHA-256: authorities answer with or without NULL. */
const SHA256_ABSENT = sequence(OID_DER.sha256);
const SHA256_NULL = sequence(OID_DER.sha256, tlv(TAG.null));
/** granted, grantedWithMods: RFC 3161 §2.4.2. */
const GRANTED = [0, 1];

/**
 * DER of a TimeStampReq about `digest` (SHA-256 of the signature value, 32 bytes), with the certificate asked for.
 * @param nonce random, 8 to 20 bytes, by which the answer is known to be to this request
 */
export function formatTimestampRequest(digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (digest.length !== 32 || nonce.length < 8 || nonce.length > 20) {
    throw new SigningError(
      'TIMESTAMP_MALFORMED',
      'a request is about 32 bytes and has a nonce of 8 to 20 bytes',
    );
  }
  return sequence(smallInteger(1), sequence(SHA256_NULL, octetString(digest)), unsignedInteger(nonce), TRUE);
}

/**
 * The token of a TimeStampResp, DER, when it answers this very request.
 * TIMESTAMP_REFUSED: the authority gave none; TIMESTAMP_MISMATCH: it is about something else, or answers another request;
 * TIMESTAMP_MALFORMED, DER_*: it is no answer at all.
 */
export function readTimestampResponse(
  response: Uint8Array,
  digest: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  const reader = readSequence(response, MAX_CMS_BYTES, CONTEXT);
  const status = reader.into(TAG.sequence, 'status');
  const [code = -1, ...more] = readInteger(status, 'status');
  if (more.length > 0 || !GRANTED.includes(code)) {
    throw new SigningError('TIMESTAMP_REFUSED', `the authority gave no timestamp (status ${String(code)})`);
  }
  const token = reader.next(TAG.sequence, 'timeStampToken').bytes;
  reader.end('timeStampToken');
  const said = parseTimestamp(token);
  const asked = readInteger(new DerReader(unsignedInteger(nonce), CONTEXT), 'nonce');
  if (!sameBytes(said.digest, digest) || said.nonce === undefined || !sameBytes(said.nonce, asked)) {
    throw new SigningError('TIMESTAMP_MISMATCH', 'the timestamp answers another request than ours');
  }
  return token;
}

/** Reads a TimeStampToken (DER) as far as what it says; its signature is not checked. TIMESTAMP_MALFORMED, DER_*. */
export function parseTimestamp(token: Uint8Array): Timestamp {
  const contentInfo = readSequence(token, MAX_CMS_BYTES, CONTEXT);
  if (readOid(contentInfo, 'contentType') !== OID.signedData) throw contentInfo.wrong('it is not SignedData');
  const signedData = contentInfo.into(contextTag(0), 'content').into(TAG.sequence, 'SignedData');
  readInteger(signedData, 'version');
  signedData.next(TAG.set, 'digestAlgorithms');
  const encapsulated = signedData.into(TAG.sequence, 'encapContentInfo');
  if (readOid(encapsulated, 'eContentType') !== OID.tstInfo) {
    throw encapsulated.wrong('it is not about a time (TSTInfo)');
  }
  const wrapper = encapsulated.into(contextTag(0), 'eContent');
  const content = wrapper.next(TAG.octetString, 'eContent').content;
  return readInfo(readSequence(content, MAX_CMS_BYTES, CONTEXT));
}

/** TSTInfo: version, policy, messageImprint, serialNumber, genTime, then what is optional. */
function readInfo(info: DerReader): Timestamp {
  if (readInteger(info, 'version')[0] !== 1) throw info.wrong('its version is not 1');
  readOid(info, 'policy');
  const imprint = info.into(TAG.sequence, 'messageImprint');
  const algorithm = imprint.next(TAG.sequence, 'hashAlgorithm').bytes;
  if (!sameBytes(algorithm, SHA256_ABSENT) && !sameBytes(algorithm, SHA256_NULL)) {
    throw imprint.wrong('it is not about a SHA-256 hash');
  }
  const digest = imprint.next(TAG.octetString, 'hashedMessage').content;
  imprint.end('hashedMessage');
  readInteger(info, 'serialNumber');
  const at = readGenTime(info);
  info.optional(TAG.sequence, 'accuracy');
  info.optional(TAG.boolean, 'ordering');
  const nonce = info.rest('what follows genTime').find(({ tag }) => tag === TAG.integer)?.content;
  return { at, digest, nonce };
}

/** GeneralizedTime in UTC with any fraction of a second (RFC 3161 §2.4.2). */
function readGenTime(info: DerReader): Date {
  const { content } = info.next(TAG.generalizedTime, 'genTime');
  const text = String.fromCharCode(...content.subarray(0, 32));
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(text);
  if (parts === null) throw info.wrong('genTime is not a UTC time');
  const [, year, month, day, hour, minute, second, fraction = ''] = parts;
  const iso = `${year!}-${month!}-${day!}T${hour!}:${minute!}:${second!}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== iso) {
    throw info.wrong('genTime names a moment that does not exist');
  }
  return at;
}

/** What a timestamp of this CMS has to be about: SHA-256 of its signature value. */
export function timestampDigest(cms: Uint8Array, provider: CryptoProvider = nobleProvider): Uint8Array {
  return provider.sha256(parseCms(cms).signature);
}

/**
 * The same CMS with `token` as its timestamp, in the place of an earlier one; signature and proof stay as they are.
 * TIMESTAMP_MISMATCH: the token is about another signature; too long for its room: DER_TOO_LARGE.
 */
export function withTimestamp(
  cms: Uint8Array,
  token: Uint8Array,
  provider: CryptoProvider = nobleProvider,
): Uint8Array {
  const parts = parseCms(cms);
  requireTimestampOf(token, parts.signature, provider);
  const others = parts.unsignedAttributes.filter(({ type }) => type !== OID.signatureTimestamp);
  const attribute = { type: OID.signatureTimestamp, value: token };
  return formatCms({ ...parts, unsignedAttributes: [...others, attribute] });
}

/** Reads a token that must be about this signature value. TIMESTAMP_MISMATCH, TIMESTAMP_MALFORMED, DER_*. */
export function requireTimestampOf(
  token: Uint8Array,
  signature: Uint8Array,
  provider: CryptoProvider = nobleProvider,
): Timestamp {
  const said = parseTimestamp(token);
  if (sameBytes(said.digest, provider.sha256(signature))) return said;
  throw new SigningError(
    'TIMESTAMP_MISMATCH',
    'the timestamp is about another signature than the one it stands beside',
  );
}
