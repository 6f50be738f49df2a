/** What a slip, a class summary or a register is composed from: a class's recorded values up to a period. */
import { Injectable } from '@nestjs/common';
import type { PupilYear } from '#regulations/build-input.js';
import { isErrorAnswer } from '#regulations/evaluate.js';
import { periodsOf } from '#regulations/sheets.js';
import type { Period } from '#regulations/types.js';
import { normalizeText } from '#transcript/text.js';
import { Correction } from '../corrections/corrections.entities.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { withoutBook } from '../privacy/awaited-transcripts.js';
import { PupilYears } from '../results/pupil-years.js';
import { Results, type ResultOfYear } from '../results/results.js';
import { areaLabel, areasOf, HOMEROOM, sheetsOf, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import type { Pupil } from '../school/school.entities.js';
import { Gates, sheetKey } from '../windows/gates.js';
import { ResultStanding } from './result-standing.js';

/** A place of the book that was corrected, with the values that stood there before, oldest first. */
export interface CorrectedPlace {
  readonly area: string;
  readonly period: string;
  readonly column: string;
  readonly was: readonly string[];
}

export interface PeriodPupil {
  readonly pupil: Pupil;
  readonly year: PupilYear;
  /** At the year's end the result that the council decided on; within the year what the rules give of what is there. */
  readonly answer: ResultOfYear | null;
  readonly corrected: readonly CorrectedPlace[];
  /** Newest journal event of what is stated; -1 without any. */
  readonly newest: number;
}

export interface PeriodSource {
  readonly info: ClassInfo;
  readonly period: Period;
  readonly homeroomTeacher: string;
  /** Names of who teaches an area, as printed. */
  readonly teachers: ReadonlyMap<string, string>;
  /** In the order of the class list. */
  readonly pupils: readonly PeriodPupil[];
  /** Ids of those whose book was erased: a class's documents do not name them again. */
  readonly withoutBook: ReadonlySet<string>;
}

@Injectable()
export class PeriodSources {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly years: PupilYears,
    private readonly results: Results,
    private readonly gates: Gates,
    private readonly standing: ResultStanding,
  ) {}

  /** @throws Problem STATE_CONFLICT with the sheets up to the period that are not locked */
  async of(info: ClassInfo, period: Period): Promise<PeriodSource> {
    await this.refuseUnlocked(info, period);
    const standing = period === 'CN' ? await this.results.standing(info) : [];
    const newest = await this.standing.newestOf(info, period);
    const corrected = await this.corrected(info);
    const teachers = await this.teachers(info);
    const pupils = (await this.years.ofClass(info)).map(({ pupil, year, input }): PeriodPupil => {
      const decided = standing.find((each) => each.pupil.id === pupil.id);
      const found = info.ruleSet.evaluate(input);
      const sofar = isErrorAnswer(found) ? null : found;
      const result = (decided?.decision ?? null) === null ? null : decided?.result?.answer;
      return {
        pupil,
        year,
        answer: period === 'CN' ? ((result ?? null) as ResultOfYear | null) : sofar,
        corrected: corrected.get(pupil.id) ?? [],
        newest: newest.get(pupil.id) ?? -1,
      };
    });
    const ids = pupils.map(({ pupil }) => pupil.id);
    const erased = await withoutBook(this.database.read, info.schoolId, ids, info.year.startsOn);
    const homeroomTeacher = teachers.get(HOMEROOM) ?? '';
    return { info, period, homeroomTeacher, teachers, pupils, withoutBook: erased };
  }

  private async refuseUnlocked(info: ClassInfo, period: Period): Promise<void> {
    const locked = await this.gates.locked(info.schoolId, [info.id]);
    const upTo = periodsUpTo(info, period);
    const items = sheetsOf(info)
      .filter((sheet) => upTo.includes(sheet.period))
      .filter((sheet) => !locked.has(keyOf(info, sheet.area.area, sheet.period)))
      .map(({ area, period: at }) => ({
        where: `${area.area}/${at}`,
        code: 'NOT_LOCKED',
        message: `${areaLabel(info, area.area)}, ${at}: chưa khóa sổ.`,
      }));
    if (items.length === 0) return;
    throw new Problem(
      'STATE_CONFLICT',
      `Lớp ${info.name} còn ${String(items.length)} trang chưa khóa sổ.`,
      items,
    );
  }

  /** By pupil: every place whose recorded value was corrected. */
  private async corrected({ schoolId, id: classId }: ClassInfo): Promise<Map<string, CorrectedPlace[]>> {
    const rows = await this.database.read.find(Correction, {
      where: { schoolId, classId, state: 'applied' },
      order: { appliedAt: 'ASC', id: 'ASC' },
    });
    const places = new Map<string, CorrectedPlace[]>();
    for (const { pupilId, area, period, columnCode: column, oldValue } of rows) {
      const own = places.get(pupilId) ?? [];
      const known = own.findIndex((p) => p.area === area && p.period === period && p.column === column);
      const old = normalizeText(oldValue ?? '');
      const was = [...(own[known]?.was ?? []), ...(old === '' ? [] : [old])];
      own.splice(known < 0 ? own.length : known, 1, { area, period, column, was });
      places.set(pupilId, own);
    }
    return places;
  }

  private async teachers(info: ClassInfo): Promise<Map<string, string>> {
    const assignments = await this.classes.assignments([info]);
    const ids = assignments.map(({ personId }) => personId);
    const names = await this.people.names(info.schoolId, ids);
    const byArea = new Map<string, Set<string>>();
    for (const { area, personId } of assignments) {
      const known = byArea.get(area) ?? new Set();
      byArea.set(area, known.add(normalizeText(names(personId))));
    }
    return new Map([...byArea].map(([area, found]) => [area, [...found].join('; ')]));
  }
}

