/** A folder that is a whole log: made once, then opened by one process at a time. */
import { mkdir, readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { emptyRoot } from '#ledger/format/hash.js';
import {
  ED25519,
  formatNote,
  formatVkey,
  parseVkey,
  signNoteText,
  type VerifierKey,
} from '#ledger/format/note.js';
import { LogError } from '#ledger/log/errors.js';
import type { LogKind } from '#ledger/log/batch.js';
import type { Clock } from '#ledger/log/ports.js';
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
  const text = formatCheckpoint({ origin, size: 0, root: emptyRoot() });
  await mkdir(folder, { recursive: true });
  const signer = await createKeyFile(join(folder, KEY_FILE), origin, ED25519, passphrase);
  const checkpoint = formatNote({ text, signatures: [await signNoteText(text, signer)] });
  const files = new DurableFiles(folder);
  await files.write([{ path: VKEY_FILE, bytes: utf8(`${formatVkey(signer)}\n`) }]);
  await files.write([{ path: 'checkpoint', bytes: checkpoint }]);
  await files.clean();
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
  const lock = await lockFolder(folder);
  try {
    const tiles = new FolderTileStore(folder);
    const store = await FolderLogStore.open(tiles);
    const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
    const sequencer = await Sequencer.open({ signer, kind, store, tiles, clock, random, crypto: nodeCrypto });
    return { sequencer, store, close: () => lock.release() };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
