/** Slips for parents, class summaries and registers: composed from the book, signed by their own routes, verified like a transcript. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { viewLedger } from '#api/audit/ledger-check.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { InstallationSettings } from '#api/installation.module.js';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { Pupil, School } from '#api/school/school.entities.js';
import { DocumentPicture } from '#api/transcripts/school-styles.entities.js';
import { Transcript } from '#api/transcripts/transcripts.entities.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { FamilyTranscriptsAnswer } from '#contracts/families.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type { BatchAnswer, TranscriptDetailAnswer, TranscriptsAnswer } from '#contracts/transcripts.js';
import type { SchoolStyleAnswer, StylePictureAnswer } from '#contracts/school-styles.js';
import type { Json } from '#ledger/format/jcs.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { parsePicture, pictureBytes } from '#pdf-fill/picture.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import type { ClassRegisterData } from '#transcript/class-register.js';
import type { ClassSummaryData } from '#transcript/class-summary.js';
import type { ResultSlipData, SecondarySlip } from '#transcript/result-slip.js';
import type { LedgerReader } from '#verify/status-step.js';
import { verifyCode } from '#verify/verify-code.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { SEAL, squarePng } from '../../libs/pdf/test/pictures.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { TestServer, type Answer } from './school.js';
import { attacked } from './tamper.js';

jest.setTimeout(60_000);

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
}, 60_000);
afterAll(() => server.stop(), 30_000);

interface Asked {
  readonly document: string;
  readonly period?: string;
  readonly signerId?: string;
}

const compose = ({ homeroom, target }: DecidedClass, asked: Asked) =>
  homeroom.post<BatchAnswer>('/api/transcripts/batches', { classId: target.id, ...asked });

/** Signs by the route that the batch names, and seals. */
async function issue(played: DecidedClass, { id, route }: BatchAnswer): Promise<BatchAnswer> {
  const { homeroom, vice, principal, sealer } = played;
  const path = `/api/transcripts/batches/${id}`;
  const params = { batchId: id };
  ok(await homeroom.stepUp('transcript.sign.homeroom', params, `${path}/sign`), 200);
  const byVice = route[1]?.role === 'vice-principal';
  const action = byVice ? 'transcript.sign.vice-principal' : 'transcript.sign.principal';
  ok(await (byVice ? vice : principal).stepUp(action, params, `${path}/sign`), 200);
  return ok(await sealer.stepUp<BatchAnswer>('transcript.seal', params, `${path}/seal`), 200);
}

async function verdict(file: Uint8Array, { ledger = false } = {}) {
  const trust = await server.app.get(TrustKeeper, { strict: false }).read();
  return verifyTranscript({
    ...{ file, fileName: 'x.pdf', now: server.clock.now(), crypto: nodeCrypto, provider: nodeProvider },
    ...(trust === undefined ? {} : { trust }),
    ...(ledger ? { ledgerReader: ledgerReader() } : {}),
  });
}

/** The school's tiles as they are published. */
function ledgerReader(): LedgerReader {
  const { dataDir } = server.app.get(InstallationSettings, { strict: false }).config;
  const tiles = new FolderTileStore(join(dataDir, 'ledger', 'thcs-song-may'));
  return { readTile: (path) => tiles.readTile(path), readCheckpoint: () => tiles.readCheckpoint() };
}

async function audit(attack: (sql: EntityManager) => Promise<unknown> = () => Promise.resolve()) {
  const school = await server.database.read.findOneByOrFail(School, { slug: 'thcs-song-may' });
  const { dataDir } = server.app.get(InstallationSettings, { strict: false }).config;
  const ledger = await viewLedger(new FolderTileStore(join(dataDir, 'ledger', school.slug)));
  const trust = await server.app.get(TrustKeeper, { strict: false }).read();
  return attacked(server.database, attack, (sql) =>
    auditSchool(sql, { school, ledger, trust, outside: {}, now: server.clock.now() }),
  );
}

function ok<T>({ status, body }: Answer<T>, expected: number): T {
  if (status !== expected) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  return body;
}

