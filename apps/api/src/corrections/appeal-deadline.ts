/** Until when a family may appeal a mark: so many days after it was published. Pure. */

const DAY_MS = 86_400_000;

/**
 * A mark is published when it is recorded or corrected, and its sheet once more when it is locked: the later of the two
 * counts. @param days the school's switch appealDays
 */
export function appealUntil(changedAt: string, lockedAt: string | null, days: number): string {
  const published = lockedAt !== null && lockedAt > changedAt ? lockedAt : changedAt;
  return new Date(Date.parse(published) + days * DAY_MS).toISOString();
}
