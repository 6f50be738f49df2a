/** How far a pupil's lineage of a year has come: versions of the document and what else happened to it count together. */
import { In, type EntityManager } from 'typeorm';
import { nextLineage } from '#transcript/commitments.js';
import { LedgerOutboxRow } from '../ledger-host/ledger.entities.js';
import { TranscriptEvent } from './transcripts.entities.js';

/** L_e of L_0. */
export function lineageAt(first: Uint8Array, event: number): Uint8Array {
  return ahead(first, event);
}

/** L_{e+n} of L_e: who holds one can look forward, never back. */
export function ahead(lineage: Uint8Array, steps: number): Uint8Array {
  let at = lineage;
  for (let step = 0; step < steps; step++) at = nextLineage(at);
  return at;
}

/** The newest event of each pupil that is no version, by pupil; pupils without one are not in it. */
export async function newestEvents(
  read: EntityManager,
  schoolId: string,
  yearId: string,
  pupilIds: readonly string[],
): Promise<Map<string, TranscriptEvent>> {
  const rows = await read.find(TranscriptEvent, {
    where: { schoolId, yearId, pupilId: In([...pupilIds]) },
    order: { event: 'ASC' },
  });
  return new Map(rows.map((row) => [row.pupilId, row]));
}

/**
 * Whether the ledger has not given this entry its place yet. The next event of the lineage waits for it: what waits
 * together is shuffled, and a verifier looks for the next event after the one before.
 */
export async function isWaiting(read: EntityManager, schoolId: string, entryId: string): Promise<boolean> {
  return read.existsBy(LedgerOutboxRow, { schoolId, entryId });
}
