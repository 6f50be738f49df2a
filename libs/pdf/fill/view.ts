/**
 * What a form prints: named strings and tables of cells, made from J. A view is code that belongs to a released form
 * ("hoc-ba-thcs-1") and, like the template, never changes once documents were issued with it.
 */
import type { Transcript } from '#transcript/document.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { PdfFillError } from './error.js';
import { longSchoolYear, paddedDate, shortDate, wordedDate, type View } from './printed.js';
import type { Template } from './template.js';
import { primaryView } from './view-th.js';
import { secondaryView } from './view-thcs.js';

/** The view that the template asks for. `hash` = SHA-256(J). A transcript of another kind: TEMPLATE_MISMATCH. */
export function viewOf(template: Template, transcript: Transcript, hash: Uint8Array): View {
  const { year } = transcript.data;
  const common = commonStrings(transcript, hash);
  if (template.view === 'hoc-ba-thcs-1' && year.kind === 'secondary') {
    const { strings, tables } = secondaryView(transcript.data, year);
    return { strings: { ...common, ...strings }, tables };
  }
  if (template.view === 'hoc-ba-th-1' && year.kind === 'primary') {
    const { strings, tables } = primaryView(transcript.data, year);
    return { strings: { ...common, ...strings }, tables };
  }
  throw new PdfFillError('TEMPLATE_MISMATCH', `the template ${template.id} is not for a ${year.kind} year`);
}

function commonStrings(transcript: Transcript, hash: Uint8Array): Record<string, string> {
  const { data, route } = transcript;
  const { school, pupil, council, issuedAt, year } = data;
  const principal = route.find((entry) => entry.role === 'principal');
  const guardian = (relation: string): string => {
    const found = (pupil.guardians ?? []).filter((each) => each.relation === relation);
    return found
      .map((each) => each.fullName + (each.occupation === undefined ? '' : ` — ${each.occupation}`))
      .join('; ');
  };
  return {
    code: formatVerificationCode(hash),
    verifier: transcript.verifier ?? '',
    demo: transcript.demo === true ? 'Bản thử nghiệm, không có giá trị pháp lí.' : '',
    schoolName: school.name,
    schoolNameUpper: school.name.toUpperCase(),
    commune: school.commune,
    province: school.province,
    fullName: pupil.fullName,
    fullNameUpper: pupil.fullName.toUpperCase(),
    pupilCode: pupil.code,
    registerNumber: pupil.registerNumber,
    sex: pupil.sex === 'NAM' ? 'Nam' : 'Nữ',
    birthDate: paddedDate(pupil.birthDate),
    birthPlace: pupil.birthPlace,
    ethnicity: pupil.ethnicity,
    nationality: pupil.nationality ?? '',
    homeTown: pupil.homeTown ?? '',
    address: pupil.address ?? '',
    personalId: pupil.personalId ?? '',
    policyGroup: pupil.policyGroup ?? '',
    father: guardian('father'),
    mother: guardian('mother'),
    guardian: guardian('guardian'),
    schoolYear: longSchoolYear(year.schoolYear),
    className: year.className,
    grade: String(year.grade),
    homeroomTeacher: year.homeroomTeacher,
    principal: principal?.name ?? '',
    principalTitle: principal?.title ?? '',
    principalOnBehalf: principal?.onBehalf ?? '',
    placeAndDate: `${issuedAt.place}, ${wordedDate(issuedAt.date)}`,
    councilNumber: council.number,
    councilDate: shortDate(council.date),
  };
}
