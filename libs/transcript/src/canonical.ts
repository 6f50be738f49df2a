/** The bytes of J: RFC 8785, so that one document has one hash, which is its verification code. */
import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalize, parseCanonical, type Json } from '#ledger/format/jcs.js';
import type { Transcript } from './document.js';
import { checkTranscript } from './schema.js';
import type { Violation } from './shape.js';

/** Above this size no document is read. */
export const MAX_DOCUMENT_BYTES = 256 * 1024;

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
      `not a transcript: ${first}${violations.length > 3 ? ` and ${String(violations.length - 3)} more` : ''}`,
    );
  }
}

/** The canonical bytes of `transcript`. One that does not pass the schema: TranscriptError. */
export function encodeTranscript(transcript: Transcript): Uint8Array {
  const value = transcript as unknown as Json;
  const bytes = canonicalize(value);
  const checked = checkTranscript(value);
  if (!checked.ok) throw new TranscriptError(checked.violations);
  return bytes;
}

/**
 * The transcript in canonical bytes: I-JSON, no duplicate key, byte-equal round trip, schema. Else FormatError
 * (of the ledger's JSON) or TranscriptError.
 */
export function decodeTranscript(bytes: Uint8Array): Transcript {
  const checked = checkTranscript(parseCanonical(bytes, MAX_DOCUMENT_BYTES));
  if (!checked.ok) throw new TranscriptError(checked.violations);
  return checked.transcript;
}

/** H = SHA-256(J), 32 bytes. */
export function documentHash(documentBytes: Uint8Array): Uint8Array {
  return sha256(documentBytes);
}
