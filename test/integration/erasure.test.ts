/** Erasing a pupil (law 91/2025): what the law wants kept stays, the rest is destroyed by two people, and audit agrees. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { IsNull, type EntityManager } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { ErasedEvent, JournalEvent } from '#api/audit/journal.entities.js';
import { viewLedger } from '#api/audit/ledger-check.js';
import type { AuditReport } from '#api/audit/report.js';
import { Correction } from '#api/corrections/corrections.entities.js';
import { EvidenceFile } from '#api/corrections/evidence.entities.js';
import { MarkCell, ScratchColumn, ScratchMark } from '#api/gradebook/gradebook.entities.js';
import { SheetSalt } from '#api/transcripts/sheet-signatures.entities.js';
import { Act, Person } from '#api/identity/identity.entities.js';
import { InstallationSettings } from '#api/installation.module.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import { LedgerEntryRow } from '#api/ledger-host/ledger.entities.js';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { Erasure } from '#api/privacy/privacy.entities.js';
import { Enrolment, Pupil, School } from '#api/school/school.entities.js';
import { Transcript, TranscriptLineage, TranscriptSignature } from '#api/transcripts/transcripts.entities.js';
import type { YearStepsAnswer } from '#contracts/council.js';
import type { BatchAnswer } from '#contracts/transcripts.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { FamilyMarksAnswer } from '#contracts/families.js';
import type { ErasureAnswer, ErasurePreviewAnswer, RetentionAnswer } from '#contracts/privacy.js';
import type { ClassAnswer } from '#contracts/school.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { PNG } from './evidence-files.js';
import { TestServer, type Answer, type Desk, type ProblemBody } from './school.js';
import { attacked, rewriteHistory } from './tamper.js';

jest.setTimeout(60_000);

const ALL = ['family', 'book', 'transcript', 'identity'];
const BY_REQUEST = { ground: 'subject-request', paper: 'Đơn số đến 145', reason: 'Gia đình đã chuyển đi' };
const HANDED_OVER = {
  ...{ ground: 'records-handed-over', paper: 'Biên bản giao nộp số 12/BB-LT' },
  reason: 'Hồ sơ đã giao cho lưu trữ lịch sử tỉnh',
};

let server: TestServer;
let played: DecidedClass;
let school: School;
let clerk: Desk;
let mother: Desk;
/** The first pupil of the class is erased first, the second one later. */
let child: Pupil;
let classmate: Pupil;
let kept: Uint8Array;
let code: string;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 2);
  clerk = await played.school.person('vanthu', 'clerk');
  mother = await played.school.person('me', 'guardian');
  await issueClass(played);
  school = await read().findOneByOrFail(School, { id: played.school.id });
  [child, classmate] = (await Promise.all(
    played.target.pupilIds.map((id) => read().findOneByOrFail(Pupil, { schoolId: school.id, id })),
  )) as [Pupil, Pupil];
  const joined = { personId: mother.id, relation: 'mother', paper: 'Giấy khai sinh số 45/2015' };
  ok(await clerk.post(`/api/pupils/${child.id}/guardianships`, joined), 201);
  await leaveTraces();
  const transcript = await transcriptOf(child.id);
  kept = await played.homeroom.download(`/api/transcripts/${transcript.id}/pdf`);
  code = transcript.documentHash;
}, 120_000);
afterAll(() => server.stop(), 30_000);

/** Stands in every text that anybody writes about the child. */
const SECRET = 'bệnh sử 7391';

