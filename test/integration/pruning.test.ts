/** What was needed only for a while is cleared away, and audit knows what went. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { ROW_PRUNED } from '#api/audit/expected-rows.js';
import { Journal } from '#api/audit/journal.js';
import { MarkCell, ScratchMark } from '#api/gradebook/gradebook.entities.js';
import { ActivationCode } from '#api/identity/account.entities.js';
import { Act, Session } from '#api/identity/identity.entities.js';
import { KEPT_DAYS, Pruning } from '#api/privacy/pruning.js';
import { ClassAccessRow, School } from '#api/school/school.entities.js';
import { ENGINE } from './engine.js';
import { openEverything, recordColumn, TestServer, type Desk, type TestSchool } from './school.js';
import { attacked } from './tamper.js';

jest.setTimeout(30_000);

const DAY_MS = 86_400_000;
let server: TestServer;
let school: TestSchool;
let teacher: Desk;
let it: Desk;

beforeAll(async () => {
  server = await TestServer.start('2026-11-10T02:00:00.000Z');
  school = await server.school('thcs-don', 'LOWER_SECONDARY');
  teacher = await school.person('toan', 'teacher');
  it = await school.person('cntt', 'it-officer');
  const principal = await school.person('truong', 'principal');
  const vice = await school.person('pho', 'vice-principal');
  const ours = await school.class('6A1', 6, ['Trần An', 'Lê Bình'], ['TOAN']);
  await school.assign(teacher, ours, 'TOAN');
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', ['6', '7']);
  const draft = { cells: [{ pupilId: ours.pupilIds[0], column: 'TX2', value: '8', version: 0 }] };
  await teacher.put(`/api/classes/${ours.id}/sheets/TOAN/HK1/drafts`, draft);
  await it.post(`/api/accounts/${teacher.id}/activation-code`, { reason: 'Quên mật khẩu' });
  const switches = { recordWithdrawal: true };
  await principal.act('settings.change', { switches, decisionNumber: '1/QĐ-HT', decidedOn: '2026-11-09' });
}, 60_000);
afterAll(() => server.stop());

const inSchool = () => ({ schoolId: school.id });
const count = async () => ({
  sessions: await server.database.read.countBy(Session, inSchool()),
  codes: await server.database.read.countBy(ActivationCode, inSchool()),
  acts: await server.database.read.countBy(Act, inSchool()),
  accesses: await server.database.read.countBy(ClassAccessRow, inSchool()),
  drafts: await server.database.read.countBy(MarkCell, { ...inSchool(), state: 'draft' }),
  recorded: await server.database.read.countBy(MarkCell, { ...inSchool(), state: 'recorded' }),
  scratch: await server.database.read.countBy(ScratchMark, inSchool()),
});
const prune = () => server.app.get(Pruning, { strict: false }).prune();

async function audit(attack: (sql: EntityManager) => Promise<unknown> = () => Promise.resolve()) {
  const of = await server.database.read.findOneByOrFail(School, { id: school.id });
  const report = await attacked(server.database, attack, (sql) =>
    auditSchool(sql, {
      school: of,
      ledger: undefined,
      trust: undefined,
      outside: {},
      now: server.clock.now(),
    }),
  );
  return report.findings
    .filter(({ table }) => table !== 'ledger')
    .map(({ code, table }) => `${code} ${table}`);
}

describe(`clearing away on ${ENGINE}`, () => {
  test('takes nothing before its time', async () => {
    const before = await count();
    expect(before).toMatchObject({ codes: 1, acts: 1, drafts: 1, recorded: 2 });
    await prune();
    expect(await count()).toEqual(before);
  });

  test('takes what is over, leaves each person’s newest session and all that was recorded', async () => {
    server.clock.advance(DAY_MS);
    await teacher.get('/api/session');
    const before = await count();
    const people = new Set(
      (await server.database.read.findBy(Session, inSchool())).map((row) => row.personId),
    );
    server.clock.advance((KEPT_DAYS.accessLog + 30) * DAY_MS);
    await prune();
    expect(await count()).toEqual({
      ...{ sessions: people.size, codes: 0, acts: 0, accesses: 0, drafts: 0, scratch: 0 },
      recorded: before.recorded,
    });
    expect(before.sessions).toBeGreaterThan(people.size);
    expect(await audit()).toEqual([]);
  });

  test('is not what an attacker does who takes a session away with SQL, or says that a mark was cleared away', async () => {
    expect(await audit((sql) => sql.delete(Session, { ...inSchool(), personId: it.id }))).toEqual([
      'ROW_MISSING sessions',
    ]);
    const mark = await server.database.read.findOneByOrFail(MarkCell, { ...inSchool(), columnCode: 'TX1' });
    const cleared = { type: ROW_PRUNED, subject: 'marks', subjectId: mark.id, actor: 'clock', data: {} };
    const report = await audit(async (sql) => {
      await server.app.get(Journal).append(sql, school.id, { ...cleared, at: server.clock.timestamp() });
      await sql.delete(MarkCell, { ...inSchool(), id: mark.id });
    });
    expect(report).toEqual(['ROW_MISSING marks']);
  });
});
