/** Every column of the schema is accounted for: whose data it holds, and what an erasure leaves of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase, type OpenDatabase } from '#api/database/data-source.js';
import { PERSONAL_TABLES, WITHOUT_PERSONAL_DATA, type PersonalTable } from '#api/privacy/personal-data.js';
import { ENGINE, freshDatabase, tablesOf, type TestDatabase } from './engine.js';

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

/** Columns that an erasure neither takes away nor leaves on purpose. */
function forgotten({ entity, emptied, erasedAt, kept = [] }: PersonalTable): string[] {
  if (emptied === undefined) return [];
  const known = new Set([...Object.keys(emptied), ...kept, ...(erasedAt === undefined ? [] : [erasedAt])]);
  return open.database.read.connection
    .getMetadata(entity)
    .columns.filter(({ isPrimary, propertyName }) => !isPrimary && !known.has(propertyName))
    .map(({ propertyName }) => propertyName);
}

describe(`personal data in the schema on ${ENGINE}`, () => {
  test('every table either has a rule for erasure or a reviewed reason why it needs none', async () => {
    const ruled = [...new Set(PERSONAL_TABLES.map(({ table }) => table))];
    expect([...ruled, ...Object.keys(WITHOUT_PERSONAL_DATA)].sort()).toEqual(await tablesOf(open.database));
  });

  test('of a table whose rows stay, every column is either emptied or left on purpose', () => {
    expect(
      PERSONAL_TABLES.map((each) => [each.table, forgotten(each)]).filter(([, some]) => some?.length),
    ).toEqual([]);
  });

  test('the check sees a column that was forgotten', () => {
    const pupils = PERSONAL_TABLES.find(({ table }) => table === 'pupils');
    const emptied = Object.fromEntries(
      Object.entries(pupils?.emptied ?? {}).filter(([column]) => column !== 'address'),
    );
    expect(forgotten({ ...(pupils as PersonalTable), emptied })).toEqual(['address']);
  });

  test('a column that names a pupil is in a table with a rule, or holds ids of whole classes', () => {
    const pointing = open.database.read.connection.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns.some(({ propertyName }) => propertyName === 'pupilId') ? [tableName] : [],
    );
    const without = pointing.filter((table) => !PERSONAL_TABLES.some((each) => each.table === table));
    expect(without.sort()).toEqual(['erasures', 'reopened_decisions', 'transcript_reissues']);
  });
});
