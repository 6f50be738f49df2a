import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditSchool } from '#api/audit/audit-school.js';
import { School } from '#api/school/school.entities.js';
import { SWITCHES, SWITCH_NAMES } from '#policy/switches.js';
import type { SettingsAnswer } from '#contracts/settings.js';
import { ENGINE } from './engine.js';
import { TestServer, type Desk, type TestSchool } from './school.js';
import { attacked } from './tamper.js';

const PATH = '/api/school/settings';

let server: TestServer;
let school: TestSchool;
let principal: Desk;
let others: Desk[];

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-quy-che', 'LOWER_SECONDARY');
  principal = await school.person('truong', 'principal');
  others = [
    await school.person('pho', 'vice-principal'),
    await school.person('cntt', 'it-officer'),
    await school.person('gv', 'teacher'),
  ];
}, 60_000);
afterAll(() => server.stop(), 30_000);

const decision = (switches: object) => ({ switches, decisionNumber: '21/QĐ-HT', decidedOn: '2026-11-09' });

async function audited(attack: (sql: EntityManager) => Promise<unknown>) {
  const row = await server.database.read.findOneByOrFail(School, { id: school.id });
  const how = { school: row, ledger: undefined, trust: undefined, outside: {}, now: server.clock.now() };
  const report = await attacked(server.database, attack, (read) => auditSchool(read, how));
  return report.findings.map(({ code, table, id }) => `${code} ${table} ${id}`);
}

describe(`the school's own policy on ${ENGINE}`, () => {
  test('says of every switch what holds, whoever of the staff asks', async () => {
    const { status, body } = await others[2]!.get<SettingsAnswer>(PATH);
    expect([status, Object.keys(body.switches)]).toEqual([200, SWITCH_NAMES]);
    expect(body.switches).toMatchObject({ whoApplies: 'server', windowOpening: 'either', paperLane: false });
    expect(body.decided).toEqual(['homeroomConfirms', 'allowTotpStepUp']);
  });

  test('row 21: nobody but the principal changes it, not even with a second factor', async () => {
    for (const desk of others) {
      const refused = await desk.post('/api/acts', {
        ...{ action: 'settings.change', params: decision({ recordWithdrawal: true }) },
      });
      expect([refused.status, refused.body.rule]).toEqual([403, 'R15.2']);
    }
    const bare = await principal.post(PATH, decision({ recordWithdrawal: true }));
    expect([bare.status, bare.body.code]).toEqual([400, 'VALIDATION']);
  });

  test('the principal changes it by a decision; the journal keeps old and new, and audit finds an edit by SQL', async () => {
    const params = decision({ recordWithdrawal: true, whoApplies: 'it-officer' });
    const changed = await principal.stepUp<SettingsAnswer>('settings.change', params, PATH);
    expect(changed.body.switches).toMatchObject({ recordWithdrawal: true, whoApplies: 'it-officer' });
    expect((await others[0]!.get<SettingsAnswer>(PATH)).body).toEqual(changed.body);
    expect(await audited(() => Promise.resolve())).toEqual([]);
    const quiet = (sql: EntityManager) =>
      sql.update(
        School,
        { id: school.id },
        { settings: { ...changed.body.switches, recordWithdrawal: false, demo: true } },
      );
    expect(await audited(quiet)).toEqual([`ROW_CHANGED schools ${school.id}`]);
  });

  test('an act stated before the policy moved is void, and what changes nothing is refused', async () => {
    const params = decision({ paperLane: true, windowOpening: 'hand' });
    const early = await principal.post<{ id: string }>('/api/acts', { action: 'settings.change', params });
    await principal.stepUp('settings.change', decision({ windowOpening: 'clock' }), PATH);
    const late = await principal.post(PATH, { ...params, act: principal.answer(early.body.id) });
    expect([late.status, late.body.code]).toEqual([409, 'ACT_INVALID']);
    expect((await principal.stepUp('settings.change', params, PATH)).status).toBe(200);
    const same = await principal.post('/api/acts', { action: 'settings.change', params });
    expect([same.status, same.body.code]).toEqual([409, 'STATE_CONFLICT']);
  });

  test('every choice that the policy offers is taken, and no other', async () => {
    for (const name of SWITCH_NAMES) {
      for (const { value } of SWITCHES[name].choices) {
        const stated = await principal.post('/api/acts', {
          ...{ action: 'settings.change', params: decision({ [name]: value }) },
        });
        expect([name, value, stated.status === 201 || stated.status === 409]).toEqual([name, value, true]);
      }
      const other = await principal.post('/api/acts', {
        ...{ action: 'settings.change', params: decision({ [name]: 'khác' }) },
      });
      expect([other.status, other.body.code]).toEqual([400, 'VALIDATION']);
    }
    const unknown = await principal.post('/api/acts', {
      ...{ action: 'settings.change', params: decision({ demo: false }) },
    });
    expect(unknown.body.items?.map(({ code }) => code)).toEqual(['UNKNOWN_FIELD']);
  });
});
