/** Schools, years, classes, pupils, and who belongs where from when to when. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Switches } from '#policy/switches.js';
import { asJson } from '../database/columns.js';
import type { ClosedRule } from './closed-year.js';

/** What the school has decided in its written policy (quy chế của trường); `switchesOf` adds the defaults. */
export interface SchoolSettings extends Partial<Switches> {
  readonly demo: boolean;
}

/** A school (trường): the tenant. */
@Entity('schools')
export class School {
  @PrimaryColumn('text') id: string;
  @Column('text') slug: string;
  /** Public code (mã trường). */
  @Column('text') code: string;
  @Column('text') name: string;
  @Column('text') level: 'PRIMARY' | 'LOWER_SECONDARY' | 'UPPER_SECONDARY';
  @Column('text') commune: string;
  @Column('text') province: string;
  /** Origin of the school's ledger. */
  @Column('text') origin: string;
  @Column('text', { transformer: asJson }) settings: SchoolSettings;
}

/** A school year (năm học), for example "2026-2027". */
@Entity('school_years')
export class SchoolYear {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text') label: string;
  @Column('text', { name: 'starts_on' }) startsOn: string;
  @Column('text', { name: 'ends_on' }) endsOn: string;
  /** When the principal closed it (đóng năm học); null while it is open. */
  @Column('text', { name: 'closed_at', nullable: true }) closedAt: string | null;
  @Column('text', { name: 'closed_by', nullable: true }) closedBy: string | null;
  /** The version of the rules that each grade was judged by: it stays, whatever comes later. */
  @Column('text', { name: 'closed_rules', nullable: true, transformer: asJson }) closedRules:
    ClosedRule[] | null;
}

/** A class in one year (lớp). */
@Entity('classes')
export class SchoolClass {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text') name: string;
  @Column('integer') grade: number;
}

/** A subject taught to a class, with its yearly periods (số tiết/năm học). */
@Entity('class_subjects')
export class ClassSubject {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'class_id' }) classId: string;
  @PrimaryColumn('text', { name: 'subject_code' }) subjectCode: string;
  @Column('integer', { name: 'periods_per_year' }) periodsPerYear: number;
}

/** Who teaches which area of a class from when to when (phân công chuyên môn); area GVCN is the homeroom. */
@Entity('teaching_assignments')
export class TeachingAssignment {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'from_date' }) fromDate: string;
  @Column('text', { name: 'to_date', nullable: true }) toDate: string | null;
}

/** A father, mother or guardian (cha, mẹ, người giám hộ). */
export interface Guardian {
  readonly relation: 'father' | 'mother' | 'guardian';
  readonly name: string;
  readonly occupation?: string;
}

/** A pupil (học sinh). The personal id is never a key. */
@Entity('pupils')
export class Pupil {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** The school's pupil code (mã học sinh). */
  @Column('text') code: string;
  /** 12-digit personal id (số định danh cá nhân); null for foreign pupils. */
  @Column('text', { name: 'personal_id', nullable: true }) personalId: string | null;
  /** Number in the register (số đăng bộ). */
  @Column('text', { name: 'register_number', nullable: true }) registerNumber: string | null;
  @Column('text', { name: 'full_name' }) fullName: string;
  @Column('text') sex: 'NAM' | 'NU';
  @Column('text', { name: 'birth_date' }) birthDate: string;
  @Column('text', { name: 'birth_place', nullable: true }) birthPlace: string | null;
  @Column('text', { nullable: true }) ethnicity: string | null;
  @Column('text', { nullable: true }) nationality: string | null;
  @Column('text', { nullable: true }) address: string | null;
  @Column('text', { transformer: asJson }) guardians: Guardian[];
  /** When an approved erasure took the personal data away; else null. */
  @Column('text', { name: 'erased_at', nullable: true }) erasedAt: string | null;
}

/** A pupil's place in a class (học sinh của lớp). */
@Entity('enrolments')
export class Enrolment {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { name: 'from_date' }) fromDate: string;
  @Column('text', { name: 'to_date', nullable: true }) toDate: string | null;
}

/**
 * A pupil stops an optional subject of their class, takes up another, or both (đổi môn lựa chọn): asked for by the
 * homeroom teacher on the family's application, decided by a second person. A pupil takes every subject of the class
 * but those that approved changes have them stop.
 */
@Entity('subject_changes')
export class SubjectChange {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  /** The class they were in when it was asked for. */
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { nullable: true }) dropped: string | null;
  @Column('text', { nullable: true }) taken: string | null;
  /** First day of the new choice; marks from before it stay in the book. */
  @Column('text', { name: 'effective_on' }) effectiveOn: string;
  @Column('text') reason: string;
  /** The family's application: "Đơn ngày 12/01/2027, số đến 18". */
  @Column('text') application: string;
  @Column('text') state: 'requested' | 'approved' | 'refused' | 'withdrawn';
  @Column('text', { name: 'requested_by' }) requestedBy: string;
  @Column('text', { name: 'requested_at' }) requestedAt: string;
  /** Never the person who asked for it. */
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('text', { name: 'decided_at', nullable: true }) decidedAt: string | null;
  /** Number and date of the decision when approved, the reason when refused. */
  @Column('text', { nullable: true }) decision: string | null;
  /** The second-factor act that approved it. */
  @Column('text', { name: 'act_id', nullable: true }) actId: string | null;
}

/** Whose child a pupil is, as far as accounts go; "self" is the pupil's own account. */
@Entity('guardianships')
export class Guardianship {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text') relation: 'father' | 'mother' | 'guardian' | 'self';
  /** The paper it rests on when the class list does not name this person; else null. */
  @Column('text', { nullable: true }) paper: string | null;
  @Column('text', { name: 'from_date' }) fromDate: string;
  @Column('text', { name: 'to_date', nullable: true }) toDate: string | null;
  @Column('text', { name: 'made_by' }) madeBy: string;
  @Column('text', { name: 'made_at' }) madeAt: string;
}

/** That a person looked at something of a class on a day; only the first time of the day is kept. */
@Entity('class_accesses')
export class ClassAccessRow {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'class_id' }) classId: string;
  @PrimaryColumn('text') day: string;
  @PrimaryColumn('text', { name: 'person_id' }) personId: string;
  @PrimaryColumn('text') action: string;
  @Column('text', { name: 'first_at' }) firstAt: string;
}
