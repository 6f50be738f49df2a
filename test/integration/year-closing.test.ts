/** Closing a school year: when it may be closed, what is left afterwards, and by which rules it stays. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { Journal } from '#api/audit/journal.js';
import { PupilResult } from '#api/results/results.entities.js';
import { School, SchoolYear } from '#api/school/school.entities.js';
import { WindowClock } from '#api/windows/window-clock.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type { ResultsAnswer } from '#contracts/results.js';
import type { TranscriptDetailAnswer, TranscriptsAnswer } from '#contracts/transcripts.js';
import type { NoticesAnswer } from '#contracts/windows.js';
import type { YearClosingAnswer } from '#contracts/years.js';
import { classListFile } from '#fixtures/node/make-files.js';
import { RULE_SET_VERSIONS, type RuleSetVersion } from '#regulations/rule-sets.js';
import type { TranscriptData } from '#transcript/document.js';
import { councilMeets, meetingOf } from './council.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { rowFindings } from './row-findings.js';
import { TestServer, type Desk } from './school.js';
import { attacked } from './tamper.js';

jest.setTimeout(60_000);
const DAY_MS = 86_400_000;

let server: TestServer;
let played: DecidedClass;
let open: DecidedClass;

beforeAll(async () => {
  server = await TestServer.start('2027-05-18T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 2);
  open = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-nam-mo');
}, 120_000);
afterAll(() => server.stop(), 30_000);

const check = async (desk: Desk = played.vice) =>
  (await desk.get<YearClosingAnswer>(`/api/years/${played.school.yearId}/closing`)).body;
const codes = ({ blockers }: YearClosingAnswer) => blockers.map(({ code }) => code);
const params = () => ({ yearId: played.school.yearId });
const close = (desk: Desk = played.principal, more: object = {}) =>
  desk.stepUp<YearClosingAnswer>('year.close', { ...params(), ...more }, '/api/years/close');

/** One more point of one mark in the book of the class; asked for, not decided. */
async function ask({ homeroom, target }: DecidedClass, column = 'CK'): Promise<string> {
  const pupilId = target.pupilIds[0] ?? '';
  const { body } = await homeroom.get<SheetAnswer>(`/api/classes/${target.id}/sheets/TOAN/HK1`);
  const cell = body.pupils.find(({ id }) => id === pupilId)?.cells.find((each) => each.column === column);
  const asked = await homeroom.post<CorrectionsAnswer>('/api/corrections', {
    ...{ classId: target.id, area: 'TOAN', period: 'HK1', reason: 'Cộng sót điểm một câu' },
    cells: [{ pupilId, column, newValue: cell?.value === '9' ? '10' : '9', version: cell?.version }],
  });
  expect(asked.status).toBe(201);
  return asked.body.corrections[0]?.id ?? '';
}

async function approve({ vice }: DecidedClass, id: string): Promise<void> {
  const answer = await vice.stepUp('correction.approve', { correctionIds: [id] }, '/api/corrections/approve');
  expect(answer.status).toBe(200);
}

