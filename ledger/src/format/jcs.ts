/** RFC 8785 (JSON canonicalization): one value, one byte string. Hashes and commitments are made over these bytes. */
import { equal, fromUtf8, utf8 } from './bytes.js';
import { FormatError } from './errors.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const MAX_DEPTH = 64;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The canonical UTF-8 bytes of `value` (RFC 8785): keys ordered by UTF-16 code units, no spaces, numbers as
 * ECMAScript prints them. What JSON or I-JSON cannot say (NaN, undefined, a lone surrogate) is FormatError BAD_JSON.
 */
export function canonicalize(value: Json): Uint8Array {
  return utf8(canonicalJson(value));
}

/** The text of `canonicalize`. */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

/**
 * The value of canonical bytes. Accepts exactly what `canonicalize` emits: strict UTF-8 without a byte order mark,
 * I-JSON, no duplicate key, keys in order, no space. Else FormatError BAD_UTF8, BAD_JSON, TOO_DEEP, TOO_LONG or
 * NOT_CANONICAL. A key "__proto__" comes back as an ordinary own property.
 */
export function parseCanonical(bytes: Uint8Array, maxBytes: number = MAX_BYTES): Json {
  if (bytes.length > maxBytes) {
    throw new FormatError(
      'TOO_LONG',
      `${String(bytes.length)} bytes of JSON; at most ${String(maxBytes)} are read`,
    );
  }
  const text = fromUtf8(bytes);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new FormatError('BAD_JSON', 'these bytes are not JSON');
  }
  // Duplicate keys, spaces, other number spellings and other key orders all end up as different bytes.
  if (!equal(canonicalize(value), bytes)) {
    throw new FormatError(
      'NOT_CANONICAL',
      'this JSON is not in its canonical form (RFC 8785), or repeats a key',
    );
  }
  return value;
}

function write(value: Json, depth: number): string {
  if (depth > MAX_DEPTH)
    throw new FormatError('TOO_DEEP', `JSON nested deeper than ${String(MAX_DEPTH)} levels`);
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return writeNumber(value);
    case 'string':
      return writeString(value);
    case 'object':
      if (value === null) return 'null';
      if (isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
      return writeObject(value, depth);
    default:
      throw new FormatError('BAD_JSON', `JSON has no ${typeof value}`);
  }
}

function writeObject(value: { readonly [key: string]: Json }, depth: number): string {
  // The default order of strings is by UTF-16 code units, which is what RFC 8785 section 3.2.3 asks for.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${writeString(key)}:${write(value[key] as Json, depth + 1)}`);
  return `{${members.join(',')}}`;
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new FormatError('BAD_JSON', 'JSON has no NaN and no infinity');
  return JSON.stringify(value);
}

function writeString(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new FormatError('BAD_JSON', 'a string holds half a surrogate pair');
  return JSON.stringify(value);
}

function isArray(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
