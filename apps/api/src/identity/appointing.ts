/** Gives and ends roles (bổ nhiệm, phân công, thôi vai trò): by a second factor, kept in the journal, never for oneself. */
import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AppointmentParams, EndParams } from '#contracts/staff.js';
import type { Relation, Role } from '#policy/types.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { School, SchoolClass } from '../school/school.entities.js';
import { Acts, type ActAnswer, type Change } from './acts.js';
import { isHeld } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { Appointment, Person, type Charge } from './identity.entities.js';
import type { SessionContext } from './session-context.js';

/** Roles given by a numbered decision (quyết định). */
const BY_DECISION: readonly string[] = [
  'principal',
  'vice-principal',
  'group-head',
  'clerk',
  'it-officer',
  'sealer',
];

/** What is to happen, and the rule that allows it. */
export interface Planned {
  readonly change: Change;
  readonly rule: string;
}

@Injectable()
export class Appointing implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly acts: Acts,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('appointment.make', async (session, params) => {
      return (await this.planMaking(session, validated(AppointmentParams, params))).change;
    });
    this.acts.register('appointment.end', async (session, params) => {
      return (await this.planEnding(session, validated(EndParams, params))).change;
    });
  }

  /**
   * Appoints a person.
   * @throws Problem NOT_FOUND (person, class), FORBIDDEN, VALIDATION (days, no decision), ALREADY_EXISTS,
   *   STATE_CONFLICT (a second principal at a time)
   */
  async make(session: SessionContext, params: AppointmentParams, act: ActAnswer): Promise<void> {
    const { schoolId } = session;
    await this.database.write(async (tx) => {
      await holdStaff(tx, schoolId);
      const { change, rule } = await this.planMaking(session, params);
      await this.acts.use(tx, session, act, 'appointment.make', change);
      const row = {
        schoolId,
        id: randomUUID(),
        personId: params.personId,
        role: params.role,
        fromDate: params.from,
        toDate: params.to ?? null,
        decisionNumber: params.decisionNumber ?? null,
        appointedBy: session.personId,
        charge: chargeOf(params),
        endedAt: null,
        endedBy: null,
        endReason: null,
      };
      await tx.insert(Appointment, row);
      await this.journal.append(tx, schoolId, {
        ...byAct(session, act, rule, this.clock.timestamp()),
        ...{ type: 'appointment.made', subject: 'appointments', subjectId: row.id },
        data: { ...rowData(row), charge: row.charge && { ...row.charge } },
      });
    });
  }

  /** Ends an appointment, at once or with a last day. @throws Problem NOT_FOUND, FORBIDDEN, STATE_CONFLICT (over, or the only principal) */
  async end(session: SessionContext, params: EndParams, act: ActAnswer): Promise<void> {
    const { schoolId } = session;
    await this.database.write(async (tx) => {
      await holdStaff(tx, schoolId);
      const { change, rule } = await this.planEnding(session, params);
      await this.acts.use(tx, session, act, 'appointment.end', change);
      const at = this.clock.timestamp();
      const ended = endOf(session, params, at);
      await tx.update(Appointment, { schoolId, id: params.id }, ended);
      await this.journal.append(tx, schoolId, {
        ...byAct(session, act, rule, at),
        ...{ type: 'appointment.ended', subject: 'appointments', subjectId: params.id, data: ended },
      });
    });
  }

  private async planMaking(session: SessionContext, params: AppointmentParams): Promise<Planned> {
    const { schoolId } = session;
    const { personId, role, from, to } = params;
    const person = await this.database.read.findOneBy(Person, { schoolId, id: personId });
    if (!person || person.disabledAt !== null) throw notFound('người được bổ nhiệm');
    const rule = await this.authorizer.authorize(
      session,
      'appointment.make',
      relationOf(session, personId, role),
    );
    refuseDays(params);
    if (BY_DECISION.includes(role) && params.decisionNumber === undefined) {
      throw invalid('decisionNumber', 'Vai trò này được giao bằng quyết định: hãy ghi số quyết định.');
    }
    await this.refuseUnknownClasses(schoolId, params);
    await this.refuseClash(schoolId, params);
    const charge = chargeOf(params);
    const appointment = {
      personId,
      fullName: person.fullName,
      role,
      from,
      to: to ?? null,
      decisionNumber: params.decisionNumber ?? null,
      charge: charge === null ? null : { ...charge },
    };
    return { change: { action: 'appointment.make', appointment }, rule };
  }

  private async planEnding(session: SessionContext, params: EndParams): Promise<Planned> {
    const { schoolId } = session;
    const { id, reason, lastDay = null } = params;
    const row = await this.database.read.findOneBy(Appointment, { schoolId, id });
    if (!row) throw notFound('vai trò này');
    const relation = relationOf(session, row.personId, row.role);
    const rule = await this.authorizer.authorize(session, 'appointment.end', relation);
    const today = this.clock.today();
    if (row.endedAt !== null || (row.toDate !== null && row.toDate < today)) {
      throw new Problem('STATE_CONFLICT', 'Vai trò này đã thôi từ trước.');
    }
    refusePast(lastDay, row.toDate, today);
    if (row.role === 'principal' && lastDay === null) await this.refuseLastPrincipal(row, today);
    const person = await this.database.read.findOneByOrFail(Person, { schoolId, id: row.personId });
    const appointment = { id, personId: row.personId, fullName: person.fullName, role: row.role };
    return { change: { action: 'appointment.end', appointment, reason, lastDay }, rule };
  }

  private async refuseUnknownClasses(schoolId: string, { charge }: AppointmentParams): Promise<void> {
    const classIds = [...new Set(charge?.classIds ?? [])];
    if (classIds.length === 0) return;
    const known = await this.database.read.countBy(SchoolClass, { schoolId, id: In(classIds) });
    if (known < classIds.length) throw notFound('lớp được giao phụ trách');
  }

  private async refuseClash(schoolId: string, params: AppointmentParams): Promise<void> {
    const rows = await this.database.read.findBy(Appointment, { schoolId, role: params.role });
    const meanwhile = rows.filter((row) => row.endedAt === null && overlaps(row, params));
    const charge = JSON.stringify(chargeOf(params));
    if (meanwhile.some((row) => row.personId === params.personId && JSON.stringify(row.charge) === charge)) {
      throw new Problem('ALREADY_EXISTS', 'Người này đã giữ vai trò ấy trong thời gian ấy.');
    }
    if (params.role === 'principal' && meanwhile.length > 0) {
      const detail =
        'Trong thời gian ấy trường đang có Hiệu trưởng; hãy cho thôi vai trò cũ kể từ ngày bàn giao trước.';
      throw new Problem('STATE_CONFLICT', detail);
    }
  }

  private async refuseLastPrincipal(row: Appointment, today: string): Promise<void> {
    const { schoolId, id, role } = row;
    const others = await this.database.read.findBy(Appointment, { schoolId, role });
    if (others.some((other) => other.id !== id && isHeld(other, today))) return;
    const detail =
      'Đây là Hiệu trưởng duy nhất, thôi ngay thì không ai bổ nhiệm được nữa: hãy ghi ngày cuối, rồi bổ nhiệm người kế nhiệm từ ngày sau đó.';
    throw new Problem('STATE_CONFLICT', detail);
  }
}

