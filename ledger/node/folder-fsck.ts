/** fsck of a log's folder: all files that are served, also those that only readers of older checkpoints ask for. */
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '#ledger/format/checkpoint.js';
import type { VerifierKey } from '#ledger/format/note.js';
import type { Quorum } from '#ledger/format/policy.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { fsck, type Finding, type FsckOptions, type LogReader } from '#ledger/verify/fsck.js';
import { checkOlderPartials } from '#ledger/verify/older-partials.js';
import { systemCode } from './durable-files.js';
import { FolderTileStore } from './folder-tiles.js';
import { nodeCrypto } from './node-crypto.js';

export interface FolderFsckOptions extends Pick<FsckOptions, 'onFinding' | 'onProgress'> {
  /** Whose cosignatures the checkpoint must carry; left out: only the log's signature is checked. */
  readonly witnesses?: Quorum;
}

/**
 * Checks everything in `folder`: what `fsck` checks, the cosignatures, and the partial files of earlier sizes. Answers the
 * checkpoint, when there is one that can be read.
 */
export async function fsckFolder(
  folder: string,
  key: VerifierKey,
  options: FolderFsckOptions,
): Promise<Checkpoint | undefined> {
  const log = new FolderTileStore(folder);
  const found: Finding[] = [];
  const onFinding = (finding: Finding): void => {
    found.push(finding);
    options.onFinding(finding);
  };
  const checkpoint = await fsckLog(log, key, { ...options, onFinding });
  if (checkpoint === undefined) return undefined;
  await checkOlderPartials(log, filesBelow(folder, 'tile'), checkpoint.size, found, onFinding);
  return checkpoint;
}

/** Checks what readers of the newest checkpoint ask for, wherever it is read from: what `fsck` checks, and the cosignatures. */
export async function fsckLog(
  log: LogReader,
  key: VerifierKey,
  options: FolderFsckOptions,
): Promise<Checkpoint | undefined> {
  let isSigned = true;
  const onFinding = (finding: Finding): void => {
    if (finding.where === 'checkpoint') isSigned = false;
    options.onFinding(finding);
  };
  const checkpoint = await fsck(log, key, { ...options, onFinding, crypto: nodeCrypto });
  if (checkpoint !== undefined && options.witnesses !== undefined && isSigned) {
    await checkWitnesses(log, key, options.witnesses, options.onFinding);
  }
  return checkpoint;
}

async function checkWitnesses(
  log: LogReader,
  key: VerifierKey,
  witnesses: Quorum,
  onFinding: (finding: Finding) => void,
): Promise<void> {
  try {
    checkCheckpoint(
      (await log.readCheckpoint()) ?? new Uint8Array(),
      { ...witnesses, logs: [{ key }] },
      nodeCrypto,
    );
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    onFinding({ code: 'CHECKPOINT_SIGNATURE', where: 'checkpoint', detail: error.message });
  }
}

/** The paths of all files below `path`, relative to `root`, in no order; a folder that is not there has none. */
async function* filesBelow(root: string, path: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(join(root, path))) {
      const inside = `${path}/${entry.name}`;
      if (entry.isDirectory()) yield* filesBelow(root, inside);
      else yield inside;
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
