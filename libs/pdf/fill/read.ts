/**
 * Steps 1 to 5 of the verification: is this file, byte for byte, what our writer and our formatter make of the data in
 * it? Nothing is interpreted as PDF that was not written here before, so the tricks that PDF allows (objects redefined
 * in an update, hybrid tables, second attachments, pages swapped inside a signature's own revision) have no place to be.
 */
import { equal, fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { decodeDocument } from '#transcript/canonical.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { beginsLikeOurs, extractDocument, extractPictures } from './attachment.js';
import { writeBase } from './base.js';
import { PdfFillError, type FillCode } from './error.js';
import type { Picture } from './picture.js';
import { planDocument, type DocumentPlan } from './plan.js';
import { PdfReadError, type ReadCode } from './read-error.js';
import {
  BYTE_RANGE_WIDTH,
  formatRevision,
  revisionEnds,
  revisionOpening,
  SIGNATURE_ENTRIES,
  type PreparedRevision,
} from './revision.js';
import type { LoadedTemplate } from './template.js';
import { loadTemplate } from './templates.js';

/** No file above this is read. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** A signature as it stands in the file; its CMS is not opened here. */
export interface ReadSignature {
  /** 0-based, in the order of the route. */
  readonly index: number;
  /** The time in the signature dictionary, ISO-8601 UTC: what the signer says, no evidence. */
  readonly time: string;
  readonly byteRange: readonly [number, number, number, number];
  /** DER, without the padding. */
  readonly cms: Uint8Array;
}

export interface ReadDocument {
  readonly plan: DocumentPlan;
  readonly signatures: readonly ReadSignature[];
}

/** Steps 1 to 5. The first that fails: PdfReadError with its code. */
export async function readTranscriptPdf(
  file: Uint8Array,
  load: (id: string) => Promise<LoadedTemplate> = loadTemplate,
): Promise<ReadDocument> {
  checkFileShape(file);
  const ends = revisionEnds(file);
  const documentBytes = extractDocument(file);
  if (documentBytes === undefined) {
    throw new PdfReadError(
      'ATTACHMENT_MALFORMED',
      'the data of the transcript is not at the start of the file, where it belongs',
    );
  }
  const transcript = readDocument(documentBytes);
  checkRevisionCount(ends, transcript, file);
  const pictures = extractPictures(file, transcript.images.length);
  const plan = await planFor(documentBytes, transcript, load, pictures);
  checkBase(file.subarray(0, ends[0]), plan);
  const signatures = transcript.route.map((_, index) => {
    const prepared = checkRevision(file, plan, index, ends[index] ?? 0, ends[index + 1] ?? 0);
    return readSignature(file, plan, index, ends[index] ?? 0, prepared);
  });
  return { plan, signatures };
}

/** Step 1. */
function checkFileShape(file: Uint8Array): void {
  if (file.length > MAX_FILE_BYTES) {
    throw new PdfReadError(
      'FILE_TOO_LARGE',
      `the file has ${String(file.length)} bytes; a transcript has at most 10 MB`,
    );
  }
  if (!startsWith(file, '%PDF-1.7\n')) {
    throw new PdfReadError('NOT_A_PDF', 'the file does not begin with %PDF-1.7');
  }
  if (!beginsLikeOurs(file)) {
    throw new PdfReadError(
      'FOREIGN_PDF',
      'this PDF was not written by Sổ Cái, or another program saved it again; ask for the original file',
    );
  }
  if (!endsWith(file, '\n%%EOF\n')) {
    throw new PdfReadError('TRAILING_BYTES', 'the file does not end with its last end-of-file line');
  }
}

/** Step 2. */
function checkRevisionCount(ends: readonly number[], transcript: SchoolDocument, file: Uint8Array): void {
  const expected = 1 + transcript.route.length;
  if (ends.length === 1) throw new PdfReadError('UNSIGNED', 'the document is not signed');
  if (ends.length < expected) {
    throw new PdfReadError(
      'SIGNATURES_MISSING',
      `${String(ends.length - 1)} of ${String(expected - 1)} signatures are there`,
    );
  }
  if (ends.length > expected || ends.at(-1) !== file.length) {
    throw new PdfReadError('REVISION_COUNT', 'something was added to the file after its last signature');
  }
}

/** The first half of step 8 comes early, because everything else is written from J. */
function readDocument(documentBytes: Uint8Array): SchoolDocument {
  try {
    return decodeDocument(documentBytes);
  } catch (error) {
    throw new PdfReadError('DOCUMENT_MALFORMED', messageOf(error));
  }
}

async function planFor(
  documentBytes: Uint8Array,
  transcript: SchoolDocument,
  load: (id: string) => Promise<LoadedTemplate>,
  pictures: ReadonlyMap<string, Picture>,
): Promise<DocumentPlan> {
  try {
    return planDocument(documentBytes, await load(transcript.template.id), pictures);
  } catch (error) {
    if (!(error instanceof PdfFillError)) throw error;
    throw new PdfReadError(FILL_FAULTS[error.code] ?? 'BASE_ALTERED', error.message);
  }
}

const FILL_FAULTS: Readonly<Partial<Record<FillCode, ReadCode>>> = {
  UNKNOWN_TEMPLATE: 'TEMPLATE_UNKNOWN',
  IMAGE_MISSING: 'IMAGE_ALTERED',
};

/** Step 3. */
function checkBase(base: Uint8Array, plan: DocumentPlan): void {
  let expected: Uint8Array;
  try {
    expected = writeBase(plan);
  } catch (error) {
    if (!(error instanceof PdfFillError)) throw error;
    throw new PdfReadError('BASE_ALTERED', `the data cannot stand on this form: ${error.message}`);
  }
  if (equal(base, expected)) return;
  const found = FORBIDDEN.filter((name) => indexOf(base, name) >= 0 && indexOf(expected, name) < 0);
  throw new PdfReadError(
    'BASE_ALTERED',
    `the pages are not what the data in the file gives${found.length === 0 ? '' : ` (found: ${found.join(', ')})`}`,
  );
}

/** Named in the message only: equality with our own bytes is what keeps these out. */
const FORBIDDEN = [
  '/Encrypt',
  '/ObjStm',
  '/XRefStm',
  '/XFA',
  '/JavaScript',
  '/AA',
  '/OpenAction',
  '/OCProperties',
  '/Launch',
  '/RichMedia',
];

/** Step 4: outside /Contents, and but for the ByteRange that step 5 looks at, the revision is our formatter's. */
function checkRevision(
  file: Uint8Array,
  plan: DocumentPlan,
  index: number,
  start: number,
  end: number,
): PreparedRevision {
  const altered = (): PdfReadError =>
    new PdfReadError(
      'REVISION_ALTERED',
      `the revision of signature ${String(index + 1)} holds more than, or other than, the signature`,
    );
  const opening = revisionOpening(plan, index);
  const digits = String.fromCharCode(...file.subarray(start + opening.length, start + opening.length + 14));
  if (!/^\d{14}$/.test(digits) || instantOf(digits) === undefined) throw altered();
  const prepared = formatRevision(file.subarray(0, start), plan, index, digits);
  if (prepared.bytes.length !== end) throw altered();
  const { contentsStart, room, byteRangeStart } = prepared;
  const same =
    equal(file.subarray(start, byteRangeStart), prepared.bytes.subarray(start, byteRangeStart)) &&
    equal(
      file.subarray(byteRangeStart + BYTE_RANGE_WIDTH, contentsStart),
      prepared.bytes.subarray(byteRangeStart + BYTE_RANGE_WIDTH, contentsStart),
    ) &&
    equal(file.subarray(contentsStart + 2 * room, end), prepared.bytes.subarray(contentsStart + 2 * room));
  if (!same) throw altered();
  return prepared;
}

/** Step 5. */
function readSignature(
  file: Uint8Array,
  plan: DocumentPlan,
  index: number,
  start: number,
  prepared: PreparedRevision,
): ReadSignature {
  const { byteRange, byteRangeStart, contentsStart, room } = prepared;
  const range = prepared.bytes.subarray(byteRangeStart, byteRangeStart + BYTE_RANGE_WIDTH);
  if (!equal(file.subarray(byteRangeStart, byteRangeStart + BYTE_RANGE_WIDTH), range)) {
    throw new PdfReadError(
      'BYTE_RANGE_ALTERED',
      `signature ${String(index + 1)} does not cover its whole revision`,
    );
  }
  const opening = revisionOpening(plan, index).length;
  const digits = fromUtf8(file.subarray(start + opening, start + opening + 14));
  const cms = readContents(file.subarray(contentsStart, contentsStart + 2 * room), index);
  return { index, time: instantOf(digits) ?? '', byteRange, cms };
}

/** Lower-case hexadecimal of one DER value, then '0' to the end. */
function readContents(digits: Uint8Array, index: number): Uint8Array {
  const malformed = (why: string): PdfReadError =>
    new PdfReadError('CONTENTS_MALFORMED', `/Contents of signature ${String(index + 1)} ${why}`);
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = hexValue(digits[2 * i]);
    const low = hexValue(digits[2 * i + 1]);
    if (high < 0 || low < 0) throw malformed('is not lower-case hexadecimal');
    bytes[i] = (high << 4) | low;
  }
  const length = derLength(bytes);
  if (length === undefined || length > bytes.length) throw malformed('holds no signature');
  if (bytes.subarray(length).some((byte) => byte !== 0))
    throw malformed('is padded with something other than zeros');
  return bytes.slice(0, length);
}

