/** An older checkpoint of a log against its tree now: does the log only grow? */
import type { Checkpoint } from '../format/checkpoint.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { checkConsistency } from '../merkle/consistency.js';
import { TileTree, type TileReader } from '../merkle/tile-tree.js';
import { step, VerifyError } from './errors.js';

/**
 * Refuses, with a VerifyError, a log whose tree `now` does not begin with the tree `old`. Both checkpoints are
 * authentic already. NOT_CONSISTENT means a fork: the two signed checkpoints together prove it.
 */
export async function checkGrowth(
  old: Checkpoint,
  now: Checkpoint,
  tiles: TileReader,
  crypto: Crypto = nobleCrypto,
): Promise<void> {
  if (old.origin !== now.origin) {
    throw new VerifyError('WRONG_ORIGIN', `the older checkpoint is of log ${old.origin}, not ${now.origin}`);
  }
  if (old.size > now.size) {
    throw new VerifyError(
      'NOT_CONSISTENT',
      `the log has ${String(now.size)} entries now and had ${String(old.size)} in the older checkpoint`,
    );
  }
  // Every tree begins with the empty one; its checkpoint has the empty root, or would not have been read.
  if (old.size === 0) return;
  const proof = await new TileTree(now.size, now.root, tiles, crypto.sha256).proveConsistency(old.size);
  step('NOT_CONSISTENT', () =>
    checkConsistency(old.size, old.root, now.size, now.root, proof, crypto.sha256),
  );
}
