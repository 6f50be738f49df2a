/** Corrections in the cases that break software: teachers who are gone, approvers who may not, clocks, hands that apply. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CorrectionExpiry } from '#api/corrections/correction-expiry.js';
import { Correction } from '#api/corrections/corrections.entities.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { Person } from '#api/identity/identity.entities.js';
import { ClassSubject, Enrolment, TeachingAssignment } from '#api/school/school.entities.js';
import type { CorrectionAnswer, CorrectionEffectAnswer, CorrectionsAnswer } from '#contracts/corrections.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import { ENGINE } from './engine.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type TestClass,
  type TestSchool,
} from './school.js';

jest.setTimeout(30_000);

let server: TestServer;
let school: TestSchool;
let principal: Desk;
let vice: Desk;
let it: Desk;
let teacher: Desk;
let homeroom: Desk;
let ours: TestClass;

const DAY_MS = 86_400_000;
const REASON = 'Nhập lệch dòng từ STT 1 đến STT 3';

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-ca', 'LOWER_SECONDARY', { whoApplies: 'it-officer', correctionDays: 7 });
  principal = await school.person('truong', 'principal');
  vice = await school.person('pho', 'vice-principal');
  it = await school.person('cntt', 'it-officer');
  teacher = await school.person('toan', 'teacher');
  homeroom = await school.person('cn', 'teacher');
  const names = Array.from({ length: 12 }, (_, i) => `Học Sinh ${String.fromCharCode(65 + i)}`);
  ours = await school.class('6A1', 6, names, ['TOAN', 'NGU_VAN', 'TIENG_DTTS_1']);
  await school.assign(teacher, ours, 'TOAN', 'TIENG_DTTS_1');
  await school.assign(homeroom, ours, HOMEROOM, 'NGU_VAN');
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', Array(12).fill('6'));
  await recordColumn(homeroom, ours, 'NGU_VAN/HK1', 'TX1', Array(12).fill('7'));
}, 60_000);
afterAll(() => server.stop(), 30_000);

async function request(
  desk: Desk,
  pupils: readonly number[],
  newValue = '6,5',
  area = 'TOAN',
): Promise<CorrectionAnswer[]> {
  const cells = pupils.map((pupil) => {
    return { pupilId: ours.pupilIds[pupil], column: 'TX1', newValue, version: 2 };
  });
  const body = { classId: ours.id, area, period: 'HK1', cause: 'shifted', reason: REASON, cells };
  const answer = await desk.post<CorrectionsAnswer>('/api/corrections', body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.corrections;
}

/** Asked for, confirmed and approved: it waits for the IT officer. */
async function approved(pupils: readonly number[], newValue?: string): Promise<string[]> {
  const ids = (await request(teacher, pupils, newValue)).map(({ id }) => id);
  await homeroom.post('/api/corrections/confirm', { correctionIds: ids });
  const params = { correctionIds: ids };
  const answer = await vice.stepUp<CorrectionsAnswer>(
    'correction.approve',
    params,
    '/api/corrections/approve',
  );
  expect(answer.body.corrections.map(({ state }) => state)).toEqual(ids.map(() => 'approved'));
  return ids;
}

async function valueOf(pupil: number): Promise<string | null | undefined> {
  const { body } = await vice.get<SheetAnswer>(`/api/classes/${ours.id}/sheets/TOAN/HK1`);
  return body.pupils.find(({ id }) => id === ours.pupilIds[pupil])?.cells.find((c) => c.column === 'TX1')
    ?.value;
}

const apply = (desk: Desk, ids: readonly string[]) =>
  desk.post<CorrectionsAnswer & { code: string }>('/api/corrections/apply', { correctionIds: ids });

function disable(person: Desk, disabledAt: string | null): Promise<unknown> {
  const where = { schoolId: school.id, id: person.id };
  // Long enough for everyone to sign in anew.
  server.clock.advance(20 * 60_000);
  return server.database.write((tx) => tx.update(Person, where, { disabledAt }));
}

