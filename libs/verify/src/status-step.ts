/**
 * Step 9: what happened to the document after it was issued. Never by asking whether it is current: all entries of the
 * log are read up to a witnessed checkpoint, each authenticated against its root, and searched for the tags that only a
 * holder of this version can compute.
 */
import type { Checkpoint } from '#ledger/format/checkpoint.js';
import type { Crypto } from '#ledger/format/crypto.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import { FormatError } from '#ledger/format/errors.js';
import { parseLeaf, type Leaf } from '#ledger/format/leaf.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { TILE_WIDTH } from '#ledger/format/tile.js';
import type { TrustBundle } from '#ledger/format/trust.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { TileTree, type TileReader } from '#ledger/merkle/tile-tree.js';
import { checkCheckpoint, type CheckedCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkGrowth } from '#ledger/verify/consistency.js';
import { bundleCount, EntriesError, readBundle } from '#ledger/verify/entries.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { policyFor } from '#ledger/verify/trust.js';
import { EVENT_KINDS, eventKind, eventTag, nextLineage, type EventKind } from '#transcript/commitments.js';
import { isoTime, opens } from './ledger-step.js';
import type { StatusEvidence } from './result.js';
import { StepFailure } from './steps.js';

/** A log as anybody can read it: a folder or a server, trusted for nothing. */
export interface LedgerReader extends TileReader {
  /** The newest signed checkpoint; undefined when there is none. */
  readCheckpoint(): Promise<Uint8Array | undefined>;
}

/** A later event of the document's lineage. */
export interface LaterEvent {
  readonly kind: EventKind;
  readonly index: number;
}

export interface Scan {
  readonly status: StatusEvidence;
  readonly events: readonly LaterEvent[];
  /** Commitments of keys that were retired for entries from `invalidFrom` on. */
  readonly retired: readonly {
    readonly cert: string;
    readonly invalidFrom: number;
    readonly index: number;
  }[];
}

export interface ScanInput {
  readonly reader: LedgerReader;
  readonly bundle: TrustBundle;
  /** The tree in which the document was first proven, and the newer one if the file carries it. */
  readonly known: readonly Checkpoint[];
  /** Index of the document's entry; the scan starts at `from`, at or before it. */
  readonly index: number;
  readonly from: number;
  readonly event: number;
  readonly lineage: Uint8Array;
  readonly crypto?: Crypto;
}

/**
 * The log could not be read to its end, or the copy shown is not what was signed. Nothing follows for the document: else
 * a bad mirror could make any document look false.
 */
export class LedgerUnreadable extends Error {
  override readonly name = 'LedgerUnreadable';

  constructor(
    readonly code: 'LEDGER_UNREACHABLE' | 'LEDGER_INVALID',
    message: string,
  ) {
    super(message);
  }
}

/** Reads and authenticates the log from `from` to its newest checkpoint. LedgerUnreadable; a fork: StepFailure. */
export async function scanStatus(input: ScanInput): Promise<Scan> {
  const crypto = input.crypto ?? nobleCrypto;
  const checkpoint = await readCheckpoint(input, crypto);
  await checkSameLog(input, checkpoint, crypto);
  const walk = new LineageWalk(input);
  const tree = new TileTree(checkpoint.size, checkpoint.root, input.reader, crypto.sha256);
  for (let bundle = Math.floor(input.from / TILE_WIDTH); bundle < bundleCount(checkpoint.size); bundle++) {
    const entries = await fromLedger(() => readBundle(input.reader, tree, bundle, crypto));
    for (const [offset, entry] of entries.entries()) {
      const index = bundle * TILE_WIDTH + offset;
      if (index >= input.from) walk.take(entry, index);
    }
  }
  const { size, witnessedAt } = checkpoint;
  const asOf = witnessedAt === undefined ? null : isoTime(witnessedAt);
  return { status: { method: 'scan', asOf, size }, events: walk.events, retired: walk.retired };
}