/** An appeal, a change of personal data with evidence, a scratch column: whatever else the school may hold. */
async function leaveTraces(): Promise<void> {
  const { homeroom, target } = played;
  const { marks } = ok(await mother.get<FamilyMarksAnswer>(`/api/family/pupils/${child.id}/marks`), 200);
  const [{ markId = '', version = 0 } = {}] = marks;
  const appeal = ok(
    await mother.post<{ id: string }>('/api/appeals', { markId, version, reason: `Vì ${SECRET}` }),
    201,
  );
  const answer = { outcome: 'keep', answer: `Đã xét ${SECRET}` };
  ok(await homeroom.post(`/api/appeals/${appeal.id}/answer`, answer), 200);
  const change = { fields: { address: `Nhà số 7, ${SECRET}` }, reason: `Gia đình chuyển nhà vì ${SECRET}` };
  const proposed = ok(await homeroom.post<{ id: string }>(`/api/pupils/${child.id}/changes`, change), 201);
  ok(await homeroom.upload('/api/evidence', PNG, { about: 'pupil-change', aboutId: proposed.id }), 201);
  ok(await clerk.post(`/api/pupil-changes/${proposed.id}/confirm`, { paper: `Giấy ${SECRET}` }), 200);
  const { id: transcriptId } = await transcriptOf(child.id);
  const handed = {
    ...{ transcriptId, kind: 'transfer', decision: `Quyết định số 51, ${SECRET}`, reason: `Vì ${SECRET}` },
    otherSchool: `Trường THCS gần nơi chữa ${SECRET}`,
  };
  const events = `/api/transcripts/${transcriptId}/events`;
  ok(await played.principal.stepUp('transcript.transfer', handed, events), 200);
  const column = { schoolId: school.id, id: randomUUID(), classId: target.id, area: 'TOAN', period: 'HK2' };
  await server.database.write(async (tx) => {
    const named = { name: 'Miệng', heldOn: null, madeAt: server.clock.timestamp() };
    await tx.insert(ScratchColumn, { ...column, ...named, teacherId: homeroom.id });
    const mark = { schoolId: school.id, scratchId: column.id, pupilId: child.id, value: SECRET, version: 1 };
    await tx.insert(ScratchMark, mark);
  });
}

const read = () => server.database.read;
const ofChild = () => ({ schoolId: school.id, pupilId: child.id });
const transcriptOf = (pupilId: string) =>
  read().findOneByOrFail(Transcript, { schoolId: school.id, pupilId });

