/** What the school and its classes look like to the person who asks. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { switchesOf } from '#policy/switches.js';
import { PERIOD_LABELS } from '#regulations/labels.js';
import type {
  AssignmentAnswer,
  ClassAnswer,
  ClassesAnswer,
  ClassSummary,
  SchoolDetailsAnswer,
  SchoolYearAnswer,
  SheetOfClass,
} from '#contracts/school.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from './class-access.js';
import { areaLabel, HOMEROOM, inForce, sheetsOf, type ClassInfo } from './class-info.js';
import { Classes } from './classes.js';
import { People, type Names } from './people.js';
import { Relations, type MyAssignments } from './relations.js';
import { Enrolment, School, SchoolYear, type TeachingAssignment } from './school.entities.js';

@Injectable()
export class SchoolReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly access: ClassAccess,
    private readonly relations: Relations,
    private readonly classes: Classes,
    private readonly people: People,
  ) {}

  async school(session: SessionContext): Promise<SchoolDetailsAnswer> {
    await this.authorizer.authorize(session, 'school.read', await this.relations.ofSchool(session));
    const school = await this.database.read.findOneByOrFail(School, { id: session.schoolId });
    const years = await this.years(session.schoolId);
    const { id, slug, code, name, level, commune, province, origin, settings } = school;
    return {
      id,
      slug,
      code,
      name,
      level,
      commune,
      province,
      origin,
      demo: settings.demo,
      homeroomConfirms: switchesOf(settings).homeroomConfirms,
      years: years.map(yearAnswer),
      currentYearId: currentYear(years, this.clock.today())?.id ?? null,
    };
  }

  /** The classes of a year that the person may see: all for the managers and the office, one's own for a teacher. */
  async visibleClasses(session: SessionContext, yearId: string | undefined): Promise<ClassesAnswer> {
    await this.authorizer.authorize(session, 'school.read', await this.relations.ofSchool(session));
    const years = await this.years(session.schoolId);
    const year =
      yearId === undefined
        ? currentYear(years, this.clock.today())
        : years.find((candidate) => candidate.id === yearId);
    if (year === undefined) {
      if (yearId !== undefined) throw notFound('năm học');
      return { year: null, classes: [] };
    }
    const asker = await this.access.asker(session);
    const all = await this.classes.ofYear(session.schoolId, year.id);
    const visible = all.filter((info) => asker.may('class.read', asker.mine.class(info)));
    return { year: yearAnswer(year), classes: await this.summaries(visible, asker.mine) };
  }

  async class(session: SessionContext, classId: string): Promise<ClassAnswer> {
    const { info, asker } = await this.access.authorize(session, classId, 'class.read');
    const [summary] = await this.summaries([info], asker.mine);
    if (summary === undefined) throw new Error('a class that was loaded has no summary');
    const assignments = await this.classes.assignments([info]);
    const names = await this.people.names(
      info.schoolId,
      assignments.map((assignment) => assignment.personId),
    );
    const pupils = await this.classes.pupils(info);
    return {
      ...summary,
      pupils: pupils.map(({ pupil, enteredOn, leftOn }) => {
        const { id, code, fullName, sex, birthDate } = pupil;
        return { id, code, fullName, sex, birthDate, enteredOn, leftOn };
      }),
      assignments: assignments.map((assignment) => assignmentAnswer(info, assignment, names)),
      sheets: sheetRefs(info, asker.mine),
    };
  }

  private async summaries(infos: readonly ClassInfo[], mine: MyAssignments): Promise<ClassSummary[]> {
    const schoolId = infos[0]?.schoolId;
    if (schoolId === undefined) return [];
    const homerooms = (await this.classes.assignments(infos)).filter((row) => row.area === HOMEROOM);
    const names = await this.people.names(
      schoolId,
      homerooms.map((row) => row.personId),
    );
    const enrolments = await this.database.read.findBy(Enrolment, {
      schoolId,
      classId: In(infos.map((info) => info.id)),
    });
    return [...infos].sort(byGradeThenName).map((info) => {
      const homeroom = homerooms.find((row) => row.classId === info.id);
      const day = this.classes.dayOf(info);
      const present = enrolments.filter((row) => row.classId === info.id && inForce(row, day));
      return {
        id: info.id,
        name: info.name,
        grade: info.grade,
        yearId: info.year.id,
        yearLabel: info.year.label,
        ruleSet: info.ruleSet.id,
        pupilCount: new Set(present.map((row) => row.pupilId)).size,
        homeroom:
          homeroom === undefined ? null : { id: homeroom.personId, fullName: names(homeroom.personId) },
        mine: mine.areas(info),
      };
    });
  }

  private years(schoolId: string): Promise<SchoolYear[]> {
    return this.database.read.find(SchoolYear, { where: { schoolId }, order: { startsOn: 'ASC' } });
  }
}

/** Every sheet of a class as one refers to it. */
export function sheetRefs(info: ClassInfo, mine: MyAssignments): SheetOfClass[] {
  return sheetsOf(info).map(({ area, period }) => ({
    area: area.area,
    label: area.label,
    period,
    periodLabel: PERIOD_LABELS[period],
    mine: mine.teaches(info, area.area),
  }));
}

/** The year of the day, or else the last that has begun, or else the first. */
function currentYear(years: readonly SchoolYear[], today: string): SchoolYear | undefined {
  return years.findLast((year) => year.startsOn <= today) ?? years[0];
}

function yearAnswer(year: SchoolYear): SchoolYearAnswer {
  const { id, label, startsOn, endsOn, closedAt } = year;
  return { id, label, startsOn, endsOn, closed: closedAt !== null };
}

function assignmentAnswer(info: ClassInfo, row: TeachingAssignment, names: Names): AssignmentAnswer {
  const teacher = { id: row.personId, fullName: names(row.personId) };
  return { area: row.area, label: areaLabel(info, row.area), teacher, from: row.fromDate, to: row.toDate };
}

const byName = new Intl.Collator('vi', { numeric: true });

function byGradeThenName(a: ClassInfo, b: ClassInfo): number {
  return a.grade - b.grade || byName.compare(a.name, b.name);
}
