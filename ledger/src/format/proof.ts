/** C2SP tlog-proof: one file that proves, offline, that an entry is in a log: index, inclusion proof, checkpoint. */
import { concat, toBase64, utf8 } from './bytes.js';
import { FormatError } from './errors.js';
import { HASH_BYTES } from './hash.js';
import { parseNote } from './note.js';
import { MAX_TEXT_BYTES, parseBase64, parseDecimal, parseHash, readText } from './text.js';

export interface TlogProof {
  /** Opaque bytes that nothing authenticates. */
  readonly extra?: Uint8Array;
  readonly index: number;
  /** The inclusion proof, the leaf's sibling first. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
/** No tree of fewer than 2^63 entries needs more. */
export const MAX_PROOF_HASHES = 63;

/** The proof's bytes. */
export function formatProof({ extra, index, hashes, checkpoint }: TlogProof): Uint8Array {
  if (!Number.isSafeInteger(index) || index < 0)
    throw new FormatError('BAD_NUMBER', `${String(index)} is no index`);
  if (extra?.length === 0) throw emptyExtra();
  if (hashes.length > MAX_PROOF_HASHES) throw tooManyHashes();
  const head = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${String(index)}`,
  ];
  parseNote(checkpoint);
  return concat(utf8(`${[...head, ...hashes.map(formatHash)].join('\n')}\n\n`), checkpoint);
}

/** The proof in `bytes`, which is the one form of it. The checkpoint is well-formed as a note; nothing is verified. */
export function parseProof(bytes: Uint8Array): TlogProof {
  const text = readText(bytes);
  const split = text.indexOf('\n\n');
  if (split < 0) throw new FormatError('MISSING_LINE', 'a proof has an empty line before its checkpoint');
  const lines = text.slice(0, split).split('\n');
  if (lines[0] !== HEADER) throw new FormatError('BAD_HEADER', `a proof starts with ${HEADER}`, 1);
  const extraLine = lines[1]?.startsWith('extra ') === true ? lines[1] : undefined;
  const indexAt = extraLine === undefined ? 1 : 2;
  const indexLine = lines[indexAt];
  if (indexLine?.startsWith('index ') !== true)
    throw new FormatError('MISSING_LINE', 'expected "index <n>"', indexAt + 1);
  const hashLines = lines.slice(indexAt + 1);
  if (hashLines.length > MAX_PROOF_HASHES) throw tooManyHashes();
  const proof: TlogProof = {
    ...(extraLine === undefined ? {} : { extra: parseBase64(extraLine.slice('extra '.length), 2) }),
    index: parseDecimal(indexLine.slice('index '.length), indexAt + 1),
    hashes: hashLines.map((line, i) => parseHash(line, indexAt + 2 + i)),
    checkpoint: utf8(text.slice(split + 2)),
  };
  if (proof.extra?.length === 0) throw emptyExtra(2);
  parseNote(proof.checkpoint, MAX_TEXT_BYTES, lines.length + 2);
  return proof;
}

/** One hash of a proof as its line, without the newline. */
export function formatHash(hash: Uint8Array): string {
  if (hash.length !== HASH_BYTES) throw new FormatError('BAD_LENGTH', 'a hash has 32 bytes');
  return toBase64(hash);
}

function emptyExtra(line?: number): FormatError {
  return new FormatError('BAD_LENGTH', 'an empty extra line is left out', line);
}

function tooManyHashes(): FormatError {
  return new FormatError('TOO_MANY', `more than ${String(MAX_PROOF_HASHES)} hashes`);
}
