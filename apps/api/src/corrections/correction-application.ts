/** Applies approved corrections: new value, next version, one event a mark, and what follows from it; once. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import { markCorrected, type EventBy } from '../gradebook/mark-events.js';
import { MarkStore } from '../gradebook/mark-store.js';
import type { SessionContext } from '../identity/session-context.js';
import { liftSheetSignatures } from '../transcripts/sheet-lifts.js';
import { CorrectionAftermath } from './correction-aftermath.js';
import { CorrectionChanges, placeOf, refuseMoved } from './correction-change.js';
import { Correction } from './corrections.entities.js';

@Injectable()
export class CorrectionApplication {
  constructor(
    private readonly clock: Clock,
    private readonly marks: MarkStore,
    private readonly changes: CorrectionChanges,
    private readonly aftermath: CorrectionAftermath,
    private readonly journal: Journal,
  ) {}

  /**
   * Writes exactly the new values that were approved, in the caller's unit, which holds the classes and the rows.
   * @param rows approved, with who decided and by which act
   * @param rules by correction, the rule that let the session's person do this
   * @param appliedBy the IT officer; null when the server applies in the approver's name
   * @param before events of the approval itself, when it comes with it
   * @throws Problem STALE_VERSION when a mark moved since it was asked for
   */
  async apply(
    tx: EntityManager,
    session: SessionContext,
    rows: readonly Correction[],
    rules: ReadonlyMap<string, string>,
    appliedBy: string | null,
    before: readonly NewEvent[] = [],
  ): Promise<void> {
    const { schoolId, personId: actor, sessionId } = session;
    const current = await this.changes.cellsOf(schoolId, rows);
    refuseMoved(rows, current);
    const at = this.clock.timestamp();
    const done = { state: 'applied', appliedAt: at, appliedBy } as const;
    await tx.update(Correction, { schoolId, id: In(rows.map((row) => row.id)) }, done);
    const written = rows.map((row) => {
      const cell = correctedCell(row, current.get(placeOf(row)) ?? null, at);
      const rule = rules.get(row.id) ?? '';
      const by = { actor, session: sessionId, rule, at };
      return { cell, event: correctedEvent(row, cell, { ...by, act: row.actId ?? '' }), by, row };
    });
    const applied = written.map(({ row, by }): NewEvent => {
      return { ...by, type: 'correction.applied', subject: 'corrections', subjectId: row.id, data: done };
    });
    const events = [...before, ...written.map(({ event }) => event), ...applied];
    const first = await this.journal.appendAll(tx, schoolId, events);
    await this.marks.write(
      tx,
      written.map(({ cell }, i) => ({ ...cell, eventSeq: first + before.length + i })),
    );
    const by = { ...written[0]?.by, actor, session: sessionId, rule: written[0]?.by.rule ?? '', at };
    await liftSheetSignatures(tx, this.journal, schoolId, rows, 'corrected', by);
    await this.aftermath.ofCorrections(
      tx,
      schoolId,
      written.map(({ row, by }) => ({ row, by })),
    );
  }
}

function correctedEvent(row: Correction, cell: MarkCell, by: EventBy): NewEvent {
  const { oldValue: old, reason, requestedBy, confirmedBy, decidedBy } = row;
  if (decidedBy === null) throw new Error('a correction is applied that nobody approved');
  const correction = { correctionId: row.id, old, reason, requestedBy, confirmedBy, approvedBy: decidedBy };
  return markCorrected(cell, correction, by);
}

function correctedCell(row: Correction, current: MarkCell | null, at: string): MarkCell {
  const { schoolId, classId, area, period, columnCode, pupilId } = row;
  return {
    ...current,
    schoolId,
    id: current?.id ?? randomUUID(),
    classId,
    area,
    period,
    columnCode,
    pupilId,
    state: 'recorded',
    value: row.newValue,
    version: row.markVersion + 1,
    teacherId: row.teacherOfRecord,
    updatedAt: at,
    recordedAt: current?.recordedAt ?? at,
    eventSeq: null,
  };
}
