/**
 * The logs of this installation's schools: opens them, keeps their sequencers going, and tells who waits when an entry
 * is public. Any number of processes may run on one database; one of them sequences, the others stand by.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { In } from 'typeorm';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { emptyRoot } from '#ledger/format/hash.js';
import { ED25519, formatVkey, parseNote, type NoteSigner } from '#ledger/format/note.js';
import { LogError } from '#ledger/log/errors.js';
import type { LogOptions } from '#ledger/log/options.js';
import { lockFolder, type FolderLock } from '#ledger-node/folder-lock.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { InstallationSettings } from '../installation.module.js';
import { School } from '../school/school.entities.js';
import { DatabaseLogStore } from './database-log-store.js';
import { RESERVED_SLUGS } from './directory-key.js';
import { KeyStore } from './key-store.js';
import { LedgerEntryRow, LedgerKey, LedgerLog, LedgerOutboxRow } from './ledger.entities.js';
import { LedgerTiles } from './ledger-tiles.js';
import { SchoolLog, type LogStanding } from './school-log.js';
import { TrustKeeper } from './trust-keeper.js';
import { Witnesses } from './witnesses.js';

/** The file of the key that a log opens with. */
const FIRST_KEY = 'log';
/** How often another process's rows, and logs that failed, are looked after. */
const POLL_MS = 1000;
const DEFAULT_WAIT_MS = 15_000;
/** How often one who waits looks whether another process has published. */
const LOOK_MS = 25;

