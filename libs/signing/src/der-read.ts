/**
 * Reading DER strictly: one accepted form a value. Written by hand because decode-and-encode-again is no test with
 * asn1js: it keeps long-form and indefinite lengths, padded integers, TRUE as 01 and unsorted SETs as it met them.
 * A reader never recurses, so depth cannot exhaust the stack, and never copies, so size costs nothing.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { compareBytes } from './bytes.js';
import { TAG } from './der-write.js';
import { SigningError, type SigningErrorCode } from './errors.js';

/** One value as it stands in the input: views, not copies. */
export interface Tlv {
  readonly tag: number;
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/** Whose bytes these are, for messages, and the code for a well-formed value of the wrong shape. */
export interface DerContext {
  readonly what: string;
  readonly code: SigningErrorCode;
}

function malformed(context: DerContext, why: string): SigningError {
  return new SigningError('DER_MALFORMED', `${context.what} is not DER: ${why}`);
}

function readLength(bytes: Uint8Array, at: number, context: DerContext): { length: number; start: number } {
  const first = bytes[at];
  if (first === undefined) throw malformed(context, 'it ends inside a header');
  if (first < 0x80) return { length: first, start: at + 1 };
  const count = first & 0x7f;
  if (count === 0) throw malformed(context, 'indefinite length');
  if (count > 3) throw malformed(context, 'a length of more than three octets');
  let length = 0;
  for (let i = 1; i <= count; i++) {
    const octet = bytes[at + i];
    if (octet === undefined) throw malformed(context, 'it ends inside a header');
    length = length * 256 + octet;
  }
  if (length < 0x80 || length < 256 ** (count - 1))
    throw malformed(context, 'a length that is not the shortest');
  return { length, start: at + 1 + count };
}

function readTlv(bytes: Uint8Array, at: number, context: DerContext): Tlv {
  const tag = bytes[at];
  if (tag === undefined) throw malformed(context, 'a value is missing');
  if ((tag & 0x1f) === 0x1f) throw malformed(context, 'a tag number above 30');
  const { length, start } = readLength(bytes, at + 1, context);
  const end = start + length;
  if (end > bytes.length) throw malformed(context, 'a value runs past its end');
  return { tag, bytes: bytes.subarray(at, end), content: bytes.subarray(start, end) };
}

/** Walks the values inside one content, front to back. */
export class DerReader {
  private at = 0;

  constructor(
    private readonly content: Uint8Array,
    readonly context: DerContext,
  ) {}

  get atEnd(): boolean {
    return this.at === this.content.length;
  }

  /** The next value whatever its tag; at the end: the context's code. */
  any(name: string): Tlv {
    if (this.atEnd) throw this.wrong(`${name} is missing`);
    const value = readTlv(this.content, this.at, this.context);
    this.at += value.bytes.length;
    return value;
  }

  /** The next value, which must have `tag`. */
  next(tag: number, name: string): Tlv {
    const value = this.any(name);
    if (value.tag !== tag)
      throw this.wrong(`${name} has tag ${value.tag.toString(16)}, not ${tag.toString(16)}`);
    return value;
  }

  /** The next value if it has `tag`. */
  optional(tag: number, name: string): Tlv | undefined {
    return this.content[this.at] === tag ? this.any(name) : undefined;
  }

  /** A reader inside the next value, which must have `tag`. */
  into(tag: number, name: string): DerReader {
    return new DerReader(this.next(tag, name).content, this.context);
  }

  /** All remaining values. */
  rest(name: string): Tlv[] {
    const values: Tlv[] = [];
    while (!this.atEnd) values.push(this.any(name));
    return values;
  }

  /** Nothing may follow. */
  end(name: string): void {
    if (!this.atEnd) throw this.wrong(`something follows ${name}`);
  }

  /** The error for a value that is DER but not what belongs here. */
  wrong(why: string): SigningError {
    return new SigningError(this.context.code, `${this.context.what}: ${why}`);
  }
}

/** A reader inside the one SEQUENCE that `bytes` must be, no octet before or after. Longer than `max`: DER_TOO_LARGE. */
export function readSequence(bytes: Uint8Array, max: number, context: DerContext): DerReader {
  if (bytes.length > max) {
    throw new SigningError(
      'DER_TOO_LARGE',
      `${context.what} has ${bytes.length} bytes; at most ${max} are read`,
    );
  }
  const outer = new DerReader(bytes, context);
  const inner = outer.into(TAG.sequence, 'the outermost value');
  outer.end('the outermost value');
  return inner;
}

/** The values of a SET OF, which must stand in DER's order without two alike. */
export function readSetOf(content: Uint8Array, name: string, context: DerContext): Tlv[] {
  const values = new DerReader(content, context).rest(name);
  for (const [i, value] of values.entries()) {
    const previous = values[i - 1];
    if (previous !== undefined && compareBytes(previous.bytes, value.bytes) >= 0) {
      throw new SigningError('DER_SET_ORDER', `${context.what}: ${name} is not in DER's order`);
    }
  }
  return values;
}

/** The content octets of the next OBJECT IDENTIFIER as lower-case hex: how this room compares identifiers. */
export function readOid(reader: DerReader, name: string): string {
  const { content } = reader.next(TAG.oid, name);
  const last = content.at(-1);
  if (last === undefined || last >= 0x80)
    throw malformed(reader.context, `${name} is a broken object identifier`);
  for (const [i, octet] of content.entries()) {
    const startsArc = i === 0 || (content[i - 1] ?? 0) < 0x80;
    if (startsArc && octet === 0x80) throw malformed(reader.context, `${name} pads an arc with zeros`);
  }
  return bytesToHex(content);
}

/** The content octets of the next INTEGER, in shortest form. */
export function readInteger(reader: DerReader, name: string): Uint8Array {
  const { content } = reader.next(TAG.integer, name);
  const [first, second] = content;
  if (first === undefined) throw malformed(reader.context, `${name} is an empty integer`);
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw malformed(reader.context, `${name} is an integer that is not the shortest`);
  }
  return content;
}

/** The next INTEGER, which must lie between 0 and 127. */
export function readSmallInteger(reader: DerReader, name: string): number {
  const content = readInteger(reader, name);
  const value = content[0] ?? 0x80;
  if (content.length !== 1 || value >= 0x80) throw reader.wrong(`${name} is out of range`);
  return value;
}

/** The octets of a BIT STRING that is made of whole octets. */
export function readBitString(reader: DerReader, name: string): Uint8Array {
  const { content } = reader.next(TAG.bitString, name);
  if (content[0] !== 0) throw reader.wrong(`${name} is not a string of whole octets`);
  return content.subarray(1);
}

/** A UTCTime or GeneralizedTime in the one form of RFC 5280 §4.1.2.5. */
export function readTime(reader: DerReader, name: string): Date {
  const value = reader.any(name);
  const text = String.fromCharCode(...value.content.subarray(0, 16));
  const short = value.tag === TAG.utcTime && value.content.length === 13;
  const long = value.tag === TAG.generalizedTime && value.content.length === 15;
  const century = short ? (text < '50' ? '20' : '19') : '';
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + text);
  if ((!short && !long) || parts === null) throw reader.wrong(`${name} is not a time of RFC 5280`);
  const [, year, month, day, hour, minute, second] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== iso) {
    throw reader.wrong(`${name} names a moment that does not exist`);
  }
  if (long && moment.getUTCFullYear() < 2050)
    throw malformed(reader.context, `${name} must be a UTCTime before 2050`);
  return moment;
}
