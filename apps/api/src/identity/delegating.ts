/** The principal's written delegations (ủy quyền): scope, dates, decision number; ended at once when taken back. */
import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DelegationParams, EndParams } from '#contracts/staff.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer } from './acts.js';
import { byAct, endOf, refuseDays, refusePast, type Planned } from './appointing.js';
import { isHeld } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { Appointment, Delegation, Person } from './identity.entities.js';
import type { SessionContext } from './session-context.js';

const VICE = { roles: ['vice-principal'], label: 'Phó Hiệu trưởng' };

/** Who can stand in: for a signature a vice-principal; for approving corrections also who does not teach the class. */
const DELEGATES: Readonly<Record<DelegationParams['scope'], { roles: readonly string[]; label: string }>> = {
  '*': VICE,
  'transcript.sign.principal': VICE,
  'transcript.revoke': VICE,
  'transcript.transfer': VICE,
  'transcript.finish': VICE,
  'correction.approve': {
    roles: ['vice-principal', 'group-head', 'teacher'],
    label: 'Phó Hiệu trưởng, tổ trưởng hoặc giáo viên',
  },
};

@Injectable()
export class Delegating implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly acts: Acts,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('delegation.make', async (session, params) => {
      return (await this.planMaking(session, validated(DelegationParams, params))).change;
    });
    this.acts.register('delegation.end', async (session, params) => {
      return (await this.planEnding(session, validated(EndParams, params))).change;
    });
  }

  /** @throws Problem NOT_FOUND, FORBIDDEN, VALIDATION (days), STATE_CONFLICT (not a vice-principal then) */
  async make(session: SessionContext, params: DelegationParams, act: ActAnswer): Promise<void> {
    const { schoolId } = session;
    await this.database.write(async (tx) => {
      const { change, rule } = await this.planMaking(session, params);
      await this.acts.use(tx, session, act, 'delegation.make', change);
      const row = {
        schoolId,
        id: randomUUID(),
        fromPersonId: session.personId,
        toPersonId: params.toPersonId,
        scope: params.scope,
        fromDate: params.from,
        toDate: params.to,
        decisionNumber: params.decisionNumber,
        endedAt: null,
        endedBy: null,
        endReason: null,
      };
      await tx.insert(Delegation, row);
      await this.journal.append(tx, schoolId, {
        ...byAct(session, act, rule, this.clock.timestamp()),
        ...{ type: 'delegation.made', subject: 'delegations', subjectId: row.id, data: rowData(row) },
      });
    });
  }

  /** Takes a delegation back, at once or with a last day. @throws Problem NOT_FOUND, FORBIDDEN, STATE_CONFLICT (over already) */
  async end(session: SessionContext, params: EndParams, act: ActAnswer): Promise<void> {
    const { schoolId } = session;
    await this.database.write(async (tx) => {
      const { change, rule } = await this.planEnding(session, params);
      await this.acts.use(tx, session, act, 'delegation.end', change);
      const at = this.clock.timestamp();
      const ended = endOf(session, params, at);
      await tx.update(Delegation, { schoolId, id: params.id }, ended);
      await this.journal.append(tx, schoolId, {
        ...byAct(session, act, rule, at),
        ...{ type: 'delegation.ended', subject: 'delegations', subjectId: params.id, data: ended },
      });
    });
  }

  private async planMaking(session: SessionContext, params: DelegationParams): Promise<Planned> {
    const { schoolId } = session;
    const { toPersonId, scope, from, to, decisionNumber } = params;
    const person = await this.database.read.findOneBy(Person, { schoolId, id: toPersonId });
    if (!person || person.disabledAt !== null) throw notFound('người được ủy quyền');
    const relation = { self: toPersonId === session.personId };
    const rule = await this.authorizer.authorize(session, 'delegation.make', relation);
    refuseDays(params);
    const held = await this.database.read.findBy(Appointment, { schoolId, personId: toPersonId });
    const fit = DELEGATES[scope];
    if (!held.some((row) => fit.roles.includes(row.role) && isHeld(row, from))) {
      const detail = `Việc này chỉ ủy quyền được cho ${fit.label}; ngày ${from} ${person.fullName} không giữ vai trò ấy.`;
      throw new Problem('STATE_CONFLICT', detail);
    }
    const delegation = { toPersonId, fullName: person.fullName, scope, from, to, decisionNumber };
    return { change: { action: 'delegation.make', delegation }, rule };
  }

  private async planEnding(session: SessionContext, params: EndParams): Promise<Planned> {
    const { schoolId } = session;
    const { id, reason, lastDay = null } = params;
    const row = await this.database.read.findOneBy(Delegation, { schoolId, id });
    if (!row) throw notFound('ủy quyền này');
    const rule = await this.authorizer.authorize(session, 'delegation.end', {});
    if (row.endedAt !== null || row.toDate < this.clock.today()) {
      throw new Problem('STATE_CONFLICT', 'Ủy quyền này đã hết hiệu lực từ trước.');
    }
    refusePast(lastDay, row.toDate, this.clock.today());
    const person = await this.database.read.findOneByOrFail(Person, { schoolId, id: row.toPersonId });
    const delegation = { id, toPersonId: row.toPersonId, fullName: person.fullName, scope: row.scope };
    return { change: { action: 'delegation.end', delegation, reason, lastDay }, rule };
  }
}
