/** What the journal keeps of a cell; audit folds these events into what the cell's row must hold now. */
import type { NewEvent } from '../audit/journal.js';
import type { MarkCell } from './gradebook.entities.js';

/** Who did it, when, by which rule. */
export type EventBy = Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at' | 'act'>;

/** A cell becomes part of the book. */
export function markRecorded(cell: MarkCell, by: EventBy): NewEvent {
  return { ...by, type: 'mark.recorded', subject: 'marks', subjectId: cell.id, data: dataOf(cell) };
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
