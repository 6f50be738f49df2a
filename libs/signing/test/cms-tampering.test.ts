/** Each deviation from the one shape of a CMS, properly signed by the holder wherever it is under the signature. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { signCms } from '#signing/cms-sign.js';
import { parseCms } from '#signing/cms-structure.js';
import { verifyCms } from '#signing/cms-verify.js';
import { contextTag, octetString, sequence, setOf, smallInteger, TAG, tlv } from '#signing/der-write.js';
import { formatEcdsaSignature, toLowS } from '#signing/ecdsa.js';
import type { SigningErrorCode } from '#signing/errors.js';
import { DOTTED, OID_DER } from '#signing/oids.js';
import { CONTENT, demoSchool, DIGEST, type DemoSchool } from './demo-school.js';
import { draftOf, ecdsa, expectCode, forgeCertificate, highTwin, NULL, spkiOf } from './forge.js';
import {
  attribute,
  cmsWith,
  forgeCms,
  forgeSigner,
  SHA256,
  signerId,
  signerWith,
  trueAttributes,
  trueCms,
  trueSigner,
} from './forge-cms.js';

const RSA_SHA256 = sequence(tlv(TAG.oid, hexToBytes('2a864886f70d01010b')), NULL);
const SHA1 = sequence(tlv(TAG.oid, hexToBytes('2b0e03021a')));
const ZEROS = octetString(new Uint8Array(32));

type Change<Forge extends (...args: never[]) => Uint8Array> = Parameters<Forge>[1];
type Twin = readonly [name: string, code: SigningErrorCode, forge: () => Uint8Array];

let school: DemoSchool;
let other: DemoSchool;

beforeAll(async () => {
  [school, other] = await Promise.all([demoSchool(), demoSchool()]);
});

const inCms = (change: Change<typeof cmsWith>): Uint8Array => cmsWith(school.principal, change);
const inSigner = (change: Change<typeof signerWith>): Uint8Array => signerWith(school.principal, change);

test('a forgery that changes nothing passes: the twins below differ in their one point only', () => {
  for (const forged of [inCms({}), inSigner({})]) {
    expect(verifyCms(forged, DIGEST).certificate.der).toEqual(school.principal.certificate);
  }
});

describe('the shape of SignedData', () => {
  const { data, signedData } = OID_DER;
  const withContent = sequence(data, tlv(contextTag(0), octetString(CONTENT)));
  const certificates = (...more: readonly Uint8Array[]): Uint8Array[] => [...school.principal.chain, ...more];
  const twoSigners = (): Uint8Array[] => [
    forgeSigner(trueSigner(DIGEST, school.principal.certificate), school.principal.key),
    forgeSigner(trueSigner(DIGEST, school.seal.certificate), school.seal.key),
  ];

  const twins: readonly Twin[] = [
    ['a second signer', 'CMS_SIGNER_COUNT', () => inCms({ signers: twoSigners() })],
    ['no signer', 'CMS_SIGNER_COUNT', () => inCms({ signers: [] })],
    ['content inside', 'CMS_NOT_DETACHED', () => inCms({ encapsulated: withContent })],
    ['content of another type', 'CMS_MALFORMED', () => inCms({ encapsulated: sequence(signedData) })],
    ['revocation lists', 'CMS_MALFORMED', () => inCms({ between: [tlv(contextTag(1))] })],
    ['SHA-1 declared', 'CMS_ALGORITHM', () => inCms({ digestAlgorithms: [SHA1] })],
    ['SHA-1 beside SHA-256', 'CMS_ALGORITHM', () => inCms({ digestAlgorithms: [SHA256, SHA1] })],
    ['no digest algorithm', 'CMS_ALGORITHM', () => inCms({ digestAlgorithms: [] })],
    [
      'NULL parameters of SHA-256',
      'CMS_ALGORITHM',
      () => inCms({ digestAlgorithms: [sequence(OID_DER.sha256, NULL)] }),
    ],
    ['no certificates', 'CMS_CERTIFICATE_MISSING', () => inCms({ certificates: [] })],
    [
      'no certificate of the authority',
      'CMS_CERTIFICATE_MISSING',
      () => inCms({ certificates: [school.principal.certificate] }),
    ],
    [
      'no certificate of the signer',
      'CMS_ESS_MISMATCH',
      () => inCms({ certificates: [school.ca.certificate] }),
    ],
    [
      'a stray certificate of the school',
      'CMS_STRAY_CERTIFICATE',
      () => inCms({ certificates: certificates(school.teacher.certificate) }),
    ],
    [
      'a second authority of the same name',
      'CMS_STRAY_CERTIFICATE',
      () => inCms({ certificates: certificates(other.ca.certificate) }),
    ],
    [
      'an attribute certificate',
      'CMS_STRAY_CERTIFICATE',
      () => inCms({ certificates: certificates(tlv(contextTag(2))) }),
    ],
    ['a certificate that is none', 'CERT_MALFORMED', () => inCms({ certificates: certificates(sequence()) })],
  ];

  test.each(twins)('row 32: with %s is refused: %s', (_, code, forge) => {
    expectCode(() => verifyCms(forge(), DIGEST), code);
  });
});

describe('the signer', () => {
  const attributes = (): Uint8Array => setOf(trueAttributes(DIGEST, school.principal.certificate));
  const implicit = (): Uint8Array => Uint8Array.of(contextTag(0), ...attributes().subarray(1));
  const signatureOver = (message: Uint8Array, { key } = school.principal): Uint8Array =>
    formatEcdsaSignature(toLowS(ecdsa(key, message)));
  const malleated = (): Uint8Array =>
    formatEcdsaSignature(highTwin(toLowS(ecdsa(school.principal.key, attributes()))));

  const twins: readonly Twin[] = [
    [
      'named by key identifier',
      'CMS_SIGNER_ID',
      () => inSigner({ version: 3, id: tlv(0x80, new Uint8Array(20)) }),
    ],
    ['named as another', 'CMS_SIGNER_ID', () => inSigner({ id: signerId(school.teacher.certificate) })],
    ['with the digest SHA-1', 'CMS_ALGORITHM', () => inSigner({ digestAlgorithm: SHA1 })],
    ['with RSA', 'CMS_ALGORITHM', () => inSigner({ signatureAlgorithm: RSA_SHA256 })],
    [
      'whose value another key made',
      'CMS_SIGNATURE_INVALID',
      () => inSigner({ signature: signatureOver(attributes(), school.teacher) }),
    ],
    [
      'who signed the attributes in their implicit tag',
      'CMS_SIGNATURE_INVALID',
      () => inSigner({ signature: signatureOver(implicit()) }),
    ],
    [
      'who signed the content itself',
      'CMS_SIGNATURE_INVALID',
      () => inSigner({ signature: signatureOver(CONTENT) }),
    ],
    ['whose value was malleated (high s)', 'CMS_HIGH_S', () => inSigner({ signature: malleated() })],
    [
      'whose value is raw instead of DER',
      'CMS_SIGNATURE_MALFORMED',
      () => inSigner({ signature: ecdsa(school.principal.key, attributes()) }),
    ],
    ['whose value is empty', 'CMS_SIGNATURE_MALFORMED', () => inSigner({ signature: new Uint8Array() })],
    [
      'with an unsigned attribute of a stranger',
      'CMS_UNSIGNED_ATTRIBUTE',
      () => inSigner({ unsigned: [attribute('1.2.840.113549.1.9.6', sequence())] }),
    ],
  ];

  test.each(twins)('%s is refused: %s', (_, code, forge) => {
    expectCode(() => verifyCms(forge(), DIGEST), code);
  });

  test('whose name and number a certificate of another key carries is not replaced by it', () => {
    const { certificate } = school.principal;
    const draft = { ...draftOf(certificate), spki: spkiOf(other.principal.key) };
    const twin = forgeCertificate(draft, school.ca.key);
    const signer = forgeSigner(trueSigner(DIGEST, certificate), other.principal.key);
    const swapped = forgeCms(trueCms([twin, school.ca.certificate], [signer]));
    expectCode(() => verifyCms(swapped, DIGEST), 'CMS_ESS_MISMATCH');
    const both = forgeCms(trueCms([twin, certificate, school.ca.certificate], [signer]));
    expectCode(() => verifyCms(both, DIGEST), 'CMS_STRAY_CERTIFICATE');
  });
});

describe('the signed attributes', () => {
  const all = (): Uint8Array[] => trueAttributes(DIGEST, school.principal.certificate);
  const without = (i: number): Uint8Array => inSigner({ attributes: all().toSpliced(i, 1) });
  const and = (more: Uint8Array): Uint8Array => inSigner({ attributes: [...all(), more] });
  const digestAs = (...values: readonly Uint8Array[]): Uint8Array =>
    inSigner({ attributes: all().with(1, attribute(DOTTED.messageDigest, ...values)) });
  const essAs = (...list: readonly Uint8Array[]): Uint8Array =>
    inSigner({
      attributes: all().with(2, attribute(DOTTED.signingCertificateV2, sequence(sequence(...list)))),
    });
  const hash = (octets: Uint8Array): Uint8Array => octetString(sha256(octets));
  const own = (): Uint8Array => hash(school.principal.certificate);
  const otherProtection = sequence(SHA1, tlv(0xa1, RSA_SHA256.subarray(2)));

  const twins: readonly Twin[] = [
    ['all absent', 'CMS_ATTRIBUTE_MISSING', () => inSigner({ attributes: [] })],
    ['no contentType', 'CMS_ATTRIBUTE_MISSING', () => without(0)],
    ['no messageDigest', 'CMS_ATTRIBUTE_MISSING', () => without(1)],
    ['no signingCertificateV2', 'CMS_ATTRIBUTE_MISSING', () => without(2)],
    [
      'an extra one',
      'CMS_ATTRIBUTE_UNEXPECTED',
      () => and(attribute('1.2.840.113549.1.9.16.2.15', sequence())),
    ],
    [
      'messageDigest twice, a wrong one first',
      'CMS_ATTRIBUTE_UNEXPECTED',
      () => and(attribute(DOTTED.messageDigest, ZEROS)),
    ],
    ['two values of messageDigest', 'CMS_ATTRIBUTE_MALFORMED', () => digestAs(octetString(DIGEST), ZEROS)],
    ['no value of messageDigest', 'CMS_ATTRIBUTE_MALFORMED', () => digestAs()],
    [
      'a messageDigest of 20 octets',
      'CMS_ATTRIBUTE_MALFORMED',
      () => digestAs(octetString(new Uint8Array(20))),
    ],
    ['the digest of another document', 'CMS_DIGEST_MISMATCH', () => digestAs(hash(DIGEST))],
    [
      'another contentType',
      'CMS_ATTRIBUTE_MALFORMED',
      () => inSigner({ attributes: all().with(0, attribute(DOTTED.contentType, OID_DER.signedData)) }),
    ],
    [
      'the ESS hash of another certificate',
      'CMS_ESS_MISMATCH',
      () => essAs(sequence(hash(school.teacher.certificate))),
    ],
    ['the ESS hash of the authority', 'CMS_SIGNER_ID', () => essAs(sequence(hash(school.ca.certificate)))],
    ['two ESS hashes', 'CMS_ATTRIBUTE_MALFORMED', () => essAs(sequence(own()), sequence(own()))],
    [
      'an ESS hash with its default algorithm written out',
      'CMS_ATTRIBUTE_MALFORMED',
      () => essAs(sequence(SHA256, own())),
    ],
    [
      'an ESS hash with issuer and serial',
      'CMS_ATTRIBUTE_MALFORMED',
      () => essAs(sequence(own(), sequence())),
    ],
    [
      'other protected algorithms',
      'CMS_ALGORITHM',
      () => and(attribute(DOTTED.algorithmProtection, otherProtection)),
    ],
    [
      'a signing time that is none',
      'CMS_ATTRIBUTE_MALFORMED',
      () => and(attribute(DOTTED.signingTime, smallInteger(1))),
    ],
  ];

  test.each(twins)('%s: %s', (_, code, forge) => {
    expectCode(() => verifyCms(forge(), DIGEST), code);
  });
});

describe('BER in the place of DER is refused', () => {
  let cms: Uint8Array;

  beforeAll(async () => {
    cms = await signCms(DIGEST, school.principal.signer);
  });

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
      sequence(OID_DER.ecdsaWithSha256),
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
