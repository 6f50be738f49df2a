/** What a teacher signs of a sheet: its recorded cells in one canonical form. Pure. */
import { createHash } from 'node:crypto';
import { toHex } from '#ledger/format/bytes.js';
import { canonicalize } from '#ledger/format/jcs.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import type { ClassInfo } from '../school/class-info.js';

/** Which sheet, and under which lock it stands as it does. */
export interface LockedSheet {
  readonly area: string;
  readonly period: string;
  readonly lockId: string;
  readonly salt: Uint8Array;
}

/** SHA-256 of the canonical sheet: RFC 8785, cells in the order of their pupils' ids and columns. */
export function sheetDigest(
  info: Pick<ClassInfo, 'id' | 'school' | 'year'>,
  { area, period, lockId, salt }: LockedSheet,
  cells: readonly Pick<MarkCell, 'area' | 'period' | 'state' | 'pupilId' | 'columnCode' | 'value'>[],
): Uint8Array {
  const own = cells.filter((c) => c.area === area && c.period === period && c.state === 'recorded');
  const sheet = {
    v: 1,
    type: 'sheet',
    origin: info.school.origin,
    schoolYear: info.year.label,
    class: info.id,
    area,
    period,
    lock: lockId,
    salt: toHex(salt),
    cells: own
      .map(({ pupilId: pupil, columnCode: column, value }) => ({ pupil, column, value }))
      .sort((a, b) => compare(a.pupil, b.pupil) || compare(a.column, b.column)),
  };
  return new Uint8Array(createHash('sha256').update(canonicalize(sheet)).digest());
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
