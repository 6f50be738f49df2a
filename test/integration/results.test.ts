import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { Enrolment } from '#api/school/school.entities.js';
import type { CorrectionEffectAnswer, CorrectionsAnswer } from '#contracts/corrections.js';
import type { EarlierRequestAnswer } from '#contracts/earlier-marks.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type {
  DecisionAnswer,
  DecisionsAnswer,
  ExplanationsAnswer,
  ResultsAnswer,
} from '#contracts/results.js';
import type { ClassAnswer } from '#contracts/school.js';
import type { BatchAnswer } from '#contracts/transcripts.js';
import { demoClass, type DemoClass } from '#fixtures/demo-class.js';
import type { DemoSlug } from '#fixtures/model.js';
import { evaluatePupilYear, type PupilSheets } from '#fixtures/pupil-year.js';
import type { Answer, Tt22Answer } from '#regulations/types.js';
import { councilMeets } from './council.js';
import { ENGINE } from './engine.js';
import {
  HOMEROOM,
  openEverything,
  TestServer,
  type Desk,
  type TestClass,
  type TestSchool,
} from './school.js';

/** The first pupils of the demo's class are enough to see that results are what the regulations say. */
const PUPILS = 3;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
}, 60_000);
afterAll(() => server.stop(), 30_000);

/** A class whose whole year is entered by one teacher, with its people. */
interface Played {
  readonly school: TestSchool;
  readonly demo: DemoClass;
  readonly target: TestClass;
  readonly principal: Desk;
  readonly vice: Desk;
  readonly homeroom: Desk;
  readonly sheets: readonly { classId: string; area: string; period: string }[];
}

async function play(
  slug: DemoSlug,
  leaveOut: (sheet: string, pupil: number, column: string) => boolean,
  schoolSlug: string = slug,
): Promise<Played> {
  const demo = demoClass(slug);
  const primary = demo.ruleSet === 'tt27-2020';
  const school = await server.school(schoolSlug, primary ? 'PRIMARY' : 'LOWER_SECONDARY');
  const principal = await school.person('truong', 'principal');
  const vice = await school.person('pho', 'vice-principal');
  const homeroom = await school.person('gv', 'teacher');
  const names = demo.pupils.slice(0, PUPILS).map((pupil) => pupil.fullName);
  const target = await school.class(demo.schoolClass.name, demo.schoolClass.grade, names);
  await school.assign(homeroom, target, HOMEROOM, ...target.subjects);
  await openEverything(
    vice,
    school,
    server.clock,
    ...(primary ? ['GHK1', 'CHK1', 'GHK2', 'CN'] : ['HK1', 'HK2']),
  );
  for (const sheet of demo.sheets) {
    const path = `/api/classes/${target.id}/sheets/${sheet.area}/${sheet.period}`;
    const cells = target.pupilIds.flatMap((pupilId, i) =>
      Object.entries(sheet.rows.find((row) => row.pupilId === demo.pupils[i]?.id)?.values ?? {})
        .filter(([column]) => !leaveOut(`${sheet.area}/${sheet.period}`, i, column))
        .map(([column, value]) => ({ pupilId, column, value, version: 0 })),
    );
    if (cells.length === 0) continue;
    const saved = await homeroom.put(`${path}/drafts`, { cells });
    if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
    const columns = [...new Set(cells.map(({ column }) => column))];
    const recorded = await homeroom.post(`${path}/record`, { columns });
    if (recorded.status !== 200) throw new Error(JSON.stringify(recorded.body));
  }
  const { body } = await homeroom.get<ClassAnswer>(`/api/classes/${target.id}`);
  const sheets = body.sheets.map(({ area, period }) => ({ classId: target.id, area, period }));
  return { school, demo, target, principal, vice, homeroom, sheets };
}

/** What the regulations say of a pupil, from the demo's sheets alone. */
function expected({ demo, target }: Played, pupil: number, note: object | null = null): object {
  const id = demo.pupils[pupil]?.id;
  const sheets: PupilSheets = new Map(
    demo.sheets.map((sheet) => [
      `${sheet.area}/${sheet.period}`,
      sheet.rows.find((row) => row.pupilId === id)?.values ?? {},
    ]),
  );
  const answer = evaluatePupilYear({ ruleSet: demo.ruleSet, grade: target.grade, sheets, note });
  return { ...answer, id: target.pupilIds[pupil] };
}

function answersOf({ results }: ResultsAnswer, { target }: Played): (Answer | object | null | undefined)[] {
  return target.pupilIds.map((id) => results.find((result) => result.pupilId === id)?.answer);
}

