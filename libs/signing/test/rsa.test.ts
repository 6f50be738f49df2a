/** RSA, as the tokens of government authorities sign: what holds, and what lax verifiers are known to accept. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { constants, generateKeyPairSync, privateEncrypt, sign, type KeyObject } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { checkCertificateSignature, parseCertificate } from '#signing/certificate.js';
import { checkChain } from '#signing/certificate-chain.js';
import { assembleCms, prepareSignedAttributes, signCms } from '#signing/cms-sign.js';
import { formatCms, parseCms } from '#signing/cms-structure.js';
import { verifyCms } from '#signing/cms-verify.js';
import { nobleProvider } from '#signing/crypto-provider.js';
import { bitString, sequence, TAG, tlv, unsignedInteger } from '#signing/der-write.js';
import { OID_DER } from '#signing/oids.js';
import type { RsaPublicKey } from '#signing/rsa.js';
import { SCHEMES } from '#signing/signature-scheme.js';
import { SCHOOL_PROFILE_RSA } from '#signing/school-profile.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { issuePersonCertificate, issueSealCertificate } from '#signing-node/school-ca.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { demoSchool, DIGEST, newKey, NOT_BEFORE, type DemoSchool } from './demo-school.js';
import { draftOf, expectCode, expectCodeAsync, forgeCertificate, NULL, spkiOf } from './forge.js';
import { signerWith } from './forge-cms.js';

const MESSAGE = utf8ToBytes('Học bạ');
const newRsaKey = (modulusLength = 2048, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).privateKey;
const KEY = newRsaKey();

function publicOf(key: KeyObject): RsaPublicKey {
  const { n = '', e = '' } = key.export({ format: 'jwk' });
  const octets = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
  return { modulus: octets(n), exponent: octets(e) };
}

const signed = (key: KeyObject, message: Uint8Array = MESSAGE) =>
  new Uint8Array(sign('sha256', message, key));
/** What whoever holds the key can write under it: any padding at all. */
const forged = (encoded: Uint8Array, key = KEY) =>
  new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded));
/** Both implementations must say the same. */
function bothSay(key: RsaPublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const own = nobleProvider.verifyRsa(key, message, signature);
  expect(nodeProvider.verifyRsa(key, message, signature)).toBe(own);
  return own;
}

describe('RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2.2)', () => {
  test.each([2048, 3072, 4096])('a signature of %i bits holds, and not for another message', (bits) => {
    const key = newRsaKey(bits);
    expect(bothSay(publicOf(key), MESSAGE, signed(key))).toBe(true);
    expect(bothSay(publicOf(key), utf8ToBytes('Học bạ khác'), signed(key))).toBe(false);
    expect(bothSay(publicOf(KEY), MESSAGE, signed(key))).toBe(false);
  });

  test('keys that can be broken, cost too much or have a small exponent are refused', () => {
    for (const key of [newRsaKey(1024), newRsaKey(2040), newRsaKey(2048, 3)]) {
      expect(bothSay(publicOf(key), MESSAGE, signed(key))).toBe(false);
    }
    const { modulus, exponent } = publicOf(KEY);
    const even = modulus.with(-1, 0);
    for (const key of [
      { modulus: concatBytes(Uint8Array.of(0), modulus), exponent },
      { modulus: even, exponent },
      { modulus, exponent: Uint8Array.of(0, 1, 0, 1) },
      { modulus, exponent: Uint8Array.of(1, 0, 2) },
      { modulus, exponent: Uint8Array.of(1, 0, 0, 0, 1) },
      { modulus: concatBytes(modulus, modulus, modulus), exponent },
    ]) {
      expect(bothSay(key, MESSAGE, signed(KEY))).toBe(false);
    }
  });

  test('a signature of another length, or not below the modulus, is refused', () => {
    const key = publicOf(KEY);
    const good = signed(KEY);
    expect(bothSay(key, MESSAGE, good)).toBe(true);
    for (const wrong of [
      good.subarray(1),
      concatBytes(Uint8Array.of(0), good),
      key.modulus,
      new Uint8Array(256),
    ]) {
      expect(bothSay(key, MESSAGE, wrong)).toBe(false);
    }
    const n = BigInt(`0x${Buffer.from(key.modulus).toString('hex')}`);
    const more = (BigInt(`0x${Buffer.from(good).toString('hex')}`) + n).toString(16);
    if (more.length <= 512) expect(bothSay(key, MESSAGE, hexToBytes(more.padStart(512, '0')))).toBe(false);
  });

  test('every padding but the one is refused, also those that lax parsers accept', () => {
    const key = publicOf(KEY);
    const info = hexToBytes('3031300d060960864801650304020105000420');
    const digest = sha256(MESSAGE);
    const filled = (tail: Uint8Array, count: number) =>
      concatBytes(Uint8Array.of(0, 1), new Uint8Array(count).fill(0xff), Uint8Array.of(0), tail);
    const good = concatBytes(info, digest);
    expect(bothSay(key, MESSAGE, forged(filled(good, 253 - good.length)))).toBe(true);
    const noNull = concatBytes(hexToBytes('302f300b0609608648016503040201'), hexToBytes('0420'), digest);
    const long = concatBytes(hexToBytes('308131300d060960864801650304020105000420'), digest);
    for (const encoded of [
      // Bleichenbacher's: garbage behind a short padding.
      concatBytes(filled(good, 8), new Uint8Array(256 - 8 - 3 - good.length).fill(7)),
      filled(noNull, 253 - noNull.length),
      filled(long, 253 - long.length),
      filled(digest, 253 - digest.length),
      // Block type 2, a zero among the filling, another hash's identifier.
      filled(good, 253 - good.length).with(1, 2),
      filled(good, 253 - good.length).with(20, 0xfe),
      filled(good, 253 - good.length).with(256 - 32 - 5, 2),
    ]) {
      expect(encoded.length).toBe(256);
      expect(bothSay(key, MESSAGE, forged(encoded))).toBe(false);
    }
  });
});

