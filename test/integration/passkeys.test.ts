/** Passkeys through HTTP: added, named, withdrawn, and an act confirmed with one. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { IsNull } from 'typeorm';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { Passkey } from '#api/identity/passkeys.entities.js';
import type { StatedActAnswer } from '#contracts/acts.js';
import type { PasskeyCreationOptions, PasskeysAnswer } from '#contracts/passkeys.js';
import { SoftwarePasskey, type MadeCredential, type Quirks } from '#fixtures/play/software-passkey.js';
import { ENGINE } from './engine.js';
import { TestServer, type Desk, type ProblemBody, type TestSchool } from './school.js';
import { TEST_RP } from './test-passkey.js';

jest.setTimeout(30_000);

let server: TestServer;
let school: TestSchool;
let teacher: Desk;
let vice: Desk;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-k', 'LOWER_SECONDARY');
  teacher = await school.person('gv', 'teacher');
  vice = await school.person('pho', 'vice-principal');
}, 30_000);
afterAll(() => server.stop());

/** What a browser would have made for the desk's session. */
async function made(
  desk: Desk,
  change: { readonly origin?: string; readonly quirks?: Quirks; readonly key?: SoftwarePasskey } = {},
): Promise<{ key: SoftwarePasskey; credential: MadeCredential }> {
  const asked = await desk.post<PasskeyCreationOptions>('/api/passkeys/options');
  expect(asked.status).toBe(200);
  const key = change.key ?? (await SoftwarePasskey.make({ ...TEST_RP, id: asked.body.rp.id }));
  return { key, credential: await key.create(asked.body, change.origin ?? TEST_RP.origin, change.quirks) };
}

/** Adds a new passkey, confirmed with what the desk has. */
async function add(desk: Desk, name: string): Promise<SoftwarePasskey> {
  const { key, credential } = await made(desk);
  const answer = await desk.stepUp<PasskeysAnswer>('passkey.add', { name, credential }, '/api/passkeys');
  expect(answer).toMatchObject({ status: 201 });
  return key;
}

