import { beforeAll, describe, expect, test } from '@jest/globals';
import * as asn1js from 'asn1js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { assembleCms, prepareSignedAttributes, signCms } from '#signing/cms-sign.js';
import { formatCms, parseCms } from '#signing/cms-structure.js';
import { verifyCms } from '#signing/cms-verify.js';
import { checkChain, checkValidity } from '#signing/certificate-chain.js';
import { contextTag, octetString, sequence, setOf, smallInteger, TAG, tlv } from '#signing/der-write.js';
import { formatEcdsaSignature, isLowS, parseEcdsaSignature, toLowS } from '#signing/ecdsa.js';
import type { SigningErrorCode } from '#signing/errors.js';
import { DOTTED, OID_DER } from '#signing/oids.js';
import { requireRouteRole } from '#signing/school-profile.js';
import { secretKeySigner } from '#signing/signer.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { CONTENT, demoSchool, DIGEST, type DemoSchool } from './demo-school.js';
import {
  attribute,
  ecdsa,
  ECDSA_SHA256,
  expectCode,
  expectCodeAsync,
  forgeCms,
  forgeSigner,
  NULL,
  SHA256,
  signerId,
  spkiOf,
  trueAttributes,
  trueCms,
  trueSigner,
  draftOf,
  forgeCertificate,
  type CmsDraft,
  type SignerDraft,
} from './forge.js';

const ORDER = p256.Point.Fn.ORDER;
let school: DemoSchool;
let other: DemoSchool;
let cms: Uint8Array;

beforeAll(async () => {
  [school, other] = await Promise.all([demoSchool(), demoSchool()]);
  cms = await signCms(DIGEST, school.principal.signer);
});

function highTwin(raw: Uint8Array): Uint8Array {
  const s = ORDER - BigInt(`0x${bytesToHex(raw.subarray(32))}`);
  return concatBytes(raw.subarray(0, 32), hexToBytes(s.toString(16).padStart(64, '0')));
}

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

  test('a forgery that changes nothing passes: the twins below differ in their one point only', () => {
    const { key, certificate, chain } = school.principal;
    const signer = forgeSigner(trueSigner(DIGEST, certificate), key);
    expect(verifyCms(forgeCms(trueCms(chain, [signer])), DIGEST).certificate.der).toEqual(certificate);
  });
});

