import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { p256 } from '@noble/curves/nist.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { nobleProvider, type CryptoProvider } from '#signing/crypto-provider.js';
import { formatEcdsaSignature, isLowS, parseEcdsaSignature, toLowS } from '#signing/ecdsa.js';
import { SigningError } from '#signing/errors.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { expectCode, highTwin } from './forge.js';

const SECRET = hexToBytes('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721');
const POINT = p256.getPublicKey(SECRET, false);
const MESSAGE = utf8ToBytes('sample');
const ORDER = p256.Point.Fn.ORDER;
const PROVIDERS: readonly [string, CryptoProvider][] = [
  ['noble', nobleProvider],
  ['node:crypto', nodeProvider],
];

const hex32 = (n: bigint): Uint8Array => hexToBytes(n.toString(16).padStart(64, '0'));

describe('signature values', () => {
  const low = p256.sign(MESSAGE, SECRET);

  test('RFC 6979 A.2.5: the deterministic signature of "sample", and the low form that we make of it', () => {
    const published = hexToBytes(
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
        'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    );
    expect(isLowS(published)).toBe(false);
    expect(bytesToHex(toLowS(published))).toBe(bytesToHex(low));
  });

  test('a low signature stays as it is; its high twin comes back to it', () => {
    expect(isLowS(low)).toBe(true);
    expect(toLowS(low)).toEqual(low);
    expect(isLowS(highTwin(low))).toBe(false);
    expect(toLowS(highTwin(low))).toEqual(low);
  });

  test('DER and raw go over into each other, with short and with padded integers', () => {
    for (const raw of [
      low,
      concatBytes(hex32(1n), hex32(0x80n)),
      concatBytes(hex32(ORDER - 1n), hex32(ORDER - 1n)),
    ]) {
      expect(parseEcdsaSignature(formatEcdsaSignature(raw))).toEqual(raw);
    }
  });

  test.each([
    ['zero r', concatBytes(hex32(0n), hex32(1n))],
    ['s of the order', concatBytes(hex32(1n), hex32(ORDER))],
    ['63 bytes', new Uint8Array(63).fill(1)],
    ['nothing', new Uint8Array()],
  ])('%s is no signature', (_, raw) => {
    expectCode(() => toLowS(raw), 'SIGNATURE_MALFORMED');
    expectCode(() => formatEcdsaSignature(raw), 'SIGNATURE_MALFORMED');
  });

  test.each([
    ['a padded r', '300702020001020101'],
    ['a negative s', '3006020101020180'],
    ['a third integer', '3009020101020101020101'],
    ['octets after it', '300602010102010100'],
    ['zero', '3006020100020101'],
    ['a long-form length', '308106020101020101'],
    ['an r of 34 octets', `3027022201${'00'.repeat(33)}020101`],
  ])('DER with %s is refused under the code asked for', (_, hex) => {
    expectCode(
      () => parseEcdsaSignature(hexToBytes(hex), 'CMS_SIGNATURE_MALFORMED'),
      'CMS_SIGNATURE_MALFORMED',
    );
  });
});

describe.each(PROVIDERS)('verification by %s', (_, provider) => {
  const signature = p256.sign(MESSAGE, SECRET);

  test('a true signature holds, low or high; another message, key or value does not', () => {
    expect(provider.verifyP256(POINT, MESSAGE, signature)).toBe(true);
    expect(provider.verifyP256(POINT, MESSAGE, highTwin(signature))).toBe(true);
    expect(provider.verifyP256(POINT, utf8ToBytes('Sample'), signature)).toBe(false);
    expect(provider.verifyP256(p256.getPublicKey(hex32(2n), false), MESSAGE, signature)).toBe(false);
    expect(
      provider.verifyP256(
        POINT,
        MESSAGE,
        signature.map((octet, i) => (i === 5 ? octet ^ 1 : octet)),
      ),
    ).toBe(false);
  });

  test('a point off the curve or a value out of shape is false, not an exception', () => {
    const off = POINT.map((octet, i) => (i === 64 ? octet ^ 1 : octet));
    expect(provider.verifyP256(off, MESSAGE, signature)).toBe(false);
    expect(provider.verifyP256(POINT.subarray(0, 64), MESSAGE, signature)).toBe(false);
    expect(provider.verifyP256(POINT, MESSAGE, signature.subarray(0, 63))).toBe(false);
    expect(provider.verifyP256(POINT, MESSAGE, new Uint8Array(64))).toBe(false);
  });

  test('SHA-256 of "abc" is FIPS 180-4’s', () => {
    expect(bytesToHex(provider.sha256(utf8ToBytes('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

interface WycheproofFile {
  readonly testGroups: readonly {
    readonly publicKey: { readonly uncompressed: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

const VECTORS = new URL('../../../../shared/vectors/wycheproof/testvectors_v1/', import.meta.url);
const present = existsSync(VECTORS);
if (!present) console.warn('skipped: no vectors (Wycheproof ECDSA P-256)');

/** Whether the two providers agree that a Wycheproof case holds; disagreement fails the test. */
function bothSay(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const [noble, node] = PROVIDERS.map(([, provider]) => provider.verifyP256(point, message, signature));
  expect(noble).toBe(node);
  return noble === true;
}

(present ? describe : describe.skip)('Wycheproof ECDSA P-256 with SHA-256, on both providers', () => {
  test.each([
    ['ecdsa_secp256r1_sha256_test.json', (sig: Uint8Array) => parseEcdsaSignature(sig)],
    ['ecdsa_secp256r1_sha256_p1363_test.json', (sig: Uint8Array) => sig],
  ] as const)('%s: every valid case holds, every other is refused', (file, toRaw) => {
    const { testGroups } = JSON.parse(readFileSync(new URL(file, VECTORS), 'utf8')) as WycheproofFile;
    const wrong: string[] = [];
    let count = 0;
    for (const { publicKey, tests } of testGroups) {
      for (const { tcId, msg, sig, result } of tests) {
        let holds = false;
        try {
          holds = bothSay(hexToBytes(publicKey.uncompressed), hexToBytes(msg), toRaw(hexToBytes(sig)));
        } catch (error) {
          if (!(error instanceof SigningError)) throw error;
        }
        if (holds !== (result === 'valid')) wrong.push(`${tcId} ${result}`);
        count++;
      }
    }
    expect(count).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });
});
