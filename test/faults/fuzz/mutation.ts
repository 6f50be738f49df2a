/**
 * Hostile inputs out of good ones. Texts are changed line by line and word by word with what their grammars care about;
 * other bytes by bits, lengths and pieces of each other. Everything is drawn from one seeded generator.
 */
import { Buffer } from 'node:buffer';
import type { Random } from '#fixtures/random.js';

/** What parsers stumble over, as latin1 so that each character is one byte. */
const WORDS: readonly string[] = [
  '',
  ' ',
  '  ',
  '\t',
  '\n',
  '\n\n',
  '\r',
  '\r\n',
  '\0',
  '\x1f',
  '\x7f',
  '+',
  '=',
  '==',
  '/',
  '.',
  '-',
  '#',
  '"',
  '\\',
  '0',
  '00',
  '007',
  '1',
  '-1',
  '+16',
  '0x10',
  '1e3',
  '1.0',
  '-0',
  '1e400',
  'NaN',
  '255',
  '256',
  '257',
  '65535',
  '65536',
  '4294967296',
  '9007199254740991',
  '9007199254740992',
  '18446744073709551615',
  '99999999999999999999',
  ...[
    '\u2014',
    '\u2014 ',
    '\u00a0',
    '\u2003',
    '\u2028',
    '\ufeff',
    '\u0301',
    '\uff11',
    '\u1ea1',
    '\u{1f4d6}',
  ].map(utf8),
  '\xed\xa0\x80',
  '\xff',
  '\xc0\x80',
  '\xf8',
  'AAAA',
  'AAAB',
  'AAA=',
  'AAB=',
  'AA==',
  'AB==',
  '____',
  '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'c2sp.org/tlog-proof@v1',
  'socai-trust/v1',
  'index ',
  'extra ',
  'old ',
  'log ',
  'witness ',
  'group ',
  'quorum ',
  'none',
  'all',
  'any',
  'root ',
  'school ',
  'ca ',
  'from',
  'to',
  'serial ',
  'expires ',
  'threshold ',
  '2026-02-30',
  '9999-12-31',
  '+275760-09-13',
  'tile/',
  'entries',
  'x001/',
  '.p/',
  '{',
  '}',
  '[',
  ']',
  '[[[[',
  ':',
  ',',
  'null',
  'true',
  '"__proto__":',
  '"constructor":',
  '\\u0000',
  '\\ud800',
  '\\u00e9',
  '{"v":1}',
  '[]',
  '{}',
];

/** Bytes that matter in DER, in lengths and in tables. */
const OCTETS: readonly number[] = [
  0, 1, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0xfe, 0xff, 0x30, 0x31, 0x02, 0x04, 0x06, 0x0a,
];

function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** A text with one to four changes; `others` lend lines. */
export function mutateText(random: Random, text: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  let changed = latin1(text);
  for (let i = random.between(1, 4); i > 0; i--) {
    changed = random.pick(TEXT_CHANGES)(random, changed, others);
  }
  return bytes(changed);
}

type TextChange = (random: Random, text: string, others: readonly Uint8Array[]) => string;

const TEXT_CHANGES: readonly TextChange[] = [
  (random, text) => latin1(changeBytes(random, bytes(text), [])),
  // A word in, over, or instead of a word.
  (random, text) => replaceAt(text, random.below(text.length + 1), 0, random.pick(WORDS)),
  (random, text) => replaceMatch(random, text, /[^\s]+/g, () => random.pick(WORDS)),
  (random, text) => replaceMatch(random, text, /[A-Za-z0-9+/=]{4,}/g, (found) => otherDigit(random, found)),
  (random, text) => replaceMatch(random, text, /\d+/g, (found) => otherNumber(random, found)),
  (random, text) => replaceMatch(random, text, /"[^"]*"/g, () => `"${random.pick(WORDS)}"`),
  // Lines doubled, left out, exchanged, borrowed, repeated by the hundred.
  (random, text) => inLines(text, (lines) => lines.splice(random.below(lines.length), 0, random.pick(lines))),
  (random, text) => inLines(text, (lines) => lines.splice(random.below(lines.length), 1)),
  (random, text) => inLines(text, (lines) => exchange(random, lines)),
  (random, text, others) =>
    inLines(text, (lines) => lines.splice(random.below(lines.length), 0, borrow(random, others))),
  (random, text, others) =>
    inLines(text, (lines) => lines.splice(random.below(lines.length), 1, borrow(random, others))),
  (random, text) =>
    random.chance(0.1)
      ? replaceMatch(random, text, /[^\n]*\n/g, (line) => line.repeat(random.between(60, 130)))
      : text,
  (random, text) => (random.chance(0.02) ? '['.repeat(random.between(60, 20_000)) + text : text),
];

