/**
 * The rows that a school begins with: people, roles, classes, pupils that were there before anybody signed in. Each
 * gets its event all the same, so that audit knows of every row whether it may be there.
 */
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Json } from '#ledger/format/jcs.js';
import { statementsOf } from '../database/row-lock.js';
import { BASE_EVENT } from './base-events.js';
import { AUDITED_TABLES, readColumns, type AuditedTable } from './audited-tables.js';
import type { Journal, NewEvent } from './journal.js';
import { valueDigest } from './row-data.js';

export class BaseRows {
  private readonly events: NewEvent[] = [];

  constructor(
    private readonly tx: EntityManager,
    private readonly schoolId: string,
    private readonly at: string,
  ) {}

  /** Inserts rows, the school's property among them, and notes their events. */
  async insert<T extends ObjectLiteral>(entity: EntityTarget<T>, rows: readonly T[]): Promise<void> {
    const audited = AUDITED_TABLES.find((table) => table.entity === entity);
    if (audited === undefined) throw new Error('base rows are of audited tables');
    for (const piece of statementsOf(rows)) await this.tx.insert<ObjectLiteral>(entity, piece);
    for (const row of rows) {
      this.events.push({
        type: BASE_EVENT,
        subject: audited.table,
        subjectId: audited.key.map((property) => String(row[property])).join('/'),
        actor: 'installation',
        at: this.at,
        data: dataOf(this.tx, audited, row),
      });
    }
  }

  /** Appends what was noted, in the unit of work of the rows. */
  async record(journal: Journal): Promise<void> {
    await journal.appendAll(this.tx, this.schoolId, this.events.splice(0));
  }
}

/** Every column is named, also where it is empty: what is not named is not compared. */
function dataOf(tx: EntityManager, audited: AuditedTable, row: ObjectLiteral): Json {
  const { key, hashed = [] } = audited;
  const named = readColumns(tx, audited).filter((property) => !key.includes(property));
  const values = JSON.parse(JSON.stringify(row)) as { [property: string]: Json };
  return Object.fromEntries(
    named.map((property) => {
      const value = values[property] ?? null;
      return [property, hashed.includes(property) ? valueDigest(value) : value];
    }),
  );
}
