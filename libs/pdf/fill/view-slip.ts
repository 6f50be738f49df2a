/** Views of the result slip for parents: "phieu-trung-hoc-hk-1", "phieu-trung-hoc-cn-1" (TT 22/2021), "phieu-th-1" (TT 27/2020). */
import type { Corrections, TraitRow } from '#transcript/document.js';
import type { PrimarySlip, ResultSlipData, SecondarySlip } from '#transcript/result-slip.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import {
  correctionsLine,
  longSchoolYear,
  paddedDate,
  printedLevel,
  printedTrait,
  printedValue,
  printedYearResult,
  type View,
} from './printed.js';

const TITLES: Readonly<Record<SecondarySlip['period'] | PrimarySlip['period'], string>> = {
  HK1: 'HỌC KÌ I',
  GHK1: 'GIỮA HỌC KÌ I',
  CHK1: 'CUỐI HỌC KÌ I',
  GHK2: 'GIỮA HỌC KÌ II',
  CN: 'CUỐI NĂM HỌC',
};
const AREA_NAMES: Readonly<Record<string, string>> = {
  REN_LUYEN: 'kết quả rèn luyện',
  PHAM_CHAT_NANG_LUC: 'phẩm chất và năng lực',
  CHUYEN_CAN: 'chuyên cần',
};

/** Of a pupil of a secondary school after that period; undefined for any other document. */
export function secondarySlipView(
  document: SchoolDocument,
  period: SecondarySlip['period'],
): View | undefined {
  if (document.type !== 'phieu-ket-qua' || document.data.slip.kind !== 'secondary') return undefined;
  const { slip } = document.data;
  if (slip.period !== period) return undefined;
  return {
    strings: {
      ...slipStrings(document.data),
      conduct: printedLevel(slip.conduct),
      learning: printedLevel(slip.learning),
      yearConduct: printedLevel(slip.yearResult?.conduct),
      yearLearning: printedLevel(slip.yearResult?.learning),
      promotion: slip.yearResult?.promotion ?? '',
      honour: slip.yearResult?.honour ?? '',
      absences: String(slip.absences.permitted + slip.absences.unpermitted),
      absentUnpermitted: String(slip.absences.unpermitted),
      homeroomRemark: slip.homeroomRemark,
    },
    tables: {
      subjects: slip.subjects.map((subject) => {
        const value = (mark: string | null | undefined): string => printedValue(mark, subject.notAssessed);
        return [
          subject.name,
          subject.notAssessed === true ? '–' : subject.regular.map((mark) => printedValue(mark)).join('  '),
          value(subject.midterm),
          value(subject.final),
          ...(period === 'CN' ? [value(subject.firstTerm)] : []),
          value(subject.average),
          ...(period === 'CN' ? [value(subject.year)] : []),
          subject.remark,
        ];
      }),
    },
  };
}

/** Of a pupil of a primary school; undefined for any other document. */
export function primarySlipView(document: SchoolDocument): View | undefined {
  if (document.type !== 'phieu-ket-qua' || document.data.slip.kind !== 'primary') return undefined;
  const { slip } = document.data;
  return {
    strings: {
      ...slipStrings(document.data),
      qualitiesRemark: slip.qualitiesRemark,
      competencesRemark: slip.competencesRemark,
      yearResult: printedYearResult(slip.yearResult?.level ?? null),
      completion: slip.yearResult?.completion ?? '',
      honour: slip.yearResult?.honour ?? '',
    },
    tables: {
      subjects: slip.subjects.map(({ name, level, test, notAssessed, remark }) => [
        name,
        notAssessed === true ? '–' : (level ?? ''),
        notAssessed === true ? '–' : (test ?? ''),
        remark,
      ]),
      qualities: traitRows(slip.qualities),
      general: traitRows(slip.general),
      specific: traitRows(slip.specific),
    },
  };
}

function slipStrings({ pupil, slip }: ResultSlipData): Record<string, string> {
  return {
    slipTitle: TITLES[slip.period],
    fullName: pupil.fullName,
    pupilCode: pupil.code,
    birthDate: paddedDate(pupil.birthDate),
    sex: pupil.sex === 'NAM' ? 'Nam' : 'Nữ',
    className: slip.className,
    schoolYear: longSchoolYear(slip.schoolYear),
    homeroomTeacher: slip.homeroomTeacher,
    corrections: slipCorrections(slip),
  };
}

function slipCorrections(slip: {
  readonly subjects: readonly { readonly code: string; readonly name: string }[];
  readonly corrections: Corrections;
}): string {
  const names = new Map(slip.subjects.map(({ code, name }) => [code, name]));
  return correctionsLine(slip.corrections, (area) => names.get(area) ?? AREA_NAMES[area] ?? area);
}

function traitRows(rows: readonly TraitRow[]): string[][] {
  return rows.map(({ name, level }) => [name, printedTrait(level)]);
}
