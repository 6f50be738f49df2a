/** Rows 4 to 8: the second factor, replay, enumeration, the helpdesk, and letters with codes. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { ActivationAnswer, RecoveryCodesAnswer } from '#contracts/activation.js';
import type { AccountsAnswer, IssuedCodeAnswer, ProposedRecoveryAnswer } from '#contracts/accounts.js';
import type { PendingSignInAnswer, SessionAnswer } from '#contracts/session.js';
import { Appointment, Person } from '#api/identity/identity.entities.js';
import { NO_PASSWORD, Passwords } from '#api/identity/passwords.js';
import { totpCode } from '#api/identity/totp.js';
import { PASSWORD, TestServer, type Desk, type ProblemBody, type TestSchool } from '../integration/school.js';
import { cookieOf, sendTo, signInAt } from '../integration/signing-in.js';

jest.setTimeout(60_000);

const SESSION = '__Host-socai';
const PENDING = '__Host-socai-pending';
const NEW_PASSWORD = 'chiều mưa trên bến sông';

let server: TestServer;
let school: TestSchool;
let it: Desk;
let vice: Desk;
let principal: Desk;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-hai-buoc', 'LOWER_SECONDARY');
  it = await school.person('it', 'it-officer');
  vice = await school.person('vice', 'vice-principal');
  principal = await school.person('ht', 'principal');
});
afterAll(() => server.stop());

const personOf = ({ id }: { id: string }) =>
  server.database.read.findOneByOrFail(Person, { schoolId: school.id, id });

/** First step: the password. */
const first = (who: { username: string }, password = PASSWORD) =>
  sendTo(server.url, '/api/session', { username: who.username, password });

/** Second step, with the cookie of the first. */
const second = (pending: Response, body: object) =>
  sendTo(server.url, '/api/session/second-factor', body, { cookie: cookieOf(pending, PENDING) });

/** What a cookie opens. */
const whoAmI = (cookie: string) => fetch(`${server.url}/api/session`, { headers: { cookie } });

async function codeOf(response: Response): Promise<string> {
  return `${String(response.status)} ${((await response.json()) as ProblemBody).code}`;
}

