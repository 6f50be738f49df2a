/** Signing with keys that the server does not have: the bytes go out, signatures come back, and only the right ones count. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { SchoolAuthority } from '#api/ledger-host/school-authority.js';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { LedgerEntryRow, LedgerOutboxRow } from '#api/ledger-host/ledger.entities.js';
import { School } from '#api/school/school.entities.js';
import { Certificate, TranscriptSignature } from '#api/transcripts/transcripts.entities.js';
import type { CertificatesAnswer, RevocationListsAnswer } from '#contracts/certificates.js';
import type { OutsideSigningAnswer, OutsideSigningsAnswer } from '#contracts/outside-signing.js';
import type { BatchAnswer } from '#contracts/transcripts.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { ledgerReader } from '#cli/ledger-reader.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { createSchoolCa, issuePersonCertificate, issueSealCertificate } from '#signing-node/school-ca.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { opensslIsThere } from '../../libs/signing/test/openssl-tsa.js';
import { PublicCa } from '../../libs/signing/test/public-ca.js';
import { decidedClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { rowFindings } from './row-findings.js';
import { TestServer, type Desk, type ProblemBody } from './school.js';
import { until } from './until.js';

jest.setTimeout(120_000);
const NO_ACT = '7d7c0a1e-30f1-4d5e-8a11-d5d1a2b4c600';

let server: TestServer;
let played: DecidedClass;
let school: School;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 2);
  school = await server.database.read.findOneByOrFail(School, { id: played.school.id });
});
afterAll(() => server.stop());

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
const keys = { principal: newKey(), seal: newKey() };

async function ca() {
  return server.app.get(SchoolAuthority, { strict: false }).of(school);
}

/** A certificate as the school's authority gives it for a token's key, with the authority's own. */
async function certified(key: KeyObject, desk: Desk | null, changed: object = {}): Promise<string[]> {
  const authority = await ca();
  const notBefore = server.clock.now();
  const person = { name: desk?.fullName ?? '', title: 'Hiệu trưởng', role: 'principal' as const, ...changed };
  const der =
    desk === null
      ? await issueSealCertificate(authority, { publicKey: key, notBefore })
      : await issuePersonCertificate(authority, { publicKey: key, notBefore, ...person });
  return [der, authority.certificate].map((bytes) => Buffer.from(bytes).toString('base64'));
}

const bring = (desk: Desk, chain: readonly string[]) =>
  desk.stepUp<CertificatesAnswer>('certificate.import', { holder: 'self', chain }, '/api/certificates');

describe(`certificates of keys elsewhere on ${ENGINE}`, () => {
  test('each is brought in by whose it is, and only when it says what the school says', async () => {
    const { principal, vice, sealer } = played;
    const refusal = async (desk: Desk, chain: readonly string[], holder = 'self') => {
      const action = holder === 'self' ? 'certificate.import' : 'certificate.import-seal';
      const { body } = await desk.post('/api/acts', { action, params: { holder, chain } });
      return [body.code, body.items?.[0]?.code].filter((code) => code !== undefined);
    };
    const key = newKey();
    expect(await refusal(vice, await certified(key, principal))).toEqual(['CERTIFICATE_REFUSED']);
    expect(await refusal(principal, await certified(key, null))).toEqual(['CERTIFICATE_REFUSED']);
    expect(await refusal(principal, await certified(key, principal), 'seal')).toEqual([
      'CERTIFICATE_REFUSED',
    ]);
    expect(await refusal(sealer, await certified(key, null), 'seal')).toEqual(['FORBIDDEN']);
    // An authority of the same name that nobody trusts.
    const forged = await createSchoolCa({
      key,
      school: school.name,
      notBefore: server.clock.now(),
      demo: true,
    });
    const publicKey = newKey();
    const name = principal.fullName;
    const request = { publicKey, name, title: 'Hiệu trưởng', role: 'principal' as const };
    const der = await issuePersonCertificate(forged, { ...request, notBefore: server.clock.now() });
    const chain = [der, forged.certificate].map((bytes) => Buffer.from(bytes).toString('base64'));
    expect(await refusal(principal, chain)).toEqual(['CERTIFICATE_REFUSED', 'CA_NOT_PINNED']);
    expect(await refusal(principal, [chain[0]!, (await certified(key, null))[1]!])).toEqual([
      ...['CERTIFICATE_REFUSED', 'CERT_CHAIN'],
    ]);
    expect(await refusal(principal, ['AAAA', 'AAAA'])).toEqual(['CERTIFICATE_REFUSED', 'CERT_MALFORMED']);
  });

  test('once in, it is logged and its key signs; the same key does not come in again', async () => {
    const chain = await certified(keys.principal, played.principal);
    const { body, status } = await bring(played.principal, chain);
    expect([status, body.certificates.map(({ role, keyStore }) => [role, keyStore])]).toEqual([
      ...[201, [['principal', 'outside']]],
    ]);
    const seal = await certified(keys.seal, null);
    const params = { holder: 'seal', chain: seal };
    const sealed = await played.principal.stepUp('certificate.import-seal', params, '/api/certificates');
    expect(sealed.status).toBe(201);
    const act = { action: 'certificate.import', params: { holder: 'self', chain } };
    expect((await played.principal.post('/api/acts', act)).body.code).toBe('ALREADY_EXISTS');
  });
});

