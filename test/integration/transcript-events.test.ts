/** What happens to an issued transcript (RULES.md rule 18): revoked, handed over, closed; found by who holds it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { checkActs } from '#api/audit/acts-check.js';
import { auditInstallation } from '#api/audit/audit-installation.js';
import { followedColumns } from '#api/audit/audited-tables.js';
import { ExpectedRows } from '#api/audit/expected-rows.js';
import { checkJournal } from '#api/audit/journal-check.js';
import { requireSound } from '#api/audit/issue-check.js';
import { InstallationSettings } from '#api/installation.module.js';
import { LedgerEntryRow, LedgerLog, LedgerOutboxRow } from '#api/ledger-host/ledger.entities.js';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { School } from '#api/school/school.entities.js';
import { checkTranscriptEvents } from '#api/transcripts/transcript-events-audit.js';
import { Transcript, TranscriptEvent } from '#api/transcripts/transcripts.entities.js';
import { ledgerReader } from '#cli/ledger-reader.js';
import type { ReissuesAnswer } from '#contracts/aftermath.js';
import type { BatchAnswer, TranscriptsAnswer } from '#contracts/transcripts.js';
import type { TranscriptEventKind, TranscriptEventsAnswer } from '#contracts/transcript-events.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { rowFindings } from './row-findings.js';
import { TestServer, type Desk } from './school.js';
import { attacked } from './tamper.js';
import { until } from './until.js';

jest.setTimeout(60_000);

let server: TestServer;
let played: DecidedClass;
/** Of the three pupils, in the order of the list. */
let ids: string[];
let files: Uint8Array[];

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 3);
  await issueClass(played);
  ids = (await issued()).map(({ id }) => id);
  files = await Promise.all(ids.map((id) => played.homeroom.download(`/api/transcripts/${id}/pdf`)));
}, 120_000);
afterAll(() => server.stop(), 30_000);

const issued = async () =>
  (await played.homeroom.get<TranscriptsAnswer>(`/api/transcripts?classId=${played.target.id}`)).body
    .transcripts;
const asked = (kind: TranscriptEventKind, pupil: number, more: object = {}) => ({
  ...{ transcriptId: ids[pupil] ?? '', kind, decision: 'Quyết định số 51/QĐ-THCS ngày 02/06/2027' },
  ...{ reason: 'In nhầm năm sinh; sẽ cấp lại', otherSchool: null, ...more },
});
const enter = (desk: Desk, params: ReturnType<typeof asked>) =>
  desk.stepUp<TranscriptEventsAnswer & { code?: string }>(
    `transcript.${params.kind}`,
    params,
    `/api/transcripts/${params.transcriptId}/events`,
  );
const stated = async (desk: Desk, params: ReturnType<typeof asked>) =>
  (await desk.post('/api/acts', { action: `transcript.${params.kind}`, params })).body.code;

/** As a stranger does: the file, the pinned trust, and the log as it is served. */
async function verdict(file: Uint8Array | undefined) {
  const trust = await server.app.get(TrustKeeper, { strict: false }).read();
  if (trust === undefined || file === undefined) throw new Error('there is no trust bundle, or no file');
  await until(isPublished);
  const log = ledgerReader(`${server.url}/ledger/${played.school.slug}`);
  const means = {
    trust,
    now: server.clock.now(),
    crypto: nodeCrypto,
    provider: nodeProvider,
    ledgerReader: log,
  };
  return verifyTranscript({ file, fileName: 'hoc-ba.pdf', ...means });
}

/** Whether the log is shown with all that was said. */
async function isPublished(): Promise<boolean> {
  const schoolId = played.school.id;
  const { read } = server.database;
  if (await read.existsBy(LedgerOutboxRow, { schoolId })) return false;
  const { publishedSize } = await read.findOneByOrFail(LedgerLog, { schoolId });
  return publishedSize === (await read.countBy(LedgerEntryRow, { schoolId }));
}

/** What an audit of the whole installation finds. */
const audit = async () => {
  const { database, dataDir } = server.app.get(InstallationSettings, { strict: false }).config;
  return (await auditInstallation({ database, dataDir, checkpoints: [], now: server.clock.now() })).findings;
};

