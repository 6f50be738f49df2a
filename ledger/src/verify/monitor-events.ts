/** What a monitor has to say about a log, by how much it weighs. A closed set: people and scripts match on the code. */

/** Something a person should know; nothing is wrong with it. */
type Notice =
  /** The log was read up to this checkpoint, and holds. */
  | 'FOLLOWED'
  /** How many entries of which type are new. */
  | 'ENTRIES'
  | 'LOG_OPENED'
  | 'KEY_ADDED'
  | 'KEY_RETIRED'
  | 'LOG_CLOSED'
  | 'TRUST_PUBLISHED';

/** The log could not be vouched for this time. Silence is not health. */
type Doubt =
  /** The newest checkpoint was witnessed too long ago, or by nobody. */
  | 'STALE'
  /** A witness' cosignature is of the future: its clock, or ours, is wrong. */
  | 'CLOCKS_DIFFER'
  /** A checkpoint of fewer entries than before, which does not contradict what was seen. */
  | 'OLDER_CHECKPOINT'
  /** Nothing came that could be checked. */
  | 'UNREACHABLE'
  /** The monitor's own copy of the log is not what it wrote: it cannot compare. */
  | 'COPY_DAMAGED'
  /** The directory log does not hold the trust bundle: not yet, or it was meant for few. */
  | 'TRUST_NOT_LOGGED';

/** Misbehaviour, or damage. */
type Fault =
  /** Two signed checkpoints contradict each other. */
  | 'FORK'
  /** The directory log anchors another tree than the one shown here. */
  | 'ANCHOR_CONTRADICTED'
  | 'CHECKPOINT_MISSING'
  /** Not a checkpoint of this log with its good signature. */
  | 'CHECKPOINT_INVALID'
  /** Too few witnesses for the policy. */
  | 'NO_QUORUM'
  /** Signed by a key that does not sign trees of this size by the log's own entries. */
  | 'KEY_NOT_IN_FORCE'
  /** A tile is missing or does not lead to the signed root. */
  | 'TILE_DAMAGED'
  /** Entries are missing, or not those that were signed. */
  | 'ENTRIES_DAMAGED'
  | 'CHAIN_BROKEN'
  | 'KEY_RULE_BROKEN'
  | 'JOURNAL_REWRITTEN'
  | 'SECOND_EVENT'
  | 'ENTRY_AFTER_CLOSING';

export type MonitorCode = Notice | Doubt | Fault;

export type Weight = 'notice' | 'doubt' | 'fault';

const WEIGHTS: Readonly<Record<MonitorCode, Weight>> = {
  FOLLOWED: 'notice',
  ENTRIES: 'notice',
  LOG_OPENED: 'notice',
  KEY_ADDED: 'notice',
  KEY_RETIRED: 'notice',
  LOG_CLOSED: 'notice',
  TRUST_PUBLISHED: 'notice',
  STALE: 'doubt',
  CLOCKS_DIFFER: 'doubt',
  OLDER_CHECKPOINT: 'doubt',
  UNREACHABLE: 'doubt',
  COPY_DAMAGED: 'doubt',
  TRUST_NOT_LOGGED: 'doubt',
  FORK: 'fault',
  ANCHOR_CONTRADICTED: 'fault',
  CHECKPOINT_MISSING: 'fault',
  CHECKPOINT_INVALID: 'fault',
  NO_QUORUM: 'fault',
  KEY_NOT_IN_FORCE: 'fault',
  TILE_DAMAGED: 'fault',
  ENTRIES_DAMAGED: 'fault',
  CHAIN_BROKEN: 'fault',
  KEY_RULE_BROKEN: 'fault',
  JOURNAL_REWRITTEN: 'fault',
  SECOND_EVENT: 'fault',
  ENTRY_AFTER_CLOSING: 'fault',
};

export interface MonitorEvent {
  readonly code: MonitorCode;
  /** "checkpoint", "entry <index>", or the path of a tile. */
  readonly where: string;
  readonly detail: string;
  /** Of a fork: the proof (socai-misbehaviour/v1). */
  readonly proof?: Uint8Array;
}

export function weightOf({ code }: MonitorEvent): Weight {
  return WEIGHTS[code];
}
