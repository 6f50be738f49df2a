import { isUtf8 } from 'node:buffer';

/** A line of text, or why its bytes are none. */
export type Line = { readonly text: string } | { readonly problem: 'TOO_LONG' | 'NOT_UTF8' };

const NEWLINE = 0x0a;

/**
 * Splits a stream into lines, those of one chunk together, keeping at most one line in memory. A line longer than
 * `longest` bytes is skipped to its end and reported, so that a stream without newlines cannot fill the memory. The
 * last line needs no newline; a byte order mark at the start is dropped.
 */
export async function* linesOf(
  stream: AsyncIterable<string | Uint8Array>,
  longest: number,
): AsyncGenerator<readonly Line[]> {
  let pending: Buffer[] = [];
  let pendingLength = 0;
  let first = true;
  const take = (piece: Buffer): Line => {
    const tooLong = pendingLength + piece.length > longest;
    const bytes = tooLong ? null : pending.length === 0 ? piece : Buffer.concat([...pending, piece]);
    pending = [];
    pendingLength = 0;
    const line = bytes === null ? ({ problem: 'TOO_LONG' } as const) : decode(bytes, first);
    first = false;
    return line;
  };
  for await (const raw of stream) {
    const chunk =
      typeof raw === 'string' ? Buffer.from(raw) : Buffer.from(raw.buffer, raw.byteOffset, raw.length);
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      lines.push(take(chunk.subarray(start, end)));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    pendingLength += rest.length;
    if (pendingLength > longest) pending = [];
    else if (rest.length > 0) pending.push(rest);
    if (lines.length > 0) yield lines;
  }
  if (pendingLength > 0) yield [take(Buffer.alloc(0))];
}

function decode(bytes: Buffer, first: boolean): Line {
  if (!isUtf8(bytes)) return { problem: 'NOT_UTF8' };
  const text = bytes.toString('utf8');
  return { text: first && text.startsWith('\uFEFF') ? text.slice(1) : text };
}