/** Bytes with one to four changes; `others` lend pieces. */
export function mutateBytes(random: Random, good: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  let changed = good;
  for (let i = random.between(1, 4); i > 0; i--) changed = changeBytes(random, changed, others);
  return changed;
}

function changeBytes(random: Random, good: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const at = random.below(good.length + 1);
  const length = random.chance(0.5) ? random.below(9) : random.below(good.length + 1);
  switch (random.below(7)) {
    case 0:
      return good.length === 0 ? good : flipped(random, good);
    case 1:
      return good.map((octet, i) => (i === at ? random.pick(OCTETS) : octet));
    case 2:
      return spliced(good, at, 0, randomBytes(random, random.below(9)));
    case 3:
      return spliced(good, at, length, new Uint8Array());
    case 4:
      return spliced(good, at, 0, good.subarray(at, at + Math.min(length, 64)));
    case 5:
      return good.subarray(0, at);
    default: {
      const source = others.length === 0 ? good : random.pick(others);
      const from = random.below(source.length + 1);
      const piece = source.subarray(from, from + Math.min(length, 512));
      return spliced(good, at, random.chance(0.5) ? piece.length : 0, piece);
    }
  }
}

/** One bit turned over. */
function flipped(random: Random, good: Uint8Array): Uint8Array {
  const changed = good.slice();
  const at = random.below(good.length);
  changed[at] = (changed[at] as number) ^ (1 << random.below(8));
  return changed;
}

/** `length` bytes, each as likely. */
export function randomBytes(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256));
}

/** Words of the grammars, one after another, without any sense. */
export function babble(random: Random): Uint8Array {
  return bytes(
    Array.from({ length: random.below(30) }, () => random.pick(WORDS)).join(random.pick(['', ' ', '\n'])),
  );
}

function spliced(good: Uint8Array, at: number, remove: number, piece: Uint8Array): Uint8Array {
  const rest = good.subarray(Math.min(at + remove, good.length));
  const changed = new Uint8Array(at + piece.length + rest.length);
  changed.set(good.subarray(0, at));
  changed.set(piece, at);
  changed.set(rest, at + piece.length);
  return changed;
}

function replaceAt(text: string, at: number, remove: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at + remove);
}

function replaceMatch(
  random: Random,
  text: string,
  pattern: RegExp,
  other: (found: string) => string,
): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const { 0: found, index } = random.pick(matches);
  return replaceAt(text, index, found.length, other(found));
}

function otherDigit(random: Random, found: string): string {
  const digit = random.pick([...'ABCDgwxyz0189+/=-_']);
  return replaceAt(found, random.below(found.length), 1, digit);
}

function otherNumber(random: Random, found: string): string {
  const near = [Number(found) + 1, Number(found) - 1, Number(found) * 2].map(String);
  return random.pick([...near, `0${found}`, `+${found}`, `${found}.0`, `${found}e0`, random.pick(WORDS)]);
}

function inLines(text: string, change: (lines: string[]) => unknown): string {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

function exchange(random: Random, lines: string[]): void {
  const [a, b] = [random.below(lines.length), random.below(lines.length)];
  [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
}

function borrow(random: Random, others: readonly Uint8Array[]): string {
  return others.length === 0 ? '' : random.pick(latin1(random.pick(others)).split('\n'));
}

function latin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
