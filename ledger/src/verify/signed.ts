/** A checkpoint by the log's own signature, whether or not enough witnesses have seen it. */
import { parseCheckpoint } from '../format/checkpoint.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { parseNote } from '../format/note.js';
import type { Policy } from '../format/policy.js';
import { checkCheckpoint, type CheckedCheckpoint } from './checkpoint.js';
import { step } from './errors.js';

/**
 * The policy for checkpoints of a log at a size: one policy for all, or what a trust bundle says there (policyFor). May
 * throw VerifyError UNKNOWN_LOG.
 */
export type PolicyAt = (origin: string, size: number) => Policy;

/**
 * The checkpoint in `bytes` with the log's good signature, and the witnesses of the policy that cosigned, be they enough
 * or not: a log is bound by its signature alone. Else VerifyError as of `checkCheckpoint`, without NO_QUORUM.
 */
export function checkSigned(
  bytes: Uint8Array,
  policyAt: PolicyAt,
  crypto: Crypto = nobleCrypto,
): CheckedCheckpoint {
  return checkCheckpoint(bytes, { ...policyOf(bytes, policyAt), quorum: null }, crypto);
}

/** The policy for the checkpoint that `bytes` state, which nobody has checked yet. */
export function policyOf(bytes: Uint8Array, policyAt: PolicyAt): Policy {
  const { origin, size } = step('MALFORMED', () => parseCheckpoint(parseNote(bytes).text));
  return policyAt(origin, size);
}
