/** The data of documents about a whole class: the summary of TT 27/2020, the register of TT 22/2021. Pure. */
import { HONOUR_LABELS, PROMOTION_LABELS, promotionSentence } from '#regulations/labels.js';
import { CONDUCT_AREA } from '#regulations/sheets.js';
import { competencesOf, QUALITIES } from '#regulations/tt27/catalogue.js';
import type { Tt22Answer, Tt27Answer } from '#regulations/types.js';
import type {
  ClassRegisterData,
  RegisterAttendance,
  RegisterCorrection,
  RegisterRow,
  RegisterSheet,
  RegisterSummary,
} from '#transcript/class-register.js';
import type { ClassSummaryData, SummaryRow } from '#transcript/class-summary.js';
import type { SubjectLevel } from '#transcript/document.js';
import { normalizeText } from '#transcript/text.js';
import { areasOf, sheetOf } from '../school/class-info.js';
import { isNotAssessed, remarkAt, valueOf, type PeriodPupil, type PeriodSource } from './period-source.js';
import { regularColumns, traitAt } from './result-slip.js';

type Part<T> = Omit<T, 'school' | 'issuedAt'>;

/** What the summary of a primary class says at one of its times. */
export function summaryOf(source: PeriodSource): Part<ClassSummaryData> {
  const { info, homeroomTeacher } = source;
  const period = source.period as ClassSummaryData['period'];
  const subjects = areasOf(info).flatMap(({ area, label, subject }) => {
    if (subject === null) return [];
    const columns = sheetOf(info, area, period)?.columns ?? [];
    return [{ code: area, name: label, test: columns.some(({ code }) => code === 'KTDK') }];
  });
  const traits = [...QUALITIES, ...competencesOf(info.grade)].map(({ code, name, group }) => ({
    code,
    name,
    group,
  }));
  return {
    ...headOf(source),
    homeroomTeacher,
    period,
    subjects,
    traits,
    pupils: source.pupils.map((pupil): SummaryRow => {
      const { code, fullName, sex, birthDate, ethnicity } = pupil.pupil;
      return {
        code,
        fullName: normalizeText(fullName),
        sex,
        birthDate,
        ethnicity: normalizeText(ethnicity ?? '') || '–',
        subjects: subjects.map(({ code: area, test }) => summaryCell(pupil, area, period, test)),
        traits: traits.map((trait) => traitAt(pupil, trait.code, period)),
        ...(period === 'CN' ? { year: summaryYear(pupil.answer as Tt27Answer | null) } : {}),
      };
    }),
  };
}

function summaryCell(
  pupil: PeriodPupil,
  area: string,
  period: string,
  hasTest: boolean,
): SummaryRow['subjects'][number] {
  if (isNotAssessed(pupil, area)) return { level: null, notAssessed: true };
  const test = hasTest ? valueOf(pupil, area, period, 'KTDK') : null;
  return {
    level: valueOf(pupil, area, period, 'MUC') as SubjectLevel | null,
    ...(test === null ? {} : { test }),
  };
}

function summaryYear(answer: Tt27Answer | null): NonNullable<SummaryRow['year']> {
  const promotion = answer?.promotion ?? null;
  const honour = answer?.honour ?? null;
  return {
    result: answer?.year ?? null,
    ...(honour === null ? {} : { honour: HONOUR_LABELS[honour] }),
    completion: promotion === null ? 'Chờ quyết định' : PROMOTION_LABELS[promotion],
  };
}

/** What the register of a secondary class says of its year. */
export function registerOf(source: PeriodSource): Part<ClassRegisterData> {
  const { info, homeroomTeacher, teachers, pupils } = source;
  const areas = areasOf(info);
  return {
    ...headOf(source),
    homeroomTeacher,
    teachers: areas.map(({ area, label }) => ({
      area,
      name: label,
      teachers: teachers.get(area) ?? (area === CONDUCT_AREA ? homeroomTeacher : '–'),
    })),
    pupils: pupils.map(({ pupil }) => ({
      code: pupil.code,
      fullName: normalizeText(pupil.fullName),
      sex: pupil.sex,
      birthDate: pupil.birthDate,
      ...optional('ethnicity', pupil.ethnicity),
      ...optional('address', pupil.address),
    })),
    attendance: pupils.map(attendanceOf),
    sheets: (['HK1', 'HK2'] as const).flatMap((term) =>
      subjectsOf(source).map(({ area, label, kind }): RegisterSheet => ({
        code: area,
        name: label,
        kind,
        term,
        teachers: teachers.get(area) ?? '–',
        rows: pupils.map((pupil) => registerRow(source, pupil, area, term)),
      })),
    ),
    summaries: (['HK1', 'HK2', 'CN'] as const).map((period) => registerSummary(source, period)),
  };
}

