/** Reading the lines of a trust bundle, in whatever order they come: what each says, and what they say together. */
import { fromHex, fromUtf8, toHex } from './bytes.js';
import { FormatError } from './errors.js';
import { checkName, ED25519, parseVkey, type VerifierKey } from './note.js';
import { countWords, parseWitnessKey, QuorumReader } from './policy.js';
import { clip, parseBase64, parseDecimal } from './text.js';
import type {
  FormerName,
  RootSet,
  TrustBundle,
  TrustCa,
  TrustLog,
  TrustSchool,
  TrustWitness,
} from './trust.js';

/** One line, cut into words. */
export interface TrustLine {
  /** Counted from 1 in the text that a person sees. */
  readonly line: number;
  /** At least one. */
  readonly words: readonly string[];
}

export const TRUST_HEADER = 'socai-trust/v1';

/** The bundle that these lines are, the header first. What is missing or contradicts itself: FormatError with the line. */
export function readTrustLines(lines: readonly TrustLine[]): TrustBundle {
  const [header, ...rest] = lines;
  if (header === undefined || header.words.join(' ') !== TRUST_HEADER) {
    throw new FormatError('BAD_HEADER', `a trust bundle starts with ${TRUST_HEADER}`, header?.line ?? 1);
  }
  const single = new SingleLines(['serial', 'expires', 'directory', 'threshold']);
  const schools: OpenSchool[] = [];
  const quorum = new QuorumReader<TrustWitness>();
  const roots: VerifierKey[] = [];
  for (const { line, words } of rest) {
    const [keyword = ''] = words;
    if (single.take(words, line)) continue;
    if (keyword === 'school') schools.push(parseSchool(words, line, schools));
    else if (keyword === 'formerly') addFormerName(lastSchool(schools, line), words, line);
    else if (keyword === 'log') lastSchool(schools, line).logs.push(parseTrustLog(words, line));
    else if (keyword === 'ca') lastSchool(schools, line).cas.push(parseCa(words, line));
    else if (keyword === 'witness') quorum.addWitness(parseTrustWitness(words, line), line);
    else if (keyword === 'group') quorum.addGroup(words, line);
    else if (keyword === 'quorum') quorum.setQuorum(words, line);
    else if (keyword === 'root') roots.push(parseRoot(words, line, roots));
    else throw new FormatError('BAD_LINE', `unknown line "${clip(keyword)}"`, line);
  }
  const directory = single.optional('directory', parseLogKey);
  checkOrigins(schools, directory);
  return {
    serial: single.required('serial', parseDecimal),
    expires: single.required('expires', parseDate),
    ...(directory === undefined ? {} : { directory }),
    schools,
    ...quorum.finish((lines.at(-1)?.line ?? 0) + 1),
    ...rootSet(single, roots),
  };
}

/** A set of roots alone: a `threshold` line and `root` lines. FormatError with the line. */
export function readRootLines(lines: readonly TrustLine[]): RootSet {
  const single = new SingleLines(['threshold']);
  const roots: VerifierKey[] = [];
  for (const { line, words } of lines) {
    if (single.take(words, line)) continue;
    if (words[0] !== 'root')
      throw new FormatError('BAD_LINE', `unknown line "${clip(words[0] ?? '')}"`, line);
    roots.push(parseRoot(words, line, roots));
  }
  return rootSet(single, roots);
}

/** YYYY-MM-DD, a day that the calendar has; else FormatError BAD_TIME. */
export function parseDate(text: string, line?: number): string {
  const date = new Date(`${text}T00:00:00.000Z`);
  // No other text comes back: a day that there is, written in full.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new FormatError('BAD_TIME', `"${clip(text)}" is not a date YYYY-MM-DD`, line);
  }
  return text;
}

/** Lines of two words that may stand once. */
class SingleLines {
  private readonly found = new Map<string, { readonly value: string; readonly line: number }>();

  constructor(private readonly keywords: readonly string[]) {}

