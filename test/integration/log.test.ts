import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino, type DestinationStream, type Logger } from 'pino';
import { openDatabase, type OpenDatabase } from '#api/database/data-source.js';
import { makeLog } from '#api/log.js';
import { School } from '#api/school/school.entities.js';
import { ENGINE, freshDatabase, type TestDatabase } from './engine.js';

const NAME = 'Trần Thị Bí Mật';

let place: TestDatabase;
let open: OpenDatabase;

beforeAll(async () => {
  place = await freshDatabase();
  open = await openDatabase(place.config);
});
afterAll(async () => {
  await open.close();
  await place.drop();
});

type Make = (to: DestinationStream) => Logger;

/** What the log writes of whatever `work` throws. */
async function logged(
  work: () => Promise<unknown>,
  make: Make = (to) => makeLog('error', to),
): Promise<string> {
  let written = '';
  const log = make({ write: (line) => (written += line) });
  await work().catch((err: unknown) => log.error({ err }, 'unexpected error'));
  return written;
}

describe(`the log of the process on ${ENGINE}`, () => {
  test('says which statement failed and why, and none of the values that it was about', async () => {
    const placeholder = ENGINE === 'sqlite' ? '?' : '$1';
    const work = () =>
      open.database.read.query(`SELECT * FROM no_such_table WHERE name = ${placeholder}`, [NAME]);
    const line = await logged(work);
    expect(line).toContain('no_such_table');
    expect(line).toContain('unexpected error');
    expect(line).not.toContain(NAME);
    expect(await logged(work, (to) => pino({}, to))).toContain(NAME);
  });

  test('nor the row that a constraint refused', async () => {
    const row = { id: NAME, slug: 'a', code: 'a', name: NAME, level: 'PRIMARY' as const, origin: 'a' };
    const entered = { ...row, commune: '', province: '', settings: {} };
    const line = await logged(() =>
      open.database.write(async (tx) => {
        await tx.insert(School, entered);
        await tx.insert(School, entered);
      }),
    );
    expect(line).toMatch(/unique/i);
    expect(line).not.toContain(NAME);
  });
});
