/**
 * Recomputes a whole log from its entries and compares: bundles, tiles, root, checkpoint, chain. Streams bundle by
 * bundle, so that memory does not grow with the log. Where two files disagree, the signed root decides which is wrong.
 */
import { equal, toBase64 } from '../format/bytes.js';
import { parseCheckpoint, type Checkpoint } from '../format/checkpoint.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { HASH_BYTES, leafHash } from '../format/hash.js';
import { isInForce, type LogKey } from '../format/log-keys.js';
import { formatVkey, parseNote, type NoteSignature, type VerifierKey } from '../format/note.js';
import { formatTilePath, hashAt, parseBundle, parseTile, TILE_WIDTH, type Tile } from '../format/tile.js';
import { TreeEdge, type HashTile } from '../merkle/edge.js';
import { rootOver, subtreesOf } from '../merkle/subtrees.js';
import type { TileReader } from '../merkle/tile-tree.js';
import { ChainCheck } from './chain.js';
import { KeyEntries } from './key-entries.js';
import { goodSignatures } from './note.js';
import { readAhead } from './read-ahead.js';

export type FindingCode =
  | 'CHECKPOINT_MISSING'
  | 'CHECKPOINT_MALFORMED'
  | 'CHECKPOINT_SIGNATURE'
  /** A key signed the checkpoint that does not sign trees of this size, as the log's own entries say. */
  | 'KEY_NOT_IN_FORCE'
  | 'BUNDLE_MISSING'
  | 'BUNDLE_MALFORMED'
  | 'TILE_MISSING'
  | 'TILE_MALFORMED'
  | 'TILE_MISMATCH'
  | 'ENTRY_MISMATCH'
  | 'ROOT_MISMATCH'
  | 'CHAIN_BROKEN'
  /** An entry says of the log's keys what cannot be, or follows the entry that closed the log. */
  | 'KEY_RULE_BROKEN';

/** One thing that is wrong, and where: a path, or "entry <index>". */
export interface Finding {
  readonly code: FindingCode;
  readonly where: string;
  readonly detail: string;
}

/** Files on their way while others are hashed: four bundles and their tiles, 64 MiB if all entries are the longest. */
const READ_AHEAD = 8;

export interface LogReader extends TileReader {
  readCheckpoint(): Promise<Uint8Array | undefined>;
}

export interface FsckOptions {
  readonly crypto?: Crypto;
  /** Hears each finding as it is made. */
  readonly onFinding: (finding: Finding) => void;
  /** Hears after each bundle how many entries are done, of how many. */
  readonly onProgress?: (done: number, size: number) => void;
}

/** Checks the log that `key` signs. Answers its checkpoint, when there is one that can be read. */
export async function fsck(
  log: LogReader,
  key: VerifierKey,
  options: FsckOptions,
): Promise<Checkpoint | undefined> {
  const found = await readCheckpoint(log, key, options);
  if (found === undefined) return undefined;
  const { checkpoint, signatures } = found;
  const keys = await new Check(log, checkpoint, options).run();
  checkKeys(checkpoint, signatures, keys, options);
  return checkpoint;
}

async function readCheckpoint(
  log: LogReader,
  key: VerifierKey,
  { onFinding, crypto = nobleCrypto }: FsckOptions,
): Promise<{ readonly checkpoint: Checkpoint; readonly signatures: readonly NoteSignature[] } | undefined> {
  const find = (code: FindingCode, detail: string): void => onFinding({ code, where: 'checkpoint', detail });
  const bytes = await log.readCheckpoint();
  if (bytes === undefined) {
    find('CHECKPOINT_MISSING', 'there is no checkpoint');
    return undefined;
  }
  try {
    const note = parseNote(bytes);
    const checkpoint = parseCheckpoint(note.text);
    if (checkpoint.origin !== key.name)
      find('CHECKPOINT_SIGNATURE', `of log ${checkpoint.origin}, not ${key.name}`);
    checkSignature(() => goodSignatures(note, [key], crypto).length > 0, find);
    return { checkpoint, signatures: note.signatures };
  } catch (error) {
    find('CHECKPOINT_MALFORMED', messageOf(error));
    return undefined;
  }
}

function checkSignature(isSigned: () => boolean, find: (code: FindingCode, detail: string) => void): void {
  try {
    if (!isSigned()) find('CHECKPOINT_SIGNATURE', 'not signed by the key given');
  } catch (error) {
    find('CHECKPOINT_SIGNATURE', messageOf(error));
  }
}

