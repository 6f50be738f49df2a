/** Writes a demo school's base: what exists before anyone types a mark. Years, people, roles, classes, assignments. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { compulsorySubjects } from '#regulations/subjects.js';
import type {
  DemoSchool,
  Pupil as FixturePupil,
  SchoolYear as FixtureYear,
  StaffMember,
} from '#fixtures/model.js';
import { BaseRows } from '../audit/base-rows.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Appointment, Login, Person } from '../identity/identity.entities.js';
import { Passkey } from '../identity/passkeys.entities.js';
import { RelyingParty } from '../identity/relying-party.js';
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
import { demoPasskeys } from './demo-passkeys.js';

/** Area of a teaching assignment that stands for the homeroom (giáo viên chủ nhiệm). */
const HOMEROOM = 'GVCN';

const LEVELS = { primary: 'PRIMARY', 'lower-secondary': 'LOWER_SECONDARY' } as const;

@Injectable()
export class DemoBase {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly server: RelyingParty,
  ) {}

  /** Writes the base in the caller's unit of work and answers the accounts made. */
  async write(tx: EntityManager, demo: DemoSchool, passwords: DemoPasswords): Promise<DemoAccount[]> {
    const base = new BaseRows(tx, demo.school.id, this.clock.timestamp());
    await this.writeSchool(base, tx, demo);
    const accounts = await this.writePeople(base, demo, passwords);
    await base.enter(
      Pupil,
      demo.pupils.map((pupil) => pupilRow(demo.school.id, pupil)),
    );
    for (const year of demo.years) await writeYear(base, demo.school.id, year);
    await base.record(this.journal);
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

  private async writeSchool(base: BaseRows, tx: EntityManager, { school }: DemoSchool): Promise<void> {
    const row: School = {
      id: school.id,
      slug: school.slug,
      code: school.code,
      name: school.name,
      level: LEVELS[school.level],
      commune: school.commune,
      province: school.province,
      origin: school.origin,
      settings: { homeroomConfirms: school.level !== 'primary', allowTotpStepUp: true, demo: true },
    };
    await base.enter(School, [row]);
    await this.journal.open(tx, school.id);
  }

  private async writePeople(
    base: BaseRows,
    demo: DemoSchool,
    passwords: DemoPasswords,
  ): Promise<DemoAccount[]> {
    const schoolId = demo.school.id;
    const accounts = demo.staff.map((member) => this.account(demo.school.slug, member, passwords));
    await base.enter<Partial<Person>>(
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
        activatedAt: this.clock.timestamp(),
        disabledAt: null,
      })),
    );
    await base.enter(
      Login,
      accounts.map(({ username, personId }) => ({ username, schoolId, personId })),
    );
    await base.enter<Partial<Appointment>>(
      Appointment,
      demo.staff.flatMap((member) => appointmentRows(schoolId, member)),
    );
    const passkeys = await demoPasskeys(demo, this.server, this.clock.timestamp());
    const rows = [...passkeys.values()].map(({ row }) => row);
    await base.enter(Passkey, rows);
    return accounts.map((account) => {
      const passkey = passkeys.get(account.personId)?.stored;
      return passkey === undefined ? account : { ...account, passkey };
    });
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
      charge: (role === a.role ? a.charge : undefined) ?? null,
    })),
  );
}

async function writeYear(base: BaseRows, schoolId: string, year: FixtureYear): Promise<void> {
  const from = year.calendar.map((event) => event.from).sort()[0] ?? `${year.name.slice(0, 4)}-08-29`;
  const endsOn = `${year.name.slice(5)}-08-31`;
  await base.enter(SchoolYear, [
    {
      schoolId,
      id: year.id,
      label: year.name,
      startsOn: from,
      endsOn,
      closedAt: null,
      closedBy: null,
      closedRules: null,
    },
  ]);
  await base.enter(
    SchoolClass,
    year.classes.map((c) => ({ schoolId, id: c.id, yearId: year.id, name: c.name, grade: c.grade })),
  );
  await base.enter(
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
  await base.enter(TeachingAssignment, assignmentRows(schoolId, year));
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
  await base.enter(Enrolment, enrolments);
}

function pupilRow(schoolId: string, pupil: FixturePupil): Pupil {
  return {
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
    erasedAt: null,
  };
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
