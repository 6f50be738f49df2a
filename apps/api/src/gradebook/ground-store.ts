/** Reads the grounds of cells, and the earlier marks of pupils who joined in the year. */
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Database } from '../database/database.js';
import { EarlierMark, MarkGround } from './gradebook.entities.js';
import { cellKey } from './mark-store.js';

@Injectable()
export class GroundStore {
  constructor(private readonly database: Database) {}

  /** Grounds in force of a sheet, by {@link cellKey}. */
  async ofSheet(
    schoolId: string,
    classId: string,
    area: string,
    period: string,
  ): Promise<Map<string, MarkGround>> {
    const where = { schoolId, classId, area, period, withdrawnAt: IsNull() };
    const rows = await this.database.read.findBy(MarkGround, where);
    return new Map(rows.map((row) => [cellKey(row.pupilId, row.columnCode), row]));
  }

  /** Earlier marks that a second person has confirmed. */
  async earlier(schoolId: string, classIds: readonly string[]): Promise<EarlierMark[]> {
    if (classIds.length === 0) return [];
    return this.database.read.findBy(EarlierMark, {
      schoolId,
      classId: In([...classIds]),
      state: 'confirmed',
    });
  }
}
