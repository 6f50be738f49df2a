/**
 * What people write by hand about trust: a draft of a bundle, and a list of roots. Comments, empty lines and any spaces
 * are allowed, sections may come in any order, and a school's name may stand in quotes instead of base64; what is made
 * of a draft is the one canonical text that roots sign.
 */
import { toBase64, utf8 } from './bytes.js';
import { FormatError } from './errors.js';
import { clip, parseDecimal, readText } from './text.js';
import { MAX_TRUST_BYTES, type RootSet, type TrustBundle } from './trust.js';
import { parseDate, readRootLines, readTrustLines, type TrustLine } from './trust-lines.js';

/** What the command line may say instead of the draft. */
export interface DraftChanges {
  readonly serial?: string;
  /** YYYY-MM-DD. */
  readonly expires?: string;
}

/** The bundle that a draft describes; `changes` stand instead of its own lines. Else FormatError with the line. */
export function parseTrustDraft(bytes: Uint8Array, changes: DraftChanges = {}): TrustBundle {
  const [header, ...lines] = draftLines(bytes);
  if (changes.serial !== undefined) parseDecimal(changes.serial);
  if (changes.expires !== undefined) parseDate(changes.expires);
  const given = Object.entries(changes).map(([keyword, value]) => ({
    line: 0,
    words: [keyword, value as string],
  }));
  const kept = lines.filter(({ words }) => !Object.hasOwn(changes, words[0] ?? ''));
  return readTrustLines(header === undefined ? [] : [header, ...given, ...kept]);
}

/** The roots that a verifier is given: `threshold <k>` and `root <vkey>` lines. Else FormatError with the line. */
export function parseRootSet(bytes: Uint8Array): RootSet {
  return readRootLines(draftLines(bytes));
}

function draftLines(bytes: Uint8Array): TrustLine[] {
  return readText(bytes, MAX_TRUST_BYTES)
    .split(/\r?\n/)
    .map((text, i) => ({ line: i + 1, words: wordsOf(text, i + 1) }))
    .filter(({ words }) => words.length > 0);
}

/** Words between spaces and tabs; a name in quotes is one word, written in base64; "#" begins a comment. */
function wordsOf(text: string, line: number): string[] {
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(text))
    throw new FormatError('CONTROL_CHARACTER', 'a control character', line);
  const words: string[] = [];
  let rest = text.trim();
  while (rest !== '' && !rest.startsWith('#')) {
    const quoted = rest.startsWith('"');
    const word = (quoted ? /^"([^"]*)"(?=\s|$)/ : /\S+/).exec(rest);
    if (word === null) throw new FormatError('BAD_LINE', `a quote is not closed: ${clip(rest)}`, line);
    words.push(quoted ? toBase64(utf8((word[1] ?? '').normalize('NFC'))) : word[0]);
    rest = rest.slice(word[0].length).trimStart();
  }
  return words;
}
