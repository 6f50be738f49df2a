/** Reminders to the teachers of a sheet that still has gaps. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { ReminderAnswer, ReminderRequest } from '#contracts/reports.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { MissingCells } from '../gradebook/missing-cells.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { areaLabel, HOMEROOM, isHomeroomArea, sheetOf } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { Reminder } from './reports.entities.js';

@Injectable()
export class Reminders {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly gaps: MissingCells,
    private readonly journal: Journal,
  ) {}

  /** To me, newest first. */
  async mine(session: SessionContext): Promise<ReminderAnswer[]> {
    await this.authorizer.authorize(session, 'reminder.read', { self: true });
    const { schoolId, personId } = session;
    return this.answers(
      schoolId,
      await this.database.read.find(Reminder, {
        where: { schoolId, toPersonId: personId },
        order: { sentAt: 'DESC', id: 'ASC' },
        take: 200,
      }),
    );
  }

  /**
   * Reminds each teacher of the sheet but oneself.
   * @throws Problem NOT_FOUND (no such sheet), FORBIDDEN, STATE_CONFLICT (nothing is missing, or nobody has it)
   */
  async send(session: SessionContext, request: ReminderRequest): Promise<ReminderAnswer[]> {
    const { classId, area, period, message = null } = request;
    const { info, rule } = await this.access.authorize(session, classId, 'reminder.send', (its, mine) =>
      mine.sheet(its, area),
    );
    const { schoolId } = info;
    const sheet = sheetOf(info, area, period);
    if (sheet === null) throw notFound('sổ');
    const missing = (await this.gaps.ofClasses([info])).get(classId)?.of(sheet).length ?? 0;
    const own = isHomeroomArea(info, area) ? HOMEROOM : area;
    const to = (await this.classes.assignments([info]))
      .filter((row) => row.area === own && row.personId !== session.personId)
      .map(({ personId }) => personId);
    if (missing === 0) throw new Problem('STATE_CONFLICT', 'Sổ này không còn thiếu ô nào.');
    if (to.length === 0) throw new Problem('STATE_CONFLICT', 'Sổ này chưa có ai được phân công để nhắc.');
    const sentAt = this.clock.timestamp();
    const rows = [...new Set(to)].map((toPersonId) => ({
      ...{ schoolId, id: randomUUID(), classId, area, period, toPersonId, fromPersonId: session.personId },
      ...{ message, missing, sentAt, seenAt: null },
    }));
    await this.database.write(async (tx) => {
      await tx.insert(Reminder, rows);
      const events = rows.map((row): NewEvent => ({
        ...{ type: 'reminder.sent', subject: 'reminders', subjectId: row.id },
        ...{ actor: session.personId, session: session.sessionId, rule, at: sentAt, data: rowData(row) },
      }));
      await this.journal.appendAll(tx, schoolId, events);
    });
    return this.answers(schoolId, rows);
  }

  /** I have seen it. @throws Problem NOT_FOUND for another's */
  async see(session: SessionContext, id: string): Promise<void> {
    const { schoolId, personId } = session;
    const rule = await this.authorizer.authorize(session, 'reminder.read', { self: true });
    await this.database.write(async (tx) => {
      const row = await tx.findOneBy(Reminder, { schoolId, id, toPersonId: personId });
      if (row === null) throw notFound('lời nhắc');
      if (row.seenAt !== null) return;
      const seen = { seenAt: this.clock.timestamp() };
      await tx.update(Reminder, { schoolId, id, seenAt: IsNull() }, seen);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'reminder.seen', subject: 'reminders', subjectId: id, data: seen },
        ...{ actor: personId, session: session.sessionId, rule, at: seen.seenAt },
      });
    });
  }

  private async answers(schoolId: string, rows: readonly Reminder[]): Promise<ReminderAnswer[]> {
    const classIds = [...new Set(rows.map(({ classId }) => classId))];
    const infos = classIds.length === 0 ? [] : await this.classes.loadMany(schoolId, classIds);
    const names = await this.people.names(
      schoolId,
      rows.flatMap(({ fromPersonId, toPersonId }) => [fromPersonId, toPersonId]),
    );
    return rows.map(
      ({ id, classId, area, period, fromPersonId, toPersonId, message, missing, sentAt, seenAt }) => {
        const info = infos.find((candidate) => candidate.id === classId);
        return {
          ...{ id, classId, area, period, message, missing, sentAt, seenAt },
          className: info?.name ?? '',
          label: info === undefined ? area : areaLabel(info, area),
          from: { id: fromPersonId, fullName: names(fromPersonId) },
          to: { id: toPersonId, fullName: names(toPersonId) },
        };
      },
    );
  }
}