describe(`signatures made outside on ${ENGINE}`, () => {
  let batch: BatchAnswer;
  let stated: OutsideSigningAnswer;

  beforeAll(async () => {
    const composed = await played.homeroom.post<BatchAnswer>('/api/transcripts/batches', {
      classId: played.target.id,
    });
    expect(composed.status).toBe(201);
    batch = composed.body;
    const path = `/api/transcripts/batches/${batch.id}/sign`;
    const signed = await played.homeroom.stepUp('transcript.sign.homeroom', { batchId: batch.id }, path);
    expect(signed.status).toBe(200);
  });

  const goOut = (desk: Desk, action: string) =>
    desk.stepUp<OutsideSigningAnswer>(
      action,
      { batchId: batch.id },
      `/api/transcripts/batches/${batch.id}/outside`,
    );
  const bringBack = (desk: Desk, id: string, signatures: readonly object[]) =>
    desk.post<BatchAnswer>(`/api/transcripts/outside/${id}`, { signatures });
  /** What a token program gives. */
  const signWith = (
    { documents }: OutsideSigningAnswer,
    key: KeyObject,
    dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363',
  ) =>
    documents.map(({ transcriptId, toBeSigned }) => ({
      transcriptId,
      signature: sign('sha256', Buffer.from(toBeSigned, 'base64'), { key, dsaEncoding }).toString('base64'),
    }));
  const codes = (body: unknown) =>
    (body as { code: string; items?: { code: string }[] }).items?.map(({ code }) => code) ?? [
      (body as { code: string }).code,
    ];

  test('a key that is with its holder is not used here, and one that is here does not go out', async () => {
    const { principal } = played;
    const path = `/api/transcripts/batches/${batch.id}/sign`;
    const here = await principal.stepUp('transcript.sign.principal', { batchId: batch.id }, path);
    expect(here.body.code).toBe('KEY_OUTSIDE');
    const other = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-khac');
    const composed = await other.homeroom.post<BatchAnswer>('/api/transcripts/batches', {
      classId: other.target.id,
    });
    const out = `/api/transcripts/batches/${composed.body.id}/outside`;
    const params = { batchId: composed.body.id };
    const answer = await other.homeroom.stepUp('transcript.sign.homeroom', params, out);
    expect(answer.body.code).toBe('STATE_CONFLICT');
  });

  test('what goes out lists every document with what its signature is over', async () => {
    const answer = await goOut(played.principal, 'transcript.sign.principal');
    expect(answer.status).toBe(201);
    stated = answer.body;
    expect(stated).toMatchObject({ batchId: batch.id, algorithm: 'ecdsa-p256-sha256', title: 'HIỆU TRƯỞNG' });
    expect(stated.documents.map(({ transcriptId }) => transcriptId)).toEqual(
      batch.transcripts.map(({ id }) => id),
    );
    for (const { toBeSigned, digest } of stated.documents) {
      const hash = nodeProvider.sha256(new Uint8Array(Buffer.from(toBeSigned, 'base64')));
      expect(digest).toBe(Buffer.from(hash).toString('hex'));
    }
  });

  test('row 34: another key’s, another document’s, a missing and an uncalled-for signature are refused, all or nothing', async () => {
    const { principal, vice } = played;
    const right = signWith(stated, keys.principal);
    const [first, second] = right as [(typeof right)[0], (typeof right)[0]];
    const swapped = [
      { ...first, signature: second.signature },
      { ...second, signature: first.signature },
    ];
    const stranger = { transcriptId: '7d7c0a1e-30f1-4d5e-8a11-d5d1a2b4c600', signature: first.signature };
    const answers = async (signatures: readonly object[]) => {
      const { status, body } = await bringBack(principal, stated.id, signatures);
      return [status, ...codes(body)];
    };
    expect(await answers(signWith(stated, newKey()))).toEqual([
      422,
      'SIGNATURE_INVALID',
      'SIGNATURE_INVALID',
    ]);
    expect(await answers(swapped)).toEqual([422, 'SIGNATURE_INVALID', 'SIGNATURE_INVALID']);
    expect(await answers([first])).toEqual([422, 'SIGNATURE_MISSING']);
    expect(await answers([...right, stranger])).toEqual([422, 'NOT_ASKED']);
    expect(await answers([first, { ...second, signature: 'AAAA' }])).toEqual([422, 'SIGNATURE_MALFORMED']);
    expect((await bringBack(vice, stated.id, right)).status).toBe(404);
    const rows = await server.database.read.countBy(TranscriptSignature, {
      schoolId: school.id,
      position: 1,
    });
    expect(rows).toBe(0);
  });

  test('the right ones are kept, in DER as well as raw; twice is once', async () => {
    const right = signWith(stated, keys.principal, 'der');
    const { status, body } = await bringBack(played.principal, stated.id, right);
    expect([status, body.transcripts.map(({ signatures }) => signatures)]).toEqual([200, [2, 2]]);
    expect((await bringBack(played.principal, stated.id, right)).body).toMatchObject({
      code: 'STATE_CONFLICT',
    });
  });

  test('the seal too: what expired, or is of an older batch, is refused; then every file verifies', async () => {
    const { sealer } = played;
    const late = (await goOut(sealer, 'transcript.seal')).body;
    server.clock.advance(31 * 60_000);
    const refused = await bringBack(sealer, late.id, signWith(late, keys.seal));
    expect(refused.body).toMatchObject({ code: 'STATE_CONFLICT' });
    const first = (await goOut(sealer, 'transcript.seal')).body;
    server.clock.advance(1000);
    const second = (await goOut(sealer, 'transcript.seal')).body;
    // Each states its own time: a signature over the one is none over the other.
    expect(codes((await bringBack(sealer, first.id, signWith(second, keys.seal))).body)).toContain(
      'SIGNATURE_INVALID',
    );
    const done = await bringBack(sealer, second.id, signWith(second, keys.seal));
    expect(done.body.transcripts.map(({ state }) => state)).toEqual(['issued', 'issued']);
    const stale = await bringBack(sealer, first.id, signWith(first, keys.seal));
    expect(stale.body).toMatchObject({ code: 'ROUTE_ORDER' });
    const trust = await server.app.get(TrustKeeper, { strict: false }).read();
    for (const { id } of batch.transcripts) {
      const file = await played.homeroom.download(`/api/transcripts/${id}/pdf`);
      const means = { now: server.clock.now(), crypto: nodeCrypto, provider: nodeProvider };
      const said = await verifyTranscript({ file, fileName: 'a.pdf', ...means, ...(trust && { trust }) });
      expect([said.verdict, said.code]).toEqual(['valid', null]);
    }
  });

  test('several batches go out by one act that lists every document, and come back one by one', async () => {
    const { homeroom, vice, sealer, target } = played;
    const batchIds: string[] = [];
    for (const period of ['HK1', 'CN']) {
      const slips = { classId: target.id, document: 'phieu-ket-qua', period };
      batchIds.push((await homeroom.post<BatchAnswer>('/api/transcripts/batches', slips)).body.id);
    }
    const all = { batchIds };
    await homeroom.stepUp('transcript.sign.homeroom', all, '/api/transcripts/batches/sign');
    await vice.stepUp('transcript.sign.vice-principal', all, '/api/transcripts/batches/sign');
    const path = '/api/transcripts/batches/outside';
    expect((await vice.post(path, { ...all, act: vice.answer(NO_ACT) })).status).toBe(403);
    const out = await sealer.stepUp<OutsideSigningsAnswer>('transcript.seal', all, path);
    expect([out.status, out.body.signings.map(({ documents }) => documents.length)]).toEqual([201, [2, 2]]);
    const [first, second] = out.body.signings as [OutsideSigningAnswer, OutsideSigningAnswer];
    // The one's signatures are none of the other's.
    expect(codes((await bringBack(sealer, second.id, signWith(first, keys.seal))).body)).toContain(
      'NOT_ASKED',
    );
    for (const signing of [second, first]) {
      const done = await bringBack(sealer, signing.id, signWith(signing, keys.seal));
      expect(done.body.transcripts.map(({ state }) => state)).toEqual(['issued', 'issued']);
    }
    const findings = await rowFindings(server.database.read, school.id, [
      'outside_signings',
      'transcript_signatures',
    ]);
    expect(findings).toEqual([]);
  });

  test('a batch that was sent back meanwhile takes no signature', async () => {
    const other = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-ba');
    const otherSchool = await server.database.read.findOneByOrFail(School, { id: other.school.id });
    const authority = await server.app.get(SchoolAuthority, { strict: false }).of(otherSchool);
    const key = newKey();
    const request = {
      publicKey: key,
      name: other.homeroom.fullName,
      title: 'Giáo viên',
      role: 'teacher' as const,
    };
    const der = await issuePersonCertificate(authority, { ...request, notBefore: server.clock.now() });
    const chain = [der, authority.certificate].map((bytes) => Buffer.from(bytes).toString('base64'));
    expect((await bring(other.homeroom, chain)).status).toBe(201);
    const composed = await other.homeroom.post<BatchAnswer>('/api/transcripts/batches', {
      classId: other.target.id,
    });
    const { id } = composed.body;
    const path = `/api/transcripts/batches/${id}`;
    const out = await other.homeroom.stepUp<OutsideSigningAnswer>(
      ...(['transcript.sign.homeroom', { batchId: id }, `${path}/outside`] as const),
    );
    expect(out.status).toBe(201);
    const returned = await other.vice.post(`${path}/return`, { reason: 'Số liệu cần xem lại', comments: [] });
    expect(returned.status).toBe(200);
    const answer = await bringBack(other.homeroom, out.body.id, signWith(out.body, key));
    expect(answer.body).toMatchObject({ code: 'STATE_CONFLICT' });
  });

  test('no private key of these certificates is on the server', async () => {
    const rows = await server.database.read.findBy(Certificate, { schoolId: school.id, keyStore: 'outside' });
    expect(rows.map(({ keyName }) => keyName)).toEqual([null, null]);
  });
});

