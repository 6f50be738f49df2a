/** Reads locks, and previews what sheets lack before they are locked. */
import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import type { LockAnswer, LockPreviewQuery, LockPreviewSheet, ReopeningAnswer } from '#contracts/locks.js';
import { Database } from '../database/database.js';
import { MissingCells, type ClassGaps } from '../gradebook/missing-cells.js';
import { notFound } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import {
  areaLabel,
  HOMEROOM,
  isHomeroomArea,
  sheetsOf,
  type ClassInfo,
  type ClassSheet,
} from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { Gates, sheetKey } from './gates.js';
import { PeriodLock } from './windows.entities.js';

@Injectable()
export class LockReader {
  constructor(
    private readonly database: Database,
    private readonly authorizer: Authorizer,
    private readonly access: ClassAccess,
    private readonly relations: Relations,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly gates: Gates,
    private readonly gaps: MissingCells,
  ) {}

  /** What the sheets lack, and whom to ask for it. */
  async preview(session: SessionContext, query: LockPreviewQuery): Promise<LockPreviewSheet[]> {
    const infos = await this.classes.loadMany(session.schoolId, query.classIds);
    if (infos.length < new Set(query.classIds).size) throw notFound('lớp');
    const asker = await this.access.asker(session);
    for (const info of infos) asker.authorize(info, 'period.preview', asker.mine.class(info));
    const gaps = await this.gaps.ofClasses(infos);
    const locked = await this.inForce(session.schoolId, query.classIds);
    const teachers = await this.teachersOf(infos);
    return infos.flatMap((info) =>
      sheetsOf(info)
        .filter((sheet) => wanted(sheet, query))
        .map((sheet) => previewOf(info, sheet, gaps.get(info.id), locked, teachers)),
    );
  }

  /** Every lock of a class, lifted ones too, newest first. */
  async ofClass(session: SessionContext, classId: string): Promise<LockAnswer[]> {
    const { info } = await this.access.authorize(session, classId, 'sheet.list');
    const { schoolId } = info;
    const rows = await this.database.read.find(PeriodLock, {
      where: { schoolId, classId },
      order: { lockedAt: 'DESC', area: 'ASC', period: 'ASC' },
    });
    return this.answers(schoolId, rows);
  }

  /** What was reopened in the school, newest first: the principal sees every one, with its reason. */
  async reopenings(session: SessionContext): Promise<ReopeningAnswer[]> {
    await this.authorizer.authorize(session, 'period.reopenings', await this.relations.ofSchool(session));
    const { schoolId } = session;
    const rows = await this.database.read.find(PeriodLock, {
      where: { schoolId, liftedAt: Not(IsNull()) },
      order: { liftedAt: 'DESC', id: 'ASC' },
    });
    const infos = await this.classes.loadMany(
      schoolId,
      rows.map((row) => row.classId),
    );
    const classes = new Map(infos.map((info) => [info.id, info]));
    const relocked = await this.inForce(
      schoolId,
      infos.map((info) => info.id),
    );
    return (await this.answers(schoolId, rows)).map((answer) => {
      const info = classes.get(answer.classId);
      return {
        ...answer,
        className: info?.name ?? '',
        areaLabel: info === undefined ? answer.area : areaLabel(info, answer.area),
        lockedAgain: relocked.has(sheetKey(answer)),
      };
    });
  }

  /** Locks in force, each as "class area period". */
  inForce(schoolId: string, classIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.gates.locked(schoolId, classIds);
  }

  async answers(schoolId: string, rows: readonly PeriodLock[]): Promise<LockAnswer[]> {
    const names = await this.people.names(
      schoolId,
      rows.flatMap((row) => [row.lockedBy, row.liftedBy]),
    );
    return rows.map((row) => {
      const { id, classId, area, period, lockedAt, gapsReason, liftedAt, liftReason } = row;
      const liftedBy = row.liftedBy === null ? null : names(row.liftedBy);
      const lockedBy = names(row.lockedBy);
      return { id, classId, area, period, lockedBy, lockedAt, gapsReason, liftedAt, liftedBy, liftReason };
    });
  }

  private async teachersOf(
    infos: readonly ClassInfo[],
  ): Promise<(info: ClassInfo, area: string) => string[]> {
    const assignments = await this.classes.assignments(infos);
    const names = await this.people.names(
      infos[0]?.schoolId ?? '',
      assignments.map((assignment) => assignment.personId),
    );
    return (info, area) => {
      const kept = isHomeroomArea(info, area) ? HOMEROOM : area;
      const own = assignments.filter((row) => row.classId === info.id && row.area === kept);
      return [...new Set(own.map((row) => names(row.personId)))];
    };
  }
}

function wanted({ area, period }: ClassSheet, { areas, periods }: LockPreviewQuery): boolean {
  return (areas?.includes(area.area) ?? true) && (periods?.includes(period) ?? true);
}

function previewOf(
  info: ClassInfo,
  sheet: ClassSheet,
  gaps: ClassGaps | undefined,
  locked: ReadonlySet<string>,
  teachers: (info: ClassInfo, area: string) => string[],
): LockPreviewSheet {
  const { area, label } = sheet.area;
  const { period } = sheet;
  return {
    classId: info.id,
    className: info.name,
    area,
    areaLabel: label,
    period,
    locked: locked.has(sheetKey({ classId: info.id, area, period })),
    teachers: teachers(info, area),
    missing: gaps?.of(sheet) ?? [],
  };
}
