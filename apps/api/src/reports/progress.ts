/** How far entry had got at any moment: folded from the journal, so that the past cannot be told otherwise. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { PERIOD_LABELS } from '#regulations/labels.js';
import type {
  ClassProgress,
  ColumnProgress,
  ProgressAnswer,
  ProgressQuery,
  SheetProgressAnswer,
} from '#contracts/reports.js';
import { JournalEvent } from '../audit/journal.entities.js';
import { Clock, vietnamDate } from '../clock.js';
import { Database } from '../database/database.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { GroundStore } from '../gradebook/ground-store.js';
import { ClassGaps } from '../gradebook/missing-cells.js';
import { notFound } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import { Person } from '../identity/identity.entities.js';
import type { SessionContext } from '../identity/session-context.js';
import { YearNote } from '../results/results.entities.js';
import { ClassAccess } from '../school/class-access.js';
import {
  HOMEROOM,
  inForce,
  isHomeroomArea,
  sheetsOf,
  type ClassInfo,
  type ClassSheet,
} from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Relations } from '../school/relations.js';
import { SchoolClass, TeachingAssignment } from '../school/school.entities.js';

/** A cell as an event left it. */
type FoldedCell = Pick<
  MarkCell,
  'classId' | 'area' | 'period' | 'columnCode' | 'pupilId' | 'state' | 'value'
>;

@Injectable()
export class Progress {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly grounds: GroundStore,
  ) {}

  /**
   * Progress of the sheets that the person may follow, by class in the order of their names.
   * @throws Problem NOT_FOUND for a class asked for that they may not follow
   */
  async at(session: SessionContext, query: ProgressQuery): Promise<ProgressAnswer> {
    const at = new Date(query.at ?? this.clock.timestamp()).toISOString();
    const { schoolId } = session;
    await this.authorizer.authorize(session, 'school.read', await this.relations.ofSchool(session));
    const rows = await this.database.read.findBy(SchoolClass, {
      schoolId,
      yearId: query.yearId,
      ...(query.classId !== undefined && { id: query.classId }),
    });
    const infos = await this.classes.loadMany(
      schoolId,
      rows.map(({ id }) => id),
    );
    const asker = await this.access.asker(session);
    const followed = infos
      .map((info) => ({
        info,
        sheets: sheetsOf(info).filter(
          ({ area, period }) =>
            (query.period === undefined || period === query.period) &&
            asker.may('progress.read', asker.mine.sheet(info, area.area)),
        ),
      }))
      .filter(({ sheets }) => sheets.length > 0);
    if (query.classId !== undefined && followed.length === 0) throw notFound('lớp');
    followed.sort((a, b) => a.info.name.localeCompare(b.info.name, 'vi', { numeric: true }));
    const cells = await this.cellsAt(
      schoolId,
      followed.map(({ info }) => info.id),
      at,
    );
    const names = await this.teachers(schoolId);
    const classes: ClassProgress[] = [];
    for (const { info, sheets } of followed) {
      const gaps = await this.gapsAt(info, cells, vietnamDate(new Date(at)));
      const own = cells.filter(({ classId }) => classId === info.id);
      classes.push({
        classId: info.id,
        className: info.name,
        sheets: sheets.map((sheet) => sheetProgress(sheet, gaps, own, names(info, sheet, at))),
      });
    }
    return { at, classes };
  }

  /** What each cell held at the moment: the last event of each that is not younger. */
  private async cellsAt(schoolId: string, classIds: readonly string[], at: string): Promise<FoldedCell[]> {
    if (classIds.length === 0) return [];
    const events = await this.database.read
      .createQueryBuilder(JournalEvent, 'event')
      .select(['event.schoolId', 'event.seq', 'event.subjectId', 'event.payload'])
      .innerJoin(MarkCell, 'mark', 'mark.schoolId = event.schoolId AND mark.id = event.subjectId')
      .where("event.schoolId = :schoolId AND event.subject = 'marks'", { schoolId })
      .andWhere('mark.classId IN (:...classIds)', { classIds })
      .orderBy('event.seq', 'ASC')
      .getMany();
    const cells = new Map<string, FoldedCell>();
    for (const { subjectId, payload } of events) {
      if (payload === null) continue;
      const event = JSON.parse(payload) as { at: string; data: Partial<FoldedCell> };
      if (event.at > at) continue;
      cells.set(subjectId, { ...cells.get(subjectId), ...event.data } as FoldedCell);
    }
    return [...cells.values()].filter(({ state }) => state === 'recorded');
  }

  private async gapsAt(info: ClassInfo, cells: readonly FoldedCell[], day: string): Promise<ClassGaps> {
    const { schoolId, id: classId } = info;
    const pupils = (await this.classes.pupils(info)).filter(
      ({ enteredOn, leftOn }) => enteredOn <= day && (leftOn === null || day <= leftOn),
    );
    const notes = await this.database.read.findBy(YearNote, { schoolId, classId });
    const earlier = await this.grounds.earlier(schoolId, [classId]);
    const own = cells.filter((cell) => cell.classId === classId) as MarkCell[];
    return new ClassGaps(info, pupils, own, notes, earlier);
  }

  /** Names of those who had the sheet on the day. */
  private async teachers(schoolId: string) {
    const assignments = await this.database.read.findBy(TeachingAssignment, { schoolId });
    const ids = [...new Set(assignments.map(({ personId }) => personId))];
    const people = ids.length === 0 ? [] : await this.database.read.findBy(Person, { schoolId, id: In(ids) });
    const names = new Map(people.map(({ id, fullName }) => [id, fullName]));
    return (info: ClassInfo, sheet: ClassSheet, at: string) => {
      const area = isHomeroomArea(info, sheet.area.area) ? HOMEROOM : sheet.area.area;
      const day = vietnamDate(new Date(at));
      return assignments
        .filter((row) => row.classId === info.id && row.area === area && inForce(row, day))
        .map(({ personId }) => ({ id: personId, fullName: names.get(personId) ?? personId }));
    };
  }
}

function sheetProgress(
  sheet: ClassSheet,
  gaps: ClassGaps,
  cells: readonly FoldedCell[],
  teachers: SheetProgressAnswer['teachers'],
): SheetProgressAnswer {
  const { area, period, columns } = sheet;
  const { required, recorded } = gaps.progress(sheet);
  const missing = gaps.of(sheet);
  const own = cells.filter((cell) => cell.area === area.area && cell.period === period);
  return {
    ...{ area: area.area, label: area.label, period, periodLabel: PERIOD_LABELS[period] },
    ...{ teachers, required, recorded },
    columns: columns.map(({ code, label }): ColumnProgress => ({
      column: code,
      label,
      recorded: own.filter(({ columnCode }) => columnCode === code).length,
      missing: missing.filter(({ column }) => column === code).length,
    })),
  };
}
