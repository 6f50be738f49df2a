/** What a file of evidence belongs to, how the person stands to it, and whether more may be added. */
import { Injectable } from '@nestjs/common';
import type { Relation } from '#policy/types.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { Relations } from '../school/relations.js';
import { Appeal } from './appeals.entities.js';
import { OPEN_STATES, stateAt } from './correction-rules.js';
import { Correction } from './corrections.entities.js';
import type { EvidenceAbout } from './evidence.entities.js';
import { PupilChange } from './pupil-changes.entities.js';

export interface EvidenceOwner {
  readonly relation: Relation;
  /** Not decided yet: whoever decides sees all of the evidence. */
  readonly open: boolean;
}

@Injectable()
export class EvidenceOwners {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly relations: Relations,
  ) {}

  /** @throws Problem NOT_FOUND also for another school's */
  async locate(session: SessionContext, about: EvidenceAbout, aboutId: string): Promise<EvidenceOwner> {
    switch (about) {
      case 'correction':
        return this.ofRequest(session, aboutId);
      case 'appeal':
        return this.ofAppeal(session, aboutId);
      case 'pupil-change':
        return this.ofPupilChange(session, aboutId);
    }
  }

  private async ofRequest(session: SessionContext, requestId: string): Promise<EvidenceOwner> {
    const { schoolId } = session;
    const rows = await this.database.read.findBy(Correction, { schoolId, requestId });
    const [first] = rows;
    if (first === undefined) throw notFound('đề nghị');
    const info = await this.classes.load(schoolId, first.classId);
    const now = this.clock.timestamp();
    const open = rows.some((row) => {
      const state = stateAt(row, now);
      return OPEN_STATES.includes(state) && state !== 'approved';
    });
    return { relation: (await this.access.asker(session)).mine.correction(info, first), open };
  }

  private async ofAppeal(session: SessionContext, id: string): Promise<EvidenceOwner> {
    const { schoolId, personId } = session;
    const row = await this.database.read.findOneBy(Appeal, { schoolId, id });
    if (row === null) throw notFound('đề nghị');
    const info = await this.classes.load(schoolId, row.classId);
    const relation = {
      ...(await this.access.asker(session)).mine.sheet(info, row.area),
      requester: row.askedBy === personId,
      teacherOfRecord: row.teacherOfRecord === personId,
    };
    return { relation, open: row.state === 'asked' };
  }

  private async ofPupilChange(session: SessionContext, id: string): Promise<EvidenceOwner> {
    const { schoolId, personId } = session;
    const row = await this.database.read.findOneBy(PupilChange, { schoolId, id });
    if (row === null) throw notFound('đề nghị');
    const relation = await this.relations.ofPupil(session, row.pupilId);
    return {
      relation: { ...relation, requester: row.proposedBy === personId },
      open: row.state === 'proposed',
    };
  }
}