function ok<T>(answer: Answer<T>, status: number): T {
  if (answer.status !== status) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

const ask = (pupilId: string, body: object, desk = clerk) =>
  desk.post<ErasureAnswer & ProblemBody>(`/api/pupils/${pupilId}/erasures`, body);
async function erase(pupilId: string, body: object): Promise<ErasureAnswer> {
  const { id } = ok(await ask(pupilId, body), 201);
  const act = await played.principal.act('erasure.approve', { erasureId: id });
  return ok(await played.principal.post<ErasureAnswer>(`/api/erasures/${id}/approve`, { act }), 200);
}

async function audit(attack: (sql: EntityManager) => Promise<unknown> = () => Promise.resolve()) {
  const folder = server.app.get(InstallationSettings, { strict: false }).config.dataDir;
  const ledger = await viewLedger(new FolderTileStore(join(folder, 'ledger', school.slug)));
  const trust = await server.app.get(TrustKeeper, { strict: false }).read();
  return attacked(server.database, attack, (sql) =>
    auditSchool(sql, { school, ledger, trust, outside: {}, now: server.clock.now() }),
  );
}
const found = ({ findings }: AuditReport) => findings.map((each) => `${each.code} ${each.table} ${each.id}`);

/** Tables that have a text anywhere, whatever their columns. */
async function tablesWith(text: string): Promise<string[]> {
  const names: string[] = [];
  for (const { tableName, columns } of server.database.read.connection.entityMetadatas) {
    const texts = columns.filter(({ type }) => type === 'text').map(({ databaseName }) => databaseName);
    const sql = texts.map((name) => `"${name}" LIKE '%${text}%'`).join(' OR ');
    const [row] = await read().query<{ n: number }[]>(`SELECT COUNT(*) AS n FROM ${tableName} WHERE ${sql}`);
    if (Number(row?.n) > 0) names.push(tableName);
  }
  return names.sort();
}

describe(`erasure of a pupil on ${ENGINE}`, () => {
  test('is refused while the pupil learns here, and while the law wants the records kept, with article and date', async () => {
    const early = await ask(child.id, { ...BY_REQUEST, parts: ['family'] });
    expect([early.status, early.body.code]).toEqual([409, 'STATE_CONFLICT']);
    server.clock.moveTo('2027-07-01T02:00:00.000Z');
    const refused = await ask(child.id, { ...BY_REQUEST, parts: ALL });
    expect([refused.status, refused.body.code]).toEqual([409, 'RETAINED']);
    const said = refused.body.items?.map(
      ({ where, code: record, message }) => `${where} ${record} ${message}`,
    );
    expect(said).toEqual(
      expect.arrayContaining([
        'book ASSESSMENT_BOOK Sổ theo dõi và đánh giá học sinh (theo lớp học) năm học 2026-2027: lưu đến hết ngày 2047-05-31 (TT 15/2026 Đ.21; TT 08/2025/TT-BGDĐT).',
        'transcript TRANSCRIPT Học bạ học sinh năm học 2026-2027: lưu vĩnh viễn (TT 15/2026 Đ.21; NĐ 88/2026/NĐ-CP Đ.8).',
        'identity REGISTER Sổ đăng bộ năm học 2026-2027: lưu vĩnh viễn (TT 15/2026 Đ.21; NĐ 88/2026/NĐ-CP Đ.8).',
      ]),
    );
    expect(await read().countBy(Erasure, { schoolId: school.id })).toBe(0);
  });

  test('is previewed: what would go, what must stay, why and until when', async () => {
    const preview = ok(
      await played.principal.get<ErasurePreviewAnswer>(`/api/pupils/${child.id}/erasure`),
      200,
    );
    const held = preview.parts.map(({ part, held: records }) => [part, records.map(({ until }) => until)]);
    expect(held).toEqual([
      ['family', []],
      ['book', ['2047-05-31', '2047-05-31']],
      ['transcript', [null]],
      ['identity', [null]],
    ]);
    expect(preview.parts.every(({ rows, events }) => rows > 0 && events > 0)).toBe(true);
    expect(preview.stays.join(' ')).toContain('3 lần xác nhận hai lớp nêu tên em cùng học sinh khác');
    expect((await mother.get(`/api/pupils/${child.id}/erasure`)).status).toBe(403);
    const over = ok(await clerk.get<RetentionAnswer>('/api/retention'), 200);
    expect(over.pupils.map((row) => [row.pupilId, row.over])).toEqual([[child.id, ['family']]]);
  });

  test('takes two people: who asks can neither approve nor refuse it, by the rule and by the database', async () => {
    const { id } = ok(await ask(child.id, { ...BY_REQUEST, parts: ['family'] }), 201);
    expect((await ask(child.id, { ...BY_REQUEST, parts: ['family'] })).body.code).toBe('ALREADY_EXISTS');
    for (const desk of [clerk, played.vice]) {
      const stated = await desk.post('/api/acts', { action: 'erasure.approve', params: { erasureId: id } });
      expect([stated.status, stated.body.rule]).toEqual([403, desk === clerk ? 'R16.6' : 'R16.5']);
    }
    const refusal = { reason: 'Đơn không có chữ kí' };
    expect((await clerk.post(`/api/erasures/${id}/refuse`, refusal)).body.rule).toBe('R16.6');
    const alone = `UPDATE erasures SET state = 'approved', act_id = 'x', decided_at = 'x', decided_by = requested_by`;
    await expect(server.database.write((tx) => tx.query(alone))).rejects.toThrow(/constraint/i);
    await expect(
      server.database.write((tx) => tx.query(`UPDATE erasures SET requested_by = 'x'`)),
    ).rejects.toThrow(/does not change/);
    await expect(server.database.write((tx) => tx.query('DELETE FROM erasures'))).rejects.toThrow(/kept/);
  });

  test('can be withdrawn by who asked, refused by the principal; its texts may not name the pupil', async () => {
    const [{ id } = { id: '' }] = await read().findBy(Erasure, { schoolId: school.id, state: 'requested' });
    const named = { reason: `Em ${child.fullName.toUpperCase()} đã chuyển đi`, paper: 'Đơn số đến 145' };
    expect((await played.principal.post(`/api/erasures/${id}/refuse`, named)).status).toBe(400);
    const { reason } = named;
    expect(
      (await played.principal.post(`/api/erasures/${id}/refuse`, { reason })).body.items?.[0]?.code,
    ).toBe('NAMES_PUPIL');
    const refused = await played.principal.post<ErasureAnswer>(`/api/erasures/${id}/refuse`, {
      reason: 'Đơn không có chữ kí',
    });
    expect(ok(refused, 200).state).toBe('refused');
    expect((await clerk.post(`/api/erasures/${id}/withdraw`)).body.code).toBe('STATE_CONFLICT');
    const again = ok(await ask(child.id, { ...BY_REQUEST, parts: ['family'] }), 201);
    expect((await played.principal.post(`/api/erasures/${again.id}/withdraw`)).body.rule).toBe('R16.4');
    expect(ok(await clerk.post<ErasureAnswer>(`/api/erasures/${again.id}/withdraw`), 200).state).toBe(
      'withdrawn',
    );
  });

  test('of the family alone ends its account and leaves the records', async () => {
    const done = await erase(child.id, { ...BY_REQUEST, parts: ['family'] });
    expect([done.state, done.fullName]).toEqual(['approved', child.fullName]);
    const account = await read().findOneByOrFail(Person, { schoolId: school.id, id: mother.id });
    expect(account).toMatchObject({ fullName: '(đã xóa)', passwordHash: '', username: '(đã xóa)' });
    expect((await mother.get('/api/family/children')).status).toBe(401);
    expect(await tablesWith(mother.username)).toEqual([]);
    expect(await read().countBy(MarkCell, ofChild())).toBeGreaterThan(0);
    expect(await read().countBy(SheetSalt, { schoolId: ofChild().schoolId })).toBeGreaterThan(0);
    expect(found(await audit())).toEqual([]);
  });

  test('of everything waits for what is still going on', async () => {
    const mark = await read().findOneByOrFail(MarkCell, {
      ...ofChild(),
      area: 'TOAN',
      columnCode: 'GK',
      period: 'HK2',
    });
    const asked = await played.homeroom.post<CorrectionsAnswer>('/api/corrections', {
      ...{
        classId: played.target.id,
        area: 'TOAN',
        period: 'HK2',
        reason: 'Nhập nhầm dòng của bạn bên cạnh',
      },
      cells: [{ pupilId: child.id, column: 'GK', newValue: '1', version: mark.version }],
    });
    const [{ id = '', requestId = '' } = {}] = ok(asked, 201).corrections as {
      id: string;
      requestId: string;
    }[];
    const fields = { about: 'correction', aboutId: requestId };
    ok(await played.homeroom.upload('/api/evidence', PNG, fields), 201);
    const waiting = await ask(child.id, { ...HANDED_OVER, parts: ALL });
    expect([waiting.body.code, waiting.body.items?.[0]?.where]).toEqual(['STATE_CONFLICT', 'book']);
    const rejected = { correctionIds: [id], reason: 'Bài làm không có gì sai.' };
    ok(await played.vice.stepUp('correction.reject', rejected, '/api/corrections/reject'), 200);
    const alone = await ask(child.id, { ...HANDED_OVER, parts: ['identity'] });
    expect(alone.body.items?.map(({ message }) => message)).toEqual([
      'Phải xóa cùng hoặc trước: Điểm, đánh giá, kết quả, đề nghị sửa, phúc khảo, minh chứng.',
      'Phải xóa cùng hoặc trước: Học bạ và các khóa, muối của học bạ.',
    ]);
  });

  test('of everything destroys rows, documents, keys and salts, and leaves the ledger as it was', async () => {
    await server.app.get(Anchors, { strict: false }).anchorNow(school.id);
    const ledger = await read().find(LedgerEntryRow, {
      where: { schoolId: school.id },
      order: { seq: 'ASC' },
    });
    expect((await tablesWith(SECRET)).length).toBeGreaterThan(4);
    const before = await read().countBy(JournalEvent, { schoolId: school.id });
    const done = await erase(child.id, { ...HANDED_OVER, parts: ALL.slice(1) });
    expect([done.state, done.fullName]).toEqual(['approved', '(đã xóa)']);
    // What teachers signed of the class's sheets opens to nobody any more.
    expect(await read().countBy(SheetSalt, { schoolId: ofChild().schoolId })).toBe(0);
    for (const entity of [MarkCell, Enrolment, TranscriptLineage]) {
      expect(await read().countBy<MarkCell | Enrolment | TranscriptLineage>(entity, ofChild())).toBe(0);
    }
    expect(await transcriptOf(child.id)).toMatchObject({
      document: null,
      paddingSeed: null,
      credentialSignatures: null,
      state: 'issued',
    });
    const evidence = await read().findBy(EvidenceFile, { schoolId: school.id });
    expect(evidence.map(({ sealed, erasedAt }) => [sealed, erasedAt])).toEqual([
      [null, done.decidedAt],
      [null, done.decidedAt],
    ]);
    const said = await read().findBy(Correction, ofChild());
    expect(new Set(said.flatMap(({ newValue, reason }) => [newValue, reason]))).toEqual(
      new Set(['(đã xóa)']),
    );
    const gone = await read().findBy(ErasedEvent, { schoolId: school.id });
    expect(gone.length).toBeGreaterThan(100);
    const events = await read().find(JournalEvent, { where: { schoolId: school.id }, order: { seq: 'ASC' } });
    expect(events.length).toBeGreaterThan(before);
    const emptied = events.filter(({ payload, salt }) => payload === null && salt === null);
    expect(emptied.map(({ seq }) => seq)).toEqual(gone.map(({ seq }) => seq).sort((a, b) => a - b));
    await server.app.get(Anchors, { strict: false }).anchorNow(school.id);
    const now = await read().find(LedgerEntryRow, { where: { schoolId: school.id }, order: { seq: 'ASC' } });
    expect(now.slice(0, ledger.length)).toEqual(ledger);
    expect(now.length).toBeGreaterThan(ledger.length);
  });

  test('leaves an audit without findings, and the pupil’s name nowhere but in acts that name others too', async () => {
    expect(found(await audit())).toEqual([]);
    expect(await tablesWith(child.fullName)).toEqual(['acts', 'journal_events']);
    expect(await tablesWith(SECRET)).toEqual([]);
    const acts = await read().find(Act, { where: { schoolId: school.id } });
    const naming = acts.filter(({ change }) => JSON.stringify(change).includes(child.fullName));
    expect(naming.every(({ change }) => JSON.stringify(change).includes(classmate.fullName))).toBe(true);
  });

  test('a copy of the transcript that was kept still verifies, and says that the school no longer has it', async () => {
    const folder = server.app.get(InstallationSettings, { strict: false }).config.dataDir;
    const trust = await server.app.get(TrustKeeper, { strict: false }).read();
    const result = await verifyTranscript({
      ...{ file: kept, fileName: 'hoc-ba.pdf', now: server.clock.now(), crypto: nodeCrypto },
      ...(trust === undefined ? {} : { trust }),
      ...{ provider: nodeProvider, ledgerReader: new FolderTileStore(join(folder, 'ledger', school.slug)) },
    });
    expect(result.verdict).toBe('valid');
    expect(result.reasons).toEqual([
      expect.stringContaining('moved to another school'),
      expect.stringContaining('no longer holds this record'),
    ]);
  });

  test('is answered as erased: to the office 410, to others nothing; the class goes on without the pupil', async () => {
    const { id } = await transcriptOf(child.id);
    const change = { fields: { fullName: 'Ai đó' }, reason: 'Giấy khai sinh ghi khác' };
    const answers = [
      await played.homeroom.get(`/api/transcripts/${id}`),
      await played.homeroom.get(`/api/transcripts/${id}/pdf`),
      await clerk.post(`/api/transcripts/${id}/presentations`, { kind: 'credential' }),
      await clerk.get(`/api/pupils/${child.id}/erasure`),
      await clerk.get(`/api/pupils/${child.id}/guardianships`),
      await clerk.post(`/api/pupils/${child.id}/changes`, change),
      await ask(child.id, { ...HANDED_OVER, parts: ['identity'] }),
      await clerk.post(`/api/classes/${played.target.id}/pupils`, {
        pupilId: child.id,
        from: '2027-05-20',
        paper: 'x',
      }),
    ];
    expect(answers.map(({ body }) => body.code).slice(0, 7)).toEqual(
      Array.from({ length: 7 }, () => 'ERASED'),
    );
    expect((await fetch(`${server.url}/api/public/openings/${code}`)).status).toBe(410);
    const list = ok(await played.homeroom.get<ClassAnswer>(`/api/classes/${played.target.id}`), 200);
    expect(list.pupils.map((pupil) => pupil.id)).toEqual([classmate.id]);
    const transcripts = await played.homeroom.get<{ transcripts: { pupilId: string }[] }>(
      `/api/transcripts?classId=${played.target.id}`,
    );
    expect(ok(transcripts, 200).transcripts.map(({ pupilId }) => pupilId)).toEqual([classmate.id]);
    ok(await played.homeroom.get(`/api/corrections`), 200);
    const reissues = await played.homeroom.get<{ reissues: object[] }>(
      `/api/classes/${played.target.id}/reissues`,
    );
    expect(ok(reissues, 200).reissues).toEqual([]);
    const again = await played.homeroom.post('/api/transcripts/batches', { classId: played.target.id });
    expect([again.status, JSON.stringify(again.body).includes(child.id)]).toEqual([201, false]);
    expect(found(await audit())).toEqual([]);
  });

  test('is found when it was done with SQL and without approval, or undone', async () => {
    const where = { schoolId: school.id };
    const other = { ...where, pupilId: classmate.id };
    const mark = await read().findOneByOrFail(MarkCell, {
      ...other,
      area: 'TOAN',
      columnCode: 'CK',
      period: 'HK2',
    });
    const transcript = await transcriptOf(classmate.id);
    const attacks: [string, (sql: EntityManager) => Promise<unknown>][] = [
      [
        `EVENT_ERASED journal_events ${String(mark.eventSeq)}`,
        (sql) =>
          sql.update(JournalEvent, { ...where, seq: mark.eventSeq ?? 0 }, { payload: null, salt: null }),
      ],
      [`ROW_MISSING marks ${mark.id}`, (sql) => sql.delete(MarkCell, { ...where, id: mark.id })],
      [
        `DOCUMENT_CHANGED transcripts ${transcript.id}`,
        (sql) => sql.update(Transcript, { ...where, id: transcript.id }, { document: null }),
      ],
      [
        `ROW_CHANGED transcripts ${transcript.id}`,
        (sql) =>
          sql.update(Transcript, { ...where, id: transcript.id }, { document: null, erasedAt: '2027-07-01' }),
      ],
      [
        `ROW_CHANGED pupils ${child.id}`,
        (sql) => sql.update(Pupil, { ...where, id: child.id }, { fullName: child.fullName }),
      ],
      [
        'ROW_UNRECORDED enrolments',
        async (sql) => {
          const erasedEvent = { ...where, subject: 'enrolments', payload: IsNull() };
          const { subjectId: id } = await sql.findOneByOrFail(JournalEvent, erasedEvent);
          const back = { id, classId: played.target.id, fromDate: '2026-09-05', toDate: null };
          await sql.insert(Enrolment, { ...ofChild(), ...back });
        },
      ],
      [
        'ACT_MISSING erasures',
        async (sql) => {
          // An approval that lists one more event than the principal confirmed.
          const last = await sql.findOneOrFail(JournalEvent, {
            where: { ...where, type: 'erasure.approved' },
            order: { seq: 'DESC' },
          });
          await rewritten(sql, last.seq, mark.eventSeq ?? 0);
        },
      ],
    ];
    for (const [finding, attack] of attacks) {
      const report = found(await audit(attack));
      expect([finding, report.some((each) => each.startsWith(finding))]).toEqual([finding, true]);
    }
  });

  test('of the last pupil whom an act names takes the act too: then no name is anywhere', async () => {
    await erase(classmate.id, { ...HANDED_OVER, parts: ALL });
    for (const name of [child.fullName, classmate.fullName]) expect(await tablesWith(name)).toEqual([]);
    expect(await read().countBy(TranscriptSignature, { schoolId: school.id })).toBe(0);
    expect(found(await audit())).toEqual([]);
    const over = ok(await clerk.get<RetentionAnswer>('/api/retention'), 200);
    expect(over.pupils).toEqual([]);
  });
});

/** Adds an event's number to what an approval lists, and rewrites the chain after it. */
async function rewritten(sql: EntityManager, seq: number, more: number): Promise<void> {
  await rewriteHistory(sql, school.id, seq, (data) => ({
    ...data,
    events: [...(data['events'] as number[]), more],
  }));
}

describe(`erasure of the book alone on ${ENGINE}`, () => {
  let other: DecidedClass;
  let pupilId: string;
  let stays: string;
  const book = { ...HANDED_OVER, parts: ['book'] };
  const compose = () =>
    other.homeroom.post<BatchAnswer>('/api/transcripts/batches', { classId: other.target.id });

  beforeAll(async () => {
    server.clock.moveTo('2027-05-17T02:00:00.000Z');
    other = await decidedClass(server, 'thcs-song-may', 2, undefined, 'thcs-xoa-so');
    [pupilId = '', stays = ''] = other.target.pupilIds;
    server.clock.moveTo('2027-07-01T02:00:00.000Z');
  }, 60_000);

  test('is refused while the class’s list still waits for it, and says what to do', async () => {
    const office = await other.school.person('vanphong', 'clerk');
    const refused = await ask(pupilId, book, office);
    expect([refused.status, refused.body.code]).toEqual([409, 'STATE_CONFLICT']);
    expect(refused.body.items).toMatchObject([
      { where: 'book', message: expect.stringMatching(/danh sách lớp .* Hãy phát hành học bạ/) as unknown },
    ]);
    expect((await ask(pupilId, { ...book, parts: ['book', 'identity'] }, office)).status).toBe(201);
    const [{ id } = { id: '' }] = await read().findBy(Erasure, { schoolId: other.school.id });
    ok(await office.post(`/api/erasures/${id}/withdraw`), 200);
  });

  test('of a closed year holds the pupil back with the reason; the class goes on', async () => {
    // Held for what is missing in the register, the pupil has no transcript when the year is closed.
    await other.school.founded((base) => base.change(Pupil, pupilId, { birthPlace: null }));
    await issueClass(other);
    const closing = { yearId: other.school.yearId, heldReason: 'Một em còn thiếu nơi sinh trong hồ sơ' };
    ok(await other.principal.stepUp('year.close', closing, '/api/years/close'), 200);
    const office = await other.school.person('vanphong2', 'clerk');
    const { id } = ok(await ask(pupilId, book, office), 201);
    const act = await other.principal.act('erasure.approve', { erasureId: id });
    ok(await other.principal.post(`/api/erasures/${id}/approve`, { act }), 200);
    const batch = ok(await compose(), 201);
    expect(batch.held).toMatchObject([
      { pupilId: stays, reasons: [{ code: 'ALREADY_ISSUED' }] },
      { pupilId, reasons: [{ code: 'BOOK_ERASED' }] },
    ]);
    const steps = ok(await other.vice.get<YearStepsAnswer>(`/api/results/${other.target.id}/steps`), 200);
    expect(steps.steps.filter(({ state }) => state === 'waiting' || state === 'blocked')).toEqual([]);
  });
});