describe('row 4: a stolen password', () => {
  test('row 4: opens nothing of a member of staff: no session, and a waiting cookie that is none', async () => {
    const teacher = await school.person('gv.mot', 'teacher');
    const answer = await first(teacher);
    expect([answer.status, await answer.json()]).toEqual([202, { pending: true, methods: ['totp'] }]);
    expect(cookieOf(answer, SESSION)).toBe('');
    const waiting = cookieOf(answer, PENDING);
    for (const cookie of [waiting, waiting.replace(PENDING, SESSION)]) {
      expect((await whoAmI(cookie)).status).toBe(401);
    }
  });

  test('row 4: with the second factor it does, and the session says with which', async () => {
    const teacher = await school.person('gv.hai', 'teacher');
    const opened = await second(await first(teacher), { method: 'totp', code: teacher.code() });
    expect(opened.status).toBe(201);
    expect(await opened.json()).toMatchObject({ signedInWith: 'totp', roles: ['teacher'] });
    expect((await whoAmI(cookieOf(opened, SESSION))).status).toBe(200);
  });

  test('row 4: an approver is asked for the passkey first; another person’s passkey does not do', async () => {
    const pending = (await (await first(vice)).json()) as PendingSignInAnswer;
    expect(pending.methods).toEqual(['passkey', 'totp']);
    const opened = await vice.get<SessionAnswer>('/api/session');
    expect(opened.body.signedInWith).toBe('passkey');
    const answer = await first(vice);
    const asked = ((await answer.clone().json()) as PendingSignInAnswer).passkey!;
    const stranger = { challenge: asked.challenge, rpId: asked.rpId, allowCredentials: [] };
    const forged = await principal.passkey!.sign(stranger, 'http://localhost:3000');
    expect(await codeOf(await second(answer, { method: 'passkey', assertion: forged }))).toBe(
      '403 SECOND_FACTOR_FAILED',
    );
  });

  test('row 4: a family has a password alone; once a guardian becomes staff that session is over', async () => {
    const mother = await school.person('ph.mot', 'guardian');
    const { cookie, session } = await signInAt(
      server.url,
      { username: mother.username, password: PASSWORD },
      () => {
        throw new Error('no second step');
      },
    );
    expect(session.signedInWith).toBeNull();
    await server.database.write((tx) =>
      tx.insert(Appointment, {
        ...{ schoolId: school.id, id: randomUUID(), personId: mother.id, role: 'clerk' },
        ...{ fromDate: '2026-09-01', toDate: null, decisionNumber: '9/QĐ', appointedBy: principal.id },
      }),
    );
    expect((await whoAmI(cookie)).status).toBe(401);
    expect(await codeOf(await first(mother))).toBe('403 SECOND_FACTOR_MISSING');
  });

  test('row 4: a family’s account whose person becomes staff enrols with a new letter, without two-person recovery', async () => {
    const account = { kind: 'family', name: 'ph.thanh.gv', fullName: 'Trần Thị Mẹ', title: 'Phụ huynh' };
    const letter = (await it.post<IssuedCodeAnswer>('/api/accounts', account)).body;
    expect((await look(letter)).totp).toBeUndefined();
    expect((await complete(letter, NEW_PASSWORD)).status).toBe(200);
    const family = { ...letter, id: letter.personId };
    const again = (await it.post<IssuedCodeAnswer>(`/api/accounts/${family.id}/activation-code`)).body;
    expect((await look(again)).totp).toBeUndefined();
    await school.founded((base) =>
      base.enter<Partial<Appointment>>(Appointment, [
        {
          ...{ schoolId: school.id, id: randomUUID(), personId: family.id, role: 'teacher' },
          fromDate: '2026-09-05',
        },
      ]),
    );
    // The password that the family had, and whoever knows it, opens nothing and enrols nothing.
    expect(await codeOf(await first(family, NEW_PASSWORD))).toBe('403 SECOND_FACTOR_MISSING');
    const staffed = (await it.post<IssuedCodeAnswer>(`/api/accounts/${family.id}/activation-code`)).body;
    const { totp } = await look(staffed);
    const code = totpCode(totp!.secret, server.clock.now());
    expect((await complete(staffed, NEW_PASSWORD)).status).toBe(403);
    expect((await complete(staffed, NEW_PASSWORD, code)).status).toBe(200);
    server.clock.advance(31_000);
    const next = totpCode(totp!.secret, server.clock.now());
    const opened = await second(await first(family, NEW_PASSWORD), { method: 'totp', code: next });
    expect(await opened.json()).toMatchObject({ signedInWith: 'totp' });
    // Once there is a second factor, a letter keeps it: row 7.
    const later = (await it.post<IssuedCodeAnswer>(`/api/accounts/${family.id}/activation-code`)).body;
    expect((await look(later)).totp).toBeUndefined();
  });

  test('row 4: six digits are not guessed: the second step has a count of its own, and five minutes', async () => {
    const teacher = await school.person('gv.ba', 'teacher');
    const pending = await first(teacher);
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, i) => second(pending, { method: 'totp', code: String(100_000 + i) })),
    );
    expect(tries.filter(({ status }) => status === 403)).toHaveLength(5);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(15);
    // A right password does not give new tries.
    expect(await codeOf(await second(await first(teacher), { method: 'totp', code: '100100' }))).toBe(
      '429 TOO_MANY_ATTEMPTS',
    );
    const late = await first(teacher);
    server.clock.advance(5 * 60_000);
    expect(await codeOf(await second(late, { method: 'totp', code: teacher.code() }))).toBe(
      '401 NOT_SIGNED_IN',
    );
  });
});

