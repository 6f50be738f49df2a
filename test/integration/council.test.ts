/** The order of the year's end: results, the class's recognition, the list, the council's vote, the decision. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ReopenedDecision } from '#api/corrections/corrections.entities.js';
import { SchoolYear } from '#api/school/school.entities.js';
import type { ListAnswer, MeetingAnswer, MeetingsAnswer, YearStepsAnswer } from '#contracts/council.js';
import type { ResultsAnswer, YearNotesAnswer } from '#contracts/results.js';
import { councilDecides, councilMeets, meetingOf } from './council.js';
import { decidedClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { TestServer } from './school.js';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
}, 60_000);
afterAll(() => server.stop(), 30_000);

const undecided = (slug: 'thcs-song-may' | 'th-ben-tram', name: string) =>
  decidedClass(server, slug, 3, (_sheet, _pupil, _column, value) => value, name, false);

describe(`the way to the council's decision on ${ENGINE}`, () => {
  let played: DecidedClass;
  let path: string;

  beforeAll(async () => {
    played = await undecided('thcs-song-may', 'thcs-hoi-dong');
    path = `/api/results/${played.target.id}`;
  }, 60_000);

  const steps = async () => {
    const { body } = await played.vice.get<YearStepsAnswer>(`${path}/steps`);
    return body.steps.map(({ step, state }) => `${step} ${state}`);
  };
  const meeting = (votes?: object) => meetingOf(played, server.clock.today(), votes);

  test('says which step waits and which it blocks', async () => {
    expect(await steps()).toEqual([
      ...['locks done', 'results done', 'recognition not-needed'],
      ...['list waiting', 'council blocked', 'decision blocked'],
    ]);
  });

  test('no meeting votes on a class whose list was not sent', async () => {
    const refused = await played.vice.post('/api/council-meetings', meeting());
    expect([refused.status, refused.body.items?.[0]?.code]).toEqual([409, 'NO_LIST']);
  });

  test('only the homeroom teacher sends the list, once', async () => {
    expect((await played.vice.post(`${path}/lists`)).status).toBe(403);
    const sent = await played.homeroom.post<ListAnswer[]>(`${path}/lists`, { note: 'Đủ cả lớp' });
    expect(sent.body).toMatchObject([{ stands: true, note: 'Đủ cả lớp' }]);
    expect((await played.homeroom.post(`${path}/lists`)).status).toBe(409);
  });

  test('the managers send it back with a comment on a row, and it must be sent again', async () => {
    const [pupilId = ''] = played.target.pupilIds;
    const back = { reason: 'Xem lại một em', comments: [{ pupilId, comment: 'Thiếu nhận xét' }] };
    expect((await played.homeroom.post(`${path}/lists/return`, back)).status).toBe(403);
    const strange = { ...back, comments: [{ pupilId: played.school.id, comment: 'Không có em này' }] };
    expect((await played.vice.post(`${path}/lists/return`, strange)).status).toBe(404);
    const returned = await played.vice.post<ListAnswer[]>(`${path}/lists/return`, back);
    expect(returned.body[0]).toMatchObject({ stands: false, comments: back.comments });
    expect((await played.vice.post('/api/council-meetings', meeting())).status).toBe(409);
    expect((await played.homeroom.post(`${path}/lists`)).status).toBe(200);
  });

  test('votes that do not add up, too few present, one person as chair and secretary are all named', async () => {
    const wrong = { ...meeting({ votesFor: 3, votesAgainst: 0, abstained: 0 }), present: 10 };
    const refused = await played.vice.post('/api/council-meetings', {
      ...wrong,
      secretaryId: played.vice.id,
    });
    expect(refused.body.items?.map(({ code }) => code)).toEqual(['SAME_PERSON', 'NO_QUORUM', 'VOTES_DIFFER']);
  });

  test('a decision does not rest on a meeting that did not pass the list, nor on none', async () => {
    const lost = await played.vice.post<MeetingAnswer>(
      '/api/council-meetings',
      meeting({ votesFor: 10, votesAgainst: 10, abstained: 0 }),
    );
    expect(lost.body.votes[0]?.passed).toBe(false);
    const decision = { classId: played.target.id, number: '1/QĐ', decidedOn: server.clock.today() };
    const refused = await played.vice.post('/api/decisions', { ...decision, meetingId: lost.body.id });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('không thông qua')]);
    expect((await played.vice.post('/api/decisions', decision)).status).toBe(400);
    const unknown = { ...decision, meetingId: played.school.id };
    expect((await played.vice.post('/api/decisions', unknown)).status).toBe(404);
  });

  test('a meeting that passes it carries the decision, not dated before the meeting', async () => {
    const passed = await played.vice.post<MeetingAnswer>('/api/council-meetings', meeting());
    const decision = { classId: played.target.id, meetingId: passed.body.id, number: '44/QĐ' };
    const early = await played.vice.post('/api/decisions', { ...decision, decidedOn: '2027-05-01' });
    expect([early.status, early.body.items?.[0]?.code]).toEqual([400, 'BEFORE_MEETING']);
    const decided = await played.vice.post('/api/decisions', {
      ...decision,
      decidedOn: server.clock.today(),
    });
    expect(decided.status).toBe(201);
    expect((await steps()).every((line) => !/waiting|blocked/.test(line))).toBe(true);
    const { body } = await played.homeroom.get<MeetingsAnswer>(
      `/api/council-meetings?yearId=${played.school.yearId}`,
    );
    expect(body.meetings.map(({ votes }) => votes[0]?.passed)).toContain(true);
  });

  test('what the council has decided on is not sent back any more', async () => {
    const late = await played.vice.post(`${path}/lists/return`, {
      reason: 'Còn thiếu một dòng',
      comments: [],
    });
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('đã quyết định')]);
  });

  test('another school neither sees nor uses the meeting', async () => {
    const other = await server.school('thcs-hd-khac', 'LOWER_SECONDARY');
    const foreign = await other.person('truong', 'principal');
    const { body } = await foreign.get<MeetingsAnswer>(
      `/api/council-meetings?yearId=${played.school.yearId}`,
    );
    expect(body.meetings).toEqual([]);
    expect((await foreign.post('/api/council-meetings', meeting())).status).toBe(404);
    expect((await foreign.get(`${path}/steps`)).status).toBe(404);
  });
});

describe(`a second list after the summer on ${ENGINE}`, () => {
  test('re-assessment overtakes the first decision for that pupil; a second list, meeting and decision of that pupil follow', async () => {
    const failing = (sheet: string, pupil: number, _column: string, value: string) =>
      pupil === 0 && /^(TOAN|NGU_VAN)\/HK/.test(sheet) ? '3' : value;
    const played = await decidedClass(server, 'thcs-song-may', 3, failing, 'thcs-lan-hai', false);
    const path = `/api/results/${played.target.id}`;
    const [pupilId = ''] = played.target.pupilIds;
    const promotionOf = async () => {
      const { body } = await played.vice.get<ResultsAnswer>(path);
      const own = body.results.find((result) => result.pupilId === pupilId);
      return [(own?.answer as { promotion?: string } | null)?.promotion, own?.decidedBy];
    };
    await councilDecides(server, played, '44/QĐ');
    expect(await promotionOf()).toEqual(['DANH_GIA_LAI', '44/QĐ']);
    const notes = [{ pupilId, reassessment: { subjects: { TOAN: '6.0', NGU_VAN: '5.0' } } }];
    expect((await played.homeroom.put(`${path}/notes`, { notes })).status).toBe(200);
    expect((await played.homeroom.post(`${path}/compute`)).status).toBe(200);
    expect(await promotionOf()).toEqual(['LEN_LOP', null]);
    const meetingId = await councilMeets(server, played);
    const { body: lists } = await played.homeroom.get<ListAnswer[]>(`${path}/lists`);
    expect(lists.map(({ pupilIds }) => pupilIds)).toEqual([[pupilId], played.target.pupilIds]);
    expect((await played.homeroom.post(`${path}/lists`)).status).toBe(409);
    const decision = {
      classId: played.target.id,
      meetingId,
      number: '58/QĐ',
      decidedOn: server.clock.today(),
    };
    expect((await played.vice.post('/api/decisions', decision)).status).toBe(201);
    expect(await promotionOf()).toEqual(['LEN_LOP', '58/QĐ']);
  }, 60_000);
});

describe(`the class recognises (TT 27/2020 Đ.13) on ${ENGINE}`, () => {
  test('a note that nobody voted for does not reach the council; the vote writes the note', async () => {
    const played = await undecided('th-ben-tram', 'th-cong-nhan');
    const path = `/api/results/${played.target.id}`;
    const [first = '', second = ''] = played.target.pupilIds;
    const notes = [{ pupilId: first, outstanding: true, classRecognised: true }];
    await played.homeroom.put(`${path}/notes`, { notes });
    await played.homeroom.post(`${path}/compute`);
    const refused = await played.homeroom.post(`${path}/lists`);
    expect([refused.status, refused.body.items?.map(({ where }) => where)]).toEqual([409, [first]]);

    const vote = (pupils: object[]) => ({ heldOn: server.clock.today(), present: 30, pupils });
    const tooMany = vote([{ pupilId: first, votes: 31, recognised: true }]);
    expect((await played.homeroom.post(`${path}/recognition`, tooMany)).status).toBe(400);
    expect((await played.vice.post(`${path}/recognition`, tooMany)).status).toBe(403);
    const held = vote([
      { pupilId: first, votes: 29, recognised: true },
      { pupilId: second, votes: 4, recognised: false },
    ]);
    expect((await played.homeroom.post(`${path}/recognition`, held)).status).toBe(200);
    const { body } = await played.homeroom.get<YearNotesAnswer>(`${path}/notes`);
    expect(body.notes).toContainEqual({ pupilId: first, outstanding: true, classRecognised: true });
    expect(body.notes).toContainEqual({ pupilId: second, classRecognised: false });
    await played.homeroom.post(`${path}/compute`);
    expect((await played.homeroom.post(`${path}/lists`)).status).toBe(200);

    // A correction of a closed year may make a pupil fit for the title: the class meets on it again.
    const { school, target } = played;
    const closedAt = server.clock.timestamp();
    await school.founded((base) => base.change(SchoolYear, school.yearId, { closedAt }));
    const closed = await played.homeroom.post(`${path}/recognition`, held);
    expect([closed.status, closed.body.code]).toEqual([409, 'YEAR_CLOSED']);
    const reopened = { decisionId: 'một', correctionId: 'hai', reopenedAt: closedAt, eventSeq: 999_999 };
    const at = { schoolId: school.id, id: 'ba', classId: target.id, pupilId: first };
    await server.database.write((tx) => tx.insert(ReopenedDecision, { ...at, ...reopened }));
    expect((await played.homeroom.post(`${path}/recognition`, held)).status).toBe(200);
    expect((await played.homeroom.put(`${path}/notes`, { notes })).status).toBe(409);
  }, 60_000);
});
