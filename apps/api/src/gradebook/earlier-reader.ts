/** Reads the earlier marks of a class, those that wait and those that were decided on. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { EarlierRequestAnswer } from '#contracts/earlier-marks.js';
import { Database } from '../database/database.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { areaLabel, type ClassInfo } from '../school/class-info.js';
import { People } from '../school/people.js';
import { Pupil } from '../school/school.entities.js';
import { EarlierMark } from './gradebook.entities.js';

@Injectable()
export class EarlierReader {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly people: People,
  ) {}

  /** For those who follow the whole class: its homeroom teacher and the managers. */
  async list(session: SessionContext, classId: string): Promise<EarlierRequestAnswer[]> {
    const { info } = await this.access.authorize(session, classId, 'transfer.read');
    return this.ofClass(info);
  }

  /** One answer a request, newest first. */
  async ofClass(info: ClassInfo): Promise<EarlierRequestAnswer[]> {
    const { schoolId } = info;
    const read = this.database.read;
    const rows = await read.find(EarlierMark, {
      where: { schoolId, classId: info.id },
      order: { enteredAt: 'DESC', area: 'ASC', period: 'ASC', columnCode: 'ASC' },
    });
    const pupils = await read.findBy(Pupil, { schoolId, id: In(rows.map(({ pupilId }) => pupilId)) });
    const pupilNames = new Map(pupils.map(({ id, fullName }) => [id, fullName]));
    const names = await this.people.names(
      schoolId,
      rows.flatMap(({ enteredBy, decidedBy }) => [enteredBy, decidedBy]),
    );
    const requests = new Map<string, EarlierMark[]>();
    for (const row of rows) requests.set(row.requestId, [...(requests.get(row.requestId) ?? []), row]);
    return [...requests.values()].flatMap((own): EarlierRequestAnswer[] => {
      const [first] = own;
      if (first === undefined) return [];
      const { requestId: id, pupilId, because, origin, evidence, state, enteredAt, decidedAt } = first;
      return [
        {
          ...{ id, pupilId, because, origin, evidence, state, enteredAt, decidedAt },
          pupilName: pupilNames.get(pupilId) ?? '',
          enteredBy: names(first.enteredBy),
          decidedBy: first.decidedBy === null ? null : names(first.decidedBy),
          decisionReason: first.decisionReason,
          cells: own.map(({ area, period, columnCode, value }) => ({
            ...{ area, areaLabel: areaLabel(info, area), period, column: columnCode, value },
          })),
        },
      ];
    });
  }
}
