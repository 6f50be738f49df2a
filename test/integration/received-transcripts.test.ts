/** A transcript that a pupil brings from another school (practice 8, 10; RULES.md rule 18). */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { LedgerEntryRow, LedgerLog, LedgerOutboxRow } from '#api/ledger-host/ledger.entities.js';
import { Pupil, SchoolClass, SchoolYear } from '#api/school/school.entities.js';
import { pupilStays } from '#api/transcripts/pupil-stays.js';
import { ReceivedTranscript } from '#api/transcripts/received-transcripts.entities.js';
import type { ReceivedTranscriptsAnswer } from '#contracts/received-transcripts.js';
import type { TranscriptsAnswer } from '#contracts/transcripts.js';
import { fromHex, toBase64 } from '#ledger/format/bytes.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { eventKind, eventTag, nextLineage } from '#transcript/commitments.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { rowFindings } from './row-findings.js';
import {
  HOMEROOM,
  TestServer,
  type Desk,
  type ProblemBody,
  type TestClass,
  type TestSchool,
} from './school.js';
import { attacked } from './tamper.js';
import { until } from './until.js';

jest.setTimeout(60_000);

let server: TestServer;
let from: DecidedClass;
let file: Uint8Array;
let to: TestSchool;
let target: TestClass;
let clerk: Desk;
let homeroom: Desk;
let principal: Desk;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  from = await decidedClass(server, 'thcs-song-may', 2);
  await issueClass(from);
  file = await fileOf(0);
  to = await server.school('thcs-nhan-ve', 'LOWER_SECONDARY');
  await server.app.get(SchoolLogs, { strict: false }).open(to.id);
  clerk = await to.person('vanthu', 'clerk');
  homeroom = await to.person('chunhiem', 'teacher');
  principal = await to.person('truong', 'principal');
  const schoolId = from.school.id;
  const pupils = await Promise.all(
    from.target.pupilIds.map((id) => server.database.read.findOneByOrFail(Pupil, { schoolId, id })),
  );
  target = await to.class('7B', 7, ['Học sinh khác', ...pupils.map(({ fullName }) => fullName)]);
  await to.founded(async (base) => {
    for (const [i, { birthDate }] of pupils.entries()) {
      await base.change(Pupil, target.pupilIds[i + 1] ?? '', { birthDate });
    }
  });
  await to.assign(homeroom, target, HOMEROOM);
}, 120_000);
afterAll(() => server.stop(), 30_000);

async function fileOf(pupil: number): Promise<Uint8Array> {
  const path = `/api/transcripts?classId=${from.target.id}`;
  const { transcripts } = (await from.homeroom.get<TranscriptsAnswer>(path)).body;
  const { id } = transcripts.find(({ pupilId }) => pupilId === from.target.pupilIds[pupil]) ?? { id: '' };
  return from.homeroom.download(`/api/transcripts/${id}/pdf`);
}
const pathOf = (pupil: number) => `/api/pupils/${target.pupilIds[pupil] ?? ''}/received-transcripts`;
const bring = (desk: Desk, pupil: number, bytes = file) =>
  desk.upload<ReceivedTranscriptsAnswer & ProblemBody>(pathOf(pupil), bytes, {});

