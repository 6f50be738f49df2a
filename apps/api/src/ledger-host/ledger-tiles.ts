/** The folders that the schools' logs are served from: caches of the database, filled where they lack something. */
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { FilledTiles } from '#ledger/log/filled-tiles.js';
import type { TileStore } from '#ledger/log/ports.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { Database } from '../database/database.js';
import { InstallationSettings } from '../installation.module.js';
import { entryStore } from './database-log-store.js';

@Injectable()
export class LedgerTiles {
  private readonly opened = new Map<string, TileStore>();

  constructor(
    private readonly database: Database,
    private readonly settings: InstallationSettings,
  ) {}

  /** The files of a school's log. What merely is missing is made from the database; other bytes stay an error. */
  of({ id, slug }: { readonly id: string; readonly slug: string }): TileStore {
    let tiles = this.opened.get(id);
    if (tiles === undefined) {
      const folder = new FolderTileStore(join(this.settings.config.dataDir, 'ledger', slug));
      tiles = new FilledTiles(
        folder,
        entryStore(() => this.database.read, id),
        nodeCrypto,
      );
      this.opened.set(id, tiles);
    }
    return tiles;
  }
}
