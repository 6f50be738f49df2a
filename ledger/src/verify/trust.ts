/** A trust bundle: signed by enough roots, newer than those known, not expired; and what it says about one log. */
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { parseNote, type Note, type VerifierKey } from '../format/note.js';
import type { Policy } from '../format/policy.js';
import {
  MAX_TRUST_BYTES,
  parseTrustBundle,
  type RootSet,
  type TrustBundle,
  type TrustLog,
  type TrustSchool,
} from '../format/trust.js';
import { step, VerifyError } from './errors.js';
import { goodSignatures } from './note.js';

/** The root sets this verifier ships with. There are none yet: every bundle is a demo bundle. */
const PINNED_ROOTS: readonly RootSet[] = [];

/** A bundle that enough of its own roots signed. Whether it is in force is another question. */
export interface SignedTrust {
  readonly note: Note;
  readonly bundle: TrustBundle;
  /** The roots it names whose signatures hold. */
  readonly signedBy: readonly VerifierKey[];
}

export interface CheckedTrust extends SignedTrust {
  /**
   * The bundles before it, oldest first, from the first that pinned roots signed on. What came before that one is
   * nobody's word: whoever adds a signature of his own to a bundle makes it "succeed" one that he invented.
   */
  readonly earlier: readonly TrustBundle[];
  /** True unless the bundle goes back to roots that the verifier ships with or was given. Every verdict has to say so. */
  readonly demo: boolean;
}

export interface TrustOptions {
  /** The roots to trust, instead of those this verifier ships with: a bundle that does not go back to them is refused. */
  readonly roots?: RootSet;
  /** Signed bundles before it, in any order: they lead from pinned roots to it, and none of them may be newer. */
  readonly earlier?: readonly Uint8Array[];
  readonly crypto?: Crypto;
}

/**
 * The bundle in the signed note `bytes`, when at least `threshold` of the roots it names signed it, it succeeds the
 * `earlier` ones, and its last day is not over at `now` (milliseconds since 1970). Else VerifyError MALFORMED,
 * BAD_SIGNATURE, TRUST_NOT_SIGNED, TRUST_ROLLED_BACK, TRUST_FORKED, TRUST_NOT_SUCCEEDED, TRUST_NOT_PINNED or
 * TRUST_EXPIRED. A bundle goes back to `roots` when enough of them signed it or one of the earlier ones: without them
 * anybody may have made it, and it is a demo. Earlier bundles may have expired.
 */
export function checkTrust(bytes: Uint8Array, now: number, options: TrustOptions = {}): CheckedTrust {
  const { roots, earlier = [], crypto = nobleCrypto } = options;
  const trust = openTrust(bytes, crypto);
  const before = earlier
    .map((each) => openTrust(each, crypto))
    .toSorted((a, b) => a.bundle.serial - b.bundle.serial);
  const chain = [...before, trust];
  chain.slice(1).forEach((next, i) => checkSuccession(chain[i] as SignedTrust, next, crypto));
  const { serial, expires } = trust.bundle;
  const sets = roots === undefined ? PINNED_ROOTS : [roots];
  const start = chain.findIndex(({ note }) => sets.some((set) => missing(note, set, crypto) === 0));
  if (roots !== undefined && start < 0) {
    throw new VerifyError(
      'TRUST_NOT_PINNED',
      `trust bundle ${String(serial)} does not go back to the given roots; are bundles between them missing?`,
    );
  }
  if (now >= endOfDay(expires)) {
    throw new VerifyError('TRUST_EXPIRED', `trust bundle ${String(serial)} expired on ${expires}`);
  }
  return { ...trust, earlier: before.slice(Math.max(0, start)).map(({ bundle }) => bundle), demo: start < 0 };
}

