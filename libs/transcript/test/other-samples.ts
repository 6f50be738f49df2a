/** Documents of the other kinds, of invented pupils; a class of 45, long names and remarks among them. */
import { competencesOf, QUALITIES } from '#regulations/tt27/catalogue.js';
import { subjectsOf } from '#regulations/subjects.js';
import type { ClassRegister, RegisterRow, RegisterSheet } from '#transcript/class-register.js';
import type { ClassSummary } from '#transcript/class-summary.js';
import type { SecondaryYear, Transcript } from '#transcript/document.js';
import type { ResultSlip } from '#transcript/result-slip.js';
import { PRIMARY, SECONDARY } from './samples.js';

const year = SECONDARY.data.year as SecondaryYear;
const { school: secondarySchool, issuedAt } = SECONDARY.data;

const frame = (sample: typeof SECONDARY): Omit<typeof SECONDARY, 'type' | 'template' | 'route' | 'data'> => {
  const { v, origin, event, lineage, salt, verifier, ruleSet, images } = sample;
  return { v, origin, event, lineage, salt, demo: true, verifier: verifier ?? '', ruleSet, images };
};
/** With a vice-principal in their own right instead of on the principal's behalf. */
const deputyRoute = (sample: typeof SECONDARY): typeof SECONDARY.route =>
  sample.route.map((entry) =>
    entry.role === 'principal'
      ? { ...without(entry, 'onBehalf'), role: 'vice-principal', title: 'PHÓ HIỆU TRƯỞNG' }
      : entry,
  );
function without<T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> {
  const copy = { ...value };
  for (const key of keys) delete copy[key];
  return copy;
}
const template = (id: string): { id: string; hash: string } => ({ id, hash: '00'.repeat(32) });

/** Of the pupil of SECONDARY, at the end of the year. */
export const SLIP: ResultSlip = {
  ...frame(SECONDARY),
  type: 'phieu-ket-qua',
  template: template('phieu-trung-hoc-cn-1'),
  route: deputyRoute(SECONDARY),
  data: {
    school: secondarySchool,
    pupil: {
      code: SECONDARY.data.pupil.code,
      fullName: SECONDARY.data.pupil.fullName,
      sex: SECONDARY.data.pupil.sex,
      birthDate: SECONDARY.data.pupil.birthDate,
    },
    slip: {
      kind: 'secondary',
      period: 'CN',
      schoolYear: year.schoolYear,
      grade: year.grade,
      className: year.className,
      homeroomTeacher: year.homeroomTeacher,
      subjects: year.subjects.map((subject) => ({
        code: subject.code,
        name: subject.name,
        kind: subject.kind,
        ...(subject.notAssessed === undefined ? {} : { notAssessed: subject.notAssessed }),
        regular:
          subject.notAssessed === true
            ? []
            : subject.kind === 'score'
              ? ['8', '7.5', '10', '9']
              : ['D', 'D', 'D', 'CD'],
        midterm: subject.notAssessed === true ? null : subject.kind === 'score' ? '7.5' : 'D',
        final: subject.notAssessed === true ? null : subject.kind === 'score' ? '8' : 'D',
        average: subject.HK2,
        firstTerm: subject.HK1,
        year: subject.year,
        remark: subject.remark,
      })),
      conduct: year.conduct.HK2,
      learning: year.learning.HK2,
      yearResult: {
        conduct: year.conduct.year,
        learning: year.learning.year,
        promotion: year.promotion.text,
        honour: 'Học sinh Giỏi',
      },
      absences: { permitted: 3, unpermitted: 1 },
      homeroomRemark: year.homeroomRemark,
      corrections: year.corrections,
    },
    issuedAt,
  },
};

/** The same after the first term. */
export const TERM_SLIP: ResultSlip = (() => {
  const { data, ...rest } = SLIP;
  if (data.slip.kind !== 'secondary') throw new Error('not secondary');
  const { subjects, ...slip } = without(data.slip, 'yearResult');
  return {
    ...rest,
    template: template('phieu-trung-hoc-hk-1'),
    data: {
      ...data,
      slip: {
        ...slip,
        period: 'HK1',
        subjects: subjects.map((subject) => without(subject, 'year', 'firstTerm')),
      },
    },
  };
})();

