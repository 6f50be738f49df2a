/** Other people's tools accept what we make. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signCms } from '#signing/cms-sign.js';
import { withProof } from '#signing/proof-attribute.js';
import { certificateToPem } from '#signing-node/certificate-file.js';
import { issueSealCertificate } from '#signing-node/school-ca.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { CONTENT, demoSchool, DIGEST, NOT_BEFORE, type DemoSchool } from './demo-school.js';

const OPENSSL = 'openssl';
const version = spawnSync(OPENSSL, ['version'], { encoding: 'utf8' });
const found = version.status === 0 && /^OpenSSL [3-9]/.test(version.stdout);
if (!found) console.warn('skipped: no openssl 3 on this machine');

(found ? describe : describe.skip)('openssl', () => {
  let folder: string;
  let school: DemoSchool;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'socai-openssl-'));
    school = await demoSchool();
    writeFileSync(join(folder, 'ca.pem'), certificateToPem(school.ca.certificate));
    writeFileSync(join(folder, 'teacher.pem'), certificateToPem(school.teacher.certificate));
    writeFileSync(join(folder, 'seal.pem'), certificateToPem(school.seal.certificate));
    writeFileSync(join(folder, 'content'), CONTENT);
    writeFileSync(join(folder, 'other'), Uint8Array.of(...CONTENT, 0x20));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const openssl = (...args: readonly string[]): { status: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync(OPENSSL, args, { cwd: folder, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  };
  const verify = (cms: Uint8Array, content = 'content'): { status: number | null; output: string } => {
    writeFileSync(join(folder, 'cms.der'), cms);
    const input = ['-inform', 'DER', '-in', 'cms.der', '-binary', '-content', content];
    return openssl(
      'cms',
      '-verify',
      ...input,
      '-CAfile',
      'ca.pem',
      '-no_check_time',
      '-cades',
      '-out',
      'verified',
    );
  };

  test('verifies a person’s signature and the seal’s as CAdES, and refuses other content', async () => {
    for (const { signer } of [school.teacher, school.seal]) {
      const cms = await signCms(DIGEST, signer);
      const { status, output } = verify(cms);
      expect(output).toContain('CAdES Verification successful');
      expect(status).toBe(0);
      expect(verify(cms, 'other').status).not.toBe(0);
    }
  });

  test('verifies the signature of an RSA key as CAdES, and refuses other content', async () => {
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const seal = await issueSealCertificate(school.ca, { publicKey: key, notBefore: NOT_BEFORE });
    const cms = await signCms(DIGEST, new KeyFileSigner(key, [seal, school.ca.certificate]));
    expect(verify(cms).output).toContain('CAdES Verification successful');
    expect(verify(cms, 'other').status).not.toBe(0);
  });

  test('verifies the seal with the proof and with a signing time in it', async () => {
    const timed = await signCms(DIGEST, school.seal.signer, {
      signingTime: new Date('2026-11-21T10:00:00Z'),
    });
    expect(verify(withProof(timed, { entry: new Uint8Array(900), first: new Uint8Array(2500) })).status).toBe(
      0,
    );
  });

  test('accepts the certificates, strictly read, up to the authority', () => {
    const strict = ['-x509_strict', '-no_check_time', '-CAfile', 'ca.pem'];
    expect(openssl('verify', ...strict, 'teacher.pem', 'seal.pem').output).toBe(
      'teacher.pem: OK\nseal.pem: OK\n',
    );
    expect(openssl('verify', '-no_check_time', '-CAfile', 'teacher.pem', 'seal.pem').status).not.toBe(0);
  });

  test('prints a person’s certificate as the profile says', () => {
    const { output } = openssl(
      'x509',
      '-in',
      'teacher.pem',
      '-noout',
      '-text',
      '-nameopt',
      'utf8,sep_comma_plus',
    );
    for (const part of [
      'ecdsa-with-SHA256',
      'OU=socai:teacher',
      'CN=Nguyễn Thị Hoa (DEMO)',
      'Not Before: Aug 15 00:00:00 2026 GMT',
      'Not After : Aug 14 23:59:59 2031 GMT',
      'NIST CURVE: P-256',
      'CA:FALSE',
      'Non Repudiation',
      'E-mail Protection',
    ]) {
      expect(output).toContain(part);
    }
  });
});
