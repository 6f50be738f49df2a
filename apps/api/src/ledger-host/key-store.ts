/** The installation's private keys: files under the data folder, encrypted with the installation's passphrase. */
import type { KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { KeyType, NoteSigner } from '#ledger/format/note.js';
import {
  createKeyFile as createNoteKey,
  KeyFileError,
  openKeyFile as openNoteKey,
} from '#ledger-node/key-file.js';
import { SigningError } from '#signing/errors.js';
import { createKeyFile, loadKeyFile } from '#signing-node/key-file.js';
import { InstallationSettings } from '../installation.module.js';

@Injectable()
export class KeyStore {
  private readonly passphrase: string;
  private readonly folder: string;

  constructor(settings: InstallationSettings) {
    this.passphrase = settings.passphrase;
    this.folder = settings.config.dataDir;
  }

  /**
   * A P-256 key for certificates; made when the file is not there yet.
   * @param path parts below the data folder, for example ["ca", "thcs-song-may"]
   * @throws SigningError of a file that is there and cannot be used: it is never replaced
   */
  async signingKey(...path: string[]): Promise<KeyObject> {
    const file = this.file(path);
    try {
      return await createKeyFile(file, this.passphrase);
    } catch (error) {
      if (!(error instanceof SigningError) || error.code !== 'KEY_FILE_EXISTS') throw error;
      return loadKeyFile(file, this.passphrase);
    }
  }

  /** A P-256 key that must be there. */
  existingSigningKey(...path: string[]): Promise<KeyObject> {
    return loadKeyFile(this.file(path), this.passphrase);
  }

  /**
   * An Ed25519 key that signs notes under `name`; made when the file is not there yet.
   * @throws KeyFileError of a file that is there and cannot be used: it is never replaced
   */
  async noteSigner(name: string, type: KeyType, ...path: string[]): Promise<NoteSigner> {
    const file = this.file(path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    try {
      return await openNoteKey(file, name, type, this.passphrase);
    } catch (error) {
      if (!(error instanceof KeyFileError) || error.code !== 'KEY_MISSING') throw error;
      return createNoteKey(file, name, type, this.passphrase);
    }
  }

  /**
   * An Ed25519 key that must be there.
   * @throws KeyFileError
   */
  existingNoteSigner(name: string, type: KeyType, ...path: string[]): Promise<NoteSigner> {
    return openNoteKey(this.file(path), name, type, this.passphrase);
  }

  private file(path: readonly string[]): string {
    return `${join(this.folder, ...path)}.pem`;
  }
}
