/** Pieces that the line formats share: decimal numbers, 32-byte hashes, and text cut into lines. */
import { fromBase64, fromUtf8 } from './bytes.js';
import { FormatError } from './errors.js';

/** Above this size no note, proof, policy, bundle or request is read at all. */
export const MAX_TEXT_BYTES = 1_000_000;

/** Strict UTF-8 text of at most `maxBytes`; else FormatError TOO_LONG or BAD_UTF8. */
export function readText(bytes: Uint8Array, maxBytes: number = MAX_TEXT_BYTES): string {
  if (bytes.length > maxBytes) {
    throw new FormatError('TOO_LONG', `${String(bytes.length)} bytes; at most ${String(maxBytes)} are read`);
  }
  return fromUtf8(bytes);
}

/**
 * The lines of `text`, without their line ends. Every line ends in "\n"; other control characters are refused, so
 * that "\r" never hides at a line's end.
 */
export function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.pop() !== '')
    throw new FormatError('MISSING_NEWLINE', 'the last line does not end in a newline', lines.length + 1);
  lines.forEach((line, i) => {
    if (hasControlCharacter(line)) {
      throw new FormatError('CONTROL_CHARACTER', 'a control character (a CR at the line end?)', i + 1);
    }
  });
  return lines;
}

/** Whether `text` holds a character below U+0020 other than a newline. */
export function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}

/** A whole number from 0 to 2^53 − 1 in decimal, without sign, leading zeros or spaces; else BAD_NUMBER. */
export function parseDecimal(text: string, line?: number): number {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    throw new FormatError(
      'BAD_NUMBER',
      `"${clip(text)}" is not a decimal number without leading zeros`,
      line,
    );
  }
  return value;
}

/** The 32 bytes of a hash in base64; else BAD_BASE64 or BAD_LENGTH. */
export function parseHash(text: string, line?: number): Uint8Array {
  return parseBase64(text, line, 32);
}

/** Strict base64, of exactly `length` bytes when given, with the line named in the error. */
export function parseBase64(text: string, line?: number, length?: number): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(text);
  } catch {
    throw new FormatError('BAD_BASE64', `"${clip(text)}" is not canonical base64`, line);
  }
  if (length !== undefined && bytes.length !== length) {
    throw new FormatError(
      'BAD_LENGTH',
      `${String(bytes.length)} bytes where ${String(length)} are expected`,
      line,
    );
  }
  return bytes;
}

/** At most 40 characters of hostile text, for a message; what a terminal would obey instead of show is escaped. */
export function clip(text: string): string {
  const beginning = text.slice(0, 40).replaceAll(/\p{C}/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return text.length > 40 ? `${beginning}…` : beginning;
}
