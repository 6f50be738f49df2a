/** Families: accounts joined with pupils, what they see, appeals, and the evidence that goes with them. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { auditSchool } from '#api/audit/audit-school.js';
import { EvidenceFile } from '#api/corrections/evidence.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { School } from '#api/school/school.entities.js';
import type { AppealAnswer, AppealsAnswer } from '#contracts/appeals.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { ChildrenAnswer, FamilyAccessAnswer, FamilyMarksAnswer } from '#contracts/families.js';
import type { MarkHistoryAnswer } from '#contracts/gradebook.js';
import type { GuardianshipsAnswer } from '#contracts/guardianships.js';
import { ENGINE } from './engine.js';
import { PNG } from './evidence-files.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type TestClass,
  type TestSchool,
} from './school.js';
import { attacked } from './tamper.js';

jest.setTimeout(30_000);

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let clerk: Desk;
let teacher: Desk;
let homeroom: Desk;
let mother: Desk;
let stranger: Desk;
let ours: TestClass;
let child: string;
let other: string;

const DAY_MS = 86_400_000;
const PAPER = 'Giấy khai sinh số 45/2015';

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-gd', 'LOWER_SECONDARY');
  vice = await school.person('pho', 'vice-principal');
  clerk = await school.person('van-thu', 'clerk');
  teacher = await school.person('toan', 'teacher');
  homeroom = await school.person('cn', 'teacher');
  mother = await school.person('me', 'guardian');
  stranger = await school.person('nguoi-la', 'guardian');
  ours = await school.class('6A1', 6, ['Trần An', 'Lê Bình', 'Vũ Cúc'], ['TOAN']);
  [child = '', other = ''] = ours.pupilIds;
  await school.assign(teacher, ours, 'TOAN');
  await school.assign(homeroom, ours, HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', ['6', '7', '8']);
  const joined = await join(clerk, child, mother);
  expect(joined.status).toBe(201);
  await join(clerk, other, stranger);
}, 60_000);
afterAll(() => server.stop(), 30_000);

function join(desk: Desk, pupilId: string, person: Desk, more: object = { paper: PAPER }) {
  const body = { personId: person.id, relation: 'mother', ...more };
  return desk.post<GuardianshipsAnswer & { code: string }>(`/api/pupils/${pupilId}/guardianships`, body);
}

async function markOf(desk: Desk, pupilId: string) {
  const { body } = await desk.get<FamilyMarksAnswer>(`/api/family/pupils/${pupilId}/marks`);
  const [mark] = body.marks;
  if (mark === undefined) throw new Error(JSON.stringify(body));
  return mark;
}

async function appeal(desk: Desk, pupilId: string) {
  const { markId, version } = await markOf(desk, pupilId);
  return desk.post<AppealAnswer>('/api/appeals', { markId, version, reason: 'Xin chấm lại câu 3' });
}

describe(`a family's account on ${ENGINE}`, () => {
  test('is joined by the office alone, as the class list says or by a paper, and never to oneself', async () => {
    expect((await join(homeroom, child, stranger)).status).toBe(403);
    expect((await join(mother, child, mother)).status).toBe(403);
    // Whoever may not see the pupil does not learn that there is one.
    expect((await join(teacher, child, stranger)).status).toBe(404);
    expect((await join(mother, other, mother)).status).toBe(404);
    const at = `/api/pupils/${child}/guardianships`;
    expect([(await teacher.get(at)).status, (await stranger.get(at)).status]).toEqual([404, 404]);
    expect([(await homeroom.get(at)).status, (await mother.get(at)).status]).toEqual([200, 403]);
    expect((await join(clerk, child, clerk)).status).toBe(403);
    const unfounded = await join(clerk, other, mother, {});
    expect([unfounded.status, unfounded.body.code]).toEqual([400, 'VALIDATION']);
    expect((await join(clerk, child, mother)).body.code).toBe('ALREADY_EXISTS');
    const foreign = await (await server.school('thcs-gd2', 'LOWER_SECONDARY')).person('vt', 'clerk');
    expect((await join(foreign, child, mother)).status).toBe(404);
  });

  test('sees its own child and nobody else’s', async () => {
    const { body } = await mother.get<ChildrenAnswer>('/api/family/children');
    expect(body.children).toEqual([{ pupilId: child, fullName: 'Trần An', className: '6A1' }]);
    expect(await markOf(mother, child)).toMatchObject({ value: '6', areaLabel: 'Toán', version: 2 });
    for (const path of ['marks', 'results', 'transcripts']) {
      expect((await mother.get(`/api/family/pupils/${other}/${path}`)).status).toBe(404);
      expect((await teacher.get(`/api/family/pupils/${child}/${path}`)).status).toBe(404);
    }
    expect((await mother.get(`/api/classes/${ours.id}`)).status).toBe(404);
    expect((await mother.get(`/api/classes/${ours.id}/sheets/TOAN/HK1`)).status).toBe(404);
  });

  test('sees when and why a recorded mark of its child was changed, a draft never, and leaves no trace that others see', async () => {
    const { markId } = await markOf(mother, child);
    const { body } = await mother.get<MarkHistoryAnswer>(`/api/marks/${markId}/history`);
    expect(body.events.map(({ type, by }) => [type, by])).toEqual([['mark.recorded', teacher.fullName]]);
    expect((await stranger.get(`/api/marks/${markId}/history`)).status).toBe(404);
    const where = { schoolId: school.id, pupilId: child, columnCode: 'TX2' };
    const cells = [{ pupilId: child, column: 'TX2', value: '9', version: 0 }];
    await teacher.put(`/api/classes/${ours.id}/sheets/TOAN/HK1/drafts`, { cells });
    const draft = await server.database.read.findOneByOrFail(MarkCell, where);
    expect((await mother.get(`/api/marks/${draft.id}/history`)).status).toBe(404);
    const seen = await stranger.get<FamilyAccessAnswer[]>(`/api/family/pupils/${other}/access`);
    expect(seen.body.filter(({ by }) => by === mother.fullName)).toEqual([]);
  });

  test('law 91/2025: sees who looked at data of the class on which day, once a day, and of no other child', async () => {
    await homeroom.get(`/api/classes/${ours.id}`);
    await teacher.get(`/api/classes/${ours.id}/sheets/TOAN/HK1`);
    await teacher.get(`/api/classes/${ours.id}/sheets/TOAN/HK1`);
    const path = `/api/family/pupils/${child}/access`;
    const { body } = await mother.get<FamilyAccessAnswer[]>(path);
    expect(body.filter(({ by, what }) => by === teacher.fullName && what === 'Xem bảng điểm')).toHaveLength(
      1,
    );
    expect(body.some(({ by, className }) => by === homeroom.fullName && className === '6A1')).toBe(true);
    expect((await stranger.get(path)).status).toBe(404);
    expect((await teacher.get(path)).status).toBe(404);
  });

  test('stops seeing anything the moment the office ends it', async () => {
    const aunt = await school.person('di', 'guardian');
    const { body } = await join(clerk, child, aunt);
    expect((await aunt.get(`/api/family/pupils/${child}/marks`)).status).toBe(200);
    const id = body.guardianships.find(({ personId }) => personId === aunt.id)?.id ?? '';
    expect((await clerk.post(`/api/guardianships/${id}/end`)).status).toBe(200);
    expect((await aunt.get(`/api/family/pupils/${child}/marks`)).status).toBe(404);
    expect((await clerk.post(`/api/guardianships/${id}/end`)).status).toBe(409);
  });
});

describe(`an appeal (phúc khảo) on ${ENGINE}`, () => {
  let asked: AppealAnswer;

  test('is of a mark of one’s own child, once', async () => {
    const { markId, version } = await markOf(mother, child);
    const theirs = await stranger.post('/api/appeals', { markId, version, reason: 'Xin chấm lại' });
    expect(theirs.status).toBe(404);
    const stale = await mother.post('/api/appeals', { markId, version: 1, reason: 'Xin chấm lại' });
    expect([stale.status, stale.body.conflicts]).toEqual([409, [{ value: '6', version: 2 }]]);
    const made = await appeal(mother, child);
    expect(made.body).toMatchObject({ state: 'asked', markValue: '6', may: ['withdraw'] });
    asked = made.body;
    expect((await appeal(mother, child)).status).toBe(409);
    const { body } = await stranger.get<AppealsAnswer>('/api/appeals');
    expect(body.appeals).toEqual([]);
  });

  test('takes evidence from the family, that the teacher reads and another family does not', async () => {
    const fields = { about: 'appeal', aboutId: asked.id };
    const added = await mother.upload<{ id: string }>('/api/evidence', PNG, fields);
    expect(added.status).toBe(201);
    expect(Buffer.from(await teacher.download(`/api/evidence/${added.body.id}`))).toEqual(Buffer.from(PNG));
    expect((await stranger.get(`/api/evidence/${added.body.id}`)).status).toBe(404);
    expect((await stranger.upload('/api/evidence', PNG, fields)).status).toBe(404);
    const { body } = await teacher.get<AppealsAnswer>('/api/appeals?state=asked');
    expect(body.appeals).toMatchObject([{ id: asked.id, evidence: [{ kind: 'png' }], may: ['answer'] }]);
  });

  test('answered with a change becomes a correction that neither the teacher nor the family approves', async () => {
    const answer = { outcome: 'change', answer: 'Chấm lại câu 3: thêm 0,5 điểm', newValue: '6,5' };
    expect((await mother.post(`/api/appeals/${asked.id}/answer`, answer)).status).toBe(403);
    const missing = { outcome: 'change', answer: 'Chấm lại câu 3' };
    expect((await teacher.post(`/api/appeals/${asked.id}/answer`, missing)).status).toBe(400);
    const answered = await teacher.post<AppealAnswer>(`/api/appeals/${asked.id}/answer`, answer);
    expect(answered.body).toMatchObject({ state: 'changed', answeredBy: teacher.fullName });
    const { body } = await mother.get<CorrectionsAnswer>('/api/corrections');
    expect(body.corrections).toMatchObject([
      { requestId: answered.body.requestId, cause: 'appeal', oldValue: '6', newValue: '6.5', may: [] },
    ]);
    const id = body.corrections[0]?.id ?? '';
    await homeroom.post(`/api/corrections/${id}/confirm`);
    const params = { correctionIds: [id] };
    const self = await teacher.post('/api/acts', { action: 'correction.approve', params });
    expect([self.status, self.body.rule]).toEqual([403, 'R3.1']);
    expect((await vice.stepUp('correction.approve', params, '/api/corrections/approve')).status).toBe(200);
    expect(await markOf(mother, child)).toMatchObject({ value: '6.5', version: 3 });
    expect((await stranger.get<CorrectionsAnswer>('/api/corrections')).body.corrections).toEqual([]);
  });

  test('by a vice-principal of the own child’s mark: who appealed does not approve (R3.12)', async () => {
    const parent = await school.person('pho-me', 'vice-principal', 'guardian');
    const third = ours.pupilIds[2] ?? '';
    await join(clerk, third, parent);
    const { id } = (await appeal(parent, third)).body;
    const answer = { outcome: 'change', answer: 'Cộng sót một câu', newValue: '9' };
    const { requestId } = (await teacher.post<AppealAnswer>(`/api/appeals/${id}/answer`, answer)).body;
    const { body } = await vice.get<CorrectionsAnswer>(`/api/corrections?pupilId=${third}`);
    const correction = body.corrections.find((one) => one.requestId === requestId)?.id ?? '';
    await homeroom.post(`/api/corrections/${correction}/confirm`);
    const params = { correctionIds: [correction] };
    const refused = await parent.post('/api/acts', { action: 'correction.approve', params });
    expect([refused.status, refused.body.rule]).toEqual([403, 'R3.12']);
    expect((await vice.stepUp('correction.approve', params, '/api/corrections/approve')).status).toBe(200);
  });

  test('is kept with an answer, withdrawn by the family, and not asked after the deadline', async () => {
    const made = await appeal(stranger, other);
    expect((await mother.post(`/api/appeals/${made.body.id}/withdraw`)).status).toBe(404);
    const withdrawn = await stranger.post<AppealAnswer>(`/api/appeals/${made.body.id}/withdraw`);
    expect(withdrawn.body.state).toBe('withdrawn');
    const again = (await appeal(stranger, other)).body;
    const kept = { outcome: 'keep', answer: 'Đã chấm lại, điểm đúng' };
    expect((await teacher.post<AppealAnswer>(`/api/appeals/${again.id}/answer`, kept)).body.state).toBe(
      'kept',
    );
    expect((await teacher.post(`/api/appeals/${again.id}/answer`, kept)).status).toBe(409);
    // The mother's was corrected a moment ago; fifteen days later it is too late.
    server.clock.advance(15 * DAY_MS + 1000);
    const late = await mother.post('/api/appeals', {
      ...{ markId: (await markOf(mother, child)).markId, version: 3, reason: 'Xin chấm lại' },
    });
    expect([late.status, late.body.rule]).toEqual([403, 'R2.23']);
  });
});

describe(`evidence on ${ENGINE}`, () => {
  test('changed with SQL does not open, and audit names it', async () => {
    const [file] = await server.database.read.findBy(EvidenceFile, { schoolId: school.id });
    if (file === undefined) throw new Error('no evidence');
    const info = await server.database.read.findOneByOrFail(School, { id: school.id });
    const audit = { school: info, ledger: undefined, trust: undefined, outside: {}, now: server.clock.now() };
    const where = { schoolId: school.id, id: file.id };
    const forged = new Uint8Array(file.sealed ?? []).fill(7, 40);
    const findings = await attacked(
      server.database,
      (sql) => sql.update(EvidenceFile, where, { sealed: forged }),
      async (read) => (await auditSchool(read, audit as never)).findings,
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'ROW_CHANGED', table: 'evidence_files', id: file.id }),
    );
    await server.database.write((tx) => tx.update(EvidenceFile, where, { sealed: forged }));
    const refused = await teacher.get(`/api/evidence/${file.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'JOURNAL_BROKEN']);
    await server.database.write((tx) => tx.update(EvidenceFile, where, { sealed: file.sealed }));
    expect((await teacher.download(`/api/evidence/${file.id}`)).length).toBe(PNG.length);
  });
});
