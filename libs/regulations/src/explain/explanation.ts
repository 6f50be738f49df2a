import type { Level } from '../types.js';

/** What a reason says; closed, so that a screen can show each in its own way. */
export type ReasonCode =
  /** ĐTBmhk: the sum, the divisor, the exact quotient, the rounded mark. */
  | 'TERM_AVERAGE'
  | 'YEAR_AVERAGE'
  /** A periodic test missed without a valid reason counted as 0, or as Chưa đạt. */
  | 'ABSENT_COUNTED'
  | 'COMMENT_TERM'
  | 'COMMENT_YEAR'
  | 'PRACTICE_EXEMPT'
  /** Left out by an individual plan. */
  | 'NOT_ASSESSED'
  /** Fewer assessments than others have: those held before the pupil came were not required. */
  | 'NOT_REQUIRED'
  /** Something is not there yet, so there is no result. */
  | 'MISSING'
  /** The conditions of this level are met. */
  | 'LEVEL_MET'
  /** Subjects, tests, qualities or competences below what every one must have for the next level. */
  | 'BELOW'
  /** Too few subjects at the mark that six must have for the next level. */
  | 'TOO_FEW_ABOVE'
  /** Comment subjects Chưa đạt, more than the next level admits. */
  | 'COMMENTS_FAILED'
  /** TT 22/2021 Đ.9 k.3 struck. */
  | 'ADJUSTED'
  | 'CONDUCT_TABLE'
  /** A condition of the decision holds, or does not. */
  | 'CONDITION_HOLDS'
  | 'CONDITION_FAILS'
  /** What the rule leaves to a person. */
  | 'PERSON_DECIDES'
  | 'REPLACED_AFTER_SUMMER';

/** A subject (quality, competence) with its value and what would have been needed; marks with a decimal comma. */
export interface Fact {
  readonly code: string;
  readonly name: string;
  readonly value: string;
  readonly need: string | null;
}

export interface Reason {
  readonly code: ReasonCode;
  /** "TT 22/2021 Đ.9 k.2 a". */
  readonly article: string;
  /** Vietnamese, for whoever has to answer a parent. */
  readonly sentence: string;
  readonly facts: readonly Fact[];
  /** How many more subjects are needed (TOO_FEW_ABOVE). */
  readonly short?: number;
  /** The adjustment: from which level, and what it would be without the one subject. */
  readonly adjustment?: { readonly from: Level; readonly without: Level };
}

/** Why one result is what it is. */
export interface Explanation {
  /** Path into the answer: "subjects.TOAN.year", "learning.HK1", "conduct.year", "promotion", "honour", "year". */
  readonly about: string;
  /** The result as the answer has it; null while something is missing (or no title is given). */
  readonly value: string | null;
  /** One Vietnamese sentence that says the result and what decided it. */
  readonly sentence: string;
  readonly reasons: readonly Reason[];
}