async function lockAll({ vice, sheets }: Played, gapsReason?: string): Promise<void> {
  const params = { sheets, ...(gapsReason === undefined ? {} : { gapsReason }) };
  const locked = await vice.stepUp('period.lock', params, '/api/locks');
  if (locked.status !== 201) throw new Error(JSON.stringify(locked.body));
}

describe(`results by TT 22/2021 on ${ENGINE}`, () => {
  let played: Played;
  let path: string;
  /** Teaches the class one subject, and no more. */
  let subjectTeacher: Desk;

  beforeAll(async () => {
    const missing = (sheet: string, pupil: number, column: string) =>
      sheet === 'TOAN/HK2' && pupil === 1 && (column === 'CK' || column === 'TX2');
    played = await play('thcs-song-may', missing);
    path = `/api/results/${played.target.id}`;
    subjectTeacher = await played.school.person('gv-toan', 'teacher');
    await played.school.assign(subjectTeacher, played.target, 'TOAN');
  }, 60_000);

  test('wait until every sheet of the year is locked, and name those that are not', async () => {
    const refused = await played.homeroom.post(`${path}/compute`);
    expect([refused.status, refused.body.code]).toEqual([409, 'STATE_CONFLICT']);
    expect(refused.body.items).toHaveLength(played.sheets.length);
    const decision = {
      classId: played.target.id,
      meetingId: randomUUID(),
      number: '45/QĐ',
      decidedOn: '2027-05-17',
    };
    expect((await played.vice.post('/api/decisions', decision)).body.code).toBe('RESULTS_MISSING');
  });

  test('are blocked by missing marks, with the whole list by pupil', async () => {
    await lockAll(played, 'Chờ điểm kiểm tra bù');
    const refused = await played.homeroom.post(`${path}/compute`);
    expect([refused.status, refused.body.code]).toEqual([409, 'MARKS_MISSING']);
    expect(refused.body.items?.map(({ where, code }) => [where, code])).toEqual([
      [played.target.pupilIds[1], 'MISSING_REGULAR'],
      [played.target.pupilIds[1], 'MISSING_FINAL'],
    ]);
    expect(refused.body.items?.[0]?.message).toContain('Toán, Học kì II');
    const { body } = await played.homeroom.get<ResultsAnswer>(path);
    expect(body.results.every(({ answer }) => answer === null)).toBe(true);
  });

  test('once corrected are computed, equal to the regulations for every pupil', async () => {
    const { demo, target, homeroom, vice } = played;
    const row = demo.sheets
      .find((sheet) => sheet.area === 'TOAN' && sheet.period === 'HK2')
      ?.rows.find(({ pupilId }) => pupilId === demo.pupils[1]?.id);
    const cells = ['TX2', 'CK'].map((column) => {
      return { pupilId: target.pupilIds[1], column, newValue: row?.values[column], version: 0 };
    });
    const cause = { classId: target.id, area: 'TOAN', period: 'HK2', reason: 'Bổ sung điểm kiểm tra bù' };
    const made = await homeroom.post<CorrectionsAnswer>('/api/corrections', { ...cause, cells });
    const correctionIds = made.body.corrections.map(({ id }) => id);
    const [first = ''] = correctionIds;
    const effect = await vice.get<CorrectionEffectAnswer>(`/api/corrections/${first}/effect`);
    expect(effect.body).toMatchObject({ correctionId: first, effects: [] });
    await vice.stepUp('correction.approve', { correctionIds }, '/api/corrections/approve');
    const computed = await homeroom.post<ResultsAnswer>(`${path}/compute`);
    expect(computed.status).toBe(200);
    expect(computed.body).toMatchObject({
      complete: true,
      ruleSet: 'tt22-2021',
      ruleSetVersion: '1',
      decision: null,
    });
    expect(answersOf(computed.body, played)).toEqual(target.pupilIds.map((_, i) => expected(played, i)));
  });

  test('say why they are what they are, to who may read them and nobody else', async () => {
    const { target, homeroom } = played;
    const pupilId = target.pupilIds[0] ?? '';
    const at = `${path}/pupils/${pupilId}/explanation`;
    const { body } = await homeroom.get<ExplanationsAnswer>(at);
    const answer = expected(played, 0) as Tt22Answer;
    const said = new Map(body.explanations.map(({ about, value, sentence }) => [about, { value, sentence }]));
    expect(said.get('learning.year')?.value).toBe(answer.learning.year);
    expect(said.get('promotion')?.value).toBe(answer.promotion);
    expect(said.get('subjects.TOAN.HK1')?.sentence).toMatch(/^Toán, Học kì I: \(.*\) : 9 = /);
    expect((await subjectTeacher.get(at)).status).toBe(403);
    expect((await homeroom.get(`${path}/pupils/${randomUUID()}/explanation`)).status).toBe(404);
  });

  test('that a correction would change are shown before it is approved, not to the subject teacher', async () => {
    const { target, homeroom, vice } = played;
    const pupilId = target.pupilIds[0] ?? '';
    const sheet = await homeroom.get<SheetAnswer>(`/api/classes/${target.id}/sheets/TOAN/HK2`);
    const cell = sheet.body.pupils
      .find(({ id }) => id === pupilId)
      ?.cells.find(({ column }) => column === 'CK');
    const old = cell?.value ?? '';
    const newValue = old === '1' ? '9' : '1';
    const made = await homeroom.post<CorrectionsAnswer>('/api/corrections', {
      ...{ classId: target.id, area: 'TOAN', period: 'HK2', reason: 'Chấm lại bài cuối kì' },
      cells: [{ pupilId, column: 'CK', newValue, version: cell?.version ?? 0 }],
    });
    const id = made.body.corrections[0]?.id ?? '';
    const { body } = await vice.get<CorrectionEffectAnswer>(`/api/corrections/${id}/effect`);
    const answer = expected(played, 0) as Tt22Answer;
    expect(body.effects[0]).toMatchObject({ about: 'subjects.TOAN.HK2', from: answer.subjects['TOAN']?.HK2 });
    expect(body.effects.map(({ about }) => about)).toContain('subjects.TOAN.year');
    expect([403, 404]).toContain((await subjectTeacher.get(`/api/corrections/${id}/effect`)).status);
    await homeroom.post(`/api/corrections/${id}/withdraw`);
  });

  test('are computed again with a later correction, and overtaken by a later note; no decision stands on those, and the decision on the others does', async () => {
    const { target, homeroom, vice } = played;
    const meetingId = await councilMeets(server, played);
    const decision = { classId: target.id, meetingId, number: '45/QĐ-THCSSM', decidedOn: '2027-05-17' };
    const first = await vice.post<DecisionAnswer>('/api/decisions', decision);
    expect(first.body).toMatchObject({ number: '45/QĐ-THCSSM', inForce: true, className: target.name });
    expect((await vice.post('/api/decisions', decision)).body.code).toBe('ALREADY_EXISTS');
    expect((await homeroom.post('/api/decisions', decision)).status).toBe(403);

    const cells = [{ pupilId: target.pupilIds[0], column: 'VANG_K', newValue: '46', version: 2 }];
    const cause = {
      classId: target.id,
      area: 'REN_LUYEN',
      period: 'HK1',
      reason: 'Đếm sót các buổi nghỉ ốm',
    };
    const made = await homeroom.post<CorrectionsAnswer>('/api/corrections', { ...cause, cells });
    const correctionIds = made.body.corrections.map(({ id }) => id);
    await vice.stepUp('correction.approve', { correctionIds }, '/api/corrections/approve');
    const { body: corrected } = await homeroom.get<ResultsAnswer>(path);
    const own = corrected.results.find(({ pupilId }) => pupilId === target.pupilIds[0]);
    expect(own).toMatchObject({ stale: false, answer: { promotion: 'O_LAI' } });
    const [p0, p1, p2] = target.pupilIds;
    const left = { inForce: true, pupilIds: [p0, p1, p2], overtaken: [p0] };
    expect(corrected).toMatchObject({ complete: true, decision: left, undecided: [p0] });
    expect(corrected.results.map(({ decidedBy }) => decidedBy)).toEqual([
      ...[null, '45/QĐ-THCSSM', '45/QĐ-THCSSM'],
    ]);

    const notes = [{ pupilId: target.pupilIds[1], exempt: ['GDTC'] }];
    expect((await homeroom.put(`${path}/notes`, { notes })).status).toBe(200);
    const { body: overtaken } = await homeroom.get<ResultsAnswer>(path);
    expect(overtaken.results.map(({ stale }) => stale)).toEqual([false, true, false]);
    const next = { ...decision, number: '46/QĐ-THCSSM' };
    const refused = await vice.post('/api/decisions', next);
    expect([refused.body.code, refused.body.items?.map(({ code }) => code)]).toEqual([
      'RESULTS_MISSING',
      ['RESULT_STALE'],
    ]);

    const again = await homeroom.post<ResultsAnswer>(`${path}/compute`);
    expect(again.body).toMatchObject({ complete: true, decision: { ...left, overtaken: [p0, p1] } });
    const stale = await vice.post('/api/decisions', next);
    expect([stale.status, stale.body.detail]).toEqual([409, expect.stringContaining('họp lại')]);
    const met = { ...next, meetingId: await councilMeets(server, played) };
    expect((await vice.post<DecisionAnswer>('/api/decisions', met)).body.pupilIds).toEqual([p0, p1]);
    const { body } = await vice.get<DecisionsAnswer>(`/api/decisions?classId=${target.id}`);
    expect(body.decisions.map(({ number, inForce, overtaken }) => [number, inForce, overtaken])).toEqual([
      ['46/QĐ-THCSSM', true, []],
      ['45/QĐ-THCSSM', true, [p0, p1]],
    ]);
  });

  test('of another school are not found', async () => {
    const other = await server.school('thcs-r', 'LOWER_SECONDARY');
    const foreign = await other.person('pho', 'vice-principal', 'principal');
    expect((await foreign.get(path)).status).toBe(404);
    expect((await foreign.post(`${path}/compute`)).status).toBe(404);
    expect((await foreign.get(`/api/decisions?classId=${played.target.id}`)).status).toBe(404);
    const decision = {
      classId: played.target.id,
      meetingId: randomUUID(),
      number: '1/QĐ',
      decidedOn: '2027-05-17',
    };
    expect((await foreign.post('/api/decisions', decision)).status).toBe(404);
  });
});

