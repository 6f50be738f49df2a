/**
 * What an entry of a school's log says: canonical JSON {v, type, seq, prev, at, school, body} of at most 4 KiB, without
 * personal data. `prev` chains the entries, so that even a reader without Merkle proofs sees a cut or an insertion.
 */
import { concat, utf8 } from './bytes.js';
import { sha256 } from './crypto.js';
import { FormatError } from './errors.js';
import { canonicalize, parseCanonical, type Json } from './jcs.js';
import { checkName, parseVkey } from './note.js';
import { parseHash } from './text.js';

/** A signer's certificate behind its commitment, or one of the log's own keys in the clear. */
export type KeyName = { readonly cert: string } | { readonly vkey: string };

/** The body of each leaf type. A base64 text stands for exactly 32 bytes. */
export interface LeafBodies {
  /** Entry 0: which log this is and under which key it opened. */
  readonly 'log.opened': { readonly origin: string; readonly vkey: string };
  /**
   * `cert`: C("cert", certificate salt, SHA-256(certificate DER)) of a signer, before its first signature.
   * `vkey`: a further key of this log, before its first checkpoint.
   */
  readonly 'key.added': KeyName;
  /**
   * The key as its key.added (or log.opened) names it. A certificate's signatures in entries from index `invalidFrom`
   * on do not count; a log key's signatures of trees of more than `invalidFrom` entries do not.
   */
  readonly 'key.retired': KeyName & { readonly invalidFrom: number };
  /** The head of the school's journal and how many events it has. */
  readonly 'journal.anchored': { readonly head: string; readonly count: number };
  /** C("roster", salt, JCS of the class and year), and how many transcripts it will have. */
  readonly 'roster.locked': { readonly roster: string; readonly count: number };
  /** One event in the life of a signed document: the commitments of transcript-format. */
  readonly 'document.event': {
    readonly tag: string;
    readonly kind: string;
    readonly doc: string;
    readonly cred: string;
  };
  /** In a directory log: the newest public checkpoint of a school's log. */
  readonly 'checkpoint.anchored': { readonly origin: string; readonly size: number; readonly root: string };
  /** In a directory log: a trust bundle put in force; `bundle` is the SHA-256 of its signed note. */
  readonly 'trust.published': { readonly serial: number; readonly bundle: string };
}

export type LeafType = keyof LeafBodies;

/** What an outbox holds: a type and its body. */
export type LeafDraft = {
  readonly [T in LeafType]: { readonly type: T; readonly body: LeafBodies[T] };
}[LeafType];

/** What the sequencer fills in. */
export interface LeafPlace {
  readonly seq: number;
  /** Base64 of the leaf hash of entry seq − 1; for entry 0 of `genesis(origin)`. */
  readonly prev: string;
  /** ISO-8601 UTC with milliseconds; one `at` a batch. By the operator's clock: never evidence of time. */
  readonly at: string;
  /** The public school code: what follows the first "/" of the origin. */
  readonly school: string;
}

export type Leaf = LeafDraft & LeafPlace & { readonly v: 1 };

const MAX_LEAF_BYTES = 4096;

type FieldKind = 'hash' | 'index' | 'name' | 'vkey';
type BodyShape = Readonly<Record<string, FieldKind>>;
/** The shapes a body may have: exactly the fields of one of them. */
const BODY_SHAPES: { readonly [T in LeafType]: readonly [BodyShape, ...BodyShape[]] } = {
  'log.opened': [{ origin: 'name', vkey: 'vkey' }],
  'key.added': [{ cert: 'hash' }, { vkey: 'vkey' }],
  'key.retired': [
    { cert: 'hash', invalidFrom: 'index' },
    { vkey: 'vkey', invalidFrom: 'index' },
  ],
  'journal.anchored': [{ head: 'hash', count: 'index' }],
  'roster.locked': [{ roster: 'hash', count: 'index' }],
  'document.event': [{ tag: 'hash', kind: 'hash', doc: 'hash', cred: 'hash' }],
  'checkpoint.anchored': [{ origin: 'name', size: 'index', root: 'hash' }],
  'trust.published': [{ serial: 'index', bundle: 'hash' }],
};
const KEYS = ['at', 'body', 'prev', 'school', 'seq', 'type', 'v'];

/** What entry 0 has as `prev`: SHA-256("socai.v1/genesis" ‖ 0x00 ‖ origin). */
export function genesis(origin: string): Uint8Array {
  return sha256(concat(utf8('socai.v1/genesis'), Uint8Array.of(0), utf8(origin)));
}

