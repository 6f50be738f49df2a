/** What happens to a batch between composing and the seal besides signing: the paper step, and sending it back. */
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { BatchAnswer, BatchReturnRequest } from '#contracts/transcripts.js';
import type { Json } from '#ledger/format/jcs.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { BatchStates, type StandingBatch } from './batch-state.js';
import { SEAL } from './signing-plans.js';
import { TranscriptReader } from './transcript-reader.js';
import { Transcript, TranscriptBatch } from './transcripts.entities.js';

@Injectable()
export class BatchReview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly states: BatchStates,
    private readonly reader: TranscriptReader,
    private readonly journal: Journal,
  ) {}

  /**
   * Keeps that the printed copy was signed on paper, once, before the first electronic signature.
   * @throws Problem NOT_FOUND, FORBIDDEN (a school without that step), STATE_CONFLICT
   */
  async paperSigned(session: SessionContext, batchId: string): Promise<BatchAnswer> {
    await this.change(session, batchId, 'transcript.paper', async (tx, state, by) => {
      if (state.batch.paperSignedAt !== null) throw conflict('Bản in của đợt này đã ghi nhận là đã kí giấy.');
      if (state.position > 0) throw conflict('Đợt này đã có chữ kí điện tử; bước kí bản giấy phải đi trước.');
      const signed = { paperSignedBy: session.personId, paperSignedAt: by.at };
      await tx.update(TranscriptBatch, { schoolId: session.schoolId, id: batchId }, signed);
      return [
        {
          ...{ ...by, type: 'batch.signed-on-paper', subject: 'transcript_batches', subjectId: batchId },
          data: signed,
        },
      ];
    });
    return this.reader.batch(session, batchId);
  }

  /**
   * Sends the whole batch back with comments pinned to its transcripts. Its signatures stay with the documents they
   * were made on; the class is composed again.
   * @throws Problem NOT_FOUND (also a comment on another batch's transcript), STATE_CONFLICT once sealed
   */
  async sendBack(
    session: SessionContext,
    batchId: string,
    { reason, comments }: BatchReturnRequest,
  ): Promise<BatchAnswer> {
    await this.change(session, batchId, 'transcript.return', async (tx, state, by) => {
      if (state.position > SEAL) throw conflict('Đợt này đã đóng dấu; chỉ còn cách thay thế hoặc thu hồi.');
      const ids = state.members.map(({ row }) => row.id);
      if (comments.some(({ transcriptId }) => !ids.includes(transcriptId)))
        throw notFound('học bạ trong đợt này');
      const { schoolId } = session;
      const pinned = comments.map(({ transcriptId, comment }) => ({ transcriptId, comment }));
      const returned = {
        returnedBy: session.personId,
        returnedAt: by.at,
        returnReason: reason,
        returnComments: pinned,
      };
      await tx.update(TranscriptBatch, { schoolId, id: batchId }, returned);
      await tx.update(Transcript, { schoolId, id: In(ids) }, { state: 'returned' });
      return [
        {
          ...{ ...by, type: 'batch.returned', subject: 'transcript_batches', subjectId: batchId },
          data: { ...returned, returnComments: pinned as unknown as Json },
        },
        ...ids.map((id): NewEvent => ({
          ...{ ...by, type: 'transcript.returned', subject: 'transcripts', subjectId: id },
          data: { state: 'returned' },
        })),
      ];
    });
    return this.reader.batch(session, batchId);
  }

  private async change(
    session: SessionContext,
    batchId: string,
    action: 'transcript.paper' | 'transcript.return',
    write: (
      tx: EntityManager,
      state: StandingBatch,
      by: Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>,
    ) => Promise<readonly NewEvent[]>,
  ): Promise<void> {
    const { schoolId, personId: actor, sessionId } = session;
    const { info } = await this.states.locate(schoolId, batchId);
    const { rule } = await this.access.authorize(session, info.id, action);
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [info.id], 'allowed');
      const state = await this.states.load(schoolId, batchId);
      const by = { actor, session: sessionId, rule, at: this.clock.timestamp() };
      await this.journal.appendAll(tx, schoolId, await write(tx, state, by));
    });
  }
}

function conflict(detail: string): Problem {
  return new Problem('STATE_CONFLICT', detail);
}
