/** Progress at any moment from the journal, minutes with the opinion of who was checked, reminders. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  InspectionAnswer,
  ProgressAnswer,
  ReminderAnswer,
  RemindersAnswer,
} from '#contracts/reports.js';
import type { PupilWarnings } from '#contracts/results.js';
import { ENGINE } from './engine.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type TestClass,
  type TestSchool,
} from './school.js';

describe(`what a check of progress sees on ${ENGINE}`, () => {
  let server: TestServer;
  let school: TestSchool;
  let target: TestClass;
  let vice: Desk;
  let homeroom: Desk;
  let maths: Desk;
  let stranger: Desk;

  beforeAll(async () => {
    server = await TestServer.start('2026-11-10T02:00:00.000Z');
    school = await server.school('thcs-kiem-tra', 'LOWER_SECONDARY');
    vice = await school.person('pho', 'vice-principal');
    homeroom = await school.person('gvcn', 'teacher');
    maths = await school.person('gvtoan', 'teacher');
    stranger = await school.person('gvla', 'teacher');
    target = await school.class('6A1', 6, ['Trần An', 'Lê Bình', 'Phạm Chi'], ['TOAN', 'NGU_VAN']);
    await school.assign(homeroom, target, HOMEROOM, 'NGU_VAN');
    await school.assign(maths, target, 'TOAN');
    await openEverything(vice, school, server.clock, 'HK1');
    await recordColumn(maths, target, 'TOAN/HK1', 'TX1', ['8', '7', '6']);
    server.clock.advance(60_000);
  }, 60_000);
  afterAll(() => server.stop());

  const progressOf = async (desk: Desk, query = '') => {
    const path = `/api/progress?yearId=${school.yearId}${query}`;
    const { status, body } = await desk.get<ProgressAnswer>(path);
    const sheet = body.classes?.[0]?.sheets.find(({ area, period }) => area === 'TOAN' && period === 'HK1');
    const columns = sheet?.columns.map(({ column, recorded, missing }) => `${column} ${recorded}/${missing}`);
    return { status, sheet, columns, classes: body.classes };
  };

  test('the same past moment reads the same after more was recorded, and nothing at all before', async () => {
    const moment = server.clock.timestamp();
    server.clock.advance(60_000);
    await recordColumn(maths, target, 'TOAN/HK1', 'TX2', ['9', '9', '9']);
    server.clock.advance(60_000);
    const then = await progressOf(vice, `&at=${moment}`);
    expect(then.sheet).toMatchObject({ recorded: 3, teachers: [{ id: maths.id }] });
    expect(then.columns?.slice(0, 2)).toEqual(['TX1 3/0', 'TX2 0/3']);
    expect((await progressOf(vice)).columns?.slice(0, 2)).toEqual(['TX1 3/0', 'TX2 3/0']);
    const before = await progressOf(vice, '&at=2026-11-09T02:00:00Z');
    expect(before.sheet?.recorded).toBe(0);
  });

  test('a homeroom teacher follows the own class, a stranger nothing, and no value is in the answer', async () => {
    expect((await progressOf(homeroom)).classes).toHaveLength(1);
    expect((await progressOf(stranger)).classes).toEqual([]);
    expect((await progressOf(stranger, `&classId=${target.id}`)).status).toBe(404);
    expect(JSON.stringify((await progressOf(vice)).classes)).not.toMatch(/"value"/);
  });

  test('practice 14: absences near 45 are named to the homeroom teacher', async () => {
    await recordColumn(homeroom, target, 'REN_LUYEN/HK1', 'VANG_P', ['30', '2', '0']);
    await recordColumn(homeroom, target, 'REN_LUYEN/HK1', 'VANG_K', ['11', '0', '0']);
    const path = `/api/results/${target.id}/warnings`;
    const { body } = await homeroom.get<PupilWarnings[]>(path);
    const absent = body.find(({ pupilId }) => pupilId === target.pupilIds[0]);
    expect(absent?.warnings.map(({ code }) => code)).toContain('ABSENCES_NEAR_LIMIT');
    expect(body.some(({ pupilId }) => pupilId === target.pupilIds[1])).toBe(false);
    expect((await maths.get(path)).status).toBe(403);
    expect((await stranger.get(path)).status).toBe(404);
  });

  test('minutes keep what was there; the teacher checked says something to them, once, and others do not see them', async () => {
    const request = {
      ...{ yearId: school.yearId, classId: target.id, period: 'HK1', number: '05/BB' },
      ...{ conclusion: 'Toán 6A1 còn thiếu điểm giữa kì.', checked: [maths.id] },
    };
    expect((await homeroom.post('/api/inspections', request)).status).toBe(403);
    const made = await vice.post<InspectionAnswer>('/api/inspections', request);
    expect(made.status).toBe(201);
    expect((await vice.post('/api/inspections', request)).body.code).toBe('ALREADY_EXISTS');
    const strange = { ...request, number: '07/BB', yearId: target.id, classId: undefined };
    expect((await vice.post('/api/inspections', strange)).status).toBe(404);
    const ahead = { ...request, number: '06/BB', at: '2027-01-01T00:00:00Z' };
    expect((await vice.post('/api/inspections', ahead)).body.items?.[0]?.code).toBe('IN_THE_FUTURE');

    const path = `/api/inspections/${made.body.id}/opinion`;
    expect((await stranger.post(path, { opinion: 'Không liên quan' })).status).toBe(404);
    const said = await maths.post<InspectionAnswer>(path, { opinion: 'Sẽ kiểm tra bù tuần sau.' });
    expect(said.body.opinions).toMatchObject([{ opinion: 'Sẽ kiểm tra bù tuần sau.' }]);
    expect((await maths.post(path, { opinion: 'Nói lại' })).status).toBe(409);
    expect((await stranger.get<InspectionAnswer[]>('/api/inspections')).body).toEqual([]);
    const [kept] = (await vice.get<InspectionAnswer[]>('/api/inspections')).body;
    expect(kept?.progress).toEqual(made.body.progress);
  });

  test('a reminder reaches the teacher of the sheet, says how much is missing, and is ticked off by them alone', async () => {
    const request = { classId: target.id, area: 'TOAN', period: 'HK1', message: 'Còn thiếu giữa kì' };
    expect((await stranger.post('/api/reminders', request)).status).toBe(404);
    const sent = await homeroom.post<ReminderAnswer[]>('/api/reminders', request);
    expect(sent.body).toMatchObject([{ to: { id: maths.id }, from: { id: homeroom.id } }]);
    expect(sent.body[0]?.missing).toBeGreaterThan(0);
    const id = sent.body[0]?.id ?? '';
    expect((await homeroom.post(`/api/reminders/${id}/seen`)).status).toBe(404);
    expect((await maths.post(`/api/reminders/${id}/seen`)).status).toBe(204);
    const mine = await maths.get<RemindersAnswer>('/api/reminders');
    expect(mine.body.reminders[0]?.seenAt).not.toBeNull();
    expect((await homeroom.get<RemindersAnswer>('/api/reminders')).body.reminders).toEqual([]);
  });
});
