import type { ColumnKind } from './cell-values.js';
import { subjectOf, subjectsOf, type Subject } from './subjects.js';
import { requiredRegularMarks, type SpecialTopicsCount } from './tt22/regular-marks.js';
import { competencesOf, QUALITIES } from './tt27/catalogue.js';
import { PRIMARY_PERIODS, TERMS, type Period, type RuleSetId, type Term } from './types.js';

export { parseValue, type CellErrorCode, type ColumnKind, type ParsedValue } from './cell-values.js';

/** A sheet is class × area × period. An area is a subject's code or one of these. */
export const CONDUCT_AREA = 'REN_LUYEN';
export const TRAITS_AREA = 'PHAM_CHAT_NANG_LUC';
export const ATTENDANCE_AREA = 'CHUYEN_CAN';

export interface SheetColumn {
  readonly code: string;
  readonly kind: ColumnKind;
  /** Vietnamese heading. */
  readonly label: string;
  /** A period cannot be locked without it, except with a reason. */
  readonly required: boolean;
}

export interface SheetArea {
  readonly area: string;
  readonly label: string;
  readonly short: string;
  /** The subject's row of the programme; null for conduct, qualities and competences, attendance. */
  readonly subject: Subject | null;
  readonly periods: readonly Period[];
}

/** A cluster of special topics (cụm chuyên đề): the term of its result, and how the school counts it. */
export interface SpecialTopics {
  readonly term: Term;
  readonly counts: SpecialTopicsCount;
}

/** The sheet's times of a year in order: two terms (TT 22/2021), or four times (TT 27/2020). */
export function periodsOf(ruleSet: RuleSetId): readonly Period[] {
  return ruleSet === 'tt22-2021' ? TERMS : PRIMARY_PERIODS;
}

/** Every area a class of the grade can have, subjects first in official order; a class keeps those that it is taught. */
export function sheetAreas(ruleSet: RuleSetId, grade: number): readonly SheetArea[] {
  const periods = periodsOf(ruleSet);
  const subjects = subjectsOf(grade).map((subject) => ({
    area: subject.code,
    label: subject.name,
    short: subject.short,
    subject,
    periods,
  }));
  const besides: SheetArea[] =
    ruleSet === 'tt22-2021'
      ? [{ area: CONDUCT_AREA, label: 'Kết quả rèn luyện', short: 'RL', subject: null, periods }]
      : [
          { area: TRAITS_AREA, label: 'Phẩm chất và năng lực', short: 'PC-NL', subject: null, periods },
          {
            area: ATTENDANCE_AREA,
            label: 'Chuyên cần và sức khỏe',
            short: 'CC',
            subject: null,
            periods: ['CN'],
          },
        ];
  return [...subjects, ...besides];
}

/**
 * The columns of a sheet, in the order they are shown. Empty when there is no such sheet (an area the grade does not
 * have, a period of the other rule set).
 *
 * @param periodsPerYear of the class's subject where the school's plan differs from the programme
 * @param specialTopics where the class has a cluster of special topics in the subject: its mark is the last regular one
 */
export function sheetColumns(
  ruleSet: RuleSetId,
  grade: number,
  area: string,
  period: Period,
  periodsPerYear?: number,
  specialTopics?: SpecialTopics,
): readonly SheetColumn[] {
  if (!periodsOf(ruleSet).includes(period)) return [];
  if (ruleSet === 'tt22-2021') {
    if (area === CONDUCT_AREA) return CONDUCT_COLUMNS;
    const subject = subjectOf(grade, area);
    if (subject === null) return [];
    const topics = specialTopics?.term === period ? specialTopics.counts : null;
    return secondaryColumns(subject, periodsPerYear ?? subject.periodsPerYear, topics);
  }
  if (area === TRAITS_AREA) return traitColumns(grade);
  if (area === ATTENDANCE_AREA) return period === 'CN' ? ATTENDANCE_COLUMNS : [];
  const subject = subjectOf(grade, area);
  return subject === null ? [] : primaryColumns(subject, period);
}

const REMARK: SheetColumn = { code: 'NX', kind: 'remark', label: 'Nhận xét', required: false };

/**
 * Absences are kept with and without permission; what TT 22/2021 Đ.12 k.1 c counts is both together ("có phép và không phép").
 */
export const ABSENCE_COLUMNS = ['VANG_P', 'VANG_K'] as const;

const CONDUCT_COLUMNS: readonly SheetColumn[] = [
  { code: 'MUC', kind: 'conduct', label: 'Kết quả rèn luyện', required: true },
  { code: 'VANG_P', kind: 'count', label: 'Số buổi nghỉ có phép', required: true },
  { code: 'VANG_K', kind: 'count', label: 'Số buổi nghỉ không phép', required: true },
  { code: 'NX', kind: 'remark', label: 'Nhận xét của giáo viên chủ nhiệm', required: false },
];

const ATTENDANCE_COLUMNS: readonly SheetColumn[] = [
  { code: 'VANG_P', kind: 'count', label: 'Số ngày nghỉ có phép', required: true },
  { code: 'VANG_K', kind: 'count', label: 'Số ngày nghỉ không phép', required: true },
  { code: 'CAO', kind: 'height', label: 'Chiều cao (cm)', required: false },
  { code: 'NANG', kind: 'weight', label: 'Cân nặng (kg)', required: false },
];

/** TX1…TXn, GK, CK as in the sổ theo dõi và đánh giá học sinh (TT 22/2021 Đ.6–7), then the remark. */
function secondaryColumns(
  { kind }: Subject,
  periodsPerYear: number,
  topics: SpecialTopicsCount | null,
): readonly SheetColumn[] {
  const score = kind === 'score';
  const least = requiredRegularMarks(score ? 'score' : 'comment', periodsPerYear);
  const regular = least + (topics === 'extra' ? 1 : 0);
  const what = score ? 'ĐĐG' : 'Đánh giá ';
  const columns: SheetColumn[] = [];
  for (let number = 1; number <= regular; number += 1) {
    const plain = score ? `ĐĐGtx ${number}` : `Đánh giá thường xuyên ${number}`;
    const label = topics !== null && number === regular ? `${plain} (cụm chuyên đề)` : plain;
    columns.push({ code: `TX${number}`, kind: score ? 'score' : 'comment', label, required: true });
  }
  const test = score ? 'scoreTest' : 'commentTest';
  columns.push({ code: 'GK', kind: test, label: score ? `${what}gk` : `${what}giữa kì`, required: true });
  columns.push({ code: 'CK', kind: test, label: score ? `${what}ck` : `${what}cuối kì`, required: true });
  return [...columns, REMARK];
}

function primaryColumns({ tests }: Subject, period: Period): readonly SheetColumn[] {
  const columns: SheetColumn[] = [{ code: 'MUC', kind: 'level', label: 'Mức đạt được', required: true }];
  if ((tests as readonly Period[]).includes(period)) {
    columns.push({ code: 'KTDK', kind: 'test', label: 'Điểm KTĐK', required: true });
  }
  return [...columns, REMARK];
}

function traitColumns(grade: number): readonly SheetColumn[] {
  const column = ({ code, name }: { readonly code: string; readonly name: string }): SheetColumn => ({
    code,
    kind: 'quality',
    label: name,
    required: true,
  });
  return [
    ...QUALITIES.map(column),
    { code: 'NX_PC', kind: 'remark', label: 'Nhận xét về phẩm chất', required: false },
    ...competencesOf(grade).map(column),
    { code: 'NX_NL', kind: 'remark', label: 'Nhận xét về năng lực', required: false },
  ];
}
