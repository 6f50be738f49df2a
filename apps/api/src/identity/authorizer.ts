/** Asks libs/policy, the one place that decides who may, and turns a refusal into an answer with its rule's number. */
import { Injectable } from '@nestjs/common';
import { decide } from '#policy/decide.js';
import { switchesOf } from '#policy/switches.js';
import type { Action, Actor, Relation } from '#policy/types.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { School } from '../school/school.entities.js';
import { Appointments, isHeld } from './appointments.js';
import { Delegation } from './identity.entities.js';
import type { SessionContext } from './session-context.js';

@Injectable()
export class Authorizer {
  constructor(
    private readonly database: Database,
    private readonly appointments: Appointments,
    private readonly clock: Clock,
  ) {}

  /**
   * Every use case starts here.
   * @param relation how the person stands to what they want to touch
   * @returns the number of the rule that allows it, for the journal
   * @throws Problem FORBIDDEN with the rule's number and its sentence
   */
  async authorize(session: SessionContext, action: Action, relation: Relation): Promise<string> {
    const decision = decide(await this.actor(session), action, relation);
    if (!decision.allow) throw new Problem('FORBIDDEN', decision.sentence, [], { rule: decision.rule });
    return decision.rule;
  }

  /** The person with the roles and delegations in force today, and what their school has decided. */
  async actor(session: SessionContext): Promise<Actor> {
    const today = this.clock.today();
    const appointments = await this.appointments.today(session);
    const delegations = await this.database.read.findBy(Delegation, {
      schoolId: session.schoolId,
      toPersonId: session.personId,
    });
    const school = await this.database.read.findOneByOrFail(School, { id: session.schoolId });
    return {
      personId: session.personId,
      date: today,
      roles: [...new Set(appointments.map((a) => a.role))] as Actor['roles'],
      delegations: delegations
        .filter((row) => isHeld(row, today))
        .map((d) => ({ scope: d.scope, decisionNumber: d.decisionNumber })),
      switches: switchesOf(school.settings),
    };
  }
}
