/** Signature timestamps (RFC 3161), against a real authority made of openssl. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hexToBytes } from '@noble/hashes/utils.js';
import { signCms } from '#signing/cms-sign.js';
import { verifyCms } from '#signing/cms-verify.js';
import { readSequence } from '#signing/der-read.js';
import { octetString, sequence, smallInteger, TAG, tlv, unsignedInteger } from '#signing/der-write.js';
import { OID_DER } from '#signing/oids.js';
import {
  formatTimestampRequest,
  parseTimestamp,
  readTimestampResponse,
  timestampDigest,
  withTimestamp,
} from '#signing/timestamp.js';
import { parseCms } from '#signing/cms-structure.js';
import { parseCertificate } from '#signing/certificate.js';
import type { PinnedCa } from '#signing/certificate-chain.js';
import { checkTimestamp, TSA_PROFILE } from '#signing/timestamp-check.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { timestampToken } from '#signing-node/timestamp-client.js';
import { demoSchool, DIGEST } from './demo-school.js';
import { expectCode, expectCodeAsync, NULL } from './forge.js';
import { forgeTimestamp, type TimestampSigner } from './forge-timestamp.js';
import { OpensslTsa, opensslIsThere } from './openssl-tsa.js';
import { PublicCa } from './public-ca.js';

const NONCE = hexToBytes('8100000000000001');
let cms: Uint8Array;
let other: Uint8Array;

beforeAll(async () => {
  const school = await demoSchool();
  cms = await signCms(DIGEST, school.seal.signer);
  other = await signCms(DIGEST, school.principal.signer);
});

describe('reading a timestamp', () => {
  const digest = () => timestampDigest(cms);

  test('says when, about what, and for which request', () => {
    const token = forgeTimestamp(digest(), { genTime: '20261121100000.5Z', after: [unsignedInteger(NONCE)] });
    expect(parseTimestamp(token)).toEqual({
      ...{ at: new Date('2026-11-21T10:00:00.500Z'), digest: digest() },
      nonce: hexToBytes('008100000000000001'),
    });
    const withNull = forgeTimestamp(digest(), { hash: sequence(OID_DER.sha256, NULL) });
    expect(parseTimestamp(withNull)).toMatchObject({ digest: digest(), nonce: undefined });
  });

  test('one about another signature stands in no CMS, however it came in', () => {
    const wrong = forgeTimestamp(timestampDigest(other));
    expectCode(() => withTimestamp(cms, wrong), 'TIMESTAMP_MISMATCH');
    expect(
      verifyCms(withTimestamp(cms, forgeTimestamp(digest())), DIGEST).unsignedAttributes.timestamp,
    ).toBeDefined();
    const moved = Buffer.from(withTimestamp(cms, forgeTimestamp(digest())));
    const at = moved.indexOf(Buffer.from(digest()));
    moved[at] = (moved[at] ?? 0) ^ 1;
    expectCode(() => verifyCms(new Uint8Array(moved), DIGEST), 'TIMESTAMP_MISMATCH');
  });

  test.each<readonly [what: string, token: () => Uint8Array]>([
    ['no SignedData', () => sequence(OID_DER.data)],
    ['about something else than a time', () => forgeTimestamp(digest(), { contentType: OID_DER.data })],
    ['of another version', () => forgeTimestamp(digest(), { version: 2 })],
    ['about a SHA-1 hash', () => forgeTimestamp(digest(), { hash: sequence(OID_DER.ecPublicKey) })],
    ['without seconds', () => forgeTimestamp(digest(), { genTime: '202611211000Z' })],
    ['in local time', () => forgeTimestamp(digest(), { genTime: '20261121100000+0700' })],
    ['with a fraction that ends in zero', () => forgeTimestamp(digest(), { genTime: '20261121100000.50Z' })],
    ['of the 31st of February', () => forgeTimestamp(digest(), { genTime: '20260231100000Z' })],
  ])('one that is %s is refused', (_, token) => {
    expectCode(() => parseTimestamp(token()), 'TIMESTAMP_MALFORMED');
    expectCode(() => withTimestamp(cms, token()), 'TIMESTAMP_MALFORMED');
  });
});

describe('the answer of an authority', () => {
  const granted = (token: Uint8Array) => sequence(sequence(smallInteger(0)), token);
  const answering = (nonce: Uint8Array) =>
    forgeTimestamp(timestampDigest(cms), { after: [unsignedInteger(nonce)] });
  const read = (answer: Uint8Array) => readTimestampResponse(answer, timestampDigest(cms), NONCE);

  test('is taken when it answers this request', () => {
    expect(read(granted(answering(NONCE)))).toEqual(answering(NONCE));
  });

  test('an old answer, one to somebody else and one without the number are refused', () => {
    expectCode(() => read(granted(answering(NONCE.with(7, 2)))), 'TIMESTAMP_MISMATCH');
    expectCode(() => read(granted(forgeTimestamp(timestampDigest(cms)))), 'TIMESTAMP_MISMATCH');
    const theirs = forgeTimestamp(timestampDigest(other), { after: [unsignedInteger(NONCE)] });
    expectCode(() => read(granted(theirs)), 'TIMESTAMP_MISMATCH');
  });

  test('a refusal is one, and what is no answer is not read', () => {
    expectCode(() => read(sequence(sequence(smallInteger(2)))), 'TIMESTAMP_REFUSED');
    expectCode(() => read(sequence(sequence(tlv(TAG.integer, Uint8Array.of(0xff))))), 'TIMESTAMP_REFUSED');
    expectCode(() => read(sequence(sequence(smallInteger(0)))), 'TIMESTAMP_MALFORMED');
    expectCode(() => read(octetString(NONCE)), 'TIMESTAMP_MALFORMED');
    expectCode(() => read(new Uint8Array(20_000)), 'DER_TOO_LARGE');
  });

  test('a request is about a SHA-256 hash, with a number nobody guesses', () => {
    expectCode(() => formatTimestampRequest(new Uint8Array(20), NONCE), 'TIMESTAMP_MALFORMED');
    expectCode(() => formatTimestampRequest(DIGEST, new Uint8Array(7)), 'TIMESTAMP_MALFORMED');
  });
});

const valueOf = (signed: Uint8Array) => parseCms(signed).signature;
const pinOf = (der: Uint8Array): PinnedCa => {
  return { spkiSha256: parseCertificate(der).spkiSha256, profile: TSA_PROFILE, from: new Date(0) };
};

(opensslIsThere ? describe : describe.skip)('the signature of a timestamp', () => {
  let ca: PublicCa;
  let authority: TimestampSigner;
  const CLOCK = ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=critical,timeStamping'];
  const subject = '/C=VN/O=Authority/CN=Clock';
  let now: string;

  beforeAll(() => {
    ca = PublicCa.make();
    authority = ca.issue({ subject, extensions: CLOCK });
    now = new Date().toISOString().replace(/[-:T]|\.\d+/g, '');
  });
  afterAll(() => {
    ca.remove();
  });

  const check = (signer: TimestampSigner | undefined, pins: readonly PinnedCa[] = [], genTime = now) => {
    const changed = { genTime, ...(signer === undefined ? {} : { signer }) };
    return checkTimestamp(forgeTimestamp(timestampDigest(cms), changed), valueOf(cms), pins);
  };

  test('leads to the authority that is pinned: its own key, or one above it', () => {
    const name = { authority: { name: 'Clock' } };
    expect(check(authority)).toMatchObject({ ...name, clock: 'unknown' });
    for (const der of authority.chain)
      expect(check(authority, [pinOf(der)])).toMatchObject({ clock: 'vouched' });
    const alone = { ...authority, chain: authority.chain.slice(0, 1) };
    expect(check(alone, [pinOf(ca.root)])).toMatchObject({ ...name, clock: 'unknown' });
  });

  test('is somebody’s, of this time, and by the certificate that it names', () => {
    expectCode(() => check(undefined), 'TIMESTAMP_SIGNATURE');
    const other = ca.issue({ subject, extensions: CLOCK });
    expectCode(() => check({ ...authority, key: other.key }), 'TIMESTAMP_SIGNATURE');
    expectCode(() => check({ ...authority, messageDigest: new Uint8Array(32) }), 'TIMESTAMP_SIGNATURE');
    expectCode(() => check({ ...authority, names: other.chain[0]! }), 'TIMESTAMP_SIGNATURE');
  });

  test.each([
    ['for mail', ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=critical,emailProtection']],
    ['for timestamps among others', ['extendedKeyUsage=critical,timeStamping,emailProtection']],
    ['for timestamps, not critically so', ['extendedKeyUsage=timeStamping']],
    ['for everything', ['keyUsage=critical,digitalSignature']],
  ])('by a certificate %s is refused', (_, extensions) => {
    const signer = ca.issue({ subject, extensions });
    const later = new Date().toISOString().replace(/[-:T]|\.\d+/g, '');
    expectCode(() => check(signer, [], later), 'TIMESTAMP_CERTIFICATE');
  });

  test('by a certificate that was not in force then, or that its issuer did not issue, is refused', () => {
    expectCode(() => check(authority, [], '20200101000000Z'), 'TIMESTAMP_CERTIFICATE');
    const elsewhere = PublicCa.make();
    try {
      const chain = [authority.chain[0]!, elsewhere.issuing, elsewhere.root];
      expectCode(() => check({ ...authority, chain }), 'TIMESTAMP_CERTIFICATE');
    } finally {
      elsewhere.remove();
    }
  });

  test('that this release cannot check is unchecked, not wrong', () => {
    const { chain } = ca.issue({ subject, extensions: CLOCK });
    const foreign = forgeTimestamp(timestampDigest(cms), { genTime: now, signer: authority });
    const swapped = Buffer.from(foreign);
    const at = swapped.indexOf(Buffer.from(authority.chain[0]!));
    expect(at).toBeGreaterThan(0);
    swapped.fill(0, at + 8, at + 12);
    expect(checkTimestamp(new Uint8Array(swapped), valueOf(cms), [pinOf(chain[0]!)])).toMatchObject({
      clock: 'unchecked',
    });
  });
});

if (!opensslIsThere) console.warn('skipped: no openssl on this machine');

(opensslIsThere ? describe : describe.skip)('an authority made of openssl, over HTTP', () => {
  let tsa: OpensslTsa;

  beforeAll(async () => {
    tsa = await OpensslTsa.start();
  });
  afterAll(() => tsa.stop());

  const ask = (timeout = 10_000) => timestampToken(cms, { url: tsa.url, timeout });

  test('its token goes into the seal, openssl verifies it, and the signature holds as before', async () => {
    const timed = withTimestamp(cms, await ask());
    const { timestamp, proof } = verifyCms(timed, DIGEST).unsignedAttributes;
    expect([timestamp === undefined, proof]).toEqual([false, undefined]);
    expect(parseTimestamp(timestamp!).digest).toEqual(timestampDigest(cms));
    expect(tsa.accepts(timestamp!, Buffer.from(timestampDigest(cms)).toString('hex'))).toBe(true);
    expect(tsa.accepts(timestamp!, '00'.repeat(32))).toBe(false);
  });

  test('whose clock it is: rightly signed by an authority that the caller knows, or by one that nobody knows', async () => {
    const token = await ask();
    const known = [{ spkiSha256: tsa.spkiSha256(), profile: TSA_PROFILE, from: new Date(0) }];
    expect(checkTimestamp(token, valueOf(cms), known)).toMatchObject({
      clock: 'vouched',
      authority: { name: 'TSA' },
    });
    expect(checkTimestamp(token, valueOf(cms), known, nodeProvider)).toMatchObject({ clock: 'vouched' });
    expect(checkTimestamp(token, valueOf(cms), [])).toMatchObject({ clock: 'unknown' });
    const asRoot = known.map((pin) => ({ ...pin, profile: 'socai-school-ca/v1' }));
    expect(checkTimestamp(token, valueOf(cms), asRoot)).toMatchObject({ clock: 'unknown' });
    const ended = known.map((pin) => ({ ...pin, to: new Date(0) }));
    expect(checkTimestamp(token, valueOf(cms), ended)).toMatchObject({ clock: 'unknown' });
    const turned = Uint8Array.from(token);
    turned[token.length - 1] = (turned[token.length - 1] ?? 0) ^ 1;
    expectCode(() => checkTimestamp(turned, valueOf(cms), known), 'TIMESTAMP_SIGNATURE');
  });

  test('asked again, the newer token replaces the older one', async () => {
    const once = withTimestamp(cms, await ask());
    const twice = withTimestamp(once, await ask());
    expect(twice).not.toEqual(once);
    expect(verifyCms(twice, DIGEST).signatureValue).toEqual(verifyCms(cms, DIGEST).signatureValue);
  });

  test('one that plays an old answer back is caught by the number', async () => {
    const old = tsa.real(Buffer.from(formatTimestampRequest(timestampDigest(cms), NONCE)));
    tsa.answer = (reply) => reply.end(old);
    await expectCodeAsync(ask(), 'TIMESTAMP_MISMATCH');
  });

  test('a token that leaves no room for the proof is not taken', async () => {
    tsa.answer = (reply, query) => {
      const asked = readSequence(new Uint8Array(query), 1000, {
        what: 'a query',
        code: 'TIMESTAMP_MALFORMED',
      });
      const nonce = asked.rest('a field').findLast(({ tag }) => tag === TAG.integer)!.bytes;
      const after = [nonce, tlv(0xa0, octetString(new Uint8Array(7 * 1024)))];
      const token = forgeTimestamp(timestampDigest(cms), { after });
      reply.end(sequence(sequence(smallInteger(0)), token));
    };
    await expectCodeAsync(ask(), 'TIMESTAMP_REFUSED');
  });

  test('silence, an error, a redirection and an endless answer are "unreachable", in bounded time and memory', async () => {
    const wrongs: (typeof tsa.answer)[] = [
      () => undefined,
      (reply) => reply.writeHead(503).end(),
      (reply) => reply.writeHead(302, { location: tsa.url }).end(),
      (reply) => reply.end(Buffer.alloc(20_000)),
    ];
    for (const wrong of wrongs) {
      tsa.answer = wrong;
      await expectCodeAsync(ask(500), 'TIMESTAMP_UNREACHABLE');
    }
    const nobody = timestampToken(cms, { url: 'http://127.0.0.1:1/', timeout: 500 });
    await expectCodeAsync(nobody, 'TIMESTAMP_UNREACHABLE');
  });
});