describe(`a transcript from another school, on ${ENGINE}`, () => {
  test('is refused when it does not verify, is no transcript, is another pupil’s or the school’s own', async () => {
    const changed = file.slice();
    changed[Math.floor(changed.length / 3)]! ^= 1;
    const refused = await bring(clerk, 1, changed);
    expect([refused.status, refused.body.code]).toEqual([400, 'VALIDATION']);
    expect(refused.body.items?.[0]).toMatchObject({ where: 'file', code: expect.any(String) as unknown });
    expect((await bring(clerk, 1, new Uint8Array([1, 2, 3]))).body.items?.[0]?.code).toBe('NOT_A_PDF');
    expect((await bring(clerk, 2)).body.detail).toContain('Hãy kiểm tra lại tệp');
    const own = `/api/pupils/${from.target.pupilIds[0] ?? ''}/received-transcripts`;
    expect((await from.homeroom.upload<ProblemBody>(own, file, {})).body.detail).toContain('chính trường');
  });

  test('is taken in by the office, the heads or the pupil’s homeroom teacher, and by nobody else', async () => {
    const stranger = await to.person('gvkhac', 'teacher');
    expect((await bring(stranger, 1)).status).toBe(404);
    expect((await bring(await to.person('tin', 'it-officer'), 1)).body.code).toBe('FORBIDDEN');
    expect((await bring(from.homeroom, 1)).status).toBe(404);
    const { status, body } = await bring(homeroom, 1);
    expect([status, body.transcripts]).toMatchObject([
      201,
      [{ verdict: 'valid', code: null, demo: true, className: '6A2', by: homeroom.fullName }],
    ]);
    expect((await bring(clerk, 1)).body.code).toBe('ALREADY_EXISTS');
  });

  test('is kept as it came, and read only by those who may take it in', async () => {
    const [{ id = '' } = {}] = (await principal.get<ReceivedTranscriptsAnswer>(pathOf(1))).body.transcripts;
    expect(await principal.download(`${pathOf(1)}/${id}/pdf`)).toEqual(file);
    expect((await principal.get(`${pathOf(2)}/${id}/pdf`)).status).toBe(404);
    const key = { schoolId: to.id, id };
    const { sealed } = await server.database.read.findOneByOrFail(ReceivedTranscript, key);
    const swapped = Uint8Array.from(sealed ?? []);
    swapped[40]! ^= 1;
    await server.database.write((tx) => tx.update(ReceivedTranscript, key, { sealed: swapped }));
    expect((await principal.get<ProblemBody>(`${pathOf(1)}/${id}/pdf`)).body.code).toBe('JOURNAL_BROKEN');
    await server.database.write((tx) => tx.update(ReceivedTranscript, key, { sealed }));
  });

  test('stands in the pupil’s history of schools, before the classes of this one', async () => {
    const { read } = server.database;
    const pupilId = target.pupilIds[1] ?? '';
    const own = await read.findOneByOrFail(SchoolClass, { schoolId: to.id, id: target.id });
    const year = await read.findOneByOrFail(SchoolYear, { schoolId: to.id, id: own.yearId });
    const { transcript } = (await readTranscriptPdf(file)).plan;
    const stays = await pupilStays(read, { schoolId: to.id, year }, target.pupilIds);
    expect(stays.get(pupilId)).toEqual([
      { schoolYear: year.label, className: '6A2', schoolName: transcript.data.school.name },
      { schoolYear: year.label, className: own.name, enteredOn: expect.any(String) as unknown },
    ]);
    expect(stays.get(target.pupilIds[2] ?? '')).toHaveLength(1);
  });

  test('is receipted in the receiving school’s ledger as the next event of its lineage', async () => {
    const { transcript } = (await readTranscriptPdf(file)).plan;
    const lineage = nextLineage(fromHex(transcript.lineage));
    const { entryId } = await server.database.read.findOneByOrFail(ReceivedTranscript, { schoolId: to.id });
    const { read } = server.database;
    await until(async () => !(await read.existsBy(LedgerOutboxRow, { schoolId: to.id })));
    const { entry } = await read.findOneByOrFail(LedgerEntryRow, { schoolId: to.id, entryId });
    expect(parseLeaf(entry).body).toMatchObject({
      tag: toBase64(eventTag(lineage, 1)),
      kind: toBase64(eventKind(lineage, 1, 'receive')),
    });
    expect((await read.findOneByOrFail(LedgerLog, { schoolId: to.id })).size).toBeGreaterThan(0);
  });

  test('that was revoked before it came is refused: the other school’s log is read', async () => {
    const late = await fileOf(1);
    const { transcripts } = (
      await from.homeroom.get<TranscriptsAnswer>(`/api/transcripts?classId=${from.target.id}`)
    ).body;
    const { id } = transcripts.find(({ pupilId }) => pupilId === from.target.pupilIds[1]) ?? { id: '' };
    const said = {
      ...{ transcriptId: id, kind: 'revoke', decision: 'Quyết định số 52/QĐ-THCS' },
      ...{ reason: 'In nhầm năm sinh', otherSchool: null },
    };
    const path = `/api/transcripts/${id}/events`;
    expect((await from.principal.stepUp('transcript.revoke', said, path)).status).toBe(200);
    const schoolId = from.school.id;
    await until(async () => {
      const { read } = server.database;
      if (await read.existsBy(LedgerOutboxRow, { schoolId })) return false;
      const { publishedSize, size } = await read.findOneByOrFail(LedgerLog, { schoolId });
      return publishedSize === size;
    });
    const refused = await bring(clerk, 2, late);
    expect([refused.status, refused.body.items?.[0]?.code]).toEqual([400, 'REVOKED']);
  });

  test('the audit names its row when the verdict or the origin was changed by SQL', async () => {
    const look = (sql: Parameters<typeof rowFindings>[0]) =>
      rowFindings(sql, to.id, ['received_transcripts']);
    expect(await look(server.database.read)).toEqual([]);
    const { id } = await server.database.read.findOneByOrFail(ReceivedTranscript, { schoolId: to.id });
    for (const edit of [{ verdict: 'unchecked' as const }, { origin: 'khac.example/hoc-ba' }]) {
      const found = await attacked(
        server.database,
        (sql) => sql.update(ReceivedTranscript, { schoolId: to.id, id }, edit),
        look,
      );
      expect(found).toMatchObject([{ code: 'ROW_CHANGED', table: 'received_transcripts', id }]);
    }
  });
});
