/** Says for any sheet which of its columns can be written now (or could, at an earlier moment), and else why not. */
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import type { ClassInfo } from '../school/class-info.js';
import { People } from '../school/people.js';
import { WindowHistory } from './window-history.js';
import { openWindows, whyClosed, type AnnouncedWindow, type Closed, type Gate } from './window-state.js';
import { EntryWindow, Notice, PeriodLock } from './windows.entities.js';

/** The gate of one sheet at one moment. */
export class SheetGate {
  constructor(
    private readonly gate: Gate,
    private readonly place: { readonly grade: number; readonly classId: string; readonly area: string },
  ) {}

  /** Whether what is recorded, or missing, changes by approved correction only: locked, or in a closed year. */
  get locked(): boolean {
    return this.gate.lock !== null || this.gate.yearClosedAt !== null;
  }

  /** The lock in force, if any. */
  get lock(): PeriodLock | null {
    return this.gate.lock?.row ?? null;
  }

  /** @param pupilId left out: the column for the whole class, which a window for some pupils does not open */
  isOpen(column: string, pupilId?: string): boolean {
    return this.whyClosed(column, pupilId) === null;
  }

  /** Null when the column is open. */
  whyClosed(column: string, pupilId?: string): Closed | null {
    return whyClosed(this.gate, this.placeOf(column, pupilId));
  }

  /** Whether only make-up windows (kiểm tra bù) open the cell: what is entered then needs evidence. */
  isMakeUp(column: string, pupilId: string): boolean {
    const open = openWindows(this.gate, this.placeOf(column, pupilId));
    return open.length > 0 && open.every(({ kind }) => kind === 'make-up');
  }

  private placeOf(column: string, pupilId: string | undefined) {
    return { ...this.place, column, ...(pupilId === undefined ? {} : { pupilId }) };
  }
}

@Injectable()
export class Gates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: People,
    private readonly history: WindowHistory,
  ) {}

  /** Inside a unit of work it sees the unit's own state: ask again there before writing. */
  async ofSheet(info: ClassInfo, area: string, period: string): Promise<SheetGate> {
    const { schoolId } = info;
    const read = this.database.read;
    const windows = await read.findBy(EntryWindow, { schoolId, yearId: info.year.id, period });
    const where = { schoolId, classId: info.id, area, period };
    const lock = await read.findOneBy(PeriodLock, { ...where, liftedAt: IsNull() });
    const gate = {
      windows: await this.announced(schoolId, windows),
      lock: await this.named(lock),
      yearClosedAt: info.year.closedAt,
      now: this.clock.timestamp(),
    };
    return new SheetGate(gate, { grade: info.grade, classId: info.id, area });
  }

  /** The gate as it stood at an earlier moment. @param at ISO 8601, UTC */
  async ofSheetAt(info: ClassInfo, area: string, period: string, at: string): Promise<SheetGate> {
    const { schoolId } = info;
    const windows = await this.history.at(schoolId, info.year.id, period, at);
    const locks = await this.database.read.findBy(PeriodLock, { schoolId, classId: info.id, area, period });
    const lock = locks.find((row) => row.lockedAt <= at && (row.liftedAt === null || at < row.liftedAt));
    const closed = info.year.closedAt;
    const gate = {
      windows: await this.announced(schoolId, windows),
      lock: await this.named(lock ?? null),
      yearClosedAt: closed !== null && closed <= at ? closed : null,
      now: at,
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

  private async announced(schoolId: string, windows: readonly EntryWindow[]): Promise<AnnouncedWindow[]> {
    const ids = [...new Set(windows.flatMap(({ noticeId, changeNoticeId }) => [noticeId, changeNoticeId]))];
    const found = ids.filter((id) => id !== null);
    const notices =
      found.length === 0 ? [] : await this.database.read.findBy(Notice, { schoolId, id: In(found) });
    const numbers = new Map(notices.map((notice) => [notice.id, notice.number]));
    return windows.map((window) => ({
      window,
      noticeNumber: numbers.get(window.noticeId) ?? '?',
      changeNumber: window.changeNoticeId === null ? null : (numbers.get(window.changeNoticeId) ?? '?'),
    }));
  }

  private async named(lock: PeriodLock | null): Promise<Gate['lock']> {
    if (lock === null) return null;
    const names = await this.people.names(lock.schoolId, [lock.lockedBy]);
    return { row: lock, by: names(lock.lockedBy) };
  }
}

/** One sheet among many. */
export function sheetKey(sheet: { classId: string; area: string; period: string }): string {
  return `${sheet.classId} ${sheet.area} ${sheet.period}`;
}