describe(`results by TT 27/2020 on ${ENGINE}`, () => {
  let played: Played;
  let path: string;

  beforeAll(async () => {
    played = await play('th-ben-tram', () => false);
    path = `/api/results/${played.target.id}`;
    await lockAll(played);
  }, 60_000);

  test('equal the regulations for every pupil, with what only people can judge entered as notes', async () => {
    const { target, homeroom, principal } = played;
    const note = { outstanding: true, classRecognised: true };
    const notes = [{ pupilId: target.pupilIds[0], ...note }];
    const entered = await homeroom.put(`${path}/notes`, { notes });
    expect(entered).toMatchObject({ status: 200, body: { notes } });
    const { body } = await principal.post<ResultsAnswer>(`${path}/compute`);
    expect(body).toMatchObject({ complete: true, ruleSet: 'tt27-2020' });
    const wanted = target.pupilIds.map((_, i) => expected(played, i, i === 0 ? note : null));
    expect(answersOf(body, played)).toEqual(wanted);
    expect(body.results[0]?.promotion).toMatch(/Hoàn thành chương trình lớp 4/);
  });

  test('are computed again only where something changed', async () => {
    const { homeroom } = played;
    const before = await homeroom.get<ResultsAnswer>(path);
    server.clock.advance(60_000);
    const after = await homeroom.post<ResultsAnswer>(`${path}/compute`);
    expect(after.body).toEqual(before.body);
  });

  test('refuse a note that the regulations do not know, and nothing of it is kept', async () => {
    const { target, homeroom, vice } = played;
    const wrong = {
      pupilId: target.pupilIds[1],
      notAssessed: ['VAT_LI'],
      additionalAssessment: { levels: { TOAN: { CN: '9' } } },
    };
    const refused = await homeroom.put(`${path}/notes`, { notes: [wrong] });
    expect([refused.status, refused.body.code]).toEqual([400, 'VALIDATION']);
    expect(refused.body.items?.map(({ code }) => code)).toContain('UNKNOWN_SUBJECT');
    expect(refused.body.items).toHaveLength(2);
    const { body } = await vice.get<{ notes: unknown[] }>(`${path}/notes`);
    expect(body.notes).toHaveLength(1);
  });
});

