/** A checkpoint under a policy: the log's own signature, and enough witnesses. */
import { parseCheckpoint, type Checkpoint } from '../format/checkpoint.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { parseNote, type VerifierKey } from '../format/note.js';
import { quorumHolds, type Policy, type PolicyWitness, type Quorum } from '../format/policy.js';
import { step, VerifyError } from './errors.js';
import { goodSignatures, type GoodSignature } from './note.js';

export interface WitnessedBy {
  /** The witness' name in the policy. */
  readonly name: string;
  readonly key: VerifierKey;
  /** When the witness saw the checkpoint, in seconds since 1970. */
  readonly time: number;
}

export interface CheckedCheckpoint extends Checkpoint {
  readonly logKey: VerifierKey;
  readonly witnesses: readonly WitnessedBy[];
  /** The earliest second at which a whole quorum had seen it; undefined when the policy asks for none. */
  readonly witnessedAt?: number;
}

/**
 * The checkpoint in the signed note `bytes`, when a log of the policy signed it under its own name and the policy's
 * quorum of witnesses cosigned it. Else VerifyError MALFORMED, UNKNOWN_LOG, BAD_SIGNATURE, NO_LOG_SIGNATURE or
 * NO_QUORUM.
 */
export function checkCheckpoint(
  bytes: Uint8Array,
  policy: Policy,
  crypto: Crypto = nobleCrypto,
): CheckedCheckpoint {
  const note = step('MALFORMED', () => parseNote(bytes));
  const checkpoint = step('MALFORMED', () => parseCheckpoint(note.text));
  const logKeys = policy.logs.map(({ key }) => key).filter(({ name }) => name === checkpoint.origin);
  if (logKeys.length === 0)
    throw new VerifyError('UNKNOWN_LOG', `no trusted key belongs to log ${checkpoint.origin}`);
  const good = goodSignatures(note, [...logKeys, ...policy.witnesses.map(({ key }) => key)], crypto);
  const logKey = good.find(({ key }) => logKeys.includes(key))?.key;
  if (logKey === undefined) {
    throw new VerifyError('NO_LOG_SIGNATURE', `log ${checkpoint.origin} did not sign this checkpoint`);
  }
  const witnesses = witnessedBy(policy.witnesses, good);
  const witnessedAt = checkQuorum(policy, witnesses);
  return { ...checkpoint, logKey, witnesses, ...(witnessedAt === undefined ? {} : { witnessedAt }) };
}

function witnessedBy(known: readonly PolicyWitness[], good: readonly GoodSignature[]): WitnessedBy[] {
  return known.flatMap(({ name, key }) => {
    const time = good.find((signature) => signature.key === key)?.time;
    return time === undefined ? [] : [{ name, key, time }];
  });
}

/** The earliest time at which the witnesses so far were enough. Not enough at all: VerifyError NO_QUORUM. */
function checkQuorum(quorum: Quorum, witnesses: readonly WitnessedBy[]): number | undefined {
  if (quorum.quorum === null) return undefined;
  const names = new Set<string>();
  for (const { name, time } of witnesses.toSorted((a, b) => a.time - b.time)) {
    names.add(name);
    if (quorumHolds(quorum, names)) return time;
  }
  const found =
    witnesses.length === 0 ? 'no known witness' : `only ${witnesses.map(({ name }) => name).join(', ')}`;
  throw new VerifyError('NO_QUORUM', `${found} cosigned; the policy needs the quorum "${quorum.quorum}"`);
}
