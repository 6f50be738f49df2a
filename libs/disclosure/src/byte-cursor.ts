/** Reads fixed binary forms from left to right; anything missing or left over: PRESENTATION_MALFORMED. */
import { fromUtf8, readBigEndian } from '#ledger/format/bytes.js';
import { DisclosureError } from './error.js';

export class ByteCursor {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) {
      throw new DisclosureError('PRESENTATION_MALFORMED', `it ends at byte ${String(this.bytes.length)}`);
    }
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  hash(): Uint8Array {
    return this.take(32);
  }

  /** A big-endian number of so many bytes. */
  number(length: number): number {
    return readBigEndian(this.take(length));
  }

  /** UTF-8 after its length in so many bytes. */
  text(lengthBytes: number): string {
    return fromUtf8(this.take(this.number(lengthBytes)));
  }

  /** `count` things in a row. */
  list<T>(count: number, read: () => T): T[] {
    return Array.from({ length: count }, read);
  }

  end(): void {
    if (this.at === this.bytes.length) return;
    throw new DisclosureError(
      'PRESENTATION_MALFORMED',
      `${String(this.bytes.length - this.at)} bytes follow its end`,
    );
  }
}
