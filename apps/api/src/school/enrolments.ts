/** Pupils who come into a class in the year, and who leave it; every change names the paper behind it. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { EnrolmentAnswer, JoinRequest, LeaveRequest, NewPupilDto } from '#contracts/enrolments.js';
import type { Json } from '#ledger/format/jcs.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { erased, notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from './class-access.js';
import { inForce, type ClassInfo } from './class-info.js';
import { refuseClosed } from './closed-year.js';
import { Classes } from './classes.js';
import { Enrolment, Pupil, SchoolClass } from './school.entities.js';

/** Who did it, when, by which rule. */
export type ChangeBy = Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>;

@Injectable()
export class Enrolments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly journal: Journal,
  ) {}

  /**
   * Puts a pupil into a class.
   * @throws Problem NOT_FOUND, FORBIDDEN, VALIDATION (a day outside the year, neither or both of pupil and id),
   *   ALREADY_EXISTS (the code), STATE_CONFLICT (in a class of the year already)
   */
  async join(session: SessionContext, classId: string, request: JoinRequest): Promise<EnrolmentAnswer> {
    const { info, rule } = await this.access.authorize(session, classId, 'enrolment.change');
    const { schoolId } = info;
    refuseOutside(info, request.on);
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [classId]);
      const by = { actor: session.personId, session: session.sessionId, rule, at: this.clock.timestamp() };
      const pupilId = await this.pupil(tx, schoolId, request, by);
      const taken = (await this.ofYear(tx, info, pupilId)).find(
        (row) => inForce(row, request.on) || row.fromDate > request.on,
      );
      if (taken !== undefined) {
        throw new Problem('STATE_CONFLICT', 'Học sinh này đang học ở một lớp của năm học; hãy chuyển lớp.');
      }
      return this.enter(tx, info, pupilId, request, by);
    });
  }

  /** Ends a pupil's time in a class; the marks stay there. @throws Problem NOT_FOUND, VALIDATION */
  async leave(
    session: SessionContext,
    classId: string,
    pupilId: string,
    request: LeaveRequest,
  ): Promise<EnrolmentAnswer> {
    const { info, rule } = await this.access.authorize(session, classId, 'enrolment.change');
    refuseOutside(info, request.on);
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [classId]);
      const by = { actor: session.personId, session: session.sessionId, rule, at: this.clock.timestamp() };
      return this.end(tx, info, pupilId, request, by);
    });
  }

  /** Puts a pupil into a held class, inside the caller's unit. */
  async enter(
    tx: EntityManager,
    { schoolId, id: classId }: ClassInfo,
    pupilId: string,
    { on, paper }: { readonly on: string; readonly paper: string },
    by: ChangeBy,
  ): Promise<EnrolmentAnswer> {
    const row = { schoolId, id: randomUUID(), classId, pupilId, fromDate: on, toDate: null };
    const again = await tx.findOneBy(Enrolment, { schoolId, classId, pupilId, fromDate: on });
    if (again !== null) throw new Problem('ALREADY_EXISTS', 'Học sinh đã vào lớp này đúng ngày ấy rồi.');
    await tx.insert(Enrolment, row);
    const data = { ...rowData(row), paper };
    const event = { type: 'pupil.enrolled', subject: 'enrolments', subjectId: row.id, data };
    await this.journal.append(tx, schoolId, { ...by, ...event });
    return { pupilId, classId, from: on, to: null };
  }

  /** Ends a pupil's time in a held class, inside the caller's unit. @param on the last day */
  async end(
    tx: EntityManager,
    info: ClassInfo,
    pupilId: string,
    { on, paper }: { readonly on: string; readonly paper: string },
    by: ChangeBy,
  ): Promise<EnrolmentAnswer> {
    const { schoolId, id: classId } = info;
    const rows = await tx.find(Enrolment, { where: { schoolId, classId, pupilId }, ...rowLock(tx) });
    const row = rows.find(({ toDate }) => toDate === null);
    if (row === undefined) throw notFound('học sinh đang học ở lớp này');
    if (on < row.fromDate) {
      const message = `Học sinh vào lớp ngày ${row.fromDate}: ngày rời lớp không thể trước đó.`;
      throw new Problem('VALIDATION', message, [{ where: 'on', code: 'BEFORE_ENTRY', message }]);
    }
    await tx.update(Enrolment, { schoolId, id: row.id }, { toDate: on });
    await this.journal.append(tx, schoolId, {
      ...by,
      ...{ type: 'pupil.left', subject: 'enrolments', subjectId: row.id, data: { toDate: on, paper } },
    });
    return { pupilId, classId, from: row.fromDate, to: on };
  }

  private async pupil(
    tx: EntityManager,
    schoolId: string,
    { pupilId, pupil }: JoinRequest,
    by: ChangeBy,
  ): Promise<string> {
    if ((pupilId === undefined) === (pupil === undefined)) {
      const message = 'Hãy chọn một học sinh của trường, hoặc nhập một học sinh mới.';
      throw new Problem('VALIDATION', message, [{ where: 'pupil', code: 'ONE_OF', message }]);
    }
    if (pupil !== undefined) return this.newPupil(tx, schoolId, pupil, by);
    const found = await tx.findOneBy(Pupil, { schoolId, id: pupilId ?? '' });
    if (found === null) throw notFound('học sinh');
    if (found.erasedAt !== null) throw erased('học sinh này');
    return found.id;
  }

  private async newPupil(
    tx: EntityManager,
    schoolId: string,
    { code, fullName, sex, birthDate }: NewPupilDto,
    by: ChangeBy,
  ): Promise<string> {
    if (await tx.existsBy(Pupil, { schoolId, code })) {
      throw new Problem('ALREADY_EXISTS', `Trường đã có học sinh mang mã ${code}.`);
    }
    const row = {
      ...{
        schoolId,
        id: randomUUID(),
        code,
        personalId: null,
        registerNumber: null,
        fullName,
        sex,
        birthDate,
      },
      ...{ birthPlace: null, ethnicity: null, nationality: null, address: null, guardians: [] },
      erasedAt: null,
    };
    await tx.insert(Pupil, row);
    const data: Json = rowData(row);
    const event = { type: 'pupil.entered', subject: 'pupils', subjectId: row.id, data };
    await this.journal.append(tx, schoolId, { ...by, ...event });
    return row.id;
  }

  /** The pupil's places in classes of the same year. */
  private async ofYear(tx: EntityManager, info: ClassInfo, pupilId: string): Promise<Enrolment[]> {
    const { schoolId } = info;
    const classes = await tx.findBy(SchoolClass, { schoolId, yearId: info.year.id });
    return tx.findBy(Enrolment, { schoolId, pupilId, classId: In(classes.map(({ id }) => id)) });
  }
}

/** @throws Problem VALIDATION for a day outside the year; YEAR_CLOSED */
export function refuseOutside({ year }: ClassInfo, on: string): void {
  refuseClosed(year);
  if (on >= year.startsOn && on <= year.endsOn) return;
  const message = `Ngày phải trong năm học, từ ${year.startsOn} đến ${year.endsOn}.`;
  throw new Problem('VALIDATION', message, [{ where: 'on', code: 'OUTSIDE_YEAR', message }]);
}
