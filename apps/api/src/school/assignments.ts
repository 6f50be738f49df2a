/** Who teaches what (phân công chuyên môn, chủ nhiệm): entered by the managers or the IT officer, kept in the journal. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { AssignmentDto } from '#contracts/school.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem, type ProblemItem } from '../http/problem.js';
import { Person } from '../identity/identity.entities.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from './class-access.js';
import { areaLabel, areasOf, HOMEROOM, inForce, type ClassInfo } from './class-info.js';
import { Classes } from './classes.js';
import { TeachingAssignment } from './school.entities.js';

@Injectable()
export class Assignments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly journal: Journal,
  ) {}

  /**
   * Assigns people to areas of a class, all or none.
   * @throws Problem NOT_FOUND, FORBIDDEN (also an IT officer who names herself), VALIDATION (an area the class does not have,
   *   a day outside the year), ALREADY_EXISTS, STATE_CONFLICT (a second homeroom teacher without `replaces`)
   */
  async make(session: SessionContext, classId: string, wanted: readonly AssignmentDto[]): Promise<void> {
    const self = wanted.some(({ personId }) => personId === session.personId);
    const { info, rule } = await this.access.authorize(session, classId, 'assignment.make', (info, mine) => ({
      ...mine.class(info),
      self,
    }));
    const { schoolId } = info;
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [classId]);
      const personIds = [...new Set(wanted.map(({ personId }) => personId))];
      const people = await tx.findBy(Person, { schoolId, id: In(personIds) });
      if (people.length < personIds.length || people.some((person) => person.disabledAt !== null)) {
        throw notFound('người được phân công');
      }
      refuseWrong(info, wanted);
      const by = { actor: session.personId, session: session.sessionId, rule, at: this.clock.timestamp() };
      const events: NewEvent[] = [];
      for (const { area, personId, from = info.year.startsOn, replaces } of wanted) {
        const others = (await tx.findBy(TeachingAssignment, { schoolId, classId, area })).filter(
          (row) => inForce(row, from) || row.fromDate > from,
        );
        refuseClash(info, area, personId, others, replaces === true);
        for (const { id } of replaces === true ? others : []) {
          const ended = { toDate: dayBefore(from) };
          await tx.update(TeachingAssignment, { schoolId, id }, ended);
          const subject = 'teaching_assignments';
          events.push({ ...by, type: 'assignment.ended', subject, subjectId: id, data: ended });
        }
        const row = { schoolId, id: randomUUID(), classId, area, personId, fromDate: from, toDate: null };
        await tx.insert(TeachingAssignment, row);
        const subject = 'teaching_assignments';
        events.push({ ...by, type: 'assignment.made', subject, subjectId: row.id, data: rowData(row) });
      }
      await this.journal.appendAll(tx, schoolId, events);
    });
  }
}

function refuseWrong(info: ClassInfo, wanted: readonly AssignmentDto[]): void {
  const areas = new Set(areasOf(info).flatMap(({ area, subject }) => (subject === null ? [] : [area])));
  const items = wanted.flatMap(({ area, from }, i): ProblemItem[] => {
    const problems: ProblemItem[] = [];
    if (area !== HOMEROOM && !areas.has(area)) {
      const message = `Lớp ${info.name} không học môn ${area}.`;
      problems.push({ where: `assignments.${i}.area`, code: 'UNKNOWN_AREA', message });
    }
    if (from !== undefined && (from < info.year.startsOn || from > info.year.endsOn)) {
      const message = `Ngày ${from} nằm ngoài năm học ${info.year.label}.`;
      problems.push({ where: `assignments.${i}.from`, code: 'OUTSIDE_YEAR', message });
    }
    return problems;
  });
  if (items.length > 0) throw new Problem('VALIDATION', `Có ${items.length} phân công chưa đúng.`, items);
}

function refuseClash(
  info: ClassInfo,
  area: string,
  personId: string,
  others: readonly TeachingAssignment[],
  replaces: boolean,
): void {
  const label = areaLabel(info, area);
  if (others.some((row) => row.personId === personId)) {
    throw new Problem('ALREADY_EXISTS', `${label}, lớp ${info.name}: người này đã được phân công.`);
  }
  if (area === HOMEROOM && others.length > 0 && !replaces) {
    const detail = `Lớp ${info.name} đã có giáo viên chủ nhiệm; hãy chọn thay người cũ kể từ một ngày.`;
    throw new Problem('STATE_CONFLICT', detail);
  }
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) - 86_400_000).toISOString().slice(0, 10);
}
