/** Rows 9 to 11: fixed, forgotten and outlived sessions; and accounts meddled with in SQL. */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { ActivationCode } from '#api/identity/account.entities.js';
import { Appointment, Login, Person, Session } from '#api/identity/identity.entities.js';
import { hashPassword } from '#api/identity/passwords.js';
import { School } from '#api/school/school.entities.js';
import type { EndedSessionsAnswer, OwnSessionsAnswer } from '#contracts/session.js';
import { PASSWORD, TestServer, type Desk, type TestSchool } from '../integration/school.js';
import { cookieOf, sendTo, signInAt, type SignedIn } from '../integration/signing-in.js';
import { attacked } from '../integration/tamper.js';

jest.setTimeout(60_000);

const SESSION = '__Host-socai';
const MINUTE = 60_000;

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let teacher: Desk;
let it: Desk;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-phien', 'LOWER_SECONDARY');
  vice = await school.person('vice', 'vice-principal');
  teacher = await school.person('gv', 'teacher');
  it = await school.person('it', 'it-officer');
});
afterAll(() => server.stop());

/** A new session by one-time code, as on another machine. */
async function enter(desk: Desk): Promise<SignedIn> {
  server.clock.advance(31_000);
  const entered = await signInAt(server.url, { username: desk.username, password: PASSWORD }, () => ({
    method: 'totp',
    code: desk.code(),
  }));
  // On to codes that the desk itself has not used yet.
  server.clock.advance(61_000);
  return entered;
}

/** How the server answers a cookie. */
async function statusWith(cookie: string, path = '/api/session'): Promise<number> {
  return (await fetch(`${server.url}${path}`, { headers: { cookie } })).status;
}

function remove(path: string, { cookie, csrf }: SignedIn): Promise<Response> {
  return fetch(`${server.url}${path}`, { method: 'DELETE', headers: { cookie, 'x-csrf-token': csrf } });
}

describe('row 9: a session fixed beforehand', () => {
  test('row 9: a cookie planted before signing in is worth nothing afterwards', async () => {
    const planted = `${SESSION}=${school.id}.${'a'.repeat(43)}`;
    const body = { username: teacher.username, password: PASSWORD };
    const pending = await sendTo(server.url, '/api/session', body, { cookie: planted });
    const cookie = `${planted}; ${cookieOf(pending, '__Host-socai-pending')}`;
    const answer = { method: 'totp', code: teacher.code() };
    const opened = await sendTo(server.url, '/api/session/second-factor', answer, { cookie });
    expect(opened.status).toBe(201);
    expect(cookieOf(opened, SESSION)).not.toBe(planted);
    expect(await statusWith(planted)).toBe(401);
    expect(await statusWith(cookieOf(opened, SESSION))).toBe(200);
  });

  test('row 9: each sign-in has an id of its own, kept by the server as a hash that opens nothing', async () => {
    const [one, two] = [await enter(teacher), await enter(teacher)];
    expect(one.cookie).not.toBe(two.cookie);
    const secret = one.cookie.split('.')[1] ?? '';
    const id = createHash('sha256').update(secret).digest('hex');
    const row = await server.database.read.findOneByOrFail(Session, { schoolId: school.id, id });
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(await statusWith(`${SESSION}=${school.id}.${row.id}`)).toBe(401);
    expect(await statusWith(`${SESSION}=${randomUUID()}.${secret}`)).toBe(401);
  });

  test('row 9: signing out ends it on the server; a list shows the others, and ends them', async () => {
    const person = await school.person('gv.list', 'teacher');
    const [staffRoom, home, lost] = [await enter(person), await enter(person), await enter(person)];
    expect((await remove('/api/session', home)).status).toBe(204);
    expect(await statusWith(home.cookie)).toBe(401);
    const list = await fetch(`${server.url}/api/session/list`, { headers: { cookie: staffRoom.cookie } });
    const { sessions } = (await list.json()) as OwnSessionsAnswer;
    expect(sessions.map(({ current }) => current)).toEqual([false, true]);
    const others = await remove('/api/session/others', staffRoom);
    expect((await others.json()) as EndedSessionsAnswer).toEqual({ ended: 1 });
    expect([await statusWith(lost.cookie), await statusWith(staffRoom.cookie)]).toEqual([401, 200]);
    const notOwn = sessions[0]?.id ?? '';
    expect((await remove(`/api/session/list/${notOwn}`, await enter(teacher))).status).toBe(404);
  });

  test('row 9: a new password ends every other session', async () => {
    const person = await school.person('gv.doi', 'teacher');
    const [here, elsewhere] = [await enter(person), await enter(person)];
    const headers = { cookie: here.cookie, 'x-csrf-token': here.csrf };
    const change = (currentPassword: string) =>
      sendTo(
        server.url,
        '/api/own-account/password',
        { currentPassword, newPassword: 'đàn cò trắng trên đồng' },
        headers,
      );
    expect((await change('không phải mật khẩu')).status).toBe(400);
    expect(await statusWith(elsewhere.cookie)).toBe(200);
    expect((await change(PASSWORD)).status).toBe(204);
    expect([await statusWith(elsewhere.cookie), await statusWith(here.cookie)]).toEqual([401, 200]);
  });
});

