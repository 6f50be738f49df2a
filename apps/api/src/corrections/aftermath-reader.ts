/** Shows what corrections brought with them: decisions to be met on again (cần họp lại), transcripts to be issued again. */
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type { ReissueAnswer, ReopenedDecisionAnswer } from '#contracts/aftermath.js';
import { Database } from '../database/database.js';
import type { SessionContext } from '../identity/session-context.js';
import { CouncilDecision } from '../results/results.entities.js';
import { ClassAccess } from '../school/class-access.js';
import { Pupil } from '../school/school.entities.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { ReopenedDecision, TranscriptReissue } from './corrections.entities.js';

@Injectable()
export class AftermathReader {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
  ) {}

  /** Decisions of a class that corrections have overtaken, newest first. */
  async reopened(session: SessionContext, classId: string): Promise<ReopenedDecisionAnswer[]> {
    await this.access.authorize(session, classId, 'result.read');
    const where = { schoolId: session.schoolId, classId };
    const rows = await this.database.read.find(ReopenedDecision, { where, order: { eventSeq: 'DESC' } });
    const decisions = await this.database.read.findBy(CouncilDecision, where);
    const names = await this.pupilNames(session.schoolId, rows);
    return rows.map(({ id, decisionId, pupilId, correctionId, reopenedAt, eventSeq }) => {
      const settled = decisions.some(
        (later) => later.eventSeq > eventSeq && later.pupilIds.includes(pupilId),
      );
      return {
        ...{ id, decisionId, pupilId, correctionId, reopenedAt, settled },
        decisionNumber: decisions.find((decision) => decision.id === decisionId)?.number ?? '',
        pupilName: names.get(pupilId) ?? '',
        standing: settled ? 'đã có quyết định sau' : 'cần họp lại',
      };
    });
  }

  /** Issued transcripts of a class that are to be superseded, newest first. */
  async reissues(session: SessionContext, classId: string): Promise<ReissueAnswer[]> {
    await this.access.authorize(session, classId, 'transcript.read');
    const { schoolId } = session;
    const rows = await this.database.read.find(TranscriptReissue, {
      where: { schoolId, classId },
      order: { notedAt: 'DESC', id: 'ASC' },
    });
    const transcripts = await this.database.read.find(Transcript, {
      select: { schoolId: true, id: true, pupilId: true, yearId: true, event: true, state: true },
      where: { schoolId, pupilId: In(rows.map((row) => row.pupilId)), kind: 'hoc-ba', erasedAt: IsNull() },
    });
    const names = await this.pupilNames(schoolId, rows);
    return rows.flatMap(({ id, transcriptId, pupilId, becauseOf, becauseId, notedAt }) => {
      const old = transcripts.find((transcript) => transcript.id === transcriptId);
      // Erased since: nothing supersedes it.
      if (old === undefined) return [];
      const superseded = transcripts.some(
        (newer) =>
          newer.pupilId === pupilId &&
          newer.yearId === old.yearId &&
          newer.event > old.event &&
          newer.state === 'issued',
      );
      const pupilName = names.get(pupilId) ?? '';
      return [{ id, transcriptId, pupilId, pupilName, becauseOf, becauseId, notedAt, superseded }];
    });
  }

  private async pupilNames(
    schoolId: string,
    rows: readonly { readonly pupilId: string }[],
  ): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(rows.map(({ pupilId }) => pupilId))];
    const pupils = await this.database.read.findBy(Pupil, { schoolId, id: In(ids) });
    return new Map(pupils.map(({ id, fullName }) => [id, fullName]));
  }
}