/** States an act that needs nothing but a passkey of one's own: withdrawing it. */
async function stated(desk: Desk, key: SoftwarePasskey): Promise<StatedActAnswer> {
  const params = { passkeyId: key.stored.id };
  const answer = await desk.post<StatedActAnswer>('/api/acts', { action: 'passkey.revoke', params });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe(`a passkey on ${ENGINE}`, () => {
  test('is asked for by the server: its own name, user verification, no key known already', async () => {
    const { body } = await vice.post<PasskeyCreationOptions>('/api/passkeys/options');
    expect(body).toMatchObject({
      rp: { id: 'localhost' },
      authenticatorSelection: { userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [{ id: vice.passkey?.stored.id, type: 'public-key' }],
    });
    expect(body.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-7, -8, -257]);
    expect(Buffer.from(body.challenge, 'base64url')).toHaveLength(32);
  });

  test('is added with a one-time code when it is the first, named, and kept in the journal with its key', async () => {
    const key = await add(teacher, '  Điện thoại ');
    const { body } = await teacher.get<PasskeysAnswer>('/api/passkeys');
    expect(body.passkeys).toMatchObject([
      { id: key.stored.id, name: 'Điện thoại', algorithm: 'ES256', lastUsedAt: null, revokedAt: null },
    ]);
    const renamed = { passkeyId: key.stored.id, name: 'Điện thoại cũ' };
    expect(await teacher.post('/api/passkeys/rename', renamed)).toMatchObject({
      status: 200,
      body: { passkeys: [{ name: 'Điện thoại cũ' }] },
    });
    const events = await server.database.read.findBy(JournalEvent, {
      schoolId: school.id,
      subject: 'passkeys',
      subjectId: key.stored.id,
    });
    const texts = events.map(
      ({ payload }) => JSON.parse(payload ?? '') as { type: string; act: string | null; data: object },
    );
    expect(texts.map(({ type }) => type)).toEqual(['passkey.added', 'passkey.renamed']);
    expect(texts[0]).toMatchObject({
      act: expect.any(String),
      data: { personId: teacher.id, publicKey: key.publicKey, rpId: 'localhost', algorithm: 'ES256' },
    });
  });

  test('of another person is not there to be named or withdrawn', async () => {
    const passkeyId = vice.passkey?.stored.id;
    expect(await teacher.post('/api/passkeys/rename', { passkeyId, name: 'Của tôi' })).toMatchObject({
      status: 404,
    });
    expect(
      await teacher.post('/api/acts', { action: 'passkey.revoke', params: { passkeyId } }),
    ).toMatchObject({ status: 404 });
  });

  test('needs a challenge of this session: once, within five minutes', async () => {
    const desk = await school.person('gv2', 'teacher');
    const { credential } = await made(desk);
    const params = { name: 'Một', credential };
    expect(await teacher.post('/api/acts', { action: 'passkey.add', params })).toMatchObject({ status: 403 });
    const act = await desk.act('passkey.add', params);
    expect((await desk.post('/api/passkeys', { ...params, act })).status).toBe(201);
    expect(await desk.post('/api/acts', { action: 'passkey.add', params })).toMatchObject({
      status: 403,
      body: { code: 'SECOND_FACTOR_FAILED' },
    });
    const late = await made(desk);
    server.clock.advance(5 * 60_000);
    expect(
      await desk.post('/api/acts', {
        action: 'passkey.add',
        params: { name: 'Hai', credential: late.credential },
      }),
    ).toMatchObject({ status: 403 });
  });

  test.each<[string, Parameters<typeof made>[1]]>([
    ['of a page elsewhere', { origin: 'https://so-cai.example.evil' }],
    ['without user verification', { quirks: { unverified: true } }],
    ['that is an assertion', { quirks: { type: 'webauthn.get' } }],
  ])('%s is refused', async (_what, change) => {
    const { credential } = await made(vice, change);
    expect(
      await vice.post('/api/acts', { action: 'passkey.add', params: { name: 'Lạ', credential } }),
    ).toMatchObject({ status: 403, body: { code: 'SECOND_FACTOR_FAILED' } });
  });

  test('is bound to the act: the key that was confirmed is the key that is added', async () => {
    const first = await made(vice);
    const other = await made(vice);
    const act = await vice.act('passkey.add', { name: 'Một', credential: first.credential });
    expect(
      await vice.post('/api/passkeys', { name: 'Một', credential: other.credential, act }),
    ).toMatchObject({ status: 409, body: { code: 'ACT_INVALID' } });
  });

  test('that was added is not added again, also under another name', async () => {
    const desk = await school.person('pho2', 'vice-principal');
    const again = await made(desk, { key: desk.passkey as SoftwarePasskey });
    const params = { name: 'Lần nữa', credential: again.credential };
    expect(await desk.stepUp('passkey.add', params, '/api/passkeys')).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_EXISTS' },
    });
  });

  test('that was withdrawn confirms nothing more', async () => {
    const desk = await school.person('pho3', 'vice-principal');
    const second = await add(desk, 'Khóa thứ hai');
    const params = { passkeyId: second.stored.id };
    expect(await desk.stepUp('passkey.revoke', params, '/api/passkeys/revoke')).toMatchObject({
      status: 200,
    });
    const asked = await stated(desk, desk.passkey as SoftwarePasskey);
    expect(asked.passkey?.allowCredentials.map(({ id }) => id)).toEqual([desk.passkey?.stored.id]);
    const act = await desk.sign(asked, second);
    expect(
      await desk.post('/api/passkeys/revoke', { passkeyId: desk.passkey?.stored.id, act }),
    ).toMatchObject({ status: 403, body: { code: 'SECOND_FACTOR_FAILED', fault: 'NOT_OWN' } });
  });
});

