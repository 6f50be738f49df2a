/**
 * Verifying a printed code (Mã xác thực) without the file: the server opens the ledger's commitment for that code, and
 * the client checks that it opens, is proven, and what came after. What the document says is not shown; it is on paper.
 */
import type { Crypto } from '#ledger/format/crypto.js';
import type { Json } from '#ledger/format/jcs.js';
import { parseVerificationCode } from '#transcript/verification-code.js';
import { checkEntry, checkLatest, checkLedgerProof, evidenceOf, originOfProof } from './ledger-step.js';
import { parseOpening } from './opening.js';
import { Report, type VerificationResult } from './result.js';
import { reportStatus } from './status-report.js';
import type { LedgerReader } from './status-step.js';
import { StepFailure } from './steps.js';
import { checkInTime, openTrust, type TrustMeans } from './trust-step.js';

export interface VerifyCodeOptions extends TrustMeans {
  /** As typed; VerificationCodeError when it is none. */
  readonly code: string;
  /** The server's answer. */
  readonly opening: Json;
  /** Reads the log that the opening's proof names. */
  readonly ledgerReader?: LedgerReader;
  readonly now: Date;
  readonly requireStatus?: boolean;
  readonly crypto?: Crypto;
}

/** The verdict on a code. Text that is no code: VerificationCodeError; everything else is in the verdict. */
export async function verifyCode(options: VerifyCodeOptions): Promise<VerificationResult> {
  const hash = parseVerificationCode(options.code);
  const report = new Report(options.code);
  try {
    await runSteps(options, hash, report);
  } catch (error) {
    if (error instanceof StepFailure) report.fail(error);
    else throw error;
  }
  return report.result();
}

async function runSteps(options: VerifyCodeOptions, hash: Uint8Array, report: Report): Promise<void> {
  const { crypto } = options;
  const opening = parseOpening(options.opening);
  // What its proof says, to be checked against the trust bundle next.
  const origin = originOfProof(opening.first);
  const trust = openTrust(options, origin, options.now, report, crypto);
  const [sealedBytes, sealSignature, sealCertificate] = opening.digests;
  const { event, lineage, salt } = opening;
  checkEntry(opening.entry, origin, {
    event,
    lineage,
    salt,
    digests: { sealedBytes, sealSignature, sealCertificate, document: hash },
  });
  if (trust === undefined) return;
  const first = checkLedgerProof(opening.first, opening.entry, trust.bundle, origin, crypto);
  report.ledger = evidenceOf(first);
  checkInTime(trust, first, report);
  const known = [first];
  if (opening.latest !== undefined) {
    const latest = checkLedgerProof(opening.latest, opening.entry, trust.bundle, origin, crypto);
    checkLatest(first, latest);
    known.push(latest);
  }
  report.note(
    'only the code was checked: compare the paper with the file, or with the school, for what it says',
  );
  await reportStatus(
    {
      bundle: trust.bundle,
      known,
      index: first.index,
      from: first.index,
      event,
      lineage,
      keys: [],
      requireStatus: options.requireStatus ?? false,
      ...(options.ledgerReader === undefined ? {} : { reader: options.ledgerReader }),
      ...(crypto === undefined ? {} : { crypto }),
    },
    report,
  );
}
