/**
 * A school's log in the application's database: the store that the ledger's sequencer writes through. Its outbox is
 * filled by the features, in the same unit of work as what they announce.
 */
import type { EntityManager } from 'typeorm';
import { Between, In, LessThanOrEqual } from 'typeorm';
import { checkDraft } from '#ledger/format/leaf.js';
import type { Json } from '#ledger/format/jcs.js';
import type { LogKey } from '#ledger/format/log-keys.js';
import { LogError } from '#ledger/log/errors.js';
import type {
  LogState,
  LogStore,
  LogTransaction,
  PendingEntry,
  PublishedCheckpoint,
  SequencedEntry,
  TileFile,
} from '#ledger/log/ports.js';
import type { EntryStore } from '#ledger/log/rebuild.js';
import type { Database } from '../database/database.js';
import { logKeysOf, recordKeyEntries } from './ledger-keys.js';
import { LedgerEntryRow, LedgerLog, LedgerOutboxRow, LedgerStageRow } from './ledger.entities.js';

/** Rows in one insert: the variables of a statement are limited (SQLite: 32,766). */
const ROWS_PER_INSERT = 500;

export class DatabaseLogStore implements LogStore {
  constructor(
    private readonly database: Database,
    private readonly schoolId: string,
  ) {}

  /** One unit of work; on PostgreSQL the log's row is locked from `readState` on. */
  transaction<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T> {
    return this.database.write((tx) => work(new DatabaseLogTransaction(tx, this.schoolId)));
  }

  /** @throws LogError FROZEN while the operator has it so: whatever the sequencer does begins here */
  async readState(): Promise<LogState> {
    const { read } = this.database;
    const log = notFrozen(await read.findOneByOrFail(LedgerLog, { schoolId: this.schoolId }));
    // Keys of a few entries more do no harm: each says itself which sizes it signs.
    return stateOf(log, await logKeysOf(read, this.schoolId));
  }

  async readStage(): Promise<readonly TileFile[]> {
    const rows = await this.database.read.find(LedgerStageRow, {
      where: { schoolId: this.schoolId },
      order: { size: 'ASC', position: 'ASC' },
    });
    return rows.map(({ path, bytes }) => ({ path, bytes }));
  }

  readEntries(start: number, end: number): Promise<readonly Uint8Array[]> {
    return readEntries(this.database.read, this.schoolId, start, end);
  }

  async findEntries(ids: readonly string[]): Promise<readonly SequencedEntry[]> {
    const { schoolId } = this;
    const found: SequencedEntry[] = [];
    for (let i = 0; i < ids.length; i += ROWS_PER_INSERT) {
      const entryId = In(ids.slice(i, i + ROWS_PER_INSERT));
      const rows = await this.database.read.findBy(LedgerEntryRow, { schoolId, entryId });
      found.push(...rows.map(({ entryId: id, seq, entry, leafHash }) => ({ id, seq, entry, leafHash })));
    }
    return found;
  }

  async swapPublished({ size, checkpoint }: PublishedCheckpoint): Promise<boolean> {
    const { schoolId } = this;
    const set = await this.database.write((tx) =>
      tx.update(
        LedgerLog,
        // A daily cosigning replaces the checkpoint by one of the same size.
        { schoolId, publishedSize: LessThanOrEqual(size) },
        { publishedSize: size, checkpoint },
      ),
    );
    return set.affected === 1;
  }

  async dropStage(size: number): Promise<void> {
    const { schoolId } = this;
    await this.database.write((tx) => tx.delete(LedgerStageRow, { schoolId, size: LessThanOrEqual(size) }));
  }
}

class DatabaseLogTransaction implements LogTransaction {
  constructor(
    private readonly tx: EntityManager,
    private readonly schoolId: string,
  ) {}

  async readState(): Promise<LogState> {
    const query = this.tx
      .createQueryBuilder(LedgerLog, 'log')
      .where('log.schoolId = :schoolId', { schoolId: this.schoolId });
    // On SQLite the unit of work is alone anyway.
    if (this.tx.connection.options.type === 'postgres') query.setLock('pessimistic_write');
    const log = notFrozen(await query.getOneOrFail());
    return stateOf(log, await logKeysOf(this.tx, this.schoolId));
  }

