export type EarlyWarningCode =
  | 'ABSENCES_NEAR_LIMIT'
  | 'ABSENCES_OVER_LIMIT'
  /** The year's average of a subject cannot reach 5.0 any more, whatever the marks that are still open. */
  | 'CANNOT_REACH_PASS'
  /** It still can, but term II must be better than term I. */
  | 'NEEDS_TERM_TWO'
  /** This subject alone keeps the level of learning from being higher. */
  | 'HOLDS_LEVEL_DOWN';

/** Something to talk about with pupil and parents while it can still be changed. */
export interface EarlyWarning {
  readonly code: EarlyWarningCode;
  /** "absences", "subjects.TOAN.year", "subjects.TOAN.HK1". */
  readonly where: string;
  readonly article: string;
  /** What would be enough: sessions left, or the least average "5.5", or "D"; null when nothing is. */
  readonly need: string | null;
  /** Vietnamese, for the teacher and the homeroom teacher. */
  readonly sentence: string;
}
