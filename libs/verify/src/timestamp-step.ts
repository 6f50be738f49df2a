/** Step 6, beside the signatures: what a timestamping authority's clock said, and who vouches for that clock. */
import { toHex } from '#ledger/format/bytes.js';
import type { PinnedCa } from '#signing/certificate-chain.js';
import type { CryptoProvider } from '#signing/crypto-provider.js';
import { checkTimestamp, TSA_PROFILE, type CheckedTimestamp } from '#signing/timestamp-check.js';
import type { CheckedClock, CheckedSignature } from './result.js';
import { signingStep, type SignatureFacts } from './signature-step.js';

/** Authorities whose clocks are vouched for: by the trust bundle, and by the caller. */
export function clockPins(
  bundle: readonly PinnedCa[] = [],
  known: readonly Uint8Array[] = [],
): readonly PinnedCa[] {
  const given = known.map((spkiSha256): PinnedCa => ({
    spkiSha256,
    profile: TSA_PROFILE,
    from: new Date(0),
  }));
  return [...bundle.filter(({ profile }) => profile === TSA_PROFILE), ...given];
}

/** The signatures as they are shown, with their timestamps. A timestamp that does not hold: StepFailure. */
export function withClocks(
  facts: readonly SignatureFacts[],
  pins: readonly PinnedCa[],
  provider?: CryptoProvider,
): CheckedSignature[] {
  return facts.map(({ index, cms, shown }) => {
    const token = cms.unsignedAttributes.timestamp;
    if (token === undefined) return shown;
    const what = `the timestamp of signature ${String(index + 1)}`;
    const checked = signingStep(what, () => checkTimestamp(token, cms.signatureValue, pins, provider));
    return { ...shown, timestamp: clockOf(checked) };
  });
}

function clockOf({ at, authority, clock }: CheckedTimestamp): CheckedClock {
  return {
    at: at.toISOString(),
    authority: authority?.name ?? null,
    certificate: authority === undefined ? null : toHex(authority.certificateSha256),
    clock,
  };
}