describe('row 10: the open computer in the staff room', () => {
  test('row 10: an approver’s session closes after fifteen idle minutes, a teacher’s after sixty', async () => {
    const [boss, colleague] = [await enter(vice), await enter(teacher)];
    server.clock.advance(11 * MINUTE);
    expect([await statusWith(boss.cookie), await statusWith(colleague.cookie)]).toEqual([200, 200]);
    server.clock.advance(16 * MINUTE);
    expect([await statusWith(boss.cookie), await statusWith(colleague.cookie)]).toEqual([401, 200]);
    server.clock.advance(61 * MINUTE);
    expect(await statusWith(colleague.cookie)).toBe(401);
  });

  test('row 10: nobody’s lasts longer than eight hours, however busy', async () => {
    const busy = await enter(vice);
    for (let minutes = 0; minutes < 470; minutes += 10) {
      server.clock.advance(10 * MINUTE);
      expect([minutes, await statusWith(busy.cookie)]).toEqual([minutes, 200]);
    }
    server.clock.advance(10 * MINUTE);
    expect(await statusWith(busy.cookie)).toBe(401);
  });

  test('row 10: a clock set back by a day does not bring an old session back', async () => {
    const yesterday = server.clock.timestamp();
    server.clock.advance(24 * 60 * MINUTE);
    const { cookie } = await enter(teacher);
    server.clock.moveTo(yesterday);
    expect(await statusWith(cookie)).toBe(401);
    server.clock.advance(25 * 60 * MINUTE);
  });
});

describe('row 11: who has left', () => {
  test('row 11: a disabled account stops at the next request and opens no new one; enabling gives it back', async () => {
    const leaver = await school.person('gv.nghi', 'teacher');
    const { cookie } = await enter(leaver);
    expect(await statusWith(cookie)).toBe(200);
    const reason = { reason: 'Nghỉ hưu' };
    expect((await it.post(`/api/accounts/${leaver.id}/disable`, reason)).status).toBe(204);
    expect(await statusWith(cookie)).toBe(401);
    await expect(enter(leaver)).rejects.toThrow('SIGN_IN_FAILED');
    expect((await it.post(`/api/accounts/${leaver.id}/disable`, reason)).status).toBe(409);
    expect((await it.post(`/api/accounts/${leaver.id}/enable`, reason)).status).toBe(204);
    expect(await statusWith(cookie)).toBe(401);
    expect(await statusWith((await enter(leaver)).cookie)).toBe(200);
  });

  test('row 11: disabled between the two steps, the second opens nothing', async () => {
    const leaver = await school.person('gv.giua', 'teacher');
    const body = { username: leaver.username, password: PASSWORD };
    const pending = await sendTo(server.url, '/api/session', body);
    await it.post(`/api/accounts/${leaver.id}/disable`, { reason: 'Thôi việc' });
    const cookie = cookieOf(pending, '__Host-socai-pending');
    const answer = { method: 'totp', code: leaver.code() };
    const second = await sendTo(server.url, '/api/session/second-factor', answer, { cookie });
    expect(second.status).toBe(401);
  });

  test('row 11: a role withdrawn is gone at the next request of an open session', async () => {
    const officer = await school.person('it.cu', 'it-officer');
    const { cookie } = await enter(officer);
    expect(await statusWith(cookie, '/api/accounts')).toBe(200);
    await server.database.write((tx) =>
      tx.update(Appointment, { schoolId: school.id, personId: officer.id }, { toDate: '2026-01-01' }),
    );
    expect(await statusWith(cookie, '/api/accounts')).toBe(403);
    await server.database.write((tx) =>
      tx.update(Appointment, { schoolId: school.id, personId: officer.id }, { toDate: null }),
    );
  });

  test('row 11: nobody disables themself, another school’s account is not found', async () => {
    const far = await (await server.school('thcs-xa', 'LOWER_SECONDARY')).person('gv', 'teacher');
    const reason = { reason: 'Thử xem sao' };
    expect(await it.post(`/api/accounts/${it.id}/disable`, reason)).toMatchObject({ status: 403 });
    expect(await it.post(`/api/accounts/${far.id}/disable`, reason)).toMatchObject({ status: 404 });
    expect(await it.post(`/api/accounts/${far.id}/activation-code`)).toMatchObject({ status: 404 });
  });
});

