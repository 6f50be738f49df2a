/** Step 6: each CMS is one strict signature over its ByteRange, by a key whose certificate leads to a pinned authority. */
import { sha256 } from '#ledger/format/crypto.js';
import { toHex } from '#ledger/format/bytes.js';
import type { ReadSignature } from '#pdf-fill/read.js';
import { signedBytes } from '#pdf-fill/revision.js';
import { checkChain, type PinnedCa, type TrustedChain } from '#signing/certificate-chain.js';
import { verifyCms, type VerifiedCms } from '#signing/cms-verify.js';
import { nobleProvider, type CryptoProvider } from '#signing/crypto-provider.js';
import { SigningError } from '#signing/errors.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import type { CheckedSignature } from './result.js';
import { StepFailure, type StepCode } from './steps.js';

export interface SignatureFacts {
  readonly index: number;
  readonly cms: VerifiedCms;
  /** SHA-256 of the bytes in the ByteRange. */
  readonly digest: Uint8Array;
  readonly shown: CheckedSignature;
}

/** The signatures of a file in the order of the route; the first that does not hold: StepFailure. */
export function checkSignatures(
  file: Uint8Array,
  signatures: readonly ReadSignature[],
  transcript: SchoolDocument,
  provider: CryptoProvider = nobleProvider,
): SignatureFacts[] {
  return signatures.map((signature) => {
    const digest = provider.sha256(signedBytes(file, signature.byteRange));
    const entry = transcript.route[signature.index]!;
    const cms = signingStep(`signature ${String(signature.index + 1)}`, () =>
      verifyCms(signature.cms, digest, provider),
    );
    const { certificate, chain } = cms;
    return {
      index: signature.index,
      cms,
      digest,
      shown: {
        role: entry.role,
        name: entry.name,
        at: signature.time,
        certificate: {
          sha256: toHex(certificate.sha256),
          notBefore: certificate.notBefore.toISOString(),
          notAfter: certificate.notAfter.toISOString(),
          authority: toHex((chain.at(-1) ?? certificate).spkiSha256),
        },
      },
    };
  });
}

/**
 * The chains up to the authorities that the trust bundle pins for this school. One by an unknown authority: undefined; every
 * chain is looked at first, since one that is wrong is wrong whoever the others lead to.
 */
export function checkChains(
  facts: readonly SignatureFacts[],
  pins: readonly PinnedCa[],
  provider: CryptoProvider = nobleProvider,
): TrustedChain[] | undefined {
  const chains = facts.map(({ index, cms }) => {
    try {
      return signingStep(`signature ${String(index + 1)}`, () => checkChain(cms.chain, pins, provider));
    } catch (error) {
      if (error instanceof StepFailure && UNDECIDED.includes(error.code)) return undefined;
      throw error;
    }
  });
  const known = chains.filter((chain) => chain !== undefined);
  return known.length === chains.length ? known : undefined;
}

const UNDECIDED: readonly StepCode[] = ['CA_NOT_PINNED', 'CA_PROFILE_UNKNOWN'];

/** Runs a check of the signing room; its error becomes a StepFailure with the same code. */
export function signingStep<T>(what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof SigningError)
      throw new StepFailure(error.code as StepCode, `${what}: ${error.message}`);
    throw error;
  }
}

/** SHA-256 of a value that the commitments take. */
export function digestOf(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}
