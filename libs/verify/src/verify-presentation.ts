/**
 * Verifying what is presented of a document: signature by the school's credential key → `cred` recomputed → the entry's
 * tag → inclusion → status (transcript-format.md, "Disclosure"). The verdicts and codes are those of the whole document.
 */
import { equal, fromBase64 } from '#ledger/format/bytes.js';
import type { Crypto } from '#ledger/format/crypto.js';
import type { Json } from '#ledger/format/jcs.js';
import type { CheckedProof } from '#ledger/verify/proof.js';
import { credentialKeyCommitment } from '#disclosure/credential-key.js';
import { DisclosureError } from '#disclosure/error.js';
import { ANYONE } from '#disclosure/key-binding.js';
import { MAX_PRESENTATION_BYTES } from '#disclosure/presentation.js';
import { credentialCommitment } from '#transcript/commitments.js';
import { checkEvent, checkLatest, checkLedgerProof, evidenceOf, isoTime } from './ledger-step.js';
import { NOTES } from './notes.js';
import { readPresented, type PresentationKind, type Presented } from './presented.js';
import { Report, type VerificationResult } from './result.js';
import { checkLoggedKey, type LoggedKey } from './signer-step.js';
import { reportStatus } from './status-report.js';
import type { LedgerReader } from './status-step.js';
import { StepFailure, type StepCode } from './steps.js';
import { checkInTime, checkSchoolName, openTrust, type SchoolTrust, type TrustMeans } from './trust-step.js';

export interface VerifyPresentationOptions extends TrustMeans {
  readonly file: Uint8Array;
  /** Shown in the result. */
  readonly fileName: string;
  /** Who verifies, as a presentation made for them names them. */
  readonly audience?: string;
  readonly ledgerReader?: LedgerReader;
  readonly now: Date;
  readonly requireStatus?: boolean;
  readonly crypto?: Crypto;
}

/** What was presented, without its salts. */
export interface ShownPresentation {
  readonly kind: PresentationKind;
  /** Disclosed fields by path. */
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  /** The whole credential without proofs, when that was presented. */
  readonly credential: Json;
  /** Whom it was made for; null where nothing says. */
  readonly audience: string | null;
  readonly expires: string | null;
}

export interface PresentationResult extends VerificationResult {
  /** Null unless what is shown holds. */
  readonly presentation: ShownPresentation | null;
}

/** The verdict on a presentation. Never throws for anything that the file, bundle or ledger may hold. */
export async function verifyPresentation(options: VerifyPresentationOptions): Promise<PresentationResult> {
  const report = new Report(options.fileName);
  let presented: Presented | undefined;
  try {
    presented = await read(options);
    await runSteps(options, presented, report);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    report.fail(error);
  }
  const result = report.result();
  const holds = presented !== undefined && result.verdict !== 'invalid';
  return { ...result, presentation: holds && presented !== undefined ? shown(presented) : null };
}

async function read({ file, crypto }: VerifyPresentationOptions): Promise<Presented> {
  if (file.length > MAX_PRESENTATION_BYTES) {
    throw new StepFailure('PRESENTATION_MALFORMED', 'larger than a presentation can be');
  }
  try {
    return await readPresented(file, crypto);
  } catch (error) {
    if (!(error instanceof DisclosureError)) throw error;
    throw new StepFailure(error.code as StepCode, error.message);
  }
}

async function runSteps(
  options: VerifyPresentationOptions,
  presented: Presented,
  report: Report,
): Promise<void> {
  const { now, crypto } = options;
  checkBinding(options, presented, report);
  const { committed } = presented;
  if (committed === undefined) {
    report.find('NO_PROOF', 'it comes without its place in the school’s ledger');
    return;
  }
  const { evidence, digests } = committed;
  const trust = openTrust(options, presented.origin, now, report, crypto);
  const { leaf } = checkEvent(evidence.entry, presented.origin, evidence);
  if (!equal(fromBase64(leaf.body.cred), credentialCommitment(evidence.credentialKey, digests))) {
    throw new StepFailure('CREDENTIAL_MISMATCH', 'the ledger entry commits to other fields or credentials');
  }
  if (trust === undefined) return;
  const { first, known } = checkProofs(presented.origin, evidence, trust, crypto);
  report.ledger = evidenceOf(first);
  if (presented.school !== undefined) checkSchoolName(trust, presented.school, first);
  checkInTime(trust, first, report);
  const keys = checkKey(presented, first, trust, crypto);
  await reportStatus(
    {
      bundle: trust.bundle,
      known,
      index: first.index,
      from: Math.min(first.index, ...keys.map(({ index }) => index)),
      event: evidence.event,
      lineage: evidence.lineage,
      keys,
      requireStatus: options.requireStatus ?? false,
      ...(options.ledgerReader === undefined ? {} : { reader: options.ledgerReader }),
      ...(crypto === undefined ? {} : { crypto }),
    },
    report,
  );
}

/** Whom it is for and until when, by the word of whoever has the document. */
function checkBinding(
  { now, audience: self }: VerifyPresentationOptions,
  { kind, binding }: Presented,
  report: Report,
): void {
  if (kind !== 'sd-jwt') {
    report.note(NOTES.bearer);
    return;
  }
  if (binding === undefined) {
    report.find(
      'HOLDER_NOT_BOUND',
      'whoever shows it did not bind it to themselves: it may be a copy shown on',
    );
    return;
  }
  const { audience, expires } = binding;
  if (expires !== undefined && now.getTime() >= expires * 1000) {
    throw new StepFailure('PRESENTATION_EXPIRED', `it was good until ${isoTime(expires)}`);
  }
  if (audience === ANYONE) {
    report.note(NOTES.bearer);
  } else if (self === undefined) {
    report.note(`it was made for ${audience}: accept it only if that is you`);
  } else if (self !== audience) {
    throw new StepFailure('PRESENTATION_AUDIENCE', `it was made for ${audience}, not for ${self}`);
  }
}

function checkProofs(
  origin: string,
  { entry, first: oldest, latest: newest }: NonNullable<Presented['committed']>['evidence'],
  { bundle }: SchoolTrust,
  crypto: Crypto | undefined,
): { readonly first: CheckedProof; readonly known: readonly CheckedProof[] } {
  const first = checkLedgerProof(oldest, entry, bundle, origin, crypto);
  if (newest === undefined) return { first, known: [first] };
  const latest = checkLedgerProof(newest, entry, bundle, origin, crypto);
  checkLatest(first, latest);
  return { first, known: [first, latest] };
}

/** The school's credential key, logged before the document. A slip has none: the log alone vouches for it. */
function checkKey(
  { committed, origin }: Presented,
  first: CheckedProof,
  { bundle }: SchoolTrust,
  crypto: Crypto | undefined,
): LoggedKey[] {
  const key = committed?.key;
  if (key === undefined) return [];
  const commitment = credentialKeyCommitment(key.evidence.salt, key.publicKey);
  const what = { commitment, name: 'the school’s credentials' };
  return [
    checkLoggedKey(what, [key.evidence], {
      origin,
      first,
      bundle,
      ...(crypto === undefined ? {} : { crypto }),
    }),
  ];
}

function shown({ kind, fields, credential, binding }: Presented): ShownPresentation {
  return {
    kind,
    fields: Object.fromEntries(fields.map(({ path, value }) => [path, value])),
    credential,
    audience: binding?.audience ?? null,
    expires: binding?.expires === undefined ? null : isoTime(binding.expires),
  };
}
