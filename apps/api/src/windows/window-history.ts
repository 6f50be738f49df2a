/** The windows as they stood at an earlier moment, out of the journal: what was announced, opened or changed later is not in it. */
import { Injectable } from '@nestjs/common';
import { readEvent } from '../audit/expected-rows.js';
import { JournalEvent } from '../audit/journal.entities.js';
import { Database } from '../database/database.js';
import type { EntryWindow } from './windows.entities.js';

@Injectable()
export class WindowHistory {
  constructor(private readonly database: Database) {}

  /** @param at ISO 8601, UTC */
  async at(schoolId: string, yearId: string, period: string, at: string): Promise<EntryWindow[]> {
    const events = await this.database.read.find(JournalEvent, {
      select: { seq: true, payload: true },
      where: { schoolId, subject: 'windows' },
      order: { seq: 'ASC' },
    });
    const windows = new Map<string, EntryWindow>();
    for (const { payload } of events) {
      const event = readEvent(payload);
      if (event === undefined || event.at > at) continue;
      const before = windows.get(event.subjectId);
      // The first event of a window names all of its columns, each later one those that it changed.
      if (before === undefined && event.type !== 'window.announced') continue;
      const known = { ...before, ...event.data } as object as EntryWindow;
      windows.set(event.subjectId, { ...known, schoolId, id: event.subjectId });
    }
    return [...windows.values()].filter((window) => window.yearId === yearId && window.period === period);
  }
}
