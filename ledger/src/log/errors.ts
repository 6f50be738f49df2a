/** Why a log does not go on. A closed set: the host decides for each what to show and whether to try again. */
export type LogCode =
  /** The published checkpoint has more entries than the store: the store was rolled back. Never write. */
  | 'PUBLISHED_AHEAD'
  /** Two trees of one log: the published checkpoint or a witness' head contradicts the store. Never write. */
  | 'FORKED'
  /** A witness has seen more entries than the store has: an old backup was put back. Never write. */
  | 'WITNESS_AHEAD'
  /** Fewer witnesses than a quorum could be asked for their newest view. Serve read-only; try again later. */
  | 'WITNESSES_UNREACHABLE'
  /** The store's right edge or entries do not belong to its root. */
  | 'STATE_DAMAGED'
  /** The tile store lacks a tile at the right edge, or has it with other bytes: rebuild it from the store. */
  | 'TILES_DAMAGED'
  /** A log of raw entries was opened as a chain, or the other way round, or under another origin or key. */
  | 'WRONG_LOG'
  /** The outbox adds a key to the log whose secret was not given. Nothing was written; open again with it as cosigner. */
  | 'SIGNER_MISSING'
  /** None of the keys given signs a tree of this size: the log's key was changed. Open again with the one in force. */
  | 'KEY_NOT_IN_FORCE'
  /** An entry says something about the log's keys that cannot be. Nothing was written; take it out of the outbox. */
  | 'KEY_REFUSED'
  /** The last key was retired: the log takes no more entries. */
  | 'CLOSED'
  /** The operator froze the log, as when its key may be stolen. Nothing is signed until he lets it go on. */
  | 'FROZEN'
  /** The clock is behind the last entry's time. Nothing is signed until it is right. */
  | 'CLOCK_BEHIND'
  /** Another process moved the log during this transaction. Nothing was written; try again. */
  | 'RACE_LOST'
  /** A file that must never change has other bytes already. */
  | 'TILE_CONFLICT'
  /** Another process holds the log. */
  | 'LOCKED';

/** The log cannot go on, or cannot now; nothing was half written. */
export class LogError extends Error {
  override readonly name = 'LogError';

  constructor(
    readonly code: LogCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