function keyOf({ id: classId }: ClassInfo, area: string, period: string): string {
  return sheetKey({ classId, area, period });
}

/** The periods of a year up to this one. */
function periodsUpTo({ ruleSet }: ClassInfo, period: Period): readonly Period[] {
  const periods = periodsOf(ruleSet.id);
  return period === 'CN' ? periods : periods.slice(0, periods.indexOf(period) + 1);
}

/** The period whose sheets a document of `period` shows: at the year's end of secondary school the second term. */
export function shownPeriod({ ruleSet }: ClassInfo, period: Period): Period {
  return period === 'CN' && ruleSet.id === 'tt22-2021' ? 'HK2' : period;
}

/** The recorded value of a cell; null when there is none. */
export function valueOf({ year }: PeriodPupil, area: string, period: string, column: string): string | null {
  const found = year.cells.find((c) => c.area === area && c.period === period && c.column === column);
  return found?.value ?? null;
}

/** A recorded remark as it may be printed; '' without one. */
export function remarkAt(pupil: PeriodPupil, area: string, period: string, column = 'NX'): string {
  return normalizeText(valueOf(pupil, area, period, column) ?? '');
}

/** Whether a subject is under the pupil's individual plan. */
export function isNotAssessed({ year }: PeriodPupil, area: string): boolean {
  return year.notAssessed?.includes(area) === true;
}

/** "Trong trang này có sửa chữa …": the places of a period, by area in official order. */
export function correctionsAt(
  info: ClassInfo,
  { corrected }: PeriodPupil,
  period: Period,
): { readonly count: number; readonly subjects: readonly string[] } {
  const places = corrected.filter((place) => place.period === period);
  const areas = new Set(places.map(({ area }) => area));
  const subjects = areasOf(info).flatMap(({ area }) => (areas.has(area) ? [area] : []));
  return { count: places.length, subjects };
}

/** What a pupil lacks in a period: required columns without a value, each named. */
export function missingAt(info: ClassInfo, pupil: PeriodPupil, period: Period): string[] {
  const { notRequired = [] } = pupil.year;
  const taken = new Set(pupil.year.subjects.map(({ code }) => code));
  return sheetsOf(info)
    .filter((sheet) => sheet.period === period)
    .filter(({ area }) => area.subject === null || taken.has(area.area))
    .filter(({ area }) => !isNotAssessed(pupil, area.area))
    .flatMap(({ area, columns }) =>
      columns
        .filter(({ required, code }) => required && valueOf(pupil, area.area, period, code) === null)
        .filter(
          ({ code }) =>
            !notRequired.some((c) => c.area === area.area && c.period === period && c.column === code),
        )
        .map(({ label }) => `${area.label}, ${label}`),
    );
}
