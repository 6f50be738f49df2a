/** Minutes of progress checks: what was there at a moment, the conclusion, and what the teachers checked say to it. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sha256 } from '@noble/hashes/sha2.js';
import { In } from 'typeorm';
import type { InspectionAnswer, InspectionRequest, ProgressAnswer } from '#contracts/reports.js';
import { toHex } from '#ledger/format/bytes.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
import { decide } from '#policy/decide.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import { Person } from '../identity/identity.entities.js';
import type { SessionContext } from '../identity/session-context.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { SchoolYear } from '../school/school.entities.js';
import { Progress } from './progress.js';
import { Inspection, InspectionOpinion } from './reports.entities.js';

@Injectable()
export class Inspections {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly people: People,
    private readonly progress: Progress,
    private readonly journal: Journal,
  ) {}

  /** Minutes that the person may read, newest first: all for the managers, those about oneself for a teacher. */
  async list(session: SessionContext): Promise<InspectionAnswer[]> {
    const { schoolId, personId } = session;
    await this.authorizer.authorize(session, 'school.read', await this.relations.ofSchool(session));
    const actor = await this.authorizer.actor(session);
    const rows = await this.database.read.find(Inspection, {
      where: { schoolId },
      order: { checkedAt: 'DESC', id: 'ASC' },
    });
    const opinions = await this.database.read.findBy(InspectionOpinion, { schoolId });
    const readable = rows.filter((row) => {
      const checked = opinions.some((own) => own.inspectionId === row.id && own.personId === personId);
      const relation = { self: checked, requester: row.checkedBy === personId };
      return decide(actor, 'inspection.read', relation).allow;
    });
    const names = await this.people.names(schoolId, [
      ...readable.map(({ checkedBy }) => checkedBy),
      ...opinions.map((own) => own.personId),
    ]);
    const named = (id: string) => ({ id, fullName: names(id) });
    return readable.map(({ id, number, at, conclusion, checkedBy, checkedAt, snapshot }) => ({
      ...{ id, number, at, conclusion, checkedAt, checkedBy: named(checkedBy) },
      progress: snapshot as ProgressAnswer,
      opinions: opinions
        .filter(({ inspectionId }) => inspectionId === id)
        .map((own) => ({ person: named(own.personId), opinion: own.opinion, givenAt: own.givenAt })),
    }));
  }

  /**
   * Keeps the minutes of a check.
   * @throws Problem NOT_FOUND (year, class, person), ALREADY_EXISTS (the number), VALIDATION (a moment to come), FORBIDDEN
   */
  async make(session: SessionContext, request: InspectionRequest): Promise<InspectionAnswer> {
    const { schoolId, personId } = session;
    const { number, conclusion, checked, ...query } = request;
    const rule = await this.authorizer.authorize(
      session,
      'inspection.make',
      await this.relations.ofSchool(session),
    );
    const checkedAt = this.clock.timestamp();
    if (query.at !== undefined && new Date(query.at).toISOString() > checkedAt) {
      const message = 'Không lập biên bản cho một thời điểm chưa đến.';
      throw new Problem('VALIDATION', message, [{ where: 'at', code: 'IN_THE_FUTURE', message }]);
    }
    const people = [...new Set(checked)];
    const known = await this.database.read.countBy(Person, { schoolId, id: In(people) });
    if (known < people.length) throw notFound('người được kiểm tra');
    const year = { schoolId, id: query.yearId };
    if (!(await this.database.read.existsBy(SchoolYear, year))) throw notFound('năm học');
    const progress = await this.progress.at(session, query);
    const row = {
      ...{ schoolId, id: randomUUID(), number, at: progress.at, yearId: query.yearId },
      classIds: progress.classes.map(({ classId }) => classId),
      ...{ period: query.period ?? null, conclusion, snapshot: progress, checkedBy: personId, checkedAt },
    };
    await this.database.write(async (tx) => {
      if (await tx.findOneBy(Inspection, { schoolId, yearId: row.yearId, number })) {
        throw new Problem('ALREADY_EXISTS', `Đã có biên bản số ${number} trong năm học.`);
      }
      await tx.insert(Inspection, row);
      const opinions = people.map((id) => ({
        ...{ schoolId, inspectionId: row.id, personId: id, opinion: null, givenAt: null },
      }));
      if (opinions.length > 0) await tx.insert(InspectionOpinion, opinions);
      const by = { actor: personId, session: session.sessionId, rule, at: checkedAt };
      const snapshot = toHex(sha256(canonicalize(progress as unknown as Json)));
      await this.journal.appendAll(tx, schoolId, [
        {
          ...{ ...by, type: 'inspection.made', subject: 'inspections', subjectId: row.id },
          data: { ...rowData(row, 'snapshot'), snapshot },
        },
        ...opinions.map((own) => ({
          ...{ ...by, type: 'inspection.opinion.asked', subject: 'inspection_opinions' },
          subjectId: `${own.inspectionId}/${own.personId}`,
          data: { inspectionId: own.inspectionId, personId: own.personId, opinion: null, givenAt: null },
        })),
      ]);
    });
    return this.one(session, row.id);
  }

  /** A teacher who was checked says something to it, once. @throws Problem NOT_FOUND, STATE_CONFLICT */
  async say(session: SessionContext, inspectionId: string, opinion: string): Promise<InspectionAnswer> {
    const { schoolId, personId } = session;
    const key = { schoolId, inspectionId, personId };
    const asked = await this.database.read.findOneBy(InspectionOpinion, key);
    if (asked === null) throw notFound('biên bản kiểm tra');
    const rule = await this.authorizer.authorize(session, 'inspection.opinion', { self: true });
    await this.database.write(async (tx) => {
      const present = await tx.findOneByOrFail(InspectionOpinion, key);
      if (present.givenAt !== null)
        throw new Problem('STATE_CONFLICT', 'Bạn đã ghi ý kiến vào biên bản này.');
      const given = { opinion, givenAt: this.clock.timestamp() };
      await tx.update(InspectionOpinion, key, given);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'inspection.opinion.given', subject: 'inspection_opinions' },
        ...{ subjectId: `${inspectionId}/${personId}`, actor: personId, session: session.sessionId, rule },
        ...{ at: given.givenAt, data: given },
      });
    });
    return this.one(session, inspectionId);
  }

  private async one(session: SessionContext, id: string): Promise<InspectionAnswer> {
    const found = (await this.list(session)).find((answer) => answer.id === id);
    if (found === undefined) throw new Error('minutes just written are not there');
    return found;
  }
}
