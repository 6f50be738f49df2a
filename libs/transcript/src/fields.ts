/**
 * Single fields of a transcript, each salted and committed, so that one subject or one statement can be shown without
 * the rest: the leaves of `fieldRoot` (transcript-format, "Commitments" and "Disclosure").
 */
import { compareBytes, utf8 } from '#ledger/format/bytes.js';
import { leafHash, nodeHash } from '#ledger/format/hash.js';
import { canonicalize, canonicalJson, type Json } from '#ledger/format/jcs.js';
import { commit } from './commitments.js';
import type { Transcript } from './document.js';
import { isTranscript, type SchoolDocument } from './school-document.js';

/** A path such as "year/subjects/TOAN/HK1" and its value. */
export interface Field {
  readonly path: string;
  readonly value: string | number | boolean | null;
}

export interface CommittedField extends Field {
  readonly salt: Uint8Array;
  /** C("field", salt, JCS([path, value])). */
  readonly commitment: Uint8Array;
}

/** Sizes of the tree: how many fields a document has must not tell much about it. */
const TREE_SIZES = [64, 128, 256, 512] as const;

/**
 * All fields of a document's data, and the statements made from them, ordered by the UTF-8 bytes of their paths.
 * Members of a list that have a code stand under it ("year/subjects/TOAN/year"), others under their number. Of a class's
 * document one field is one row of its lists, as canonical JSON: it has too many values for a tree of 512 leaves.
 */
export function transcriptFields(document: SchoolDocument): Field[] {
  const fields: Field[] = [];
  const whole = document.type === 'bang-tong-hop' || document.type === 'so-theo-doi-lop';
  collect('', document.data as unknown as Json, fields, whole);
  if (isTranscript(document)) fields.push(...statements(document));
  return fields
    .map((field) => ({ field, bytes: utf8(field.path) }))
    .sort((a, b) => compareBytes(a.bytes, b.bytes))
    .map(({ field }) => field);
}

/** Statements that stand alone, e.g. that grade 9 was completed, without showing a mark. */
function statements({ data: { year } }: Transcript): Field[] {
  const decision = year.kind === 'secondary' ? year.promotion.decision : year.completion.decision;
  const completed = ['LEN_LOP', 'HOAN_THANH_LOP', 'HOAN_THANH_TIEU_HOC'].includes(decision);
  const fields: Field[] = [{ path: `statement/completed-grade/${String(year.grade)}`, value: completed }];
  if (year.grade === 5) fields.push({ path: 'statement/completed-level/primary', value: completed });
  if (year.grade === 9) fields.push({ path: 'statement/completed-level/lower-secondary', value: completed });
  if (year.grade === 12) fields.push({ path: 'statement/completed-level/upper-secondary', value: completed });
  return fields;
}

function collect(path: string, value: Json, fields: Field[], rowsWhole: boolean): void {
  if (typeof value !== 'object' || value === null) {
    fields.push({ path, value });
    return;
  }
  const members: readonly (readonly [string, Json])[] = Array.isArray(value)
    ? (value as readonly Json[]).map((item, i) => [keyOf(item) ?? String(i), item] as const)
    : Object.entries(value as { readonly [key: string]: Json });
  for (const [key, member] of members) {
    const at = path === '' ? key : `${path}/${key}`;
    if (rowsWhole && Array.isArray(value)) fields.push({ path: at, value: canonicalJson(member) });
    else collect(at, member, fields, rowsWhole);
  }
}

function keyOf(item: Json): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const { code, term } = item as { readonly [key: string]: Json };
  if (typeof code !== 'string') return undefined;
  return typeof term === 'string' ? `${code}/${term}` : code;
}

/** salt_i = C("fieldsalt", S, path). */
function fieldSalt(salt: Uint8Array, path: string): Uint8Array {
  return commit('fieldsalt', salt, utf8(path));
}

/** The commitment of one field under its salt. */
export function fieldCommitment(fieldSaltBytes: Uint8Array, field: Field): Uint8Array {
  return commit('field', fieldSaltBytes, canonicalize([field.path, field.value]));
}

/** Each field with its salt and commitment, in the order of `transcriptFields`. */
export function commitFields(transcript: SchoolDocument, salt: Uint8Array): CommittedField[] {
  return transcriptFields(transcript).map((field) => {
    const saltOfField = fieldSalt(salt, field.path);
    return { ...field, salt: saltOfField, commitment: fieldCommitment(saltOfField, field) };
  });
}

/** How many leaves a tree of `count` fields is padded to; more than 512 fields do not fit: RangeError. */
export function paddedSize(count: number): number {
  const size = TREE_SIZES.find((candidate) => candidate >= count);
  if (size === undefined) throw new RangeError(`${String(count)} fields; a document has at most 512`);
  return size;
}

/**
 * The RFC 6962 root over the commitments, padded to 64, 128, 256 or 512 leaves. `padding` holds exactly the missing
 * leaves, 32 random bytes each, and must be kept with the document to prove a field later.
 */
export function fieldRoot(commitments: readonly Uint8Array[], padding: readonly Uint8Array[]): Uint8Array {
  const size = paddedSize(commitments.length);
  if (commitments.length + padding.length !== size) {
    throw new RangeError(
      `${String(commitments.length)} fields need ${String(size - commitments.length)} padding leaves`,
    );
  }
  let level = [...commitments, ...padding].map((leaf) => leafHash(leaf));
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < level.length; i += 2) above.push(nodeHash(level[i]!, level[i + 1]!));
    level = above;
  }
  return level[0]!;
}
