/** Step 8: the entry says of this document what it should, and both proofs put it at its place in the school's log. */
import { equal, fromBase64 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import type { Crypto } from '#ledger/format/crypto.js';
import { FormatError } from '#ledger/format/errors.js';
import { parseLeaf, schoolOfOrigin, type Leaf } from '#ledger/format/leaf.js';
import { parseNote } from '#ledger/format/note.js';
import { parseProof } from '#ledger/format/proof.js';
import type { TrustBundle } from '#ledger/format/trust.js';
import { VerifyError, type VerifyCode } from '#ledger/verify/errors.js';
import { checkProofUnderTrust, type CheckedProof } from '#ledger/verify/proof.js';
import {
  documentCommitment,
  eventKind,
  eventTag,
  EVENT_KINDS,
  type DocumentDigests,
  type EventKind,
} from '#transcript/commitments.js';
import type { LedgerEvidence } from './result.js';
import { StepFailure, type StepCode } from './steps.js';

/** What opens the commitments of an entry. */
export interface Opening {
  readonly event: number;
  readonly lineage: Uint8Array;
  readonly salt: Uint8Array;
  readonly digests: DocumentDigests;
}

export type EventLeaf = Extract<Leaf, { readonly type: 'document.event' }>;

/** The entry as a document event whose commitments open as `opening` says. Else StepFailure ENTRY_MISMATCH. */
export function checkEntry(
  entry: Uint8Array,
  origin: string,
  { salt, digests, ...event }: Opening,
): { readonly leaf: EventLeaf; readonly kind: EventKind } {
  const checked = checkEvent(entry, origin, event);
  if (!opens(checked.leaf.body.doc, documentCommitment(salt, digests))) throw otherDocument();
  return checked;
}

/** The entry as the issue of this event of this lineage, whatever was issued. Else StepFailure ENTRY_MISMATCH. */
export function checkEvent(
  entry: Uint8Array,
  origin: string,
  { event, lineage }: Pick<Opening, 'event' | 'lineage'>,
): { readonly leaf: EventLeaf; readonly kind: EventKind } {
  const leaf = readEventLeaf(entry);
  if (leaf.school !== schoolOfOrigin(origin))
    throw new StepFailure('ENTRY_MISMATCH', `the entry is of school ${leaf.school}`);
  const kind = EVENT_KINDS.find((candidate) => opens(leaf.body.kind, eventKind(lineage, event, candidate)));
  const isIssue = kind === 'issue' || kind === 'supersede';
  if (!isIssue || !opens(leaf.body.tag, eventTag(lineage, event))) throw otherDocument();
  return { leaf, kind };
}

function otherDocument(): StepFailure {
  return new StepFailure(
    'ENTRY_MISMATCH',
    'the ledger entry in the file is that of another document or version',
  );
}

function readEventLeaf(entry: Uint8Array): EventLeaf {
  let leaf: Leaf;
  try {
    leaf = parseLeaf(entry);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new StepFailure('ENTRY_MISMATCH', `the ledger entry cannot be read: ${error.message}`);
  }
  if (leaf.type !== 'document.event')
    throw new StepFailure('ENTRY_MISMATCH', `the ledger entry is a ${leaf.type}, not a document`);
  return leaf;
}

/** Whether a base64 text of a leaf stands for these bytes. */
export function opens(text: string, expected: Uint8Array): boolean {
  return equal(fromBase64(text), expected);
}

/** A tlog-proof of `entry` under the trust bundle, at the index that the entry states. Else StepFailure. */
export function checkLedgerProof(
  proof: Uint8Array,
  entry: Uint8Array,
  bundle: TrustBundle,
  origin: string,
  crypto?: Crypto,
): CheckedProof {
  const stated = originOfProof(proof);
  if (stated !== origin)
    throw new StepFailure('PROOF_WRONG_ORIGIN', `the proof is of the log ${stated}, not ${origin}`);
  const checked = ledgerStep(() =>
    checkProofUnderTrust(proof, entry, bundle, crypto === undefined ? { origin } : { origin, crypto }),
  );
  const { seq } = parseLeaf(entry);
  if (seq !== checked.index) {
    throw new StepFailure(
      'ENTRY_MISPLACED',
      `the entry says number ${String(seq)} and stands at ${String(checked.index)}`,
    );
  }
  return checked;
}

/** Which log a proof says it is of; nothing is checked yet. A proof that cannot be read: StepFailure. */
export function originOfProof(proof: Uint8Array): string {
  try {
    return parseCheckpoint(parseNote(parseProof(proof).checkpoint).text).origin;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new StepFailure('PROOF_MALFORMED', `the ledger proof cannot be read: ${error.message}`);
  }
}

/** `latest` must be of the same log and place as `first`, and not older. */
export function checkLatest(first: CheckedProof, latest: CheckedProof): void {
  if (latest.index !== first.index || latest.size < first.size) {
    throw new StepFailure(
      'ENTRY_MISPLACED',
      'the newer proof is of another place or an older tree than the first one',
    );
  }
  if (latest.size === first.size && !equal(latest.root, first.root)) {
    throw new StepFailure('PROOF_NOT_CONSISTENT', 'the log signed two different trees of one size');
  }
}

/** What a result says about the ledger. */
export function evidenceOf(first: CheckedProof): LedgerEvidence {
  return {
    origin: first.origin,
    index: first.index,
    size: first.size,
    witnesses: first.witnesses.map(({ name, time }) => ({ name, at: isoTime(time) })),
    existedAt: first.witnessedAt === undefined ? null : isoTime(first.witnessedAt),
  };
}

/** Seconds since 1970 as ISO-8601 UTC. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

const LEDGER_CODES: Readonly<Record<VerifyCode, StepCode>> = {
  MALFORMED: 'PROOF_MALFORMED',
  UNKNOWN_LOG: 'ISSUER_NOT_TRUSTED',
  WRONG_ORIGIN: 'PROOF_WRONG_ORIGIN',
  BAD_SIGNATURE: 'PROOF_LOG_SIGNATURE',
  NO_LOG_SIGNATURE: 'PROOF_LOG_SIGNATURE',
  NO_QUORUM: 'PROOF_NO_QUORUM',
  NOT_INCLUDED: 'PROOF_NOT_INCLUDED',
  NOT_CONSISTENT: 'PROOF_NOT_CONSISTENT',
  TRUST_NOT_SIGNED: 'TRUST_UNREADABLE',
  TRUST_EXPIRED: 'TRUST_EXPIRED',
  TRUST_ROLLED_BACK: 'TRUST_ROLLED_BACK',
  TRUST_FORKED: 'TRUST_UNREADABLE',
  TRUST_NOT_SUCCEEDED: 'TRUST_UNREADABLE',
  TRUST_NOT_PINNED: 'TRUST_NOT_PINNED',
  TRUST_NOT_LOGGED: 'TRUST_UNREADABLE',
};

/** Runs a check of the ledger's verify room; its error becomes a StepFailure. */
function ledgerStep<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof VerifyError) throw new StepFailure(LEDGER_CODES[error.code], error.message);
    throw error;
  }
}
