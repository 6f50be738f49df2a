import { ABSENCE_COLUMNS, ATTENDANCE_AREA, CONDUCT_AREA, TRAITS_AREA } from './sheets.js';
import type { SubjectKind } from './subjects.js';
import { competencesOf, QUALITIES } from './tt27/catalogue.js';
import {
  TERMS,
  type AdditionalAssessmentInput,
  type AtPeriods,
  type EvaluateInput,
  type Level,
  type Period,
  type PrimaryPeriod,
  type PupilId,
  type QualityLevel,
  type RuleSetId,
  type SubjectLevel,
  type Term,
  type Tt22Input,
  type Tt22SubjectInput,
  type Tt22TermInput,
  type Tt27Input,
  type Tt27SubjectInput,
} from './types.js';

/** A recorded cell with its canonical value (`parseValue`); null and drafts are left out by the caller or come as null. */
export interface RecordedCell {
  readonly area: string;
  readonly period: Period;
  readonly column: string;
  readonly value: string | null;
}

/** A subject as this class has it: the periods are those of the school's plan. */
export interface ClassSubject {
  readonly code: string;
  readonly kind: SubjectKind;
  readonly periodsPerYear: number;
  /** The term in which the result of its cluster of special topics is entered (grades 10–12). */
  readonly specialTopics?: Term;
}

/** Everything recorded of one pupil in one year. */
export interface PupilYear {
  readonly id: PupilId;
  readonly ruleSet: RuleSetId;
  readonly grade: number;
  readonly subjects: readonly ClassSubject[];
  readonly cells: readonly RecordedCell[];
  /** Cells that were not required of the pupil, who came late, as a second person has confirmed. */
  readonly notRequired?: readonly Omit<RecordedCell, 'value'>[];
  /** Subject codes under an individual plan. */
  readonly notAssessed?: readonly string[];
  /** Subject codes whose practice is exempt (TT 22/2021 Đ.10). */
  readonly exempt?: readonly string[];
  readonly settings?: NonNullable<Tt22Input['settings']>;
  readonly reassessment?: NonNullable<Tt22Input['reassessment']>;
  readonly outstanding?: boolean;
  readonly classRecognised?: boolean;
  readonly replacedTests?: NonNullable<Tt27Input['replacedTests']>;
  readonly additionalAssessment?: AdditionalAssessmentInput;
}

export type PupilYearErrorCode = 'UNKNOWN_AREA' | 'CELL_TWICE';

/** A recorded cell that has no place in the pupil's year: it may not be dropped silently. */
export class PupilYearError extends Error {
  constructor(
    readonly code: PupilYearErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'PupilYearError';
  }
}

/**
 * The input of `evaluate` from the recorded cells of one pupil's year. Pure; decides nothing: what is not recorded is
 * left out and named by `evaluate`.
 *
 * @throws PupilYearError for a cell of a subject that the class does not have, or a cell given twice
 */
export function buildInput(year: PupilYear): EvaluateInput {
  const values = valuesOf(year);
  return year.ruleSet === 'tt22-2021' ? secondaryInput(year, values) : primaryInput(year, values);
}

/** Value of area × period × column. */
type Values = (area: string, period: Period, column: string) => string | null;

const REGULAR = /^TX([1-9][0-9]?)$/;

function valuesOf({ subjects, cells, ruleSet }: PupilYear): Values {
  const areas = new Set(subjects.map(({ code }) => code));
  for (const area of ruleSet === 'tt22-2021' ? [CONDUCT_AREA] : [TRAITS_AREA, ATTENDANCE_AREA])
    areas.add(area);
  const values = new Map<string, string>();
  for (const { area, period, column, value } of cells) {
    if (value === null) continue;
    const key = `${area} ${period} ${column}`;
    if (!areas.has(area)) {
      throw new PupilYearError(
        'UNKNOWN_AREA',
        `a value is recorded for ${area} ${period} ${column}, but the class has no ${area}; add the subject to the class or correct the record`,
      );
    }
    if (values.has(key)) {
      throw new PupilYearError('CELL_TWICE', `two values are given for ${key}; pass the current one only`);
    }
    values.set(key, value);
  }
  return (area, period, column) => values.get(`${area} ${period} ${column}`) ?? null;
}

