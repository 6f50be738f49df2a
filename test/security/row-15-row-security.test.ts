/** Row 15, on PostgreSQL: a query that forgot its school finds nothing of another school under a session. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { Person, Session } from '#api/identity/identity.entities.js';
import { SchoolReader } from '#api/school/school-reader.js';
import { Pupil, SchoolClass } from '#api/school/school.entities.js';
import { ENGINE } from '../integration/engine.js';
import {
  TestServer,
  type Answer,
  type Desk,
  type TestClass,
  type TestSchool,
} from '../integration/school.js';

jest.setTimeout(60_000);

/** SQLite has no such thing: there the binding of each query to its school is all there is. */
const onPostgres = ENGINE === 'postgres' ? describe : describe.skip;

onPostgres('row 15: row-level security by school', () => {
  let server: TestServer;
  let own: { school: TestSchool; class: TestClass; vice: Desk };
  let other: { school: TestSchool; class: TestClass; vice: Desk };

  beforeAll(async () => {
    server = await TestServer.start();
    [own, other] = [await peopled('thcs-mot'), await peopled('thcs-hai')];
  });
  afterAll(() => server.stop());

  async function peopled(slug: string) {
    const school = await server.school(slug, 'LOWER_SECONDARY');
    const vice = await school.person('vice', 'vice-principal');
    return { school, vice, class: await school.class('6A', 6, ['An', 'Bình']) };
  }

  /** What a route answers whose query, by mistake, says nothing of the school: asked over HTTP with a real session. */
  async function forgetful<T>(desk: Desk, query: (read: EntityManager) => Promise<T>): Promise<Answer<T>> {
    const reader = server.app.get(SchoolReader, { strict: false });
    const school = jest
      .spyOn(reader, 'school')
      .mockImplementation(() => query(server.database.read) as unknown as ReturnType<SchoolReader['school']>);
    const answer = await desk.get<T>('/api/school');
    school.mockRestore();
    return answer;
  }

  test('row 15: an unbound query sees the session’s school and no other, whoever asks', async () => {
    for (const entity of [Person, Pupil, SchoolClass, Session]) {
      for (const side of [own, other]) {
        const { status, body } = await forgetful(side.vice, (read) =>
          read.find<{ schoolId: string }>(entity),
        );
        expect([status, new Set(body.map(({ schoolId }) => schoolId))]).toEqual([
          200,
          new Set([side.school.id]),
        ]);
      }
    }
    expect((await server.database.read.find(Person)).length).toBe(2);
  });

  test('row 15: a query with another school’s id finds nothing', async () => {
    const { body } = await forgetful(own.vice, (read) => read.findBy(Pupil, { schoolId: other.school.id }));
    expect(body).toEqual([]);
  });

  test('row 15: a write that forgot its school, or names another, touches nothing there', async () => {
    const before = await server.database.read.findOneByOrFail(SchoolClass, { id: other.class.id });
    await forgetful(own.vice, () =>
      server.database.write((tx) =>
        tx.update(SchoolClass, { name: '6A' }, { grade: 9 }).then(() => ({ done: true })),
      ),
    );
    expect(await server.database.read.findOneByOrFail(SchoolClass, { id: other.class.id })).toEqual(before);
    expect(await server.database.read.findOneByOrFail(SchoolClass, { id: own.class.id })).toMatchObject({
      grade: 9,
    });
    const slipped = { ...before, id: '00000000-0000-4000-8000-000000000001', name: '6B' };
    const refused = await forgetful(own.vice, () =>
      server.database.write((tx) => tx.insert(SchoolClass, slipped).then(() => ({ done: true }))),
    );
    expect(refused.status).toBe(500);
    expect(await server.database.read.countBy(SchoolClass, { name: '6B' })).toBe(0);
  });

  test('row 15: units and queries of two schools at once keep to their own', async () => {
    const both = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const side = i % 2 === 0 ? own : other;
        const { body } = await side.vice.get<{ years: { id: string }[] }>('/api/school');
        return body.years.every(({ id }) => id === side.school.yearId);
      }),
    );
    expect(both).not.toContain(false);
  });

  test('row 15: every table that holds a school’s rows is bound, its owner too', async () => {
    const tables = await server.database.read.query<{ name: string; bound: boolean }[]>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS bound FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id' WHERE c.relkind = 'r'`,
    );
    const open = tables.filter(({ bound }) => !bound).map(({ name }) => name);
    expect(open.filter((name) => !name.startsWith('ledger_'))).toEqual(['logins']);
    const [role] = await server.database.read.query<{ free: boolean }[]>(
      'SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = current_user',
    );
    expect(role?.free).toBe(false);
    for (const entity of [MarkCell, JournalEvent]) {
      expect(tables).toContainEqual({
        name: server.database.read.connection.getMetadata(entity).tableName,
        bound: true,
      });
    }
  });
});
