/**
 * Step 7: who signed is who J says, each with a key of their own that the school had logged before it was used; and
 * everything is judged at the time at which independent witnesses saw the entry, not at a time that a signer wrote.
 */
import { equal, fromHex } from '#ledger/format/bytes.js';
import type { Crypto } from '#ledger/format/crypto.js';
import { FormatError } from '#ledger/format/errors.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import type { TrustBundle } from '#ledger/format/trust.js';
import type { CheckedProof } from '#ledger/verify/proof.js';
import { checkValidity, type TrustedChain } from '#signing/certificate-chain.js';
import type { SocaiProof } from '#signing/proof-attribute.js';
import { requireRouteRole } from '#signing/school-profile.js';
import { certificateCommitment } from '#transcript/commitments.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { checkLedgerProof, opens } from './ledger-step.js';
import { signingStep, type SignatureFacts } from './signature-step.js';
import { StepFailure } from './steps.js';

/** Names, rights and school, against J. */
export function checkSigners(chains: readonly TrustedChain[], transcript: SchoolDocument): void {
  transcript.route.forEach((entry, i) => {
    const { holder } = chains[i]!;
    const what = `signature ${String(i + 1)}`;
    signingStep(what, () => {
      requireRouteRole(holder, entry.role, entry.onBehalf !== undefined);
    });
    if (holder.name !== entry.name) {
      throw new StepFailure(
        'SIGNER_MISMATCH',
        `${what}: the certificate is of ${holder.name}, the document names ${entry.name}`,
      );
    }
    if (holder.school !== transcript.data.school.name) {
      throw new StepFailure('SCHOOL_MISMATCH', `${what}: the certificate is of ${holder.school}`);
    }
  });
}

/** Needs no trust: one key for two places is wrong whoever certified it. */
export function checkDistinctKeys(facts: readonly SignatureFacts[]): void {
  const keys = facts.map(({ cms }) => cms.certificate.spkiSha256);
  keys.forEach((key, i) => {
    if (keys.findIndex((other) => equal(other, key)) !== i) {
      throw new StepFailure(
        'SIGNER_KEY_REUSED',
        `signature ${String(i + 1)} was made with the key of another signature`,
      );
    }
  });
}

/** A signer's `key.added` entry: its commitment and its place. */
export interface LoggedKey {
  readonly commitment: Uint8Array;
  readonly index: number;
}

/** The `key.added` entries of all signers, proven, each earlier than the document's own. */
export function checkLoggedKeys(
  facts: readonly SignatureFacts[],
  transcript: SchoolDocument,
  proof: SocaiProof,
  first: CheckedProof,
  bundle: TrustBundle,
  crypto?: Crypto,
): LoggedKey[] {
  return facts.map(({ index, cms }) => {
    const { certificateSalt, name } = transcript.route[index]!;
    const commitment = certificateCommitment(fromHex(certificateSalt), cms.certificate.der);
    const evidence = {
      origin: transcript.origin,
      first,
      bundle,
      ...(crypto === undefined ? {} : { crypto }),
    };
    return checkLoggedKey({ commitment, name }, proof.keys ?? [], evidence);
  });
}

/** One `key.added` entry among those given, proven and earlier than the document's own. @param key.name for messages */
export function checkLoggedKey(
  { commitment, name }: { readonly commitment: Uint8Array; readonly name: string },
  keys: NonNullable<SocaiProof['keys']>,
  {
    origin,
    first,
    bundle,
    crypto,
  }: {
    readonly origin: string;
    readonly first: CheckedProof;
    readonly bundle: TrustBundle;
    readonly crypto?: Crypto;
  },
): LoggedKey {
  const found = keys.find(({ entry }) => isKeyAdded(entry, commitment));
  if (found === undefined) {
    throw new StepFailure(
      'KEY_NOT_LOGGED',
      `nothing shows that the key of ${name} was in the ledger before it was used`,
    );
  }
  const place = checkLedgerProof(found.proof, found.entry, bundle, origin, crypto);
  if (place.index >= first.index) {
    throw new StepFailure('KEY_LOGGED_TOO_LATE', `the key of ${name} was logged after the document`);
  }
  return { commitment, index: place.index };
}

function isKeyAdded(entry: Uint8Array, commitment: Uint8Array): boolean {
  try {
    const leaf = parseLeaf(entry);
    return leaf.type === 'key.added' && 'cert' in leaf.body && opens(leaf.body.cert, commitment);
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

/** Every certificate and pin was in force when a whole quorum of witnesses had first seen the entry. */
export function checkValidityAt(chains: readonly TrustedChain[], first: CheckedProof): void {
  if (first.witnessedAt === undefined) {
    throw new StepFailure(
      'PROOF_NO_QUORUM',
      'the trust bundle asks for no witnesses, so there is no evidence of time',
    );
  }
  const at = new Date(first.witnessedAt * 1000);
  chains.forEach((chain, i) => {
    signingStep(`signature ${String(i + 1)}`, () => {
      checkValidity(chain, at);
    });
  });
}
