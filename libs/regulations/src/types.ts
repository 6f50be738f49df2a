/** The shapes of `socai evaluate` (shared by the command, the API and the web): marks are texts, never JSON numbers. */

export type RuleSetId = 'tt22-2021' | 'tt27-2020';

export type Term = 'HK1' | 'HK2';
export type PrimaryPeriod = 'GHK1' | 'CHK1' | 'GHK2' | 'CN';
export type Period = Term | PrimaryPeriod;

export const TERMS: readonly Term[] = ['HK1', 'HK2'];
export const PRIMARY_PERIODS: readonly PrimaryPeriod[] = ['GHK1', 'CHK1', 'GHK2', 'CN'];

/** Kết quả rèn luyện, kết quả học tập (TT 22/2021): Tốt, Khá, Đạt, Chưa đạt. */
export type Level = 'TOT' | 'KHA' | 'DAT' | 'CHUA_DAT';
/** Mức đạt được of a subject (TT 27/2020): Hoàn thành tốt, Hoàn thành, Chưa hoàn thành. */
export type SubjectLevel = 'T' | 'H' | 'C';
/** Mức đạt được of a quality or competence (TT 27/2020): Tốt, Đạt, Cần cố gắng. */
export type QualityLevel = 'T' | 'D' | 'C';
/** Đánh giá kết quả giáo dục (TT 27/2020 Đ.9): Hoàn thành xuất sắc, Hoàn thành tốt, Hoàn thành, Chưa hoàn thành. */
export type PrimaryYearLevel = 'HTXS' | 'HTT' | 'HT' | 'CHT';

export type Tt22Promotion = 'LEN_LOP' | 'DANH_GIA_LAI' | 'REN_LUYEN_HE' | 'O_LAI';
export type Tt27Promotion =
  'HOAN_THANH_LOP' | 'HOAN_THANH_TIEU_HOC' | 'DANH_GIA_BO_SUNG' | 'HIEU_TRUONG_QUYET_DINH';
export type Tt22Honour = 'HOC_SINH_XUAT_SAC' | 'HOC_SINH_GIOI';
export type Tt27Honour = 'HOC_SINH_XUAT_SAC' | 'HOC_SINH_TIEU_BIEU';

/** What stands between the recorded values and a result. The rest of the pupil's year is still answered. */
export type ProblemCode =
  | 'MISSING_REGULAR'
  | 'MISSING_MIDTERM'
  | 'MISSING_FINAL'
  | 'MISSING_CONDUCT'
  | 'MISSING_ABSENCES'
  | 'TOO_FEW_SCORE_SUBJECTS'
  | 'NOT_ELIGIBLE'
  /** Something of the term was not required of a pupil who came late; said, never passed over. */
  | 'NOT_REQUIRED'
  | 'MISSING_SUBJECT'
  | 'MISSING_LEVEL'
  | 'MISSING_TEST'
  | 'MISSING_QUALITY'
  | 'MISSING_COMPETENCE';

/** `where` is a path into the input: "subjects.TOAN.HK1", "conduct.HK2", "qualities.NHAN_AI.CN". */
export interface Problem {
  readonly code: ProblemCode;
  readonly where: string;
}

/** Why a line cannot be evaluated at all. */
export type InputErrorCode =
  | 'BAD_JSON'
  | 'UNKNOWN_RULE_SET'
  | 'UNKNOWN_FIELD'
  | 'INVALID_FIELD'
  | 'INVALID_MARK'
  | 'UNKNOWN_SUBJECT'
  | 'DUPLICATE_SUBJECT';

export type PupilId = string | number;

/** The three open readings of TT 22/2021 Đ.9 k.3 (ASSUMPTIONS.md A5–A7). */
export interface AdjustmentSettings {
  readonly removedSubjectCountsAmongSix: boolean;
  readonly raiseFrom: 'base' | 'reference';
  readonly commentSubjectCanBeCulprit: boolean;
}

/** What was not required of a pupil who came late, as a second person has confirmed on paper (ASSUMPTIONS.md A20). */
export interface NotRequiredInput {
  /** How many regular assessments were held before the pupil came. */
  readonly regular?: number;
  readonly midterm?: boolean;
  readonly final?: boolean;
}

