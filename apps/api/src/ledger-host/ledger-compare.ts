/**
 * A school's log in the database against itself and against the folder it is served from: every entry, its hash, its place
 * in the chain, the committed and the published root, the keys, each file. Names the row or file that differs.
 */
import { MoreThanOrEqual, type EntityManager } from 'typeorm';
import { equal } from '#ledger/format/bytes.js';
import { parseCheckpoint, type Checkpoint } from '#ledger/format/checkpoint.js';
import { leafHash } from '#ledger/format/hash.js';
import type { LogKey } from '#ledger/format/log-keys.js';
import { formatVkey, parseNote, type VerifierKey } from '#ledger/format/note.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { ChainCheck } from '#ledger/verify/chain.js';
import { KeyEntries } from '#ledger/verify/key-entries.js';
import { fsck, type LogReader } from '#ledger/verify/fsck.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logKeysOf } from './ledger-keys.js';
import { LedgerEntryRow, LedgerLog } from './ledger.entities.js';

/** Something that differs: a table's row, or a file. */
export interface Difference {
  /** "ledger_entries", "ledger_logs", "ledger_keys", or "folder". */
  readonly table: string;
  /** The entry's index, the column, the verifier key, or the file. */
  readonly id: string;
  readonly detail: string;
}

const PAGE = 1000;

type Find = (table: string, id: string, detail: string) => void;

/** Compares; answers how many entries were read. */
export async function compareLedger(
  read: EntityManager,
  schoolId: string,
  folder: LogReader,
  onDifference: (difference: Difference) => void,
): Promise<number> {
  const find: Find = (table, id, detail) => onDifference({ table, id, detail });
  const log = await read.findOneByOrFail(LedgerLog, { schoolId });
  const stored = await logKeysOf(read, schoolId);
  const published = checkpointOf(log, stored, find);
  const rows = new Rows(log, published, find);
  await rows.readAll(read);
  compareKeys(stored, rows.keys, find);
  await compareFolder(folder, log, stored, published, find);
  return rows.count;
}

/** The rows of one log, in order. */
class Rows {
  count = 0;
  private readonly edge = TreeEdge.empty(nodeCrypto.sha256);
  private readonly chain: ChainCheck;
  private readonly keyEntries = new KeyEntries();

  constructor(
    private readonly log: LedgerLog,
    private readonly published: Checkpoint | undefined,
    private readonly find: Find,
  ) {
    this.chain = new ChainCheck(log.origin, nodeCrypto.sha256);
  }

  /** The keys as the entries name them. */
  get keys(): readonly LogKey[] {
    return this.keyEntries.keys;
  }

  async readAll(read: EntityManager): Promise<void> {
    const { schoolId, size, root, edge } = this.log;
    for (let next = 0; ;) {
      const rows = await read.find(LedgerEntryRow, {
        where: { schoolId, seq: MoreThanOrEqual(next) },
        order: { seq: 'ASC' },
        take: PAGE,
      });
      for (const row of rows) this.take(row);
      next = (rows.at(-1)?.seq ?? next) + 1;
      if (rows.length < PAGE) break;
    }
    const { find } = this;
    if (this.count < size) this.missing(size);
    if (this.edge.size !== size) return;
    if (!equal(this.edge.root(), root)) find('ledger_logs', 'root', 'is not the root of the entries');
    if (!equal(this.edge.format(), edge)) find('ledger_logs', 'edge', 'is not the right edge of the entries');
  }

  private take({ seq, entry, leafHash: stored }: LedgerEntryRow): void {
    if (seq >= this.log.size) {
      this.find('ledger_entries', String(seq), `is beyond the committed size ${String(this.log.size)}`);
      return;
    }
    if (seq > this.count) this.missing(seq);
    const hash = leafHash(entry, nodeCrypto.sha256);
    if (!equal(hash, stored)) this.find('ledger_entries', String(seq), 'does not have its leaf hash');
    for (const problem of [...this.chain.check(entry), ...this.keyEntries.check(entry)]) {
      this.find('ledger_entries', String(seq), problem);
    }
    this.edge.append(hash);
    this.count = seq + 1;
    const { published } = this;
    if (published?.size === this.edge.size && !equal(published.root, this.edge.root())) {
      this.find('ledger_logs', 'checkpoint', 'its root is not that of the entries');
    }
  }