describe('an act confirmed with a passkey', () => {
  /** Answers a stated act so, and says what came back. */
  async function tried(
    quirks: Quirks,
    origin: string = TEST_RP.origin,
  ): Promise<ProblemBody & { fault?: string }> {
    const key = vice.passkey as SoftwarePasskey;
    const asked = await stated(vice, key);
    if (asked.passkey === undefined) throw new Error('no passkey was asked for');
    const assertion = await key.sign(asked.passkey, origin, quirks);
    const act = { id: asked.id, method: 'passkey', assertion };
    const answer = await vice.post('/api/passkeys/revoke', { passkeyId: key.stored.id, act });
    return answer.body;
  }

  test('is offered with the hash of the change as the challenge', async () => {
    const asked = await stated(vice, vice.passkey as SoftwarePasskey);
    expect(asked.methods).toEqual(['passkey', 'totp']);
    expect(asked.passkey).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(Buffer.from(asked.passkey?.challenge ?? '', 'base64url').toString('hex')).toBe(asked.changeHash);
  });

  test.each<[string, Quirks, string, string]>([
    ['made on another page', {}, 'http://localhost.evil.example', 'ORIGIN'],
    ['made without user verification', { unverified: true }, TEST_RP.origin, 'USER_VERIFICATION'],
    ['made as a registration', { type: 'webauthn.create' }, TEST_RP.origin, 'NOT_AN_ASSERTION'],
  ])('is refused when the assertion was %s', async (_what, quirks, origin, fault) => {
    expect(await tried(quirks, origin)).toMatchObject({ code: 'SECOND_FACTOR_FAILED', fault });
  });

  test('is refused when signed for another change, by another key, or with a changed signature', async () => {
    const key = vice.passkey as SoftwarePasskey;
    const [one, two] = [await stated(vice, key), await stated(vice, key)];
    const forTwo = await vice.sign(two);
    const swapped = { ...forTwo, id: one.id };
    const refused = async (act: object) =>
      (await vice.post('/api/passkeys/revoke', { passkeyId: key.stored.id, act })).body as { fault?: string };
    expect(await refused(swapped)).toMatchObject({ fault: 'CHALLENGE' });
    const other = await SoftwarePasskey.make(TEST_RP);
    const foreign = await vice.sign(one, other);
    expect(await refused(foreign)).toMatchObject({ fault: 'NOT_OWN' });
    if (foreign.method !== 'passkey') throw new Error('signed with a code');
    const claimed = { ...foreign.assertion, credentialId: key.stored.id };
    expect(await refused({ ...foreign, assertion: claimed })).toMatchObject({ fault: 'SIGNATURE' });
  });

  test('is refused when its shape is wrong, and a field too many is named', async () => {
    const asked = await stated(vice, vice.passkey as SoftwarePasskey);
    const passkeyId = vice.passkey?.stored.id;
    for (const act of [
      { id: asked.id, method: 'passkey' },
      { id: asked.id, method: 'totp' },
      { id: asked.id, method: 'sms', code: '123456' },
      { id: asked.id, method: 'passkey', assertion: { credentialId: passkeyId } },
    ]) {
      expect(await vice.post('/api/passkeys/revoke', { passkeyId, act })).toMatchObject({ status: 400 });
    }
    const act = { ...(await vice.sign(asked)), approvedBy: vice.id };
    expect(await vice.post('/api/passkeys/revoke', { passkeyId, act })).toMatchObject({
      status: 400,
      body: { items: [{ code: 'UNKNOWN_FIELD' }] },
    });
  });

  test('a key whose counter goes back is taken for a clone; one that never counts is not', async () => {
    const desk = await school.person('pho4', 'vice-principal');
    const key = desk.passkey as SoftwarePasskey;
    const spare: SoftwarePasskey[] = [];
    for (const name of ['A', 'B', 'C']) spare.push(await add(desk, name));
    const revoke = async (gone: SoftwarePasskey, counter: number) => {
      const asked = await stated(desk, gone);
      if (asked.passkey === undefined) throw new Error('no passkey was asked for');
      const assertion = await key.sign(asked.passkey, TEST_RP.origin, { counter });
      const act = { id: asked.id, method: 'passkey', assertion };
      return desk.post('/api/passkeys/revoke', { passkeyId: gone.stored.id, act });
    };
    const [a, b, c] = spare as [SoftwarePasskey, SoftwarePasskey, SoftwarePasskey];
    expect(await revoke(a, 7)).toMatchObject({ status: 200 });
    for (const counter of [7, 6, 0]) {
      expect(await revoke(b, counter)).toMatchObject({ status: 403, body: { fault: 'COUNTER' } });
    }
    expect(await revoke(c, 8)).toMatchObject({ status: 200 });
    const where = { schoolId: school.id, personId: desk.id, revokedAt: IsNull() };
    expect(await server.database.read.countBy(Passkey, where)).toBe(2);
  });
});

describe('a school that allows no one-time codes for acts', () => {
  let strict: TestSchool;
  beforeAll(async () => {
    strict = await server.school('thcs-chat', 'LOWER_SECONDARY', { allowTotpStepUp: false });
  });

  test('refuses them, says so when the act is stated, and takes the passkey', async () => {
    const desk = await strict.person('pho', 'vice-principal');
    const { credential } = await made(desk);
    const params = { name: 'Hai', credential };
    const asked = await desk.post<StatedActAnswer>('/api/acts', { action: 'passkey.add', params });
    expect(asked.body.methods).toEqual(['passkey']);
    expect(await desk.post('/api/passkeys', { ...params, act: desk.answer(asked.body.id) })).toMatchObject({
      status: 403,
      body: { code: 'SECOND_FACTOR_FAILED', rule: 'R4.1' },
    });
    const act = await desk.sign(asked.body);
    expect(await desk.post('/api/passkeys', { ...params, act })).toMatchObject({ status: 201 });
  });

  test('lets a person add the first passkey, and be rid of a lost one, with a code', async () => {
    const desk = await strict.person('gv', 'teacher');
    const lost = await add(desk, 'Điện thoại');
    const params = { passkeyId: lost.stored.id };
    const act = await desk.act('passkey.revoke', params, 'totp');
    expect(await desk.post('/api/passkeys/revoke', { ...params, act })).toMatchObject({ status: 200 });
    await add(desk, 'Điện thoại mới');
  });
});
