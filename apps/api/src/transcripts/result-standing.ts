/** Whether the results that documents state are still those computed, and nothing was recorded since. */
import { Injectable } from '@nestjs/common';
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

  /** Of these pupils those whose result was computed again or overtaken by a mark or note. Two aggregate queries. */
  async overtaken(info: ClassInfo, used: readonly UsedResult[]): Promise<ReadonlySet<string>> {
    const { schoolId, id: classId, year } = info;
    const results = await this.database.read.find(PupilResult, {
      select: { pupilId: true, eventSeq: true },
      where: { schoolId, yearId: year.id, classId },
    });
    const computed = new Map(results.map(({ pupilId, eventSeq }) => [pupilId, eventSeq]));
    const newest = await this.newestEvents(schoolId, classId);
    const moved = used.filter(
      ({ pupilId, resultSeq }) =>
        computed.get(pupilId) !== resultSeq || (newest.get(pupilId) ?? -1) > resultSeq,
    );
    return new Set(moved.map(({ pupilId }) => pupilId));
  }

  /** The newest event of each pupil's recorded cells and notes. */
  private async newestEvents(schoolId: string, classId: string): Promise<Map<string, number>> {
    const newest = new Map<string, number>();
    for (const entity of [MarkCell, YearNote]) {
      const rows = await this.database.read
        .createQueryBuilder(entity, 'row')
        .select('row.pupilId', 'pupilId')
        .addSelect('MAX(row.eventSeq)', 'seq')
        .where('row.schoolId = :schoolId AND row.classId = :classId', { schoolId, classId })
        .groupBy('row.pupilId')
        .getRawMany<{ pupilId: string; seq: number | null }>();
      for (const { pupilId, seq } of rows)
        newest.set(pupilId, Math.max(newest.get(pupilId) ?? -1, seq ?? -1));
    }
    return newest;
  }
}
