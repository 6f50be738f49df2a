/** Rows 1 to 3: what a password must be, how it is kept, and what guessing costs. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { IssuedCodeAnswer } from '#contracts/accounts.js';
import { Person } from '#api/identity/identity.entities.js';
import { startApplication } from '../integration/application.js';
import { PASSWORD, TestServer, type Desk, type ProblemBody, type TestSchool } from '../integration/school.js';
import { sendTo, signInAt } from '../integration/signing-in.js';

jest.setTimeout(60_000);

let server: TestServer;
let school: TestSchool;
let it: Desk;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-mat-khau', 'LOWER_SECONDARY');
  it = await school.person('it', 'it-officer');
});
afterAll(() => server.stop());
/** Failures of one test are no part of the next. */
afterEach(() => server.clock.advance(25 * 3_600_000));

/** A family account to be activated: only the password is in question. */
async function letter(name: string, fullName = 'Trần Văn Bình'): Promise<IssuedCodeAnswer> {
  const account = { kind: 'family', name, fullName, title: 'Phụ huynh' };
  return (await it.post<IssuedCodeAnswer>('/api/accounts', account)).body;
}

async function activate({ username, activationCode: code }: IssuedCodeAnswer, password: string) {
  const response = await sendTo(server.url, '/api/activation/complete', { username, code, password });
  return { status: response.status, body: (await response.json()) as ProblemBody };
}

/** Tries a password. */
async function guess(username: string, password = 'sai mật khẩu rồi', from = '192.0.2.1') {
  const headers = { 'x-forwarded-for': from };
  const response = await sendTo(server.url, '/api/session', { username, password }, headers);
  const { code, detail } = (await response.json()) as ProblemBody;
  const wait = Number(response.headers.get('retry-after') ?? '0');
  return { status: response.status, code, detail, wait };
}

async function guesses(count: number, username: string, from?: string): Promise<void> {
  for (let i = 0; i < count; i += 1) await guess(username, undefined, from);
}

describe('row 1: common, breached, short and personal passwords', () => {
  test('row 1: are refused with the reason, and the code stays good for a better one', async () => {
    const issued = await letter('ph.binh');
    for (const weak of [
      'ngắn quá',
      'password1234',
      '1q2w3e4r5t6y',
      'tranvanbinh1',
      'ph.binh.thcs-mat-khau',
    ]) {
      const refused = await activate(issued, weak);
      expect([weak, refused.status, refused.body.code]).toEqual([weak, 400, 'VALIDATION']);
      expect(refused.body.items?.[0]).toMatchObject({ where: 'password', code: 'PASSWORD_WEAK' });
    }
    expect((await activate(issued, 'hai bờ sông có hàng tre')).status).toBe(200);
  });

  test('row 1: a password typed with composed or decomposed accents is the same one', async () => {
    const issued = await letter('ph.nam');
    expect((await activate(issued, 'hàng tre trước ngõ'.normalize('NFD'))).status).toBe(200);
    const password = 'hàng tre trước ngõ'.normalize('NFC');
    const { session } = await signInAt(server.url, { username: issued.username, password }, () => {
      throw new Error('a family account has no second step');
    });
    expect(session.person.username).toBe(issued.username);
  });
});

describe('row 2: the stolen database', () => {
  test('row 2: holds argon2id with at least 19 MiB and two passes, a salt of its own for each, and no password', async () => {
    const password = 'ba con vịt bơi qua ao';
    const both = [await letter('ph.mot'), await letter('ph.hai')];
    for (const issued of both) expect((await activate(issued, password)).status).toBe(200);
    const hashes = await Promise.all(
      both.map(async ({ personId }) => {
        const person = await server.database.read.findOneByOrFail(Person, {
          schoolId: school.id,
          id: personId,
        });
        expect(JSON.stringify(person)).not.toContain(password);
        return person.passwordHash;
      }),
    );
    for (const hash of hashes) {
      const [, kind, version, parameters] = hash.split('$');
      expect([kind, version]).toEqual(['argon2id', 'v=19']);
      const { m, t } = Object.fromEntries((parameters ?? '').split(',').map((pair) => pair.split('=')));
      expect(Number(m)).toBeGreaterThanOrEqual(19 * 1024);
      expect(Number(t)).toBeGreaterThanOrEqual(2);
    }
    expect(hashes[0]).not.toBe(hashes[1]);
  });
});