/** Of the pupil of PRIMARY, at the end of the year. */
export const PRIMARY_SLIP: ResultSlip = (() => {
  const { data } = PRIMARY;
  if (data.year.kind !== 'primary') throw new Error('not primary');
  const { year: page, pupil } = data;
  return {
    ...frame(PRIMARY),
    type: 'phieu-ket-qua',
    template: template('phieu-th-1'),
    route: deputyRoute(PRIMARY),
    data: {
      school: data.school,
      pupil: { code: pupil.code, fullName: pupil.fullName, sex: pupil.sex, birthDate: pupil.birthDate },
      slip: {
        kind: 'primary',
        period: 'CN',
        schoolYear: page.schoolYear,
        grade: page.grade,
        className: page.className,
        homeroomTeacher: page.homeroomTeacher,
        subjects: page.subjects.map(({ code, name, level, test, remark, notAssessed }) => ({
          code,
          name,
          ...(notAssessed === undefined ? {} : { notAssessed }),
          level,
          ...(test === undefined ? {} : { test }),
          remark,
        })),
        qualities: page.qualities.rows,
        general: page.competences.general,
        specific: page.competences.specific,
        qualitiesRemark: page.qualities.remark,
        competencesRemark: page.competences.remark,
        yearResult: {
          level: page.yearResult,
          completion: page.completion.text,
          honour: 'Học sinh Tiêu biểu',
        },
        corrections: page.corrections,
      },
      issuedAt: data.issuedAt,
    },
  };
})();

const FAMILY = ['Nguyễn', 'Trần', 'Lò', 'Hoàng', 'Phạm', 'Vàng', 'Điểu', 'Lê'] as const;
const GIVEN = ['An', 'Bình', 'Châu', 'Dũng', 'Giang', 'Hạnh', 'Khánh', 'Ó', 'Thảo Nguyên'] as const;

/** Forty-five pupils: some with one word for a name, some with seven. */
const CLASS = Array.from({ length: 45 }, (_, i) => {
  const middle = i % 15 === 0 ? 'Hoàng Phương Uyên Khánh Ngọc' : i % 4 === 0 ? 'Thị' : 'Văn';
  return {
    code: `HS-2025-${String(i + 1).padStart(4, '0')}`,
    fullName: i === 7 ? 'Ó' : `${FAMILY[i % 8] ?? ''} ${middle} ${GIVEN[i % 9] ?? ''}`,
    sex: i % 4 === 0 ? ('NU' as const) : ('NAM' as const),
    birthDate: `2014-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 27) + 1).padStart(2, '0')}`,
    ethnicity: i % 7 === 0 ? 'Xơ Đăng' : 'Kinh',
  };
});

/** The summary of a primary class at one of its times. */
export function summaryOf(grade: number, period: 'GHK1' | 'CHK1' | 'GHK2' | 'CN', pupils = 45): ClassSummary {
  const yearEnd = period === 'CN';
  const subjects = subjectsOf(grade).map(({ code, name, tests }) => ({
    code,
    name,
    test: (tests as readonly string[]).includes(period),
  }));
  const traits = [...QUALITIES, ...competencesOf(grade)].map(({ code, name, group }) => ({
    code,
    name,
    group,
  }));
  return {
    ...frame(PRIMARY),
    type: 'bang-tong-hop',
    template: template(yearEnd ? 'bang-tong-hop-cn-1' : 'bang-tong-hop-1'),
    route: deputyRoute(PRIMARY),
    data: {
      school: PRIMARY.data.school,
      period,
      schoolYear: PRIMARY.data.year.schoolYear,
      grade,
      className: `${String(grade)}A2`,
      homeroomTeacher: 'Trần Thị Ngọc Diệp',
      subjects,
      traits,
      pupils: CLASS.slice(0, pupils).map((pupil, i) => ({
        ...pupil,
        subjects: subjects.map(({ test }, s) =>
          i === 5 && s === 2
            ? { level: null, notAssessed: true as const }
            : { level: s % 3 === 0 ? ('T' as const) : ('H' as const), ...(test ? { test: '10' } : {}) },
        ),
        traits: traits.map((_, t) => (t % 4 === 0 ? ('D' as const) : ('T' as const))),
        ...(yearEnd
          ? {
              year: {
                result: i % 9 === 0 ? ('HTXS' as const) : ('HTT' as const),
                ...(i % 9 === 0 ? { honour: 'Học sinh Xuất sắc' } : {}),
                completion:
                  i === 8 ? 'Chưa hoàn thành chương trình lớp học; hiệu trưởng quyết định' : 'Được lên lớp',
              },
            }
          : {}),
      })),
      issuedAt: PRIMARY.data.issuedAt,
    },
  };
}