describe('row 5: a code seen over the shoulder', () => {
  test('row 5: works once, and none older works after it', async () => {
    const teacher = await school.person('gv.bon', 'teacher');
    const code = teacher.code();
    const older = teacher.code(-30_000);
    expect((await second(await first(teacher), { method: 'totp', code })).status).toBe(201);
    for (const again of [code, older]) {
      expect(await codeOf(await second(await first(teacher), { method: 'totp', code: again }))).toBe(
        '403 SECOND_FACTOR_FAILED',
      );
    }
    server.clock.advance(30_000);
    expect((await second(await first(teacher), { method: 'totp', code: teacher.code() })).status).toBe(201);
  });

  test('row 5: of four sign-ins with the same code at the same moment one gets in', async () => {
    const teacher = await school.person('gv.nam', 'teacher');
    const code = teacher.code();
    const waiting = [await first(teacher), await first(teacher), await first(teacher), await first(teacher)];
    const answers = await Promise.all(waiting.map((pending) => second(pending, { method: 'totp', code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403]);
  });

  test('row 5: one waiting sign-in opens one session, whatever comes twice', async () => {
    const teacher = await school.person('gv.sau', 'teacher');
    const pending = await first(teacher);
    expect((await second(pending, { method: 'totp', code: teacher.code(-30_000) })).status).toBe(201);
    expect(await codeOf(await second(pending, { method: 'totp', code: teacher.code() }))).toBe(
      '401 NOT_SIGNED_IN',
    );
  });
});

describe('row 6: who has an account here?', () => {
  test('row 6: unknown, known, disabled and waiting accounts answer alike, after the same work', async () => {
    const [known, gone] = [await school.person('gv.bay', 'teacher'), await school.person('gv.cu', 'teacher')];
    expect((await it.post(`/api/accounts/${gone.id}/disable`, { reason: 'Chuyển trường' })).status).toBe(204);
    const account = { kind: 'staff', name: 'gv.moi', fullName: 'Đỗ Thị Mới', title: 'Giáo viên' };
    const { username } = (await it.post<IssuedCodeAnswer>('/api/accounts', account)).body;
    const check = jest.spyOn(server.app.get(Passwords, { strict: false }), 'check');
    const tries = [
      { username: 'khong-ai.thcs-hai-buoc', password: 'một câu đoán bừa' },
      { username: known.username, password: 'một câu đoán bừa' },
      { username: gone.username, password: PASSWORD },
      { username, password: 'một câu đoán bừa' },
    ];
    const answers: string[] = [];
    for (const attempt of tries) {
      const response = await sendTo(server.url, '/api/session', attempt);
      answers.push(`${String(response.status)} ${await response.text()}`);
    }
    expect(answers[0]).toContain('SIGN_IN_FAILED');
    expect(new Set(answers).size).toBe(1);
    expect(check).toHaveBeenCalledTimes(tries.length);
    const costs = await Promise.all(
      check.mock.calls.map(async ([phc = NO_PASSWORD]) => Promise.resolve(phc.split('$').slice(0, 4))),
    );
    expect(new Set(costs.map((cost) => cost.join('$'))).size).toBe(1);
    check.mockRestore();
  });

  test('row 6: the activation page does not say either', async () => {
    const { username } = await school.person('gv.tam', 'teacher');
    const bodies = await Promise.all(
      [username, 'khong-ai.thcs-hai-buoc'].map(async (name) => {
        const response = await sendTo(server.url, '/api/activation', { username: name, code: '0000-0000' });
        return `${String(response.status)} ${await response.text()}`;
      }),
    );
    expect(bodies[0]).toContain('ACTIVATION_FAILED');
    expect(bodies[1]).toBe(bodies[0]);
  });
});

/** Completes an activation. */
function complete(issued: IssuedCodeAnswer, password: string, totpCode?: string): Promise<Response> {
  const { username, activationCode: code } = issued;
  const body = { username, code, password, ...(totpCode === undefined ? {} : { totpCode }) };
  return sendTo(server.url, '/api/activation/complete', body);
}

/** Looks at a letter's code as the page does. */
async function look({ username, activationCode: code }: IssuedCodeAnswer): Promise<ActivationAnswer> {
  return (await (await sendTo(server.url, '/api/activation', { username, code })).json()) as ActivationAnswer;
}

describe('row 7: the helpdesk takes an account over', () => {
  test('row 7: a password reset keeps the second factor, so that who has the letter stays outside', async () => {
    const victim = await school.person('pht', 'vice-principal');
    const before = await personOf(victim);
    const issued = await it.post<IssuedCodeAnswer>(`/api/accounts/${victim.id}/activation-code`);
    expect(issued.status).toBe(201);
    expect(await look(issued.body)).toEqual({
      fullName: victim.fullName,
      schoolName: 'Trường thcs-hai-buoc',
    });
    const done = await complete(issued.body, NEW_PASSWORD, '123456');
    expect(await done.json()).toEqual({ recoveryCodes: [] });
    const after = await personOf(victim);
    expect([after.totpSecret, after.recoveryCodes]).toEqual([before.totpSecret, before.recoveryCodes]);
    const pending = await first(victim, NEW_PASSWORD);
    expect(pending.status).toBe(202);
    expect(await codeOf(await second(pending, { method: 'totp', code: it.code() }))).toBe(
      '403 SECOND_FACTOR_FAILED',
    );
  });

  test('row 7: the IT officer cannot issue a code for themself, nor reset a second factor alone', async () => {
    expect(await it.post(`/api/accounts/${it.id}/activation-code`)).toMatchObject({
      status: 403,
      body: { rule: 'R9.8' },
    });
    const { body } = await it.post<ProposedRecoveryAnswer>(`/api/accounts/${principal.id}/recovery`, {
      reason: 'Hiệu trưởng mất điện thoại',
    });
    const own = await it.post('/api/acts', { action: 'account.confirm-recovery', params: body });
    expect(own).toMatchObject({ status: 403, body: { rule: 'R9.12' } });
    const withoutAct = await vice.post('/api/accounts/recovery/confirm', body);
    expect([withoutAct.status, withoutAct.body.code]).toEqual([400, 'VALIDATION']);
  });

  test('row 7: two people reset it: the code goes to the second, and the former factor is dead', async () => {
    const teacher = await school.person('gv.chin', 'teacher');
    const session = await signInAt(server.url, { username: teacher.username, password: PASSWORD }, () => ({
      method: 'totp',
      code: teacher.code(-30_000),
    }));
    const proposed = await it.post<ProposedRecoveryAnswer>(`/api/accounts/${teacher.id}/recovery`, {
      reason: 'Mất điện thoại và mã khôi phục',
    });
    expect([proposed.status, Object.keys(proposed.body)]).toEqual([201, ['recoveryId']]);
    const twice = await it.post(`/api/accounts/${teacher.id}/recovery`, { reason: 'Mất điện thoại' });
    expect(twice.body.code).toBe('ALREADY_EXISTS');
    const vices = await vice.post('/api/acts', { action: 'account.confirm-recovery', params: proposed.body });
    expect(vices).toMatchObject({ status: 403, body: { rule: 'R9.11' } });
    const confirmed = await principal.stepUp<IssuedCodeAnswer>(
      'account.confirm-recovery',
      proposed.body,
      '/api/accounts/recovery/confirm',
    );
    expect(confirmed.status).toBe(200);
    expect((await whoAmI(session.cookie)).status).toBe(401);
    expect(await codeOf(await first(teacher))).toBe('403 SECOND_FACTOR_MISSING');
    // What the IT officer can still issue enrols nothing.
    const { totp } = await look(confirmed.body);
    const done = await complete(confirmed.body, NEW_PASSWORD, totpCode(totp!.secret, server.clock.now()));
    expect(((await done.json()) as RecoveryCodesAnswer).recoveryCodes).toHaveLength(10);
    const pending = await first(teacher, NEW_PASSWORD);
    expect(await codeOf(await second(pending, { method: 'totp', code: teacher.code() }))).toBe(
      '403 SECOND_FACTOR_FAILED',
    );
    server.clock.advance(30_000);
    const code = totpCode(totp!.secret, server.clock.now());
    expect((await second(await first(teacher, NEW_PASSWORD), { method: 'totp', code })).status).toBe(201);
    const again = await principal.post('/api/acts', {
      action: 'account.confirm-recovery',
      params: proposed.body,
    });
    expect(again.status).toBe(404);
  });

  test('row 7: between reset and new start the IT officer’s own letter enrols no second factor', async () => {
    const teacher = await school.person('gv.muoi', 'teacher');
    const { body } = await it.post<ProposedRecoveryAnswer>(`/api/accounts/${teacher.id}/recovery`, {
      reason: 'Mất điện thoại',
    });
    await principal.stepUp('account.confirm-recovery', body, '/api/accounts/recovery/confirm');
    const letter = await it.post<IssuedCodeAnswer>(`/api/accounts/${teacher.id}/activation-code`);
    expect((await look(letter.body)).totp).toBeUndefined();
    expect((await complete(letter.body, NEW_PASSWORD)).status).toBe(200);
    expect(await codeOf(await first(teacher, NEW_PASSWORD))).toBe('403 SECOND_FACTOR_MISSING');
  });

  test('row 7: the database refuses one person as both, and who it is about as either', async () => {
    const attempt = (proposedBy: string, confirmedBy: string) =>
      server.database.write((tx) =>
        tx.query(
          `INSERT INTO account_recoveries (school_id, id, person_id, reason, proposed_by, proposed_at, expires_at, confirmed_by)
           VALUES ('${school.id}', '${randomUUID()}', '${vice.id}', 'x', '${proposedBy}', 'a', 'b', '${confirmedBy}')`,
        ),
      );
    await expect(attempt(it.id, it.id)).rejects.toThrow(/constraint/i);
    await expect(attempt(it.id, vice.id)).rejects.toThrow(/constraint/i);
    await expect(attempt(vice.id, it.id)).rejects.toThrow(/constraint/i);
    await expect(attempt(it.id, principal.id)).resolves.toBeDefined();
  });

  test('row 7: a recovery code opens one session, in any spelling, and new codes end the old', async () => {
    const account = { kind: 'staff', name: 'gv.ma', fullName: 'Lê Văn Mã', title: 'Giáo viên' };
    const letter = (await it.post<IssuedCodeAnswer>('/api/accounts', account)).body;
    const { totp } = await look(letter);
    const code = totpCode(totp!.secret, server.clock.now());
    const done = await complete(letter, NEW_PASSWORD, code);
    const { recoveryCodes } = (await done.json()) as RecoveryCodesAnswer;
    const [one = '', two = ''] = recoveryCodes;
    const stored = JSON.stringify(await personOf({ id: letter.personId }));
    for (const each of recoveryCodes) expect(stored).not.toContain(each);
    const spelt = one.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    const opened = await second(await first(letter, NEW_PASSWORD), { method: 'recovery', code: spelt });
    expect([opened.status, await opened.json()]).toMatchObject([
      201,
      { signedInWith: 'recovery', recoveryCodesLeft: 9 },
    ]);
    const waiting = [await first(letter, NEW_PASSWORD), await first(letter, NEW_PASSWORD)];
    const race = await Promise.all(waiting.map((each) => second(each, { method: 'recovery', code: two })));
    expect(race.map(({ status }) => status).sort()).toEqual([201, 403]);
    const again = await second(await first(letter, NEW_PASSWORD), { method: 'recovery', code: one });
    expect(await codeOf(again)).toBe('403 SECOND_FACTOR_FAILED');
    server.clock.advance(31_000);
    const headers = {
      cookie: cookieOf(opened, SESSION),
      'x-csrf-token': ((await (await whoAmI(cookieOf(opened, SESSION))).json()) as SessionAnswer).csrfToken,
    };
    const renewed = await sendTo(
      server.url,
      '/api/own-account/recovery-codes',
      { totpCode: totpCode(totp!.secret, server.clock.now()) },
      headers,
    );
    const fresh = ((await renewed.json()) as RecoveryCodesAnswer).recoveryCodes;
    expect(fresh).toHaveLength(10);
    const old = await second(await first(letter, NEW_PASSWORD), {
      method: 'recovery',
      code: recoveryCodes[5],
    });
    expect(old.status).toBe(403);
    const last = await second(await first(letter, NEW_PASSWORD), { method: 'recovery', code: fresh[9] });
    expect(last.status).toBe(201);
  });
});

describe('row 8: a letter in the wrong hands', () => {
  async function letter(name: string): Promise<IssuedCodeAnswer> {
    const account = { kind: 'family', name, fullName: 'Phạm Văn Tư', title: 'Phụ huynh' };
    const { status, body } = await it.post<IssuedCodeAnswer>('/api/accounts', account);
    expect(status).toBe(201);
    return body;
  }

  test('row 8: works once, also when two use it at the same moment', async () => {
    const issued = await letter('ph.tu');
    const both = await Promise.all([
      complete(issued, NEW_PASSWORD),
      complete(issued, `${NEW_PASSWORD} khác`),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await codeOf(await complete(issued, NEW_PASSWORD))).toBe('403 ACTIVATION_FAILED');
  });

  test('row 8: is worth nothing after seven days, after a newer one, or once the account is disabled', async () => {
    const late = await letter('ph.tre');
    server.clock.advance(7 * 86_400_000);
    expect(await codeOf(await complete(late, NEW_PASSWORD))).toBe('403 ACTIVATION_FAILED');
    const newer = (await it.post<IssuedCodeAnswer>(`/api/accounts/${late.personId}/activation-code`)).body;
    const newest = (await it.post<IssuedCodeAnswer>(`/api/accounts/${late.personId}/activation-code`)).body;
    expect(await codeOf(await complete(newer, NEW_PASSWORD))).toBe('403 ACTIVATION_FAILED');
    expect((await complete(newest, NEW_PASSWORD)).status).toBe(200);
    const off = await letter('ph.khoa');
    await it.post(`/api/accounts/${off.personId}/disable`, { reason: 'Nhập nhầm người' });
    expect(await codeOf(await complete(off, NEW_PASSWORD))).toBe('403 ACTIVATION_FAILED');
  });

  test('row 8: one person’s code is none of another’s, and guessing is slowed', async () => {
    const [mine, other] = [await letter('ph.a'), await letter('ph.b')];
    const swapped = { ...mine, activationCode: other.activationCode };
    expect(await codeOf(await complete(swapped, NEW_PASSWORD))).toBe('403 ACTIVATION_FAILED');
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, i) => complete({ ...mine, activationCode: `0000-${String(i)}` }, 'x')),
    );
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(15);
  });

  test('row 8: a member of staff without an app of their own stays outside, and the code stays good', async () => {
    const account = { kind: 'staff', name: 'gv.app', fullName: 'Hồ Thị Áp', title: 'Giáo viên' };
    const issued = (await it.post<IssuedCodeAnswer>('/api/accounts', account)).body;
    expect(await codeOf(await complete(issued, NEW_PASSWORD))).toBe('403 SECOND_FACTOR_FAILED');
    const { totp } = await look(issued);
    expect(await codeOf(await complete(issued, NEW_PASSWORD, '000000'))).toBe('403 SECOND_FACTOR_FAILED');
    const code = totpCode(totp!.secret, server.clock.now());
    expect((await complete(issued, NEW_PASSWORD, code)).status).toBe(200);
    expect(totp!.uri).toContain(`secret=${totp!.secret}`);
    // The code that proved the app does not also sign in.
    expect(await codeOf(await second(await first(issued, NEW_PASSWORD), { method: 'totp', code }))).toBe(
      '403 SECOND_FACTOR_FAILED',
    );
  });

  test('row 8: the list of accounts shows no code, secret or hash, to nobody', async () => {
    const issued = await letter('ph.kin');
    const { body } = await principal.get<AccountsAnswer>('/api/accounts');
    const text = JSON.stringify(body);
    expect(text).toContain(issued.username);
    const person = await personOf(vice);
    for (const secret of [issued.activationCode, person.passwordHash, person.totpSecret ?? '']) {
      expect(text).not.toContain(secret);
    }
  });
});
