/** Byte strings as the ledger's formats need them: concatenation, comparison, text encodings, big-endian numbers. */
import { FormatError } from './errors.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Up to here writing ASCII out is quicker than asking the encoder. */
const SHORT = 64;

/** UTF-8 bytes of `text`. */
export function utf8(text: string): Uint8Array {
  if (text.length > SHORT) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return encoder.encode(text);
    bytes[i] = unit;
  }
  return bytes;
}

/** Text of UTF-8 `bytes`; a byte order mark stays a character. Ill-formed UTF-8: FormatError BAD_UTF8. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new FormatError('BAD_UTF8', 'these bytes are not UTF-8 text');
  }
}

/** All `parts`, one after another, in a new array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Whether two byte strings are the same. Not constant time: never used on secrets. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Order of two byte strings, byte by byte, the shorter first: negative, 0 or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte]!;
  return text;
}

/** Bytes of lower-case hexadecimal text; anything else: FormatError BAD_HEX. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) {
    throw new FormatError('BAD_HEX', 'expected lower-case hexadecimal, two digits a byte');
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUE = new Int16Array(128).fill(-1);
for (let i = 0; i < BASE64.length; i++) BASE64_VALUE[BASE64.charCodeAt(i)] = i;

/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    pieces.push(
      BASE64.charAt(word >> 18) +
        BASE64.charAt((word >> 12) & 63) +
        (left > 1 ? BASE64.charAt((word >> 6) & 63) : '=') +
        (left > 2 ? BASE64.charAt(word & 63) : '='),
    );
  }
  return pieces.join('');
}

/**
 * Bytes of standard base64. Strict: padding is required, no other character, and the unused bits of the last digit
 * are zero, so that every byte string has exactly one text. Otherwise FormatError BAD_BASE64.
 */
export function fromBase64(text: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  if (text.length % 4 !== 0) throw notBase64();
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let word = 0;
  let bits = 0;
  let offset = 0;
  for (let i = 0; i < digits; i++) {
    const value = BASE64_VALUE[text.charCodeAt(i)] ?? -1;
    if (value < 0) throw notBase64();
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[offset++] = (word >> bits) & 0xff;
    }
  }
  if ((word & ((1 << bits) - 1)) !== 0) throw notBase64();
  return bytes;
}

function notBase64(): FormatError {
  return new FormatError('BAD_BASE64', 'expected standard base64 with padding, in its one canonical form');
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding (RFC 4648 section 6): 32 bytes give 52 characters. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let word = 0;
  let bits = 0;
  for (const byte of bytes) {
    word = ((word << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((word >> bits) & 31);
    }
  }
  if (bits > 0) text += BASE32.charAt((word << (5 - bits)) & 31);
  return text;
}

/** Bytes of upper-case base32 without padding, canonical; anything else: FormatError BAD_LENGTH or BAD_LINE. */
export function fromBase32(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let word = 0;
  let bits = 0;
  let offset = 0;
  for (const character of text) {
    const value = BASE32.indexOf(character);
    if (value < 0) throw new FormatError('BAD_LINE', `"${character}" is not a base32 digit (A–Z, 2–7)`);
    word = ((word << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[offset++] = (word >> bits) & 0xff;
    }
  }
  if (toBase32(bytes) !== text) throw new FormatError('BAD_LENGTH', 'not a whole number of bytes in base32');
  return bytes;
}

/** `value` (0 … 65,535) in two bytes, big-endian. */
export function u16be(value: number): Uint8Array {
  return bigEndian(value, 2);
}

/** `value` (0 … 2^32 − 1) in four bytes, big-endian. */
export function u32be(value: number): Uint8Array {
  return bigEndian(value, 4);
}

/** `value` (0 … 2^53 − 1) in eight bytes, big-endian. */
export function u64be(value: number): Uint8Array {
  return bigEndian(value, 8);
}

function bigEndian(value: number, width: number): Uint8Array {
  const limit = width === 8 ? Number.MAX_SAFE_INTEGER : 2 ** (8 * width) - 1;
  if (!Number.isInteger(value) || value < 0 || value > limit) {
    throw new RangeError(`${String(value)} does not fit ${String(width)} unsigned bytes`);
  }
  const bytes = new Uint8Array(width);
  let rest = value;
  for (let i = width - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** The big-endian number in all of `bytes` (at most eight); above 2^53 − 1: FormatError BAD_NUMBER. */
export function readBigEndian(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  if (!Number.isSafeInteger(value)) throw new FormatError('BAD_NUMBER', 'the number is above 2^53 − 1');
  return value;
}
