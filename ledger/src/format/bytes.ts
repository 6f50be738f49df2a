/** Byte strings as the ledger's formats need them: concatenation, comparison, UTF-8, and big-endian numbers. */

const encoder = new TextEncoder();

/** UTF-8 bytes of `text`. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