describe(`results of late joiners on ${ENGINE} (regulations.md 1.3: a gap is never a zero, nor passed over)`, () => {
  let played: Played;
  let path: string;
  const late = (sheet: string, pupil: number, column: string) =>
    (sheet === 'TOAN/HK1' && pupil === 1 && (column === 'TX1' || column === 'TX2')) ||
    (sheet === 'NGU_VAN/HK1' && pupil === 2 && column === 'GK');

  beforeAll(async () => {
    played = await play('thcs-song-may', late, 'thcs-den-muon');
    path = `/api/results/${played.target.id}`;
    const { school, target } = played;
    await server.app.get(SchoolLogs, { strict: false }).open(school.id);
    for (const pupilId of target.pupilIds.slice(1)) {
      const { id } = await server.database.read.findOneByOrFail(Enrolment, { schoolId: school.id, pupilId });
      await school.founded((base) => base.change(Enrolment, id, { fromDate: '2026-11-16' }));
    }
    await lockAll(played, 'Hai em chuyển đến giữa học kì I');
  }, 60_000);

  /** The homeroom teacher says what was not required; a second person confirms it. */
  async function notRequired(pupil: number, area: string, columns: readonly string[]): Promise<string> {
    const cells = columns.map((column) => ({ area, period: 'HK1', column, value: null }));
    const { homeroom, target } = played;
    const asked = await homeroom.post<EarlierRequestAnswer>(`/api/classes/${target.id}/earlier-marks`, {
      ...{ pupilId: target.pupilIds[pupil], because: 'joined', origin: 'Trường THCS Đoàn Kết' },
      ...{ evidence: 'Giấy giới thiệu chuyển trường số 14', cells },
    });
    if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
    return `/api/classes/${target.id}/earlier-marks/${asked.body.id}/confirm`;
  }

  test('what nobody confirmed as not required is missing, and holds up the class', async () => {
    const confirm = [await notRequired(1, 'TOAN', ['TX1', 'TX2']), await notRequired(2, 'NGU_VAN', ['GK'])];
    const refused = await played.homeroom.post(`${path}/compute`);
    expect(refused.body.items?.map(({ where, code }) => [where, code])).toEqual([
      [played.target.pupilIds[1], 'MISSING_REGULAR'],
      [played.target.pupilIds[2], 'MISSING_MIDTERM'],
    ]);
    for (const at of confirm) expect((await played.vice.post(at)).status).toBe(200);
  });

  test('fewer regular marks divide by fewer, and the result says so with its article', async () => {
    const { homeroom, target, demo } = played;
    const computed = await homeroom.post<ResultsAnswer>(`${path}/compute`);
    expect([computed.status, computed.body.complete]).toEqual([200, true]);
    const [, second = '', third = ''] = target.pupilIds;
    const values = demo.sheets
      .find(({ area, period }) => area === 'TOAN' && period === 'HK1')
      ?.rows.find(({ pupilId }) => pupilId === demo.pupils[1]?.id)?.values;
    const of = (column: string) => Number(values?.[column]);
    const exact = (of('TX3') + of('TX4') + 2 * of('GK') + 3 * of('CK')) / 7;
    const answer = answersOf(computed.body, played)[1] as Tt22Answer;
    expect(Number(answer.subjects['TOAN']?.HK1)).toBeCloseTo(exact, 0);
    expect(Math.abs(Number(answer.subjects['TOAN']?.HK1) - exact)).toBeLessThanOrEqual(0.05 + 1e-9);
    expect(answer.problems).toEqual([{ code: 'NOT_REQUIRED', where: 'subjects.TOAN.HK1' }]);
    expect(answer.promotion).not.toBeNull();
    const why = await homeroom.get<ExplanationsAnswer>(`${path}/pupils/${second}/explanation`);
    const term = why.body.explanations.find(({ about }) => about === 'subjects.TOAN.HK1');
    expect(term?.reasons.map(({ code, article }) => [code, article])).toContainEqual([
      'NOT_REQUIRED',
      'TT 22/2021 Đ.6, Đ.7, Đ.9 k.1',
    ]);
    expect(term?.sentence).toContain('không yêu cầu 2 lần đánh giá thường xuyên');

    const open = answersOf(computed.body, played)[2] as Tt22Answer;
    expect(open.problems).toEqual([{ code: 'NOT_REQUIRED', where: 'subjects.NGU_VAN.HK1' }]);
    expect([open.learning.HK1, open.learning.year, open.promotion]).toEqual([null, null, null]);
    const left = await homeroom.get<ExplanationsAnswer>(`${path}/pupils/${third}/explanation`);
    expect(left.body.explanations.find(({ about }) => about === 'subjects.NGU_VAN.HK1')?.sentence).toContain(
      'cần kiểm tra bù',
    );
  });

  test('a test that was not required leaves that pupil’s result open and held back, and nobody else’s', async () => {
    const { homeroom, vice, target } = played;
    const meetingId = await councilMeets(server, played);
    const decision = { classId: target.id, meetingId, number: '50/QĐ', decidedOn: server.clock.today() };
    expect((await vice.post('/api/decisions', decision)).status).toBe(201);
    const batch = await homeroom.post<BatchAnswer>('/api/transcripts/batches', { classId: target.id });
    if (batch.status !== 201) throw new Error(JSON.stringify(batch.body));
    const open = batch.body.held.map(({ pupilId, reasons }) => [
      pupilId,
      reasons.some(({ code }) => code === 'RESULT_OPEN'),
    ]);
    expect(open).toEqual(target.pupilIds.map((id, i) => [id, i === 2]));
  });
});
