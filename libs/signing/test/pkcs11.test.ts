/** Keys in a PKCS#11 token: a real SoftHSM, whose signatures our verifier and openssl accept. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pkcs11js from 'pkcs11js';
import { parseCertificate } from '#signing/certificate.js';
import { checkChain } from '#signing/certificate-chain.js';
import { signCms } from '#signing/cms-sign.js';
import { verifyCms } from '#signing/cms-verify.js';
import { isLowS, parseEcdsaSignature } from '#signing/ecdsa.js';
import { SCHOOL_PROFILE_RSA } from '#signing/school-profile.js';
import { certificateToPem } from '#signing-node/certificate-file.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { Pkcs11Signer } from '#signing-node/pkcs11-signer.js';
import { Pkcs11Token, type TokenAccess, type TokenKeyKind } from '#signing-node/pkcs11-token.js';
import { issuePersonCertificate, issueSealCertificate } from '#signing-node/school-ca.js';
import { CONTENT, demoSchool, DIGEST, NOT_BEFORE, type DemoSchool } from './demo-school.js';
import { expectCode, expectCodeAsync } from './forge.js';
import { describeWithSoftHsm, softHsm, type SoftHsm } from './softhsm.js';

describeWithSoftHsm('a PKCS#11 token (SoftHSM)', () => {
  let hsm: SoftHsm;
  let school: DemoSchool;
  let access: TokenAccess;
  /** A second and a third token, in the machine from the start. */
  let other: TokenAccess;
  let away: TokenAccess;
  let token: Pkcs11Token;

  beforeAll(async () => {
    hsm = await softHsm();
    access = hsm.token('Trường Bến Tràm');
    other = hsm.token('another school');
    away = hsm.token('away');
    school = await demoSchool();
    token = await Pkcs11Token.open(access);
  });
  afterAll(() => {
    token.close();
    hsm.remove();
  });

  /** A key made in the token, certified by the school's authority as the principal's. */
  async function principal(kind: TokenKeyKind, label: string): Promise<readonly Uint8Array[]> {
    const { publicKey } = token.make(label, kind);
    const certificate = await issuePersonCertificate(school.ca, {
      publicKey,
      name: 'Trần Thị Hiệu',
      title: 'Hiệu trưởng',
      role: 'principal',
      notBefore: NOT_BEFORE,
    });
    return [certificate, school.ca.certificate];
  }

  const pins = () => [{ ...school.pins[0]!, profile: SCHOOL_PROFILE_RSA }];

  function openssl(cms: Uint8Array, content: Uint8Array): string {
    const folder = mkdtempSync(join(tmpdir(), 'socai-pkcs11-'));
    writeFileSync(join(folder, 'ca.pem'), certificateToPem(school.ca.certificate));
    writeFileSync(join(folder, 'cms'), cms);
    writeFileSync(join(folder, 'content'), content);
    const args = '-verify -inform DER -in cms -binary -content content -CAfile ca.pem -no_check_time -cades';
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const { stderr } = spawnSync('openssl', ['cms', ...args.split(' '), '-out', 'verified'], options);
    rmSync(folder, { recursive: true });
    return stderr;
  }

  test.each(['p256', 'rsa'] as const)(
    'row 34: a %s key that never leaves the token signs what our verifier and openssl accept, and nothing else',
    async (kind) => {
      const signer = new Pkcs11Signer(token, await principal(kind, `principal ${kind}`));
      const cms = await signCms(DIGEST, signer);
      const verified = verifyCms(cms, DIGEST);
      expect(verifyCms(cms, DIGEST, nodeProvider).certificate.publicKey.kind).toBe(kind);
      expect(checkChain(verified.chain, pins()).holder).toMatchObject({ role: 'principal' });
      expect(openssl(cms, CONTENT)).toContain('CAdES Verification successful');
      expect(openssl(cms, Uint8Array.of(...CONTENT, 0))).not.toContain('CAdES Verification successful');
      expectCode(
        () =>
          verifyCms(
            cms,
            DIGEST.map((octet) => octet ^ 1),
          ),
        'CMS_DIGEST_MISMATCH',
      );
    },
    30_000,
  );

  test('a token gives s high or low; only the low one stands in a document', async () => {
    const signer = new Pkcs11Signer(token, await principal('p256', 'high or low'));
    const made = await Promise.all(Array.from({ length: 24 }, () => signCms(DIGEST, signer)));
    for (const cms of made) {
      expect(isLowS(parseEcdsaSignature(verifyCms(cms, DIGEST).signatureValue))).toBe(true);
    }
    const raw = await Promise.all(Array.from({ length: 24 }, () => signer.sign(DIGEST)));
    expect(raw.some((signature) => !isLowS(signature))).toBe(true);
  });

  test('the key is the one of the certificate, whatever it is called', async () => {
    const first = await principal('p256', 'same label');
    const second = await principal('p256', 'same label');
    for (const chain of [first, second]) {
      const cms = await signCms(DIGEST, new Pkcs11Signer(token, chain));
      expect(verifyCms(cms, DIGEST).certificate.der).toEqual(chain[0]);
    }
    expectCode(() => new Pkcs11Signer(token, school.principal.chain), 'TOKEN_KEY_MISSING');
    expectCode(() => new Pkcs11Signer(token, []), 'CERT_CHAIN');
  });

  test('a seal’s key is found by its label, and made once', async () => {
    expect(token.labelled('seal')).toBeUndefined();
    const { publicKey } = token.make('seal', 'rsa');
    expect(token.labelled('seal')?.publicKey.equals(publicKey)).toBe(true);
    const der = await issueSealCertificate(school.ca, { publicKey, notBefore: NOT_BEFORE });
    expect(token.keyOf(parseCertificate(der).spkiSha256).kind).toBe('rsa');
  }, 30_000);

  test('no module, no token, a wrong PIN: each says which', async () => {
    await expectCodeAsync(Pkcs11Token.open({ ...access, module: '/no/such/module.so' }), 'TOKEN_MODULE');
    await expectCodeAsync(Pkcs11Token.open({ ...access, token: 'no such' }), 'TOKEN_MISSING');
    await expectCodeAsync(Pkcs11Token.open({ ...other, pin: '000000' }), 'TOKEN_PIN');
    (await Pkcs11Token.open(other)).close();
  });

  test('a session that ended is opened again; a token that is gone is said to be', async () => {
    const taken = await Pkcs11Token.open(away);
    const { publicKey } = taken.make('seal', 'p256');
    const der = await issueSealCertificate(school.ca, { publicKey, notBefore: NOT_BEFORE });
    const signer = new Pkcs11Signer(taken, [der, school.ca.certificate]);
    taken.close();
    expect(verifyCms(await signCms(DIGEST, signer), DIGEST).certificate.der).toEqual(der);
    // Somebody takes it out and puts another in: here, the same slot gets a new token.
    taken.close();
    const library = new pkcs11js.PKCS11();
    library.load(away.module);
    const slot = library
      .C_GetSlotList(true)
      .find((one) => library.C_GetTokenInfo(one).label.trim() === away.token);
    library.C_InitToken(slot!, '12345678', 'somebody else');
    await expectCodeAsync(signCms(DIGEST, signer), 'TOKEN_MISSING');
  });

  test('a token that fails while it signs is said to', async () => {
    const signer = new Pkcs11Signer(token, await principal('p256', 'broken'));
    rmSync(join(hsm.folder, 'tokens'), { recursive: true });
    await expectCodeAsync(signCms(DIGEST, signer), 'TOKEN_FAILED');
  });
});