describe('row 3: guessing', () => {
  test('row 3: after five failures each costs twice the wait of the one before, also with the right password', async () => {
    const { username } = await school.person('gv.mot', 'teacher');
    await guesses(5, username);
    const sixth = await guess(username, PASSWORD);
    expect(sixth).toMatchObject({ status: 429, code: 'TOO_MANY_ATTEMPTS', wait: 1 });
    expect(sixth.detail).toContain('chờ 1 giây');
    const waits: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      server.clock.advance((await guess(username)).wait * 1000);
      expect((await guess(username)).status).toBe(401);
      waits.push((await guess(username)).wait);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64]);
  });

  test('row 3: forty guesses at the same moment are not more than five', async () => {
    const { username } = await school.person('gv.hai', 'teacher');
    const answers = await Promise.all(Array.from({ length: 40 }, () => guess(username)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35);
  });

  test('row 3: an unknown name is slowed as a known one is', async () => {
    const name = 'khong-co-ai.thcs-mat-khau';
    await guesses(5, name);
    expect(await guess(` ${name.toUpperCase()} `)).toMatchObject({ status: 429, wait: 1 });
  });

  test('row 3: a locked-out teacher is helped by a new letter, at once', async () => {
    const teacher = await school.person('gv.ba', 'teacher');
    await guesses(12, teacher.username);
    expect((await guess(teacher.username)).status).toBe(429);
    const issued = await it.post<IssuedCodeAnswer>(`/api/accounts/${teacher.id}/activation-code`);
    const password = 'một bài thơ về mùa thu';
    expect((await activate(issued.body, password)).status).toBe(200);
    expect((await guess(teacher.username, password)).status).toBe(202);
  });

  test('row 3: a machine that tries one name after another is slowed; a colleague who works there is not', async () => {
    const colleague = await school.person('gv.bon', 'teacher');
    // Desks are at 127.0.0.1; so is who tries names here.
    await colleague.get('/api/session');
    const here = '127.0.0.1';
    const tried: number[] = [];
    for (let i = 0; i < 40 && tried.at(-1) !== 429; i += 1) {
      tried.push((await guess(`doan-ten-${String(i)}.thcs-mat-khau`, undefined, here)).status);
    }
    expect(tried.length).toBeGreaterThan(20);
    expect(tried.at(-1)).toBe(429);
    expect((await guess(colleague.username, PASSWORD, here)).status).toBe(202);
    expect((await guess(colleague.username, PASSWORD, '198.51.100.9')).status).toBe(202);
  });

  test('row 3: nobody elsewhere locks a teacher out of the room where they signed in lately', async () => {
    const family = await school.person('ph.quen', 'guardian');
    expect((await guess(family.username, PASSWORD, '192.0.2.7')).status).toBe(201);
    await guesses(9, family.username, '203.0.113.66');
    expect((await guess(family.username, PASSWORD, '203.0.113.66')).status).toBe(429);
    expect((await guess(family.username, PASSWORD, '192.0.2.8')).status).toBe(429);
    expect((await guess(family.username, PASSWORD, '192.0.2.7')).status).toBe(201);
  });

  test('row 3: a school behind one address whose people mistype and then sign in waits for nothing', async () => {
    const families = await Promise.all(
      Array.from({ length: 30 }, (_, i) => school.person(`ph.${String(i)}`, 'guardian')),
    );
    for (const { username } of families) {
      expect((await guess(username)).status).toBe(401);
      expect((await guess(username, PASSWORD)).status).toBe(201);
    }
  });

  test('row 3: a clock that jumps a year ahead and back never makes the wait longer than the wait', async () => {
    const { username } = await school.person('gv.nam', 'teacher');
    const now = server.clock.timestamp();
    server.clock.advance(365 * 86_400_000);
    await guesses(8, username);
    server.clock.moveTo(now);
    const { wait } = await guess(username);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(8);
    server.clock.advance(wait * 1000);
    expect((await guess(username)).status).toBe(401);
  });

  test('row 3: what one process counted the other knows', async () => {
    const first = await startApplication();
    const second = await startApplication(first.place);
    const ask = (url: string) => sendTo(url, '/api/session', { username: 'ai.do', password: 'đoán thử xem' });
    for (let i = 0; i < 5; i += 1) expect((await ask(first.url)).status).toBe(401);
    expect((await ask(second.url)).status).toBe(429);
    await second.stop();
    await first.drop();
  });
});
