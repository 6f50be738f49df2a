import { describe, expect, test } from '@jest/globals';
import * as asn1js from 'asn1js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  DerReader,
  readBitString,
  readInteger,
  readOid,
  readSequence,
  readSetOf,
  readSmallInteger,
  readTime,
  type DerContext,
} from '#signing/der-read.js';
import { oid, sequence, setOf, smallInteger, TAG, time, tlv, unsignedInteger } from '#signing/der-write.js';
import { DOTTED, oidHex } from '#signing/oids.js';
import { expectCode } from './forge.js';

const CONTEXT: DerContext = { what: 'the test value', code: 'CMS_MALFORMED' };
const reader = (hex: string): DerReader => new DerReader(hexToBytes(hex), CONTEXT);

describe('a value has one accepted encoding (X.690 DER); each BER twin is refused', () => {
  test('the shortest length is read', () => {
    expect(reader('0401aa').next(TAG.octetString, 'x').content).toEqual(Uint8Array.of(0xaa));
    const long = tlv(TAG.octetString, new Uint8Array(300));
    expect(bytesToHex(long.subarray(0, 4))).toBe('0482012c');
    expect(new DerReader(long, CONTEXT).next(TAG.octetString, 'x').content).toHaveLength(300);
  });

  test.each([
    ['long form of a short length', '048101aa'],
    ['a length padded with a zero octet', '0482008100'],
    ['an indefinite length', '30800401aa0000'],
    ['a length of four octets', '0484000001ffaa'],
    ['a length that runs past the end', '0402aa'],
    ['a header cut off', '04'],
    ['a long length cut off', '048201'],
    ['a tag number above 30', '1f8101aa'],
  ])('%s', (_, hex) => {
    expectCode(() => reader(hex).any('x'), 'DER_MALFORMED');
  });

  test('asn1js gives such encodings back as it met them: encoding again would not find them', () => {
    for (const hex of ['04810100', '30800401000000', '02020001', '010101', '3106020102020101']) {
      const { result } = asn1js.fromBER(hexToBytes(hex));
      expect(bytesToHex(new Uint8Array(result.toBER()))).toBe(hex);
    }
    expectCode(() => reader('04810100').any('x'), 'DER_MALFORMED');
    expectCode(() => readInteger(reader('02020001'), 'x'), 'DER_MALFORMED');
  });

  test('an integer is not padded, not empty, and small ones are not negative', () => {
    expect(readSmallInteger(reader('02017f'), 'x')).toBe(127);
    expect(readInteger(reader('02020080'), 'x')).toEqual(Uint8Array.of(0, 0x80));
    for (const hex of ['0200', '0202007f', '0202ff80']) {
      expectCode(() => readInteger(reader(hex), 'x'), 'DER_MALFORMED');
    }
    for (const hex of ['020180', '02020080'])
      expectCode(() => readSmallInteger(reader(hex), 'x'), 'CMS_MALFORMED');
  });

  test('a set stands in order, without two alike', () => {
    const sorted = setOf([smallInteger(2), smallInteger(1)]);
    expect(bytesToHex(sorted)).toBe('3106020101020102');
    expect(readSetOf(sorted.subarray(2), 'x', CONTEXT)).toHaveLength(2);
    for (const hex of ['020102020101', '020101020101']) {
      expectCode(() => readSetOf(hexToBytes(hex), 'x', CONTEXT), 'DER_SET_ORDER');
    }
  });

  test('nothing follows the outermost value, and its size is capped', () => {
    const value = sequence(smallInteger(1));
    expect(readSequence(value, 5, CONTEXT).atEnd).toBe(false);
    expectCode(() => readSequence(Uint8Array.of(...value, 0), 100, CONTEXT), 'CMS_MALFORMED');
    expectCode(() => readSequence(value, 4, CONTEXT), 'DER_TOO_LARGE');
  });

  test('a bit string of whole octets has no unused bits', () => {
    expect(readBitString(reader('030200aa'), 'x')).toEqual(Uint8Array.of(0xaa));
    expectCode(() => readBitString(reader('030201aa'), 'x'), 'CMS_MALFORMED');
    expectCode(() => readBitString(reader('0300'), 'x'), 'CMS_MALFORMED');
  });

  test('a wrong tag, a missing and an extra value have the code of their context', () => {
    expectCode(() => reader('0500').next(TAG.sequence, 'x'), 'CMS_MALFORMED');
    expectCode(() => reader('').any('x'), 'CMS_MALFORMED');
    expectCode(() => {
      reader('0500').end('x');
    }, 'CMS_MALFORMED');
  });
});

