/** Rows 20 and 22 of the threat table: quiet edits of what is closed, and absurd marks. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MarkHistoryAnswer, SheetAnswer } from '#contracts/gradebook.js';
import { SchoolYear } from '#api/school/school.entities.js';
import { ENGINE } from '../integration/engine.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type ProblemBody,
  type TestClass,
  type TestSchool,
} from '../integration/school.js';

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let teacher: Desk;
let homeroom: Desk;
let ours: TestClass;
let sheet: string;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-r20', 'LOWER_SECONDARY', { homeroomConfirms: false });
  vice = await school.person('pho', 'vice-principal');
  teacher = await school.person('toan', 'teacher');
  homeroom = await school.person('chu-nhiem', 'teacher');
  ours = await school.class('6A1', 6, ['Trần An', 'Bùi Bình'], ['TOAN', 'GDTC']);
  await school.assign(teacher, ours, ...ours.subjects);
  await school.assign(homeroom, ours, HOMEROOM);
  sheet = `/api/classes/${ours.id}/sheets/TOAN/HK1`;
  await openEverything(vice, school, server.clock, 'HK1');
}, 60_000);
afterAll(() => server.stop(), 30_000);

const typed = (path: string, column: string, value: unknown, desk: Desk = teacher) =>
  desk.put<ProblemBody>(`${path}/drafts`, {
    cells: [{ pupilId: ours.pupilIds[1], column, value, version: 0 }],
  });

describe(`absurd marks on ${ENGINE}`, () => {
  test.each([
    ['TX1', ['10.1', '11', '-1', '100', '8,55', '1e1', '0x5', '٥', 'NaN', 'Infinity', '5/10', 'tám', 'V']],
    ['GK', ['10,01', '-0.5', 'VV', '8;5', '8 5']],
  ])('row 22: %s takes no value outside 0–10 with one decimal', async (column, values) => {
    for (const value of values) {
      const refused = await typed(sheet, column, value);
      expect([value, refused.status, refused.body.code]).toEqual([value, 422, 'CELL_INVALID']);
    }
  });

  test('row 22: each kind of column takes its own values: Đ/CĐ, conduct, counts', async () => {
    const conduct = `/api/classes/${ours.id}/sheets/REN_LUYEN/HK1`;
    const refusals = [
      await typed(`/api/classes/${ours.id}/sheets/GDTC/HK1`, 'TX1', '8'),
      await typed(conduct, 'MUC', '9', homeroom),
      await typed(conduct, 'VANG_P', '400', homeroom),
      await typed(conduct, 'VANG_P', '1,5', homeroom),
      await typed(conduct, 'NX', 'a\u202eb', homeroom),
    ];
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(
      refusals.map(() => [422, 'CELL_INVALID']),
    );
  });

  test('row 22: numbers, objects, unknown columns and whole lists of cells in one are refused', async () => {
    for (const value of [8, true, { $gt: '' }, ['8']])
      expect((await typed(sheet, 'TX1', value)).status).toBe(400);
    expect((await typed(sheet, 'TX9', '8')).status).toBe(422);
    expect((await typed(sheet, 'tx1', '8')).status).toBe(400);
    expect((await typed(`/api/classes/${ours.id}/sheets/TOAN/GHK1`, 'TX1', '8')).status).toBe(404);
  });

  test('row 22: the row-by-row way judges by the same rules, and nothing absurd is in the sheet', async () => {
    const cells = [{ pupilId: ours.pupilIds[1], column: 'TX1', value: '10,1', version: 0 }];
    const { body } = await teacher.put<{ cells: unknown[]; refused: { code: string }[] }>(`${sheet}/drafts`, {
      ...{ mode: 'each', cells },
    });
    expect([body.cells, body.refused.map(({ code }) => code)]).toEqual([[], ['CELL_INVALID']]);
    const after = await teacher.get<SheetAnswer>(sheet);
    expect(after.body.pupils.flatMap((pupil) => pupil.cells)).toEqual([]);
    expect((await typed(sheet, 'TX1', '10,0')).status).toBe(200);
  });
});

describe(`quiet edits on ${ENGINE}`, () => {
  let request: string;
  const reason = 'Cộng sót điểm câu 2b bài cuối kì';
  const ask = (over: object, desk: Desk = teacher) =>
    desk.post<ProblemBody & { corrections?: { id: string }[] }>('/api/corrections', {
      ...{ classId: ours.id, area: 'TOAN', period: 'HK1', reason },
      cells: [{ pupilId: ours.pupilIds[0], column: 'GK', newValue: '9', version: 2 }],
      ...over,
    });
  const lock = (area: string) => ({
    ...{ sheets: [{ classId: ours.id, area, period: 'HK1' }], gapsReason: 'Thiếu điểm, đã báo giáo viên' },
  });

  beforeAll(async () => {
    await recordColumn(teacher, ours, 'TOAN/HK1', 'GK', ['6']);
    await vice.stepUp('period.lock', lock('TOAN'), '/api/locks');
  }, 60_000);

  test('row 20: a locked sheet takes no draft and no recording, whatever window is open', async () => {
    const refused = await typed(sheet, 'CK', '9');
    expect([refused.status, refused.body.code]).toEqual([409, 'CELL_CLOSED']);
    expect((await teacher.post(`${sheet}/record`, { columns: ['TX1'] })).status).toBe(409);
    const each = await teacher.put<{ cells: unknown[] }>(`${sheet}/drafts`, {
      ...{ mode: 'each', cells: [{ pupilId: ours.pupilIds[1], column: 'CK', value: '9', version: 0 }] },
    });
    expect(each.body.cells).toEqual([]);
  });

  test('row 20: a change needs a reason, and a second person who confirms exactly it with a second factor', async () => {
    expect((await ask({ reason: '' })).status).toBe(400);
    const asked = await ask({});
    expect(asked.status).toBe(201);
    request = asked.body.corrections?.[0]?.id ?? '';
    const params = { correctionIds: [request] };
    const own = await teacher.post('/api/acts', { action: 'correction.approve', params });
    expect(own.status).toBeGreaterThanOrEqual(403);
    expect((await vice.post('/api/corrections/approve', params)).status).toBe(400);
    expect(await value(0, 'GK')).toBe('6');
    expect((await vice.stepUp('correction.approve', params, '/api/corrections/approve')).status).toBeLessThan(
      300,
    );
    expect(await value(0, 'GK')).toBe('9');
    const history = await teacher.get<MarkHistoryAnswer>(`/api/marks/${await markOf(0, 'GK')}/history`);
    expect(history.body.events.at(-1)).toMatchObject({
      ...{ old: '6', value: '9', reason, requestedBy: teacher.fullName, approvedBy: vice.fullName },
    });
  });

  test('row 20: in a closed year nothing is open, not even what was never locked; only a correction is left', async () => {
    await server.database.write((tx) =>
      tx.update(
        SchoolYear,
        { schoolId: school.id, id: school.yearId },
        { closedAt: server.clock.timestamp() },
      ),
    );
    const open = `/api/classes/${ours.id}/sheets/GDTC/HK1`;
    const refused = await typed(open, 'TX1', 'Đ');
    expect([refused.status, refused.body.items?.[0]?.message]).toEqual([
      409,
      expect.stringContaining('Năm học đã đóng'),
    ]);
    const described = await teacher.put(`${open}/columns/TX1`, { name: 'Bài mới', version: 0 });
    expect([described.status, described.body.code]).toEqual([409, 'YEAR_CLOSED']);
    const missing = await ask({
      area: 'GDTC',
      cells: [{ pupilId: ours.pupilIds[0], column: 'TX1', newValue: 'Đ', version: 0 }],
    });
    expect(missing.status).toBe(201);
    expect(await value(0, 'TX1', 'GDTC')).toBeUndefined();
    const params = { correctionIds: [missing.body.corrections?.[0]?.id ?? ''] };
    expect((await vice.stepUp('correction.approve', params, '/api/corrections/approve')).status).toBeLessThan(
      300,
    );
    expect(await value(0, 'TX1', 'GDTC')).toBe('D');
  });

  const cellOf = async (pupil: number, column: string, area: string) => {
    const { body } = await teacher.get<SheetAnswer>(`/api/classes/${ours.id}/sheets/${area}/HK1`);
    const row = body.pupils.find(({ id }) => id === ours.pupilIds[pupil]);
    return row?.cells.find((cell) => cell.column === column);
  };
  const value = async (pupil: number, column: string, area = 'TOAN') =>
    (await cellOf(pupil, column, area))?.value;
  const markOf = async (pupil: number, column: string) => (await cellOf(pupil, column, 'TOAN'))?.markId ?? '';
});
