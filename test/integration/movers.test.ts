/** Pupils who come or leave in the year with their earlier marks, and who change class in mid-term. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EarlierMark } from '#api/gradebook/gradebook.entities.js';
import type { EarlierRequestAnswer, EarlierRequestsAnswer } from '#contracts/earlier-marks.js';
import type { EnrolmentAnswer, MoveAnswer } from '#contracts/enrolments.js';
import type { MarkHistoryAnswer, SheetAnswer } from '#contracts/gradebook.js';
import type { LockPreviewAnswer } from '#contracts/locks.js';
import type { ClassAnswer } from '#contracts/school.js';
import { ENGINE } from './engine.js';
import { sheetFindings } from './row-findings.js';
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
let clerk: Desk;
let math: Desk;
let homeroom: Desk;
let ours: TestClass;
let theirs: TestClass;

beforeAll(async () => {
  server = await TestServer.start('2026-11-20T02:00:00.000Z');
  school = await server.school('thcs-m', 'LOWER_SECONDARY');
  vice = await school.person('pho', 'vice-principal');
  clerk = await school.person('van-thu', 'clerk');
  math = await school.person('toan', 'teacher');
  homeroom = await school.person('chu-nhiem', 'teacher');
  ours = await school.class('6A1', 6, ['Trần An', 'Bùi Bình'], ['TOAN', 'GDCD']);
  theirs = await school.class('6A2', 6, ['Lê Chi'], ['TOAN']);
  await school.assign(math, ours, 'TOAN', 'GDCD');
  await school.assign(math, theirs, 'TOAN');
  await school.assign(homeroom, ours, HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
}, 60_000);
afterAll(() => server.stop(), 30_000);

const findings = () => sheetFindings(server, school.id);

const sheetOf = (target: TestClass, area = 'TOAN') => `/api/classes/${target.id}/sheets/${area}/HK1`;
const rowOf = async (target: TestClass, pupilId: string) =>
  (await math.get<SheetAnswer>(sheetOf(target))).body.pupils.find(({ id }) => id === pupilId);

/** Who comes from another school. */
let joined: string;

