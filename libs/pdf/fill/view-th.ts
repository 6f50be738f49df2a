/** View "hoc-ba-th-1": the học bạ of TT 27/2020, primary. It prints the year-end result only. */
import type { PrimaryYear, TraitRow, TranscriptData } from '#transcript/document.js';
import {
  correctionsLine,
  paddedDate,
  longSchoolYear,
  printedMark,
  printedTrait,
  printedYearResult,
  type View,
} from './printed.js';

const AREA_NAMES: Readonly<Record<string, string>> = {
  PHAM_CHAT_NANG_LUC: 'phẩm chất và năng lực',
  CHUYEN_CAN: 'chuyên cần',
};

/** Strings and tables of the primary form, beyond those that all forms share. */
export function primaryView(data: TranscriptData, year: PrimaryYear): View {
  const names = new Map(year.subjects.map((subject) => [subject.code, subject.name]));
  return {
    strings: {
      height: year.height === undefined ? '' : `${year.height} cm`,
      weight: year.weight === undefined ? '' : `${printedMark(year.weight)} kg`,
      absentPermitted: String(year.absences.permitted),
      absentUnpermitted: String(year.absences.unpermitted),
      qualitiesRemark: year.qualities.remark,
      competencesRemark: year.competences.remark,
      yearResult: printedYearResult(year.yearResult),
      honour: year.honour?.text ?? '',
      completion: year.completion.text,
      corrections: correctionsLine(year.corrections, (area) => names.get(area) ?? AREA_NAMES[area] ?? area),
    },
    tables: {
      history: data.history.map((row) => [
        longSchoolYear(row.schoolYear),
        row.className,
        row.schoolName,
        row.registerNumber ?? '',
        row.enteredOn === undefined ? '' : paddedDate(row.enteredOn),
      ]),
      subjects: year.subjects.map((subject) => [
        subject.name,
        subject.notAssessed === true ? '–' : after(subject.level ?? '', subject.additional?.level),
        subject.notAssessed === true ? '–' : after(subject.test ?? '', subject.additional?.test),
        subject.remark,
      ]),
      qualities: traitRows(year.qualities.rows),
      generalCompetences: traitRows(year.competences.general),
      specificCompetences: traitRows(year.competences.specific),
    },
  };
}

function traitRows(rows: readonly TraitRow[]): string[][] {
  return rows.map((row) => [
    row.name,
    after(printedTrait(row.level), row.additional && printedTrait(row.additional)),
  ]);
}

/** A value, and the one after additional assessment beside it. */
function after(value: string, additional: string | undefined): string {
  return additional === undefined ? value : `${value} / ${additional}`;
}