describe(`documents of a secondary class on ${ENGINE}`, () => {
  let played: DecidedClass;
  let slips: BatchAnswer;
  beforeAll(async () => {
    played = await decidedClass(server, 'thcs-song-may', 3);
  }, 120_000);

  test('a school puts in its own file, its signers their own signatures, and every document from then on has them', async () => {
    const { principal, vice, homeroom } = played;
    const path = '/api/school/style';
    const put = async (side: number) =>
      ok(await principal.upload<StylePictureAnswer>(`${path}/pictures`, squarePng(side, [9, 9, side])), 201)
        .hash;
    const params = {
      ...{ version: 0, texts: { motto: 'Học để biết', place: 'Bến Tràm' }, logo: await put(40) },
      ...{ seal: await put(50), decisionNumber: '21/QĐ-HT', decidedOn: '2027-05-02' },
    };
    const changed = ok(await principal.stepUp<SchoolStyleAnswer>('style.change', params, path), 200);
    expect(changed).toMatchObject({
      version: 1,
      texts: params.texts,
      logo: { hash: params.logo, width: 40 },
    });
    for (const desk of [homeroom, vice]) {
      const side = desk === vice ? 60 : 70;
      ok(await desk.upload(`${path}/signature`, squarePng(side, [0, 0, 90])), 201);
    }
    expect(ok(await homeroom.get<SchoolStyleAnswer>(path), 200).signature).toMatchObject({ width: 70 });

    const refused = await homeroom.post('/api/acts', { action: 'style.change', params });
    expect([refused.status, refused.body.rule]).toEqual([403, 'R21.2']);
    const stale = await principal.post('/api/acts', { action: 'style.change', params });
    expect([stale.status, stale.body.code]).toEqual([409, 'STATE_CONFLICT']);
    for (const [edit, where] of [
      [{ logo: 'ab'.repeat(32) }, 'pictures'],
      [{ texts: { motto: 'Học 김' } }, 'texts.motto'],
      [{ texts: { motto: 'x'.repeat(81) } }, 'texts.motto'],
    ] as const) {
      const asked = { ...params, version: 1, ...edit };
      const { status, body } = await principal.post('/api/acts', { action: 'style.change', params: asked });
      expect([status, body.items?.[0]?.where]).toEqual([400, where]);
    }
    const file = squarePng(40, [1, 2, 3]);
    const cut = await homeroom.upload(`${path}/signature`, file.subarray(0, file.length - 9));
    expect([cut.status, cut.body.items?.[0]?.code]).toEqual([400, 'TRUNCATED']);
    expect(await audit()).toMatchObject({ findings: [] });
    const quiet = (sql: EntityManager) =>
      sql.update(DocumentPicture, { id: params.logo }, { bytes: pictureBytes(parsePicture(SEAL)!) });
    expect((await audit(quiet)).findings.map(({ code, table }) => `${code} ${table}`)).toContain(
      'ROW_CHANGED document_pictures',
    );
  });

  test('slips of a term: one for each pupil, with the marks of the book and the term’s results', async () => {
    slips = ok(await compose(played, { document: 'phieu-ket-qua', period: 'HK1' }), 201);
    expect(slips).toMatchObject({ document: 'phieu-ket-qua', period: 'HK1', held: [] });
    expect(slips.transcripts).toHaveLength(3);
    expect(slips.route.map(({ role }) => role)).toEqual(['homeroom', 'vice-principal', 'seal']);
    const own = slips.transcripts.find(({ pupilId }) => pupilId === played.target.pupilIds[0]);
    const { body } = await played.homeroom.get<TranscriptDetailAnswer>(`/api/transcripts/${own?.id ?? ''}`);
    const data = body.data as ResultSlipData;
    expect(data.issuedAt.place).toBe('Bến Tràm');
    const slip = data.slip as SecondarySlip;
    expect(slip.subjects.map(({ code }) => code)).toEqual(played.target.subjects);
    expect(slip.corrections).toEqual({ count: 1, subjects: ['TOAN'] });
    expect(slip.learning).not.toBeNull();
    const cells = await server.database.read.findBy(MarkCell, {
      ...{ schoolId: played.school.id, pupilId: own?.pupilId ?? '', area: 'TOAN', period: 'HK1' },
    });
    const value = (column: string) => cells.find(({ columnCode }) => columnCode === column)?.value;
    const maths = slip.subjects.find(({ code }) => code === 'TOAN');
    expect([maths?.midterm, maths?.final, maths?.regular[0]]).toEqual([
      value('GK'),
      value('CK'),
      value('TX1'),
    ]);
  });

  test('are signed by their own route only: no principal’s place, no seal before the second signature', async () => {
    const params = { batchId: slips.id };
    const refusal = async (desk: typeof played.vice, action: string) =>
      (await desk.post('/api/acts', { action, params })).body.code;
    expect(await refusal(played.principal, 'transcript.sign.principal')).toBe('ROUTE_ORDER');
    expect(await refusal(played.vice, 'transcript.sign.vice-principal')).toBe('ROUTE_ORDER');
    expect(await refusal(played.homeroom, 'transcript.sign.vice-principal')).toBe('FORBIDDEN');
    expect(await refusal(played.sealer, 'transcript.seal')).toBe('ROUTE_ORDER');
  });

  test('are issued, verify offline like a transcript, by file and by code; one changed byte, and they do not', async () => {
    const issued = await issue(played, slips);
    expect(issued.transcripts.map(({ state }) => state)).toEqual(['issued', 'issued', 'issued']);
    const { id, verificationCode } = issued.transcripts[0]!;
    const file = await played.homeroom.download(`/api/transcripts/${id}/pdf`);
    expect(await verdict(file)).toMatchObject({
      ...{ verdict: 'valid', demo: true, resultsFollow: null, document: { type: 'phieu-ket-qua' } },
      signatures: [{ role: 'homeroom' }, { role: 'vice-principal' }, { role: 'seal' }],
    });
    const forged = file.slice();
    forged[Buffer.from(file).indexOf('"final":"') + 9]! ^= 1;
    expect(await verdict(forged)).toMatchObject({ verdict: 'invalid', document: null });
    const code = verificationCode.replaceAll(' ', '');
    const opening = await fetch(`${server.url}/api/public/openings/${code}`);
    const trust = await server.app.get(TrustKeeper, { strict: false }).read();
    const checked = await verifyCode({
      ...{ code: verificationCode, opening: (await opening.json()) as Json, now: server.clock.now() },
      ...(trust === undefined ? {} : { trust }),
    });
    expect(checked.verdict).toBe('valid');
  });

  test('stay beside the học bạ: neither is in the other’s list, nor counts as it', async () => {
    const list = async (query: string) =>
      (await played.homeroom.get<TranscriptsAnswer>(`/api/transcripts?classId=${played.target.id}${query}`))
        .body.transcripts;
    expect(await list('')).toEqual([]);
    expect(await list('&document=phieu-ket-qua')).toHaveLength(3);
    await issueClass(played);
    expect(await list('')).toHaveLength(3);
    expect((await list('')).every(({ document }) => document === 'hoc-ba')).toBe(true);
  });

  test('are composed again only when the book says something else: then the next version supersedes', async () => {
    const again = ok(await compose(played, { document: 'phieu-ket-qua', period: 'HK1' }), 201);
    expect([again.transcripts.length, again.held.length]).toEqual([0, 3]);
    expect(again.held[0]?.reasons.map(({ code }) => code)).toEqual(['ALREADY_ISSUED']);
    const old = slips.transcripts.find(({ pupilId }) => pupilId === played.target.pupilIds[1]);
    await correct(played, old?.pupilId ?? '', 'NGU_VAN', 'GK');
    const next = ok(await compose(played, { document: 'phieu-ket-qua', period: 'HK1' }), 201);
    expect(next.transcripts).toMatchObject([{ pupilId: old?.pupilId, version: 2 }]);
    await issue(played, next);
    const scanned = await verdict(await played.homeroom.download(`/api/transcripts/${old?.id ?? ''}/pdf`), {
      ledger: true,
    });
    expect(scanned.verdict).toBe('superseded');
  });

  test('a slip that was changed with SQL is found before anything else of the class is composed', async () => {
    const where = { schoolId: played.school.id, kind: 'phieu-ket-qua' as const };
    const row = await server.database.read.findOneByOrFail(Transcript, where);
    const set = (resultSeq: number) =>
      server.database.write((tx) =>
        tx.update(Transcript, { schoolId: row.schoolId, id: row.id }, { resultSeq }),
      );
    await set(0);
    const refused = await compose(played, { document: 'phieu-ket-qua', period: 'HK1' });
    expect(refused.body).toMatchObject({ code: 'JOURNAL_BROKEN' });
    await set(row.resultSeq);
  });

  test('a register of the year: every mark, every correction with what stood there before', async () => {
    const batch = ok(await compose(played, { document: 'so-theo-doi-lop' }), 201);
    expect(batch.route.map(({ role }) => role)).toEqual(['homeroom', 'principal', 'seal']);
    const issued = await issue(played, batch);
    expect(issued.transcripts).toMatchObject([{ state: 'issued', fullName: `Lớp ${batch.className}` }]);
    const id = issued.transcripts[0]!.id;
    const { body } = await played.vice.get<TranscriptDetailAnswer>(`/api/transcripts/${id}`);
    const data = body.data as ClassRegisterData;
    expect(data.pupils).toHaveLength(3);
    expect(data.sheets).toHaveLength(2 * played.target.subjects.length);
    const rows = data.sheets.flatMap(({ code, term, rows: all }) =>
      all.flatMap(({ corrected }) => (corrected ?? []).map((place) => [`${code}/${term}`, place] as const)),
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        ['TOAN/HK1', { column: 'CK', was: [expect.any(String)] }],
        ['NGU_VAN/HK1', { column: 'GK', was: [expect.any(String)] }],
      ]),
    );
    const file = await played.vice.download(`/api/transcripts/${id}/pdf`);
    expect(await verdict(file)).toMatchObject({ verdict: 'valid', document: { type: 'so-theo-doi-lop' } });
  });

  test('what the circular does not have is refused with what there is', async () => {
    const none = await compose(played, { document: 'bang-tong-hop', period: 'CN' });
    expect([none.status, none.body]).toMatchObject([400, { items: [{ code: 'NO_SUCH_DOCUMENT' }] }]);
    const midterm = await compose(played, { document: 'phieu-ket-qua', period: 'GHK1' });
    expect([midterm.status, midterm.body]).toMatchObject([400, { items: [{ where: 'period' }] }]);
    const other = await compose(played, { document: 'phieu-ket-qua' });
    expect(other.status).toBe(400);
  });

  test('leave an audit without findings, and one with a finding when a signature is changed with SQL', async () => {
    expect((await audit()).findings).toEqual([]);
    const changed = await audit((sql) =>
      sql.query(`UPDATE transcript_signatures SET role = 'principal' WHERE role = 'vice-principal'`),
    );
    expect(changed.findings.map(({ table }) => table)).toContain('transcript_signatures');
  });

  test('families see the slip of their own child, and no other', async () => {
    const { school, target } = played;
    const mother = await school.person('me-slip', 'guardian');
    const clerk = await school.person('vt-slip', 'clerk');
    const joined = await clerk.post(`/api/pupils/${target.pupilIds[0] ?? ''}/guardianships`, {
      ...{ personId: mother.id, relation: 'mother', paper: 'CCCD 012345678901, giấy khai sinh số 7/2014' },
    });
    expect(joined.status).toBe(201);
    const slipOf = (pupilId: string | undefined) =>
      slips.transcripts.find((row) => row.pupilId === pupilId)?.id;
    const [own, others] = [slipOf(target.pupilIds[0]), slipOf(target.pupilIds[1])];
    expect((await mother.get(`/api/transcripts/${own ?? ''}`)).status).toBe(200);
    expect((await mother.get(`/api/transcripts/${others ?? ''}`)).status).toBe(404);
    const list = await mother.get<FamilyTranscriptsAnswer>(
      `/api/family/pupils/${target.pupilIds[0] ?? ''}/transcripts`,
    );
    expect(list.body.transcripts.map(({ document, period }) => `${document}/${period}`).sort()).toEqual([
      'hoc-ba/CN',
      'phieu-ket-qua/HK1',
    ]);
  });

  test('an erasure destroys the slips of a pupil, and the class’s documents that name them; audit agrees', async () => {
    const { school, target, principal } = played;
    server.clock.moveTo('2027-07-01T02:00:00.000Z');
    const clerk = await school.person('vt-xoa', 'clerk');
    const [, , pupilId = ''] = target.pupilIds;
    const { code } = await server.database.read.findOneByOrFail(Pupil, { schoolId: school.id, id: pupilId });
    const asked = ok(
      await clerk.post<{ id: string }>(`/api/pupils/${pupilId}/erasures`, {
        ...{ ground: 'records-handed-over', paper: 'Biên bản giao nộp số 12/BB-LT' },
        ...{ reason: 'Hồ sơ đã giao cho lưu trữ lịch sử tỉnh', parts: ['book', 'transcript'] },
      }),
      201,
    );
    const act = await principal.act('erasure.approve', { erasureId: asked.id });
    ok(await principal.post(`/api/erasures/${asked.id}/approve`, { act }), 200);
    const rows = await server.database.read.findBy(Transcript, { schoolId: school.id });
    const naming = rows.filter(
      ({ document }) => document !== null && Buffer.from(document).includes(`"${code}"`),
    );
    expect(naming.map(({ kind, pupilId: whose }) => [kind, whose === pupilId])).toEqual([]);
    expect(rows.filter(({ kind }) => kind === 'so-theo-doi-lop')).toMatchObject([
      { document: null, paddingSeed: null, erasedAt: expect.any(String) },
    ]);
    // The others' own documents stand.
    expect(rows.filter(({ kind, document }) => kind === 'phieu-ket-qua' && document !== null)).toHaveLength(
      3,
    );
    expect((await audit()).findings).toEqual([]);
    // The class has its register again, without what was erased, in a lineage of its own; the pupil’s slip stays gone.
    const again = ok(await compose(played, { document: 'so-theo-doi-lop' }), 201);
    expect([again.held, again.transcripts.length]).toEqual([[], 1]);
    const issued = await issue(played, again);
    const [{ id = '' } = {}] = issued.transcripts;
    const register = await played.homeroom.download(`/api/transcripts/${id}/pdf`);
    expect(await verdict(register, { ledger: true })).toMatchObject({ verdict: 'valid', code: null });
    expect(Buffer.from(register).includes(`"${code}"`)).toBe(false);
    const slip = ok(await compose(played, { document: 'phieu-ket-qua', period: 'HK1' }), 201);
    expect(slip.held.find((held) => held.pupilId === pupilId)?.reasons[0]?.code).toBe('ERASED');
    expect((await audit()).findings).toEqual([]);
  });
});

