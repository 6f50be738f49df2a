/** Offline verification of a tlog-proof: this entry is in that log, and independent witnesses have seen it. */
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { parseCheckpoint } from '../format/checkpoint.js';
import { leafHash } from '../format/hash.js';
import { parseNote } from '../format/note.js';
import type { Policy } from '../format/policy.js';
import { parseProof } from '../format/proof.js';
import type { TrustBundle } from '../format/trust.js';
import { checkInclusion } from '../merkle/inclusion.js';
import { checkCheckpoint, type CheckedCheckpoint } from './checkpoint.js';
import { step, VerifyError } from './errors.js';
import { policyFor } from './trust.js';

export interface CheckedProof extends CheckedCheckpoint {
  readonly index: number;
}

/**
 * What `proof` shows about `entry` (its raw bytes): origin, index, tree size, witnesses with their times. Steps: leaf
 * hash, origin and log signature, witness quorum, inclusion. The first that does not hold is a VerifyError. Pass
 * `origin` when the caller expects one log and the policy has several.
 */
export function checkProof(
  proof: Uint8Array,
  entry: Uint8Array,
  policy: Policy,
  options: { readonly origin?: string; readonly crypto?: Crypto } = {},
): CheckedProof {
  const crypto = options.crypto ?? nobleCrypto;
  const { index, hashes, checkpoint: note } = step('MALFORMED', () => parseProof(proof));
  const leaf = leafHash(entry, crypto.sha256);
  const checkpoint = checkCheckpoint(note, policy, crypto);
  if (options.origin !== undefined && checkpoint.origin !== options.origin) {
    throw new VerifyError(
      'WRONG_ORIGIN',
      `the proof is from log ${checkpoint.origin}, not ${options.origin}`,
    );
  }
  step('NOT_INCLUDED', () =>
    checkInclusion(index, checkpoint.size, leaf, hashes, checkpoint.root, crypto.sha256),
  );
  return { ...checkpoint, index };
}

/**
 * `checkProof` under a trust bundle: the log's keys in force at the proof's size, the bundle's witnesses and quorum.
 * A log the bundle does not know: VerifyError UNKNOWN_LOG.
 */
export function checkProofUnderTrust(
  proof: Uint8Array,
  entry: Uint8Array,
  bundle: TrustBundle,
  options: { readonly origin?: string; readonly crypto?: Crypto } = {},
): CheckedProof {
  const { origin, size } = step('MALFORMED', () =>
    parseCheckpoint(parseNote(parseProof(proof).checkpoint).text),
  );
  return checkProof(proof, entry, policyFor(bundle, origin, size), options);
}
