/**
 * Private keys on disk: encrypted PKCS#8 PEM (PBES2: PBKDF2, AES-256-CBC), mode 0600. The derivation is short (2,048
 * rounds), so the passphrase must be long and random, as the one a server makes for itself is; a person's short PIN
 * belongs to another kind of key store.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { SigningError } from '#signing/errors.js';
import { isErrno, writeNewFile } from './private-file.js';

export type KeyKind = 'p256' | 'ed25519';

const MIN_PASSPHRASE = 16;
const MAX_FILE_BYTES = 16 * 1024;
const ENCRYPTED_PEM =
  /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+-----END ENCRYPTED PRIVATE KEY-----\n$/;

/**
 * Makes a key, writes it to `path` (which must not exist: KEY_FILE_EXISTS) and answers the private key.
 * A passphrase of fewer than 16 characters: KEY_PASSPHRASE_WEAK.
 */
export async function createKeyFile(
  path: string,
  passphrase: string,
  kind: KeyKind = 'p256',
): Promise<KeyObject> {
  if (passphrase.length < MIN_PASSPHRASE) {
    throw new SigningError(
      'KEY_PASSPHRASE_WEAK',
      `the passphrase of a key file has at least ${MIN_PASSPHRASE} characters`,
    );
  }
  const { privateKey } =
    kind === 'p256'
      ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
      : generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
  if (!(await writeNewFile(path, pem.toString()))) {
    throw new SigningError(
      'KEY_FILE_EXISTS',
      `${path} exists; a key file is never overwritten, move it away first`,
    );
  }
  return privateKey;
}

/**
 * Opens a key file. KEY_FILE_MISSING; KEY_FILE_PERMISSIONS: others than its owner may read it; KEY_FILE_MALFORMED: not an
 * encrypted PEM, or a key of another kind; KEY_PASSPHRASE_WRONG: it does not decrypt.
 */
export async function loadKeyFile(path: string, passphrase: string): Promise<KeyObject> {
  const pem = await readOwnFile(path);
  if (!ENCRYPTED_PEM.test(pem)) {
    throw new SigningError('KEY_FILE_MALFORMED', `${path} is not an encrypted PKCS#8 key in PEM`);
  }
  const key = decrypt(path, pem, passphrase);
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  const known =
    asymmetricKeyType === 'ed25519' ||
    (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1');
  if (!known)
    throw new SigningError('KEY_FILE_MALFORMED', `${path} holds a key that is neither P-256 nor Ed25519`);
  return key;
}

function decrypt(path: string, pem: string, passphrase: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem', passphrase });
  } catch {
    // The library's own error is dropped on purpose: the cipher has no checksum, so it names a random later symptom.
    throw new SigningError(
      'KEY_PASSPHRASE_WRONG',
      `${path} does not open with this passphrase; if the passphrase is right, the file is damaged: restore it from a copy`,
    );
  }
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
