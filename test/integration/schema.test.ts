/** The shape of the schema, as the engine itself describes it after the migrations. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase, type OpenDatabase } from '#api/database/data-source.js';
import { ENGINE, freshDatabase, type TestDatabase } from './engine.js';

/** Tables that belong to no school: the schools themselves, what is looked up and counted before a school is known, TypeORM's own. */
const NOT_TENANT = ['schools', 'logins', 'account_throttles', 'address_accounts', 'migrations'];

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

const query = <T>(sql: string) => open.database.read.query<T[]>(sql);

/** Every index, primary keys included, with its first column. */
async function indexes(): Promise<{ table: string; index: string; first: string }[]> {
  if (ENGINE === 'postgres') {
    return query(
      `SELECT t.relname AS "table", i.relname AS "index", a.attname AS "first"
         FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
         JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]`,
    );
  }
  return query(
    `SELECT m.name AS "table", l.name AS "index", i.name AS "first"
       FROM sqlite_master m JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i
      WHERE m.type = 'table' AND i.seqno = 0`,
  );
}

async function tables(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    ENGINE === 'postgres'
      ? "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
      : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
  );
  return rows.map(({ name }) => name);
}

describe(`the schema on ${ENGINE}`, () => {
  test('every tenant table has the school, and each of its indexes begins with it', async () => {
    const found = await indexes();
    for (const table of await tables()) {
      if (NOT_TENANT.includes(table)) continue;
      const own = found.filter((index) => index.table === table);
      expect([table, own.length > 0]).toEqual([table, true]);
      for (const { index, first } of own) expect([table, index, first]).toEqual([table, index, 'school_id']);
    }
  });

  test('the check sees an index that does not', async () => {
    await open.database.write((tx) => tx.query('CREATE INDEX astray ON marks (pupil_id)'));
    expect(await indexes()).toContainEqual({ table: 'marks', index: 'astray', first: 'pupil_id' });
    await open.database.write((tx) => tx.query('DROP INDEX astray'));
  });

  test('the journal refuses to be changed, replaced or cut by SQL', async () => {
    await open.database.write(async (tx) => {
      await tx.query(
        "INSERT INTO schools VALUES ('s', 's', 's', 's', 'PRIMARY', '', '', 'test.example/s', '{}')",
      );
      for (const seq of [0, 1, 2]) await tx.query(event(seq));
    });
    const attacks = [
      ...['hash', 'commitment', 'payload', 'salt', 'type', 'subject', 'subject_id'].map(
        (column) => `UPDATE journal_events SET ${column} = 'x' WHERE seq = 1`,
      ),
      'UPDATE journal_events SET seq = 9 WHERE seq = 2',
      'UPDATE journal_events SET payload = NULL, salt = NULL WHERE seq = 0',
      'DELETE FROM journal_events',
      ENGINE === 'postgres'
        ? 'TRUNCATE journal_events CASCADE'
        : event(1).replace('INSERT', 'INSERT OR REPLACE').replace("'{}'", '\'{"changed":1}\''),
    ];
    for (const sql of attacks)
      await expect(open.database.write((tx) => tx.query(sql))).rejects.toThrow(/append-only/);
  });

  test('only an erasure that is itself in the journal may take a text and its salt away, and nothing else', async () => {
    await open.database.write(async (tx) => {
      await tx.query(event(3, 'erasure.approved'));
      await tx.query(event(4, 'mark.recorded'));
      await tx.query("INSERT INTO erased_events VALUES ('s', 0, 3), ('s', 1, 3), ('s', 2, 4)");
    });
    for (const sql of [
      'UPDATE journal_events SET payload = NULL WHERE seq = 0',
      "UPDATE journal_events SET payload = NULL, salt = NULL, hash = 'x' WHERE seq = 0",
      // Approved by an event that is no erasure.
      'UPDATE journal_events SET payload = NULL, salt = NULL WHERE seq = 2',
      'UPDATE erased_events SET approval_seq = 3 WHERE seq = 2',
      'DELETE FROM erased_events',
    ]) {
      await expect(open.database.write((tx) => tx.query(sql))).rejects.toThrow(/append-only/);
    }
    await open.database.write((tx) =>
      tx.query('UPDATE journal_events SET payload = NULL, salt = NULL WHERE seq IN (0, 1)'),
    );
    expect(await query('SELECT seq FROM journal_events WHERE payload IS NULL ORDER BY seq')).toEqual([
      { seq: 0 },
      { seq: 1 },
    ]);
  });
});

const event = (seq: number, type = 't') =>
  `INSERT INTO journal_events VALUES ('s', ${String(seq)}, '${type}', 'marks', 'm', '{}', 'c2FsdA==', 'c', 'h')`;