describe('signing in two phases', () => {
  test('the bytes go out, a signature comes back from anywhere, high or low', () => {
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

/** One deviation from the true CMS, properly signed by the holder wherever the deviation is under the signature. */
interface Twin {
  readonly signer?: (draft: SignerDraft) => Partial<SignerDraft>;
  readonly cms?: (draft: CmsDraft) => Partial<CmsDraft>;
}

function forge(twin: Twin): Uint8Array {
  const { key, certificate, chain } = school.principal;
  const signer = trueSigner(DIGEST, certificate);
  const draft = trueCms(chain, [forgeSigner({ ...signer, ...twin.signer?.(signer) }, key)]);
  return forgeCms({ ...draft, ...twin.cms?.(draft) });
}

const rsaSha256 = sequence(tlv(TAG.oid, hexToBytes('2a864886f70d01010b')), NULL);
const sha1 = sequence(tlv(TAG.oid, hexToBytes('2b0e03021a')));
const withoutAttribute =
  (i: number) =>
  (d: SignerDraft): Partial<SignerDraft> => ({
    attributes: d.attributes.filter((_, k) => k !== i),
  });
const replaceAttribute =
  (i: number, value: Uint8Array) =>
  (d: SignerDraft): Partial<SignerDraft> => ({
    attributes: d.attributes.map((one, k) => (k === i ? value : one)),
  });
const addAttribute =
  (value: Uint8Array) =>
  (d: SignerDraft): Partial<SignerDraft> => ({
    attributes: [...d.attributes, value],
  });
const ess = (...list: readonly Uint8Array[]): Uint8Array => {
  return attribute(DOTTED.signingCertificateV2, sequence(sequence(...list)));
};
const hashOf = (octets: Uint8Array): Uint8Array => octetString(sha256(octets));

const twins: readonly [string, SigningErrorCode, () => Twin][] = [
  [
    'a second signer',
    'CMS_SIGNER_COUNT',
    () => ({
      cms: (d) => ({
        signers: [...d.signers, forgeSigner(trueSigner(DIGEST, school.seal.certificate), school.seal.key)],
      }),
    }),
  ],
  ['no signer', 'CMS_SIGNER_COUNT', () => ({ cms: () => ({ signers: [] }) })],
  [
    'content inside',
    'CMS_NOT_DETACHED',
    () => ({
      cms: () => ({ encapsulated: sequence(OID_DER.data, tlv(contextTag(0), octetString(CONTENT))) }),
    }),
  ],
  [
    'content of another type',
    'CMS_MALFORMED',
    () => ({ cms: () => ({ encapsulated: sequence(OID_DER.signedData) }) }),
  ],
  ['revocation lists', 'CMS_MALFORMED', () => ({ cms: () => ({ between: [tlv(contextTag(1))] }) })],
  ['SHA-1 declared', 'CMS_ALGORITHM', () => ({ cms: () => ({ digestAlgorithms: [sha1] }) })],
  [
    'SHA-1 declared beside SHA-256',
    'CMS_ALGORITHM',
    () => ({ cms: () => ({ digestAlgorithms: [SHA256, sha1] }) }),
  ],
  [
    'NULL parameters of SHA-256',
    'CMS_ALGORITHM',
    () => ({
      cms: () => ({ digestAlgorithms: [sequence(OID_DER.sha256, NULL)] }),
    }),
  ],
  ['no declared digest algorithm', 'CMS_ALGORITHM', () => ({ cms: () => ({ digestAlgorithms: [] }) })],
  ['SHA-1 as the signer’s digest', 'CMS_ALGORITHM', () => ({ signer: () => ({ digestAlgorithm: sha1 }) })],
  [
    'RSA as the signature algorithm',
    'CMS_ALGORITHM',
    () => ({ signer: () => ({ signatureAlgorithm: rsaSha256 }) }),
  ],
  ['no certificates', 'CMS_CERTIFICATE_MISSING', () => ({ cms: () => ({ certificates: [] }) })],
  [
    'without the authority’s certificate',
    'CMS_CERTIFICATE_MISSING',
    () => ({
      cms: () => ({ certificates: [school.principal.certificate] }),
    }),
  ],
  [
    'without the signer’s certificate',
    'CMS_ESS_MISMATCH',
    () => ({ cms: () => ({ certificates: [school.ca.certificate] }) }),
  ],
  [
    'a stray certificate of the school',
    'CMS_STRAY_CERTIFICATE',
    () => ({
      cms: (d) => ({ certificates: [...d.certificates, school.teacher.certificate] }),
    }),
  ],
  [
    'a second authority of the same name',
    'CMS_STRAY_CERTIFICATE',
    () => ({
      cms: (d) => ({ certificates: [...d.certificates, other.ca.certificate] }),
    }),
  ],
  [
    'an attribute certificate',
    'CMS_STRAY_CERTIFICATE',
    () => ({
      cms: (d) => ({ certificates: [...d.certificates, tlv(contextTag(2))] }),
    }),
  ],
  [
    'a certificate that is none',
    'CERT_MALFORMED',
    () => ({ cms: (d) => ({ certificates: [...d.certificates, sequence()] }) }),
  ],
  [
    'the signer named by key identifier',
    'CMS_SIGNER_ID',
    () => ({
      signer: () => ({ version: 3, id: tlv(0x80, new Uint8Array(20)) }),
    }),
  ],
  [
    'another signer named',
    'CMS_SIGNER_ID',
    () => ({ signer: () => ({ id: signerId(school.teacher.certificate) }) }),
  ],
  ['no signed attributes', 'CMS_ATTRIBUTE_MISSING', () => ({ signer: () => ({ attributes: [] }) })],
  ['no contentType', 'CMS_ATTRIBUTE_MISSING', () => ({ signer: withoutAttribute(0) })],
  ['no messageDigest', 'CMS_ATTRIBUTE_MISSING', () => ({ signer: withoutAttribute(1) })],
  ['no signingCertificateV2', 'CMS_ATTRIBUTE_MISSING', () => ({ signer: withoutAttribute(2) })],
  [
    'an extra signed attribute',
    'CMS_ATTRIBUTE_UNEXPECTED',
    () => ({
      signer: addAttribute(attribute('1.2.840.113549.1.9.16.2.15', sequence())),
    }),
  ],
  [
    'messageDigest twice, the wrong one first',
    'CMS_ATTRIBUTE_UNEXPECTED',
    () => ({
      signer: addAttribute(attribute(DOTTED.messageDigest, octetString(new Uint8Array(32)))),
    }),
  ],
  [
    'two values of messageDigest',
    'CMS_ATTRIBUTE_MALFORMED',
    () => ({
      signer: replaceAttribute(
        1,
        attribute(DOTTED.messageDigest, octetString(DIGEST), octetString(new Uint8Array(32))),
      ),
    }),
  ],
  [
    'no value of messageDigest',
    'CMS_ATTRIBUTE_MALFORMED',
    () => ({
      signer: replaceAttribute(1, attribute(DOTTED.messageDigest)),
    }),
  ],
  [
    'a messageDigest of 20 octets',
    'CMS_ATTRIBUTE_MALFORMED',
    () => ({
      signer: replaceAttribute(1, attribute(DOTTED.messageDigest, octetString(new Uint8Array(20)))),
    }),
  ],
  [
    'the digest of another document, properly signed',
    'CMS_DIGEST_MISMATCH',
    () => ({
      signer: replaceAttribute(1, attribute(DOTTED.messageDigest, octetString(sha256(DIGEST)))),
    }),
  ],
  [
    'another signed contentType',
    'CMS_ATTRIBUTE_MALFORMED',
    () => ({
      signer: replaceAttribute(0, attribute(DOTTED.contentType, OID_DER.signedData)),
    }),
  ],
  [
    'the ESS hash of another certificate',
    'CMS_ESS_MISMATCH',
    () => ({
      signer: replaceAttribute(2, ess(sequence(hashOf(school.teacher.certificate)))),
    }),
  ],
  [
    'the ESS hash of the authority',
    'CMS_SIGNER_ID',
    () => ({
      signer: replaceAttribute(2, ess(sequence(hashOf(school.ca.certificate)))),
    }),
  ],
  [
    'two ESS certificates',
    'CMS_ATTRIBUTE_MALFORMED',
    () => ({
      signer: replaceAttribute(
        2,
        ess(sequence(hashOf(school.principal.certificate)), sequence(hashOf(school.ca.certificate))),
      ),
    }),
  ],
  [
    'an ESS hash with its default algorithm written out',
    'CMS_ATTRIBUTE_MALFORMED',
    () => ({
      signer: replaceAttribute(2, ess(sequence(SHA256, hashOf(school.principal.certificate)))),
    }),
  ],
  [
    'an ESS hash with issuer and serial',
    'CMS_ATTRIBUTE_MALFORMED',
    () => ({
      signer: replaceAttribute(2, ess(sequence(hashOf(school.principal.certificate), sequence()))),
    }),
  ],
  [
    'protected algorithms that are others',
    'CMS_ALGORITHM',
    () => ({
      signer: addAttribute(
        attribute(DOTTED.algorithmProtection, sequence(sha1, tlv(0xa1, rsaSha256.subarray(2)))),
      ),
    }),
  ],
  [
    'a signing time that is none',
    'CMS_ATTRIBUTE_MALFORMED',
    () => ({
      signer: addAttribute(attribute(DOTTED.signingTime, smallInteger(1))),
    }),
  ],
  [
    'the signature of another key',
    'CMS_SIGNATURE_INVALID',
    () => ({
      signer: (d) => ({
        signature: formatEcdsaSignature(toLowS(ecdsa(school.teacher.key, setOf(d.attributes)))),
      }),
    }),
  ],
  [
    'a signature over the attributes in their implicit tag',
    'CMS_SIGNATURE_INVALID',
    () => ({
      signer: (d) => ({
        signature: formatEcdsaSignature(
          toLowS(ecdsa(school.principal.key, Uint8Array.of(0xa0, ...setOf(d.attributes).subarray(1)))),
        ),
      }),
    }),
  ],
  [
    'a signature over the content itself',
    'CMS_SIGNATURE_INVALID',
    () => ({
      signer: () => ({ signature: formatEcdsaSignature(toLowS(ecdsa(school.principal.key, CONTENT))) }),
    }),
  ],
  [
    'the malleated (high-s) twin of the true signature',
    'CMS_HIGH_S',
    () => ({
      signer: (d) => ({
        signature: formatEcdsaSignature(highTwin(toLowS(ecdsa(school.principal.key, setOf(d.attributes))))),
      }),
    }),
  ],
  [
    'a raw signature where DER belongs',
    'CMS_SIGNATURE_MALFORMED',
    () => ({
      signer: (d) => ({ signature: ecdsa(school.principal.key, setOf(d.attributes)) }),
    }),
  ],
  [
    'an empty signature',
    'CMS_SIGNATURE_MALFORMED',
    () => ({ signer: () => ({ signature: new Uint8Array() }) }),
  ],
  [
    'an unsigned attribute of a stranger',
    'CMS_UNSIGNED_ATTRIBUTE',
    () => ({
      signer: () => ({ unsigned: [attribute('1.2.840.113549.1.9.6', sequence())] }),
    }),
  ],
];

describe('each deviation from the one shape is refused with its own code', () => {
  test.each(twins)('%s: %s', (_, code, twin) => {
    expectCode(() => verifyCms(forge(twin()), DIGEST), code);
  });

  test('a certificate with the signer’s name, number and another key does not take its place', () => {
    const { certificate } = school.principal;
    const twin = forgeCertificate(
      { ...draftOf(certificate), spki: spkiOf(other.principal.key) },
      school.ca.key,
    );
    const signer = forgeSigner(trueSigner(DIGEST, certificate), other.principal.key);
    expectCode(
      () => verifyCms(forgeCms(trueCms([twin, school.ca.certificate], [signer])), DIGEST),
      'CMS_ESS_MISMATCH',
    );
    const both = forgeCms(trueCms([twin, certificate, school.ca.certificate], [signer]));
    expectCode(() => verifyCms(both, DIGEST), 'CMS_STRAY_CERTIFICATE');
  });
});

describe('BER in the place of DER is refused', () => {
  test('an indefinite length', () => {
    const body = cms.subarray(4);
    const ber = concatBytes(Uint8Array.of(0x30, 0x80), body, Uint8Array.of(0, 0));
    expectCode(() => verifyCms(ber, DIGEST), 'DER_MALFORMED');
  });

  test('a length of more octets than needed', () => {
    const padded = concatBytes(Uint8Array.of(0x30, 0x83, 0x00), cms.subarray(2));
    expectCode(() => verifyCms(padded, DIGEST), 'DER_MALFORMED');
  });

  test('certificates out of order', () => {
    const parts = parseCms(cms);
    const [one, two] = [...parts.certificates];
    if (one === undefined || two === undefined) throw new Error('two certificates');
    const at = Buffer.from(cms).indexOf(one);
    const swapped = concatBytes(cms.subarray(0, at), two, one, cms.subarray(at + one.length + two.length));
    expect(swapped).toHaveLength(cms.length);
    expectCode(() => verifyCms(swapped, DIGEST), 'DER_SET_ORDER');
  });

  test('signed attributes out of order, though signed in that order', () => {
    const { key, certificate, chain } = school.principal;
    const attributes = trueAttributes(DIGEST, certificate).reverse();
    const signature = formatEcdsaSignature(toLowS(ecdsa(key, tlv(TAG.set, ...attributes))));
    const signer = sequence(
      smallInteger(1),
      signerId(certificate),
      SHA256,
      tlv(contextTag(0), ...attributes),
      ECDSA_SHA256,
      octetString(signature),
    );
    expectCode(() => verifyCms(forgeCms(trueCms(chain, [signer])), DIGEST), 'DER_SET_ORDER');
  });

  test('octets after the end, and more than the room of a seal', () => {
    expectCode(() => verifyCms(Uint8Array.of(...cms, 0), DIGEST), 'CMS_MALFORMED');
    expectCode(() => verifyCms(new Uint8Array(16_385), DIGEST), 'DER_TOO_LARGE');
    expectCode(() => verifyCms(new Uint8Array(), DIGEST), 'CMS_MALFORMED');
  });

  test('something that is not SignedData', () => {
    expectCode(() => verifyCms(sequence(OID_DER.data), DIGEST), 'CMS_NOT_SIGNED_DATA');
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
