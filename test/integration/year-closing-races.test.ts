/**
 * A school year is closed while others write in it: each write is before the closing, which then sees it, or is refused.
 * A draft or a recorded mark needs an open window and a sheet that is not locked, which both keep the year open; so the
 * races are with whatever could still come between, up to the reopening of a sheet.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { MoreThan } from 'typeorm';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { writeClassList } from '#api/exchange/class-list-workbook.js';
import { SchoolYear } from '#api/school/school.entities.js';
import type { YearClosingAnswer } from '#contracts/years.js';
import { decidedClass, issueClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { sheetFindings } from './row-findings.js';
import { HOMEROOM, TestSchool, TestServer } from './school.js';
import type { Answer, Desk, ProblemBody, TestClass } from './school.js';

jest.setTimeout(60_000);
const DAY_MS = 86_400_000;

let server: TestServer;
let school: TestSchool;
let principal: Desk;
let vice: Desk;
let it: Desk;
let clerk: Desk;
let teacher: Desk;

beforeAll(async () => {
  server = await TestServer.start('2027-05-18T02:00:00.000Z');
  school = await server.school('thpt-dua', 'UPPER_SECONDARY');
  principal = await school.person('truong', 'principal');
  vice = await school.person('pho', 'vice-principal');
  it = await school.person('cntt', 'it-officer');
  clerk = await school.person('van-thu', 'clerk');
  teacher = await school.person('gv', 'teacher');
}, 60_000);
afterAll(() => server.stop(), 30_000);

/** A year of its own with a class that nobody is in yet: it could be closed at once. */
interface Round {
  readonly yearId: string;
  readonly label: string;
  /** A day of the year. */
  readonly day: string;
  readonly target: TestClass;
}
let last = 2027;

async function round(subjects: readonly string[] = ['TOAN']): Promise<Round> {
  last += 1;
  const label = `${String(last)}-${String(last + 1)}`;
  const yearId = randomUUID();
  const [startsOn, endsOn] = [`${String(last)}-09-05`, `${String(last + 1)}-05-31`];
  const year: Partial<SchoolYear> = { schoolId: school.id, id: yearId, label, startsOn, endsOn };
  await school.founded((base) => base.enter<Partial<SchoolYear>>(SchoolYear, [{ ...year, closedAt: null }]));
  const target = await new TestSchool(server, school.id, school.slug, yearId).class('10A1', 10, [], subjects);
  await school.assign(teacher, target, 'TOAN', HOMEROOM);
  return { yearId, label, day: `${String(last)}-10-10`, target };
}

type Write = (round: Round) => Promise<Answer<ProblemBody>>;

/** What keeps the year open once it is written. */
const SEEN: readonly [string, string, Write][] = [
  [
    'a notice of entry times',
    'WINDOW_AHEAD',
    ({ yearId, label, day }) => {
      const times = { opensAt: `${day}T00:00:00.000Z`, closesAt: `${day}T10:00:00.000Z` };
      return vice.post('/api/notices', {
        ...{ number: `TB-${label}`, issuedOn: server.clock.today(), title: 'Mở thêm', yearId },
        windows: [{ period: 'HK2', scope: {}, opening: 'clock', ...times }],
      });
    },
  ],
  [
    'a pupil who joins',
    'STEP_LOCKS',
    ({ target, day, label }) =>
      clerk.post(`/api/classes/${target.id}/pupils`, {
        ...{ on: day, paper: 'Giấy giới thiệu chuyển trường' },
        pupil: { code: `V-${label}`, fullName: 'Nguyễn Minh Anh', sex: 'NU', birthDate: '2012-03-08' },
      }),
  ],
  ['a class list', 'STEP_LOCKS', async (round) => it.upload('/api/roster/import', await listOf(round))],
];

