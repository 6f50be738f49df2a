/**
 * socai-trust/v1: how a stranger knows the schools' keys. The text of a signed note that k of n roots sign: schools with
 * their logs and certificate authorities, witnesses, and the roots themselves. Checking signatures and expiry is in
 * verify/trust.ts.
 */
import { fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from './bytes.js';
import { FormatError } from './errors.js';
import { checkName, ED25519, formatVkey, parseVkey, type VerifierKey } from './note.js';
import {
  countWords,
  formatLines,
  parseWitnessKey,
  QuorumReader,
  quorumLines,
  type PolicyWitness,
  type Quorum,
} from './policy.js';
import { clip, parseDecimal, splitLines } from './text.js';

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

export interface TrustSchool {
  readonly code: string;
  /** NFC text. */
  readonly name: string;
  readonly province: string;
  /** At least one; all keys of one log have its origin as their name. */
  readonly logs: readonly TrustLog[];
  readonly cas: readonly TrustCa[];
}

export interface TrustWitness extends PolicyWitness {
  /** The domain of who runs it: independence is counted by operator. */
  readonly operator: string;
}

export interface TrustBundle extends Quorum<TrustWitness> {
  /** Never falls from one bundle to the next. */
  readonly serial: number;
  /** YYYY-MM-DD: the last day (UTC) on which the bundle holds. */
  readonly expires: string;
  /** The directory log of the province. */
  readonly directory?: VerifierKey;
  readonly schools: readonly TrustSchool[];
  /** How many of the roots must have signed. */
  readonly threshold: number;
  readonly roots: readonly VerifierKey[];
}

const HEADER = 'socai-trust/v1';
/** A province has thousands of schools, about 400 bytes each. */
export const MAX_TRUST_BYTES = 8 * 1024 * 1024;

/** The text that roots sign. */
export function formatTrustBundle(bundle: TrustBundle): string {
  const text = formatLines([
    [HEADER],
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

interface OpenSchool extends TrustSchool {
  readonly logs: TrustLog[];
  readonly cas: TrustCa[];
}

/** Reads lines in any order of sections; the caller compares with the one order that is written. */
function readBundle(text: string): TrustBundle {
  const lines = splitLines(text);
  if (lines[0] !== HEADER) throw new FormatError('BAD_HEADER', `a trust bundle starts with ${HEADER}`, 1);
  const single = new Map<string, string>();
  const schools: OpenSchool[] = [];
  const quorum = new QuorumReader<TrustWitness>();
  const roots: VerifierKey[] = [];
  lines.slice(1).forEach((lineText, i) => {
    const line = i + 2;
    const words = lineText.split(' ');
    const [keyword = ''] = words;
    switch (keyword) {
      case 'serial':
      case 'expires':
      case 'directory':
      case 'threshold': {
        const [, value = ''] = countWords(words, 2, 2, line);
        if (single.has(keyword)) throw new FormatError('DUPLICATE', `a second ${keyword} line`, line);
        single.set(keyword, value);
        break;
      }
      case 'school':
        schools.push(parseSchool(words, line, schools));
        break;
      case 'log':
        lastSchool(schools, line).logs.push(parseTrustLog(words, line));
        break;
      case 'ca':
        lastSchool(schools, line).cas.push(parseCa(words, line));
        break;
      case 'witness':
        quorum.addWitness(parseTrustWitness(words, line), line);
        break;
      case 'group':
        quorum.addGroup(words, line);
        break;
      case 'quorum':
        quorum.setQuorum(words, line);
        break;
      case 'root':
        roots.push(parseRoot(words, line, roots));
        break;
      default:
        throw new FormatError('BAD_LINE', `unknown line "${clip(keyword)}"`, line);
    }
  });
  return finishBundle(single, schools, quorum.finish(lines.length + 1), roots);
}

function finishBundle(
  single: ReadonlyMap<string, string>,
  schools: readonly TrustSchool[],
  quorum: Quorum<TrustWitness>,
  roots: readonly VerifierKey[],
): TrustBundle {
  const directory = single.get('directory');
  const threshold = parseDecimal(required(single, 'threshold'));
  if (threshold < 1 || threshold > roots.length) {
    throw new FormatError(
      'BAD_NUMBER',
      `${String(threshold)} of ${String(roots.length)} roots is not possible`,
    );
  }
  checkOrigins(schools);
  return {
    serial: parseDecimal(required(single, 'serial')),
    expires: parseDate(required(single, 'expires')),
    ...(directory === undefined ? {} : { directory: parseVkey(directory) }),
    schools,
    ...quorum,
    threshold,
    roots,
  };
}

/** A log belongs to one school, and a school has one log (under one or more keys). */
function checkOrigins(schools: readonly TrustSchool[]): void {
  const owners = new Map<string, string>();
  for (const { code, logs } of schools) {
    if (logs.length === 0) throw new FormatError('MISSING_LINE', `school ${clip(code)} has no log`);
    for (const { key } of logs) {
      const owner = owners.get(key.name) ?? code;
      if (owner !== code) throw new FormatError('DUPLICATE', `log ${key.name} belongs to two schools`);
      if (key.name !== logs[0]?.key.name)
        throw new FormatError('BAD_NAME', `school ${clip(code)} has two logs`);
      owners.set(key.name, code);
    }
  }
}

function parseSchool(words: readonly string[], line: number, before: readonly TrustSchool[]): OpenSchool {
  const [, code = '', encoded = '', province = ''] = countWords(words, 4, 4, line);
  checkName(code, line);
  checkName(province, line);
  if (before.some((school) => school.code === code)) {
    throw new FormatError('DUPLICATE', `school ${clip(code)} is listed twice`, line);
  }
  const name = fromUtf8(fromBase64(encoded));
  if (name === '' || name.normalize('NFC') !== name)
    throw new FormatError('BAD_NAME', "a school's name is NFC text", line);
  return { code, name, province, logs: [], cas: [] };
}

function parseTrustLog(words: readonly string[], line: number): TrustLog {
  const [, vkey = '', ...range] = words;
  const key = parseVkey(vkey, line);
  if (key.type !== ED25519)
    throw new FormatError('UNKNOWN_KEY_TYPE', 'a log signs with a plain Ed25519 key', line);
  const { from, to } = parseRange(range, line);
  const log = {
    key,
    from: parseDecimal(from, line),
    ...(to === undefined ? {} : { to: parseDecimal(to, line) }),
  };
  if (log.to !== undefined && log.to < log.from)
    throw new FormatError('BAD_NUMBER', '"to" comes before "from"', line);
  return log;
}

function parseCa(words: readonly string[], line: number): TrustCa {
  const [, spki = '', profile = '', ...range] = words;
  if (!/^[0-9a-f]{64}$/.test(spki))
    throw new FormatError('BAD_HEX', 'a CA is named by 64 hexadecimal digits', line);
  checkName(profile, line);
  const { from, to } = parseRange(range, line);
  const ca = {
    spki: fromHex(spki),
    profile,
    from: parseDate(from, line),
    ...(to === undefined ? {} : { to: parseDate(to, line) }),
  };
  if (ca.to !== undefined && ca.to < ca.from)
    throw new FormatError('BAD_TIME', '"to" comes before "from"', line);
  return ca;
}

function parseTrustWitness(words: readonly string[], line: number): TrustWitness {
  const [, name = '', vkey = '', operator = '', url] = countWords(words, 4, 5, line);
  checkName(operator, line);
  return { name, key: parseWitnessKey(vkey, line), operator, ...(url === undefined ? {} : { url }) };
}

function parseRoot(words: readonly string[], line: number, before: readonly VerifierKey[]): VerifierKey {
  const [, vkey = ''] = countWords(words, 2, 2, line);
  const root = parseVkey(vkey, line);
  if (root.type !== ED25519)
    throw new FormatError('UNKNOWN_KEY_TYPE', 'a root signs with a plain Ed25519 key', line);
  if (before.some((other) => other.name === root.name || toHex(other.publicKey) === toHex(root.publicKey))) {
    throw new FormatError('DUPLICATE', `root ${root.name} is listed twice`, line);
  }
  return root;
}

function parseRange(words: readonly string[], line: number): { readonly from: string; readonly to?: string } {
  const [fromWord, from, toWord, to] = words;
  if (fromWord !== 'from' || from === undefined)
    throw new FormatError('BAD_LINE', 'expected "from <start>"', line);
  if (words.length === 2) return { from };
  if (toWord !== 'to' || to === undefined || words.length > 4)
    throw new FormatError('BAD_LINE', 'expected "to <end>"', line);
  return { from, to };
}

function parseDate(text: string, line?: number): string {
  const date = new Date(`${text}T00:00:00.000Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(text) ||
    Number.isNaN(date.getTime()) ||
    date.toISOString().slice(0, 10) !== text
  ) {
    throw new FormatError('BAD_TIME', `"${clip(text)}" is not a date YYYY-MM-DD`, line);
  }
  return text;
}

function lastSchool(schools: readonly OpenSchool[], line: number): OpenSchool {
  const school = schools.at(-1);
  if (school === undefined)
    throw new FormatError('BAD_LINE', 'a log or ca line stands under its school', line);
  return school;
}

function required(single: ReadonlyMap<string, string>, keyword: string): string {
  const value = single.get(keyword);
  if (value === undefined) throw new FormatError('MISSING_LINE', `a trust bundle has a ${keyword} line`);
  return value;
}
