/** Writes drafts (nháp): all cells of a call or none, or row by row; never over someone else's change. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Action } from '#policy/types.js';
import type { DraftConflictAnswer, RefusedCellAnswer, WrittenCellAnswer } from '#contracts/gradebook.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess, type Asker } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import {
  DRAFT_PROBLEMS,
  planDrafts,
  problemItems,
  wholeRows,
  type DraftProblem,
  type PlannedCell,
  type TypedCell,
} from './draft-plan.js';
import type { MarkCell } from './gradebook.entities.js';
import { MarkStore } from './mark-store.js';
import { entryState, stateOf, SheetStates, theSheet, type LoadedSheet } from './sheet-states.js';

/** Which sheet. */
export interface SheetRef {
  readonly classId: string;
  readonly area: string;
  readonly period: string;
}

/** Asked first, so that a stranger learns nothing of windows and locks: may this person ever enter here? */
export const OPEN_AND_EMPTY = { locked: false, windowOpen: true, recorded: false } as const;

type DraftAction = Action & ('sheet.draft' | 'sheet.import');

@Injectable()
export class Drafts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly sheets: SheetStates,
    private readonly marks: MarkStore,
  ) {}

  /**
   * Saves what was typed into a sheet, all cells or none.
   * @param action "sheet.import" when the cells come out of a workbook
   * @throws Problem NOT_FOUND, FORBIDDEN, CELL_CLOSED, CELL_RECORDED, CELL_INVALID, STALE_VERSION (with both values);
   *   every cell that is wrong is among the items, whatever the code
   */
  async write(
    session: SessionContext,
    ref: SheetRef,
    typed: readonly TypedCell[],
    action: DraftAction = 'sheet.draft',
  ): Promise<WrittenCellAnswer[]> {
    return this.unit(session, ref, action, async (tx, asker, loaded) => {
      const { cells, problems } = planDrafts(typed, stateOf(loaded, session.personId));
      if (problems.length > 0) throw await this.refusal(session.schoolId, problems);
      return this.writeCells(tx, session, asker, loaded, cells, action);
    });
  }

  /**
   * Saves row by row: each pupil's cells as a whole or not at all, whatever becomes of the others, in one unit of work.
   * @throws Problem NOT_FOUND, FORBIDDEN as far as they concern the whole sheet
   */
  async writeEach(
    session: SessionContext,
    ref: SheetRef,
    typed: readonly TypedCell[],
  ): Promise<{ cells: WrittenCellAnswer[]; refused: RefusedCellAnswer[] }> {
    const action = 'sheet.draft';
    return this.unit(session, ref, action, async (tx, asker, loaded) => {
      const { cells, problems } = planDrafts(typed, stateOf(loaded, session.personId));
      const whole = wholeRows(typed, cells, problems);
      const saved =
        whole.length === 0 ? [] : await this.writeCells(tx, session, asker, loaded, whole, action);
      return { cells: saved, refused: await this.refused(session.schoolId, typed, whole, problems) };
    });
  }

  /** Asks whether the person may ever enter here, holds the class and loads the sheet as it is. */
  private async unit<T>(
    session: SessionContext,
    ref: SheetRef,
    action: DraftAction,
    work: (tx: EntityManager, asker: Asker, loaded: LoadedSheet) => Promise<T>,
  ): Promise<T> {
    const { info, asker } = await this.access.authorize(session, ref.classId, action, (its, own) =>
      own.entry(its, ref.area, OPEN_AND_EMPTY),
    );
    theSheet(info, ref.area, ref.period);
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      return work(tx, asker, await this.sheets.load(info, ref.area, ref.period));
    });
  }

  private async writeCells(
    tx: EntityManager,
    session: SessionContext,
    asker: Asker,
    loaded: LoadedSheet,
    cells: readonly PlannedCell[],
    action: DraftAction,
  ): Promise<WrittenCellAnswer[]> {
    const { info, sheet } = loaded;
    const state = entryState(
      loaded,
      cells.map(({ typed }) => typed),
    );
    asker.authorize(info, action, asker.mine.entry(info, sheet.area.area, state));
    const rows = cells.map((cell) => this.row(session, loaded, cell));
    const changed = rows.filter((_, i) => cells[i]?.change !== 'unchanged').filter((row) => row !== null);
    await this.marks.write(tx, changed);
    return cells.map((cell, i) => writtenCell(cell, rows[i] ?? null));
  }

  private row(session: SessionContext, { info, sheet }: LoadedSheet, planned: PlannedCell): MarkCell | null {
    const { current, typed, value, change } = planned;
    if (change === 'unchanged') return current;
    const place = {
      schoolId: info.schoolId,
      id: current?.id ?? randomUUID(),
      classId: info.id,
      area: sheet.area.area,
      period: sheet.period,
      columnCode: typed.column,
      pupilId: typed.pupilId,
    };
    return {
      ...place,
      state: 'draft',
      value,
      version: (current?.version ?? 0) + 1,
      teacherId: session.personId,
      updatedAt: this.clock.timestamp(),
      recordedAt: null,
      eventSeq: null,
    };
  }

  private async refusal(schoolId: string, problems: readonly DraftProblem[]): Promise<Problem> {
    const code = DRAFT_PROBLEMS.find((candidate) => problems.some((problem) => problem.code === candidate));
    if (code === undefined || code === 'PUPIL_UNKNOWN') return notFound('học sinh trong lớp này');
    const named = await this.named(schoolId, problems);
    const conflicts = problems.flatMap((problem) => named(problem) ?? []);
    const detail = `Chưa lưu ô nào: có ${problems.length} ô chưa nhận được. Hãy xem từng ô rồi lưu lại.`;
    return new Problem(code, detail, problemItems(problems), conflicts.length === 0 ? {} : { conflicts });
  }

  /** Every cell of the rows that were not saved: what is wrong with it, or that its row was not. */
  private async refused(
    schoolId: string,
    typed: readonly TypedCell[],
    saved: readonly PlannedCell[],
    problems: readonly DraftProblem[],
  ): Promise<RefusedCellAnswer[]> {
    const named = await this.named(schoolId, problems);
    const kept = new Set(saved.map((cell) => cell.typed));
    return typed.flatMap((cell, index): RefusedCellAnswer[] => {
      if (kept.has(cell)) return [];
      const problem = problems.find((candidate) => candidate.index === index);
      const { code, message } = problem ?? ROW_NOT_SAVED;
      const conflict = problem === undefined ? null : named(problem);
      return [{ index, pupilId: cell.pupilId, column: cell.column, code, message, conflict }];
    });
  }

  /** Both values of a conflict, with the name of who wrote the other. */
  private async named(
    schoolId: string,
    problems: readonly DraftProblem[],
  ): Promise<(problem: DraftProblem) => DraftConflictAnswer | null> {
    const ids = problems.map(({ conflict }) => conflict?.teacherId ?? null);
    const names = await this.people.names(schoolId, ids);
    return ({ conflict }) => {
      if (conflict === undefined) return null;
      const { teacherId, ...values } = conflict;
      return { ...values, teacher: teacherId === null ? null : names(teacherId) };
    };
  }
}

const ROW_NOT_SAVED = {
  code: 'ROW_NOT_SAVED',
  message: 'Hàng này có ô khác chưa nhận được nên chưa lưu ô nào của hàng.',
} as const;

function writtenCell({ typed, value }: PlannedCell, row: MarkCell | null): WrittenCellAnswer {
  const { pupilId, column } = typed;
  return { pupilId, column, markId: row?.id ?? null, value, version: row?.version ?? 0 };
}
