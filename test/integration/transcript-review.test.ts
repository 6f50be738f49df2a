/**
 * Before a class's transcripts and between composing and the seal: sheets signed by their teachers, the printed copy
 * signed on paper, and a batch sent back with comments.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { checkActs } from '#api/audit/acts-check.js';
import { checkJournal } from '#api/audit/journal-check.js';
import { ExpectedRows } from '#api/audit/expected-rows.js';
import { followedColumns } from '#api/audit/audited-tables.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { School } from '#api/school/school.entities.js';
import { checkSheetSignatures } from '#api/transcripts/sheet-signatures-audit.js';
import { checkTranscripts } from '#api/transcripts/transcript-audit.js';
import { SheetSalt, SheetSignature } from '#api/transcripts/sheet-signatures.entities.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type { SignedSheetAnswer, SignedSheetsAnswer } from '#contracts/sheet-signatures.js';
import type { BatchAnswer, TranscriptDetailAnswer, TranscriptsAnswer } from '#contracts/transcripts.js';
import type { SecondaryYear, TranscriptData } from '#transcript/document.js';
import { decidedClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { rowFindings } from './row-findings.js';
import { TestServer, type ProblemBody } from './school.js';
import { attacked } from './tamper.js';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
}, 60_000);
afterAll(() => server.stop(), 30_000);

describe(`a batch before its seal on ${ENGINE}`, () => {
  let played: DecidedClass;
  let batch: BatchAnswer;
  let path: string;

  beforeAll(async () => {
    played = await decidedClass(server, 'thcs-song-may', 2, undefined, 'thcs-tra-lai');
    await compose();
  }, 60_000);

  const compose = async () => {
    const request = { classId: played.target.id };
    batch = (await played.homeroom.post<BatchAnswer>('/api/transcripts/batches', request)).body;
    path = `/api/transcripts/batches/${batch.id}`;
  };
  const sign = (who: 'homeroom' | 'principal') =>
    played[who].stepUp<BatchAnswer & ProblemBody>(
      `transcript.sign.${who}`,
      { batchId: batch.id },
      `${path}/sign`,
    );

  test('waits for the signed paper where the school keeps that step, and says so', async () => {
    const choose = {
      ...{ switches: { paperLane: true }, decisionNumber: '09/QĐ-THCS' },
      decidedOn: server.clock.today(),
    };
    const changed = await played.principal.stepUp('settings.change', choose, '/api/school/settings');
    expect(changed.status).toBe(200);
    await expect(sign('homeroom')).rejects.toThrow(/R6\.17.*|kí giấy/);
    expect((await played.sealer.post(`${path}/paper`)).status).toBe(403);
    const kept = await played.homeroom.post<BatchAnswer>(`${path}/paper`);
    expect(kept.body.paperSignedAt).not.toBeNull();
    expect((await played.homeroom.post(`${path}/paper`)).status).toBe(409);
    expect((await sign('homeroom')).status).toBe(200);
  });

  test('is sent back by a manager, not by its teacher, with comments pinned to its own transcripts', async () => {
    const [first] = batch.transcripts;
    const back = {
      reason: 'Nhận xét bị cắt giữa câu',
      comments: [{ transcriptId: first?.id, comment: 'Sửa nhận xét môn Ngữ văn' }],
    };
    expect((await played.homeroom.post(`${path}/return`, back)).status).toBe(403);
    const strange = { ...back, comments: [{ transcriptId: played.school.id, comment: 'Không phải' }] };
    expect((await played.vice.post(`${path}/return`, strange)).status).toBe(404);
    const returned = await played.vice.post<BatchAnswer>(`${path}/return`, back);
    expect(returned.body.returned).toMatchObject(back);
    expect(returned.body.transcripts.map(({ state }) => state)).toEqual(['returned', 'returned']);
    await expect(sign('principal')).rejects.toThrow(/không còn học bạ nào/);
    expect((await played.vice.post(`${path}/return`, back)).status).toBe(409);
  });

  test('is composed again, signed and issued; what was sent back stays as it was', async () => {
    const before = batch.transcripts.map(({ id }) => id);
    await compose();
    expect(batch.transcripts).toHaveLength(2);
    expect(batch.transcripts.some(({ id }) => before.includes(id))).toBe(false);
    expect((await played.homeroom.post(`${path}/paper`)).status).toBe(200);
    expect((await sign('homeroom')).status).toBe(200);
    expect((await sign('principal')).status).toBe(200);
    const params = { batchId: batch.id };
    const sealed = await played.sealer.stepUp<BatchAnswer>('transcript.seal', params, `${path}/seal`);
    expect(sealed.body.transcripts.map(({ state }) => state)).toEqual(['issued', 'issued']);
    const back = { reason: 'Quá muộn', comments: [] };
    expect((await played.vice.post(`${path}/return`, back)).status).toBe(409);
    const { body } = await played.vice.get<TranscriptsAnswer>(`/api/transcripts?classId=${played.target.id}`);
    expect(body.transcripts.map(({ state }) => state).sort()).toEqual([
      ...['issued', 'issued', 'returned', 'returned'],
    ]);
  }, 60_000);
});

describe(`sheets that their subject teachers sign on ${ENGINE}`, () => {
  let played: DecidedClass;
  let own: SignedSheetAnswer[];

  beforeAll(async () => {
    played = await decidedClass(server, 'thcs-song-may', 2, undefined, 'thcs-chu-ki');
    own = await list();
  }, 60_000);

  const list = async () => {
    const path = `/api/sheet-signatures?classId=${played.target.id}`;
    return (await played.homeroom.get<SignedSheetsAnswer>(path)).body.sheets;
  };
  const one = async (area: string, period: string) =>
    (await list()).find((sheet) => sheet.area === area && sheet.period === period);
  const named = (sheets: readonly SignedSheetAnswer[]) =>
    sheets.map(({ classId, area, period }) => ({ classId, area, period }));
  const math = () => named(own).filter(({ area, period }) => area === 'TOAN' && period === 'HK1');
  const sign = (sheets: readonly object[], who: 'homeroom' | 'vice' = 'homeroom') =>
    played[who].stepUp<SignedSheetsAnswer & ProblemBody>('sheet.sign', { sheets }, '/api/sheet-signatures');
  const compose = async () => {
    const request = { classId: played.target.id };
    return (await played.homeroom.post<BatchAnswer>('/api/transcripts/batches', request)).body;
  };
  const sheetsInJ = async ({ transcripts }: BatchAnswer) => {
    const path = `/api/transcripts/${transcripts[0]?.id ?? ''}`;
    const { data } = (await played.homeroom.get<TranscriptDetailAnswer>(path)).body;
    const year = (data as TranscriptData).year as SecondaryYear;
    return new Map(year.subjects.map(({ code, sheets }) => [code, sheets]));
  };
  const audit = async (attack: (sql: EntityManager) => Promise<unknown> = () => Promise.resolve()) => {
    const school = await server.database.read.findOneByOrFail(School, { id: played.school.id });
    return attacked(server.database, attack, async (read) =>
      (await checkSheetSignatures(read, school)).map(({ code, id }) => `${code} ${id}`),
    );
  };

  test('Đ.19: the teacher of the subject signs a locked sheet, nobody else; without a certificate it is a confirmation', async () => {
    expect(new Set(own.map(({ state, mine }) => `${state} ${String(mine)}`))).toEqual(
      new Set(['waiting true']),
    );
    await expect(sign(math(), 'vice')).rejects.toThrow(/R6\.20/);
    const conduct = [{ classId: played.target.id, area: 'REN_LUYEN', period: 'HK1' }];
    await expect(sign(conduct)).rejects.toThrow(/R6\.19|không có trang sổ/);
    const signed = await sign(math());
    expect(signed.status).toBe(201);
    expect(await one('TOAN', 'HK1')).toMatchObject({
      ...{ state: 'signed', waitingFor: [], mine: false },
      signatures: [{ how: 'confirmation' }],
    });
    await expect(sign(math())).rejects.toThrow(/đã kí trang sổ này/);
  });

  test('the transcript commits to what was signed, and says which sheets were not; by then the teacher has a certificate', async () => {
    const batch = await compose();
    expect(batch.held).toEqual([]);
    expect(batch.unsignedSheets).toHaveLength(own.length - 1);
    const { digest } = (await one('TOAN', 'HK1')) ?? {};
    const committed = await sheetsInJ(batch);
    expect(committed.get('TOAN')).toEqual({ HK1: digest });
    expect(committed.get('NGU_VAN')).toBeUndefined();
    const rest = named(own).filter(({ area, period }) => `${area} ${period}` !== 'TOAN HK1');
    expect((await sign(rest)).status).toBe(201);
    const signatures = (await list()).flatMap((sheet) => sheet.signatures.map(({ how }) => how));
    expect(signatures.filter((how) => how === 'certificate')).toHaveLength(rest.length);
    expect((await compose()).unsignedSheets).toEqual([]);
  });

  test('a correction lifts the signature: where the school waits for it, the transcript waits too', async () => {
    const { homeroom, vice, principal, target } = played;
    const before = await one('TOAN', 'HK1');
    const { body } = await homeroom.get<SheetAnswer>(`/api/classes/${target.id}/sheets/TOAN/HK1`);
    const cell = body.pupils[1]?.cells.find(({ column }) => column === 'TX1');
    const asked = await homeroom.post<CorrectionsAnswer>('/api/corrections', {
      ...{ classId: target.id, area: 'TOAN', period: 'HK1', reason: 'Ghi nhầm cột' },
      cells: [
        {
          ...{ pupilId: body.pupils[1]?.id, column: 'TX1', version: cell?.version },
          newValue: cell?.value === '9' ? '10' : '9',
        },
      ],
    });
    const correctionIds = [asked.body.corrections[0]?.id ?? ''];
    expect(
      (await vice.stepUp('correction.approve', { correctionIds }, '/api/corrections/approve')).status,
    ).toBe(200);
    expect(await one('TOAN', 'HK1')).toMatchObject({ state: 'waiting', signatures: [], mine: true });
    const choose = { switches: { sheetSignatures: true }, decisionNumber: '11/QĐ-THCS' };
    const decidedOn = server.clock.today();
    await principal.stepUp('settings.change', { ...choose, decidedOn }, '/api/school/settings');
    const held = (await compose()).held.find(({ pupilId }) => pupilId === body.pupils[0]?.id);
    expect(held?.reasons).toMatchObject([{ code: 'SHEETS_NOT_SIGNED', message: /Toán HK1/ }]);
    expect((await sign(math())).status).toBe(201);
    const again = await one('TOAN', 'HK1');
    expect(again?.state).toBe('signed');
    expect(again?.digest).not.toBe(before?.digest);
    const batch = await compose();
    expect(batch.transcripts).toHaveLength(1);
    expect((await sheetsInJ(batch)).get('TOAN')?.HK1).toBe(again?.digest);
  });

  test('audit: rows and acts hold; a mark, a signature or a salt changed with SQL is named', async () => {
    const { id: schoolId } = played.school;
    const read = server.database.read;
    expect(await rowFindings(read, schoolId, ['sheet_signatures', 'transcript_batches', 'locks'])).toEqual(
      [],
    );
    const expected = new ExpectedRows(followedColumns(read));
    expect(checkActs(await checkJournal(read, schoolId, new Set(), expected)).findings).toEqual([]);
    expect(await audit()).toEqual([]);
    const where = { schoolId, area: 'VAT_LI', period: 'HK2' };
    const row =
      (await read.findOneBy(SheetSignature, { schoolId, area: 'NGU_VAN', period: 'HK2' })) ??
      (await read.findOneByOrFail(SheetSignature, where));
    const place = { schoolId, area: row.area, period: row.period };
    const named = [`SHEET_SIGNATURE ${row.id}`];
    expect(
      await audit((sql) => sql.update(MarkCell, { ...place, columnCode: 'CK' }, { value: '1' })),
    ).toEqual(named);
    const salt = new Uint8Array(32);
    expect(await audit((sql) => sql.update(SheetSalt, { schoolId, lockId: row.lockId }, { salt }))).toEqual(
      named,
    );
    const other = await read.findOneByOrFail(SheetSignature, { schoolId, area: row.area, period: 'HK1' });
    expect(
      await audit((sql) => sql.update(SheetSignature, { schoolId, id: row.id }, { cms: other.cms })),
    ).toEqual(named);
    // A transcript that commits to a sheet which no teacher signed.
    const school = await read.findOneByOrFail(School, { id: schoolId });
    const now = server.clock.now();
    const documents = await attacked(
      server.database,
      (sql) => sql.delete(SheetSignature, { schoolId, area: row.area }),
      (sql) => checkTranscripts(sql, { school, trust: undefined, now }),
    );
    expect(new Set(documents.map(({ code, table }) => `${code} ${table}`))).toEqual(
      new Set(['SHEET_SIGNATURE transcripts']),
    );
    // Erasing a pupil's book destroys the salts: what was signed opens to nobody, and audit says nothing against it.
    expect(
      await audit(async (sql) => {
        await sql.delete(SheetSalt, { schoolId });
        await sql.update(MarkCell, place, { value: '1' });
      }),
    ).toEqual([]);
  });

  test('reopening lifts what was signed; what is open is not signed', async () => {
    const params = { sheets: math(), reason: 'Bổ sung' };
    expect((await played.vice.stepUp('period.reopen', params, '/api/locks/reopen')).status).toBe(200);
    expect(await one('TOAN', 'HK1')).toMatchObject({
      state: 'open',
      digest: null,
      signatures: [],
      mine: false,
    });
    await expect(sign(math())).rejects.toThrow(/R6\.19/);
  });
});
