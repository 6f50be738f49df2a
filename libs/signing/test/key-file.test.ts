import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPrivateKey, sign, verify, createPublicKey } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyCms } from '#signing/cms-verify.js';
import { signCms } from '#signing/cms-sign.js';
import { readCertificateFile, writeCertificateFile } from '#signing-node/certificate-file.js';
import { createKeyFile, loadKeyFile } from '#signing-node/key-file.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { issueSealCertificate } from '#signing-node/school-ca.js';
import { demoSchool, DIGEST, newKey, NOT_BEFORE, type DemoSchool } from './demo-school.js';
import { expectCode, expectCodeAsync } from './forge.js';

const PASSPHRASE = 'a long random passphrase';
let folder: string;
let school: DemoSchool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socai-keys-'));
  school = await demoSchool();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('key files', () => {
  test.each(['p256', 'ed25519'] as const)(
    'a %s key is written encrypted, for its owner only, and opens again',
    async (kind) => {
      const path = join(folder, 'made', `${kind}.pem`);
      const made = await createKeyFile(path, PASSPHRASE, kind);
      const text = await readFile(path, 'utf8');
      expect(text).toContain('BEGIN ENCRYPTED PRIVATE KEY');
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readdir(join(folder, 'made'))).not.toContainEqual(expect.stringContaining('.tmp'));
      const opened = await loadKeyFile(path, PASSPHRASE);
      expect(opened.equals(made)).toBe(true);
      const algorithm = kind === 'p256' ? 'sha256' : null;
      expect(verify(algorithm, DIGEST, createPublicKey(made), sign(algorithm, DIGEST, opened))).toBe(true);
    },
  );

  test('a wrong passphrase says so, every time', async () => {
    const path = join(folder, 'wrong.pem');
    await createKeyFile(path, PASSPHRASE);
    for (let i = 0; i < 20; i++) {
      await expectCodeAsync(loadKeyFile(path, `not the passphrase ${i}`), 'KEY_PASSPHRASE_WRONG');
    }
    await expectCodeAsync(loadKeyFile(path, ''), 'KEY_PASSPHRASE_WRONG');
  });

  test('a short passphrase is refused before a key is made', async () => {
    const path = join(folder, 'weak.pem');
    await expectCodeAsync(createKeyFile(path, 'fifteen letters'), 'KEY_PASSPHRASE_WEAK');
    await expectCodeAsync(loadKeyFile(path, PASSPHRASE), 'KEY_FILE_MISSING');
  });

  test('an existing key is never overwritten', async () => {
    const path = join(folder, 'once.pem');
    await createKeyFile(path, PASSPHRASE);
    const before = await readFile(path, 'utf8');
    await expectCodeAsync(createKeyFile(path, PASSPHRASE), 'KEY_FILE_EXISTS');
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  test('of two that make one file at once, one wins whole', async () => {
    const path = join(folder, 'race.pem');
    const results = await Promise.allSettled([
      createKeyFile(path, PASSPHRASE),
      createKeyFile(path, PASSPHRASE),
    ]);
    const made = results.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
    expect(made).toHaveLength(1);
    expect((await loadKeyFile(path, PASSPHRASE)).equals(made[0] ?? newKey())).toBe(true);
  });

  test('row 34: a file that others may read is refused until it is closed to them', async () => {
    const path = join(folder, 'open.pem');
    await createKeyFile(path, PASSPHRASE);
    await chmod(path, 0o644);
    await expectCodeAsync(loadKeyFile(path, PASSPHRASE), 'KEY_FILE_PERMISSIONS');
    await chmod(path, 0o600);
    await loadKeyFile(path, PASSPHRASE);
  });

  test('row 34: an unencrypted key, a key of another kind and something else are refused', async () => {
    const write = (name: string, text: string): Promise<string> => {
      const path = join(folder, name);
      return writeFile(path, text, { mode: 0o600 }).then(() => path);
    };
    const plain = newKey().export({ type: 'pkcs8', format: 'pem' }).toString();
    await expectCodeAsync(loadKeyFile(await write('plain.pem', plain), PASSPHRASE), 'KEY_FILE_MALFORMED');
    await expectCodeAsync(loadKeyFile(await write('junk.pem', 'junk'), PASSPHRASE), 'KEY_FILE_MALFORMED');
    await expectCodeAsync(
      loadKeyFile(await write('big.pem', 'x'.repeat(20_000)), PASSPHRASE),
      'KEY_FILE_MALFORMED',
    );
    const { generateKeyPairSync } = await import('node:crypto');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    const other = privateKey
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
      .toString();
    expect(createPrivateKey({ key: other, passphrase: PASSPHRASE }).type).toBe('private');
    await expectCodeAsync(loadKeyFile(await write('p384.pem', other), PASSPHRASE), 'KEY_FILE_MALFORMED');
  });
});

describe('a signer from a key file', () => {
  test('signs with the key of its certificate', async () => {
    const path = join(folder, 'seal.pem');
    const publicKey = await createKeyFile(path, PASSPHRASE);
    const certificate = await issueSealCertificate(school.ca, { publicKey, notBefore: NOT_BEFORE });
    const signer = await KeyFileSigner.open(path, PASSPHRASE, [certificate, school.ca.certificate]);
    expect(verifyCms(await signCms(DIGEST, signer), DIGEST).certificate.der).toEqual(certificate);
  });

  test('a key that is not the certificate’s is refused at once, not at the first signature', () => {
    expectCode(() => new KeyFileSigner(newKey(), school.seal.chain), 'KEY_MISMATCH');
    expectCode(() => new KeyFileSigner(newKey(), []), 'KEY_MISMATCH');
  });
});

describe('certificate files', () => {
  test('a certificate comes back as it was written, and is not overwritten by another', async () => {
    const path = join(folder, 'certificates', 'seal.pem');
    await writeCertificateFile(path, school.seal.certificate);
    await writeCertificateFile(path, school.seal.certificate);
    expect(await readCertificateFile(path)).toEqual(school.seal.certificate);
    await expectCodeAsync(writeCertificateFile(path, school.teacher.certificate), 'CERT_FILE_MALFORMED');
  });

  test('a missing, a foreign and a damaged file are refused', async () => {
    const path = join(folder, 'damaged.pem');
    await expectCodeAsync(readCertificateFile(path), 'CERT_FILE_MALFORMED');
    await writeFile(path, 'junk');
    await expectCodeAsync(readCertificateFile(path), 'CERT_FILE_MALFORMED');
    await writeFile(path, '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n');
    await expectCodeAsync(readCertificateFile(path), 'CERT_MALFORMED');
  });
});
