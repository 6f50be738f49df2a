/** `socai sign`: what comes from a server is looked at before a key signs it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { signCommand } from '#cli/sign.js';
import { assembleCms, prepareSignedAttributes } from '#signing/cms-sign.js';
import { verifyCms } from '#signing/cms-verify.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { Pkcs11Token } from '#signing-node/pkcs11-token.js';
import { issuePersonCertificate } from '#signing-node/school-ca.js';
import { demoSchool, DIGEST, NOT_BEFORE, type DemoSchool } from '../../../libs/signing/test/demo-school.js';
import { describeWithSoftHsm, softHsm } from '../../../libs/signing/test/softhsm.js';

let folder: string;
let school: DemoSchool;
let certificate: Uint8Array;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'socai-sign-'));
  school = await demoSchool();
  writeFileSync(file('pin'), '482913605174\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function socai(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: new PassThrough(), stdout, stderr, env: {}, now: () => NOT_BEFORE };
  const status = await signCommand(args, io);
  const textOf = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { status, stdout: textOf(stdout), stderr: textOf(stderr) };
}

async function certify(publicKeyPem: string): Promise<Uint8Array> {
  const publicKey = createPublicKey(publicKeyPem);
  const person = { name: 'Trần Thị Hiệu', title: 'Hiệu trưởng', role: 'principal' } as const;
  return issuePersonCertificate(school.ca, { publicKey, ...person, notBefore: NOT_BEFORE });
}

/** As the server writes it, of two documents. */
function request(of: Uint8Array, changed: object = {}): object {
  const documents = [DIGEST, DIGEST.map((octet) => octet ^ 1)].map((digest, i) => {
    const { toBeSigned } = prepareSignedAttributes(digest, of);
    return {
      ...{ transcriptId: `t${String(i)}`, code: `HS-${String(i)}`, fullName: 'Lò Thị Ó', documentHash: 'ab' },
      toBeSigned: Buffer.from(toBeSigned).toString('base64'),
      digest: Buffer.from(nodeProvider.sha256(toBeSigned)).toString('hex'),
      ...changed,
    };
  });
  const who = { className: '6A1', name: 'Trần Thị Hiệu', title: 'HIỆU TRƯỞNG' };
  return { id: 'one', ...who, certificate: Buffer.from(of).toString('base64'), documents };
}

function cmsOf(out: string, of: Uint8Array): Uint8Array {
  const { signatures } = JSON.parse(readFileSync(out, 'utf8')) as { signatures: { signature: string }[] };
  const signature = new Uint8Array(Buffer.from(signatures[0]?.signature ?? '', 'base64'));
  return assembleCms(prepareSignedAttributes(DIGEST, of), signature, [of, school.ca.certificate]);
}

