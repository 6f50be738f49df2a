import { isUtf8 } from 'node:buffer';

/** A line of text, or why its bytes are none. */
export type Line = { readonly text: string } | { readonly problem: 'TOO_LONG' | 'NOT_UTF8' };

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Splits a stream into lines, those of one chunk together, keeping at most one line in memory. A line longer than
 * `longest` bytes is skipped to its end and reported, so that a stream without newlines cannot fill the memory. The
 * last line needs no newline; a byte order mark at the start is dropped.
 */
export async function* linesOf(
  stream: AsyncIterable<string | Uint8Array>,
  longest: number,
): AsyncGenerator<readonly Line[]> {
  const splitter = new LineSplitter(longest);
  for await (const chunk of stream) {
    const lines = splitter.take(typeof chunk === 'string' ? Buffer.from(chunk) : bufferOf(chunk));
    if (lines.length > 0) yield lines;
  }
  const last = splitter.end();
  if (last !== null) yield [last];
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

class LineSplitter {
  /** Pieces of the line that has not ended yet; dropped once it is too long. */
  private pending: Buffer[] = [];
  private pendingLength = 0;
  private atStart = true;

  constructor(private readonly longest: number) {}

  /** The lines that end in this chunk. */
  take(chunk: Buffer): readonly Line[] {
    const first = chunk.indexOf(NEWLINE);
    if (first === -1) {
      this.keep(chunk);
      return [];
    }
    const last = chunk.lastIndexOf(NEWLINE);
    this.keep(chunk.subarray(0, first));
    const lines = [this.pendingLine(), ...this.decode(chunk.subarray(first + 1, last))];
    this.keep(chunk.subarray(last + 1));
    return first === last ? lines.slice(0, 1) : lines;
  }

  /** The line that the stream ends with, without newline. */
  end(): Line | null {
    return this.pendingLength === 0 ? null : this.pendingLine();
  }

  private keep(piece: Buffer): void {
    this.pendingLength += piece.length;
    if (this.pendingLength > this.longest) this.pending = [];
    else if (piece.length > 0) this.pending.push(piece);
  }

  private pendingLine(): Line {
    const tooLong = this.pendingLength > this.longest;
    const bytes = Buffer.concat(this.pending);
    this.pending = [];
    this.pendingLength = 0;
    const line = tooLong ? ({ problem: 'TOO_LONG' } as const) : this.decode(bytes)[0]!;
    const first = this.atStart;
    this.atStart = false;
    return first && 'text' in line && line.text.startsWith(BYTE_ORDER_MARK)
      ? { text: line.text.slice(1) }
      : line;
  }

  /** Whole lines at once where all of them are UTF-8 (ten times faster), one by one where some line is not. */
  private decode(bytes: Buffer): readonly Line[] {
    if (isUtf8(bytes))
      return bytes
        .toString('utf8')
        .split('\n')
        .map((text) => this.checked(text));
    const lines: Line[] = [];
    for (let start = 0; start <= bytes.length;) {
      const end = bytes.indexOf(NEWLINE, start);
      const line = bytes.subarray(start, end === -1 ? bytes.length : end);
      lines.push(isUtf8(line) ? this.checked(line.toString('utf8')) : { problem: 'NOT_UTF8' });
      start += line.length + 1;
    }
    return lines;
  }

  private checked(text: string): Line {
    return text.length > this.longest ? { problem: 'TOO_LONG' } : { text };
  }
}
