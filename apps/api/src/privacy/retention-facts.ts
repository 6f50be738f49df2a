/** What the law's periods are counted from: the years a pupil was here, and of which there is something in a record. */
import { In, IsNull, type EntityManager } from 'typeorm';
import type { SchoolLevel } from '#regulations/charter.js';
import {
  isHeldOn,
  recordsOfPart,
  type ErasurePart,
  type HeldRecord,
  type RecordedYear,
} from '#regulations/retention.js';
import { EarlierMark, MarkCell } from '../gradebook/gradebook.entities.js';
import { PupilResult } from '../results/results.entities.js';
import { inForce, LEVELS } from '../school/class-info.js';
import {
  Enrolment,
  Guardianship,
  Pupil,
  School,
  SchoolClass,
  SchoolYear,
} from '../school/school.entities.js';
import { Transcript } from '../transcripts/transcripts.entities.js';

/** One pupil, as far as keeping goes. */
export interface PupilFacts {
  readonly pupil: Pupil;
  readonly level: SchoolLevel;
  /** In order. */
  readonly years: readonly RecordedYear[];
  /** Years with recorded marks or results. */
  readonly bookYears: readonly RecordedYear[];
  /** Years with a sealed transcript that is still there. */
  readonly transcriptYears: readonly RecordedYear[];
  readonly hasFamily: boolean;
  /** Class and year where the pupil learns today; null when they have left. */
  readonly learnsIn: string | null;
}

/** The records of a part that must still be kept on a day; of who is in no register and no book, none. */
export function heldOf(facts: PupilFacts, part: ErasurePart, today: string): HeldRecord[] {
  return recordsOfPart(part, facts.level, yearsOf(facts, part)).filter((record) => isHeldOn(record, today));
}

function yearsOf(facts: PupilFacts, part: ErasurePart): readonly RecordedYear[] {
  const { pupil, years, bookYears, transcriptYears } = facts;
  switch (part) {
    case 'family':
      return [];
    case 'book':
      return bookYears;
    case 'transcript':
      return transcriptYears;
    case 'identity': {
      const registered = pupil.registerNumber !== null || bookYears.length + transcriptYears.length > 0;
      return registered ? years : [];
    }
  }
}

/** The facts of the school's pupils whose identity is not erased, or of some of them, in the order of their codes. */
export async function loadFacts(
  read: EntityManager,
  schoolId: string,
  today: string,
  pupilIds?: readonly string[],
): Promise<PupilFacts[]> {
  const ids = pupilIds === undefined ? undefined : In([...pupilIds]);
  const where = { schoolId, ...(ids === undefined ? {} : { pupilId: ids }) };
  const pupils = await read.find(Pupil, {
    where: { schoolId, erasedAt: IsNull(), ...(ids === undefined ? {} : { id: ids }) },
    order: { code: 'ASC' },
  });
  const { level } = await read.findOneByOrFail(School, { id: schoolId });
  const calendar = await loadCalendar(read, schoolId);
  const enrolments = byPupil(await read.findBy(Enrolment, where));
  const transcripts = byPupil(
    await read.find(Transcript, {
      select: { pupilId: true, yearId: true },
      where: { ...where, kind: 'hoc-ba', state: In(['sealed', 'issued']), erasedAt: IsNull() },
    }),
  );
  const results = byPupil(await read.find(PupilResult, { select: { pupilId: true, yearId: true }, where }));
  const earlier = await read.findBy(EarlierMark, { ...where, state: 'confirmed' });
  const marked = byPupil([...(await recorded(read, schoolId, pupilIds)), ...earlier]);
  const families = byPupil(await read.findBy(Guardianship, where));
  return pupils.map((pupil): PupilFacts => {
    const [here = [], cells = []] = [enrolments.get(pupil.id), marked.get(pupil.id)];
    const yearIds = (rows: readonly { readonly yearId: string }[] = []) => rows.map(({ yearId }) => yearId);
    return {
      pupil,
      level: LEVELS[level],
      years: calendar.years(here.map(calendar.yearOf)),
      bookYears: calendar.years([...yearIds(results.get(pupil.id)), ...cells.map(calendar.yearOf)]),
      transcriptYears: calendar.years(yearIds(transcripts.get(pupil.id))),
      hasFamily: families.has(pupil.id),
      learnsIn: calendar.classOf(here, today),
    };
  });
}

/** The school's classes and years, to be asked by class. */
interface Calendar {
  readonly yearOf: (row: { readonly classId: string }) => string;
  /** Each once, in order. */
  readonly years: (ids: readonly string[]) => RecordedYear[];
  /** Name of the class where who is enrolled so learns, or will; null when in none. */
  readonly classOf: (rows: readonly Enrolment[], today: string) => string | null;
}

async function loadCalendar(read: EntityManager, schoolId: string): Promise<Calendar> {
  const years = new Map((await read.findBy(SchoolYear, { schoolId })).map((year) => [year.id, year]));
  const classes = new Map((await read.findBy(SchoolClass, { schoolId })).map((row) => [row.id, row]));
  const yearOf = ({ classId }: { readonly classId: string }) => classes.get(classId)?.yearId ?? '';
  return {
    yearOf,
    years: (ids) =>
      [...new Set(ids)].flatMap((id) => years.get(id) ?? []).sort((a, b) => a.endsOn.localeCompare(b.endsOn)),
    classOf: (rows, today) => {
      const now = rows.find((row) => {
        const endsOn = years.get(yearOf(row))?.endsOn ?? '';
        return endsOn >= today && (inForce(row, today) || row.fromDate > today);
      });
      return now === undefined ? null : (classes.get(now.classId)?.name ?? '');
    },
  };
}

/** In which classes who has recorded marks: a row each, however many marks. */
function recorded(
  read: EntityManager,
  schoolId: string,
  pupilIds: readonly string[] | undefined,
): Promise<{ pupilId: string; classId: string }[]> {
  const query = read
    .createQueryBuilder(MarkCell, 'mark')
    .select('mark.pupilId', 'pupilId')
    .addSelect('mark.classId', 'classId')
    .where("mark.schoolId = :schoolId AND mark.state = 'recorded'", { schoolId })
    .groupBy('mark.pupilId')
    .addGroupBy('mark.classId');
  if (pupilIds !== undefined) query.andWhere('mark.pupilId IN (:...pupilIds)', { pupilIds });
  return query.getRawMany();
}

function byPupil<T extends { readonly pupilId: string }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(row.pupilId, [...(found.get(row.pupilId) ?? []), row]);
  return found;
}