@Injectable()
export class SchoolLogs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logs = new Map<string, SchoolLog>();
  /** By slug: held from the first opening of a log until this process ends. */
  private readonly locks = new Map<string, FolderLock>();
  private readonly opening = new Map<string, Promise<void>>();
  private readonly listeners: ((schoolId: string) => void)[] = [];
  private readonly logger = new Logger('ledger');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly settings: InstallationSettings,
    private readonly clock: Clock,
    private readonly keys: KeyStore,
    private readonly tiles: LedgerTiles,
    private readonly witnesses: Witnesses,
    private readonly trust: TrustKeeper,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { id } of await this.database.read.find(School, { select: { id: true } })) await this.open(id);
    this.timer = setInterval(() => void this.poll().catch(() => undefined), POLL_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([...this.logs.values()].map((log) => log.stop()));
    this.logs.clear();
    await Promise.all([...this.locks.values()].map((lock) => lock.release()));
    this.locks.clear();
  }

  /**
   * Opens a school's log: its key, its row and its place in the trust bundle are made when they are not there yet, and
   * entry 0 is written. To be called once a new school is committed; again, it does nothing.
   */
  open(schoolId: string): Promise<void> {
    let opened = this.opening.get(schoolId);
    if (opened === undefined) {
      opened = this.start(schoolId);
      this.opening.set(schoolId, opened);
      opened.catch(() => this.opening.delete(schoolId));
    }
    return opened;
  }

  /** Says that rows may wait in a school's outbox. */
  wake(schoolId: string): void {
    this.logs.get(schoolId)?.wake();
  }

  /** Calls `listener` with the school each time its log has published, perhaps nothing new. */
  onPublished(listener: (schoolId: string) => void): void {
    this.listeners.push(listener);
  }

  /** @throws Problem LEDGER_UNAVAILABLE when the school's log takes no entries */
  requireWritable(schoolId: string): void {
    if (this.isWritable(schoolId)) return;
    throw unavailable(whyReadOnly(this.logs.get(schoolId)?.fault));
  }

  /** Whether the school's log takes entries. */
  isWritable(schoolId: string): boolean {
    return this.logs.get(schoolId)?.writable === true;
  }

  /** How each log of this process stands, by school. */
  standings(): ReadonlyMap<string, LogStanding> {
    return new Map([...this.logs].map(([schoolId, log]) => [schoolId, log.standing]));
  }

  /** How one log of this process stands, and the code of what keeps it from going on. */
  standingOf(schoolId: string): { readonly standing: LogStanding; readonly fault: string | null } {
    const { standing = 'starting', fault } = this.logs.get(schoolId) ?? {};
    if (fault === undefined || standing === 'standby') return { standing, fault: null };
    return { standing, fault: fault instanceof LogError ? fault.code : 'FAILING' };
  }

  /**
   * Waits until all these entries are under a public checkpoint.
   * @throws Problem LEDGER_UNAVAILABLE when they are not within `timeoutMs`; they stay in the outbox and come later
   */
  async awaitPublished(
    schoolId: string,
    entryIds: readonly string[],
    timeoutMs = DEFAULT_WAIT_MS,
  ): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    this.wake(schoolId);
    while (!(await this.arePublished(schoolId, entryIds))) {
      this.requireWritable(schoolId);
      const left = deadline - performance.now();
      if (left <= 0) {
        throw unavailable(
          'Sổ Cái chưa công bố xong (thiếu người làm chứng). Không có gì bị mất; hãy thử lại sau.',
        );
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, LOOK_MS)));
    }
  }

  /** Whether all these entries are under a public checkpoint now. */
  async arePublished(schoolId: string, entryIds: readonly string[]): Promise<boolean> {
    const rows = await this.database.read.find(LedgerEntryRow, {
      select: { seq: true },
      where: { schoolId, entryId: In([...entryIds]) },
    });
    if (rows.length < new Set(entryIds).size) return false;
    const size = await this.publicSize(schoolId);
    return rows.every(({ seq }) => seq < size);
  }

  /** Entries under the checkpoint that is served: its file is replaced a moment after the database knows of it. */
  private async publicSize(schoolId: string): Promise<number> {
    const where = { schoolId };
    const log = await this.database.read.findOne(LedgerLog, { select: { publishedSize: true }, where });
    const school = await this.database.read.findOneByOrFail(School, { id: schoolId });
    const file = await this.tiles.of(school).readCheckpoint();
    const served = file === undefined ? 0 : parseCheckpoint(parseNote(file).text).size;
    return Math.min(log?.publishedSize ?? 0, served);
  }

  private async start(schoolId: string): Promise<void> {
    const school = await this.database.read.findOneByOrFail(School, { id: schoolId });
    if (RESERVED_SLUGS.has(school.slug))
      throw new Error(`no school can have the address /ledger/${school.slug}: choose another slug`);
    await this.ensureRow(school);
    await this.trust.refresh();
    const log = new SchoolLog(() => this.options(school), {
      published: () => this.listeners.forEach((listener) => listener(schoolId)),
      keysChanged: () => this.trust.refresh(),
      failed: (error) => this.logger.error(`the log of ${school.slug} does not go on: ${String(error)}`),
    });
    this.logs.set(schoolId, log);
    log.wake();
  }

  private async ensureRow({ id: schoolId, origin, slug }: School): Promise<void> {
    if (await this.database.read.existsBy(LedgerLog, { schoolId })) return;
    const signer = await this.keys.noteSigner(origin, ED25519, 'keys', slug, FIRST_KEY);
    const vkey = formatVkey(signer);
    const log = { schoolId, origin, vkey, size: 0, root: emptyRoot(), edge: new Uint8Array() };
    const none = { publishedSize: 0, checkpoint: null, frozenAt: null, frozenReason: null };
    const key = { schoolId, vkey, file: FIRST_KEY, fromSize: 0, toSize: null };
    await this.database.write(async (tx) => {
      const insert = () => tx.createQueryBuilder().insert();
      await insert()
        .into(LedgerLog)
        .values({ ...log, ...none })
        .orIgnore()
        .execute();
      await insert().into(LedgerKey).values(key).orIgnore().execute();
    });
  }

  /** One process of the installation writes a school's log: LogError LOCKED while another does. */
  private async lock(slug: string): Promise<void> {
    if (this.locks.has(slug)) return;
    const folder = join(this.settings.config.dataDir, 'ledger', slug);
    await mkdir(folder, { recursive: true });
    this.locks.set(slug, await lockFolder(folder));
  }

  /** The log's keys that sign now or will: those that wait for their entry too. */
  private async signers(school: School): Promise<[NoteSigner, ...NoteSigner[]]> {
    const { id: schoolId, origin, slug } = school;
    const { size } = await this.database.read.findOneByOrFail(LedgerLog, { schoolId });
    const rows = await this.database.read.find(LedgerKey, {
      where: { schoolId },
      order: { fromSize: 'ASC' },
    });
    const ours = rows.filter(({ toSize }) => toSize === null || toSize >= size);
    const [first, ...others] = await Promise.all(
      ours.map(({ file }) => this.keys.existingNoteSigner(origin, ED25519, 'keys', slug, file)),
    );
    if (first === undefined) throw new Error(`the log of ${slug} has no key in force`);
    return [first, ...others];
  }

  private async options(school: School): Promise<LogOptions> {
    await this.lock(school.slug);
    const [signer, ...cosigners] = await this.signers(school);
    return {
      signer,
      cosigners,
      kind: 'chain',
      store: new DatabaseLogStore(this.database, school.id),
      tiles: this.tiles.of(school),
      witnessing: this.witnesses.witnessing(),
      clock: () => this.clock.now().getTime(),
      random: (length) => new Uint8Array(randomBytes(length)),
      crypto: nodeCrypto,
    };
  }

  private async poll(): Promise<void> {
    const rows = await this.database.read
      .createQueryBuilder(LedgerOutboxRow, 'outbox')
      .select('DISTINCT outbox.schoolId', 'schoolId')
      .getRawMany<{ schoolId: string }>();
    const waiting = new Set(rows.map(({ schoolId }) => schoolId));
    for (const [schoolId, log] of this.logs) {
      if (waiting.has(schoolId) || log.isIncomplete) log.wake();
    }
  }
}

/** What a user is told of a log that takes nothing. */
function whyReadOnly(fault: unknown): string {
  const code = fault instanceof LogError ? fault.code : undefined;
  if (code === 'CLOSED') return 'Sổ Cái của trường đã đóng: không nhận thêm mục nào.';
  if (code === 'FROZEN') return 'Sổ Cái của trường đang tạm dừng theo lệnh của người vận hành.';
  return 'Sổ Cái của trường đang chỉ đọc: kho dữ liệu không khớp với những gì đã công bố.';
}

function unavailable(detail: string): Problem {
  return new Problem('LEDGER_UNAVAILABLE', detail);
}
