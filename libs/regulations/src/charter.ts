import { recordsOf, type CharterId, type KeptRecord } from './charter-records.js';

/** The charter (Điều lệ trường) says which records a school keeps and whether paper is needed. */

export type SchoolLevel = 'primary' | 'lower-secondary' | 'upper-secondary';

export interface Charter {
  readonly id: CharterId;
  readonly circular: string;
  /** First day in force, YYYY-MM-DD. */
  readonly from: string;
  /** Last day in force; null while in force. */
  readonly to: string | null;
  /** Whether paper records stay obligatory beside electronic ones. */
  readonly paperNeeded: boolean;
  /** Article that lists the records, and how sure we are of the list (ASSUMPTIONS.md C3). */
  readonly article: string;
  readonly records: readonly KeptRecord[];
}

const TT15: Charter = {
  id: 'tt15-2026',
  circular: '15/2026/TT-BGDĐT',
  from: '2026-05-10',
  to: null,
  paperNeeded: false,
  article: 'TT 15/2026 Đ.21',
  records: recordsOf('tt15-2026'),
};
const TT28: Charter = {
  id: 'tt28-2020',
  circular: '28/2020/TT-BGDĐT',
  from: '2020-10-20',
  to: '2026-05-09',
  paperNeeded: true,
  article: 'TT 28/2020 Đ.21',
  records: recordsOf('tt28-2020'),
};
const TT32: Charter = {
  id: 'tt32-2020',
  circular: '32/2020/TT-BGDĐT',
  from: '2020-11-01',
  to: '2026-05-09',
  paperNeeded: true,
  article: 'TT 32/2020 Đ.21',
  records: recordsOf('tt32-2020'),
};

/**
 * The charter in force on the day of an event, also inside one school year: TT 28/2020 (primary) and TT 32/2020
 * (secondary) until 9 May 2026, TT 15/2026 for all from 10 May 2026.
 *
 * @param date YYYY-MM-DD, the calendar day in Viet Nam
 * @throws RangeError for a malformed date or one before these charters
 */
export function charterAt(date: string, level: SchoolLevel): Charter {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(date)) throw new RangeError(`a date is YYYY-MM-DD, got "${date}"`);
  if (date >= TT15.from) return TT15;
  const charter = level === 'primary' ? TT28 : TT32;
  if (date < charter.from)
    throw new RangeError(`no charter known for ${date}; the earliest is of ${charter.from}`);
  return charter;
}
