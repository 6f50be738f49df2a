/** The shape of J, strict: unknown keys refused, every violation listed. What does not pass is neither signed nor shown. */
import type { Json } from '#ledger/format/jcs.js';
import { consistencyFaults } from './consistency.js';
import type { Transcript } from './document.js';
import type { DocumentKind, SchoolDocument } from './school-document.js';
import { classRegister } from './schema-register.js';
import { classSummary } from './schema-summary.js';
import { resultSlip } from './schema-slip.js';
import { transcript } from './schema-transcript.js';
import { choice, type Shape, type Violation } from './shape.js';

const SHAPES: Readonly<Record<DocumentKind, Shape>> = {
  'hoc-ba': transcript,
  'phieu-ket-qua': resultSlip,
  'bang-tong-hop': classSummary,
  'so-theo-doi-lop': classRegister,
};

const anyDocument = choice('type', SHAPES);

export type Checked<T = SchoolDocument> =
  | { readonly ok: true; readonly document: T }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/** Whether `value` is a document of one of our kinds; if not, everything that is wrong with it (at most 100 violations). */
export function checkDocument(value: Json): Checked {
  return checkShape(anyDocument, value);
}

/** As `checkDocument`, for a học bạ. */
export function checkTranscript(value: Json): Checked<Transcript> {
  return checkShape(transcript, value) as Checked<Transcript>;
}

function checkShape(shape: Shape, value: Json): Checked {
  const violations: Violation[] = [];
  shape.check(value, '', (path, violationCode, message) => {
    if (violations.length < 100) violations.push({ path, code: violationCode, message });
  });
  if (violations.length > 0) return { ok: false, violations };
  const document = value as unknown as SchoolDocument;
  const faults = consistencyFaults(document);
  return faults.length > 0 ? { ok: false, violations: faults } : { ok: true, document };
}

const TITLES: Readonly<Record<DocumentKind, string>> = {
  'hoc-ba': 'học bạ',
  'phieu-ket-qua': 'phiếu báo kết quả',
  'bang-tong-hop': 'bảng tổng hợp kết quả đánh giá giáo dục của lớp',
  'so-theo-doi-lop': 'sổ theo dõi và đánh giá học sinh của lớp',
};

/** The JSON Schema (2020-12) of J, as published beside the format. It says less than `checkDocument` does. */
export function documentJsonSchema(kind: DocumentKind): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Sổ Cái: ${TITLES[kind]}, version 1`,
    ...SHAPES[kind].schema,
  };
}
