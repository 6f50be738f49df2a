/** What has to be true of a school's log after any fault: each entry once, where it was said to be, in one history. */
import { toBase64 } from '#ledger/format/bytes.js';
import { parseLeaf, type LeafDraft } from '#ledger/format/leaf.js';
import type { LogStore, PendingEntry } from '#ledger/log/ports.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { fsck } from '#ledger/verify/fsck.js';
import type { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner, ORIGIN } from '../../ledger/test/logs.js';

export interface Case {
  /** A store that everything given has been sequenced in by now. */
  readonly store: LogStore;
  readonly tiles: FolderTileStore;
  /** Entries of the log before the fault. */
  readonly before: number;
  /** What has to be there besides. */
  readonly given: readonly PendingEntry[];
  /** What was acknowledged: id and index. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Texts in which signed checkpoints may be that were ever let out. */
  readonly signed: Iterable<string>;
}

/** What is wrong, in words; empty when nothing is. */
export async function judge({ store, tiles, before, given, acknowledged, signed }: Case): Promise<string[]> {
  const problems: string[] = [];
  const onFinding = (finding: unknown) => problems.push(`fsck: ${JSON.stringify(finding)}`);
  await fsck(tiles, logSigner, { crypto: nodeCrypto, onFinding });
  const places = await placesIn(store);
  const { size, root, published } = await store.readState();
  if (published?.size !== size || size !== before + given.length)
    problems.push(`${String(size)} entries, of which ${String(published?.size)} are public`);
  for (const entry of given) {
    const seqs = places.get(tagOf(entry)) ?? [];
    if (seqs.length !== 1) problems.push(`${entry.id} is there ${String(seqs.length)} times`);
  }
  for (const [id, seq] of acknowledged) {
    const entry = given.find((one) => one.id === id);
    if (entry === undefined || places.get(tagOf(entry))?.[0] !== seq)
      problems.push(`${id}, acknowledged at ${String(seq)}, is not there`);
  }
  const tree = new TileTree(size, root, tiles, nodeCrypto.sha256);
  for (const text of new Set(signed)) problems.push(...(await forksIn(text, tree)));
  return problems;
}

/** Where each document event of a log is, by its tag. */
export async function placesIn(store: LogStore): Promise<Map<string, number[]>> {
  const { size } = await store.readState();
  const places = new Map<string, number[]>();
  for (const [seq, entry] of (await store.readEntries(0, size)).entries()) {
    const leaf = parseLeaf(entry);
    if (leaf.type !== 'document.event') continue;
    places.set(leaf.body.tag, [...(places.get(leaf.body.tag) ?? []), seq]);
  }
  return places;
}

/** The tag of a document event that waits. */
export function tagOf(entry: PendingEntry): string {
  const draft = (entry as { draft: LeafDraft }).draft;
  return (draft.body as { tag: string }).tag;
}

/** Signed checkpoints in a text (a checkpoint, a request to a witness) that are not of this tree. */
async function forksIn(text: string, tree: TileTree): Promise<string[]> {
  const forks: string[] = [];
  for (const [, size = '', root = ''] of text.matchAll(
    new RegExp(`${ORIGIN}\n(\\d+)\n([\\w+/]{43}=)\n`, 'g'),
  )) {
    if (Number(size) > tree.size || toBase64(await tree.rootAt(Number(size))) !== root)
      forks.push(`a checkpoint of ${size} entries with root ${root} was signed: a fork`);
  }
  return forks;
}
