/**
 * How the session's person stands to a class, a sheet, a correction: the flags of libs/policy's Relation, computed in
 * this one place. Whether a window is open or something is locked is given by the caller, who knows.
 *
 * `inScope` and `inGroup` follow from what the person's appointments of today are in charge of.
 */
import { Injectable } from '@nestjs/common';
import type { Confirmation, Relation, Role } from '#policy/types.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Appointments } from '../identity/appointments.js';
import type { Appointment, Charge } from '../identity/identity.entities.js';
import type { SessionContext } from '../identity/session-context.js';
import { inCharge, reachesOnly, touches, type Reach } from './charges.js';
import { dayOfClass, HOMEROOM, inForce, isHomeroomArea, type ClassInfo } from './class-info.js';
import { Classes } from './classes.js';
import { Enrolment, Guardianship, School, TeachingAssignment } from './school.entities.js';

/** A correction as far as its people go. */
export interface CorrectionPeople {
  readonly area: string;
  readonly pupilId: string;
  readonly state: string;
  readonly requestedBy: string;
  readonly teacherOfRecord: string;
  readonly confirmedBy: string | null;
  /** Who appealed the mark, when the correction comes of an appeal. */
  readonly appellant: string | null;
  readonly confirmationSkipped: string | null;
  /** Why the group head is asked to confirm it; null when that is not so. */
  readonly headConfirms: string | null;
  /** Who applied it by hand. */
  readonly appliedBy: string | null;
}

/** The state of the cells that someone wants to write. */
export interface EntryState {
  readonly locked: boolean;
  readonly windowOpen: boolean;
  readonly recorded: boolean;
}

type Standing = 'teachesColumn' | 'teachesClass' | 'homeroomOfClass' | 'inGroup' | 'inScope' | 'ownChild';

/** Today's assignments of the session's person, to be asked about many classes. */
export class MyAssignments {
  constructor(
    private readonly session: SessionContext,
    private readonly rows: readonly TeachingAssignment[],
    private readonly today: string,
    /** Appointments in force today. */
    private readonly appointments: readonly Appointment[],
    /** Pupils whose family the person is today, or who the person is. */
    private readonly children: ReadonlySet<string> = new Set(),
  ) {}

  /** Areas of the class assigned to me; GVCN among them for the homeroom teacher. */
  areas(info: ClassInfo): string[] {
    const day = dayOfClass(info.year, this.today);
    const own = this.rows.filter((row) => row.classId === info.id && inForce(row, day));
    return [...new Set(own.map((row) => row.area))];
  }

  /** Whether there is any class, subject, group, charge or child of the school that I stand to so today. */
  somewhere(): Required<Pick<Relation, Standing>> {
    const areas = this.rows.filter((row) => inForce(row, this.today)).map(({ area }) => area);
    return {
      teachesColumn: areas.length > 0,
      teachesClass: areas.length > 0,
      homeroomOfClass: areas.includes(HOMEROOM),
      inGroup: this.charges('group-head').length > 0,
      inScope: this.charges('vice-principal').length > 0,
      ownChild: this.children.size > 0,
    };
  }

  /** Whether the sheet is mine: I teach it, or I am the homeroom teacher of a homeroom area. */
  teaches(info: ClassInfo, area: string): boolean {
    return this.areas(info).includes(isHomeroomArea(info, area) ? HOMEROOM : area);
  }

  /** Whether the pupil is the person's child, or the person. */
  isChild(pupilId: string): boolean {
    return this.children.has(pupilId);
  }

  class(info: ClassInfo): Relation {
    const areas = this.areas(info);
    return {
      schoolLevel: levelOf(info.school),
      inScope: this.charges('vice-principal').some((charge) => inCharge(charge, info)),
      inGroup: this.charges('group-head').some((charge) => touches(charge, info, taughtIn(info))),
      teachesClass: areas.length > 0,
      homeroomOfClass: areas.includes(HOMEROOM),
    };
  }

  sheet(info: ClassInfo, area: string): Relation {
    return {
      ...this.class(info),
      inScope: this.charges('vice-principal').some((charge) => inCharge(charge, info, area)),
      inGroup: this.charges('group-head').some((charge) => inCharge(charge, info, area)),
      teachesColumn: this.teaches(info, area),
    };
  }

  private charges(role: Role): (Charge | null)[] {
    return this.appointments.filter((row) => row.role === role).map(({ charge }) => charge);
  }

