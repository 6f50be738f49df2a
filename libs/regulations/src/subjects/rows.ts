import type { PrimaryPeriod } from '../types.js';

/** How a subject is assessed: marks and comments, comments only (TT 22/2021 Đ.5), or a level T/H/C (TT 27/2020 Đ.6). */
export type SubjectKind = 'score' | 'comment' | 'level';

/** Taught to all, chosen by the class (grades 10–12), or offered besides (tự chọn). */
export type SubjectChoice = 'compulsory' | 'chosen' | 'elective';

/** A subject or educational activity of the 2018 programme in one grade. */
export interface Subject {
  readonly code: string;
  /** As printed in the học bạ. */
  readonly name: string;
  /** For narrow columns. */
  readonly short: string;
  readonly kind: SubjectKind;
  readonly choice: SubjectChoice;
  readonly periodsPerYear: number;
  /** Primary: the times with a periodic test (TT 27/2020 Đ.7). Empty elsewhere. */
  readonly tests: readonly PrimaryPeriod[];
}
