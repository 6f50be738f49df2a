/**
 * C2SP tlog-policy: which logs and witnesses are known, and which witnesses together are enough. People write these
 * files, so parsing takes what the specification allows (spaces, tabs, empty lines, # comments); formatting writes one
 * form of it.
 */
import { toHex, utf8 } from './bytes.js';
import { FormatError } from './errors.js';
import { COSIGNATURE_ED25519, ED25519, formatVkey, parseVkey, type VerifierKey } from './note.js';
import { clip, parseDecimal, readText } from './text.js';

export interface PolicyLog {
  /** Its name is the log's origin. */
  readonly key: VerifierKey;
  readonly url?: string;
}

export interface PolicyWitness {
  /** A name inside this policy only. */
  readonly name: string;
  readonly key: VerifierKey;
  readonly url?: string;
}

export interface PolicyGroup {
  readonly name: string;
  /** How many members must have cosigned. */
  readonly rule: 'all' | 'any' | number;
  /** Names of witnesses and groups defined before. */
  readonly members: readonly string[];
}

/** Who must have cosigned: `quorum` names a witness or a group; null when none is needed. */
export interface Quorum<W extends PolicyWitness = PolicyWitness> {
  readonly witnesses: readonly W[];
  readonly groups: readonly PolicyGroup[];
  readonly quorum: string | null;
}

export interface Policy extends Quorum {
  readonly logs: readonly PolicyLog[];
}

/** One form of the policy: logs, witnesses, groups, quorum, a line each. */
export function formatPolicy(policy: Policy): Uint8Array {
  const logs = policy.logs.map(({ key, url }) => ['log', formatVkey(key), ...optional(url)]);
  const witnesses = policy.witnesses.map(({ name, key, url }) => [
    'witness',
    name,
    formatVkey(key),
    ...optional(url),
  ]);
  const text = formatLines([...logs, ...witnesses, ...quorumLines(policy)]);
  parsePolicy(utf8(text));
  return utf8(text);
}

/** A policy file. Else FormatError with the line. */
export function parsePolicy(bytes: Uint8Array): Policy {
  const logs: PolicyLog[] = [];
  const names = new QuorumReader();
  const lines = readText(bytes).split('\n');
  if (lines.pop() !== '')
    throw new FormatError('MISSING_NEWLINE', 'the last line does not end in a newline', lines.length + 1);
  lines.forEach((text, i) => {
    const line = i + 1;
    if (/[\0-\x08\x0b-\x1f\x7f]/.test(text))
      throw new FormatError('CONTROL_CHARACTER', 'a control character', line);
    const words = text.split(/[ \t]+/).filter((word) => word !== '');
    const [keyword, first] = words;
    if (keyword === undefined || keyword.startsWith('#')) return;
    if (keyword === 'log') logs.push(parseLog(words, line, logs));
    else if (keyword === 'witness') names.addWitness(parseWitness(words, line), line);
    else if (keyword === 'group') names.addGroup(words, line);
    else if (keyword === 'quorum') names.setQuorum(words, line);
    else throw new FormatError('BAD_LINE', `unknown line "${clip(keyword)} ${clip(first ?? '')}"`, line);
  });
  return { logs, ...names.finish(lines.length + 1) };
}

function parseLog(words: readonly string[], line: number, before: readonly PolicyLog[]): PolicyLog {
  const [, vkey = '', url] = countWords(words, 2, 3, line);
  const key = parseVkey(vkey, line);
  if (key.type !== ED25519)
    throw new FormatError('UNKNOWN_KEY_TYPE', 'a log signs with a plain Ed25519 key', line);
  if (before.some((log) => toHex(log.key.publicKey) === toHex(key.publicKey))) {
    throw new FormatError('DUPLICATE', `the key of log ${key.name} is listed twice`, line);
  }
  return { key, ...(url === undefined ? {} : { url }) };
}

function parseWitness(words: readonly string[], line: number): PolicyWitness {
  const [, name = '', vkey = '', url] = countWords(words, 3, 4, line);
  return { name, key: parseWitnessKey(vkey, line), ...(url === undefined ? {} : { url }) };
}

/** A witness' verifier key: of the cosignature type. */
export function parseWitnessKey(vkey: string, line: number): VerifierKey {
  const key = parseVkey(vkey, line);
  if (key.type !== COSIGNATURE_ED25519) {
    throw new FormatError('UNKNOWN_KEY_TYPE', 'a witness signs with an Ed25519 cosignature key', line);
  }
  return key;
}