describe(`after issue, on ${ENGINE}`, () => {
  test('only the principal, or a delegate by decision, says it, and only of an issued document of the school', async () => {
    const refused = [played.vice, played.homeroom, played.sealer];
    expect(await Promise.all(refused.map((desk) => stated(desk, asked('revoke', 0))))).toEqual(
      refused.map(() => 'FORBIDDEN'),
    );
    await played.school.delegate(played.principal, played.vice, 'transcript.revoke');
    expect(await stated(played.vice, asked('revoke', 0))).toBeUndefined();
    expect(await stated(played.vice, asked('finish', 0))).toBe('FORBIDDEN');
  });

  test('what is said is what was confirmed: another reason, document or kind is refused', async () => {
    const params = asked('revoke', 0);
    const act = await played.principal.act('transcript.revoke', params);
    const send = async (body: ReturnType<typeof asked>, id = body.transcriptId) =>
      (await played.principal.post(`/api/transcripts/${id}/events`, { ...body, act })).body.code;
    expect(await send({ ...params, reason: 'Một lí do khác hẳn' })).toBe('ACT_INVALID');
    expect(await send(asked('revoke', 1))).toBe('ACT_INVALID');
    expect(await send(asked('finish', 0))).toBe('ACT_INVALID');
    expect(await send(params, ids[1])).toBe('VALIDATION');
    expect(await send({ ...params, otherSchool: 'Trường THCS Bản Lầu' } as never)).toBe('ACT_INVALID');
    expect(await stated(played.principal, asked('transfer', 0))).toBe('VALIDATION');
  });

  test('a slip of the same pupil and year is no newer version, and is not itself revoked', async () => {
    const schoolId = played.school.id;
    const row = await server.database.read.findOneByOrFail(Transcript, { schoolId, id: ids[0] ?? '' });
    const slip = { ...row, id: randomUUID(), kind: 'phieu-ket-qua' as const, period: 'HK1', event: 4 };
    const key = { schoolId, id: slip.id };
    await server.database.write((tx) =>
      tx.insert<ObjectLiteral>(Transcript, { ...slip, documentHash: 'ab'.repeat(32) }),
    );
    expect(await stated(played.principal, asked('revoke', 0))).toBeUndefined();
    const ofSlip = { ...asked('revoke', 0), transcriptId: slip.id };
    expect(await stated(played.principal, ofSlip)).toBe('STATE_CONFLICT');
    expect(await stated(played.homeroom, ofSlip)).toBe('FORBIDDEN');
    await server.database.write((tx) => tx.delete(Transcript, key));
  });

  test('a revoked transcript says so to whoever holds it; the others stay valid', async () => {
    const { status, body } = await enter(played.principal, asked('revoke', 0));
    expect([status, body.events.map(({ kind, event }) => [kind, event])]).toEqual([200, [['revoke', 1]]]);
    expect(await verdict(files[0])).toMatchObject({ verdict: 'revoked', code: 'REVOKED' });
    expect(await verdict(files[1])).toMatchObject({ verdict: 'valid', code: null });
    expect(await stated(played.principal, asked('revoke', 0))).toBe('STATE_CONFLICT');
    expect(await stated(played.principal, asked('finish', 0))).toBe('STATE_CONFLICT');
    const { events } = (
      await played.homeroom.get<TranscriptEventsAnswer>(`/api/transcripts/${ids[0] ?? ''}/events`)
    ).body;
    expect(events).toMatchObject([{ by: played.principal.fullName, index: expect.any(Number) as unknown }]);
  });

  test('a book that was handed over and then closed stays valid, and the verifier tells both', async () => {
    const handed = asked('transfer', 1, { otherSchool: 'Trường THCS Bản Lầu, Lào Cai' });
    expect((await enter(played.principal, handed)).status).toBe(200);
    await verdict(files[1]);
    expect((await enter(played.principal, asked('finish', 1))).status).toBe(200);
    const result = await verdict(files[1]);
    expect([result.verdict, result.reasons.length]).toEqual(['valid', 2]);
    expect(result.reasons.join()).toMatch(/another school.*closed/);
  });

  test('after a revocation the document is issued anew: the new version is valid, the old one stays revoked', async () => {
    const composed = await played.homeroom.post<BatchAnswer>('/api/transcripts/batches', {
      classId: played.target.id,
    });
    expect(composed.body.transcripts.map(({ pupilId, version }) => [pupilId, version])).toEqual([
      [played.target.pupilIds[0], 3],
    ]);
    // While a new version is under way nothing more is said of the old one.
    expect(await stated(played.principal, asked('revoke', 0))).toBe('STATE_CONFLICT');
    await issueClass(played);
    const now = (await issued()).filter(({ pupilId }) => pupilId === played.target.pupilIds[0]);
    const newest = now.at(-1)?.id ?? '';
    const file = await played.homeroom.download(`/api/transcripts/${newest}/pdf`);
    expect(await verdict(file)).toMatchObject({ verdict: 'valid', code: null });
    expect((await verdict(files[0])).verdict).toBe('revoked');
    ids[0] = newest;
  });

  test('when the school is renamed, what was issued stays valid under the name that it had', async () => {
    const { id, slug } = played.school;
    const keeper = server.app.get(TrustKeeper, { strict: false });
    const rename = (name: string) => played.school.founded((base) => base.change(School, id, { name }));
    const listed = async () => (await keeper.bundle())?.schools.find(({ code }) => code === slug);
    const { name } = await server.database.read.findOneByOrFail(School, { id });
    await rename('Trường THCS Tên Mới');
    await keeper.refresh();
    const formerly = [{ name, to: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown }];
    expect(await listed()).toMatchObject({ name: 'Trường THCS Tên Mới', formerly });
    expect((await verdict(files[1])).verdict).toBe('valid');
    await rename(name);
    await keeper.refresh();
    expect((await listed())?.formerly).toHaveLength(2);
    expect((await verdict(files[1])).verdict).toBe('valid');
  });

  test('before an algorithm ages, all of a class are signed anew by the principal’s act; the old versions are superseded', async () => {
    const { principal, vice, target } = played;
    const order = { classId: target.id, decision: 'Quyết định số 12/QĐ-THCS', reason: 'Khóa cũ sắp hết hạn' };
    const path = `/api/classes/${target.id}/reissues`;
    const state = async (desk: Desk) =>
      (await desk.post('/api/acts', { action: 'transcript.reseal', params: order })).body.code;
    expect(await state(vice)).toBe('FORBIDDEN');
    const act = await principal.act('transcript.reseal', order);
    expect((await principal.post(path, { ...order, reason: 'Vì lí do khác', act })).body.code).toBe(
      'ACT_INVALID',
    );
    const { body } = await principal.stepUp<ReissuesAnswer>('transcript.reseal', order, path);
    expect(body.reissues.map(({ becauseOf, superseded }) => [becauseOf, superseded])).toEqual(
      Array<unknown>(3).fill(['reseal', false]),
    );
    expect(await state(principal)).toBe('STATE_CONFLICT');
    await issueClass(played);
    expect(await verdict(files[2])).toMatchObject({ verdict: 'superseded' });
    const now = (await issued()).filter(({ pupilId }) => pupilId === target.pupilIds[2]);
    const file = await played.homeroom.download(`/api/transcripts/${now.at(-1)?.id ?? ''}/pdf`);
    expect(await verdict(file)).toMatchObject({ verdict: 'valid', code: null });
    const again = await played.homeroom.post<BatchAnswer>('/api/transcripts/batches', { classId: target.id });
    expect(again.body.held.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual(
      Array<unknown>(3).fill(['ALREADY_ISSUED']),
    );
  });

  test('the audit finds nothing; it names an event whose kind, reason or entry was changed by SQL', async () => {
    expect(await audit()).toEqual([]);
    const schoolId = played.school.id;
    const rows = await server.database.read.findBy(TranscriptEvent, { schoolId });
    const [row, other] = ['revoke', 'finish'].map((kind) => rows.find((each) => each.kind === kind));
    if (row === undefined || other === undefined) throw new Error('there are no events');
    const look = async (sql: EntityManager) => [
      ...(await rowFindings(sql, schoolId, ['transcript_events'])),
      ...(await checkTranscriptEvents(sql, schoolId)),
    ];
    const edits = [
      { edit: { kind: 'finish' as const }, codes: ['ROW_CHANGED', 'DOCUMENT_ENTRY'] },
      { edit: { reason: 'Khác' }, codes: ['ROW_CHANGED'] },
      { edit: { entryId: other.entryId }, codes: ['ROW_CHANGED', 'DOCUMENT_ENTRY'] },
    ];
    for (const { edit, codes } of edits) {
      const found = await attacked(
        server.database,
        (sql) => sql.update(TranscriptEvent, { schoolId, id: row.id }, edit),
        look,
      );
      expect(found.map(({ table, id, code }) => [table, id, code])).toEqual(
        codes.map((code) => ['transcript_events', row.id, code]),
      );
    }
  });

  test('the audit names a class ordered to be signed anew that the principal’s act did not name', async () => {
    const expected = new ExpectedRows(followedColumns(server.database.read));
    const journal = await checkJournal(server.database.read, played.school.id, new Set(), expected);
    const ordered = journal.acted.filter(({ type }) => type === 'transcript.reseal.ordered');
    expect(ordered).toHaveLength(3);
    const found = (acted: typeof ordered) => checkActs({ acts: journal.acts, acted }).findings;
    expect(found(ordered)).toEqual([]);
    const others = ordered.map((event) => ({
      ...event,
      data: { ...event.data, transcriptId: randomUUID() },
    }));
    expect(found(others).map(({ code, table }) => `${code} ${table}`)).toEqual(
      Array<string>(3).fill('ACT_MISSING transcript_reissues'),
    );
  });

  test('row 36: an event taken away by SQL stops the next version, which would take its number', async () => {
    const schoolId = played.school.id;
    const issued = { schoolId, id: played.target.id, name: played.target.name };
    const { id } = await server.database.read.findOneByOrFail(TranscriptEvent, { schoolId, kind: 'revoke' });
    await expect(requireSound(server.database.read, issued)).resolves.toBeUndefined();
    await expect(
      attacked(
        server.database,
        (sql) => sql.delete(TranscriptEvent, { schoolId, id }),
        (sql) => requireSound(sql, issued),
      ),
    ).rejects.toMatchObject({ items: [{ where: `transcript_events/${id}`, code: 'ROW_MISSING' }] });
  });
});
