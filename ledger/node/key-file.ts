/** A log's or witness' Ed25519 key on disk: PKCS#8 PEM, mode 0600, encrypted when there is a passphrase. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { verifierKey, type KeyType, type NoteSigner } from '#ledger/format/note.js';
import { systemCode } from './durable-files.js';
import { encryptedPem } from './scrypt-pem.js';

/** Why a key file cannot be used. */
export type KeyFileCode =
  'KEY_EXISTS' | 'KEY_MISSING' | 'KEY_EXPOSED' | 'KEY_MALFORMED' | 'PASSPHRASE_NEEDED';

export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';

  constructor(
    readonly code: KeyFileCode,
    message: string,
  ) {
    super(message);
  }
}

const SPKI_PREFIX_BYTES = 12;

/** What an installation makes for itself: 32 random bytes or more, in base64url. */
const RANDOM_PASSPHRASE = /^[A-Za-z0-9_-]{43,}$/;

/** Makes a key and writes it to `path`, which must not exist yet. Without a passphrase it is stored in the clear. */
export async function createKeyFile(
  path: string,
  name: string,
  type: KeyType,
  passphrase: string | undefined,
): Promise<NoteSigner> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeNew(path, await pemOf(privateKey, passphrase));
  return signerOf(privateKey, name, type);
}

async function pemOf(key: KeyObject, passphrase: string | undefined): Promise<string> {
  if (passphrase === undefined) return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  if (!RANDOM_PASSPHRASE.test(passphrase)) return encryptedPem(key, passphrase);
  // Nobody guesses 256 random bits: a slow derivation would only make every start slow.
  return key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
}

/** The signer of a key file, under `name`. Refuses a file that others than its owner can read. */
export async function openKeyFile(
  path: string,
  name: string,
  type: KeyType,
  passphrase: string | undefined,
): Promise<NoteSigner> {
  const pem = await readOwn(path);
  if (pem.includes('ENCRYPTED') && passphrase === undefined) {
    throw new KeyFileError('PASSPHRASE_NEEDED', `${path} is encrypted: set SOCAI_KEY_PASSPHRASE_FILE`);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    throw new KeyFileError(
      'KEY_MALFORMED',
      `${path} does not open: the passphrase is wrong or the file is damaged`,
    );
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new KeyFileError('KEY_MALFORMED', `${path} is no Ed25519 key`);
  return signerOf(key, name, type);
}

/** The passphrase in a file: its first line, at least 16 characters. */
export async function readPassphrase(path: string): Promise<string> {
  const [line = ''] = (await readFile(path, 'utf8')).split(/\r?\n/);
  // scrypt slows guessing down; it does not make a short passphrase a long one.
  if (line.length < 16) throw new KeyFileError('PASSPHRASE_NEEDED', `${path} holds fewer than 16 characters`);
  return line;
}

function signerOf(key: KeyObject, name: string, type: KeyType): NoteSigner {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const publicKey = new Uint8Array(spki.subarray(SPKI_PREFIX_BYTES));
  return {
    ...verifierKey(name, type, publicKey),
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, key))),
  };
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(text);
    await file.sync();
    await file.close();
    const folder = await open(dirname(path), 'r');
    await folder.sync();
    await folder.close();
  } catch (error) {
    if (systemCode(error) === 'EEXIST') {
      throw new KeyFileError('KEY_EXISTS', `${path} exists; a key is never overwritten`);
    }
    throw error;
  }
}

async function readOwn(path: string): Promise<string> {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) throw new KeyFileError('KEY_MISSING', `there is no key file ${path}`);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new KeyFileError(
      'KEY_EXPOSED',
      `${path} can be read by others: chmod 600 it, and ask whether the key is still secret`,
    );
  }
  return readFileSync(path, 'utf8');
}
