/**
 * Replacing the key of a log in a folder (SPEC.md, "Keys"): the new key signs beside the old one for a while, then alone.
 * Each step can be repeated after a crash at any point of it. A school's log says in its entries which key signs what;
 * a log of raw entries has no entry for it, so its new verifier key has to reach verifiers and witnesses by other ways.
 */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { isInForce, type LogKey } from '#ledger/format/log-keys.js';
import {
  ED25519,
  formatVkey,
  parseNote,
  sameKey,
  type NoteSigner,
  type VerifierKey,
} from '#ledger/format/note.js';
import { formatTilePath, parseBundle, TILE_WIDTH } from '#ledger/format/tile.js';
import type { LogKind } from '#ledger/log/batch.js';
import { LogError } from '#ledger/log/errors.js';
import { KeyBook } from '#ledger/log/key-book.js';
import type { Clock, PendingEntry } from '#ledger/log/ports.js';
import { DurableFiles } from './durable-files.js';
import { lockFolder } from './folder-lock.js';
import {
  FROZEN_FILE,
  KEY_FILE,
  NEXT_KEY_FILE,
  openFolderLog,
  openFrozenLog,
  openKeyIfThere,
  openLogIn,
  readFolderKey,
  VKEY_FILE,
  type FolderLog,
} from './folder-sequencer.js';
import { FolderTileStore } from './folder-tiles.js';
import { createKeyFile, openKeyFile } from './key-file.js';
import { syncFolder } from './synced.js';

/** Where the secrets are opened from, and by which clock entries are written. */
export interface KeyHolder {
  readonly clock: Clock;
  /** Of the key files; undefined when they are in the clear. */
  readonly passphrase: string | undefined;
}

/**
 * Makes the key that is to take the place of the present one; from now on both sign every checkpoint. Answers it, for
 * witnesses and the trust bundle. Again, it makes nothing new.
 */
export async function beginRotation(folder: string, holder: KeyHolder): Promise<VerifierKey> {
  const kind = await kindOf(folder);
  await ownKey(folder, holder);
  const next = await nextKey(folder, holder);
  await writing(await openFolderLog(folder, kind, holder.clock, holder.passphrase), async (log) => {
    if (kind === 'chain' && !(await keysOf(log)).some(({ key }) => sameKey(key, next))) {
      log.store.add([addition(next)]);
      await log.sequencer.flush();
    }
    await log.sequencer.recosign();
  });
  return next;
}

/**
 * Ends the time of both: the old key signs no more and its file is gone. Witnesses and verifiers have to know the new
 * key before. Answers the key that signs now. Without a begun rotation: LogError WRONG_LOG.
 */
export async function finishRotation(folder: string, holder: KeyHolder): Promise<VerifierKey> {
  const kind = await kindOf(folder);
  const { key: old, wasTakenOver } = await ownKey(folder, holder);
  if (wasTakenOver) return old;
  const next = await openKeyIfThere(join(folder, NEXT_KEY_FILE), old.name, holder.passphrase);
  if (next === undefined) {
    throw new LogError('WRONG_LOG', `there is no ${NEXT_KEY_FILE} in ${folder}: no rotation has begun`);
  }
  if (kind === 'chain') {
    await writing(await openFolderLog(folder, kind, holder.clock, holder.passphrase), (log) =>
      retireInLog(log, old, next),
    );
  } else {
    // Its checkpoint carries both signatures, so it is this key's log as well.
    const alone = await openLogIn(folder, { signer: next, kind, clock: holder.clock });
    await writing(alone, (log) => log.sequencer.recosign());
  }
  await takeOver(folder, next);
  return next;
}

/**
 * Replaces a key that may be stolen, in a school's log, frozen or not: the log says that the old key's signatures of trees
 * of more than `invalidFrom` entries do not count, and goes on under a new key alone, which verifiers and witnesses have
 * to learn from a new trust bundle. Answers the new key.
 */
export async function replaceStolenKey(
  folder: string,
  invalidFrom: number,
  holder: KeyHolder,
): Promise<VerifierKey> {
  if ((await kindOf(folder)) === 'raw') throw noEntryFor('that a key was stolen');
  const { key: old, wasTakenOver } = await ownKey(folder, holder);
  if (wasTakenOver) return old;
  const next = await nextKey(folder, holder);
  await writing(await openFrozenLog(folder, 'chain', holder.clock, holder.passphrase), async (log) => {
    const keys = await keysOf(log);
    const ending = keys.find(({ key }) => sameKey(key, old))?.to;
    log.store.add([
      ...(keys.some(({ key }) => sameKey(key, next)) ? [] : [addition(next)]),
      ...(ending !== undefined && ending <= invalidFrom ? [] : [retirementAt(old, invalidFrom)]),
    ]);
    await log.sequencer.flush();
  });
  await takeOver(folder, next);
  return next;
}

/** Closes a school's log for good, as when the school is merged into another: its last key retires with the last entry. */
export async function closeFolderLog(folder: string, holder: KeyHolder): Promise<void> {
  if ((await kindOf(folder)) === 'raw') throw noEntryFor('that it is closed');
  const { key } = await ownKey(folder, holder);
  await writing(await openFolderLog(folder, 'chain', holder.clock, holder.passphrase), async (log) => {
    const { size } = await log.store.readState();
    const inForce = (await keysOf(log)).filter((known) => isInForce(known, size + 1));
    if (inForce.length > 1) {
      throw new LogError('WRONG_LOG', 'a rotation has begun: finish it before the log is closed');
    }
    if (inForce.length === 1) log.store.add([retirement(key)]);
    await log.sequencer.flush();
  });
}

