/**
 * The slip: chosen fields with everything that proves them, small enough for one QR code. No signature of the school's
 * credential key is in it: the log vouches for `cred`, and `cred` for the root of the fields. Everything is big-endian:
 *
 *   "SC" 0x01
 *   event u32, lineage 32, credkey 32, SHA-256(JWT) 32, SHA-256(JCS(VC)) 32
 *   entry: seq u64, at u64 (milliseconds), prev 32, tag 32, kind 32, doc 32, cred 32
 *   proof: origin (u8 length), size u64, root 32, hashes (u8 count, 32 each),
 *          signatures (u8 count; name (u8 length), key id u32, bytes (u8 length))
 *   fields: leaves u16, u8 count; index u16, salt 32, path (u8 length), value as JSON (u16 length);
 *           hashes (u16 count, 32 each)
 *
 * The entry and the tlog-proof are put together again from these parts, byte for byte, and checked as they always are.
 */
import { FormatError } from '#ledger/format/errors.js';
import { concat, equal, fromBase64, toBase64, u16be, u32be, u64be, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint, parseCheckpoint } from '#ledger/format/checkpoint.js';
import { canonicalJson, parseCanonical, type Json } from '#ledger/format/jcs.js';
import { formatLeaf, parseLeaf, schoolOfOrigin } from '#ledger/format/leaf.js';
import { formatNote, parseNote } from '#ledger/format/note.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import type { Field } from '#transcript/fields.js';
import { fromBase45, toBase45 } from './base45.js';
import { ByteCursor } from './byte-cursor.js';
import { DisclosureError, reading } from './error.js';
import type { FieldProof, PlacedField } from './field-tree.js';
import { SLIP_MAGIC, SLIP_TEXT_MARK } from './slip-mark.js';

/** Version 40-L in alphanumeric mode holds 4,296 characters: the mark and 2,861 bytes in base45. In byte mode 2,953. */
export const MAX_SLIP_BYTES = 2861;

/** What a slip carries. */
export interface Slip {
  readonly event: number;
  /** L_e. */
  readonly lineage: Uint8Array;
  readonly credentialKey: Uint8Array;
  /** SHA-256 of the issuer's JWT and of the secured credential. */
  readonly sdJwt: Uint8Array;
  readonly credential: Uint8Array;
  /** The ledger entry's bytes. */
  readonly entry: Uint8Array;
  /** Its tlog-proof. */
  readonly first: Uint8Array;
  readonly fields: FieldProof;
}

/** The slip's bytes. More than a QR code holds: SLIP_TOO_LARGE. */
export function formatSlip(slip: Slip): Uint8Array {
  const { event, lineage, credentialKey, sdJwt, credential } = slip;
  const bytes = concat(
    SLIP_MAGIC,
    u32be(event),
    ...[lineage, credentialKey, sdJwt, credential],
    entryParts(slip.entry),
    proofParts(slip.first),
    fieldParts(slip.fields),
  );
  if (bytes.length > MAX_SLIP_BYTES) {
    throw new DisclosureError(
      'SLIP_TOO_LARGE',
      `${String(bytes.length)} bytes; one QR code holds ${String(MAX_SLIP_BYTES)}: disclose fewer fields`,
    );
  }
  return bytes;
}

/** Reads what formatSlip writes, and nothing else. */
export function parseSlip(bytes: Uint8Array): Slip {
  if (bytes.length > MAX_SLIP_BYTES) {
    throw new DisclosureError('PRESENTATION_MALFORMED', 'longer than a slip can be');
  }
  return reading('the slip', () => {
    const slip = readSlip(new ByteCursor(bytes));
    if (!equal(formatSlip(slip), bytes)) throw new FormatError('BAD_LINE', 'it is not in its one form');
    return slip;
  });
}

/** "SC1:" and base45: what stands in the QR code. */
export function formatSlipText(slip: Uint8Array): string {
  return `${SLIP_TEXT_MARK}${toBase45(slip)}`;
}

/** The slip's bytes in such a text; undefined when the text is none. */
export function parseSlipText(text: string): Uint8Array | undefined {
  if (!text.startsWith(SLIP_TEXT_MARK)) return undefined;
  return reading('the slip', () => fromBase45(text.slice(SLIP_TEXT_MARK.length)));
}

