/**
 * The one formatter of signature revisions. Revision i is an incremental update that fills signature field i: a
 * signature dictionary, an appearance, and the field's own dictionary again, nothing else. It depends on the bytes
 * before it and on one variable, the time; so a verifier writes it again and compares everything outside /Contents.
 */
import { concat, fromUtf8, toHex, utf8 } from '#ledger/format/bytes.js';
import { appearanceResources, appearanceStream } from './appearance.js';
import { fieldBox, trailerEntries, widget } from './base.js';
import { PdfFillError } from './error.js';
import { number } from './paint.js';
import type { DocumentPlan } from './plan.js';
import { ObjectWriter, reference, textString } from './syntax.js';

/** A revision whose /Contents is still all zeros. */
export interface PreparedRevision {
  readonly bytes: Uint8Array;
  /** Index of the first hexadecimal digit of /Contents. */
  readonly contentsStart: number;
  /** Bytes of DER it has room for. */
  readonly room: number;
  readonly byteRangeStart: number;
  /** [0, a, b, c]: signed are a bytes from the start and c bytes from b. */
  readonly byteRange: readonly [number, number, number, number];
}

/** Room for the ByteRange and the spaces that fill it up. */
export const BYTE_RANGE_WIDTH = 40;
/** What stands at the start of every signature revision, before its time. */
export const SIGNATURE_ENTRIES = '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M ';

/**
 * `previous` with signature field `index` (0-based, in the order of the route) filled and room for its CMS.
 * `time`: ISO-8601 UTC to the second or finer; printed to the second in Vietnam's time. A field out of turn:
 * WRONG_SIGNATURE_ORDER.
 */
export function prepareRevision(
  previous: Uint8Array,
  plan: DocumentPlan,
  index: number,
  time: string,
): PreparedRevision {
  const ends = revisionEnds(previous);
  if (
    ends.length !== index + 1 ||
    ends.at(-1) !== previous.length ||
    plan.numbers.widgets[index] === undefined
  ) {
    throw new PdfFillError(
      'WRONG_SIGNATURE_ORDER',
      `signature ${String(index + 1)} needs a document with exactly ${String(index)} signatures before it`,
    );
  }
  return formatRevision(previous, plan, index, localTime(time));
}

/** As `prepareRevision`, with the time as `YYYYMMDDhhmmss` in Vietnam: what a reader finds in /M. */
export function formatRevision(
  previous: Uint8Array,
  plan: DocumentPlan,
  index: number,
  localDigits: string,
): PreparedRevision {
  const before = { length: previous.length, xref: lastXref(previous) };
  const { bytes: update, contentsStart, ...rest } = formatUpdate(before, plan, index, localDigits);
  const shift = before.length;
  return {
    ...rest,
    bytes: concat(previous, update),
    contentsStart: shift + contentsStart,
    byteRangeStart: shift + rest.byteRangeStart,
  };
}

/** What of the bytes before it a revision depends on. */
export interface BytesBefore {
  /** How many there are. */
  readonly length: number;
  /** Offset of the cross-reference table that their last lines name. */
  readonly xref: number;
}

/** How many bytes there are, and where their last cross-reference table is. */
export function bytesBefore(revision: Uint8Array): BytesBefore {
  return { length: revision.length, xref: lastXref(revision) };
}

/**
 * What signature `index` adds to the bytes before it, and nothing of them: who signs a thousand documents keeps only what
 * follows from their pages. Starts count from the first byte added; the ByteRange counts from the first of the file.
 * `time`: as for prepareRevision.
 */
export function prepareUpdate(
  before: BytesBefore,
  plan: DocumentPlan,
  index: number,
  time: string,
): PreparedRevision {
  return formatUpdate(before, plan, index, localTime(time));
}

function formatUpdate(
  before: BytesBefore,
  plan: DocumentPlan,
  index: number,
  localDigits: string,
): PreparedRevision {
  const place = plan.loaded.template.signatures[index]!;
  const signature = plan.numbers.next + 2 * index;
  const appearance = signature + 1;
  const writer = new ObjectWriter(before.length);
  const opening = `${signatureOpening(signature)}(D:${localDigits}+07'00') /Name ${textString(plan.transcript.route[index]!.name)} /ByteRange `;
  const byteRangeStart = opening.length;
  const contentsStart = byteRangeStart + BYTE_RANGE_WIDTH + ' /Contents <'.length;
  const afterContents = before.length + contentsStart + 2 * place.room + 1;
  // The length of the revision must be known before it is written: everything behind /Contents is made first.
  writer.object(
    signature,
    `${opening.slice(objectStart(signature).length)}${' '.repeat(BYTE_RANGE_WIDTH)} /Contents <${'0'.repeat(2 * place.room)}> >>`,
  );
  writer.stream(
    appearance,
    appearanceEntries(plan, index),
    utf8(appearanceStream(plan, index, shownTime(localDigits))),
  );
  writer.object(
    plan.numbers.widgets[index]!,
    widget(plan, index, ` /V ${reference(signature)} /AP << /N ${reference(appearance)} >>`),
  );
  const bytes = writer.finish(
    `${trailerEntries(plan, index + 1, appearance + 1)} /Prev ${String(before.xref)}`,
  );
  const end = before.length + bytes.length;
  const byteRange = [0, before.length + contentsStart - 1, afterContents, end - afterContents] as const;
  bytes.set(utf8(`[${byteRange.join(' ')}]`), byteRangeStart);
  return { bytes, contentsStart, room: place.room, byteRangeStart, byteRange };
}

