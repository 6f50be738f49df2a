/** Everything after the commit: sign the committed row, write its tiles, collect cosignatures, make it public. */
import { formatCheckpoint } from '../format/checkpoint.js';
import { nobleCrypto } from '../format/crypto.js';
import { parseLeaf } from '../format/leaf.js';
import type { LogKey } from '../format/log-keys.js';
import { formatNote, signNoteText } from '../format/note.js';
import { quorumHolds } from '../format/policy.js';
import { TileTree, type TileReader } from '../merkle/tile-tree.js';
import { collectCosignatures, type Cosigned, type Offer } from './cosign.js';
import { LogError } from './errors.js';
import { knownKeys, signersAt, type KeyBook } from './key-book.js';
import type { LogOptions } from './options.js';
import type { LogState, PublishedCheckpoint, TileFile } from './ports.js';

/** Where a log stands after an attempt to publish. */
export interface Publication {
  /** Entries committed, durable, and in tiles. */
  readonly size: number;
  /** The keys in that tree; undefined for a log that does not say. */
  readonly keys: readonly LogKey[] | undefined;
  /** The newest public checkpoint: smaller than `size` while witnesses are missing. */
  readonly published: PublishedCheckpoint | null;
  /** Whether the checkpoint of `size` has its quorum (true for a log without witnesses). */
  readonly quorum: boolean;
  /** Policy names of the witnesses that cosigned `size`, each with the time it states, in seconds since 1970. */
  readonly witnessed: ReadonlyMap<string, number>;
  /** Policy names of witnesses that did not cosign, and why. */
  readonly failures: ReadonlyMap<string, string>;
}

/** Hears of a committed state that is signed and whose tiles are written. */
export type OnDurable = (state: LogState) => Promise<void>;

/**
 * Publishes whatever the store has committed. Safe to repeat at any point of it: the row is read again, Ed25519 is
 * deterministic, tiles are written idempotently, and the published size only grows. Without a quorum the tiles are
 * written but the public checkpoint stays as it was, unless the host chose `failOpen`. Every key that is here and in
 * force signs, two while a key is being replaced. `seen` is what each witness cosigned last; `onDurable` hears of the
 * size that is signed and in tiles, before any witness is asked.
 */
export async function publish(
  options: LogOptions,
  keyBook: KeyBook,
  seen: Map<string, number>,
  onDurable: OnDurable,
): Promise<Publication> {
  const { store, tiles, signer, witnessing } = options;
  const state = await store.readState();
  await checkClock(options, state);
  const keys = await keyBook.at(state, store);
  const signers = signersAt(options, keys, state.size);
  const text = formatCheckpoint({ origin: signer.name, size: state.size, root: state.root });
  const signatures = await Promise.all(signers.map((key) => signNoteText(text, key)));
  const note = { text, checkpoint: formatNote({ text, signatures }) };
  await tiles.writeTiles(await store.readStage(), witnessing === undefined ? note.checkpoint : undefined);
  await onDurable(state);

  const cosigned = await cosign(options, state, { ...note, keys: knownKeys(options, keys) }, seen);
  const quorum = witnessing === undefined || quorumHolds(witnessing.policy, new Set(cosigned.times.keys()));
  const { times: witnessed, failures } = cosigned;
  const where = { size: state.size, keys };
  if (!quorum && witnessing.failOpen !== true) {
    return { ...where, published: state.published, quorum, witnessed, failures };
  }
  const checkpoint = formatNote({ text, signatures: [...signatures, ...cosigned.signatures] });
  const published = await makePublic(options, { size: state.size, checkpoint });
  return { ...where, published, quorum, witnessed, failures };
}

/** Nothing is signed, not even again, while the clock is behind the last entry of a chain: LogError CLOCK_BEHIND. */
async function checkClock({ kind, store, clock }: LogOptions, { size }: LogState): Promise<void> {
  if (kind === 'raw' || size === 0) return;
  const [last] = await store.readEntries(size - 1, size);
  if (last === undefined) {
    throw new LogError('STATE_DAMAGED', `entry ${String(size - 1)} is missing from the store`);
  }
  const { at } = parseLeaf(last);
  const now = new Date(clock()).toISOString();
  if (now >= at) return;
  throw new LogError('CLOCK_BEHIND', `the clock says ${now}, but the log's last entry is of ${at}`);
}

async function cosign(
  { signer, tiles, witnessing, crypto = nobleCrypto }: LogOptions,
  state: LogState,
  note: Pick<Offer, 'text' | 'checkpoint' | 'keys'>,
  seen: Map<string, number>,
): Promise<Cosigned> {
  if (witnessing === undefined) return { signatures: [], times: new Map(), failures: new Map() };
  const tree = new TileTree(state.size, state.root, tiles, crypto.sha256);
  return collectCosignatures(witnessing, { ...note, origin: signer.name, tree, crypto }, seen);
}

/** Swaps the published size upwards, then replaces the checkpoint by what the store now says is public. */
async function makePublic(
  { store, tiles }: LogOptions,
  next: PublishedCheckpoint,
): Promise<PublishedCheckpoint> {
  const won = await store.swapPublished(next);
  // Another process may have published a larger tree in the meantime; the checkpoint file must not fall behind it.
  const published = won ? next : ((await store.readState()).published ?? next);
  await tiles.replaceCheckpoint(published.checkpoint);
  await store.dropStage(next.size);
  return published;
}

/** Tiles as they will be once the stage has been written out: proofs need not wait for files. */
export function stagedReader(stage: readonly TileFile[], tiles: TileReader): TileReader {
  const staged = new Map(stage.map(({ path, bytes }) => [path, bytes]));
  return {
    readTile: (path) => (staged.has(path) ? Promise.resolve(staged.get(path)) : tiles.readTile(path)),
  };
}
