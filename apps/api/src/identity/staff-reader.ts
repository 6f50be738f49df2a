/** Who holds which role and delegation at the school, now and before. */
import { Injectable } from '@nestjs/common';
import type { AppointmentAnswer, ChargeDto, DelegationAnswer, StaffAnswer } from '#contracts/staff.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { isHeld } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { Appointment, Delegation, Person } from './identity.entities.js';
import type { SessionContext } from './session-context.js';

type NamedPerson = AppointmentAnswer['person'];

@Injectable()
export class StaffReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
  ) {}

  async list(session: SessionContext): Promise<StaffAnswer> {
    await this.authorizer.authorize(session, 'appointment.read', {});
    const { schoolId } = session;
    const read = this.database.read;
    const people = await read.findBy(Person, { schoolId });
    const names = new Map(people.map(({ id, fullName }) => [id, fullName]));
    const named = (id: string): NamedPerson => ({ id, fullName: names.get(id) ?? id });
    const order = { fromDate: 'DESC', id: 'ASC' } as const;
    const appointments = await read.find(Appointment, { where: { schoolId }, order });
    const delegations = await read.find(Delegation, { where: { schoolId }, order });
    const today = this.clock.today();
    return {
      appointments: appointments.map((row) => appointmentAnswer(row, named, today)),
      delegations: delegations.map((row) => delegationAnswer(row, named, today)),
    };
  }
}

function appointmentAnswer(
  row: Appointment,
  named: (id: string) => NamedPerson,
  today: string,
): AppointmentAnswer {
  return {
    id: row.id,
    person: named(row.personId),
    role: row.role,
    from: row.fromDate,
    to: row.toDate,
    decisionNumber: row.decisionNumber,
    charge: row.charge as ChargeDto | null,
    appointedBy: row.appointedBy === null ? null : named(row.appointedBy),
    inForce: isHeld(row, today),
    endedAt: row.endedAt,
    endReason: row.endReason,
  };
}

function delegationAnswer(
  row: Delegation,
  named: (id: string) => NamedPerson,
  today: string,
): DelegationAnswer {
  return {
    id: row.id,
    by: named(row.fromPersonId),
    to: named(row.toPersonId),
    scope: row.scope,
    from: row.fromDate,
    until: row.toDate,
    decisionNumber: row.decisionNumber,
    inForce: isHeld(row, today),
    endedAt: row.endedAt,
    endReason: row.endReason,
  };
}
