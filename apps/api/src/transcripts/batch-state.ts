/** A batch as it stands: its transcripts, how far they are signed, and whether what they state still holds. */
import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { Database } from '../database/database.js';
import { notFound, Problem, type ProblemItem } from '../http/problem.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import type { Pupil } from '../school/school.entities.js';
import { ResultStanding } from './result-standing.js';
import { Transcript, TranscriptBatch, TranscriptSignature } from './transcripts.entities.js';

/** A pupil as a list names them. */
export type Named = Pick<Pupil, 'id' | 'code' | 'fullName'>;

/** A class as the one whose document it is. */
export function classAsMember({ id, name }: ClassInfo): Named {
  return { id, code: name, fullName: `Lớp ${name}` };
}

/** One transcript of the batch with its signatures so far, in order. */
export interface BatchMember {
  readonly row: Transcript & { readonly document: Uint8Array };
  /** Whose it is; of a class's document the class. */
  readonly pupil: Named;
  readonly signatures: readonly TranscriptSignature[];
}

export interface StandingBatch {
  readonly batch: TranscriptBatch;
  readonly info: ClassInfo;
  /** In the order of the class list; not those that a later batch has taken over. */
  readonly members: readonly BatchMember[];
  /** How many signatures each of them has: the place of the route whose turn it is. */
  readonly position: number;
}

@Injectable()
export class BatchStates {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
    private readonly results: ResultStanding,
  ) {}

  /** The batch and its class. @throws Problem NOT_FOUND also for another school's */
  async locate(schoolId: string, batchId: string): Promise<{ batch: TranscriptBatch; info: ClassInfo }> {
    const batch = await this.database.read.findOneBy(TranscriptBatch, { schoolId, id: batchId });
    if (batch === null) throw notFound('đợt học bạ');
    return { batch, info: await this.classes.load(schoolId, batch.classId) };
  }

  async load(schoolId: string, batchId: string): Promise<StandingBatch> {
    return this.standing(await this.locate(schoolId, batchId));
  }

  /** @throws Problem STATE_CONFLICT when nothing of it is left */
  async standing({ batch, info }: { batch: TranscriptBatch; info: ClassInfo }): Promise<StandingBatch> {
    const { schoolId, id: batchId } = batch;
    const read = this.database.read;
    const rows = await read.findBy(Transcript, { schoolId, batchId, state: Not('returned' as const) });
    const signatures = await read.find(TranscriptSignature, {
      where: { schoolId, transcriptId: In(rows.map(({ id }) => id)) },
      order: { position: 'ASC' },
    });
    const pupils: Named[] = (await this.classes.pupils(info)).map(({ pupil }) => pupil);
    pupils.push(classAsMember(info));
    const members = pupils.flatMap((pupil) =>
      rows
        .filter((row) => row.pupilId === pupil.id && row.document !== null)
        .map((row) => ({
          row: row as BatchMember['row'],
          pupil,
          signatures: signatures.filter(({ transcriptId }) => transcriptId === row.id),
        })),
    );
    const position = Math.min(...members.map((member) => member.signatures.length));
    if (members.length === 0) {
      throw new Problem('STATE_CONFLICT', 'Đợt này không còn học bạ nào để kí.');
    }
    return { batch, info, members, position };
  }

  /** @throws Problem STATE_CONFLICT when a result was computed again, or overtaken, since the document was composed */
  async refuseOvertaken({ batch, info, members }: StandingBatch): Promise<void> {
    const used = members.map(({ row }) => ({ pupilId: row.pupilId, resultSeq: row.resultSeq }));
    const overtaken =
      batch.kind === 'hoc-ba'
        ? await this.results.overtaken(info, used)
        : await this.results.movedSince(info, batch.period, used);
    const items = members
      .filter(({ pupil }) => overtaken.has(pupil.id))
      .map(({ row, pupil }): ProblemItem => {
        const message = `${pupil.fullName} (${pupil.code}): kết quả đã thay đổi sau khi lập học bạ.`;
        return { where: row.id, code: 'RESULT_CHANGED', message };
      });
    if (items.length === 0) return;
    throw new Problem(
      'STATE_CONFLICT',
      `Có ${items.length} học bạ không còn đúng kết quả; hãy lập lại đợt này.`,
      items,
    );
  }
}
