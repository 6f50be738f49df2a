/** The ten steps of transcript-format, in the order in which a file can be taken apart. */
import type { Crypto } from '#ledger/format/crypto.js';
import { fromHex } from '#ledger/format/bytes.js';
import type { CheckedProof } from '#ledger/verify/proof.js';
import { looseSignatures, readTranscriptPdf, type ReadDocument } from '#pdf-fill/read.js';
import { PdfReadError } from '#pdf-fill/read-error.js';
import { signedBytes } from '#pdf-fill/revision.js';
import type { TrustedChain } from '#signing/certificate-chain.js';
import { verifyCms } from '#signing/cms-verify.js';
import { nobleProvider, type CryptoProvider } from '#signing/crypto-provider.js';
import { parseProof, type SocaiProof } from '#signing/proof-attribute.js';
import { isTranscript } from '#transcript/school-document.js';
import { checkEntry, checkLatest, checkLedgerProof, evidenceOf } from './ledger-step.js';
import { readRevocationLists, withRevocations } from './revocation-step.js';
import { Report, shownDocument, type VerificationResult } from './result.js';
import { resultsFollow } from './results-step.js';
import {
  checkChains,
  checkSignatures,
  digestOf,
  signingStep,
  type SignatureFacts,
} from './signature-step.js';
import {
  checkDistinctKeys,
  checkLoggedKeys,
  checkSigners,
  checkValidityAt,
  type LoggedKey,
} from './signer-step.js';
import { reportStatus } from './status-report.js';
import type { LedgerReader } from './status-step.js';
import { StepFailure } from './steps.js';
import { clockPins, withClocks } from './timestamp-step.js';
import { checkInTime, checkSchoolName, openTrust, type SchoolTrust, type TrustMeans } from './trust-step.js';

export interface VerifyOptions extends TrustMeans {
  readonly file: Uint8Array;
  /** Shown in the result. */
  readonly fileName: string;
  /** For a status scan; without one the status is `none`. */
  readonly ledgerReader?: LedgerReader;
  readonly now: Date;
  /** SHA-256 of public keys (SPKI) of timestamping authorities that the caller knows, beside those of the trust bundle. */
  readonly timestampAuthorities?: readonly Uint8Array[];
  /** Revocation lists of authorities, DER. */
  readonly revocationLists?: readonly Uint8Array[];
  /** Whether a document without a status stays unchecked. */
  readonly requireStatus?: boolean;
  readonly crypto?: Crypto;
  readonly provider?: CryptoProvider;
}

/** The verdict on one file. Never throws for anything that the file, bundle or ledger may hold. */
export async function verifyTranscript(options: VerifyOptions): Promise<VerificationResult> {
  const report = new Report(options.fileName);
  try {
    await runSteps(options, report);
  } catch (error) {
    if (error instanceof StepFailure) report.fail(error);
    else throw error;
  }
  return report.result();
}

async function runSteps(options: VerifyOptions, report: Report): Promise<void> {
  const { file, now, crypto, provider } = options;
  const read = await readSteps(file, provider);
  const { transcript } = read.plan;
  if (transcript.demo === true) report.demo = true;
  const facts = checkSignatures(file, read.signatures, transcript, provider);
  report.signatures = facts.map((each) => each.shown);
  report.document = shownDocument(transcript);
  report.resultsFollow = isTranscript(transcript) ? resultsFollow(transcript) : null;
  const trust = openTrust(options, transcript.origin, now, report, crypto);
  report.signatures = withClocks(facts, clockPins(trust?.pins, options.timestampAuthorities), provider);
  const chains = trustedChains(facts, trust, report, provider);
  if (chains !== undefined && trust !== undefined) {
    checkSigners(chains, transcript);
    if (chains.some(({ holder }) => holder.demo)) report.demo = true;
    checkSchoolName(trust, transcript.data.school.name);
  }
  checkDistinctKeys(facts);
  const proof = proofOf(facts, report);
  if (proof === undefined) return;
  checkEntry(proof.entry, transcript.origin, openingOf(read, facts));
  if (trust === undefined) return;
  const { first, known } = checkProofs(proof, trust, transcript.origin, crypto);
  report.ledger = evidenceOf(first);
  checkInTime(trust, first, report);
  if (proof.status !== undefined)
    report.note('the file carries a stapled status of a form that this release does not read');
  const keys = checkLoggedKeys(facts, transcript, proof, first, trust.bundle, crypto);
  if (chains !== undefined) {
    checkValidityAt(chains, first);
    const lists = readRevocationLists(options.revocationLists ?? [], report);
    report.signatures = withRevocations(report.signatures, chains, lists, first, now, report, provider);
    checkSchoolName(trust, transcript.data.school.name, first);
  }
  await reportStatus(
    {
      bundle: trust.bundle,
      known,
      index: first.index,
      from: Math.min(first.index, ...keys.map((key: LoggedKey) => key.index)),
      event: transcript.event,
      lineage: fromHex(transcript.lineage),
      keys,
      requireStatus: options.requireStatus ?? false,
      ...(options.ledgerReader === undefined ? {} : { reader: options.ledgerReader }),
      ...(crypto === undefined ? {} : { crypto }),
    },
    report,
  );
}

