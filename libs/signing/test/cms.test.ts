import { beforeAll, describe, expect, test } from '@jest/globals';
import * as asn1js from 'asn1js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { checkChain, checkValidity } from '#signing/certificate-chain.js';
import { assembleCms, prepareSignedAttributes, signCms } from '#signing/cms-sign.js';
import { formatCms, parseCms } from '#signing/cms-structure.js';
import { verifyCms } from '#signing/cms-verify.js';
import { TAG } from '#signing/der-write.js';
import { isLowS, parseEcdsaSignature, toLowS } from '#signing/ecdsa.js';
import { requireRouteRole } from '#signing/school-profile.js';
import { secretKeySigner } from '#signing/signer.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { CONTENT, demoSchool, DIGEST, type DemoSchool } from './demo-school.js';
import { ecdsa, expectCode, expectCodeAsync, highTwin } from './forge.js';

let school: DemoSchool;
let cms: Uint8Array;

beforeAll(async () => {
  school = await demoSchool();
  cms = await signCms(DIGEST, school.principal.signer);
});

describe('a signature that was made verifies', () => {
  test('and says who, with what right, at a time in force', () => {
    const verified = verifyCms(cms, DIGEST);
    const trusted = checkChain(verified.chain, school.pins);
    requireRouteRole(trusted.holder, 'principal', false);
    checkValidity(trusted, new Date('2026-11-21T10:00:00Z'));
    expect(verified.certificate.der).toEqual(school.principal.certificate);
    expect(verified.chain.map(({ der }) => der)).toEqual(school.principal.chain);
    expect(verified.unsignedAttributes).toEqual({});
    expect(verified.signingTime).toBeUndefined();
    expect(isLowS(parseEcdsaSignature(verified.signatureValue))).toBe(true);
  });

  test('by node:crypto as by noble', () => {
    expect(verifyCms(cms, DIGEST, nodeProvider)).toEqual(verifyCms(cms, DIGEST));
  });

  test('with a signing time, in whole seconds', async () => {
    const signingTime = new Date('2026-11-21T10:00:00Z');
    const timed = await signCms(DIGEST, school.seal.signer, { signingTime });
    expect(verifyCms(timed, DIGEST).signingTime).toEqual(signingTime);
    await expectCodeAsync(signCms(DIGEST, school.seal.signer, { signingTime: new Date(1) }), 'CERT_REQUEST');
  });

  test('reads and writes back to the same bytes, and asn1js sees the same structure', () => {
    expect(formatCms(parseCms(cms))).toEqual(cms);
    const { result, offset } = asn1js.fromBER(cms);
    expect(offset).toBe(cms.length);
    expect(new Uint8Array(result.toBER())).toEqual(cms);
  });

  test('is the same bytes for the same key and content (RFC 6979)', async () => {
    const secret = school.principal.key.export({ format: 'jwk' }).d ?? '';
    const signer = secretKeySigner(new Uint8Array(Buffer.from(secret, 'base64url')), school.principal.chain);
    const [once, again] = [await signCms(DIGEST, signer), await signCms(DIGEST, signer)];
    expect(once).toEqual(again);
    expect(verifyCms(once, DIGEST).certificate.der).toEqual(school.principal.certificate);
  });
});

describe('signing in two phases', () => {
  test('row 34: the bytes go out, a signature comes back from anywhere, high or low', () => {
    const { key, certificate, chain } = school.seal;
    const prepared = prepareSignedAttributes(DIGEST, certificate);
    expect(prepared.toBeSigned[0]).toBe(TAG.set);
    const raw = toLowS(ecdsa(key, prepared.toBeSigned));
    const low = assembleCms(prepared, raw, chain);
    expect(assembleCms(prepared, highTwin(raw), chain, nodeProvider)).toEqual(low);
    verifyCms(low, DIGEST);
  });

  test('what comes back is checked before use: another key, other bytes, a broken value', () => {
    const { key, certificate, chain } = school.seal;
    const prepared = prepareSignedAttributes(DIGEST, certificate);
    for (const wrong of [ecdsa(school.teacher.key, prepared.toBeSigned), ecdsa(key, DIGEST)]) {
      expectCode(() => assembleCms(prepared, wrong, chain), 'SIGNATURE_INVALID');
    }
    for (const broken of [new Uint8Array(64), new Uint8Array(63).fill(1), new Uint8Array()]) {
      expectCode(() => assembleCms(prepared, broken, chain), 'SIGNATURE_MALFORMED');
    }
  });

  test('the chain begins with the certificate that the bytes were prepared for', () => {
    const prepared = prepareSignedAttributes(DIGEST, school.seal.certificate);
    const signature = ecdsa(school.seal.key, prepared.toBeSigned);
    expectCode(() => assembleCms(prepared, signature, school.teacher.chain), 'CERT_CHAIN');
    expectCode(() => assembleCms(prepared, signature, []), 'CERT_CHAIN');
  });

  test('a digest of another length is refused', () => {
    expectCode(
      () => prepareSignedAttributes(new Uint8Array(20), school.seal.certificate),
      'CMS_ATTRIBUTE_MALFORMED',
    );
  });
});

describe('another document', () => {
  test('one changed byte of the content is found', () => {
    const changed = sha256(Uint8Array.of(...CONTENT, 0x20));
    expectCode(() => verifyCms(cms, changed), 'CMS_DIGEST_MISMATCH');
  });

  test('no content at all is no digest', () => {
    expectCode(() => verifyCms(cms, new Uint8Array()), 'CMS_DIGEST_MISMATCH');
    expectCode(() => verifyCms(cms, sha256(utf8ToBytes(''))), 'CMS_DIGEST_MISMATCH');
  });
});

test('a flipped bit in any octet of a CMS without unsigned attributes is found, by it or by its chain', () => {
  const accepted: number[] = [];
  for (let at = 0; at < cms.length; at++) {
    const flipped = cms.map((octet, i) => (i === at ? octet ^ (1 << (at % 8)) : octet));
    try {
      checkChain(verifyCms(flipped, DIGEST, nodeProvider).chain, school.pins, nodeProvider);
      accepted.push(at);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'SigningError') throw error;
    }
  }
  expect(accepted).toEqual([]);
});
