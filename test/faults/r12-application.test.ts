import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { toBase64 } from '#ledger/format/bytes.js';
import { Journal } from '#api/audit/journal.js';
import { Database } from '#api/database/database.js';
import { Outbox } from '#api/ledger-host/outbox.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { School } from '#api/school/school.entities.js';
import { startApplication, type TestApplication } from '../integration/application.js';
import { ENGINE } from '../integration/engine.js';
import { FULL, figure } from './figures.js';

const SCHOOL = 'b7b7c8a2-0000-4000-8000-000000000001';
const SLUG = 'thcs-song-may';
/** Times at which the data folder is backed up. */
const BACKUPS = FULL ? 8 : 3;
/** What the witnesses keep on their own machines. */
const ELSEWHERE = ['witnesses', 'witness-policy'];

// Database, tiles, keys and trust are one folder on SQLite; on PostgreSQL they are not, and are not rolled back by cp.
(ENGINE === 'sqlite' ? describe : describe.skip)(
  'R12: the application on an old backup of its whole data folder',
  () => {
    jest.setTimeout(900_000);
    let application: TestApplication;
    let scratch: string;
    beforeAll(async () => {
      scratch = await mkdtemp(join(tmpdir(), 'socai-app-backups-'));
      application = await startApplication();
      await addSchool(application);
      for (let i = 0; i < BACKUPS; i++) {
        await publishOne(application);
        await application.stop();
        await copyData(application.place.folder, join(scratch, String(i)));
        application = await startApplication(application.place);
      }
    });
    afterAll(async () => {
      await application.drop();
      await rm(scratch, { recursive: true, force: true });
    });

    async function startOn(backup: number): Promise<void> {
      await application.stop();
      for (const name of await dataIn(application.place.folder))
        await rm(join(application.place.folder, name), { recursive: true });
      await copyData(join(scratch, String(backup)), application.place.folder);
      application = await startApplication(application.place);
    }

    test('row 37: refused at every one: read-only, said so, the old log still served', async () => {
      const wrong: string[] = [];
      for (let i = 0; i < BACKUPS - 1; i++) {
        await startOn(i);
        const before = await served(application);
        const standing = await settled(application);
        if (standing !== 'read-only') wrong.push(`backup ${String(i)}: ${standing}`);
        const refusal: unknown = await publishOne(application).then(
          () => 'accepted',
          (error: unknown) => error,
        );
        if ((refusal as { code?: string }).code !== 'LEDGER_UNAVAILABLE')
          wrong.push(`backup ${String(i)}: a new entry was ${String(refusal)}`);
        if ((await served(application)) !== before) wrong.push(`backup ${String(i)}: its checkpoint changed`);
        const health = await (await fetch(`${application.url}/api/health`)).text();
        if (!health.includes('"read-only"') || !health.includes('"fault":"WITNESS_AHEAD"'))
          wrong.push(`backup ${String(i)}: /api/health says ${health}`);
      }
      figure({
        id: 'R12',
        what: 'the application on an old backup of database, tiles and keys: read-only, and says so',
        value: `${String(BACKUPS - 1 - wrong.length)}/${String(BACKUPS - 1)}`,
        bar: 'N/N',
        holds: wrong.length === 0,
      });
      expect(wrong).toEqual([]);
    });

    test('row 37: the newest backup goes on', async () => {
      await startOn(BACKUPS - 1);
      await publishOne(application);
      expect(await settled(application)).toBe('running');
    });
  },
);

async function addSchool(application: TestApplication): Promise<void> {
  await application.get(Database).write(async (tx) => {
    await tx.insert(School, {
      id: SCHOOL,
      slug: SLUG,
      code: SLUG,
      name: 'Trường THCS Sông Mây',
      level: 'LOWER_SECONDARY',
      commune: 'Phường Bến Tràm',
      province: 'Tỉnh Sông Mây',
      origin: `demo.so-cai.example/${SLUG}`,
      settings: { homeroomConfirms: true, allowTotpStepUp: true, demo: true },
    });
    await application.get(Journal).open(tx, SCHOOL);
  });
  await application.get(SchoolLogs).open(SCHOOL);
}

async function publishOne(application: TestApplication): Promise<void> {
  const body = { cert: toBase64(new Uint8Array(randomBytes(32))) };
  const id = await application
    .get(Database)
    .write((tx) => application.get(Outbox).add(tx, SCHOOL, { type: 'key.added', body }));
  await application.get(SchoolLogs).awaitPublished(SCHOOL, [id]);
}

/** How the school's log stands once it has been opened. */
async function settled(application: TestApplication): Promise<string> {
  for (let i = 0; i < 200; i++) {
    const standing = application.get(SchoolLogs).standings().get(SCHOOL) ?? 'starting';
    if (standing !== 'starting') return standing;
    await new Promise((done) => setTimeout(done, 50));
  }
  return 'starting';
}

async function served(application: TestApplication): Promise<string> {
  return (await fetch(`${application.url}/ledger/${SLUG}/checkpoint`)).text();
}

async function dataIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !ELSEWHERE.includes(name));
}

async function copyData(from: string, to: string): Promise<void> {
  for (const name of await dataIn(from)) await cp(join(from, name), join(to, name), { recursive: true });
}
