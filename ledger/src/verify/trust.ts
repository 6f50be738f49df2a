/** A trust bundle: signed by enough of its roots, not expired; and what it says about one log. */
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { parseNote, sameKey, type VerifierKey } from '../format/note.js';
import type { Policy } from '../format/policy.js';
import { MAX_TRUST_BYTES, parseTrustBundle, type TrustBundle, type TrustSchool } from '../format/trust.js';
import { step, VerifyError } from './errors.js';
import { goodSignatures } from './note.js';

/** A set of roots that a verifier ships with. */
export interface PinnedRoots {
  readonly threshold: number;
  readonly roots: readonly VerifierKey[];
}

/** The root sets this verifier ships with. There are none yet: every bundle is a demo bundle. */
const PINNED_ROOTS: readonly PinnedRoots[] = [];

export interface CheckedTrust {
  readonly bundle: TrustBundle;
  /** The roots whose signatures hold. */
  readonly signedBy: readonly VerifierKey[];
  /** True unless the bundle's root set is one that the verifier ships with. Every verdict has to say so. */
  readonly demo: boolean;
}

/**
 * The bundle in the signed note `bytes`, when at least `threshold` of the roots it names signed it and its last day is
 * not over at `now` (milliseconds since 1970). Else VerifyError MALFORMED, BAD_SIGNATURE, TRUST_NOT_SIGNED or
 * TRUST_EXPIRED. That the roots are the right ones is for `demo`, and for who handed the bundle over, to say.
 */
export function checkTrust(
  bytes: Uint8Array,
  now: number,
  options: { readonly pinned?: readonly PinnedRoots[]; readonly crypto?: Crypto } = {},
): CheckedTrust {
  const note = step('MALFORMED', () => parseNote(bytes, MAX_TRUST_BYTES));
  const bundle = step('MALFORMED', () => parseTrustBundle(note.text));
  const signedBy = goodSignatures(note, bundle.roots, options.crypto ?? nobleCrypto).map(({ key }) => key);
  if (signedBy.length < bundle.threshold) {
    throw new VerifyError(
      'TRUST_NOT_SIGNED',
      `${String(signedBy.length)} of the roots signed the trust bundle; ${String(bundle.threshold)} are needed`,
    );
  }
  if (now >= endOfDay(bundle.expires)) {
    throw new VerifyError(
      'TRUST_EXPIRED',
      `trust bundle ${String(bundle.serial)} expired on ${bundle.expires}`,
    );
  }
  const pinned = (options.pinned ?? PINNED_ROOTS).some((set) => sameRoots(set, bundle));
  return { bundle, signedBy, demo: !pinned };
}

/** The school whose log has this origin; undefined when the bundle does not know it. */
export function schoolOfLog(bundle: TrustBundle, origin: string): TrustSchool | undefined {
  return bundle.schools.find(({ logs }) => logs.some(({ key }) => key.name === origin));
}

/**
 * The policy for checkpoints of one log at one size: the keys in force there, with the bundle's witnesses and quorum.
 * A log the bundle does not know, or a size none of its keys signs for: VerifyError UNKNOWN_LOG.
 */
export function policyFor(bundle: TrustBundle, origin: string, size: number): Policy {
  const logs = schoolOfLog(bundle, origin)?.logs ?? [];
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

function sameRoots(set: PinnedRoots, bundle: TrustBundle): boolean {
  return (
    set.threshold === bundle.threshold &&
    set.roots.length === bundle.roots.length &&
    set.roots.every((root) => bundle.roots.some((other) => sameKey(root, other)))
  );
}

function endOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`) + 24 * 60 * 60 * 1000;
}
