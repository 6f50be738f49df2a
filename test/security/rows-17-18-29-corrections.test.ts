/** Rows 17, 18 and 29 on corrections: approving what one asked for, skipping a step, and files that name themselves. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { auditSchool } from '#api/audit/audit-school.js';
import { Correction } from '#api/corrections/corrections.entities.js';
import { School } from '#api/school/school.entities.js';
import type { CorrectionAnswer, CorrectionsAnswer } from '#contracts/corrections.js';
import type { EvidenceAnswer } from '#contracts/evidence.js';
import { ENGINE } from '../integration/engine.js';
import { JPEG, PDF, PNG, REFUSED } from '../integration/evidence-files.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type TestClass,
  type TestSchool,
} from '../integration/school.js';
import { attacked } from '../integration/tamper.js';

jest.setTimeout(30_000);

let server: TestServer;
let school: TestSchool;
let principal: Desk;
let vice: Desk;
let it: Desk;
let teacher: Desk;
let homeroom: Desk;
let ours: TestClass;
/** The next pupil whose mark nobody has asked to correct. */
let next = 0;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-17', 'LOWER_SECONDARY', { whoApplies: 'it-officer' });
  principal = await school.person('truong', 'principal');
  vice = await school.person('pho', 'vice-principal');
  it = await school.person('cntt', 'it-officer');
  teacher = await school.person('toan', 'teacher', 'vice-principal');
  homeroom = await school.person('cn', 'teacher', 'vice-principal');
  const names = Array.from({ length: 12 }, (_, i) => `Học Sinh ${String.fromCharCode(65 + i)}`);
  ours = await school.class('6A1', 6, names, ['TOAN']);
  await school.assign(teacher, ours, 'TOAN');
  await school.assign(homeroom, ours, HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', Array(12).fill('6'));
}, 90_000);
afterAll(() => server.stop(), 30_000);

async function asked(): Promise<CorrectionAnswer> {
  const cells = [{ pupilId: ours.pupilIds[next++], column: 'TX1', newValue: '9', version: 2 }];
  const body = { classId: ours.id, area: 'TOAN', period: 'HK1', reason: 'Cộng sót điểm câu 2b', cells };
  const answer = await teacher.post<CorrectionsAnswer>('/api/corrections', body);
  const [made] = answer.body.corrections;
  if (made === undefined) throw new Error(JSON.stringify(answer.body));
  return made;
}

const confirm = (id: string) => homeroom.post(`/api/corrections/${id}/confirm`);
const approve = (desk: Desk, id: string) =>
  desk.stepUp('correction.approve', { correctionIds: [id] }, '/api/corrections/approve');
const stated = (desk: Desk, id: string) =>
  desk.post('/api/acts', { action: 'correction.approve', params: { correctionIds: [id] } });

/** What the database says to an attacker who may write rows. */
function write(id: string, values: object): Promise<unknown> {
  const where = { schoolId: school.id, id };
  return server.database.write((tx) => tx.update(Correction, where, values));
}

