/**
 * Rows 12 and 19: what a borrowed session, an observed answer or a race can do to an approval; and row 4, what a page
 * that looks like ours can do with an approver's passkey.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { Correction } from '#api/corrections/corrections.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { Act } from '#api/identity/identity.entities.js';
import type { StatedActAnswer } from '#contracts/acts.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { PasskeyCreationOptions } from '#contracts/passkeys.js';
import type { PendingSignInAnswer } from '#contracts/session.js';
import { SoftwarePasskey } from '#fixtures/play/software-passkey.js';
import { ENGINE } from '../integration/engine.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type TestClass,
  type TestSchool,
} from '../integration/school.js';
import { cookieOf, sendTo, signInAt } from '../integration/signing-in.js';
import { TEST_RP } from '../integration/test-passkey.js';

jest.setTimeout(30_000);

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let principal: Desk;
let teacher: Desk;
let ours: TestClass;
/** The next pupil whose mark nobody has asked to correct. */
let next = 0;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-s', 'LOWER_SECONDARY', { homeroomConfirms: false });
  vice = await school.person('pho', 'vice-principal');
  principal = await school.person('truong', 'principal');
  teacher = await school.person('toan', 'teacher');
  const names = Array.from({ length: 20 }, (_, i) => `Học Sinh ${String.fromCharCode(65 + i)}`);
  ours = await school.class('6A1', 6, names, ['TOAN']);
  await school.assign(teacher, ours, 'TOAN', HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', Array(20).fill('6'));
}, 60_000);
afterAll(() => server.stop(), 30_000);

/** A correction that waits for approval. */
async function waiting(): Promise<string> {
  const cells = [{ pupilId: ours.pupilIds[next++], column: 'TX1', newValue: '9', version: 2 }];
  const reason = 'Cộng sót điểm câu 2b bài kiểm tra';
  const asked = { classId: ours.id, area: 'TOAN', period: 'HK1', reason, cells };
  const { body } = await teacher.post<CorrectionsAnswer>('/api/corrections', asked);
  const id = body.corrections[0]?.id;
  if (id === undefined) throw new Error(JSON.stringify(body));
  return id;
}

async function stated(desk: Desk, ...correctionIds: string[]): Promise<StatedActAnswer> {
  const action = 'correction.approve';
  const answer = await desk.post<StatedActAnswer>('/api/acts', { action, params: { correctionIds } });
  expect(answer.status).toBe(201);
  return answer.body;
}

const approve = (desk: Desk, act: object, ...correctionIds: string[]) =>
  desk.post('/api/corrections/approve', { correctionIds, act });

async function stateOf(id: string): Promise<string> {
  return (await server.database.read.findOneByOrFail(Correction, { schoolId: school.id, id })).state;
}

