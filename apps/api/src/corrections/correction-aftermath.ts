/**
 * What an applied correction brings with it: the pupil's result is computed again, the council's decision on that
 * pupil is reopened (cần họp lại) while its decisions on the others stand, and a transcript that was issued is noted as to be superseded.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import type { EventBy } from '../gradebook/mark-events.js';
import { ResultComputation } from '../results/result-computation.js';
import { decisionOn } from '../results/results.js';
import { CouncilDecision, PupilResult } from '../results/results.entities.js';
import { Classes } from '../school/classes.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { ReopenedDecision, TranscriptReissue, type Correction } from './corrections.entities.js';

/** A correction just applied, and who did it by which rule. */
export interface Applied {
  readonly row: Correction;
  readonly by: EventBy;
}

/** Something that an issued transcript no longer says rightly. */
export interface Overtaken {
  readonly pupilId: string;
  readonly becauseOf: TranscriptReissue['becauseOf'];
  readonly becauseId: string;
  readonly by: EventBy;
}

@Injectable()
export class CorrectionAftermath {
  constructor(
    private readonly classes: Classes,
    private readonly results: ResultComputation,
    private readonly journal: Journal,
  ) {}

  /** In the unit that applies them, which holds their classes. */
  async ofCorrections(tx: EntityManager, schoolId: string, applied: readonly Applied[]): Promise<void> {
    const classIds = [...new Set(applied.map(({ row }) => row.classId))];
    for (const info of await this.classes.loadMany(schoolId, classIds)) {
      const own = applied.filter(({ row }) => row.classId === info.id);
      const pupilIds = [...new Set(own.map(({ row }) => row.pupilId))];
      const where = { schoolId, yearId: info.year.id, pupilId: In(pupilIds) };
      const results = await tx.find(PupilResult, { select: { pupilId: true, eventSeq: true }, where });
      if (results.length > 0) {
        const by = own[0]?.by;
        if (by !== undefined) await this.results.again(tx, info, pupilIds, by);
        await this.reopen(tx, schoolId, info.id, own, results);
      }
      const overtaken = own.map(({ row, by }): Overtaken => {
        return { pupilId: row.pupilId, becauseOf: 'correction', becauseId: row.id, by };
      });
      await this.noteReissues(tx, schoolId, overtaken, info.year.id);
    }
  }

  /**
   * Notes the transcripts that have left the house and must be superseded.
   * @param yearId only of this year; of every year when left out (a name stands in all of them)
   */
  async noteReissues(
    tx: EntityManager,
    schoolId: string,
    overtaken: readonly Overtaken[],
    yearId?: string,
  ): Promise<void> {
    const pupilIds = [...new Set(overtaken.map(({ pupilId }) => pupilId))];
    const issued = await tx.find(Transcript, {
      select: { schoolId: true, id: true, pupilId: true, yearId: true, classId: true, event: true },
      where: {
        ...{ schoolId, pupilId: In(pupilIds), state: In(['sealed', 'issued']), erasedAt: IsNull() },
        ...{ kind: 'hoc-ba' as const },
        ...(yearId === undefined ? {} : { yearId }),
      },
    });
    const newest = issued.filter((one) => {
      return !issued.some((o) => o.pupilId === one.pupilId && o.yearId === one.yearId && o.event > one.event);
    });
    const events: NewEvent[] = [];
    for (const { pupilId, becauseOf, becauseId, by } of overtaken) {
      for (const transcript of newest.filter((one) => one.pupilId === pupilId)) {
        const row: TranscriptReissue = {
          ...{ schoolId, id: randomUUID(), transcriptId: transcript.id, pupilId },
          ...{ classId: transcript.classId, becauseOf, becauseId, notedAt: by.at },
        };
        await tx.insert(TranscriptReissue, row);
        const type = becauseOf === 'reseal' ? 'transcript.reseal.ordered' : 'transcript.reissue.needed';
        const about = { subject: 'transcript_reissues', subjectId: row.id };
        events.push({ ...by, type, ...about, data: rowData(row) });
      }
    }
    if (events.length > 0) await this.journal.appendAll(tx, schoolId, events);
  }

  /** The council's decisions on the very results that the corrections have changed; those on other pupils stand. */
  private async reopen(
    tx: EntityManager,
    schoolId: string,
    classId: string,
    applied: readonly Applied[],
    results: readonly Pick<PupilResult, 'pupilId' | 'eventSeq'>[],
  ): Promise<void> {
    const decisions = await tx.find(CouncilDecision, {
      where: { schoolId, classId },
      order: { eventSeq: 'DESC' },
    });
    for (const { row, by } of applied) {
      const result = results.find(({ pupilId }) => pupilId === row.pupilId);
      const decision = result === undefined ? null : decisionOn(decisions, result);
      if (decision === null) continue;
      const reopened = {
        ...{ schoolId, id: randomUUID(), decisionId: decision.id, classId, pupilId: row.pupilId },
        ...{ correctionId: row.id, reopenedAt: by.at },
      };
      const eventSeq = await this.journal.append(tx, schoolId, {
        ...{ ...by, type: 'decision.reopened', subject: 'reopened_decisions', subjectId: reopened.id },
        data: rowData(reopened),
      });
      await tx.insert(ReopenedDecision, { ...reopened, eventSeq });
    }
  }
}
