/** Enters what the regulations leave to people: individual plans, exemptions, recognition, re-assessment. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { buildInput } from '#regulations/build-input.js';
import { inputIssues } from '#regulations/evaluate.js';
import type { Json } from '#ledger/format/jcs.js';
import type { YearNoteDto } from '#contracts/results.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { areasOf, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { yearOf } from './pupil-years.js';
import { YearNote, type YearNoteContent } from './results.entities.js';

@Injectable()
export class YearNotes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly journal: Journal,
  ) {}

  /** Replaces the notes of the pupils named, all or none; one journal event a pupil. */
  async enter(
    session: SessionContext,
    classId: string,
    notes: readonly YearNoteDto[],
  ): Promise<YearNoteDto[]> {
    const { info, rule } = await this.access.authorize(session, classId, 'result.compute');
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [classId]);
      await this.write(tx, session, info, rule, notes);
    });
    return this.list(session, classId);
  }

  /**
   * The same in a unit that holds the class, by the rule that let the person in.
   * @throws Problem NOT_FOUND, VALIDATION
   */
  async write(
    tx: EntityManager,
    session: SessionContext,
    info: ClassInfo,
    rule: string,
    notes: readonly YearNoteDto[],
  ): Promise<void> {
    const { schoolId, id: classId } = info;
    const pupils = new Set((await this.classes.pupils(info)).map(({ pupil }) => pupil.id));
    if (notes.some(({ pupilId }) => !pupils.has(pupilId))) throw notFound('học sinh trong lớp này');
    refuseWrong(info, notes);
    const before = await tx.findBy(YearNote, { schoolId, classId });
    const enteredAt = this.clock.timestamp();
    const rows = notes.map(({ pupilId, ...note }) => ({
      schoolId,
      id: before.find((row) => row.pupilId === pupilId)?.id ?? randomUUID(),
      classId,
      pupilId,
      note: contentOf(note),
      enteredBy: session.personId,
      enteredAt,
    }));
    const events = rows.map((row): NewEvent => ({
      type: 'note.entered',
      subject: 'year_notes',
      subjectId: row.id,
      actor: session.personId,
      session: session.sessionId,
      rule,
      at: enteredAt,
      data: { ...rowData(row, 'note'), note: row.note as Json },
    }));
    const first = await this.journal.appendAll(tx, schoolId, events);
    const written = rows.map((row, i) => ({ ...row, eventSeq: first + i }));
    await tx.upsert(YearNote, written, ['schoolId', 'id']);
  }

  async list(session: SessionContext, classId: string): Promise<YearNoteDto[]> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    const rows = await this.database.read.findBy(YearNote, { schoolId: info.schoolId, classId });
    return rows.map(({ pupilId, note }) => ({ pupilId, ...note }) as YearNoteDto);
  }
}

/** Without the members that were left out. */
function contentOf(note: Omit<YearNoteDto, 'pupilId'>): YearNoteContent {
  return JSON.parse(JSON.stringify(note)) as YearNoteContent;
}

/** A note is tried on an empty year: what evaluate refuses there is wrong with the note itself. */
function refuseWrong(info: ClassInfo, notes: readonly YearNoteDto[]): void {
  const taught = new Set(areasOf(info).flatMap(({ subject }) => (subject === null ? [] : [subject.code])));
  const items = notes.flatMap(({ pupilId, ...note }, i) => {
    const unknown = [...(note.notAssessed ?? []), ...(note.exempt ?? [])].filter((code) => !taught.has(code));
    const strangers = unknown.map((code) => ({
      where: `notes.${i}`,
      code: 'UNKNOWN_SUBJECT',
      message: `Lớp không học môn ${code}.`,
    }));
    const issues = inputIssues(buildInput(yearOf(info, pupilId, [], contentOf(note))));
    const wrong = issues.map(({ where, code, message }) => ({ where: `notes.${i}.${where}`, code, message }));
    return [...strangers, ...wrong];
  });
  if (items.length > 0) throw new Problem('VALIDATION', `Có ${items.length} chỗ chưa đúng.`, items);
}
