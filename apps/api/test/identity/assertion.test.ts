import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { checkAssertion, type Assertion } from '#api/identity/assertion.js';
import { originFits } from '#api/identity/relying-party.js';

const RP = 'so-cai.example';
const ORIGIN = 'https://so-cai.example';
const CHALLENGE = Buffer.alloc(32, 7).toString('base64url');

/** A key of each algorithm that is asked for: how it signs, and its COSE_Key (RFC 9053) by hand. */
interface TestKey {
  readonly hash: 'sha256' | null;
  readonly privateKey: KeyObject;
  readonly cose: Buffer;
}

function ed25519(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const x = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  // {1: 1 (OKP), 3: -8 (EdDSA), -1: 6 (Ed25519), -2: x}
  return {
    hash: null,
    privateKey,
    cose: Buffer.concat([Buffer.from('a4010103272006215820', 'hex'), x]),
  };
}

function es256(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const parts = [x, y].map((part) => Buffer.from(part ?? '', 'base64url')) as [Buffer, Buffer];
  // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const cose = [Buffer.from('a5010203262001215820', 'hex'), parts[0], Buffer.from('225820', 'hex'), parts[1]];
  return { hash: 'sha256', privateKey, cose: Buffer.concat(cose) };
}

function rs256(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const n = Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url');
  // {1: 3 (RSA), 3: -257 (RS256), -1: n, -2: 65537}
  const cose = [Buffer.from('a401030339010020590100', 'hex'), n, Buffer.from('2143010001', 'hex')];
  return { hash: 'sha256', privateKey, cose: Buffer.concat(cose) };
}

const KEYS: readonly (readonly [string, TestKey])[] = [
  ['ES256', es256()],
  ['EdDSA', ed25519()],
  ['RS256', rs256()],
];

function assertionOf({ hash, privateKey }: TestKey, client: object = {}, counter = 0): Assertion {
  const text = JSON.stringify({ type: 'webauthn.get', challenge: CHALLENGE, origin: ORIGIN, ...client });
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  const rpIdHash = createHash('sha256').update(RP).digest();
  const data = Buffer.concat([rpIdHash, Buffer.of(0x05), count]);
  const signed = Buffer.concat([data, createHash('sha256').update(text).digest()]);
  return {
    credentialId: 'a2V5',
    authenticatorData: data.toString('base64url'),
    clientDataJSON: Buffer.from(text).toString('base64url'),
    signature: sign(hash, signed, privateKey).toString('base64url'),
  };
}

const expected = ({ cose }: TestKey, counter = 0) => ({
  ...{ challenge: CHALLENGE, rpId: RP, accepts: (origin: string) => origin === ORIGIN },
  key: { id: 'a2V5', publicKey: cose.toString('base64url'), counter },
});

describe.each(KEYS)('an assertion by %s', (name, key) => {
  test('holds when everything does', async () => {
    expect(await checkAssertion(assertionOf(key), expected(key))).toEqual({ fault: null, counter: 0 });
  });

  test('does not with any other key', async () => {
    for (const [otherName, other] of KEYS.filter(([other]) => other !== name)) {
      const checked = await checkAssertion(assertionOf(other), expected(key));
      expect([otherName, checked]).toEqual([otherName, { fault: 'SIGNATURE' }]);
    }
  });

  test('does not with a bit of the signature changed, nor under another id', async () => {
    const made = assertionOf(key);
    const bytes = Buffer.from(made.signature, 'base64url');
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    const flipped = { ...made, signature: bytes.toString('base64url') };
    expect(await checkAssertion(flipped, expected(key))).toEqual({ fault: 'SIGNATURE' });
    expect(await checkAssertion({ ...made, credentialId: 'b3RoZXI' }, expected(key))).toEqual({
      fault: 'SIGNATURE',
    });
  });
});

describe('an assertion', () => {
  const [, key] = KEYS[0] as (typeof KEYS)[number];

  test.each([
    ['from a frame of another page', { crossOrigin: true }, 'ORIGIN'],
    ['from another page', { origin: 'https://so-cai.example.evil' }, 'ORIGIN'],
    ['for another challenge', { challenge: 'AAAA' }, 'CHALLENGE'],
    ['that was a registration', { type: 'webauthn.create' }, 'NOT_AN_ASSERTION'],
  ] as const)('%s is refused by name', async (_what, client, fault) => {
    expect(await checkAssertion(assertionOf(key, client), expected(key))).toEqual({ fault });
  });

  test('of a key that counts must have counted further; 0 after 0 is a key that does not count', async () => {
    expect(await checkAssertion(assertionOf(key, {}, 6), expected(key, 5))).toEqual({
      fault: null,
      counter: 6,
    });
    for (const counter of [5, 4, 0]) {
      expect(await checkAssertion(assertionOf(key, {}, counter), expected(key, 5))).toEqual({
        fault: 'COUNTER',
      });
    }
  });

  test('that cannot be read is a fault, not an exception', async () => {
    const made = assertionOf(key);
    for (const broken of [
      { ...made, clientDataJSON: 'AAAA' },
      { ...made, authenticatorData: 'AAAA' },
      { ...made, authenticatorData: `${made.authenticatorData}AAAA` },
      { ...made, signature: 'AAAA' },
    ]) {
      const { fault } = await checkAssertion(broken, expected(key));
      expect(['UNREADABLE', 'SIGNATURE']).toContain(fault);
    }
    const keyless = { ...expected(key), key: { id: 'a2V5', publicKey: 'AAAA', counter: 0 } };
    expect(await checkAssertion(made, keyless)).toEqual({ fault: 'SIGNATURE' });
  });
});

describe('an origin fits a relying party', () => {
  test.each([
    ['https://so-cai.example', 'so-cai.example', true],
    ['https://diem.so-cai.example', 'so-cai.example', true],
    ['https://so-cai.example.evil', 'so-cai.example', false],
    ['https://evilso-cai.example', 'so-cai.example', false],
    ['https://so-cai.example/trang', 'so-cai.example', false],
    ['http://localhost:3000', 'localhost', true],
    ['http://localhost.evil', 'localhost', false],
    ['không phải địa chỉ', 'so-cai.example', false],
  ])('%s, %s: %s', (origin, rpId, fits) => {
    expect(originFits(origin, rpId)).toBe(fits);
  });
});
