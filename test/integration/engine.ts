/** The database an integration test runs on: a fresh SQLite file, or a fresh database of the PostgreSQL at hand. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '#api/config.js';
import type { Database } from '#api/database/database.js';

/** Which engine this run of the suite is for. */
export const ENGINE = process.env['SOCAI_TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

/** A fresh, empty database and how to be rid of it. */
export interface TestDatabase {
  readonly config: Config['database'];
  /** A folder of its own for everything else (keys, ledger). */
  readonly folder: string;
  drop(): Promise<void>;
}

export async function freshDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'socai-it-'));
  const dropFolder = () => rm(folder, { recursive: true, force: true });
  if (ENGINE === 'sqlite') {
    return { config: { engine: 'sqlite', file: join(folder, 'socai.sqlite') }, folder, drop: dropFolder };
  }
  const server = process.env['SOCAI_TEST_POSTGRES_URL'];
  if (server === undefined)
    throw new Error('SOCAI_TEST_POSTGRES_URL must name a PostgreSQL (npm test starts one)');
  const name = `socai_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  await administer(server, ownerRole(url.password));
  await administer(server, `CREATE DATABASE ${name} OWNER ${OWNER}`);
  url.pathname = `/${name}`;
  url.username = OWNER;
  return {
    config: { engine: 'postgres', url: url.href },
    folder,
    drop: async () => {
      await administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
      await dropFolder();
    },
  };
}

/** As an installation should have it: the application owns its tables but is no superuser, whom row security never binds. */
const OWNER = 'socai_test';

function ownerRole(password: string): string {
  const made = `CREATE ROLE ${OWNER} LOGIN${password === '' ? '' : ` PASSWORD '${decodeURIComponent(password)}'`}`;
  return `DO $$ BEGIN ${made}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`;
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Names of all tables of the schema, in order. */
export async function tablesOf({ read }: Database): Promise<string[]> {
  const rows = await read.query<{ name: string }[]>(
    ENGINE === 'postgres'
      ? "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
      : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
  );
  return rows.map(({ name }) => name).sort();
}
