/** What a family sees of its own child: recorded marks and computed results, as they are now. */
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { ACTIONS, type Action } from '#policy/actions.js';
import { switchesOf } from '#policy/switches.js';
import { HONOUR_LABELS, PERIOD_LABELS, promotionSentence } from '#regulations/labels.js';
import type { Period } from '#regulations/types.js';
import type {
  ChildAnswer,
  FamilyAccessAnswer,
  FamilyMarkAnswer,
  FamilyResultAnswer,
  FamilyTranscriptAnswer,
} from '#contracts/families.js';
import type { NeededMarkAnswer } from '#contracts/results.js';
import { fromHex } from '#ledger/format/bytes.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { Clock } from '../clock.js';
import { appealUntil } from '../corrections/appeal-deadline.js';
import { Database } from '../database/database.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { SheetReads } from '../gradebook/sheet-reads.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { neededMarks } from '../results/needed-marks.js';
import { PupilYears } from '../results/pupil-years.js';
import type { ResultOfYear } from '../results/results.js';
import { PupilResult } from '../results/results.entities.js';
import { areaLabel, dayOfClass, inForce, sheetOf, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { ClassAccessRow, Enrolment, Pupil } from '../school/school.entities.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { sheetKey } from '../windows/gates.js';
import { PeriodLock } from '../windows/windows.entities.js';

@Injectable()
export class FamilyReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly reads: SheetReads,
    private readonly years: PupilYears,
  ) {}

  /** The pupils whose family the person is; of a pupil's own account the pupil. */
  async children(session: SessionContext): Promise<ChildAnswer[]> {
    const { schoolId } = session;
    const ids = [...(await this.relations.children(session))];
    const pupils = ids.length === 0 ? [] : await this.database.read.findBy(Pupil, { schoolId, id: In(ids) });
    const children: ChildAnswer[] = [];
    for (const { id, fullName } of pupils) {
      await this.authorize(session, id);
      const { enrolments, classes } = await this.placesOf(schoolId, id);
      const today = this.clock.today();
      const now = classes.find((info) =>
        enrolments.some((row) => row.classId === info.id && inForce(row, dayOfClass(info.year, today))),
      );
      children.push({ pupilId: id, fullName, className: now?.name ?? null });
    }
    return children;
  }

  /** Recorded marks of the newest year, in every class the pupil was in. @throws Problem NOT_FOUND for another's child */
  async marks(session: SessionContext, pupilId: string): Promise<FamilyMarkAnswer[]> {
    await this.authorize(session, pupilId);
    const { schoolId } = session;
    const { classes } = await this.placesOf(schoolId, pupilId);
    const classIds = classes.map(({ id }) => id);
    const where = { schoolId, pupilId, classId: In(classIds), state: 'recorded' as const };
    // Noted before it is read: a recording is withdrawn before a family has seen it, or not at all.
    await this.noteReads(session, classes, await this.database.read.findBy(MarkCell, where));
    const cells = await this.database.read.findBy(MarkCell, where);
    const locks = await this.database.read.findBy(PeriodLock, {
      ...{ schoolId, classId: In(classIds), liftedAt: IsNull() },
    });
    const lockedAt = new Map(locks.map((lock) => [sheetKey(lock), lock.lockedAt]));
    return classes.flatMap((info) =>
      cells
        .filter((cell) => cell.classId === info.id)
        .map((cell) => markAnswer(info, cell, lockedAt.get(sheetKey(cell)) ?? null)),
    );
  }

  /** What last tests of this term that are still open must bring, in the class where the child is now. */
  async needed(session: SessionContext, pupilId: string): Promise<NeededMarkAnswer[]> {
    await this.authorize(session, pupilId);
    const { classes } = await this.placesOf(session.schoolId, pupilId);
    const years = await Promise.all(classes.map((info) => this.years.ofClass(info)));
    const own = years.flat().find(({ pupil }) => pupil.id === pupilId);
    return own === undefined ? [] : neededMarks(own.input);
  }

  /** Computed results, a year each, newest first. @throws Problem NOT_FOUND for another's child */
  async results(session: SessionContext, pupilId: string): Promise<FamilyResultAnswer[]> {
    await this.authorize(session, pupilId);
    const { schoolId } = session;
    const rows = await this.database.read.find(PupilResult, {
      where: { schoolId, pupilId },
      order: { eventSeq: 'DESC' },
    });
    const infos = await this.classes.loadMany(
      schoolId,
      rows.map((row) => row.classId),
    );
    return rows.flatMap((row) => {
      const info = infos.find((candidate) => candidate.id === row.classId);
      return info === undefined ? [] : [resultAnswer(info, row)];
    });
  }

  /** Issued transcripts and result slips, newest first; each is read and downloaded by its id. @throws Problem NOT_FOUND */
  async transcripts(session: SessionContext, pupilId: string): Promise<FamilyTranscriptAnswer[]> {
    await this.authorize(session, pupilId);
    const { schoolId } = session;
    const rows = await this.database.read.find(Transcript, {
      select: {
        ...{ schoolId: true, id: true, classId: true, kind: true, period: true, event: true },
        ...{ documentHash: true, issuedAt: true },
      },
      where: { schoolId, pupilId, state: 'issued', erasedAt: IsNull() },
      order: { issuedAt: 'DESC', event: 'DESC' },
    });
    const infos = await this.classes.loadMany(
      schoolId,
      rows.map((row) => row.classId),
    );
    return rows.flatMap(({ id, classId, kind, period, event, documentHash, issuedAt }) => {
      const info = infos.find((candidate) => candidate.id === classId);
      if (info === undefined) return [];
      const verificationCode = formatVerificationCode(fromHex(documentHash));
      const place = { yearLabel: info.year.label, className: info.name };
      return [
        {
          transcriptId: id,
          document: kind,
          period,
          ...place,
          version: event + 1,
          verificationCode,
          issuedAt: issuedAt ?? '',
        },
      ];
    });
  }

  /** Who looked at data of the child's class on days when the child was in it, newest first. */
  async accesses(session: SessionContext, pupilId: string): Promise<FamilyAccessAnswer[]> {
    await this.authorize(session, pupilId);
    const { schoolId } = session;
    const { enrolments, classes } = await this.placesOf(schoolId, pupilId);
    const rows = await this.database.read.find(ClassAccessRow, {
      where: { schoolId, classId: In(classes.map(({ id }) => id)) },
      order: { firstAt: 'DESC', personId: 'ASC' },
      take: 1000,
    });
    const names = await this.people.names(
      schoolId,
      rows.map(({ personId }) => personId),
    );
    return rows
      .filter((row) => enrolments.some((own) => own.classId === row.classId && inForce(own, row.day)))
      .map(({ personId, classId, action, firstAt }) => ({
        by: names(personId),
        className: classes.find(({ id }) => id === classId)?.name ?? '',
        what: ACTIONS[action as Action].label,
        at: firstAt,
      }));
  }

  /** Another's child is not there. */
  private async authorize(session: SessionContext, pupilId: string): Promise<void> {
    const relation = await this.relations.ofPupil(session, pupilId);
    try {
      await this.authorizer.authorize(session, 'result.own', relation);
    } catch (error) {
      if (error instanceof Problem && error.code === 'FORBIDDEN') throw notFound('học sinh');
      throw error;
    }
  }

  /** The pupil's classes of the newest year that has any, and the places in them. */
  private async placesOf(
    schoolId: string,
    pupilId: string,
  ): Promise<{ readonly enrolments: readonly Enrolment[]; readonly classes: readonly ClassInfo[] }> {
    const enrolments = await this.database.read.findBy(Enrolment, { schoolId, pupilId });
    const infos = await this.classes.loadMany(
      schoolId,
      enrolments.map((row) => row.classId),
    );
    const newest = infos
      .map(({ year }) => year.startsOn)
      .sort()
      .at(-1);
    return { enrolments, classes: infos.filter(({ year }) => year.startsOn === newest) };
  }

  private async noteReads(
    { personId }: SessionContext,
    classes: readonly ClassInfo[],
    cells: readonly MarkCell[],
  ): Promise<void> {
    for (const info of classes) {
      const own = cells.filter((cell) => cell.classId === info.id);
      for (const { area, period } of new Map(own.map((cell) => [sheetKey(cell), cell])).values()) {
        await this.reads.note(info, area, period, personId);
      }
    }
  }
}

function markAnswer(info: ClassInfo, cell: MarkCell, lockedAt: string | null): FamilyMarkAnswer {
  const { area, period, columnCode } = cell;
  const columns = sheetOf(info, area, period)?.columns ?? [];
  return {
    markId: cell.id,
    version: cell.version,
    className: info.name,
    area,
    areaLabel: areaLabel(info, area),
    period,
    periodLabel: PERIOD_LABELS[period as Period],
    column: columnCode,
    columnLabel: columns.find(({ code }) => code === columnCode)?.label ?? columnCode,
    value: cell.value ?? '',
    recordedAt: cell.recordedAt ?? '',
    appealUntil: appealUntil(cell.updatedAt, lockedAt, switchesOf(info.school.settings).appealDays),
  };
}

function resultAnswer(info: ClassInfo, row: PupilResult): FamilyResultAnswer {
  const answer = row.answer as ResultOfYear;
  const promotion = answer.promotion ?? null;
  const honour = answer.honour ?? null;
  return {
    yearLabel: info.year.label,
    className: info.name,
    answer: { ...answer },
    promotion: promotion === null ? null : promotionSentence(promotion, info.grade),
    honour: honour === null ? null : HONOUR_LABELS[honour],
    computedAt: row.computedAt,
  };
}
