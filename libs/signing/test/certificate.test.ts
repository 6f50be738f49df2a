import { beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, X509Certificate } from 'node:crypto';
import { hexToBytes } from '@noble/hashes/utils.js';
import { checkCertificateSignature, parseCertificate, type Certificate } from '#signing/certificate.js';
import { KEY_USAGE } from '#signing/certificate-extensions.js';
import { nameValue } from '#signing/distinguished-name.js';
import { bitString, octetString, sequence, setOf, smallInteger, TAG, tlv } from '#signing/der-write.js';
import type { SigningErrorCode } from '#signing/errors.js';
import { DOTTED, OID, OID_DER } from '#signing/oids.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { demoSchool, NOT_BEFORE, SCHOOL, type DemoSchool } from './demo-school.js';
import {
  draftOf,
  expectCode,
  extension,
  forgeCertificate,
  keyUsage,
  NULL,
  type CertificateDraft,
} from './forge.js';

let school: DemoSchool;
let person: Certificate;
let authority: Certificate;

beforeAll(async () => {
  school = await demoSchool();
  person = parseCertificate(school.teacher.certificate);
  authority = parseCertificate(school.ca.certificate);
});

describe('reading a certificate', () => {
  test('gives the fields that node:crypto gives', () => {
    const theirs = new X509Certificate(person.der);
    expect(Buffer.from(person.serial).toString('hex').toUpperCase()).toBe(theirs.serialNumber);
    expect(person.notBefore).toEqual(new Date(theirs.validFrom));
    expect(person.notAfter).toEqual(new Date(theirs.validTo));
    expect(Buffer.from(person.sha256).toString('hex')).toBe(
      theirs.fingerprint256.replaceAll(':', '').toLowerCase(),
    );
    const spki = theirs.publicKey.export({ type: 'spki', format: 'der' });
    expect(Buffer.from(person.spkiSha256)).toEqual(createHash('sha256').update(spki).digest());
  });

  test('gives name, usage and key identifiers', () => {
    expect(nameValue(person.subject, OID.commonName)).toBe('Nguyễn Thị Hoa (DEMO)');
    expect(nameValue(person.issuer, OID.organization)).toBe(SCHOOL);
    expect(person.keyUsage).toBe(KEY_USAGE.contentCommitment);
    expect(person.basicConstraints).toEqual({ ca: false });
    expect(person.extendedKeyUsage).toEqual([OID.documentSigning, OID.emailProtection]);
    expect(person.authorityKeyId).toBe(authority.subjectKeyId);
    expect(authority.basicConstraints).toEqual({ ca: true, pathLength: 0 });
    expect(authority.keyUsage).toBe(KEY_USAGE.keyCertSign | KEY_USAGE.crlSign);
  });

  test('lasts 5 years for a person and 20 for the authority, to the second before', () => {
    expect(person.notBefore).toEqual(NOT_BEFORE);
    expect(person.notAfter.toISOString()).toBe('2031-08-14T23:59:59.000Z');
    expect(authority.notAfter.toISOString()).toBe('2046-08-14T23:59:59.000Z');
  });

  test('a forged draft without a change reads back alike: the twins below differ in their one point only', () => {
    const again = parseCertificate(forgeCertificate(draftOf(person.der), school.ca.key));
    expect(again.subject.der).toEqual(person.subject.der);
    expect(again.extensions).toEqual(person.extensions);
  });

  const without = (draft: CertificateDraft, i: number): Uint8Array[] =>
    draft.extensions.filter((_, k) => k !== i);
  const twins: readonly [string, SigningErrorCode, (draft: CertificateDraft) => Partial<CertificateDraft>][] =
    [
      ['version 1', 'CERT_MALFORMED', () => ({ version: smallInteger(0) })],
      [
        'a negative serial number',
        'CERT_MALFORMED',
        () => ({ serial: tlv(TAG.integer, Uint8Array.of(0x80)) }),
      ],
      [
        'a serial number of 21 octets',
        'CERT_MALFORMED',
        () => ({ serial: tlv(TAG.integer, new Uint8Array(21).fill(1)) }),
      ],
      ['a padded serial number', 'DER_MALFORMED', () => ({ serial: tlv(TAG.integer, Uint8Array.of(0, 1)) })],
      [
        'an extension twice',
        'CERT_MALFORMED',
        (d) => ({ extensions: [...d.extensions, d.extensions[0] ?? NULL] }),
      ],
      [
        'critical written as FALSE',
        'CERT_MALFORMED',
        (d) => ({
          extensions: [
            ...without(d, 2),
            sequence(OID_DER.extendedKeyUsage, tlv(TAG.boolean, Uint8Array.of(0)), octetString(sequence())),
          ],
        }),
      ],
      [
        'cA written as FALSE',
        'CERT_MALFORMED',
        (d) => ({
          extensions: [
            extension(DOTTED.basicConstraints, true, sequence(tlv(TAG.boolean, Uint8Array.of(0)))),
            ...without(d, 0),
          ],
        }),
      ],
      [
        'cA as BER TRUE',
        'CERT_MALFORMED',
        (d) => ({
          extensions: [
            extension(DOTTED.basicConstraints, true, sequence(tlv(TAG.boolean, Uint8Array.of(1)))),
            ...without(d, 0),
          ],
        }),
      ],
      [
        'untrimmed key usage bits',
        'CERT_MALFORMED',
        (d) => ({ extensions: [...without(d, 1), keyUsage('0540')] }),
      ],
      ['no key usage bits', 'CERT_MALFORMED', (d) => ({ extensions: [...without(d, 1), keyUsage('00')] })],
      [
        'a name of two attributes in one part',
        'CERT_MALFORMED',
        () => ({
          subject: sequence(
            setOf([
              sequence(OID_DER.commonName, tlv(TAG.utf8String, Uint8Array.of(0x41))),
              sequence(OID_DER.title, tlv(TAG.utf8String, Uint8Array.of(0x41))),
            ]),
          ),
        }),
      ],
      [
        'a name that is not UTF-8',
        'CERT_MALFORMED',
        () => ({
          subject: sequence(setOf([sequence(OID_DER.commonName, tlv(TAG.utf8String, Uint8Array.of(0xc3)))])),
        }),
      ],
      [
        'a name in BMPString',
        'CERT_MALFORMED',
        () => ({
          subject: sequence(setOf([sequence(OID_DER.commonName, tlv(0x1e, Uint8Array.of(0, 0x41)))])),
        }),
      ],
      [
        'a compressed point',
        'CERT_MALFORMED',
        () => ({
          spki: sequence(
            sequence(OID_DER.ecPublicKey, OID_DER.prime256v1),
            bitString(new Uint8Array(33).fill(2)),
          ),
        }),
      ],
    ];

  test.each(twins)('%s is refused with %s', (_, code, change) => {
    const draft = draftOf(school.teacher.certificate);
    const der = forgeCertificate({ ...draft, ...change(draft) }, school.ca.key);
    expectCode(() => parseCertificate(der), code);
  });

  test('octets after it, an empty input and one longer than the cap are refused', () => {
    expectCode(() => parseCertificate(Uint8Array.of(...person.der, 0)), 'CERT_MALFORMED');
    expectCode(() => parseCertificate(new Uint8Array()), 'CERT_MALFORMED');
    expectCode(() => parseCertificate(new Uint8Array(8193)), 'DER_TOO_LARGE');
  });

  test('a key of neither kind is read as another kind', () => {
    const ed25519 = sequence(sequence(tlv(TAG.oid, hexToBytes('2b6570'))), bitString(new Uint8Array(32)));
    const draft = { ...draftOf(person.der), spki: ed25519 };
    const { publicKey } = parseCertificate(forgeCertificate(draft, school.ca.key));
    expect(publicKey).toEqual({ kind: 'other', algorithm: '2b6570' });
  });
});

