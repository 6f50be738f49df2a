/** Reads what is said of the columns of a sheet, and whose each is. */
import { Injectable } from '@nestjs/common';
import { strandsOf } from '#regulations/tt22/strands.js';
import { Database } from '../database/database.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { ColumnDetail } from './gradebook.entities.js';

/** The owner of a column, as long as they are assigned to the subject. */
export interface ColumnOwner {
  readonly personId: string;
  readonly fullName: string;
}

/** What is said of the columns of one sheet. */
export interface SheetColumns {
  readonly details: ReadonlyMap<string, ColumnDetail>;
  readonly owners: ReadonlyMap<string, ColumnOwner>;
  /** Several teachers share the subject: its strands take turns in the regular columns unless a teacher says otherwise. */
  readonly taughtByMany: boolean;
}

@Injectable()
export class ColumnStore {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
    private readonly people: People,
  ) {}

  /** A column whose owner no longer teaches the subject in the class is everybody's again: a substitute goes on with it. */
  async ofSheet(info: ClassInfo, area: string, period: string): Promise<SheetColumns> {
    const { schoolId } = info;
    const rows = await this.database.read.findBy(ColumnDetail, { schoolId, classId: info.id, area, period });
    const details = new Map(rows.map((row) => [row.columnCode, row]));
    const unowned = rows.every((row) => row.ownerId === null);
    if (unowned && strandsOf(area).length === 0) return { details, owners: new Map(), taughtByMany: false };
    const assigned = (await this.classes.assignments([info])).filter((row) => row.area === area);
    const present = new Set(assigned.map((row) => row.personId));
    const names = await this.people.names(
      schoolId,
      rows.map((row) => row.ownerId),
    );
    const owners = rows.flatMap(({ columnCode, ownerId }) =>
      ownerId !== null && present.has(ownerId)
        ? [[columnCode, { personId: ownerId, fullName: names(ownerId) }] as const]
        : [],
    );
    return { details, owners: new Map(owners), taughtByMany: present.size > 1 };
  }
}
