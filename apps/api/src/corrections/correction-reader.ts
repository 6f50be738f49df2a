/** Corrections as the people concerned see them, with what each may do now. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { CorrectionAnswer, CorrectionsQuery } from '#contracts/corrections.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess, type Asker } from '../school/class-access.js';
import { areaLabel, sheetOf, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People, type Names } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { Pupil } from '../school/school.entities.js';
import { HEAD_CONFIRMS_LABELS, isPossible, SKIPPED_LABELS, stateAt } from './correction-rules.js';
import { Correction } from './corrections.entities.js';
import { EvidenceFile } from './evidence.entities.js';

const STEPS = ['confirm', 'approve', 'apply', 'reject', 'withdraw'] as const;

/** What every answer about corrections needs, read once. */
interface Surroundings {
  readonly asker: Asker;
  readonly classes: ReadonlyMap<string, ClassInfo>;
  readonly pupils: ReadonlyMap<string, string>;
  readonly names: Names;
  /** Without their contents. */
  readonly evidence: readonly EvidenceFile[];
  readonly now: string;
}

@Injectable()
export class CorrectionReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly access: ClassAccess,
    private readonly relations: Relations,
    private readonly classes: Classes,
    private readonly people: People,
  ) {}

  /** The corrections that the person may see, newest first. */
  async list(
    session: SessionContext,
    { state, classId, pupilId }: CorrectionsQuery,
  ): Promise<CorrectionAnswer[]> {
    await this.authorizer.authorize(session, 'school.read', await this.relations.ofSchool(session));
    const rows = await this.database.read.find(Correction, {
      where: {
        schoolId: session.schoolId,
        ...(classId === undefined ? {} : { classId }),
        ...(pupilId === undefined ? {} : { pupilId }),
      },
      order: { requestedAt: 'DESC', requestId: 'ASC', id: 'ASC' },
    });
    const now = this.clock.timestamp();
    return this.answers(
      session,
      rows.filter((row) => state === undefined || stateAt(row, now) === state),
    );
  }

  /** In the order asked for. @throws Problem NOT_FOUND when one is not there for this person */
  async byIds(session: SessionContext, ids: readonly string[]): Promise<CorrectionAnswer[]> {
    const { schoolId } = session;
    const rows = await this.database.read.findBy(Correction, { schoolId, id: In([...ids]) });
    const answers = new Map((await this.answers(session, rows)).map((answer) => [answer.id, answer]));
    return ids.map((id) => {
      const answer = answers.get(id);
      if (answer === undefined) throw notFound('đề nghị sửa');
      return answer;
    });
  }

  /** @throws Problem NOT_FOUND when one of them is not there for this person */
  async refuseUnseen(session: SessionContext, rows: readonly Correction[]): Promise<void> {
    if ((await this.answers(session, rows)).length < rows.length) throw notFound('đề nghị sửa');
  }

  private async answers(session: SessionContext, rows: readonly Correction[]): Promise<CorrectionAnswer[]> {
    const around = await this.surroundings(session, rows);
    return rows.flatMap((row) => {
      const info = around.classes.get(row.classId);
      if (info === undefined) return [];
      const relation = around.asker.mine.correction(info, row);
      if (!around.asker.may('correction.read', relation)) return [];
      return [answerOf(row, info, around)];
    });
  }

  private async surroundings(session: SessionContext, rows: readonly Correction[]): Promise<Surroundings> {
    const { schoolId } = session;
    const classes = await this.classes.loadMany(
      schoolId,
      rows.map((row) => row.classId),
    );
    const pupilIds = [...new Set(rows.map((row) => row.pupilId))];
    const pupils =
      pupilIds.length === 0 ? [] : await this.database.read.findBy(Pupil, { schoolId, id: In(pupilIds) });
    return {
      asker: await this.access.asker(session),
      classes: new Map(classes.map((info) => [info.id, info])),
      pupils: new Map(pupils.map((pupil) => [pupil.id, pupil.fullName])),
      names: await this.people.names(
        schoolId,
        rows.flatMap((row) => [
          ...[row.requestedBy, row.teacherOfRecord, row.confirmedBy, row.decidedBy, row.appliedBy],
        ]),
      ),
      evidence: await this.evidence(schoolId, rows),
      now: this.clock.timestamp(),
    };
  }

  private async evidence(schoolId: string, rows: readonly Correction[]): Promise<EvidenceFile[]> {
    const requestIds = [...new Set(rows.map((row) => row.requestId))];
    if (requestIds.length === 0) return [];
    return this.database.read.find(EvidenceFile, {
      select: { schoolId: true, id: true, aboutId: true, kind: true, size: true, addedAt: true },
      where: { schoolId, about: 'correction', aboutId: In(requestIds) },
      order: { addedAt: 'ASC', id: 'ASC' },
    });
  }
}

function answerOf(row: Correction, info: ClassInfo, around: Surroundings): CorrectionAnswer {
  const { asker, names, pupils, now } = around;
  const relation = asker.mine.correction(info, row);
  const { columnCode, confirmationSkipped, headConfirms } = row;
  const columns = sheetOf(info, row.area, row.period)?.columns ?? [];
  return {
    id: row.id,
    ...rowData(row, 'columnCode', 'actId', 'appellant'),
    state: stateAt(row, now),
    className: info.name,
    areaLabel: areaLabel(info, row.area),
    column: columnCode,
    columnLabel: columns.find(({ code }) => code === columnCode)?.label ?? columnCode,
    pupilName: pupils.get(row.pupilId) ?? '',
    teacherOfRecord: names(row.teacherOfRecord),
    requestedBy: names(row.requestedBy),
    confirmationSkipped: confirmationSkipped === null ? null : SKIPPED_LABELS[confirmationSkipped],
    headConfirms: headConfirms === null ? null : HEAD_CONFIRMS_LABELS[headConfirms],
    confirmedBy: row.confirmedBy === null ? null : names(row.confirmedBy),
    decidedBy: row.decidedBy === null ? null : names(row.decidedBy),
    appliedBy: row.appliedBy === null ? null : names(row.appliedBy),
    evidence: asker.may('evidence.read', relation)
      ? around.evidence.filter(({ aboutId }) => aboutId === row.requestId).map(evidenceAnswer)
      : [],
    may: STEPS.filter((step) => isPossible(step, row, now) && asker.may(`correction.${step}`, relation)),
  };
}

function evidenceAnswer({ id, kind, size, addedAt }: EvidenceFile): CorrectionAnswer['evidence'][number] {
  return { id, kind, size, addedAt };
}