/** The public school code in an origin `<domain>/<school>`; an origin without one: FormatError BAD_NAME. */
export function schoolOfOrigin(origin: string): string {
  checkName(origin);
  const slash = origin.indexOf('/');
  if (slash <= 0 || slash === origin.length - 1) {
    throw new FormatError('BAD_NAME', `the origin ${origin} is not <domain>/<school code>`);
  }
  return origin.slice(slash + 1);
}

/** The entry's bytes: canonical JSON. Refuses what `parseLeaf` would refuse. */
export function formatLeaf(draft: LeafDraft, place: LeafPlace): Uint8Array {
  const { seq, prev, at, school } = place;
  const leaf = { v: 1, type: draft.type, seq, prev, at, school, body: { ...draft.body } };
  checkLeaf(leaf);
  const bytes = canonicalize(leaf);
  if (bytes.length > MAX_LEAF_BYTES) throw tooLong(bytes.length);
  return bytes;
}

/** The leaf in an entry. Strict: canonical, exactly the fields of its type. Else FormatError. */
export function parseLeaf(entry: Uint8Array): Leaf {
  if (entry.length > MAX_LEAF_BYTES) throw tooLong(entry.length);
  const leaf = parseCanonical(entry, MAX_LEAF_BYTES);
  checkLeaf(leaf);
  return leaf;
}

/** Refuses a draft whose type or body could not be written, before it is stored anywhere. */
export function checkDraft(draft: {
  readonly type: string;
  readonly body: Json;
}): asserts draft is LeafDraft {
  if (!isLeafType(draft.type)) throw new FormatError('BAD_FIELD', `"${draft.type}" is no leaf type`);
  checkBody(draft.type, draft.body);
}

function checkLeaf(leaf: Json): asserts leaf is Leaf & Json {
  const fields = exactObject(leaf, KEYS, 'a leaf');
  if (fields['v'] !== 1) throw new FormatError('BAD_FIELD', 'v is not 1');
  if (!isHash(fields['prev'])) throw new FormatError('BAD_FIELD', 'prev is not the base64 of 32 bytes');
  if (!isIndex(fields['seq'])) throw new FormatError('BAD_FIELD', 'seq is not a whole number');
  if (!isTime(fields['at']))
    throw new FormatError('BAD_TIME', 'at is not an ISO-8601 UTC time with milliseconds');
  if (typeof fields['school'] !== 'string') throw new FormatError('BAD_FIELD', 'school is not text');
  checkName(fields['school']);
  const type = fields['type'];
  if (!isLeafType(type)) throw new FormatError('BAD_FIELD', 'type is no leaf type');
  checkBody(type, fields['body']);
}

function checkBody(type: LeafType, body: Json | undefined): void {
  const [first, ...others] = BODY_SHAPES[type];
  const shape = others.find((other) => hasFields(body, Object.keys(other))) ?? first;
  const fields = exactObject(body, Object.keys(shape), `the body of ${type}`);
  for (const [key, kind] of Object.entries(shape)) {
    if (!FIELD_CHECKS[kind](fields[key])) {
      throw new FormatError('BAD_FIELD', `${key} of ${type} is not ${FIELD_NAMES[kind]}`);
    }
  }
}

const FIELD_NAMES: Record<FieldKind, string> = {
  hash: 'the base64 of 32 bytes',
  index: 'a whole number',
  name: 'an origin',
  vkey: 'a verifier key',
};
const FIELD_CHECKS: Record<FieldKind, (value: Json | undefined) => boolean> = {
  hash: isHash,
  index: isIndex,
  name: (value) => typeof value === 'string' && accepts(() => checkName(value)),
  vkey: (value) => typeof value === 'string' && accepts(() => parseVkey(value)),
};

function exactObject(value: Json | undefined, keys: readonly string[], what: string): Record<string, Json> {
  if (!hasFields(value, keys)) {
    throw new FormatError('BAD_FIELD', `${what} is no object with exactly the fields ${keys.join(', ')}`);
  }
  return value;
}

function hasFields(value: Json | undefined, keys: readonly string[]): value is Record<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

function isLeafType(value: Json | undefined): value is LeafType {
  return typeof value === 'string' && Object.hasOwn(BODY_SHAPES, value);
}

function isHash(value: Json | undefined): boolean {
  return typeof value === 'string' && value.length === 44 && accepts(() => parseHash(value));
}

function isIndex(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTime(value: Json | undefined): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
}

function accepts(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function tooLong(length: number): FormatError {
  return new FormatError(
    'TOO_LONG',
    `a leaf of ${String(length)} bytes; at most ${String(MAX_LEAF_BYTES)} are allowed`,
  );
}
