/** Documents of whole classes that name a pupil: summaries and registers, which hold everybody's marks on one page. */
import { In, IsNull, type EntityManager } from 'typeorm';
import { decodeDocument } from '#transcript/canonical.js';
import { Enrolment, Pupil } from '../school/school.entities.js';
import { Transcript } from '../transcripts/transcripts.entities.js';

/** Those not erased yet, of the classes in which the pupil ever was. */
export async function classDocumentsOf({
  read,
  schoolId,
  pupilId,
}: {
  readonly read: EntityManager;
  readonly schoolId: string;
  readonly pupilId: string;
}): Promise<Transcript[]> {
  const pupil = await read.findOneBy(Pupil, { schoolId, id: pupilId });
  if (pupil === null) return [];
  const enrolments = await read.findBy(Enrolment, { schoolId, pupilId });
  const classIds = [...new Set(enrolments.map(({ classId }) => classId))];
  const rows = await read.findBy(Transcript, {
    ...{ schoolId, classId: In(classIds), kind: In(['bang-tong-hop', 'so-theo-doi-lop']) },
    erasedAt: IsNull(),
  });
  return rows.filter(({ document }) => document !== null && names(document, pupil.code));
}

function names(document: Uint8Array, code: string): boolean {
  const { data } = decodeDocument(document);
  return 'pupils' in data && data.pupils.some((row) => row.code === code);
}
