/** In a closed year only what a correction has reopened is listed, met on and decided again. */
import { In, type EntityManager } from 'typeorm';
import { ReopenedDecision } from '../corrections/corrections.entities.js';
import type { Classes } from '../school/classes.js';
import { CouncilDecision } from './results.entities.js';

/**
 * Holds the classes for the rest of the unit; of a closed year those in which a decision waits to be met on again.
 * @throws Problem NOT_FOUND, YEAR_CLOSED
 */
export async function holdDecided(
  classes: Classes,
  tx: EntityManager,
  schoolId: string,
  classIds: readonly string[],
): Promise<void> {
  // Asked with the classes held: another unit may just have settled what was reopened.
  await classes.hold(tx, schoolId, classIds, 'allowed');
  const reopened = await reopenedClasses(tx, schoolId, classIds);
  await classes.hold(
    tx,
    schoolId,
    classIds.filter((id) => !reopened.has(id)),
  );
}

/** Those of the classes with a pupil whose reopened decision no later one has settled. */
async function reopenedClasses(
  tx: EntityManager,
  schoolId: string,
  classIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const where = { schoolId, classId: In([...classIds]) };
  const rows = await tx.findBy(ReopenedDecision, where);
  const decisions = rows.length === 0 ? [] : await tx.findBy(CouncilDecision, where);
  const waiting = rows.filter(
    ({ pupilId, eventSeq }) =>
      !decisions.some((later) => later.eventSeq > eventSeq && later.pupilIds.includes(pupilId)),
  );
  return new Set(waiting.map(({ classId }) => classId));
}
