/** What no single field can say: parts of a well-formed J that must agree with each other. */
import type { ClassRegisterData } from './class-register.js';
import type { ClassSummaryData } from './class-summary.js';
import type { Corrections, PrimaryYear, SecondaryYear, Transcript } from './document.js';
import type { ResultSlip } from './result-slip.js';
import { ROUTE_ROLES, schoolYearOf, type SchoolDocument } from './school-document.js';
import { STYLE_IMAGES, styleHash } from './school-style.js';
import type { Violation } from './shape.js';

const OTHER_AREAS = { secondary: ['REN_LUYEN'], primary: ['PHAM_CHAT_NANG_LUC', 'CHUYEN_CAN'] } as const;

/** Every disagreement between parts of a document whose fields are each well formed. */
export function consistencyFaults(document: SchoolDocument): Violation[] {
  const faults: Violation[] = [];
  const fault = (path: string, message: string): void => {
    faults.push({ path, code: 'INCONSISTENT', message });
  };
  checkRoute(document, fault);
  checkLevel(document, fault);
  checkStyle(document, fault);
  switch (document.type) {
    case 'hoc-ba': {
      checkYear(document, fault);
      const { year } = document.data;
      if (year.kind === 'secondary') checkSecondary(year, fault);
      else checkPrimary(year, fault);
      break;
    }
    case 'phieu-ket-qua':
      checkSlip(document, fault);
      break;
    case 'bang-tong-hop':
      checkSummary(document.data, fault);
      break;
    case 'so-theo-doi-lop':
      checkRegister(document.data, fault);
      break;
  }
  return faults;
}

function checkRoute({ type, route }: SchoolDocument, fault: Fault): void {
  ROUTE_ROLES[type].forEach((role, i) => {
    if (route[i]?.role !== role)
      fault(`/route/${String(i)}/role`, `signature ${String(i + 1)} is that of ${role}`);
  });
  if (!distinct(route.map((entry) => entry.certificateSalt))) fault('/route', 'two signers share one salt');
}

/** Pictures stand in one order, each place once; the school's own file is the one whose hash J names. */
function checkStyle({ template, images, route }: SchoolDocument, fault: Fault): void {
  const places = images.map(({ place }) => place);
  if (places.join() !== [...new Set(places)].sort().join()) fault('/images', 'are not in order, each once');
  if (!places.every((place) => place === 'logo' || route.some(({ role }) => role === place)))
    fault('/images', 'name a place of no signer');
  const own = Object.fromEntries(
    images.filter(({ place }) => isStyleImage(place)).map(({ place, hash }) => [place, hash]),
  );
  const { school } = template;
  if (school === undefined) {
    if (Object.keys(own).length > 0)
      fault('/images', "belong to a school's template file, and there is none");
  } else if (school.hash !== styleHash(school.texts, own)) {
    fault('/template/school/hash', "is not that of the school's texts and pictures");
  }
}

function isStyleImage(place: string): boolean {
  return (STYLE_IMAGES as readonly string[]).includes(place);
}

type Fault = (path: string, message: string) => void;

/** Circular, level of the school and grade go together, in a school year that is one. */
function checkLevel(document: SchoolDocument, fault: Fault): void {
  const { ruleSet, data } = document;
  const grade = gradeOf(document);
  const secondary = grade >= 6;
  if (secondary !== (ruleSet.id === 'tt22-2021')) fault('/ruleSet/id', 'is not the circular of this level');
  if (data.school.level !== (grade <= 5 ? 'primary' : grade <= 9 ? 'lower-secondary' : 'upper-secondary'))
    fault('/data/school/level', 'is not the level of this year');
  if (!secondary && ruleSet.settings !== undefined) fault('/ruleSet/settings', 'belong to TT 22/2021 only');
  checkSchoolYear(schoolYearOf(document), fault);
}

function gradeOf(document: SchoolDocument): number {
  if (document.type === 'hoc-ba') return document.data.year.grade;
  return document.type === 'phieu-ket-qua' ? document.data.slip.grade : document.data.grade;
}

function checkSchoolYear(schoolYear: string, fault: Fault): void {
  if (Number(schoolYear.slice(5)) !== Number(schoolYear.slice(0, 4)) + 1) {
    fault('/data', `${schoolYear} is not a school year`);
  }
}

function checkYear({ data }: Transcript, fault: Fault): void {
  const { year } = data;
  for (const row of data.history) checkSchoolYear(row.schoolYear, fault);
  if (!data.history.some((row) => row.schoolYear === year.schoolYear)) {
    fault('/data/history', `has no row for ${year.schoolYear}`);
  }
  checkCodes('/data/year/subjects', year.subjects, fault);
  checkCorrections('/data/year/corrections', year, fault);
}

function checkCorrections(
  path: string,
  page: {
    readonly kind: 'secondary' | 'primary';
    readonly subjects: readonly { readonly code: string }[];
    readonly corrections: Corrections;
  },
  fault: Fault,
): void {
  const areas: readonly string[] = [...OTHER_AREAS[page.kind], ...page.subjects.map(({ code }) => code)];
  const { count, subjects } = page.corrections;
  if (!distinct(subjects) || !subjects.every((code) => areas.includes(code))) {
    fault(`${path}/subjects`, 'are not areas of this year, each once');
  }
  if (count < subjects.length || (count > 0 && subjects.length === 0)) {
    fault(`${path}/count`, 'does not agree with the subjects named');
  }
}

