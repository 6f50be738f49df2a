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
import { columnDigest } from './row-data.js';

export class BaseRows {
  private readonly events: NewEvent[] = [];

  constructor(
    private readonly tx: EntityManager,
    private readonly schoolId: string,
    private readonly at: string,
  ) {}

  /** Inserts rows, the school's property among them, and notes their events. */
  async enter<T extends ObjectLiteral>(entity: EntityTarget<T>, rows: readonly T[]): Promise<void> {
    const audited = auditedEntity(entity);
    for (const piece of statementsOf(rows)) await this.tx.insert<ObjectLiteral>(entity, piece);
    for (const row of rows) this.note(audited, row, statedValues(this.tx, audited, row));
  }

  /** Changes a row of the base by its id, and notes what it says now. */
  async change<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    id: string,
    values: Partial<T>,
  ): Promise<void> {
    const audited = auditedEntity(entity);
    const key = audited.school === 'id' ? { id } : { schoolId: this.schoolId, id };
    await this.tx.update<ObjectLiteral>(entity, key, values);
    this.note(audited, { id }, JSON.parse(JSON.stringify(values)) as Json);
  }

  /** Appends what was noted, in the unit of work of the rows. @returns number of the first event */
  async record(journal: Journal): Promise<number> {
    return journal.appendAll(this.tx, this.schoolId, this.events.splice(0));
  }

  private note({ key, table: subject }: AuditedTable, row: ObjectLiteral, data: Json): void {
    const subjectId = key.map((property) => String(row[property])).join('/');
    this.events.push({ type: BASE_EVENT, subject, subjectId, actor: 'installation', at: this.at, data });
  }
}

function auditedEntity(entity: EntityTarget<ObjectLiteral>): AuditedTable {
  const audited = AUDITED_TABLES.find((table) => table.entity === entity);
  if (audited === undefined) throw new Error('base rows are of audited tables');
  return audited;
}

/** A row as an event states it: every column is named, also where it is empty; what is not named is not compared. */
export function statedValues(tx: EntityManager, audited: AuditedTable, row: ObjectLiteral): Json {
  const { key, hashed = [], lastEvent } = audited;
  const named = readColumns(tx, audited).filter(
    (property) => !key.includes(property) && property !== lastEvent,
  );
  const values = JSON.parse(JSON.stringify(row)) as { [property: string]: Json };
  return Object.fromEntries(
    named.map((property) => {
      return [property, hashed.includes(property) ? columnDigest(row[property]) : (values[property] ?? null)];
    }),
  );
}
