import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Correction } from '#api/corrections/corrections.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import type { CorrectionAnswer, CorrectionsAnswer } from '#contracts/corrections.js';
import type { MarkHistoryAnswer, SheetAnswer } from '#contracts/gradebook.js';
import { ENGINE } from './engine.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Answer,
  type Desk,
  type ProblemBody,
  type TestClass,
  type TestSchool,
} from './school.js';

jest.setTimeout(30_000);

let server: TestServer;
let school: TestSchool;
let principal: Desk;
let vice: Desk;
let teachingVice: Desk;
let it: Desk;
let teacher: Desk;
let homeroom: Desk;
let ours: TestClass;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-c', 'LOWER_SECONDARY');
  principal = await school.person('truong', 'principal');
  vice = await school.person('pho', 'vice-principal');
  teachingVice = await school.person('pho-day', 'vice-principal');
  it = await school.person('cntt', 'it-officer');
  teacher = await school.person('toan', 'teacher');
  homeroom = await school.person('chu-nhiem', 'teacher');
  const names = Array.from({ length: 12 }, (_, i) => `Học Sinh ${String.fromCharCode(65 + i)}`);
  ours = await school.class('6A1', 6, names, ['TOAN', 'NGU_VAN', 'TIN_HOC']);
  await school.assign(teacher, ours, 'TOAN');
  await school.assign(homeroom, ours, HOMEROOM, 'NGU_VAN');
  await school.assign(teachingVice, ours, 'TIN_HOC');
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', Array(12).fill('6'));
  await recordColumn(homeroom, ours, 'NGU_VAN/HK1', 'TX1', Array(12).fill('7'));
  await recordColumn(teachingVice, ours, 'TIN_HOC/HK1', 'TX1', Array(12).fill('8'));
}, 60_000);
afterAll(() => server.stop(), 30_000);

const REASON = 'Cộng sót điểm câu 2b bài kiểm tra';

function asked(area: string, pupils: readonly number[], newValue: string, version = 2, column = 'TX1') {
  const cells = pupils.map((pupil) => ({ pupilId: ours.pupilIds[pupil], column, newValue, version }));
  return { classId: ours.id, area, period: 'HK1', reason: REASON, cells };
}

async function request(desk: Desk, area: string, pupil: number, newValue = '6,5'): Promise<CorrectionAnswer> {
  const answer = await desk.post<CorrectionsAnswer>('/api/corrections', asked(area, [pupil], newValue));
  const [correction] = answer.body.corrections ?? [];
  if (correction === undefined) throw new Error(JSON.stringify(answer.body));
  return correction;
}

function approve<T = ProblemBody>(desk: Desk, ...ids: string[]): Promise<Answer<T>> {
  return desk.stepUp<T>('correction.approve', { correctionIds: ids }, '/api/corrections/approve');
}

async function markOf(area: string, pupil: number, column = 'TX1') {
  const { body } = await vice.get<SheetAnswer>(`/api/classes/${ours.id}/sheets/${area}/HK1`);
  const found = body.pupils.find(({ id }) => id === ours.pupilIds[pupil]);
  return found?.cells.find((cell) => cell.column === column);
}

