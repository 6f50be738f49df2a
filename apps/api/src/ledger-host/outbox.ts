/** What is to be said in the ledger, written in the same unit of work as what it announces: one commit point. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { checkDraft, type LeafDraft } from '#ledger/format/leaf.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { LedgerOutboxRow } from './ledger.entities.js';
import { SchoolLogs } from './school-logs.js';

@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly logs: SchoolLogs,
  ) {}

  /**
   * Adds one leaf to what waits to be sequenced; the sequencer is woken when the unit has committed.
   * @returns the entry's id, by which it is found once it has its index
   * @throws FormatError for a draft that could not be written; Problem LEDGER_UNAVAILABLE when the log takes nothing more
   */
  async add(tx: EntityManager, schoolId: string, draft: LeafDraft): Promise<string> {
    const [id] = await this.addAll(tx, schoolId, [draft]);
    return id as string;
  }

  /** Adds several leaves; their order tells nothing, as the sequencer shuffles what waits. */
  async addAll(tx: EntityManager, schoolId: string, drafts: readonly LeafDraft[]): Promise<string[]> {
    this.logs.requireWritable(schoolId);
    const createdAt = this.clock.timestamp();
    const rows = drafts.map((draft) => {
      checkDraft(draft);
      const { type, body } = draft;
      return { schoolId, entryId: randomUUID(), type, body: JSON.stringify(body), createdAt };
    });
    await tx.insert(LedgerOutboxRow, rows);
    this.database.afterCommit(() => this.logs.wake(schoolId));
    return rows.map(({ entryId }) => entryId);
  }
}