describe('a person whose token holds an RSA key', () => {
  let school: DemoSchool;
  let chain: readonly Uint8Array[];
  let cms: Uint8Array;
  const pinned = () => school.pins.map((pin) => ({ ...pin, profile: SCHOOL_PROFILE_RSA }));

  beforeAll(async () => {
    school = await demoSchool();
    const asked = { publicKey: KEY, name: 'Nguyễn Thị Hoa', title: 'Giáo viên', role: 'teacher' } as const;
    chain = [
      await issuePersonCertificate(school.ca, { ...asked, notBefore: NOT_BEFORE }),
      school.ca.certificate,
    ];
    cms = await signCms(DIGEST, new KeyFileSigner(KEY, chain));
  });

  test('signs, and is who the certificate says, under the profile that allows it', () => {
    const verified = verifyCms(cms, DIGEST);
    expect(verifyCms(cms, DIGEST, nodeProvider)).toEqual(verified);
    expect(checkChain(verified.chain, pinned()).holder).toMatchObject({
      role: 'teacher',
      name: 'Nguyễn Thị Hoa',
    });
    expect(verified.signatureValue.length).toBe(256);
    expect(formatCms(parseCms(cms))).toEqual(cms);
    expectCode(() => checkChain(verified.chain, school.pins), 'CERT_PROFILE');
  });

  test('the seal may be on such a token too; a key that is too short is not certified', async () => {
    const seal = await issueSealCertificate(school.ca, { publicKey: KEY, notBefore: NOT_BEFORE });
    const sealed = await signCms(DIGEST, new KeyFileSigner(KEY, [seal, school.ca.certificate]));
    expect(checkChain(verifyCms(sealed, DIGEST).chain, pinned()).holder.kind).toBe('seal');
    const short = issueSealCertificate(school.ca, { publicKey: newRsaKey(1024), notBefore: NOT_BEFORE });
    await expectCodeAsync(short, 'CERT_MALFORMED');
  });

  test('what comes back from a token is checked before use', () => {
    const [own = new Uint8Array()] = chain;
    const prepared = prepareSignedAttributes(DIGEST, own);
    const good = signed(KEY, prepared.toBeSigned);
    expect(assembleCms(prepared, good, chain)).toEqual(cms);
    for (const wrong of [signed(newRsaKey(), prepared.toBeSigned), signed(KEY), good.subarray(1)]) {
      expectCode(() => assembleCms(prepared, wrong, chain), 'SIGNATURE_INVALID');
    }
  });

  test('other content, a changed value and a value of another length are refused by name', () => {
    expectCode(() => verifyCms(cms, sha256(MESSAGE)), 'CMS_DIGEST_MISMATCH');
    const parts = parseCms(cms);
    const { signature } = parts;
    const flipped = Uint8Array.from(signature).with(100, (signature[100] ?? 0) ^ 1);
    expectCode(() => verifyCms(formatCms({ ...parts, signature: flipped }), DIGEST), 'CMS_SIGNATURE_INVALID');
    const shorter = formatCms({ ...parts, signature: signature.subarray(1) });
    expectCode(() => verifyCms(shorter, DIGEST), 'CMS_SIGNATURE_MALFORMED');
  });

  test('the algorithm beside a signature cannot be another than the key’s', async () => {
    const parts = parseCms(cms);
    expectCode(() => verifyCms(formatCms({ ...parts, scheme: 'p256' }), DIGEST), 'CMS_ALGORITHM');
    const curve = parseCms(await signCms(DIGEST, school.teacher.signer));
    expectCode(() => verifyCms(formatCms({ ...curve, scheme: 'rsa' }), DIGEST), 'CMS_ALGORITHM');
    // Also where no signed attribute protects the algorithm.
    const bare = (scheme: 'p256' | 'rsa') =>
      signerWith(school.teacher, { signatureAlgorithm: SCHEMES[scheme].signerInfo });
    expect(verifyCms(bare('p256'), DIGEST).certificate.der).toEqual(school.teacher.certificate);
    expectCode(() => verifyCms(bare('rsa'), DIGEST), 'CMS_ALGORITHM');
  });

  test('a certificate signed by an RSA key is one; by another RSA key, or under another algorithm, it is not', () => {
    const authority = parseCertificate(chain[0] ?? new Uint8Array());
    const draft = {
      ...draftOf(school.teacher.certificate),
      algorithm: sequence(OID_DER.sha256WithRsaEncryption, NULL),
    };
    const issued = parseCertificate(forgeCertificate(draft, KEY));
    checkCertificateSignature(issued, authority);
    checkCertificateSignature(issued, authority, nodeProvider);
    const other = parseCertificate(forgeCertificate(draft, newRsaKey()));
    expectCode(() => checkCertificateSignature(other, authority), 'CERT_SIGNATURE');
    const sha1 = tlv(TAG.oid, hexToBytes('2a864886f70d010105'));
    const weak = parseCertificate(forgeCertificate({ ...draft, algorithm: sequence(sha1, NULL) }, KEY));
    expectCode(() => checkCertificateSignature(weak, authority), 'CERT_ALGORITHM');
    expectCode(
      () => checkCertificateSignature(parseCertificate(school.teacher.certificate), authority),
      'CERT_ALGORITHM',
    );
  });

  test('a key in another form than RFC 8017 writes it is not read', () => {
    const base = draftOf(school.teacher.certificate);
    const { modulus, exponent } = publicOf(KEY);
    const key = sequence(unsignedInteger(modulus), unsignedInteger(exponent));
    const algorithm = sequence(OID_DER.rsaEncryption, NULL);
    const read = (spki: Uint8Array) =>
      parseCertificate(forgeCertificate({ ...base, spki }, newKey())).publicKey;
    expect(read(sequence(algorithm, bitString(key)))).toEqual({ kind: 'rsa', modulus, exponent });
    expect(read(spkiOf(KEY))).toEqual({ kind: 'rsa', modulus, exponent });
    const negative = sequence(tlv(TAG.integer, modulus), unsignedInteger(exponent));
    const small = sequence(unsignedInteger(modulus), unsignedInteger(Uint8Array.of(3)));
    for (const spki of [
      sequence(sequence(OID_DER.rsaEncryption), bitString(key)),
      sequence(algorithm, bitString(negative)),
      sequence(algorithm, bitString(small)),
      sequence(algorithm, bitString(sequence(unsignedInteger(modulus), unsignedInteger(exponent), NULL))),
    ]) {
      expectCode(() => read(spki), 'CERT_MALFORMED');
    }
  });
});
