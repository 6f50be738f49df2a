/**
 * Who looked at what of a class, a day each (law 91/2025: the person concerned may know who processed their data). It is
 * a log of readings, not part of the book: the journal holds what was changed.
 */
import { Injectable } from '@nestjs/common';
import type { Action } from '#policy/types.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccessRow } from './school.entities.js';

/** What shows data of pupils. */
const READINGS: readonly Action[] = [
  'class.read',
  'sheet.read',
  'mark.history',
  'result.read',
  'transcript.read',
  'transcript.present',
  'correction.read',
];

@Injectable()
export class AccessLog {
  /** What this process has written down of the day, so that a reading is written once. */
  private readonly noted = new Set<string>();
  private day = '';

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** To be called once it is allowed, before anything is shown. */
  async note({ schoolId, personId }: SessionContext, classId: string, action: Action): Promise<void> {
    if (!READINGS.includes(action)) return;
    const day = this.clock.today();
    if (day !== this.day) this.noted.clear();
    this.day = day;
    const key = `${day} ${schoolId} ${classId} ${personId} ${action}`;
    if (this.noted.has(key)) return;
    const row = { schoolId, classId, personId, action, day, firstAt: this.clock.timestamp() };
    await this.database.write(async (tx) => {
      await tx.createQueryBuilder().insert().into(ClassAccessRow).values(row).orIgnore().execute();
      // Asked inside a unit that fails later, the row goes with it: the next reading writes it again.
      this.database.afterCommit(() => this.noted.add(key));
    });
  }
}
