/** Who of a class's teachers can still act: an account that is disabled answers for nothing any more. */
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Database } from '../database/database.js';
import { Person } from '../identity/identity.entities.js';
import { HOMEROOM, isHomeroomArea, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';

@Injectable()
export class TeachersOfClass {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
  ) {}

  /** Those assigned to the area today whose accounts are open: GVCN, or the homeroom teacher's own areas, too. */
  async active(info: ClassInfo, area: string): Promise<string[]> {
    const assigned = area === HOMEROOM || isHomeroomArea(info, area) ? HOMEROOM : area;
    const rows = (await this.classes.assignments([info])).filter((row) => row.area === assigned);
    return this.open(
      info.schoolId,
      rows.map((row) => row.personId),
    );
  }

  /** Whether neither who teaches the area nor any of those who recorded it can ask any more. */
  async gone(info: ClassInfo, area: string, recordedBy: readonly (string | null)[]): Promise<boolean> {
    const teachers = await this.active(info, area);
    if (teachers.length > 0) return false;
    const recorders = recordedBy.filter((id) => id !== null);
    return (await this.open(info.schoolId, recorders)).length === 0;
  }

  private async open(schoolId: string, personIds: readonly string[]): Promise<string[]> {
    if (personIds.length === 0) return [];
    const where = { schoolId, id: In([...new Set(personIds)]), disabledAt: IsNull() };
    const people = await this.database.read.find(Person, { select: { id: true }, where });
    return people.map(({ id }) => id);
  }
}
