/** Every kind of signed document that has a J: all are attached, signed, logged and verified alike. */
import type { ClassRegister } from './class-register.js';
import type { ClassSummary } from './class-summary.js';
import type { RouteRole, Transcript } from './document.js';
import type { ResultSlip } from './result-slip.js';

export type SchoolDocument = Transcript | ResultSlip | ClassSummary | ClassRegister;

export type DocumentKind = SchoolDocument['type'];

/** Who signs a kind of document, in this order; libs/policy's table says who may. */
export const ROUTE_ROLES: Readonly<Record<DocumentKind, readonly RouteRole[]>> = {
  'hoc-ba': ['homeroom', 'principal', 'seal'],
  'phieu-ket-qua': ['homeroom', 'vice-principal', 'seal'],
  'bang-tong-hop': ['homeroom', 'vice-principal', 'seal'],
  'so-theo-doi-lop': ['homeroom', 'principal', 'seal'],
};

/** Above this size no document of the kind is read: a register holds a class's whole year. */
export const MAX_KIND_BYTES: Readonly<Record<DocumentKind, number>> = {
  'hoc-ba': 256 * 1024,
  'phieu-ket-qua': 64 * 1024,
  'bang-tong-hop': 256 * 1024,
  'so-theo-doi-lop': 1024 * 1024,
};

/** The school year that a document is about. */
export function schoolYearOf(document: SchoolDocument): string {
  switch (document.type) {
    case 'hoc-ba':
      return document.data.year.schoolYear;
    case 'phieu-ket-qua':
      return document.data.slip.schoolYear;
    default:
      return document.data.schoolYear;
  }
}

/** Whether it is a học bạ: what disclosure, credentials and the rules' own check are made for. */
export function isTranscript(document: SchoolDocument): document is Transcript {
  return document.type === 'hoc-ba';
}
