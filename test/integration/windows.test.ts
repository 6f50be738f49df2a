import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type { LockPreviewAnswer, LocksAnswer, ReopeningsAnswer } from '#contracts/locks.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { Classes } from '#api/school/classes.js';
import { Gates } from '#api/windows/gates.js';
import { WindowClock } from '#api/windows/window-clock.js';
import type { ClosedAnswer, NoticeAnswer, NoticesAnswer, WindowAnswer } from '#contracts/windows.js';
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
let principal: Desk;
let it: Desk;
let teacher: Desk;
let homeroom: Desk;
let ours: TestClass;
let sheet: string;

const OPENS = '2026-11-11T00:00:00.000Z';
const CLOSES = '2026-11-20T10:00:00.000Z';

beforeAll(async () => {
  server = await TestServer.start('2026-11-10T02:00:00.000Z');
  school = await server.school('thcs-w', 'LOWER_SECONDARY');
  vice = await school.person('pho', 'vice-principal');
  principal = await school.person('truong', 'principal');
  it = await school.person('cntt', 'it-officer');
  teacher = await school.person('toan', 'teacher');
  homeroom = await school.person('chu-nhiem', 'teacher');
  ours = await school.class('6A1', 6, ['Trần An', 'Bùi Bình'], ['TOAN', 'GDCD']);
  await school.assign(teacher, ours, 'TOAN', 'GDCD');
  await school.assign(homeroom, ours, HOMEROOM);
  sheet = `/api/classes/${ours.id}/sheets/TOAN/HK1`;
}, 60_000);
afterAll(() => server.stop(), 30_000);

function notice(number: string, over: object = {}) {
  const window = {
    period: 'HK1',
    scope: { grades: [6], columns: ['TX1', 'GK'] },
    opensAt: OPENS,
    closesAt: CLOSES,
  };
  return {
    ...{ number, issuedOn: '2026-11-10', title: 'Cập nhật điểm giữa học kì I', yearId: school.yearId },
    windows: [{ ...window, opening: 'hand', ...over }],
  };
}

async function whyClosed(column: string): Promise<string | null> {
  const { body } = await teacher.get<SheetAnswer>(sheet);
  return body.columns.find(({ code }) => code === column)?.whyClosed ?? null;
}

function draft(column: string, value: string, version = 0) {
  return teacher.put(`${sheet}/drafts`, { cells: [{ pupilId: ours.pupilIds[0], column, value, version }] });
}

