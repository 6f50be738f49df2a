/** What the verifier trusts about the school that a document names: its log's keys and its authorities. */
import type { Crypto } from '#ledger/format/crypto.js';
import type { TrustBundle, TrustSchool } from '#ledger/format/trust.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { checkTrust, schoolOfLog } from '#ledger/verify/trust.js';
import type { PinnedCa } from '#signing/certificate-chain.js';
import type { Report } from './result.js';

export interface SchoolTrust {
  readonly bundle: TrustBundle;
  readonly school: TrustSchool;
  readonly pins: readonly PinnedCa[];
}

/**
 * The school's part of the trust bundle. Without a bundle, or with one that does not know the school, is not signed or
 * has expired, nothing can be called valid: that is reported, and undefined comes back.
 */
export function openTrust(
  trust: Uint8Array | undefined,
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
    const checked = checkTrust(trust, now.getTime(), crypto === undefined ? {} : { crypto });
    if (checked.demo) report.demo = true;
    const school = schoolOfLog(checked.bundle, origin);
    if (school !== undefined) return { bundle: checked.bundle, school, pins: school.cas.map(pinOf) };
    report.find(
      'ISSUER_NOT_TRUSTED',
      `the trust bundle (serial ${String(checked.bundle.serial)}) does not know the log ${origin}`,
    );
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    const code = error.code === 'TRUST_EXPIRED' ? 'TRUST_EXPIRED' : 'TRUST_UNREADABLE';
    report.find(code, error.message);
  }
  return undefined;
}

/** The bundle's days are both included, in UTC; a pin's end is exclusive. */
function pinOf(ca: TrustSchool['cas'][number]): PinnedCa {
  const dayAfter = (day: string): Date => new Date(Date.parse(`${day}T00:00:00.000Z`) + 24 * 3_600_000);
  return {
    spkiSha256: ca.spki,
    profile: ca.profile,
    from: new Date(`${ca.from}T00:00:00.000Z`),
    ...(ca.to === undefined ? {} : { to: dayAfter(ca.to) }),
  };
}