/** Length of the SEQUENCE at the start, with its header; undefined when there is none. */
function derLength(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== 0x30) return undefined;
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count < 1 || count > 2) return undefined;
  let length = 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[2 + i] ?? 0);
  return 2 + count + length;
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}

/** YYYYMMDDhhmmss in Vietnam as ISO-8601 UTC; undefined when there is no such time. */
function instantOf(digits: string): string | undefined {
  const part = (from: number, to: number): string => digits.slice(from, to);
  const text = `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}T${part(8, 10)}:${part(10, 12)}:${part(12, 14)}.000`;
  const local = new Date(`${text}Z`);
  if (Number.isNaN(local.getTime()) || local.toISOString() !== `${text}Z`) return undefined;
  return new Date(local.getTime() - 7 * 3_600_000).toISOString();
}

/**
 * Signatures of a document whose template this release does not know: found by their first words only, so that at
 * least their digests can be compared. What this finds proves nothing good.
 */
export function looseSignatures(file: Uint8Array): Pick<ReadSignature, 'byteRange' | 'cms'>[] {
  const found: Pick<ReadSignature, 'byteRange' | 'cms'>[] = [];
  for (
    let at = indexOf(file, SIGNATURE_ENTRIES);
    at >= 0 && found.length < 8;
    at = indexOf(file, SIGNATURE_ENTRIES, at + 1)
  ) {
    const head = Array.from(file.subarray(at, at + 4096), (byte) => String.fromCharCode(byte)).join('');
    const match = /\/ByteRange \[0 (\d{1,8}) (\d{1,8}) (\d{1,8})\] *\/Contents </.exec(head);
    if (match === null) continue;
    const [a = 0, b = 0, c = 0] = match.slice(1).map(Number);
    if (b > file.length || b <= a + 2) continue;
    try {
      found.push({ byteRange: [0, a, b, c], cms: readContents(file.subarray(a + 1, b - 1), found.length) });
    } catch {
      found.push({ byteRange: [0, a, b, c], cms: new Uint8Array(0) });
    }
  }
  return found;
}

function indexOf(bytes: Uint8Array, text: string, from = 0): number {
  const wanted = utf8(text);
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

function startsWith(file: Uint8Array, text: string): boolean {
  return utf8(text).every((byte, i) => file[i] === byte);
}

function endsWith(file: Uint8Array, text: string): boolean {
  const wanted = utf8(text);
  return (
    file.length >= wanted.length && wanted.every((byte, i) => file[file.length - wanted.length + i] === byte)
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unreadable';
}
