/**
 * Before a log writes anything: is the store the newest and only history of this log? A snapshot of the machine rolls
 * database and tiles back together; only witnesses that are elsewhere catch that.
 */
import { equal } from '../format/bytes.js';
import { parseCheckpoint, type Checkpoint } from '../format/checkpoint.js';
import { nobleCrypto } from '../format/crypto.js';
import { leafHash } from '../format/hash.js';
import { parseLeaf } from '../format/leaf.js';
import { checkNoteSignature, parseNote } from '../format/note.js';
import { quorumHolds } from '../format/policy.js';
import { hashAt, TILE_WIDTH } from '../format/tile.js';
import type { TreeEdge } from '../merkle/edge.js';
import { MerkleError } from '../merkle/errors.js';
import { TileTree } from '../merkle/tile-tree.js';
import { edgeOf } from './batch.js';
import { askHeads, type WitnessedLog } from './cosign.js';
import { LogError } from './errors.js';
import { KeyBook, knownKeys, signersAt } from './key-book.js';
import type { LogOptions } from './options.js';
import type { LogState } from './ports.js';

/**
 * Refuses, with a LogError, to open a log whose store is damaged, of another kind, behind its published checkpoint or
 * behind its witnesses, or in contradiction to either. Replays the stage. The host may serve the files of a refused log
 * read-only.
 */
export async function recover(options: LogOptions): Promise<void> {
  const { store, tiles, crypto = nobleCrypto } = options;
  const state = await store.readState();
  await checkTail(options, edgeOf(state, crypto.sha256));
  await checkKind(options, state);
  const keys = await new KeyBook(options).at(state, store);
  signersAt(options, keys, state.size);

  const log = { origin: options.signer.name, keys: knownKeys(options, keys), crypto };
  const file = await tiles.readCheckpoint();
  const published = [file, state.published?.checkpoint].flatMap((bytes) =>
    bytes === undefined ? [] : [ownCheckpoint(bytes, log)],
  );
  for (const checkpoint of published) checkNotAhead(checkpoint, state);
  await tiles.writeTiles(await store.readStage());
  const tree = new TileTree(state.size, state.root, tiles, crypto.sha256);
  await readingTiles(async () => {
    await tree.edge();
    for (const { size, root } of published) {
      if (!equal(await tree.rootAt(size), root)) throw forked(size);
    }
    await checkWitnesses(options, log, tree);
  });
}

/** Tiles that are missing or do not lead to the root: LogError TILES_DAMAGED. */
async function readingTiles(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof MerkleError)) throw error;
    throw new LogError('TILES_DAMAGED', error.message, { cause: error });
  }
}

/** The entries after the last full bundle are those that the committed edge was made of. */
async function checkTail({ store, crypto = nobleCrypto }: LogOptions, edge: TreeEdge): Promise<void> {
  const start = edge.size - (edge.size % TILE_WIDTH);
  const [partial] = edge.partialTiles();
  if (partial?.tile.level !== 0) return;
  const entries = await store.readEntries(start, edge.size);
  for (let i = 0; i < partial.tile.width; i++) {
    const entry = entries[i];
    if (entry !== undefined && equal(leafHash(entry, crypto.sha256), hashAt(partial.bytes, i))) continue;
    throw new LogError(
      'STATE_DAMAGED',
      `entry ${String(start + i)} in the store is ${entry === undefined ? 'missing' : 'not the one that was committed'}`,
    );
  }
}

/** A school's log begins with its log.opened. A log of raw entries may hold anything but that. */
async function checkKind({ store, signer, kind }: LogOptions, state: LogState): Promise<void> {
  if (state.size === 0) return;
  const [first] = await store.readEntries(0, 1);
  if (first === undefined) throw new LogError('STATE_DAMAGED', 'entry 0 is missing from the store');
  const isSchools = openedOrigin(first) === signer.name;
  if (isSchools && kind === 'raw') {
    throw new LogError(
      'WRONG_LOG',
      `the store holds the school's log ${signer.name}: it takes no raw entries`,
    );
  }
  if (!isSchools && kind === 'chain') {
    throw new LogError('WRONG_LOG', `the store does not hold the school's log ${signer.name}`);
  }
}

/** The origin in a log.opened entry; undefined for any other bytes. */
function openedOrigin(entry: Uint8Array): string | undefined {
  try {
    const leaf = parseLeaf(entry);
    if (leaf.type === 'log.opened') return leaf.body.origin;
  } catch {
    // no leaf
  }
  return undefined;
}

/** A checkpoint that one of this log's keys signed, and none badly; any other: LogError WRONG_LOG. */
function ownCheckpoint(bytes: Uint8Array, { origin, keys, crypto }: WitnessedLog): Checkpoint {
  const { text, signatures } = parseNote(bytes);
  const checkpoint = parseCheckpoint(text);
  const good = signatures.flatMap((signature) => {
    const key = keys.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    return key === undefined ? [] : [checkNoteSignature(text, signature, key, crypto)];
  });
  if (checkpoint.origin !== origin || good.length === 0 || good.includes(false)) {
    throw new LogError(
      'WRONG_LOG',
      `the checkpoint of ${checkpoint.origin} is not signed by a key of this log`,
    );
  }
  return checkpoint;
}

function checkNotAhead(published: Checkpoint, state: LogState): void {
  if (published.size > state.size) {
    throw new LogError(
      'PUBLISHED_AHEAD',
      `${String(published.size)} entries are published and the store has ${String(state.size)}: an old backup?`,
    );
  }
  if (published.size === state.size && !equal(published.root, state.root)) throw forked(published.size);
}

async function checkWitnesses({ witnessing }: LogOptions, log: WitnessedLog, tree: TileTree): Promise<void> {
  if (witnessing === undefined) return;
  const answered = await askHeads(witnessing.witnesses, log, tree);
  if (!quorumHolds(witnessing.policy, answered) && witnessing.failOpen !== true) {
    throw new LogError(
      'WITNESSES_UNREACHABLE',
      'too few witnesses could be asked for the newest checkpoint they saw',
    );
  }
}

function forked(size: number): LogError {
  return new LogError(
    'FORKED',
    `the published checkpoint of ${String(size)} entries has another root than the store`,
  );
}