/** Collects witness, group and quorum lines: one namespace, names defined before use, a member at most once. */
export class QuorumReader<W extends PolicyWitness = PolicyWitness> {
  private readonly witnesses: W[] = [];
  private readonly groups: PolicyGroup[] = [];
  private readonly keys = new Set<string>();
  /** Every name, and whether a group has it already as a member. */
  private readonly names = new Map<string, 'free' | 'member'>();
  private quorum: string | null | undefined;

  addWitness(witness: W, line: number): void {
    this.define(witness.name, line);
    const key = toHex(witness.key.publicKey);
    if (this.keys.has(key))
      throw new FormatError('DUPLICATE', `the key of witness ${witness.name} is listed twice`, line);
    this.keys.add(key);
    this.witnesses.push(witness);
  }

  addGroup(words: readonly string[], line: number): void {
    const [, name = '', ruleText = '', ...members] = countWords(words, 4, Number.POSITIVE_INFINITY, line);
    const rule = ruleText === 'all' || ruleText === 'any' ? ruleText : parseDecimal(ruleText, line);
    if (typeof rule === 'number' && (rule < 1 || rule > members.length)) {
      throw new FormatError(
        'BAD_NUMBER',
        `${ruleText} of ${String(members.length)} members is not possible`,
        line,
      );
    }
    for (const member of members) {
      const state = this.names.get(member);
      if (state === undefined)
        throw new FormatError('BAD_NAME', `"${clip(member)}" is not defined before this line`, line);
      if (state === 'member')
        throw new FormatError('DUPLICATE', `"${clip(member)}" is a group's member already`, line);
      this.names.set(member, 'member');
    }
    this.define(name, line);
    this.groups.push({ name, rule, members });
  }

  setQuorum(words: readonly string[], line: number): void {
    const [, name = ''] = countWords(words, 2, 2, line);
    if (this.quorum !== undefined) throw new FormatError('DUPLICATE', 'a second quorum line', line);
    if (name !== 'none' && !this.names.has(name)) {
      throw new FormatError('BAD_NAME', `"${clip(name)}" is not defined before this line`, line);
    }
    this.quorum = name === 'none' ? null : name;
  }

  finish(line: number): Quorum<W> {
    if (this.quorum === undefined)
      throw new FormatError('MISSING_LINE', 'exactly one quorum line is needed', line);
    return { witnesses: this.witnesses, groups: this.groups, quorum: this.quorum };
  }

  private define(name: string, line: number): void {
    if (name === 'none' || this.names.has(name)) {
      throw new FormatError('DUPLICATE', `the name "${clip(name)}" is taken`, line);
    }
    this.names.set(name, 'free');
  }
}

/** The words of the group lines and the quorum line. */
export function quorumLines({ groups, quorum }: Quorum): string[][] {
  return [
    ...groups.map(({ name, rule, members }) => ['group', name, String(rule), ...members]),
    ['quorum', quorum ?? 'none'],
  ];
}

/** Words into lines; a word that would not read back as one word: FormatError BAD_NAME. */
export function formatLines(lines: readonly (readonly string[])[]): string {
  for (const word of lines.flat()) {
    if (!/^[^\0-\x20\x7f]+$/.test(word)) throw new FormatError('BAD_NAME', `"${clip(word)}" is not one word`);
  }
  return lines.map((words) => `${words.join(' ')}\n`).join('');
}

/** `words`, when there are from `least` to `most` of them; else FormatError BAD_LINE. */
export function countWords(
  words: readonly string[],
  least: number,
  most: number,
  line: number,
): readonly string[] {
  if (words.length < least || words.length > most) {
    throw new FormatError(
      'BAD_LINE',
      `a ${clip(words[0] ?? '')} line does not have ${String(words.length)} words`,
      line,
    );
  }
  return words;
}

/** Whether the witnesses with these policy names are enough. */
export function quorumHolds({ groups, quorum }: Quorum, witnessed: ReadonlySet<string>): boolean {
  if (quorum === null) return true;
  const holds = new Set(witnessed);
  for (const { name, rule, members } of groups) {
    const have = members.filter((member) => holds.has(member)).length;
    const need = rule === 'all' ? members.length : rule === 'any' ? 1 : rule;
    if (have >= need) holds.add(name);
  }
  return holds.has(quorum);
}

function optional(word: string | undefined): string[] {
  return word === undefined ? [] : [word];
}
