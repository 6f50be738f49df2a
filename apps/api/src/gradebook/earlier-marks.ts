/**
 * Marks from before a pupil joined the class or took up an optional subject (practice: the sending school is mostly not
 * on the system): the homeroom teacher types them from the papers, a manager confirms them against the papers, and only
 * then are they in the book, with their origin. Locked sheets take them too: two persons and a paper stand behind them.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import type { EarlierMarksRequest, EarlierRequestAnswer } from '#contracts/earlier-marks.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes, type ClassPupil } from '../school/classes.js';
import { SubjectChange } from '../school/school.entities.js';
import { liftSheetSignatures } from '../transcripts/sheet-lifts.js';
import { placeKey, planEarlier } from './earlier-plan.js';
import { EarlierReader } from './earlier-reader.js';
import { EarlierMark, type MarkCell } from './gradebook.entities.js';
import { markCarried, type EventBy } from './mark-events.js';
import { MarkStore } from './mark-store.js';

@Injectable()
export class EarlierMarks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly marks: MarkStore,
    private readonly reader: EarlierReader,
    private readonly journal: Journal,
  ) {}

  /**
   * Enters cells, all or none; nothing is in the book yet.
   * @throws Problem NOT_FOUND, FORBIDDEN, STATE_CONFLICT (the pupil was there from the first day), CELL_INVALID,
   *   CELL_RECORDED, ALREADY_EXISTS
   */
  async enter(
    session: SessionContext,
    classId: string,
    request: EarlierMarksRequest,
  ): Promise<EarlierRequestAnswer> {
    const { info, rule } = await this.access.authorize(session, classId, 'transfer.enter');
    const { schoolId } = info;
    const requestId = randomUUID();
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [classId]);
      await this.refuseFromTheStart(info, request);
      const recorded = await this.recordedPlaces(info);
      const { cells, items } = planEarlier(info, request, recorded);
      if (items.length > 0) {
        const code = items.every((item) => item.code === 'CELL_RECORDED') ? 'CELL_RECORDED' : 'CELL_INVALID';
        throw new Problem(code, `Chưa nhận ô nào: có ${String(items.length)} ô chưa đúng.`, items);
      }
      const { pupilId, because, origin, evidence } = request;
      await refuseTwice(tx, info, pupilId, cells);
      const at = this.clock.timestamp();
      const rows = cells.map((cell): EarlierMark => ({
        ...{ schoolId, id: randomUUID(), requestId, classId, pupilId, ...cell, because, origin, evidence },
        ...{ state: 'entered', enteredBy: session.personId, enteredAt: at },
        ...{ decidedBy: null, decidedAt: null, decisionReason: null },
      }));
      await tx.insert(EarlierMark, rows);
      const by = { actor: session.personId, session: session.sessionId, rule, at };
      await this.journal.appendAll(
        tx,
        schoolId,
        rows.map((row): NewEvent => {
          return {
            ...by,
            type: 'earlier.entered',
            subject: 'earlier_marks',
            subjectId: row.id,
            data: rowData(row),
          };
        }),
      );
    });
    return this.one(info, requestId);
  }

  /** A second person finds them as in the papers: the values become part of the book. @throws Problem STATE_CONFLICT */
  confirm(session: SessionContext, classId: string, requestId: string): Promise<EarlierRequestAnswer> {
    return this.decide(session, classId, requestId, 'confirmed', null);
  }

  /** A second person does not find them so. @throws Problem STATE_CONFLICT */
  refuse(
    session: SessionContext,
    classId: string,
    requestId: string,
    reason: string,
  ): Promise<EarlierRequestAnswer> {
    return this.decide(session, classId, requestId, 'refused', reason);
  }

  private async decide(
    session: SessionContext,
    classId: string,
    requestId: string,
    state: 'confirmed' | 'refused',
    decisionReason: string | null,
  ): Promise<EarlierRequestAnswer> {
    const { info, asker } = await this.access.authorize(session, classId, 'class.read');
    const { schoolId } = info;
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [classId]);
      const rows = await tx.find(EarlierMark, { where: { schoolId, classId, requestId }, ...rowLock(tx) });
      const [first] = rows;
      if (first === undefined) throw notFound('kết quả trường cũ');
      const requester = rows.some((row) => row.enteredBy === session.personId);
      const rule = asker.authorize(info, 'transfer.confirm', { ...asker.mine.class(info), requester });
      if (first.state !== 'entered') throw new Problem('STATE_CONFLICT', 'Đã có người giải quyết rồi.');
      const at = this.clock.timestamp();
      const decided = { state, decidedBy: session.personId, decidedAt: at, decisionReason };
      await tx.update(EarlierMark, { schoolId, requestId }, decided);
      const by = { actor: session.personId, session: session.sessionId, rule, at };
      const events = rows.map((row): NewEvent => {
        const type = `earlier.${state}`;
        return { ...by, type, subject: 'earlier_marks', subjectId: row.id, data: decided };
      });
      await this.journal.appendAll(tx, schoolId, events);
      if (state === 'confirmed') await this.carry(tx, info, rows, by);
    });
    return this.one(info, requestId);
  }

  /** Records the values; the teacher of record is who typed them. */
  private async carry(
    tx: EntityManager,
    info: ClassInfo,
    rows: readonly EarlierMark[],
    by: EventBy,
  ): Promise<void> {
    const { schoolId } = info;
    const present = new Map(
      (await this.marks.ofClasses(schoolId, [info.id])).map((cell) => [placeKey(cell), cell]),
    );
    const valued = rows.filter((row) => row.value !== null);
    if (rows.some((row) => present.get(placeKey(row))?.state === 'recorded')) {
      throw new Problem('STATE_CONFLICT', 'Có ô đã được ghi sổ sau khi nhập: hãy từ chối rồi nhập lại.');
    }
    const cells = valued.map((row): MarkCell => {
      const { classId, area, period, columnCode, pupilId, value } = row;
      const before = present.get(placeKey(row));
      return {
        ...{ schoolId, id: before?.id ?? randomUUID(), classId, area, period, columnCode, pupilId },
        ...{ state: 'recorded', value, version: (before?.version ?? 0) + 1, teacherId: row.enteredBy },
        ...{ updatedAt: by.at, recordedAt: by.at, eventSeq: null },
      };
    });
    if (cells.length === 0) return;
    const events = cells.map((cell, i) => markCarried(cell, { origin: valued[i]?.origin ?? '' }, by));
    const seq = await this.journal.appendAll(tx, schoolId, events);
    await this.marks.write(
      tx,
      cells.map((cell, i) => ({ ...cell, eventSeq: seq + i })),
    );
    await liftSheetSignatures(tx, this.journal, schoolId, cells, 'carried', by);
  }

  private async refuseFromTheStart(
    info: ClassInfo,
    { pupilId, because, cells }: EarlierMarksRequest,
  ): Promise<void> {
    const found = (await this.classes.presentPupils(info)).find(({ pupil }) => pupil.id === pupilId);
    if (found === undefined) throw notFound('học sinh trong lớp này');
    if (because === 'joined' && found.enteredOn <= info.year.startsOn) {
      throw new Problem('STATE_CONFLICT', 'Học sinh này học ở lớp từ đầu năm, không có kết quả trường cũ.');
    }
    if (because === 'subject-changed') await this.refuseUnchanged(info, found, cells);
  }

  /** Who came from another class came with its subjects; otherwise a change of subjects must have been approved. */
  private async refuseUnchanged(
    { schoolId, year }: ClassInfo,
    { pupil, enteredOn }: ClassPupil,
    cells: EarlierMarksRequest['cells'],
  ): Promise<void> {
    if (enteredOn > year.startsOn) return;
    const where = { schoolId, yearId: year.id, pupilId: pupil.id, state: 'approved' as const };
    const taken = new Set((await this.database.read.findBy(SubjectChange, where)).map((row) => row.taken));
    const other = cells.find(({ area }) => !taken.has(area));
    if (other === undefined) return;
    throw new Problem(
      'STATE_CONFLICT',
      `Chưa có quyết định cho học sinh học môn ${other.area} thay môn khác: hãy đề nghị đổi môn lựa chọn trước.`,
    );
  }

  private async recordedPlaces(info: ClassInfo): Promise<ReadonlySet<string>> {
    const cells = await this.marks.ofClasses(info.schoolId, [info.id]);
    return new Set(cells.filter(({ state }) => state === 'recorded').map((cell) => placeKey(cell)));
  }

  private async one(info: ClassInfo, requestId: string): Promise<EarlierRequestAnswer> {
    const found = (await this.reader.ofClass(info)).find(({ id }) => id === requestId);
    if (found === undefined) throw new Error('earlier marks just written are not there');
    return found;
  }
}

async function refuseTwice(
  tx: EntityManager,
  { schoolId, id: classId }: ClassInfo,
  pupilId: string,
  cells: readonly Pick<EarlierMark, 'area' | 'period' | 'columnCode'>[],
): Promise<void> {
  const where = { schoolId, classId, pupilId, area: In(cells.map(({ area }) => area)) };
  const known = await tx.findBy(EarlierMark, { ...where, state: Not('refused' as const) });
  const taken = new Set(known.map((row) => placeKey(row)));
  const twice = cells.find((cell) => taken.has(placeKey({ ...cell, pupilId })));
  if (twice !== undefined) {
    const { area, period, columnCode } = twice;
    throw new Problem('ALREADY_EXISTS', `Ô ${columnCode} của ${area}, ${period} đã được nhập rồi.`);
  }
}
