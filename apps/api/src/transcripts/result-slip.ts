/** The data of a pupil's result slip after a period. Pure. */
import { HONOUR_LABELS, promotionSentence } from '#regulations/labels.js';
import { ATTENDANCE_AREA, CONDUCT_AREA, TRAITS_AREA } from '#regulations/sheets.js';
import { competencesOf, QUALITIES, type Trait } from '#regulations/tt27/catalogue.js';
import type { Tt22Answer, Tt27Answer } from '#regulations/types.js';
import type { SubjectLevel, TraitLevel, TraitRow } from '#transcript/document.js';
import type {
  PrimarySlip,
  PrimarySlipSubject,
  SecondarySlip,
  SecondarySlipSubject,
} from '#transcript/result-slip.js';
import { areasOf, sheetOf } from '../school/class-info.js';
import {
  correctionsAt,
  isNotAssessed,
  remarkAt,
  shownPeriod,
  valueOf,
  type PeriodPupil,
  type PeriodSource,
} from './period-source.js';

/** The slip. At the year's end the pupil's result must have been decided on. */
export function slipOf(source: PeriodSource, pupil: PeriodPupil): SecondarySlip | PrimarySlip {
  return source.info.ruleSet.id === 'tt22-2021' ? secondarySlip(source, pupil) : primarySlip(source, pupil);
}

function secondarySlip(source: PeriodSource, pupil: PeriodPupil): SecondarySlip {
  const { info } = source;
  const period = source.period === 'CN' ? 'CN' : 'HK1';
  const term = period === 'CN' ? 'HK2' : 'HK1';
  const answer = pupil.answer as Tt22Answer | null;
  const terms = period === 'CN' ? (['HK1', 'HK2'] as const) : (['HK1'] as const);
  const absences = (column: string): number =>
    terms.reduce((sum, at) => sum + Number(valueOf(pupil, CONDUCT_AREA, at, column) ?? '0'), 0);
  return {
    ...pageOf(source, pupil),
    kind: 'secondary',
    period,
    subjects: secondarySubjects(source, pupil, answer, term),
    conduct: answer?.conduct[term] ?? null,
    learning: answer?.learning[term] ?? null,
    ...(period === 'CN' ? { yearResult: secondaryYear(answer, info.grade) } : {}),
    absences: { permitted: absences('VANG_P'), unpermitted: absences('VANG_K') },
    homeroomRemark: remarkAt(pupil, CONDUCT_AREA, term),
  };
}

function secondaryYear(answer: Tt22Answer | null, grade: number): NonNullable<SecondarySlip['yearResult']> {
  const promotion = answer?.promotion ?? null;
  const honour = answer?.honour ?? null;
  return {
    conduct: answer?.afterReassessment?.conduct ?? answer?.conduct.year ?? null,
    learning: answer?.afterReassessment?.learning ?? answer?.learning.year ?? null,
    promotion: promotion === null ? 'Chờ quyết định.' : promotionSentence(promotion, grade),
    ...(honour === null ? {} : { honour: HONOUR_LABELS[honour] }),
  };
}

function secondarySubjects(
  { info, period }: PeriodSource,
  pupil: PeriodPupil,
  answer: Tt22Answer | null,
  term: 'HK1' | 'HK2',
): SecondarySlipSubject[] {
  const taken = new Set(pupil.year.subjects.map(({ code }) => code));
  return areasOf(info).flatMap(({ area, label, subject }) => {
    if (subject === null || subject.kind === 'level' || !taken.has(area)) return [];
    const values = answer?.subjects[area] ?? { HK1: null, HK2: null, year: null };
    const notAssessed = isNotAssessed(pupil, area);
    const at = (column: string): string | null => (notAssessed ? null : valueOf(pupil, area, term, column));
    return [
      {
        code: area,
        name: label,
        kind: subject.kind,
        ...(notAssessed ? { notAssessed: true as const } : {}),
        regular: notAssessed ? [] : regularColumns(info, area, term).map(at),
        midterm: at('GK'),
        final: at('CK'),
        average: values[term],
        ...(period === 'CN' ? { firstTerm: values.HK1, year: values.year } : {}),
        remark: remarkAt(pupil, area, term),
      },
    ];
  });
}

/** TX1, TX2 … of a subject in a term. */
export function regularColumns(info: PeriodSource['info'], area: string, term: string): string[] {
  const columns = sheetOf(info, area, term)?.columns ?? [];
  return columns.flatMap(({ code }) => (code.startsWith('TX') ? [code] : []));
}

function primarySlip(source: PeriodSource, pupil: PeriodPupil): PrimarySlip {
  const { info, period } = source;
  const competences = competencesOf(info.grade);
  const rows = (traits: readonly Trait[], group: Trait['group']): TraitRow[] =>
    traits
      .filter((trait) => trait.group === group)
      .map(({ code, name }) => ({ code, name, level: traitAt(pupil, code, period) }));
  return {
    ...pageOf(source, pupil),
    kind: 'primary',
    period: period as PrimarySlip['period'],
    subjects: primarySubjects(source, pupil),
    qualities: rows(QUALITIES, 'quality'),
    general: rows(competences, 'general'),
    specific: rows(competences, 'specific'),
    qualitiesRemark: remarkAt(pupil, TRAITS_AREA, period, 'NX_PC'),
    competencesRemark: remarkAt(pupil, TRAITS_AREA, period, 'NX_NL'),
    ...(period === 'CN' ? { yearResult: primaryYear(pupil.answer as Tt27Answer | null, info.grade) } : {}),
  };
}

/** The level of a quality or competence. */
export function traitAt(pupil: PeriodPupil, code: string, period: string): TraitLevel | null {
  return valueOf(pupil, TRAITS_AREA, period, code) as TraitLevel | null;
}

function primaryYear(answer: Tt27Answer | null, grade: number): NonNullable<PrimarySlip['yearResult']> {
  const promotion = answer?.promotion ?? null;
  const honour = answer?.honour ?? null;
  return {
    level: answer?.year ?? null,
    completion: promotion === null ? 'Chờ quyết định.' : promotionSentence(promotion, grade),
    ...(honour === null ? {} : { honour: HONOUR_LABELS[honour] }),
  };
}

function primarySubjects({ info, period }: PeriodSource, pupil: PeriodPupil): PrimarySlipSubject[] {
  const taken = new Set(pupil.year.subjects.map(({ code }) => code));
  return areasOf(info).flatMap(({ area, label, subject }) => {
    if (subject === null || area === ATTENDANCE_AREA || !taken.has(area)) return [];
    const notAssessed = isNotAssessed(pupil, area);
    const test = notAssessed ? null : valueOf(pupil, area, period, 'KTDK');
    return [
      {
        code: area,
        name: label,
        ...(notAssessed ? { notAssessed: true as const } : {}),
        level: notAssessed ? null : (valueOf(pupil, area, period, 'MUC') as SubjectLevel | null),
        ...(test === null ? {} : { test }),
        remark: remarkAt(pupil, area, period),
      },
    ];
  });
}

function pageOf(source: PeriodSource, pupil: PeriodPupil) {
  const { info, homeroomTeacher, period } = source;
  return {
    schoolYear: info.year.label,
    grade: info.grade,
    className: info.name,
    homeroomTeacher,
    corrections: correctionsAt(info, pupil, shownPeriod(info, period)),
  };
}
