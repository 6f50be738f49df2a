/** Whatever the bytes, the parsers answer or throw a SigningError; and no change of a signature is accepted. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCertificate } from '#signing/certificate.js';
import { checkChain } from '#signing/certificate-chain.js';
import { signCms } from '#signing/cms-sign.js';
import { formatCms, parseCms } from '#signing/cms-structure.js';
import { verifyCms } from '#signing/cms-verify.js';
import { formatEcdsaSignature, parseEcdsaSignature } from '#signing/ecdsa.js';
import { sequence, smallInteger, TAG, time, tlv } from '#signing/der-write.js';
import { SigningError } from '#signing/errors.js';
import { OID_DER } from '#signing/oids.js';
import { formatProof, parseProof, withProof, type SocaiProof } from '#signing/proof-attribute.js';
import { checkRevocationList, parseRevocationList } from '#signing/revocation-list.js';
import { checkTimestamp } from '#signing/timestamp-check.js';
import { parseTimestamp, timestampDigest } from '#signing/timestamp.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { demoSchool, DIGEST, newKey, NOT_BEFORE, type DemoSchool } from './demo-school.js';
import { forgeTimestamp } from './forge-timestamp.js';

let school: DemoSchool;
let cms: Uint8Array;

beforeAll(async () => {
  school = await demoSchool();
  cms = await signCms(DIGEST, school.seal.signer);
});

/** The answer, or undefined for a SigningError; any other exception fails the test. */
function answer<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof SigningError) return undefined;
    throw error;
  }
}

/** One change of a byte string: octets replaced, put in, taken out or moved within it. */
const change = fc.record({
  at: fc.nat(),
  take: fc.nat({ max: 8 }),
  put: fc.uint8Array({ maxLength: 8 }),
  from: fc.option(fc.nat(), { nil: undefined }),
});

function apply(
  bytes: Uint8Array,
  changes: readonly { at: number; take: number; put: Uint8Array; from: number | undefined }[],
): Uint8Array {
  let result = [...bytes];
  for (const { at, take, put, from } of changes) {
    const place = at % (result.length + 1);
    const source = from === undefined ? [...put] : result.slice(from % (result.length + 1)).slice(0, 64);
    result = [...result.slice(0, place), ...source, ...result.slice(place + take)];
  }
  return Uint8Array.from(result);
}

const changes = fc.array(change, { minLength: 1, maxLength: 3 });
const octets = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: 1, maxLength });
const proofs: fc.Arbitrary<SocaiProof> = fc
  .record({
    entry: octets(64),
    first: octets(300),
    latest: fc.option(octets(300), { nil: undefined }),
    keys: fc.option(
      fc.array(fc.record({ entry: octets(20), proof: octets(20) }), { minLength: 1, maxLength: 16 }),
      {
        nil: undefined,
      },
    ),
    status: fc.option(octets(40), { nil: undefined }),
  })
  .map(({ entry, first, latest, keys, status }) => ({
    entry,
    first,
    ...(latest === undefined ? {} : { latest }),
    ...(keys === undefined ? {} : { keys }),
    ...(status === undefined ? {} : { status }),
  }));

describe('changed signatures', () => {
  test('a changed CMS is never accepted and never crashes the verifier', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const changed = apply(cms, list);
        fc.pre(Buffer.compare(changed, cms) !== 0);
        const accepted = answer(() => {
          return checkChain(verifyCms(changed, DIGEST, nodeProvider).chain, school.pins, nodeProvider);
        });
        expect(accepted).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  test('a changed certificate is never accepted and never crashes the verifier', () => {
    const { certificate } = school.seal;
    fc.assert(
      fc.property(changes, (list) => {
        const changed = apply(certificate, list);
        fc.pre(Buffer.compare(changed, certificate) !== 0);
        const accepted = answer(() => {
          return checkChain(
            [changed, school.ca.certificate].map(parseCertificate),
            school.pins,
            nodeProvider,
          );
        });
        expect(accepted).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  test('what the CMS parser accepts, the formatter writes back byte for byte', () => {
    const stamped = withProof(cms, { entry: Uint8Array.of(1), first: Uint8Array.of(2) });
    fc.assert(
      fc.property(changes, (list) => {
        const changed = apply(stamped, list);
        const parts = answer(() => parseCms(changed));
        if (parts !== undefined) expect(formatCms(parts)).toEqual(changed);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('proofs', () => {
  test('any proof comes back as it went in, and so do the bytes that a parser accepts', () => {
    fc.assert(
      fc.property(proofs, changes, (proof, list) => {
        const der = formatProof(proof);
        expect(parseProof(der)).toEqual(proof);
        const changed = apply(der, list);
        const parsed = answer(() => parseProof(changed));
        if (parsed !== undefined) expect(formatProof(parsed)).toEqual(changed);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('timestamps and revocation lists', () => {
  test('changed ones never crash the verifier, and no changed time is believed', () => {
    const key = newKey();
    const chain = [school.seal.certificate, school.ca.certificate];
    const token = forgeTimestamp(timestampDigest(cms), { signer: { key, chain } });
    const { signature } = parseCms(cms);
    fc.assert(
      fc.property(changes, (list) => {
        const clock = answer(() =>
          checkTimestamp(apply(token, list), signature, school.pins, nodeProvider),
        )?.clock;
        expect([undefined, 'unchecked']).toContain(clock);
      }),
      { numRuns: 2000 },
    );
    const { issuer } = parseCertificate(school.seal.certificate);
    const entry = sequence(tlv(TAG.integer, Uint8Array.of(5)), time(NOT_BEFORE));
    const algorithm = sequence(OID_DER.ecdsaWithSha256);
    const fields = [
      smallInteger(1),
      algorithm,
      issuer.der,
      time(NOT_BEFORE),
      time(NOT_BEFORE),
      sequence(entry),
    ];
    const tbs = sequence(...fields);
    const list = sequence(
      tbs,
      algorithm,
      tlv(TAG.bitString, Uint8Array.of(0), formatEcdsaSignature(new Uint8Array(64).fill(1))),
    );
    expect(parseRevocationList(list).revoked.size).toBe(1);
    const authority = parseCertificate(school.ca.certificate);
    fc.assert(
      fc.property(changes, (some) => {
        const accepted = answer(() => {
          checkRevocationList(parseRevocationList(apply(list, some)), authority, nodeProvider);
          return true;
        });
        expect(accepted).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('random bytes', () => {
  test('never crash a parser', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const parse of [parseCertificate, parseCms, parseProof, parseRevocationList, parseTimestamp])
          expect(answer(() => parse(bytes))).toBeUndefined();
        const raw = answer(() => parseEcdsaSignature(bytes));
        if (raw !== undefined) expect(formatEcdsaSignature(raw)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
