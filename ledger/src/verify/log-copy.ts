/** Reading a log's new entries to its newest checkpoint: each checked, watched, and kept in a copy of one's own. */
import { equal } from '../format/bytes.js';
import type { Checkpoint } from '../format/checkpoint.js';
import type { Crypto } from '../format/crypto.js';
import { leafHash } from '../format/hash.js';
import { formatBundle, formatTilePath, TILE_WIDTH } from '../format/tile.js';
import { TreeEdge, type HashTile } from '../merkle/edge.js';
import { MerkleError } from '../merkle/errors.js';
import { TileTree, type TileReader } from '../merkle/tile-tree.js';
import { bundleCount, EntriesError, readBundle } from './entries.js';
import type { MonitorEvent } from './monitor-events.js';
import { EntryWatch, secondEvent, tagIn, type WatchState } from './watch.js';

/** A file of the copy: a path of tlog-tiles, and its bytes. */
export interface CopiedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A copy of a log up to some size, in files of tlog-tiles; files of a larger size may be there, and are replaced. */
export interface LogCopy extends TileReader {
  /** Replaces files; durable before it resolves. */
  writeTiles(files: readonly CopiedFile[]): Promise<void>;
}

/** One's own copy is not what one wrote. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

export interface CopyOptions {
  readonly origin: string;
  /** Where the new entries are read; the bytes are checked against `tree`. */
  readonly log: TileReader;
  /** The tree to copy; known to begin with `old`. */
  readonly tree: TileTree;
  readonly copy: LogCopy;
  /** The tree that the copy has; undefined for none. */
  readonly old: Checkpoint | undefined;
  /** What the watch remembers of the entries of `old`. */
  readonly from: WatchState | undefined;
  readonly onEvent: (event: MonitorEvent) => void;
  readonly crypto: Crypto;
  /** From how many files on they are written before the next entries are read; 64 without it. */
  readonly batch?: number;
}

const BATCH = 64;

/**
 * Copies the entries that `tree` has more than `old`. Answers the watch after the last one. EntriesError and MerkleError
 * say what is wrong with the log as it is served; CopyError, with the copy.
 */
export async function copyEntries(options: CopyOptions): Promise<EntryWatch> {
  const { log, tree, copy, old, crypto, batch = BATCH } = options;
  const size = old?.size ?? 0;
  const watch = new EntryWatch(options.origin, options.from, crypto);
  const edge = await edgeOf(copy, old, crypto);
  let files: CopiedFile[] = [];
  const keepTile = ({ tile, bytes }: HashTile): unknown => files.push({ path: formatTilePath(tile), bytes });
  for (let bundle = Math.floor(size / TILE_WIDTH); bundle < bundleCount(tree.size); bundle++) {
    const entries = await readBundle(log, tree, bundle, crypto);
    for (const entry of entries.slice(Math.max(0, size - bundle * TILE_WIDTH))) {
      watch.take(entry).forEach(options.onEvent);
      edge.append(leafHash(entry, crypto.sha256), keepTile);
    }
    const path = formatTilePath({ level: 'entries', index: bundle, width: entries.length });
    files.push({ path, bytes: formatBundle(entries) });
    if (files.length >= batch) {
      await copy.writeTiles(files);
      files = [];
    }
  }
  edge.partialTiles().forEach(keepTile);
  if (!equal(edge.root(), tree.root))
    throw new CopyError('with the new entries it does not lead to the signed root');
  await copy.writeTiles(files);
  await findSecondEvents(watch, options);
  return watch;
}

async function edgeOf(copy: LogCopy, old: Checkpoint | undefined, crypto: Crypto): Promise<TreeEdge> {
  if (old === undefined) return TreeEdge.empty(crypto.sha256);
  return ofCopy(() => new TileTree(old.size, old.root, copy, crypto.sha256).edge());
}

/** Looks for the new tags among the entries copied before: a tag is used once. */
async function findSecondEvents(
  watch: EntryWatch,
  { copy, old, onEvent, crypto }: CopyOptions,
): Promise<void> {
  if (old === undefined || watch.tags.size === 0) return;
  const tree = new TileTree(old.size, old.root, copy, crypto.sha256);
  for (let bundle = 0; bundle < bundleCount(old.size); bundle++) {
    const entries = await ofCopy(() => readBundle(copy, tree, bundle, crypto));
    for (const [offset, entry] of entries.entries()) {
      const tag = tagIn(entry);
      if (tag === undefined) continue;
      const second = watch.tags.get(tag);
      if (second === undefined) continue;
      onEvent(secondEvent(tag, bundle * TILE_WIDTH + offset, `entry ${String(second)}`));
    }
  }
}

/** Runs a step on the copy: what is damaged there is ours, and nothing against the log. */
async function ofCopy<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof MerkleError) throw new CopyError(error.message, { cause: error });
    if (error instanceof EntriesError) {
      throw new CopyError(`${error.where}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