/** One recorded cell, by request and approval. */
async function correct(
  { homeroom, vice, target }: DecidedClass,
  pupilId: string,
  area: string,
  column: string,
) {
  const { body } = await homeroom.get<SheetAnswer>(`/api/classes/${target.id}/sheets/${area}/HK1`);
  const cell = body.pupils.find(({ id }) => id === pupilId)?.cells.find((each) => each.column === column);
  const cells = [
    { pupilId, column, newValue: cell?.value === '9' ? '10' : '9', version: cell?.version ?? 0 },
  ];
  const request = { classId: target.id, area, period: 'HK1', reason: 'Cộng sót điểm một câu', cells };
  const asked = ok(await homeroom.post<CorrectionsAnswer>('/api/corrections', request), 201);
  const correctionIds = asked.corrections.map(({ id }) => id);
  ok(await vice.stepUp('correction.approve', { correctionIds }, '/api/corrections/approve'), 200);
}

describe(`documents of a primary class on ${ENGINE}`, () => {
  test('a summary at the middle of a term and at the end of the year, and slips at each of its times', async () => {
    const played = await decidedClass(server, 'th-ben-tram', 2);
    for (const period of ['GHK1', 'CN']) {
      const batch = ok(await compose(played, { document: 'bang-tong-hop', period }), 201);
      const issued = await issue(played, batch);
      const id = issued.transcripts[0]!.id;
      const { body } = await played.vice.get<TranscriptDetailAnswer>(`/api/transcripts/${id}`);
      const data = body.data as ClassSummaryData;
      expect(data.pupils.map(({ year }) => year !== undefined)).toEqual([period === 'CN', period === 'CN']);
      expect(data.subjects.some(({ test: has }) => has)).toBe(true);
      expect(data.pupils[0]?.traits).not.toContain(null);
      expect(await verdict(await played.vice.download(`/api/transcripts/${id}/pdf`))).toMatchObject({
        ...{ verdict: 'valid', document: { type: 'bang-tong-hop' } },
      });
    }
    const slips = ok(await compose(played, { document: 'phieu-ket-qua', period: 'CN' }), 201);
    expect(slips.transcripts).toHaveLength(2);
    const none = await compose(played, { document: 'so-theo-doi-lop' });
    expect(none.status).toBe(400);
  });
});