/** What does not. */
const UNSEEN: readonly [string, Write][] = [
  [
    'the name of a test in a sheet',
    ({ target }) =>
      teacher.put(`/api/classes/${target.id}/sheets/TOAN/HK1/columns/TX1`, { name: 'Tập hợp', version: 0 }),
  ],
  [
    'a scratch column of a sheet',
    ({ target }) => teacher.post(`/api/classes/${target.id}/sheets/TOAN/HK1/scratch`, { name: 'Hỏi bài' }),
  ],
  [
    'an assignment',
    ({ target, day }) =>
      it.post(`/api/classes/${target.id}/assignments`, {
        assignments: [{ area: 'TOAN', personId: vice.id, from: day }],
      }),
  ],
];

function listOf({ label }: Round): Promise<Uint8Array> {
  const heading = { name: 'Trường thử', commune: 'Phường Thử' };
  const pupil = {
    ...{ code: `L-${label}`, fullName: 'Trần Văn An', sex: 'NAM' as const, birthDate: '2012-03-08' },
    ...{ personalId: `0742${String(last)}1234`, guardians: [] },
  };
  return writeClassList({ school: heading, schoolYear: label, className: '10A1', pupils: [pupil] });
}

/** Sends both at one moment, the one or the other first. */
async function race(first: 'write' | 'close', write: Write) {
  const playing = await round();
  const params = { yearId: playing.yearId };
  const body = { ...params, act: await principal.act('year.close', params) };
  const close = () => principal.post<ProblemBody>('/api/years/close', body);
  const write_ = () => write(playing);
  const sent = first === 'write' ? [write_(), close()] : [close(), write_()];
  const answers = await Promise.all(sent);
  const [written, closed] = first === 'write' ? answers : answers.reverse();
  if (written === undefined || closed === undefined) throw new Error('two were sent');
  return { playing, written, closed };
}

/** Events in the journal after the closing of a year but those of signing in and of acts; [] while it is open. */
async function eventsAfter({ yearId }: Round): Promise<string[]> {
  const where = { schoolId: school.id, type: 'year.closed', subjectId: yearId };
  const closing = await server.database.read.findOneBy(JournalEvent, where);
  if (closing === null) return [];
  const later = { schoolId: school.id, seq: MoreThan(closing.seq) };
  const events = await server.database.read.findBy(JournalEvent, later);
  return events
    .filter(({ subject }) => !['sessions', 'acts', 'people'].includes(subject))
    .map(({ type }) => type);
}

const ORDERS = ['write', 'close'] as const;

describe(`a year closed at the moment of a write on ${ENGINE}`, () => {
  test.each(SEEN)('%s: either the closing sees it, or it is refused', async (_name, code, write) => {
    for (const first of ORDERS) {
      const { playing, written, closed } = await race(first, write);
      if (closed.status === 200) {
        expect([written.status, written.body.code]).toEqual([409, 'YEAR_CLOSED']);
        expect(await eventsAfter(playing)).toEqual([]);
      } else {
        expect([closed.status, closed.body.code, written.status]).toEqual([409, 'STATE_CONFLICT', 201]);
        expect(closed.body.items?.map((item) => item.code)).toContain(code);
        const { body } = await vice.get<YearClosingAnswer>(`/api/years/${playing.yearId}/closing`);
        expect(body.closedAt).toBeNull();
      }
    }
  });

  test.each(UNSEEN)('%s: either it is before the closing, or it is refused', async (_name, write) => {
    for (const first of ORDERS) {
      const { playing, written, closed } = await race(first, write);
      expect(closed.status).toBe(200);
      if (written.status >= 300) expect([written.status, written.body.code]).toEqual([409, 'YEAR_CLOSED']);
      expect(await eventsAfter(playing)).toEqual([]);
      const late = await write(playing);
      expect([late.status, late.body.code]).toEqual([409, 'YEAR_CLOSED']);
    }
  });

  test('the reopening of a sheet: either the year stays open, or the sheet stays locked', async () => {
    const played = await decidedClass(server, 'thcs-song-may', 1);
    await issueClass(played);
    server.clock.advance(15 * DAY_MS);
    const sheets = [{ classId: played.target.id, area: 'TOAN', period: 'HK2' }];
    const reopening = { sheets, reason: 'Bổ sung điểm kiểm tra bù' };
    const closing = { yearId: played.school.yearId };
    const closeAct = await played.principal.act('year.close', closing);
    const reopenAct = await played.vice.act('period.reopen', reopening);
    const [reopened, closed] = await Promise.all([
      played.vice.post('/api/locks/reopen', { ...reopening, act: reopenAct }),
      played.principal.post('/api/years/close', { ...closing, act: closeAct }),
    ]);
    if (closed.status === 200) expect(reopened.body.code).toBe('YEAR_CLOSED');
    else {
      expect([closed.body.code, reopened.status]).toEqual(['STATE_CONFLICT', 200]);
      expect(closed.body.items?.map(({ code }) => code)).toContain('STEP_LOCKS');
    }
  });

  test('nothing of it is what audit would not accept', async () => {
    expect(await sheetFindings(server, school.id)).toEqual([]);
  });
});