describe(`entry windows on ${ENGINE}`, () => {
  let window: string;

  test('without a notice a column is closed, and the cell says whom to ask', async () => {
    expect(await whyClosed('TX1')).toContain('Chưa có thông báo');
    const refused = await draft('TX1', '8');
    expect([refused.status, refused.body.code]).toEqual([409, 'CELL_CLOSED']);
    expect(refused.body.items?.[0]?.message).toContain('hỏi Phó Hiệu trưởng');
  });

  test('the vice-principal announces; the IT officer, a teacher and another school cannot', async () => {
    for (const desk of [it, teacher]) {
      expect((await desk.post('/api/notices', notice('11/TB'))).status).toBe(403);
    }
    const announced = await vice.post<NoticeAnswer>('/api/notices', notice('12/TB-THCSW'));
    expect(announced.status).toBe(201);
    expect(announced.body.windows).toMatchObject([{ state: 'announced', opensAt: OPENS, opening: 'hand' }]);
    window = announced.body.windows[0]?.id ?? '';
    const other = await server.school('thcs-x', 'LOWER_SECONDARY');
    const foreign = await other.person('cntt', 'it-officer', 'vice-principal');
    expect((await foreign.post(`/api/windows/${window}/open`)).status).toBe(404);
    expect((await foreign.post('/api/notices', notice('1/TB'))).status).toBe(404);
  });

  test('a number is used once; impossible times and periods are refused, each by name', async () => {
    const twice = await vice.post('/api/notices', notice('12/TB-THCSW'));
    expect([twice.status, twice.body.code]).toEqual([409, 'ALREADY_EXISTS']);
    const backwards = await vice.post('/api/notices', notice('13/TB', { opensAt: CLOSES, closesAt: OPENS }));
    expect(backwards.body.items?.map((item) => item.code)).toEqual(['ENDS_BEFORE_START']);
    const primary = await vice.post('/api/notices', notice('13/TB', { period: 'GHK1' }));
    expect(primary.body.items?.map((item) => item.code)).toEqual(['WRONG_PERIOD']);
    const forged = await vice.post('/api/notices', { ...notice('13/TB'), announcedBy: 'x' });
    expect(forged.body.items?.map((item) => item.code)).toEqual(['UNKNOWN_FIELD']);
  });

  test('before its time a window is closed, also to the IT officer’s hand', async () => {
    expect(await whyClosed('TX1')).toBe(
      'Đợt cập nhật theo Thông báo số 12/TB-THCSW mở từ 07:00 ngày 11/11/2026 đến 17:00 ngày 20/11/2026.',
    );
    expect((await it.post(`/api/windows/${window}/open`)).status).toBe(409);
  });

  test('when due it opens by the IT officer alone, on the notice', async () => {
    server.clock.moveTo('2026-11-11T01:00:00.000Z');
    expect(await whyClosed('TX1')).toContain('nhân viên CNTT chưa mở');
    expect((await vice.post(`/api/windows/${window}/open`)).status).toBe(403);
    const opened = await it.post<WindowAnswer>(`/api/windows/${window}/open`);
    expect(opened.body).toMatchObject({ state: 'open' });
    expect(await whyClosed('TX1')).toBeNull();
    expect((await draft('TX1', '8')).status).toBe(200);
    expect((await it.post(`/api/windows/${window}/open`)).status).toBe(409);
  });

  test('it opens only the columns of its scope', async () => {
    expect(await whyClosed('CK')).toContain('Chưa có thông báo');
    expect((await draft('CK', '8')).status).toBe(409);
  });

  test('at the announced end it is closed, whoever forgot to close it', async () => {
    server.clock.moveTo('2026-11-20T10:00:00.000Z');
    expect(await whyClosed('TX1')).toContain('đã đóng lúc 17:00 ngày 20/11/2026');
    expect((await draft('TX1', '9', 1)).status).toBe(409);
    const recording = await teacher.post(`${sheet}/record`, { columns: ['TX1'] });
    expect([recording.status, recording.body.code]).toEqual([409, 'CELL_CLOSED']);
  });

  test('of two windows that overlap, closing one leaves the other open', async () => {
    const dates = { opensAt: '2026-11-21T00:00:00.000Z', closesAt: '2026-12-30T00:00:00.000Z' };
    const one = await vice.post<NoticeAnswer>(
      '/api/notices',
      notice('14/TB', { ...dates, opening: 'clock' }),
    );
    await vice.post(
      '/api/notices',
      notice('15/TB', { ...dates, scope: { areas: ['TOAN'] }, opening: 'clock' }),
    );
    server.clock.moveTo('2026-11-23T01:00:00.000Z');
    expect(await whyClosed('TX1')).toBeNull();
    const closed = await it.post<WindowAnswer>(`/api/windows/${one.body.windows[0]?.id}/close`);
    expect(closed.body).toMatchObject({ state: 'closed', closedAt: '2026-11-23T01:00:00.000Z' });
    expect(await whyClosed('TX1')).toBeNull();
    const { body } = await teacher.get<NoticesAnswer>('/api/windows');
    expect(body.notices.map(({ number }) => number)).toEqual(
      expect.arrayContaining(['12/TB-THCSW', '14/TB', '15/TB']),
    );
  });
});

