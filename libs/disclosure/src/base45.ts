/** Base45 (RFC 9285): bytes in the alphabet of a QR code's alphanumeric mode, two bytes in three characters. */
import { FormatError } from '#ledger/format/errors.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length;
    let value = pair ? (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0) : (bytes[i] ?? 0);
    for (let digit = 0; digit < (pair ? 3 : 2); digit++, value = Math.floor(value / 45)) {
      text += ALPHABET.charAt(value % 45);
    }
  }
  return text;
}

/** The bytes of one canonical text; anything else: FormatError BAD_LINE. */
export function fromBase45(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = [...text.slice(i, i + 3)].map((character) => ALPHABET.indexOf(character));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const width = digits.length - 1;
    if (width === 0 || digits.includes(-1) || value >= 256 ** width) {
      throw new FormatError('BAD_LINE', 'not base45');
    }
    if (width === 2) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return new Uint8Array(bytes);
}