describe(`a school whose IT officer applies corrections on ${ENGINE}`, () => {
  test('approved waits; IT applies exactly what was approved, once, and nobody else does', async () => {
    const ids = await approved([0, 1, 2]);
    expect(await valueOf(0)).toBe('6');
    const listed = await it.get<CorrectionsAnswer>('/api/corrections?state=approved');
    expect(listed.body.corrections.map(({ may }) => may)).toEqual([['apply'], ['apply'], ['apply']]);
    for (const desk of [vice, principal, teacher, homeroom])
      expect((await apply(desk, ids)).status).toBe(403);
    const both = await Promise.all([apply(it, ids), apply(it, ids)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 200)?.body.corrections).toMatchObject([
      ...ids.map(() => ({ state: 'applied', appliedBy: it.fullName, decidedBy: vice.fullName })),
    ]);
    for (const pupil of [0, 1, 2]) expect(await valueOf(pupil)).toBe('6.5');
  });

  test('not approved is not applied, and an approval whose mark moved is void', async () => {
    const [asked] = await request(teacher, [3]);
    expect((await apply(it, [asked?.id ?? ''])).status).toBe(404);
    await teacher.post(`/api/corrections/${asked?.id ?? ''}/withdraw`);
    const [id = ''] = await approved([3]);
    const mark = { schoolId: school.id, pupilId: ours.pupilIds[3] ?? '', area: 'TOAN', columnCode: 'TX1' };
    await server.database.write((tx) => tx.update(MarkCell, mark, { version: 9 }));
    expect((await apply(it, [id])).body.code).toBe('STALE_VERSION');
    await server.database.write((tx) => tx.update(MarkCell, mark, { version: 2 }));
    expect((await apply(it, [id])).body.code).toBe('NOT_FOUND');
    const row = await server.database.read.findOneByOrFail(Correction, { schoolId: school.id, id });
    expect(row.state).toBe('expired');
    // The cell is free for a new request.
    const [again] = await request(teacher, [3]);
    await teacher.post(`/api/corrections/${again?.id ?? ''}/withdraw`);
  });
});

describe(`what nobody decides in time on ${ENGINE}`, () => {
  test('expires as the clock says, is told to the journal once, and frees its cell', async () => {
    const [asked] = await request(teacher, [4]);
    const id = asked?.id ?? '';
    await homeroom.post(`/api/corrections/${id}/confirm`);
    const act = await vice.act('correction.approve', { correctionIds: [id] });
    server.clock.advance(7 * DAY_MS);
    // Before any timer has looked: the state is a function of time.
    const late = await vice.post(`/api/corrections/${id}/approve`, { act });
    expect([late.status, late.body.code]).toEqual([409, 'STATE_CONFLICT']);
    const shown = await teacher.get<CorrectionsAnswer>('/api/corrections?state=expired');
    expect(shown.body.corrections.map((one) => one.id)).toContain(id);
    const expiry = server.app.get(CorrectionExpiry, { strict: false });
    await Promise.all([expiry.expireDue(), expiry.expireDue()]);
    // A clock that jumps back brings nothing back, and forward again tells nothing twice.
    server.clock.advance(-7 * DAY_MS);
    const row = { schoolId: school.id, id };
    expect(await server.database.read.findOneByOrFail(Correction, row)).toMatchObject({ state: 'expired' });
    server.clock.advance(7 * DAY_MS + 40 * 60_000);
    await expiry.expireDue();
    const told = { schoolId: school.id, subjectId: id, type: 'correction.expired' };
    expect(await server.database.read.countBy(JournalEvent, told)).toBe(1);
    const [again] = await request(teacher, [4]);
    expect(again?.state).toBe('requested');
    await teacher.post(`/api/corrections/${again?.id ?? ''}/withdraw`);
  });

  test('frees its cell for a new request even before it is written down', async () => {
    const [first] = await request(teacher, [5]);
    server.clock.advance(7 * DAY_MS);
    const [second] = await request(teacher, [5], '9');
    const row = await server.database.read.findOneByOrFail(Correction, {
      ...{ schoolId: school.id, id: first?.id ?? '' },
    });
    expect([row.state, second?.state]).toEqual(['expired', 'requested']);
    await teacher.post(`/api/corrections/${second?.id ?? ''}/withdraw`);
  });
});

