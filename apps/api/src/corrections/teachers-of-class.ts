/** Who of a class's teachers can still act: an account that is disabled answers for nothing any more. */
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { isHeld } from '../identity/appointments.js';
import { Appointment, Person } from '../identity/identity.entities.js';
import { inCharge } from '../school/charges.js';
import { HOMEROOM, isHomeroomArea, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';

@Injectable()
export class TeachersOfClass {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
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

  /**
   * Heads of the group that the class or its area belongs to, with open accounts. Not those who also manage the school:
   * whoever confirms a correction cannot approve it any more.
   */
  async heads(info: ClassInfo, area: string): Promise<string[]> {
    const { schoolId } = info;
    const roles = In(['group-head', 'principal', 'vice-principal']);
    const today = this.clock.today();
    const rows = await this.database.read.findBy(Appointment, { schoolId, role: roles });
    const held = rows.filter((row) => isHeld(row, today));
    const managers = new Set(
      held.filter(({ role }) => role !== 'group-head').map(({ personId }) => personId),
    );
    const heads = held.filter(
      ({ role, personId, charge }) =>
        role === 'group-head' && !managers.has(personId) && inCharge(charge, info, area),
    );
    return this.open(
      schoolId,
      heads.map(({ personId }) => personId),
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