async function readCheckpoint(
  { reader, bundle, known }: ScanInput,
  crypto: Crypto,
): Promise<CheckedCheckpoint> {
  const note = await fromLedger(() => reader.readCheckpoint());
  if (note === undefined) throw new LedgerUnreadable('LEDGER_UNREACHABLE', 'the ledger has no checkpoint');
  const origin = known[0]!.origin;
  try {
    const { size } = parseCheckpoint(parseNote(note).text);
    const checkpoint = checkCheckpoint(note, policyFor(bundle, origin, size), crypto);
    if (checkpoint.origin !== origin)
      throw new LedgerUnreadable('LEDGER_INVALID', `this is the ledger ${checkpoint.origin}, not ${origin}`);
    return checkpoint;
  } catch (error) {
    if (error instanceof VerifyError || error instanceof FormatError) {
      throw new LedgerUnreadable('LEDGER_INVALID', `the ledger's checkpoint does not hold: ${error.message}`);
    }
    throw error;
  }
}

/** The log read now grew out of the trees that the file was proven in; or its operator forked it. */
async function checkSameLog(
  { reader, known }: ScanInput,
  now: CheckedCheckpoint,
  crypto: Crypto,
): Promise<void> {
  for (const old of known) {
    if (old.size > now.size) {
      throw new LedgerUnreadable(
        'LEDGER_UNREACHABLE',
        `the ledger shown has ${String(now.size)} entries, the document was proven in one of ${String(old.size)}: it is an old copy`,
      );
    }
    try {
      await checkGrowth(old, now, reader, crypto);
    } catch (error) {
      if (!(error instanceof VerifyError)) throw unreadable(error);
      throw new StepFailure(
        'LEDGER_FORKED',
        `the ledger does not contain what it had signed before: ${error.message}`,
      );
    }
  }
}

async function fromLedger<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(error: unknown): LedgerUnreadable {
  if (error instanceof EntriesError) {
    const code = error.code === 'ENTRIES_MISSING' ? 'LEDGER_UNREACHABLE' : 'LEDGER_INVALID';
    return new LedgerUnreadable(code, `${error.where} of the ledger: ${error.message}`);
  }
  const lies = error instanceof MerkleError && error.code !== 'TILE_MISSING';
  return new LedgerUnreadable(lies ? 'LEDGER_INVALID' : 'LEDGER_UNREACHABLE', messageOf(error));
}

/** Follows one lineage forward through the entries as they come. */
class LineageWalk {
  readonly events: LaterEvent[] = [];
  readonly retired: { cert: string; invalidFrom: number; index: number }[] = [];
  private lineage: Uint8Array;
  private event: number;
  private nextTag: Uint8Array;
  private readonly ownTag: Uint8Array;
  private readonly index: number;

  constructor({ lineage, event, index }: ScanInput) {
    this.ownTag = eventTag(lineage, event);
    this.index = index;
    this.lineage = nextLineage(lineage);
    this.event = event + 1;
    this.nextTag = eventTag(this.lineage, this.event);
  }

  take(entry: Uint8Array, index: number): void {
    const leaf = readLeaf(entry);
    if (leaf?.type === 'key.retired' && 'cert' in leaf.body) this.retired.push({ ...leaf.body, index });
    if (leaf?.type !== 'document.event') return;
    if (index < this.index && opens(leaf.body.tag, this.ownTag)) {
      throw new StepFailure(
        'NOT_THE_FIRST_EVENT',
        `entry ${String(index)} already had this place in the document's history`,
      );
    }
    if (index <= this.index || !opens(leaf.body.tag, this.nextTag)) return;
    const kind = EVENT_KINDS.find((candidate) =>
      opens(leaf.body.kind, eventKind(this.lineage, this.event, candidate)),
    );
    // An event whose kind nobody can open still ends this version's being the newest: the operator must answer for it.
    this.events.push({ kind: kind ?? 'supersede', index });
    this.lineage = nextLineage(this.lineage);
    this.event += 1;
    this.nextTag = eventTag(this.lineage, this.event);
  }
}

function readLeaf(entry: Uint8Array): Leaf | undefined {
  try {
    return parseLeaf(entry);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
