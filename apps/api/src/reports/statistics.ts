/**
 * How many pupils have each level, by class, grade and in all (thống kê): of computed results that hold. Who is under an
 * individual plan stands beside the percentages (practice.md 6).
 */
import { Injectable } from '@nestjs/common';
import type { SharesAnswer, StatisticsAnswer } from '#contracts/reports.js';
import { classShares, type PupilOutcome } from '#regulations/class-shares.js';
import { LEVEL_LABELS, PERIOD_LABELS, PRIMARY_YEAR_LABELS } from '#regulations/labels.js';
import { Database } from '../database/database.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { YearNote } from '../results/results.entities.js';
import { Results, type ResultOfYear } from '../results/results.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Relations } from '../school/relations.js';

/** One table of shares: what it is of, and where the level stands in an answer of evaluate. */
interface Measure {
  readonly about: string;
  readonly label: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly levelIn: (answer: ResultOfYear) => string | null;
}

const PRIMARY: readonly Measure[] = [
  {
    ...{ about: 'year', label: 'Kết quả giáo dục cả năm', labels: PRIMARY_YEAR_LABELS },
    levelIn: (answer) => ('year' in answer ? answer.year : null),
  },
];

const SECONDARY: readonly Measure[] = (['HK1', 'HK2', 'year'] as const).flatMap((when): Measure[] => {
  const label = when === 'year' ? 'cả năm' : PERIOD_LABELS[when];
  return [
    {
      ...{ about: `learning.${when}`, label: `Kết quả học tập, ${label}`, labels: LEVEL_LABELS },
      levelIn: (answer) => ('learning' in answer ? answer.learning[when] : null),
    },
    {
      ...{ about: `conduct.${when}`, label: `Kết quả rèn luyện, ${label}`, labels: LEVEL_LABELS },
      levelIn: (answer) => ('conduct' in answer ? answer.conduct[when] : null),
    },
  ];
});

/** A pupil's computed year; null while there is none that holds. */
interface Outcome {
  readonly answer: ResultOfYear | null;
  readonly planned: boolean;
}

interface CountedClass {
  readonly info: ClassInfo;
  readonly outcomes: readonly Outcome[];
}

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
      classes: counted.map(({ info, outcomes }) => ({
        ...{ classId: info.id, className: info.name, grade: info.grade },
        shares: sharesOf(info, outcomes),
      })),
      grades: grades.map((grade) => ({
        grade,
        shares: sumOf(counted.filter(({ info }) => info.grade === grade)),
      })),
      all: sumOf(counted),
    };
  }

  private async outcomes(info: ClassInfo): Promise<Outcome[]> {
    const { schoolId, id: classId } = info;
    const notes = await this.database.read.findBy(YearNote, { schoolId, classId });
    const planned = new Set(
      notes.filter(({ note }) => (note.notAssessed ?? []).length > 0).map(({ pupilId }) => pupilId),
    );
    return (await this.results.standing(info)).map(({ pupil, result, stale }) => ({
      answer: result === null || stale ? null : (result.answer as ResultOfYear),
      planned: planned.has(pupil.id),
    }));
  }
}

function sumOf(counted: readonly CountedClass[]): SharesAnswer[] {
  const [first] = counted;
  return first === undefined
    ? []
    : sharesOf(
        first.info,
        counted.flatMap(({ outcomes }) => outcomes),
      );
}

/** Whoever has subjects under an individual plan and so no level of their own is not assessed, rather than open. */
function sharesOf({ ruleSet }: ClassInfo, outcomes: readonly Outcome[]): SharesAnswer[] {
  const measures = ruleSet.id === 'tt22-2021' ? SECONDARY : PRIMARY;
  return measures.map(({ about, label, labels, levelIn }) => {
    const pupils = outcomes.map(({ answer, planned }): PupilOutcome<string> => {
      const level = answer === null ? null : levelIn(answer);
      return { level, notAssessed: planned && level === null };
    });
    const { assessed, notAssessed, open, shares } = classShares(pupils, Object.keys(labels));
    return {
      ...{ about, label, assessed, notAssessed, open },
      shares: shares.map((share) => ({ ...share, label: labels[share.level] ?? share.level })),
    };
  });
}
