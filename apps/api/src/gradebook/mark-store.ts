/** Reads and writes the cells of the gradebook: a handful of statements a sheet, whatever its size. */
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { statementsOf } from '../database/row-lock.js';
import { MarkCell } from './gradebook.entities.js';

@Injectable()
export class MarkStore {
  constructor(private readonly database: Database) {}

  /** Cells of a sheet, drafts and recorded ones, by {@link cellKey}. */
  async ofSheet(
    schoolId: string,
    classId: string,
    area: string,
    period: string,
  ): Promise<Map<string, MarkCell>> {
    const rows = await this.database.read.findBy(MarkCell, { schoolId, classId, area, period });
    return new Map(rows.map((row) => [cellKey(row.pupilId, row.columnCode), row]));
  }

  /** Every cell of some classes' years. */
  async ofClasses(schoolId: string, classIds: readonly string[]): Promise<MarkCell[]> {
    if (classIds.length === 0) return [];
    const { read } = this.database;
    const query = read.createQueryBuilder(MarkCell, 'mark').select([]);
    for (const { propertyName } of read.connection.getMetadata(MarkCell).columns)
      query.addSelect(`mark.${propertyName}`, propertyName);
    // As plain objects: of the thousands that a class has, entities take longer to make than to use.
    return query.where({ schoolId, classId: In([...classIds]) }).getRawMany<MarkCell>();
  }

  /** Writes cells as given, new ones and changed ones alike. The class must be held (Classes.hold). */
  async write(tx: EntityManager, cells: readonly MarkCell[]): Promise<void> {
    for (const rows of statementsOf(cells)) await tx.upsert(MarkCell, rows, ['schoolId', 'id']);
  }
}

/** One cell of a sheet. */
export function cellKey(pupilId: string, column: string): string {
  return `${pupilId} ${column}`;
}
