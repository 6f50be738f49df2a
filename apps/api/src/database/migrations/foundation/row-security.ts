/**
 * Row-level security by school, where the engine has it: a query that forgets its school finds no other school's rows.
 * It binds the tables' owner too (FORCE), but no superuser and no role with BYPASSRLS: the application should be
 * neither. Foreign keys are checked without it.
 */
import type { Tables } from './tables.js';

/**
 * Told by {@link ../../scoped-data-source.ts}: one school, or "*". A sub-select is evaluated once a statement, and not
 * for each row.
 */
const VISIBLE = `(SELECT current_setting('socai.school', true))`;

/**
 * The one lookup made before a school is known, and the logs: those are public, and the parts that keep them
 * (directory log, trust bundle) look at all schools whoever's request woke them.
 */
const OPEN = new Set([
  'logins',
  'ledger_logs',
  'ledger_keys',
  'ledger_outbox',
  'ledger_entries',
  'ledger_stage',
]);

/** Statements for all tables of these parts that hold rows of schools. */
export function rowSecurity(parts: readonly Tables[], engine: string): string[] {
  if (engine !== 'postgres') return [];
  return securedTables(parts).flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY of_school ON ${table} USING (school_id = ${VISIBLE} OR ${VISIBLE} = '*')`,
  ]);
}

function securedTables(parts: readonly Tables[]): string[] {
  return parts
    .flatMap(({ tables }) => tables)
    .flatMap((sql) => {
      const name = /CREATE TABLE (\w+)/.exec(sql)?.[1];
      return name !== undefined && /\bschool_id\b/.test(sql) && !OPEN.has(name) ? [name] : [];
    });
}
