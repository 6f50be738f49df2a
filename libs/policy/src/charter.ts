/** Điều lệ nhà trường: which charter is in force on which day, for which level (RULES.md rule 14). */

export type Level = 'primary' | 'secondary';

export interface Charter {
  readonly id: 'tt28-2020' | 'tt32-2020' | 'tt15-2026';
  readonly circular: string;
  /** Left out: both levels. */
  readonly level?: Level;
  /** First day in force, YYYY-MM-DD. */
  readonly from?: string;
  /** Last day in force. */
  readonly until?: string;
}

/** TT 15/2026 replaces both older charters from this day on, also inside a school year. */
export const NEW_CHARTER_FROM = '2026-05-10';
export const OLD_CHARTERS_UNTIL = '2026-05-09';

export const CHARTERS: readonly Charter[] = [
  {
    id: 'tt28-2020',
    circular: 'Thông tư 28/2020/TT-BGDĐT',
    level: 'primary',
    until: OLD_CHARTERS_UNTIL,
  },
  {
    id: 'tt32-2020',
    circular: 'Thông tư 32/2020/TT-BGDĐT',
    level: 'secondary',
    until: OLD_CHARTERS_UNTIL,
  },
  { id: 'tt15-2026', circular: 'Thông tư 15/2026/TT-BGDĐT', from: NEW_CHARTER_FROM },
];

/** Something that holds from a day, until a day, for a level; what is left out does not limit it. */
export interface InForce {
  readonly from?: string;
  readonly until?: string;
  readonly level?: Level;
}

/** Whether it holds on the day of the event; of an unknown level both may. */
export function isInForce({ from, until, level }: InForce, date: string, of: Level | undefined): boolean {
  if (from !== undefined && date < from) return false;
  if (until !== undefined && date > until) return false;
  return level === undefined || of === undefined || level === of;
}

/** The charter in force on a day, as it is cited. */
export function charterOn(date: string, level: Level | undefined): string {
  return CHARTERS.filter((charter) => isInForce(charter, date, level))
    .map(({ circular }) => circular)
    .join(', ');
}
