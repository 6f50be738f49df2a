import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from '#ledger/format/bytes.js';
import { canonicalize, canonicalJson, parseCanonical, type Json } from '#ledger/format/jcs.js';

describe('canonical JSON (RFC 8785)', () => {
  test('reads back whatever it writes, and writes it again the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        const bytes = canonicalize(json);
        expect(canonicalJson(parseCanonical(bytes))).toBe(canonicalJson(json));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a repeated key', '{"a":1,"a":1}', 'NOT_CANONICAL'],
    ['keys out of order', '{"b":1,"a":1}', 'NOT_CANONICAL'],
    ['a space', '{"a": 1}', 'NOT_CANONICAL'],
    ['another spelling of a number', '1.0', 'NOT_CANONICAL'],
    ['a number no double can hold', '9007199254740993', 'NOT_CANONICAL'],
    ['an escape that is not needed', '"\\u0041"', 'NOT_CANONICAL'],
    ['negative zero', '-0', 'NOT_CANONICAL'],
    ['infinity by overflow', '1e999', 'BAD_JSON'],
    ['half a surrogate pair', '"\\ud800"', 'BAD_JSON'],
    ['no JSON', '{', 'BAD_JSON'],
    ['a newline at the end', '1\n', 'NOT_CANONICAL'],
    ['a byte order mark', '\ufeff1', 'BAD_JSON'],
    ['nesting to exhaust the stack', '['.repeat(5000) + ']'.repeat(5000), 'TOO_DEEP'],
  ])('refuses %s', (_name, text, code) => {
    expect(() => parseCanonical(utf8(text))).toThrow(expect.objectContaining({ code }));
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(
      expect.objectContaining({ code: 'BAD_UTF8' }),
    );
  });

  test('a key "__proto__" stays data', () => {
    const value = parseCanonical(utf8('{"__proto__":{"admin":true}}')) as Record<string, Json>;
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect((value as { admin?: boolean }).admin).toBeUndefined();
  });
});