/** Lets nobody sign for this log until it is thawed. A process that writes to it has to be ended before: LogError LOCKED. */
export async function freezeFolderLog(folder: string, reason: string): Promise<void> {
  const lock = await lockFolder(folder);
  try {
    await new DurableFiles(folder).write([{ path: FROZEN_FILE, bytes: utf8(`${reason}\n`) }]);
  } finally {
    await lock.release();
  }
}

/** Lets a frozen log go on. */
export async function thawFolderLog(folder: string): Promise<void> {
  await rm(join(folder, FROZEN_FILE), { force: true });
  await syncFolder(folder);
}

async function retireInLog(log: FolderLog, old: VerifierKey, next: VerifierKey): Promise<void> {
  const keys = await keysOf(log);
  if (!keys.some(({ key }) => sameKey(key, next))) {
    throw new LogError('WRONG_LOG', 'the new key is not in the log yet: begin the rotation again');
  }
  if (keys.find(({ key }) => sameKey(key, old))?.to === undefined) log.store.add([retirement(old)]);
  await log.sequencer.flush();
}

/** The new key's file becomes the log's, and the old one is gone. */
async function takeOver(folder: string, next: VerifierKey): Promise<void> {
  await rename(join(folder, NEXT_KEY_FILE), join(folder, KEY_FILE));
  await syncFolder(folder);
  await writeVkey(folder, next);
}

/**
 * The key in the folder's key file. `wasTakenOver`: the folder still named the one before, as after a crash in the very
 * last step of a rotation; now it does not.
 */
async function ownKey(
  folder: string,
  { passphrase }: KeyHolder,
): Promise<{ readonly key: VerifierKey; readonly wasTakenOver: boolean }> {
  const named = await readFolderKey(folder);
  const key = await openKeyFile(join(folder, KEY_FILE), named.name, ED25519, passphrase);
  const wasTakenOver = !sameKey(key, named);
  if (wasTakenOver) await writeVkey(folder, key);
  return { key, wasTakenOver };
}

function writeVkey(folder: string, key: VerifierKey): Promise<void> {
  return new DurableFiles(folder).write([{ path: VKEY_FILE, bytes: utf8(`${formatVkey(key)}\n`) }]);
}

async function nextKey(folder: string, { passphrase }: KeyHolder): Promise<NoteSigner> {
  const { name } = await readFolderKey(folder);
  const path = join(folder, NEXT_KEY_FILE);
  return (await openKeyIfThere(path, name, passphrase)) ?? createKeyFile(path, name, ED25519, passphrase);
}

async function keysOf({ store }: FolderLog): Promise<readonly LogKey[]> {
  return (await new KeyBook({ kind: 'chain' }).at(await store.readState(), store)) ?? [];
}

function addition(key: VerifierKey): PendingEntry {
  const vkey = formatVkey(key);
  return { id: `key.added ${vkey}`, kind: 'leaf', draft: { type: 'key.added', body: { vkey } } };
}

function retirement(key: VerifierKey): PendingEntry {
  const vkey = formatVkey(key);
  return { id: `key.retired ${vkey}`, kind: 'retirement', vkey };
}

function retirementAt(key: VerifierKey, invalidFrom: number): PendingEntry {
  const vkey = formatVkey(key);
  const body = { vkey, invalidFrom };
  return {
    id: `key.retired ${vkey} ${String(invalidFrom)}`,
    kind: 'leaf',
    draft: { type: 'key.retired', body },
  };
}

/** Whether the folder holds a school's log. An empty one may become either: it is made anew instead. */
async function kindOf(folder: string): Promise<LogKind> {
  const tiles = new FolderTileStore(folder);
  const checkpoint = await tiles.readCheckpoint();
  const size = checkpoint === undefined ? 0 : parseCheckpoint(parseNote(checkpoint).text).size;
  if (size === 0) throw new LogError('WRONG_LOG', `the log in ${folder} is empty: make a new one instead`);
  const width = Math.min(size, TILE_WIDTH);
  const bundle = await tiles.readTile(formatTilePath({ level: 'entries', index: 0, width }));
  if (bundle === undefined) throw new LogError('TILES_DAMAGED', `the first entries in ${folder} are missing`);
  return isOpening(parseBundle(bundle, width)[0]) ? 'chain' : 'raw';
}

function isOpening(entry: Uint8Array | undefined): boolean {
  try {
    return entry !== undefined && parseLeaf(entry).type === 'log.opened';
  } catch {
    return false;
  }
}

async function writing(log: FolderLog, work: (log: FolderLog) => Promise<unknown>): Promise<void> {
  try {
    await work(log);
  } finally {
    await log.close();
  }
}

function noEntryFor(what: string): LogError {
  return new LogError(
    'WRONG_LOG',
    `a log of raw entries cannot say ${what}: tell its verifiers and witnesses by other ways`,
  );
}