describe(`a pupil who joins in the year on ${ENGINE}`, () => {
  let request: string;
  const pupil = { code: 'CD-001', fullName: 'Nguyễn Minh Anh', sex: 'NU', birthDate: '2015-03-08' };
  const paper = 'Giấy giới thiệu chuyển trường số 14/GT';
  const earlier = (...cells: object[]) => ({
    ...{ pupilId: joined, because: 'joined', origin: 'Trường THCS Đoàn Kết', evidence: 'Phiếu điểm HK I' },
    cells,
  });
  const path = () => `/api/classes/${ours.id}/earlier-marks`;

  test('is entered by the office, once, on a day of the year, with the paper behind it', async () => {
    const join = `/api/classes/${ours.id}/pupils`;
    const body = { pupil, on: '2026-11-16', paper };
    expect((await homeroom.post(join, body)).status).toBe(403);
    expect((await clerk.post(join, { ...body, on: '2025-11-16' })).status).toBe(400);
    expect((await clerk.post(join, { on: '2026-11-16', paper })).status).toBe(400);
    const entered = await clerk.post<EnrolmentAnswer>(join, body);
    expect([entered.status, entered.body.from]).toEqual([201, '2026-11-16']);
    joined = entered.body.pupilId;
    expect((await clerk.post(join, body)).status).toBe(409);
    const twice = await clerk.post(`/api/classes/${theirs.id}/pupils`, {
      pupilId: joined,
      on: '2026-11-16',
      paper,
    });
    expect([twice.status, twice.body.code]).toEqual([409, 'STATE_CONFLICT']);
    const list = await homeroom.get<ClassAnswer>(`/api/classes/${ours.id}`);
    expect(list.body.pupils.find(({ id }) => id === joined)).toMatchObject({ enteredOn: '2026-11-16' });
  });

  test('the sending school’s marks are typed by the homeroom teacher and are in no book yet', async () => {
    const cell = { area: 'TOAN', period: 'HK1', column: 'TX1', value: '7,5' };
    const wrong = await homeroom.post<ProblemBody>(path(), earlier({ ...cell, value: '75' }));
    expect([wrong.status, wrong.body.items?.[0]?.where]).toEqual([422, 'cells.0']);
    expect((await math.post(path(), earlier(cell))).status).toBe(403);
    const [fromTheStart] = ours.pupilIds;
    const old = await homeroom.post(path(), { ...earlier(cell), pupilId: fromTheStart });
    expect([old.status, old.body.code]).toEqual([409, 'STATE_CONFLICT']);
    const entered = await homeroom.post<EarlierRequestAnswer>(
      path(),
      earlier(cell, { ...cell, column: 'GK', value: null }),
    );
    expect([entered.status, entered.body.state]).toEqual([201, 'entered']);
    request = entered.body.id;
    expect((await homeroom.post(path(), earlier(cell))).status).toBe(409);
    expect((await rowOf(ours, joined))?.cells).toEqual([]);
  });

  test('a second person confirms them; then they are recorded with their origin, and the rest is not required', async () => {
    expect((await homeroom.post(`${path()}/${request}/confirm`)).status).toBe(403);
    const confirmed = await vice.post<EarlierRequestAnswer>(`${path()}/${request}/confirm`);
    expect([confirmed.status, confirmed.body.decidedBy]).toEqual([200, vice.fullName]);
    expect((await vice.post(`${path()}/${request}/confirm`)).status).toBe(409);
    const row = await rowOf(ours, joined);
    expect(row?.cells).toMatchObject([
      { column: 'TX1', value: '7.5', state: 'recorded', teacher: homeroom.fullName },
    ]);
    expect(row?.notes.map(({ column, kind }) => [column, kind])).toEqual(
      expect.arrayContaining([
        ['TX1', 'earlier'],
        ['GK', 'not-required'],
      ]),
    );
    const history = await math.get<MarkHistoryAnswer>(`/api/marks/${row?.cells[0]?.markId ?? ''}/history`);
    expect(history.body.events).toMatchObject([{ type: 'mark.carried', value: '7.5', by: vice.fullName }]);
    const preview = await vice.get<LockPreviewAnswer>(
      `/api/locks/preview?classIds=${ours.id}&areas=TOAN&periods=HK1`,
    );
    const missing = preview.body.sheets[0]?.missing.filter(({ pupilId }) => pupilId === joined);
    expect(missing?.map(({ column }) => column)).toEqual(expect.not.arrayContaining(['TX1', 'GK']));
    expect(missing?.map(({ column }) => column)).toContain('CK');
  });

  test('row 20: nobody confirms what they entered themselves, whatever their office; the table refuses it too', async () => {
    const both = await school.person('pho-chu-nhiem', 'vice-principal');
    await school.assign(both, ours, HOMEROOM);
    const cells = [{ area: 'TOAN', period: 'HK1', column: 'TX2', value: '8' }];
    const entered = await both.post<EarlierRequestAnswer>(path(), earlier(...cells));
    const own = await both.post(`${path()}/${entered.body.id}/confirm`);
    expect([own.status, own.body.rule]).toEqual([403, 'R1.8']);
    await expect(
      server.database.write((tx) =>
        tx.update(
          EarlierMark,
          { schoolId: school.id, requestId: entered.body.id },
          { state: 'confirmed', decidedBy: both.id },
        ),
      ),
    ).rejects.toThrow();
    const refused = await vice.post<EarlierRequestAnswer>(`${path()}/${entered.body.id}/refuse`, {
      reason: 'Phiếu điểm ghi 7, không phải 8',
    });
    expect(refused.body.state).toBe('refused');
    expect((await rowOf(ours, joined))?.cells.map(({ column }) => column)).toEqual(['TX1']);
    const all = await homeroom.get<EarlierRequestsAnswer>(path());
    expect(all.body.requests.map(({ state }) => state).sort()).toEqual(['confirmed', 'refused']);
    expect(await findings()).toEqual([]);
  });
});

