/** An attacker with SQL: changes rows inside a unit of work that is rolled back after it was looked at. */
import type { EntityManager } from 'typeorm';
import { journalCommitment, journalGenesis, journalLink } from '#api/audit/journal.js';
import { JournalEvent, JournalHead } from '#api/audit/journal.entities.js';
import type { Database } from '#api/database/database.js';
import { fromBase64, toBase64 } from '#ledger/format/bytes.js';

class RolledBack extends Error {}

/** Runs `look` on the database as `attack` left it; nothing of the attack stays. */
export async function attacked<T>(
  database: Database,
  attack: (sql: EntityManager) => Promise<unknown>,
  look: (read: EntityManager) => Promise<T>,
): Promise<T> {
  const seen: T[] = [];
  const run = database.write(async (tx) => {
    await dropTriggers(tx, database.engine);
    await attack(tx);
    seen.push(await look(tx));
    // A rollback does not take this back.
    if (database.engine === 'sqlite') await tx.query('PRAGMA ignore_check_constraints = OFF');
    throw new RolledBack();
  });
  await run.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  return seen[0] as T;
}

/** Whoever may drop tables may drop triggers: all of them. */
async function dropTriggers(tx: EntityManager, engine: Database['engine']): Promise<void> {
  const triggers = await tx.query<{ name: string; on: string }[]>(
    engine === 'postgres'
      ? `SELECT t.tgname AS name, c.relname AS "on" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE NOT t.tgisinternal`
      : `SELECT name, tbl_name AS "on" FROM sqlite_master WHERE type = 'trigger'`,
  );
  for (const { name, on } of triggers)
    await tx.query(`DROP TRIGGER ${name}${engine === 'postgres' ? ` ON ${on}` : ''}`);
}

/** Whoever owns the tables is not held by their constraints either. */
export async function dropConstraints(sql: EntityManager, engine: Database['engine']): Promise<void> {
  if (engine === 'sqlite') {
    await sql.query('PRAGMA ignore_check_constraints = ON');
    await sql.query('PRAGMA defer_foreign_keys = ON');
    return;
  }
  const constraints = await sql.query<{ name: string; on: string }[]>(
    `SELECT conname AS name, conrelid::regclass::text AS "on" FROM pg_constraint
      WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace`,
  );
  for (const { name, on } of constraints) await sql.query(`ALTER TABLE ${on} DROP CONSTRAINT ${name}`);
}

/**
 * Rewrites an event and then the whole chain after it, with fresh commitments, as someone would who holds the salts.
 * @param change gives the event's new data
 */
export async function rewriteHistory(
  tx: EntityManager,
  schoolId: string,
  seq: number,
  change: (data: Record<string, unknown>) => object,
): Promise<void> {
  const events = await tx.find(JournalEvent, { where: { schoolId }, order: { seq: 'ASC' } });
  let previous = journalGenesis(schoolId);
  for (const event of events) {
    if (event.seq === seq) {
      const text = JSON.parse(event.payload ?? '') as { data: Record<string, unknown> };
      event.payload = JSON.stringify({ ...text, data: change(text.data) }, sortedKeys);
      event.commitment = toBase64(journalCommitment(event.salt ?? new Uint8Array(), event.payload));
    }
    previous = journalLink(previous, event.seq, fromBase64(event.commitment));
    const { payload, commitment } = event;
    await tx.update(
      JournalEvent,
      { schoolId, seq: event.seq },
      { payload, commitment, hash: toBase64(previous) },
    );
  }
  await tx.update(JournalHead, { schoolId }, { count: events.length, hash: toBase64(previous) });
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
