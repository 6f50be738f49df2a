/** What a family and the office show of an issued học bạ, made by the server and judged as a stranger judges it. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { auditInstallation } from '#api/audit/audit-installation.js';
import { InstallationSettings } from '#api/installation.module.js';
import { LedgerEntryRow, LedgerOutboxRow } from '#api/ledger-host/ledger.entities.js';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { School } from '#api/school/school.entities.js';
import { CredentialKey } from '#api/transcripts/credential-keys.entities.js';
import { CredentialKeys } from '#api/transcripts/credential-keys.js';
import { checkTranscripts } from '#api/transcripts/transcript-audit.js';
import { Transcript } from '#api/transcripts/transcripts.entities.js';
import { IsNull, Not } from 'typeorm';
import { ledgerReader } from '#cli/ledger-reader.js';
import type { CredentialKeysAnswer } from '#contracts/certificates.js';
import { credentialKeyCommitment } from '#disclosure/credential-key.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import type { PresentationAnswer, PresentationRequest } from '#contracts/presentations.js';
import type { TranscriptsAnswer } from '#contracts/transcripts.js';
import { checkProofSet } from '#disclosure/proof-set.js';
import { MAX_SLIP_BYTES, parseSlipText } from '#disclosure/slip.js';
import { fromBase64, toBase64 } from '#ledger/format/bytes.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { verifyPresentation } from '#verify/verify-presentation.js';
import { until } from './until.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { TestServer, type Desk } from './school.js';
import { attacked } from './tamper.js';

jest.setTimeout(60_000);

let server: TestServer;
let played: DecidedClass;
let ids: string[];

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 2);
  await issueClass(played);
  const { body } = await played.homeroom.get<TranscriptsAnswer>(
    `/api/transcripts?classId=${played.target.id}`,
  );
  ids = body.transcripts.map(({ id }) => id);
}, 120_000);
afterAll(() => server.stop(), 30_000);

const ask = (desk: Desk, body: PresentationRequest, id = ids[0] ?? '') =>
  desk.post<PresentationAnswer & { code?: string }>(`/api/transcripts/${id}/presentations`, body);

/** As a stranger does, with the log as it is served. */
async function verdict(file: string, audience?: string) {
  const trust = await server.app.get(TrustKeeper, { strict: false }).read();
  return verifyPresentation({
    file: fromBase64(file),
    fileName: 'shown',
    ...(trust === undefined ? {} : { trust }),
    ...(audience === undefined ? {} : { audience }),
    now: server.clock.now(),
    crypto: nodeCrypto,
    ledgerReader: ledgerReader(`${server.url}/ledger/${played.school.slug}`),
  });
}

const audit = async () => {
  const { database, dataDir } = server.app.get(InstallationSettings, { strict: false }).config;
  return (await auditInstallation({ database, dataDir, checkpoints: [], now: server.clock.now() })).findings;
};