/** Of the signatures under the checkpoint none is of a key that signs no tree of this size. */
function checkKeys(
  { size }: Checkpoint,
  signatures: readonly NoteSignature[],
  keys: readonly LogKey[],
  { onFinding }: FsckOptions,
): void {
  for (const known of keys) {
    const { key, from, to } = known;
    const signed = signatures.some(({ name, keyId }) => name === key.name && keyId === key.keyId);
    if (!signed || isInForce(known, size)) continue;
    // An entry of this very tree names the key, so that it is one whose end is past.
    const range = `from ${String(from)} to ${String(to)}`;
    const detail = `${formatVkey(key)} signs trees ${range}, not of ${String(size)} entries`;
    onFinding({ code: 'KEY_NOT_IN_FORCE', where: 'checkpoint', detail });
  }
}

class Check {
  private readonly keyEntries = new KeyEntries();
  private readonly edge: TreeEdge;
  private readonly chain: ChainCheck;
  private readonly crypto: Crypto;
  /** The last tile of level 1 that was read, to tell which of two disagreeing files is wrong. */
  private parent: { readonly index: number; readonly hashes: Uint8Array | undefined } | undefined;
  private readonly files: TileReader;

  constructor(
    log: LogReader,
    private readonly checkpoint: Checkpoint,
    private readonly options: FsckOptions,
  ) {
    this.crypto = options.crypto ?? nobleCrypto;
    this.files = readAhead(log, filesInOrder(checkpoint.size), READ_AHEAD);
    this.edge = TreeEdge.empty(this.crypto.sha256);
    this.chain = new ChainCheck(checkpoint.origin, this.crypto.sha256);
  }

  /** Answers the log's keys, as its entries name them. */
  async run(): Promise<readonly LogKey[]> {
    const { size, root } = this.checkpoint;
    for (let start = 0; start < size; start += TILE_WIDTH) {
      const width = Math.min(TILE_WIDTH, size - start);
      if (!(await this.checkBundle(start / TILE_WIDTH, width))) return [];
      this.options.onProgress?.(start + width, size);
    }
    for (const tile of this.edge.partialTiles()) if (tile.tile.level > 0) await this.compareTile(tile);
    if (!equal(this.edge.root(), root)) {
      this.find(
        'ROOT_MISMATCH',
        'checkpoint',
        `signed ${toBase64(root)}, the entries lead to ${toBase64(this.edge.root())}`,
      );
    }
    return this.keyEntries.keys;
  }

  /** False when neither the bundle nor its tile can be read: nothing after it can be checked. */
  private async checkBundle(index: number, width: number): Promise<boolean> {
    const entries = await this.readBundle({ level: 'entries', index, width });
    const stored = await this.readHashes({ level: 0, index, width });
    this.checkChain(index, entries, width);
    const hashes = await this.decide(index, width, entries && this.hashAll(entries), stored);
    if (hashes === undefined) return false;
    const full: HashTile[] = [];
    for (let i = 0; i < width; i++) this.edge.append(hashAt(hashes, i), (tile) => full.push(tile));
    for (const tile of full) if (tile.tile.level > 0) await this.compareTile(tile);
    return true;
  }

  private hashAll(entries: readonly Uint8Array[]): Uint8Array {
    const hashes = new Uint8Array(entries.length * HASH_BYTES);
    entries.forEach((entry, i) => hashes.set(leafHash(entry, this.crypto.sha256), i * HASH_BYTES));
    return hashes;
  }

  /** The leaf hashes to go on with, after saying which of bundle and tile is wrong. */
  private async decide(
    index: number,
    width: number,
    computed: Uint8Array | undefined,
    stored: Uint8Array | undefined,
  ): Promise<Uint8Array | undefined> {
    if (computed === undefined || stored === undefined) return computed ?? stored;
    const wrong = firstDifference(computed, stored);
    if (wrong === undefined) return computed;
    const [tile, bundle] = [
      formatTilePath({ level: 0, index, width }),
      formatTilePath({ level: 'entries', index, width }),
    ];
    const entry = `entry ${String(index * TILE_WIDTH + wrong)}`;
    if (await this.leadsUp(index, computed)) {
      this.find('TILE_MISMATCH', tile, `hash ${String(wrong)} is not that of ${entry} in ${bundle}`);
      return computed;
    }
    if (await this.leadsUp(index, stored)) {
      this.find('ENTRY_MISMATCH', entry, `its bytes in ${bundle} do not have the hash that was signed`);
      return stored;
    }
    this.find(
      'ENTRY_MISMATCH',
      entry,
      `${bundle} and ${tile} disagree, and neither leads to the signed root`,
    );
    return computed;
  }