describe('object identifiers are compared as bytes', () => {
  test('the arc below 2.25 of the proof attribute is encoded exactly, as asn1js encodes it', () => {
    const dotted = DOTTED.socaiProof;
    const theirs = new Uint8Array(new asn1js.ObjectIdentifier({ value: dotted }).toBER());
    expect(bytesToHex(oid(dotted))).toBe(bytesToHex(theirs));
    let value = 0n;
    for (const octet of hexToBytes(oidHex(dotted)).subarray(1)) value = (value << 7n) | BigInt(octet & 0x7f);
    expect(value).toBe(187165697009763195842988130052874469315n);
  });

  test('every identifier that we write is encoded as asn1js encodes it', () => {
    for (const dotted of Object.values(DOTTED)) {
      const theirs = new Uint8Array(new asn1js.ObjectIdentifier({ value: dotted }).toBER());
      expect(bytesToHex(oid(dotted))).toBe(bytesToHex(theirs));
      expect(readOid(new DerReader(oid(dotted), CONTEXT), 'x')).toBe(oidHex(dotted));
    }
  });

  test('an arc padded with zeros, a cut arc and an empty identifier are refused', () => {
    for (const hex of ['0603550480', '060455800403', '0602802a', '0600']) {
      expectCode(() => readOid(reader(hex), 'x'), 'DER_MALFORMED');
    }
  });
});

describe('times are those of RFC 5280', () => {
  const read = (tag: number, text: string): Date =>
    readTime(new DerReader(tlv(tag, utf8ToBytes(text)), CONTEXT), 'x');

  test('UTCTime through 2049, GeneralizedTime after', () => {
    for (const iso of ['1950-01-01T00:00:00.000Z', '2026-11-21T10:00:01.000Z', '2049-12-31T23:59:59.000Z']) {
      const der = time(new Date(iso));
      expect(der[0]).toBe(TAG.utcTime);
      expect(readTime(new DerReader(der, CONTEXT), 'x').toISOString()).toBe(iso);
    }
    const later = time(new Date('2050-01-01T00:00:00Z'));
    expect(later[0]).toBe(TAG.generalizedTime);
    expect(readTime(new DerReader(later, CONTEXT), 'x').toISOString()).toBe('2050-01-01T00:00:00.000Z');
  });

  test.each([
    ['a GeneralizedTime before 2050', TAG.generalizedTime, '20261121100001Z', 'DER_MALFORMED'],
    ['no seconds', TAG.utcTime, '2611211000Z', 'CMS_MALFORMED'],
    ['an offset', TAG.utcTime, '261121100001+0700', 'CMS_MALFORMED'],
    ['30 February', TAG.utcTime, '260230100001Z', 'CMS_MALFORMED'],
    ['hour 24', TAG.utcTime, '261121240000Z', 'CMS_MALFORMED'],
    ['another tag', TAG.utf8String, '261121100001Z', 'CMS_MALFORMED'],
  ] as const)('%s is refused', (_, tag, text, code) => {
    expectCode(() => read(tag, text), code);
  });

  test('a fraction of a second is not written', () => {
    expectCode(() => time(new Date('2026-11-21T10:00:01.500Z')), 'CERT_REQUEST');
    expectCode(() => time(new Date(Number.NaN)), 'CERT_REQUEST');
  });
});

test('a non-negative integer loses leading zeros and gains one before a set top bit', () => {
  expect(bytesToHex(unsignedInteger(Uint8Array.of(0, 0, 0x7f)))).toBe('02017f');
  expect(bytesToHex(unsignedInteger(Uint8Array.of(0, 0x80)))).toBe('02020080');
  expect(bytesToHex(unsignedInteger(Uint8Array.of(0)))).toBe('020100');
});
