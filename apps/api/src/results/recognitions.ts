/** The class recognises pupils (TT 27/2020 Đ.13): without it nobody is "học sinh tiêu biểu". */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RecognitionAnswer, RecognitionRequest } from '#contracts/council.js';
import type { YearNoteDto } from '#contracts/results.js';
import type { Json } from '#ledger/format/jcs.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { ClassRecognition } from './council.entities.js';
import { YearNote } from './results.entities.js';
import { YearNotes } from './year-notes.js';
import { holdDecided } from './reopened-classes.js';

@Injectable()
export class Recognitions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly notes: YearNotes,
    private readonly journal: Journal,
  ) {}

  /** Meetings of the class, newest first. */
  async ofClass(session: SessionContext, classId: string): Promise<RecognitionAnswer[]> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    const rows = await this.rows(info);
    const names = await this.people.names(
      info.schoolId,
      rows.map(({ enteredBy }) => enteredBy),
    );
    return rows.map(({ id, heldOn, present, pupils, enteredBy }) => {
      return {
        id,
        classId,
        heldOn,
        present,
        pupils,
        enteredBy: { id: enteredBy, fullName: names(enteredBy) },
      };
    });
  }

  /**
   * Keeps how the class voted, and notes for each pupil named whether the class recognised them.
   * @throws Problem NOT_FOUND (a pupil of another class), VALIDATION (more votes than voters, a day to come)
   */
  async enter(
    session: SessionContext,
    classId: string,
    request: RecognitionRequest,
  ): Promise<RecognitionAnswer[]> {
    const { info, rule } = await this.access.authorize(session, classId, 'recognition.enter');
    const { schoolId } = info;
    refuseWrong(request, this.clock.today());
    await this.database.write(async (tx) => {
      await holdDecided(this.classes, tx, schoolId, [classId]);
      const known = new Set((await this.classes.pupils(info)).map(({ pupil }) => pupil.id));
      if (request.pupils.some(({ pupilId }) => !known.has(pupilId))) throw notFound('học sinh trong lớp này');
      const pupils = request.pupils.map(({ pupilId, votes, recognised }) => ({ pupilId, votes, recognised }));
      const row = {
        ...{ schoolId, id: randomUUID(), classId, heldOn: request.heldOn, present: request.present, pupils },
        ...{ enteredBy: session.personId, enteredAt: this.clock.timestamp() },
      };
      await tx.insert(ClassRecognition, row);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'recognition.entered', subject: 'class_recognitions', subjectId: row.id },
        ...{ actor: session.personId, session: session.sessionId, rule, at: row.enteredAt },
        data: { ...rowData(row), pupils: pupils as unknown as Json },
      });
      const before = await tx.findBy(YearNote, { schoolId, classId });
      const notes = pupils.map(({ pupilId, recognised }) => {
        const note = before.find((candidate) => candidate.pupilId === pupilId)?.note ?? {};
        return { pupilId, ...note, classRecognised: recognised } as YearNoteDto;
      });
      await this.notes.write(tx, session, info, rule, notes);
    });
    return this.ofClass(session, classId);
  }

  /** Whoever a note calls recognised must have been put to the class. @throws Problem STATE_CONFLICT with their names */
  async refuseUnrecognised(info: ClassInfo): Promise<void> {
    const items = (await this.unrecognised(info)).map(({ pupil }) => ({
      where: pupil.id,
      code: 'NOT_RECOGNISED',
      message: `${pupil.fullName}: chưa có biên bản lớp công nhận.`,
    }));
    if (items.length === 0) return;
    const detail = `Lớp ${info.name}: còn ${String(items.length)} học sinh được ghi là lớp công nhận mà chưa có biên bản họp lớp.`;
    throw new Problem('STATE_CONFLICT', detail, items);
  }

  /** Pupils noted as recognised whom the newest meeting that names them did not recognise. */
  async unrecognised(info: ClassInfo) {
    const { schoolId, id: classId } = info;
    const notes = await this.database.read.findBy(YearNote, { schoolId, classId });
    const claimed = new Set(
      notes.filter(({ note }) => note.classRecognised === true).map((row) => row.pupilId),
    );
    if (claimed.size === 0) return [];
    const latest = new Map<string, boolean>();
    for (const { pupils } of (await this.rows(info)).reverse()) {
      for (const { pupilId, recognised } of pupils) latest.set(pupilId, recognised);
    }
    const pupils = await this.classes.pupils(info);
    return pupils.filter(({ pupil }) => claimed.has(pupil.id) && latest.get(pupil.id) !== true);
  }

  private rows({ schoolId, id: classId }: ClassInfo): Promise<ClassRecognition[]> {
    const order = { enteredAt: 'DESC', id: 'ASC' } as const;
    return this.database.read.find(ClassRecognition, { where: { schoolId, classId }, order });
  }
}

function refuseWrong({ heldOn, present, pupils }: RecognitionRequest, today: string): void {
  const items = pupils.flatMap(({ votes }, i) =>
    votes <= present
      ? []
      : [
          {
            where: `pupils.${i}.votes`,
            code: 'TOO_MANY_VOTES',
            message: `Có ${votes} phiếu mà chỉ ${present} em có mặt.`,
          },
        ],
  );
  if (heldOn > today)
    items.push({ where: 'heldOn', code: 'IN_THE_FUTURE', message: 'Ngày họp lớp chưa đến.' });
  if (items.length > 0)
    throw new Problem('VALIDATION', `Biên bản họp lớp có ${items.length} chỗ chưa đúng.`, items);
}
