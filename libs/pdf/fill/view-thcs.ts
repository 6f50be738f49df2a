/** View "hoc-ba-thcs-1": the học bạ of TT 22/2021, lower secondary. */
import type { SecondaryYear, TranscriptData } from '#transcript/document.js';
import {
  correctionsLine,
  paddedDate,
  longSchoolYear,
  printedLevel,
  printedValue,
  type View,
} from './printed.js';

/** Strings and tables of the secondary form, beyond those that all forms share. */
export function secondaryView(data: TranscriptData, year: SecondaryYear): View {
  return {
    strings: { ...yearStrings(year), ...promotionStrings(year) },
    tables: {
      history: data.history.map((row) => [
        longSchoolYear(row.schoolYear),
        row.className,
        row.enteredOn === undefined ? row.schoolName : `${row.schoolName} (từ ${paddedDate(row.enteredOn)})`,
      ]),
      subjects: year.subjects.map((subject) => [
        subject.name,
        printedValue(subject.HK1, subject.notAssessed),
        printedValue(subject.HK2, subject.notAssessed),
        printedValue(subject.year, subject.notAssessed),
        printedValue(subject.afterReassessment),
        { text: remark(subject), tail: subject.teacher },
      ]),
      levels: [
        ['Học kì I', printedLevel(year.conduct.HK1), printedLevel(year.learning.HK1)],
        ['Học kì II', printedLevel(year.conduct.HK2), printedLevel(year.learning.HK2)],
        ['Cả năm', printedLevel(year.conduct.year), printedLevel(year.learning.year)],
      ],
    },
  };
}

function yearStrings(year: SecondaryYear): Record<string, string> {
  const names = new Map(year.subjects.map((subject) => [subject.code, subject.name]));
  return {
    absences: String(year.absences),
    conductAfter: printedLevel(year.conduct.afterSummer),
    learningAfter: printedLevel(year.learning.afterReassessment),
    honour: year.honour?.text ?? '',
    certificates: year.certificates ?? '',
    competitions: year.competitions ?? '',
    summerTraining: year.summerTraining ?? '',
    homeroomRemark: year.homeroomRemark,
    corrections: correctionsLine(year.corrections, (area) => names.get(area) ?? 'kết quả rèn luyện'),
  };
}

/** The decision stands at the line of the form that it belongs to; a decision still open has a line of its own. */
function promotionStrings({ promotion }: SecondaryYear): Record<string, string> {
  const promoted = promotion.decision === 'LEN_LOP';
  const repeats = promotion.decision === 'O_LAI';
  return {
    promoted: promoted && promotion.afterSummer !== true ? promotion.text : '',
    promotedAfterSummer: promoted && promotion.afterSummer === true ? promotion.text : '',
    notPromoted: repeats ? promotion.text : '',
    undecided: promoted || repeats ? '' : promotion.text,
  };
}

function remark(subject: SecondaryYear['subjects'][number]): string {
  return subject.exempt === 'practice' ? `Miễn phần thực hành. ${subject.remark}` : subject.remark;
}
