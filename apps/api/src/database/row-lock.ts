/** Holding rows inside a unit of work against other units on PostgreSQL; on SQLite units run one after another anyway. */
import type { EntityManager } from 'typeorm';

/** To be spread into the options of a find: the found rows change for nobody else until the unit ends. */
export function rowLock(tx: EntityManager): { lock?: { mode: 'pessimistic_write' } } {
  return tx.connection.options.type === 'postgres' ? { lock: { mode: 'pessimistic_write' } } : {};
}

/** Rows in one insert statement: under SQLite's 32,766 variables for tables of up to 32 columns. */
const ROWS_PER_STATEMENT = 1000;

/** Cuts rows into pieces that fit one statement on both engines. */
export function statementsOf<T>(rows: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let i = 0; i < rows.length; i += ROWS_PER_STATEMENT)
    pieces.push(rows.slice(i, i + ROWS_PER_STATEMENT));
  return pieces;
}
