/** What one log is opened with. */
import type { Crypto } from '../format/crypto.js';
import type { NoteSigner } from '../format/note.js';
import type { LogKind } from './batch.js';
import type { Clock, LogStore, Random, TileStore, Witnessing } from './ports.js';

export interface LogOptions {
  /** The log's key; its name is the origin. */
  readonly signer: NoteSigner;
  readonly kind: LogKind;
  readonly store: LogStore;
  readonly tiles: TileStore;
  /** Left out: every checkpoint is public as soon as the log has signed it. */
  readonly witnessing?: Witnessing;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto?: Crypto;
  /** Entries in one transaction; 1,000 unless told. */
  readonly maxBatch?: number;
}
