/**
 * Scratch columns (cột nháp): a teacher's own results of a sheet, as many as they like, outside any window and in no
 * journal; "chọn vào sổ" makes drafts of those that are to be the regular marks (the circular lets the teacher choose).
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { parseValue } from '#regulations/sheets.js';
import type { WrittenCellAnswer } from '#contracts/gradebook.js';
import type { ChoiceDto, ScratchColumnAnswer, ScratchMarkDto, ScratchRequest } from '#contracts/scratch.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem, type ProblemItem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Drafts, OPEN_AND_EMPTY, type SheetRef } from './drafts.js';
import { ScratchColumn, ScratchMark } from './gradebook.entities.js';
import { theSheet } from './sheet-states.js';

/** A teacher has this many scratch columns in a sheet at most. */
const MOST_COLUMNS = 40;

@Injectable()
export class Scratch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly drafts: Drafts,
  ) {}

  /** One's own, oldest first. */
  async list(session: SessionContext, ref: SheetRef): Promise<ScratchColumnAnswer[]> {
    const info = await this.entered(session, ref);
    return this.ofTeacher(this.database.read, ownOf(session, info, ref));
  }

  /** @throws Problem NOT_FOUND, FORBIDDEN, YEAR_CLOSED, STATE_CONFLICT (too many) */
  async make(session: SessionContext, ref: SheetRef, request: ScratchRequest): Promise<ScratchColumnAnswer> {
    const info = await this.entered(session, ref);
    regularKind(info, ref);
    const own = ownOf(session, info, ref);
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id]);
      if ((await tx.countBy(ScratchColumn, own)) >= MOST_COLUMNS) {
        throw new Problem('STATE_CONFLICT', `Mỗi bảng có nhiều nhất ${String(MOST_COLUMNS)} cột nháp.`);
      }
      const { name, heldOn = null } = request;
      const row = { ...own, id: randomUUID(), name, heldOn, madeAt: this.clock.timestamp() };
      await tx.insert(ScratchColumn, row);
      return { id: row.id, name, heldOn, marks: [] };
    });
  }

  /** Takes a column away with all that is in it; what was chosen stays in the book. */
  async takeAway(session: SessionContext, ref: SheetRef, scratchId: string): Promise<void> {
    const info = await this.entered(session, ref);
    const { schoolId } = info;
    await this.database.write(async (tx) => {
      await this.hold(tx, session, info, ref, [scratchId]);
      await tx.delete(ScratchMark, { schoolId, scratchId });
      await tx.delete(ScratchColumn, { schoolId, id: scratchId });
    });
  }

  /** Saves results, all or none. @throws Problem NOT_FOUND, CELL_INVALID, STALE_VERSION (with both values) */
  async enter(
    session: SessionContext,
    ref: SheetRef,
    scratchId: string,
    marks: readonly ScratchMarkDto[],
  ): Promise<ScratchColumnAnswer> {
    const info = await this.entered(session, ref);
    const kind = regularKind(info, ref);
    const { schoolId } = info;
    const present = new Map((await this.classes.presentPupils(info)).map(({ pupil }) => [pupil.id, pupil]));
    return this.database.write(async (tx) => {
      await this.hold(tx, session, info, ref, [scratchId]);
      const before = new Map(
        (await tx.findBy(ScratchMark, { schoolId, scratchId })).map((row) => [row.pupilId, row]),
      );
      const items: ProblemItem[] = [];
      const conflicts: object[] = [];
      const rows = marks.map(({ pupilId, value, version }, i): ScratchMark => {
        const pupil = present.get(pupilId);
        if (pupil === undefined) throw notFound('học sinh trong lớp này');
        const empty = value === null || value.trim() === '';
        const parsed = empty ? ({ ok: true, value: null } as const) : parseValue(kind, value);
        const current = before.get(pupilId);
        const now = parsed.ok ? parsed.value : null;
        const where = `marks.${String(i)}`;
        if (!parsed.ok) {
          items.push({ where, code: 'CELL_INVALID', message: `${pupil.fullName}: ${parsed.message}.` });
        } else if ((current?.version ?? 0) !== version && (current?.value ?? null) !== now) {
          items.push({ where, code: 'STALE_VERSION', message: `${pupil.fullName}: ô này đã đổi.` });
          conflicts.push({
            pupilId,
            mine: now,
            theirs: current?.value ?? null,
            version: current?.version ?? 0,
          });
        }
        return { schoolId, scratchId, pupilId, value: now, version: (current?.version ?? 0) + 1 };
      });
      if (items.length > 0) {
        const code = conflicts.length === 0 ? 'CELL_INVALID' : 'STALE_VERSION';
        throw new Problem(code, 'Chưa lưu ô nháp nào.', items, conflicts.length === 0 ? {} : { conflicts });
      }
      await tx.upsert(ScratchMark, rows, ['schoolId', 'scratchId', 'pupilId']);
      const found = await this.ofTeacher(tx, { ...ownOf(session, info, ref), id: scratchId });
      if (found[0] === undefined) throw new Error('a held scratch column is not there');
      return found[0];
    });
  }

  /**
   * Chọn vào sổ: makes drafts of results, all or none; from there they are recorded like any other.
   * @throws Problem NOT_FOUND, CELL_INVALID (nothing in that scratch cell), and as {@link Drafts.write}
   */
  async choose(
    session: SessionContext,
    ref: SheetRef,
    choices: readonly ChoiceDto[],
  ): Promise<WrittenCellAnswer[]> {
    const info = await this.entered(session, ref);
    const ids = [...new Set(choices.map(({ scratchId }) => scratchId))];
    return this.database.write(async (tx) => {
      await this.hold(tx, session, info, ref, ids);
      const marks = await tx.findBy(ScratchMark, { schoolId: info.schoolId, scratchId: In(ids) });
      const values = new Map(
        marks.map(({ scratchId, pupilId, value }) => [`${scratchId} ${pupilId}`, value]),
      );
      const typed = choices.map(({ scratchId, pupilId, column, version }) => {
        return { pupilId, column, version, value: values.get(`${scratchId} ${pupilId}`) ?? null };
      });
      const items = typed.flatMap(({ value }, i): ProblemItem[] =>
        value === null
          ? [{ where: `choices.${String(i)}`, code: 'CELL_INVALID', message: 'Ô nháp này đang trống.' }]
          : [],
      );
      if (items.length > 0) throw new Problem('CELL_INVALID', 'Có ô nháp trống, chưa chọn được.', items);
      return this.drafts.write(session, ref, typed);
    });
  }

  private async entered(session: SessionContext, ref: SheetRef): Promise<ClassInfo> {
    const { info } = await this.access.authorize(session, ref.classId, 'sheet.draft', (its, own) =>
      own.entry(its, ref.area, OPEN_AND_EMPTY),
    );
    theSheet(info, ref.area, ref.period);
    return info;
  }

  /** Holds the class, and finds one's own columns there. @throws Problem NOT_FOUND also for a colleague's column */
  private async hold(
    tx: EntityManager,
    session: SessionContext,
    info: ClassInfo,
    ref: SheetRef,
    ids: readonly string[],
  ): Promise<void> {
    await this.classes.hold(tx, info.schoolId, [info.id]);
    const where = { ...ownOf(session, info, ref), id: In([...ids]) };
    const own = await tx.find(ScratchColumn, { where, ...rowLock(tx) });
    if (own.length < ids.length) throw notFound('cột nháp');
  }

  private async ofTeacher(read: EntityManager, where: Own & { id?: string }): Promise<ScratchColumnAnswer[]> {
    const columns = await read.find(ScratchColumn, { where, order: { madeAt: 'ASC', id: 'ASC' } });
    const scratchId = In(columns.map(({ id }) => id));
    const marks =
      columns.length === 0 ? [] : await read.findBy(ScratchMark, { schoolId: where.schoolId, scratchId });
    return columns.map(({ id, name, heldOn }) => ({
      ...{ id, name, heldOn },
      marks: marks
        .filter((mark) => mark.scratchId === id)
        .map(({ pupilId, value, version }) => ({ pupilId, value, version })),
    }));
  }
}

/** Columns that a teacher has in a sheet. */
type Own = Pick<ScratchColumn, 'schoolId' | 'classId' | 'area' | 'period' | 'teacherId'>;

function ownOf({ personId }: SessionContext, { schoolId, id }: ClassInfo, { area, period }: SheetRef): Own {
  return { schoolId, classId: id, area, period, teacherId: personId };
}

/** What a regular assessment of the sheet holds. @throws Problem NOT_FOUND for a sheet without regular marks */
function regularKind(info: ClassInfo, { area, period }: SheetRef) {
  const column = theSheet(info, area, period).columns.find(({ code }) => code === 'TX1');
  if (column === undefined) throw notFound('cột đánh giá thường xuyên trong bảng này');
  return column.kind;
}