  private missing(before: number): void {
    this.find('ledger_entries', String(this.count), `the entries up to ${String(before - 1)} are missing`);
    for (; this.count < before; this.count++) {
      this.chain.skip();
      this.keyEntries.skip();
    }
  }
}

/** The published checkpoint in the row, when it can be read. */
function checkpointOf(log: LedgerLog, keys: readonly LogKey[], find: Find): Checkpoint | undefined {
  if (log.checkpoint === null) {
    if (log.publishedSize !== 0) find('ledger_logs', 'checkpoint', 'is missing, and entries are published');
    return undefined;
  }
  try {
    const note = parseNote(log.checkpoint);
    const checkpoint = parseCheckpoint(note.text);
    if (checkpoint.origin !== log.origin) find('ledger_logs', 'checkpoint', `is of ${checkpoint.origin}`);
    if (checkpoint.size !== log.publishedSize) {
      find('ledger_logs', 'published_size', `the checkpoint has ${String(checkpoint.size)} entries`);
    }
    if (checkpoint.size > log.size) find('ledger_logs', 'size', 'is less than what is published');
    const signed = note.signatures.some(({ name, keyId }) =>
      keys.some(({ key }) => key.name === name && key.keyId === keyId),
    );
    if (!signed) find('ledger_logs', 'checkpoint', 'is not signed by a key of the log');
    return checkpoint;
  } catch (error) {
    find('ledger_logs', 'checkpoint', error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function compareKeys(stored: readonly LogKey[], told: readonly LogKey[], find: Find): void {
  const text = ({ from, to }: LogKey): string =>
    `from ${String(from)}${to === undefined ? '' : ` to ${String(to)}`}`;
  const byVkey = (keys: readonly LogKey[]): Map<string, string> =>
    new Map(keys.map((key) => [formatVkey(key.key), text(key)]));
  const [rows, entries] = [byVkey(stored), byVkey(told)];
  for (const vkey of new Set([...rows.keys(), ...entries.keys()])) {
    // A log without entries has its first key, and nothing that says so yet.
    if (rows.get(vkey) === entries.get(vkey) || entries.size === 0) continue;
    find(
      'ledger_keys',
      vkey,
      `signs ${rows.get(vkey) ?? 'nothing'}, by the entries ${entries.get(vkey) ?? 'nothing'}`,
    );
  }
}

/** The folder by itself, and its checkpoint against the row's. */
async function compareFolder(
  folder: LogReader,
  log: LedgerLog,
  keys: readonly LogKey[],
  published: Checkpoint | undefined,
  find: Find,
): Promise<void> {
  const bytes = await folder.readCheckpoint();
  if (bytes === undefined) {
    if (published !== undefined) find('folder', 'checkpoint', 'is missing');
    return;
  }
  const served = await fsck(folder, signerOf(bytes, keys), {
    crypto: nodeCrypto,
    onFinding: ({ where, detail }) => find('folder', where, detail),
  });
  if (served === undefined) return;
  if (served.size > log.size) {
    find('folder', 'checkpoint', `has ${String(served.size)} entries, the database ${String(log.size)}`);
  } else if (published !== undefined && served.size < published.size) {
    find('folder', 'checkpoint', `has ${String(served.size)} of ${String(published.size)} published entries`);
  } else if (published?.size === served.size && !equal(published.root, served.root)) {
    find('folder', 'checkpoint', 'has another root than the published one in the database');
  }
}

/** The key of the log that signed a checkpoint; the newest when none did. */
function signerOf(checkpoint: Uint8Array, keys: readonly LogKey[]): VerifierKey {
  const newest = keys.at(-1)?.key;
  if (newest === undefined) throw new Error('the log has no key: its rows are missing');
  try {
    const { signatures } = parseNote(checkpoint);
    const signing = keys.findLast(({ key }) =>
      signatures.some(({ name, keyId }) => name === key.name && keyId === key.keyId),
    );
    return signing?.key ?? newest;
  } catch {
    return newest;
  }
}
