/** A school's log of 250 entries on each of the real stores, that is put back to that state for every try. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MoreThanOrEqual, type EntityManager } from 'typeorm';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { emptyRoot } from '#ledger/format/hash.js';
import { formatNote, formatVkey, signNoteText } from '#ledger/format/note.js';
import type { LogOptions } from '#ledger/log/options.js';
import type { PendingEntry } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { FolderLogStore } from '#ledger-node/folder-log.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { openDatabase } from '#api/database/data-source.js';
import type { Database } from '#api/database/database.js';
import { DatabaseLogStore } from '#api/ledger-host/database-log-store.js';
import {
  LedgerEntryRow,
  LedgerKey,
  LedgerLog,
  LedgerOutboxRow,
  LedgerStageRow,
} from '#api/ledger-host/ledger.entities.js';
import {
  documentEvent,
  logSigner,
  ORIGIN,
  policyOf,
  seededRandom,
  START,
  testWitness,
} from '../../ledger/test/logs.js';
import { School } from '#api/school/school.entities.js';
import { freshDatabase } from '../integration/engine.js';

/** Entries of the log that each try begins with: its log.opened and events 1 to 249. */
export const BEFORE = 250;
export const SCHOOL = 'a-school';

export interface LogRig {
  /** Puts log, outbox, tiles and the witness' memory back to BEFORE entries. */
  reset(): Promise<void>;
  /** What a new process would open the log with. */
  options(): Promise<LogOptions>;
  /** Gives entries in. On a folder they wait in the memory of the process that opened it last. */
  give(entries: readonly PendingEntry[]): Promise<void>;
  /** Whether what was given outlives the process. */
  readonly durableOutbox: boolean;
  readonly tiles: FolderTileStore;
  drop(): Promise<void>;
}

/** A log in a folder. */
export async function folderRig(): Promise<LogRig> {
  const base = await baseRig();
  const text = formatCheckpoint({ origin: ORIGIN, size: 0, root: emptyRoot() });
  await base.tiles.replaceCheckpoint(formatNote({ text, signatures: [await signNoteText(text, logSigner)] }));
  let store: FolderLogStore | undefined;
  const rig = {
    ...base,
    options: async () => {
      // Whatever the last process held in memory is gone.
      const tiles = new FolderTileStore(base.tiles.folder);
      store = await FolderLogStore.open(tiles);
      return { ...base.common, store, tiles };
    },
    give: (entries: readonly PendingEntry[]) => Promise.resolve(store?.add(entries)),
    durableOutbox: false,
  };
  await fill(rig);
  await base.keep();
  return rig;
}

/** A log in the application's database, on the engine that this run of the suite is for. */
export async function databaseRig(): Promise<LogRig> {
  const base = await baseRig();
  const place = await freshDatabase();
  const opened = await openDatabase(place.config);
  const { database } = opened;
  const schoolId = SCHOOL;
  await database.write(addSchool);
  const { options, give } = logIn(database, base.common, base.tiles.folder);
  const log = { options: () => Promise.resolve(options()), give };
  await fill(log);
  const kept = await database.read.findOneByOrFail(LedgerLog, { schoolId });
  await base.keep();
  return {
    ...base,
    ...log,
    durableOutbox: true,
    reset: async () => {
      await base.reset();
      await database.write(async (tx) => {
        await tx.delete(LedgerEntryRow, { schoolId, seq: MoreThanOrEqual(BEFORE) });
        await tx.delete(LedgerOutboxRow, { schoolId });
        await tx.delete(LedgerStageRow, { schoolId });
        await tx.update(LedgerLog, { schoolId }, kept);
      });
    },
    drop: async () => {
      await base.drop();
      await opened.close();
      await place.drop();
    },
  };
}

/** A log in the application's database, as whoever opens `<folder>/socai.sqlite` and `<folder>/log` finds it. */
export interface DatabaseLog {
  readonly options: LogOptions;
  close(): Promise<void>;
}

