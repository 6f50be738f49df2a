/** Views "bang-tong-hop-1" and "bang-tong-hop-cn-1": the class summaries of TT 27/2020; their columns come from J. */
import type { ClassSummaryData, SummaryRow } from '#transcript/class-summary.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { longSchoolYear, paddedDate, printedTrait, printedYearResult, type View } from './printed.js';

const TITLES: Readonly<Record<ClassSummaryData['period'], string>> = {
  GHK1: 'GIỮA HỌC KÌ I',
  CHK1: 'CUỐI HỌC KÌ I',
  GHK2: 'GIỮA HỌC KÌ II',
  CN: 'CUỐI HỌC KÌ II VÀ CẢ NĂM HỌC',
};

/** Of a class, at the year's end or within the year; undefined for any other document. */
export function classSummaryView(document: SchoolDocument, yearEnd: boolean): View | undefined {
  if (document.type !== 'bang-tong-hop' || (document.data.period === 'CN') !== yearEnd) return undefined;
  const { data } = document;
  const traits = (group: string): number => data.traits.filter((trait) => trait.group === group).length;
  const girls = data.pupils.filter(({ sex }) => sex === 'NU').length;
  return {
    strings: {
      summaryTitle: TITLES[data.period],
      className: data.className,
      grade: String(data.grade),
      schoolYear: longSchoolYear(data.schoolYear),
      homeroomTeacher: data.homeroomTeacher,
      forms: formOf(data.grade),
      pupilCount: String(data.pupils.length),
      girlCount: String(girls),
    },
    tables: {
      heads: [headings(data, yearEnd)],
      pupils: data.pupils.map((row, i) => cells(data, row, i, yearEnd)),
    },
    counts: {
      subjects: data.subjects.length + data.subjects.filter(({ test }) => test).length,
      qualities: traits('quality'),
      general: traits('general'),
      specific: traits('specific'),
    },
  };
}

/** The three forms of each time. */
function formOf(grade: number): string {
  if (grade <= 2) return 'lớp 1, lớp 2';
  return grade === 3 ? 'lớp 3' : 'lớp 4, lớp 5';
}

function headings({ subjects, traits }: ClassSummaryData, yearEnd: boolean): string[] {
  return [
    'STT',
    'Họ và tên',
    'Ngày, tháng, năm sinh',
    'Nữ',
    'Dân tộc',
    ...subjects.flatMap(({ name, test }) => [
      `${name} – Mức đạt được`,
      ...(test ? [`${name} – Điểm KTĐK`] : []),
    ]),
    ...traits.map(({ name }) => name),
    ...(yearEnd ? ['Đánh giá kết quả giáo dục', 'Khen thưởng', 'Hoàn thành chương trình, lên lớp'] : []),
    'Ghi chú',
  ];
}

function cells({ subjects }: ClassSummaryData, row: SummaryRow, i: number, yearEnd: boolean): string[] {
  return [
    String(i + 1),
    row.fullName,
    paddedDate(row.birthDate),
    row.sex === 'NU' ? 'x' : '',
    row.ethnicity,
    ...row.subjects.flatMap(({ level, test, notAssessed }, s) => {
      const dash = notAssessed === true ? '–' : undefined;
      return [dash ?? level ?? '', ...(subjects[s]?.test === true ? [dash ?? test ?? ''] : [])];
    }),
    ...row.traits.map((level) => printedTrait(level)),
    ...(yearEnd
      ? [printedYearResult(row.year?.result ?? null), row.year?.honour ?? '', row.year?.completion ?? '']
      : []),
    row.note ?? '',
  ];
}