describe(`what somebody asked for on ${ENGINE}`, () => {
  test('keeps the year open until it is answered: nobody could answer it in a closed one', async () => {
    const chosen = ['VAT_LI', 'HOA_HOC', 'SINH_HOC', 'TIN_HOC', 'DIA_LI'];
    const { yearId, target, day } = await round(['TOAN', ...chosen]);
    server.clock.moveTo(`${day}T02:00:00.000Z`);
    const codes = async () => {
      const { body } = await vice.get<YearClosingAnswer>(`/api/years/${yearId}/closing`);
      return body.blockers.map(({ code }) => code);
    };
    expect(await codes()).toEqual([]);
    const others = ['STEP_LOCKS', 'NOT_ISSUED'];
    const pupils = `/api/classes/${target.id}/pupils`;
    const joined = await clerk.post<{ pupilId: string }>(pupils, {
      ...{ on: day, paper: 'Giấy giới thiệu chuyển trường' },
      pupil: { code: 'CHO-1', fullName: 'Nguyễn Minh Anh', sex: 'NU', birthDate: '2012-03-08' },
    });
    expect(await codes()).toEqual(expect.arrayContaining(others));
    const earlier = `/api/classes/${target.id}/earlier-marks`;
    const entered = await teacher.post<{ id: string }>(earlier, {
      ...{ pupilId: joined.body.pupilId, because: 'joined', origin: 'Trường THPT Đoàn Kết' },
      evidence: 'Phiếu điểm HK I',
      cells: [{ area: 'TOAN', period: 'HK1', column: 'TX1', value: '8' }],
    });
    expect(entered.status).toBe(201);
    const changes = `/api/classes/${target.id}/subject-changes`;
    const change = { pupilId: joined.body.pupilId, dropped: 'DIA_LI', taken: null, effectiveOn: day };
    const because = { reason: 'Đổi nguyện vọng', application: 'Đơn ngày 01/10' };
    const asked = await teacher.post<{ id: string }>(changes, { ...change, ...because });
    expect(asked.status).toBe(201);
    const waiting = ['EARLIER_MARKS_WAIT', 'SUBJECT_CHANGE_WAITS'];
    expect(await codes()).toEqual(expect.arrayContaining(waiting));
    // Also of a class that all have left.
    const left = { on: day, paper: 'Đơn xin chuyển trường' };
    expect((await clerk.post(`${pupils}/${joined.body.pupilId}/leave`, left)).status).toBe(200);
    server.clock.advance(DAY_MS);
    expect((await codes()).sort()).toEqual(waiting);
    const refused = await vice.post(`${earlier}/${entered.body.id}/refuse`, { reason: 'Học sinh đã đi' });
    expect(refused.status).toBe(200);
    expect((await teacher.post(`${changes}/${asked.body.id}/withdraw`)).status).toBe(200);
    expect(await codes()).toEqual([]);
  });
});