/** Every request that approves, locks, signs, seals, appoints or changes passkeys, without a second factor. */
const STEP_UPS: readonly (readonly [path: string, body: object])[] = [
  ['/api/corrections/approve', { correctionIds: ['7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55'] }],
  ['/api/corrections/7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55/approve', {}],
  [
    '/api/corrections/reject',
    { correctionIds: ['7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55'], reason: 'Không có căn cứ nào' },
  ],
  [
    '/api/locks',
    { sheets: [{ classId: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55', area: 'TOAN', period: 'HK1' }] },
  ],
  [
    '/api/locks/reopen',
    {
      sheets: [{ classId: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55', area: 'TOAN', period: 'HK1' }],
      reason: 'Bổ sung điểm của học sinh ốm',
    },
  ],
  ['/api/transcripts/batches/7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55/sign', {}],
  ['/api/transcripts/batches/7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55/seal', {}],
  ['/api/passkeys/revoke', { passkeyId: 'dGhpcyBpcyBhIGtleQ' }],
];

describe(`row 12: the second factor is asked for again, bound to the hash of the change, on ${ENGINE}`, () => {
  test.each(STEP_UPS)('row 12: a session alone is not enough for %s', async (path, body) => {
    expect(await vice.post(path, body)).toMatchObject({
      status: 400,
      body: { items: expect.arrayContaining([expect.objectContaining({ where: 'act' })]) },
    });
  });

  test("row 12: whoever borrowed the vice-principal's session cannot answer with another factor of their own", async () => {
    const id = await waiting();
    const asked = await stated(vice, id);
    const evil = await SoftwarePasskey.make(TEST_RP);
    for (const answer of [
      await vice.sign(asked, evil),
      await vice.sign(asked, principal.passkey),
      { id: asked.id, method: 'totp', code: teacher.code() },
      { id: asked.id, method: 'totp', code: '000000' },
    ]) {
      expect(await approve(vice, answer, id)).toMatchObject({
        status: 403,
        body: { code: 'SECOND_FACTOR_FAILED' },
      });
    }
    expect(await stateOf(id)).toBe('requested');
    // And with the person's own key it is done: it was the factor that was missing.
    expect((await approve(vice, await vice.sign(asked), id)).status).toBe(200);
  });

  test('row 12: a borrowed session cannot make a passkey of its own for the person', async () => {
    const asked = await vice.post<PasskeyCreationOptions>('/api/passkeys/options');
    const evil = await SoftwarePasskey.make(TEST_RP);
    const params = { name: 'Máy của kẻ trộm', credential: await evil.create(asked.body) };
    const act = await vice.post<StatedActAnswer>('/api/acts', { action: 'passkey.add', params });
    expect(act.status).toBe(201);
    for (const answer of [undefined, await vice.sign(act.body, evil)]) {
      const refused = await vice.post('/api/passkeys', { ...params, act: answer });
      expect([400, 403]).toContain(refused.status);
    }
    const id = await waiting();
    const forged = await vice.sign(await stated(vice, id), evil);
    expect(await approve(vice, forged, id)).toMatchObject({ status: 403 });
  });

  test("row 12: another person's act, or the act of another session of the same person, is refused", async () => {
    const id = await waiting();
    const act = await vice.sign(await stated(vice, id));
    expect(await approve(principal, act, id)).toMatchObject({ status: 409, body: { code: 'ACT_INVALID' } });
    const elsewhere = await signInAt(
      server.url,
      { username: vice.username, password: 'một mật khẩu dài để thử' },
      async ({ passkey }) => ({
        method: 'passkey',
        assertion: await (vice.passkey as SoftwarePasskey).sign(passkey as PasskeyAsked),
      }),
    );
    const headers = { cookie: elsewhere.cookie, 'x-csrf-token': elsewhere.csrf };
    const body = { correctionIds: [id], act };
    const refused = await sendTo(server.url, '/api/corrections/approve', body, headers);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'ACT_INVALID']);
    expect(await stateOf(id)).toBe('requested');
  });

  test('row 12: an answer for one change does not do for another, for more, or for another action', async () => {
    const [shown, hidden] = [await waiting(), await waiting()];
    const act = await vice.sign(await stated(vice, shown));
    for (const ids of [[hidden], [shown, hidden]]) {
      expect(await approve(vice, act, ...ids)).toMatchObject({ status: 409, body: { code: 'ACT_INVALID' } });
    }
    const reject = { correctionIds: [shown], reason: 'Không có căn cứ nào', act };
    expect(await vice.post('/api/corrections/reject', reject)).toMatchObject({
      status: 409,
      body: { code: 'ACT_INVALID' },
    });
    const other = await stated(vice, hidden);
    expect(await approve(vice, { ...act, id: other.id }, hidden)).toMatchObject({
      status: 403,
      body: { code: 'SECOND_FACTOR_FAILED', fault: 'CHALLENGE' },
    });
    expect(await stateOf(hidden)).toBe('requested');
  });

  test('row 12: an answer is of no use after five minutes', async () => {
    const id = await waiting();
    const act = await vice.sign(await stated(vice, id));
    server.clock.advance(5 * 60_000);
    expect(await approve(vice, act, id)).toMatchObject({ status: 409, body: { code: 'ACT_INVALID' } });
  });
});

describe(`row 12: from a borrowed session, on ${ENGINE}`, () => {
  test('row 12: one-time codes are not guessed: after five wrong ones every guess waits longer', async () => {
    const borrowed = await school.person('pho-khac', 'vice-principal');
    const id = await waiting();
    const asked = await stated(borrowed, id);
    const guess = (code: string) => approve(borrowed, { id: asked.id, method: 'totp', code }, id);
    const answers: number[] = [];
    for (let i = 0; i < 8; i++) answers.push((await guess(String(i).repeat(6))).status);
    expect(answers).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
    // The right one waits too: the answer says nothing about it.
    expect((await guess(borrowed.code())).status).toBe(429);
    // A passkey is not a guess; the wait is over when it is over, and a success forgets it.
    const other = await waiting();
    expect((await approve(borrowed, await borrowed.sign(await stated(borrowed, other)), other)).status).toBe(
      200,
    );
    server.clock.advance(2_000);
    expect((await guess(borrowed.code())).status).toBe(200);
  });
});

describe(`row 19: an approval is bound to version and nonce, on ${ENGINE}`, () => {
  test('row 19: a second use of the same answer is 409, and nothing is applied twice', async () => {
    const id = await waiting();
    const act = await vice.sign(await stated(vice, id));
    expect((await approve(vice, act, id)).status).toBe(200);
    expect(await approve(vice, act, id)).toMatchObject({ status: 409 });
    const other = await waiting();
    expect(await approve(vice, act, other)).toMatchObject({ status: 409, body: { code: 'ACT_INVALID' } });
  });

  test('row 19: of twenty uses at the same moment one is taken', async () => {
    const id = await waiting();
    const act = await vice.sign(await stated(vice, id));
    const answers = await Promise.all(Array.from({ length: 20 }, () => approve(vice, act, id)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(19).fill(409)]);
  });

  test('row 19: the same change stated twice has two nonces, and an answer to one is none to the other', async () => {
    const id = await waiting();
    const [one, two] = [await stated(vice, id), await stated(vice, id)];
    expect(one.change).toEqual(two.change);
    expect(one.changeHash).not.toBe(two.changeHash);
    const act = await vice.sign(one);
    expect(await approve(vice, { ...act, id: two.id }, id)).toMatchObject({
      status: 403,
      body: { fault: 'CHALLENGE' },
    });
  });

  test('row 19: an approval of a mark that has moved meanwhile is void', async () => {
    const pupilId = ours.pupilIds[next] ?? '';
    const late = await waiting();
    const act = await vice.sign(await stated(vice, late));
    const mark = { schoolId: school.id, pupilId, area: 'TOAN', period: 'HK1', columnCode: 'TX1' };
    await server.database.write((tx) => tx.update(MarkCell, mark, { value: '7', version: 3 }));
    expect(await approve(vice, act, late)).toMatchObject({ status: 409 });
    expect(await stateOf(late)).not.toBe('applied');
  });

  test('row 19: a stated act whose hash was changed with SQL is refused; whose text was, does what was signed', async () => {
    const id = await waiting();
    const asked = await stated(vice, id);
    const act = await vice.sign(asked);
    const where = { schoolId: school.id, id: asked.id };
    const set = (change: Partial<Act>) => server.database.write((tx) => tx.update(Act, where, change));
    await set({ changeHash: 'ab' });
    expect(await approve(vice, act, id)).toMatchObject({ status: 409, body: { code: 'ACT_INVALID' } });
    await set({ changeHash: asked.changeHash, change: { corrections: [{ id, new: '10' }] } });
    expect((await approve(vice, act, id)).status).toBe(200);
    const used = await server.database.read.findOneByOrFail(JournalEvent, {
      ...{ schoolId: school.id, type: 'act.used', subjectId: asked.id },
    });
    expect((JSON.parse(used.payload ?? '') as { data: object }).data).toMatchObject({ change: asked.change });
    const done = await server.database.read.findOneByOrFail(Correction, { schoolId: school.id, id });
    expect(done).toMatchObject({ state: 'applied', newValue: '9' });
  });
});

type PasskeyAsked = NonNullable<PendingSignInAnswer['passkey']>;

describe(`row 4: an approver's passkey, on ${ENGINE}`, () => {
  /** The first step of signing in, and what it asks for. */
  async function begun(): Promise<{ cookie: string; asked: PasskeyAsked }> {
    const credentials = { username: vice.username, password: 'một mật khẩu dài để thử' };
    const response = await sendTo(server.url, '/api/session', credentials);
    expect(response.status).toBe(202);
    const { passkey, methods } = (await response.json()) as PendingSignInAnswer;
    expect(methods).toContain('passkey');
    return { cookie: cookieOf(response, '__Host-socai-pending'), asked: passkey as PasskeyAsked };
  }

  const finish = (cookie: string, assertion: object) =>
    sendTo(server.url, '/api/session/second-factor', { method: 'passkey', assertion }, { cookie });

  test('row 4: signs in', async () => {
    const { cookie, asked } = await begun();
    const assertion = await (vice.passkey as SoftwarePasskey).sign(asked);
    expect((await finish(cookie, assertion)).status).toBe(201);
  });

  test('row 4: a page that looks like ours gets nothing that we take, nor does a key of somebody else', async () => {
    const key = vice.passkey as SoftwarePasskey;
    const evil = await SoftwarePasskey.make(TEST_RP);
    const { cookie, asked } = await begun();
    for (const assertion of [
      await key.sign(asked, 'https://so-cai.example.evil'),
      await key.sign({ ...asked, rpId: 'so-cai.example.evil' }),
      await key.sign(asked, undefined, { unverified: true }),
      await evil.sign(asked),
      { ...(await evil.sign(asked)), credentialId: key.stored.id },
      await (principal.passkey as SoftwarePasskey).sign(asked),
    ]) {
      expect((await finish(cookie, assertion)).status).not.toBe(201);
    }
  });

  test('row 4: an answer to one sign-in is none to another, nor to an act', async () => {
    const [one, two] = [await begun(), await begun()];
    const assertion = await (vice.passkey as SoftwarePasskey).sign(one.asked);
    expect((await finish(two.cookie, assertion)).status).not.toBe(201);
    const id = await waiting();
    const act = { id: (await stated(vice, id)).id, method: 'passkey', assertion };
    expect(await approve(vice, act, id)).toMatchObject({ status: 403, body: { fault: 'CHALLENGE' } });
  });
});
