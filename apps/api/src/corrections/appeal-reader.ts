/** Appeals as the people concerned see them, with what each may do now. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { AppealAnswer, AppealsQuery } from '#contracts/appeals.js';
import { Database } from '../database/database.js';
import { notFound } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess, type Asker } from '../school/class-access.js';
import { areaLabel, sheetOf, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { Pupil } from '../school/school.entities.js';
import { AppealRelations } from './appeal-relations.js';
import { Appeal } from './appeals.entities.js';
import { EvidenceFile } from './evidence.entities.js';

const STEPS = ['answer', 'withdraw'] as const;

@Injectable()
export class AppealReader {
  constructor(
    private readonly database: Database,
    private readonly authorizer: Authorizer,
    private readonly access: ClassAccess,
    private readonly relations: Relations,
    private readonly appealRelations: AppealRelations,
    private readonly classes: Classes,
    private readonly people: People,
  ) {}

  /** The appeals that the person may see, newest first. */
  async list(session: SessionContext, { state }: AppealsQuery): Promise<AppealAnswer[]> {
    await this.authorizer.authorize(session, 'school.read', await this.relations.ofSchool(session));
    const rows = await this.database.read.find(Appeal, {
      where: { schoolId: session.schoolId, ...(state === undefined ? {} : { state }) },
      order: { askedAt: 'DESC', id: 'ASC' },
    });
    return this.answers(session, rows);
  }

  /** @throws Problem NOT_FOUND when it is not there for this person */
  async one(session: SessionContext, id: string): Promise<AppealAnswer> {
    const rows = await this.database.read.findBy(Appeal, { schoolId: session.schoolId, id });
    const [answer] = await this.answers(session, rows);
    if (answer === undefined) throw notFound('đề nghị phúc khảo');
    return answer;
  }

  private async answers(session: SessionContext, rows: readonly Appeal[]): Promise<AppealAnswer[]> {
    const { schoolId } = session;
    if (rows.length === 0) return [];
    const asker = await this.access.asker(session);
    const infos = await this.classes.loadMany(
      schoolId,
      rows.map((row) => row.classId),
    );
    const pupils = await this.database.read.findBy(Pupil, {
      schoolId,
      id: In(rows.map((row) => row.pupilId)),
    });
    const names = await this.people.names(
      schoolId,
      rows.flatMap((row) => [row.askedBy, row.teacherOfRecord, row.answeredBy]),
    );
    const evidence = await this.evidence(schoolId, rows);
    const seen: AppealAnswer[] = [];
    for (const row of rows) {
      const info = infos.find((candidate) => candidate.id === row.classId);
      if (info === undefined) continue;
      const relation = await this.appealRelations.of(session, asker, info, row);
      if (!asker.may('appeal.read', relation)) continue;
      seen.push({
        ...placeOf(row, info),
        id: row.id,
        state: row.state,
        pupilName: pupils.find(({ id }) => id === row.pupilId)?.fullName ?? '',
        askedBy: names(row.askedBy),
        teacherOfRecord: names(row.teacherOfRecord),
        answeredBy: row.answeredBy === null ? null : names(row.answeredBy),
        evidence: mayRead(asker, relation) ? (evidence.get(row.id) ?? []) : [],
        may: STEPS.filter((step) => row.state === 'asked' && asker.may(`appeal.${step}`, relation)),
      });
    }
    return seen;
  }

  private async evidence(
    schoolId: string,
    rows: readonly Appeal[],
  ): Promise<ReadonlyMap<string, AppealAnswer['evidence']>> {
    const files = await this.database.read.find(EvidenceFile, {
      select: { schoolId: true, id: true, aboutId: true, kind: true, size: true, addedAt: true },
      where: { schoolId, about: 'appeal', aboutId: In(rows.map((row) => row.id)) },
      order: { addedAt: 'ASC', id: 'ASC' },
    });
    const byAppeal = new Map<string, AppealAnswer['evidence']>();
    for (const { aboutId, id, kind, size, addedAt } of files) {
      byAppeal.set(aboutId, [...(byAppeal.get(aboutId) ?? []), { id, kind, size, addedAt }]);
    }
    return byAppeal;
  }
}

function mayRead(asker: Asker, relation: Parameters<Asker['may']>[1]): boolean {
  return asker.may('evidence.read', { ...relation, requester: relation.appellant ?? false });
}

function placeOf(row: Appeal, info: ClassInfo) {
  const { pupilId, classId, area, period, columnCode, markId, markValue, reason, askedAt } = row;
  const columns = sheetOf(info, area, period)?.columns ?? [];
  return {
    ...{ pupilId, classId, className: info.name, area, areaLabel: areaLabel(info, area), period },
    column: columnCode,
    columnLabel: columns.find(({ code }) => code === columnCode)?.label ?? columnCode,
    ...{ markId, markValue, reason, askedAt, answeredAt: row.answeredAt, answer: row.answer },
    requestId: row.requestId,
  };
}
