/**
 * The directory log of a province: it anchors the schools' checkpoints and holds the hash of every trust bundle. Whoever
 * reads it to its end can tell a school's log that shows different trees to different people, and a bundle that was
 * signed but never shown.
 */
import { equal, fromBase64 } from '../format/bytes.js';
import type { Checkpoint } from '../format/checkpoint.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { leafHash } from '../format/hash.js';
import { parseLeaf, type Leaf } from '../format/leaf.js';
import { TILE_WIDTH } from '../format/tile.js';
import type { TrustBundle } from '../format/trust.js';
import { TreeEdge } from '../merkle/edge.js';
import { TileTree, type TileReader } from '../merkle/tile-tree.js';
import { ChainCheck } from './chain.js';
import { checkCheckpoint, type CheckedCheckpoint } from './checkpoint.js';
import { EntriesError, readStoredBundle } from './entries.js';
import { step, VerifyError } from './errors.js';
import type { LogReader } from './fsck.js';
import { policyFor } from './trust.js';

/** A school's checkpoint as an entry of the directory states it. */
export interface Anchor extends Checkpoint {
  /** Of the directory's entry. */
  readonly index: number;
  /** By the directory's clock: ISO-8601 UTC. */
  readonly at: string;
}

/** A trust bundle as an entry of the directory states it. */
export interface LoggedBundle {
  readonly serial: number;
  /** SHA-256 of the signed note. */
  readonly digest: Uint8Array;
  readonly index: number;
  readonly at: string;
}

/** What a directory log says, entry by entry. Entries of other types are nothing to it. */
export class Directory {
  readonly bundles: LoggedBundle[] = [];
  private readonly byOrigin = new Map<string, Anchor[]>();

  /** Takes the next entry. */
  take(leaf: Leaf): void {
    const { seq: index, at } = leaf;
    if (leaf.type === 'trust.published') {
      this.bundles.push({ serial: leaf.body.serial, digest: fromBase64(leaf.body.bundle), index, at });
    } else if (leaf.type === 'checkpoint.anchored') {
      const { origin, size, root } = leaf.body;
      const anchors = this.byOrigin.get(origin) ?? [];
      anchors.push({ origin, size, root: fromBase64(root), index, at });
      this.byOrigin.set(origin, anchors);
    }
  }

  /** The logs that are anchored. */
  get origins(): readonly string[] {
    return [...this.byOrigin.keys()];
  }

  /** A log's anchors, oldest first. */
  anchorsOf(origin: string): readonly Anchor[] {
    return this.byOrigin.get(origin) ?? [];
  }
}

/**
 * Reads a directory log to its end: its checkpoint under the bundle's policy, every entry up to its root, the chain.
 * Bundle without a directory: VerifyError UNKNOWN_LOG; a checkpoint that does not hold: as `checkCheckpoint`; entries
 * that are missing or do not lead to the root: NOT_INCLUDED; a reader that fails: its own error.
 */
export async function readDirectory(
  log: LogReader,
  bundle: TrustBundle,
  crypto: Crypto = nobleCrypto,
): Promise<{ readonly checkpoint: CheckedCheckpoint; readonly directory: Directory }> {
  const checkpoint = await readCheckpoint(log, bundle, crypto);
  const directory = new Directory();
  const chain = new ChainCheck(checkpoint.origin, crypto.sha256);
  const edge = TreeEdge.empty(crypto.sha256);
  for (let start = 0; start < checkpoint.size; start += TILE_WIDTH) {
    for (const entry of await readEntries(log, start, checkpoint.size)) {
      const [problem] = chain.check(entry);
      if (problem !== undefined) throw broken(`entry ${String(edge.size)} ${problem}`);
      edge.append(leafHash(entry, crypto.sha256), () => undefined);
      directory.take(step('NOT_INCLUDED', () => parseLeaf(entry)));
    }
  }
  if (!equal(edge.root(), checkpoint.root)) throw broken('the entries do not lead to the signed root');
  return { checkpoint, directory };
}

/**
 * Refuses a school's checkpoint (authentic already) that contradicts an anchor: another root under the same size. The
 * two signatures, of the school's log and of the directory, together prove a fork: VerifyError NOT_CONSISTENT.
 */
export function checkAnchored(anchors: readonly Anchor[], checkpoint: Checkpoint): void {
  const { origin, size, root } = checkpoint;
  const other = anchors.find((anchor) => anchor.origin === origin && anchor.size === size);
  if (other === undefined || equal(other.root, root)) return;
  throw new VerifyError(
    'NOT_CONSISTENT',
    `log ${origin} shows another tree of ${String(size)} entries than entry ${String(other.index)} of the directory anchors`,
  );
}

/**
 * Refuses a school's log whose tree does not begin with every tree that was anchored: NOT_CONSISTENT, as above. Anchors
 * of more entries than the checkpoint has say nothing about it. Tiles that do not belong to the checkpoint: MerkleError.
 */
export async function checkAnchors(
  anchors: readonly Anchor[],
  checkpoint: Checkpoint,
  tiles: TileReader,
  crypto: Crypto = nobleCrypto,
): Promise<void> {
  const { origin } = checkpoint;
  const tree = new TileTree(checkpoint.size, checkpoint.root, tiles, crypto.sha256);
  for (const anchor of anchors) {
    if (anchor.origin !== origin || anchor.size > checkpoint.size) continue;
    checkAnchored([anchor], { origin, size: anchor.size, root: await tree.rootAt(anchor.size) });
  }
}

/**
 * The entry that logs the signed trust bundle in `note`. VerifyError TRUST_NOT_LOGGED: it was shown to somebody without
 * being shown to all.
 */
export function checkLogged(
  directory: Directory,
  note: Uint8Array,
  serial: number,
  crypto: Crypto = nobleCrypto,
): LoggedBundle {
  const digest = crypto.sha256(note);
  const logged = directory.bundles.find((each) => each.serial === serial && equal(each.digest, digest));
  if (logged !== undefined) return logged;
  throw new VerifyError(
    'TRUST_NOT_LOGGED',
    directory.bundles.some((each) => each.serial === serial)
      ? `the directory log holds another trust bundle of serial ${String(serial)}`
      : `the directory log does not hold trust bundle ${String(serial)}`,
  );
}

async function readCheckpoint(
  log: LogReader,
  bundle: TrustBundle,
  crypto: Crypto,
): Promise<CheckedCheckpoint> {
  const origin = bundle.directory?.name;
  if (origin === undefined)
    throw new VerifyError('UNKNOWN_LOG', `trust bundle ${String(bundle.serial)} names no directory log`);
  const note = await log.readCheckpoint();
  if (note === undefined) throw broken('there is no checkpoint');
  // The directory has one key, whatever its size.
  return checkCheckpoint(note, policyFor(bundle, origin, 0), crypto);
}

/** The entries from `start`, the first of a bundle, to the end of that bundle or of the log. */
async function readEntries(log: TileReader, start: number, size: number): Promise<readonly Uint8Array[]> {
  const index = start / TILE_WIDTH;
  const width = Math.min(TILE_WIDTH, size - start);
  try {
    return (await readStoredBundle(log, index, width)).entries;
  } catch (error) {
    if (error instanceof EntriesError) throw broken(`${error.where}: ${error.message}`);
    throw error;
  }
}

function broken(detail: string): VerifyError {
  return new VerifyError('NOT_INCLUDED', `the directory log does not hold together: ${detail}`);
}
