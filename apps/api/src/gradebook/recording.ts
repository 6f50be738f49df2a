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
import { Classes, type ClassPupil } from '../school/classes.js';
import { takes } from '../school/class-info.js';
import { OPEN_AND_EMPTY, type SheetRef } from './drafts.js';
import type { MarkCell } from './gradebook.entities.js';
import { markRecorded } from './mark-events.js';
import { ABSENT, isTest } from './mark-kinds.js';
import { cellKey, MarkStore } from './mark-store.js';
import { entryState, otherOwner, SheetStates, theSheet, type LoadedSheet } from './sheet-states.js';

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
   * @throws Problem NOT_FOUND, FORBIDDEN, CELL_CLOSED, CELL_INVALID (a wrong value; a V without its decision; a mark
   *   of a make-up test without its evidence)
   */
  async record(session: SessionContext, ref: SheetRef, columns: readonly string[]): Promise<RecordAnswer> {
    const { info, asker } = await this.access.authorize(session, ref.classId, 'sheet.record', (its, own) =>
      own.entry(its, ref.area, OPEN_AND_EMPTY),
    );
    checkColumns(theSheet(info, ref.area, ref.period).columns, columns);
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      const loaded = await this.sheets.load(info, ref.area, ref.period);
      refuseOthers(loaded, columns, session.personId);
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

function refuseOthers(loaded: LoadedSheet, columns: readonly string[], personId: string): void {
  const items = columns.flatMap((column): ProblemItem[] => {
    const owner = otherOwner(loaded, column, personId);
    return owner === null
      ? []
      : [{ where: column, code: 'FORBIDDEN', message: `Cột ${column} do ${owner} phụ trách.` }];
  });
  if (items.length > 0) {
    throw new Problem('FORBIDDEN', `Chưa ghi sổ cột nào: ${items[0]?.message ?? ''}`, items);
  }
}

/** A column that a make-up window opens for some pupils only is recorded for those. */
function refuseClosed({ gate, pupils }: LoadedSheet, columns: readonly string[]): void {
  const items = columns.flatMap((column): ProblemItem[] => {
    const closed = gate.whyClosed(column);
    return closed === null || pupils.some(({ pupil }) => gate.isOpen(column, pupil.id))
      ? []
      : [{ where: column, code: closed.code, message: closed.sentence }];
  });
  if (items.length > 0) {
    throw new Problem('CELL_CLOSED', `Chưa ghi sổ cột nào: ${items[0]?.message ?? ''}`, items);
  }
}

/** Those who are in the class and take the subject. */
function learners({ info, sheet, pupils }: LoadedSheet): readonly ClassPupil[] {
  return pupils.filter(({ pupil, leftOn }) => leftOn === null && takes(info, pupil.id, sheet.area.area));
}

/** Drafts with a value in open cells, of pupils who are in the class and take the subject. */
function draftsOf(loaded: LoadedSheet, columns: readonly string[]): MarkCell[] {
  const { cells, gate } = loaded;
  return learners(loaded)
    .flatMap(({ pupil }) => columns.map((column) => cells.get(cellKey(pupil.id, column))))
    .filter((cell): cell is MarkCell => cell?.state === 'draft' && cell.value !== null)
    .filter((cell) => gate.isOpen(cell.columnCode, cell.pupilId));
}

/** A draft is canonical when it is written; it is judged again when it becomes part of the book. */
function refuseInvalid(loaded: LoadedSheet, drafts: readonly MarkCell[]): void {
  const { sheet, pupils } = loaded;
  const items = drafts.flatMap((cell): ProblemItem[] => {
    const column = sheet.columns.find(({ code }) => code === cell.columnCode);
    const parsed = column && parseValue(column.kind, cell.value ?? '');
    const wrong = parsed?.ok !== true || parsed.value !== cell.value;
    const lacking = wrong ? null : groundLacking(loaded, cell);
    if (!wrong && lacking === null) return [];
    const name = pupils.find(({ pupil }) => pupil.id === cell.pupilId)?.pupil.fullName ?? '';
    const why = lacking ?? (parsed?.ok === false ? parsed.message : 'giá trị không hợp lệ');
    return [
      { where: `${cell.pupilId} ${cell.columnCode}`, code: 'CELL_INVALID', message: `${name}: ${why}.` },
    ];
  });
  if (items.length > 0) throw new Problem('CELL_INVALID', 'Chưa ghi sổ: có ô chưa đúng.', items);
}

/** What a draft needs besides its value before it becomes part of the book; null when nothing. */
function groundLacking({ sheet, gate, grounds }: LoadedSheet, cell: MarkCell): string | null {
  const column = sheet.columns.find(({ code }) => code === cell.columnCode);
  const ground = grounds.get(cellKey(cell.pupilId, cell.columnCode));
  if (isTest(column?.kind) && cell.value === ABSENT && ground?.kind !== 'absent') {
    return 'V (vắng không lí do) tính là 0 điểm hoặc Chưa đạt: phải lập quyết định, nêu lí do và báo cho gia đình';
  }
  if (gate.isMakeUp(cell.columnCode, cell.pupilId) && ground?.kind !== 'make-up') {
    return 'điểm kiểm tra bù phải có căn cứ (ví dụ giấy ra viện) trước khi ghi sổ';
  }
  return null;
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

function summaryOf(loaded: LoadedSheet, column: string): RecordedColumnAnswer {
  const { cells, gate } = loaded;
  const present = learners(loaded);
  const found = present.map(({ pupil }) => cells.get(cellKey(pupil.id, column)));
  const recorded = found.filter(
    (cell) => cell?.state === 'draft' && cell.value !== null && gate.isOpen(column, cell.pupilId),
  ).length;
  const before = found.filter((cell) => cell?.state === 'recorded').length;
  return { column, recorded, before, empty: present.length - recorded - before };
}
