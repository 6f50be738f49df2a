/** Loads corrections for a step: those that the person may take it with, in a state that it is possible from. */
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { CorrectionReader } from './correction-reader.js';
import { isPossible, stateAt, STATE_LABELS, type CorrectionStep } from './correction-rules.js';
import { Correction } from './corrections.entities.js';

/** Corrections that a step is allowed for, each with the rule that allows it. */
export interface Allowed {
  readonly rows: readonly Correction[];
  readonly rules: ReadonlyMap<string, string>;
}

@Injectable()
export class AllowedCorrections {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly reader: CorrectionReader,
  ) {}

  /**
   * @param tx holds their rows, inside a unit of work
   * @throws Problem NOT_FOUND for what the person may not see, FORBIDDEN, STATE_CONFLICT
   */
  async authorize(
    session: SessionContext,
    ids: readonly string[],
    step: CorrectionStep,
    tx?: EntityManager,
  ): Promise<Allowed> {
    const { schoolId } = session;
    const rows = await this.load(schoolId, ids, tx);
    // What the person may not see is not there.
    await this.reader.refuseUnseen(session, rows);
    const asker = await this.access.asker(session);
    const infos = await this.classes.loadMany(
      schoolId,
      rows.map((row) => row.classId),
    );
    const rules = new Map<string, string>();
    for (const row of rows) {
      const info = infos.find((candidate) => candidate.id === row.classId);
      if (info === undefined) throw notFound('lớp');
      const relation = asker.mine.correction(info, row);
      rules.set(row.id, asker.authorize(info, `correction.${step}`, relation));
    }
    refuseImpossible(rows, step, this.clock.timestamp());
    return { rows, rules };
  }

  private async load(
    schoolId: string,
    ids: readonly string[],
    tx: EntityManager | undefined,
  ): Promise<Correction[]> {
    const where = { schoolId, id: In([...ids]) };
    const order = { id: 'ASC' } as const;
    const found = await (tx === undefined
      ? this.database.read.find(Correction, { where, order })
      : tx.find(Correction, { where, order, ...rowLock(tx) }));
    if (found.length < new Set(ids).size) throw notFound('đề nghị sửa');
    return found;
  }
}

function refuseImpossible(rows: readonly Correction[], step: CorrectionStep, now: string): void {
  const items = rows
    .filter((row) => !isPossible(step, row, now))
    .map((row) => {
      const state = stateAt(row, now);
      const waiting = state === 'requested' && step === 'approve';
      const message = waiting
        ? 'Giáo viên chủ nhiệm (hoặc tổ trưởng thay) chưa xác nhận: không được bỏ qua bước nào.'
        : `Đề nghị này ${STATE_LABELS[state]}.`;
      return { where: row.id, code: 'STATE_CONFLICT', message };
    });
  if (items.length > 0) throw new Problem('STATE_CONFLICT', items[0]?.message ?? '', items);
}
