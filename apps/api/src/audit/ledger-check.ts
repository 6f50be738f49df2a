/** Recomputes a school's published log and compares it with the database, the policy and an outside checkpoint. */
import { MoreThanOrEqual, type EntityManager } from 'typeorm';
import { equal } from '#ledger/format/bytes.js';
import { parseCheckpoint, type Checkpoint } from '#ledger/format/checkpoint.js';
import { FormatError } from '#ledger/format/errors.js';
import { leafHash } from '#ledger/format/hash.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { parseNote, parseVkey } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { TILE_WIDTH } from '#ledger/format/tile.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkGrowth } from '#ledger/verify/consistency.js';
import { EntriesError, readStoredBundle } from '#ledger/verify/entries.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { fsck, type LogReader } from '#ledger/verify/fsck.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { LedgerEntryRow, type LedgerLog } from '../ledger-host/ledger.entities.js';
import type { EventReceipt } from './event-receipt.js';
import type { Finding, FindingCode } from './report.js';

const PAGE = 1000;

/** What an audit is given from outside the installation. */
export interface OutsideEvidence {
  /** Which log keys and witnesses are trusted. */
  readonly policy?: Policy;
  /** A checkpoint of this log that was kept elsewhere: the signed note. */
  readonly checkpoint?: Uint8Array;
  /** Receipts of events of this school that teachers kept. */
  readonly receipts?: readonly EventReceipt[];
}

/** A journal.anchored entry. */
export interface Anchor {
  readonly index: number;
  /** How many events the journal had. */
  readonly count: number;
  /** Its head, base64. */
  readonly head: string;
}

export interface LedgerCheck {
  readonly findings: readonly Finding[];
  readonly anchors: readonly Anchor[];
  /** Entries under a checkpoint that witnesses signed (by the policy when there is one). */
  readonly witnessedSize: number;
  /** Whether policy and outside checkpoint were both given and both hold. */
  readonly external: boolean;
}

/** The folder as it was when the audit began: the log may go on growing meanwhile. */
export interface LedgerView extends LogReader {
  readonly checkpoint: Uint8Array | undefined;
}

/** Takes the newest checkpoint of a folder and stays with it. */
export async function viewLedger(reader: LogReader): Promise<LedgerView> {
  const checkpoint = await reader.readCheckpoint();
  return {
    checkpoint,
    readCheckpoint: () => Promise.resolve(checkpoint),
    readTile: (path) => reader.readTile(path),
  };
}

/** Checks one school's log: bundles, tiles, root, chain, database rows, witnesses, an older checkpoint. */
export async function checkLedger(
  read: EntityManager,
  log: LedgerLog,
  view: LedgerView,
  outside: OutsideEvidence,
): Promise<LedgerCheck> {
  const findings: Finding[] = [];
  const find = (code: FindingCode, id: string, detail: string, table = 'ledger'): void => {
    findings.push({ code, table, id, detail });
  };
  const key = outside.policy?.logs.find((known) => known.key.name === log.origin)?.key ?? parseVkey(log.vkey);
  const now = await fsck(view, key, {
    crypto: nodeCrypto,
    onFinding: ({ where, detail }) => find('LEDGER_BROKEN', where, detail),
  });
  if (now === undefined) return { findings, anchors: [], witnessedSize: 0, external: false };
  const entries = await readEntries(view, now.size);
  await compareRows(read, log, entries, find);
  const witnessed = checkWitnesses(view, outside.policy, find);
  const continued = await checkOutside(view, now, outside, find);
  return {
    findings,
    anchors: anchorsIn(entries),
    witnessedSize: witnessed ? now.size : 0,
    external: outside.policy !== undefined && witnessed && continued,
  };
}

type Find = (code: FindingCode, id: string, detail: string, table?: string) => void;