describe('the signature on a certificate', () => {
  test('is the authority’s, by either provider', () => {
    checkCertificateSignature(person, authority);
    checkCertificateSignature(person, authority, nodeProvider);
    checkCertificateSignature(authority, authority);
  });

  test('one flipped bit in the signed part or in the value is found', () => {
    const { tbs, signature } = person.signed;
    const flipped = (octets: Uint8Array, at: number): Uint8Array =>
      octets.map((o, i) => (i === at ? o ^ 1 : o));
    const twin = (change: Partial<Certificate['signed']>): Certificate => ({
      ...person,
      signed: { ...person.signed, ...change },
    });
    expectCode(() => {
      checkCertificateSignature(twin({ tbs: flipped(tbs, 40) }), authority);
    }, 'CERT_SIGNATURE');
    expectCode(() => {
      checkCertificateSignature(twin({ signature: flipped(signature, 20) }), authority);
    }, 'CERT_SIGNATURE');
    expectCode(() => {
      checkCertificateSignature(person, person);
    }, 'CERT_SIGNATURE');
  });

  test('row 32: another algorithm, or parameters beside it, is refused', () => {
    const draft = draftOf(person.der);
    for (const algorithm of [sequence(OID_DER.ecdsaWithSha256, NULL), sequence(OID_DER.sha256)]) {
      const twin = parseCertificate(forgeCertificate({ ...draft, algorithm }, school.ca.key));
      expectCode(() => {
        checkCertificateSignature(twin, authority);
      }, 'CERT_ALGORITHM');
    }
  });
});