describe(`row 17 on ${ENGINE}: proposer and approver are two people`, () => {
  test('row 17: the requester, the teacher of record and the confirmer are refused, vice-principals though they are', async () => {
    const { id } = await asked();
    await confirm(id);
    expect((await stated(teacher, id)).body).toMatchObject({ code: 'FORBIDDEN', rule: 'R3.1' });
    expect((await stated(homeroom, id)).body).toMatchObject({ code: 'FORBIDDEN', rule: 'R3.3' });
    expect((await stated(it, id)).status).toBeGreaterThanOrEqual(403);
    expect((await approve(vice, id)).status).toBe(200);
  });

  test('row 17: a delegation from the principal makes nobody the approver of what they asked for', async () => {
    await school.delegate(principal, teacher, 'correction.approve');
    await school.delegate(principal, homeroom, '*');
    const { id } = await asked();
    await confirm(id);
    expect((await stated(teacher, id)).body).toMatchObject({ rule: 'R3.1' });
    expect((await stated(homeroom, id)).body).toMatchObject({ rule: 'R3.3' });
    // An act that somebody else stated is none of theirs either.
    const act = await vice.act('correction.approve', { correctionIds: [id] });
    const borrowed = await teacher.post('/api/corrections/approve', { correctionIds: [id], act });
    expect(borrowed.status).toBe(403);
  });

  test('row 17: the database refuses each of them, and takes who had no part in it', async () => {
    const { id } = await asked();
    await confirm(id);
    const approved = { state: 'approved' as const, decidedAt: server.clock.timestamp(), actId: 'forged' };
    for (const one of [teacher, homeroom]) {
      await expect(write(id, { ...approved, decidedBy: one.id })).rejects.toThrow(/check/i);
    }
    await expect(write(id, { ...approved, decidedBy: vice.id, actId: null })).rejects.toThrow(/check/i);
    // The twin: what the constraints cannot know (who the vice-principal is) audit finds out.
    await write(id, { ...approved, decidedBy: vice.id });
    const applied = { state: 'applied' as const, appliedAt: server.clock.timestamp() };
    await expect(write(id, { ...applied, appliedBy: vice.id })).rejects.toThrow(/check/i);
    expect(await findings()).toContainEqual(
      expect.objectContaining({ code: 'ROW_CHANGED', table: 'corrections', id }),
    );
  });
});

describe(`row 18 on ${ENGINE}: no state is skipped`, () => {
  test('row 18: by a call: not approved before it is confirmed, not applied before it is approved, nothing after the end', async () => {
    const { id } = await asked();
    expect((await stated(vice, id)).body).toMatchObject({ rule: 'R2.4' });
    expect((await it.post(`/api/corrections/apply`, { correctionIds: [id] })).status).toBe(404);
    await confirm(id);
    expect((await it.post(`/api/corrections/apply`, { correctionIds: [id] })).status).toBe(404);
    expect((await approve(vice, id)).status).toBe(200);
    expect((await teacher.post(`/api/corrections/${id}/withdraw`)).body.code).toBe('STATE_CONFLICT');
    expect((await it.post(`/api/corrections/apply`, { correctionIds: [id] })).status).toBe(200);
    expect((await it.post(`/api/corrections/apply`, { correctionIds: [id] })).body.code).toBe(
      'STATE_CONFLICT',
    );
    expect((await stated(vice, id)).body.code).toBe('STATE_CONFLICT');
  });

  test('row 18: by SQL: forwards past a step, back, in as applied, or out', async () => {
    const { id } = await asked();
    const decided = { decidedBy: vice.id, decidedAt: server.clock.timestamp(), actId: 'forged' };
    const applied = { state: 'applied' as const, appliedAt: server.clock.timestamp(), ...decided };
    await expect(write(id, applied)).rejects.toThrow(/none is skipped/);
    await expect(write(id, { state: 'approved', ...decided })).rejects.toThrow(/none is skipped/);
    await confirm(id);
    await expect(write(id, applied)).rejects.toThrow(/none is skipped/);
    await expect(write(id, { newValue: '10' })).rejects.toThrow(/does not change/);
    await expect(write(id, { confirmedBy: vice.id })).rejects.toThrow(/does not change/);
    expect((await approve(vice, id)).status).toBe(200);
    for (const state of ['requested', 'confirmed', 'rejected', 'withdrawn'] as const) {
      await expect(write(id, { state })).rejects.toThrow(/none is skipped|check/i);
    }
    const where = { schoolId: school.id, id };
    const row = await server.database.read.findOneByOrFail(Correction, where);
    const slipped = { ...row, id: '00000000-0000-4000-8000-000000000000', columnCode: 'TX2' };
    await expect(server.database.write((tx) => tx.insert(Correction, slipped))).rejects.toThrow(/begins as/);
    await expect(server.database.write((tx) => tx.delete(Correction, where))).rejects.toThrow(/are kept/);
  });

  test('row 18: by who drops the triggers first: audit names the row', async () => {
    const { id } = await asked();
    const values = { state: 'withdrawn' as const };
    const named = await attacked(
      server.database,
      (sql) => sql.update(Correction, { schoolId: school.id, id }, values),
      () => findings(),
    );
    expect(named).toContainEqual(expect.objectContaining({ code: 'ROW_CHANGED', table: 'corrections', id }));
  });
});

