/**
 * socai-trust/v1: how a stranger knows the schools' keys. The text of a signed note that k of n roots sign: schools with
 * their logs and certificate authorities, witnesses, and the roots themselves. Checking signatures and expiry is in
 * verify/trust.ts.
 */
import { toBase64, toHex, utf8 } from './bytes.js';
import { FormatError } from './errors.js';
import { formatVkey, type VerifierKey } from './note.js';
import { formatLines, quorumLines, type PolicyWitness, type Quorum } from './policy.js';
import { splitLines } from './text.js';
import { readTrustLines, TRUST_HEADER } from './trust-lines.js';

export interface TrustLog {
  readonly key: VerifierKey;
  /** The key signs checkpoints of sizes from `from` up to and with `to`. */
  readonly from: number;
  readonly to?: number;
}

export interface TrustCa {
  /** SHA-256 of the certificate's SubjectPublicKeyInfo, 32 bytes (hexadecimal in the text). */
  readonly spki: Uint8Array;
  /** The name of the issuer profile by which its certificates are checked. */
  readonly profile: string;
  /** YYYY-MM-DD, both days included. */
  readonly from: string;
  readonly to?: string;
}

/** A name that the school had: documents that witnesses had seen by then may state it. */
export interface FormerName {
  /** NFC text. */
  readonly name: string;
  /** YYYY-MM-DD: the last day (UTC) on which it was the school's name. */
  readonly to: string;
}

export interface TrustSchool {
  readonly code: string;
  /** NFC text. */
  readonly name: string;
  readonly province: string;
  /** The oldest first; left out by a school that was never renamed. */
  readonly formerly?: readonly FormerName[];
  /** At least one; all keys of one log have its origin as their name. */
  readonly logs: readonly TrustLog[];
  readonly cas: readonly TrustCa[];
}

export interface TrustWitness extends PolicyWitness {
  /** The domain of who runs it: independence is counted by operator. */
  readonly operator: string;
}

/** Who may sign a bundle: `threshold` of `roots`. */
export interface RootSet {
  /** How many of the roots must have signed. */
  readonly threshold: number;
  readonly roots: readonly VerifierKey[];
}

export interface TrustBundle extends Quorum<TrustWitness>, RootSet {
  /** Never falls from one bundle to the next. */
  readonly serial: number;
  /** YYYY-MM-DD: the last day (UTC) on which the bundle holds. */
  readonly expires: string;
  /** The directory log of the province. */
  readonly directory?: VerifierKey;
  readonly schools: readonly TrustSchool[];
}

/** A province has thousands of schools, about 400 bytes each. */
export const MAX_TRUST_BYTES = 8 * 1024 * 1024;

/** The text that roots sign. */
export function formatTrustBundle(bundle: TrustBundle): string {
  const text = formatLines([
    [TRUST_HEADER],
    ['serial', String(bundle.serial)],
    ['expires', bundle.expires],
    ...(bundle.directory === undefined ? [] : [['directory', formatVkey(bundle.directory)]]),
    ...bundle.schools.flatMap(schoolLines),
    ...bundle.witnesses.map(({ name, key, operator, url }) => [
      'witness',
      name,
      formatVkey(key),
      operator,
      ...(url === undefined ? [] : [url]),
    ]),
    ...quorumLines(bundle),
    ['threshold', String(bundle.threshold)],
    ...bundle.roots.map((root) => ['root', formatVkey(root)]),
  ]);
  readBundle(text);
  return text;
}

/** The bundle in a note's text: exactly what `formatTrustBundle` writes, else FormatError with the line. */
export function parseTrustBundle(text: string): TrustBundle {
  const bundle = readBundle(text);
  if (formatTrustBundle(bundle) !== text) {
    throw new FormatError('NOT_CANONICAL', 'the lines are not in their one order and form');
  }
  return bundle;
}

function schoolLines(school: TrustSchool): string[][] {
  return [
    ['school', school.code, toBase64(utf8(school.name)), school.province],
    ...(school.formerly ?? []).map(({ name, to }) => ['formerly', toBase64(utf8(name)), 'to', to]),
    ...school.logs.map(({ key, from, to }) => [
      'log',
      formatVkey(key),
      'from',
      String(from),
      ...(to === undefined ? [] : ['to', String(to)]),
    ]),
    ...school.cas.map(({ spki, profile, from, to }) => [
      'ca',
      toHex(spki),
      profile,
      'from',
      from,
      ...(to === undefined ? [] : ['to', to]),
    ]),
  ];
}

function readBundle(text: string): TrustBundle {
  return readTrustLines(splitLines(text).map((words, i) => ({ line: i + 1, words: words.split(' ') })));
}