describe(`further notices on ${ENGINE}`, () => {
  const FROM = '2027-01-04T00:00:00.000Z';
  const TO = '2027-01-08T10:00:00.000Z';
  const LATER = '2027-01-15T10:00:00.000Z';
  let window: string;

  const further = (number: string, change: object) =>
    vice.post<NoticeAnswer & ProblemBody>('/api/notices', {
      ...{
        number,
        issuedOn: '2027-01-05',
        title: 'Điều chỉnh thời gian',
        yearId: school.yearId,
        windows: [],
      },
      changes: [{ windowId: window, ...change }],
    });
  const closed = (at?: string) =>
    it
      .get<ClosedAnswer>(`${sheet}/closed${at === undefined ? '' : `?at=${at}`}`)
      .then(({ body }) => body.columns.find(({ code }) => code === 'CK'));

  beforeAll(async () => {
    server.clock.moveTo('2027-01-02T01:00:00.000Z');
    const made = await vice.post<NoticeAnswer>(
      '/api/notices',
      notice('20/TB', {
        ...{ scope: { areas: ['TOAN'], columns: ['CK'] }, opensAt: FROM, closesAt: TO, opening: 'clock' },
      }),
    );
    window = made.body.windows[0]?.id ?? '';
  }, 60_000);

  test('an extension keeps the window open and names both notices; who may not announce may not extend', async () => {
    server.clock.moveTo('2027-01-05T01:00:00.000Z');
    expect((await it.post('/api/notices', { ...notice('21/TB'), windows: [], changes: [] })).status).toBe(
      403,
    );
    const nothing = await further('21/TB', { closesAt: TO });
    expect(nothing.body.items?.map(({ code }) => code)).toEqual(['NOTHING_CHANGED']);
    const begun = await further('21/TB', { opensAt: '2027-01-06T00:00:00.000Z' });
    expect(begun.body.items?.map(({ code }) => code)).toEqual(['ALREADY_BEGUN']);
    const extended = await further('21/TB', { closesAt: LATER });
    expect(extended.status).toBe(201);
    expect(extended.body.changed).toMatchObject([{ id: window, closesAt: LATER, changedBy: '21/TB' }]);
    server.clock.moveTo('2027-01-10T01:00:00.000Z');
    expect(await whyClosed('CK')).toBeNull();
  });

  test('a clock that jumps back and forth, and a server that was down, change nothing of what is open', async () => {
    const clockEvents = () =>
      server.database.read.find(JournalEvent, {
        where: { schoolId: school.id, subject: 'windows', subjectId: window },
        order: { seq: 'ASC' },
      });
    const tell = () => server.app.get(WindowClock, { strict: false }).tellDue();
    const readings: [string, boolean][] = [
      ['2027-01-03T23:59:59.000Z', false],
      ['2027-01-14T00:00:00.000Z', true],
      ['2027-01-15T10:00:00.000Z', false],
      ['2027-01-04T00:00:00.000Z', true],
      ['2027-01-20T00:00:00.000Z', false],
      ['2027-01-12T00:00:00.000Z', true],
    ];
    for (const [at, open] of readings) {
      server.clock.moveTo(at);
      // As the next start of the application does it, and several processes at once.
      await Promise.all([tell(), tell()]);
      const info = await server.app.get(Classes, { strict: false }).load(school.id, ours.id);
      const gate = await server.app.get(Gates, { strict: false }).ofSheet(info, 'TOAN', 'HK1');
      expect([at, gate.isOpen('CK')]).toEqual([at, open]);
    }
    const told = (await clockEvents()).map(({ type }) => type);
    expect(told).toEqual(['window.announced', 'window.changed', 'window.opened', 'window.closed']);
  });

  test('any moment says why a cell was closed then: before its notice, its time, its end, and under a lock', async () => {
    server.clock.moveTo('2027-01-12T00:00:00.000Z');
    const then = async (at: string) => (await closed(at))?.reason ?? null;
    expect(await then('2027-01-01T00:00:00.000Z')).toBe('WINDOW_CLOSED');
    expect(await then('2027-01-03T00:00:00.000Z')).toBe('NOT_YET');
    expect(await then('2027-01-04T00:00:00.000Z')).toBeNull();
    // The extension was announced on the fifth: nobody could know of it on the fourth, nor did it matter yet.
    expect((await closed('2027-01-03T00:00:00.000Z'))?.sentence).not.toContain('21/TB');
    expect(await then('2027-01-09T00:00:00.000Z')).toBeNull();
    expect(await then('2027-01-15T10:00:00.000Z')).toBe('WINDOW_CLOSED');
    expect((await it.get(`${sheet}/closed?at=hôm-qua`)).status).toBe(400);
    expect((await it.get(`/api/classes/${ours.id}/sheets/HOA/HK1/closed`)).status).toBe(404);
  });

  test('called off, a window is over for good, also for the hand and the next extension', async () => {
    const off = await further('22/TB', { cancel: true });
    expect(off.body.changed).toMatchObject([{ state: 'closed', changedBy: '22/TB' }]);
    expect((await closed())?.reason).toBe('CANCELLED');
    expect(await whyClosed('CK')).toContain('hủy theo Thông báo số 22/TB');
    expect((await it.post(`/api/windows/${window}/open`)).status).toBe(409);
    const again = await further('23/TB', { closesAt: '2027-02-15T10:00:00.000Z' });
    expect([again.status, again.body.items?.[0]?.code]).toEqual([400, 'WINDOW_OVER']);
    expect(
      (await vice.get<NoticesAnswer>('/api/windows')).body.notices.map(({ number }) => number),
    ).not.toContain('23/TB');
  });

  test('a make-up window opens its columns for its pupils alone, and must name its columns', async () => {
    const [late] = ours.pupilIds;
    const dates = {
      opensAt: '2027-01-11T00:00:00.000Z',
      closesAt: '2027-01-30T00:00:00.000Z',
      opening: 'clock',
    };
    const vague = await vice.post('/api/notices', notice('24/TB', { ...dates, kind: 'make-up', scope: {} }));
    expect(vague.body.items?.map(({ code }) => code)).toEqual(['MAKE_UP_COLUMNS']);
    const general = await vice.post(
      '/api/notices',
      notice('24/TB', { ...dates, scope: { pupilIds: [late] } }),
    );
    expect(general.body.items?.map(({ code }) => code)).toEqual(['NOT_MAKE_UP']);
    const scope = { columns: ['CK'], areas: ['TOAN'], pupilIds: [late] };
    const made = await vice.post('/api/notices', notice('24/TB', { ...dates, kind: 'make-up', scope }));
    expect(made.status).toBe(201);
    expect(await closed()).toMatchObject({ open: false, openFor: [late] });
    const other = await teacher.put(`${sheet}/drafts`, {
      cells: [{ pupilId: ours.pupilIds[1], column: 'CK', value: '8', version: 0 }],
    });
    expect([other.status, other.body.code]).toEqual([409, 'CELL_CLOSED']);
  });

  test('a school whose policy is the clock takes no notice of windows opened by hand', async () => {
    const strict = await server.school('thcs-clock', 'LOWER_SECONDARY', { windowOpening: 'clock' });
    const chief = await strict.person('pho', 'vice-principal');
    const body = notice('1/TB', { closesAt: '2027-02-15T10:00:00.000Z' });
    const refused = await chief.post('/api/notices', { ...body, yearId: strict.yearId });
    expect(refused.body.items?.map(({ code }) => code)).toEqual(['WRONG_OPENING']);
  });
});

