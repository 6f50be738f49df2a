/** Finds classes, and who is in them, always within one school. */
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { sortByName } from '#contracts/name-order.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound } from '../http/problem.js';
import { refuseClosed } from './closed-year.js';
import { classInfo, dayOfClass, inForce, type ClassInfo } from './class-info.js';
import {
  ClassSubject,
  Enrolment,
  Pupil,
  School,
  SchoolClass,
  SchoolYear,
  SubjectChange,
  TeachingAssignment,
} from './school.entities.js';

/** A pupil in a class, from when to when. */
export interface ClassPupil {
  readonly pupil: Pupil;
  readonly enteredOn: string;
  /** Last day in the class; null for those who are there. */
  readonly leftOn: string | null;
}

@Injectable()
export class Classes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem NOT_FOUND also for a class of another school */
  async load(schoolId: string, classId: string): Promise<ClassInfo> {
    const [info] = await this.loadMany(schoolId, [classId]);
    if (info === undefined) throw notFound('lớp');
    return info;
  }

  /** The classes that exist among these, in no order. */
  async loadMany(schoolId: string, classIds: readonly string[]): Promise<ClassInfo[]> {
    if (classIds.length === 0) return [];
    const read = this.database.read;
    const rows = await read.findBy(SchoolClass, { schoolId, id: In([...new Set(classIds)]) });
    return this.complete(schoolId, rows);
  }

  /** Every class of a year. */
  async ofYear(schoolId: string, yearId: string): Promise<ClassInfo[]> {
    return this.complete(schoolId, await this.database.read.findBy(SchoolClass, { schoolId, yearId }));
  }

  /**
   * Holds classes for the rest of a unit of work: whoever writes marks, locks or results of a class does this first,
   * so that a lock and a write, or two writes, happen one after the other.
   * @param closedYear 'allowed' for what corrections bring with them in a year that is closed, and for what is issued of it
   * @throws Problem NOT_FOUND when one of them does not exist; YEAR_CLOSED
   */
  async hold(
    tx: EntityManager,
    schoolId: string,
    classIds: readonly string[],
    closedYear: 'refused' | 'allowed' = 'refused',
  ): Promise<void> {
    const ids = [...new Set(classIds)].sort();
    const held = await tx.find(SchoolClass, {
      where: { schoolId, id: In(ids) },
      order: { id: 'ASC' },
      ...rowLock(tx),
    });
    if (held.length < ids.length) throw notFound('lớp');
    if (closedYear === 'allowed' || held.length === 0) return;
    const yearIds = [...new Set(held.map(({ yearId }) => yearId))];
    (await tx.findBy(SchoolYear, { schoolId, id: In(yearIds) })).forEach(refuseClosed);
  }

  /** The day on which the class's people are looked up. */
  dayOf(info: ClassInfo): string {
    return dayOfClass(info.year, this.clock.today());
  }

  /** Everyone who is or was in the class, in the order of a class list. */
  async pupils(info: ClassInfo): Promise<ClassPupil[]> {
    const read = this.database.read;
    const { schoolId } = info;
    const enrolments = await read.findBy(Enrolment, { schoolId, classId: info.id });
    const ids = [...new Set(enrolments.map((enrolment) => enrolment.pupilId))];
    const pupils = ids.length === 0 ? [] : await read.findBy(Pupil, { schoolId, id: In(ids) });
    const day = this.dayOf(info);
    const found = pupils.map((pupil) => placed(pupil, enrolments, day));
    return sortByName(
      found,
      ({ pupil }) => pupil.fullName,
      ({ pupil }) => `${pupil.birthDate} ${pupil.code}`,
    );
  }

  /** Those who are in the class today (or, of a year that is over, on its last day). */
  async presentPupils(info: ClassInfo): Promise<ClassPupil[]> {
    return (await this.pupils(info)).filter(({ leftOn }) => leftOn === null);
  }

  /** Assignments of these classes in force on the classes' day. */
  async assignments(infos: readonly ClassInfo[]): Promise<TeachingAssignment[]> {
    const schoolId = infos[0]?.schoolId;
    if (schoolId === undefined) return [];
    const days = new Map(infos.map((info) => [info.id, this.dayOf(info)]));
    const rows = await this.database.read.find(TeachingAssignment, {
      where: { schoolId, classId: In([...days.keys()]) },
      order: { fromDate: 'ASC', id: 'ASC' },
    });
    return rows.filter((row) => inForce(row, days.get(row.classId) ?? ''));
  }

  private async complete(schoolId: string, rows: readonly SchoolClass[]): Promise<ClassInfo[]> {
    if (rows.length === 0) return [];
    const read = this.database.read;
    const school = await read.findOneByOrFail(School, { id: schoolId });
    const years = await read.findBy(SchoolYear, { schoolId });
    const subjects = await read.findBy(ClassSubject, { schoolId, classId: In(rows.map((row) => row.id)) });
    const yearIds = [...new Set(rows.map(({ yearId }) => yearId))];
    const changes = await read.findBy(SubjectChange, { schoolId, yearId: In(yearIds), state: 'approved' });
    return rows.map((row) => {
      const year = years.find((candidate) => candidate.id === row.yearId);
      if (year === undefined) throw new Error(`class ${row.id} names a year that does not exist`);
      return classInfo(
        school,
        year,
        row,
        subjects.filter((subject) => subject.classId === row.id),
        changes.filter((change) => change.yearId === row.yearId),
      );
    });
  }
}

function placed(pupil: Pupil, enrolments: readonly Enrolment[], day: string): ClassPupil {
  const own = enrolments.filter((enrolment) => enrolment.pupilId === pupil.id);
  const present = own.some((enrolment) => inForce(enrolment, day) || enrolment.fromDate > day);
  const enteredOn = own.map((enrolment) => enrolment.fromDate).sort()[0] ?? '';
  const lastDay =
    own
      .map((enrolment) => enrolment.toDate ?? '')
      .sort()
      .at(-1) ?? '';
  return { pupil, enteredOn, leftOn: present ? null : lastDay };
}