function secondaryInput(year: PupilYear, values: Values): Tt22Input {
  const regular = regularColumns(year.cells);
  const subjects = year.subjects.map(({ code, kind, periodsPerYear, specialTopics }): Tt22SubjectInput => {
    const term = (name: Term) => ({
      regular: regular.map((column) => values(code, name, column)),
      midterm: values(code, name, 'GK'),
      final: values(code, name, 'CK'),
      ...notRequiredOf(year, code, name, values),
    });
    return {
      code,
      kind: kind === 'comment' ? 'comment' : 'score',
      periodsPerYear,
      HK1: term('HK1'),
      HK2: term('HK2'),
      ...(specialTopics === undefined ? {} : { specialTopics }),
      ...(year.exempt?.includes(code) === true ? { exempt: 'practice' as const } : {}),
      ...(year.notAssessed?.includes(code) === true ? { notAssessed: true } : {}),
    };
  });
  const conduct = (term: Term) => values(CONDUCT_AREA, term, 'MUC') as Level | null;
  const absences = TERMS.flatMap((term) =>
    ABSENCE_COLUMNS.map((column) => values(CONDUCT_AREA, term, column)),
  );
  return {
    id: year.id,
    ruleSet: 'tt22-2021',
    grade: year.grade,
    subjects,
    conduct: { HK1: conduct('HK1'), HK2: conduct('HK2') },
    ...(absences.includes(null) ? {} : { absences: absences.reduce((sum, text) => sum + Number(text), 0) }),
    ...(year.settings === undefined ? {} : { settings: year.settings }),
    ...(year.reassessment === undefined ? {} : { reassessment: year.reassessment }),
  };
}

/** What is not there of the term because it was not required; nothing where all that was is there. */
function notRequiredOf(
  { notRequired = [] }: PupilYear,
  code: string,
  term: Term,
  values: Values,
): Pick<Tt22TermInput, 'notRequired'> {
  const excused = notRequired.filter(
    ({ area, period, column }) => area === code && period === term && values(code, term, column) === null,
  );
  if (excused.length === 0) return {};
  const has = (name: string) => excused.some(({ column }) => column === name);
  const regular = excused.filter(({ column }) => REGULAR.test(column)).length;
  return {
    notRequired: {
      ...(regular > 0 ? { regular } : {}),
      ...(has('GK') ? { midterm: true } : {}),
      ...(has('CK') ? { final: true } : {}),
    },
  };
}

/** TX1 … TXn as far as any subject has them; a gap stays a gap. */
function regularColumns(cells: readonly RecordedCell[]): readonly string[] {
  const last = cells.reduce((most, { column }) => Math.max(most, Number(REGULAR.exec(column)?.[1] ?? 0)), 0);
  return Array.from({ length: last }, (_, index) => `TX${index + 1}`);
}

const PRIMARY: readonly PrimaryPeriod[] = ['GHK1', 'CHK1', 'GHK2', 'CN'];

function primaryInput(year: PupilYear, values: Values): Tt27Input {
  const at = <V extends string>(area: string, column: string): AtPeriods<V> =>
    Object.fromEntries(
      PRIMARY.map((period) => [period, values(area, period, column)] as const).filter(([, v]) => v !== null),
    );
  const traits = (list: readonly { readonly code: string }[]): Record<string, AtPeriods<QualityLevel>> =>
    Object.fromEntries(list.map(({ code }) => [code, at<QualityLevel>(TRAITS_AREA, code)]));
  const subjects = year.subjects.map(({ code }): Tt27SubjectInput => ({
    code,
    levels: at<SubjectLevel>(code, 'MUC'),
    tests: at<string>(code, 'KTDK'),
    ...(year.notAssessed?.includes(code) === true ? { notAssessed: true } : {}),
  }));
  return {
    id: year.id,
    ruleSet: 'tt27-2020',
    grade: year.grade,
    subjects,
    qualities: traits(QUALITIES),
    competences: traits(competencesOf(year.grade)),
    outstanding: year.outstanding === true,
    classRecognised: year.classRecognised === true,
    ...(year.replacedTests === undefined ? {} : { replacedTests: year.replacedTests }),
    ...(year.additionalAssessment === undefined ? {} : { additionalAssessment: year.additionalAssessment }),
  };
}
