/** Rows 15 and 18 of the threat table: a school named in a request, and steps called before their turn. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Correction } from '#api/corrections/corrections.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { TeachingAssignment } from '#api/school/school.entities.js';
import { EntryWindow, PeriodLock } from '#api/windows/windows.entities.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { NoticeAnswer } from '#contracts/windows.js';
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

jest.setTimeout(60_000);

/** A small school with a recorded column. */
interface Side {
  readonly school: TestSchool;
  readonly vice: Desk;
  readonly principal: Desk;
  readonly it: Desk;
  readonly teacher: Desk;
  readonly homeroom: Desk;
  readonly class: TestClass;
}

let server: TestServer;
let ours: Side;
let theirs: Side;

beforeAll(async () => {
  server = await TestServer.start();
  ours = await side('thcs-ta');
  theirs = await side('thcs-nguoi');
}, 90_000);
afterAll(() => server.stop(), 30_000);

async function side(slug: string): Promise<Side> {
  const school = await server.school(slug, 'LOWER_SECONDARY', { whoApplies: 'it-officer' });
  const people = {
    vice: await school.person('pho', 'vice-principal'),
    principal: await school.person('truong', 'principal'),
    it: await school.person('cntt', 'it-officer'),
    teacher: await school.person('toan', 'teacher'),
    homeroom: await school.person('cn', 'teacher'),
  };
  const target = await school.class('6A1', 6, ['Trần An', 'Bùi Bình'], ['TOAN']);
  await school.assign(people.teacher, target, 'TOAN');
  await school.assign(people.homeroom, target, HOMEROOM);
  await openEverything(people.vice, school, server.clock, 'HK1');
  await recordColumn(people.teacher, target, 'TOAN/HK1', 'TX1', ['8', '7']);
  return { school, ...people, class: target };
}

const sheetOf = ({ class: { id } }: Side) => ({ classId: id, area: 'TOAN', period: 'HK1' });

/** Rows of the other school that a leak would change. */
async function theirRows() {
  const schoolId = theirs.school.id;
  const { read } = server.database;
  return Promise.all(
    [PeriodLock, EntryWindow, TeachingAssignment, Correction].map((entity) =>
      read.countBy<{ schoolId: string }>(entity, { schoolId }),
    ),
  );
}

/** Asks for a correction of a pupil's TX1. */
async function asked(newValue: string, pupil = 0): Promise<string> {
  const pupilId = ours.class.pupilIds[pupil] ?? '';
  const mark = await server.database.read.findOneByOrFail(MarkCell, {
    ...{ schoolId: ours.school.id, pupilId, columnCode: 'TX1' },
  });
  const answer = await ours.teacher.post<CorrectionsAnswer>('/api/corrections', {
    ...sheetOf(ours),
    reason: 'Nhập nhầm dòng của bạn bên cạnh',
    cells: [{ pupilId, column: 'TX1', newValue, version: mark.version }],
  });
  return answer.body.corrections[0]?.id ?? '';
}

const outcome = ({ status, body }: { status: number; body: ProblemBody }) => [status, body.rule ?? body.code];

describe(`row 15 on ${ENGINE}`, () => {
  test('row 15: one thing of another school among one’s own, and nothing of the whole request is done', async () => {
    const before = await theirRows();
    const lock = { sheets: [sheetOf(ours), sheetOf(theirs)], gapsReason: 'Số liệu để thử' };
    const notice = {
      ...{ number: '1/TB', issuedOn: '2026-11-10', title: 'Mở', yearId: ours.school.yearId },
      windows: [
        {
          ...{ period: 'HK1', opening: 'clock', scope: { classIds: [ours.class.id, theirs.class.id] } },
          ...{ opensAt: '2026-11-11T00:00:00.000Z', closesAt: '2026-11-20T00:00:00.000Z' },
        },
      ],
    };
    const assignment = { area: 'TOAN', personId: theirs.teacher.id };
    const attempts = [
      await ours.vice.post('/api/acts', { action: 'period.lock', params: lock }),
      await ours.vice.post('/api/notices', notice),
      await ours.vice.post('/api/notices', { ...notice, yearId: theirs.school.yearId }),
      await ours.vice.post(`/api/classes/${ours.class.id}/assignments`, { assignments: [assignment] }),
      await ours.teacher.put(`/api/classes/${ours.class.id}/sheets/TOAN/HK1/drafts`, {
        cells: [{ pupilId: theirs.class.pupilIds[0], column: 'TX2', value: '9', version: 0 }],
      }),
    ];
    for (const { status } of attempts) expect([404, 422]).toContain(status);
    expect(await theirRows()).toEqual(before);
  });

  test('row 15: a school in a header, a query or a cookie of one’s own making is not looked at', async () => {
    const path = `/api/classes/${theirs.class.id}`;
    for (const query of [`?schoolId=${theirs.school.id}`, `?school=thcs-nguoi`]) {
      expect((await ours.principal.get(`${path}${query}`)).status).toBe(404);
    }
    const own = await ours.principal.get<{ id: string }>(`/api/school?schoolId=${theirs.school.id}`);
    expect(own.body.id).toBe(ours.school.id);
  });
});