function entryParts(entry: Uint8Array): Uint8Array {
  const { type, seq, at, prev, body } = parseLeaf(entry);
  if (type !== 'document.event')
    throw new FormatError('BAD_LINE', `a slip is of a document, not of a ${type}`);
  const hashes = [prev, body.tag, body.kind, body.doc, body.cred].map(fromBase64);
  return concat(u64be(seq), u64be(Date.parse(at)), ...hashes);
}

function proofParts(proof: Uint8Array): Uint8Array {
  const { extra, hashes, checkpoint } = parseProof(proof);
  if (extra !== undefined)
    throw new FormatError('BAD_LINE', 'a slip has no room for what nothing authenticates');
  const { text, signatures } = parseNote(checkpoint);
  const { origin, size, root } = parseCheckpoint(text);
  return concat(
    shortText(origin),
    u64be(size),
    root,
    Uint8Array.of(hashes.length),
    ...hashes,
    Uint8Array.of(signatures.length),
    ...signatures.flatMap(({ name, keyId, signature }) => [
      shortText(name),
      u32be(keyId),
      Uint8Array.of(signature.length),
      signature,
    ]),
  );
}

function fieldParts({ size, fields, hashes }: FieldProof): Uint8Array {
  return concat(
    u16be(size),
    Uint8Array.of(fields.length),
    ...fields.flatMap(({ index, salt, path, value }) => {
      const json = utf8(canonicalJson(value));
      return [u16be(index), salt, shortText(path), u16be(json.length), json];
    }),
    u16be(hashes.length),
    ...hashes,
  );
}

function shortText(text: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length > 255) throw new RangeError('a name of more than 255 bytes has no room in a slip');
  return concat(Uint8Array.of(bytes.length), bytes);
}

function readSlip(cursor: ByteCursor): Slip {
  if (!equal(cursor.take(SLIP_MAGIC.length), SLIP_MAGIC))
    throw new FormatError('BAD_LINE', 'it does not begin as a slip');
  const event = cursor.number(4);
  const [lineage, credentialKey, sdJwt, credential] = [
    cursor.hash(),
    cursor.hash(),
    cursor.hash(),
    cursor.hash(),
  ];
  const seq = cursor.number(8);
  const at = new Date(cursor.number(8)).toISOString();
  const [prev = '', tag = '', kind = '', doc = '', cred = ''] = cursor.list(5, () => toBase64(cursor.hash()));
  const { origin, first } = readProof(cursor, seq);
  const place = { seq, at, prev, school: schoolOfOrigin(origin) };
  const entry = formatLeaf({ type: 'document.event', body: { tag, kind, doc, cred } }, place);
  const fields = readFields(cursor);
  cursor.end();
  return { event, lineage, credentialKey, sdJwt, credential, entry, first, fields };
}

function readProof(
  cursor: ByteCursor,
  index: number,
): { readonly origin: string; readonly first: Uint8Array } {
  const origin = cursor.text(1);
  const size = cursor.number(8);
  const root = cursor.hash();
  const hashes = cursor.list(cursor.number(1), () => cursor.hash());
  const signatures = cursor.list(cursor.number(1), () => ({
    name: cursor.text(1),
    keyId: cursor.number(4),
    signature: cursor.take(cursor.number(1)),
  }));
  const checkpoint = formatNote({ text: formatCheckpoint({ origin, size, root }), signatures });
  return { origin, first: formatProof({ index, hashes, checkpoint }) };
}

function readFields(cursor: ByteCursor): FieldProof {
  const size = cursor.number(2);
  if (![64, 128, 256, 512].includes(size))
    throw new FormatError('BAD_LINE', `a tree of ${String(size)} fields`);
  const fields = cursor.list(cursor.number(1), () => readField(cursor));
  const places = fields.map(({ index }) => index);
  if (places.some((place, i) => place >= size || place <= (places[i - 1] ?? -1)) || places.length === 0) {
    throw new FormatError('BAD_LINE', 'its fields are not in the order of their places');
  }
  return { size, fields, hashes: cursor.list(cursor.number(2), () => cursor.hash()) };
}

function readField(cursor: ByteCursor): PlacedField {
  const index = cursor.number(2);
  const salt = cursor.hash();
  const path = cursor.text(1);
  return { index, salt, path, value: fieldValue(parseCanonical(cursor.take(cursor.number(2)))) };
}

/** A field's value is no list and no object. */
export function fieldValue(value: Json): Field['value'] {
  if (typeof value === 'object' && value !== null) throw new FormatError('BAD_LINE', 'a field has one value');
  return value;
}
