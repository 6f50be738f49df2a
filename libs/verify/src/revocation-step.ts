/**
 * Step 7, where the caller has revocation lists of authorities: what they say of the signers' certificates, as of when.
 * A list is evidence beside the ledger, where a withdrawn key is retired; without any, nothing is said of them.
 */
import type { CheckedProof } from '#ledger/verify/proof.js';
import type { TrustedChain } from '#signing/certificate-chain.js';
import type { Certificate } from '#signing/certificate.js';
import type { CryptoProvider } from '#signing/crypto-provider.js';
import { SigningError } from '#signing/errors.js';
import {
  checkRevocationList,
  isListOf,
  isStale,
  parseRevocationList,
  revocationOf,
  type RevocationList,
} from '#signing/revocation-list.js';
import type { CheckedSignature, Report, RevocationEvidence } from './result.js';
import { StepFailure } from './steps.js';

/** The lists that can be read, newest first; of the others the report says why they were not used. */
export function readRevocationLists(given: readonly Uint8Array[], report: Report): RevocationList[] {
  const lists = given.flatMap((der) => {
    try {
      return [parseRevocationList(der)];
    } catch (error) {
      if (!(error instanceof SigningError)) throw error;
      report.note(`a revocation list was not used: ${error.message}`);
      return [];
    }
  });
  return lists.sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
}

/**
 * Adds to each signature what the lists say of its certificate and those above it.
 * @throws StepFailure CERT_REVOKED for a certificate that was revoked before witnesses had seen the entry
 */
export function withRevocations(
  signatures: readonly CheckedSignature[],
  chains: readonly TrustedChain[],
  lists: readonly RevocationList[],
  first: CheckedProof,
  now: Date,
  report: Report,
  provider?: CryptoProvider,
): CheckedSignature[] {
  return signatures.map((shown, i) => {
    const found = (chains[i]?.chain ?? []).slice(0, -1).flatMap((certificate, below, own) => {
      const issuer = own[below + 1] ?? chains[i]?.chain.at(-1);
      const list = issuer && newestOf(lists, issuer, report, provider);
      return list === undefined ? [] : [evidenceOf(list, certificate, now)];
    });
    const [own] = found;
    if (own === undefined) return shown;
    const worst = found.find(({ revokedAt }) => revokedAt !== null) ?? own;
    refuseRevoked(worst, i, first);
    return { ...shown, certificate: { ...shown.certificate, revocation: worst } };
  });
}

function newestOf(
  lists: readonly RevocationList[],
  issuer: Certificate,
  report: Report,
  provider: CryptoProvider | undefined,
): RevocationList | undefined {
  return lists.find((list) => {
    if (!isListOf(list, issuer)) return false;
    try {
      checkRevocationList(list, issuer, provider);
      return true;
    } catch (error) {
      if (!(error instanceof SigningError)) throw error;
      report.note(`a revocation list was not used: ${error.message}`);
      return false;
    }
  });
}

function evidenceOf(list: RevocationList, certificate: Certificate, now: Date): RevocationEvidence {
  const revocation = revocationOf(list, certificate);
  return {
    asOf: list.thisUpdate.toISOString(),
    stale: isStale(list, now),
    revokedAt: revocation?.from.toISOString() ?? null,
  };
}

function refuseRevoked(
  { revokedAt, asOf }: RevocationEvidence,
  i: number,
  { witnessedAt }: CheckedProof,
): void {
  if (revokedAt === null || witnessedAt === undefined || Date.parse(revokedAt) > witnessedAt * 1000) return;
  throw new StepFailure(
    'CERT_REVOKED',
    `signature ${String(i + 1)}: its authority revoked the certificate from ${revokedAt} on, before the document was seen (list of ${asOf})`,
  );
}
