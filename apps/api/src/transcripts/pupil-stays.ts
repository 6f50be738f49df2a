/** Where pupils went to school (quá trình học tập): classes of this school, and other schools as far as papers came in. */
import { In, LessThanOrEqual, type EntityManager } from 'typeorm';
import { EarlierMark } from '../gradebook/gradebook.entities.js';
import type { ClassInfo } from '../school/class-info.js';
import { Enrolment, SchoolClass, SchoolYear } from '../school/school.entities.js';
import { ReceivedTranscript } from './received-transcripts.entities.js';

/** One class in which a pupil was, this year or before. */
export interface ClassStay {
  readonly schoolYear: string;
  readonly className: string;
  /** Of another school, as printed; left out: this one. */
  readonly schoolName?: string;
  readonly enteredOn?: string;
}

/** What nobody wrote down of another school. */
const UNKNOWN_CLASS = '–';

type Of = ReadonlyMap<string, readonly ClassStay[]>;

/** Of each pupil, in the order of time, up to the year of the class. */
export async function pupilStays(
  read: EntityManager,
  { schoolId, year }: Pick<ClassInfo, 'schoolId' | 'year'>,
  pupilIds: readonly string[],
): Promise<Of> {
  const where = { schoolId, pupilId: In([...pupilIds]) };
  const years = await read.findBy(SchoolYear, { schoolId, label: LessThanOrEqual(year.label) });
  const enrolments = await read.find(Enrolment, { where, order: { fromDate: 'ASC', id: 'ASC' } });
  const earlier = await read.find(EarlierMark, {
    select: { pupilId: true, classId: true, origin: true },
    where: { ...where, because: 'joined', state: 'confirmed' },
  });
  const received = await read.find(ReceivedTranscript, {
    select: { pupilId: true, schoolYear: true, className: true, schoolName: true },
    where: { ...where, schoolYear: LessThanOrEqual(year.label) },
  });
  const ids = [...new Set([...enrolments, ...earlier].map(({ classId }) => classId))];
  const classes = ids.length === 0 ? [] : await read.findBy(SchoolClass, { schoolId, id: In(ids) });
  const yearOf = (classId: string): string | undefined => {
    const own = classes.find(({ id }) => id === classId);
    return years.find(({ id }) => id === own?.yearId)?.label;
  };
  const stays = new Map<string, ClassStay[]>();
  const add = (pupilId: string, stay: ClassStay): void => {
    const rows = stays.get(pupilId) ?? [];
    const known = rows.some(
      ({ schoolYear, schoolName }) =>
        schoolName !== undefined && schoolName === stay.schoolName && schoolYear === stay.schoolYear,
    );
    if (!known) rows.push(stay);
    stays.set(pupilId, rows);
  };
  for (const { pupilId, schoolYear, className, schoolName } of received) {
    add(pupilId, { schoolYear, className, schoolName });
  }
  for (const { pupilId, classId, origin } of earlier) {
    const schoolYear = yearOf(classId);
    if (schoolYear !== undefined) add(pupilId, { schoolYear, className: UNKNOWN_CLASS, schoolName: origin });
  }
  for (const { pupilId, classId, fromDate } of enrolments) {
    const className = classes.find(({ id }) => id === classId)?.name;
    const schoolYear = yearOf(classId);
    if (className === undefined || schoolYear === undefined) continue;
    add(pupilId, { schoolYear, className, enteredOn: fromDate });
  }
  // Other schools come first in a year: pupils came from there. The order of this school's classes stays.
  for (const rows of stays.values())
    rows.sort((a, b) => (a.schoolYear < b.schoolYear ? -1 : a.schoolYear > b.schoolYear ? 1 : 0));
  return stays;
}
