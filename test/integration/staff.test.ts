/** Roles and delegations: given by the principal with a second factor, for a charge and a span, ended at once. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { auditSchool } from '#api/audit/audit-school.js';
import { School } from '#api/school/school.entities.js';
import { openEverything, TestServer, type Desk, type TestClass, type TestSchool } from './school.js';

jest.setTimeout(60_000);

interface Staff {
  readonly appointments: readonly {
    readonly id: string;
    readonly person: { readonly id: string };
    readonly role: string;
    readonly inForce: boolean;
    readonly endReason: string | null;
  }[];
  readonly delegations: readonly {
    readonly id: string;
    readonly to: { readonly id: string };
    readonly inForce: boolean;
  }[];
}

describe('roles and delegations', () => {
  let server: TestServer;
  let school: TestSchool;
  let principal: Desk;
  let it: Desk;
  let someone: Desk;
  let six: TestClass;
  let seven: TestClass;

  beforeAll(async () => {
    server = await TestServer.start();
    school = await server.school('thcs-nhan-su', 'LOWER_SECONDARY');
    principal = await school.person('hieutruong', 'principal');
    it = await school.person('cntt', 'it-officer');
    someone = await school.person('aido', 'teacher');
    six = await school.class('6A1', 6, ['Trần An', 'Lê Bình'], ['TOAN', 'NGU_VAN']);
    seven = await school.class('7A1', 7, ['Phạm Chi'], ['TOAN', 'NGU_VAN']);
  });
  afterAll(() => server.stop());

  const appoint = (by: Desk, params: object) =>
    by.stepUp<Staff>('appointment.make', params, '/api/appointments');
  const from = '2026-09-05';

  test('the principal appoints a vice-principal in charge of grade 6, by decision', async () => {
    const vice = await school.person('pho6', 'teacher');
    const params = {
      ...{ personId: vice.id, role: 'vice-principal', from, decisionNumber: '12/QĐ-THCS' },
      charge: { grades: [6] },
    };
    const answer = await appoint(principal, params);
    expect(answer.status).toBe(200);
    const row = answer.body.appointments.find(
      ({ person, role }) => person.id === vice.id && role === 'vice-principal',
    );
    expect(row).toMatchObject({ inForce: true });
    const notice = (grades?: number[]) => ({
      ...{ number: `TB-${String(grades)}`, issuedOn: '2026-11-10', title: 'Cập nhật', yearId: school.yearId },
      windows: [
        {
          ...{ period: 'HK1', opensAt: '2026-11-10T02:00:00.000Z', closesAt: '2026-11-12T02:00:00.000Z' },
          ...{ opening: 'clock', scope: grades === undefined ? {} : { grades } },
        },
      ],
    });
    expect((await vice.post('/api/notices', notice([6]))).status).toBe(201);
    expect(await vice.post('/api/notices', notice([6, 7]))).toMatchObject({ status: 403 });
    expect(await vice.post('/api/notices', notice())).toMatchObject({ status: 403 });
  });

  test('a vice-principal locks and approves only inside the charge', async () => {
    const vice = await school.person('pho7', 'teacher');
    const charge = { classIds: [seven.id] };
    const params = { personId: vice.id, role: 'vice-principal', from, decisionNumber: '13/QĐ', charge };
    expect((await appoint(principal, params)).status).toBe(200);
    const lock = (classId: string) => ({
      sheets: [{ classId, area: 'TOAN', period: 'HK1' }],
      gapsReason: 'Khóa thử khi còn thiếu',
    });
    expect((await vice.stepUp('period.lock', lock(seven.id), '/api/locks')).status).toBe(201);
    await expect(vice.act('period.lock', lock(six.id))).rejects.toThrow(/FORBIDDEN/);
  });

  test('a group head sees the sheets of the group, and no others', async () => {
    const head = await school.person('totruong', 'teacher');
    const charge = { name: 'Tổ Toán', subjects: ['TOAN'] };
    const params = { personId: head.id, role: 'group-head', from, decisionNumber: '14/QĐ', charge };
    expect((await appoint(principal, params)).status).toBe(200);
    expect((await head.get(`/api/classes/${six.id}/sheets/TOAN/HK1`)).status).toBe(200);
    expect((await head.get(`/api/classes/${six.id}/sheets/NGU_VAN/HK1`)).status).toBe(403);
    expect((await someone.get(`/api/classes/${six.id}/sheets/TOAN/HK1`)).status).toBe(404);
  });

  test('the IT officer enters who teaches what, but never names herself: she would come to enter marks', async () => {
    const path = `/api/classes/${six.id}/assignments`;
    const of = (personId: string) => ({ assignments: [{ area: 'TOAN', personId, from: '2026-10-01' }] });
    expect(await it.post(path, of(it.id))).toMatchObject({ status: 403, body: { rule: 'R3.14' } });
    expect((await it.post(path, of(someone.id))).status).toBe(201);
    // Nor by giving herself a column of a subject that others teach.
    const column = `/api/classes/${six.id}/sheets/TOAN/HK1/columns/GK/owner`;
    expect(await it.put(column, { personId: it.id, version: 0 })).toMatchObject({
      ...{ status: 403, body: { rule: 'R3.14' } },
    });
    // Who teaches informatics besides is assigned by the managers.
    expect((await principal.post(path, of(it.id))).status).toBe(201);
  });

  test('row 21: the IT officer appoints no approver and nobody appoints themself; a teacher it may', async () => {
    const wanted = { personId: someone.id, role: 'vice-principal', from, decisionNumber: '15/QĐ' };
    await expect(it.act('appointment.make', wanted)).rejects.toThrow(/R3\.8/);
    await expect(it.act('appointment.make', { ...wanted, personId: it.id })).rejects.toThrow(/R3\.6/);
    await expect(principal.act('appointment.make', { ...wanted, personId: principal.id })).rejects.toThrow(
      /R3\.6/,
    );
    await expect(someone.act('appointment.make', { ...wanted, personId: it.id })).rejects.toThrow(
      /FORBIDDEN/,
    );
    const parent = await school.person('phuhuynh');
    expect((await appoint(it, { personId: parent.id, role: 'guardian', from })).status).toBe(200);
  });

  test('a confirmed appointment cannot be sent for another person or role', async () => {
    const other = await school.person('nguoikhac', 'teacher');
    const params = { personId: other.id, role: 'clerk', from, decisionNumber: '16/QĐ' };
    const act = await principal.act('appointment.make', params);
    const changed = await principal.post('/api/appointments', { ...params, role: 'sealer', act });
    expect(changed).toMatchObject({ status: 409, body: { code: 'ACT_INVALID' } });
  });

  test('wrong days, a missing decision, an unknown class and a second principal are refused with the reason', async () => {
    const other = await school.person('thutu', 'teacher');
    const base = { personId: other.id, role: 'clerk', from, decisionNumber: '17/QĐ' };
    await expect(principal.act('appointment.make', { ...base, to: '2026-09-01' })).rejects.toThrow(
      /đứng trước/,
    );
    const bare = { personId: other.id, role: 'clerk', from };
    await expect(principal.act('appointment.make', bare)).rejects.toThrow(/số quyết định/);
    const unknown = { ...base, charge: { classIds: ['00000000-0000-4000-8000-000000000000'] } };
    await expect(principal.act('appointment.make', unknown)).rejects.toThrow(/NOT_FOUND/);
    await expect(principal.act('appointment.make', { ...base, role: 'principal' })).rejects.toThrow(
      /đang có Hiệu trưởng/,
    );
  });

  test('row 11: a role that is ended stops at the next request, with the session still open', async () => {
    const vice = await school.person('phothoi', 'teacher');
    const params = { personId: vice.id, role: 'vice-principal', from, decisionNumber: '18/QĐ' };
    const made = await appoint(principal, params);
    const row = made.body.appointments.find(
      ({ person, role }) => person.id === vice.id && role !== 'teacher',
    );
    await openEverything(vice, school, server.clock, 'HK2');
    const end = { id: row?.id ?? '', reason: 'Chuyển công tác' };
    const ended = await principal.stepUp<Staff>('appointment.end', end, '/api/appointments/end');
    expect(ended.body.appointments.find(({ id }) => id === row?.id)).toMatchObject({
      inForce: false,
      endReason: 'Chuyển công tác',
    });
    expect((await vice.post('/api/notices', {})).status).toBe(400);
    await expect(openEverything(vice, school, server.clock, 'HK2')).rejects.toThrow(/FORBIDDEN/);
    await expect(principal.act('appointment.end', end)).rejects.toThrow(/đã thôi từ trước/);
  });

  test('the only principal cannot stop at once, but hands over with a last day', async () => {
    const staff = await principal.get<Staff>('/api/staff');
    const own = staff.body.appointments.find(
      ({ person, role }) => person.id === principal.id && role === 'principal',
    );
    const end = { id: own?.id ?? '', reason: 'Nghỉ hưu theo chế độ' };
    await expect(principal.act('appointment.end', end)).rejects.toThrow(/duy nhất/);
    const last = { ...end, lastDay: '2027-07-31' };
    expect((await principal.stepUp('appointment.end', last, '/api/appointments/end')).status).toBe(200);
    const next = await school.person('kenhiem', 'teacher');
    const params = { personId: next.id, role: 'principal', decisionNumber: '19/QĐ-UBND' };
    await expect(principal.act('appointment.make', { ...params, from: '2027-07-31' })).rejects.toThrow(
      /đang có Hiệu trưởng/,
    );
    expect((await appoint(principal, { ...params, from: '2027-08-01' })).status).toBe(200);
  });

  test('a delegation goes to a vice-principal, works in its days, and ends when it is taken back', async () => {
    const vice = await school.person('phothay', 'vice-principal');
    const params = {
      ...{ toPersonId: vice.id, scope: 'transcript.sign.principal', from: '2026-11-01', to: '2026-11-30' },
      decisionNumber: '20/QĐ-THCS',
    };
    const made = await principal.stepUp<Staff>('delegation.make', params, '/api/delegations');
    expect(made.status).toBe(200);
    const row = made.body.delegations.find(({ to }) => to.id === vice.id);
    expect(row).toMatchObject({ inForce: true });
    await expect(vice.act('delegation.make', { ...params, toPersonId: someone.id })).rejects.toThrow(
      /R10\.3/,
    );
    await expect(principal.act('delegation.make', { ...params, toPersonId: someone.id })).rejects.toThrow(
      /không giữ vai trò/,
    );
    const approving = { ...params, toPersonId: someone.id, scope: 'correction.approve' };
    expect((await principal.stepUp('delegation.make', approving, '/api/delegations')).status).toBe(200);
    const end = { id: row?.id ?? '', reason: 'Hiệu trưởng đã trở lại' };
    const ended = await principal.stepUp<Staff>('delegation.end', end, '/api/delegations/end');
    expect(ended.body.delegations.find(({ id }) => id === row?.id)).toMatchObject({ inForce: false });
  });

  test('roles of another school are not found, and a teacher does not see the list', async () => {
    const elsewhere = await server.school('thcs-khac', 'LOWER_SECONDARY');
    const stranger = await elsewhere.person('hieutruong', 'principal');
    const staff = await principal.get<Staff>('/api/staff');
    const id = staff.body.appointments[0]?.id ?? '';
    await expect(stranger.act('appointment.end', { id, reason: 'Thử trường khác' })).rejects.toThrow(
      /NOT_FOUND/,
    );
    expect((await someone.get('/api/staff')).status).toBe(403);
  });

  test('audit finds each of these behind what was confirmed for it', async () => {
    const read = server.database.read;
    const row = await read.findOneByOrFail(School, { id: school.id });
    const given = { school: row, ledger: undefined, trust: undefined, outside: {}, now: server.clock.now() };
    const { findings } = await auditSchool(read, given);
    expect(findings.filter(({ code }) => code.startsWith('ACT'))).toEqual([]);
    expect(findings.filter(({ table }) => ['appointments', 'delegations', 'locks'].includes(table))).toEqual(
      [],
    );
  });
});
