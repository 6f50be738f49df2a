/** Requests to a witness, honest and not, about one log and its branches. */
import { formatAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { formatNote, signNoteText, type NoteSigner } from '#ledger/format/note.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { logSigner } from './logs.js';
import { leafOf, tilesOf } from './trees.js';

/** A log's signed checkpoint of `size` entries; `fork` changes the tree from that entry on. */
export async function checkpointOf(
  size: number,
  by: NoteSigner = logSigner,
  fork = Infinity,
): Promise<Uint8Array> {
  const { root } = tilesOf(size, (i) => leafOf(i >= fork ? i + 1_000_000 : i));
  const text = formatCheckpoint({ origin: by.name, size, root });
  return formatNote({ text, signatures: [await signNoteText(text, by)] });
}

export async function proofOf(old: number, size: number): Promise<Uint8Array[]> {
  const { tiles, root } = tilesOf(size);
  return new TileTree(size, root, tiles).proveConsistency(old);
}

/** An honest proof with the log's checkpoint, or with another one. */
export async function request(old: number, size: number, checkpoint?: Uint8Array): Promise<Uint8Array> {
  const hashes = old <= size ? await proofOf(old, size) : [];
  return formatAddCheckpoint({ old, hashes, checkpoint: checkpoint ?? (await checkpointOf(size)) });
}

/** An honest request of the branch that leaves the log at entry `fork`. */
export async function branchRequest(old: number, size: number, fork: number): Promise<Uint8Array> {
  const { tiles, root } = tilesOf(size, (i) => leafOf(i >= fork ? i + 1_000_000 : i));
  const hashes = await new TileTree(size, root, tiles).proveConsistency(old);
  return formatAddCheckpoint({ old, hashes, checkpoint: await checkpointOf(size, logSigner, fork) });
}
