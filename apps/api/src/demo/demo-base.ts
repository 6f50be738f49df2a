/** Writes a demo school's base: what exists before anyone types a mark. Years, people, roles, classes, assignments. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager, QueryDeepPartialEntity } from 'typeorm';
import { compulsorySubjects } from '#regulations/subjects.js';
import type {
  DemoSchool,
  Pupil as FixturePupil,
  SchoolYear as FixtureYear,
  StaffMember,
} from '#fixtures/model.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Appointment, Login, Person } from '../identity/identity.entities.js';
import { SecretBox } from '../identity/secret-box.js';
import {
  ClassSubject,
  Enrolment,
  Pupil,
  School,
  SchoolClass,
  SchoolYear,
  TeachingAssignment,
} from '../school/school.entities.js';
import type { DemoAccount, DemoPasswords } from './demo-accounts.js';

/** Area of a teaching assignment that stands for the homeroom (giáo viên chủ nhiệm). */
const HOMEROOM = 'GVCN';

const LEVELS = { primary: 'PRIMARY', 'lower-secondary': 'LOWER_SECONDARY' } as const;

@Injectable()
export class DemoBase {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly box: SecretBox,
  ) {}

  /** Writes the base in the caller's unit of work and answers the accounts made. */
  async write(tx: EntityManager, demo: DemoSchool, passwords: DemoPasswords): Promise<DemoAccount[]> {
    await this.writeSchool(tx, demo);
    const accounts = await this.writePeople(tx, demo, passwords);
    await writePupils(tx, demo.school.id, demo.pupils);
    for (const year of demo.years) await writeYear(tx, demo.school.id, year);
    await this.journal.append(tx, demo.school.id, {
      type: 'school.opened',
      subject: 'schools',
      subjectId: demo.school.id,
      actor: 'installation',
      at: this.clock.timestamp(),
      data: { slug: demo.school.slug, code: demo.school.code, demo: true },
    });
    return accounts;
  }

  /** Closes a year that is over: its transcripts are issued. Closing is no feature of the API yet. */
  async closeYear(tx: EntityManager, schoolId: string, yearId: string): Promise<void> {
    const closedAt = this.clock.timestamp();
    await tx.update(SchoolYear, { schoolId, id: yearId }, { closedAt });
    await this.journal.append(tx, schoolId, {
      type: 'year.closed',
      subject: 'school_years',
      subjectId: yearId,
      actor: 'installation',
      at: closedAt,
      data: { id: yearId, closedAt },
    });
  }

  private async writeSchool(tx: EntityManager, { school }: DemoSchool): Promise<void> {
    await tx.insert(School, {
      id: school.id,
      slug: school.slug,
      code: school.code,
      name: school.name,
      level: LEVELS[school.level],
      commune: school.commune,
      province: school.province,
      origin: school.origin,
      settings: { homeroomConfirms: school.level !== 'primary', allowTotpStepUp: true, demo: true },
    });
    await this.journal.open(tx, school.id);
  }

  private async writePeople(
    tx: EntityManager,
    demo: DemoSchool,
    passwords: DemoPasswords,
  ): Promise<DemoAccount[]> {
    const schoolId = demo.school.id;
    const accounts = demo.staff.map((member) => this.account(demo.school.slug, member, passwords));
    await tx.insert(
      Person,
      accounts.map((account) => ({
        schoolId,
        id: account.personId,
        username: account.username,
        fullName: account.fullName,
        title: account.title,
        passwordHash: passwords.hash,
        totpSecret: this.box.seal(account.totpSecret, `totp/${account.personId}`),
        totpLastStep: 0,
        disabledAt: null,
      })),
    );
    await tx.insert(
      Login,
      accounts.map(({ username, personId }) => ({ username, schoolId, personId })),
    );
    await tx.insert(
      Appointment,
      demo.staff.flatMap((member) => appointmentRows(schoolId, member)),
    );
    return accounts;
  }

  private account(school: string, member: StaffMember, passwords: DemoPasswords): DemoAccount {
    return {
      school,
      personId: member.id,
      username: member.username,
      fullName: member.fullName,
      title: member.title,
      roles: rolesOf(member),
      password: passwords.password,
      totpSecret: passwords.totpSecret(),
    };
  }
}

