/** Imports a class list: makes the class, its new pupils and their places, all or nothing, everything in the journal. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Action } from '#policy/types.js';
import type { RosterFields, RosterImportAnswer, RosterPreviewAnswer } from '#contracts/roster.js';
import type { WorkbookProblemAnswer } from '#contracts/workbook.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { dayOfClass, inForce } from '../school/class-info.js';
import { Relations } from '../school/relations.js';
import { refuseClosed } from '../school/closed-year.js';
import { Enrolment, Pupil, School, SchoolClass, SchoolYear } from '../school/school.entities.js';
import { normalizeClassName, sameClassName } from './class-name.js';
import { readClassList, type ClassListReading } from './class-list-workbook.js';
import { planRoster, type PlannedRow, type RosterPlan } from './roster-plan.js';
import { enrol, makeClass, makePupils, type UnsignedEvent } from './roster-rows.js';
import { foundProblem, problemAnswer, reading, refuseErrors, type Upload } from './upload.js';

const GRADES = { PRIMARY: [1, 5], LOWER_SECONDARY: [6, 9], UPPER_SECONDARY: [10, 12] } as const;

/** A list read, held against the school, and judged. */
interface Prepared {
  readonly year: SchoolYear;
  readonly className: string;
  readonly existing: SchoolClass | null;
  readonly reading: ClassListReading;
  readonly plan: RosterPlan;
  readonly problems: readonly WorkbookProblemAnswer[];
}

