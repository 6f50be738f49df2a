/** What an audit answers: the shape that `socai audit --json` prints. */

/** What can be wrong. Closed: scripts match on these. */
export type FindingCode =
  /** An event's number is missing: a row of the journal was deleted. */
  | 'EVENT_MISSING'
  /** An event's text is not the one that was committed to. */
  | 'EVENT_CHANGED'
  /** The readable columns of an event do not say what its text says. */
  | 'EVENT_COLUMNS'
  /** An event's text or salt is gone without an approved erasure. */
  | 'EVENT_ERASED'
  /** An event that only the beginning of a school can have, after it was opened. */
  | 'EVENT_OUT_OF_PLACE'
  /** An event is not chained to the one before it. */
  | 'CHAIN_BROKEN'
  /** The stored head is not the head of the chain. */
  | 'HEAD_WRONG'
  /** The ledger holds another head of the journal than the journal has: it was recomputed after the anchoring. */
  | 'ANCHOR_MISMATCH'
  /** The ledger anchored more events than there are: the end of the journal was cut off. */
  | 'ANCHOR_AHEAD'
  /** A row does not say what its last events say. */
  | 'ROW_CHANGED'
  /** The journal knows a row that is not there. */
  | 'ROW_MISSING'
  /** A row that no event accounts for. */
  | 'ROW_UNRECORDED'
  /** A check could not go on: what it reads was edited into something that cannot be read. */
  | 'UNREADABLE'
  /** A step-up's hash does not belong to the change it is kept with. */
  | 'ACT_CHANGED'
  /** What confirmed a step-up does not hold: not that person's passkey, not that change, a code where none is taken. */
  | 'ACT_ASSERTION'
  /** Something was approved, locked, signed or sealed without a step-up, of the person who did it, that names it. */
  | 'ACT_MISSING'
  /** A council's decision names a pupil who was on no list that its meeting passed. */
  | 'DECISION_UNLISTED'
  /** A ledger tree, checkpoint or entry does not hold. */
  | 'LEDGER_BROKEN'
  /** The database's copy of a ledger entry is not the published one. */
  | 'LEDGER_DIFFERS'
  /** The published checkpoint does not satisfy the policy. */
  | 'LEDGER_NOT_WITNESSED'
  /** The log does not continue the outside checkpoint: it was rewritten. */
  | 'LEDGER_FORKED'
  /** A transcript's data do not have the hash it is known by. */
  | 'DOCUMENT_CHANGED'
  /** A transcript's file is not the one that was signed, or its signatures do not hold. */
  | 'DOCUMENT_FILE'
  /** A transcript's ledger entry is missing or commits to another document. */
  | 'DOCUMENT_ENTRY'
  /** A teacher's signature of a sheet does not hold, or is of other marks than the book has; a transcript commits to none. */
  | 'SHEET_SIGNATURE'
  /** The ledger was not told the number of a class's transcripts that the row states. */
  | 'ROSTER_ENTRY'
  /** More pupils of a class have sealed transcripts than the ledger was told. */
  | 'ROSTER_EXCEEDED'
  /** A receipt that holds shows an event that the journal or the log does not have, or not so. */
  | 'RECEIPT_CONTRADICTED'
  /** A receipt that was given does not hold by itself: it says nothing of the book. */
  | 'RECEIPT_INVALID';

/** One row that differs. */
export interface Finding {
  readonly code: FindingCode;
  /** Table of the row; for the ledger's files "ledger". */
  readonly table: string;
  /** The row's id; of an event its number, of a ledger entry its index. */
  readonly id: string;
  /** What it should say, what it says, and which event shows it. */
  readonly detail: string;
}

/** An approval, lock, signature or seal that was confirmed by TOTP: a secret that the server holds too. */
export interface WeakAct {
  readonly id: string;
  readonly action: string;
  readonly person: string;
  readonly at: string;
}

export interface AuditReport {
  /** No findings. */
  readonly ok: boolean;
  /** `external` only under a policy from outside and with an outside checkpoint that the log continues. */
  readonly anchored: 'external' | 'NOT_EXTERNALLY_ANCHORED';
  /** Events after the last witnessed anchor: whoever holds the machine could still rewrite them. */
  readonly tail: number;
  readonly weak: readonly WeakAct[];
  readonly findings: readonly Finding[];
}

/** One report of several schools' reports. */
export function mergeReports(reports: readonly AuditReport[]): AuditReport {
  const findings = reports.flatMap((report) => report.findings);
  const external = reports.length > 0 && reports.every((report) => report.anchored === 'external');
  return {
    ok: findings.length === 0,
    anchored: external ? 'external' : 'NOT_EXTERNALLY_ANCHORED',
    tail: reports.reduce((sum, report) => sum + report.tail, 0),
    weak: reports.flatMap((report) => report.weak),
    findings,
  };
}