async function findings() {
  const read = server.database.read;
  const info = await read.findOneByOrFail(School, { id: school.id });
  const outside = { ledger: undefined, trust: undefined, outside: {} };
  return (await auditSchool(read, { school: info, ...outside, now: server.clock.now() })).findings;
}

/** Sends a file under a name and a media type of the attacker's. */
async function send(file: Uint8Array, name: string, type: string, aboutId: string) {
  const form = new FormData();
  form.append('about', 'correction');
  form.append('aboutId', aboutId);
  form.append('file', new Blob([Uint8Array.from(file)], { type }), name);
  const response = await teacher.respond('POST', '/api/evidence', form);
  return { status: response.status, body: (await response.json()) as EvidenceAnswer & { code: string } };
}

describe(`row 29 on ${ENGINE}: file names are made by the server`, () => {
  const HOSTILE = [
    '../../../../etc/passwd',
    '..\\..\\windows\\system32\\cmd.exe',
    'a.html',
    'minh chứng"; filename="x.html',
    'x.pdf\r\nSet-Cookie: a=b',
    '/dev/null',
    `${'a'.repeat(5000)}.png`,
  ];

  let current = { requestId: '' };

  test('row 29: whatever the sender calls it, it is handed out under a name of ours, as a download', async () => {
    for (const [i, name] of HOSTILE.entries()) {
      const { requestId } = i % 4 === 0 ? await asked() : current;
      current = { requestId };
      const sent = await send([PNG, JPEG, PDF][i % 3] ?? PNG, name, 'text/html', requestId);
      expect([name, sent.status]).toEqual([name, 201]);
      const response = await homeroom.respond('GET', `/api/evidence/${sent.body.id}`);
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="minh-chung-[0-9a-f]{8}\.(png|jpg|pdf)"$/,
      );
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(response.headers.get('content-type')).toMatch(/^(image\/png|image\/jpeg|application\/pdf)$/);
      expect(response.headers.get('set-cookie')).toBeNull();
      await response.arrayBuffer();
    }
  });
  test('row 29: what only says that it is a scan is not taken, and neither is too much of it', async () => {
    const { requestId } = await asked();
    for (const [what, content] of Object.entries(REFUSED)) {
      const { status, body } = await send(content, 'bai-lam.pdf', 'application/pdf', requestId);
      expect([what, status, body.code]).toEqual([what, 400, 'VALIDATION']);
    }
    const large = new Uint8Array(4 * 1024 * 1024 + 1);
    large.set(PDF);
    expect((await send(large, 'bai-lam.pdf', 'application/pdf', requestId)).status).toBe(413);
    for (let i = 0; i < 5; i++) {
      expect((await send(PDF, 'bai-lam.pdf', 'application/pdf', requestId)).status).toBe(201);
    }
    expect((await send(PDF, 'bai-lam.pdf', 'application/pdf', requestId)).status).toBe(409);
  });

  test('row 29: nobody adds to what somebody else asked for, or to what is decided', async () => {
    const { requestId, id } = await asked();
    const fields = { about: 'correction', aboutId: requestId };
    expect((await homeroom.upload('/api/evidence', PDF, fields)).status).toBe(404);
    await confirm(id);
    const act = await vice.act('correction.approve', { correctionIds: [id] });
    // Evidence that came after the approver has read the change makes it another change.
    expect((await send(PDF, 'a.pdf', 'application/pdf', requestId)).status).toBe(201);
    const late = await vice.post('/api/corrections/approve', { correctionIds: [id], act });
    expect([late.status, late.body.code]).toEqual([409, 'ACT_INVALID']);
    expect((await approve(vice, id)).status).toBe(200);
    expect((await send(PDF, 'a.pdf', 'application/pdf', requestId)).status).toBe(409);
  });
});
