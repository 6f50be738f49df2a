/**
 * Anchors the journals in the ledger: a leaf that says how many events a journal has and what its head is. What comes
 * after the last witnessed anchor could still be rewritten by whoever holds the machine, so it is done at every lock,
 * within ten minutes of a change, and daily: so the log of a school where nothing happens is cosigned daily too.
 */
import { Injectable } from '@nestjs/common';
import { MoreThanOrEqual, type EntityManager } from 'typeorm';
import { JournalAnchor, JournalEvent, JournalHead } from '../audit/journal.entities.js';
import { lockedHead } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { RegularWork } from '../regular-work.js';
import { LedgerLog } from './ledger.entities.js';
import { Outbox } from './outbox.js';
import { SchoolLogs } from './school-logs.js';

const LOOK_MS = 2000;
const CHANGED_MS = 5 * 60 * 1000;
const DAILY_MS = 24 * 60 * 60 * 1000;

@Injectable()
export class Anchors extends RegularWork {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly logs: SchoolLogs,
  ) {
    // At once: what was due while the server was down is anchored when it starts.
    super('ledger', LOOK_MS, 'atOnce');
  }

  protected work(): Promise<void> {
    return this.anchorDue();
  }

  /**
   * Anchors the head as the caller's unit leaves it: to be called last in the unit.
   * @returns id of the ledger entry
   */
  async anchor(tx: EntityManager, schoolId: string): Promise<string> {
    const { hash, count } = await lockedHead(tx, schoolId);
    const id = await this.outbox.add(tx, schoolId, { type: 'journal.anchored', body: { head: hash, count } });
    await tx.insert(JournalAnchor, { schoolId, entryId: id, count });
    await tx.update(JournalHead, { schoolId }, { anchoredCount: count, anchoredAt: this.clock.timestamp() });
    return id;
  }

  /** Anchors the head as it is, and waits until the anchor is public (Problem LEDGER_UNAVAILABLE if it is not in time). */
  async anchorNow(schoolId: string): Promise<void> {
    const id = await this.database.write((tx) => this.anchor(tx, schoolId));
    await this.logs.awaitPublished(schoolId, [id]);
  }

  /** Anchors every journal whose turn it is; one that cannot be keeps no other from it. */
  async anchorDue(): Promise<void> {
    const now = this.clock.now().getTime();
    for (const head of await this.database.read.find(JournalHead)) {
      try {
        if (await this.isDue(head, now)) await this.anchorUnlessDone(head);
      } catch (error) {
        this.logger.error(`the journal of ${head.schoolId} could not be anchored: ${String(error)}`);
      }
    }
  }

  /** Of several processes that find a journal due, the first anchors it: the others find another anchor under the lock. */
  private async anchorUnlessDone({ schoolId, anchoredCount, anchoredAt }: JournalHead): Promise<void> {
    await this.database.write(async (tx) => {
      const now = await lockedHead(tx, schoolId);
      if (now.anchoredCount === anchoredCount && now.anchoredAt === anchoredAt)
        await this.anchor(tx, schoolId);
    });
  }

  private async isDue(head: JournalHead, now: number): Promise<boolean> {
    // A clock set back makes the last anchor one of the future: how long ago it was, nobody knows.
    const ago = head.anchoredAt === null ? Infinity : now - Date.parse(head.anchoredAt);
    const since = ago < 0 ? Infinity : ago;
    const isChanged = head.count !== head.anchoredCount;
    if (since < DAILY_MS && !(isChanged && (since >= CHANGED_MS || (await this.hasLock(head))))) return false;
    const { schoolId } = head;
    return this.logs.isWritable(schoolId) && this.database.read.existsBy(LedgerLog, { schoolId });
  }

  /** Whether a period was locked or reopened since the last anchor. */
  private hasLock({ schoolId, anchoredCount }: JournalHead): Promise<boolean> {
    return this.database.read.existsBy(JournalEvent, {
      schoolId,
      subject: 'locks',
      seq: MoreThanOrEqual(anchoredCount),
    });
  }
}
