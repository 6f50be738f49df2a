/** A folder of tiles and a checkpoint, served as it is: the layout of C2SP tlog-tiles. */
import { join } from 'node:path';
import { equal } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { parseTilePath } from '#ledger/format/tile.js';
import { LogError } from '#ledger/log/errors.js';
import type { TileFile, TileStore } from '#ledger/log/ports.js';
import { DurableFiles, isThere, readIfThere } from './durable-files.js';

const CHECKPOINT = 'checkpoint';

export class FolderTileStore implements TileStore {
  /** What the folder's own log keeps beside its tiles is written with them. */
  readonly files: DurableFiles;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(readonly folder: string) {
    this.files = new DurableFiles(folder);
  }

  async readTile(path: string): Promise<Uint8Array | undefined> {
    parseTilePath(path);
    return readIfThere(join(this.folder, path));
  }

  async writeTiles(files: readonly TileFile[], next?: Uint8Array): Promise<void> {
    const missing: TileFile[] = [];
    for (const file of files) {
      parseTilePath(file.path);
      const there = isThere(join(this.folder, file.path)) ? await this.readTile(file.path) : undefined;
      if (there === undefined) missing.push(file);
      else if (equal(there, file.bytes)) await this.files.sync(file.path);
      else
        throw new LogError(
          'TILE_CONFLICT',
          `${file.path} in ${this.folder} has other bytes than the log's store`,
        );
    }
    const soon = next === undefined ? [] : [{ path: CHECKPOINT, bytes: next }];
    if (missing.length > 0) await this.files.write(missing, { soon });
  }

  readCheckpoint(): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.folder, CHECKPOINT));
  }

  replaceCheckpoint(checkpoint: Uint8Array): Promise<void> {
    const run = this.queue.then(async () => {
      const there = await this.readCheckpoint();
      if (there !== undefined && sizeIn(there) > sizeIn(checkpoint)) return;
      await this.files.write([{ path: CHECKPOINT, bytes: checkpoint }]);
    });
    this.queue = run.catch(() => undefined);
    return run;
  }
}

function sizeIn(checkpoint: Uint8Array): number {
  return parseCheckpoint(parseNote(checkpoint).text).size;
}
