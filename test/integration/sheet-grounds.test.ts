/** What stands behind the cells of a sheet: grounds, columns with owners, rows saved one by one, recordings taken back. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ColumnVersionAnswer } from '#contracts/columns.js';
import type { DraftsAnswer, MarkHistoryAnswer, SheetAnswer, WithdrawAnswer } from '#contracts/gradebook.js';
import type { GroundAnswer } from '#contracts/grounds.js';
import type { LockPreviewAnswer } from '#contracts/locks.js';
import type { ScratchColumnAnswer, ScratchColumnsAnswer } from '#contracts/scratch.js';
import type { EntityManager } from 'typeorm';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { ENGINE } from './engine.js';
import { sheetFindings } from './row-findings.js';
import { attacked } from './tamper.js';
import {
  HOMEROOM,
  openEverything,
  TestServer,
  type Desk,
  type ProblemBody,
  type TestClass,
  type TestSchool,
} from './school.js';

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let physics: Desk;
let biology: Desk;
let homeroom: Desk;
let ours: TestClass;
let sheet: string;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-g', 'LOWER_SECONDARY', { recordWithdrawal: true });
  vice = await school.person('pho', 'vice-principal');
  physics = await school.person('vat-li', 'teacher');
  biology = await school.person('sinh', 'teacher');
  homeroom = await school.person('chu-nhiem', 'teacher');
  ours = await school.class('6A1', 6, ['Trần An', 'Bùi Bình', 'Lê Chi'], ['KHTN', 'TOAN']);
  await school.assign(physics, ours, 'KHTN');
  await school.assign(biology, ours, 'KHTN');
  await school.assign(homeroom, ours, HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
  sheet = `/api/classes/${ours.id}/sheets/KHTN/HK1`;
}, 60_000);
afterAll(() => server.stop(), 30_000);

const cell = (pupil: number, column: string, value: string | null, version = 0) => ({
  ...{ pupilId: ours.pupilIds[pupil], column, value, version },
});
const drafts = (desk: Desk, ...cells: object[]) =>
  desk.put<DraftsAnswer & ProblemBody>(`${sheet}/drafts`, { cells });
const columnOf = async (desk: Desk, code: string) =>
  (await desk.get<SheetAnswer>(sheet)).body.columns.find((column) => column.code === code);
const rowOf = async (desk: Desk, pupil: number) =>
  (await desk.get<SheetAnswer>(sheet)).body.pupils.find(({ id }) => id === ours.pupilIds[pupil]);
const findings = () => sheetFindings(server, school.id);

describe(`columns on ${ENGINE}`, () => {
  test('row by row: a wrong cell keeps its own row back and nobody else’s; both values of a conflict are shown', async () => {
    await drafts(physics, cell(0, 'TX1', '8'));
    const saved = await physics.put<DraftsAnswer>(`${sheet}/drafts`, {
      mode: 'each',
      cells: [cell(0, 'TX1', '9'), cell(0, 'TX2', '7'), cell(1, 'TX1', '85'), cell(2, 'TX1', '6')],
    });
    expect(saved.status).toBe(200);
    expect(saved.body.cells).toMatchObject([{ pupilId: ours.pupilIds[2], value: '6', version: 1 }]);
    expect(saved.body.refused).toMatchObject([
      { index: 0, code: 'STALE_VERSION', conflict: { mine: '9', theirs: '8', version: 1 } },
      { index: 1, code: 'ROW_NOT_SAVED', conflict: null },
      { index: 2, code: 'CELL_INVALID' },
    ]);
    expect((await rowOf(physics, 0))?.cells.map(({ column }) => column)).toEqual(['TX1']);
    const other = await physics.put(`${sheet}/drafts`, { mode: 'some', cells: [cell(0, 'TX1', '9')] });
    expect(other.status).toBe(400);
  });

  test('a column has the name, the day and the strand of its test; a stale version answers with both', async () => {
    const path = `${sheet}/columns/TX1`;
    const said = { name: 'Kiểm tra 15 phút: lực', heldOn: '2026-11-09', strand: 'Vật lí', version: 0 };
    expect((await physics.put<ColumnVersionAnswer>(path, said)).body).toEqual({ version: 1 });
    expect(await columnOf(homeroom, 'TX1')).toMatchObject({
      name: said.name,
      heldOn: said.heldOn,
      version: 1,
    });
    const stale = await biology.put(path, { ...said, name: 'Khác' });
    expect([stale.status, stale.body.conflicts]).toEqual([
      409,
      [
        expect.objectContaining({
          mine: expect.objectContaining({ name: 'Khác' }),
          theirs: expect.anything(),
        }),
      ],
    ]);
    const early = await physics.put(path, { ...said, heldOn: '2025-11-09', version: 1 });
    expect([early.status, early.body.items?.[0]?.code]).toEqual([400, 'OUTSIDE_YEAR']);
    expect((await homeroom.put(path, { ...said, version: 1 })).status).toBe(403);
    expect((await physics.put(`${sheet}/columns/TX99`, said)).status).toBe(404);
  });

  test('a column with an owner is written and recorded by its owner alone; the others stay shared', async () => {
    const path = `${sheet}/columns/TX2/owner`;
    expect((await physics.put(path, { personId: biology.id, version: 0 })).status).toBe(403);
    expect((await vice.put(path, { personId: homeroom.id, version: 0 })).status).toBe(404);
    expect((await vice.put(path, { personId: biology.id, version: 0 })).status).toBe(200);
    const refused = await drafts(physics, cell(0, 'TX2', '7'));
    expect([refused.status, refused.body.items?.[0]?.message]).toEqual([
      403,
      expect.stringContaining(biology.fullName),
    ]);
    expect((await physics.post(`${sheet}/record`, { columns: ['TX2'] })).status).toBe(403);
    expect((await drafts(biology, cell(0, 'TX2', '7'))).status).toBe(200);
    expect((await drafts(physics, cell(0, 'CK', '7'))).status).toBe(200);
    expect((await drafts(biology, cell(0, 'CK', '8', 1))).status).toBe(200);
    expect(await columnOf(physics, 'TX2')).toMatchObject({ owner: biology.fullName, mine: false });
  });
});

describe(`grounds on ${ENGINE}`, () => {
  const absent = (over: object = {}) => ({
    ...{ pupilId: ours.pupilIds[1], column: 'GK', kind: 'absent', reason: 'Nghỉ không phép ngày kiểm tra' },
    ...{ notifiedOn: '2026-11-09', notifiedHow: 'Gọi điện cho mẹ' },
    ...over,
  });

  test('V is no typed value: it is recorded by a decision with a reason, of which the parents were told', async () => {
    expect((await drafts(physics, cell(1, 'GK', 'V'))).status).toBe(200);
    const typed = await physics.post(`${sheet}/record`, { columns: ['GK'] });
    expect([typed.status, typed.body.code]).toEqual([422, 'CELL_INVALID']);
    expect(typed.body.items?.[0]?.message).toContain('phải lập quyết định');
    const untold = await physics.post(`${sheet}/grounds`, { ...absent(), notifiedOn: undefined });
    expect([untold.status, untold.body.items?.[0]?.where]).toEqual([400, 'notifiedOn']);
    const regular = await physics.post(`${sheet}/grounds`, absent({ column: 'TX1' }));
    expect([regular.status, regular.body.code]).toEqual([422, 'CELL_INVALID']);
    expect((await homeroom.post(`${sheet}/grounds`, absent())).status).toBe(403);
    const decided = await physics.post<GroundAnswer>(`${sheet}/grounds`, absent());
    expect(decided.status).toBe(201);
    const row = await rowOf(homeroom, 1);
    expect(row?.cells).toMatchObject([{ column: 'GK', value: 'V', state: 'recorded' }]);
    expect(row?.notes).toMatchObject([{ column: 'GK', kind: 'absent' }]);
    const history = await homeroom.get<MarkHistoryAnswer>(`/api/marks/${row?.cells[0]?.markId}/history`);
    expect(history.body.events).toMatchObject([
      { type: 'mark.recorded', value: 'V', reason: absent().reason },
    ]);
    expect((await physics.post(`${sheet}/grounds/${decided.body.id}/withdraw`)).status).toBe(409);
    expect(await findings()).toEqual([]);
  });

  test('a make-up test needs its paper, in its own window, and its mark is missing until then', async () => {
    const late = {
      pupilId: ours.pupilIds[2],
      column: 'GK',
      kind: 'make-up',
      reason: 'Nằm viện tuần kiểm tra',
    };
    expect((await physics.post(`${sheet}/grounds`, late)).body.items?.[0]?.where).toBe('evidence');
    server.clock.advance(15 * 86_400_000);
    const times = {
      opensAt: server.clock.timestamp(),
      closesAt: new Date(server.clock.now().getTime() + 5 * 86_400_000).toISOString(),
    };
    const scope = { columns: ['GK'], areas: ['KHTN'], pupilIds: [ours.pupilIds[2]] };
    const announced = await vice.post('/api/notices', {
      ...{ number: '30/TB', issuedOn: server.clock.today(), title: 'Kiểm tra bù', yearId: school.yearId },
      windows: [{ period: 'HK1', scope, ...times, opening: 'clock', kind: 'make-up' }],
    });
    expect(announced.status).toBe(201);
    expect(await columnOf(physics, 'GK')).toMatchObject({ open: false, openFor: [ours.pupilIds[2]] });
    expect((await drafts(physics, cell(2, 'GK', '7'))).status).toBe(200);
    const bare = await physics.post(`${sheet}/record`, { columns: ['GK'] });
    expect([bare.status, bare.body.items?.[0]?.message]).toEqual([
      422,
      expect.stringContaining('giấy ra viện'),
    ]);
    const evidence = 'Giấy ra viện số 123/GRV';
    expect((await physics.post(`${sheet}/grounds`, { ...late, evidence })).status).toBe(201);
    expect((await physics.post(`${sheet}/grounds`, { ...late, evidence })).status).toBe(409);
    const preview = await vice.get<LockPreviewAnswer>(
      `/api/locks/preview?classIds=${ours.id}&areas=KHTN&periods=HK1`,
    );
    expect(preview.body.sheets[0]?.missing).toContainEqual(
      expect.objectContaining({ pupilName: 'Lê Chi', column: 'GK', draft: true }),
    );
    expect((await physics.post(`${sheet}/record`, { columns: ['GK'] })).status).toBe(200);
    expect((await rowOf(homeroom, 2))?.cells).toContainEqual(
      expect.objectContaining({ column: 'GK', value: '7', state: 'recorded' }),
    );
  });

  test('“không đánh giá” by an individual plan is not missing and not counted', async () => {
    const before = await summary();
    await homeroom.put(`/api/results/${ours.id}/notes`, {
      notes: [{ pupilId: ours.pupilIds[0], notAssessed: ['KHTN'] }],
    });
    expect((await rowOf(homeroom, 0))?.notAssessed).toBe(true);
    expect((await summary()).required).toBe((before.required / 3) * 2);
  });

  async function summary() {
    const { body } = await homeroom.get<{ sheets: { area: string; period: string; required: number }[] }>(
      `/api/classes/${ours.id}/sheets`,
    );
    const found = body.sheets.find(({ area, period }) => area === 'KHTN' && period === 'HK1');
    return { required: found?.required ?? 0 };
  }
});

describe(`scratch columns on ${ENGINE}`, () => {
  const chosen = (scratchId: string, pupil: number, column: string, version = 0) => ({
    ...{ scratchId, pupilId: ours.pupilIds[pupil], column, version },
  });
  const scratch = () => `${sheet}/scratch`;

  test('many results are kept outside any window, and are the teacher’s own', async () => {
    const made: ScratchColumnAnswer[] = [];
    for (const name of ['Hỏi bài tuần 4', 'Hỏi bài tuần 5', 'Vở ghi']) {
      const { body } = await physics.post<ScratchColumnAnswer>(scratch(), { name });
      const marks = ours.pupilIds.map((pupilId, i) => ({ pupilId, value: `${6 + i},5`, version: 0 }));
      const saved = await physics.put<ScratchColumnAnswer>(`${scratch()}/${body.id}/marks`, { marks });
      expect([saved.status, saved.body.marks.length]).toEqual([200, 3]);
      made.push(saved.body);
    }
    const [first] = made;
    const path = `${scratch()}/${first?.id ?? ''}/marks`;
    const mark = { pupilId: ours.pupilIds[0], value: '9', version: 0 };
    const stale = await physics.put(path, { marks: [mark] });
    expect([stale.status, stale.body.conflicts]).toEqual([
      409,
      [expect.objectContaining({ mine: '9', theirs: '6.5', version: 1 })],
    ]);
    expect((await physics.put(path, { marks: [{ ...mark, value: '11', version: 1 }] })).status).toBe(422);
    expect((await biology.put(path, { marks: [{ ...mark, version: 1 }] })).status).toBe(404);
    expect((await biology.get<ScratchColumnsAnswer>(scratch())).body.columns).toEqual([]);
    expect((await homeroom.get(scratch())).status).toBe(403);
    expect(
      (await homeroom.post(`/api/classes/${ours.id}/sheets/REN_LUYEN/HK1/scratch`, { name: 'x' })).status,
    ).toBe(404);
  });

  test('“chọn vào sổ” makes drafts of some of them, under the rules of drafts, each result once', async () => {
    const { body } = await physics.get<ScratchColumnsAnswer>(scratch());
    const [a = '', b = ''] = body.columns.map(({ id }) => id);
    const closed = await physics.post(`${scratch()}/choose`, { choices: [chosen(a, 1, 'TX3')] });
    expect([closed.status, closed.body.code]).toEqual([409, 'CELL_CLOSED']);
    await openEverything(vice, school, server.clock, 'HK1');
    const twice = await physics.post(`${scratch()}/choose`, {
      choices: [chosen(a, 1, 'TX3'), chosen(a, 1, 'TX4')],
    });
    expect(twice.status).toBe(400);
    const test = await physics.post(`${scratch()}/choose`, { choices: [chosen(a, 1, 'CK')] });
    expect(test.status).toBe(400);
    const done = await physics.post<DraftsAnswer>(`${scratch()}/choose`, {
      choices: [chosen(a, 1, 'TX3'), chosen(b, 1, 'TX4')],
    });
    expect(done.body.cells.map(({ column, value }) => [column, value])).toEqual([
      ['TX3', '7.5'],
      ['TX4', '7.5'],
    ]);
    expect((await biology.post(`${scratch()}/choose`, { choices: [chosen(a, 0, 'TX3')] })).status).toBe(404);
    expect((await physics.post(`${scratch()}/${a}/remove`)).status).toBe(204);
    expect((await physics.get<ScratchColumnsAnswer>(scratch())).body.columns).toHaveLength(2);
    expect((await rowOf(physics, 1))?.cells).toContainEqual(
      expect.objectContaining({ column: 'TX3', value: '7.5' }),
    );
  });
});

describe(`taking back a recording on ${ENGINE}`, () => {
  const conduct = () => `/api/classes/${ours.id}/sheets/REN_LUYEN/HK1`;
  const withdraw = (reason = 'Ghi nhầm lớp khác') =>
    homeroom.post<WithdrawAnswer & ProblemBody>(`${conduct()}/record/withdraw`, {
      columns: ['VANG_P'],
      reason,
    });
  const record = async (value: string, version: number) => {
    const cells = [cell(0, 'VANG_P', value, version)];
    expect((await homeroom.put(`${conduct()}/drafts`, { cells })).status).toBe(200);
    expect((await homeroom.post(`${conduct()}/record`, { columns: ['VANG_P'] })).status).toBe(200);
  };

  beforeAll(() => openEverything(vice, school, server.clock, 'HK1'));

  test('on the same day, while nobody else has read it: a draft again; who makes it recorded with SQL is found', async () => {
    await record('3', 0);
    const back = await withdraw();
    expect([back.status, back.body]).toEqual([200, { withdrawn: 1 }]);
    expect(await findings()).toEqual([]);
    await homeroom.put(`${conduct()}/drafts`, { cells: [cell(0, 'VANG_P', '4', 3)] });
    expect(await findings()).toEqual([]);
    const forged = (sql: EntityManager) =>
      sql.update(
        MarkCell,
        { schoolId: school.id, classId: ours.id, columnCode: 'VANG_P' },
        { state: 'recorded', recordedAt: server.clock.timestamp(), eventSeq: 1 },
      );
    const found = await attacked(server.database, forged, () => findings());
    expect([...new Set(found.map(({ code, table }) => `${code} ${table}`))]).toEqual(['ROW_CHANGED marks']);
    expect((await withdraw()).status).toBe(409);
    await homeroom.post(`${conduct()}/record`, { columns: ['VANG_P'] });
    expect(await findings()).toEqual([]);
  });

  test('not once somebody has read it, not another’s, and not on the next day', async () => {
    expect(
      (await physics.post(`${conduct()}/record/withdraw`, { columns: ['VANG_P'], reason: 'thử rút hộ' }))
        .status,
    ).toBe(403);
    await vice.get(conduct());
    const seen = await withdraw();
    expect([seen.status, seen.body.rule]).toEqual([403, 'R11.4']);
    await homeroom.put(`${conduct()}/drafts`, { cells: [cell(1, 'VANG_P', '1')] });
    server.clock.advance(86_400_000);
    const late = await withdraw();
    expect([late.status, late.body.rule]).toEqual([403, 'R11.3']);
  });

  test('nor at a school whose policy does not allow it', async () => {
    const strict = await server.school('thcs-nghiem', 'LOWER_SECONDARY');
    const teacher = await strict.person('gv', 'teacher');
    const target = await strict.class('6A', 6, ['Trần An'], ['TOAN']);
    await strict.assign(teacher, target, 'TOAN');
    const refused = await teacher.post(`/api/classes/${target.id}/sheets/TOAN/HK1/record/withdraw`, {
      ...{ columns: ['TX1'], reason: 'Ghi nhầm cột' },
    });
    expect([refused.status, refused.body.rule]).toEqual([403, 'R11.2']);
  });
});