export interface Tt22TermInput {
  readonly regular?: readonly (string | null)[] | null;
  readonly midterm?: string | null;
  readonly final?: string | null;
  readonly notRequired?: NotRequiredInput | null;
}

export interface Tt22SubjectInput {
  readonly code: string;
  readonly kind: 'score' | 'comment';
  readonly periodsPerYear?: number;
  readonly HK1?: Tt22TermInput | null;
  readonly HK2?: Tt22TermInput | null;
  readonly exempt?: 'practice';
  readonly notAssessed?: boolean;
  /** The term in which the result of its cluster of special topics is one of the regular marks (grades 10–12). */
  readonly specialTopics?: Term;
}

export interface Tt22Input {
  readonly id: PupilId;
  readonly ruleSet: 'tt22-2021';
  readonly grade: number;
  readonly subjects: readonly Tt22SubjectInput[];
  readonly conduct?: { readonly HK1?: Level | null; readonly HK2?: Level | null };
  readonly absences?: number;
  readonly settings?: {
    readonly adjustment?: Partial<AdjustmentSettings>;
    /** Whether the result of special topics is one of the 2, 3 or 4 regular marks, or one more (ASSUMPTIONS.md A13). */
    readonly specialTopics?: 'inside' | 'extra';
  };
  readonly reassessment?: {
    readonly subjects?: Readonly<Record<string, string | null>>;
    readonly conduct?: Level | null;
  };
}

export interface TermValues<T> {
  readonly HK1: T | null;
  readonly HK2: T | null;
  readonly year: T | null;
}

export interface Tt22Answer {
  readonly id: PupilId;
  readonly ruleSet: 'tt22-2021';
  /** Averages "7.9" for mark subjects, "D" or "CD" for comment subjects. */
  readonly subjects: Readonly<Record<string, TermValues<string>>>;
  readonly learning: TermValues<Level>;
  readonly conduct: TermValues<Level>;
  readonly promotion: Tt22Promotion | null;
  readonly honour: Tt22Honour | null;
  readonly problems: readonly Problem[];
  readonly afterReassessment?: {
    readonly subjects: Readonly<Record<string, string | null>>;
    readonly learning: Level | null;
    readonly conduct: Level | null;
  };
}

export type AtPeriods<T> = { readonly [P in PrimaryPeriod]?: T | null };

export interface Tt27SubjectInput {
  readonly code: string;
  readonly levels?: AtPeriods<SubjectLevel>;
  readonly tests?: AtPeriods<string>;
  readonly notAssessed?: boolean;
}

/** Đánh giá bổ sung (TT 27/2020 Đ.11): what was assessed again, at the year's end. */
export interface AdditionalAssessmentInput {
  readonly levels?: Readonly<Record<string, AtPeriods<SubjectLevel>>>;
  readonly tests?: Readonly<Record<string, AtPeriods<string>>>;
  readonly qualities?: Readonly<Record<string, AtPeriods<QualityLevel>>>;
  readonly competences?: Readonly<Record<string, AtPeriods<QualityLevel>>>;
}

export interface Tt27Input {
  readonly id: PupilId;
  readonly ruleSet: 'tt27-2020';
  readonly grade: number;
  readonly subjects: readonly Tt27SubjectInput[];
  readonly qualities?: Readonly<Record<string, AtPeriods<QualityLevel>>>;
  readonly competences?: Readonly<Record<string, AtPeriods<QualityLevel>>>;
  /** Excellent in a subject or clear progress in a quality or competence: a person's judgement (Đ.13). */
  readonly outstanding?: boolean;
  /** The class recognised the pupil (Đ.13). */
  readonly classRecognised?: boolean;
  readonly replacedTests?: Readonly<Record<string, AtPeriods<string>>>;
  readonly additionalAssessment?: AdditionalAssessmentInput;
}

export interface Tt27Answer {
  readonly id: PupilId;
  readonly ruleSet: 'tt27-2020';
  readonly year: PrimaryYearLevel | null;
  readonly promotion: Tt27Promotion | null;
  readonly honour: Tt27Honour | null;
  readonly problems: readonly Problem[];
}

export interface ErrorAnswer {
  readonly id: PupilId | null;
  readonly error: { readonly code: InputErrorCode; readonly message: string };
}

export type EvaluateInput = Tt22Input | Tt27Input;
export type Answer = Tt22Answer | Tt27Answer | ErrorAnswer;