describe(`locks on ${ENGINE}`, () => {
  const params = () => ({ sheets: [{ classId: ours.id, area: 'GDCD', period: 'HK1' }] });

  beforeAll(async () => {
    await openEverything(vice, school, server.clock, 'HK1');
    await recordColumn(teacher, ours, 'GDCD/HK1', 'TX1', ['8', '9']);
    await recordColumn(teacher, ours, 'GDCD/HK1', 'TX2', ['7', '6']);
    await recordColumn(teacher, ours, 'GDCD/HK1', 'GK', ['7', '6']);
    await teacher.put(`/api/classes/${ours.id}/sheets/GDCD/HK1/drafts`, {
      cells: [{ pupilId: ours.pupilIds[1], column: 'CK', value: '5', version: 0 }],
    });
  }, 60_000);

  test('the preview lists what is missing by pupil and column, and whom to ask', async () => {
    const path = `/api/locks/preview?classIds=${ours.id}&areas=GDCD&periods=HK1`;
    for (const desk of [vice, homeroom]) {
      const { body } = await desk.get<LockPreviewAnswer>(path);
      expect(body.missing).toBe(2);
      expect(body.sheets).toMatchObject([
        { className: '6A1', area: 'GDCD', locked: false, teachers: [teacher.fullName] },
      ]);
      expect(body.sheets[0]?.missing).toMatchObject([
        { pupilName: 'Trần An', column: 'CK', draft: false },
        { pupilName: 'Bùi Bình', column: 'CK', draft: true },
      ]);
    }
    expect((await teacher.get(path)).status).toBe(403);
  });

  test('locking with gaps needs a reason; only the vice-principal or principal locks', async () => {
    const bare = await vice.post('/api/acts', { action: 'period.lock', params: params() });
    expect([bare.status, bare.body.rule]).toEqual([403, 'R5.8']);
    const reasoned = { ...params(), gapsReason: 'HS nằm viện, có giấy ra viện' };
    for (const desk of [it, homeroom]) {
      const refused = await desk.post('/api/acts', { action: 'period.lock', params: reasoned });
      expect(refused.status).toBe(403);
    }
  });

  test('the act is for exactly these sheets, needs the right code, and works once', async () => {
    const reasoned = { ...params(), gapsReason: 'HS nằm viện, có giấy ra viện' };
    const act = await vice.act('period.lock', reasoned, 'totp');
    const more = [...params().sheets, { classId: ours.id, area: 'TOAN', period: 'HK1' }];
    const widened = await vice.post('/api/locks', { ...reasoned, sheets: more, act });
    expect([widened.status, widened.body.code]).toEqual([409, 'ACT_INVALID']);
    const guessed = await vice.post('/api/locks', { ...reasoned, act: { ...act, code: '000000' } });
    expect([guessed.status, guessed.body.code]).toEqual([403, 'SECOND_FACTOR_FAILED']);
    const missing = await vice.post('/api/locks', reasoned);
    expect([missing.status, missing.body.code]).toEqual([400, 'VALIDATION']);
    const locked = await vice.post<LocksAnswer>('/api/locks', { ...reasoned, act });
    expect(locked.status).toBe(201);
    expect(locked.body.locks).toMatchObject([
      { area: 'GDCD', lockedBy: vice.fullName, gapsReason: reasoned.gapsReason },
    ]);
    const again = await vice.post('/api/locks', { ...reasoned, act });
    expect([again.status, again.body.code]).toEqual([409, 'STATE_CONFLICT']);
  });

  test('a locked sheet takes nothing more and says who locked it; its neighbour stays open', async () => {
    const cells = [{ pupilId: ours.pupilIds[0], column: 'CK', value: '9', version: 0 }];
    const refused = await teacher.put(`/api/classes/${ours.id}/sheets/GDCD/HK1/drafts`, { cells });
    expect([refused.status, refused.body.code]).toEqual([409, 'CELL_CLOSED']);
    expect(refused.body.items?.[0]?.message).toContain(`${vice.fullName} khóa`);
    expect((await teacher.put(`${sheet}/drafts`, { cells })).status).toBe(200);
  });

  test('reopening needs a reason and the second factor, and is seen by the principal', async () => {
    const reason = 'Bổ sung điểm kiểm tra bù';
    expect(
      (await it.post('/api/acts', { action: 'period.reopen', params: { ...params(), reason } })).status,
    ).toBe(403);
    expect((await vice.post('/api/acts', { action: 'period.reopen', params: params() })).status).toBe(400);
    const reopened = await vice.stepUp<LocksAnswer>(
      'period.reopen',
      { ...params(), reason },
      '/api/locks/reopen',
    );
    expect(reopened.body.locks).toMatchObject([{ liftedBy: vice.fullName, liftReason: reason }]);
    const { body } = await principal.get<LocksAnswer>(`/api/locks?classId=${ours.id}`);
    expect(body.locks).toMatchObject([{ area: 'GDCD', liftReason: reason }]);
    const seen = await principal.get<ReopeningsAnswer>('/api/locks/reopenings');
    expect(seen.body.reopenings).toMatchObject([
      { className: '6A1', areaLabel: 'Giáo dục công dân', liftedBy: vice.fullName, lockedAgain: false },
    ]);
    expect((await teacher.get('/api/locks/reopenings')).status).toBe(403);
    const cells = [{ pupilId: ours.pupilIds[0], column: 'CK', value: '9', version: 0 }];
    expect((await teacher.put(`/api/classes/${ours.id}/sheets/GDCD/HK1/drafts`, { cells })).status).toBe(200);
  });

  test('two locks of one sheet at once: one holds', async () => {
    const reasoned = { ...params(), gapsReason: 'HS nằm viện, có giấy ra viện' };
    const acts = [await vice.act('period.lock', reasoned), await principal.act('period.lock', reasoned)];
    const both = await Promise.all(
      [vice, principal].map((desk, i) => desk.post('/api/locks', { ...reasoned, act: acts[i] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});