describe(`row 18 on ${ENGINE}`, () => {
  let correctionId: string;

  beforeAll(async () => {
    correctionId = await asked('9');
  });

  test('row 18: nothing is approved before the homeroom teacher has confirmed it, nor applied before it is approved', async () => {
    const params = { correctionIds: [correctionId] };
    for (const desk of [ours.vice, ours.principal]) {
      const stated = await desk.post('/api/acts', { action: 'correction.approve', params });
      expect(outcome(stated)).toEqual([403, 'R2.4']);
    }
    expect(outcome(await ours.it.post('/api/corrections/apply', params))).toEqual([404, 'NOT_FOUND']);
    const act = await ours.vice.act('correction.reject', { ...params, reason: 'Chưa có bài làm' });
    const direct = await ours.vice.post(`/api/corrections/${correctionId}/approve`, { act });
    expect(outcome(direct)).toEqual([403, 'R2.4']);
  });

  test('row 18: an approved correction is in the sheet only once the person who applies has applied it, and once', async () => {
    const params = { correctionIds: [correctionId] };
    expect((await ours.homeroom.post(`/api/corrections/${correctionId}/confirm`)).status).toBe(200);
    const twice = await ours.homeroom.post(`/api/corrections/${correctionId}/confirm`);
    expect(outcome(twice)).toEqual([403, 'R2.17']);
    expect(outcome(await ours.it.post('/api/corrections/apply', params))).toEqual([404, 'NOT_FOUND']);
    expect((await ours.vice.stepUp('correction.approve', params, '/api/corrections/approve')).status).toBe(
      200,
    );
    const value = async () =>
      (
        await ours.teacher.get<{ pupils: { cells: { column: string; value: string }[] }[] }>(
          `/api/classes/${ours.class.id}/sheets/TOAN/HK1`,
        )
      ).body.pupils[0]?.cells.find(({ column }) => column === 'TX1')?.value;
    expect(await value()).toBe('8');
    expect((await ours.it.post('/api/corrections/apply', params)).status).toBe(200);
    expect(await value()).toBe('9');
    expect(outcome(await ours.it.post('/api/corrections/apply', params))).toEqual([409, 'STATE_CONFLICT']);
  });

  test('row 18: what was refused or withdrawn is over', async () => {
    const second = await asked('6', 1);
    await ours.teacher.post(`/api/corrections/${second}/withdraw`);
    const confirmed = await ours.homeroom.post(`/api/corrections/${second}/confirm`);
    expect(outcome(confirmed)).toEqual([409, 'STATE_CONFLICT']);
    const stated = await ours.vice.post('/api/acts', {
      ...{ action: 'correction.approve', params: { correctionIds: [second] } },
    });
    expect(outcome(stated)).toEqual([403, 'R2.4']);
  });

  test('row 18: a window is not opened before its time, a sheet not reopened that was never locked', async () => {
    const announced = await ours.vice.post<NoticeAnswer>('/api/notices', {
      ...{ number: '2/TB', issuedOn: '2026-11-10', title: 'Mở', yearId: ours.school.yearId },
      windows: [
        {
          ...{ period: 'HK2', opening: 'hand', scope: {} },
          ...{ opensAt: '2026-12-11T00:00:00.000Z', closesAt: '2026-12-20T00:00:00.000Z' },
        },
      ],
    });
    const window = announced.body.windows[0]?.id ?? '';
    expect((await ours.it.post(`/api/windows/${window}/open`)).status).toBe(409);
    expect((await ours.it.post(`/api/windows/${window}/close`)).status).toBe(409);
    const params = { sheets: [sheetOf(ours)], reason: 'Bổ sung điểm kiểm tra bù' };
    const reopened = await ours.vice.post('/api/acts', { action: 'period.reopen', params });
    expect(outcome(reopened)).toEqual([409, 'STATE_CONFLICT']);
  });

  test('row 18: no transcript before the decision, no decision before the results, no signature before a batch', async () => {
    const classId = ours.class.id;
    const composed = await ours.homeroom.post('/api/transcripts/batches', { classId });
    expect([composed.status, ['RESULTS_MISSING', 'NO_DECISION']]).toEqual([
      409,
      expect.arrayContaining([composed.body.code]),
    ]);
    const decided = await ours.vice.post('/api/decisions', {
      ...{ classId, meetingId: classId, number: '1/QĐ', decidedOn: '2026-11-10' },
    });
    expect(decided.status).toBeGreaterThanOrEqual(400);
    for (const action of ['transcript.sign.homeroom', 'transcript.sign.principal', 'transcript.seal']) {
      const stated = await ours.principal.post('/api/acts', { action, params: { batchId: classId } });
      expect([action, stated.status]).toEqual([action, 404]);
    }
  });
});
