/** Text encodings and numbers: one text for every byte string, and what is refused. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compareBytes,
  fromBase32,
  fromBase64,
  fromHex,
  fromUtf8,
  readBigEndian,
  toBase32,
  toBase64,
  toHex,
  u16be,
  u32be,
  u64be,
  utf8,
} from '#ledger/format/bytes.js';

const code = (value: string) => expect.objectContaining({ name: 'FormatError', code: value });

describe('text encodings', () => {
  test('base64, base32, hexadecimal and numbers come back as they went', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (given) => {
        const bytes = new Uint8Array(given);
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase32(toBase32(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
    expect(toBase32(utf8('foobar'))).toBe('MZXW6YTBOI');
    expect([u16be(258), u32be(0xdeadbeef), u64be(2 ** 40 + 1)].map(readBigEndian)).toEqual([
      258,
      0xdeadbeef,
      2 ** 40 + 1,
    ]);
    expect(compareBytes(utf8('ab'), utf8('b'))).toBeLessThan(0);
    expect(compareBytes(utf8('a'), utf8('ab'))).toBeLessThan(0);
  });

  test('a text has one spelling: no other base64 or base32 is taken', () => {
    for (const text of [
      'A',
      'AA',
      'AAA',
      'AA=',
      'AB==',
      'AAB=',
      'AA==\n',
      'A===',
      '====',
      'AA-_',
      ' AAA',
      'AAAÁ',
    ]) {
      expect(() => fromBase64(text)).toThrow(code('BAD_BASE64'));
    }
    for (const text of ['A', 'AB', 'aa', 'AAAAAA=', 'A1']) expect(() => fromBase32(text)).toThrow();
    for (const text of ['A', 'AB', 'zz', '0x']) expect(() => fromHex(text)).toThrow(code('BAD_HEX'));
    expect(() => u16be(65_536)).toThrow(RangeError);
    expect(() => readBigEndian(new Uint8Array(8).fill(255))).toThrow(code('BAD_NUMBER'));
  });
});

describe('what cannot be written, or decoded, is refused in words', () => {
  test('the limits themselves are written', () => {
    expect(u64be(Number.MAX_SAFE_INTEGER)).toEqual(fromHex('001fffffffffffff'));
    expect([u16be(65_535), u32be(2 ** 32 - 1)]).toEqual([fromHex('ffff'), fromHex('ffffffff')]);
    expect(readBigEndian(fromHex('001fffffffffffff'))).toBe(Number.MAX_SAFE_INTEGER);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'bytes that are no UTF-8',
      () => fromUtf8(Uint8Array.of(0xff)),
      'BAD_UTF8',
      'these bytes are not UTF-8 text',
    ],
    [
      'odd hexadecimal',
      () => fromHex('abc'),
      'BAD_HEX',
      'expected lower-case hexadecimal, two digits a byte',
    ],
    [
      'a base32 digit of another alphabet',
      () => fromBase32('A1'),
      'BAD_LINE',
      '"1" is not a base32 digit (A–Z, 2–7)',
    ],
    [
      'a base32 digit too many',
      () => fromBase32('AAA'),
      'BAD_LENGTH',
      'not a whole number of bytes in base32',
    ],
    [
      'eight full bytes',
      () => readBigEndian(fromHex('0020000000000000')),
      'BAD_NUMBER',
      'the number is above 2^53 − 1',
    ],
  ])('%s', (_what, write, error, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'FormatError', code: error, message }));
  });

  test.each<[string, () => unknown, string]>([
    ['65,536 in two bytes', () => u16be(65_536), '65536 does not fit 2 unsigned bytes'],
    ['2^32 in four bytes', () => u32be(2 ** 32), '4294967296 does not fit 4 unsigned bytes'],
    ['2^53 in eight bytes', () => u64be(2 ** 53), '9007199254740992 does not fit 8 unsigned bytes'],
    ['−1', () => u16be(-1), '-1 does not fit 2 unsigned bytes'],
    ['half a number', () => u16be(0.5), '0.5 does not fit 2 unsigned bytes'],
  ])('%s', (_what, write, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'RangeError', message }));
  });
});
