/**
 * PDF objects as this writer spells them, and only so: ASCII, one space between tokens, keys in the order given. Every
 * function returns bytes or text that is complete; nothing here depends on anything but its arguments.
 */
import { concat, utf8 } from '#ledger/format/bytes.js';

/** A file under construction: objects in order, each once, with the offset it was written at. */
export class ObjectWriter {
  private readonly parts: Uint8Array[] = [];
  private readonly offsets = new Map<number, number>();
  private length: number;

  /** `start` = bytes already in the file (an incremental update goes on from there). */
  constructor(start: number) {
    this.length = start;
  }

  raw(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? utf8(text) : text;
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  object(number: number, body: string): void {
    this.begin(number);
    this.raw(`${body}\nendobj\n`);
  }

  /** `dictionary` holds the entries before /Length. */
  stream(number: number, dictionary: string, content: Uint8Array): void {
    this.begin(number);
    this.raw(`<< ${dictionary === '' ? '' : `${dictionary} `}/Length ${String(content.length)} >>\nstream\n`);
    this.raw(content);
    this.raw('\nendstream\nendobj\n');
  }

  /** Where the next byte goes. */
  get position(): number {
    return this.length;
  }

  /** The cross-reference table of all objects written, then trailer, startxref and the end of the revision. */
  finish(trailer: string): Uint8Array {
    const start = this.length;
    this.raw(`xref\n${this.sections()}trailer\n<< ${trailer} >>\nstartxref\n${String(start)}\n%%EOF\n`);
    return concat(...this.parts);
  }

  private begin(number: number): void {
    this.offsets.set(number, this.length);
    this.raw(`${String(number)} 0 obj\n`);
  }

  private sections(): string {
    const numbers = [...this.offsets.keys()].sort((a, b) => a - b);
    const complete = numbers[0] === 1 && numbers.at(-1) === numbers.length;
    if (complete) {
      const entries = numbers.map((number) => entry(this.offsets.get(number) ?? 0));
      return `0 ${String(numbers.length + 1)}\n0000000000 65535 f \n${entries.join('')}`;
    }
    let text = '';
    numbers.forEach((number, i) => {
      if (numbers[i - 1] !== number - 1) {
        let count = 1;
        while (numbers[i + count] === number + count) count++;
        text += `${String(number)} ${String(count)}\n`;
      }
      text += entry(this.offsets.get(number) ?? 0);
    });
    return text;
  }
}

function entry(offset: number): string {
  return `${String(offset).padStart(10, '0')} 00000 n \n`;
}

/** "7 0 R". */
export function reference(number: number): string {
  return `${String(number)} 0 R`;
}

/** A text string: UTF-16BE with a byte order mark, in hexadecimal, so that no character needs an escape. */
export function textString(text: string): string {
  let hex = 'FEFF';
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0');
  return `<${hex}>`;
}

/** A literal string of printable ASCII without parentheses and backslashes; anything else is a programming error. */
export function asciiString(text: string): string {
  if (!/^[ -'*-[\]-~]*$/.test(text)) throw new TypeError('not a plain ASCII string');
  return `(${text})`;
}

/** Text for an XML element. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
