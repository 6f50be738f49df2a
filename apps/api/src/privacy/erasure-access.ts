/** Who may do what about an erasure; what a person may not see is not there. */
import { Injectable } from '@nestjs/common';
import type { Action, Relation } from '#policy/types.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { Relations } from '../school/relations.js';
import { Pupil } from '../school/school.entities.js';

@Injectable()
export class ErasureAccess {
  constructor(
    private readonly database: Database,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
  ) {}

  /** @throws Problem NOT_FOUND to who may not see the pupil, or for another school's; FORBIDDEN */
  async toPupil(
    session: SessionContext,
    pupilId: string,
    action: 'erasure.read' | 'erasure.request',
  ): Promise<string> {
    const { schoolId } = session;
    const relation = await this.relations.ofPupil(session, pupilId);
    await this.refuseUnseen(session, 'pupil.read', relation, 'học sinh');
    if (!(await this.database.read.existsBy(Pupil, { schoolId, id: pupilId }))) throw notFound('học sinh');
    return this.authorizer.authorize(session, action, relation);
  }

  /** All requests of the school. @throws Problem FORBIDDEN */
  async toList(session: SessionContext): Promise<void> {
    await this.authorizer.authorize(session, 'erasure.read', await this.relations.ofSchool(session));
  }

  /** One request. @throws Problem NOT_FOUND to who sees none */
  async toOne(session: SessionContext): Promise<void> {
    const relation = await this.relations.ofSchool(session);
    await this.refuseUnseen(session, 'erasure.read', relation, 'đề nghị xóa dữ liệu');
  }

  /** A step with a request. @throws Problem FORBIDDEN */
  async authorize(
    session: SessionContext,
    { requestedBy }: { readonly requestedBy: string },
    action: 'erasure.withdraw' | 'erasure.refuse' | 'erasure.approve',
  ): Promise<string> {
    const relation = await this.relations.ofSchool(session);
    return this.authorizer.authorize(session, action, {
      ...relation,
      requester: requestedBy === session.personId,
    });
  }

  private async refuseUnseen(
    session: SessionContext,
    action: Action,
    relation: Relation,
    what: string,
  ): Promise<void> {
    try {
      await this.authorizer.authorize(session, action, relation);
    } catch (error) {
      if (error instanceof Problem && error.code === 'FORBIDDEN') throw notFound(what);
      throw error;
    }
  }
}
