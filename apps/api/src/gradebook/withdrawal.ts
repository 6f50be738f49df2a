/** Takes back a recording of the same day (rút lại việc ghi sổ), where the school's policy allows it and nobody has read it. */
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { WithdrawAnswer } from '#contracts/gradebook.js';
import { JournalEvent } from '../audit/journal.entities.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import type { SheetRef } from './drafts.js';
import type { MarkCell } from './gradebook.entities.js';
import { GroundStore } from './ground-store.js';
import { markWithdrawn } from './mark-events.js';
import { cellKey, MarkStore } from './mark-store.js';
import { SheetReads } from './sheet-reads.js';
import { SheetStates, theSheet, type LoadedSheet } from './sheet-states.js';

@Injectable()
export class Withdrawal {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly sheets: SheetStates,
    private readonly marks: MarkStore,
    private readonly grounds: GroundStore,
    private readonly reads: SheetReads,
    private readonly journal: Journal,
  ) {}

  /**
   * Makes drafts again of what the person recorded today in these columns; the journal keeps both.
   * @throws Problem NOT_FOUND, FORBIDDEN (another day, another's recording, read by somebody, the school's policy),
   *   STATE_CONFLICT when nothing of the columns is recorded, or was corrected since
   */
  async withdraw(
    session: SessionContext,
    ref: SheetRef,
    columns: readonly string[],
    reason: string,
  ): Promise<WithdrawAnswer> {
    const { info } = await this.access.authorize(session, ref.classId, 'class.read');
    theSheet(info, ref.area, ref.period);
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      const loaded = await this.sheets.load(info, ref.area, ref.period);
      const cells = [...loaded.cells.values()].filter(
        (cell) => cell.state === 'recorded' && columns.includes(cell.columnCode),
      );
      const { asker } = await this.access.authorize(session, ref.classId, 'class.read');
      const relation = {
        ...asker.mine.sheet(info, ref.area),
        ...(await this.standing(session, loaded, cells)),
      };
      const rule = asker.authorize(info, 'sheet.withdraw', relation);
      await this.refuseUnfit(tx, cells);
      const at = this.clock.timestamp();
      const drafts = cells.map((cell) => draftAgain(cell, at));
      const by = { actor: session.personId, session: session.sessionId, rule, at };
      const events = drafts.map((cell) => markWithdrawn(cell, reason, by));
      const first = await this.journal.appendAll(tx, info.schoolId, events);
      await this.marks.write(
        tx,
        drafts.map((cell, i) => ({ ...cell, eventSeq: first + i })),
      );
      return { withdrawn: drafts.length };
    });
  }

  /** What rests on a correction, a decision or another school's papers is not the recorder's to take back. */
  private async refuseUnfit(tx: EntityManager, cells: readonly MarkCell[]): Promise<void> {
    const [first] = cells;
    if (first === undefined) throw new Problem('STATE_CONFLICT', 'Các cột này chưa có ô nào được ghi sổ.');
    const seqs = cells.flatMap(({ eventSeq }) => (eventSeq === null ? [] : [eventSeq]));
    const events = await tx.findBy(JournalEvent, { schoolId: first.schoolId, seq: In(seqs) });
    if (events.some(({ type }) => type !== 'mark.recorded')) {
      throw new Problem(
        'STATE_CONFLICT',
        'Có ô đã được sửa theo đề nghị sửa, hoặc lấy từ hồ sơ chuyển đến: không rút lại được.',
      );
    }
    const { classId, area, period } = first;
    const grounds = await this.grounds.ofSheet(first.schoolId, classId, area, period);
    if (cells.some((cell) => grounds.get(cellKey(cell.pupilId, cell.columnCode))?.kind === 'absent')) {
      throw new Problem(
        'STATE_CONFLICT',
        'Có ô V theo quyết định đã báo gia đình: chỉ sửa bằng đề nghị sửa.',
      );
    }
  }

  /** How the person stands to these recordings. */
  private async standing(
    session: SessionContext,
    { info, sheet, gate }: LoadedSheet,
    cells: readonly MarkCell[],
  ) {
    const began = this.reads.dayBegan();
    const earliest = cells.map((cell) => cell.recordedAt ?? '').sort()[0] ?? began;
    const { area } = sheet.area;
    return {
      locked: gate.locked,
      windowOpen: cells.every((cell) => gate.isOpen(cell.columnCode, cell.pupilId)),
      recorded: cells.length > 0,
      teacherOfRecord: cells.every((cell) => cell.teacherId === session.personId),
      recordedToday: cells.every((cell) => (cell.recordedAt ?? '') >= began),
      seenByOthers: await this.reads.seenByOthers(info, area, sheet.period, session.personId, earliest),
    };
  }
}

function draftAgain(cell: MarkCell, at: string): MarkCell {
  return { ...cell, state: 'draft', version: cell.version + 1, updatedAt: at, recordedAt: null };
}
