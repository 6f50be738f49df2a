/** A folder that is a whole log: made once, then opened by one process at a time. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { utf8 } from '#ledger/format/bytes.js';
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
import { DurableFiles, isEmptyFolder } from './durable-files.js';
import { lockFolder } from './folder-lock.js';
import { FolderLogStore } from './folder-log.js';
import { FolderTileStore } from './folder-tiles.js';
import { createKeyFile, openKeyFile } from './key-file.js';
import { nodeCrypto } from './node-crypto.js';

/** The log's secret key: in the folder, but never to be served. */
const KEY_FILE = 'log.key';
/** Its verifier key, one line. */
const VKEY_FILE = 'log.vkey';

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
  return parseVkey((await readFile(join(folder, VKEY_FILE), 'utf8')).trimEnd());
}

export interface FolderLog {
  readonly sequencer: Sequencer;
  readonly store: FolderLogStore;
  /** Lets another process write. */
  close(): Promise<void>;
}

/** Opens a folder's log to write to it. Another process that does: LogError LOCKED. */
export async function openFolderLog(
  folder: string,
  kind: LogKind,
  clock: Clock,
  passphrase: string | undefined,
): Promise<FolderLog> {
  const { name } = await readFolderKey(folder);
  const signer = await openKeyFile(join(folder, KEY_FILE), name, ED25519, passphrase);
  return locked(folder, (tiles) => openIn(tiles, { signer, kind, clock }));
}

export interface FolderLogOptions {
  /** The log's key, which is kept elsewhere; its name is the origin. */
  readonly signer: NoteSigner;
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
  try {
    return { ...(await open(new FolderTileStore(folder))), close: () => lock.release() };
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
