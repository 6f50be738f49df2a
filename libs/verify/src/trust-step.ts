/** What the verifier trusts about the school that a document names: its log's keys and its authorities. */
import type { Crypto } from '#ledger/format/crypto.js';
import type { RootSet, TrustBundle, TrustSchool } from '#ledger/format/trust.js';
import { VerifyError, type VerifyCode } from '#ledger/verify/errors.js';
import type { CheckedProof } from '#ledger/verify/proof.js';
import { checkTrust, endOfDay, schoolOfLog, type CheckedTrust } from '#ledger/verify/trust.js';
import type { PinnedCa } from '#signing/certificate-chain.js';
import type { Report } from './result.js';
import { StepFailure, type StepCode } from './steps.js';

/** What a verifier knows before it reads a document. */
export interface TrustMeans {
  /** The signed trust bundle in force; without one nothing is ever valid. */
  readonly trust?: Uint8Array;
  /** Signed bundles before it: they lead to it from `trustRoots`, and know schools that have closed since. */
  readonly earlierTrust?: readonly Uint8Array[];
  /** The roots to trust, instead of those this release ships with. */
  readonly trustRoots?: RootSet;
}

export interface SchoolTrust {
  /** The newest bundle that knows the school. */
  readonly bundle: TrustBundle;
  readonly school: TrustSchool;
  readonly pins: readonly PinnedCa[];
  /** Set for a school that the bundle in force no longer knows: the end of the bundle that did, milliseconds since 1970. */
  readonly until?: number;
}

/**
 * The school's part of the trust bundle. Without a bundle, or with one that does not know the school, is not rightly
 * signed, is older than one known or has expired, nothing can be called valid: that is reported, and undefined comes
 * back. A school that only an earlier bundle knows has closed: `checkInTime` says whether that bundle still speaks for
 * the document.
 */
export function openTrust(
  { trust, earlierTrust, trustRoots }: TrustMeans,
  origin: string,
  now: Date,
  report: Report,
  crypto?: Crypto,
): SchoolTrust | undefined {
  if (trust === undefined) {
    report.find(
      'ISSUER_NOT_TRUSTED',
      'no trust bundle was given, so the school’s keys cannot be told from anybody’s',
    );
    return undefined;
  }
  try {
    const checked = checkTrust(trust, now.getTime(), {
      ...(crypto === undefined ? {} : { crypto }),
      ...(trustRoots === undefined ? {} : { roots: trustRoots }),
      ...(earlierTrust === undefined ? {} : { earlier: earlierTrust }),
    });
    if (checked.demo) report.demo = true;
    const found = schoolIn(checked, origin);
    if (found !== undefined) return found;
    report.find(
      'ISSUER_NOT_TRUSTED',
      `the trust bundle (serial ${String(checked.bundle.serial)}) does not know the log ${origin}`,
    );
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    report.find(trustCode(error.code), error.message);
  }
  return undefined;
}

/**
 * Reports TRUST_EXPIRED for a document of a closed school that witnesses had not seen before the last bundle with that
 * school ended: nobody vouches for the school's keys after that day.
 */
export function checkInTime({ bundle, until }: SchoolTrust, first: CheckedProof, report: Report): void {
  if (until === undefined) return;
  const serial = String(bundle.serial);
  if (first.witnessedAt !== undefined && first.witnessedAt * 1000 < until) {
    report.note(
      `the school is no longer in the trust bundle; its keys are those of bundle ${serial}, in whose time this was logged`,
    );
  } else {
    report.find(
      'TRUST_EXPIRED',
      `only trust bundle ${serial} knows the school, and it ended on ${bundle.expires}, before this was logged`,
    );
  }
}

/**
 * The bundle says whose log it is; a school cannot issue in another's name. A name that it had may stand on what
 * witnesses had seen by that name's last day.
 * @param first the proof, once it was checked; before, any name that the school ever had will do
 * @throws StepFailure SCHOOL_MISMATCH
 */
export function checkSchoolName({ school }: SchoolTrust, named: string, first?: CheckedProof): void {
  if (named === school.name) return;
  const former = school.formerly?.findLast(({ name }) => name === named);
  if (former === undefined) {
    throw new StepFailure(
      'SCHOOL_MISMATCH',
      `the ledger is that of ${school.name}, the document names ${named}`,
    );
  }
  if (first === undefined) return;
  if (first.witnessedAt !== undefined && first.witnessedAt * 1000 < endOfDay(former.to)) return;
  throw new StepFailure(
    'SCHOOL_MISMATCH',
    `the school was called ${named} until ${former.to}, and this was logged later`,
  );
}

function schoolIn({ bundle, earlier }: CheckedTrust, origin: string): SchoolTrust | undefined {
  for (const each of [bundle, ...earlier.toReversed()]) {
    const school = schoolOfLog(each, origin);
    if (school === undefined) continue;
    const pins = school.cas.map(pinOf);
    return { bundle: each, school, pins, ...(each === bundle ? {} : { until: endOfDay(each.expires) }) };
  }
  return undefined;
}

/** What an error of the bundle is called in a verdict: never the document's fault. */
function trustCode(code: VerifyCode): StepCode {
  switch (code) {
    case 'TRUST_EXPIRED':
    case 'TRUST_ROLLED_BACK':
    case 'TRUST_NOT_PINNED':
      return code;
    default:
      return 'TRUST_UNREADABLE';
  }
}

/** The bundle's days are both included, in UTC; a pin's end is exclusive. */
function pinOf(ca: TrustSchool['cas'][number]): PinnedCa {
  return {
    spkiSha256: ca.spki,
    profile: ca.profile,
    from: new Date(`${ca.from}T00:00:00.000Z`),
    ...(ca.to === undefined ? {} : { to: new Date(endOfDay(ca.to)) }),
  };
}
