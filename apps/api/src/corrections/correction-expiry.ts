/**
 * Corrections that nobody decided in time expire: a function of the time they were asked for, so that a restart or a
 * jump of the clock loses none; the journal is told once each, by the first who finds it.
 */
import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { RegularWork } from '../regular-work.js';
import { OPEN_STATES } from './correction-rules.js';
import { Correction } from './corrections.entities.js';

const LOOK_MS = 60_000;

@Injectable()
export class CorrectionExpiry extends RegularWork {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {
    super('corrections', LOOK_MS);
  }

  protected work(): Promise<void> {
    return this.expireDue();
  }

  /** Writes down what has expired, in every school. */
  async expireDue(): Promise<void> {
    const due = await this.database.read.find(Correction, {
      select: { schoolId: true, id: true },
      where: this.due(),
    });
    for (const schoolId of new Set(due.map((row) => row.schoolId))) {
      await this.database.write((tx) => this.expire(tx, schoolId, {}));
    }
  }

  /** Writes down what has expired among a school's corrections, in the caller's unit. */
  async expire(tx: EntityManager, schoolId: string, among: FindOptionsWhere<Correction>): Promise<void> {
    const where = { ...among, ...this.due(), schoolId };
    const rows = await tx.find(Correction, { where, order: { id: 'ASC' }, ...rowLock(tx) });
    if (rows.length === 0) return;
    const data = { state: 'expired' } as const;
    await tx.update(Correction, { schoolId, id: In(rows.map((row) => row.id)) }, data);
    const by = { actor: 'installation', at: this.clock.timestamp(), subject: 'corrections', data };
    const events = rows.map((row): NewEvent => ({ ...by, type: 'correction.expired', subjectId: row.id }));
    await this.journal.appendAll(tx, schoolId, events);
  }

  private due(): FindOptionsWhere<Correction> {
    return { state: In([...OPEN_STATES]), expiresAt: LessThanOrEqual(this.clock.timestamp()) };
  }
}