function subjectsOf({ info }: PeriodSource) {
  return areasOf(info).flatMap(({ area, label, subject }) =>
    subject === null || subject.kind === 'level' ? [] : [{ area, label, kind: subject.kind }],
  );
}

function registerRow(
  { info }: PeriodSource,
  pupil: PeriodPupil,
  area: string,
  term: 'HK1' | 'HK2',
): RegisterRow {
  const answer = pupil.answer as Tt22Answer | null;
  const out = isNotAssessed(pupil, area) || !pupil.year.subjects.some(({ code }) => code === area);
  const at = (column: string): string | null => (out ? null : valueOf(pupil, area, term, column));
  const corrected = pupil.corrected
    .filter((place) => place.area === area && place.period === term)
    .map(({ column, was }): RegisterCorrection => ({ column, was }));
  const values = answer?.subjects[area];
  return {
    pupil: pupil.pupil.code,
    ...(out ? { notAssessed: true as const } : {}),
    regular: out ? [] : regularColumns(info, area, term).map(at),
    midterm: at('GK'),
    final: at('CK'),
    average: values?.[term] ?? null,
    ...(term === 'HK2' ? { year: values?.year ?? null } : {}),
    remark: remarkAt(pupil, area, term),
    ...(corrected.length === 0 ? {} : { corrected }),
  };
}

function attendanceOf(pupil: PeriodPupil): RegisterAttendance {
  const count = (term: string, column: string): number | null => {
    const text = valueOf(pupil, CONDUCT_AREA, term, column);
    return text === null ? null : Number(text);
  };
  const term = (period: 'HK1' | 'HK2') => ({
    permitted: count(period, 'VANG_P'),
    unpermitted: count(period, 'VANG_K'),
  });
  const corrected = pupil.corrected
    .filter(({ area, column }) => area === CONDUCT_AREA && column.startsWith('VANG_'))
    .map(({ period, column, was }): RegisterCorrection => ({ column: `${period}_${column}`, was }));
  return {
    ...{ pupil: pupil.pupil.code, HK1: term('HK1'), HK2: term('HK2') },
    ...(corrected.length === 0 ? {} : { corrected }),
  };
}

function registerSummary(source: PeriodSource, period: RegisterSummary['period']): RegisterSummary {
  const subjects = subjectsOf(source);
  const key = period === 'CN' ? 'year' : period;
  const terms = period === 'CN' ? ['HK1', 'HK2'] : [period];
  return {
    period,
    subjects: subjects.map(({ area, label }) => ({ code: area, name: label })),
    rows: source.pupils.map((pupil) => {
      const answer = pupil.answer as Tt22Answer | null;
      const absences = terms.flatMap((term) =>
        ['VANG_P', 'VANG_K'].map((column) => Number(valueOf(pupil, CONDUCT_AREA, term, column) ?? '0')),
      );
      const honour = answer?.honour ?? null;
      const promotion = answer?.promotion ?? null;
      return {
        pupil: pupil.pupil.code,
        values: subjects.map(({ area }) => answer?.subjects[area]?.[key] ?? null),
        conduct: answer?.conduct[key] ?? null,
        learning: answer?.learning[key] ?? null,
        absences: absences.reduce((sum, count) => sum + count, 0),
        ...(period === 'CN' && honour !== null ? { honour: HONOUR_LABELS[honour] } : {}),
        ...(period === 'CN'
          ? {
              promotion:
                promotion === null ? 'Chờ quyết định' : promotionSentence(promotion, source.info.grade),
            }
          : {}),
      };
    }),
  };
}

function headOf({ info }: PeriodSource) {
  return { schoolYear: info.year.label, grade: info.grade, className: info.name };
}

function optional<K extends string>(key: K, value: string | null): { [key in K]?: string } {
  const text = normalizeText(value ?? '');
  return text === '' ? {} : ({ [key]: text } as { [key in K]?: string });
}
