/** Deleting so that nothing is left in the file: SQLite marks deleted content as free and leaves the bytes there. */
import type { EntityManager } from 'typeorm';
import type { Database } from './database.js';

/**
 * Runs part of a unit of work; on SQLite what it deletes or replaces is overwritten with zeros. On PostgreSQL old row
 * versions stay until VACUUM, which the server does by itself (SECURITY.md).
 */
export async function overwritingDeleted(tx: EntityManager, work: () => Promise<void>): Promise<void> {
  const isSqlite = tx.connection.options.type === 'sqlite';
  if (isSqlite) await tx.query('PRAGMA secure_delete = ON');
  try {
    await work();
  } finally {
    if (isSqlite) await tx.query('PRAGMA secure_delete = OFF');
  }
}

/** After the unit has committed: takes what was deleted out of SQLite's write-ahead log too. */
export async function emptyLog(database: Database): Promise<void> {
  if (database.engine === 'sqlite') await database.read.query('PRAGMA wal_checkpoint(TRUNCATE)');
}