/** The revision with its CMS (DER) in place: lower-case hexadecimal, then '0'. Too large: SIGNATURE_TOO_LARGE. */
export function embedSignature(prepared: PreparedRevision, cms: Uint8Array): Uint8Array {
  const bytes = prepared.bytes.slice();
  putContents(bytes, prepared, cms);
  return bytes;
}

/** As embedSignature, in these very bytes. */
export function fillContents(prepared: PreparedRevision, cms: Uint8Array): void {
  putContents(prepared.bytes, prepared, cms);
}

/** The bytes that a signature signs: everything but /Contents with its brackets. */
export function signedBytes(pdf: Uint8Array, byteRange: readonly number[]): Uint8Array {
  const [, before = 0, from = 0, after = 0] = byteRange;
  return concat(pdf.subarray(0, before), pdf.subarray(from, from + after));
}

/**
 * A finished document with the CMS of signature `index` replaced: how the ledger proof, an unsigned attribute, comes
 * into the seal's CMS after the entry is logged. The document is not checked here.
 */
export function replaceContents(
  pdf: Uint8Array,
  plan: DocumentPlan,
  index: number,
  cms: Uint8Array,
): Uint8Array {
  const start = revisionEnds(pdf)[index];
  if (start === undefined) {
    throw new PdfFillError('WRONG_SIGNATURE_ORDER', `the document has no signature ${String(index + 1)}`);
  }
  const bytes = pdf.slice();
  putContents(bytes, contentsOf(plan, index, start), cms);
  return bytes;
}

/** Where each revision ends: just behind every `startxref`, number and end marker. */
export function revisionEnds(pdf: Uint8Array): number[] {
  const ends: number[] = [];
  const marker = utf8('\n%%EOF\n');
  for (let at = pdf.indexOf(0x25); at >= 0; at = pdf.indexOf(0x25, at + 1)) {
    if (at > 0 && matches(pdf, at - 1, marker) && endsTable(pdf, at - 1)) ends.push(at + marker.length - 1);
  }
  return ends;
}

/** Offset of the cross-reference table that a revision's last lines name. */
function lastXref(revision: Uint8Array): number {
  const tail = fromUtf8(revision.subarray(Math.max(0, revision.length - 40)).filter((byte) => byte < 0x80));
  return Number(/startxref\n(\d{1,10})\n%%EOF\n$/.exec(tail)?.[1] ?? Number.NaN);
}

/** The first bytes of signature revision `index`, up to its time. */
export function revisionOpening(plan: DocumentPlan, index: number): Uint8Array {
  return utf8(`${signatureOpening(plan.numbers.next + 2 * index)}(D:`);
}

function signatureOpening(object: number): string {
  return `${objectStart(object)}${SIGNATURE_ENTRIES}`;
}

function objectStart(object: number): string {
  return `${String(object)} 0 obj\n`;
}

function contentsOf(
  plan: DocumentPlan,
  index: number,
  start: number,
): { readonly contentsStart: number; readonly room: number } {
  const name = textString(plan.transcript.route[index]!.name);
  const before =
    revisionOpening(plan, index).length +
    `20260101000000+07'00') /Name ${name} /ByteRange  /Contents <`.length;
  return {
    contentsStart: start + before + BYTE_RANGE_WIDTH,
    room: plan.loaded.template.signatures[index]!.room,
  };
}

function putContents(
  bytes: Uint8Array,
  { contentsStart, room }: { readonly contentsStart: number; readonly room: number },
  cms: Uint8Array,
): void {
  if (cms.length > room) {
    throw new PdfFillError(
      'SIGNATURE_TOO_LARGE',
      `a signature of ${String(cms.length)} bytes does not fit the ${String(room)} bytes reserved for it`,
    );
  }
  bytes.set(utf8(toHex(cms)), contentsStart);
  bytes.fill(0x30, contentsStart + 2 * cms.length, contentsStart + 2 * room);
}

function appearanceEntries(plan: DocumentPlan, index: number): string {
  const { width, height } = fieldBox(plan, plan.loaded.template.signatures[index]!);
  return `/Type /XObject /Subtype /Form /BBox [0 0 ${number(width)} ${number(height)}] /Resources << ${appearanceResources(plan, index)} >>`;
}

/** ISO-8601 UTC as YYYYMMDDhhmmss in Vietnam, seven hours ahead and without summer time. */
function localTime(time: string): string {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(instant)) throw new PdfFillError('BAD_TIME', `"${time}" is not a time in ISO-8601 UTC`);
  return new Date(instant + 7 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
}

function shownTime(digits: string): string {
  const part = (from: number, to: number): string => digits.slice(from, to);
  return `${part(6, 8)}/${part(4, 6)}/${part(0, 4)} ${part(8, 10)}:${part(10, 12)}:${part(12, 14)} +07:00`;
}

function matches(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  return at + wanted.length <= bytes.length && wanted.every((byte, i) => bytes[at + i] === byte);
}

/** Whether the lines before `at` are "startxref" and a number. */
function endsTable(pdf: Uint8Array, at: number): boolean {
  let digits = at;
  while (digits > 0 && at - digits < 10 && isDigit(pdf[digits - 1])) digits--;
  return digits < at && digits >= 10 && matches(pdf, digits - 10, utf8('startxref\n'));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
