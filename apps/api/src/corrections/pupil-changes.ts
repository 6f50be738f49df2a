/**
 * Changes of a pupil's personal data (roles.md rule 12): proposed by the homeroom teacher or the office, confirmed by
 * another person of the office against the paper, and only then made.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Not, type EntityManager } from 'typeorm';
import type { Action } from '#policy/types.js';
import type { Json } from '#ledger/format/jcs.js';
import type { PupilChangeAnswer, PupilChangeRequest } from '#contracts/pupil-changes.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { erased, notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { Relations } from '../school/relations.js';
import { Pupil } from '../school/school.entities.js';
import { CorrectionAftermath } from './correction-aftermath.js';
import { PupilChangeReader } from './pupil-change-reader.js';
import { PupilChange, type PupilFieldChange } from './pupil-changes.entities.js';
import { changesOf, faultsOf, FIELD_LABELS, movedFields } from './pupil-fields.js';

/** A proposal that a step is taken with, and the rule that allows it. */
interface OpenChange {
  readonly tx: EntityManager;
  readonly row: PupilChange;
  readonly rule: string;
  readonly at: string;
}

@Injectable()
export class PupilChanges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly reader: PupilChangeReader,
    private readonly aftermath: CorrectionAftermath,
    private readonly journal: Journal,
  ) {}

  /** @throws Problem NOT_FOUND, FORBIDDEN, VALIDATION with every value that is wrong or no change */
  async propose(
    session: SessionContext,
    pupilId: string,
    { fields, reason }: PupilChangeRequest,
  ): Promise<PupilChangeAnswer> {
    const rule = await this.authorize(session, pupilId, 'pupil.propose');
    const { schoolId } = session;
    const pupil = await this.database.read.findOneBy(Pupil, { schoolId, id: pupilId });
    if (pupil === null) throw notFound('học sinh');
    if (pupil.erasedAt !== null) throw erased('học sinh này');
    const changes = changesOf(pupil, fields);
    if (changes.length === 0)
      throw new Problem('VALIDATION', 'Không có thông tin nào khác với hồ sơ đang có.');
    const faults = faultsOf(changes, this.clock.today());
    if (faults.length > 0) throw new Problem('VALIDATION', faults[0]?.message ?? '', faults);
    const row: PupilChange = {
      ...{ schoolId, id: randomUUID(), pupilId, changes, reason, state: 'proposed' },
      ...{ proposedBy: session.personId, proposedAt: this.clock.timestamp() },
      ...{ decidedBy: null, decidedAt: null, paper: null, decisionReason: null },
    };
    await this.database.write(async (tx) => {
      await tx.insert(PupilChange, row);
      const data = { ...rowData(row, 'changes'), changes: changes as unknown as Json };
      await this.record(tx, session, 'pupil_change.proposed', row.id, rule, data);
    });
    return this.reader.one(session, row.id);
  }

  /**
   * The office has held it against the paper: the pupil's data change, and issued transcripts are to be superseded.
   * @throws Problem NOT_FOUND, FORBIDDEN (also to who proposed it), STATE_CONFLICT, STALE_VERSION, ALREADY_EXISTS
   */
  async confirm(session: SessionContext, id: string, paper: string): Promise<PupilChangeAnswer> {
    await this.step(session, id, 'pupil.confirm', async ({ tx, row, rule, at }) => {
      const { schoolId, pupilId, changes } = row;
      const pupil = await tx.findOneOrFail(Pupil, { where: { schoolId, id: pupilId }, ...rowLock(tx) });
      refuseMoved(pupil, changes);
      await this.refuseTaken(tx, pupil, changes);
      const values = Object.fromEntries(changes.map(({ field, new: value }) => [field, value]));
      await tx.update(Pupil, { schoolId, id: pupilId }, values);
      const by = { actor: session.personId, session: session.sessionId, rule, at };
      const old = Object.fromEntries(changes.map((change) => [change.field, change.old]));
      await this.journal.append(tx, schoolId, {
        ...{ ...by, type: 'pupil.changed', subject: 'pupils', subjectId: pupilId },
        data: { ...values, old, changeId: id, proposedBy: row.proposedBy, paper },
      });
      const decided = { state: 'confirmed', decidedBy: session.personId, decidedAt: at, paper } as const;
      await tx.update(PupilChange, { schoolId, id }, decided);
      await this.record(tx, session, 'pupil_change.confirmed', id, rule, decided);
      const overtaken = { pupilId, becauseOf: 'pupil-change', becauseId: id, by } as const;
      await this.aftermath.noteReissues(tx, schoolId, [overtaken]);
    });
    return this.reader.one(session, id);
  }

  /** The office does not find it in the paper. */
  async refuse(session: SessionContext, id: string, reason: string): Promise<PupilChangeAnswer> {
    await this.step(session, id, 'pupil.confirm', async ({ tx, row, rule, at }) => {
      const decided = {
        ...{ state: 'refused' as const, decidedBy: session.personId },
        ...{ decidedAt: at, decisionReason: reason },
      };
      await tx.update(PupilChange, { schoolId: row.schoolId, id }, decided);
      await this.record(tx, session, 'pupil_change.refused', id, rule, decided);
    });
    return this.reader.one(session, id);
  }

  async withdraw(session: SessionContext, id: string): Promise<PupilChangeAnswer> {
    await this.step(session, id, 'pupil.withdraw', async ({ tx, row, rule }) => {
      const values = { state: 'withdrawn' } as const;
      await tx.update(PupilChange, { schoolId: row.schoolId, id }, values);
      await this.record(tx, session, 'pupil_change.withdrawn', id, rule, values);
    });
    return this.reader.one(session, id);
  }

  private async step(
    session: SessionContext,
    id: string,
    action: 'pupil.confirm' | 'pupil.withdraw',
    work: (open: OpenChange) => Promise<void>,
  ): Promise<void> {
    const { schoolId, personId } = session;
    // What the person may not see is not there.
    await this.reader.one(session, id);
    await this.database.write(async (tx) => {
      const row = await tx.findOneOrFail(PupilChange, { where: { schoolId, id }, ...rowLock(tx) });
      const requester = row.proposedBy === personId;
      const relation = { ...(await this.relations.ofPupil(session, row.pupilId)), requester };
      const rule = await this.authorizer.authorize(session, action, relation);
      if (row.state !== 'proposed') throw new Problem('STATE_CONFLICT', 'Đề nghị này đã giải quyết.');
      await work({ tx, row, rule, at: this.clock.timestamp() });
    });
  }

  /** @throws Problem NOT_FOUND to who may not see the pupil at all */
  private async authorize(session: SessionContext, pupilId: string, action: Action): Promise<string> {
    const relation = await this.relations.ofPupil(session, pupilId);
    try {
      await this.authorizer.authorize(session, 'pupil.read', relation);
    } catch (error) {
      if (error instanceof Problem && error.code === 'FORBIDDEN') throw notFound('học sinh');
      throw error;
    }
    return this.authorizer.authorize(session, action, relation);
  }

  private async refuseTaken(
    tx: EntityManager,
    { schoolId, id }: Pupil,
    changes: readonly PupilFieldChange[],
  ): Promise<void> {
    const personalId = changes.find(({ field }) => field === 'personalId')?.new;
    if (personalId === undefined || personalId === null) return;
    if (!(await tx.existsBy(Pupil, { schoolId, personalId, id: Not(id) }))) return;
    throw new Problem('ALREADY_EXISTS', 'Số định danh cá nhân này đang là của một học sinh khác.');
  }

  private record(
    tx: EntityManager,
    session: SessionContext,
    type: string,
    id: string,
    rule: string,
    data: { readonly [key: string]: Json },
  ): Promise<number> {
    return this.journal.append(tx, session.schoolId, {
      ...{ type, subject: 'pupil_changes', subjectId: id, rule, data, at: this.clock.timestamp() },
      ...{ actor: session.personId, session: session.sessionId },
    });
  }
}

function refuseMoved(pupil: Pupil, changes: readonly PupilFieldChange[]): void {
  const items = movedFields(pupil, changes).map(({ field, old }) => {
    const message = `${FIELD_LABELS[field]}: khi đề nghị là “${old ?? ''}”, nay là “${pupil[field] ?? ''}”.`;
    return { where: field, code: 'STALE_VERSION', message };
  });
  if (items.length > 0) {
    throw new Problem('STALE_VERSION', 'Hồ sơ đã đổi kể từ khi đề nghị; hãy đề nghị lại.', items);
  }
}
