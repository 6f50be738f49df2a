/** Joins the accounts of families with pupils (tài khoản gia đình), as the class list says or a paper shows. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Relation } from '#policy/types.js';
import type { GuardianshipAnswer, GuardianshipRequest } from '#contracts/guardianships.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { erased, notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import { Person } from '../identity/identity.entities.js';
import type { SessionContext } from '../identity/session-context.js';
import { inForce } from './class-info.js';
import { People } from './people.js';
import { Relations } from './relations.js';
import { Guardianship, Pupil } from './school.entities.js';

@Injectable()
export class Guardianships {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly people: People,
    private readonly journal: Journal,
  ) {}

  /** @throws Problem NOT_FOUND also for another school's pupil; FORBIDDEN */
  async ofPupil(session: SessionContext, pupilId: string): Promise<GuardianshipAnswer[]> {
    const relation = await this.relations.ofPupil(session, pupilId);
    await this.refuseUnseen(session, relation);
    const { schoolId } = session;
    await this.pupil(schoolId, pupilId);
    await this.authorizer.authorize(session, 'guardianship.read', relation);
    const where = { schoolId, pupilId };
    const rows = await this.database.read.find(Guardianship, { where, order: { madeAt: 'ASC', id: 'ASC' } });
    const names = await this.people.names(
      schoolId,
      rows.map((row) => row.personId),
    );
    return rows.map(({ id, personId, relation: kind, paper, fromDate, toDate }) => {
      const fullName = names(personId);
      return { id, pupilId, personId, fullName, relation: kind, paper, from: fromDate, to: toDate };
    });
  }

  /**
   * The account sees this pupil from the day on, once it also holds the role of a guardian or pupil.
   * @throws Problem NOT_FOUND; VALIDATION when neither the class list nor a paper says so; ALREADY_EXISTS
   */
  async make(session: SessionContext, pupilId: string, request: GuardianshipRequest): Promise<void> {
    const { personId, relation } = request;
    const own = await this.relations.ofPupil(session, pupilId);
    await this.refuseUnseen(session, own);
    const { schoolId } = session;
    const pupil = await this.pupil(schoolId, pupilId);
    const asked = { ...own, self: personId === session.personId };
    const rule = await this.authorizer.authorize(session, 'guardianship.make', asked);
    const person = await this.database.read.findOneBy(Person, {
      schoolId,
      id: personId,
      disabledAt: IsNull(),
    });
    if (person === null) throw notFound('tài khoản gia đình');
    refuseUnfounded(pupil, person, request);
    await this.database.write(async (tx) => {
      const fromDate = request.from ?? this.clock.today();
      const known = await tx.findBy(Guardianship, { schoolId, pupilId, personId });
      if (known.some((row) => inForce(row, fromDate) || row.fromDate > fromDate)) {
        throw new Problem('ALREADY_EXISTS', `${person.fullName} đã được nối với ${pupil.fullName}.`);
      }
      const row: Guardianship = {
        ...{ schoolId, id: randomUUID(), personId, pupilId, relation, paper: request.paper ?? null },
        ...{ fromDate, toDate: null, madeBy: session.personId, madeAt: this.clock.timestamp() },
      };
      await tx.insert(Guardianship, row);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'guardianship.made', subject: 'guardianships', subjectId: row.id, rule },
        ...{ actor: session.personId, session: session.sessionId, at: row.madeAt, data: rowData(row) },
      });
    });
  }

  /** Today is the last day. @throws Problem NOT_FOUND; STATE_CONFLICT when it has ended already */
  async end(session: SessionContext, id: string): Promise<string> {
    const { schoolId } = session;
    const joined = await this.database.read.findOneBy(Guardianship, { schoolId, id });
    if (joined === null) throw notFound('tài khoản gia đình đã nối');
    const relation = await this.relations.ofPupil(session, joined.pupilId);
    await this.refuseUnseen(session, relation, 'tài khoản gia đình đã nối');
    const rule = await this.authorizer.authorize(session, 'guardianship.end', relation);
    return this.database.write(async (tx) => {
      const row = await tx.findOneByOrFail(Guardianship, { schoolId, id });
      // The day before: access stops at the next request, not at midnight.
      const toDate = dayBefore(this.clock.today());
      const set = await tx.update(Guardianship, { schoolId, id, toDate: IsNull() }, { toDate });
      if (set.affected === 0) throw new Problem('STATE_CONFLICT', 'Tài khoản này đã thôi nối từ trước.');
      await this.journal.append(tx, schoolId, {
        ...{ type: 'guardianship.ended', subject: 'guardianships', subjectId: id, rule, data: { toDate } },
        ...{ actor: session.personId, session: session.sessionId, at: this.clock.timestamp() },
      });
      return row.pupilId;
    });
  }

  /** A pupil whom the person may not see is not there. */
  private async refuseUnseen(session: SessionContext, relation: Relation, what = 'học sinh'): Promise<void> {
    try {
      await this.authorizer.authorize(session, 'pupil.read', relation);
    } catch (error) {
      if (error instanceof Problem && error.code === 'FORBIDDEN') throw notFound(what);
      throw error;
    }
  }

  private async pupil(schoolId: string, id: string): Promise<Pupil> {
    const pupil = await this.database.read.findOneBy(Pupil, { schoolId, id });
    if (pupil === null) throw notFound('học sinh');
    if (pupil.erasedAt !== null) throw erased('học sinh này');
    return pupil;
  }
}

/** The class list must name the person so, or a paper is named. */
function refuseUnfounded(pupil: Pupil, person: Person, { relation, paper }: GuardianshipRequest): void {
  const names =
    relation === 'self'
      ? [pupil.fullName]
      : pupil.guardians.filter((known) => known.relation === relation).map(({ name }) => name);
  if (paper !== undefined || names.some((name) => sameName(name, person.fullName))) return;
  const message = `Danh sách lớp không ghi ${person.fullName} là ${RELATION_WORDS[relation]} ${pupil.fullName}; hãy nêu giấy tờ căn cứ.`;
  throw new Problem('VALIDATION', message, [{ where: 'paper', code: 'PAPER_NEEDED', message }]);
}

const RELATION_WORDS = { father: 'cha', mother: 'mẹ', guardian: 'người giám hộ', self: 'chính em' } as const;

function sameName(a: string, b: string): boolean {
  const plain = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi');
  return plain(a) === plain(b);
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) - 86_400_000).toISOString().slice(0, 10);
}
