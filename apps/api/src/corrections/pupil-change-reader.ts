/** Proposed changes of personal data as the people concerned see them. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { decide } from '#policy/decide.js';
import type { PupilChangeAnswer, PupilChangesQuery } from '#contracts/pupil-changes.js';
import { Database } from '../database/database.js';
import { notFound } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { Pupil } from '../school/school.entities.js';
import { FIELD_LABELS } from './pupil-fields.js';
import { PupilChange } from './pupil-changes.entities.js';

const STEPS = ['confirm', 'withdraw'] as const;

@Injectable()
export class PupilChangeReader {
  constructor(
    private readonly database: Database,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly people: People,
  ) {}

  /** Those that the person may see, newest first. */
  async list(session: SessionContext, { state, pupilId }: PupilChangesQuery): Promise<PupilChangeAnswer[]> {
    await this.authorizer.authorize(session, 'school.read', await this.relations.ofSchool(session));
    const rows = await this.database.read.find(PupilChange, {
      where: {
        schoolId: session.schoolId,
        ...(state === undefined ? {} : { state }),
        ...(pupilId === undefined ? {} : { pupilId }),
      },
      order: { proposedAt: 'DESC', id: 'ASC' },
    });
    return this.answers(session, rows);
  }

  /** @throws Problem NOT_FOUND when it is not there for this person */
  async one(session: SessionContext, id: string): Promise<PupilChangeAnswer> {
    const rows = await this.database.read.findBy(PupilChange, { schoolId: session.schoolId, id });
    const [answer] = await this.answers(session, rows);
    if (answer === undefined) throw notFound('đề nghị sửa thông tin');
    return answer;
  }

  private async answers(session: SessionContext, rows: readonly PupilChange[]): Promise<PupilChangeAnswer[]> {
    const { schoolId, personId } = session;
    if (rows.length === 0) return [];
    const actor = await this.authorizer.actor(session);
    const ids = [...new Set(rows.map((row) => row.pupilId))];
    const pupils = await this.database.read.findBy(Pupil, { schoolId, id: In(ids) });
    const names = await this.people.names(
      schoolId,
      rows.flatMap((row) => [row.proposedBy, row.decidedBy]),
    );
    const seen: PupilChangeAnswer[] = [];
    for (const row of rows) {
      const requester = row.proposedBy === personId;
      const relation = { ...(await this.relations.ofPupil(session, row.pupilId)), requester };
      if (!decide(actor, 'pupil.read', relation).allow) continue;
      const { id, pupilId, state, reason, proposedAt, decidedAt, paper, decisionReason } = row;
      seen.push({
        ...{ id, pupilId, state, reason, proposedAt, decidedAt, paper, decisionReason },
        pupilName: pupils.find((pupil) => pupil.id === pupilId)?.fullName ?? '',
        changes: row.changes.map((change) => ({ ...change, label: FIELD_LABELS[change.field] })),
        proposedBy: names(row.proposedBy),
        decidedBy: row.decidedBy === null ? null : names(row.decidedBy),
        may: STEPS.filter((step) => state === 'proposed' && decide(actor, `pupil.${step}`, relation).allow),
      });
    }
    return seen;
  }
}
