/** What no single field can say: parts of a well-formed J that must agree with each other. */
import type { PrimaryYear, RouteRole, SecondaryYear, Transcript } from './document.js';
import type { Violation } from './shape.js';

const ROUTE: readonly RouteRole[] = ['homeroom', 'principal', 'seal'];
const OTHER_AREAS = { secondary: ['REN_LUYEN'], primary: ['PHAM_CHAT_NANG_LUC', 'CHUYEN_CAN'] } as const;

/** Every disagreement between parts of a transcript whose fields are each well formed. */
export function consistencyFaults(transcript: Transcript): Violation[] {
  const faults: Violation[] = [];
  const fault = (path: string, message: string): void => {
    faults.push({ path, code: 'INCONSISTENT', message });
  };
  checkRoute(transcript, fault);
  checkYear(transcript, fault);
  const { year } = transcript.data;
  if (year.kind === 'secondary') checkSecondary(year, fault);
  else checkPrimary(year, fault);
  return faults;
}

type Fault = (path: string, message: string) => void;

function checkRoute({ route }: Transcript, fault: Fault): void {
  ROUTE.forEach((role, i) => {
    if (route[i]?.role !== role)
      fault(`/route/${String(i)}/role`, `signature ${String(i + 1)} is that of ${role}`);
  });
  if (!distinct(route.map((entry) => entry.certificateSalt))) fault('/route', 'two signers share one salt');
}

function checkYear({ data, ruleSet }: Transcript, fault: Fault): void {
  const { year, school } = data;
  const secondary = year.kind === 'secondary';
  if (secondary !== (ruleSet.id === 'tt22-2021')) fault('/ruleSet/id', 'is not the circular of this level');
  if (secondary !== (school.level === 'lower-secondary'))
    fault('/data/school/level', 'is not the level of this year');
  if (!secondary && ruleSet.settings !== undefined) fault('/ruleSet/settings', 'belong to TT 22/2021 only');
  [year.schoolYear, ...data.history.map((row) => row.schoolYear)].forEach((schoolYear) => {
    if (Number(schoolYear.slice(5)) !== Number(schoolYear.slice(0, 4)) + 1) {
      fault('/data', `${schoolYear} is not a school year`);
    }
  });
  if (!data.history.some((row) => row.schoolYear === year.schoolYear)) {
    fault('/data/history', `has no row for ${year.schoolYear}`);
  }
  checkCodes('/data/year/subjects', year.subjects, fault);
  const areas: readonly string[] = [
    ...OTHER_AREAS[year.kind],
    ...year.subjects.map((subject) => subject.code),
  ];
  const { count, subjects } = year.corrections;
  if (!distinct(subjects) || !subjects.every((code) => areas.includes(code))) {
    fault('/data/year/corrections/subjects', 'are not areas of this year, each once');
  }
  if (count < subjects.length || (count > 0 && subjects.length === 0)) {
    fault('/data/year/corrections/count', 'does not agree with the subjects named');
  }
}

function checkSecondary(year: SecondaryYear, fault: Fault): void {
  year.subjects.forEach((subject, i) => {
    const path = `/data/year/subjects/${String(i)}`;
    const { HK1, HK2, year: whole, afterReassessment } = subject;
    for (const value of [HK1, HK2, whole, afterReassessment]) {
      if (typeof value !== 'string') continue;
      if ((value === 'D' || value === 'CD') !== (subject.kind === 'comment')) {
        fault(path, `${value} is not a value of a ${subject.kind} subject`);
      }
    }
    if (subject.notAssessed === true && (HK1 ?? HK2 ?? whole) !== null)
      fault(path, 'is not assessed but has a value');
  });
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

function checkCodes(path: string, rows: readonly { readonly code: string }[], fault: Fault): void {
  if (!distinct(rows.map((row) => row.code))) fault(path, 'name one code twice');
}

function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
