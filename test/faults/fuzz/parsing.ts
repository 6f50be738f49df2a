/** What the targets share: inputs out of a corpus, and "accepted" or "refused in the room's own words". */
import { Buffer } from 'node:buffer';
import type { Random } from '#fixtures/random.js';
import { DisclosureError } from '#disclosure/error.js';
import { FormatError } from '#ledger/format/errors.js';
import { LogError } from '#ledger/log/errors.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { fixtureFiles, read } from '../../../ledger/test/fixtures.js';
import { babble, mutateBytes, mutateText, randomBytes } from './mutation.js';
import { FalseAccept } from './campaign.js';

/** The fixtures of ledger/test below a folder. */
export function fixturesIn(folder: string): Uint8Array[] {
  return fixtureFiles()
    .filter((path) => path.startsWith(`${folder}/`))
    .sort()
    .map(read);
}

/** Of ten inputs: one as it is in the corpus, one of random bytes or words, eight changed. */
export function inputs(
  corpus: readonly Uint8Array[],
  kind: 'text' | 'binary',
): (random: Random) => Uint8Array {
  const mutate = kind === 'text' ? mutateText : mutateBytes;
  return (random) => {
    const good = random.pick(corpus);
    switch (random.below(10)) {
      case 0:
        return good;
      case 1:
        return random.chance(0.5) ? randomBytes(random, random.below(300)) : babble(random);
      default:
        return mutate(random, good, corpus);
    }
  };
}

/**
 * What `parse` answers; undefined when it refuses with an error of the rooms. An error of theirs that only wraps
 * something else (a TypeError in a coat) is thrown as what it is.
 */
export function accepted<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (isTyped(error)) return undefined;
    throw error;
  }
}

export async function acceptedLater<T>(parse: () => Promise<T>): Promise<T | undefined> {
  try {
    return await parse();
  } catch (error) {
    if (isTyped(error)) return undefined;
    throw error;
  }
}

/** The errors of the other rooms, by name. */
const OTHER_ROOMS = [
  'MisbehaviourError',
  'SigningError',
  'TranscriptError',
  'VerificationCodeError',
  'WorkbookError',
];

function isTyped(error: unknown): boolean {
  if (error instanceof FormatError || error instanceof MerkleError) return true;
  if (error instanceof Error && OTHER_ROOMS.includes(error.name)) return true;
  const wraps = error instanceof VerifyError || error instanceof LogError || error instanceof DisclosureError;
  if (!wraps) return false;
  if (error.cause === undefined || isTyped(error.cause)) return true;
  throw error.cause instanceof Error ? error.cause : error;
}

/** Refuses to call it right when `condition` does not hold. */
export function genuine(condition: boolean, why: string): true {
  if (!condition) throw new FalseAccept(why);
  return true;
}

/** A target whose accepted inputs are exactly what its formatter writes. */
export function sameAgain(input: Uint8Array, again: () => Uint8Array | undefined): boolean {
  const written = accepted(again);
  return written === undefined
    ? false
    : genuine(Buffer.compare(written, input) === 0, 'written again it has other bytes');
}
