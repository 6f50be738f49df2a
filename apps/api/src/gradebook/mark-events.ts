/** What the journal keeps of a cell; audit folds these events into what the cell's row must hold now. */
import type { NewEvent } from '../audit/journal.js';
import type { MarkCell } from './gradebook.entities.js';

/** Who did it, when, by which rule. */
export type EventBy = Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at' | 'act'>;

/**
 * A cell becomes part of the book.
 * @param because the decision or paper behind the value, where there is one
 */
export function markRecorded(
  cell: MarkCell,
  by: EventBy,
  because: { readonly groundId: string; readonly reason: string } | null = null,
): NewEvent {
  const data = { ...dataOf(cell), ...because };
  return { ...by, type: 'mark.recorded', subject: 'marks', subjectId: cell.id, data };
}

/** A recording is taken back on the same day: the cell is a draft again. */
export function markWithdrawn(cell: MarkCell, reason: string, by: EventBy): NewEvent {
  const data = { ...dataOf(cell), reason };
  return { ...by, type: 'mark.withdrawn', subject: 'marks', subjectId: cell.id, data };
}

/** A cell comes from elsewhere: from the pupil's earlier class, or from the school that sent them. */
export function markCarried(
  cell: MarkCell,
  from: { readonly origin: string; readonly fromMarkId?: string; readonly fromClassId?: string },
  by: EventBy,
): NewEvent {
  const data = { ...dataOf(cell), ...from };
  return { ...by, type: 'mark.carried', subject: 'marks', subjectId: cell.id, data };
}

/** Everything a correction changed and who had a part in it. */
export interface CorrectionOfMark {
  readonly correctionId: string;
  /** Null when the cell was missing after a lock. */
  readonly old: string | null;
  readonly reason: string;
  readonly requestedBy: string;
  readonly confirmedBy: string | null;
  readonly approvedBy: string;
}

/** A recorded cell (or one missing after a lock) gets a new value by an approved correction. */
export function markCorrected(cell: MarkCell, correction: CorrectionOfMark, by: EventBy): NewEvent {
  const data = { ...dataOf(cell), ...correction };
  return { ...by, type: 'mark.corrected', subject: 'marks', subjectId: cell.id, data };
}

function dataOf(cell: MarkCell) {
  const { classId, area, period, columnCode, pupilId, state, value, version, teacherId, recordedAt } = cell;
  return { classId, area, period, columnCode, pupilId, state, value, version, teacherId, recordedAt };
}
