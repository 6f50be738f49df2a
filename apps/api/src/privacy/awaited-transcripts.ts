/** Transcripts that are still to be made of a pupil's book: what the book may not be erased before, and who is left without. */
import { In, IsNull, type EntityManager } from 'typeorm';
import { inForce } from '../school/class-info.js';
import { Enrolment, SchoolClass, SchoolYear } from '../school/school.entities.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { Erasure } from './privacy.entities.js';
import type { OfPupil } from './pupil-rows.js';

/**
 * Sentences, one for each class on whose list the pupil stands at the end of a year that is not closed, with no sealed
 * transcript: without the book the class could neither compute their result nor put them before the council. Who erases
 * the identity too takes the pupil off the list.
 */
export async function awaitedTranscripts({ read, schoolId, pupilId }: OfPupil): Promise<string[]> {
  const enrolments = await read.findBy(Enrolment, { schoolId, pupilId });
  const ids = enrolments.map(({ classId }) => classId);
  const classes = await read.find(SchoolClass, { where: { schoolId, id: In(ids) }, order: { name: 'ASC' } });
  const years = await read.findBy(SchoolYear, { schoolId, closedAt: IsNull() });
  const sealed = await read.find(Transcript, {
    select: { yearId: true },
    where: { schoolId, pupilId, kind: 'hoc-ba', state: In(['sealed', 'issued']) },
  });
  return classes.flatMap(({ id, name, yearId }) => {
    const year = years.find((each) => each.id === yearId);
    if (year === undefined || sealed.some((each) => each.yearId === yearId)) return [];
    if (!enrolments.some((row) => row.classId === id && inForce(row, year.endsOn))) return [];
    return [
      `Em còn trong danh sách lớp ${name} năm học ${year.label} mà học bạ chưa phát hành, năm học chưa đóng: xóa sổ thì không lập được học bạ và lớp phải chờ. Hãy phát hành học bạ hoặc đóng năm học trước; hoặc xóa cùng thông tin về học sinh.`,
    ];
  });
}

/** Of these pupils those whose book was erased in or after a year that began on this day: nothing of it will be there again. */
export async function withoutBook(
  read: EntityManager,
  schoolId: string,
  pupilIds: readonly string[],
  startsOn: string,
): Promise<ReadonlySet<string>> {
  const rows = await read.findBy(Erasure, { schoolId, pupilId: In([...pupilIds]), state: 'approved' });
  const since = rows.filter(
    ({ parts, decidedAt }) => parts.includes('book') && (decidedAt ?? '') >= startsOn,
  );
  return new Set(since.map(({ pupilId }) => pupilId));
}
