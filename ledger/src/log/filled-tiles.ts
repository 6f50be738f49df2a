/**
 * A served folder as a cache of the store: with several hosts the store is the source of tiles, and each host's folder may
 * lack what another host has written. A file that merely is missing is made again from the store, together with all
 * others that are; a file with other bytes stays an error.
 */
import { parseCheckpoint } from '../format/checkpoint.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { parseNote } from '../format/note.js';
import { parseTilePath, TILE_WIDTH, tileCount, type Tile } from '../format/tile.js';
import type { TreeEdge } from '../merkle/edge.js';
import { LogError } from './errors.js';
import type { TileFile, TileStore } from './ports.js';
import { rebuildTiles, type EntryStore, type Rebuilt } from './rebuild.js';

export class FilledTiles implements TileStore {
  private queue: Promise<unknown> = Promise.resolve();
  /** What the last filling completed: the next one begins there. */
  private complete: TreeEdge | undefined;

  constructor(
    private readonly tiles: TileStore,
    private readonly store: EntryStore,
    private readonly crypto: Crypto = nobleCrypto,
  ) {}

  /** The file; one that the committed or the published tree has and the folder lacks is made before. */
  async readTile(path: string): Promise<Uint8Array | undefined> {
    const there = await this.tiles.readTile(path);
    if (there !== undefined || !(await this.belongs(parseTilePath(path)))) return there;
    await this.fill();
    const made = await this.tiles.readTile(path);
    if (made !== undefined) return made;
    // It was there when the last filling went by: then that begins anew.
    this.complete = undefined;
    await this.fill();
    return this.tiles.readTile(path);
  }

  writeTiles(files: readonly TileFile[], next?: Uint8Array): Promise<void> {
    return this.tiles.writeTiles(files, next);
  }

  /** The checkpoint; an older one than the store says is public is replaced before. */
  async readCheckpoint(): Promise<Uint8Array | undefined> {
    const there = await this.tiles.readCheckpoint();
    const { published } = await this.store.readState();
    if (published === null || published.size <= sizeIn(there)) return there;
    await this.fill();
    await this.tiles.replaceCheckpoint(published.checkpoint);
    return this.tiles.readCheckpoint();
  }

  replaceCheckpoint(checkpoint: Uint8Array): Promise<void> {
    return this.tiles.replaceCheckpoint(checkpoint);
  }

  /**
   * Makes every file that is missing. A store whose entries do not lead to its root: LogError STATE_DAMAGED; a file with
   * other bytes: LogError TILE_CONFLICT.
   */
  fill(): Promise<Rebuilt> {
    const run = this.queue.then(async () => {
      const rebuilt = await rebuildTiles(this.store, this.tiles, this.crypto.sha256, this.complete);
      const [path] = rebuilt.differing;
      if (path !== undefined) {
        throw new LogError('TILE_CONFLICT', `${path} has other bytes than the store's entries make`);
      }
      this.complete = rebuilt.complete;
      return rebuilt;
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  /** Whether the committed tree, or the published one, has this file. */
  private async belongs({ level, index, width }: Tile): Promise<boolean> {
    const { size, published } = await this.store.readState();
    return [size, published?.size ?? 0].some((tree) => {
      const { full, width: partial } = tileCount(tree, level === 'entries' ? 0 : level);
      return index < full ? width === TILE_WIDTH : index === full && width === partial;
    });
  }
}

function sizeIn(checkpoint: Uint8Array | undefined): number {
  return checkpoint === undefined ? -1 : parseCheckpoint(parseNote(checkpoint).text).size;
}
