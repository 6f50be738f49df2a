/** Writes drafts (nháp): all cells of a call or none, never over someone else's change. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Action } from '#policy/types.js';
import type { WrittenCellAnswer } from '#contracts/gradebook.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import {
  DRAFT_PROBLEMS,
  planDrafts,
  problemItems,
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
   * Saves what was typed into a sheet.
   * @param action "sheet.import" when the cells come out of a workbook
   * @throws Problem NOT_FOUND, FORBIDDEN, CELL_CLOSED, CELL_RECORDED, CELL_INVALID, STALE_VERSION (with both values);
   *   every cell that is wrong is among the items, whatever the code
   */
  async write(
    session: SessionContext,
    ref: SheetRef,
    typed: readonly TypedCell[],
    action: Action & ('sheet.draft' | 'sheet.import') = 'sheet.draft',
  ): Promise<WrittenCellAnswer[]> {
    const { info, asker } = await this.access.authorize(session, ref.classId, action, (its, own) =>
      own.entry(its, ref.area, OPEN_AND_EMPTY),
    );
    theSheet(info, ref.area, ref.period);
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      const loaded = await this.sheets.load(info, ref.area, ref.period);
      const { cells, problems } = planDrafts(typed, stateOf(loaded));
      if (problems.length > 0) throw await this.refusal(session.schoolId, problems);
      const state = entryState(loaded, typed);
      asker.authorize(info, action, asker.mine.entry(info, ref.area, state));
      const rows = cells.map((cell) => this.row(session, loaded, cell));
      const changed = rows.filter((_, i) => cells[i]?.change !== 'unchanged').filter((row) => row !== null);
      await this.marks.write(tx, changed);
      return cells.map((cell, i) => writtenCell(cell, rows[i] ?? null));
    });
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
    const conflicts = problems.flatMap(({ conflict }) => (conflict === undefined ? [] : [conflict]));
    const names = await this.people.names(
      schoolId,
      conflicts.map((conflict) => conflict.teacherId),
    );
    const named = conflicts.map(({ teacherId, ...conflict }) => ({
      ...conflict,
      teacher: teacherId === null ? null : names(teacherId),
    }));
    const detail = `Chưa lưu ô nào: có ${problems.length} ô chưa nhận được. Hãy xem từng ô rồi lưu lại.`;
    return new Problem(code, detail, problemItems(problems), named.length === 0 ? {} : { conflicts: named });
  }
}

function writtenCell({ typed, value }: PlannedCell, row: MarkCell | null): WrittenCellAnswer {
  const { pupilId, column } = typed;
  return { pupilId, column, markId: row?.id ?? null, value, version: row?.version ?? 0 };
}
