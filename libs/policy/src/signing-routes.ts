import type { Action } from './actions.js';
import { BASES, type Basis } from './basis.js';
import type { Role } from './types.js';

/** Who signs in a place: by the person's relation to the class or sheet, or by an appointment. */
export type Signer = 'homeroom' | 'subject-teachers' | 'vice-principal' | 'principal' | 'checker' | 'checked';

/** One place of a route, in its order. */
export interface SigningPlace {
  readonly signer: Signer;
  /** As it stands above the name. */
  readonly title: string;
  /** As it stands there when a deputy signs in the place under a written delegation. */
  readonly deputy?: { readonly onBehalf: string; readonly title: string };
  /** What is asked of the decision table; left out while nobody can sign such a document here. */
  readonly action?: Action;
}

/** The seal: always last, put on by whoever is appointed to it; refused before the last signature (R6.3). */
export interface SealPlace {
  readonly title: string;
  readonly appointed: Role;
  readonly action?: Action;
}

/** The signing route of one kind of document (roles.md rule 6). */
export interface DocumentRoute {
  readonly label: string;
  readonly places: readonly SigningPlace[];
  readonly seal: SealPlace | null;
  /** Whether a school may ask for "bản in kiểm tra, đã kí bản giấy" before the first electronic signature. */
  readonly paperLane: boolean;
  readonly basis: Basis;
  /** Why such a document cannot be signed here yet; null where it can. */
  readonly notSupported: string | null;
}

const SEAL_TITLE = 'CON DẤU CỦA NHÀ TRƯỜNG';
const SEAL: SealPlace = { title: SEAL_TITLE, appointed: 'sealer' };
const HOMEROOM = { signer: 'homeroom', title: 'GIÁO VIÊN CHỦ NHIỆM' } as const satisfies SigningPlace;
const VICE_PRINCIPAL = { signer: 'vice-principal', title: 'PHÓ HIỆU TRƯỞNG' } as const satisfies SigningPlace;
/** Homeroom teacher, vice-principal (or the principal), seal: what a school tells of a class or to its parents. */
const CHECKED_BY_VICE: Pick<IssuedRoute, 'places' | 'seal' | 'paperLane' | 'notSupported'> = {
  places: [
    { ...HOMEROOM, action: 'transcript.sign.homeroom' },
    { ...VICE_PRINCIPAL, action: 'transcript.sign.vice-principal' },
  ],
  seal: { ...SEAL, action: 'transcript.seal' },
  paperLane: true,
  notSupported: null,
};
const DEPUTY = { onBehalf: 'KT. HIỆU TRƯỞNG', title: 'PHÓ HIỆU TRƯỞNG' };
const NOT_YET = 'chưa lập và kí được văn bản loại này trên hệ thống';

/** A document that is composed, signed, sealed and logged here: each place with what is asked of the decision table. */
export interface IssuedRoute extends DocumentRoute {
  readonly places: readonly (SigningPlace & { readonly action: Action })[];
  readonly seal: SealPlace & { readonly action: Action };
  readonly notSupported: null;
}

/** Every kind of document of a school, each with its own route: a table to be read, not code to be run. */
export const SIGNING_ROUTES = {
  'hoc-ba': {
    label: 'Học bạ',
    places: [
      { ...HOMEROOM, action: 'transcript.sign.homeroom' },
      { signer: 'principal', title: 'HIỆU TRƯỞNG', deputy: DEPUTY, action: 'transcript.sign.principal' },
    ],
    seal: { ...SEAL, action: 'transcript.seal' },
    paperLane: true,
    basis: BASES.forms,
    notSupported: null,
  },
  'bang-tong-hop': {
    ...CHECKED_BY_VICE,
    label: 'Bảng tổng hợp kết quả đánh giá giáo dục của lớp',
    basis: BASES.records,
  },
  'phieu-ket-qua': {
    ...CHECKED_BY_VICE,
    label: 'Phiếu báo kết quả cho cha mẹ học sinh',
    basis: BASES.school,
  },
  'so-theo-doi-lop': {
    label: 'Sổ theo dõi và đánh giá học sinh (theo lớp học)',
    places: [
      { ...HOMEROOM, action: 'transcript.sign.homeroom' },
      { signer: 'principal', title: 'HIỆU TRƯỞNG', deputy: DEPUTY, action: 'transcript.sign.principal' },
    ],
    seal: { ...SEAL, action: 'transcript.seal' },
    paperLane: true,
    basis: BASES.forms,
    notSupported: null,
  },
  'thong-ke': {
    label: 'Biểu thống kê của lớp',
    places: [HOMEROOM, VICE_PRINCIPAL],
    seal: SEAL,
    paperLane: true,
    basis: BASES.records,
    notSupported: NOT_YET,
  },
  'so-theo-doi': {
    label: 'Trang sổ theo dõi và đánh giá học sinh (lớp × môn × học kì)',
    places: [{ signer: 'subject-teachers', title: 'GIÁO VIÊN MÔN HỌC' }, VICE_PRINCIPAL],
    seal: null,
    paperLane: false,
    basis: BASES.forms,
    // The teachers' place is the act "sheet.sign", the vice-principal's the lock that it is under.
    notSupported: 'giáo viên môn học kí ngay trên trang sổ đã khóa, không lập thành tệp riêng',
  },
  'bien-ban': {
    label: 'Biên bản kiểm tra tiến độ',
    places: [
      { signer: 'checker', title: 'NGƯỜI KIỂM TRA' },
      { signer: 'checked', title: 'NGƯỜI ĐƯỢC KIỂM TRA' },
    ],
    seal: null,
    paperLane: false,
    basis: BASES.school,
    notSupported: NOT_YET,
  },
} as const satisfies Readonly<Record<string, DocumentRoute>>;

export type DocumentType = keyof typeof SIGNING_ROUTES;

/** Kinds that are issued one by one: with a file, a seal and an entry in the ledger. */
export const ISSUED_TYPES = ['hoc-ba', 'phieu-ket-qua', 'bang-tong-hop', 'so-theo-doi-lop'] as const;

export type IssuedType = (typeof ISSUED_TYPES)[number];

/** Whether documents of this type are issued one by one. */
export function isIssued(type: DocumentType): type is IssuedType {
  return (ISSUED_TYPES as readonly string[]).includes(type);
}

/** The route of a kind that is issued. */
export function issuedRoute(type: IssuedType): IssuedRoute {
  return SIGNING_ROUTES[type];
}

export const DOCUMENT_TYPES = Object.keys(SIGNING_ROUTES) as readonly DocumentType[];

/** Whether such documents are signed here, or why not: "not supported: …". */
export function supportOf(type: DocumentType): string | null {
  const { label, notSupported }: DocumentRoute = SIGNING_ROUTES[type];
  return notSupported === null ? null : `not supported: ${label} — ${notSupported}`;
}
