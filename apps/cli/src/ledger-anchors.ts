/**
 * What a monitor of all logs of a province compares: the schools' logs as it followed them, with what the directory log
 * says of them. It reads its own copies only, which were checked when they were made.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import type { TrustBundle } from '#ledger/format/trust.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { checkAnchors, checkLogged, readDirectory, type Directory } from '#ledger/verify/directory.js';
import { VerifyError } from '#ledger/verify/errors.js';
import type { MonitorEvent } from '#ledger/verify/monitor-events.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { COPY_FOLDER } from '#ledger-node/monitor-folder.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';

/** A log that is followed, and the folder of its monitor. */
export interface FollowedLog {
  readonly origin: string;
  readonly folder: string;
}

/** The signed trust bundle in force, and the same read. */
export interface BundleInForce {
  readonly note: Uint8Array;
  readonly bundle: TrustBundle;
}

/** Tells, for the log it concerns, what the directory log speaks against. Nothing when no directory was followed yet. */
export async function compareWithDirectory(
  { note, bundle }: BundleInForce,
  followed: readonly FollowedLog[],
  tell: (log: FollowedLog, event: MonitorEvent) => void,
): Promise<void> {
  const own = followed.find(({ origin }) => origin === bundle.directory?.name);
  if (own === undefined || !(await isThere(own))) return;
  const directory = await damageIsOurs(own, tell, () => readDirectory(copyOf(own), bundle, nodeCrypto));
  if (directory === undefined) return;
  try {
    checkLogged(directory.directory, note, bundle.serial, nodeCrypto);
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    tell(own, { code: 'TRUST_NOT_LOGGED', where: 'trust bundle', detail: error.message });
  }
  for (const log of followed) {
    if (log !== own && (await isThere(log))) await compareOne(log, directory.directory, tell);
  }
}

async function compareOne(
  log: FollowedLog,
  directory: Directory,
  tell: (log: FollowedLog, event: MonitorEvent) => void,
): Promise<void> {
  const copy = copyOf(log);
  const checkpoint = parseCheckpoint(parseNote((await copy.readCheckpoint()) ?? new Uint8Array()).text);
  const anchors = directory.anchorsOf(log.origin);
  await damageIsOurs(log, tell, async () => {
    try {
      await checkAnchors(anchors, checkpoint, copy, nodeCrypto);
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error;
      tell(log, { code: 'ANCHOR_CONTRADICTED', where: 'checkpoint', detail: error.message });
    }
  });
}

/** Runs a step on our own copies. What is wrong with them is said, and is nothing against the logs. */
async function damageIsOurs<T>(
  log: FollowedLog,
  tell: (log: FollowedLog, event: MonitorEvent) => void,
  run: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof VerifyError) && !(error instanceof MerkleError)) throw error;
    tell(log, { code: 'COPY_DAMAGED', where: 'own copy', detail: error.message });
    return undefined;
  }
}

function copyOf({ folder }: FollowedLog): FolderTileStore {
  return new FolderTileStore(join(folder, COPY_FOLDER));
}

/** Whether the log was followed to any checkpoint yet. */
async function isThere({ folder }: FollowedLog): Promise<boolean> {
  return stat(join(folder, COPY_FOLDER, 'checkpoint')).then(
    () => true,
    () => false,
  );
}
