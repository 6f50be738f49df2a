/** C2SP tlog-checkpoint v1.0.0: the text of the note that commits a log to a size and a root. */
import { equal, toBase64 } from './bytes.js';
import { FormatError } from './errors.js';
import { emptyRoot, HASH_BYTES } from './hash.js';
import { checkName } from './note.js';
import { parseDecimal, parseHash, splitLines } from './text.js';

export interface Checkpoint {
  /** The log's name, and the name its key signs with: `<domain>/<public school code>`. */
  readonly origin: string;
  /** How many entries the tree has: a whole number up to 2^53 − 1. */
  readonly size: number;
  /** The 32-byte RFC 6962 root. */
  readonly root: Uint8Array;
}

/** `<origin>\n<size>\n<base64 root>\n`: the text that is signed. No extension line is ever written. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  checkCheckpoint(checkpoint);
  return `${checkpoint.origin}\n${String(checkpoint.size)}\n${toBase64(checkpoint.root)}\n`;
}

/** The checkpoint in a note's text. Exactly three lines; size 0 has the empty root. */
export function parseCheckpoint(text: string): Checkpoint {
  const checkpoint = parseCheckpointLines(text);
  checkCheckpoint(checkpoint);
  return checkpoint;
}

/** `parseCheckpoint`, but size 0 may claim any root: a witness has a status of its own to answer that with. */
export function parseCheckpointLines(text: string): Checkpoint {
  const lines = splitLines(text);
  if (lines.length < 3) {
    throw new FormatError('MISSING_LINE', 'a checkpoint has an origin, a size and a root', lines.length + 1);
  }
  if (lines.length > 3) throw new FormatError('BAD_LINE', 'this log writes no extension lines', 4);
  const [origin, size, root] = lines as [string, string, string];
  checkName(origin, 1);
  return { origin, size: parseDecimal(size, 2), root: parseHash(root, 3) };
}

function checkCheckpoint({ origin, size, root }: Checkpoint): void {
  checkName(origin, 1);
  if (!Number.isSafeInteger(size) || size < 0)
    throw new FormatError('BAD_NUMBER', `${String(size)} is no tree size`, 2);
  if (root.length !== HASH_BYTES) throw new FormatError('BAD_LENGTH', 'a root has 32 bytes', 3);
  if (size === 0 && !equal(root, emptyRoot()))
    throw new FormatError('BAD_FIELD', 'an empty log has the empty root', 3);
}