/** The bundle in a signed note, when enough of its own roots signed: MALFORMED, BAD_SIGNATURE or TRUST_NOT_SIGNED. */
export function openTrust(bytes: Uint8Array, crypto: Crypto = nobleCrypto): SignedTrust {
  const note = step('MALFORMED', () => parseNote(bytes, MAX_TRUST_BYTES));
  const bundle = step('MALFORMED', () => parseTrustBundle(note.text));
  const signedBy = rootsThatSigned(note, bundle, crypto);
  if (signedBy.length < bundle.threshold) {
    throw new VerifyError(
      'TRUST_NOT_SIGNED',
      `${String(signedBy.length)} of the roots signed the trust bundle; ${String(bundle.threshold)} are needed`,
    );
  }
  return { note, bundle, signedBy };
}

/**
 * Refuses a bundle `next` that does not come after `previous`: a lower serial (TRUST_ROLLED_BACK), another text under
 * the same serial (TRUST_FORKED), or too few signatures of the roots that `previous` names (TRUST_NOT_SUCCEEDED; with
 * the same roots that cannot be, with new ones it means that the old ones did not agree).
 */
export function checkSuccession(
  previous: SignedTrust,
  next: SignedTrust,
  crypto: Crypto = nobleCrypto,
): void {
  const [before, after] = [previous.bundle, next.bundle];
  if (after.serial < before.serial) {
    throw new VerifyError(
      'TRUST_ROLLED_BACK',
      `trust bundle ${String(after.serial)} is older than ${String(before.serial)}, which is known already`,
    );
  }
  if (after.serial === before.serial && previous.note.text !== next.note.text) {
    throw new VerifyError(
      'TRUST_FORKED',
      `two trust bundles of serial ${String(after.serial)} say different things`,
    );
  }
  const lacking = missing(next.note, before, crypto);
  if (lacking > 0) {
    throw new VerifyError(
      'TRUST_NOT_SUCCEEDED',
      `trust bundle ${String(after.serial)} lacks ${String(lacking)} of the ${String(before.threshold)} signatures ` +
        `of the roots of bundle ${String(before.serial)}`,
    );
  }
}

/** Which of `roots` signed the note. A bad signature of one of them: VerifyError BAD_SIGNATURE. */
export function rootsThatSigned(
  note: Note,
  { roots }: RootSet,
  crypto: Crypto = nobleCrypto,
): readonly VerifierKey[] {
  return goodSignatures(note, roots, crypto).map(({ key }) => key);
}

/** How many more of these roots would have to sign. */
function missing(note: Note, set: RootSet, crypto: Crypto): number {
  return Math.max(0, set.threshold - rootsThatSigned(note, set, crypto).length);
}

/** The school whose log has this origin; undefined when the bundle does not know it. */
export function schoolOfLog(bundle: TrustBundle, origin: string): TrustSchool | undefined {
  return bundle.schools.find(({ logs }) => logs.some(({ key }) => key.name === origin));
}

/**
 * The policy for checkpoints of one log (a school's, or the directory) at one size: the keys in force there, with the
 * bundle's witnesses and quorum. A log the bundle does not know, or a size none of its keys signs for: VerifyError
 * UNKNOWN_LOG.
 */
export function policyFor(bundle: TrustBundle, origin: string, size: number): Policy {
  const logs = logsOf(bundle, origin);
  const inForce = logs.filter(({ from, to }) => size >= from && (to === undefined || size <= to));
  if (inForce.length === 0) {
    throw new VerifyError(
      'UNKNOWN_LOG',
      `the trust bundle has no key of log ${origin} for size ${String(size)}`,
    );
  }
  const { witnesses, groups, quorum } = bundle;
  return { logs: inForce.map(({ key }) => ({ key })), witnesses, groups, quorum };
}

function logsOf(bundle: TrustBundle, origin: string): readonly TrustLog[] {
  if (bundle.directory?.name === origin) return [{ key: bundle.directory, from: 0 }];
  return schoolOfLog(bundle, origin)?.logs ?? [];
}

/** The first millisecond after a bundle's last day, which is a day in UTC. */
export function endOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`) + 24 * 60 * 60 * 1000;
}