describe('socai sign with a key file', () => {
  test('makes a key for a PIN, and signs the documents that it lists', async () => {
    const made = await socai('keygen', '--out', file('key'), '--pin-file', file('pin'));
    expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('BEGIN PUBLIC KEY')]);
    certificate = await certify(made.stdout);
    writeFileSync(file('in.json'), JSON.stringify(request(certificate)));
    const key = ['--key', file('key'), '--pin-file', file('pin')];
    const signed = await socai('batch', '--in', file('in.json'), '--out', file('out.json'), ...key);
    expect(signed.status).toBe(0);
    expect(signed.stderr).toContain(
      'HIỆU TRƯỞNG Trần Thị Hiệu, lớp 6A1: kí 2 học bạ\n  HS-0  Lò Thị Ó  ab\n',
    );
    expect(verifyCms(cmsOf(file('out.json'), certificate), DIGEST).certificate.der).toEqual(certificate);
  });

  test('signs several batches that one act stated, each listed and answered by itself', async () => {
    const first = { ...request(certificate), id: 'one' };
    const second = { ...request(certificate), id: 'two', className: '6A2' };
    writeFileSync(file('several.json'), JSON.stringify({ signings: [first, second] }));
    const key = ['--key', file('key'), '--pin-file', file('pin')];
    const signed = await socai(
      'batch',
      '--in',
      file('several.json'),
      '--out',
      file('several-out.json'),
      ...key,
    );
    expect([signed.status, signed.stderr.match(/lớp 6A\d/g)]).toEqual([0, ['lớp 6A1', 'lớp 6A2']]);
    const { signings } = JSON.parse(readFileSync(file('several-out.json'), 'utf8')) as {
      signings: { id: string; signatures: object[] }[];
    };
    expect(signings.map(({ id, signatures }) => [id, signatures.length])).toEqual([
      ['one', 2],
      ['two', 2],
    ]);
    // One wrong among them: nothing is signed.
    const bad = request(certificate, { digest: '00'.repeat(32) });
    writeFileSync(file('one-bad.json'), JSON.stringify({ signings: [first, bad] }));
    expect(
      (await socai('batch', '--in', file('one-bad.json'), '--out', file('none.json'), ...key)).status,
    ).toBe(1);
    expect(() => readFileSync(file('none.json'))).toThrow('ENOENT');
  });

  test.each([
    ['bytes that are no document’s', { toBeSigned: Buffer.from('Tôi nợ anh').toString('base64') }],
    ['another digest than stated', { digest: '00'.repeat(32) }],
  ])('signs nothing for %s', async (_, changed) => {
    writeFileSync(file('bad.json'), JSON.stringify(request(certificate, changed)));
    const key = ['--key', file('key'), '--pin-file', file('pin')];
    const refused = await socai('batch', '--in', file('bad.json'), '--out', file('none.json'), ...key);
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(() => readFileSync(file('none.json'))).toThrow('ENOENT');
  });

  test('attributes of another certificate, another key and a wrong PIN are each said', async () => {
    const key = ['--key', file('key')];
    const other = JSON.stringify({
      ...request(school.principal.certificate),
      certificate: Buffer.from(certificate).toString('base64'),
    });
    writeFileSync(file('other.json'), other);
    const pin = ['--pin-file', file('pin')];
    const run = (input: string, ...more: string[]) =>
      socai('batch', '--in', file(input), '--out', file('none.json'), ...key, ...more);
    expect((await run('other.json', ...pin)).stderr).toContain('CMS_ESS_MISMATCH');
    writeFileSync(file('theirs.json'), JSON.stringify(request(school.principal.certificate)));
    expect((await run('theirs.json', ...pin)).stderr).toContain('KEY_MISMATCH');
    writeFileSync(file('wrong-pin'), '000000000000\n');
    expect((await run('in.json', '--pin-file', file('wrong-pin'))).stderr).toContain('KEY_PASSPHRASE_WRONG');
    expect((await run('pin', ...pin)).status).toBe(2);
    expect((await run('in.json', ...pin, '--token', 'both')).status).toBe(2);
  });
});

describeWithSoftHsm('socai sign with a token (SoftHSM)', () => {
  test('signs with the key of the certificate', async () => {
    const hsm = await softHsm();
    const access = hsm.token('USB');
    const token = await Pkcs11Token.open(access);
    const pem = token.make('mine', 'rsa').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    token.close();
    const own = await certify(pem);
    writeFileSync(file('token.json'), JSON.stringify(request(own)));
    writeFileSync(file('token-pin'), `${access.pin}\n`);
    const key = ['--module', access.module, '--token', access.token, '--pin-file', file('token-pin')];
    const signed = await socai('batch', '--in', file('token.json'), '--out', file('token-out.json'), ...key);
    expect([signed.status, signed.stderr.split('\n').length]).toEqual([0, 4]);
    expect(verifyCms(cmsOf(file('token-out.json'), own), DIGEST).certificate.publicKey.kind).toBe('rsa');
    hsm.remove();
  }, 30_000);
});
