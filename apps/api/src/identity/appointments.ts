/** The roles a person holds in their school today. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Appointment } from './identity.entities.js';

/** Whose roles: the session's person, or anyone of the same school. */
export interface PersonOfSchool {
  readonly schoolId: string;
  readonly personId: string;
}

/** Whether an appointment or delegation holds on a day: begun, not past its last day, not ended by hand. */
export function isHeld(
  row: { readonly fromDate: string; readonly toDate: string | null; readonly endedAt: string | null },
  day: string,
): boolean {
  return row.endedAt === null && row.fromDate <= day && (row.toDate === null || day <= row.toDate);
}

@Injectable()
export class Appointments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Appointments in force today, by role. */
  async today(person: PersonOfSchool): Promise<Appointment[]> {
    const { schoolId, personId } = person;
    const today = this.clock.today();
    const all = await this.database.read.findBy(Appointment, { schoolId, personId });
    return all.filter((row) => isHeld(row, today));
  }

  /** Names of the roles in force today, each once. */
  async rolesToday(person: PersonOfSchool): Promise<string[]> {
    return [...new Set((await this.today(person)).map((a) => a.role))].sort();
  }

  /** Those in force today and those that will be. */
  async rolesFromToday({ schoolId, personId }: PersonOfSchool): Promise<string[]> {
    const today = this.clock.today();
    const all = await this.database.read.findBy(Appointment, { schoolId, personId });
    const left = all.filter(
      ({ endedAt, toDate }) => endedAt === null && (toDate === null || today <= toDate),
    );
    return [...new Set(left.map(({ role }) => role))].sort();
  }
}