/** Two appointments at once are looked at one after the other: there is one principal at a time. */
async function holdStaff(tx: EntityManager, schoolId: string): Promise<void> {
  await tx.findOneOrFail(School, { where: { id: schoolId }, ...rowLock(tx) });
}

function relationOf(session: SessionContext, personId: string, role: string): Relation {
  return { self: personId === session.personId, appointedRole: role as Role };
}

function chargeOf({ charge }: AppointmentParams): Charge | null {
  if (charge === undefined) return null;
  const { name, grades, classIds, subjects } = charge;
  return {
    ...(name !== undefined && { name }),
    ...(grades && { grades: [...grades].sort((a, b) => a - b) }),
    ...(classIds && { classIds: [...classIds].sort() }),
    ...(subjects && { subjects: [...subjects].sort() }),
  };
}

/** Who did it in which session, by which act and rule: of a change that a second factor was asked for. */
export function byAct({ personId, sessionId }: SessionContext, act: ActAnswer, rule: string, at: string) {
  return { actor: personId, session: sessionId, act: act.id, rule, at };
}

/** How an ending is kept: at once by its moment, with a last day by that day. */
export function endOf(session: SessionContext, { reason, lastDay }: EndParams, now: string) {
  const by = { endedBy: session.personId, endReason: reason };
  return lastDay === undefined ? { ...by, endedAt: now } : { ...by, toDate: lastDay };
}

/** A last day lies between today and the last day there was. */
export function refusePast(lastDay: string | null, before: string | null, today: string): void {
  if (lastDay === null) return;
  if (lastDay < today) throw invalid('lastDay', 'Ngày cuối đã qua; muốn thôi ngay thì bỏ trống ngày cuối.');
  if (before !== null && lastDay > before)
    throw invalid('lastDay', `Vai trò này vốn chỉ đến ngày ${before}.`);
}

/** A day that a span ends on cannot come before it begins. */
export function refuseDays({ from, to }: { readonly from: string; readonly to?: string }): void {
  if (to !== undefined && to < from) throw invalid('to', 'Ngày kết thúc đứng trước ngày bắt đầu.');
}

function overlaps(row: Appointment, { from, to }: AppointmentParams): boolean {
  return (to === undefined || row.fromDate <= to) && (row.toDate === null || from <= row.toDate);
}

function invalid(where: string, message: string): Problem {
  return new Problem('VALIDATION', message, [{ where, code: 'NOT_POSSIBLE', message }]);
}
