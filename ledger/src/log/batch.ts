/** Planning a batch, without writing anything: which bytes each pending entry becomes, and what the tree is then. */
import { equal, toBase64 } from '../format/bytes.js';
import type { Sha256 } from '../format/crypto.js';
import { FormatError } from '../format/errors.js';
import { leafHash } from '../format/hash.js';
import { formatLeaf, genesis, parseLeaf, schoolOfOrigin, type LeafDraft } from '../format/leaf.js';
import { checkEntry, formatBundle, formatTilePath, TILE_WIDTH } from '../format/tile.js';
import { TreeEdge } from '../merkle/edge.js';
import { LogError } from './errors.js';
import type { LogState, PendingEntry, SequencedEntry, TileFile } from './ports.js';

/** A school's log chains its entries; a log of raw entries takes bytes as they come. */
export type LogKind = 'chain' | 'raw';

export interface BatchInput {
  readonly kind: LogKind;
  readonly origin: string;
  readonly state: LogState;
  /** The entries from `tailStart(size)` on. */
  readonly tail: readonly Uint8Array[];
  /** In the order in which they get their indexes. */
  readonly pending: readonly PendingEntry[];
  /** Milliseconds since 1970: the `at` of every entry of the batch. */
  readonly now: number;
}

export interface Batch {
  readonly entries: readonly SequencedEntry[];
  readonly next: Pick<LogState, 'size' | 'root' | 'edge'>;
  readonly files: readonly TileFile[];
}

/** The first entry a batch has to know: the beginning of the last bundle, or the last entry when bundles are full. */
export function tailStart(size: number): number {
  return size % TILE_WIDTH === 0 ? Math.max(0, size - 1) : size - (size % TILE_WIDTH);
}

/** The edge in a committed row; an edge that does not lead to the row's root: LogError STATE_DAMAGED. */
export function edgeOf(state: LogState, sha256: Sha256): TreeEdge {
  let edge: TreeEdge;
  try {
    edge = TreeEdge.parse(state.size, state.edge, sha256);
  } catch (error) {
    throw damaged(state, { cause: error });
  }
  if (!equal(edge.root(), state.root)) throw damaged(state);
  return edge;
}

function damaged({ size }: LogState, options?: ErrorOptions): LogError {
  const message = `the stored right edge does not lead to the root of ${String(size)} entries`;
  return new LogError('STATE_DAMAGED', message, options);
}

/** What to insert, stage and swap to. An entry that cannot be written: FormatError; a clock behind: LogError. */
export function planBatch(input: BatchInput, sha256: Sha256): Batch {
  const { state, pending } = input;
  const edge = edgeOf(state, sha256);
  const before = new Set(edge.partialTiles().map(({ tile }) => formatTilePath(tile)));
  const files: TileFile[] = [];
  const bytesOf = input.kind === 'chain' ? chainWriter(input, sha256) : rawEntry;
  const entries = pending.map((waiting, i): SequencedEntry => {
    const seq = state.size + i;
    const entry = bytesOf(waiting, seq);
    const hash = leafHash(entry, sha256);
    edge.append(hash, ({ tile, bytes }) => files.push({ path: formatTilePath(tile), bytes }));
    return { id: waiting.id, seq, entry, leafHash: hash };
  });
  const partial = edge.partialTiles().map(({ tile, bytes }) => ({ path: formatTilePath(tile), bytes }));
  return {
    entries,
    next: { size: edge.size, root: edge.root(), edge: edge.format() },
    files: [
      ...bundles(input, entries),
      ...files,
      // A higher level's partial tile that did not grow is written already.
      ...partial.filter(({ path }) => !before.has(path)),
    ],
  };
}

/** The bundles that the new entries complete or begin. */
function bundles({ state, tail }: BatchInput, entries: readonly SequencedEntry[]): TileFile[] {
  const open = state.size % TILE_WIDTH;
  const all = [...(open === 0 ? [] : tail), ...entries.map(({ entry }) => entry)];
  const first = (state.size - open) / TILE_WIDTH;
  const files: TileFile[] = [];
  for (let start = 0; start < all.length; start += TILE_WIDTH) {
    const part = all.slice(start, start + TILE_WIDTH);
    const tile = { level: 'entries', index: first + start / TILE_WIDTH, width: part.length } as const;
    files.push({ path: formatTilePath(tile), bytes: formatBundle(part) });
  }
  return files;
}

function rawEntry(pending: PendingEntry): Uint8Array {
  if (pending.kind !== 'raw') throw new FormatError('BAD_FIELD', 'a log of raw entries takes no leaf');
  return checkEntry(pending.entry);
}

/** Fills in seq, prev, at and school, one entry after the other. */
function chainWriter(
  { origin, tail, state, now }: BatchInput,
  sha256: Sha256,
): (pending: PendingEntry, seq: number) => Uint8Array {
  const last = tail.at(-1);
  if ((last === undefined) !== (state.size === 0)) {
    throw new LogError('STATE_DAMAGED', `entry ${String(state.size - 1)} is missing from the store`);
  }
  const school = schoolOfOrigin(origin);
  const at = new Date(now).toISOString();
  if (last !== undefined && at < parseLeaf(last).at) {
    throw new LogError(
      'CLOCK_BEHIND',
      `the clock says ${at}, but the log's last entry is of ${parseLeaf(last).at}`,
    );
  }
  let prev = last === undefined ? genesis(origin) : leafHash(last, sha256);
  return (pending, seq) => {
    const entry = formatLeaf(draftOf(pending), { seq, prev: toBase64(prev), at, school });
    prev = leafHash(entry, sha256);
    return entry;
  };
}

function draftOf(pending: PendingEntry): LeafDraft {
  if (pending.kind !== 'leaf') throw new FormatError('BAD_FIELD', "a school's log takes no raw entry");
  return pending.draft;
}
