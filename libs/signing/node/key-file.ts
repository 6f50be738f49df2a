/**
 * Private keys on disk, mode 0600, in the text of sealed-key.ts: encrypted with a passphrase, or with a person's PIN. A PIN is
 * stretched as far as a sign-in can wait for, which slows down who stole the file and stops nobody: a short one can be
 * tried out, where a token would lock itself.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { SigningError } from '#signing/errors.js';
import { isErrno, writeNewFile } from './private-file.js';
import { openSealedKey, parseSealedKey, sealKey, type KeyKind } from './sealed-key.js';

const MIN_PASSPHRASE = 8;
/** Of digits alone. */
const MIN_DIGITS = 12;
const MAX_FILE_BYTES = 16 * 1024;

/**
 * Makes a key, writes it to `path` (which must not exist: KEY_FILE_EXISTS) and answers the private key.
 * A passphrase of fewer than 8 characters, or than 12 digits: KEY_PASSPHRASE_WEAK.
 */
export async function createKeyFile(
  path: string,
  passphrase: string,
  kind: KeyKind = 'p256',
): Promise<KeyObject> {
  requireStrength(passphrase);
  const { privateKey } =
    kind === 'p256'
      ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
      : generateKeyPairSync('ed25519');
  // Looked at first because stretching takes a while; writing decides.
  const exists = await isThere(path);
  if (exists || !(await writeNewFile(path, await sealKey(privateKey, passphrase)))) {
    throw new SigningError(
      'KEY_FILE_EXISTS',
      `${path} exists; a key file is never overwritten, move it away first`,
    );
  }
  return privateKey;
}

function requireStrength(passphrase: string): void {
  const least = /^[0-9]*$/.test(passphrase) ? MIN_DIGITS : MIN_PASSPHRASE;
  if ([...passphrase].length >= least) return;
  throw new SigningError(
    'KEY_PASSPHRASE_WEAK',
    `the passphrase of a key file has at least ${MIN_PASSPHRASE} characters, or ${MIN_DIGITS} digits`,
  );
}

/**
 * Opens a key file. KEY_FILE_MISSING; KEY_FILE_PERMISSIONS: others than its owner may read it; KEY_FILE_MALFORMED: not the
 * text that createKeyFile writes; KEY_PASSPHRASE_WRONG: it does not open.
 */
export async function loadKeyFile(path: string, passphrase: string): Promise<KeyObject> {
  const sealed = parseSealedKey(await readOwnFile(path));
  if (sealed === undefined) {
    throw new SigningError('KEY_FILE_MALFORMED', `${path} is not an encrypted key as Sổ Cái writes it`);
  }
  const key = await openSealedKey(sealed, passphrase);
  if (key === undefined) {
    throw new SigningError(
      'KEY_PASSPHRASE_WRONG',
      `${path} does not open with this passphrase; if the passphrase is right, the file is damaged: restore it from a copy`,
    );
  }
  return key;
}

async function isThere(path: string): Promise<boolean> {
  return open(path, 'r').then(
    (file) => file.close().then(() => true),
    (error: unknown) => !isErrno(error, 'ENOENT'),
  );
}

async function readOwnFile(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { mode, size } = await file.stat();
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
        throw new SigningError(
          'KEY_FILE_PERMISSIONS',
          `${path} can be read by others than its owner: chmod 600 it`,
        );
      }
      if (size > MAX_FILE_BYTES)
        throw new SigningError('KEY_FILE_MALFORMED', `${path} is too large for a key file`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw new SigningError('KEY_FILE_MISSING', `there is no key file ${path}`);
    throw error;
  }
}
