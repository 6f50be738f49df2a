/** A witness' folder: its key, its verifier key, and (made by the server) its memory. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import {
  checkName,
  COSIGNATURE_ED25519,
  formatVkey,
  parseVkey,
  sameKey,
  type NoteSigner,
  type VerifierKey,
} from '#ledger/format/note.js';
import { LogError } from '#ledger/log/errors.js';
import { DurableFiles, readIfThere } from './durable-files.js';
import { createKeyFile, KeyFileError, openKeyFile } from './key-file.js';

const KEY_FILE = 'witness.key';
/** Its verifier key, one line. */
const VKEY_FILE = 'witness.vkey';

/** The folder in which the witness remembers what it cosigned. */
export function witnessState(folder: string): string {
  return join(folder, 'state');
}

/** The file in which the witness remembers the trust bundles it accepted. */
export function witnessTrust(folder: string): string {
  return join(folder, 'trust.json');
}

/**
 * Makes a witness' key in `folder`, or answers the one that is there: a key is never replaced. Another name than the
 * one there: LogError WRONG_LOG. Without a passphrase the key is in the clear.
 */
export async function createWitness(
  folder: string,
  name: string,
  passphrase: string | undefined,
): Promise<{ readonly key: VerifierKey; readonly made: boolean }> {
  checkName(name);
  const there = await readVkey(folder);
  if (there !== undefined) return { key: named(there, name, folder), made: false };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = await createOrOpen(join(folder, KEY_FILE), name, passphrase);
  await new DurableFiles(folder).write([{ path: VKEY_FILE, bytes: utf8(`${formatVkey(key)}\n`) }]);
  return { key, made: true };
}

/** The witness' signer. Another name or key than its verifier key says: LogError WRONG_LOG; else see openKeyFile. */
export async function openWitness(
  folder: string,
  name: string,
  passphrase: string | undefined,
): Promise<NoteSigner> {
  const signer = await openKeyFile(join(folder, KEY_FILE), name, COSIGNATURE_ED25519, passphrase);
  const there = await readVkey(folder);
  if (there !== undefined && !sameKey(named(there, name, folder), signer)) {
    throw new LogError('WRONG_LOG', `${VKEY_FILE} in ${folder} does not belong to ${KEY_FILE}`);
  }
  return signer;
}

/** A key without its verifier key beside it was made by a call that did not live to its end. */
async function createOrOpen(path: string, name: string, passphrase: string | undefined): Promise<NoteSigner> {
  try {
    return await createKeyFile(path, name, COSIGNATURE_ED25519, passphrase);
  } catch (error) {
    if (!(error instanceof KeyFileError) || error.code !== 'KEY_EXISTS') throw error;
    return openKeyFile(path, name, COSIGNATURE_ED25519, passphrase);
  }
}

async function readVkey(folder: string): Promise<VerifierKey | undefined> {
  const bytes = await readIfThere(join(folder, VKEY_FILE));
  return bytes === undefined ? undefined : parseVkey(fromUtf8(bytes).trimEnd());
}

function named(key: VerifierKey, name: string, folder: string): VerifierKey {
  if (key.name === name) return key;
  throw new LogError('WRONG_LOG', `the witness in ${folder} is ${key.name}, not ${name}`);
}
