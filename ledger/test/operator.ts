/** A log's operator who can do whatever its key allows: fork, forge entries, serve other bytes than it signed. */
import { toBase64 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { cosignNoteText } from '#ledger/format/cosignature.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatLeaf, genesis, type LeafDraft, type LeafPlace } from '#ledger/format/leaf.js';
import { formatNote, formatVkey, signNoteText, type NoteSigner } from '#ledger/format/note.js';
import { formatProof } from '#ledger/format/proof.js';
import { formatBundle, formatTilePath, TILE_WIDTH } from '#ledger/format/tile.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import type { LogReader } from '#ledger/verify/fsck.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { documentEvent, logSigner, ORIGIN, START } from './logs.js';

const { sha256 } = nodeCrypto;

export class Operator implements LogReader {
  /** What it serves: paths of tlog-tiles. */
  readonly files = new Map<string, Uint8Array>();
  checkpoint: Uint8Array | undefined;

  constructor(
    readonly signers: readonly NoteSigner[] = [logSigner],
    private readonly entries: Uint8Array[] = [],
  ) {}

  /** A log that was opened, with so many document events. */
  static opened(events: number): Operator {
    const operator = new Operator();
    operator.add({ type: 'log.opened', body: { origin: ORIGIN, vkey: formatVkey(logSigner) } });
    for (let i = 0; i < events; i++) operator.addEvent(i);
    return operator;
  }

  get size(): number {
    return this.entries.length;
  }

  /** Another operator with the same keys and the same first entries. */
  copy(entries = this.size): Operator {
    return new Operator(this.signers, this.entries.slice(0, entries));
  }

  /** The next entry, with the place that belongs to it unless `place` says otherwise. */
  add(draft: LeafDraft, place: Partial<LeafPlace> = {}): this {
    const before = this.entries.at(-1);
    const prev = toBase64(before === undefined ? genesis(ORIGIN) : leafHash(before));
    const at = new Date(START + 1000 * this.size).toISOString();
    return this.addRaw(formatLeaf(draft, { seq: this.size, prev, at, school: 'th-ben-tram', ...place }));
  }

  addEvent(number: number): this {
    const pending = documentEvent(number);
    if (pending.kind !== 'leaf') throw new Error('not a leaf');
    return this.add(pending.draft);
  }

  addRaw(entry: Uint8Array): this {
    this.entries.push(entry);
    return this;
  }

  /** Writes the files of all entries so far and signs; the witnesses sign whatever they are shown, at `time` (ms). */
  async publish(witnesses: readonly NoteSigner[] = [], time = START): Promise<this> {
    const edge = TreeEdge.empty(sha256);
    const keep = ({ tile, bytes }: ReturnType<TreeEdge['partialTiles']>[number]): unknown =>
      this.files.set(formatTilePath(tile), bytes);
    for (const entry of this.entries) edge.append(leafHash(entry, sha256), keep);
    edge.partialTiles().forEach(keep);
    for (let start = 0; start < this.size; start += TILE_WIDTH) {
      const bundle = this.entries.slice(start, start + TILE_WIDTH);
      const path = formatTilePath({ level: 'entries', index: start / TILE_WIDTH, width: bundle.length });
      this.files.set(path, formatBundle(bundle));
    }
    const text = formatCheckpoint({ origin: ORIGIN, size: this.size, root: edge.root() });
    const own = await Promise.all(this.signers.map((signer) => signNoteText(text, signer)));
    const others = await Promise.all(
      witnesses.map((witness) => cosignNoteText(text, Math.floor(time / 1000), witness)),
    );
    this.checkpoint = formatNote({ text, signatures: [...own, ...others] });
    return this;
  }

  /** A tlog-proof of an entry, as it stands in a transcript. */
  async prove(index: number): Promise<{ readonly proof: Uint8Array; readonly entry: Uint8Array }> {
    const edge = TreeEdge.empty(sha256);
    for (const entry of this.entries) edge.append(leafHash(entry, sha256));
    const hashes = await new TileTree(this.size, edge.root(), this).proveInclusion(index);
    const checkpoint = this.checkpoint as Uint8Array;
    return { proof: formatProof({ index, hashes, checkpoint }), entry: this.entries[index] as Uint8Array };
  }

  async readCheckpoint(): Promise<Uint8Array | undefined> {
    return this.checkpoint;
  }

  async readTile(path: string): Promise<Uint8Array | undefined> {
    return this.files.get(path);
  }

  /** Changes one bit of a file. */
  damage(path: string): void {
    const bytes = Uint8Array.from(this.files.get(path) ?? []);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    this.files.set(path, bytes);
  }
}
