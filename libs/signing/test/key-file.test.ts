import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDecipheriv, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argon2id } from '@noble/hashes/argon2.js';
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
      expect(text).toContain('-----BEGIN SOCAI ENCRYPTED PRIVATE KEY-----\nVersion: 1\n');
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
    for (let i = 0; i < 3; i++) {
      await expectCodeAsync(loadKeyFile(path, `not the passphrase ${i}`), 'KEY_PASSPHRASE_WRONG');
    }
    await expectCodeAsync(loadKeyFile(path, ''), 'KEY_PASSPHRASE_WRONG');
  });

  test('a short passphrase is refused before a key is made', async () => {
    const path = join(folder, 'weak.pem');
    for (const weak of ['', '7 chars', '12345678901']) {
      await expectCodeAsync(createKeyFile(path, weak), 'KEY_PASSPHRASE_WEAK');
    }
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

  test('a passphrase typed with composed or decomposed letters is the same', async () => {
    const path = join(folder, 'nfc.pem');
    const made = await createKeyFile(path, 'mật khẩu của tôi'.normalize('NFD'));
    expect((await loadKeyFile(path, 'mật khẩu của tôi'.normalize('NFC'))).equals(made)).toBe(true);
  });

  test('row 34: the file is what it says: argon2id by another library, and AES-256-GCM, give the key', async () => {
    const path = join(folder, 'known.pem');
    const random = 'r'.repeat(43);
    const made = await createKeyFile(path, random);
    const text = await readFile(path, 'utf8');
    const [header = '', body = ''] = text.split(/(?<=\n\n)/);
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(header)?.[1] ?? '';
    expect(field('Kdf')).toBe('argon2id m=19456 t=2 p=1');
    const key = argon2id(random, Buffer.from(field('Salt'), 'base64'), { m: 19_456, t: 2, p: 1, dkLen: 32 });
    const sealed = Buffer.from(body.replace(/-----END.*/s, ''), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(field('Nonce'), 'base64'));
    decipher.setAAD(Buffer.from(header)).setAuthTag(sealed.subarray(-16));
    const pkcs8 = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    expect(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).equals(made)).toBe(true);
  });

  test("row 34: a person's PIN is stretched further than a passphrase of 256 random bits", async () => {
    const path = join(folder, 'pin.pem');
    await createKeyFile(path, '482913605174');
    expect(await readFile(path, 'utf8')).toContain('\nKdf: argon2id m=65536 t=3 p=1\n');
  });

  test('row 34: not one bit of the header or of the key may be changed', async () => {
    const path = join(folder, 'tampered.pem');
    await createKeyFile(path, 'r'.repeat(43));
    const text = await readFile(path, 'utf8');
    const open = async (changed: string) => {
      expect(changed).not.toBe(text);
      await writeFile(path, changed, { mode: 0o600 });
      return loadKeyFile(path, 'r'.repeat(43));
    };
    // What parses as another header opens no more: it is authenticated with the key.
    const swap = (pattern: RegExp) =>
      text.replace(pattern, (_: string, name: string, first: string, rest: string) => {
        return `${name}${first === 'A' ? 'B' : 'A'}${rest}`;
      });
    const others = [
      text.replace('Key: p256', 'Key: ed25519'),
      text.replace('m=19456 t=2', 'm=65536 t=3'),
      swap(/^(Salt: )(.)(.*)$/m),
      swap(/^(Nonce: )(.)(.*)$/m),
      swap(/(\n\n)(.)(.*)$/m),
      swap(/()(.)(.{5}\n-----END.*)$/s),
    ];
    for (const changed of others) await expectCodeAsync(open(changed), 'KEY_PASSPHRASE_WRONG');
    // A cheaper or a monstrous derivation, another version or form of the same bytes is not read at all.
    const [, first = ''] = /\n\n(.*)\n/.exec(text) ?? [];
    const malformed = [
      text.replace('m=19456 t=2', 'm=8 t=1'),
      text.replace('m=19456 t=2', 'm=4194304 t=2'),
      text.replace('m=19456 t=2', 'm=19456 t=3'),
      text.replace('argon2id', 'argon2i'),
      text.replace('Version: 1', 'Version: 2'),
      text.replace('Version: 1\n', 'Version: 1\nVersion: 1\n'),
      text.replace(/^(Salt: .{21})(.)==$/m, (_: string, head: string, last: string) => {
        return `${head}${String.fromCharCode(last.charCodeAt(0) + 1)}==`;
      }),
      text.replace(first, `${first.slice(0, 60)}\n${first.slice(60)}`),
      text.replaceAll('\n', '\r\n'),
      `${text}\n`,
      ` ${text}`,
      text.slice(0, -10),
    ];
    for (const changed of malformed) await expectCodeAsync(open(changed), 'KEY_FILE_MALFORMED');
  });

  test('row 34: an unencrypted key, a key encrypted in another way and something else are refused', async () => {
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
    // PBKDF2 with the few rounds of the library's default, which these files once were.
    const old = newKey()
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
      .toString();
    await expectCodeAsync(loadKeyFile(await write('old.pem', old), PASSPHRASE), 'KEY_FILE_MALFORMED');
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
