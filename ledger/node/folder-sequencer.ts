/** A folder that is a whole log: made once, then opened by one process at a time. */
import { readFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { emptyRoot } from '#ledger/format/hash.js';
import {
  checkName,
  ED25519,
  formatNote,
  formatVkey,
  parseVkey,
  signNoteText,
  type NoteSigner,
  type VerifierKey,
} from '#ledger/format/note.js';
import { LogError } from '#ledger/log/errors.js';
import type { LogKind } from '#ledger/log/batch.js';
import type { Clock, Witnessing } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { DurableFiles, isEmptyFolder, readIfThere } from './durable-files.js';
import { lockFolder } from './folder-lock.js';
import { FolderLogStore } from './folder-log.js';
import { FolderTileStore } from './folder-tiles.js';
import { createKeyFile, KeyFileError, openKeyFile } from './key-file.js';
import { nodeCrypto } from './node-crypto.js';

/** The log's secret key: in the folder, but never to be served. */
export const KEY_FILE = 'log.key';
/** Its verifier key, one line. */
export const VKEY_FILE = 'log.vkey';
/** The key that is to take its place: both sign until it does. */
export const NEXT_KEY_FILE = 'log.next.key';
/** While this file is there nothing is signed; it says why. */
export const FROZEN_FILE = 'frozen';

/**
 * Makes an empty log in `folder`: key, verifier key, signed checkpoint of size 0. Refuses a folder that is not empty
 * (LogError WRONG_LOG) and a name that cannot be an origin (FormatError). Without a passphrase the key is in the clear.
 */
export async function createFolderLog(
  folder: string,
  origin: string,
  passphrase: string | undefined,
): Promise<VerifierKey> {
  if (!(await isEmptyFolder(folder))) {
    throw new LogError('WRONG_LOG', `${folder} is not empty: a log is made in a folder of its own`);
  }
  checkName(origin);
  await mkdir(folder, { recursive: true });
  const signer = await createKeyFile(join(folder, KEY_FILE), origin, ED25519, passphrase);
  await writeEmptyLog(folder, signer);
  return signer;
}

/** The verifier key that a folder names as its own; nothing vouches for it but the folder. */
export async function readFolderKey(folder: string): Promise<VerifierKey> {
  return parseVkey(readFileSync(join(folder, VKEY_FILE), 'utf8').trimEnd());
}

export interface FolderLog {
  readonly sequencer: Sequencer;
  readonly store: FolderLogStore;
  /** Gives back what was only kept to be quicker, and lets another process write. */
  close(): Promise<void>;
}

/**
 * Opens a folder's log to write to it, with the keys that are in the folder. Another process that does: LogError LOCKED;
 * an operator who has frozen it: LogError FROZEN.
 */
export async function openFolderLog(
  folder: string,
  kind: LogKind,
  clock: Clock,
  passphrase: string | undefined,
): Promise<FolderLog> {
  const reason = await readIfThere(join(folder, FROZEN_FILE));
  if (reason !== undefined) throw new LogError('FROZEN', `${folder} is frozen: ${fromUtf8(reason).trim()}`);
  return openFrozenLog(folder, kind, clock, passphrase);
}

/** `openFolderLog` whether it is frozen or not, for who has to replace a key that may be stolen. */
export async function openFrozenLog(
  folder: string,
  kind: LogKind,
  clock: Clock,
  passphrase: string | undefined,
): Promise<FolderLog> {
  const { name } = await readFolderKey(folder);
  return locked(folder, async (tiles) => {
    const signer = await openKeyFile(join(folder, KEY_FILE), name, ED25519, passphrase);
    const next = await openKeyIfThere(join(folder, NEXT_KEY_FILE), name, passphrase);
    return openIn(tiles, { signer, cosigners: next === undefined ? [] : [next], kind, clock });
  });
}

/** The signer of a log's key file; undefined when there is no such file. */
export async function openKeyIfThere(
  path: string,
  origin: string,
  passphrase: string | undefined,
): Promise<NoteSigner | undefined> {
  try {
    return await openKeyFile(path, origin, ED25519, passphrase);
  } catch (error) {
    if (error instanceof KeyFileError && error.code === 'KEY_MISSING') return undefined;
    throw error;
  }
}

export interface FolderLogOptions {
  /** The log's key, which is kept elsewhere; its name is the origin. */
  readonly signer: NoteSigner;
  /** Its other keys, while one takes the place of another. */
  readonly cosigners?: readonly NoteSigner[];
  readonly kind: LogKind;
  readonly clock: Clock;
  readonly witnessing?: Witnessing;
}

/**
 * Opens a folder to write to it as the log of `signer`; a folder that is not there yet becomes an empty log of it.
 * Another process that writes to it: LogError LOCKED. A folder of another log, or one that holds something else:
 * LogError WRONG_LOG.
 */
export async function openLogIn(folder: string, options: FolderLogOptions): Promise<FolderLog> {
  await mkdir(folder, { recursive: true });
  return locked(folder, async (tiles) => {
    if ((await tiles.readCheckpoint()) === undefined) await writeEmptyLog(folder, options.signer);
    return openIn(tiles, options);
  });
}

async function locked(
  folder: string,
  open: (tiles: FolderTileStore) => Promise<Omit<FolderLog, 'close'>>,
): Promise<FolderLog> {
  const lock = await lockFolder(folder);
  const tiles = new FolderTileStore(folder);
  const close = async (): Promise<void> => {
    try {
      await tiles.files.clean();
    } finally {
      await lock.release();
    }
  };
  try {
    return { ...(await open(tiles)), close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openIn(tiles: FolderTileStore, options: FolderLogOptions): Promise<Omit<FolderLog, 'close'>> {
  const store = await FolderLogStore.open(tiles);
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  const sequencer = await Sequencer.open({ ...options, store, tiles, random, crypto: nodeCrypto });
  return { sequencer, store };
}

/** The verifier key and the signed checkpoint of size 0, in a folder with nothing else in it. */
async function writeEmptyLog(folder: string, signer: NoteSigner): Promise<void> {
  const strange = (await readdir(folder)).filter((name) => ![KEY_FILE, VKEY_FILE, '.tmp'].includes(name));
  if (strange.length > 0) {
    throw new LogError('WRONG_LOG', `${folder} has no checkpoint but holds ${strange.join(', ')}`);
  }
  const text = formatCheckpoint({ origin: signer.name, size: 0, root: emptyRoot() });
  const checkpoint = formatNote({ text, signatures: [await signNoteText(text, signer)] });
  const files = new DurableFiles(folder);
  await files.write([{ path: VKEY_FILE, bytes: utf8(`${formatVkey(signer)}\n`) }]);
  await files.write([{ path: 'checkpoint', bytes: checkpoint }]);
  await files.clean();
}