describe(`presentations on ${ENGINE}`, () => {
  test('chosen subjects for a named school are valid there, and nowhere else', async () => {
    const asked: PresentationRequest = {
      kind: 'sd-jwt',
      subjects: ['TOAN'],
      audience: 'thpt.example',
      validDays: 30,
    };
    const { status, body } = await ask(played.principal, asked);
    expect([status, body.bearer]).toEqual([200, false]);
    expect(body.disclosed.map(({ path }) => path)).toContain('year/subjects/TOAN/year');
    const found = await verdict(body.file, 'thpt.example');
    expect(found).toMatchObject({ verdict: 'valid', demo: true, status: { method: 'scan' } });
    expect(found.presentation?.fields).toEqual(
      Object.fromEntries(body.disclosed.map(({ path, value }) => [path, value])),
    );
    expect(await verdict(body.file, 'other.example')).toMatchObject({ code: 'PRESENTATION_AUDIENCE' });
  });

  test('only what was completed shows no mark, and says that anybody can use it', async () => {
    const { body } = await ask(played.principal, { kind: 'sd-jwt', completion: true });
    expect(body.bearer).toBe(true);
    expect(body.disclosed.some(({ path }) => path.startsWith('year/subjects/'))).toBe(false);
    expect((await verdict(body.file)).verdict).toBe('valid');
  });

  test('a slip fits one QR code; more than it holds is refused in words', async () => {
    const { body } = await ask(played.principal, { kind: 'slip', subjects: ['TOAN'], completion: true });
    expect(parseSlipText(body.qrText ?? '')?.length).toBeLessThanOrEqual(MAX_SLIP_BYTES);
    expect(await verdict(body.file)).toMatchObject({ verdict: 'valid', presentation: { kind: 'slip' } });
    expect((await ask(played.principal, { kind: 'slip', all: true })).body.code).toBe('VALIDATION');
  });

  test('the whole is a verifiable credential, with its place in the ledger or alone for a wallet', async () => {
    const whole = await ask(played.principal, { kind: 'credential' });
    expect(await verdict(whole.body.file)).toMatchObject({ verdict: 'valid', status: { method: 'scan' } });
    const { body } = await ask(played.principal, { kind: 'wallet' });
    const credential = JSON.parse(new TextDecoder().decode(fromBase64(body.file)));
    expect(checkProofSet(credential)).toBeDefined();
    expect(await verdict(body.file)).toMatchObject({ verdict: 'unchecked', code: 'NO_PROOF' });
  });

  test('is refused to teachers, for nothing chosen, and for a subject that is not in it', async () => {
    expect((await ask(played.homeroom, { kind: 'credential' })).body.code).toBe('FORBIDDEN');
    expect((await ask(played.principal, { kind: 'sd-jwt' })).body.code).toBe('VALIDATION');
    expect((await ask(played.principal, { kind: 'sd-jwt', subjects: ['HOA_HOC_9'] })).body.code).toBe(
      'VALIDATION',
    );
    expect((await ask(played.principal, { kind: 'pdf' as never })).status).toBe(400);
  });

  test('rest on a key that the school logged before, and that audit follows', async () => {
    expect(await audit()).toEqual([]);
    const { read } = server.database;
    const school = await read.findOneByOrFail(School, { id: played.school.id });
    const [key] = await read.findBy(CredentialKey, { schoolId: played.school.id });
    const row = await read.findOneByOrFail(Transcript, { schoolId: played.school.id, id: ids[0] ?? '' });
    expect(row.credentialKeyId).toBe(key?.id);
    const credentialSignatures = [...(row.credentialSignatures ?? [])].reverse();
    const where = { schoolId: row.schoolId, id: row.id };
    const found = await attacked(
      server.database,
      (sql) => sql.update(Transcript, where, { credentialSignatures }),
      (look) => checkTranscripts(look, { school, trust: undefined, now: server.clock.now() }),
    );
    expect(found.map(({ code, id }) => [code, id])).toEqual([['DOCUMENT_ENTRY', row.id]]);
  });
});

describe(`the credential key replaced on ${ENGINE}`, () => {
  test('row 35: the next one is logged before it signs; what the old one signed stays valid, what it signs later does not', async () => {
    const { principal, homeroom } = played;
    const rotate = (desk: Desk) =>
      desk.stepUp<CredentialKeysAnswer>(
        'certificate.rotate-credential-key',
        {},
        '/api/certificates/credential-keys',
      );
    await expect(rotate(homeroom)).rejects.toThrow(/R19\.5/);
    const asked: PresentationRequest = { kind: 'sd-jwt', subjects: ['TOAN'], audience: 'x.vn', validDays: 9 };
    const before = (await ask(principal, asked)).body.file;
    const { status, body } = await rotate(principal);
    expect([status, body.keys.map(({ retiredAt }) => retiredAt === null)]).toEqual([201, [true, false]]);
    const schoolId = played.school.id;
    const read = server.database.read;
    await until(async () => (await read.countBy(LedgerOutboxRow, { schoolId })) === 0);
    const [old] = await read.findBy(CredentialKey, { schoolId, retiredAt: Not(IsNull()) });
    const leaves = (await read.findBy(LedgerEntryRow, { schoolId })).map(({ entry }) => parseLeaf(entry));
    const cert = toBase64(credentialKeyCommitment(old!.salt, old!.publicKey));
    const gone = leaves.find(
      (leaf) => leaf.type === 'key.retired' && 'cert' in leaf.body && leaf.body.cert === cert,
    );
    const last = Math.max(...leaves.filter(({ type }) => type === 'document.event').map(({ seq }) => seq));
    expect((gone?.body as { invalidFrom: number }).invalidFrom).toBeGreaterThan(last);
    // A stranger who reads the log finds the key retired, and for this document that makes no difference.
    expect(await verdict(before, 'x.vn')).toMatchObject({ verdict: 'valid', status: { method: 'scan' } });
    const after = (await ask(principal, asked)).body.file;
    expect(await verdict(after, 'x.vn')).toMatchObject({ verdict: 'valid' });
    const keys = server.app.get(CredentialKeys, { strict: false });
    await expect(server.database.write((tx) => keys.requireInForce(tx, schoolId, [old!.id]))).rejects.toThrow(
      /vừa được thay/,
    );
    const next = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-khoa');
    expect(
      (await next.principal.get<CredentialKeysAnswer>('/api/certificates/credential-keys')).body.keys,
    ).toEqual([]);
    await issueClass(next);
    const made = await read.findOneByOrFail(CredentialKey, { schoolId: next.school.id });
    expect(made.retiredAt).toBeNull();
    expect(await audit()).toEqual([]);
  });
});
