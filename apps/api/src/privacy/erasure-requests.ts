/** The office asks for an erasure, with its ground and paper; takes it back; the principal refuses it. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ErasureAnswer, ErasureRequest } from '#contracts/privacy.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import type { Pupil } from '../school/school.entities.js';
import { ErasureAccess } from './erasure-access.js';
import { ErasurePlans } from './erasure-plan.js';
import { ErasureReader } from './erasure-reader.js';
import { Erasure } from './privacy.entities.js';

@Injectable()
export class ErasureRequests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ErasureAccess,
    private readonly plans: ErasurePlans,
    private readonly reader: ErasureReader,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws Problem FORBIDDEN; NOT_FOUND; ERASED; RETAINED naming each record that must be kept, the article and until
   *   when; STATE_CONFLICT; VALIDATION when the texts, which stay, name the pupil; ALREADY_EXISTS
   */
  async request(session: SessionContext, pupilId: string, asked: ErasureRequest): Promise<ErasureAnswer> {
    const rule = await this.access.toPupil(session, pupilId, 'erasure.request');
    const { schoolId, personId } = session;
    const { ground, paper, reason } = asked;
    const row: Erasure = {
      ...{ schoolId, id: randomUUID(), pupilId, parts: [...asked.parts], ground, paper, reason },
      ...{ state: 'requested', requestedBy: personId, requestedAt: this.clock.timestamp() },
      ...{ decidedBy: null, decidedAt: null, decisionReason: null, actId: null },
    };
    await this.database.write(async (tx) => {
      const { pupil } = await this.plans.allowed(tx, row);
      refuseNaming(pupil, [paper, reason]);
      if (await tx.existsBy(Erasure, { schoolId, pupilId, state: 'requested' })) {
        throw new Problem('ALREADY_EXISTS', 'Học sinh này đã có một đề nghị xóa dữ liệu đang chờ duyệt.');
      }
      await tx.insert(Erasure, row);
      await this.record(tx, session, 'erasure.requested', row.id, rule, rowData(row));
    });
    return this.reader.one(session, row.id);
  }

  /** @throws Problem NOT_FOUND; FORBIDDEN to all but who asked; STATE_CONFLICT */
  async withdraw(session: SessionContext, id: string): Promise<ErasureAnswer> {
    const values = { state: 'withdrawn' } as const;
    await this.step(session, id, 'erasure.withdraw', 'erasure.withdrawn', () => values);
    return this.reader.one(session, id);
  }

  /** @throws Problem NOT_FOUND; FORBIDDEN also to who asked; STATE_CONFLICT; VALIDATION when the reason names the pupil */
  async refuse(session: SessionContext, id: string, reason: string): Promise<ErasureAnswer> {
    const decided = {
      decidedBy: session.personId,
      decidedAt: this.clock.timestamp(),
      decisionReason: reason,
    };
    await this.step(session, id, 'erasure.refuse', 'erasure.refused', (pupil) => {
      refuseNaming(pupil, [reason]);
      return { state: 'refused', ...decided } as const;
    });
    return this.reader.one(session, id);
  }

  private async step(
    session: SessionContext,
    id: string,
    action: 'erasure.withdraw' | 'erasure.refuse',
    type: string,
    valuesOf: (pupil: Pupil) => Partial<Erasure> & Pick<Erasure, 'state'>,
  ): Promise<void> {
    const { schoolId } = session;
    // What the person may not see is not there.
    await this.reader.one(session, id);
    await this.database.write(async (tx) => {
      const row = await tx.findOne(Erasure, { where: { schoolId, id }, ...rowLock(tx) });
      if (row === null) throw notFound('đề nghị xóa');
      const rule = await this.access.authorize(session, row, action);
      if (row.state !== 'requested') throw new Problem('STATE_CONFLICT', 'Đề nghị này đã giải quyết.');
      const { pupil } = await this.plans.plan(tx, schoolId, row.pupilId, []);
      const values = valuesOf(pupil);
      await tx.update(Erasure, { schoolId, id }, values);
      await this.record(tx, session, type, id, rule, { ...values });
    });
  }

  private record(
    tx: EntityManager,
    session: SessionContext,
    type: string,
    subjectId: string,
    rule: string,
    data: object,
  ): Promise<number> {
    return this.journal.append(tx, session.schoolId, {
      ...{ type, subject: 'erasures', subjectId, rule, data: { ...data }, at: this.clock.timestamp() },
      ...{ actor: session.personId, session: session.sessionId },
    });
  }
}

/** The texts of an erasure outlive the data: they may not say whose they were. */
function refuseNaming(pupil: Pupil, texts: readonly string[]): void {
  const plain = (text: string) => text.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ');
  const names = [pupil.fullName, pupil.code, pupil.personalId].flatMap((name) => name ?? []).map(plain);
  if (!texts.some((text) => names.some((name) => plain(text).includes(name)))) return;
  const message =
    'Căn cứ và lí do được giữ lại sau khi xóa: không ghi họ tên, mã hay số định danh của học sinh.';
  throw new Problem('VALIDATION', message, [{ where: 'reason', code: 'NAMES_PUPIL', message }]);
}
