/** What a verification answers: the JSON of `socai verify`, the same in the page. */
import type { RouteRole } from '#transcript/document.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { VERDICTS, verdictOf, type Finding, type StepCode, type StepFailure, type Verdict } from './steps.js';

export interface CheckedSignature {
  readonly role: RouteRole;
  readonly name: string;
  /** What the signer says; the time that counts is `ledger.existedAt`. ISO-8601 UTC. */
  readonly at: string;
  readonly certificate: {
    /** SHA-256 of the certificate, hex. */
    readonly sha256: string;
    readonly notBefore: string;
    readonly notAfter: string;
    /** SHA-256 of the authority's public key (SPKI), hex: what a trust bundle pins. */
    readonly authority: string;
    /** What a revocation list of the caller says of it, or of an authority above it; left out where none is of them. */
    readonly revocation?: RevocationEvidence;
  };
  /** A timestamp of an authority (RFC 3161) beside it; left out where there is none. It decides nothing here. */
  readonly timestamp?: CheckedClock;
}

/** What is known of a certificate, as of which list. */
export interface RevocationEvidence {
  /** When the authority made the list. ISO-8601 UTC. */
  readonly asOf: string;
  /** A newer one should be there by now. */
  readonly stale: boolean;
  /** From when on it is revoked; null: it is not on the list. ISO-8601 UTC. */
  readonly revokedAt: string | null;
}

/** Whose clock a timestamp shows. */
export interface CheckedClock {
  /** What that clock said. ISO-8601 UTC. */
  readonly at: string;
  /** Who signed the timestamp; null where that could not be checked. */
  readonly authority: string | null;
  /** SHA-256 of the authority's certificate, hex; null where it could not be read. */
  readonly certificate: string | null;
  /** `vouched`: by the trust bundle, or the caller; `unknown`: rightly signed, by nobody that either knows; `unchecked`. */
  readonly clock: 'vouched' | 'unknown' | 'unchecked';
}

export interface LedgerEvidence {
  readonly origin: string;
  readonly index: number;
  readonly size: number;
  readonly witnesses: readonly { readonly name: string; readonly at: string }[];
  /** When a whole quorum of witnesses had seen it: the document existed then. ISO-8601 UTC. */
  readonly existedAt: string | null;
}

export interface StatusEvidence {
  readonly method: 'none' | 'scan' | 'staple';
  readonly asOf: string | null;
  readonly size: number | null;
}

/** J without the secrets that would let a reader of this output follow or open the document's entries. */
type Shown<D> = D extends SchoolDocument
  ? Omit<D, 'lineage' | 'salt' | 'route'> & {
      readonly route: readonly Omit<D['route'][number], 'certificateSalt'>[];
    }
  : never;
export type ShownDocument = Shown<SchoolDocument>;

export interface VerificationResult {
  readonly file: string;
  readonly verdict: Verdict;
  /** The code that decided the verdict; null when valid. */
  readonly code: StepCode | null;
  readonly reasons: readonly string[];
  /** Trial keys or a trial trust bundle: the document has no legal value, whatever the verdict. */
  readonly demo: boolean;
  readonly signatures: readonly CheckedSignature[];
  readonly ledger: LedgerEvidence | null;
  readonly status: StatusEvidence;
  /** Null unless the bytes and signatures hold. */
  readonly document: ShownDocument | null;
  /** Whether the pinned rules give the results that J states; null when that cannot be told. */
  readonly resultsFollow: boolean | null;
}

/** Collects what the steps find, and answers with the worst of it. */
export class Report {
  private readonly findings: Finding[] = [];
  private readonly notes: string[] = [];
  demo = false;
  signatures: readonly CheckedSignature[] = [];
  ledger: LedgerEvidence | null = null;
  status: StatusEvidence = { method: 'none', asOf: null, size: null };
  document: ShownDocument | null = null;
  resultsFollow: boolean | null = null;

  constructor(private readonly file: string) {}

  /** Something that cannot be decided, or a later event: the rest is still looked at. */
  find(code: StepCode, reason: string): void {
    this.findings.push({ code, reason });
  }

  /** Said beside the verdict without changing it. */
  note(reason: string): void {
    this.notes.push(reason);
  }

  /** Ends the verification at a step that does not hold. */
  fail({ code, message }: StepFailure): void {
    this.find(code, message);
  }

  result(): VerificationResult {
    const worst = this.findings.toSorted((a, b) => rank(b.code) - rank(a.code))[0];
    const verdict = worst === undefined ? 'valid' : verdictOf(worst.code);
    const shown = verdict !== 'invalid';
    return {
      file: this.file,
      verdict,
      code: worst?.code ?? null,
      reasons: [...this.findings.map(({ code, reason }) => `${code}: ${reason}`), ...this.notes],
      demo: this.demo,
      signatures: this.signatures,
      ledger: this.ledger,
      status: this.status,
      document: shown ? this.document : null,
      resultsFollow: shown ? this.resultsFollow : null,
    };
  }
}

function rank(code: StepCode): number {
  return VERDICTS.indexOf(verdictOf(code));
}

/** J as it may be shown. */
export function shownDocument(document: SchoolDocument): ShownDocument {
  const { v, type, origin, event, demo, verifier, ruleSet, template, images, route, data } = document;
  const shown = {
    v,
    type,
    origin,
    event,
    ...(demo === undefined ? {} : { demo }),
    ...(verifier === undefined ? {} : { verifier }),
    ruleSet,
    template,
    images,
    route: route.map(({ role, name, title, onBehalf }) => ({
      role,
      name,
      title,
      ...(onBehalf === undefined ? {} : { onBehalf }),
    })),
    data,
  };
  // Type and data stay together, which the compiler does not see through the parts.
  return shown as ShownDocument;
}