function rolesOf(member: StaffMember): string[] {
  return [...new Set(member.appointments.flatMap((a) => (a.sealer ? [a.role, 'sealer'] : [a.role])))];
}

function appointmentRows(schoolId: string, member: StaffMember) {
  return member.appointments.flatMap((a) =>
    (a.sealer ? [a.role, 'sealer'] : [a.role]).map((role) => ({
      schoolId,
      id: randomUUID(),
      personId: member.id,
      role,
      fromDate: a.from,
      toDate: a.to,
      decisionNumber: a.decisionNumber,
      appointedBy: null,
    })),
  );
}

async function writeYear(tx: EntityManager, schoolId: string, year: FixtureYear): Promise<void> {
  const from = year.calendar.map((event) => event.from).sort()[0] ?? `${year.name.slice(0, 4)}-08-29`;
  await tx.insert(SchoolYear, {
    schoolId,
    id: year.id,
    label: year.name,
    startsOn: from,
    endsOn: `${year.name.slice(5)}-08-31`,
    closedAt: null,
  });
  await tx.insert(
    SchoolClass,
    year.classes.map((c) => ({ schoolId, id: c.id, yearId: year.id, name: c.name, grade: c.grade })),
  );
  await tx.insert(
    ClassSubject,
    year.classes.flatMap((c) =>
      compulsorySubjects(c.grade).map((subject) => ({
        schoolId,
        classId: c.id,
        subjectCode: subject.code,
        periodsPerYear: subject.periodsPerYear,
      })),
    ),
  );
  await tx.insert(TeachingAssignment, assignmentRows(schoolId, year));
  const enrolments = year.classes.flatMap((c) =>
    c.pupilIds.map((pupilId) => ({
      schoolId,
      id: randomUUID(),
      classId: c.id,
      pupilId,
      fromDate: from,
      toDate: null,
    })),
  );
  await insertAll(tx, Enrolment, enrolments);
}

async function writePupils(
  tx: EntityManager,
  schoolId: string,
  pupils: readonly FixturePupil[],
): Promise<void> {
  const rows = pupils.map((pupil) => ({
    schoolId,
    id: pupil.id,
    code: pupil.code,
    personalId: pupil.personalId,
    registerNumber: pupil.registerNumber,
    fullName: pupil.fullName,
    sex: pupil.sex,
    birthDate: pupil.birthDate,
    birthPlace: pupil.birthPlace,
    ethnicity: pupil.ethnicity,
    nationality: pupil.nationality,
    address: pupil.address,
    guardians: pupil.guardians.map((g) => ({
      relation: g.relation,
      name: g.fullName,
      occupation: g.occupation,
    })),
  }));
  await insertAll(tx, Pupil, rows);
}

/** Rows in pieces that stay under SQLite's limit of variables in one statement. */
const ROWS_PER_INSERT = 500;

async function insertAll<T extends object>(
  tx: EntityManager,
  entity: new () => T,
  rows: readonly QueryDeepPartialEntity<T>[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
    await tx.insert(entity, rows.slice(i, i + ROWS_PER_INSERT));
  }
}

function assignmentRows(schoolId: string, year: FixtureYear) {
  const row = (
    id: string,
    classId: string,
    area: string,
    personId: string,
    fromDate: string,
    toDate: string | null,
  ) => ({
    schoolId,
    id,
    classId,
    area,
    personId,
    fromDate,
    toDate,
  });
  return [
    ...year.homerooms.map((h) => row(h.id, h.classId, HOMEROOM, h.teacherId, h.from, h.to)),
    ...year.teaching.map((t) => row(t.id, t.classId, t.subject, t.teacherId, t.from, t.to)),
  ];
}