describe(`people who are gone on ${ENGINE}`, () => {
  test('the homeroom teacher’s account is closed: the confirmation is skipped, and shown as skipped', async () => {
    await disable(homeroom, server.clock.timestamp());
    const [asked] = await request(teacher, [6]);
    expect(asked?.confirmationSkipped).toContain('chưa có giáo viên chủ nhiệm');
    await teacher.post(`/api/corrections/${asked?.id ?? ''}/withdraw`);
    await disable(homeroom, null);
  });

  test('the teacher of record is gone: who teaches it now asks; nobody does: the homeroom teacher', async () => {
    const where = { schoolId: school.id, classId: ours.id, area: 'TOAN' };
    await expect(request(homeroom, [6])).rejects.toThrow(/FORBIDDEN/);
    await disable(teacher, server.clock.timestamp());
    const [byHomeroom] = await request(homeroom, [6]);
    expect(byHomeroom).toMatchObject({ teacherOfRecord: teacher.fullName, requestedBy: homeroom.fullName });
    await homeroom.post(`/api/corrections/${byHomeroom?.id ?? ''}/withdraw`);
    const successor = await school.person('toan-moi', 'teacher');
    await server.database.write((tx) => tx.update(TeachingAssignment, where, { toDate: '2026-11-01' }));
    await school.assign(successor, ours, 'TOAN');
    const [bySuccessor] = await request(successor, [6]);
    expect(bySuccessor).toMatchObject({ teacherOfRecord: teacher.fullName, requestedBy: successor.fullName });
    await expect(request(homeroom, [7])).rejects.toThrow(/FORBIDDEN/);
    await successor.post(`/api/corrections/${bySuccessor?.id ?? ''}/withdraw`);
    await disable(teacher, null);
  });

  test('the one vice-principal teaches the class: the principal decides', async () => {
    const [asked] = await request(homeroom, [0], '8', 'NGU_VAN');
    await school.assign(vice, ours, 'TIENG_DTTS_1');
    const params = { correctionIds: [asked?.id ?? ''] };
    const refused = await vice.post('/api/acts', { action: 'correction.approve', params });
    expect([refused.status, refused.body.rule]).toEqual([403, 'R3.4']);
    const decided = await principal.stepUp('correction.approve', params, '/api/corrections/approve');
    expect(decided.status).toBe(200);
    const where = { schoolId: school.id, classId: ours.id, personId: vice.id };
    await server.database.write((tx) => tx.update(TeachingAssignment, where, { toDate: '2026-11-01' }));
  });

  test('the vice-principal lost the second factor: the principal decides, and a request is never stuck', async () => {
    const [asked] = await request(homeroom, [1], '8', 'NGU_VAN');
    const params = { correctionIds: [asked?.id ?? ''] };
    await server.database.write((tx) =>
      tx.query(
        ENGINE === 'postgres'
          ? 'DELETE FROM passkeys WHERE person_id = $1'
          : 'DELETE FROM passkeys WHERE person_id = ?',
        [vice.id],
      ),
    );
    const lost = { ...{ schoolId: school.id }, id: vice.id };
    await server.database.write((tx) => tx.update(Person, lost, { totpSecret: null }));
    const stated = await vice.post<{ id: string }>('/api/acts', { action: 'correction.approve', params });
    const act = vice.answer(stated.body.id);
    const refused = await vice.post('/api/corrections/approve', { ...params, act });
    expect([refused.status, refused.body.code]).toEqual([403, 'SECOND_FACTOR_FAILED']);
    const decided = await principal.stepUp('correction.approve', params, '/api/corrections/approve');
    expect(decided.status).toBe(200);
  });
});

