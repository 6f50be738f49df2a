/** Who a session's person is: name, school, and the roles held today. */
import { Injectable } from '@nestjs/common';
import type { SessionAnswer } from '#contracts/session.js';
import { Database } from '../database/database.js';
import { School } from '../school/school.entities.js';
import { Appointments } from './appointments.js';
import { Person, Session } from './identity.entities.js';
import { PasskeySignIn } from './second-factors.js';
import type { SessionContext } from './session-context.js';

@Injectable()
export class Profiles {
  constructor(
    private readonly database: Database,
    private readonly appointments: Appointments,
    private readonly passkeys: PasskeySignIn,
  ) {}

  async describe(session: SessionContext): Promise<SessionAnswer> {
    const { schoolId, personId, sessionId } = session;
    const { csrfToken, secondFactor } = await this.database.read.findOneByOrFail(Session, {
      schoolId,
      id: sessionId,
    });
    const person = await this.database.read.findOneByOrFail(Person, { schoolId, id: personId });
    const school = await this.database.read.findOneByOrFail(School, { id: schoolId });
    const roles = await this.appointments.rolesToday(session);
    return {
      person: { id: person.id, username: person.username, fullName: person.fullName, title: person.title },
      school: {
        id: school.id,
        slug: school.slug,
        name: school.name,
        level: school.level,
        demo: school.settings.demo,
      },
      roles,
      secondFactor: person.totpSecret !== null || (await this.passkeys.counts(schoolId)).has(personId),
      signedInWith: secondFactor,
      recoveryCodesLeft: person.recoveryCodes?.length ?? 0,
      csrfToken,
    };
  }
}
