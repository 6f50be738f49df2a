/** How a person stands to an appeal: the family that asked, the teacher who answers, or who answers in their place. */
import { Injectable } from '@nestjs/common';
import type { Relation } from '#policy/types.js';
import type { SessionContext } from '../identity/session-context.js';
import type { Asker } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Relations } from '../school/relations.js';
import type { Appeal } from './appeals.entities.js';
import { TeachersOfClass } from './teachers-of-class.js';

@Injectable()
export class AppealRelations {
  constructor(
    private readonly relations: Relations,
    private readonly teachers: TeachersOfClass,
  ) {}

  async of(
    session: SessionContext,
    asker: Asker,
    info: ClassInfo,
    {
      area,
      pupilId,
      askedBy,
      teacherOfRecord,
    }: Pick<Appeal, 'area' | 'pupilId' | 'askedBy' | 'teacherOfRecord'>,
  ): Promise<Relation> {
    return {
      ...asker.mine.sheet(info, area),
      ownChild: (await this.relations.children(session)).has(pupilId),
      appellant: askedBy === session.personId,
      teacherOfRecord: teacherOfRecord === session.personId,
      teacherGone: await this.teachers.gone(info, area, [teacherOfRecord]),
    };
  }
}