describe(`a correction on ${ENGINE}`, () => {
  test('goes from request by confirmation to approval, is applied, and old and new stay in the history', async () => {
    const made = await request(teacher, 'TOAN', 0);
    expect(made).toMatchObject({
      state: 'requested',
      oldValue: '6',
      newValue: '6.5',
      confirmationSkipped: null,
    });

    const early = await vice.post('/api/acts', {
      action: 'correction.approve',
      params: { correctionIds: [made.id] },
    });
    expect([early.status, early.body.rule]).toEqual([403, 'R2.4']);
    for (const desk of [teacher, teachingVice, it]) {
      const refused = await desk.post(`/api/corrections/${made.id}/confirm`);
      expect([403, 404]).toContain(refused.status);
    }
    const confirmed = await homeroom.post<CorrectionsAnswer>(`/api/corrections/${made.id}/confirm`);
    expect(confirmed.body.corrections).toMatchObject([
      { state: 'confirmed', confirmedBy: homeroom.fullName },
    ]);

    const act = await vice.act('correction.approve', { correctionIds: [made.id] });
    const applied = await vice.post<CorrectionsAnswer>(`/api/corrections/${made.id}/approve`, { act });
    expect(applied.status).toBe(200);
    expect(applied.body.corrections).toMatchObject([{ state: 'applied', decidedBy: vice.fullName, may: [] }]);
    const mark = await markOf('TOAN', 0);
    expect(mark).toMatchObject({ value: '6.5', state: 'recorded', version: 3, teacher: teacher.fullName });

    const { body } = await teacher.get<MarkHistoryAnswer>(`/api/marks/${mark?.markId}/history`);
    expect(body.events).toMatchObject([
      { type: 'mark.recorded', value: '6', old: null },
      {
        ...{ type: 'mark.corrected', old: '6', value: '6.5', reason: REASON },
        ...{ requestedBy: teacher.fullName, confirmedBy: homeroom.fullName, approvedBy: vice.fullName },
      },
    ]);
  });

  test('is not approved by who asked, who recorded, who confirmed, who teaches the class, or the IT officer', async () => {
    const own = await request(teachingVice, 'TIN_HOC', 0, '9');
    await homeroom.post(`/api/corrections/${own.id}/confirm`);
    const params = { correctionIds: [own.id] };
    const self = await teachingVice.post('/api/acts', { action: 'correction.approve', params });
    expect([self.status, self.body.rule]).toEqual([403, 'R3.1']);

    const math = await request(teacher, 'TOAN', 1);
    await homeroom.post(`/api/corrections/${math.id}/confirm`);
    const rules = async (desk: Desk) =>
      (await desk.post('/api/acts', { action: 'correction.approve', params: { correctionIds: [math.id] } }))
        .body;
    expect(await rules(teachingVice)).toMatchObject({ code: 'FORBIDDEN', rule: 'R3.4' });
    expect(await rules(homeroom)).toMatchObject({ code: 'FORBIDDEN', rule: 'R3.3' });
    expect(await rules(teacher)).toMatchObject({ code: 'FORBIDDEN', rule: 'R3.1' });
    expect(await rules(it)).toMatchObject({ code: 'NOT_FOUND' });

    expect((await approve(principal, own.id, math.id)).status).toBe(200);
  });

  test('is not approved by delegation by who asked for it', async () => {
    await school.delegate(principal, teacher, 'correction.approve');
    const made = await request(teacher, 'TOAN', 2);
    await homeroom.post(`/api/corrections/${made.id}/confirm`);
    const params = { correctionIds: [made.id] };
    const refused = await teacher.post('/api/acts', { action: 'correction.approve', params });
    expect([refused.status, refused.body.rule]).toEqual([403, 'R3.1']);
    await teacher.post(`/api/corrections/${made.id}/withdraw`);
  });

  test('the database itself refuses a self-approval that SQL tries to write', async () => {
    const made = await request(teacher, 'TOAN', 3);
    const where = { schoolId: school.id, id: made.id };
    const write = (values: object) => server.database.write((tx) => tx.update(Correction, where, values));
    const approved = { state: 'approved' as const, actId: 'forged' };
    const decided = { state: 'applied' as const, actId: 'forged', appliedAt: server.clock.timestamp() };
    const confirmed = { confirmedBy: homeroom.id, confirmedAt: server.clock.timestamp() };
    // By the requester (who is the teacher of record too), by the confirmer, without a confirmation, without an act.
    await expect(write({ ...decided, ...confirmed, decidedBy: vice.id })).rejects.toThrow(/none is skipped/i);
    await expect(write({ ...approved, decidedBy: vice.id })).rejects.toThrow(/none is skipped/i);
    await expect(write({ state: 'confirmed', confirmedBy: teacher.id })).rejects.toThrow(/check/i);
    await expect(write({ confirmedBy: homeroom.id })).rejects.toThrow(/check/i);
    await expect(write({ newValue: '10' })).rejects.toThrow(/does not change/i);
    await homeroom.post(`/api/corrections/${made.id}/confirm`);
    await expect(write({ ...approved, decidedBy: teacher.id })).rejects.toThrow(/check/i);
    await expect(write({ ...approved, decidedBy: homeroom.id })).rejects.toThrow(/check/i);
    await expect(write({ ...approved, decidedBy: vice.id, actId: null })).rejects.toThrow(/check/i);
    await expect(write({ confirmedBy: vice.id })).rejects.toThrow(/does not change/i);
    const { body } = await teacher.get<CorrectionsAnswer>(
      `/api/corrections?classId=${ours.id}&state=confirmed`,
    );
    expect(body.corrections.map(({ id }) => id)).toContain(made.id);
    await teacher.post(`/api/corrections/${made.id}/withdraw`);
  });

  test('is approved once: the second approval is a conflict, and the act is for exactly this change', async () => {
    const one = await request(teacher, 'TOAN', 4);
    const other = await request(teacher, 'TOAN', 5, '10');
    await homeroom.post('/api/corrections/confirm', { correctionIds: [one.id, other.id] });
    const act = await vice.act('correction.approve', { correctionIds: [one.id] });
    const swapped = await vice.post(`/api/corrections/${other.id}/approve`, { act });
    expect([swapped.status, swapped.body.code]).toEqual([409, 'ACT_INVALID']);
    const borrowed = await principal.post(`/api/corrections/${one.id}/approve`, { act });
    expect([borrowed.status, borrowed.body.code]).toEqual([409, 'ACT_INVALID']);
    expect((await vice.post(`/api/corrections/${one.id}/approve`, { act })).status).toBe(200);
    const twice = await vice.post(`/api/corrections/${one.id}/approve`, { act });
    expect([twice.status, twice.body.code]).toEqual([409, 'STATE_CONFLICT']);
    const reused = await vice.post(`/api/corrections/${other.id}/approve`, { act });
    expect([reused.status, reused.body.code]).toEqual([409, 'ACT_INVALID']);
    expect(await markOf('TOAN', 5)).toMatchObject({ value: '6', version: 2 });
  });

  test('two approvers at once: one applies it, the other is told', async () => {
    const made = await request(teacher, 'TOAN', 6, '9');
    await homeroom.post(`/api/corrections/${made.id}/confirm`);
    const params = { correctionIds: [made.id] };
    const acts = [
      await vice.act('correction.approve', params),
      await principal.act('correction.approve', params),
    ];
    const both = await Promise.all(
      [vice, principal].map((desk, i) => desk.post('/api/corrections/approve', { ...params, act: acts[i] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await markOf('TOAN', 6)).toMatchObject({ value: '9', version: 3 });
  });

  test('of one cause holds many cells, confirmed and approved together in one act', async () => {
    const cells = [7, 8, 9];
    const made = await teacher.post<CorrectionsAnswer>('/api/corrections', asked('TOAN', cells, '7'));
    expect(new Set(made.body.corrections.map(({ requestId }) => requestId)).size).toBe(1);
    const ids = made.body.corrections.map(({ id }) => id);
    await homeroom.post('/api/corrections/confirm', { correctionIds: ids });
    const applied = await approve<CorrectionsAnswer>(vice, ...ids);
    expect(applied.body.corrections.map(({ state }) => state)).toEqual(['applied', 'applied', 'applied']);
    for (const pupil of cells) expect(await markOf('TOAN', pupil)).toMatchObject({ value: '7' });
  });

  test('by the homeroom teacher skips the confirmation, and shows it as skipped', async () => {
    const made = await request(homeroom, 'NGU_VAN', 0, '8');
    expect(made.confirmationSkipped).toContain('Người đề nghị là giáo viên chủ nhiệm');
    expect((await homeroom.post(`/api/corrections/${made.id}/confirm`)).status).toBe(403);
    expect((await approve(vice, made.id)).status).toBe(200);
  });

  test('is withdrawn by the requester alone, and rejected with a reason', async () => {
    const mine = await request(teacher, 'TOAN', 10);
    expect((await homeroom.post(`/api/corrections/${mine.id}/withdraw`)).status).toBe(403);
    const withdrawn = await teacher.post<CorrectionsAnswer>(`/api/corrections/${mine.id}/withdraw`);
    expect(withdrawn.body.corrections).toMatchObject([{ state: 'withdrawn' }]);
    expect((await homeroom.post(`/api/corrections/${mine.id}/confirm`)).body.code).toBe('STATE_CONFLICT');

    const bad = await request(teacher, 'TOAN', 10);
    const params = { correctionIds: [bad.id], reason: 'Chưa đính kèm bài làm có chữ kí' };
    const rejected = await vice.stepUp<CorrectionsAnswer>(
      'correction.reject',
      params,
      '/api/corrections/reject',
    );
    expect(rejected.body.corrections).toMatchObject([{ state: 'rejected', decisionReason: params.reason }]);
    const { body } = await vice.post('/api/acts', {
      action: 'correction.approve',
      params: { correctionIds: [bad.id] },
    });
    expect(body.code).toBe('FORBIDDEN');
  });

  test('is asked for once a cell, by who recorded or teaches it, for a value that is another and valid', async () => {
    const made = await request(teacher, 'TOAN', 11);
    const again = await teacher.post('/api/corrections', asked('TOAN', [11], '7'));
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_EXISTS']);
    await teacher.post(`/api/corrections/${made.id}/withdraw`);
    const refusals: [string, Promise<Answer<ProblemBody>>][] = [
      ['FORBIDDEN', homeroom.post('/api/corrections', asked('TOAN', [11], '7'))],
      ['FORBIDDEN', it.post('/api/corrections', asked('TOAN', [11], '7'))],
      ['CELL_INVALID', teacher.post('/api/corrections', asked('TOAN', [11], '6,0'))],
      ['CELL_INVALID', teacher.post('/api/corrections', asked('TOAN', [11], '65'))],
      ['STALE_VERSION', teacher.post('/api/corrections', asked('TOAN', [11], '7', 1))],
      ['STATE_CONFLICT', teacher.post('/api/corrections', asked('TOAN', [11], '7', 0, 'CK'))],
      ['VALIDATION', teacher.post('/api/corrections', { ...asked('TOAN', [11], '7'), state: 'applied' })],
    ];
    for (const [code, answer] of refusals) expect((await answer).body.code).toBe(code);
  });

  test('of another school is not found', async () => {
    const made = await request(teacher, 'TOAN', 11);
    const other = await server.school('thcs-d', 'LOWER_SECONDARY');
    const foreign = await other.person('pho', 'vice-principal', 'principal', 'teacher');
    expect((await foreign.post(`/api/corrections/${made.id}/confirm`)).status).toBe(404);
    expect((await foreign.post(`/api/corrections/${made.id}/withdraw`)).status).toBe(404);
    const params = { correctionIds: [made.id] };
    expect((await foreign.post('/api/acts', { action: 'correction.approve', params })).status).toBe(404);
    expect((await foreign.get<CorrectionsAnswer>('/api/corrections')).body.corrections).toEqual([]);
    expect((await foreign.post('/api/corrections', asked('TOAN', [11], '7'))).status).toBe(404);
    await teacher.post(`/api/corrections/${made.id}/withdraw`);
  });

  test('fills a cell that is missing after a lock: old value empty, the cell comes with its approval', async () => {
    const params = {
      sheets: [{ classId: ours.id, area: 'TOAN', period: 'HK1' }],
      gapsReason: 'HS nghỉ ốm, bổ sung sau',
    };
    expect((await vice.stepUp('period.lock', params, '/api/locks')).status).toBe(201);
    const outsider = await homeroom.post('/api/corrections', asked('TOAN', [0], '8', 0, 'CK'));
    expect(outsider.status).toBe(403);
    const made = await teacher.post<CorrectionsAnswer>('/api/corrections', asked('TOAN', [0], '8', 0, 'CK'));
    expect(made.body.corrections).toMatchObject([{ oldValue: null, newValue: '8', markId: null }]);
    const id = made.body.corrections[0]?.id ?? '';
    await homeroom.post(`/api/corrections/${id}/confirm`);
    expect((await approve(vice, id)).status).toBe(200);
    const mark = await markOf('TOAN', 0, 'CK');
    expect(mark).toMatchObject({ value: '8', state: 'recorded', version: 1, teacher: teacher.fullName });
    const { body } = await teacher.get<MarkHistoryAnswer>(`/api/marks/${mark?.markId}/history`);
    expect(body.events).toMatchObject([{ type: 'mark.corrected', old: null, value: '8' }]);
  });

  test('is void when the mark moved meanwhile', async () => {
    const made = await request(teacher, 'TOAN', 11);
    await homeroom.post(`/api/corrections/${made.id}/confirm`);
    const act = await vice.act('correction.approve', { correctionIds: [made.id] });
    const moved = { schoolId: school.id, id: made.markId ?? '' };
    await server.database.write((tx) => tx.update(MarkCell, moved, { version: 9 }));
    const refused = await vice.post(`/api/corrections/${made.id}/approve`, { act });
    expect([refused.status, refused.body.code]).toEqual([409, 'STALE_VERSION']);
  });

  test('in a primary school goes straight to approval, shown as skipped', async () => {
    const primary = await server.school('th-c', 'PRIMARY');
    const teacherOf4A = await primary.person('gv', 'teacher');
    const deputy = await primary.person('pho', 'vice-principal');
    const pupils = await primary.class('4A1', 4, ['Trần An'], ['TOAN']);
    await primary.assign(teacherOf4A, pupils, 'TOAN', HOMEROOM);
    await openEverything(deputy, primary, server.clock, 'CHK1');
    await recordColumn(teacherOf4A, pupils, 'TOAN/CHK1', 'MUC', ['H']);
    const made = await teacherOf4A.post<CorrectionsAnswer>('/api/corrections', {
      ...{ classId: pupils.id, area: 'TOAN', period: 'CHK1', reason: 'Nhập nhầm mức của bạn bên cạnh' },
      cells: [{ pupilId: pupils.pupilIds[0], column: 'MUC', newValue: 'Hoàn thành tốt', version: 2 }],
    });
    expect(made.body.corrections).toMatchObject([{ oldValue: 'H', newValue: 'T' }]);
    expect(made.body.corrections[0]?.confirmationSkipped).toContain('Cấp tiểu học');
    const applied = await approve<CorrectionsAnswer>(deputy, made.body.corrections[0]?.id ?? '');
    expect(applied.body.corrections).toMatchObject([{ state: 'applied' }]);
  });
});