@Injectable()
export class RosterImport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly journal: Journal,
  ) {}

  /** What importing would do, row by row; changes nothing. @throws Problem NOT_FOUND, YEAR_CLOSED */
  async preview(session: SessionContext, upload: Upload<RosterFields>): Promise<RosterPreviewAnswer> {
    await this.authorize(session, 'roster.preview');
    const {
      year,
      className,
      existing,
      reading: read,
      plan,
      problems,
    } = await this.prepare(session.schoolId, upload);
    const count = (outcome: PlannedRow['outcome']) =>
      plan.rows.filter((row) => row.outcome === outcome).length;
    return {
      className,
      grade: plan.grade,
      yearLabel: year.label,
      classExists: existing !== null,
      sheet: read.sheet,
      counts: {
        new: count('new'),
        known: count('known'),
        present: count('present'),
        refused: count('refused'),
      },
      rows: plan.rows.map(({ row, outcome }) => {
        const { pupilCode: code, fullName, birthDate, sex } = row;
        return { row: row.row, code, fullName, birthDate, sex, outcome };
      }),
      problems: [...problems],
      importable: problems.every(({ severity }) => severity !== 'error'),
    };
  }

  /** @throws Problem WORKBOOK_INVALID naming every row that is wrong, YEAR_CLOSED; then nothing is imported */
  async import(session: SessionContext, upload: Upload<RosterFields>): Promise<RosterImportAnswer> {
    const rule = await this.authorize(session, 'roster.import');
    const { schoolId } = session;
    return this.database.write(async (tx) => {
      // Two imports into one year happen one after the other.
      await tx.find(SchoolYear, { where: { schoolId }, ...rowLock(tx) });
      const prepared = await this.prepare(schoolId, upload);
      refuseErrors(prepared.problems);
      const by = { actor: session.personId, session: session.sessionId, rule, at: this.clock.timestamp() };
      const events: UnsignedEvent[] = [];
      const created = prepared.existing === null;
      const schoolClass = prepared.existing ?? (await makeClass(tx, newClass(schoolId, prepared), events));
      const joining = prepared.plan.rows.filter(({ outcome }) => outcome === 'new' || outcome === 'known');
      const made = await makePupils(tx, schoolId, joining, events);
      const fromDate = created ? prepared.year.startsOn : dayOfClass(prepared.year, this.clock.today());
      await enrol(tx, { schoolId, classId: schoolClass.id, fromDate }, joining, made, events);
      await this.journal.appendAll(
        tx,
        schoolId,
        events.map((event) => ({ ...by, ...event })),
      );
      return {
        classId: schoolClass.id,
        className: schoolClass.name,
        created,
        newPupils: made.size,
        enrolled: joining.length,
        present: prepared.plan.rows.length - joining.length,
        warnings: [...prepared.problems],
      };
    });
  }

  private async authorize(session: SessionContext, action: Action): Promise<string> {
    return this.authorizer.authorize(session, action, await this.relations.ofSchool(session));
  }

  private async prepare(schoolId: string, { bytes, fields }: Upload<RosterFields>): Promise<Prepared> {
    const school = await this.database.read.findOneByOrFail(School, { id: schoolId });
    const chosen = fields.className === undefined ? undefined : normalizeClassName(fields.className);
    const read = await reading(
      readClassList(bytes, {
        grades: GRADES[school.level],
        ...(chosen === undefined ? {} : { known: [chosen] }),
        ...(fields.sheet === undefined ? {} : { sheet: fields.sheet }),
      }),
    );
    const year = await this.yearOf(schoolId, fields.yearId, read.title.schoolYear);
    refuseClosed(year);
    const className =
      chosen ?? read.title.className ?? read.rows.find((row) => row.className)?.className ?? '';
    const classes = await this.database.read.findBy(SchoolClass, { schoolId, yearId: year.id });
    const existing = classes.find((candidate) => sameClassName(candidate.name, className)) ?? null;
    const now = {
      pupils: await this.pupilsIn(schoolId, read),
      placed: await this.placed(schoolId, year, classes),
      className: existing?.name ?? className,
      grades: GRADES[school.level],
    };
    const problems = read.problems.map(problemAnswer);
    const errorRows = problems.filter(({ severity }) => severity === 'error').map(({ row }) => row ?? -1);
    const plan = planRoster(read.rows, new Set(errorRows), now);
    problems.push(...plan.problems, ...otherYear(year, read));
    return { year, className: now.className, existing, reading: read, plan, problems };
  }

  private async yearOf(
    schoolId: string,
    yearId: string | undefined,
    label: string | null,
  ): Promise<SchoolYear> {
    const years = await this.database.read.find(SchoolYear, {
      where: { schoolId },
      order: { startsOn: 'ASC' },
    });
    if (yearId !== undefined) {
      const year = years.find((candidate) => candidate.id === yearId);
      if (year === undefined) throw notFound('năm học');
      return year;
    }
    const today = this.clock.today();
    const year =
      years.find((candidate) => candidate.label === label) ??
      years.findLast((candidate) => candidate.startsOn <= today) ??
      years[0];
    if (year === undefined)
      throw new Problem('STATE_CONFLICT', 'Trường chưa có năm học nào; hãy lập năm học trước.');
    return year;
  }

  /** Pupils of the school with a code or a personal id of the list. */
  private async pupilsIn(schoolId: string, { rows }: ClassListReading): Promise<Pupil[]> {
    const ids = rows.flatMap((row) => (row.personalId === null ? [] : [row.personalId]));
    return this.database.read.find(Pupil, {
      where: [
        { schoolId, code: In(rows.map((row) => row.pupilCode)) },
        { schoolId, personalId: In(ids) },
      ],
    });
  }

  /** Pupil id → name of the class they are in this year. */
  private async placed(
    schoolId: string,
    year: SchoolYear,
    classes: readonly SchoolClass[],
  ): Promise<Map<string, string>> {
    const names = new Map(classes.map((each) => [each.id, each.name]));
    const where = { schoolId, classId: In([...names.keys()]) };
    const day = dayOfClass(year, this.clock.today());
    const enrolments = (await this.database.read.findBy(Enrolment, where)).filter((row) => inForce(row, day));
    return new Map(enrolments.map((row) => [row.pupilId, names.get(row.classId) ?? '']));
  }
}

function newClass(schoolId: string, { year, className, plan }: Prepared): SchoolClass {
  return { schoolId, id: randomUUID(), yearId: year.id, name: className, grade: plan.grade ?? 0 };
}

function otherYear(year: SchoolYear, { title }: ClassListReading): WorkbookProblemAnswer[] {
  if (title.schoolYear === null || title.schoolYear === year.label) return [];
  const message = `Tiêu đề ghi năm học ${title.schoolYear}, đang nhập vào năm học ${year.label}.`;
  return [foundProblem('OTHER_YEAR', 'error', null, message)];
}
