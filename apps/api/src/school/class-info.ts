/** A class with all that its sheets follow from: school, year, rule set, subjects taught. Pure. */
import type { SchoolLevel } from '#regulations/charter.js';
import { ruleSetFor, type RuleSetVersion } from '#regulations/rule-sets.js';
import { sheetAreas, sheetColumns, type SheetArea, type SheetColumn } from '#regulations/sheets.js';
import type { Period } from '#regulations/types.js';
import type { ClassSubject, School, SchoolClass, SchoolYear, SubjectChange } from './school.entities.js';

/** Area of the assignment that makes a homeroom teacher (giáo viên chủ nhiệm). */
export const HOMEROOM = 'GVCN';

export interface ClassInfo {
  readonly schoolId: string;
  readonly school: School;
  readonly year: SchoolYear;
  readonly id: string;
  readonly name: string;
  readonly grade: number;
  readonly ruleSet: RuleSetVersion;
  /** Subjects this class is taught, with the yearly periods of the school's plan. */
  readonly subjects: readonly ClassSubject[];
  /** By pupil and subject: how many times more approved changes have them stop it than take it up. */
  readonly stops: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** One of the class's areas at one of its times. */
export interface ClassSheet {
  readonly area: SheetArea;
  readonly period: Period;
  readonly columns: readonly SheetColumn[];
}

/** The level of a school in the words of the regulations. */
export const LEVELS: Readonly<Record<School['level'], SchoolLevel>> = {
  PRIMARY: 'primary',
  LOWER_SECONDARY: 'lower-secondary',
  UPPER_SECONDARY: 'upper-secondary',
};

/**
 * Puts a class together; one of a closed year keeps the version of the rules it was closed with.
 * @param changes approved changes of optional subjects in the class's year, in no order
 * @throws RuleSetError when no known circular rules its grade in its year
 */
export function classInfo(
  school: School,
  year: SchoolYear,
  own: SchoolClass,
  subjects: readonly ClassSubject[],
  changes: readonly SubjectChange[],
): ClassInfo {
  const { id, name, grade, schoolId } = own;
  const closedWith = year.closedRules?.find((rule) => rule.grade === grade);
  const ruleSet = ruleSetFor({
    ...{ level: LEVELS[school.level], grade, schoolYear: year.label },
    ...(closedWith === undefined ? {} : { closedWith }),
  });
  return { schoolId, school, year, id, name, grade, ruleSet, subjects, stops: stopsOf(changes) };
}

/** A subject is stopped and taken up in turns, so that the order of the changes does not matter. */
function stopsOf(changes: readonly SubjectChange[]): Map<string, Map<string, number>> {
  const stops = new Map<string, Map<string, number>>();
  for (const { pupilId, dropped, taken } of changes) {
    const own = stops.get(pupilId) ?? new Map<string, number>();
    if (dropped !== null) own.set(dropped, (own.get(dropped) ?? 0) + 1);
    if (taken !== null) own.set(taken, (own.get(taken) ?? 0) - 1);
    stops.set(pupilId, own);
  }
  return stops;
}

/** Why nothing is entered of an area that a pupil does not take. */
export const NOT_TAKEN = 'học sinh không học môn này (đã đổi môn lựa chọn).';

/** Whether a pupil takes an area of their class: all but the optional subjects that an approved change has them stop. */
export function takes({ stops }: ClassInfo, pupilId: string, area: string): boolean {
  return (stops.get(pupilId)?.get(area) ?? 0) <= 0;
}

/** The areas of the class in official order: subjects taught, then conduct or qualities and attendance. */
export function areasOf(info: ClassInfo): readonly SheetArea[] {
  const taught = new Set(info.subjects.map((subject) => subject.subjectCode));
  return sheetAreas(info.ruleSet.id, info.grade).filter(
    ({ area, subject }) => subject === null || taught.has(area),
  );
}

/** Every sheet of the class's year. */
export function sheetsOf(info: ClassInfo): ClassSheet[] {
  return areasOf(info).flatMap((area) =>
    area.periods.map((period) => ({ area, period, columns: columnsOf(info, area.area, period) })),
  );
}

/** One sheet of the class; null when the class has none such. */
export function sheetOf(info: ClassInfo, area: string, period: string): ClassSheet | null {
  const found = areasOf(info).find((candidate) => candidate.area === area);
  const at = found?.periods.find((candidate) => candidate === period);
  return found === undefined || at === undefined
    ? null
    : { area: found, period: at, columns: columnsOf(info, area, at) };
}

function columnsOf(info: ClassInfo, area: string, period: Period): readonly SheetColumn[] {
  const periodsPerYear = info.subjects.find((subject) => subject.subjectCode === area)?.periodsPerYear;
  return sheetColumns(info.ruleSet.id, info.grade, area, period, periodsPerYear);
}

/** What an area is called: a subject's name, "Kết quả rèn luyện", … */
export function areaLabel(info: ClassInfo, area: string): string {
  if (area === HOMEROOM) return 'Chủ nhiệm';
  return sheetAreas(info.ruleSet.id, info.grade).find((candidate) => candidate.area === area)?.label ?? area;
}

/** Whether the homeroom teacher keeps this area: conduct, qualities and competences, attendance. */
export function isHomeroomArea(info: ClassInfo, area: string): boolean {
  return areasOf(info).some((candidate) => candidate.area === area && candidate.subject === null);
}

/**
 * The day on which a class's people are looked up: today, and for a year that is over its last day, so that those who
 * had the class then still answer for it.
 */
export function dayOfClass(year: Pick<SchoolYear, 'startsOn' | 'endsOn'>, today: string): string {
  if (today > year.endsOn) return year.endsOn;
  return today < year.startsOn ? year.startsOn : today;
}

/** Whether a span of days (ends included; open end is null) holds a day. */
export function inForce(
  span: { readonly fromDate: string; readonly toDate: string | null },
  day: string,
): boolean {
  return span.fromDate <= day && (span.toDate === null || day <= span.toDate);
}
