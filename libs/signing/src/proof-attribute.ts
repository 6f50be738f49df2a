/**
 * The ledger's proof inside the seal: one unsigned attribute (transcript-format.md).
 *
 * SocaiProof ::= SEQUENCE { version INTEGER (1), entry OCTET STRING (SIZE(1..4096)), first OCTET STRING,
 *   latest OCTET STRING OPTIONAL, keys [0] SEQUENCE OF SEQUENCE { entry, proof OCTET STRING } OPTIONAL,
 *   status [1] OCTET STRING OPTIONAL }
 * Tags are EXPLICIT, the default of ASN.1 for a type written without a module header. DER only. `keys`, if there, has 1 to
 * 16 elements; no octet string is empty.
 */
import { sameBytes } from './bytes.js';
import { formatCms, MAX_CMS_BYTES, parseCms } from './cms-structure.js';
import { DerReader, readSequence, readSmallInteger, type DerContext } from './der-read.js';
import { contextTag, octetString, sequence, smallInteger, TAG, tlv } from './der-write.js';
import { SigningError } from './errors.js';
import { OID } from './oids.js';

interface KeyProof {
  /** Canonical bytes of a `key.added` entry, 1 to 4,096. */
  readonly entry: Uint8Array;
  /** A tlog-proof, its text as bytes. */
  readonly proof: Uint8Array;
}

export interface SocaiProof {
  /** Canonical bytes of the document's ledger entry, 1 to 4,096. */
  readonly entry: Uint8Array;
  /** The tlog-proof made when the document was issued: the evidence of time, kept for ever. */
  readonly first: Uint8Array;
  /** A newer tlog-proof. */
  readonly latest?: Uint8Array;
  /** `key.added` of the signers. */
  readonly keys?: readonly KeyProof[];
  /** A stapled status. */
  readonly status?: Uint8Array;
}

const MAX_ENTRY = 4096;
const MAX_KEYS = 16;
const CONTEXT: DerContext = { what: 'the proof', code: 'PROOF_MALFORMED' };

/** DER of a proof. A size out of bounds: PROOF_MALFORMED. */
export function formatProof(proof: SocaiProof): Uint8Array {
  requireSizes(proof);
  const keys = proof.keys?.map(({ entry, proof: path }) => sequence(octetString(entry), octetString(path)));
  return sequence(
    smallInteger(1),
    octetString(proof.entry),
    octetString(proof.first),
    ...(proof.latest === undefined ? [] : [octetString(proof.latest)]),
    ...(keys === undefined ? [] : [tlv(contextTag(0), sequence(...keys))]),
    ...(proof.status === undefined ? [] : [tlv(contextTag(1), octetString(proof.status))]),
  );
}

/** Reads what formatProof writes. DER_MALFORMED, DER_TOO_LARGE, PROOF_MALFORMED. */
export function parseProof(der: Uint8Array): SocaiProof {
  const reader = readSequence(der, MAX_CMS_BYTES, CONTEXT);
  if (readSmallInteger(reader, 'version') !== 1) throw reader.wrong('its version is not 1');
  const entry = reader.next(TAG.octetString, 'entry').content;
  const first = reader.next(TAG.octetString, 'first').content;
  const latest = reader.optional(TAG.octetString, 'latest')?.content;
  const keys = reader.optional(contextTag(0), 'keys')?.content;
  const status = reader.optional(contextTag(1), 'status')?.content;
  reader.end('status');
  const proof: SocaiProof = {
    entry,
    first,
    ...(latest === undefined ? {} : { latest }),
    ...(keys === undefined ? {} : { keys: readKeys(keys) }),
    ...(status === undefined ? {} : { status: readStatus(status) }),
  };
  requireSizes(proof);
  return proof;
}

function readKeys(content: Uint8Array): KeyProof[] {
  const wrapper = new DerReader(content, CONTEXT);
  const list = wrapper.into(TAG.sequence, 'keys');
  wrapper.end('keys');
  const keys: KeyProof[] = [];
  while (!list.atEnd) {
    const key = list.into(TAG.sequence, 'a key');
    const entry = key.next(TAG.octetString, 'the entry of a key').content;
    const proof = key.next(TAG.octetString, 'the proof of a key').content;
    key.end('the proof of a key');
    keys.push({ entry, proof });
  }
  return keys;
}

function readStatus(content: Uint8Array): Uint8Array {
  const wrapper = new DerReader(content, CONTEXT);
  const status = wrapper.next(TAG.octetString, 'status').content;
  wrapper.end('status');
  return status;
}

function requireSizes({ entry, first, latest, keys, status }: SocaiProof): void {
  const entries = [entry, ...(keys ?? []).map((key) => key.entry)];
  const others = [first, latest, status, ...(keys ?? []).map((key) => key.proof)];
  const fits =
    entries.every(({ length }) => length >= 1 && length <= MAX_ENTRY) &&
    others.every((octets) => octets === undefined || octets.length >= 1) &&
    (keys === undefined || (keys.length >= 1 && keys.length <= MAX_KEYS));
  if (!fits)
    throw new SigningError(
      'PROOF_MALFORMED',
      'a part of the proof is empty or longer than its format allows',
    );
}

/**
 * The same CMS with `proof` as its proof attribute; signature and timestamp stay as they are. A proof that is already there
 * is replaced only by one of the same `entry` and `first` (a fresher `latest` or status): otherwise PROOF_CONFLICT.
 * A CMS that is not ours: as parseCms. Too long for its room: DER_TOO_LARGE.
 */
export function withProof(cms: Uint8Array, proof: SocaiProof): Uint8Array {
  const parts = parseCms(cms);
  const present = parts.unsignedAttributes.find(({ type }) => type === OID.socaiProof);
  if (present !== undefined) {
    const before = parseProof(present.value);
    if (!sameBytes(before.entry, proof.entry) || !sameBytes(before.first, proof.first)) {
      throw new SigningError(
        'PROOF_CONFLICT',
        'the document carries a proof of another entry or time; that one is kept',
      );
    }
  }
  const others = parts.unsignedAttributes.filter((attribute) => attribute !== present);
  const attribute = { type: OID.socaiProof, value: formatProof(proof) };
  return formatCms({ ...parts, unsignedAttributes: [...others, attribute] });
}

/** The proof in a CMS; undefined where there is none. Checks neither the signature nor the proof's hashes. */
export function readProof(cms: Uint8Array): SocaiProof | undefined {
  const present = parseCms(cms).unsignedAttributes.find(({ type }) => type === OID.socaiProof);
  return present === undefined ? undefined : parseProof(present.value);
}
