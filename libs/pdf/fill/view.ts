/**
 * What a form prints: named strings and tables of cells, made from J. A view is code that belongs to a released form
 * ("hoc-ba-thcs-1") and, like the template, never changes once documents were issued with it.
 */
import type { RouteEntry, Transcript } from '#transcript/document.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { PdfFillError } from './error.js';
import { longSchoolYear, paddedDate, shortDate, wordedDate, type View } from './printed.js';
import type { Template, ViewName } from './template.js';
import { classRegisterView } from './view-register.js';
import { primarySlipView, secondarySlipView } from './view-slip.js';
import { classSummaryView } from './view-summary.js';
import { primaryView } from './view-th.js';
import { secondaryView } from './view-thcs.js';

/** The view that the template asks for. `hash` = SHA-256(J). A document of another kind: TEMPLATE_MISMATCH. */
export function viewOf(template: Template, document: SchoolDocument, hash: Uint8Array): View {
  const own = ownView(template, document);
  return { ...own, strings: { ...commonStrings(document, hash), ...own.strings } };
}

function ownView(template: Template, document: SchoolDocument): View {
  const made = VIEWS[template.view](document);
  if (made !== undefined) return made;
  throw new PdfFillError('TEMPLATE_MISMATCH', `the template ${template.id} is not for this document`);
}

/** Each view makes what it is for, and nothing of any other document. */
const VIEWS: Readonly<Record<ViewName, (document: SchoolDocument) => View | undefined>> = {
  'hoc-ba-thcs-1': (document) => {
    if (document.type !== 'hoc-ba' || document.data.year.kind !== 'secondary') return undefined;
    return withBook(document, secondaryView(document.data, document.data.year));
  },
  'hoc-ba-th-1': (document) => {
    if (document.type !== 'hoc-ba' || document.data.year.kind !== 'primary') return undefined;
    return withBook(document, primaryView(document.data, document.data.year));
  },
  'phieu-trung-hoc-hk-1': (document) => secondarySlipView(document, 'HK1'),
  'phieu-trung-hoc-cn-1': (document) => secondarySlipView(document, 'CN'),
  'phieu-th-1': primarySlipView,
  'bang-tong-hop-1': (document) => classSummaryView(document, false),
  'bang-tong-hop-cn-1': (document) => classSummaryView(document, true),
  'so-theo-doi-1': (document) =>
    document.type === 'so-theo-doi-lop' ? classRegisterView(document.data) : undefined,
};

function withBook(document: Transcript, { strings, tables }: View): View {
  return { strings: { ...bookStrings(document), ...strings }, tables };
}

/** What every document has. */
function commonStrings(
  { data, route, ...document }: SchoolDocument,
  hash: Uint8Array,
): Record<string, string> {
  const { school, issuedAt } = data;
  const texts = document.template.school?.texts ?? {};
  const printedName = texts.schoolName ?? school.name;
  const logo = document.images.some(({ place }) => place === 'logo');
  return {
    logo: logo ? 'logo' : '',
    noLogo: logo ? '' : 'noLogo',
    governingBody: texts.governingBody ?? '',
    motto: texts.motto ?? '',
    guideNote: texts.guideNote ?? '',
    slipNote: texts.slipNote ?? '',
    code: formatVerificationCode(hash),
    verifier: document.verifier ?? '',
    demo: document.demo === true ? 'Bản thử nghiệm, không có giá trị pháp lí.' : '',
    schoolName: printedName,
    schoolNameUpper: printedName.toUpperCase(),
    commune: school.commune,
    province: school.province,
    ...managerStrings(route),
    placeAndDate: `${issuedAt.place}, ${wordedDate(issuedAt.date)}`,
  };
}

/** Who signs between the homeroom teacher and the seal. */
function managerStrings(route: readonly RouteEntry[]): Record<string, string> {
  const manager = route.find(({ role }) => role === 'principal' || role === 'vice-principal');
  return {
    principal: manager?.name ?? '',
    principalTitle: manager?.title ?? '',
    principalOnBehalf: manager?.onBehalf ?? '',
  };
}

/** As the circulars' covers call it. */
const REGISTER_LABELS = { secondary: 'Số sổ đăng bộ PCGD', primary: 'Số đăng bộ' } as const;

/** What both forms of the học bạ have. */
function bookStrings({ data, template }: Transcript): Record<string, string> {
  const { pupil, council, year } = data;
  const guardian = (relation: string): string => {
    const found = (pupil.guardians ?? []).filter((each) => each.relation === relation);
    return found
      .map((each) => each.fullName + (each.occupation === undefined ? '' : ` — ${each.occupation}`))
      .join('; ');
  };
  return {
    fullName: pupil.fullName,
    fullNameUpper: pupil.fullName.toUpperCase(),
    pupilCode: pupil.code,
    registerNumber: pupil.registerNumber,
    registerLabel: template.school?.texts.registerLabel ?? REGISTER_LABELS[year.kind],
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
    councilNumber: council.number,
    councilDate: shortDate(council.date),
  };
}