describe(`closing a school year on ${ENGINE}`, () => {
  test('names all that is still to be done, and does nothing before', async () => {
    expect(codes(await check())).toEqual(['WINDOW_AHEAD', 'NOT_ISSUED']);
    const stated = await played.principal.post('/api/acts', { action: 'year.close', params: params() });
    expect([stated.status, stated.body.code]).toEqual([409, 'STATE_CONFLICT']);
    expect(stated.body.items?.map(({ code }) => code)).toEqual(['WINDOW_AHEAD', 'NOT_ISSUED']);
    await issueClass(played);
    server.clock.advance(15 * DAY_MS);
    const asked = await ask(played);
    expect(codes(await check())).toEqual(['CORRECTION_WAITS']);
    expect((await played.homeroom.post(`/api/corrections/${asked}/withdraw`)).status).toBe(200);
    expect(await check()).toMatchObject({
      ...{ blockers: [], held: [], closedAt: null },
      rules: [{ grade: 6, id: 'tt22-2021', version: '1' }],
    });
  });

  test('an unfinished class keeps the year open: it is named with its first steps', async () => {
    const { vice, school } = open;
    const other = await school.class('6A9', 6, ['Lê Chi'], ['TOAN']);
    const { body } = await vice.get<YearClosingAnswer>(`/api/years/${school.yearId}/closing`);
    const own = body.blockers.filter(({ where }) => where === other.name).map(({ code }) => code);
    expect(own).toEqual([
      'STEP_LOCKS',
      'STEP_RESULTS',
      'STEP_LIST',
      'STEP_COUNCIL',
      'STEP_DECISION',
      'NOT_ISSUED',
    ]);
  });

  test('is the principal’s, with a second factor, for exactly what was shown', async () => {
    for (const desk of [played.vice, played.homeroom]) {
      const refused = await desk.post('/api/acts', { action: 'year.close', params: params() });
      expect([refused.status, refused.body.rule]).toEqual([403, 'R8.12']);
    }
    expect((await played.homeroom.get(`/api/years/${played.school.yearId}/closing`)).status).toBe(403);
    expect((await open.principal.post('/api/acts', { action: 'year.close', params: params() })).status).toBe(
      404,
    );
    expect((await open.principal.get(`/api/years/${played.school.yearId}/closing`)).status).toBe(404);
    const bare = await played.principal.post('/api/years/close', params());
    expect(bare.status).toBe(400);
    const act = await played.principal.act('year.close', params());
    const other = { ...params(), heldReason: 'Không ai bị giữ lại cả', act };
    const changed = await played.principal.post('/api/years/close', other);
    expect([changed.status, changed.body.code]).toEqual([409, 'ACT_INVALID']);
    expect((await check()).closedAt).toBeNull();
  });

  test('is done once, and kept in the journal with the rules that the year stays with', async () => {
    const closed = await close();
    expect(closed.status).toBe(200);
    expect(closed.body).toMatchObject({
      closedBy: played.principal.fullName,
      closedAt: server.clock.timestamp(),
    });
    const event = await server.database.read.findOneByOrFail(JournalEvent, {
      ...{ schoolId: played.school.id, type: 'year.closed' },
    });
    expect(JSON.parse(event.payload ?? '')).toMatchObject({
      ...{
        actor: played.principal.id,
        rule: 'R8.12',
        secondFactor: 'passkey',
        subjectId: played.school.yearId,
      },
      data: { closedBy: played.principal.id, closedRules: [{ grade: 6, id: 'tt22-2021', version: '1' }] },
    });
    const again = await played.principal.post('/api/acts', { action: 'year.close', params: params() });
    expect([again.status, again.body.code]).toEqual([409, 'YEAR_CLOSED']);
  });
});

