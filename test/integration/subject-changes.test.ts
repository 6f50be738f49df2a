/** Pupils who change an optional subject in the year (practice 3; RULES.md rule 17). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PupilResult } from '#api/results/results.entities.js';
import { SubjectChange } from '#api/school/school.entities.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type { LockPreviewAnswer } from '#contracts/locks.js';
import type { ExplanationsAnswer } from '#contracts/results.js';
import type { StatisticsAnswer } from '#contracts/reports.js';
import type { SubjectChangeAnswer, SubjectChangesAnswer } from '#contracts/subject-changes.js';
import { ENGINE } from './engine.js';
import { sheetFindings } from './row-findings.js';
import { HOMEROOM, openEverything, recordColumn, TestServer } from './school.js';
import type { Desk, ProblemBody, TestClass, TestSchool } from './school.js';

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let clerk: Desk;
let teacher: Desk;
let homeroom: Desk;
let ours: TestClass;
let pupilId: string;

beforeAll(async () => {
  server = await TestServer.start('2027-01-20T02:00:00.000Z');
  school = await server.school('thpt-m', 'UPPER_SECONDARY');
  vice = await school.person('pho', 'vice-principal');
  clerk = await school.person('van-thu', 'clerk');
  teacher = await school.person('li-dia', 'teacher');
  homeroom = await school.person('chu-nhiem', 'teacher');
  const subjects = ['TOAN', 'VAT_LI', 'HOA_HOC', 'SINH_HOC', 'TIN_HOC', 'DIA_LI'];
  ours = await school.class('10A1', 10, ['Trần An', 'Bùi Bình'], subjects);
  pupilId = ours.pupilIds[0] ?? '';
  await school.assign(teacher, ours, 'VAT_LI', 'DIA_LI');
  await school.assign(homeroom, ours, HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
}, 60_000);
afterAll(() => server.stop(), 30_000);

const path = () => `/api/classes/${ours.id}/subject-changes`;
const swap = (dropped: string | null, taken: string | null, who = pupilId) => ({
  ...{ pupilId: who, dropped, taken, effectiveOn: '2027-01-18' },
  ...{ reason: 'Đổi nguyện vọng nghề nghiệp', application: 'Đơn ngày 12/01/2027, số đến 18' },
});
const decision = 'Quyết định số 07/QĐ-THPT ngày 15/01/2027';
const rowOf = async (area: string, who = pupilId) => {
  const { body } = await teacher.get<SheetAnswer>(`/api/classes/${ours.id}/sheets/${area}/HK1`);
  return body.pupils.find(({ id }) => id === who);
};
const missingOf = async (area: string) => {
  const query = `classIds=${ours.id}&areas=${area}&periods=HK1`;
  const { body } = await vice.get<LockPreviewAnswer>(`/api/locks/preview?${query}`);
  return body.sheets[0]?.missing.filter((cell) => cell.pupilId === pupilId).map(({ column }) => column);
};
const subjectsExplained = async () => {
  const explained = await homeroom.get<ExplanationsAnswer>(
    `/api/results/${ours.id}/pupils/${pupilId}/explanation`,
  );
  const subjects = explained.body.explanations.map(({ about }) => /^subjects\.(\w+)/.exec(about)?.[1]);
  return [...new Set(subjects)].filter((code) => code !== undefined);
};
const actOn = (...changeIds: readonly string[]) =>
  vice.act('subject.approve', { changeIds, decision, classId: ours.id });
/** While the pupil's year has a result. */
async function withResult(work: () => Promise<void>): Promise<void> {
  const at = { schoolId: school.id, id: 'r', classId: ours.id, pupilId, yearId: school.yearId };
  const rules = { ruleSet: 'tt22-2021', ruleSetVersion: '1', ruleSetHash: '' };
  const by = { input: {}, answer: {}, computedBy: homeroom.id, computedAt: '2027-01-20', eventSeq: 0 };
  await server.database.write((tx) => tx.insert(PupilResult, { ...at, ...rules, ...by }));
  await work();
  await server.database.write((tx) => tx.delete(PupilResult, { schoolId: school.id, id: 'r' }));
}
/** As one person asks for it and another, with the second factor, approves it. */
async function approve(...changeIds: readonly string[]): Promise<SubjectChangesAnswer> {
  const approval = { changeIds, decision, act: await actOn(...changeIds) };
  const { status, body } = await vice.post<SubjectChangesAnswer>(`${path()}/approve`, approval);
  expect(status).toBe(200);
  return body;
}
async function ask(...swapped: Parameters<typeof swap>): Promise<SubjectChangeAnswer> {
  const { status, body } = await homeroom.post<SubjectChangeAnswer>(path(), swap(...swapped));
  expect([status, body.state]).toEqual([201, 'requested']);
  return body;
}

