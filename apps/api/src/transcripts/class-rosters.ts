/**
 * Tells the ledger how many transcripts a class-year will have, before the first of them is signed. A second lineage for
 * one pupil, or a document left out, then shows to whoever counts; a later change of the number is a later entry.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { toBase64 } from '#ledger/format/bytes.js';
import { rosterCommitment, rosterLockedLeaf } from '#transcript/commitments.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Outbox } from '../ledger-host/outbox.js';
import type { ClassInfo } from '../school/class-info.js';
import { TranscriptRoster } from './transcripts.entities.js';

@Injectable()
export class ClassRosters {
  constructor(
    private readonly outbox: Outbox,
    private readonly journal: Journal,
  ) {}

  /** Commits to `count` transcripts of the class, in the caller's unit; does nothing while that is the number in force. */
  async lock(
    tx: EntityManager,
    { schoolId, id: classId, name, year }: ClassInfo,
    count: number,
    by: Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>,
  ): Promise<void> {
    const [inForce] = await tx.find(TranscriptRoster, {
      where: { schoolId, classId },
      order: { lockedAt: 'DESC' },
      take: 1,
    });
    if (count === 0 || inForce?.count === count) return;
    const salt = inForce?.salt ?? new Uint8Array(randomBytes(32));
    const leaf = rosterLockedLeaf(rosterCommitment(salt, name, year.label), count);
    const entryId = await this.outbox.add(tx, schoolId, leaf);
    const row: TranscriptRoster = {
      schoolId,
      id: randomUUID(),
      classId,
      count,
      salt,
      entryId,
      lockedAt: by.at,
    };
    await tx.insert(TranscriptRoster, row);
    await this.journal.append(tx, schoolId, {
      ...by,
      type: 'roster.locked',
      subject: 'transcript_rosters',
      subjectId: row.id,
      data: { ...rowData(row, 'salt'), salt: toBase64(salt) },
    });
  }
}
