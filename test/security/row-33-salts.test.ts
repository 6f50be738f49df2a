/** Row 33: each event's commitment has a random salt of 32 bytes of its own, and no salt is ever in the ledger. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import { LedgerEntryRow } from '#api/ledger-host/ledger.entities.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { ENGINE } from '../integration/engine.js';
import { TestServer, type TestSchool } from '../integration/school.js';

jest.setTimeout(60_000);

let server: TestServer;
let school: TestSchool;
beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-muoi', 'LOWER_SECONDARY');
  await server.app.get(SchoolLogs, { strict: false }).open(school.id);
  await school.class('6A', 6, ['An', 'Bình', 'Chi']);
  await server.app.get(Anchors, { strict: false }).anchorNow(school.id);
});
afterAll(() => server.stop());

describe(`row 33: salts on ${ENGINE}`, () => {
  test('row 33: are of 32 bytes, each for one event', async () => {
    const events = await server.database.read.findBy(JournalEvent, { schoolId: school.id });
    expect(events.length).toBeGreaterThan(10);
    expect(new Set(events.map(({ salt }) => salt?.length))).toEqual(new Set([32]));
    const salts = events.map(({ salt }) => Buffer.from(salt ?? []).toString('hex'));
    expect(new Set(salts).size).toBe(events.length);
  });

  test('row 33: are in no entry of the ledger, nor is what they hide', async () => {
    const entries = await server.database.read.findBy(LedgerEntryRow, { schoolId: school.id });
    const said = entries.map(({ entry }) => new TextDecoder().decode(entry)).join('\n');
    expect(said).toContain('journal.anchored');
    for (const { salt, payload } of await server.database.read.findBy(JournalEvent, {
      schoolId: school.id,
    })) {
      const bytes = Buffer.from(salt ?? []);
      for (const text of [bytes.toString('base64'), bytes.toString('hex'), payload ?? 'nothing'])
        expect(said).not.toContain(text);
    }
  });
});
