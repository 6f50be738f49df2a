import type { Tenths } from '../decimal.js';
import type { PrimaryPeriod, PupilId, QualityLevel, SubjectLevel } from '../types.js';

export type ByPeriod<V> = { readonly [P in PrimaryPeriod]?: V };

export interface PrimarySubject {
  readonly code: string;
  readonly levels: ByPeriod<SubjectLevel>;
  readonly tests: ByPeriod<Tenths>;
  /** Individual plan (TT 27/2020 Đ.8): left out of every condition, which is not the same as missing. */
  readonly notAssessed: boolean;
}

/** What was assessed again at the year's end (Đ.11), by code. */
export interface AdditionalAssessment {
  readonly levels: ReadonlyMap<string, SubjectLevel>;
  readonly tests: ReadonlyMap<string, Tenths>;
  readonly qualities: ReadonlyMap<string, QualityLevel>;
  readonly competences: ReadonlyMap<string, QualityLevel>;
}

export interface Tt27Record {
  readonly id: PupilId;
  readonly grade: number;
  readonly subjects: readonly PrimarySubject[];
  readonly qualities: ReadonlyMap<string, ByPeriod<QualityLevel>>;
  readonly competences: ReadonlyMap<string, ByPeriod<QualityLevel>>;
  readonly outstanding: boolean;
  readonly classRecognised: boolean;
  readonly additional: AdditionalAssessment | null;
}
