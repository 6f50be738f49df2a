/** Audit looks again at every assertion that was kept with an act; whoever holds the database cannot make one. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { Journal, type NewEvent } from '#api/audit/journal.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import type { AuditReport } from '#api/audit/report.js';
import { challengeOf, changeHash, type Change } from '#api/identity/acts.js';
import { Passkey } from '#api/identity/passkeys.entities.js';
import { passkeyAdded } from '#api/identity/passkey-events.js';
import { School } from '#api/school/school.entities.js';
import type { PasskeyCreationOptions } from '#contracts/passkeys.js';
import { fromHex } from '#ledger/format/bytes.js';
import { SoftwarePasskey, type MadeAssertion, type Quirks } from '#fixtures/play/software-passkey.js';
import { ENGINE } from './engine.js';
import { TestServer, type Desk, type TestSchool } from './school.js';
import { attacked, rewriteHistory } from './tamper.js';
import { TEST_RP } from './test-passkey.js';

jest.setTimeout(30_000);

/** An act.used event as the journal keeps it. */
interface UsedAct {
  readonly seq: number;
  readonly id: string;
  readonly data: {
    change: Change;
    nonce: string;
    changeHash: string;
    method: string;
    assertion: MadeAssertion;
  };
}

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let principal: Desk;
/** The vice-principal's own passkey from the start, and the act that it confirmed. */
let key: SoftwarePasskey;
let act: UsedAct;
/** Added by that act, withdrawn later. */
let second: SoftwarePasskey;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-ks', 'LOWER_SECONDARY');
  vice = await school.person('pho', 'vice-principal');
  principal = await school.person('truong', 'principal');
  key = vice.passkey as SoftwarePasskey;
  const asked = await vice.post<PasskeyCreationOptions>('/api/passkeys/options');
  second = await SoftwarePasskey.make(TEST_RP);
  const params = { name: 'Khóa hai', credential: await second.create(asked.body, TEST_RP.origin) };
  expect((await vice.stepUp('passkey.add', params, '/api/passkeys')).status).toBe(201);
  act = await lastAct();
  const gone = { passkeyId: second.stored.id };
  expect((await vice.stepUp('passkey.revoke', gone, '/api/passkeys/revoke')).status).toBe(200);
}, 30_000);
afterAll(() => server.stop());

async function lastAct(): Promise<UsedAct> {
  const where = { schoolId: school.id, type: 'act.used' };
  const events = await server.database.read.find(JournalEvent, { where, order: { seq: 'DESC' }, take: 1 });
  const { seq, subjectId: id, payload } = events[0] as JournalEvent;
  return { seq, id, data: (JSON.parse(payload ?? '') as Pick<UsedAct, 'data'>).data };
}

async function auditAfter(attack: (sql: EntityManager) => Promise<unknown>): Promise<AuditReport> {
  const row = await server.database.read.findOneByOrFail(School, { id: school.id });
  const nothing = { ledger: undefined, trust: undefined, outside: {}, now: server.clock.now() };
  return attacked(server.database, attack, (read) => auditSchool(read, { ...nothing, school: row }));
}

/** Rewrites the act in the journal and the whole chain after it. */
const rewritten = (change: (data: UsedAct['data']) => object) => (sql: EntityManager) =>
  rewriteHistory(sql, school.id, act.seq, (data) => change(data as unknown as UsedAct['data']));

const without = (key: string, data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));

/** What the audit says of the assertions. */
const said = ({ findings }: AuditReport) =>
  findings.filter(({ code }) => code === 'ACT_ASSERTION').map(({ table, id, detail }) => [table, id, detail]);

const saidOfAct = (words: string) => [['acts', act.id, `sự kiện ${String(act.seq)}: ${words}`]];

/** The act's own change, signed anew. */
const signed = (by: SoftwarePasskey, quirks: Quirks = {}, origin: string = TEST_RP.origin) =>
  by.sign({ challenge: challengeOf(act.data.changeHash), rpId: TEST_RP.id }, origin, quirks);