describe(`a closed year on ${ENGINE}`, () => {
  test('is written no more: whoever asks is told so, and nothing but the asking is in the journal', async () => {
    const { homeroom, vice, principal, sealer, target, school } = played;
    const it = await school.person('cntt', 'it-officer');
    const clerk = await school.person('van-thu', 'clerk');
    const { body: announced } = await vice.get<NoticesAnswer>('/api/windows');
    const windowId = announced.notices[0]?.windows[0]?.id ?? '';
    const base = `/api/classes/${target.id}`;
    const sheet = `${base}/sheets/TOAN/HK2`;
    const [pupilId] = target.pupilIds;
    const today = server.clock.today();
    const of = { classId: target.id, area: 'TOAN', period: 'HK2' };
    const window = { period: 'HK2', scope: {}, opening: 'clock', opensAt: '2027-07-01T00:00:00.000Z' };
    const paper = 'Đơn xin chuyển trường';
    const before = await written();
    const refused: [Desk, 'post' | 'put', string, object][] = [
      [homeroom, 'put', `${sheet}/drafts`, { cells: [{ pupilId, column: 'TX1', value: '9', version: 0 }] }],
      [homeroom, 'post', `${sheet}/record`, { columns: ['TX1'] }],
      [homeroom, 'put', `${sheet}/columns/TX1`, { name: 'Bài mới', version: 0 }],
      [homeroom, 'post', `${sheet}/scratch`, { name: 'Hỏi bài đầu giờ' }],
      [it, 'post', `/api/windows/${windowId}/open`, {}],
      [it, 'post', `/api/windows/${windowId}/close`, {}],
      [clerk, 'post', `${base}/pupils`, { pupilId, on: '2027-05-20', paper }],
      [
        clerk,
        'post',
        `${base}/pupils/${pupilId ?? ''}/move`,
        { toClassId: target.id, on: '2027-05-20', paper },
      ],
      [
        homeroom,
        'post',
        `${base}/subject-changes`,
        {
          ...{ pupilId, dropped: 'NGOAI_NGU_2', taken: null, effectiveOn: '2027-05-20' },
          ...{ reason: 'Đổi nguyện vọng', application: 'Đơn ngày 18/05' },
        },
      ],
      [vice, 'put', `/api/results/${target.id}/notes`, { notes: [{ pupilId, exempt: ['GDTC'] }] }],
      [homeroom, 'post', `/api/results/${target.id}/compute`, {}],
      [homeroom, 'post', `/api/results/${target.id}/lists`, {}],
      [vice, 'post', '/api/council-meetings', meetingOf(played, today)],
      [
        it,
        'post',
        `${base}/assignments`,
        { assignments: [{ area: 'TOAN', personId: vice.id, from: today }] },
      ],
      [sealer, 'post', `${base}/pupils/${pupilId ?? ''}/leave`, { on: '2027-05-20', paper }],
      [
        vice,
        'post',
        '/api/notices',
        {
          ...{ number: '99/TB', issuedOn: today, title: 'Mở thêm', yearId: school.yearId },
          windows: [{ ...window, closesAt: '2027-07-05T00:00:00.000Z' }],
        },
      ],
    ];
    for (const [desk, method, path, body] of refused) {
      const answer = await desk[method](path, body);
      expect([path, answer.status, answer.body.code]).toEqual([path, 409, 'YEAR_CLOSED']);
    }
    const list = await readFile(`fixtures/files/${classListFile('6A2')}`);
    for (const step of ['preview', 'import']) {
      const answer = await it.upload(`/api/roster/${step}`, list, { yearId: school.yearId });
      expect([step, answer.status, answer.body.code]).toEqual([step, 409, 'YEAR_CLOSED']);
    }
    for (const [action, path] of [
      ['period.reopen', '/api/locks/reopen'],
      ['period.lock', '/api/locks'],
    ] as const) {
      const asked = { sheets: [of], reason: 'Bổ sung điểm kiểm tra bù' };
      const lock = { sheets: [{ ...of, area: 'TOAN' }], gapsReason: 'Số liệu để thử' };
      const sent = action === 'period.lock' ? lock : asked;
      const stated = await vice.post('/api/acts', { action, params: sent });
      if (stated.status === 201)
        expect((await vice.stepUp(action, sent, path)).body.code).toBe('YEAR_CLOSED');
      else expect(stated.status).toBe(409);
    }
    await server.app.get(WindowClock, { strict: false }).tellDue();
    expect(await written()).toBe(before);
    expect((await principal.get<ResultsAnswer>(`/api/results/${target.id}`)).status).toBe(200);
  });

  test('a year that is open is written, by the same requests', async () => {
    const { vice, homeroom, target } = open;
    const notes = { notes: [{ pupilId: target.pupilIds[0], exempt: ['GDTC'] }] };
    expect((await vice.put(`/api/results/${target.id}/notes`, notes)).status).toBe(200);
    expect(
      (await vice.put(`/api/results/${target.id}/notes`, { notes: [{ pupilId: target.pupilIds[0] }] }))
        .status,
    ).toBe(200);
    expect((await homeroom.post(`/api/results/${target.id}/compute`)).status).toBe(200);
  });

  test('stays with the version of the rules it was closed with; an open year takes the new one', async () => {
    const newest = RULE_SET_VERSIONS.findLast(({ id }) => id === 'tt22-2021');
    if (newest === undefined) throw new Error('there is no rule set');
    const versions = RULE_SET_VERSIONS as RuleSetVersion[];
    // An amending circular of January: nobody gets a title.
    const amended: RuleSetVersion = {
      ...{ ...newest, version: '2', effectiveFrom: '2027-01-15' },
      evaluate: (input) => {
        const answer = newest.evaluate(input);
        return 'error' in answer ? answer : { ...answer, honour: null };
      },
    };
    versions.push(amended);
    try {
      const results = async ({ vice, target }: DecidedClass) =>
        (await vice.get<ResultsAnswer>(`/api/results/${target.id}`)).body;
      expect((await results(played)).ruleSetVersion).toBe('1');
      expect((await results(open)).ruleSetVersion).toBe('2');
      expect((await open.homeroom.post(`/api/results/${open.target.id}/compute`)).status).toBe(200);
      expect(await versionsOf(open)).toEqual(['2']);
      // A correction computes the closed year's result again, by its own version.
      await approve(played, await ask(played));
      expect(await versionsOf(played)).toEqual(['1', '1']);
      await approve(open, await ask(open));
      expect(await versionsOf(open)).toEqual(['2']);
    } finally {
      versions.pop();
    }
  });

  test('what the correction reopened is met on, decided and issued again; then all is closed as before', async () => {
    const { homeroom, vice, target } = played;
    const meetingId = await councilMeets(server, played);
    const decision = { classId: target.id, meetingId, number: '71/QĐ-THCS', decidedOn: server.clock.today() };
    expect((await vice.post('/api/decisions', decision)).status).toBe(201);
    await issueClass(played);
    expect((await homeroom.post(`/api/results/${target.id}/lists`)).body.code).toBe('YEAR_CLOSED');
    const late = { ...decision, number: '72/QĐ-THCS' };
    expect((await vice.post('/api/decisions', late)).body.code).toBe('YEAR_CLOSED');
  });

  test('a name corrected after the year was closed is in the next version of its transcript; the year stays closed', async () => {
    const { homeroom, sealer: clerk, target } = played;
    const pupilId = target.pupilIds[1] ?? '';
    const fullName = 'Nguyễn Hoàng Bảo Ánh';
    const asked = { fields: { fullName }, reason: 'Giấy khai sinh ghi khác danh sách lớp' };
    const made = await homeroom.post<{ id: string }>(`/api/pupils/${pupilId}/changes`, asked);
    expect(made.status).toBe(201);
    const paper = { paper: 'Giấy khai sinh số 45/2015' };
    expect((await clerk.post(`/api/pupil-changes/${made.body.id}/confirm`, paper)).status).toBe(200);
    const list = async () => {
      const path = `/api/transcripts?classId=${target.id}`;
      const { transcripts } = (await homeroom.get<TranscriptsAnswer>(path)).body;
      return transcripts.filter((each) => each.pupilId === pupilId);
    };
    const before = await list();
    await issueClass(played);
    const after = await list();
    expect(after.map(({ state }) => state)).toEqual(Array<string>(before.length + 1).fill('issued'));
    const names = await Promise.all(
      after.map(async ({ id }) => {
        const { data } = (await homeroom.get<TranscriptDetailAnswer>(`/api/transcripts/${id}`)).body;
        return (data as TranscriptData).pupil.fullName;
      }),
    );
    expect([names.at(-1), names.includes(fullName), new Set(names).size]).toEqual([fullName, true, 2]);
    expect((await homeroom.post(`/api/results/${target.id}/lists`)).body.code).toBe('YEAR_CLOSED');
  });

  test('audit accepts it as it is, and names a year opened, or its rules exchanged, with SQL', async () => {
    const where = { schoolId: played.school.id, id: played.school.yearId };
    const look = (read: EntityManager) => rowFindings(read, played.school.id, ['school_years']);
    expect(await look(server.database.read)).toEqual([]);
    for (const change of [
      { closedAt: null },
      { closedBy: played.vice.id },
      { closedRules: [{ grade: 6, id: 'tt22-2021' as const, version: '2' }] },
    ]) {
      const found = await attacked(server.database, (sql) => sql.update(SchoolYear, where, change), look);
      expect(found.map(({ code, table, id }) => [code, table, id])).toEqual([
        ['ROW_CHANGED', 'school_years', where.id],
      ]);
    }
  });

  test('audit names a year that was closed with SQL and a made-up event: nobody confirmed it', async () => {
    const school = await server.database.read.findOneByOrFail(School, { id: open.school.id });
    const year = { schoolId: school.id, id: open.school.yearId };
    const closed = { closedAt: '2027-06-05T00:00:00.000Z', closedBy: open.principal.id, closedRules: [] };
    const event = {
      ...{ type: 'year.closed', subject: 'school_years', subjectId: year.id, data: closed },
      ...{ actor: open.principal.id, session: 'of-the-attacker', rule: 'R8.12', at: closed.closedAt },
    };
    const audit = (read: EntityManager) =>
      auditSchool(read, {
        school,
        ledger: undefined,
        trust: undefined,
        outside: {},
        now: server.clock.now(),
      });
    const report = await attacked(
      server.database,
      async (sql) => {
        await sql.update(SchoolYear, year, closed);
        await new Journal().append(sql, school.id, event);
      },
      audit,
    );
    expect(report.findings.filter(({ table }) => table === 'school_years')).toMatchObject([
      { code: 'ACT_MISSING', id: year.id },
    ]);
  });
});

/** Events of the played school but those of signing in and of acts. */
async function written(): Promise<number> {
  const events = await server.database.read.findBy(JournalEvent, { schoolId: played.school.id });
  return events.filter(({ subject }) => !['sessions', 'acts', 'people'].includes(subject)).length;
}

async function versionsOf({ school }: DecidedClass): Promise<string[]> {
  const rows = await server.database.read.findBy(PupilResult, { schoolId: school.id });
  return rows.map(({ ruleSetVersion }) => ruleSetVersion);
}
