/** Offline verification of a proof of misbehaviour: the log signed two histories that cannot both be true. */
import { equal } from '../format/bytes.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { parseMisbehaviour, type Contradiction, type Misbehaviour } from '../format/misbehaviour.js';
import { checkConsistency } from '../merkle/consistency.js';
import { MerkleError } from '../merkle/errors.js';
import { checkInclusion } from '../merkle/inclusion.js';
import type { CheckedCheckpoint } from './checkpoint.js';
import { step, VerifyError } from './errors.js';
import { proofsDiffer } from './fork.js';
import { checkSigned, type PolicyAt } from './signed.js';

/** What a proof claims and does not show. */
export type MisbehaviourCode =
  /** The two checkpoints can both be true, or the proof is not for them. */
  'NO_CONTRADICTION';

/** A file that accuses and does not prove: the log is not shown to have done anything. */
export class MisbehaviourError extends Error {
  override readonly name = 'MisbehaviourError';

  constructor(
    readonly code: MisbehaviourCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface CheckedMisbehaviour {
  readonly origin: string;
  readonly kind: Contradiction['kind'];
  /** Both with the log's good signature; the witnesses named are those of the policy that cosigned. */
  readonly checkpoints: readonly [CheckedCheckpoint, CheckedCheckpoint];
  /** Names of witnesses that cosigned both: a witness that does its work cosigns one of two contradictory trees. */
  readonly witnessesOfBoth: readonly string[];
}

/**
 * What the proof in `bytes` shows under the log keys of a policy. No quorum is asked for: a log is bound by its own
 * signature. Else VerifyError (MALFORMED, UNKNOWN_LOG, WRONG_ORIGIN, BAD_SIGNATURE, NO_LOG_SIGNATURE) or
 * MisbehaviourError.
 */
export function checkMisbehaviour(
  bytes: Uint8Array,
  policyAt: PolicyAt,
  crypto: Crypto = nobleCrypto,
): CheckedMisbehaviour {
  const { checkpoints, contradiction } = step('MALFORMED', () => parseMisbehaviour(bytes));
  const first = checkSigned(checkpoints[0], policyAt, crypto);
  const second = checkSigned(checkpoints[1], policyAt, crypto);
  if (first.origin !== second.origin) {
    throw new VerifyError(
      'WRONG_ORIGIN',
      `one checkpoint is of ${first.origin}, the other of ${second.origin}`,
    );
  }
  checkContradiction(first, second, contradiction, crypto);
  const names = second.witnesses.map(({ name }) => name);
  return {
    origin: first.origin,
    kind: contradiction.kind,
    checkpoints: [first, second],
    witnessesOfBoth: first.witnesses.map(({ name }) => name).filter((name) => names.includes(name)),
  };
}

function checkContradiction(
  first: CheckedCheckpoint,
  second: CheckedCheckpoint,
  contradiction: Misbehaviour['contradiction'],
  crypto: Crypto,
): void {
  switch (contradiction.kind) {
    case 'same-size':
      if (first.size !== second.size) throw none('the checkpoints have two sizes');
      if (equal(first.root, second.root)) throw none('the checkpoints have one and the same root');
      return;
    case 'not-a-prefix':
      if (first.size >= second.size) throw none('the first checkpoint is not the smaller one');
      if (equal(first.root, contradiction.root)) throw none('the larger tree begins with the smaller one');
      holds(() => {
        const { root, hashes } = contradiction;
        checkConsistency(first.size, root, second.size, second.root, hashes, crypto.sha256);
      });
      return;
    case 'other-entries': {
      const [a, b] = contradiction.entries;
      holds(() => {
        checkInclusion(a.index, first.size, a.leaf, a.hashes, first.root, crypto.sha256);
        checkInclusion(b.index, second.size, b.leaf, b.hashes, second.root, crypto.sha256);
      });
      if (!proofsDiffer({ checkpoint: first, entry: a }, { checkpoint: second, entry: b }, crypto.sha256))
        throw none('the two inclusion proofs agree wherever they speak of the same entries');
    }
  }
}

function holds(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof MerkleError) {
      throw new MisbehaviourError('NO_CONTRADICTION', `the proof does not hold: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}

function none(reason: string): MisbehaviourError {
  return new MisbehaviourError('NO_CONTRADICTION', reason);
}