  async takePending(limit: number): Promise<readonly PendingEntry[]> {
    const rows = await this.tx.find(LedgerOutboxRow, {
      where: { schoolId: this.schoolId },
      order: { createdAt: 'ASC', entryId: 'ASC' },
      take: limit,
    });
    return rows.map(pendingOf);
  }

  readEntries(start: number, end: number): Promise<readonly Uint8Array[]> {
    return readEntries(this.tx, this.schoolId, start, end);
  }

  async insertEntries(entries: readonly SequencedEntry[]): Promise<void> {
    const { schoolId } = this;
    for (let i = 0; i < entries.length; i += ROWS_PER_INSERT) {
      const part = entries.slice(i, i + ROWS_PER_INSERT);
      const rows = part.map(({ id, seq, entry, leafHash }) => ({
        schoolId,
        seq,
        entryId: id,
        entry,
        leafHash,
      }));
      await this.tx.insert(LedgerEntryRow, rows);
      await this.tx.delete(LedgerOutboxRow, { schoolId, entryId: In(part.map(({ id }) => id)) });
    }
    await recordKeyEntries(this.tx, schoolId, entries);
  }

  async stage(files: readonly TileFile[], size: number): Promise<void> {
    const rows = files.map(({ path, bytes }, position) => ({
      schoolId: this.schoolId,
      path,
      size,
      position,
      bytes,
    }));
    for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
      const part = rows.slice(i, i + ROWS_PER_INSERT);
      await this.tx.createQueryBuilder().insert().into(LedgerStageRow).values(part).orIgnore().execute();
    }
  }

  async swapState(expected: LogState, next: Pick<LogState, 'size' | 'root' | 'edge'>): Promise<boolean> {
    const { schoolId } = this;
    const { size, root, edge } = next;
    const where = { schoolId, size: expected.size, root: expected.root };
    const set = await this.tx.update(LedgerLog, where, { size, root, edge });
    return set.affected === 1;
  }
}

/** An entry of the outbox. key.retired without a size is for the sequencer to complete: it retires from there on. */
function pendingOf({ entryId, type, body }: LedgerOutboxRow): PendingEntry {
  const draft = { type, body: JSON.parse(body) as Json };
  const vkey = type === 'key.retired' ? vkeyAlone(draft.body) : undefined;
  if (vkey !== undefined) return { id: entryId, kind: 'retirement', vkey };
  checkDraft(draft);
  return { id: entryId, kind: 'leaf', draft };
}

function vkeyAlone(body: Json): string | undefined {
  const only = typeof body === 'object' && body !== null && Object.keys(body).join() === 'vkey';
  return only && 'vkey' in body && typeof body.vkey === 'string' ? body.vkey : undefined;
}

function notFrozen(log: LedgerLog): LedgerLog {
  if (log.frozenAt === null) return log;
  throw new LogError('FROZEN', `the log is frozen since ${log.frozenAt}: ${log.frozenReason ?? ''}`);
}

function stateOf(log: LedgerLog, keys: readonly LogKey[]): LogState {
  const { size, root, edge, publishedSize, checkpoint } = log;
  const published = checkpoint === null ? null : { size: publishedSize, checkpoint };
  return { size, root, edge, published, keys };
}

/** What files are rebuilt from, whether the log is frozen or not: reading goes on. */
export function entryStore(read: () => EntityManager, schoolId: string): EntryStore {
  return {
    readState: async () => stateOf(await read().findOneByOrFail(LedgerLog, { schoolId }), []),
    readEntries: (start, end) => readEntries(read(), schoolId, start, end),
  };
}

async function readEntries(
  read: EntityManager,
  schoolId: string,
  start: number,
  end: number,
): Promise<Uint8Array[]> {
  if (end <= start) return [];
  const rows = await read.find(LedgerEntryRow, {
    where: { schoolId, seq: Between(start, end - 1) },
    order: { seq: 'ASC' },
  });
  return rows.map(({ entry }) => entry);
}