function checkSecondary(year: SecondaryYear, fault: Fault): void {
  year.subjects.forEach((subject, i) => {
    const path = `/data/year/subjects/${String(i)}`;
    const { HK1, HK2, year: whole, afterReassessment } = subject;
    checkValues(path, subject.kind, [HK1, HK2, whole, afterReassessment], fault);
    if (subject.notAssessed === true && (HK1 ?? HK2 ?? whole) !== null)
      fault(path, 'is not assessed but has a value');
  });
}

/** Marks are given in subjects with marks, D and CD in those with comments. */
function checkValues(
  path: string,
  kind: 'score' | 'comment',
  values: readonly (string | null | undefined)[],
  fault: Fault,
): void {
  for (const value of values) {
    if (typeof value !== 'string' || value === 'V') continue;
    if ((value === 'D' || value === 'CD') !== (kind === 'comment')) {
      fault(path, `${value} is not a value of a ${kind} subject`);
    }
  }
}

function checkPrimary(year: PrimaryYear, fault: Fault): void {
  checkCodes('/data/year/qualities/rows', year.qualities.rows, fault);
  checkCodes('/data/year/competences', [...year.competences.general, ...year.competences.specific], fault);
  year.subjects.forEach((subject, i) => {
    const path = `/data/year/subjects/${String(i)}`;
    if (subject.notAssessed === true && (subject.level !== null || subject.test !== undefined)) {
      fault(path, 'is not assessed but has a value');
    }
    if (subject.replacedTest !== undefined && subject.test === undefined) {
      fault(path, 'has a replaced test but none that counts');
    }
  });
}

function checkSlip({ data: { slip } }: ResultSlip, fault: Fault): void {
  checkCodes('/data/slip/subjects', slip.subjects, fault);
  checkCorrections('/data/slip/corrections', slip, fault);
  if ((slip.period === 'CN') !== (slip.yearResult !== undefined)) {
    fault('/data/slip/yearResult', 'stands at the end of the year, and only there');
  }
  if (slip.kind === 'primary') return;
  slip.subjects.forEach((subject, i) => {
    const path = `/data/slip/subjects/${String(i)}`;
    const { regular, midterm, final, average, firstTerm, year } = subject;
    const values = [...regular, midterm, final, average, firstTerm, year];
    checkValues(path, subject.kind, values, fault);
    if (subject.notAssessed === true && values.some((value) => typeof value === 'string')) {
      fault(path, 'is not assessed but has a value');
    }
  });
}

function checkSummary(data: ClassSummaryData, fault: Fault): void {
  checkCodes('/data/subjects', data.subjects, fault);
  checkCodes('/data/traits', data.traits, fault);
  checkCodes('/data/pupils', data.pupils, fault);
  data.pupils.forEach((row, i) => {
    const path = `/data/pupils/${String(i)}`;
    if (row.subjects.length !== data.subjects.length || row.traits.length !== data.traits.length) {
      fault(path, 'has not one value for each column');
    }
    row.subjects.forEach(({ level, test, notAssessed }, s) => {
      const at = `${path}/subjects/${String(s)}`;
      if (test !== undefined && data.subjects[s]?.test !== true)
        fault(at, 'has a test that the form has not');
      if (notAssessed === true && (level !== null || test !== undefined)) {
        fault(at, 'is not assessed but has a value');
      }
    });
    if ((row.year !== undefined) !== (data.period === 'CN')) {
      fault(`${path}/year`, 'stands at the end of the year, and only there');
    }
  });
}

function checkRegister(data: ClassRegisterData, fault: Fault): void {
  checkCodes('/data/pupils', data.pupils, fault);
  const codes = data.pupils.map(({ code }) => code);
  const inOrder = (rows: readonly { readonly pupil: string }[]): boolean =>
    rows.map(({ pupil }) => pupil).join('/') === codes.join('/');
  if (!distinct(data.sheets.map(({ code, term }) => `${code}/${term}`))) {
    fault('/data/sheets', 'name one subject and term twice');
  }
  if (!inOrder(data.attendance)) fault('/data/attendance', 'are not those of the class, in its order');
  data.attendance.forEach(({ corrected }, i) => {
    if (!distinct((corrected ?? []).map(({ column }) => column))) {
      fault(`/data/attendance/${String(i)}`, 'names one corrected place twice');
    }
  });
  data.sheets.forEach(({ kind, rows }, i) => {
    const path = `/data/sheets/${String(i)}/rows`;
    if (!inOrder(rows)) fault(path, 'are not those of the class, in its order');
    rows.forEach((row, r) => {
      const at = `${path}/${String(r)}`;
      const values = [...row.regular, row.midterm, row.final, row.average, row.year];
      checkValues(at, kind, values, fault);
      if (!distinct((row.corrected ?? []).map(({ column }) => column))) {
        fault(at, 'names one corrected place twice');
      }
    });
  });
  if (!distinct(data.summaries.map(({ period }) => period)))
    fault('/data/summaries', 'name one period twice');
  data.summaries.forEach(({ rows, subjects }, i) => {
    const path = `/data/summaries/${String(i)}/rows`;
    if (!inOrder(rows)) fault(path, 'are not those of the class, in its order');
    if (rows.some(({ values }) => values.length !== subjects.length)) {
      fault(path, 'have not one value for each subject');
    }
  });
}

function checkCodes(path: string, rows: readonly { readonly code: string }[], fault: Fault): void {
  if (!distinct(rows.map((row) => row.code))) fault(path, 'name one code twice');
}

function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