describe(`audit of assertions on ${ENGINE}`, () => {
  test('finds nothing wrong with what people signed, and nothing weak', async () => {
    expect(await auditAfter(() => Promise.resolve())).toMatchObject({ ok: true, findings: [], weak: [] });
  });

  test('accepts the same change signed anew by the same key: it is the signature that is checked', async () => {
    const assertion = await signed(key);
    expect(said(await auditAfter(rewritten((data) => ({ ...data, assertion }))))).toEqual([]);
  });

  test("names an act signed with another person's key", async () => {
    const assertion = await signed(principal.passkey as SoftwarePasskey);
    expect(said(await auditAfter(rewritten((data) => ({ ...data, assertion }))))).toEqual(
      saidOfAct('khóa truy cập là của người khác'),
    );
  });

  test("names an act signed with another person's key under the own key's id", async () => {
    const foreign = await signed(principal.passkey as SoftwarePasskey);
    const assertion = { ...foreign, credentialId: key.stored.id };
    expect(said(await auditAfter(rewritten((data) => ({ ...data, assertion }))))).toEqual(
      saidOfAct('chữ kí không đúng với khóa công khai trong nhật kí'),
    );
  });

  test('names an act whose change is not the signed one, also with a hash that fits', async () => {
    const attack = rewritten((data) => {
      const change = { ...data.change, personId: principal.id };
      return { ...data, change, changeHash: changeHash(change, fromHex(data.nonce)) };
    });
    expect(said(await auditAfter(attack))).toEqual(
      saidOfAct('khóa truy cập đã kí cho nội dung khác (challenge)'),
    );
  });

  test.each<[string, string, () => Promise<MadeAssertion>]>([
    [
      'without user verification',
      'thiết bị không hỏi vân tay, khuôn mặt hay mã PIN (UV)',
      () => signed(key, { unverified: true }),
    ],
    [
      'as a registration',
      'phần được kí không phải một lần xác nhận (type)',
      () => signed(key, { type: 'webauthn.create' }),
    ],
    [
      'on another page',
      'chữ kí được làm trên trang khác (origin)',
      () => signed(key, {}, 'https://evil.example'),
    ],
    [
      'for another server',
      'chữ kí là cho máy chủ khác (rpIdHash)',
      () => key.sign({ challenge: challengeOf(act.data.changeHash), rpId: 'so-cai.example' }, TEST_RP.origin),
    ],
  ])('names an act signed %s', async (_how, words, make) => {
    const assertion = await make();
    expect(said(await auditAfter(rewritten((data) => ({ ...data, assertion }))))).toEqual(saidOfAct(words));
  });

  test('names an act whose signature, authenticator data or kept text has one bit changed', async () => {
    for (const part of ['signature', 'authenticatorData', 'clientDataJSON'] as const) {
      const bytes = Buffer.from(act.data.assertion[part], 'base64url');
      const at = bytes.length - 4;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const assertion = { ...act.data.assertion, [part]: bytes.toString('base64url') };
      const report = await auditAfter(rewritten((data) => ({ ...data, assertion })));
      expect(said(report)).toMatchObject([['acts', act.id, expect.any(String)]]);
    }
  });

  test('names an act that says it was confirmed with a passkey and keeps no assertion', async () => {
    const attack = rewritten((data) => without('assertion', data));
    expect(said(await auditAfter(attack))).toEqual(saidOfAct('phần chữ kí được giữ không đọc được'));
  });

  test('lists an act as weak when its assertion was dropped and a one-time code is claimed', async () => {
    const report = await auditAfter(rewritten((data) => ({ ...without('assertion', data), method: 'totp' })));
    expect(report.weak).toMatchObject([{ id: act.id, action: 'passkey.add', person: vice.id }]);
    expect(report.findings).toMatchObject([{ code: 'ROW_CHANGED', table: 'acts', id: act.id }]);
  });

  test('names an act signed with a key that was withdrawn before', async () => {
    const nonce = '00'.repeat(32);
    const change = { forged: 'một thay đổi' };
    const hash = changeHash(change, fromHex(nonce));
    const assertion = await second.sign({ challenge: challengeOf(hash), rpId: TEST_RP.id }, TEST_RP.origin);
    const report = await auditAfter((sql) =>
      server.app.get(Journal).append(sql, school.id, {
        ...{
          type: 'act.used',
          subject: 'acts',
          subjectId: 'forged',
          actor: vice.id,
          session: 'x',
          act: 'forged',
        },
        at: server.clock.timestamp(),
        data: {
          action: 'period.lock',
          change,
          changeHash: hash,
          nonce,
          method: 'passkey',
          assertion: { ...assertion },
        },
      }),
    );
    expect(said(report)).toMatchObject([
      ['acts', 'forged', expect.stringMatching(/đã bị thu hồi ở sự kiện \d+$/)],
    ]);
  });

  test('names the acts of a key whose beginning is gone from the journal', async () => {
    const where = { schoolId: school.id, subject: 'passkeys', subjectId: key.stored.id };
    const report = await auditAfter((sql) => sql.delete(JournalEvent, where));
    expect(said(report)).toMatchObject([
      ['acts', act.id, expect.stringContaining('nhật kí không có khóa truy cập này trước đó')],
      ['acts', expect.any(String), expect.stringContaining('nhật kí không có khóa truy cập này trước đó')],
    ]);
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'EVENT_MISSING' }));
  });

  test('names the acts of a key that was exchanged for another, in the journal and in the table', async () => {
    const evil = await SoftwarePasskey.make(TEST_RP);
    const event = await server.database.read.findOneByOrFail(JournalEvent, {
      ...{ schoolId: school.id, subject: 'passkeys', subjectId: key.stored.id },
    });
    const report = await auditAfter(async (sql) => {
      await sql.update(Passkey, { schoolId: school.id, id: key.stored.id }, { publicKey: evil.publicKey });
      await rewriteHistory(sql, school.id, event.seq, (data) => ({ ...data, publicKey: evil.publicKey }));
    });
    expect(said(report)).toHaveLength(2);
    expect(said(report)).toContainEqual(saidOfAct('chữ kí không đúng với khóa công khai trong nhật kí')[0]);
  });

  test('names a passkey that nobody confirmed, though its event is in the chain', async () => {
    const evil = await SoftwarePasskey.make(TEST_RP);
    const row = {
      ...{ schoolId: school.id, id: evil.stored.id, personId: vice.id, rpId: TEST_RP.id, name: 'Máy lạ' },
      ...{ publicKey: evil.publicKey, algorithm: 'ES256' as const, counter: 0, transports: [] },
      ...{ createdAt: server.clock.timestamp(), lastUsedAt: null, revokedAt: null },
    };
    const by = { actor: vice.id, session: 'x', act: act.id, rule: 'R9.30', at: row.createdAt };
    const report = await auditAfter(async (sql) => {
      await sql.insert(Passkey, row);
      await server.app.get(Journal).append(sql, school.id, passkeyAdded(row, by));
    });
    expect(report.findings).toMatchObject([{ code: 'ACT_MISSING', table: 'passkeys', id: evil.stored.id }]);
  });

  test('names an act by code where the school takes none, and a school that was made to take them', async () => {
    const strict = await server.school('thcs-chat', 'LOWER_SECONDARY', { allowTotpStepUp: false });
    const row = await server.database.read.findOneByOrFail(School, { id: strict.id });
    const nothing = { ledger: undefined, trust: undefined, outside: {}, now: server.clock.now() };
    const nonce = '00'.repeat(32);
    const change = { forged: 'một thay đổi' };
    const by = { actor: vice.id, session: 'x', rule: 'R15.2', at: server.clock.timestamp() };
    const byCode: NewEvent = {
      ...{ ...by, type: 'act.used', subject: 'acts', subjectId: 'forged', act: 'forged' },
      data: {
        ...{ action: 'period.lock', change, nonce, method: 'totp' },
        changeHash: changeHash(change, fromHex(nonce)),
      },
    };
    const settings = { ...row.settings, allowTotpStepUp: true };
    const allowed: NewEvent = {
      ...{ ...by, type: 'settings.changed', subject: 'schools', subjectId: strict.id, act: 'forged' },
      data: { decisionNumber: '1', decidedOn: '2026-11-10', changes: [], settings },
    };
    const auditOf = (...events: NewEvent[]) =>
      attacked(
        server.database,
        (sql) => server.app.get(Journal).appendAll(sql, strict.id, events),
        (read) => auditSchool(read, { ...nothing, school: row }),
      );
    expect(said(await auditOf(byCode))).toMatchObject([
      ['acts', 'forged', expect.stringContaining('trường chỉ nhận khóa truy cập')],
    ]);
    const report = await auditOf(allowed, byCode);
    expect(said(report)).toEqual([]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'ACT_MISSING', table: 'schools' }),
    );
  });

  test('names a row of the table that is not as the journal says: the owner, the key, the withdrawal', async () => {
    const where = { schoolId: school.id, id: second.stored.id };
    for (const change of [{ personId: principal.id }, { publicKey: key.publicKey }, { revokedAt: null }]) {
      const report = await auditAfter((sql) => sql.update(Passkey, where, change));
      expect(report.findings).toMatchObject([{ code: 'ROW_CHANGED', table: 'passkeys', id: where.id }]);
    }
  });
});
