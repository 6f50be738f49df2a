/**
 * Paths from chosen fields to `fieldRoot`: one proof for all of them, which names no hash that can be computed from
 * what is disclosed. The tree is RFC 6962's over 64, 128, 256 or 512 leaves.
 */
import { sha256 as nobleSha256, type Sha256 } from '#ledger/format/crypto.js';
import { leafHash, nodeHash } from '#ledger/format/hash.js';
import { fieldCommitment, paddedSize, type Field } from '#transcript/fields.js';
import { DisclosureError } from './error.js';
import type { FieldSet, SaltedField } from './salted-fields.js';

/** A field at its place among the leaves. */
export interface PlacedField extends SaltedField {
  readonly index: number;
}

/** Chosen fields, in the order of their places, and the hashes that lead from them to the root. */
export interface FieldProof {
  /** Leaves of the tree: 64, 128, 256 or 512. */
  readonly size: number;
  readonly fields: readonly PlacedField[];
  /** Level by level from the leaves up, from left to right. */
  readonly hashes: readonly Uint8Array[];
}

type Level = ReadonlyMap<number, Uint8Array>;

/** The proof of the fields at these paths; a path that the document does not have: RangeError. */
export function proveFields(
  { fields, padding }: FieldSet,
  paths: readonly string[],
  sha256: Sha256 = nobleSha256,
): FieldProof {
  const chosen = paths.map((path) => {
    const index = fields.findIndex((field) => field.path === path);
    const field = fields[index];
    if (field === undefined) throw new RangeError(`the document has no field ${path}`);
    return { ...field, index };
  });
  const placed = chosen.toSorted((a, b) => a.index - b.index);
  const commitments = fields.map((field) => fieldCommitment(field.salt, field));
  let level = [...commitments, ...padding].map((leaf) => leafHash(leaf, sha256));
  const size = level.length;
  if (size !== paddedSize(fields.length)) throw new RangeError('the padding does not fill the tree');
  let known = new Set(placed.map(({ index }) => index));
  const hashes: Uint8Array[] = [];
  while (level.length > 1) {
    for (const index of known) if (!known.has(index ^ 1)) hashes.push(level[index ^ 1]!);
    known = new Set([...known].map((index) => index >> 1));
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, i) =>
      nodeHash(below[2 * i]!, below[2 * i + 1]!, sha256),
    );
  }
  return { size, fields: placed, hashes };
}

/** The root that a proof leads to. A hash too few or too many: DISCLOSURE_MISMATCH. */
export function rootOfProof({ size, fields, hashes }: FieldProof, sha256: Sha256 = nobleSha256): Uint8Array {
  const rest = [...hashes];
  let level: Level = new Map(fields.map((field) => [field.index, leafOf(field, sha256)]));
  for (let width = size; width > 1; width /= 2) level = above(level, rest, sha256);
  const root = level.get(0);
  if (root === undefined || rest.length > 0) throw notAProof();
  return root;
}

function above(level: Level, rest: Uint8Array[], sha256: Sha256): Level {
  const next = new Map<number, Uint8Array>();
  for (const [index, hash] of level) {
    if (next.has(index >> 1)) continue;
    const sibling = level.get(index ^ 1) ?? rest.shift();
    if (sibling === undefined) throw notAProof();
    next.set(index >> 1, index % 2 === 0 ? nodeHash(hash, sibling, sha256) : nodeHash(sibling, hash, sha256));
  }
  return next;
}

function leafOf({ salt, path, value }: SaltedField & Field, sha256: Sha256): Uint8Array {
  return leafHash(fieldCommitment(salt, { path, value }), sha256);
}

function notAProof(): DisclosureError {
  return new DisclosureError('DISCLOSURE_MISMATCH', 'the fields’ paths lead to no root');
}