  entry(info: ClassInfo, area: string, state: EntryState): Relation {
    return { ...this.sheet(info, area), ...state };
  }

  correction(info: ClassInfo, correction: CorrectionPeople): Relation {
    const me = this.session.personId;
    return {
      ...this.sheet(info, correction.area),
      ownChild: this.children.has(correction.pupilId),
      requester: correction.requestedBy === me,
      teacherOfRecord: correction.teacherOfRecord === me,
      confirmer: correction.confirmedBy === me,
      appellant: correction.appellant === me,
      homeroomInvolved: correction.headConfirms !== null,
      confirmation: confirmationOf(correction),
      approved:
        correction.state === 'approved' || (correction.state === 'applied' && correction.appliedBy !== null),
      applied: correction.state === 'applied',
    };
  }
}

@Injectable()
export class Relations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly classes: Classes,
    private readonly appointments: Appointments,
  ) {}

  /** For what concerns the whole school: in scope of whoever is in charge of all of it. */
  async ofSchool(session: SessionContext): Promise<Relation> {
    return this.ofReach(session, [{}]);
  }

  /** For what reaches some classes and subjects; in scope of whoever is in charge of all that it reaches. */
  async ofReach(session: SessionContext, reaches: readonly Reach[]): Promise<Relation> {
    const { schoolId } = session;
    const school = await this.database.read.findOneByOrFail(School, { id: schoolId });
    const classIds = [...new Set(reaches.flatMap((reach) => reach.classIds ?? []))];
    const classes = classIds.length === 0 ? [] : await this.classes.loadMany(schoolId, classIds);
    const own = (await this.appointments.today(session)).filter(({ role }) => role === 'vice-principal');
    const inScope = own.some(({ charge }) => reaches.every((reach) => reachesOnly(charge, reach, classes)));
    return { schoolLevel: levelOf(school), inScope };
  }

  /** My assignments, read once for as many classes as are asked about. */
  async mine(session: SessionContext): Promise<MyAssignments> {
    const { schoolId, personId } = session;
    const rows = await this.database.read.findBy(TeachingAssignment, { schoolId, personId });
    const appointments = await this.appointments.today(session);
    return new MyAssignments(session, rows, this.clock.today(), appointments, await this.children(session));
  }

  /**
   * How the person stands to a pupil: family, or teacher of a class the pupil is in. To a pupil of another school, or
   * one who is not there, nobody stands in any way.
   */
  async ofPupil(session: SessionContext, pupilId: string): Promise<Relation> {
    const { schoolId } = session;
    const today = this.clock.today();
    const enrolments = await this.database.read.findBy(Enrolment, { schoolId, pupilId });
    const infos = await this.classes.loadMany(
      schoolId,
      enrolments.map((row) => row.classId),
    );
    const mine = await this.mine(session);
    // Who had the pupil in an earlier year is a stranger now.
    const newest = infos
      .map(({ year }) => year.startsOn)
      .sort()
      .at(-1);
    const present = infos.filter((info) => {
      if (info.year.startsOn !== newest) return false;
      const day = dayOfClass(info.year, today);
      return enrolments.some((row) => row.classId === info.id && inForce(row, day));
    });
    const relations = present.map((info) => mine.class(info));
    return {
      ...(await this.ofSchool(session)),
      teachesClass: relations.some(({ teachesClass }) => teachesClass === true),
      homeroomOfClass: relations.some(({ homeroomOfClass }) => homeroomOfClass === true),
      ownChild: (await this.children(session)).has(pupilId),
    };
  }

  /** The pupils whose family the person is today; a pupil's own account has the pupil. */
  async children({ schoolId, personId }: SessionContext): Promise<ReadonlySet<string>> {
    const rows = await this.database.read.findBy(Guardianship, { schoolId, personId });
    const today = this.clock.today();
    return new Set(rows.filter((row) => inForce(row, today)).map((row) => row.pupilId));
  }
}

function taughtIn(info: ClassInfo): string[] {
  return info.subjects.map(({ subjectCode }) => subjectCode);
}

function levelOf(school: School): 'primary' | 'secondary' {
  return school.level === 'PRIMARY' ? 'primary' : 'secondary';
}

function confirmationOf(correction: CorrectionPeople): Confirmation {
  if (correction.confirmedBy !== null) return 'done';
  return correction.confirmationSkipped === null ? 'needed' : 'skipped';
}
