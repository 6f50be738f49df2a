import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClassAnswer, ClassesAnswer } from '#contracts/school.js';
import type {
  DraftsAnswer,
  MarkHistoryAnswer,
  RecordAnswer,
  SheetAnswer,
  SheetsAnswer,
} from '#contracts/gradebook.js';
import { ENGINE } from './engine.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type ProblemBody,
  type TestClass,
  type TestSchool,
} from './school.js';

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let it: Desk;
let math: Desk;
let homeroom: Desk;
let stranger: Desk;
let ours: TestClass;
let theirs: TestClass;
let sheet: string;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-a', 'LOWER_SECONDARY');
  vice = await school.person('pho', 'vice-principal');
  it = await school.person('cntt', 'it-officer');
  math = await school.person('toan', 'teacher');
  homeroom = await school.person('chu-nhiem', 'teacher');
  stranger = await school.person('lop-khac', 'teacher');
  ours = await school.class('6A1', 6, ['Nguyễn Minh Anh', 'Lò Thị Ó', 'Trần An', 'Bùi Văn Ánh']);
  theirs = await school.class('6A2', 6, ['Đỗ Gia Huy']);
  await school.assign(math, ours, 'TOAN');
  await school.assign(homeroom, ours, HOMEROOM, 'NGU_VAN');
  await school.assign(stranger, theirs, 'TOAN', HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
  sheet = `/api/classes/${ours.id}/sheets/TOAN/HK1`;
}, 60_000);
afterAll(() => server.stop(), 30_000);

function cell(pupil: number, column: string, value: string | null, version = 0) {
  return { pupilId: ours.pupilIds[pupil], column, value, version };
}

