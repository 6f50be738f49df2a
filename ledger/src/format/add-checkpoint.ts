/** C2SP tlog-witness v1.0.0: the body of an add-checkpoint request, and of a conflict's answer. */
import { concat, utf8 } from './bytes.js';
import { FormatError } from './errors.js';
import { parseNote } from './note.js';
import { formatHash, MAX_PROOF_HASHES } from './proof.js';
import { MAX_TEXT_BYTES, parseDecimal, parseHash, readText } from './text.js';

export interface AddCheckpoint {
  /** The size of the checkpoint that the witness cosigned last; 0 if none. */
  readonly old: number;
  /** The consistency proof from `old`; empty when `old` is 0 or the size itself. */
  readonly hashes: readonly Uint8Array[];
  /** The log's signed checkpoint. */
  readonly checkpoint: Uint8Array;
}

/** `old <n>`, the hashes, an empty line, the checkpoint. */
export function formatAddCheckpoint({ old, hashes, checkpoint }: AddCheckpoint): Uint8Array {
  if (!Number.isSafeInteger(old) || old < 0)
    throw new FormatError('BAD_NUMBER', `${String(old)} is no tree size`);
  if (hashes.length > MAX_PROOF_HASHES) throw tooManyHashes();
  parseNote(checkpoint);
  return concat(utf8(`${[`old ${String(old)}`, ...hashes.map(formatHash)].join('\n')}\n\n`), checkpoint);
}

/** The request in `bytes`: well-formed, nothing verified. */
export function parseAddCheckpoint(bytes: Uint8Array): AddCheckpoint {
  const text = readText(bytes);
  const split = text.indexOf('\n\n');
  if (split < 0) throw new FormatError('MISSING_LINE', 'a request has an empty line before its checkpoint');
  const [oldLine = '', ...hashLines] = text.slice(0, split).split('\n');
  if (!oldLine.startsWith('old ')) throw new FormatError('MISSING_LINE', 'expected "old <size>"', 1);
  if (hashLines.length > MAX_PROOF_HASHES) throw tooManyHashes();
  const request = {
    old: parseDecimal(oldLine.slice('old '.length), 1),
    hashes: hashLines.map((line, i) => parseHash(line, i + 2)),
    checkpoint: utf8(text.slice(split + 2)),
  };
  parseNote(request.checkpoint, MAX_TEXT_BYTES, hashLines.length + 3);
  return request;
}

/** The body of a 409 answer: the size the witness has, and a newline. */
export function formatConflict(size: number): Uint8Array {
  return utf8(`${String(size)}\n`);
}

/** The size in a 409 answer; undefined for an empty body, which some witnesses send. */
export function parseConflict(bytes: Uint8Array): number | undefined {
  const text = readText(bytes, 32);
  if (text === '') return undefined;
  if (!text.endsWith('\n'))
    throw new FormatError('MISSING_NEWLINE', 'a conflict answer is a size and a newline', 1);
  return parseDecimal(text.slice(0, -1), 1);
}

function tooManyHashes(): FormatError {
  return new FormatError('TOO_MANY', `more than ${String(MAX_PROOF_HASHES)} hashes`);
}
