/**
 * socai-misbehaviour/v1: two signed checkpoints of one log that cannot both be true, with what shows it, in one file.
 * Whoever has the log's verifier key checks it offline (verify/misbehaviour.ts); nobody else could have made it.
 */
import { concat, equal, utf8 } from './bytes.js';
import { parseCheckpoint } from './checkpoint.js';
import { FormatError } from './errors.js';
import { parseNote } from './note.js';
import { formatHash, MAX_PROOF_HASHES } from './proof.js';
import { clip, parseDecimal, parseHash, readText } from './text.js';

/** Where an entry is said to be: its leaf hash, and the inclusion proof, the leaf's sibling first. */
export interface PlacedEntry {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly hashes: readonly Uint8Array[];
}

/** Why the two checkpoints contradict each other. */
export type Contradiction =
  /** They have one size and two roots. */
  | { readonly kind: 'same-size' }
  /** The larger tree begins with other entries: its beginning, of the smaller one's size, has this root (proof). */
  | { readonly kind: 'not-a-prefix'; readonly root: Uint8Array; readonly hashes: readonly Uint8Array[] }
  /** Inclusion proofs in both trees give one full subtree two hashes. */
  | { readonly kind: 'other-entries'; readonly entries: readonly [PlacedEntry, PlacedEntry] };

export interface Misbehaviour {
  /** The signed notes, verbatim; the smaller tree first. */
  readonly checkpoints: readonly [Uint8Array, Uint8Array];
  readonly contradiction: Contradiction;
}

const HEADER = 'socai-misbehaviour/v1';

/** The file: header and contradiction, an empty line, the first note, an empty line, the second note. */
export function formatMisbehaviour({ checkpoints, contradiction }: Misbehaviour): Uint8Array {
  checkpoints.forEach(checkIsCheckpoint);
  const lines = [HEADER, `kind ${contradiction.kind}`, ...contradictionLines(contradiction)];
  const [first, second] = checkpoints;
  return concat(utf8(`${lines.join('\n')}\n\n`), first, utf8('\n'), second);
}

/** The proof in `bytes`: well-formed and in its one form; nothing is verified. */
export function parseMisbehaviour(bytes: Uint8Array): Misbehaviour {
  const text = readText(bytes);
  // A checkpoint has exactly one empty line, between its text and its signatures.
  const [head = '', ...parts] = text.split('\n\n');
  const [text1, signatures1, text2, signatures2, ...more] = parts;
  if (
    text1 === undefined ||
    signatures1 === undefined ||
    text2 === undefined ||
    signatures2 === undefined ||
    more.length > 0
  ) {
    throw new FormatError(
      'MISSING_LINE',
      'expected a contradiction and two checkpoints, with empty lines between',
    );
  }
  const proof: Misbehaviour = {
    contradiction: readContradiction(head.split('\n')),
    checkpoints: [utf8(`${text1}\n\n${signatures1}\n`), utf8(`${text2}\n\n${signatures2}`)],
  };
  if (!equal(formatMisbehaviour(proof), bytes))
    throw new FormatError('NOT_CANONICAL', 'not the one form of this proof');
  return proof;
}

function contradictionLines(contradiction: Contradiction): string[] {
  switch (contradiction.kind) {
    case 'same-size':
      return [];
    case 'not-a-prefix':
      return [`root ${formatHash(contradiction.root)}`, ...hashLines(contradiction.hashes)];
    case 'other-entries':
      return contradiction.entries.flatMap(({ index, leaf, hashes }) => [
        `entry ${String(index)} ${formatHash(leaf)}`,
        ...hashLines(hashes),
      ]);
  }
}

function hashLines(hashes: readonly Uint8Array[]): string[] {
  if (hashes.length > MAX_PROOF_HASHES) throw tooManyHashes();
  return hashes.map(formatHash);
}

function readContradiction([header, kindLine = '', ...lines]: readonly string[]): Contradiction {
  if (header !== HEADER)
    throw new FormatError('BAD_HEADER', `a proof of misbehaviour starts with ${HEADER}`, 1);
  switch (kindLine) {
    case 'kind same-size':
      if (lines.length > 0) throw new FormatError('BAD_LINE', `unexpected "${clip(lines[0] ?? '')}"`, 3);
      return { kind: 'same-size' };
    case 'kind not-a-prefix': {
      const [rootLine = '', ...hashes] = lines;
      if (!rootLine.startsWith('root ')) throw new FormatError('MISSING_LINE', 'expected "root <hash>"', 3);
      return {
        kind: 'not-a-prefix',
        root: parseHash(rootLine.slice('root '.length), 3),
        hashes: readHashes(hashes, 4),
      };
    }
    case 'kind other-entries': {
      const second = lines.findIndex((line, i) => i > 0 && line.startsWith('entry '));
      if (second < 0) throw new FormatError('MISSING_LINE', 'expected two entries');
      return {
        kind: 'other-entries',
        entries: [readEntry(lines.slice(0, second), 3), readEntry(lines.slice(second), 3 + second)],
      };
    }
    default:
      throw new FormatError('BAD_LINE', `"${clip(kindLine)}" is no kind of contradiction`, 2);
  }
}

function readEntry([entryLine = '', ...hashes]: readonly string[], line: number): PlacedEntry {
  const [keyword, index = '', leaf = '', ...more] = entryLine.split(' ');
  if (keyword !== 'entry' || more.length > 0)
    throw new FormatError('BAD_LINE', 'expected "entry <index> <leaf hash>"', line);
  return {
    index: parseDecimal(index, line),
    leaf: parseHash(leaf, line),
    hashes: readHashes(hashes, line + 1),
  };
}

function readHashes(lines: readonly string[], line: number): Uint8Array[] {
  if (lines.length > MAX_PROOF_HASHES) throw tooManyHashes();
  return lines.map((text, i) => parseHash(text, line + i));
}

function checkIsCheckpoint(bytes: Uint8Array): void {
  parseCheckpoint(parseNote(bytes).text);
}

function tooManyHashes(): FormatError {
  return new FormatError('TOO_MANY', `more than ${String(MAX_PROOF_HASHES)} hashes`);
}
