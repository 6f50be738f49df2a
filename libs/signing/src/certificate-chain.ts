/** From a signer's certificate up to a certificate authority that the verifier pins; and the time at which it all holds. */
import { sameBytes } from './bytes.js';
import { checkCertificateSignature, type Certificate } from './certificate.js';
import { type CryptoProvider, nobleProvider } from './crypto-provider.js';
import { SigningError } from './errors.js';
import { checkPublicProfile, PUBLIC_PROFILE } from './public-profile.js';
import { checkSchoolProfile, SCHOOL_PROFILE, SCHOOL_PROFILE_RSA, type Holder } from './school-profile.js';

/** A `ca` line of a trust bundle. One line a key: whoever reads the bundle refuses two for the same key. */
export interface PinnedCa {
  readonly spkiSha256: Uint8Array;
  /** The issuer profile its certificates must follow (PROFILES.md). */
  readonly profile: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to?: Date;
}

export interface TrustedChain {
  readonly holder: Holder;
  /** Signer first, authority last. */
  readonly chain: readonly Certificate[];
  readonly pin: PinnedCa;
}

/** What each issuer profile demands of a chain; it answers who the signer is. */
const PROFILES: Readonly<Record<string, (chain: readonly Certificate[]) => Holder>> = {
  [SCHOOL_PROFILE]: (chain) => checkSchoolProfile(chain, ['p256']),
  [SCHOOL_PROFILE_RSA]: (chain) => checkSchoolProfile(chain, ['p256', 'rsa']),
  [PUBLIC_PROFILE]: checkPublicProfile,
};

/**
 * Step 6's chain: `chain` (signer first, self-signed authority last, as verifyCms returns it) is linked and signed; its
 * authority is pinned; every certificate follows the pinned profile. Validity in time is apart: checkValidity.
 * CERT_CHAIN, CERT_ALGORITHM, CERT_SIGNATURE; CA_NOT_PINNED (the verdict is then "unchecked", not "invalid");
 * CA_PROFILE_UNKNOWN; CERT_PROFILE, CERT_KEY_USAGE, CERT_ROLE.
 */
export function checkChain(
  chain: readonly Certificate[],
  pins: readonly PinnedCa[],
  provider: CryptoProvider = nobleProvider,
): TrustedChain {
  checkLinks(chain, provider);
  const authority = chain.at(-1);
  const pin = pins.find((one) => authority !== undefined && sameBytes(one.spkiSha256, authority.spkiSha256));
  if (pin === undefined) {
    throw new SigningError(
      'CA_NOT_PINNED',
      'the authority that issued this certificate is not in the trust bundle',
    );
  }
  const check = Object.hasOwn(PROFILES, pin.profile) ? PROFILES[pin.profile] : undefined;
  if (check === undefined) {
    throw new SigningError(
      'CA_PROFILE_UNKNOWN',
      `this verifier does not know the issuer profile "${pin.profile}"`,
    );
  }
  return { holder: check(chain), chain, pin };
}

function checkLinks(chain: readonly Certificate[], provider: CryptoProvider): void {
  if (chain.length === 0) throw new SigningError('CERT_CHAIN', 'the chain has no certificate');
  for (const [i, certificate] of chain.entries()) {
    const issuer = chain[i + 1] ?? certificate;
    if (!sameBytes(certificate.issuer.der, issuer.subject.der)) {
      throw new SigningError('CERT_CHAIN', 'a certificate names another issuer than the next of the chain');
    }
    if (certificate.authorityKeyId !== undefined && certificate.authorityKeyId !== issuer.subjectKeyId) {
      throw new SigningError(
        'CERT_CHAIN',
        "a certificate names another issuer's key than the next of the chain",
      );
    }
    checkCertificateSignature(certificate, issuer, provider);
  }
}

/**
 * Step 7's validity: every certificate of the chain, and the pin, were in force at `at` — the time of the earliest witness
 * quorum, never a time that the signer wrote. CERT_NOT_YET_VALID, CERT_EXPIRED, CA_PIN_NOT_IN_FORCE.
 */
export function checkValidity({ chain, pin }: TrustedChain, at: Date): void {
  for (const { notBefore, notAfter } of chain) {
    if (at < notBefore) {
      throw new SigningError(
        'CERT_NOT_YET_VALID',
        `a certificate begins ${notBefore.toISOString()}, after ${at.toISOString()}`,
      );
    }
    if (at > notAfter) {
      throw new SigningError(
        'CERT_EXPIRED',
        `a certificate ended ${notAfter.toISOString()}, before ${at.toISOString()}`,
      );
    }
  }
  if (at < pin.from || (pin.to !== undefined && at >= pin.to)) {
    throw new SigningError(
      'CA_PIN_NOT_IN_FORCE',
      `the trust bundle does not trust this authority at ${at.toISOString()}`,
    );
  }
}