describe(`a pupil who changes an optional subject in mid-course on ${ENGINE}`, () => {
  test('takes every subject of the class until a choice is approved', async () => {
    await recordColumn(teacher, ours, 'VAT_LI/HK1', 'TX1', ['8', '7']);
    expect((await rowOf('VAT_LI'))?.takesSubject).toBe(true);
    expect(await missingOf('DIA_LI')).toContain('TX1');
    // Both pupils chose Vật lí and not Địa lí; one decision for the class.
    const asked = await Promise.all(ours.pupilIds.map((id) => ask('DIA_LI', null, id)));
    const { changes } = await approve(...asked.map(({ id }) => id));
    expect(changes.map(({ state, decidedBy }) => [state, decidedBy])).toEqual([
      ['approved', vice.fullName],
      ['approved', vice.fullName],
    ]);
    expect(await missingOf('DIA_LI')).toEqual([]);
    expect(await subjectsExplained()).not.toContain('DIA_LI');
  });

  test('not of a compulsory subject, not below four chosen ones, not in a future, and only by the homeroom teacher', async () => {
    const items = async (body: object) =>
      (await homeroom.post(path(), body)).body.items?.map(({ code }) => code);
    expect(await items(swap('TOAN', 'DIA_LI'))).toEqual(['SUBJECT_CHOICE']);
    expect(await items(swap('VAT_LI', null))).toEqual(['SUBJECT_CHOICE']);
    expect(await items({ ...swap('VAT_LI', 'DIA_LI'), effectiveOn: '2027-02-01' })).toEqual([
      'IN_THE_FUTURE',
    ]);
    expect((await teacher.post(path(), swap('VAT_LI', 'DIA_LI'))).status).toBe(403);
    expect((await vice.post(path(), swap('VAT_LI', 'DIA_LI'))).status).toBe(403);
    const stranger = { ...swap('VAT_LI', 'DIA_LI'), pupilId: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' };
    expect((await homeroom.post(path(), stranger)).status).toBe(404);
  });

  test('a request may be taken back or refused, and then changes nothing', async () => {
    const first = await ask('VAT_LI', 'DIA_LI');
    expect((await homeroom.post(path(), swap('VAT_LI', 'DIA_LI'))).body.code).toBe('ALREADY_EXISTS');
    expect((await vice.post(`${path()}/${first.id}/withdraw`)).status).toBe(403);
    expect((await homeroom.post(`${path()}/${first.id}/withdraw`)).body).toMatchObject({
      state: 'withdrawn',
    });
    const second = await ask('VAT_LI', 'DIA_LI');
    const reason = 'Đã quá nửa học kì';
    expect((await homeroom.post(`${path()}/${second.id}/refuse`, { reason })).body.rule).toBe('R17.4');
    expect((await vice.post(`${path()}/${second.id}/refuse`, { reason })).body).toMatchObject({
      ...{ state: 'refused', decision: reason, decidedBy: vice.fullName },
    });
    await expect(
      vice.act('subject.approve', { changeIds: [second.id], decision, classId: ours.id }),
    ).rejects.toThrow('STATE_CONFLICT');
    expect((await rowOf('VAT_LI'))?.takesSubject).toBe(true);
  });

  test('nothing of the new subject is entered from before while no change is approved', async () => {
    const cells = [{ area: 'TOAN', period: 'HK1', column: 'TX1', value: '9' }];
    const entered = await homeroom.post(`/api/classes/${ours.id}/earlier-marks`, {
      ...{ pupilId, because: 'subject-changed', origin: 'Bài kiểm tra bổ sung' },
      ...{ evidence: 'Biên bản kiểm tra ngày 16/01/2027', cells },
    });
    expect([entered.status, entered.body.code]).toEqual([409, 'STATE_CONFLICT']);
  });

  test('from the approval on the old subject counts no more and keeps its marks; the new one is missing', async () => {
    const { id } = await ask('VAT_LI', 'DIA_LI');
    const sheet = `/api/classes/${ours.id}/sheets/VAT_LI/HK1`;
    const draft = { pupilId, column: 'GK', value: '7', version: 0 };
    expect((await teacher.put(`${sheet}/drafts`, { cells: [draft] })).status).toBe(200);
    await withResult(async () => {
      const refused = vice.post(`${path()}/approve`, { changeIds: [id], decision, act: await actOn(id) });
      expect((await refused).body).toMatchObject({ code: 'STATE_CONFLICT' });
    });
    await approve(id);
    // What was only drafted of the stopped subject does not become part of the book.
    expect((await teacher.post(`${sheet}/record`, { columns: ['GK'] })).body).toMatchObject({ recorded: 0 });
    const old = await rowOf('VAT_LI');
    expect([old?.takesSubject, old?.cells.map(({ column, value }) => [column, value]).sort()]).toEqual([
      false,
      [
        ['GK', '7'],
        ['TX1', '8'],
      ],
    ]);
    const typed = [{ pupilId, column: 'TX2', value: '9', version: 0 }];
    const closed = await teacher.put<ProblemBody>(`/api/classes/${ours.id}/sheets/VAT_LI/HK1/drafts`, {
      cells: typed,
    });
    expect([closed.status, closed.body.items?.[0]?.code]).toEqual([409, 'CELL_CLOSED']);
    expect(closed.body.items?.[0]?.message).toContain('học sinh không học môn này');
    expect([await missingOf('VAT_LI'), (await missingOf('DIA_LI'))?.[0]]).toEqual([[], 'TX1']);
    expect(await subjectsExplained()).toEqual(expect.arrayContaining(['DIA_LI', 'HOA_HOC']));
    expect(await subjectsExplained()).not.toContain('VAT_LI');
    // The other pupil goes on with the old one.
    expect((await rowOf('VAT_LI', ours.pupilIds[1]))?.takesSubject).toBe(true);
    const { body } = await vice.get<StatisticsAnswer>(`/api/statistics?yearId=${school.yearId}`);
    const counted = body.classes[0]?.subjects.map(({ area, notTaken, assessed }) => [
      area,
      notTaken,
      assessed,
    ]);
    expect(counted).toEqual(
      expect.arrayContaining([
        ['TOAN', 0, 2],
        ['VAT_LI', 1, 1],
        ['DIA_LI', 1, 1],
      ]),
    );
  });

  test('what the new subject lacks is entered from the papers and confirmed by a second person', async () => {
    const cells = [{ area: 'DIA_LI', period: 'HK1', column: 'TX1', value: '9' }];
    const earlier = `/api/classes/${ours.id}/earlier-marks`;
    const body = {
      ...{ pupilId, because: 'subject-changed', origin: 'Bài kiểm tra bổ sung' },
      ...{ evidence: 'Biên bản kiểm tra ngày 16/01/2027' },
    };
    const old = [{ area: 'VAT_LI', period: 'HK1', column: 'TX2', value: '9' }];
    expect((await homeroom.post(earlier, { ...body, cells: old })).status).toBeGreaterThanOrEqual(409);
    const entered = await homeroom.post<{ id: string }>(earlier, { ...body, cells });
    expect(entered.status).toBe(201);
    expect((await vice.post(`${earlier}/${entered.body.id}/confirm`)).status).toBe(200);
    expect((await rowOf('DIA_LI'))?.cells).toMatchObject([{ column: 'TX1', value: '9', state: 'recorded' }]);
    expect(await sheetFindings(server, school.id)).toEqual([]);
  });

  test('a correction of the old subject is still possible, and says that it moves no result', async () => {
    const mark = (await rowOf('VAT_LI'))?.cells.find(({ column }) => column === 'TX1');
    const asked = await teacher.post<{ corrections: { id: string }[] }>('/api/corrections', {
      ...{ classId: ours.id, area: 'VAT_LI', period: 'HK1', reason: 'Cộng sót điểm câu 2b' },
      cells: [{ pupilId, column: 'TX1', newValue: '8.5', version: mark?.version }],
    });
    const id = asked.body.corrections[0]?.id ?? '';
    const effect = await vice.get<{ unknownBecause: string }>(`/api/corrections/${id}/effect`);
    expect(effect.body.unknownBecause).toContain('đã thôi học môn này');
    expect((await teacher.post(`/api/corrections/${id}/withdraw`)).status).toBeLessThan(300);
  });

  test('row 20: nobody approves what they asked for; the table refuses it too, and that a decision changes', async () => {
    const both = await school.person('pho-chu-nhiem', 'vice-principal');
    await school.assign(both, ours, HOMEROOM);
    const other = ours.pupilIds[1] ?? '';
    const asked = await both.post<SubjectChangeAnswer>(path(), swap('VAT_LI', 'DIA_LI', other));
    const params = { changeIds: [asked.body.id], decision, classId: ours.id };
    await expect(both.act('subject.approve', params)).rejects.toThrow('R17.4');
    const by = (decidedBy: string) => ({
      ...{ state: 'approved' as const, decidedBy, decidedAt: '2027-01-20T02:00:00.000Z' },
      ...{ decision, actId: 'x' },
    });
    const write = (id: string, values: Partial<SubjectChange>) =>
      server.database.write((tx) => tx.update(SubjectChange, { schoolId: school.id, id }, values));
    await expect(write(asked.body.id, by(both.id))).rejects.toThrow(/CHECK|check/);
    await expect(write(asked.body.id, { taken: 'HOA_HOC' })).rejects.toThrow('does not change');
    const { body } = await vice.get<SubjectChangesAnswer>(path());
    const over = body.changes.find(({ state }) => state === 'refused')?.id ?? '';
    await expect(write(over, by(vice.id))).rejects.toThrow('is over');
    // A decision for one pupil is not one for another: the act names exactly what was confirmed.
    const act = await vice.act('subject.approve', params);
    const moved = { ...params, decision: 'Quyết định số 08/QĐ-THPT', act };
    expect(
      (await vice.post(`${path()}/approve`, { changeIds: moved.changeIds, decision: moved.decision, act }))
        .body.code,
    ).toBe('ACT_INVALID');
    expect(await sheetFindings(server, school.id)).toEqual([]);
  });

  test('goes along into another class, and waits there for no open request', async () => {
    const next = await school.class('10A2', 10, ['Lê Chi'], ['TOAN', 'VAT_LI', 'HOA_HOC', 'DIA_LI']);
    const to = { toClassId: next.id, on: '2027-01-19', paper: 'Quyết định số 21/QĐ-THPT' };
    const waiting = await clerk.post(`/api/classes/${ours.id}/pupils/${ours.pupilIds[1] ?? ''}/move`, to);
    expect([waiting.status, waiting.body.code]).toEqual([409, 'STATE_CONFLICT']);
    expect((await clerk.post(`/api/classes/${ours.id}/pupils/${pupilId}/move`, to)).status).toBe(200);
    const query = `classIds=${next.id}&areas=VAT_LI&periods=HK1`;
    const { body } = await vice.get<LockPreviewAnswer>(`/api/locks/preview?${query}`);
    expect(body.sheets[0]?.missing.filter((cell) => cell.pupilId === pupilId)).toEqual([]);
  });
});
