/** The history of one mark out of the journal: every value it ever had in the book, and who stood behind it. */
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { JournalEvent } from '../audit/journal.entities.js';
import type { MarkEventAnswer, MarkHistoryAnswer } from '#contracts/gradebook.js';
import { notFound } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { People } from '../school/people.js';
import { MarkCell } from './gradebook.entities.js';
import { SheetReads } from './sheet-reads.js';

/** A parsed event of a mark; erased payloads leave only their number and type. */
interface MarkEvent {
  readonly seq: number;
  readonly type: string;
  readonly actor: string | null;
  readonly at: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

@Injectable()
export class MarkHistory {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly people: People,
    private readonly reads: SheetReads,
  ) {}

  /**
   * For who teaches, manages or heads it, and for the family once it is recorded.
   * @throws Problem NOT_FOUND also for another's child
   */
  async of(session: SessionContext, markId: string): Promise<MarkHistoryAnswer> {
    const { schoolId } = session;
    const mark = await this.database.read.findOneBy(MarkCell, { schoolId, id: markId });
    if (!mark) throw notFound('ô điểm');
    const { info, asker } = await this.access.authorize(
      session,
      mark.classId,
      'mark.history',
      (its, own) => ({
        ...own.sheet(its, mark.area),
        ownChild: own.isChild(mark.pupilId),
        recorded: mark.state === 'recorded',
      }),
    );
    await this.reads.note(info, mark.area, mark.period, session.personId);
    const rows = await this.database.read.find(JournalEvent, {
      where: { schoolId, subject: 'marks', subjectId: markId },
      order: { seq: 'ASC' },
    });
    const events = rows.map(parsedEvent);
    const names = await this.people.names(
      schoolId,
      events.flatMap(({ actor, data }) => [actor, ...PEOPLE.map((key) => textOf(data, key))]),
    );
    const name = (id: string | null) => (id === null ? null : names(id));
    const draftOfOther = mark.state === 'draft' && !asker.mine.teaches(info, mark.area);
    return {
      markId,
      area: mark.area,
      period: mark.period,
      column: mark.columnCode,
      pupilId: mark.pupilId,
      value: draftOfOther ? null : mark.value,
      state: mark.state,
      events: events.map(({ seq, type, actor, at, data }): MarkEventAnswer => {
        const [requestedBy, confirmedBy, approvedBy] = PEOPLE.map((key) => name(textOf(data, key)));
        return {
          seq,
          type,
          at: at ?? '',
          by: name(actor) ?? '',
          old: textOf(data, 'old'),
          value: textOf(data, 'value'),
          reason: textOf(data, 'reason'),
          requestedBy: requestedBy ?? null,
          confirmedBy: confirmedBy ?? null,
          approvedBy: approvedBy ?? null,
        };
      }),
    };
  }
}

const PEOPLE = ['requestedBy', 'confirmedBy', 'approvedBy'] as const;

function parsedEvent({ seq, type, payload }: JournalEvent): MarkEvent {
  if (payload === null) return { seq, type, actor: null, at: null, data: {} };
  const event = JSON.parse(payload) as { actor: string; at: string; data: Record<string, unknown> };
  return { seq, type, actor: event.actor, at: event.at, data: event.data };
}

function textOf(data: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = data[key];
  return typeof value === 'string' ? value : null;
}
