/**
 * Remembers who read a sheet with values that were recorded the same day, where the school lets a recording be
 * withdrawn: what somebody else has read stays in the book.
 */
import { Injectable } from '@nestjs/common';
import { MoreThanOrEqual, Not } from 'typeorm';
import { switchesOf } from '#policy/switches.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import type { ClassInfo } from '../school/class-info.js';
import { MarkCell, SheetRead } from './gradebook.entities.js';

@Injectable()
export class SheetReads {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** To be called before values are loaded for anyone: a withdrawal comes before the reading or is refused. */
  async note(info: ClassInfo, area: string, period: string, personId: string): Promise<void> {
    if (!switchesOf(info.school.settings).recordWithdrawal) return;
    const { schoolId, id: classId } = info;
    const fresh = {
      ...{ schoolId, classId, area, period, state: 'recorded' as const },
      recordedAt: MoreThanOrEqual(this.dayBegan()),
    };
    if (!(await this.database.read.existsBy(MarkCell, { ...fresh, teacherId: Not(personId) }))) return;
    const row = { schoolId, classId, area, period, personId, readAt: this.clock.timestamp() };
    await this.database.write((tx) =>
      tx.upsert(SheetRead, row, ['schoolId', 'classId', 'area', 'period', 'personId']),
    );
  }

  /** Whether anyone but this person has read the sheet since a moment. */
  seenByOthers(
    info: ClassInfo,
    area: string,
    period: string,
    personId: string,
    since: string,
  ): Promise<boolean> {
    const { schoolId, id: classId } = info;
    const others = { schoolId, classId, area, period, personId: Not(personId) };
    return this.database.read.existsBy(SheetRead, { ...others, readAt: MoreThanOrEqual(since) });
  }

  /** The first moment of today in Viet Nam, in UTC as kept. */
  dayBegan(): string {
    return new Date(`${this.clock.today()}T00:00:00.000+07:00`).toISOString();
  }
}