/** The entries of the published log; undefined where a bundle cannot be read (fsck has named it). */
async function readEntries(view: LedgerView, size: number): Promise<(Uint8Array | undefined)[]> {
  const entries: (Uint8Array | undefined)[] = [];
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - start);
    entries.push(...(await storedEntries(view, start / TILE_WIDTH, width)));
  }
  return entries;
}

async function storedEntries(
  view: LedgerView,
  index: number,
  width: number,
): Promise<(Uint8Array | undefined)[]> {
  try {
    return (await readStoredBundle(view, index, width)).entries;
  } catch (error) {
    if (!(error instanceof EntriesError)) throw error;
    return Array.from({ length: width }, () => undefined);
  }
}

/** The database's copies of published entries must be the published ones. */
async function compareRows(
  read: EntityManager,
  log: LedgerLog,
  entries: readonly (Uint8Array | undefined)[],
  find: Find,
): Promise<void> {
  let next = 0;
  for (;;) {
    const rows = await read.find(LedgerEntryRow, {
      where: { schoolId: log.schoolId, seq: MoreThanOrEqual(next) },
      order: { seq: 'ASC' },
      take: PAGE,
    });
    for (const { seq, entry, leafHash: hash } of rows) {
      const published = entries[seq];
      if (seq > next) reportMissing(next, seq - 1, entries.length, find);
      next = seq + 1;
      if (published !== undefined && !(equal(published, entry) && equal(leafHash(published), hash))) {
        find('LEDGER_DIFFERS', String(seq), 'dòng này không phải mục đã công bố', 'ledger_entries');
      }
    }
    if (rows.length < PAGE) break;
  }
  if (next < entries.length) reportMissing(next, entries.length - 1, entries.length, find);
  if (log.size < entries.length) {
    const detail = `đã công bố ${String(entries.length)} mục, cơ sở dữ liệu ghi ${String(log.size)}`;
    find('LEDGER_DIFFERS', log.schoolId, detail, 'ledger_logs');
  }
}

function reportMissing(from: number, to: number, published: number, find: Find): void {
  const last = Math.min(to, published - 1);
  if (from > last) return;
  find(
    'LEDGER_DIFFERS',
    String(from),
    `thiếu các mục ${String(from)}–${String(last)} đã công bố`,
    'ledger_entries',
  );
}

function checkWitnesses(view: LedgerView, policy: Policy | undefined, find: Find): boolean {
  if (policy === undefined || view.checkpoint === undefined) return view.checkpoint !== undefined;
  try {
    checkCheckpoint(view.checkpoint, policy, nodeCrypto);
    return true;
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    find('LEDGER_NOT_WITNESSED', 'checkpoint', `${error.code}: ${error.message}`);
    return false;
  }
}

/** Whether the log begins with what the outside checkpoint saw. */
async function checkOutside(
  view: LedgerView,
  now: Checkpoint,
  { checkpoint, policy }: OutsideEvidence,
  find: Find,
): Promise<boolean> {
  if (checkpoint === undefined) return false;
  try {
    const old =
      policy === undefined
        ? parseCheckpoint(parseNote(checkpoint).text)
        : checkCheckpoint(checkpoint, policy, nodeCrypto);
    await checkGrowth(old, now, view, nodeCrypto);
    return true;
  } catch (error) {
    if (!(error instanceof VerifyError || error instanceof MerkleError || error instanceof FormatError))
      throw error;
    find('LEDGER_FORKED', 'checkpoint', error.message);
    return false;
  }
}

function anchorsIn(entries: readonly (Uint8Array | undefined)[]): Anchor[] {
  return entries.flatMap((entry, index): Anchor[] => {
    const leaf = entry === undefined ? undefined : leafIn(entry);
    return leaf?.type === 'journal.anchored' ? [{ index, ...leaf.body }] : [];
  });
}

function leafIn(entry: Uint8Array): ReturnType<typeof parseLeaf> | undefined {
  try {
    return parseLeaf(entry);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
