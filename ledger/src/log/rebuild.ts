/**
 * The files of a log from its store: what a folder lacks is written, what it has is compared, and nothing is ever
 * overwritten. The entries are read twice, first to see that they lead to the committed root, so that a damaged store
 * writes no file; memory does not grow with the log.
 */
import { equal } from '../format/bytes.js';
import { parseCheckpoint } from '../format/checkpoint.js';
import type { Sha256 } from '../format/crypto.js';
import { leafHash } from '../format/hash.js';
import { parseNote } from '../format/note.js';
import { formatBundle, formatTilePath, TILE_WIDTH } from '../format/tile.js';
import { TreeEdge, type HashTile } from '../merkle/edge.js';
import { LogError } from './errors.js';
import type { LogState, LogStore, PublishedCheckpoint, TileFile, TileStore } from './ports.js';

/** The part of a store that a rebuild reads. */
export type EntryStore = Pick<LogStore, 'readState' | 'readEntries'>;

export interface Rebuilt {
  /** Entries in the committed tree. */
  readonly size: number;
  /** Files that were missing. */
  readonly written: number;
  /** Files that were there as they have to be. */
  readonly kept: number;
  /** Paths of files with other bytes, which stay as they are. */
  readonly differing: readonly string[];
  /** The tree up to its last full tile: where the next rebuild may go on. */
  readonly complete: TreeEdge;
}

/** Bundles that are read, and whose files are written, at once. */
const BUNDLES_AT_ONCE = 16;

/**
 * Compares and completes the files of the committed tree: all full ones, and the partial ones of the committed and of the
 * published size. `from`: the tree that an earlier rebuild completed. Entries that do not lead to the committed or to
 * the published root: LogError STATE_DAMAGED, and nothing is written.
 */
export async function rebuildTiles(
  store: EntryStore,
  tiles: TileStore,
  sha256: Sha256,
  from: TreeEdge = TreeEdge.empty(sha256),
): Promise<Rebuilt> {
  const state = await store.readState();
  const start = from.size <= state.size ? from : TreeEdge.empty(sha256);
  const walk = new Walk(store, state, sha256);
  await walk.run(start);
  const files = new Files(tiles);
  const complete = await walk.run(start, (part) => files.take(part));
  const { written, kept, differing } = files;
  return { size: state.size, written, kept, differing, complete };
}

/** Reads the entries in order, some bundles at a time, and tells of every file that they make. */
class Walk {
  constructor(
    private readonly store: EntryStore,
    private readonly state: LogState,
    private readonly sha256: Sha256,
  ) {}

  /** Answers the tree up to its last full tile. */
  async run(start: TreeEdge, onFiles?: (files: readonly TileFile[]) => Promise<void>): Promise<TreeEdge> {
    const { size } = this.state;
    const edge = this.copy(start);
    let complete = start;
    while (edge.size < size) {
      const end = Math.min(size, edge.size + BUNDLES_AT_ONCE * TILE_WIDTH);
      const entries = await this.read(edge.size, end);
      const files: TileFile[] = [];
      for (let i = 0; i < entries.length; i += TILE_WIDTH) {
        files.push(...this.bundle(edge, entries.slice(i, i + TILE_WIDTH)));
        if (edge.size % TILE_WIDTH === 0) complete = this.copy(edge);
      }
      await onFiles?.(files);
    }
    if (!equal(edge.root(), this.state.root)) throw this.damaged(size, 'committed');
    return complete;
  }

  /** Appends the entries of one bundle (the last may be partial), and answers the files they make. */
  private bundle(edge: TreeEdge, entries: readonly Uint8Array[]): TileFile[] {
    const index = edge.size / TILE_WIDTH;
    const files: TileFile[] = [];
    const { size, published } = this.state;
    entries.forEach((entry, i) => {
      edge.append(leafHash(entry, this.sha256), (tile) => files.push(fileOf(tile)));
      if (edge.size === published?.size) this.checkPublished(edge, published);
      if (edge.size === published?.size || edge.size === size) {
        files.push(...edge.partialTiles().map(fileOf));
        if (i + 1 < TILE_WIDTH) files.push(bundleFile(index, entries.slice(0, i + 1)));
      }
    });
    if (entries.length === TILE_WIDTH) files.push(bundleFile(index, entries));
    return files;
  }

  private checkPublished(edge: TreeEdge, { checkpoint }: PublishedCheckpoint): void {
    const { root } = parseCheckpoint(parseNote(checkpoint).text);
    if (!equal(edge.root(), root)) throw this.damaged(edge.size, 'published');
  }

  private async read(start: number, end: number): Promise<readonly Uint8Array[]> {
    const entries = await this.store.readEntries(start, end);
    if (entries.length === end - start) return entries;
    throw new LogError(
      'STATE_DAMAGED',
      `of the entries ${String(start)} to ${String(end - 1)} the store has ${String(entries.length)}`,
    );
  }

  private copy(edge: TreeEdge): TreeEdge {
    return TreeEdge.parse(edge.size, edge.format(), this.sha256);
  }

  private damaged(size: number, which: string): LogError {
    return new LogError(
      'STATE_DAMAGED',
      `the first ${String(size)} entries in the store do not lead to the ${which} root`,
    );
  }
}

/** Compares files with what is there, and writes the missing ones. */
class Files {
  written = 0;
  kept = 0;
  readonly differing: string[] = [];

  constructor(private readonly tiles: TileStore) {}

  async take(files: readonly TileFile[]): Promise<void> {
    // A higher level's partial tile may be the same in the published tree and in the committed one.
    const missing = new Map<string, TileFile>();
    for (const file of files) {
      const there = await this.tiles.readTile(file.path);
      if (there === undefined) missing.set(file.path, file);
      else if (equal(there, file.bytes)) this.kept++;
      else this.differing.push(file.path);
    }
    if (missing.size > 0) await this.tiles.writeTiles([...missing.values()]);
    this.written += missing.size;
  }
}

function fileOf({ tile, bytes }: HashTile): TileFile {
  return { path: formatTilePath(tile), bytes };
}

function bundleFile(index: number, entries: readonly Uint8Array[]): TileFile {
  const tile = { level: 'entries', index, width: entries.length } as const;
  return { path: formatTilePath(tile), bytes: formatBundle(entries) };
}
