/** A closed school year: nothing of it is written any more but what an approved correction brings with it. */
import type { EntityManager } from 'typeorm';
import type { RuleSetKey } from '#regulations/rule-sets.js';
import { vietnamTime } from '../clock.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import { SchoolYear } from './school.entities.js';

/** The rule set that a closed year keeps for a grade, whatever version came since. */
export interface ClosedRule extends RuleSetKey {
  readonly grade: number;
}

/** @throws Problem YEAR_CLOSED */
export function refuseClosed({ label, closedAt }: Pick<SchoolYear, 'label' | 'closedAt'>): void {
  if (closedAt === null) return;
  const message = `Năm học đã đóng (${label}, lúc ${vietnamTime(closedAt)}); chỉ sửa được bằng đề nghị sửa đã duyệt.`;
  throw new Problem('YEAR_CLOSED', message, [{ where: 'year', code: 'YEAR_CLOSED', message }]);
}

/**
 * Holds a year for the rest of a unit of work that writes something of the year and of no one class.
 * @throws Problem NOT_FOUND, YEAR_CLOSED
 */
export async function holdOpenYear(tx: EntityManager, schoolId: string, yearId: string): Promise<void> {
  const year = await tx.findOne(SchoolYear, { where: { schoolId, id: yearId }, ...rowLock(tx) });
  if (year === null) throw notFound('năm học');
  refuseClosed(year);
}
