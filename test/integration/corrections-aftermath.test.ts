/** What a correction after the end of the year brings with it: results again, the council again, the transcript again. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { CouncilDecision } from '#api/results/results.entities.js';
import type { ReissuesAnswer, ReopenedDecisionsAnswer } from '#contracts/aftermath.js';
import type { FamilyTranscriptsAnswer } from '#contracts/families.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { ListAnswer, MeetingsAnswer } from '#contracts/council.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type { PupilChangeAnswer } from '#contracts/pupil-changes.js';
import type { DecisionAnswer, ResultsAnswer } from '#contracts/results.js';
import type { BatchAnswer, TranscriptDetailAnswer, TranscriptsAnswer } from '#contracts/transcripts.js';
import type { TranscriptData } from '#transcript/document.js';
import { councilMeets } from './council.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { rowFindings } from './row-findings.js';
import { TestServer } from './school.js';
import { attacked } from './tamper.js';

jest.setTimeout(60_000);

let server: TestServer;
let played: DecidedClass;

beforeAll(async () => {
  server = await TestServer.start('2027-05-18T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 2);
  await issueClass(played);
}, 120_000);
afterAll(() => server.stop(), 30_000);

/** One mark of the second pupil goes up or down by what makes it another. */
async function correct(): Promise<string> {
  const { homeroom, vice, target } = played;
  const pupilId = target.pupilIds[1] ?? '';
  const { body } = await homeroom.get<SheetAnswer>(`/api/classes/${target.id}/sheets/TOAN/HK1`);
  const cell = body.pupils.find(({ id }) => id === pupilId)?.cells.find(({ column }) => column === 'CK');
  const newValue = cell?.value === '9' ? '10' : '9';
  const asked = await homeroom.post<CorrectionsAnswer>('/api/corrections', {
    ...{ classId: target.id, area: 'TOAN', period: 'HK1', reason: 'Cộng sót điểm một câu' },
    cells: [{ pupilId, column: 'CK', newValue, version: cell?.version }],
  });
  const id = asked.body.corrections[0]?.id ?? '';
  const done = await vice.stepUp('correction.approve', { correctionIds: [id] }, '/api/corrections/approve');
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return id;
}

describe(`a correction after the council's decision on ${ENGINE}`, () => {
  test('computes the result again, reopens the decision for that pupil, and notes the transcript to be issued again', async () => {
    const { vice, target } = played;
    const [first = '', second = ''] = target.pupilIds;
    const correctionId = await correct();
    const { body: results } = await vice.get<ResultsAnswer>(`/api/results/${target.id}`);
    expect(results.results.map(({ stale }) => stale)).toEqual([false, false]);
    const { body } = await vice.get<ReopenedDecisionsAnswer>(`/api/classes/${target.id}/reopened-decisions`);
    expect(body.reopened).toMatchObject([
      { pupilId: second, correctionId, standing: 'cần họp lại', settled: false },
    ]);
    const reissues = await vice.get<ReissuesAnswer>(`/api/classes/${target.id}/reissues`);
    expect(reissues.body.reissues).toMatchObject([
      { pupilId: second, becauseOf: 'correction', becauseId: correctionId, superseded: false },
    ]);
    expect(reissues.body.reissues.map(({ pupilId }) => pupilId)).not.toContain(first);
    const told = { schoolId: played.school.id, type: 'transcript.reissue.needed' };
    expect(await server.database.read.countBy(JournalEvent, told)).toBe(1);
  });
});

