/** The name and key of the province's directory log in this installation. */
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { ED25519, type NoteSigner } from '#ledger/format/note.js';
import { Database } from '../database/database.js';
import { InstallationSettings } from '../installation.module.js';
import { School } from '../school/school.entities.js';
import { KeyStore } from './key-store.js';

/** Where the directory log is served, beside the schools': no school may have this slug. */
export const DIRECTORY_SLUG = 'directory';
/** Slugs that are addresses of something else under /ledger. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([DIRECTORY_SLUG, 'trust']);

@Injectable()
export class DirectoryKey {
  private opened: Promise<NoteSigner> | undefined;

  constructor(
    private readonly database: Database,
    private readonly settings: InstallationSettings,
    private readonly keys: KeyStore,
  ) {}

  /** The folder that the log is kept in and served from. */
  get folder(): string {
    return join(this.settings.config.dataDir, DIRECTORY_SLUG);
  }

  /** The log's key, made when it is not there yet; undefined before the first school, whose domain it shares. */
  async signer(): Promise<NoteSigner | undefined> {
    if (this.opened === undefined) {
      const [school] = await this.database.read.find(School, { order: { origin: 'ASC' }, take: 1 });
      if (school === undefined) return undefined;
      const [domain = ''] = school.origin.split('/');
      this.opened = this.keys.noteSigner(
        `${domain}/${DIRECTORY_SLUG}`,
        ED25519,
        'keys',
        DIRECTORY_SLUG,
        'log',
      );
      this.opened.catch(() => (this.opened = undefined));
    }
    return this.opened;
  }
}
