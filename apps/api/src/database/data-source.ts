/** Opens the two data sources (writer and read-only reader). Only this folder knows which driver is used. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';
import type { DataSource, DataSourceOptions, EntityManager } from 'typeorm';
import type { Config } from '../config.js';
import { Database } from './database.js';
import { ENTITIES } from './entities.js';
import { MIGRATIONS } from './migrations/migrations.js';
import { ScopedDataSource } from './scoped-data-source.js';
import { UnitOfWork } from './unit-of-work.js';

/** An opened database and how to close it. */
export interface OpenDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

/**
 * The driver as TypeORM asks for it, less what it would write down about each statement: a stack, and every parameter in
 * the stack of an error, which is logged. It was a fifth of the time of a request.
 */
const WITHOUT_TRACES = { ...sqlite3, verbose: () => sqlite3 };

/** Options of a data source; `readOnly` makes the engine itself refuse writes. */
export function dataSourceOptions(database: Config['database'], readOnly: boolean): DataSourceOptions {
  const shared = {
    name: readOnly ? 'reader' : 'default',
    entities: ENTITIES,
    migrations: readOnly ? [] : MIGRATIONS,
    synchronize: false,
    logging: false,
  } as const;
  if (database.engine === 'sqlite') {
    const file = { type: 'sqlite', database: database.file, enableWAL: true, busyTimeout: 5000 } as const;
    return { ...shared, ...file, driver: WITHOUT_TRACES };
  }
  return {
    ...shared,
    type: 'postgres',
    url: database.url,
    extra: readOnly ? { options: '-c default_transaction_read_only=on' } : {},
  };
}

/** Opens the writing data source and brings the schema up to date. */
export async function openWriter(config: Config['database']): Promise<DataSource> {
  if (config.engine === 'sqlite') await mkdir(dirname(config.file), { recursive: true });
  const writer = await new ScopedDataSource(dataSourceOptions(config, false)).initialize();
  if (config.engine === 'sqlite') await writer.query('PRAGMA synchronous = FULL');
  await writer.runMigrations({ transaction: 'all' });
  return writer;
}

/** Opens the read-only data source; the engine itself refuses writes through it. */
export async function openReader(config: Config['database']): Promise<DataSource> {
  const reader = await new ScopedDataSource(dataSourceOptions(config, true)).initialize();
  if (config.engine === 'sqlite') await reader.query('PRAGMA query_only = ON');
  return reader;
}

/** Opens the database outside the application (tests, tools): migrated, with its unit of work. */
export async function openDatabase(config: Config['database']): Promise<OpenDatabase> {
  const writer = await openWriter(config);
  const reader = await openReader(config);
  const units = new UnitOfWork(writer, config.engine === 'sqlite');
  return {
    database: new Database(config.engine, reader, units),
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** A database opened for reading alone. */
export interface AuditDatabase {
  readonly read: EntityManager;
  /** Runs `work` on one unchanging state of the database, whatever is written meanwhile. */
  snapshot<T>(work: (read: EntityManager) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens an existing database without migrating it: what `socai audit` uses. */
export async function openForAudit(config: Config['database']): Promise<AuditDatabase> {
  const reader = await openReader(config);
  // SQLite has a transaction see one state by itself; PostgreSQL has to be asked.
  const isolation = config.engine === 'sqlite' ? 'SERIALIZABLE' : 'REPEATABLE READ';
  return {
    read: reader.manager,
    snapshot: (work) => reader.transaction(isolation, work),
    close: () => reader.destroy(),
  };
}