describe(`the decision reopened for one pupil on ${ENGINE}`, () => {
  const path = () => `/api/results/${played.target.id}`;
  const results = async () => (await played.vice.get<ResultsAnswer>(path())).body;
  const compose = async () => {
    const asked = { classId: played.target.id };
    return (await played.homeroom.post<BatchAnswer>('/api/transcripts/batches', asked)).body;
  };

  test('stands for the class’s others, and that pupil’s transcript waits for a new one', async () => {
    const [first = '', second = ''] = played.target.pupilIds;
    const { results: each, undecided, decision } = await results();
    expect(each.map(({ decidedBy }) => decidedBy)).toEqual(['45/QĐ-THCS', null]);
    expect([undecided, decision?.overtaken, decision?.inForce]).toEqual([[second], [second], true]);
    const { held } = await compose();
    expect(held.map(({ pupilId, reasons }) => [pupilId, reasons[0]?.code])).toEqual([
      [first, 'ALREADY_ISSUED'],
      [second, 'NO_DECISION'],
    ]);
  });

  test('is made anew on a list of that pupil alone that a meeting passed, and the transcript is issued again', async () => {
    const [first = '', second = ''] = played.target.pupilIds;
    const { homeroom, vice, target } = played;
    const meetingId = await councilMeets(server, played);
    const { body: lists } = await homeroom.get<ListAnswer[]>(`${path()}/lists`);
    expect(lists.map(({ pupilIds }) => pupilIds)).toEqual([[second], [first, second]]);
    const decision = { classId: target.id, number: '61/QĐ-THCS', decidedOn: server.clock.today() };
    const meetings = await vice.get<MeetingsAnswer>(`/api/council-meetings?yearId=${played.school.yearId}`);
    const old = meetings.body.meetings.find(({ id }) => id !== meetingId)?.id;
    expect((await vice.post('/api/decisions', { ...decision, meetingId: old })).status).toBe(409);
    const made = await vice.post<DecisionAnswer>('/api/decisions', { ...decision, meetingId });
    expect(made.body).toMatchObject({ pupilIds: [second], overtaken: [], inForce: true });
    expect((await results()).results.map(({ decidedBy }) => decidedBy)).toEqual(['45/QĐ-THCS', '61/QĐ-THCS']);
    const { body } = await vice.get<ReopenedDecisionsAnswer>(`/api/classes/${target.id}/reopened-decisions`);
    expect(body.reopened).toMatchObject([{ pupilId: second, settled: true }]);

    const mother = await played.school.person('me', 'guardian');
    const joined = { personId: mother.id, relation: 'mother', paper: 'Giấy khai sinh số 45/2015' };
    await played.sealer.post(`/api/pupils/${second}/guardianships`, joined);
    const composed = (await compose()).transcripts.map(({ id }) => id);
    expect(composed).toHaveLength(1);
    expect((await mother.get(`/api/transcripts/${composed[0] ?? ''}`)).status).toBe(404);

    await issueClass(played);
    const own = await mother.get<FamilyTranscriptsAnswer>(`/api/family/pupils/${second}/transcripts`);
    expect(own.body.transcripts.map(({ version }) => version)).toEqual([2, 1]);
    const [newest] = own.body.transcripts;
    const file = await mother.download(`/api/transcripts/${newest?.transcriptId ?? ''}/pdf`);
    expect(Buffer.from(file.subarray(0, 5)).toString()).toBe('%PDF-');
    const listed = await vice.get<TranscriptsAnswer>(`/api/transcripts?classId=${target.id}`);
    const others = listed.body.transcripts.find(({ pupilId }) => pupilId === first);
    expect((await mother.get(`/api/transcripts/${others?.id ?? ''}/pdf`)).status).toBe(404);

    const reissues = await vice.get<ReissuesAnswer>(`/api/classes/${target.id}/reissues`);
    expect(reissues.body.reissues).toMatchObject([{ pupilId: second, superseded: true }]);
    const { body: all } = await vice.get<TranscriptsAnswer>(`/api/transcripts?classId=${target.id}`);
    expect(all.transcripts.map(({ pupilId, version, state }) => [pupilId, version, state])).toEqual([
      [first, 1, 'issued'],
      [second, 1, 'issued'],
      [second, 2, 'issued'],
    ]);
    const printed = await Promise.all(
      all.transcripts.map(
        async ({ id }) => (await vice.get<TranscriptDetailAnswer>(`/api/transcripts/${id}`)).body,
      ),
    );
    expect(printed.map(({ data }) => (data as TranscriptData).council.number)).toEqual([
      ...['45/QĐ-THCS', '45/QĐ-THCS', '61/QĐ-THCS'],
    ]);
    expect((await compose()).held.map(({ reasons }) => reasons[0]?.code)).toEqual([
      ...['ALREADY_ISSUED', 'ALREADY_ISSUED'],
    ]);
  });

  test('audit holds each decision’s pupils against the journal: one put under another’s decision with SQL is named', async () => {
    const where = { schoolId: played.school.id };
    const decision = await server.database.read.findOneByOrFail(CouncilDecision, {
      ...where,
      number: '61/QĐ-THCS',
    });
    const tables = ['council_decisions', 'class_lists', 'reopened_decisions', 'transcripts'];
    const look = (read: EntityManager) => rowFindings(read, played.school.id, tables);
    expect(await look(server.database.read)).toEqual([]);
    const found = await attacked(
      server.database,
      (sql) =>
        sql.update(CouncilDecision, { ...where, id: decision.id }, { pupilIds: [...played.target.pupilIds] }),
      look,
    );
    expect(found.map(({ code, table, id }) => [code, table, id])).toEqual([
      ['ROW_CHANGED', 'council_decisions', decision.id],
    ]);
  });
});