describe(`the gradebook on ${ENGINE}`, () => {
  test('a teacher sees the own classes only; the office and the managers see all', async () => {
    const seen = async (desk: Desk) =>
      (await desk.get<ClassesAnswer>('/api/classes')).body.classes.map((each) => each.name);
    expect(await seen(math)).toEqual(['6A1']);
    expect(await seen(vice)).toEqual(['6A1', '6A2']);
    expect(await seen(it)).toEqual(['6A1', '6A2']);
  });

  test('pupils stand in the order of a Vietnamese class list', async () => {
    const { body } = await math.get<ClassAnswer>(`/api/classes/${ours.id}`);
    expect(body.pupils.map((pupil) => pupil.fullName)).toEqual([
      'Trần An',
      'Nguyễn Minh Anh',
      'Bùi Văn Ánh',
      'Lò Thị Ó',
    ]);
    expect(body.homeroom?.fullName).toBe(homeroom.fullName);
    expect(body.sheets.filter((each) => each.mine).map((each) => `${each.area} ${each.period}`)).toEqual([
      'TOAN HK1',
      'TOAN HK2',
    ]);
  });

  test('a class that one has nothing to do with is not found, whether it is there or not', async () => {
    const foreign = await stranger.get(`/api/classes/${ours.id}`);
    const nowhere = await stranger.get('/api/classes/00000000-0000-4000-8000-000000000000');
    expect([foreign.status, nowhere.status]).toEqual([404, 404]);
    expect(foreign.body.detail).toBe(nowhere.body.detail);
    expect((await stranger.get(sheet)).status).toBe(404);
    expect((await stranger.put(`${sheet}/drafts`, { cells: [cell(0, 'TX1', '9')] })).status).toBe(404);
    expect((await stranger.get('/api/classes/%00')).status).toBe(404);
  });

  test('drafts are saved in canonical form, and the version seen comes back with each', async () => {
    const saved = await math.put<DraftsAnswer>(`${sheet}/drafts`, {
      cells: [cell(0, 'TX1', '8,5'), cell(1, 'TX1', '10,0'), cell(2, 'TX1', ' 7 '), cell(3, 'TX1', '0')],
    });
    expect(saved.status).toBe(200);
    expect(saved.body.cells.map(({ value, version }) => [value, version])).toEqual([
      ['8.5', 1],
      ['10', 1],
      ['7', 1],
      ['0', 1],
    ]);
    const { body } = await math.get<SheetAnswer>(sheet);
    const first = body.pupils.find((pupil) => pupil.id === ours.pupilIds[0]);
    expect(first?.cells).toMatchObject([{ column: 'TX1', value: '8.5', state: 'draft', version: 1 }]);
    expect(body).toMatchObject({ mayEnter: true, locked: false, areaLabel: 'Toán' });
  });

  test('a draft is the teacher’s own: the homeroom teacher and the managers see recorded cells only', async () => {
    for (const desk of [homeroom, vice]) {
      const { body } = await desk.get<SheetAnswer>(sheet);
      expect(body.mayEnter).toBe(false);
      expect(body.pupils.flatMap((pupil) => pupil.cells)).toEqual([]);
    }
    const list = await it.get<SheetsAnswer>(`/api/classes/${ours.id}/sheets`);
    expect(list.body.sheets.find((each) => each.area === 'TOAN')).toMatchObject({
      drafts: 4,
      recorded: 0,
      required: 24,
    });
    expect((await it.get(sheet)).status).toBe(403);
  });

  test('every wrong cell is named at once, and nothing of the call is saved', async () => {
    const refused = await math.put(`${sheet}/drafts`, {
      cells: [
        cell(0, 'TX2', '85'),
        cell(1, 'TX2', '8,55'),
        cell(2, 'TX2', '7'),
        cell(3, 'TX9', '7'),
        cell(3, 'TX2', 'x'),
      ],
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'CELL_INVALID']);
    expect(refused.body.items?.map((item) => item.where)).toEqual([
      'cells.0',
      'cells.1',
      'cells.3',
      'cells.4',
    ]);
    expect(refused.body.items?.[0]?.message).toContain('Nguyễn Minh Anh, ĐĐGtx 2');
    const { body } = await math.get<SheetAnswer>(sheet);
    expect(body.pupils.flatMap((pupil) => pupil.cells).map((each) => each.column)).toEqual(
      Array(4).fill('TX1'),
    );
  });

  test('a stale version answers with both values; sending the same value again is no conflict', async () => {
    const stale = await math.put(`${sheet}/drafts`, {
      cells: [cell(0, 'TX1', '9', 0), cell(1, 'TX1', '9', 1)],
    });
    expect([stale.status, stale.body.code]).toEqual([409, 'STALE_VERSION']);
    expect(stale.body.conflicts).toEqual([
      expect.objectContaining({
        pupilId: ours.pupilIds[0],
        mine: '9',
        theirs: '8.5',
        version: 1,
        teacher: math.fullName,
      }),
    ]);
    const again = await math.put<DraftsAnswer>(`${sheet}/drafts`, { cells: [cell(0, 'TX1', '8.5', 0)] });
    expect([again.status, again.body.cells[0]?.version]).toEqual([200, 1]);
  });

  test('unknown fields are refused, wherever they are', async () => {
    const forged = { ...cell(0, 'TX2', '9'), state: 'recorded' };
    const refused = await math.put(`${sheet}/drafts`, { cells: [forged], schoolId: 'x' });
    expect(refused.status).toBe(400);
    expect(
      refused.body.items?.filter((item) => item.code === 'UNKNOWN_FIELD').map((item) => item.where),
    ).toEqual(['schoolId', 'cells.0.state']);
    expect((await math.put(`${sheet}/drafts`, { cells: [null] })).status).toBe(400);
  });

  test('a pupil of another class, or of none, is not found', async () => {
    const other = { ...cell(0, 'TX2', '9'), pupilId: theirs.pupilIds[0] };
    const refused = await math.put(`${sheet}/drafts`, { cells: [cell(1, 'TX2', '9'), other] });
    expect([refused.status, refused.body.code]).toEqual([404, 'NOT_FOUND']);
  });

  test('a colleague who teaches another subject of the class may look but not enter', async () => {
    const refused = await homeroom.put(`${sheet}/drafts`, { cells: [cell(0, 'TX2', '9')] });
    expect([refused.status, refused.body.rule]).toEqual([403, 'R1.4']);
    expect((await homeroom.get(sheet)).status).toBe(200);
    const conduct = `/api/classes/${ours.id}/sheets/REN_LUYEN/HK1`;
    const cells = [cell(0, 'MUC', 'Tốt'), cell(0, 'VANG_P', '2')];
    expect((await homeroom.put(`${conduct}/drafts`, { cells })).status).toBe(200);
    expect((await math.put(`${conduct}/drafts`, { cells })).status).toBe(403);
  });

  test('recording fixes the drafts of the chosen columns and says what it fixed', async () => {
    await math.put(`${sheet}/drafts`, { cells: [cell(0, 'GK', '6'), cell(1, 'TX1', null, 1)] });
    const recorded = await math.post<RecordAnswer>(`${sheet}/record`, { columns: ['TX1'] });
    expect(recorded.body).toEqual({
      recorded: 3,
      columns: [{ column: 'TX1', recorded: 3, before: 0, empty: 1 }],
    });
    const { body } = await homeroom.get<SheetAnswer>(sheet);
    expect(body.pupils.flatMap((pupil) => pupil.cells).map((each) => each.column)).toEqual([
      'TX1',
      'TX1',
      'TX1',
    ]);
  });

  test('a recorded mark cannot be edited, also inside the open window', async () => {
    const refused = await math.put(`${sheet}/drafts`, {
      cells: [cell(0, 'TX1', '10', 2), cell(2, 'TX2', '8')],
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'CELL_RECORDED']);
    expect(refused.body.items).toHaveLength(1);
    const { body } = await math.get<SheetAnswer>(sheet);
    const first = body.pupils.find((pupil) => pupil.id === ours.pupilIds[0]);
    expect(first?.cells.find((each) => each.column === 'TX1')).toMatchObject({
      value: '8.5',
      state: 'recorded',
    });
    expect(body.pupils.flatMap((pupil) => pupil.cells).some((each) => each.column === 'TX2')).toBe(false);
  });

  test('the history of a mark names who recorded it and when; a draft has none', async () => {
    const { body } = await math.get<SheetAnswer>(sheet);
    const cells = body.pupils.find((pupil) => pupil.id === ours.pupilIds[0])?.cells ?? [];
    const of = (column: string) => cells.find((each) => each.column === column)?.markId ?? '';
    const recorded = await homeroom.get<MarkHistoryAnswer>(`/api/marks/${of('TX1')}/history`);
    expect(recorded.body.events).toMatchObject([
      { type: 'mark.recorded', by: math.fullName, value: '8.5', old: null },
    ]);
    const draft = await homeroom.get<MarkHistoryAnswer>(`/api/marks/${of('GK')}/history`);
    expect([draft.body.events, draft.body.value]).toEqual([[], null]);
    expect((await stranger.get(`/api/marks/${of('TX1')}/history`)).status).toBe(404);
  });

  test('two writers of one new cell: one is told that it changed meanwhile', async () => {
    const both = await Promise.all(
      ['5', '6'].map((value) => math.put<ProblemBody>(`${sheet}/drafts`, { cells: [cell(2, 'CK', value)] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('a sheet of 45 pupils is saved and recorded as a whole', async () => {
    const many = await school.class(
      '7A1',
      7,
      Array.from({ length: 45 }, (_, i) => `Học Sinh ${i + 1}`),
    );
    await school.assign(math, many, 'TOAN');
    await recordColumn(
      math,
      many,
      'TOAN/HK1',
      'TX1',
      many.pupilIds.map((_, i) => String(i % 11)),
    );
    const { body } = await math.get<SheetAnswer>(`/api/classes/${many.id}/sheets/TOAN/HK1`);
    expect(body.pupils.filter((pupil) => pupil.cells[0]?.state === 'recorded')).toHaveLength(45);
  });

  test('saving, recording and reading 45 cells takes no more statements than one', async () => {
    const pupils = Array.from({ length: 45 }, (_, i) => `Học Sinh ${i + 1}`);
    const counts: number[][] = [];
    await math.get('/api/session');
    for (const size of [1, 45]) {
      const target = await school.class(`8A${size}`, 8, pupils.slice(0, size), ['TOAN']);
      await school.assign(math, target, 'TOAN');
      const path = `/api/classes/${target.id}/sheets/TOAN/HK1`;
      const cells = target.pupilIds.map((pupilId) => ({ pupilId, column: 'TX1', value: '8', version: 0 }));
      const steps = [
        () => math.put(`${path}/drafts`, { cells }),
        () => math.post(`${path}/record`, { columns: ['TX1'] }),
        () => math.get(path),
      ];
      const taken: number[] = [];
      for (const step of steps) taken.push(await server.statements(step));
      counts.push(taken);
    }
    expect(counts[1]).toEqual(counts[0]);
    expect(Math.min(...(counts[0] ?? []))).toBeGreaterThan(3);
    expect(Math.max(...(counts[0] ?? []))).toBeLessThan(20);
  });

  test('another school’s class, mark and pupil are not found by its managers either', async () => {
    const other = await server.school('thcs-b', 'LOWER_SECONDARY');
    const foreign = await other.person('hieu-truong', 'principal', 'vice-principal', 'it-officer');
    const { body } = await math.get<SheetAnswer>(sheet);
    const mark = body.pupils.flatMap((pupil) => pupil.cells)[0]?.markId ?? '';
    const paths = [
      `/api/classes/${ours.id}`,
      sheet,
      `/api/classes/${ours.id}/sheets`,
      `/api/marks/${mark}/history`,
    ];
    for (const path of paths) expect([path, (await foreign.get(path)).status]).toEqual([path, 404]);
    expect((await foreign.put(`${sheet}/drafts`, { cells: [cell(0, 'TX2', '9')] })).status).toBe(404);
    expect((await foreign.post(`${sheet}/record`, { columns: ['TX1'] })).status).toBe(404);
  });
});