describe(`a pupil who changes class in mid-term on ${ENGINE}`, () => {
  const paper = 'Quyết định số 21/QĐ-THCS';
  let moving: string;

  beforeAll(async () => {
    moving = ours.pupilIds[1] ?? '';
    await recordColumn(math, ours, 'TOAN/HK1', 'TX1', ['8', '9']);
    await recordColumn(math, ours, 'GDCD/HK1', 'TX1', ['6', '7']);
    const cells = [{ pupilId: moving, column: 'TX2', value: '5', version: 0 }];
    await math.put(`${sheetOf(ours)}/drafts`, { cells });
  });

  test('goes only to a class of the grade, on a day that has come', async () => {
    const older = await school.class('7A1', 7, ['Đỗ Dũng'], ['TOAN']);
    const move = `/api/classes/${ours.id}/pupils/${moving}/move`;
    const to = { toClassId: theirs.id, on: '2026-11-19', paper };
    expect((await math.post(move, to)).status).toBe(403);
    const grade = await clerk.post(move, { ...to, toClassId: older.id });
    expect(grade.body.items?.map(({ code }) => code)).toEqual(['OTHER_GRADE']);
    const future = await clerk.post(move, { ...to, on: '2026-12-19' });
    expect(future.body.items?.map(({ code }) => code)).toEqual(['IN_THE_FUTURE']);
    const stranger = `/api/classes/${ours.id}/pupils/${theirs.pupilIds[0] ?? ''}/move`;
    expect((await clerk.post(stranger, to)).status).toBe(404);
  });

  test('not while a correction of theirs waits', async () => {
    const [mark] = (await rowOf(ours, moving))?.cells.filter(({ column }) => column === 'TX1') ?? [];
    const asked = await math.post<{ corrections: { id: string }[] }>('/api/corrections', {
      ...{ classId: ours.id, area: 'TOAN', period: 'HK1', reason: 'Cộng sót điểm câu 2b' },
      cells: [{ pupilId: moving, column: 'TX1', newValue: '9.5', version: mark?.version }],
    });
    expect(asked.status).toBe(201);
    const to = { toClassId: theirs.id, on: '2026-11-19', paper };
    const waiting = await clerk.post(`/api/classes/${ours.id}/pupils/${moving}/move`, to);
    expect([waiting.status, waiting.body.code]).toEqual([409, 'STATE_CONFLICT']);
    const withdrawn = await math.post(`/api/corrections/${asked.body.corrections[0]?.id ?? ''}/withdraw`);
    expect(withdrawn.status).toBeLessThan(300);
  });

  test('nor while marks of a former school wait for their second person', async () => {
    const moving = { toClassId: theirs.id, on: '2026-11-19', paper };
    const entered = await homeroom.post<EarlierRequestAnswer>(`/api/classes/${ours.id}/earlier-marks`, {
      ...{ pupilId: joined, because: 'joined', origin: 'Trường THCS Đoàn Kết', evidence: 'Phiếu điểm HK I' },
      cells: [{ area: 'GDCD', period: 'HK1', column: 'TX2', value: '8' }],
    });
    expect(entered.status).toBe(201);
    const move = `/api/classes/${ours.id}/pupils/${joined}/move`;
    const waiting = await clerk.post(move, moving);
    expect([waiting.status, waiting.body.code]).toEqual([409, 'STATE_CONFLICT']);
    expect(waiting.body.detail).toContain('trường cũ');
  });

  test('takes the marks along: recorded with their origin, drafts as drafts; the old class keeps its own', async () => {
    const to = { toClassId: theirs.id, on: '2026-11-19', paper };
    const moved = await clerk.post<MoveAnswer>(`/api/classes/${ours.id}/pupils/${moving}/move`, to);
    expect(moved.body).toMatchObject({ from: '2026-11-19', carried: 1, drafts: 1, left: ['GDCD HK1 TX1'] });
    const row = await rowOf(theirs, moving);
    expect(row?.cells).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ column: 'TX1', value: '9', state: 'recorded', teacher: math.fullName }),
        expect.objectContaining({ column: 'TX2', value: '5', state: 'draft' }),
      ]),
    );
    const recorded = row?.cells.find(({ column }) => column === 'TX1')?.markId ?? '';
    const history = await math.get<MarkHistoryAnswer>(`/api/marks/${recorded}/history`);
    expect(history.body.events).toMatchObject([{ type: 'mark.carried', value: '9', by: clerk.fullName }]);
    const before = await rowOf(ours, moving);
    expect([before?.leftOn, before?.cells.length]).toEqual(['2026-11-18', 2]);
    const gone = await math.put(`${sheetOf(ours)}/drafts`, {
      cells: [{ pupilId: moving, column: 'TX2', value: '6', version: 1 }],
    });
    expect([gone.status, gone.body.code]).toEqual([422, 'CELL_INVALID']);
    expect(await findings()).toEqual([]);
  });

  test('and back again: what changed meanwhile comes along, the same is not written twice', async () => {
    await math.post(`${sheetOf(theirs)}/record`, { columns: ['TX2'] });
    server.clock.advance(86_400_000);
    const to = { toClassId: ours.id, on: '2026-11-21', paper };
    const back = await clerk.post<MoveAnswer>(`/api/classes/${theirs.id}/pupils/${moving}/move`, to);
    expect(back.body).toMatchObject({ carried: 1, drafts: 0, left: [] });
    expect((await rowOf(ours, moving))?.cells).toEqual(
      expect.arrayContaining([expect.objectContaining({ column: 'TX2', value: '5', state: 'recorded' })]),
    );
    expect(await findings()).toEqual([]);
  });

  test('who leaves the school leaves the list from the day on, and the marks stay', async () => {
    const left = await clerk.post<EnrolmentAnswer>(`/api/classes/${ours.id}/pupils/${moving}/leave`, {
      ...{ on: '2026-11-21', paper: 'Đơn chuyển trường ngày 20/11/2026' },
    });
    expect(left.body.to).toBe('2026-11-21');
    server.clock.advance(86_400_000);
    expect(await rowOf(ours, moving)).toMatchObject({ leftOn: '2026-11-21' });
    const again = await clerk.post(`/api/classes/${ours.id}/pupils/${moving}/leave`, {
      ...{ on: '2026-11-22', paper: 'Đơn chuyển trường' },
    });
    expect(again.status).toBe(404);
  });
});
