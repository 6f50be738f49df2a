/** Recording (ghi sổ): the drafts of chosen columns become part of the book, one journal event a cell. */
import { Injectable } from '@nestjs/common';
import { parseValue } from '#regulations/sheets.js';
import type { RecordAnswer, RecordedColumnAnswer } from '#contracts/gradebook.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem, type ProblemItem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { OPEN_AND_EMPTY, type SheetRef } from './drafts.js';
import type { MarkCell } from './gradebook.entities.js';
import { markRecorded } from './mark-events.js';
import { cellKey, MarkStore } from './mark-store.js';
import { entryState, SheetStates, theSheet, type LoadedSheet } from './sheet-states.js';

@Injectable()
export class Recording {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly sheets: SheetStates,
    private readonly marks: MarkStore,
    private readonly journal: Journal,
  ) {}

  /**
   * Records the drafts of the columns; cells recorded before stay as they are, empty ones stay empty.
   * @throws Problem NOT_FOUND, FORBIDDEN, CELL_CLOSED, CELL_INVALID
   */
  async record(session: SessionContext, ref: SheetRef, columns: readonly string[]): Promise<RecordAnswer> {
    const { info, asker } = await this.access.authorize(session, ref.classId, 'sheet.record', (its, own) =>
      own.entry(its, ref.area, OPEN_AND_EMPTY),
    );
    checkColumns(theSheet(info, ref.area, ref.period).columns, columns);
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      const loaded = await this.sheets.load(info, ref.area, ref.period);
      refuseClosed(loaded, columns);
      const drafts = draftsOf(loaded, columns);
      refuseInvalid(loaded, drafts);
      const touched = drafts.map((cell) => ({ pupilId: cell.pupilId, column: cell.columnCode }));
      const state = { ...entryState(loaded, touched), windowOpen: true };
      const rule = asker.authorize(info, 'sheet.record', asker.mine.entry(info, ref.area, state));
      const at = this.clock.timestamp();
      const fixed = drafts.map((cell) => recordedCell(cell, session.personId, at));
      const by = { actor: session.personId, session: session.sessionId, rule, at };
      if (fixed.length > 0) {
        const first = await this.journal.appendAll(
          tx,
          info.schoolId,
          fixed.map((cell) => markRecorded(cell, by)),
        );
        await this.marks.write(
          tx,
          fixed.map((cell, i) => ({ ...cell, eventSeq: first + i })),
        );
      }
      return { recorded: fixed.length, columns: columns.map((column) => summaryOf(loaded, column)) };
    });
  }
}

function checkColumns(known: readonly { readonly code: string }[], columns: readonly string[]): void {
  const items = columns
    .filter((column) => !known.some(({ code }) => code === column))
    .map((column) => ({ where: column, code: 'CELL_INVALID', message: 'Bảng này không có cột ấy.' }));
  if (items.length > 0) throw new Problem('CELL_INVALID', 'Có cột không thuộc bảng điểm này.', items);
}

function refuseClosed({ gate }: LoadedSheet, columns: readonly string[]): void {
  const items = columns.flatMap((column): ProblemItem[] => {
    const closed = gate.whyClosed(column);
    return closed === null ? [] : [{ where: column, code: closed.code, message: closed.sentence }];
  });
  if (items.length > 0) {
    throw new Problem('CELL_CLOSED', `Chưa ghi sổ cột nào: ${items[0]?.message ?? ''}`, items);
  }
}

/** Drafts with a value, of pupils who are in the class. */
function draftsOf({ pupils, cells }: LoadedSheet, columns: readonly string[]): MarkCell[] {
  return pupils
    .filter(({ leftOn }) => leftOn === null)
    .flatMap(({ pupil }) => columns.map((column) => cells.get(cellKey(pupil.id, column))))
    .filter((cell): cell is MarkCell => cell?.state === 'draft' && cell.value !== null);
}

/** A draft is canonical when it is written; it is judged again when it becomes part of the book. */
function refuseInvalid({ sheet, pupils }: LoadedSheet, drafts: readonly MarkCell[]): void {
  const items = drafts.flatMap((cell): ProblemItem[] => {
    const column = sheet.columns.find(({ code }) => code === cell.columnCode);
    const parsed = column && parseValue(column.kind, cell.value ?? '');
    if (parsed?.ok === true && parsed.value === cell.value) return [];
    const name = pupils.find(({ pupil }) => pupil.id === cell.pupilId)?.pupil.fullName ?? '';
    const why = parsed?.ok === false ? parsed.message : 'giá trị không hợp lệ';
    return [
      { where: `${cell.pupilId} ${cell.columnCode}`, code: 'CELL_INVALID', message: `${name}: ${why}.` },
    ];
  });
  if (items.length > 0) throw new Problem('CELL_INVALID', 'Chưa ghi sổ: có ô chưa đúng.', items);
}

function recordedCell(draft: MarkCell, personId: string, at: string): MarkCell {
  return {
    ...draft,
    state: 'recorded',
    version: draft.version + 1,
    teacherId: personId,
    updatedAt: at,
    recordedAt: at,
  };
}

function summaryOf({ pupils, cells }: LoadedSheet, column: string): RecordedColumnAnswer {
  const present = pupils.filter(({ leftOn }) => leftOn === null);
  const found = present.map(({ pupil }) => cells.get(cellKey(pupil.id, column)));
  const recorded = found.filter((cell) => cell?.state === 'draft' && cell.value !== null).length;
  const before = found.filter((cell) => cell?.state === 'recorded').length;
  return { column, recorded, before, empty: present.length - recorded - before };
}
