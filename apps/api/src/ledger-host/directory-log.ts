/**
 * The province's directory log in this installation: it anchors the schools' public checkpoints and logs every trust
 * bundle that was put in force, under the same witnesses. One process of the installation writes it, under the lock of
 * its folder; the others stand by.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { equal, toBase64 } from '#ledger/format/bytes.js';
import { parseCheckpoint, type Checkpoint } from '#ledger/format/checkpoint.js';
import { parseLeaf, type LeafDraft } from '#ledger/format/leaf.js';
import { parseNote } from '#ledger/format/note.js';
import type { TrustBundle } from '#ledger/format/trust.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkAnchors, Directory } from '#ledger/verify/directory.js';
import { policyFor } from '#ledger/verify/trust.js';
import { openLogIn, type FolderLog } from '#ledger-node/folder-sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { InstallationSettings } from '../installation.module.js';
import { RegularWork } from '../regular-work.js';
import { School } from '../school/school.entities.js';
import { DirectoryKey } from './directory-key.js';
import { standingAfter, type LogStanding } from './school-log.js';
import { TrustKeeper } from './trust-keeper.js';
import { Witnesses } from './witnesses.js';

const LOOK_MS = 5000;
/** A school whose log grows all the time is anchored this often. */
const GROWN_MS = 5 * 60 * 1000;
/** A school whose log does not grow is anchored this often, so that silence is not taken for health. */
const DAILY_MS = 24 * 60 * 60 * 1000;

@Injectable()
export class DirectoryLog extends RegularWork {
  standing: LogStanding = 'starting';
  private readonly complaints = new Set<string>();
  private log: FolderLog | undefined;
  /** What the log holds, entries that wait for witnesses too. */
  private directory = new Directory();

  constructor(
    private readonly database: Database,
    private readonly settings: InstallationSettings,
    private readonly clock: Clock,
    private readonly key: DirectoryKey,
    private readonly witnesses: Witnesses,
    private readonly trust: TrustKeeper,
  ) {
    super('directory', LOOK_MS);
  }

  override async onModuleDestroy(): Promise<void> {
    await super.onModuleDestroy();
    await this.close();
  }

  /** Logs the trust bundles and anchors the checkpoints whose turn it is. Never rejects: see `standing`. */
  protected work(): Promise<void> {
    return this.write().catch((error: unknown) => this.fail(error));
  }

  private async write(): Promise<void> {
    await this.trust.takeIncoming();
    if (this.standing === 'read-only') return;
    const bundle = await this.trust.bundle();
    if (bundle === undefined) return;
    this.log ??= await this.open();
    if (this.log === undefined) return;
    // One by one: a batch is shuffled, and serials are to rise.
    for (const draft of await this.bundlesToLog()) await this.append([draft]);
    const anchors = await this.checkpointsToAnchor(bundle);
    if (anchors.length > 0 || this.standing !== 'running') await this.append(anchors);
  }

  private async append(drafts: readonly LeafDraft[]): Promise<void> {
    if (this.log === undefined) return;
    this.log.store.add(drafts.map((draft) => ({ id: randomUUID(), kind: 'leaf', draft })));
    const { entries, quorum } = await this.log.sequencer.flush();
    for (const { entry } of entries) this.directory.take(parseLeaf(entry));
    this.standing = quorum ? 'running' : 'waiting-for-witnesses';
  }

  private async open(): Promise<FolderLog | undefined> {
    const signer = await this.key.signer();
    if (signer === undefined) return undefined;
    const log = await openLogIn(this.key.folder, {
      signer,
      kind: 'chain',
      clock: () => this.clock.now().getTime(),
      witnessing: this.witnesses.witnessing(),
    });
    const { size } = await log.store.readState();
    this.directory = new Directory();
    for (const entry of await log.store.readEntries(0, size)) this.directory.take(parseLeaf(entry));
    return log;
  }

  /** Whatever happened, the next look opens the folder again and sees what was committed. */
  private async fail(error: unknown): Promise<void> {
    this.standing = standingAfter(error);
    if (this.standing !== 'standby') this.complain(`the directory log does not go on: ${String(error)}`);
    await this.close();
  }

  private async close(): Promise<void> {
    const { log } = this;
    this.log = undefined;
    await log?.close();
  }

  private async bundlesToLog(): Promise<LeafDraft[]> {
    const drafts: LeafDraft[] = [];
    for (const serial of await this.trust.serials()) {
      if (this.directory.bundles.some((logged) => logged.serial === serial)) continue;
      const note = await this.trust.readArchived(serial);
      if (note === undefined) continue;
      const bundle = toBase64(nodeCrypto.sha256(note));
      drafts.push({ type: 'trust.published', body: { serial, bundle } });
    }
    return drafts;
  }

  private async checkpointsToAnchor(bundle: TrustBundle): Promise<LeafDraft[]> {
    const drafts: LeafDraft[] = [];
    for (const school of await this.database.read.find(School, { order: { slug: 'ASC' } })) {
      const checkpoint = await this.dueCheckpoint(school, bundle);
      if (checkpoint === undefined) continue;
      const { origin, size, root } = checkpoint;
      drafts.push({ type: 'checkpoint.anchored', body: { origin, size, root: toBase64(root) } });
    }
    return drafts;
  }

  private isDue({ origin, size, root }: Checkpoint): boolean {
    const last = this.directory.anchorsOf(origin).at(-1);
    if (last === undefined) return true;
    const since = this.clock.now().getTime() - Date.parse(last.at);
    const grown = last.size !== size || !equal(last.root, root);
    return since >= (grown ? GROWN_MS : DAILY_MS);
  }

  /**
   * The checkpoint that is served for a school, when its turn has come and the school's log signed it. One that
   * contradicts what was anchored is anchored all the same: hiding it would hide the fork.
   */
  private async dueCheckpoint(school: School, bundle: TrustBundle): Promise<Checkpoint | undefined> {
    const tiles = new FolderTileStore(join(this.settings.config.dataDir, 'ledger', school.slug));
    const note = await tiles.readCheckpoint();
    if (note === undefined) return undefined;
    try {
      const { size } = parseCheckpoint(parseNote(note).text);
      const policy = { ...policyFor(bundle, school.origin, size), quorum: null };
      const checkpoint = checkCheckpoint(note, policy, nodeCrypto);
      if (!this.isDue(checkpoint)) return undefined;
      const last = this.directory.anchorsOf(school.origin).slice(-1);
      await checkAnchors(last, checkpoint, tiles, nodeCrypto).catch((error: unknown) => this.complain(error));
      return checkpoint;
    } catch (error) {
      this.complain(`the checkpoint served for ${school.slug} is not anchored: ${String(error)}`);
      return undefined;
    }
  }

  /** Says it once: the same is found again every few seconds. */
  private complain(what: unknown): void {
    const words = String(what);
    if (this.complaints.has(words)) return;
    this.complaints.add(words);
    this.logger.error(words);
  }
}
