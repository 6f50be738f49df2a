/**
 * How many pupils have each level and each title, by class, grade and in all (thống kê): of computed results that hold.
 * Who is under an individual plan stands beside the percentages (practice.md 6); no pupil is named, none is ranked.
 */
import { Injectable } from '@nestjs/common';
import type { CountedAnswer, StatisticsAnswer } from '#contracts/reports.js';
import { Database } from '../database/database.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { YearNote } from '../results/results.entities.js';
import { Results, type ResultOfYear } from '../results/results.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Relations } from '../school/relations.js';
import { countedOf, type CountedClass, type Outcome } from './counted-classes.js';

@Injectable()
export class Statistics {
  constructor(
    private readonly database: Database,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly results: Results,
  ) {}

  /** Of the classes of the year whose statistics the person may print; grades and the sum are of those classes. */
  async ofYear(session: SessionContext, yearId: string): Promise<StatisticsAnswer> {
    await this.authorizer.authorize(session, 'school.read', await this.relations.ofSchool(session));
    const asker = await this.access.asker(session);
    const infos = (await this.classes.ofYear(session.schoolId, yearId))
      .filter((info) => asker.may('statistics.print', asker.mine.class(info)))
      .sort((a, b) => a.grade - b.grade || a.name.localeCompare(b.name, 'vi', { numeric: true }));
    const counted: CountedClass[] = [];
    for (const info of infos) counted.push({ info, outcomes: await this.outcomes(info) });
    const grades = [...new Set(infos.map(({ grade }) => grade))];
    return {
      yearId,
      classes: counted.map((each) => {
        const { id: classId, name: className, grade } = each.info;
        return { classId, className, grade, ...countedOf([each]) };
      }),
      grades: grades.flatMap((grade) => {
        const sum = sumOf(counted.filter(({ info }) => info.grade === grade));
        return sum === null ? [] : [{ grade, ...sum }];
      }),
      all: sumOf(counted),
    };
  }

  private async outcomes(info: ClassInfo): Promise<Outcome[]> {
    const { schoolId, id: classId } = info;
    const notes = await this.database.read.findBy(YearNote, { schoolId, classId });
    const plans = new Map(notes.map(({ pupilId, note }) => [pupilId, note.notAssessed ?? []]));
    return (await this.results.standing(info)).map(({ pupil, input, result, stale }) => ({
      ...{ pupilId: pupil.id, input, notAssessed: plans.get(pupil.id) ?? [] },
      answer: result === null || stale ? null : (result.answer as ResultOfYear),
    }));
  }
}

function sumOf([first, ...others]: readonly CountedClass[]): CountedAnswer | null {
  return first === undefined ? null : countedOf([first, ...others]);
}
