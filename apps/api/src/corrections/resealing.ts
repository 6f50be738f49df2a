/**
 * Has a class's issued transcripts signed and sealed anew, before the algorithm or key of their signatures ages: each
 * becomes a new version with the same marks, which supersedes the old one in the ledger while the old one still proves
 * when it was made. Years that are closed are not opened for it.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { ReissueAnswer } from '#contracts/aftermath.js';
import { ResealParams } from '#contracts/resealing.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { AftermathReader } from './aftermath-reader.js';
import { CorrectionAftermath } from './correction-aftermath.js';
import { TranscriptReissue } from './corrections.entities.js';

const ACTION = 'transcript.reseal';

@Injectable()
export class Resealing implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly aftermath: CorrectionAftermath,
    private readonly reader: AftermathReader,
  ) {}

  onModuleInit(): void {
    this.acts.register(ACTION, async (session, params) => {
      const asked = validated(ResealParams, params);
      const { info } = await this.access.authorize(session, asked.classId, ACTION);
      return changeOf(asked, await this.standing(this.database.read, info));
    });
  }

  /**
   * Notes every issued transcript of the class as to be issued again.
   * @throws Problem NOT_FOUND, FORBIDDEN; STATE_CONFLICT when there is none; ACT_INVALID when it is not what was
   *   confirmed
   */
  async order(session: SessionContext, asked: ResealParams, act: ActAnswer): Promise<ReissueAnswer[]> {
    const { schoolId, personId, sessionId } = session;
    const { info, rule } = await this.access.authorize(session, asked.classId, ACTION);
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [info.id], 'allowed');
      const standing = await this.standing(tx, info);
      await this.acts.use(tx, session, act, ACTION, changeOf(asked, standing));
      const by = { actor: personId, session: sessionId, act: act.id, rule, at: this.clock.timestamp() };
      const overtaken = standing.map(({ pupilId }) => {
        return { pupilId, becauseOf: 'reseal', becauseId: act.id, by } as const;
      });
      await this.aftermath.noteReissues(tx, schoolId, overtaken, info.year.id);
    });
    return this.reader.reissues(session, info.id);
  }

  /** The newest versions that were issued of the class, without those that wait to be issued again already. */
  private async standing(read: EntityManager, { schoolId, id: classId }: ClassInfo): Promise<Transcript[]> {
    const where = { schoolId, classId, kind: 'hoc-ba' as const };
    const rows = await read.find(Transcript, {
      select: {
        ...{ schoolId: true, id: true, pupilId: true, event: true },
        ...{ state: true, documentHash: true, erasedAt: true },
      },
      where: { ...where, state: In(['composed', 'sealed', 'issued']) },
      order: { pupilId: 'ASC', event: 'ASC' },
    });
    const newest = new Map(rows.map((row) => [row.pupilId, row]));
    const waiting = await read.findBy(TranscriptReissue, { schoolId, classId });
    const standing = [...newest.values()].filter(
      ({ id, state, erasedAt }) =>
        state === 'issued' && erasedAt === null && !waiting.some(({ transcriptId }) => transcriptId === id),
    );
    if (standing.length > 0) return standing;
    throw new Problem('STATE_CONFLICT', 'Lớp không có học bạ đã phát hành nào để kí, đóng dấu lại.');
  }
}

function changeOf({ decision, reason }: ResealParams, standing: readonly Transcript[]): Change {
  return {
    ...{ action: ACTION, decision, reason },
    transcripts: standing.map(({ id, documentHash }) => ({ id, hash: documentHash })),
  };
}