describe(`a pupil's personal data on ${ENGINE} (roles.md rule 12)`, () => {
  test('are proposed by the homeroom teacher, confirmed by the office against the paper, and not by who proposed', async () => {
    const { homeroom, sealer: clerk, vice, school, target } = played;
    const pupilId = target.pupilIds[0] ?? '';
    const path = `/api/pupils/${pupilId}/changes`;
    const reason = 'Giấy khai sinh ghi khác danh sách lớp';
    const fields = { fullName: 'Nguyễn Minh Ánh', birthPlace: 'Phường Bến Tràm' };
    expect((await vice.post(path, { fields, reason })).status).toBe(403);
    const stranger = await school.person('gv-khac', 'teacher');
    expect((await stranger.post(path, { fields, reason })).status).toBe(404);
    const hostile = await homeroom.post(path, { fields: { fullName: 'Nguyen Аn' }, reason });
    expect([hostile.status, hostile.body.code]).toEqual([400, 'VALIDATION']);
    const made = await homeroom.post<PupilChangeAnswer>(path, { fields, reason });
    expect(made.body).toMatchObject({ state: 'proposed', may: ['withdraw'] });
    const confirm = `/api/pupil-changes/${made.body.id}/confirm`;
    const paper = { paper: 'Giấy khai sinh số 45/2015' };
    expect((await homeroom.post(confirm, paper)).status).toBe(403);
    expect((await clerk.post(confirm, {})).status).toBe(400);
    const confirmed = await clerk.post<PupilChangeAnswer>(confirm, paper);
    expect(confirmed.body).toMatchObject({
      state: 'confirmed',
      paper: paper.paper,
      decidedBy: clerk.fullName,
    });
    expect((await clerk.post(confirm, paper)).body.code).toBe('STATE_CONFLICT');
    const reissues = await vice.get<ReissuesAnswer>(`/api/classes/${target.id}/reissues`);
    expect(reissues.body.reissues).toContainEqual(
      expect.objectContaining({ pupilId, becauseOf: 'pupil-change', becauseId: made.body.id }),
    );
  });

  test('proposed by the office need another person of the office; what changed meanwhile is stale', async () => {
    const { sealer: clerk, school, target } = played;
    const it = await school.person('cntt', 'it-officer');
    const path = `/api/pupils/${target.pupilIds[1] ?? ''}/changes`;
    const propose = (address: string) =>
      clerk.post<PupilChangeAnswer>(path, { fields: { address }, reason: 'Theo giấy xác nhận cư trú' });
    const one = await propose('Khu phố 3');
    const other = await propose('Khu phố 4');
    const paper = { paper: 'Giấy xác nhận cư trú số 12' };
    const own = await clerk.post(`/api/pupil-changes/${one.body.id}/confirm`, paper);
    expect([own.status, own.body.rule]).toEqual([403, 'R12.4']);
    expect((await it.post(`/api/pupil-changes/${one.body.id}/confirm`, paper)).status).toBe(200);
    const stale = await it.post(`/api/pupil-changes/${other.body.id}/confirm`, paper);
    expect([stale.status, stale.body.code]).toEqual([409, 'STALE_VERSION']);
    const refusal = { reason: 'Địa chỉ đã sửa theo đề nghị trước' };
    const refused = await it.post<PupilChangeAnswer>(`/api/pupil-changes/${other.body.id}/refuse`, refusal);
    expect(refused.body).toMatchObject({ state: 'refused', decisionReason: refusal.reason });
  });
});