(opensslIsThere ? describe : describe.skip)(
  `an authority that the school takes besides its own on ${ENGINE}`,
  () => {
    test('its certificates are brought in, sign with RSA, and every verifier of the trust bundle accepts them', async () => {
      const authority = PublicCa.make();
      const { dataDir } = server.installation.config;
      const folder = join(dataDir, 'certificates', 'thcs-cong', 'authorities');
      mkdirSync(folder, { recursive: true });
      copyFileSync(join(authority.folder, 'root.pem'), join(folder, 'root.pem'));
      const other = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-cong');
      const of = await server.database.read.findOneByOrFail(School, { id: other.school.id });
      const issue = (name: string) => {
        const subject = `/C=VN/O=UBND phường thử/OU=${of.name}/CN=${name}`;
        const { key, chain } = authority.issue({ subject });
        return { key, chain: chain.map((der) => Buffer.from(der).toString('base64')) };
      };
      const { homeroom, principal, sealer, target } = other;
      const [teacher, head] = [issue(homeroom.fullName), issue(principal.fullName)];
      const act = { action: 'certificate.import', params: { holder: 'self', chain: head.chain } };
      expect((await homeroom.post('/api/acts', act)).body.code).toBe('CERTIFICATE_REFUSED');
      const brought = await bring(homeroom, teacher.chain);
      expect(brought.body.certificates.map(({ role, keyStore }) => [role, keyStore])).toEqual([
        ['teacher', 'outside'],
      ]);
      expect((await bring(principal, head.chain)).status).toBe(201);
      const composed = await homeroom.post<BatchAnswer>('/api/transcripts/batches', { classId: target.id });
      const { id } = composed.body;
      const path = `/api/transcripts/batches/${id}`;
      for (const [desk, action, { key }] of [
        [homeroom, 'transcript.sign.homeroom', teacher],
        [principal, 'transcript.sign.principal', head],
      ] as const) {
        const out = await desk.stepUp<OutsideSigningAnswer>(action, { batchId: id }, `${path}/outside`);
        expect(out.body.algorithm).toBe('rsa-pkcs1-sha256');
        const signatures = out.body.documents.map(({ transcriptId, toBeSigned }) => ({
          transcriptId,
          signature: sign('sha256', Buffer.from(toBeSigned, 'base64'), key).toString('base64'),
        }));
        expect((await desk.post(`/api/transcripts/outside/${out.body.id}`, { signatures })).status).toBe(200);
      }
      await sealer.stepUp('transcript.seal', { batchId: id }, `${path}/seal`);
      const file = await homeroom.download(`/api/transcripts/${composed.body.transcripts[0]?.id ?? ''}/pdf`);
      const trust = await server.app.get(TrustKeeper, { strict: false }).read();
      const means = { now: server.clock.now(), crypto: nodeCrypto, provider: nodeProvider };
      const said = await verifyTranscript({ file, fileName: 'a.pdf', ...means, ...(trust && { trust }) });
      expect([said.verdict, said.code]).toEqual(['valid', null]);

      const clerk = await other.school.person('vanthu', 'clerk');
      const { now } = means;
      const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);
      const give = (der: Uint8Array, desk = clerk) => {
        const list = Buffer.from(der).toString('base64');
        return desk.post<RevocationListsAnswer & ProblemBody>('/api/certificates/revocation-lists', { list });
      };
      const certificate = new Uint8Array(Buffer.from(teacher.chain[0]!, 'base64'));
      const since = (from: Date) => ({ revoked: [{ certificate, from }], at: hours(-1), until: hours(100) });
      // A verifier with the list: revoked before it was seen it does not count, after it it does, as of that list.
      const verified = async (revocationLists: readonly Uint8Array[]) => {
        const told = { fileName: 'a.pdf', ...means, ...(trust && { trust }), revocationLists };
        const { verdict, code, signatures, reasons } = await verifyTranscript({ file, ...told });
        return { verdict, code, revocation: signatures[0]?.certificate.revocation, reasons };
      };
      expect(await verified([authority.list(since(hours(-2)))])).toMatchObject({
        code: 'CERT_REVOKED',
        verdict: 'invalid',
      });
      const later = authority.list(since(hours(1)));
      expect(await verified([later])).toMatchObject({
        verdict: 'valid',
        revocation: { asOf: hours(-1).toISOString().replace(/\.\d+/, '.000'), stale: false },
      });
      const stranger = PublicCa.make();
      const foreign = stranger.list({ ...since(hours(-2)), extensions: 'issuerAltName=email:a@b.vn' });
      expect(await verified([foreign])).toMatchObject({ verdict: 'valid', revocation: undefined });

      // The school: checked against the authority's key, the newest; what is on it signs no more, and the ledger says so.
      const slips = { classId: target.id, document: 'phieu-ket-qua', period: 'HK1' };
      const again = await homeroom.post<BatchAnswer>('/api/transcripts/batches', slips);
      expect(again.status).toBe(201);
      const refusal = async (der: Uint8Array) => {
        const { status, body } = await give(der);
        return [status, body.code, body.items?.[0]?.code].filter((one) => one !== undefined);
      };
      expect((await give(later, homeroom)).status).toBe(403);
      expect(await refusal(foreign)).toEqual([422, 'CERTIFICATE_REFUSED', 'CRL_SIGNATURE']);
      expect(await refusal(new Uint8Array([1, 2]))).toEqual([422, 'CERTIFICATE_REFUSED', 'DER_MALFORMED']);
      const over = { ...since(hours(-2)), at: hours(-3), until: hours(-1) };
      expect(await refusal(authority.list(over))).toEqual([422, 'CERTIFICATE_REFUSED']);
      const taken = await give(authority.list({ ...since(hours(0)), at: hours(-1) }));
      expect([taken.status, taken.body.lists.map(({ count, stale }) => [count, stale])]).toEqual([
        201,
        [[1, false]],
      ]);
      expect(await refusal(authority.list({ ...since(hours(0)), at: hours(-2) }))).toEqual([
        409,
        'ALREADY_EXISTS',
      ]);
      const out = await homeroom.stepUp(
        ...(['transcript.sign.homeroom', { batchId: again.body.id }] as const),
        `/api/transcripts/batches/${again.body.id}/outside`,
      );
      expect(out.body.code).toBe('CERTIFICATE_REFUSED');
      const reader = ledgerReader(`${server.url}/ledger/${other.school.slug}`);
      await until(
        async () => (await server.database.read.countBy(LedgerOutboxRow, { schoolId: of.id })) === 0,
      );
      const means2 = { now: server.clock.now(), crypto: nodeCrypto, provider: nodeProvider };
      const read = { fileName: 'a.pdf', ...means2, ...(trust && { trust }), ledgerReader: reader };
      // What was sealed before the revocation still counts, also for who reads the ledger.
      expect((await verifyTranscript({ file, ...read })).verdict).toBe('valid');
      const rows = await server.database.read.findBy(LedgerEntryRow, { schoolId: of.id });
      const retired = rows.map(({ entry }) => parseLeaf(entry)).filter(({ type }) => type === 'key.retired');
      expect(retired).toHaveLength(1);
      expect(await rowFindings(server.database.read, of.id, ['certificates', 'revocation_lists'])).toEqual(
        [],
      );
      stranger.remove();
      authority.remove();
    });
  },
);
