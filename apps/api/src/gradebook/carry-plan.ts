/** Which cells of a pupil go with them into another class of the same grade. Pure. */
import { randomUUID } from 'node:crypto';
import { sheetOf, type ClassInfo } from '../school/class-info.js';
import { placeKey } from './earlier-plan.js';
import type { MarkCell } from './gradebook.entities.js';

export interface CarryPlan {
  /** Recorded cells as the new class will hold them, each with the cell it comes from. */
  readonly recorded: readonly { readonly cell: MarkCell; readonly from: MarkCell }[];
  readonly drafts: readonly MarkCell[];
  /** Cells of columns that the new class does not have. */
  readonly left: readonly MarkCell[];
}

/**
 * @param own the pupil's cells in the class they leave
 * @param there the pupil's cells in the class they join, from an earlier time in it
 * @param at ISO 8601, UTC
 */
export function planCarry(
  to: ClassInfo,
  own: readonly MarkCell[],
  there: readonly MarkCell[],
  at: string,
): CarryPlan {
  const held = new Map(there.map((cell) => [placeKey(cell), cell]));
  const filled = own.filter(({ value }) => value !== null);
  const [fitting, left] = [filled.filter((cell) => fits(to, cell)), filled.filter((cell) => !fits(to, cell))];
  const copies = fitting.flatMap((from) => {
    const before = held.get(placeKey(from));
    const same = before !== undefined && before.state === from.state && before.value === from.value;
    // What the new class has in its book is not overwritten by what the old class only drafted.
    if (same || (before?.state === 'recorded' && from.state === 'draft')) return [];
    const version = (before?.version ?? 0) + 1;
    const cell = { ...from, id: before?.id ?? randomUUID(), classId: to.id, version, updatedAt: at };
    return [{ cell, from }];
  });
  return {
    recorded: copies.filter(({ cell }) => cell.state === 'recorded'),
    drafts: copies
      .filter(({ cell }) => cell.state === 'draft')
      .map(({ cell }) => ({ ...cell, eventSeq: null })),
    left,
  };
}

function fits(to: ClassInfo, { area, period, columnCode }: MarkCell): boolean {
  return sheetOf(to, area, period)?.columns.some(({ code }) => code === columnCode) === true;
}