describe(`a class that changes meanwhile on ${ENGINE}`, () => {
  test('the pupil moves to another class, and the subject is no longer taught: what was asked for is still decided', async () => {
    const [asked] = await request(homeroom, [2], '9', 'NGU_VAN');
    const id = asked?.id ?? '';
    const pupilId = ours.pupilIds[2] ?? '';
    const place = { schoolId: school.id, classId: ours.id };
    await server.database.write(async (tx) => {
      await tx.update(Enrolment, { ...place, pupilId }, { toDate: '2026-11-01' });
      await tx.delete(ClassSubject, { ...place, subjectCode: 'NGU_VAN' });
    });
    const effect = await principal.get<CorrectionEffectAnswer>(`/api/corrections/${id}/effect`);
    expect(effect.body).toMatchObject({ effects: [], unknownBecause: expect.stringContaining('chuyển') });
    const params = { correctionIds: [id] };
    expect((await principal.stepUp('correction.approve', params, '/api/corrections/approve')).status).toBe(
      200,
    );
    expect((await apply(it, [id])).status).toBe(200);
    const cell = { ...place, pupilId, area: 'NGU_VAN', columnCode: 'TX1' };
    expect(await server.database.read.findOneByOrFail(MarkCell, cell)).toMatchObject({
      value: '9',
      version: 3,
    });
    await server.database.write((tx) =>
      tx.insert(ClassSubject, { ...place, subjectCode: 'NGU_VAN', periodsPerYear: 140 }),
    );
  });

  test('the sheet is locked at the same moment: both happen, in one order or the other', async () => {
    const params = { sheets: [{ ...sheetRef() }], gapsReason: 'HS nghỉ ốm, bổ sung sau' };
    const act = await principal.act('period.lock', params);
    const teacherNow = await school.person('toan-3', 'teacher');
    await school.assign(teacherNow, ours, 'TOAN');
    const [locked, asked] = await Promise.all([
      principal.post('/api/locks', { ...params, act }),
      request(teacherNow, [8, 9, 10]),
    ]);
    expect(locked.status).toBe(201);
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(1);
    await homeroom.post('/api/corrections/confirm', { correctionIds: asked.map(({ id }) => id) });
    const ids = { correctionIds: asked.map(({ id }) => id) };
    expect((await principal.stepUp('correction.approve', ids, '/api/corrections/approve')).status).toBe(200);
    expect((await apply(it, ids.correctionIds)).status).toBe(200);
  });
});

function sheetRef() {
  return { classId: ours.id, area: 'TOAN', period: 'HK1' };
}

