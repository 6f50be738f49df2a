/**
 * Writing DER (X.690): definite, shortest lengths; SET OF in ascending order. Every function returns a whole TLV.
 * Tag numbers stay below 31: none of our structures needs more.
 */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { compareBytes } from './bytes.js';
import { SigningError } from './errors.js';

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The tag octet of `[n]` on a constructed value: EXPLICIT, or IMPLICIT over a SEQUENCE or SET. */
export function contextTag(n: number): number {
  return 0xa0 | n;
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

/** One TLV: the tag octet, the shortest length, the parts one after another. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  return concatBytes(Uint8Array.of(tag), lengthOctets(length), ...parts);
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(TAG.sequence, ...parts);
}

/** The elements of a SET OF in DER's order, for use under `SET` or an implicit tag. */
export function inSetOrder(elements: readonly Uint8Array[]): Uint8Array[] {
  return [...elements].sort(compareBytes);
}

export function setOf(elements: readonly Uint8Array[]): Uint8Array {
  return tlv(TAG.set, ...inSetOrder(elements));
}

export function octetString(content: Uint8Array): Uint8Array {
  return tlv(TAG.octetString, content);
}

/** A BIT STRING of whole octets. */
export function bitString(content: Uint8Array): Uint8Array {
  return tlv(TAG.bitString, Uint8Array.of(0), content);
}

/** A non-negative INTEGER from its big-endian octets: leading zeros go, one comes back where the top bit is set. */
export function unsignedInteger(bigEndian: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bigEndian.length - 1 && bigEndian[start] === 0) start++;
  const digits = bigEndian.subarray(start);
  const top = digits[0] ?? 0;
  return top >= 0x80 || digits.length === 0
    ? tlv(TAG.integer, Uint8Array.of(0), digits)
    : tlv(TAG.integer, digits);
}

/** An INTEGER from 0 to 127. */
export function smallInteger(value: number): Uint8Array {
  return tlv(TAG.integer, Uint8Array.of(value));
}

/**
 * An OBJECT IDENTIFIER from its dotted text. Arcs are arbitrarily large, as those below 2.25 (UUIDs) are.
 * There is no decoder on purpose: identifiers are compared as bytes, where no decoder's rounding can make two alike.
 */
export function oid(dotted: string): Uint8Array {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map((arc) => BigInt(arc));
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const base128 = [Number(arc & 0x7fn)];
    for (let more = arc >> 7n; more > 0n; more >>= 7n) base128.unshift(Number(more & 0x7fn) | 0x80);
    octets.push(...base128);
  }
  return tlv(TAG.oid, Uint8Array.from(octets));
}

/** A Time by the rule of RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime after. Whole seconds only. */
export function time(moment: Date): Uint8Array {
  const year = moment.getUTCFullYear();
  if (!(year >= 1950 && year <= 9999) || moment.getUTCMilliseconds() !== 0) {
    throw new SigningError(
      'CERT_REQUEST',
      `a time must be a whole second of 1950 to 9999, got ${String(moment.getTime())} ms`,
    );
  }
  const digits = moment
    .toISOString()
    .replace(/\.000Z$/, '')
    .replace(/[-:T]/g, '');
  return year < 2050
    ? tlv(TAG.utcTime, utf8ToBytes(`${digits.slice(2)}Z`))
    : tlv(TAG.generalizedTime, utf8ToBytes(`${digits}Z`));
}
