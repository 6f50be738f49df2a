/** Reads the changes of optional subjects that were asked for in a class. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { SubjectChangeAnswer } from '#contracts/subject-changes.js';
import { Database } from '../database/database.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { areaLabel, type ClassInfo } from '../school/class-info.js';
import { People } from '../school/people.js';
import { Pupil, SubjectChange } from '../school/school.entities.js';

@Injectable()
export class SubjectChangeReader {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly people: People,
  ) {}

  /** For those who follow the whole class: its homeroom teacher and the managers. */
  async list(session: SessionContext, classId: string): Promise<SubjectChangeAnswer[]> {
    const { info } = await this.access.authorize(session, classId, 'subject.read');
    return this.ofClass(info);
  }

  /** Newest first. */
  async ofClass(info: ClassInfo): Promise<SubjectChangeAnswer[]> {
    const { schoolId } = info;
    const read = this.database.read;
    const rows = await read.find(SubjectChange, {
      where: { schoolId, classId: info.id },
      order: { requestedAt: 'DESC', id: 'ASC' },
    });
    const pupils = await read.findBy(Pupil, { schoolId, id: In(rows.map(({ pupilId }) => pupilId)) });
    const pupilNames = new Map(pupils.map(({ id, fullName }) => [id, fullName]));
    const names = await this.people.names(
      schoolId,
      rows.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy]),
    );
    const label = (code: string | null) => (code === null ? null : areaLabel(info, code));
    return rows.map((row): SubjectChangeAnswer => {
      const { id, pupilId, dropped, taken, effectiveOn, reason, application, state } = row;
      const { requestedAt, decidedAt, decision } = row;
      return {
        ...{ id, pupilId, dropped, taken, effectiveOn, reason, application, state },
        ...{ requestedAt, decidedAt, decision },
        pupilName: pupilNames.get(pupilId) ?? '',
        droppedLabel: label(dropped),
        takenLabel: label(taken),
        requestedBy: names(row.requestedBy),
        decidedBy: row.decidedBy === null ? null : names(row.decidedBy),
      };
    });
  }
}
