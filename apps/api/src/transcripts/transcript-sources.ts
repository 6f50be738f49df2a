/** Everything that a class's transcripts are composed from, read in a handful of statements. */
import { Injectable } from '@nestjs/common';
import { JournalEvent } from '../audit/journal.entities.js';
import { Database } from '../database/database.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import type { CouncilDecision, PupilResult } from '../results/results.entities.js';
import type { DecidedClass } from '../results/results.js';
import { HOMEROOM, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import type { Pupil } from '../school/school.entities.js';
import { pupilStays, type ClassStay } from './pupil-stays.js';
import { isSigned, SheetStandings, type StandingSheet } from './sheet-standing.js';

/** One pupil with what the transcript says of them. */
export interface PupilSource {
  readonly pupil: Pupil;
  readonly result: PupilResult;
  /** The council's decision on this result. */
  readonly decision: CouncilDecision;
  /** The pupil's recorded cells of the year. */
  readonly cells: readonly MarkCell[];
  /** Areas of the cells that were corrected, one for each place corrected. */
  readonly correctedAreas: readonly string[];
  /** In the order of time. */
  readonly stays: readonly ClassStay[];
}

/** A class with what is the same in all its transcripts. */
export interface ClassSource {
  readonly info: ClassInfo;
  readonly homeroomTeacher: string;
  /** Names of who teaches an area, as printed. */
  readonly teachers: ReadonlyMap<string, string>;
  /** The subjects' sheets, and what their teachers have signed of them. */
  readonly sheets: readonly StandingSheet[];
  readonly pupils: readonly PupilSource[];
}

@Injectable()
export class TranscriptSources {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly standings: SheetStandings,
  ) {}

  /**
   * Of those pupils whom the council has decided on.
   * @param allCells the class's cells, drafts among them
   */
  async ofClass(
    info: ClassInfo,
    { decided }: Pick<DecidedClass, 'decided'>,
    allCells: readonly MarkCell[],
  ): Promise<ClassSource> {
    const cells = allCells.filter(({ state }) => state === 'recorded');
    const corrected = await this.correctedCells(info);
    const stays = await pupilStays(
      this.database.read,
      info,
      decided.map(({ pupil }) => pupil.id),
    );
    const teachers = await this.teachers(info);
    const cellsOf = groupBy(cells, ({ pupilId }) => pupilId);
    return {
      info,
      homeroomTeacher: teachers.get(HOMEROOM) ?? '',
      teachers,
      sheets: await this.standings.ofClass(info, allCells),
      pupils: decided.map(({ pupil, result, decision }) => {
        const own = cellsOf.get(pupil.id) ?? [];
        return {
          pupil,
          result,
          decision,
          cells: own,
          correctedAreas: own.flatMap(({ id, area }) => (corrected.has(id) ? [area] : [])),
          stays: stays.get(pupil.id) ?? [],
        };
      }),
    };
  }

  /** Ids of the cells that the journal says were corrected: what the form's last sentence counts. */
  private async correctedCells({ schoolId, id: classId }: ClassInfo): Promise<Set<string>> {
    const { read } = this.database;
    // By the class's marks; joined to them, SQLite goes through those of the school.
    const ofClass = read
      .createQueryBuilder(MarkCell, 'mark')
      .select('mark.id')
      .where('mark.schoolId = :schoolId AND mark.classId = :classId');
    const events = await read
      .createQueryBuilder(JournalEvent, 'event')
      .select('event.subjectId', 'markId')
      .where("event.schoolId = :schoolId AND event.subject = 'marks' AND event.type = 'mark.corrected'")
      .andWhere(`event.subjectId IN (${ofClass.getQuery()})`)
      .setParameters({ schoolId, classId })
      .getRawMany<{ markId: string }>();
    return new Set(events.map(({ markId }) => markId));
  }

  /** Names of the people of each area of the class, in the order of their assignments. */
  private async teachers(info: ClassInfo): Promise<Map<string, string>> {
    const assignments = await this.classes.assignments([info]);
    const names = await this.people.names(
      info.schoolId,
      assignments.map(({ personId }) => personId),
    );
    const byArea = groupBy(assignments, ({ area }) => area);
    return new Map(
      [...byArea].map(([area, rows]) => [
        area,
        [...new Set(rows.map(({ personId }) => names(personId)))].join('; '),
      ]),
    );
  }
}

/** What the transcript commits to: the digest of a sheet that all its teachers have signed as it stands. */
export function signedDigest({ sheets }: ClassSource, area: string, period: string): string | undefined {
  const found = sheets.find(({ sheet }) => sheet.area.area === area && sheet.period === period);
  return found !== undefined && isSigned(found) ? (found.digest ?? undefined) : undefined;
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