  /** Whether these leaf hashes lead to what stands above them: the tile of level 1, or the root for the last ones. */
  private async leadsUp(index: number, hashes: Uint8Array): Promise<boolean> {
    const { sha256 } = this.crypto;
    const width = hashes.length / HASH_BYTES;
    if (width < TILE_WIDTH) {
      const trial = TreeEdge.parse(this.edge.size, this.edge.format(), sha256);
      for (let i = 0; i < width; i++) trial.append(hashAt(hashes, i));
      return equal(trial.root(), this.checkpoint.root);
    }
    const parent = await this.parentHashes(index);
    const hash = rootOver(subtreesOf(hashes, sha256), undefined, sha256);
    return parent !== undefined && hash !== undefined && equal(hash, hashAt(parent, index % TILE_WIDTH));
  }

  private async parentHashes(child: number): Promise<Uint8Array | undefined> {
    const index = Math.floor(child / TILE_WIDTH);
    if (this.parent?.index !== index) {
      const fullTiles = Math.floor(this.checkpoint.size / TILE_WIDTH);
      const width = Math.min(TILE_WIDTH, fullTiles - index * TILE_WIDTH);
      this.parent = { index, hashes: await this.readHashes({ level: 1, index, width }, () => undefined) };
    }
    return this.parent.hashes;
  }

  private async compareTile({ tile, bytes }: HashTile): Promise<void> {
    const stored = await this.readHashes(tile);
    const wrong = stored === undefined ? undefined : firstDifference(bytes, stored);
    if (wrong !== undefined) {
      this.find('TILE_MISMATCH', formatTilePath(tile), `hash ${String(wrong)} is not that of the tile below`);
    }
  }

  private checkChain(index: number, entries: readonly Uint8Array[] | undefined, width: number): void {
    for (let i = 0; i < width; i++) {
      const entry = entries?.[i];
      if (entry === undefined) {
        this.chain.skip();
        this.keyEntries.skip();
        continue;
      }
      const where = `entry ${String(index * TILE_WIDTH + i)}`;
      for (const problem of this.chain.check(entry)) this.find('CHAIN_BROKEN', where, problem);
      for (const problem of this.keyEntries.check(entry)) this.find('KEY_RULE_BROKEN', where, problem);
    }
  }

  private async readBundle(tile: Tile): Promise<readonly Uint8Array[] | undefined> {
    return this.read(tile, 'BUNDLE', (bytes, width) => parseBundle(bytes, width).slice(0, tile.width));
  }

  private async readHashes(tile: Tile, find = this.find): Promise<Uint8Array | undefined> {
    const end = tile.width * HASH_BYTES;
    return this.read(tile, 'TILE', (bytes, width) => parseTile(bytes, width).subarray(0, end), find);
  }

  /** A partial file may be gone once the full one is there: then `parse` takes the beginning of that. */
  private async read<T>(
    tile: Tile,
    kind: 'BUNDLE' | 'TILE',
    parse: (bytes: Uint8Array, width: number) => T,
    find = this.find,
  ): Promise<T | undefined> {
    const path = formatTilePath(tile);
    try {
      const bytes = await this.files.readTile(path);
      if (bytes !== undefined) return parse(bytes, tile.width);
      const whole = await this.files.readTile(formatTilePath({ ...tile, width: TILE_WIDTH }));
      if (whole !== undefined) return parse(whole, TILE_WIDTH);
      find(`${kind}_MISSING`, path, 'the file is missing');
    } catch (error) {
      find(`${kind}_MALFORMED`, path, messageOf(error));
    }
    return undefined;
  }

  private readonly find = (code: FindingCode, where: string, detail: string): void =>
    this.options.onFinding({ code, where, detail });
}

/** The bundles and their tiles, in the order in which they are checked. */
function* filesInOrder(size: number): Generator<string> {
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const place = { index: start / TILE_WIDTH, width: Math.min(TILE_WIDTH, size - start) };
    yield formatTilePath({ level: 'entries', ...place });
    yield formatTilePath({ level: 0, ...place });
  }
}

/** The number of the first hash in which two tiles of one width differ. */
function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  if (equal(a, b)) return undefined;
  return Math.floor(a.findIndex((value, i) => value !== b[i]) / HASH_BYTES);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