  /** Whether the line is one of these; a second one of its keyword: FormatError DUPLICATE. */
  take(words: readonly string[], line: number): boolean {
    const [keyword = ''] = words;
    if (!this.keywords.includes(keyword)) return false;
    const [, value = ''] = countWords(words, 2, 2, line);
    if (this.found.has(keyword)) throw new FormatError('DUPLICATE', `a second ${keyword} line`, line);
    this.found.set(keyword, { value, line });
    return true;
  }

  optional<T>(keyword: string, parse: (value: string, line: number) => T): T | undefined {
    const found = this.found.get(keyword);
    return found === undefined ? undefined : parse(found.value, found.line);
  }

  required<T>(keyword: string, parse: (value: string, line: number) => T): T {
    const value = this.optional(keyword, parse);
    if (value === undefined) throw new FormatError('MISSING_LINE', `there is no ${keyword} line`);
    return value;
  }
}

function rootSet(single: SingleLines, roots: readonly VerifierKey[]): RootSet {
  const threshold = single.required('threshold', (value, line) => {
    const wanted = parseDecimal(value, line);
    if (wanted < 1 || wanted > roots.length) {
      const detail = `${String(wanted)} of ${String(roots.length)} roots is not possible`;
      throw new FormatError('BAD_NUMBER', detail, line);
    }
    return wanted;
  });
  return { threshold, roots };
}

interface OpenSchool extends TrustSchool {
  formerly?: readonly FormerName[];
  readonly logs: TrustLog[];
  readonly cas: TrustCa[];
}

/** A log belongs to one school (or is the directory), and a school has one log (under one or more keys). */
function checkOrigins(schools: readonly TrustSchool[], directory: VerifierKey | undefined): void {
  const owners = new Map<string, string>();
  for (const { code, logs } of schools) {
    if (logs.length === 0) throw new FormatError('MISSING_LINE', `school ${clip(code)} has no log`);
    for (const { key } of logs) {
      const owner = owners.get(key.name) ?? code;
      if (owner !== code) throw new FormatError('DUPLICATE', `log ${key.name} belongs to two schools`);
      if (key.name !== logs[0]?.key.name)
        throw new FormatError('BAD_NAME', `school ${clip(code)} has two logs`);
      if (key.name === directory?.name)
        throw new FormatError('DUPLICATE', `log ${key.name} is the directory log and school ${clip(code)}'s`);
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
  return { code, name: parseSchoolName(encoded, line), province, logs: [], cas: [] };
}

function parseSchoolName(encoded: string, line: number): string {
  const name = fromUtf8(parseBase64(encoded, line));
  if (name === '' || name.normalize('NFC') !== name)
    throw new FormatError('BAD_NAME', "a school's name is NFC text", line);
  return name;
}

/** `formerly <base64 NFC name> to <day>`, the oldest first, before the school's logs. */
function addFormerName(school: OpenSchool, words: readonly string[], line: number): void {
  const [, encoded = '', toWord, day = ''] = countWords(words, 4, 4, line);
  if (toWord !== 'to') throw new FormatError('BAD_LINE', 'expected "to <day>"', line);
  const former = { name: parseSchoolName(encoded, line), to: parseDate(day, line) };
  const before = school.formerly?.at(-1);
  if (before !== undefined && before.to > former.to)
    throw new FormatError('BAD_TIME', 'former names stand in the order of their last days', line);
  school.formerly = [...(school.formerly ?? []), former];
}

function parseTrustLog(words: readonly string[], line: number): TrustLog {
  const [, vkey = '', ...range] = words;
  const key = parseLogKey(vkey, line);
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

function parseLogKey(vkey: string, line: number): VerifierKey {
  const key = parseVkey(vkey, line);
  if (key.type !== ED25519)
    throw new FormatError('UNKNOWN_KEY_TYPE', 'a log signs with a plain Ed25519 key', line);
  return key;
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

function lastSchool(schools: readonly OpenSchool[], line: number): OpenSchool {
  const school = schools.at(-1);
  if (school === undefined)
    throw new FormatError('BAD_LINE', 'a log or ca line stands under its school', line);
  return school;
}