const SHORT_REMARK = 'Có tiến bộ; cần luyện tập đều hơn.';
const LONG_REMARK = year.subjects
  .map(({ remark }) => remark)
  .join(' ')
  .slice(0, 490)
  .trim();

function registerRow(pupil: string, i: number, score: boolean, term: 'HK1' | 'HK2'): RegisterRow {
  const row: RegisterRow = {
    pupil,
    regular: score ? ['8', '7.5', '10', null] : ['D', 'D', 'CD', null],
    midterm: score ? '7.5' : 'D',
    final: score ? '8.5' : 'D',
    average: score ? '8.2' : 'D',
    ...(term === 'HK2' ? { year: score ? '8.1' : 'D' } : {}),
    remark: i % 11 === 3 ? LONG_REMARK : SHORT_REMARK,
  };
  return i % 20 === 4 && score
    ? {
        ...row,
        corrected: [
          { column: 'TX2', was: ['5.5', '6'] },
          { column: 'GK', was: ['5'] },
          { column: 'NX', was: ['Chưa cố gắng.'] },
        ],
      }
    : row;
}

/** The register of a lower secondary class. */
export function registerOf(pupils = 45): ClassRegister {
  const members = CLASS.slice(0, pupils);
  const subjects = year.subjects.map(({ code, name, kind, teacher }) => ({ code, name, kind, teacher }));
  const sheets = (['HK1', 'HK2'] as const).flatMap((term) =>
    subjects.map(({ code, name, kind, teacher }): RegisterSheet => ({
      code,
      name,
      kind,
      term,
      teachers: teacher,
      rows: members.map((pupil, i) => registerRow(pupil.code, i, kind === 'score', term)),
    })),
  );
  return {
    ...frame(SECONDARY),
    type: 'so-theo-doi-lop',
    template: template('so-theo-doi-1'),
    route: SECONDARY.route,
    data: {
      school: secondarySchool,
      schoolYear: year.schoolYear,
      grade: year.grade,
      className: year.className,
      homeroomTeacher: year.homeroomTeacher,
      teachers: subjects.map(({ code, name, teacher }) => ({ area: code, name, teachers: teacher })),
      pupils: members.map(({ ethnicity, ...pupil }) => ({
        ...pupil,
        ethnicity,
        address: 'Thôn 3, xã Sông Mây',
      })),
      sheets,
      attendance: members.map(({ code }, i) => ({
        pupil: code,
        HK1: { permitted: i % 3, unpermitted: 0 },
        HK2: { permitted: i % 5, unpermitted: i === 4 ? 2 : 0 },
        ...(i === 4 ? { corrected: [{ column: 'HK2_VANG_K', was: ['1'] }] } : {}),
      })),
      summaries: (['HK1', 'HK2', 'CN'] as const).map((period) => ({
        period,
        subjects: subjects.map(({ code, name }) => ({ code, name })),
        rows: members.map(({ code }, i) => ({
          pupil: code,
          values: subjects.map(({ kind }) => (kind === 'score' ? '8.2' : 'D')),
          conduct: 'TOT' as const,
          learning: 'KHA' as const,
          absences: i % 5,
          ...(period === 'CN' ? { promotion: 'Được lên lớp 7' } : {}),
        })),
      })),
      issuedAt,
    },
  };
}

/** A year of upper secondary school: the same book under another name. */
export const UPPER: Transcript = {
  ...SECONDARY,
  template: template('hoc-ba-trung-hoc-pho-thong-1'),
  data: {
    ...SECONDARY.data,
    school: { ...secondarySchool, level: 'upper-secondary' },
    year: {
      ...year,
      grade: 12,
      promotion: { ...year.promotion, text: 'Hoàn thành chương trình giáo dục trung học phổ thông.' },
    },
  },
};