describe(`the homeroom teacher is a party to it on ${ENGINE} (roles.md rule 2)`, () => {
  let groups: TestSchool;
  let head: Desk;
  let manager: Desk;
  let chief: Desk;
  let tutor: Desk;
  let taught: TestClass;

  beforeAll(async () => {
    groups = await server.school('thcs-to', 'LOWER_SECONDARY');
    chief = await groups.person('truong', 'principal');
    manager = await groups.person('pho', 'vice-principal');
    tutor = await groups.person('cn', 'teacher');
    head = await groups.person('totruong', 'teacher');
    taught = await groups.class('7A1', 7, ['Trần An', 'Bùi Bình', 'Lê Chi'], ['TOAN', 'NGU_VAN']);
    await groups.assign(tutor, taught, HOMEROOM, 'NGU_VAN', 'TOAN');
    await openEverything(manager, groups, server.clock, 'HK1');
    await recordColumn(tutor, taught, 'NGU_VAN/HK1', 'TX1', ['6', '6', '6']);
    await recordColumn(tutor, taught, 'TOAN/HK1', 'TX1', ['6', '6', '6']);
  }, 60_000);

  const ask = async (pupil: number, area = 'NGU_VAN', desk = tutor) => {
    const cells = [{ pupilId: taught.pupilIds[pupil], column: 'TX1', newValue: '8', version: 2 }];
    const body = { classId: taught.id, area, period: 'HK1', reason: REASON, cells };
    const answer = await desk.post<CorrectionsAnswer>('/api/corrections', body);
    if (answer.body.corrections[0] === undefined) throw new Error(JSON.stringify(answer.body));
    return answer.body.corrections[0];
  };
  const decide = (id: string) =>
    manager.stepUp('correction.approve', { correctionIds: [id] }, '/api/corrections/approve');

  test('a school without group heads skips the step, and shows it as skipped', async () => {
    const made = await ask(0);
    expect(made).toMatchObject({
      headConfirms: null,
      confirmationSkipped: expect.stringContaining('bỏ qua'),
    });
    expect((await decide(made.id)).status).toBe(200);
  });

  test('the head of the subject’s group confirms in her place; nobody approves before that', async () => {
    const charge = { name: 'Tổ Ngữ văn', subjects: ['NGU_VAN'] };
    const role = {
      personId: head.id,
      role: 'group-head',
      from: server.clock.today(),
      decisionNumber: '14/QĐ',
    };
    const appointed = await chief.stepUp('appointment.make', { ...role, charge }, '/api/appointments');
    expect(appointed.status).toBe(200);
    const made = await ask(1);
    expect(made).toMatchObject({
      ...{ confirmationSkipped: null, headConfirms: expect.stringContaining('tổ trưởng xác nhận thay') },
    });
    const early = await manager.post('/api/acts', {
      ...{ action: 'correction.approve', params: { correctionIds: [made.id] } },
    });
    expect([early.status, early.body.rule]).toEqual([403, 'R2.4']);
    const own = await tutor.post(`/api/corrections/${made.id}/confirm`);
    expect([own.status, own.body.rule]).toEqual([403, 'R3.5']);
    const { body } = await head.get<CorrectionsAnswer>('/api/corrections?state=requested');
    expect(body.corrections.map(({ id, may }) => [id, may])).toEqual([[made.id, ['confirm']]]);
    const confirmed = await head.post<CorrectionsAnswer>(`/api/corrections/${made.id}/confirm`);
    expect(confirmed.body.corrections).toMatchObject([{ state: 'confirmed', confirmedBy: head.fullName }]);
    expect((await decide(made.id)).status).toBe(200);
    const event = { schoolId: groups.id, subjectId: made.id, type: 'correction.confirmed' };
    const kept = await server.database.read.findOneByOrFail(JournalEvent, event);
    expect(JSON.parse(kept.payload ?? '{}')).toMatchObject({ actor: head.id, rule: 'R2.18' });
  });

  test('a subject of no group, and a head who asks herself, skip it; who is asked is not changed with SQL', async () => {
    expect(await ask(1, 'TOAN')).toMatchObject({ headConfirms: null });
    const made = await ask(2);
    const where = { schoolId: groups.id, id: made.id };
    const write = (values: object) => server.database.write((tx) => tx.update(Correction, where, values));
    await expect(write({ headConfirms: null })).rejects.toThrow(/does not change/i);
    await expect(write({ confirmationSkipped: 'school-policy' })).rejects.toThrow(/check|does not change/i);
    await tutor.post(`/api/corrections/${made.id}/withdraw`);
    await server.database.write((tx) => {
      return tx.update(
        Person,
        { schoolId: groups.id, id: tutor.id },
        { disabledAt: server.clock.timestamp() },
      );
    });
    await groups.assign(head, taught, 'NGU_VAN');
    expect(await ask(2, 'NGU_VAN', head)).toMatchObject({
      ...{ headConfirms: null, confirmationSkipped: expect.stringContaining('chưa có giáo viên chủ nhiệm') },
    });
  });

  test('the school may leave the step out instead', async () => {
    const successor = await groups.person('van2', 'teacher');
    await groups.assign(successor, taught, 'NGU_VAN');
    const { body } = await head.get<CorrectionsAnswer>('/api/corrections?state=requested');
    await head.post(`/api/corrections/${body.corrections[0]?.id ?? ''}/withdraw`);
    const before = await ask(2, 'NGU_VAN', successor);
    expect(before.headConfirms).toContain('tổ trưởng xác nhận thay');
    await successor.post(`/api/corrections/${before.id}/withdraw`);
    const params = {
      ...{ switches: { groupHeadConfirms: false }, decisionNumber: '21/QĐ', decidedOn: server.clock.today() },
    };
    expect((await chief.stepUp('settings.change', params, '/api/school/settings')).status).toBe(200);
    const after = await ask(2, 'NGU_VAN', successor);
    expect(after).toMatchObject({
      headConfirms: null,
      confirmationSkipped: expect.stringContaining('bỏ qua'),
    });
  });
});