describe('rows 7, 9 and 36: the IT officer with SQL', () => {
  /** Tables that an audit names after an attack of which nothing stays. */
  async function named(attack: (sql: EntityManager) => Promise<unknown>): Promise<string[]> {
    const whole = await server.database.read.findOneByOrFail(School, { id: school.id });
    const nothing = { ledger: undefined, trust: undefined, outside: {}, now: server.clock.now() };
    const audit = { ...nothing, school: whole };
    const report = await attacked(server.database, attack, (read) => auditSchool(read, audit));
    const ours = [
      'people',
      'logins',
      'sessions',
      'activation_codes',
      'account_recoveries',
      'account_reviews',
    ];
    return report.findings.filter(({ table }) => ours.includes(table)).map((f) => `${f.table} ${f.code}`);
  }

  test('row 36: nothing is found when nothing was done', async () => {
    expect(await named(() => Promise.resolve())).toEqual([]);
  });

  test('row 36: a password or second factor put in place with SQL is named', async () => {
    const victim = { schoolId: school.id, id: vice.id };
    const passwordHash = await hashPassword('mật khẩu của kẻ trộm');
    expect(await named((sql) => sql.update(Person, victim, { passwordHash }))).toEqual([
      'people ROW_CHANGED',
    ]);
    const totpSecret = server.box.seal('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', `totp/${vice.id}`);
    expect(await named((sql) => sql.update(Person, victim, { totpSecret }))).toEqual(['people ROW_CHANGED']);
    const recoveryCodes = ['0'.repeat(64)];
    expect(await named((sql) => sql.update(Person, victim, { recoveryCodes }))).toEqual([
      'people ROW_CHANGED',
    ]);
  });

  test('row 36: a login turned to another person, a disabled account brought back, are named', async () => {
    const leaver = await school.person('gv.sql', 'teacher');
    await it.post(`/api/accounts/${leaver.id}/disable`, { reason: 'Thôi việc' });
    expect(await named((sql) => sql.update(Login, { username: it.username }, { personId: vice.id }))).toEqual(
      ['logins ROW_CHANGED'],
    );
    expect(
      await named((sql) => sql.update(Person, { schoolId: school.id, id: leaver.id }, { disabledAt: null })),
    ).toEqual(['people ROW_CHANGED']);
  });

  test('row 36: a session or an activation code put in with SQL, or made to last longer, is named', async () => {
    const { schoolId } = { schoolId: school.id };
    const row = await server.database.read.findOneByOrFail(Session, { schoolId, personId: vice.id });
    const planted = { ...row, id: 'f'.repeat(64), secondFactor: 'passkey' as const };
    expect(await named((sql) => sql.insert(Session, planted))).toEqual(['sessions ROW_UNRECORDED']);
    const longer = { expiresAt: '2099-01-01T00:00:00.000Z' };
    expect(await named((sql) => sql.update(Session, { schoolId, id: row.id }, longer))).toEqual([
      'sessions ROW_CHANGED',
    ]);
    const code = {
      ...{
        schoolId,
        id: randomUUID(),
        personId: vice.id,
        codeHash: 'x',
        enrols: 1 as const,
        issuedBy: it.id,
      },
      ...{ issuedAt: 'a', expiresAt: 'b', usedAt: null, voidedAt: null, totpSecret: null },
    };
    expect(await named((sql) => sql.insert(ActivationCode, code))).toEqual([
      'activation_codes ROW_UNRECORDED',
    ]);
  });
});
