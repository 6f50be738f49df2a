/** The rows and events that signatures become, and whether the documents are still those that were signed. */
import type { NewEvent } from '../audit/journal.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import type { SigningPlan } from './signing-plans.js';
import { sha256Hex } from './transcript-files.js';
import type { Signed } from './transcript-signing.js';
import type { TranscriptSignature } from './transcripts.entities.js';

/** The documents signed, which must still be those of the batch. @throws Problem STATE_CONFLICT: composed again meanwhile */
export function stillThere({ state }: SigningPlan, signed: readonly Signed[]): readonly Signed[] {
  const hashes = new Set(signed.map(({ row }) => `${row.id} ${row.documentHash}`));
  const same = state.members.every(({ row }) => hashes.has(`${row.id} ${row.documentHash}`));
  if (same && state.members.length === signed.length) return signed;
  throw new Problem('STATE_CONFLICT', 'Đợt này vừa thay đổi trong lúc kí; hãy xem lại rồi kí lại.');
}

export function signatureRow(
  session: SessionContext,
  { place, position }: SigningPlan,
  { row, made }: Signed,
  signedAt: string,
  actId: string,
): TranscriptSignature {
  return {
    schoolId: session.schoolId,
    transcriptId: row.id,
    position,
    role: place.role,
    personId: session.personId,
    certificateId: place.certificateId,
    signedAt,
    actId,
    cms: made.cms,
  };
}

export function signedEvent(
  row: TranscriptSignature,
  documentHash: string,
  by: Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule' | 'at'>,
): NewEvent {
  const { role, personId, certificateId, signedAt, actId, cms } = row;
  return {
    ...by,
    type: 'transcript.signed',
    subject: 'transcript_signatures',
    subjectId: `${row.transcriptId}/${String(row.position)}`,
    data: { role, personId, certificateId, signedAt, actId, cms: sha256Hex(cms), documentHash },
  };
}
