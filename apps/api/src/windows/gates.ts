/** Says for any sheet which of its columns can be written now, and for the others why not. */
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import type { ClassInfo } from '../school/class-info.js';
import { People } from '../school/people.js';
import { whyClosed, type Closed, type Gate } from './window-state.js';
import { EntryWindow, Notice, PeriodLock } from './windows.entities.js';

/** The gate of one sheet at one moment. */
export class SheetGate {
  constructor(
    private readonly gate: Gate,
    private readonly place: { readonly grade: number; readonly classId: string; readonly area: string },
  ) {}

  get locked(): boolean {
    return this.gate.lock !== null;
  }

  /** The lock in force, if any. */
  get lock(): PeriodLock | null {
    return this.gate.lock?.row ?? null;
  }

  isOpen(column: string): boolean {
    return this.whyClosed(column) === null;
  }

  /** Null when the column is open. */
  whyClosed(column: string): Closed | null {
    return whyClosed(this.gate, { ...this.place, column });
  }
}

@Injectable()
export class Gates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: People,
  ) {}

  /** Inside a unit of work it sees the unit's own state: ask again there before writing. */
  async ofSheet(info: ClassInfo, area: string, period: string): Promise<SheetGate> {
    const { schoolId } = info;
    const read = this.database.read;
    const windows = await read.findBy(EntryWindow, { schoolId, yearId: info.year.id, period });
    const noticeIds = [...new Set(windows.map((window) => window.noticeId))];
    const notices = noticeIds.length === 0 ? [] : await read.findBy(Notice, { schoolId, id: In(noticeIds) });
    const numbers = new Map(notices.map((notice) => [notice.id, notice.number]));
    const lock = await read.findOneBy(PeriodLock, {
      schoolId,
      classId: info.id,
      area,
      period,
      liftedAt: IsNull(),
    });
    const names = await this.people.names(schoolId, [lock?.lockedBy ?? null]);
    const gate: Gate = {
      windows: windows.map((window) => ({ window, noticeNumber: numbers.get(window.noticeId) ?? '?' })),
      lock: lock === null ? null : { row: lock, by: names(lock.lockedBy) },
      yearClosedAt: info.year.closedAt,
      now: this.clock.timestamp(),
    };
    return new SheetGate(gate, { grade: info.grade, classId: info.id, area });
  }

  /** Locks in force of classes, each as "class area period". */
  async locked(schoolId: string, classIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (classIds.length === 0) return new Set();
    const rows = await this.database.read.findBy(PeriodLock, {
      schoolId,
      classId: In([...classIds]),
      liftedAt: IsNull(),
    });
    return new Set(rows.map((row) => sheetKey(row)));
  }
}

/** One sheet among many. */
export function sheetKey(sheet: { classId: string; area: string; period: string }): string {
  return `${sheet.classId} ${sheet.area} ${sheet.period}`;
}