/** Steps 1 to 5. A template that this release does not have leaves the digests of the signatures to compare. */
async function readSteps(file: Uint8Array, provider: CryptoProvider = nobleProvider): Promise<ReadDocument> {
  try {
    return await readTranscriptPdf(file);
  } catch (error) {
    if (!(error instanceof PdfReadError)) throw error;
    if (error.code === 'TEMPLATE_UNKNOWN') {
      for (const { byteRange, cms } of looseSignatures(file)) {
        signingStep('a signature', () =>
          verifyCms(cms, provider.sha256(signedBytes(file, byteRange)), provider),
        );
      }
    }
    throw new StepFailure(error.code, error.message);
  }
}

function trustedChains(
  facts: readonly SignatureFacts[],
  trust: SchoolTrust | undefined,
  report: Report,
  provider: CryptoProvider | undefined,
): TrustedChain[] | undefined {
  const chains = checkChains(facts, trust?.pins ?? [], provider);
  if (chains === undefined && trust !== undefined) {
    report.find(
      'ISSUER_NOT_TRUSTED',
      'the authority that certified the signers is not one of this school in the trust bundle',
    );
  }
  return chains;
}

/** The proof in the seal's CMS. */
function proofOf(facts: readonly SignatureFacts[], report: Report): SocaiProof | undefined {
  facts.slice(0, -1).forEach(({ index, cms }) => {
    if (cms.unsignedAttributes.proof !== undefined) {
      throw new StepFailure(
        'CMS_UNSIGNED_ATTRIBUTE',
        `signature ${String(index + 1)} carries a proof; only the seal may`,
      );
    }
  });
  const der = facts.at(-1)?.cms.unsignedAttributes.proof;
  if (der !== undefined) return signingStep('the proof', () => parseProof(der));
  report.find('NO_PROOF', 'the file carries no proof that the document is in the school’s ledger');
  return undefined;
}

function openingOf(read: ReadDocument, facts: readonly SignatureFacts[]): Parameters<typeof checkEntry>[2] {
  const { transcript, hash } = read.plan;
  const seal = facts.at(-1)!;
  return {
    event: transcript.event,
    lineage: fromHex(transcript.lineage),
    salt: fromHex(transcript.salt),
    digests: {
      sealedBytes: seal.digest,
      sealSignature: digestOf(seal.cms.signatureValue),
      sealCertificate: seal.cms.certificate.sha256,
      document: hash,
    },
  };
}

function checkProofs(
  proof: SocaiProof,
  { bundle }: SchoolTrust,
  origin: string,
  crypto: Crypto | undefined,
): { readonly first: CheckedProof; readonly known: readonly CheckedProof[] } {
  const first = checkLedgerProof(proof.first, proof.entry, bundle, origin, crypto);
  if (proof.latest === undefined) return { first, known: [first] };
  const latest = checkLedgerProof(proof.latest, proof.entry, bundle, origin, crypto);
  checkLatest(first, latest);
  return { first, known: [first, latest] };
}
