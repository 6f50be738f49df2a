/** Whether the results that documents state are still those computed, and nothing was recorded since. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { periodsOf } from '#regulations/sheets.js';
import type { Period } from '#regulations/types.js';
import { Database } from '../database/database.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { PupilResult, YearNote } from '../results/results.entities.js';
import type { ClassInfo } from '../school/class-info.js';

/** A pupil and the journal event of the result that was used. */
export interface UsedResult {
  readonly pupilId: string;
  readonly resultSeq: number;
}

@Injectable()
export class ResultStanding {
  constructor(private readonly database: Database) {}

  /** Of these pupils those whose result was computed again or overtaken by a mark or note. */
  async overtaken(info: ClassInfo, used: readonly UsedResult[]): Promise<ReadonlySet<string>> {
    const { schoolId, id: classId, year } = info;
    const results = await this.database.read.find(PupilResult, {
      select: { pupilId: true, eventSeq: true },
      where: { schoolId, yearId: year.id, classId },
    });
    const computed = new Map(results.map(({ pupilId, eventSeq }) => [pupilId, eventSeq]));
    // What came before the oldest of the results overtakes none: of a class of which nothing moved, no mark is read.
    const oldest = Math.min(...used.map(({ resultSeq }) => resultSeq));
    const newest = used.length === 0 ? new Map<string, number>() : await this.newestEvents(info, oldest);
    const moved = used.filter(
      ({ pupilId, resultSeq }) =>
        computed.get(pupilId) !== resultSeq || (newest.get(pupilId) ?? -1) > resultSeq,
    );
    return new Set(moved.map(({ pupilId }) => pupilId));
  }

  /**
   * Of these pupils (or the class) those of whom something was recorded or corrected since. Within the year only what is
   * recorded up to that period counts.
   */
  async movedSince(
    info: ClassInfo,
    period: Period,
    used: readonly UsedResult[],
  ): Promise<ReadonlySet<string>> {
    const newest = await this.newestOf(info, period);
    const ofClass = Math.max(-1, ...newest.values());
    const seqOf = (id: string): number => (id === info.id ? ofClass : (newest.get(id) ?? -1));
    return new Set(used.filter((each) => seqOf(each.pupilId) > each.resultSeq).map(({ pupilId }) => pupilId));
  }

  /** The newest event of each pupil's recorded cells up to the period, and at the year's end of their notes. */
  async newestOf(info: ClassInfo, period: Period): Promise<Map<string, number>> {
    const { schoolId, id: classId, ruleSet } = info;
    if (period === 'CN') return this.newestEvents(info);
    const periods = periodsOf(ruleSet.id);
    const upTo = periods.slice(0, periods.indexOf(period) + 1);
    const rows = await this.database.read.find(MarkCell, {
      select: { pupilId: true, eventSeq: true },
      where: { schoolId, classId, period: In([...upTo]), state: 'recorded' },
    });
    const newest = new Map<string, number>();
    for (const { pupilId, eventSeq } of rows)
      newest.set(pupilId, Math.max(newest.get(pupilId) ?? -1, eventSeq ?? -1));
    return newest;
  }

  /** The newest event of each pupil's recorded cells and notes. @param after only events later than this one */
  private async newestEvents({ schoolId, id: classId }: ClassInfo, after = -1): Promise<Map<string, number>> {
    const newest = new Map<string, number>();
    for (const entity of [MarkCell, YearNote]) {
      const rows = await this.database.read
        .createQueryBuilder(entity, 'row')
        .select('row.pupilId', 'pupilId')
        .addSelect('MAX(row.eventSeq)', 'seq')
        .where('row.schoolId = :schoolId AND row.classId = :classId', { schoolId, classId })
        .andWhere('row.eventSeq > :after', { after })
        .groupBy('row.pupilId')
        .getRawMany<{ pupilId: string; seq: number | null }>();
      for (const { pupilId, seq } of rows)
        newest.set(pupilId, Math.max(newest.get(pupilId) ?? -1, seq ?? -1));
    }
    return newest;
  }
}
