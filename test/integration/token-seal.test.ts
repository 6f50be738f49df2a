/** The school's seal in a PKCS#11 token (SoftHSM): a batch is issued with it, and the server's files hold no such key. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { Certificate, Transcript } from '#api/transcripts/transcripts.entities.js';
import type { BatchAnswer } from '#contracts/transcripts.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { parseCertificate } from '#signing/certificate.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { Pkcs11Token, type TokenAccess } from '#signing-node/pkcs11-token.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { describeWithSoftHsm, softHsm, type SoftHsm } from '../../libs/signing/test/softhsm.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { TestServer } from './school.js';

jest.setTimeout(120_000);

describeWithSoftHsm(`a seal in a token on ${ENGINE}`, () => {
  let hsm: SoftHsm;
  let access: TokenAccess;
  let server: TestServer;
  let played: DecidedClass;
  let pinFile: string;

  beforeAll(async () => {
    hsm = await softHsm();
    access = hsm.token('con dấu');
    pinFile = join(hsm.folder, 'pin');
    writeFileSync(pinFile, '000000\n');
    const signingToken = { module: access.module, label: access.token, pinFile };
    server = await TestServer.start('2027-05-17T02:00:00.000Z', { signingToken });
    played = await decidedClass(server, 'thcs-song-may', 2);
  });
  afterAll(async () => {
    await server.stop();
    hsm.remove();
  });

  const ofSchool = () => ({ schoolId: played.school.id });

  test('with a wrong PIN nothing is composed, and the answer says what to look at', async () => {
    const { homeroom, target } = played;
    const { status, body } = await homeroom.post('/api/transcripts/batches', { classId: target.id });
    expect([status, body.code]).toEqual([503, 'TOKEN_UNAVAILABLE']);
    expect(body.detail).toContain('PIN');
    expect(await server.database.read.countBy(Transcript, ofSchool())).toBe(0);
  });

  test('row 34: the seal is made by the token; the key is in no file, and every transcript verifies', async () => {
    writeFileSync(pinFile, `${access.pin}\n`);
    await issueClass(played);
    const seal = await server.database.read.findOneByOrFail(Certificate, { ...ofSchool(), role: 'seal' });
    expect([seal.keyStore, seal.keyName]).toEqual(['token', null]);
    const { dataDir } = server.installation.config;
    expect(existsSync(join(dataDir, 'keys', played.school.slug, `${seal.id}.pem`))).toBe(false);
    const token = await Pkcs11Token.open(access);
    expect(token.keyOf(parseCertificate(seal.der).spkiSha256).kind).toBe('p256');
    const trust = await server.app.get(TrustKeeper, { strict: false }).read();
    const rows = await server.database.read.findBy(Transcript, ofSchool());
    expect(rows.map(({ state }) => state)).toEqual(['issued', 'issued']);
    for (const { id } of rows) {
      const file = await played.homeroom.download(`/api/transcripts/${id}/pdf`);
      const means = { now: server.clock.now(), crypto: nodeCrypto, provider: nodeProvider };
      const said = await verifyTranscript({ file, fileName: 'a.pdf', ...means, ...(trust && { trust }) });
      expect([said.verdict, said.code]).toEqual(['valid', null]);
    }
  });

  test('a token that is taken out stops sealing, and nothing else: signatures stay, the batch waits', async () => {
    const other = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-khac');
    const { homeroom, principal, sealer, target } = other;
    const composed = await homeroom.post<BatchAnswer>('/api/transcripts/batches', { classId: target.id });
    const path = `/api/transcripts/batches/${composed.body.id}`;
    const params = { batchId: composed.body.id };
    await homeroom.stepUp('transcript.sign.homeroom', params, `${path}/sign`);
    await principal.stepUp('transcript.sign.principal', params, `${path}/sign`);
    hsm.remove();
    const sealed = await sealer.stepUp('transcript.seal', params, `${path}/seal`);
    expect([sealed.status, sealed.body.code]).toEqual([503, 'TOKEN_UNAVAILABLE']);
    const [row] = await server.database.read.findBy(Transcript, { schoolId: other.school.id });
    expect([row?.state, row?.entryId]).toEqual(['composed', null]);
  });
});
