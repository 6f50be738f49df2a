/** What one log is opened with. */
import type { Crypto } from '../format/crypto.js';
import type { NoteSigner, VerifierKey } from '../format/note.js';
import type { LogKind } from './batch.js';
import type { Clock, LogStore, Random, TileStore, Witnessing } from './ports.js';

export interface LogOptions {
  /** The log's key; its name is the origin. A new log opens with it. */
  readonly signer: NoteSigner;
  /** Further keys of this log that are here, while a key is being replaced. Each signs the sizes it is in force for. */
  readonly cosigners?: readonly NoteSigner[];
  /** Keys that signed earlier and sign no more: their published checkpoints are accepted as this log's. */
  readonly formerKeys?: readonly VerifierKey[];
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