/** Opens the school's log in `folder`; a new one is made with BEFORE entries, and nobody witnesses it. */
export async function openDatabaseLog(folder: string): Promise<DatabaseLog> {
  const opened = await openDatabase({ engine: 'sqlite', file: join(folder, 'socai.sqlite') });
  const { database } = opened;
  const made = logIn(database, commonOptions(), join(folder, 'log'));
  if (!(await database.read.existsBy(School, { id: SCHOOL }))) {
    await database.write(addSchool);
    await fill({ options: () => Promise.resolve(made.options()), give: made.give });
  }
  return { options: made.options(), close: () => opened.close() };
}

function logIn(database: Database, common: Omit<LogOptions, 'store' | 'tiles'>, folder: string) {
  return {
    options: (): LogOptions => ({
      ...common,
      store: new DatabaseLogStore(database, SCHOOL),
      tiles: new FolderTileStore(folder),
    }),
    give: (entries: readonly PendingEntry[]) =>
      database.write(async (tx) => void (await tx.insert(LedgerOutboxRow, entries.map(outboxRow)))),
  };
}

async function addSchool(tx: EntityManager): Promise<void> {
  await tx.insert(School, {
    id: SCHOOL,
    slug: SCHOOL,
    code: SCHOOL,
    name: 'Trường Tiểu học Bến Tràm',
    level: 'PRIMARY',
    commune: 'Xã Bến Tràm',
    province: 'Tỉnh Sông Mây',
    origin: ORIGIN,
    settings: { homeroomConfirms: true, allowTotpStepUp: true, demo: true },
  });
  await tx.insert(LedgerLog, {
    schoolId: SCHOOL,
    origin: ORIGIN,
    vkey: formatVkey(logSigner),
    size: 0,
    root: emptyRoot(),
    edge: new Uint8Array(),
    publishedSize: 0,
    checkpoint: null,
    frozenAt: null,
    frozenReason: null,
  });
  const key = { schoolId: SCHOOL, vkey: formatVkey(logSigner), file: 'log', fromSize: 0, toSize: null };
  await tx.insert(LedgerKey, key);
}

/** An entry as it waits in the outbox. */
export function outboxRow({ id, ...entry }: PendingEntry, i: number): LedgerOutboxRow {
  if (entry.kind !== 'leaf') throw new Error('a school has no raw entries');
  const { type, body } = entry.draft;
  return { schoolId: SCHOOL, entryId: id, type, body: JSON.stringify(body), createdAt: String(1e9 + i) };
}

/** What does not depend on the store: a folder of tiles, and one witness that remembers. */
async function baseRig() {
  const scratch = await mkdtemp(join(tmpdir(), 'socai-rig-'));
  const tiles = new FolderTileStore(join(scratch, 'log'));
  const copy = join(scratch, 'copy');
  const witness = testWitness(1);
  const kept = new Map<string, Uint8Array>();
  const common = {
    ...commonOptions(),
    witnessing: { policy: policyOf([witness], 1), witnesses: [witness.client] },
  };
  return {
    common,
    tiles,
    keep: async () => {
      await cp(tiles.folder, copy, { recursive: true });
      witness.store.notes.forEach((note, origin) => kept.set(origin, note));
    },
    reset: async () => {
      await rm(tiles.folder, { recursive: true, force: true });
      await cp(copy, tiles.folder, { recursive: true });
      witness.store.notes.clear();
      kept.forEach((note, origin) => witness.store.notes.set(origin, note));
    },
    drop: () => rm(scratch, { recursive: true, force: true }),
  };
}

function commonOptions(): Omit<LogOptions, 'store' | 'tiles'> {
  return {
    signer: logSigner,
    kind: 'chain',
    clock: () => START,
    random: seededRandom('faults'),
    crypto: nodeCrypto,
    // So that what a try gives in takes several commits.
    maxBatch: 10,
  };
}

async function fill(rig: Pick<LogRig, 'options' | 'give'>): Promise<void> {
  const log = await Sequencer.open({ ...(await rig.options()), maxBatch: BEFORE });
  await rig.give(Array.from({ length: BEFORE - 1 }, (_, i) => documentEvent(i + 1)));
  await log.flush();
}
