/** The bytes of J: RFC 8785, so that one document has one hash, which is its verification code. */
import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalize, parseCanonical, type Json } from '#ledger/format/jcs.js';
import type { Transcript } from './document.js';
import { checkDocument } from './schema.js';
import { isTranscript, MAX_KIND_BYTES, type SchoolDocument } from './school-document.js';
import type { Violation } from './shape.js';

/** Above this size no document is read. */
export const MAX_DOCUMENT_BYTES = Math.max(...Object.values(MAX_KIND_BYTES));

/** A document that is not one: every violation is in `violations`. */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
  readonly code = 'INVALID_TRANSCRIPT';

  constructor(readonly violations: readonly Violation[]) {
    const first = violations
      .slice(0, 3)
      .map((violation) => `${violation.path} ${violation.message}`)
      .join('; ');
    super(
      `not a document of Sổ Cái: ${first}${violations.length > 3 ? ` and ${String(violations.length - 3)} more` : ''}`,
    );
  }
}

/** The canonical bytes of a document. One that does not pass its schema: TranscriptError. */
export function encodeDocument(document: SchoolDocument): Uint8Array {
  const value = document as unknown as Json;
  const bytes = canonicalize(value);
  const checked = checkDocument(value);
  if (!checked.ok) throw new TranscriptError(checked.violations);
  refuseTooLarge(document, bytes);
  return bytes;
}

/**
 * The document in canonical bytes, of whatever kind: I-JSON, no duplicate key, byte-equal round trip, schema. Else
 * FormatError (of the ledger's JSON) or TranscriptError.
 */
export function decodeDocument(bytes: Uint8Array): SchoolDocument {
  const checked = checkDocument(parseCanonical(bytes, MAX_DOCUMENT_BYTES));
  if (!checked.ok) throw new TranscriptError(checked.violations);
  refuseTooLarge(checked.document, bytes);
  return checked.document;
}

/** As `encodeDocument`, for a học bạ. */
export function encodeTranscript(transcript: Transcript): Uint8Array {
  return encodeDocument(transcript);
}

/** As `decodeDocument`; another kind of document than a học bạ: TranscriptError. */
export function decodeTranscript(bytes: Uint8Array): Transcript {
  const document = decodeDocument(bytes);
  if (isTranscript(document)) return document;
  throw new TranscriptError([{ path: '/type', code: 'BAD_VALUE', message: 'is not that of a học bạ' }]);
}

function refuseTooLarge({ type }: SchoolDocument, bytes: Uint8Array): void {
  if (bytes.length <= MAX_KIND_BYTES[type]) return;
  const message = `has ${String(bytes.length)} bytes; a document of this kind has ${String(MAX_KIND_BYTES[type])} at most`;
  throw new TranscriptError([{ path: '', code: 'BAD_VALUE', message }]);
}

/** H = SHA-256(J), 32 bytes. */
export function documentHash(documentBytes: Uint8Array): Uint8Array {
  return sha256(documentBytes);
}
