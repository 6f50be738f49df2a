/**
 * What the documents of a class that are no học bạ say, of whom, on which form, and what keeps one back: rules only, no
 * reading and no writing.
 */
import type { LoadedTemplate } from '#pdf-fill/template.js';
import type { IssuedType } from '#policy/signing-routes.js';
import { PRIMARY_PERIODS } from '#regulations/types.js';
import type { SchoolIdentity } from '#transcript/document.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { normalizeText } from '#transcript/text.js';
import { Problem } from '../http/problem.js';
import { LEVELS, type ClassInfo } from '../school/class-info.js';
import { registerOf, summaryOf } from './class-document-data.js';
import { placeOf } from './compose-document.js';
import type { DocumentLook } from './document-looks.js';
import { missingAt, shownPeriod, type PeriodPupil, type PeriodSource } from './period-source.js';
import { slipOf } from './result-slip.js';
import type { CertifiedRoute } from './signing-route.js';
import type { DocumentPeriod, Held, Transcript } from './transcripts.entities.js';

export type OtherType = Exclude<IssuedType, 'hoc-ba'>;
export type Reason = Held['reasons'][number];

/** What is the same in every document of a batch. */
export interface DocumentParts {
  readonly kind: OtherType;
  readonly period: DocumentPeriod;
  readonly source: PeriodSource;
  readonly route: CertifiedRoute;
  readonly template: LoadedTemplate;
  readonly look: DocumentLook;
}

/** Whose document, what it says, and why it has to wait. */
export interface PlannedDocument {
  /** The pupil, or the class. */
  readonly id: string;
  readonly data: SchoolDocument['data'];
  readonly newest: number;
  readonly reasons: readonly Reason[];
}

const UNDECIDED: Reason = {
  code: 'NO_DECISION',
  message: 'Hội đồng chưa quyết định về kết quả hiện nay của em này; chờ quyết định.',
};

/** The time that a document of the kind is about. @throws Problem VALIDATION when the class's circular has no such document at that time */
export function documentPeriod(
  { ruleSet }: ClassInfo,
  kind: OtherType,
  asked: DocumentPeriod | undefined,
): DocumentPeriod {
  const secondary = ruleSet.id === 'tt22-2021';
  const allowed: Readonly<Record<OtherType, readonly DocumentPeriod[]>> = {
    'phieu-ket-qua': secondary ? ['HK1', 'CN'] : PRIMARY_PERIODS,
    'bang-tong-hop': secondary ? [] : PRIMARY_PERIODS,
    'so-theo-doi-lop': secondary ? ['CN'] : [],
  };
  const periods = allowed[kind];
  const period = asked ?? (periods.length === 1 ? periods[0] : undefined);
  if (period !== undefined && periods.includes(period)) return period;
  const message =
    periods.length === 0
      ? 'Thông tư của lớp này không có mẫu văn bản ấy.'
      : `Chọn một kì của văn bản: ${periods.join(', ')}.`;
  throw new Problem('VALIDATION', message, [{ where: 'period', code: 'NO_SUCH_DOCUMENT', message }]);
}

/** The released form of it. */
export function templateFor({ ruleSet }: ClassInfo, kind: OtherType, period: DocumentPeriod): string {
  switch (kind) {
    case 'phieu-ket-qua':
      if (ruleSet.id === 'tt27-2020') return 'phieu-th-1';
      return period === 'CN' ? 'phieu-trung-hoc-cn-1' : 'phieu-trung-hoc-hk-1';
    case 'bang-tong-hop':
      return period === 'CN' ? 'bang-tong-hop-cn-1' : 'bang-tong-hop-1';
    case 'so-theo-doi-lop':
      return 'so-theo-doi-1';
  }
}

/** What is to be composed: a slip for each pupil, or the class's one document. */
export function plannedOf(
  { kind, source, look }: Pick<DocumentParts, 'kind' | 'source' | 'look'>,
  date: string,
): PlannedDocument[] {
  const { info, pupils } = source;
  const common = { school: schoolOf(info), issuedAt: { place: placeOf(info.school.province, look), date } };
  if (kind === 'phieu-ket-qua') {
    return pupils.map((each) => ({
      id: each.pupil.id,
      data: { ...common, pupil: readerOf(each), slip: slipOf(source, each) },
      newest: each.newest,
      reasons: slipReasons(source, each),
    }));
  }
  const present = { ...source, pupils: pupils.filter(({ pupil }) => !source.withoutBook.has(pupil.id)) };
  const data = kind === 'bang-tong-hop' ? summaryOf(present) : registerOf(present);
  const newest = Math.max(-1, ...pupils.map((each) => each.newest));
  return [{ id: info.id, data: { ...common, ...data }, newest, reasons: [] }];
}

function slipReasons(source: PeriodSource, pupil: PeriodPupil): Reason[] {
  const { info, period } = source;
  if (period === 'CN' && pupil.answer === null) return [UNDECIDED];
  return missingAt(info, pupil, shownPeriod(info, period)).map((what) => ({
    code: 'MARK_MISSING',
    message: `Còn thiếu: ${what}.`,
  }));
}

/** A document that someone has signed, or that still says what the book says, is not composed again. */
export function standingReasons(
  present: Transcript | undefined,
  signed: ReadonlySet<string>,
  { newest }: PlannedDocument,
): Reason[] {
  if (present === undefined) return [];
  if (present.erasedAt !== null) {
    // A class's document is erased for the sake of one of its pupils; without them the class has one again, in a lineage
    // of its own, since the keys of the old one are destroyed.
    if (present.kind !== 'phieu-ket-qua') return [];
    return [{ code: 'ERASED', message: 'Văn bản này đã xóa theo quyết định; không lập lại được.' }];
  }
  if (present.state === 'composed') {
    return signed.has(present.id)
      ? [{ code: 'IN_SIGNING', message: 'Văn bản đang được kí; trả lại hoặc kí tiếp trước khi lập lại.' }]
      : [];
  }
  return present.state === 'issued' && newest > present.resultSeq
    ? []
    : [{ code: 'ALREADY_ISSUED', message: 'Văn bản này đã phát hành và vẫn đúng với sổ.' }];
}

function schoolOf({ school }: ClassInfo): SchoolIdentity {
  return {
    code: school.code,
    name: normalizeText(school.name),
    commune: normalizeText(school.commune),
    province: normalizeText(school.province),
    level: LEVELS[school.level],
  };
}

function readerOf({ pupil: { code, fullName, sex, birthDate } }: PeriodPupil) {
  return { code, fullName: normalizeText(fullName), sex, birthDate };
}
